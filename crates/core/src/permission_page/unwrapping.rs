//! Links that a mail system wrapped in one of its own, to check them when somebody follows: what they lead to is written
//! in them, so nobody has to be asked.

use std::iter;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::asking::percent_decoded;

/// How often one link may be wrapped (ours): once by the sender's mail system and once by the reader's, and some more.
const MOST: usize = 5;

/// Who wraps links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapper {
    /// Microsoft's Safe Links (documented): the link is a value of the query.
    SafeLinks,
    /// Proofpoint's URL Defense, version 2 and 3 (by the decoder that it publishes).
    UrlDefense,
}

/// What a wrapped link leads to, however often it was wrapped, and who wrapped it last; none where it is not wrapped.
pub(super) fn unwrapped(text: &str) -> Option<(String, Wrapper)> {
    let (first, outermost) = unwrapped_once(text)?;
    let layers = iter::successors(Some(first), |text| unwrapped_once(text).map(|(inner, _)| inner));
    Some((layers.take(MOST).last()?, outermost))
}

fn unwrapped_once(text: &str) -> Option<(String, Wrapper)> {
    let text = text.trim().replace("&amp;", "&");
    let url = Url::parse(&text).ok().filter(|url| url.scheme() == "https")?;
    let value =
        |name: &str| url.query_pairs().find(|(said, _)| said == name).map(|(_, value)| value.into_owned());
    let (inner, wrapper) = match url.host_str()? {
        host if host.ends_with(".safelinks.protection.outlook.com") => (value("url")?, Wrapper::SafeLinks),
        "urldefense.com" | "urldefense.us" if url.path().starts_with("/v3/") => {
            (version_three(&text)?, Wrapper::UrlDefense)
        }
        "urldefense.com" | "urldefense.us" | "urldefense.proofpoint.com" if url.path() == "/v2/url" => {
            (percent_decoded(&value("u")?.replace('-', "%").replace('_', "/")), Wrapper::UrlDefense)
        }
        _ => return None,
    };
    let is_link = inner.get(..8).is_some_and(|begin| begin.eq_ignore_ascii_case("https://"));
    is_link.then_some((inner, wrapper))
}

