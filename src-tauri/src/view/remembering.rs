//! The history, and all that this computer remembers.

use serde::{Deserialize, Serialize};
use specta::Type;

use channel_keys_core::app::Remembered;
use channel_keys_core::history::{Ended, HistoryEntry, What};
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::text::id_for_showing;

use super::keys::KeyView;
use super::session::is_practice;
use super::{Seconds, Shown, seconds, view, words};
use crate::failure::Failure;
use crate::numbers;
use crate::os::profile::Profile;

view! {
    /// One thing that was done here.
    pub struct HistoryView {
        /// Counts up.
        pub id: u32,
        /// When.
        pub at: Seconds,
        /// What.
        pub what: WhatWord,
        /// With which result.
        pub result: ResultWord,
        /// For which client.
        pub client_name: Option<Shown>,
        /// For which channel, where it was for one.
        pub channel_id: Option<String>,
        /// The channel's name then.
        pub channel_name: Option<Shown>,
        /// Its number.
        pub number: Option<String>,
        /// Its digits, to search by.
        pub digits: Option<String>,
        /// By whom: their e-mail address.
        pub by: String,
        /// The key's name, where it was about one.
        pub label: Option<Shown>,
        /// The four characters that tell the key from others.
        pub tail: Option<String>,
    }
}

words! {
    /// What was done.
    pub enum WhatWord {
        /// Signed in.
        SignedIn,
        /// Signed out.
        SignedOut,
        /// The partner was given the permission.
        PermissionGiven,
        /// The permission was removed.
        PermissionRemoved,
        /// It was given on 360dialog's own page.
        PermissionGivenThere,
        /// It was removed there.
        PermissionRemovedThere,
        /// A key was asked for.
        KeyMade,
        /// A key that was being made when the program stopped was looked for.
        KeyRecovered,
        /// A key was pasted.
        KeyPasted,
        /// A file with a key in it was opened.
        KeyOpened,
        /// A key was kept under a name.
        KeyKept,
        /// A key was shown.
        KeyShown,
        /// A key was copied.
        KeyCopied,
        /// A key was saved as a locked file.
        KeySaved,
        /// A key was tested.
        KeyTested,
        /// The program found by itself that a key stands otherwise than before.
        KeyChecked,
        /// A key was given another name.
        KeyRenamed,
        /// A key was let go.
        KeyLetGo,
        /// Handed a key over.
        KeyHandedOver,
        /// A webhook was set as it was before its number's key was replaced.
        WebhookSet,
    }
}

