//! What of a text that came from outside may be told to others: no secret, and no whole e-mail address.
//!
//! The shapes are those that keys and sessions were seen with, and what commonly looks like a secret (ours). Where in
//! doubt, something harmless is hidden rather than a secret shown.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::hub::Quote;
use crate::text;

/// What stands where a secret stood, the same in every language.
pub const HIDDEN: &str = "•••";

/// From how many letters and digits in a row on something may be a key: keys have 26 to 31 (seen).
const LONG: usize = 20;
/// How long a piece of such a row is at least that is no word of a path.
const PIECE: usize = 10;
/// Shorter ones are no secrets that could be looked for (ours).
const SHORTEST_SECRET: usize = 6;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"("[^"\s]{1,64}"|[^\s@＠<>()\[\]{},;:"'|\\/=`?&]+)\s?(?:@|＠|%40)\s?"#,
        r"([\p{L}\p{N}](?:[\p{L}\p{N}.\-]*[\p{L}\p{N}])?)"
    ))
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b((?:x-|d360-)?api[-_ ]?key|access[-_ ]?token|token|password|secret|authorization)("?\s*[:=]\s*"?)([^\s"',;&]+)"#,
    )
});
static BEARER: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\b(bearer|basic)(\s+)([^\s"',;&]+)"#));
// With what stands before it: a key may have these three letters in its middle.
static WEB_TOKEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[A-Za-z0-9_\-]*eyJ[A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]*){0,4}"));
static ROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9_\-+/=~%]{20,}"));

#[expect(clippy::expect_used, reason = "written above, and each is used by a test")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is well formed")
}

/// A text without secrets and with its e-mail addresses shortened. `known` are secrets that are at work now: these are
/// hidden whatever they look like.
pub fn masked(text: &str, known: &[&str]) -> String {
    let (mut text, _) = text::shortened(text, usize::MAX);
    for secret in known.iter().filter(|secret| secret.len() >= SHORTEST_SECRET) {
        text = text.replace(secret, HIDDEN);
    }
    let text = EMAIL.replace_all(&text, |found: &Captures<'_>| {
        let first = found[1].trim_start_matches('"').chars().next();
        format!("{}…@{}", first.map(String::from).unwrap_or_default(), &found[2])
    });
    let hidden = |found: &Captures<'_>| format!("{}{}{HIDDEN}", &found[1], &found[2]);
    let text = BEARER.replace_all(&text, hidden);
    let text = NAMED.replace_all(&text, hidden);
    let text = WEB_TOKEN.replace_all(&text, HIDDEN);
    let text = ROW.replace_all(&text, |found: &Captures<'_>| {
        let row = &found[0];
        if may_be_secret(row) { HIDDEN.to_owned() } else { row.to_owned() }
    });
    text.into_owned()
}

/// A quotation in the same way. One that was cut may end within a secret, which is then too short to be known for one:
/// its last word goes.
pub fn masked_quote(quote: &Quote, known: &[&str]) -> String {
    let text = quote.as_str();
    if !quote.is_cut() {
        return masked(text, known);
    }
    let whole = text.rsplit_once(' ').map_or("", |(whole, _)| whole);
    format!("{} …", masked(whole, known)).trim_start().to_owned()
}

fn may_be_secret(row: &str) -> bool {
    if row.chars().all(|c| c.is_ascii_alphanumeric()) && row.ends_with("AK") {
        return true;
    }
    row.split('/').any(|piece| {
        let has = |is: fn(&char) -> bool| piece.chars().any(|c| is(&c));
        let digit = has(char::is_ascii_digit);
        let (lower, upper) = (has(char::is_ascii_lowercase), has(char::is_ascii_uppercase));
        let mixed = (lower || upper) && digit || rises(piece);
        piece.len() >= LONG && mixed || piece.len() >= PIECE && digit && lower && upper
    })
}

