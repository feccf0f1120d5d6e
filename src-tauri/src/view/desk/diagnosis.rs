//! How a diagnosis was last copied.

use serde::Serialize;
use specta::Type;

use crate::diagnosis::{Form, Language};
use crate::os::records::SqliteRecords;
use crate::view::view;

const FORM: &str = "diagnosis-form";
const LANGUAGE: &str = "diagnosis-language";

view! {
    /// The form that was used last, and the reader's language.
    pub struct DiagnosisChoice {
        /// The form.
        pub form: Form,
        /// The language.
        pub language: Language,
    }
}

impl DiagnosisChoice {
    /// The last one of this profile; what was never chosen, or can't be read, is as usual.
    pub fn of(records: &SqliteRecords) -> Self {
        let form = match stored(records, FORM).as_deref() {
            Some("markdown") => Form::Markdown,
            Some("json") => Form::Json,
            _ => Form::Text,
        };
        let found = stored(records, LANGUAGE);
        let language = Language::ALL.into_iter().find(|language| found.as_deref() == Some(language.code()));
        Self { form, language: language.unwrap_or_default() }
    }

    /// Remembers it. A diagnosis is copied also where that can't be written.
    pub fn remember(&self, records: &SqliteRecords) {
        let form = match self.form {
            Form::Text => "text",
            Form::Markdown => "markdown",
            Form::Json => "json",
        };
        let _ = records.set_setting(FORM, form);
        let _ = records.set_setting(LANGUAGE, self.language.code());
    }
}

fn stored(records: &SqliteRecords, name: &str) -> Option<String> {
    records.setting(name).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_form_and_language_are_remembered_and_a_word_from_elsewhere_is_as_usual() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("they open");
        let told = |choice: DiagnosisChoice| (choice.form, choice.language);
        assert_eq!(told(DiagnosisChoice::of(&records)), (Form::Text, Language::English));

        for form in [Form::Json, Form::Markdown, Form::Text] {
            DiagnosisChoice { form, language: Language::German }.remember(&records);
            assert_eq!(told(DiagnosisChoice::of(&records)), (form, Language::German));
        }

        records.set_setting(FORM, "poem").expect("written by hand");
        records.set_setting(LANGUAGE, "xx").expect("written by hand");
        assert_eq!(told(DiagnosisChoice::of(&records)), (Form::Text, Language::English));
    }
}
