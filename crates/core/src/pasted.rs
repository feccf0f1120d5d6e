//! The key in what a person copied: alone, in a line of a settings file, in an answer of the Hub, or among words.

use std::sync::LazyLock;

use regex::Regex;

use crate::secret::{ApiKey, PartnerKey};
use crate::text::is_unseen;

/// The longest text that is looked through, in bytes (ours).
const LONGEST: usize = 64 * 1024;
/// From how many letters and digits on a word among others that ends as a key does is one: keys have 26 to 31 (seen).
const AMONG_WORDS: usize = 20;
/// How keys end (seen).
const END: &str = "AK";

/// Why no key was found, by what was found instead; first what is nearest to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NoKey {
    /// A key of which signs took the place, as lists show them.
    #[error("this is a masked key")]
    Masked,
    /// A session token (a JWT), which opens an account and no number.
    #[error("this is a session token")]
    SessionToken,
    /// An e-mail address.
    #[error("this is an e-mail address")]
    Email,
    /// A web address.
    #[error("this is a web address")]
    WebAddress,
    /// Nothing that could be a key.
    #[error("this is no key")]
    Nothing,
}

/// A value behind the name of a key: in a header, a settings file, or an answer of the Hub.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?i)api[-_ ]?key["'`]?\s*[:=]\s*["'`]?([^\s"'`,;&<>{}()\[\]]+)"#));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[^\s"'`,;<>{}()\[\]“”„‘’«»]+"#));
static PIECE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}\p{M}]+"));
static MASKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[*•●∙·…#]{2,}|…|\.{3,}|x{6,}|X{6,}"));
static TOKEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^eyJ[A-Za-z0-9_-]*\."));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:mailto:)?[^@/]+@[^@/]+\.[^@/]+$"));
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)://|^www\.|^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(/.*)?$"));

#[expect(clippy::expect_used, reason = "written above, and each is used by a test")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is well formed")
}

/// The keys in a text, each once, in their order; at least one. What a key looks like is seen, not documented, so a text
/// that is one word may be any that a header could carry and that is nothing else; among words it has to be called a key or
/// to end as keys do.
pub fn keys_in(text: &str) -> Result<Vec<ApiKey>, NoKey> {
    if text.len() > LONGEST {
        return Err(NoKey::Nothing);
    }
    let text: String = text.chars().filter(|c| c.is_whitespace() || !is_unseen(*c)).collect();
    let mut found: Vec<(usize, &str)> = Vec::new();
    let named = NAMED.captures_iter(&text).filter_map(|found| found.get(1));
    found.extend(named.map(|value| (value.start(), value.as_str())));
    let words: Vec<(usize, &str)> = WORD.find_iter(&text).map(|word| (word.start(), word.as_str())).collect();
    for (at, word) in words.iter().filter(|(_, word)| kind_of(word).is_none()) {
        let pieces = PIECE.find_iter(word).filter(|piece| is_key_by_looks(piece.as_str()));
        found.extend(pieces.map(|piece| (at + piece.start(), piece.as_str())));
    }
    found.retain(|(_, word)| is_key(word));
    if found.is_empty()
        && let [(at, word)] = words[..]
        && is_key(word)
    {
        found.push((at, word));
    }
    found.sort_unstable();
    let mut keys: Vec<ApiKey> = Vec::new();
    for (_, word) in found {
        if keys.iter().all(|key| key.expose() != word) {
            keys.push(ApiKey::new(word));
        }
    }
    let nearest = || words.iter().filter_map(|(_, word)| kind_of(word)).min();
    if keys.is_empty() { Err(nearest().unwrap_or(NoKey::Nothing)) } else { Ok(keys) }
}

