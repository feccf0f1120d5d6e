//! What changed at a channel.

use serde::Serialize;
use specta::Type;

use channel_keys_core::channel::ClientId;
use channel_keys_core::desk::{Changed, Desk, Page};
use channel_keys_core::desk_records::KeptChange;
use channel_keys_core::text::id_for_showing;

use crate::numbers;
use crate::view::{Seconds, Shown, seconds, view, words};

view! {
    /// Some of what changed at a channel.
    pub struct ChangesView {
        /// What changed, newest first.
        pub changes: Vec<ChangeView>,
        /// Whether there is more that is older.
        pub more: bool,
    }
}

view! {
    /// Something that changed.
    pub struct ChangeView {
        /// Counts up.
        pub id: u32,
        /// What.
        pub what: ChangedWord,
        /// What was told before: a word of the Hub's, a number as people write it, a client's name where it is known.
        pub before: Shown,
        /// What was told then.
        pub now: Shown,
        /// When the Hub last told what was before.
        pub told_before: Seconds,
        /// When it first told what was then.
        pub told_now: Seconds,
        /// Whether this program did it.
        pub here: bool,
    }
}

words! {
    /// What of a channel changed.
    pub enum ChangedWord {
        /// Whether the Hub lists it: `listed`, `not_listed`.
        Listed,
        /// Whose it is.
        Client,
        /// Its name.
        Name,
        /// Its number.
        Number,
        /// How far its set-up is.
        Status,
        /// Whether 360dialog serves it.
        HubStatus,
        /// Whether it runs: `running`, `not_running`.
        Running,
        /// The partner permission: `shared`, `missing`.
        Permission,
        /// How many people it may write to.
        Limit,
        /// Meta's rating.
        Quality,
        /// What tells its keys apart.
        Keys,
    }
}

impl ChangesView {
    /// A page of them, at this desk.
    pub fn of(page: &Page, desk: &Desk) -> Self {
        let changes = page.changes.iter().map(|kept| ChangeView::of(kept, desk)).collect();
        Self { changes, more: page.more }
    }
}

impl ChangeView {
    fn of(KeptChange { id, change }: &KeptChange, desk: &Desk) -> Self {
        let readable = |word: &str| match change.what {
            Changed::Number => Shown::of(numbers::written(word)),
            Changed::Client => {
                Shown::of(desk.client_name(&ClientId(word.into())).unwrap_or_else(|| id_for_showing(word)))
            }
            _ => Shown::of(word),
        };
        Self {
            id: u32::try_from(*id).unwrap_or(u32::MAX),
            what: change.what.into(),
            before: readable(&change.before),
            now: readable(&change.now),
            told_before: seconds(change.told_before),
            told_now: seconds(change.told_now),
            here: change.here,
        }
    }
}

impl From<Changed> for ChangedWord {
    fn from(what: Changed) -> Self {
        match what {
            Changed::Listed => ChangedWord::Listed,
            Changed::Client => ChangedWord::Client,
            Changed::Name => ChangedWord::Name,
            Changed::Number => ChangedWord::Number,
            Changed::Status => ChangedWord::Status,
            Changed::HubStatus => ChangedWord::HubStatus,
            Changed::Running => ChangedWord::Running,
            Changed::Permission => ChangedWord::Permission,
            Changed::Limit => ChangedWord::Limit,
            Changed::Quality => ChangedWord::Quality,
            Changed::Keys => ChangedWord::Keys,
        }
    }
}
