//! The saved filters: the questions that a support desk asks again and again.

use time::OffsetDateTime;

use super::board::{Check, Line};
use crate::channel::{HubStatus, Permission, State, Status};
use crate::fact::Fact;

/// A saved filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Saved {
    /// All channels.
    #[default]
    All,
    /// It runs, and the partner may not make keys for it.
    RunningButMissing,
    /// It is known not to be live and running.
    NotRunning,
    /// Its status is "error".
    InError,
    /// It is about to end.
    PendingDeletion,
    /// Meta rates what it sends as low.
    LowQuality,
    /// The Hub uses a word that this program does not know.
    UnknownWords,
    /// Something of it was told otherwise than before, today.
    ChangedToday,
    /// Its permission was not told yet.
    NotChecked,
    /// It is marked to be watched.
    Watched,
}

/// Meta's words for a low rating: `Low` is seen at 360dialog, `RED` is Meta's own (ours).
const LOW: [&str; 2] = ["low", "red"];

impl Saved {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Saved; 10] = [
        Saved::All,
        Saved::RunningButMissing,
        Saved::NotRunning,
        Saved::InError,
        Saved::PendingDeletion,
        Saved::LowQuality,
        Saved::UnknownWords,
        Saved::ChangedToday,
        Saved::NotChecked,
        Saved::Watched,
    ];

    /// Whether a channel is among them, where today began at `today`.
    pub(super) fn has(self, line: &Line, today: Option<OffsetDateTime>) -> bool {
        let channel = &line.channel;
        match self {
            Saved::All => true,
            Saved::RunningButMissing => {
                line.check.permission() == Fact::Told(Permission::Missing)
                    && channel.state() == State::Running
            }
            Saved::NotRunning => channel.live_and_running() == Fact::Told(false),
            Saved::InError => channel.status == Fact::Told(Status::Error),
            Saved::PendingDeletion => channel.hub_status == Fact::Told(HubStatus::PendingDeletion),
            Saved::LowQuality => channel
                .quality
                .told()
                .is_some_and(|word| LOW.iter().any(|low| word.eq_ignore_ascii_case(low))),
            Saved::UnknownWords => {
                matches!(channel.status, Fact::Told(Status::Other(_)))
                    || matches!(channel.hub_status, Fact::Told(HubStatus::Other(_)))
            }
            Saved::ChangedToday => {
                line.changed_at.zip(today).is_some_and(|(changed, today)| today <= changed)
            }
            Saved::NotChecked => line.check == Check::NotYet,
            Saved::Watched => line.watched,
        }
    }
}
