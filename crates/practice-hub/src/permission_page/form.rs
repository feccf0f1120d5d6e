//! What a person sends with a press.

use super::text::is_odd;

/// The largest form, in bytes (ours).
const LARGEST: usize = 100_000;
/// The most numbers in one form (ours): as many as one way back may name.
pub(super) const MOST_NUMBERS: usize = 500;

/// A form, with fields that may come more than once.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

/// Why a form is not read (ours).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadForm {
    TooLarge,
    TooManyNumbers,
    OddCharacters,
}

impl Form {
    pub(super) fn read(body: &[u8]) -> Result<Self, BadForm> {
        if body.len() > LARGEST {
            return Err(BadForm::TooLarge);
        }
        let form = Self(url::form_urlencoded::parse(body).into_owned().collect());
        if form.all("channel").len() > MOST_NUMBERS || form.all("shared").len() > MOST_NUMBERS {
            return Err(BadForm::TooManyNumbers);
        }
        // A password is compared and never shown, so it may hold anything.
        let shown = form.0.iter().filter(|(name, _)| name != "password");
        if shown.flat_map(|(name, value)| name.chars().chain(value.chars())).any(is_odd) {
            return Err(BadForm::OddCharacters);
        }
        Ok(form)
    }

    /// A field that comes once; empty where it does not come.
    pub(super) fn one(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
}
