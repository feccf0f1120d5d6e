//! Taking in what is told of one channel, and what is to be written of it.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::change::{Change, Changed};
use crate::channel::ChannelId;
use crate::desk_records::{LastTold, Sightings};

/// A fact as it was last told.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) what: Changed,
    pub(super) word: Box<str>,
    pub(super) at: OffsetDateTime,
    pub(super) in_list: bool,
    pub(super) did_at: Option<OffsetDateTime>,
    /// Whether it is told otherwise than it is written.
    pub(super) is_new: bool,
}

/// What is not written yet.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    /// `None` where it says nothing any more.
    pub(super) facts: HashMap<(ChannelId, Changed), Option<LastTold>>,
    pub(super) changes: Vec<Change>,
    pub(super) list_read: Option<OffsetDateTime>,
}

impl Unwritten {
    /// How many facts there are.
    pub(super) fn facts(&self) -> usize {
        self.facts.len()
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.facts.is_empty() && self.changes.is_empty() && self.list_read.is_none()
    }

    /// Takes in what is newer.
    pub(super) fn add(&mut self, newer: Unwritten) {
        self.facts.extend(newer.facts);
        self.changes.extend(newer.changes);
        self.list_read = newer.list_read.or(self.list_read);
    }

    /// As it is written.
    pub(super) fn sightings(&self) -> Sightings {
        let Unwritten { facts, changes, list_read } = self;
        let dropped = facts.iter().filter(|(_, told)| told.is_none()).map(|(what, _)| what.clone());
        Sightings {
            told: facts.values().flatten().cloned().collect(),
            dropped: dropped.collect(),
            changes: changes.clone(),
            list_read: *list_read,
        }
    }
}

/// What is told of a channel at one time.
pub(super) struct Telling<'a> {
    pub(super) channel: &'a ChannelId,
    pub(super) facts: &'a mut Vec<Told>,
    pub(super) changes: &'a mut Vec<Change>,
    pub(super) new: &'a mut Vec<ChannelId>,
    pub(super) is_new: bool,
    pub(super) now: OffsetDateTime,
}

impl Telling<'_> {
    /// Something is told. Tells whether that is otherwise than before.
    pub(super) fn told(&mut self, what: Changed, word: &str, in_list: bool) -> bool {
        let Some(told) = self.facts.iter_mut().find(|told| told.what == what) else {
            let (word, at) = (word.into(), self.now);
            self.facts.push(Told { what, word, at, in_list, did_at: None, is_new: true });
            self.is_new = true;
            return false;
        };
        let is_other = *told.word != *word;
        // A clock that was set back does not turn the two times around.
        let now = self.now.max(told.at);
        if is_other {
            let before = (told.word.to_string(), told.at);
            let did_at = told.did_at.take();
            self.changes.push(change(self.channel, what, before, (word.to_owned(), now), did_at));
            told.word = word.into();
        }
        let is_as_written = !is_other && in_list && told.in_list;
        (told.at, told.in_list) = (now, in_list);
        told.is_new |= !is_as_written;
        self.is_new |= !is_as_written;
        is_other
    }

    /// The list says nothing of it any more: when it was last told is kept from now on.
    pub(super) fn silent(&mut self, what: Changed) {
        if let Some(told) = self.facts.iter_mut().find(|told| told.what == what && told.in_list) {
            (told.in_list, told.is_new) = (false, true);
            self.is_new = true;
        }
    }

    pub(super) fn end(self) {
        if self.is_new {
            self.new.push(self.channel.clone());
        }
    }
}

impl Told {
    pub(super) fn last(&self, channel: &ChannelId) -> LastTold {
        LastTold {
            channel: channel.clone(),
            what: self.what,
            word: self.word.to_string(),
            at: self.at,
            in_list: self.in_list,
            did_at: self.did_at,
        }
    }
}

type Said = (String, OffsetDateTime);

pub(super) fn change(
    channel: &ChannelId,
    what: Changed,
    (before, told_before): Said,
    (now, told_now): Said,
    did_at: Option<OffsetDateTime>,
) -> Change {
    let told_now = told_now.max(told_before);
    let here = did_at.is_some_and(|did| told_before <= did && did <= told_now);
    Change { channel: channel.clone(), what, before, now, told_before, told_now, here }
}