/// A partner's API key in what was put into its field. Of its look nothing is known, so whatever is no key of a channel and
/// nothing else that is known is taken as it stands.
pub fn partner_key_in(text: &str) -> Result<PartnerKey, NoKey> {
    let word = text.trim();
    if is_key(word) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return Ok(PartnerKey::new(word));
    }
    match keys_in(text) {
        Ok(keys) => match &keys[..] {
            [key] => Ok(PartnerKey::new(key.expose())),
            _ => Err(NoKey::Nothing),
        },
        Err(NoKey::Nothing) => Ok(PartnerKey::new(text.trim())),
        Err(instead) => Err(instead),
    }
}

/// The key that a field names which is to have one; none where what stands there can't be one, such as a mask or a word.
/// In a refusal it has to look as the keys that were seen, since a field's name stands there before what is wrong with it.
pub fn key_in_field(text: &str, in_refusal: bool) -> Option<ApiKey> {
    let text: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let text = text.trim();
    (is_key(text) && (!in_refusal || is_key_by_looks(text))).then(|| ApiKey::new(text))
}

/// Whether a word that is called a key, or that is all there is, can be one.
fn is_key(word: &str) -> bool {
    ApiKey::from_pasted(word).is_some() && kind_of(word).is_none()
}

/// Whether a word among others is a key, for all that can be seen.
fn is_key_by_looks(word: &str) -> bool {
    word.len() >= AMONG_WORDS && word.is_ascii() && word.ends_with(END)
}

