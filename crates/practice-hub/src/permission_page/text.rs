//! What a text from outside may hold, and how it is taken out of a query or a form.

use std::borrow::Cow;

/// Characters by which a text could show another order or end than it has (ours).
pub(super) fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Name and value of one piece of a query or a form. What is badly encoded stays as it stands, or becomes `U+FFFD`.
pub(super) fn decoded(piece: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    url::form_urlencoded::parse(piece.as_bytes()).next().unwrap_or_default()
}

/// A value that was encoded twice, as it was before (ours): `mark` is what gives it away.
pub(super) fn undone(value: String, mark: &str) -> String {
    if !value.to_ascii_lowercase().contains(mark) {
        return value;
    }
    // Without its `=`, a value would be read as a name.
    decoded(&format!("v={}", value.replace('+', "%2B").replace('&', "%26"))).1.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_twice_is_undone_and_nothing_else_is() {
        assert_eq!(undone("%2B49 30".into(), "%2b"), "+49 30");
        assert_eq!(
            undone("https%3A%2F%2Fx.example%2F?a=b&c=d+e".into(), "%3a%2f"),
            "https://x.example/?a=b&c=d+e"
        );
        assert_eq!(undone("100%25".into(), "%2b"), "100%25");
    }
}
