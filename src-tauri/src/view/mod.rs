//! What crosses to the pages: made for reading, not the domain's own types. `null` means "not told".

mod around;
mod channels;
mod checking;
mod desk;
mod goals;
mod keys;
mod linking;
mod page_visit;
mod remembering;
mod request;
mod session;
mod tasks;
mod webhooks;

use serde::Serialize;
use specta::Type;
use time::OffsetDateTime;

use channel_keys_core::text::for_showing;

pub use around::*;
pub use channels::*;
pub use checking::*;
pub use desk::*;
pub use goals::*;
pub use keys::*;
pub use linking::*;
pub use page_visit::*;
pub use remembering::*;
pub use request::*;
pub use session::*;
pub use tasks::*;
pub use webhooks::*;

macro_rules! view {
    ($(#[$doc:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($body)* }
    };
    ($(#[$doc:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
        pub enum $name { $($body)* }
    };
}

macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}

use {view, words};

/// Seconds since 1970, as JavaScript counts.
pub type Seconds = u32;

/// A text from outside as it is shown: cleaned, and not too long. Names, and words of the Hub's or of people, cross to the
/// pages as this alone. Ids, addresses and links cross as they are, since they come back and are copied; a page escapes in
/// them what can't be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Shown(String);

impl Shown {
    /// A text, cleaned.
    pub fn of(text: impl AsRef<str>) -> Self {
        Self(for_showing(text.as_ref()))
    }

    /// A name, cleaned; none where nothing of it can be seen.
    pub fn some(name: impl AsRef<str>) -> Option<Self> {
        Some(Self::of(name)).filter(|shown| !shown.0.is_empty())
    }
}

pub(super) fn seconds(at: OffsetDateTime) -> Seconds {
    at.unix_timestamp().try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use channel_keys_core::channel::{ChannelId, ClientId};
    use channel_keys_core::history::{About, Ended, HistoryEntry, What};
    use channel_keys_core::records::{KeyRecord, KeyState, Origin, Owner, Place, Realm, Reminders};

    use super::*;

    const NAME: &str = "live \u{202e}elif\u{202c}\0 name\r\n";
    const ID: &str = "tQ8\u{202e}m2ZCH";

    /// What crosses as text as it is: ids, addresses, links, what a person typed just now, and texts of this program's own.
    const AS_IT_IS: &[&str] = &[
        "answer",
        "by",
        "channel_id",
        "client_email",
        "client_id",
        "digits",
        "email",
        "external_id",
        "folder",
        "host",
        "hub_id",
        "id",
        "kept_session",
        "key_id",
        "link",
        "name",
        "nonce",
        "note",
        "now",
        "number",
        "other_client",
        "partner_id",
        "password",
        "public",
        "rank",
        "records_aside",
        "return_to",
        "said",
        "sealed",
        "search",
        "set_aside",
        "side",
        "strangers",
        "tail",
        "text",
        "ticket",
        "user",
        "version",
        "waba_id",
    ];

    fn key() -> KeyRecord {
        let owner = Owner { realm: Realm::Real, user: "maria".into() };
        let at = OffsetDateTime::UNIX_EPOCH;
        KeyRecord {
            id: "one".into(),
            sequence: 1,
            owner,
            client: ClientId("Zx81kQw2CL".into()),
            channel: ChannelId(ID.into()),
            channel_name: Some(NAME.into()),
            number: Some("493055570142".into()),
            external_id: None,
            state: KeyState::Kept,
            label: Some(NAME.into()),
            address: None,
            tail: Some("kX9p".into()),
            asked_at: at,
            changed_at: at,
            replaced_at: None,
            origin: Origin::Made,
            by: Some("maria@harbour-hotel.example".into()),
            places: vec![Place { name: NAME.into(), done: false }],
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        }
    }

    #[test]
    fn names_cross_to_the_pages_cleaned_and_ids_as_they_are() {
        let shown = serde_json::to_value(KeyView::of(&key())).expect("it is JSON");
        for name in [&shown["channelName"], &shown["label"], &shown["places"][0]["name"]] {
            assert_eq!(name, "live elif name");
        }
        assert_eq!(shown["channelId"], ID, "it comes back, and is compared");

        let about = About {
            channel: ChannelId(ID.into()),
            channel_name: Some(NAME.into()),
            number: None,
            label: Some("\u{200b}".into()),
            tail: None,
        };
        let entry = HistoryEntry {
            id: 7,
            at: OffsetDateTime::UNIX_EPOCH,
            owner: key().owner,
            by: "maria\u{202e}@harbour-hotel.example".into(),
            what: What::KeyMade,
            ended: Ended::Done,
            client_name: Some(NAME.into()),
            about: Some(about),
        };
        let shown = serde_json::to_value(HistoryView::of(&entry)).expect("it is JSON");
        assert_eq!(
            (&shown["clientName"], &shown["channelName"]),
            (&"live elif name".into(), &"live elif name".into())
        );
        assert_eq!(shown["label"], serde_json::Value::Null, "where nothing can be seen, there is no name");
        assert_eq!(shown["by"], "maria\\u{202e}@harbour-hotel.example");
        assert_eq!(shown["channelId"], ID);
    }

    #[test]
    fn a_text_from_outside_crosses_as_shown_alone() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src/view");
        let mut seen = 0;
        for folder in [here.clone(), here.join("desk")] {
            for file in fs::read_dir(folder).expect("a folder").flatten().filter(|file| file.path().is_file())
            {
                let text = fs::read_to_string(file.path()).expect("a source");
                let fields =
                    text.lines().filter_map(|line| line.trim().trim_start_matches("pub ").split_once(": "));
                for (name, kind) in
                    fields.filter(|(_, kind)| kind.trim_end_matches(['>', ',']).ends_with("String"))
                {
                    seen += 1;
                    assert!(AS_IT_IS.contains(&name), "{name}: {kind} in {:?} is no `Shown`", file.path());
                }
            }
        }
        assert!(seen > 40, "{seen}");
    }
}
