//! Whether the desk may write, the keys that it made, and the keys that the Hub lists.

use serde::{Deserialize, Serialize};
use specta::Type;

use channel_keys_core::app::DeskKey;
use channel_keys_core::desk::Change;
use channel_keys_core::hub::{HubError, ListedKey};

use super::super::{KeyView, Seconds, Shown, seconds, view};
use crate::failure::Failure;

/// Whether the desk only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ModeWord {
    /// It only reads.
    ReadOnly,
    /// It may make keys where a client shared the permission.
    MayWrite,
}

impl ModeWord {
    /// The word for it.
    pub fn of(only_reads: bool) -> Self {
        if only_reads { ModeWord::ReadOnly } else { ModeWord::MayWrite }
    }
}

view! {
    /// A key that was made at the desk.
    pub struct DeskKeyView {
        /// The key, without the key.
        pub key: KeyView,
        /// For which client, by id.
        pub client_id: String,
        /// The client's name, where the board has it.
        pub client_name: Option<Shown>,
        /// Whether it lies here for its client to get it.
        pub waits: bool,
    }
}

impl DeskKeyView {
    /// A key that was made at the desk.
    pub fn of(key: &DeskKey) -> Self {
        Self {
            key: KeyView::of(&key.record),
            client_id: key.record.client.to_string(),
            client_name: key.client_name.as_ref().and_then(Shown::some),
            waits: key.waits_to_be_handed_over(),
        }
    }
}

view! {
    /// Which keys the Hub lists for a channel.
    pub enum KeyListView {
        /// These; none means that it lists none.
        Told {
            /// The keys, never whole.
            keys: Vec<ListedKeyView>,
            /// When what tells them apart last changed, as far as is remembered here.
            changed: Option<KeysChangedView>,
        },
        /// It did not say.
        NotTold {
            /// Why.
            why: Failure,
        },
    }
}

view! {
    /// A key as the Hub lists it, never whole.
    pub struct ListedKeyView {
        /// Its id at the Hub.
        pub hub_id: Option<String>,
        /// The four characters that tell it from others.
        pub tail: Option<String>,
    }
}

view! {
    /// When a channel's keys changed: between these two times.
    pub struct KeysChangedView {
        /// When they were last as before.
        pub told_before: Seconds,
        /// When they were first otherwise.
        pub told_now: Seconds,
        /// Whether this program did it.
        pub here: bool,
    }
}

impl KeyListView {
    /// What the Hub listed, or why that is not known; and when that last changed.
    pub fn of(listed: &Result<Vec<ListedKey>, HubError>, changed: Option<Change>) -> Self {
        match listed {
            Ok(keys) => KeyListView::Told {
                changed: changed.map(|change| KeysChangedView {
                    told_before: seconds(change.told_before),
                    told_now: seconds(change.told_now),
                    here: change.here,
                }),
                keys: keys
                    .iter()
                    .map(|key| ListedKeyView {
                        hub_id: key.hub_id.told().cloned(),
                        tail: key.tail.told().cloned(),
                    })
                    .collect(),
            },
            Err(error) => KeyListView::NotTold { why: Failure::from(error) },
        }
    }
}
