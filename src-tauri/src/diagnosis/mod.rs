//! A diagnosis of a channel to be pasted elsewhere: as plain text for a chat, as Markdown for a ticket, as JSON for an
//! engineer. The language is the reader's.
//!
//! What it rests on comes from core and has neither a secret nor a whole e-mail address in it.

mod codes;
mod json;
mod markdown;
mod report;
#[cfg(test)]
mod tests;
mod times;

use serde::{Deserialize, Serialize};
use specta::Type;
use time::{OffsetDateTime, UtcOffset};
use unic_langid::langid;

use channel_keys_core::desk::Case;

use crate::words::Words;

pub(crate) use codes::{health_id, hub_status_id, state_id, status_id};
pub(crate) use report::{next_words, verdict_words};
pub use times::here;

/// What a diagnosis is copied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// Plain text for a chat.
    #[default]
    Text,
    /// Markdown for a ticket.
    Markdown,
    /// JSON for an engineer.
    Json,
}

/// A language that a reader may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

const ENGLISH: &str = include_str!("../../../ui/words/diagnosis.en.ftl");
const GERMAN: &str = include_str!("../../../ui/words/diagnosis.de.ftl");

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// What stands for it in a file.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The sentences of a diagnosis.
    pub fn words(self) -> Words {
        match self {
            Language::English => Words::of(langid!("en"), ENGLISH),
            Language::German => Words::of(langid!("de"), GERMAN),
        }
    }
}

/// What a diagnosis tells beside what the desk knows.
pub struct Around<'a> {
    /// This program's version.
    pub version: &'a str,
    /// The Hub's host.
    pub host: &'a str,
    /// Whether it is the practice Hub.
    pub practice: bool,
    /// How far the local time is from UTC at a time.
    pub offset: &'a dyn Fn(OffsetDateTime) -> UtcOffset,
}

/// The diagnosis.
pub fn written(case: &Case, around: &Around<'_>, form: Form, language: Language) -> String {
    match form {
        Form::Text => report::of(case, around, language).as_text(),
        Form::Markdown => markdown::of(&report::of(case, around, language)),
        Form::Json => json::of(case, around, language),
    }
}
