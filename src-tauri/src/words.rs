//! The words that Rust itself says, from the same catalogues as the pages.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use channel_keys_core::text::runs_right_to_left;

/// The English catalogue.
const ENGLISH: &str = include_str!("../../ui/words/en.ftl");

/// The sentences of a catalogue, in one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Those of a catalogue.
    pub fn of(language: LanguageIdentifier, catalogue: &str) -> Self {
        let resource = match FluentResource::try_new(catalogue.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Such marks are for a screen; these sentences go into files and tickets.
        bundle.set_use_isolating(false);
        // What the catalogue has twice, its test tells.
        let _ = bundle.add_resource(resource);
        Self(bundle)
    }

    /// A sentence with its facts filled in; its id where there is none.
    pub fn say<'a>(&self, id: &str, facts: &[(&'a str, FluentValue<'a>)]) -> String {
        let Some(pattern) = self.0.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = facts.iter().cloned().collect();
        self.0.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

/// A sentence of the catalogue for a screen, with its facts filled in. A fact that runs from right to left is set apart,
/// so that it changes nothing of the order of the sentence.
pub fn say(id: &str, facts: &[(&str, &str)]) -> String {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(langid!("en"), ENGLISH));
    let set_apart = |fact: &str| match runs_right_to_left(fact) {
        true => format!("\u{2068}{fact}\u{2069}"),
        false => fact.to_owned(),
    };
    let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, set_apart(fact).into())).collect();
    WORDS.say(id, &facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_no_mistake() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
    }

    #[test]
    fn a_right_to_left_name_is_isolated_on_screen_and_not_in_a_file() {
        let said = |name: &str| say("notice-named", &[("name", name), ("what", "It changed.")]);
        assert_eq!(said("Front desk"), "Front desk: It changed.");
        assert!(said("مطعم").starts_with("\u{2068}مطعم\u{2069}: "), "{:?}", said("مطعم"));
        let plain = Words::of(langid!("en"), ENGLISH);
        let plain = plain.say("notice-named", &[("name", "مطعم".into()), ("what", "It changed.".into())]);
        assert_eq!(plain, "مطعم: It changed.");
    }

    #[test]
    fn every_sentence_that_rust_says_is_in_the_catalogue() {
        for id in [
            crate::run::SENTENCES,
            crate::looking::SENTENCES,
            crate::export::SENTENCES,
            crate::commands::key_files::SENTENCES,
            crate::checking::SENTENCES,
            crate::background::SENTENCES,
            crate::os::door::SENTENCES,
            crate::web_process::SENTENCES,
        ]
        .concat()
        {
            assert_ne!(say(id, &[]), id);
        }
    }
}
