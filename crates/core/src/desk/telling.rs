//! Taking in what is told of one channel, and what is to be written of it.

use std::sync::Arc;

use time::OffsetDateTime;

use super::change::{Change, Changed};
use crate::channel::ChannelId;
use crate::desk_records::{LastTold, Sighting, Sightings};

/// A fact as it was last told.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) last: LastTold,
    /// Whether it is told otherwise than it is written.
    pub(super) is_new: bool,
}

impl Sighting {
    fn what(&self) -> Changed {
        match self {
            Sighting::Told(told) => told.what,
            Sighting::Dropped(what) => *what,
        }
    }
}

impl Sightings {
    /// How many facts there are.
    pub(super) fn count(&self) -> usize {
        self.facts.values().map(Vec::len).sum()
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.facts.is_empty() && self.changes.is_empty() && self.list_read.is_none()
    }

    /// Takes in what is newer.
    pub(super) fn add(&mut self, newer: Sightings) {
        if self.facts.is_empty() {
            self.facts = newer.facts;
        } else {
            for (channel, facts) in newer.facts {
                let known = self.facts.entry(channel).or_default();
                known.retain(|fact| facts.iter().all(|newer| newer.what() != fact.what()));
                known.extend(facts);
            }
        }
        self.changes.extend(newer.changes);
        self.list_read = newer.list_read.or(self.list_read);
    }
}

/// What is told of a channel at one time.
pub(super) struct Telling<'a> {
    pub(super) channel: &'a ChannelId,
    pub(super) facts: &'a mut Vec<Told>,
    pub(super) changes: &'a mut Vec<Change>,
    pub(super) is_new: bool,
    pub(super) now: OffsetDateTime,
}

impl Telling<'_> {
    /// Something is told. Tells whether that is otherwise than before.
    pub(super) fn told(&mut self, what: Changed, word: &str, in_list: bool) -> bool {
        let Some(told) = self.facts.iter_mut().find(|told| told.last.what == what) else {
            let last = LastTold { what, word: word.into(), at: self.now, in_list, did_at: None };
            self.facts.push(Told { last, is_new: true });
            self.is_new = true;
            return false;
        };
        let Told { last, is_new } = told;
        let is_other = *last.word != *word;
        // A clock that was set back does not turn the two times around.
        let now = self.now.max(last.at);
        if is_other {
            let word: Arc<str> = word.into();
            let before = (std::mem::replace(&mut last.word, word.clone()), last.at);
            self.changes.push(change(self.channel, what, before, (word, now), last.did_at.take()));
        }
        let is_as_written = !is_other && in_list && last.in_list;
        (last.at, last.in_list) = (now, in_list);
        *is_new |= !is_as_written;
        self.is_new |= !is_as_written;
        is_other
    }

    /// The list says nothing of it any more: when it was last told is kept from now on.
    pub(super) fn silent(&mut self, what: Changed) {
        if let Some(told) = self.facts.iter_mut().find(|told| told.last.what == what && told.last.in_list) {
            (told.last.in_list, told.is_new) = (false, true);
            self.is_new = true;
        }
    }
}

type Said = (Arc<str>, OffsetDateTime);

pub(super) fn change(
    channel: &ChannelId,
    what: Changed,
    (before, told_before): Said,
    (now, told_now): Said,
    did_at: Option<OffsetDateTime>,
) -> Change {
    let told_now = told_now.max(told_before);
    let here = did_at.is_some_and(|did| told_before <= did && did <= told_now);
    let (before, now) = (before.as_ref().to_owned(), now.as_ref().to_owned());
    Change { channel: channel.clone(), what, before, now, told_before, told_now, here }
}
