//! Finding channels by whatever a person has in hand: a number in any spelling, a name, a client, an address, an id,
//! a ticket that was noted on them.

use memchr::memmem::Finder;

use super::board::Client;
use crate::channel::{Channel, ClientId};
use crate::phone::{digits_of, from_abroad, number_in, same_line};
use crate::text::{fold, folded};

/// The longest country code, in digits.
const COUNTRY_CODE: usize = 3;

/// Between two texts of a line, so that no word runs from one into the next.
const BETWEEN: char = '\n';

/// The texts of a line in one spelling: lower case, no accents.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Folded {
    text: String,
    digits: String,
}

impl Folded {
    pub(super) fn of(
        channel: &Channel,
        client_id: Option<&ClientId>,
        client: Option<&Client>,
        tickets: &[String],
    ) -> Self {
        let client_name = client.and_then(|client| client.name.told());
        let email = client.and_then(|client| client.email.told());
        let texts = [
            channel.name.told(),
            client_name,
            email,
            Some(&channel.id.0),
            client_id.map(|id| &id.0),
            channel.waba_id.told(),
            channel.external_id.told(),
        ];
        let texts = texts.into_iter().flatten().chain(tickets);
        let length = texts.clone().map(|told| told.len() + BETWEEN.len_utf8()).sum();
        let mut text = String::with_capacity(length);
        for told in texts {
            fold(told, &mut text);
            text.push(BETWEEN);
        }
        Self { text, digits: channel.number.told().cloned().unwrap_or_default() }
    }
}

/// How well a line fits; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The whole of a number, a name or an id.
    Whole,
    /// A number's or a text's beginning.
    Beginning,
    /// A word's beginning.
    Word,
    /// Somewhere within.
    Within,
}

/// What is searched for.
pub(super) struct Query {
    /// The digits of a number, in each way in which they can be meant.
    numbers: Vec<Number>,
    words: Vec<Finder<'static>>,
    /// All of it as it was typed: a name that is the whole of it fits best.
    phrase: Finder<'static>,
}

enum Number {
    /// From the country code on.
    Abroad(String),
    /// As it is dialled at home, without the zero.
    AtHome(String),
    /// Any digits of it.
    Part(String),
}

impl Query {
    /// What was typed; none where nothing was that could be searched for.
    pub(super) fn typed(text: &str) -> Option<Self> {
        // The end of a name that was shown cut.
        let folded = folded(text.trim_end().trim_end_matches('…'));
        let folded = folded.trim();
        let numbers = numbers(folded);
        let words = folded.split_whitespace().map(|word| Finder::new(word).into_owned()).collect::<Vec<_>>();
        let phrase = Finder::new(folded).into_owned();
        (!words.is_empty()).then_some(Self { numbers, words, phrase })
    }

    /// How well a line fits; none where it does not.
    pub(super) fn fit(&self, line: &Folded) -> Option<Fit> {
        let number = self.numbers.iter().filter_map(|number| number.fit(&line.digits)).min();
        // Every word has to be there; the one that fits least well says how well they all do.
        let mut fits = self.words.iter().map(|word| fit_of_word(word, &line.text));
        let words = fits.try_fold(Fit::Whole, |worst, fit| Some(worst.max(fit?)));
        let words =
            words.map(|fit| fit_of_word(&self.phrase, &line.text).map_or(fit, |phrase| fit.min(phrase)));
        match (number, words) {
            (Some(number), Some(words)) => Some(number.min(words)),
            (one, other) => one.or(other),
        }
    }
}

impl Query {
    /// Whether all that fits this also fits what was typed before: then nothing else need be looked at.
    pub(super) fn narrows(&self, before: &Query) -> bool {
        let number = |number: &Number| before.numbers.iter().any(|before| number.narrows(before));
        let word = |before: &Finder<'_>| self.words.iter().any(|word| before.find(word.needle()).is_some());
        self.numbers.iter().all(number) && before.words.iter().all(word)
    }
}

fn fit_of_word(word: &Finder<'_>, text: &str) -> Option<Fit> {
    let (bytes, length) = (text.as_bytes(), word.needle().len());
    let is_end = |at: usize| bytes.get(at).is_none_or(|byte| *byte == BETWEEN as u8);
    word.find_iter(bytes)
        .map(|at| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before).copied());
            match before {
                None | Some(b'\n') if is_end(at + length) => Fit::Whole,
                None | Some(b'\n') => Fit::Beginning,
                // A letter that is not ASCII is one of a word's.
                Some(byte) if byte.is_ascii_alphanumeric() || !byte.is_ascii() => Fit::Within,
                Some(_) => Fit::Word,
            }
        })
        .min()
}

impl Number {
    /// Whether each number that fits this also fits the one before.
    fn narrows(&self, before: &Number) -> bool {
        match (self, before) {
            (Number::Abroad(typed), Number::Abroad(before))
            | (Number::AtHome(typed), Number::AtHome(before)) => typed.starts_with(before),
            (Number::Abroad(typed) | Number::AtHome(typed) | Number::Part(typed), Number::Part(before)) => {
                typed.contains(before)
            }
            _ => false,
        }
    }

    fn fit(&self, digits: &str) -> Option<Fit> {
        match self {
            Number::Abroad(typed) if digits == typed => Some(Fit::Whole),
            Number::Abroad(typed) => digits.starts_with(typed).then_some(Fit::Beginning),
            Number::AtHome(typed) => {
                let ends = digits.len().checked_sub(typed.len())?;
                let fits = |at: &usize| digits.get(*at..).is_some_and(|rest| rest.starts_with(typed));
                let at = (1..=COUNTRY_CODE).find(fits)?;
                Some(if at == ends { Fit::Whole } else { Fit::Beginning })
            }
            Number::Part(typed) if digits == typed => Some(Fit::Whole),
            Number::Part(typed) if digits.starts_with(typed) => Some(Fit::Beginning),
            Number::Part(typed) => digits.contains(typed).then_some(Fit::Within),
        }
    }
}

/// The ways in which what was typed can be a number: with `+` or `00` from the country code on, with one zero as at
/// home. A number that may be the same line is found too.
fn numbers(typed: &str) -> Vec<Number> {
    let Some(typed) = number_in(typed) else { return Vec::new() };
    let digits = digits_of(typed);
    if digits.is_empty() {
        return Vec::new();
    }
    let abroad = from_abroad(typed).unwrap_or_default();
    let same = abroad.first().unwrap_or(&digits);
    let same = same_line(same).map(Number::Abroad);
    let mut ways = Vec::new();
    if !typed.contains('+') {
        ways.push(Number::Part(digits.clone()));
    }
    if let Some(at_home) = digits.strip_prefix('0').filter(|it| abroad.is_empty() && !it.is_empty()) {
        ways.push(Number::AtHome(at_home.to_owned()));
    }
    ways.extend(abroad.into_iter().map(Number::Abroad).chain(same));
    ways
}
