//! Phone numbers in whatever spelling people have them: with blanks, brackets and dashes of any kind, in full-width or
//! Arabic digits, in a link, or among words.

use std::sync::LazyLock;

use regex::Regex;

/// From how many digits on a number among words is one (ours): dates and house numbers have fewer.
const AMONG_WORDS: usize = 7;
/// The longest country code, in digits.
const COUNTRY_CODE: usize = 3;

#[expect(clippy::expect_used, reason = "written here, and used by a test")]
static AMONG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9a-z+])(\+?[(\[]?[0-9][0-9 ()\[\].,/+-]*[0-9])(?:$|[^0-9a-z])")
        .expect("well formed")
});

/// The number in a text that [`folded`](crate::text::folded) made: all of it, or what stands among words.
pub(crate) fn number_in(folded: &str) -> Option<&str> {
    let belongs = |c: char| c.is_ascii_digit() || " +()[].,/-".contains(c);
    if folded.chars().all(belongs) {
        return folded.contains(|c: char| c.is_ascii_digit()).then_some(folded);
    }
    let found = AMONG.captures_iter(folded).filter_map(|found| found.get(1)).map(|found| found.as_str());
    let found = found.map(|number| (digits_of(number).len(), number));
    let longest = found.max_by_key(|(digits, _)| *digits);
    longest.filter(|(digits, _)| *digits >= AMONG_WORDS).map(|(_, number)| number)
}

/// The digits of a number; the zero in `+49 (0)30` is not dialled from abroad.
pub(crate) fn digits_of(number: &str) -> String {
    number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect()
}

/// The digits after the `+` or `00` of a number that is written so: as they stand, and without a zero behind the country's
/// code, which is dialled within the country alone. Some countries keep that zero, so both are meant.
pub(crate) fn from_abroad(number: &str) -> Option<Vec<String>> {
    let bare = number.trim_start_matches(['(', '[', ' ']);
    let rest = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"))?;
    let digits = digits_of(rest);
    if digits.is_empty() {
        return None;
    }
    let mut ways = vec![digits.clone()];
    let code = rest.chars().take_while(char::is_ascii_digit).count();
    if (1..=COUNTRY_CODE).contains(&code)
        && let Some((country, rest)) = digits.split_at_checked(code)
        && let Some(rest) = rest.strip_prefix('0')
    {
        ways.push([country, rest].concat());
    }
    Some(ways)
}

/// Another number that is most likely the same line: mobile numbers of Mexico were written with a 1 behind the country's
/// code until 2019, and those of Brazil without the 9 before their last eight digits.
pub fn same_line(digits: &str) -> Option<String> {
    let is = |length: usize| digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_digit());
    if let Some(line) = digits.strip_prefix("521").filter(|_| is(13)) {
        return Some(format!("52{line}"));
    }
    if let Some(line) = digits.strip_prefix("52").filter(|_| is(12)) {
        return Some(format!("521{line}"));
    }
    let (area, line) = digits.strip_prefix("55").and_then(|line| line.split_at_checked(2))?;
    match line.strip_prefix('9') {
        Some(line) if is(13) => Some(format!("55{area}{line}")),
        _ if is(12) && line.starts_with(['6', '7', '8', '9']) => Some(format!("55{area}9{line}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_alone_and_among_words() {
        for (text, number) in [
            ("+49 30 55570142", Some("+49 30 55570142")),
            ("whatsapp: +49 30 55570142", Some("+49 30 55570142")),
            ("https://wa.me/493055570142", Some("493055570142")),
            ("493055570142@s.whatsapp.net", Some("493055570142")),
            ("tel:+493055570142", Some("+493055570142")),
            ("24/7 desk, 493055570142", Some("493055570142")),
            ("0", Some("0")),
            ("desk 12", None),
            ("tq8m2zch493055570142", None),
            ("+ (", None),
            ("", None),
        ] {
            assert_eq!(number_in(text), number, "{text}");
        }
    }

    #[test]
    fn one_line_can_have_two_numbers() {
        for (one, other) in [("525512345678", "5215512345678"), ("5511988887777", "551188887777")] {
            assert_eq!(same_line(one).as_deref(), Some(other));
            assert_eq!(same_line(other).as_deref(), Some(one));
        }
        for alone in ["493055570142", "551122223333", "5255123456", "5511", "", "55ü2345678901"] {
            assert_eq!(same_line(alone), None, "{alone}");
        }
    }
}
