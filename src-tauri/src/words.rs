//! The words that Rust itself says, from the same catalogues as the pages.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

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
        let mut bundle = FluentBundle::new(vec![language]);
        // Marks that turn the direction of text are for a screen; these sentences go elsewhere.
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

/// A sentence of the catalogue, with its facts filled in.
pub fn say(id: &str, facts: &[(&str, &str)]) -> String {
    let facts: Vec<_> = facts.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
    Words::of(langid!("en"), ENGLISH).say(id, &facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_no_mistake() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
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
        ]
        .concat()
        {
            assert_ne!(say(id, &[]), id);
        }
    }
}
