//! Channels that were chosen, and what came of asking about them again.

use serde::{Deserialize, Serialize};
use specta::Type;

use channel_keys_core::channel::Permission;
use channel_keys_core::desk::{BulkStanding, Check, Look, Outcome, Recheck, Rows, Which};
use channel_keys_core::fact::Fact;

use super::{LineView, LookView, count};
use crate::failure::Failure;
use crate::view::{PermissionWord, Seconds, seconds, view};

/// Which channels of the board are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WhichWord {
    /// Those that a look shows.
    Shown,
    /// Those that were chosen.
    Picked,
    /// All.
    All,
}

/// How many channels are asked about again in a minute, at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PaceWord {
    /// As many as the Hub answers, a few at once.
    Quick,
    /// A client a second.
    Steady,
    /// A client every five seconds.
    Slow,
}

/// Which results are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RowsWord {
    /// All.
    All,
    /// Those of which it could not be found out.
    Failed,
    /// Those of which something else is told than before.
    Changed,
}

view! {
    /// What was chosen, and how far asking about it again has come.
    pub struct PickedView {
        /// How many channels are chosen.
        pub picked: u32,
        /// How many of them the look shows.
        pub shown: u32,
        /// Asking again; none where nothing was asked about again.
        pub bulk: Option<BulkView>,
    }
}

view! {
    /// How far asking again has come.
    pub struct BulkView {
        /// How many channels were chosen.
        pub channels: u32,
        /// Of how many something has come.
        pub done: u32,
        /// How many clients they belong to.
        pub clients: u32,
        /// How many of these were asked about.
        pub clients_done: u32,
        /// How many channels could not be found out about.
        pub failed: u32,
        /// Of how many something else is told than before.
        pub changed: u32,
        /// Whether it goes on.
        pub under_way: bool,
        /// How many clients are asked about in a minute.
        pub pace: Option<u32>,
        /// Why it ended before its time.
        pub stopped: Option<Failure>,
        /// Until when the Hub asked to be left alone.
        pub waits_until: Option<Seconds>,
    }
}

view! {
    /// Some of what came of asking again.
    pub struct RechecksView {
        /// How many there are.
        pub total: u32,
        /// At which of them these begin.
        pub from: u32,
        /// The rows, 60 at the most.
        pub rows: Vec<RecheckView>,
    }
}

view! {
    /// A channel that was asked about again.
    pub struct RecheckView {
        /// The channel.
        pub line: LineView,
        /// What was told before.
        pub before: PermissionWord,
        /// What came of it.
        pub outcome: RecheckOutcome,
        /// Whether something else is told than before.
        pub changed: bool,
    }
}

view! {
    /// What came of asking about a channel again.
    pub enum RecheckOutcome {
        /// It is still to come.
        ToCome,
        /// The Hub told.
        Told {
            /// What.
            permission: PermissionWord,
            /// When.
            at: Seconds,
        },
        /// The answer says nothing of this channel.
        NotSaid {
            /// When it came.
            at: Seconds,
        },
        /// The client could not be asked about.
        CouldNotAsk {
            /// Why.
            why: Failure,
            /// When that was tried.
            at: Seconds,
        },
        /// Whose channel it is was not told.
        NobodyToAsk,
    }
}

impl PickedView {
    /// What was chosen, in all and as a look shows it.
    pub fn of((picked, shown): (usize, usize), bulk: Option<&BulkStanding>) -> Self {
        Self { picked: count(picked), shown: count(shown), bulk: bulk.map(BulkView::of) }
    }
}

impl BulkView {
    fn of(bulk: &BulkStanding) -> Self {
        Self {
            channels: count(bulk.channels),
            done: count(bulk.done),
            clients: count(bulk.clients),
            clients_done: count(bulk.clients_done),
            failed: count(bulk.failed),
            changed: count(bulk.changed),
            under_way: bulk.under_way,
            pace: bulk.pace,
            stopped: bulk.stopped.as_ref().map(Failure::from),
            waits_until: bulk.waits_until.map(seconds),
        }
    }
}

impl RechecksView {
    /// Some rows, the first of which is at `from`.
    pub fn of((total, rows): (usize, Vec<Recheck>), from: u32) -> Self {
        Self { total: count(total), from, rows: rows.iter().map(RecheckView::of).collect() }
    }
}

impl RecheckView {
    fn of(recheck: &Recheck) -> Self {
        Self {
            line: LineView::of(&recheck.line),
            before: match recheck.before {
                Check::NotYet => PermissionWord::NotTold,
                told @ Check::Told { .. } => told.permission().into(),
            },
            outcome: RecheckOutcome::of(&recheck.outcome),
            changed: recheck.changed(),
        }
    }
}

impl RecheckOutcome {
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::ToCome => RecheckOutcome::ToCome,
            Outcome::Told { permission, at } => {
                RecheckOutcome::Told { permission: told(*permission), at: seconds(*at) }
            }
            Outcome::NotSaid { at } => RecheckOutcome::NotSaid { at: seconds(*at) },
            Outcome::CouldNotAsk { why, at } => {
                RecheckOutcome::CouldNotAsk { why: why.into(), at: seconds(*at) }
            }
            Outcome::NobodyToAsk => RecheckOutcome::NobodyToAsk,
        }
    }
}

fn told(permission: Permission) -> PermissionWord {
    Fact::Told(permission).into()
}

impl WhichWord {
    /// Which channels are meant with a look.
    pub fn with(self, look: LookView) -> Which {
        match self {
            WhichWord::Shown => Which::Shown(Look::from(look)),
            WhichWord::Picked => Which::Picked,
            WhichWord::All => Which::All,
        }
    }
}

impl PaceWord {
    /// How long to leave the Hub alone between two clients.
    pub fn gap(self) -> std::time::Duration {
        std::time::Duration::from_secs(match self {
            PaceWord::Quick => 0,
            PaceWord::Steady => 1,
            PaceWord::Slow => 5,
        })
    }
}

impl From<RowsWord> for Rows {
    fn from(word: RowsWord) -> Self {
        match word {
            RowsWord::All => Rows::All,
            RowsWord::Failed => Rows::Failed,
            RowsWord::Changed => Rows::Changed,
        }
    }
}