/// Whether a capital letter stands right after a small one.
fn rises(text: &str) -> bool {
    let mut pairs = text.bytes().zip(text.bytes().skip(1));
    pairs.any(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        masked(text, &[])
    }

    #[test]
    fn an_address_keeps_its_first_letter_and_its_host() {
        for (address, short) in [
            ("maria@harbour-hotel.example", "m…@harbour-hotel.example"),
            ("Write to <maria.koch+desk@harbour-hotel.example>.", "Write to <m…@harbour-hotel.example>."),
            ("mailto:maria@harbour-hotel.example?subject=x", "mailto:m…@harbour-hotel.example?subject=x"),
            ("email=maria%40harbour-hotel.example&x", "email=m…@harbour-hotel.example&x"),
            ("\"maria\"@harbour-hotel.example", "m…@harbour-hotel.example"),
            ("jörg@bäckerei.example", "j…@bäckerei.example"),
            ("m…@harbour-hotel.example", "m…@harbour-hotel.example"),
        ] {
            assert_eq!(shown(address), short);
        }
    }

    #[test]
    fn words_ids_numbers_and_paths_stay() {
        for text in [
            "waiting_for_migration_code",
            "GET /api/v2/partners/pT77xPA/clients/H1CL/shared_client_numbers: 403",
            "106540352242922",
            "https://waba-v2.360dialog.io",
            "Telekommunikationsgesellschaft mbH & Co. KG",
            "+49 30 55570188",
            "2026-05-04T10:00:00+02:00",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_is_named_a_secret_is_one_whatever_it_looks_like() {
        for text in ["Authorization: Bearer hunter2", "D360-API-KEY: hunter2", "{\"token\":\"hunter2\"}"] {
            assert!(!shown(text).contains("hunter2"), "{}", shown(text));
        }
    }

    #[test]
    fn a_key_that_has_a_token_s_first_letters_inside_is_hidden_whole() {
        assert_eq!(shown("no key aA0aaAaaA0A0aaa0eyJAAAA0AK here"), format!("no key {HIDDEN} here"));
    }

    #[test]
    fn a_secret_at_work_is_hidden_whatever_it_looks_like() {
        assert_eq!(masked("no such key: harbour", &["harbour"]), format!("no such key: {HIDDEN}"));
    }

    #[test]
    fn nothing_unseen_and_no_line_break_stays() {
        assert_eq!(shown("Front\u{202e} desk\r\n\u{200b}\u{feff}one"), "Front desk one");
    }

    #[test]
    fn a_key_that_a_quotation_cuts_off_is_hidden_too() {
        for before in [40, 20, 12, 7, 2].map(|left| Quote::LONGEST - left) {
            let said = format!("{} aB3aB3aB3aB3aB3aB3aB3aB3AK", "x".repeat(before));
            let quote = Quote::from_text(&said).expect("something is left");
            let shown = masked_quote(&quote, &[]);
            assert!(!shown.contains("aB3"), "{shown}");
        }
    }

    fn key() -> impl Strategy<Value = String> {
        "[A-Za-z0-9]{24,29}AK"
    }

    fn token() -> impl Strategy<Value = String> {
        prop_oneof!["eyJ[A-Za-z0-9_-]{12,40}\\.[A-Za-z0-9_-]{10,60}\\.[A-Za-z0-9_-]{10,43}", key()]
    }

    proptest! {
        #[test]
        fn no_key_and_no_session_is_ever_told(
            secret in token(),
            before in "[ a-z:\"'(<=@.,{]{0,12}",
            after in "[ a-z:\"')>=@.,}\r\n]{0,12}",
        ) {
            let shown = shown(&format!("{before}{secret}{after}"));
            // Not even a part of it that somebody could go on from.
            for part in secret.as_bytes().windows(8) {
                let part = std::str::from_utf8(part).expect("ASCII");
                prop_assert!(!shown.contains(part), "{part} of {secret} in {shown}");
            }
        }

        #[test]
        fn no_partner_key_that_is_at_work_is_ever_told(
            secret in "[!-~]{6,40}",
            before in "[ a-z]{0,9}",
            after in "[ a-z]{0,9}",
        ) {
            let shown = masked(&format!("{before}{secret}{after}"), &[&secret]);
            prop_assert!(!shown.contains(&secret));
        }

        #[test]
        fn no_whole_address_is_ever_told(local in "[a-zA-Z0-9._+-]{2,20}", text in "[ a-z<>:]{0,9}") {
            let address = format!("{local}@harbour-hotel.example");
            let shown = shown(&format!("{text}{address}{text}"));
            prop_assert!(!shown.contains(&address), "{}", shown);
        }

        #[test]
        fn any_text_at_all_comes_out_as_one_line(text in ".*") {
            prop_assert!(!shown(&text).contains(['\n', '\r']));
        }
    }
}