/// What a word is that is no key.
fn kind_of(word: &str) -> Option<NoKey> {
    let is = |pattern: &Regex| pattern.is_match(word);
    if is(&TOKEN) {
        Some(NoKey::SessionToken)
    } else if is(&EMAIL) {
        Some(NoKey::Email)
    } else if is(&ADDRESS) {
        Some(NoKey::WebAddress)
    } else if is(&MASKED) {
        Some(NoKey::Masked)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const K: &str = "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK";
    const K2: &str = "Qm7RtGh53WsBvYa9LkJdNe60zT4uAK";

    fn found(text: &str) -> Result<Vec<String>, NoKey> {
        keys_in(text).map(|keys| keys.iter().map(|key| key.expose().to_owned()).collect())
    }

    #[test]
    fn the_one_key_in_what_was_copied_is_found() {
        for text in [
            "K",
            "\"K\"",
            "'K'\n",
            "`K`",
            "“K”",
            "D360_API_KEY=K",
            "D360-API-KEY: K",
            "export D360_API_KEY=\"K\"",
            r#"{"api_key":"K","address":"https://waba-v2.360dialog.io"}"#,
            r#"{"address":"https://waba-v2.360dialog.io","app_id":"104148","id":"201126","api_key":"K"}"#,
            "curl -H 'D360-API-KEY: K' https://waba-v2.360dialog.io/health_status",
            "https://hooks.example/?api_key=K&x=1",
            "\u{200b}K\u{feff}",
            "\u{202a}K\u{202c}",
            "  K\r\n",
            "Hello Maria, your new key is K. Please keep it safe.",
            "key=K;",
            "K\nK",
            "K\n****************kX9pAK",
        ] {
            let text = text.replace('K', K).replace(&format!("API_{K}EY"), "API_KEY");
            let text = text.replace(&format!("API-{K}EY"), "API-KEY").replace(&format!("9pA{K}"), "9pAK");
            assert_eq!(found(&text), Ok(vec![K.into()]), "{text}");
        }
    }

    #[test]
    fn two_keys_are_two_in_their_order() {
        for text in
            [format!("{K}\n{K2}"), format!("old: {K}, new: {K2}"), format!("api_key={K} D360-API-KEY: {K2}")]
        {
            assert_eq!(found(&text), Ok(vec![K.into(), K2.into()]), "{text}");
        }
    }

    #[test]
    fn a_key_of_another_look_is_found_where_it_stands_alone_or_is_called_one() {
        for (text, key) in [
            ("invented-key_of.another+look", "invented-key_of.another+look"),
            ("D360-API-KEY: invented-key_of_another-look", "invented-key_of_another-look"),
            ("apikey='inventedinventedinvented'", "inventedinventedinvented"),
        ] {
            assert_eq!(found(text), Ok(vec![key.into()]), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_told_by_its_kind() {
        for (text, kind) in [
            ("****************kX9pAK", NoKey::Masked),
            ("••••••••••••••••kX9pAK", NoKey::Masked),
            ("Zk4T…kX9pAKinvented", NoKey::Masked),
            ("Zk4TqLw8...31kX9pAK", NoKey::Masked),
            ("xxxxxxxxxxxxxxxxxxkX9pAK", NoKey::Masked),
            ("{\"id\":\"201126\",\"api_key\":\"****************kX9pAK\"}", NoKey::Masked),
            ("maria@harbour-hotel.example", NoKey::Email),
            ("mailto:maria@harbour-hotel.example", NoKey::Email),
            ("Maria <maria@harbour-hotel.example>", NoKey::Email),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwYUIxY0RVIn0.c2lnbmF0dXJlAK", NoKey::SessionToken),
            ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwYUIxY0RVIn0.c2lnbmF0dXJl", NoKey::SessionToken),
            ("eyJhbGciOi...three parts", NoKey::SessionToken),
            ("https://waba-v2.360dialog.io", NoKey::WebAddress),
            ("waba-v2.360dialog.io", NoKey::WebAddress),
            ("www.blue-anchor.example/keys", NoKey::WebAddress),
            (
                "https://hub.360dialog.com/dashboard/app/pT77xPA?state=3fA9c1B7e2D4f6A8b0C1d2AK",
                NoKey::WebAddress,
            ),
            ("", NoKey::Nothing),
            (" \n\u{200b}", NoKey::Nothing),
            ("hunter2", NoKey::Nothing),
            ("please call me back", NoKey::Nothing),
            ("+49 30 55570142", NoKey::Nothing),
            ("käseinventedinventedAKä", NoKey::Nothing),
            (&"k".repeat(600), NoKey::Nothing),
            (&format!("{K} ").repeat(10_000), NoKey::Nothing),
        ] {
            assert_eq!(found(text), Err(kind), "{text:.80}");
        }
    }

    #[test]
    fn a_partner_key_is_found_and_anything_else_is_refused_by_its_kind() {
        for (text, key) in [
            (K, K),
            (&format!("X-API-Key: {K}\n"), K),
            (&format!(" prefix_live-{K}\n"), &format!("prefix_live-{K}")),
            ("short", "short"),
            (" of any look ", "of any look"),
        ] {
            assert_eq!(partner_key_in(text).map(|key| key.expose().to_owned()), Ok(key.into()), "{text}");
        }
        for (text, kind) in [
            ("****************kX9pAK", NoKey::Masked),
            ("maria@harbour-hotel.example", NoKey::Email),
            ("https://hub.360dialog.com", NoKey::WebAddress),
            (&format!("{K} {K2}"), NoKey::Nothing),
        ] {
            assert_eq!(partner_key_in(text).map(drop), Err(kind), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_copied_each_key_found_stands_in_it_as_it_is(text in "(\\PC|[ \\nA-Z*@.:/='\"]){0,120}", key in "[A-Za-z0-9]{24,29}AK") {
            for text in [text.clone(), format!("{text} {key} {text}"), format!("{text}{key}")] {
                for key in keys_in(&text).unwrap_or_default() {
                    prop_assert!(text.contains(key.expose()) || text.chars().any(is_unseen));
                    prop_assert!(key.expose().bytes().all(|byte| byte.is_ascii_graphic()));
                }
            }
        }

        #[test]
        fn a_key_among_words_is_found(before in "[a-z ]{0,20} ", after in " [a-z ]{0,20}", key in "[A-Za-z0-9]{24,29}AK") {
            prop_assume!(!key.contains("xxxxxx") && !key.contains("XXXXXX"));
            prop_assert_eq!(found(&format!("{before}{key}{after}")), Ok(vec![key]));
        }
    }
}
