//! Names of hosts that could be taken for others.

/// The hosts of 360dialog's permission page (documented). Compared as a whole.
pub(super) const HUB: &str = "hub.360dialog.com";
/// The same, on the pages that clients use today (documented).
pub(super) const CLIENTS: &str = "app.360dialog.com";

/// The word that people look for in a host of 360dialog's.
const NAME: &str = "360dialog";
/// How many letters may differ for a word to be taken for that one (ours).
const FEW: usize = 2;

/// Whether a host is made to be taken for 360dialog's, or can be: it has that word in it, written in whatever letters,
/// or almost (ours).
pub(super) fn looks_like_ours(host: &str) -> bool {
    let shown = as_written(host);
    let like = likeness(&shown);
    like.contains(&likeness(NAME))
        || mixes_scripts(host)
        || like.split('.').any(|label| distance(label, &likeness(NAME)) <= FEW)
}

/// Whether one word of a host is written in letters of several scripts that look alike. Such a name is made to be taken
/// for another (ours); a whole word in one script is not refused.
pub(super) fn mixes_scripts(host: &str) -> bool {
    as_written(host).split('.').any(|label| {
        let mut found = label.chars().filter_map(script);
        found.next().is_some_and(|first| found.any(|other| other != first))
    })
}

/// The host as it would be written by hand.
fn as_written(host: &str) -> String {
    idna::domain_to_unicode(host).0
}

/// The scripts whose letters are taken for each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Georgian,
    Cherokee,
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' => {
            Script::Latin
        }
        '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{2d00}'..='\u{2d2f}' => Script::Georgian,
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Script::Cherokee,
        _ => return None,
    })
}

/// A word with the letters that are taken for each other written as one of them, and without strokes between words.
fn likeness(text: &str) -> String {
    let alike = |c: char| match c {
        '0' | 'о' | 'ο' | 'օ' | 'ö' | 'ó' | 'ò' | 'õ' | 'ô' | 'ø' => 'o',
        '1' | 'i' | 'l' | '|' | 'ı' | 'і' | 'ӏ' | 'ι' | 'í' | 'ì' | 'ï' | 'ł' => 'l',
        'а' | 'α' | 'ä' | 'á' | 'à' | 'ã' | 'â' | 'å' | '4' => 'a',
        'ԁ' | 'ɗ' | 'đ' => 'd',
        'ɡ' | 'ğ' | 'q' => 'g',
        'з' | 'ʒ' => '3',
        'б' => '6',
        other => other,
    };
    text.to_lowercase().chars().filter(|c| !matches!(c, '-' | '_')).map(alike).collect()
}

/// How many letters have to be put in, left out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    // A word that is much longer is none that could be taken for it.
    if one.chars().count() > other.len() + FEW {
        return usize::MAX;
    }
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.chars().enumerate() {
        let mut left = row + 1;
        let mut corner = row;
        let mut line = vec![left];
        for (at, b) in other.iter().enumerate() {
            let over = above.get(at + 1).copied().unwrap_or(usize::MAX - 1);
            left = (over + 1).min(left + 1).min(corner + usize::from(a != *b));
            corner = over;
            line.push(left);
        }
        above = line;
    }
    above.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_could_be_taken_for_360dialog_s_is_told_from_any_other() {
        for alike in [
            "www.360dialog.com",
            "hub.360dialog.com.evil.example",
            "hub-360dialog.example",
            "hub.360-dialog.com",
            "hub.360dia1og.com",
            "hub.36odialog.com",
            "hub.360dialoq.com",
            "hub.360dailog.com",
            "hub.360dialogs.com",
            "hub.360dialo.com",
            "hub.xn--360dilog-56g.com",
            "hub.360dialog.com.",
        ] {
            assert!(looks_like_ours(alike), "{alike}");
        }
        for other in
            ["www.blue-anchor.example", "127.0.0.1", "dialog.example", "[::1]", "xn--mller-kva.example"]
        {
            assert!(!looks_like_ours(other), "{other}");
        }
    }

    #[test]
    fn a_word_in_letters_of_two_scripts_is_found_and_one_in_a_single_script_is_not() {
        let punycode = |host: &str| idna::domain_to_ascii(host).expect("a host");
        for mixed in ["bluе-anchor.example", "аnchor.example", "www.αnchor.example"] {
            assert!(mixes_scripts(&punycode(mixed)), "{mixed}");
        }
        for one in
            ["blue-anchor.example", "müller.example", "якорь.example", "港.example", "www.якорь.example"]
        {
            assert!(!mixes_scripts(&punycode(one)), "{one}");
        }
    }
}
