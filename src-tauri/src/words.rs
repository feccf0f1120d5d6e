//! The words that Rust itself says, from the same catalogues as the pages.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::langid;

/// The English catalogue.
const ENGLISH: &str = include_str!("../../ui/words/en.ftl");

/// A sentence of the catalogue, with its facts filled in.
pub fn say(id: &str, facts: &[(&str, &str)]) -> String {
    let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = FluentBundle::new(vec![langid!("en")]);
    bundle.set_use_isolating(false);
    if bundle.add_resource(resource).is_err() {
        return id.to_owned();
    }
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let mut arguments = FluentArgs::new();
    for (name, value) in facts {
        arguments.set(*name, *value);
    }
    bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
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
        for id in [crate::run::SENTENCES, crate::export::SENTENCES, &crate::export::COLUMNS].concat() {
            assert_ne!(say(id, &[]), id);
        }
    }
}
