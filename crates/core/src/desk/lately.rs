//! What the board knows of what changed lately: today's changes, and what a whole list has newly or no longer.

use time::OffsetDateTime;

use super::board::{Board, Line};
use super::saved::Saved;
use crate::channel::ChannelId;

impl Board {
    /// Whether a saved filter has a line, today.
    pub(super) fn has(&self, saved: Saved, line: &Line) -> bool {
        saved.has(line, self.today)
    }

    /// When the day began: at midnight "today" is another day.
    pub(super) fn day_began(&mut self, at: OffsetDateTime) {
        if self.today != Some(at) {
            self.today = Some(at);
            self.version += 1;
        }
    }

    /// A channel was told otherwise than before.
    pub(super) fn changed(&mut self, channel: &ChannelId, at: OffsetDateTime) {
        let last = self.changed.entry(channel.clone()).or_insert(at);
        *last = at.max(*last);
        let last = *last;
        if let Some(at) = self.position(channel) {
            self.lines[at].changed_at = Some(last);
        }
        self.version += 1;
    }

    /// The list, whose reading was begun at `begun`, was read to its end: what did not come in this reading is not
    /// listed any more.
    pub(super) fn end_of_list(&mut self, reading: u64, begun: OffsetDateTime, now: OffsetDateTime) {
        for line in &mut self.lines {
            line.listed = line.reading == reading;
        }
        let mut all = self.seen.channels();
        let unseen = |line: &&Line| !self.seen.knows(&line.channel.id);
        all.extend(self.lines.iter().filter(unseen).map(|line| line.channel.id.clone()));
        for id in all {
            let line = self.position(&id).map(|at| &self.lines[at]);
            let (listed, told_at) = line.map_or((false, now), |line| (line.listed, line.read_at));
            if self.seen.take_listed(&id, listed, begun, if listed { told_at } else { now }) {
                self.changed(&id, now);
            }
            // It was seen before this session, and is gone.
            if self.position(&id).is_none()
                && let Some((line, read_at, check)) = self.seen.unlisted(&id)
            {
                self.put(line, read_at, check, None);
            }
        }
        self.seen.end_of_list(begun);
        self.version += 1;
    }
}
