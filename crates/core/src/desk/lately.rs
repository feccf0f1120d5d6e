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
        if let Some(line) = self.line_mut(channel) {
            line.changed_at = Some(last);
        }
        self.version += 1;
    }

    /// The list, whose reading was begun at `begun`, was read to its end: what did not come in this reading is not
    /// listed any more.
    pub(super) fn end_of_list(&mut self, reading: u64, begun: OffsetDateTime, now: OffsetDateTime) {
        let mut changed = Vec::new();
        for line in &mut self.lines {
            line.listed = line.reading == reading;
            let told_at = if line.listed { line.read_at } else { now };
            if self.seen.take_listed(&line.channel.id, line.listed, begun, told_at) {
                changed.push(line.channel.id.clone());
            }
        }
        // What was seen before this session, and is gone.
        let gone: Vec<_> = self.seen.channels().filter(|id| self.position(id).is_none()).cloned().collect();
        for id in gone {
            if self.seen.take_listed(&id, false, begun, now) {
                changed.push(id.clone());
            }
            if let Some((line, read_at, check)) = self.seen.unlisted(&id) {
                self.put(line, read_at, check, None);
            }
        }
        changed.iter().for_each(|id| self.changed(id, now));
        self.seen.end_of_list(begun);
        self.version += 1;
    }
}
