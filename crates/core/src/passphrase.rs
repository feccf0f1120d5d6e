//! A passphrase that is spoken: words that are easy to say and to hear, drawn by the program and never thought up by
//! a person.

use std::sync::LazyLock;

use diceware_wordlists::Wordlist;

use crate::secret::Passphrase;

/// How many words are drawn (ours): with some 7,770 to draw from, each is worth 12.9 bits, and all of them 77.
const WORDS: usize = 6;

/// The longest passphrase that is read, in characters (ours): `age` makes ones of ten words.
const LONGEST: usize = 400;

/// EFF's large list (2016), made for this: common words that start differently and hurt nobody. The four with a
/// hyphen are left out, since what stands between the words must not matter.
static LIST: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let all = Wordlist::EffLong.get_list().iter().copied();
    all.filter(|word| word.bytes().all(|letter| letter.is_ascii_lowercase())).collect()
});

impl Passphrase {
    /// Draws a new one. `random` gives 16 bits at a time from the system's own source; none where that gives none.
    pub fn draw(mut random: impl FnMut() -> Option<u16>) -> Option<Passphrase> {
        let mut text = String::with_capacity(WORDS * 10);
        for place in 0..WORDS {
            if place > 0 {
                text.push(' ');
            }
            text.push_str(draw_one(&mut random)?);
        }
        Some(Passphrase::new(text))
    }

    /// What a person may have meant who typed what they heard: the words alone, whatever case they are in and whatever
    /// stands between them; and, since a file may be locked with anything, what was typed as it stands. In the order
    /// in which they are to be tried; none where there is nothing to try.
    pub fn readings(typed: &str) -> Vec<Passphrase> {
        let as_typed = typed.trim();
        if as_typed.is_empty() || as_typed.chars().count() > LONGEST {
            return Vec::new();
        }
        let lower = as_typed.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty()).collect();
        let spoken = words.join(" ");
        let mut readings = vec![spoken.clone()];
        if as_typed != spoken {
            readings.push(as_typed.to_owned());
        }
        readings.into_iter().filter(|it| !it.is_empty()).map(Passphrase::new).collect()
    }
}

/// One word, each as likely as any other: numbers that would make some likelier are drawn again.
fn draw_one(random: &mut impl FnMut() -> Option<u16>) -> Option<&'static str> {
    let many = LIST.len();
    let fair = (usize::from(u16::MAX) + 1) / many * many;
    loop {
        let drawn = usize::from(random()?);
        if drawn < fair {
            return LIST.get(drawn % many).copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn drawn(mut numbers: impl Iterator<Item = u16>) -> Option<String> {
        Passphrase::draw(|| numbers.next()).map(|words| words.expose().to_owned())
    }

    fn readings(typed: &str) -> Vec<String> {
        Passphrase::readings(typed).iter().map(|it| it.expose().to_owned()).collect()
    }

    #[test]
    fn a_passphrase_is_worth_at_least_75_bits() {
        let words: BTreeSet<&str> = LIST.iter().copied().collect();
        assert_eq!(words.len(), LIST.len(), "no word is there twice");
        #[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
        let bits = (LIST.len() as f64).log2() * WORDS as f64;
        assert!(bits >= 75.0, "{bits}");
    }

    #[test]
    fn its_words_are_short_plain_letters_and_none_begins_another() {
        let words: BTreeSet<&str> = LIST.iter().copied().collect();
        for word in &words {
            assert!((3..=9).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_lowercase()), "{word}");
            let begins = (1..word.len()).map(|end| &word[..end]).find(|part| words.contains(part));
            assert_eq!(begins, None, "{word} can be heard as two");
        }
    }

    #[test]
    fn each_word_is_as_likely_as_any_other() {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for number in 0..=u16::MAX {
            let mut once = Some(number);
            if let Some(word) = draw_one(&mut || once.take()) {
                *times.entry(word).or_default() += 1;
            }
        }
        assert_eq!(times.len(), LIST.len());
        assert!(times.values().all(|&many| many == times[LIST[0]]), "some words are likelier");
    }

    #[test]
    fn a_source_that_gives_nothing_makes_none() {
        assert_eq!(drawn([1, 2, 3, 4, 5].into_iter()), None, "five numbers are no six words");
        assert_eq!(drawn(std::iter::empty()), None);
    }

    #[test]
    fn what_was_typed_as_it_stands_is_tried_after_the_words() {
        assert_eq!(readings("brave-Otter"), ["brave otter", "brave-Otter"]);
        assert_eq!(readings("brave otter"), ["brave otter"]);
        assert_eq!(readings(" 12345 "), ["12345"], "a passphrase need not have a word in it");
        for nothing in ["", "  \n", &"a".repeat(LONGEST + 1)] {
            assert!(readings(nothing).is_empty());
        }
    }

    proptest! {
        #[test]
        fn however_the_words_are_typed_they_are_what_was_drawn(
            numbers in prop::collection::vec(any::<u16>(), 60),
            between in prop::collection::vec("[ \t,.;-]{1,4}|[ ]?[0-9]{1,2}[.)] |\u{2013}|\n", WORDS),
            upper in any::<u64>(),
        ) {
            let text = drawn(numbers.into_iter()).expect("enough to draw from");
            prop_assert_eq!(text.split(' ').count(), WORDS);
            let mut typed = String::new();
            for (word, between) in text.split(' ').zip(between) {
                typed.push_str(&between);
                typed.push_str(word);
            }
            let typed: String = typed.chars().enumerate()
                .map(|(at, c)| if upper >> (at % 64) & 1 == 1 { c.to_ascii_uppercase() } else { c })
                .collect();
            prop_assert_eq!(&readings(&typed)[0], &text);
        }

        #[test]
        fn whatever_is_typed_is_tried_in_two_ways_at_the_most(typed in any::<String>()) {
            let tried = readings(&typed);
            prop_assert!(tried.len() <= 2 && tried.iter().all(|it| !it.is_empty()));
        }
    }
}
