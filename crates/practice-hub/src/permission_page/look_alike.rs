//! Hosts that are made to be taken for another (ours).

/// Whether `host` could be taken for `known` and is neither that nor a part of it.
pub(super) fn is_look_alike(host: &str, known: &str) -> bool {
    let (host, known) = (bare(host), bare(known));
    if known.is_empty() || host == known || host.ends_with(&format!(".{known}")) {
        return false;
    }
    let (seen, known_seen) = (as_seen(host), as_seen(known));
    format!(".{host}").contains(&format!(".{known}."))
        || host.contains(&known.replace('.', "-"))
        || seen == known_seen
        || seen.ends_with(&format!(".{known_seen}"))
}

fn bare(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    host.strip_prefix("www.").unwrap_or(host)
}

/// What an eye that reads quickly makes of it.
fn as_seen(host: &str) -> String {
    let alike = host.replace("rn", "m").replace("vv", "w").replace("cl", "d");
    let one = |c| match c {
        '0' => Some('o'),
        '1' | 'i' => Some('l'),
        '3' => Some('e'),
        '5' => Some('s'),
        '-' | '_' => None,
        c => Some(c),
    };
    alike.chars().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_could_be_taken_for_another_is_told_from_one_that_could_not() {
        let known = "www.blue-anchor.example";
        for alike in [
            "www.b1ue-anchor.example",
            "blueanchor.example",
            "www.blue-anch0r.example.",
            "blue-ancho-r.example",
            "www.blue-anchor.example.evil.example",
            "blue-anchor.example.evil.example",
            "login.b1ue-anchor.example",
            "blue-anchor-example.evil.example",
        ] {
            assert!(is_look_alike(alike, known), "{alike}");
        }
        for other in
            ["www.blue-anchor.example", "blue-anchor.example", "app.blue-anchor.example", "front.example"]
        {
            assert!(!is_look_alike(other, known), "{other}");
        }
        assert!(!is_look_alike("front.example", ""));
    }
}
