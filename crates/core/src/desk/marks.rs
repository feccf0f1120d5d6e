//! Marking channels to be watched.

use std::collections::HashSet;

use super::Desk;
use super::board::Board;
use crate::channel::ChannelId;
use crate::records::RecordsError;

/// The most channels that are watched (ours): each costs a call a round.
pub const MOST_WATCHED: usize = 200;

/// Why a channel can't be marked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchTrouble {
    /// As many as may be are watched already.
    #[error("too many channels are watched")]
    TooMany,
    /// The memory on disk.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

impl Board {
    /// Changes which channels are marked.
    pub(super) fn mark(&mut self, change: impl FnOnce(&mut HashSet<ChannelId>)) {
        change(&mut self.watched);
        for line in &mut self.lines {
            line.watched = self.watched.contains(&line.channel.id);
        }
        self.version += 1;
    }

    /// The marked channels that are on the board, in its order.
    pub(super) fn watched(&self) -> Vec<ChannelId> {
        let watched = self.lines.iter().filter(|line| line.watched);
        watched.map(|line| line.channel.id.clone()).collect()
    }
}

impl Desk {
    /// Takes up which channels are marked, where that was not done yet.
    pub(super) async fn remember_marks(&self) {
        if self.state().watching.knows_marks {
            return;
        }
        let memory = self.memory.clone();
        let marks = tokio::task::spawn_blocking(move || memory.records().watched(&memory.whose)).await;
        let Ok(Ok(marks)) = marks else { return };
        {
            let mut state = self.state();
            // What was marked meanwhile was written, and stays.
            state.board.mark(|watched| watched.extend(marks));
            state.watching.knows_marks = true;
        }
        self.woken.notify_waiters();
    }

    /// The channels that are marked to be watched, as they are written.
    pub fn watched(&self) -> Result<Vec<ChannelId>, RecordsError> {
        self.memory.records().watched(&self.memory.whose)
    }

    /// Marks a channel to be watched, or takes the mark away. Returns when it is durable.
    pub fn set_watched(&self, channel: &ChannelId, watched: bool) -> Result<(), WatchTrouble> {
        {
            let marks = &self.state().board.watched;
            if watched && !marks.contains(channel) && marks.len() >= MOST_WATCHED {
                return Err(WatchTrouble::TooMany);
            }
        }
        self.memory.records().set_watched(&self.memory.whose, channel, watched)?;
        self.state().board.mark(|marks| {
            if watched {
                marks.insert(channel.clone())
            } else {
                marks.remove(channel)
            };
        });
        self.woken.notify_waiters();
        self.tell();
        Ok(())
    }
}