/// `…/v3/__<link>__;<signs>!…`: each `*` in the link is the next of the signs, and `**` with a letter a row of them.
fn version_three(text: &str) -> Option<String> {
    const LENGTHS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (link, rest) = text.split_once("/v3/__")?.1.split_once("__;")?;
    let signs = URL_SAFE_NO_PAD.decode(rest.split('!').next()?.trim_end_matches('=')).ok()?;
    let signs = String::from_utf8(signs).ok()?;
    let mut signs = signs.chars();
    let link = percent_decoded(link);
    let mut inner = String::with_capacity(link.len());
    let mut rest = link.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '*' if rest.next_if_eq(&'*').is_some() => {
                // The shortest row has two.
                let length = LENGTHS.find(rest.next()?)? + 2;
                inner.extend(signs.by_ref().take(length));
            }
            '*' => inner.push(signs.next()?),
            c => inner.push(c),
        }
    }
    // Some programs on the way make one stroke of two.
    let slashes = inner.split_once(":/").filter(|(_, rest)| !rest.starts_with('/'));
    Some(slashes.map_or_else(|| inner.clone(), |(scheme, rest)| format!("{scheme}://{rest}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str =
        "https://hub.360dialog.com/dashboard/app/pT77xPA/permissions?number=%2B493055570188&state=a%0Ab-c_d";

    fn safe(link: &str) -> String {
        let mut url = Url::parse("https://eur01.safelinks.protection.outlook.com/").expect("an address");
        url.query_pairs_mut()
            .append_pair("url", link)
            .append_pair("data", "05|02|x")
            .append_pair("reserved", "0");
        url.into()
    }

    /// As version 2 writes a link: `%` and `/` have signs of their own, and their own signs are encoded.
    fn version_two(link: &str) -> String {
        let encoded: String = link
            .bytes()
            .map(|byte| match byte {
                b'/' => "_".to_owned(),
                b'.' => ".".to_owned(),
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("-{byte:02X}"),
            })
            .collect();
        format!("https://urldefense.proofpoint.com/v2/url?u={encoded}&d=DwMFaQ&c=x&r=y&m=z&s=w&e=")
    }

    fn version_three_of(link: &str) -> String {
        let replaced: String = link.chars().filter(|c| "%+&".contains(*c)).collect();
        let link = link.replace(['%', '+', '&'], "*");
        format!("https://urldefense.com/v3/__{link}__;{}!!x$", URL_SAFE_NO_PAD.encode(replaced))
    }

    #[test]
    fn each_wrapper_gives_back_the_link_as_it_was() {
        for (wrapped, by) in [
            (safe(PAGE), Wrapper::SafeLinks),
            (safe(PAGE).replace('&', "&amp;"), Wrapper::SafeLinks),
            (version_two(PAGE), Wrapper::UrlDefense),
            (version_three_of(PAGE), Wrapper::UrlDefense),
            (version_three_of(PAGE).replace("__https://", "__https:/"), Wrapper::UrlDefense),
            (safe(&version_three_of(PAGE)), Wrapper::SafeLinks),
            (version_two(&safe(&version_three_of(PAGE))), Wrapper::UrlDefense),
        ] {
            assert_eq!(unwrapped(&wrapped), Some((PAGE.into(), by)), "{wrapped}");
        }
        // Two examples of the published decoder's own tests: a sign, and a row of them.
        let published =
            "https://urldefense.com/v3/__https://google.com:443/search?q=a*test&gs=ps__;Kw!-612!Ue6$";
        assert_eq!(
            unwrapped(published).map(|it| it.0).as_deref(),
            Some("https://google.com:443/search?q=a+test&gs=ps")
        );
        let row = "https://urldefense.com/v3/__https://x.example/**A__;JSU!!x$";
        assert_eq!(unwrapped(row).map(|it| it.0).as_deref(), Some("https://x.example/%%"));
    }

    #[test]
    fn what_only_looks_wrapped_stays_as_it_is() {
        for text in [
            PAGE,
            "",
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fhub.360dialog.com%2F",
            "https://evilsafelinks.protection.outlook.com/?url=https%3A%2F%2Fhub.360dialog.com%2F",
            "http://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fhub.360dialog.com%2F",
            "https://eur01.safelinks.protection.outlook.com/?data=x",
            "https://eur01.safelinks.protection.outlook.com/?url=channel-keys%3A%2F%2Fpermission",
            "https://urldefense.com/v3/__https://x.example/*__;!!x$",
            "https://urldefense.com/v3/__https://x.example/",
            "https://urldefense.com/v2/url?d=x",
        ] {
            assert_eq!(unwrapped(text), None, "{text}");
        }
    }

    #[test]
    fn a_link_that_was_wrapped_without_end_is_given_up() {
        let mut link = PAGE.to_owned();
        for _ in 0..=MOST {
            link = safe(&link);
        }
        let (inner, _) = unwrapped(&link).expect("it is wrapped");
        assert_eq!(inner, safe(PAGE), "the last layer stays on");
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_is_unwrapped_or_left(text in "\\PC{0,80}", signs in "[*A-Za-z0-9_=-]{0,20}") {
            for text in [
                text.clone(),
                format!("https://eur01.safelinks.protection.outlook.com/?url={text}"),
                format!("https://urldefense.com/v2/url?u={text}"),
                format!("https://urldefense.com/v3/__https://{text}{signs}__;{signs}!!x$"),
            ] {
                if let Some((inner, _)) = unwrapped(&text) {
                    prop_assert!(inner.to_ascii_lowercase().starts_with("https://"));
                }
            }
        }
    }
}