words! {
    /// With which result.
    pub enum ResultWord {
        /// It was done.
        Done,
        /// It was refused.
        Refused,
        /// It did not come about.
        NotDone,
        /// Nobody can tell.
        Unknown,
        /// It is for another number.
        OtherNumber,
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// A workbook, for people who open it in a spreadsheet.
    Xlsx,
    /// Plain cells, for whatever reads those.
    Csv,
    /// For programs.
    Json,
}

view! {
    /// All that this program remembers on this computer.
    pub struct HereView {
        /// The folder.
        pub folder: String,
        /// The accounts.
        pub accounts: Vec<AccountHere>,
        /// The keys in the keychain.
        pub keys: Vec<KeyHere>,
        /// How many things the history holds.
        pub history: u32,
        /// How many lists of numbers are remembered.
        pub lists: u32,
        /// What the support desks remember.
        pub desk: DeskHere,
        /// Whether the practice world has been changed.
        pub practice_world: bool,
        /// The names of damaged records that were set aside, the oldest first.
        pub set_aside: Vec<String>,
    }
}

view! {
    /// What the support desks remember.
    pub struct DeskHere {
        /// Of how many channels it is known what was last seen.
        pub channels: u32,
        /// How many changes were found.
        pub changes: u32,
        /// How many notes were written.
        pub notes: u32,
        /// How many channels are marked to be watched.
        pub watched: u32,
    }
}

view! {
    /// An account that is remembered.
    pub struct AccountHere {
        /// Its e-mail address.
        pub email: String,
        /// Whether it is a practice account.
        pub practice: bool,
        /// Whether its session is kept in the keychain.
        pub kept_session: bool,
    }
}

view! {
    /// A key in the keychain, whoever's.
    pub struct KeyHere {
        /// The key.
        pub key: KeyView,
        /// Whether it is a practice key.
        pub practice: bool,
    }
}

view! {
    /// What came of forgetting everything.
    pub struct ForgottenView {
        /// How many keys were taken out of the keychain.
        pub keys: u32,
        /// Which keys could not be taken out of the keychain, and why.
        pub stayed: Vec<StayedKey>,
    }
}

view! {
    /// A key that could not be taken out of the keychain.
    pub struct StayedKey {
        /// Which.
        pub key: KeyView,
        /// Why.
        pub why: Failure,
    }
}

impl HistoryView {
    /// One thing that was done.
    pub fn of(entry: &HistoryEntry) -> Self {
        let about = entry.about.as_ref();
        let digits = about.and_then(|about| about.number.clone());
        Self {
            id: entry.id.try_into().unwrap_or_default(),
            at: seconds(entry.at),
            what: entry.what.into(),
            result: entry.ended.into(),
            client_name: entry.client_name.as_ref().and_then(Shown::some),
            channel_id: about.map(|about| about.channel.to_string()),
            channel_name: about.and_then(|about| about.channel_name.as_ref()).and_then(Shown::some),
            number: digits.as_deref().map(numbers::written),
            digits,
            by: id_for_showing(&entry.by),
            label: about.and_then(|about| about.label.as_ref()).and_then(Shown::some),
            tail: about.and_then(|about| about.tail.clone()),
        }
    }
}

impl From<What> for WhatWord {
    fn from(what: What) -> Self {
        match what {
            What::SignedIn => WhatWord::SignedIn,
            What::SignedOut => WhatWord::SignedOut,
            What::PermissionGiven => WhatWord::PermissionGiven,
            What::PermissionRemoved => WhatWord::PermissionRemoved,
            What::PermissionGivenThere => WhatWord::PermissionGivenThere,
            What::PermissionRemovedThere => WhatWord::PermissionRemovedThere,
            What::KeyMade => WhatWord::KeyMade,
            What::KeyRecovered => WhatWord::KeyRecovered,
            What::KeyPasted => WhatWord::KeyPasted,
            What::KeyOpened => WhatWord::KeyOpened,
            What::KeyKept => WhatWord::KeyKept,
            What::KeyShown => WhatWord::KeyShown,
            What::KeyCopied => WhatWord::KeyCopied,
            What::KeySaved => WhatWord::KeySaved,
            What::KeyTested => WhatWord::KeyTested,
            What::KeyChecked => WhatWord::KeyChecked,
            What::KeyRenamed => WhatWord::KeyRenamed,
            What::KeyLetGo => WhatWord::KeyLetGo,
            What::KeyHandedOver => WhatWord::KeyHandedOver,
            What::WebhookSet => WhatWord::WebhookSet,
        }
    }
}

impl From<Ended> for ResultWord {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Done => ResultWord::Done,
            Ended::Refused => ResultWord::Refused,
            Ended::NotDone => ResultWord::NotDone,
            Ended::Unknown => ResultWord::Unknown,
            Ended::OtherNumber => ResultWord::OtherNumber,
        }
    }
}

impl HereView {
    /// All that is remembered, and what of it lies in the profile's folder beside the records. An account that was at
    /// work for several clients is told once.
    pub fn of(remembered: &Remembered, profile: &Profile) -> Self {
        let mut accounts: Vec<AccountHere> = Vec::new();
        for account in &remembered.accounts {
            let practice = is_practice(account.owner.realm);
            if accounts.iter().any(|told| told.email == account.email && told.practice == practice) {
                continue;
            }
            let kept_session = remembered
                .sessions
                .iter()
                .any(|kept| kept.realm == account.owner.realm && kept.user == account.owner.user);
            accounts.push(AccountHere { email: account.email.clone(), practice, kept_session });
        }
        let keys = remembered.keys.iter();
        Self {
            folder: profile.folder().display().to_string(),
            accounts,
            keys: keys
                .map(|key| KeyHere { key: KeyView::of(key), practice: is_practice(key.owner.realm) })
                .collect(),
            history: count(remembered.amounts.history),
            lists: count(remembered.amounts.lists),
            desk: DeskHere {
                channels: count(remembered.desk.channels),
                changes: count(remembered.desk.changes),
                notes: count(remembered.desk.notes),
                watched: count(remembered.desk.watched),
            },
            practice_world: profile.has_practice_world(),
            set_aside: profile.damaged_records(),
        }
    }
}

impl ForgottenView {
    /// What came of it, by what was here before, and the keys that were to go.
    pub fn of(before: &HereView, chosen: &[String], stayed: Vec<(String, KeychainError)>) -> Self {
        let key = |id: &str| before.keys.iter().map(|here| &here.key).find(|key| key.id == id).cloned();
        Self {
            keys: count(chosen.len().saturating_sub(stayed.len())),
            stayed: stayed
                .into_iter()
                .filter_map(|(id, error)| Some(StayedKey { key: key(&id)?, why: Failure::from(error) }))
                .collect(),
        }
    }
}

fn count(number: usize) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
