//! What was last told of each channel, and comparing it with what is told now.

use std::collections::{HashMap, HashSet};

use time::OffsetDateTime;

use super::board::Check;
use super::change::{Change, Changed};
use crate::channel::{Channel, ChannelId, ClientId, HubStatus, Permission, Status};
use crate::desk_records::{LastSeen, LastTold, Sightings};
use crate::fact::Fact;

pub(super) const LISTED: &str = "listed";
pub(super) const NOT_LISTED: &str = "not_listed";

/// A fact as it was last told.
#[derive(Debug, Clone)]
struct Told {
    what: Changed,
    word: Box<str>,
    at: OffsetDateTime,
    in_list: bool,
    did_at: Option<OffsetDateTime>,
}

/// What was last told of all channels, in this session or before it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    channels: HashMap<ChannelId, Vec<Told>>,
    list_read: Option<OffsetDateTime>,
    unwritten: Unwritten,
}

/// What is not written yet.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    /// `None` where it says nothing any more.
    facts: HashMap<(ChannelId, Changed), Option<LastTold>>,
    pub(super) changes: Vec<Change>,
    list_read: Option<OffsetDateTime>,
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

impl Seen {
    /// Takes in what was remembered. What was told meanwhile is compared with it; tells which channels had changed.
    pub(super) fn load(&mut self, last: LastSeen) -> Vec<ChannelId> {
        let (mut changed, mut moved) = (Vec::new(), HashSet::new());
        let (permissions, others): (Vec<_>, Vec<_>) =
            last.told.into_iter().partition(|told| told.what == Changed::Permission);
        for before in others.into_iter().chain(permissions) {
            let LastTold { channel, what, word, at, in_list, did_at } = before;
            if what == Changed::Permission && moved.contains(&channel) {
                continue;
            }
            let at = if in_list { last.list_read.map_or(at, |read| read.max(at)) } else { at };
            let facts = self.channels.entry(channel.clone()).or_default();
            match facts.iter_mut().find(|told| told.what == what) {
                None => facts.push(Told { what, word: word.into(), at, in_list, did_at }),
                Some(told) if *told.word != *word => {
                    let (now, told_now) = (told.word.to_string(), told.at);
                    self.unwritten.changes.push(change(&channel, what, (word, at), (now, told_now), did_at));
                    if what == Changed::Client {
                        moved.insert(channel.clone());
                    }
                    changed.push(channel);
                }
                Some(_) => {}
            }
        }
        self.list_read = self.list_read.or(last.list_read);
        changed
    }

    /// Takes in what a list told of a channel, and of whose it is. Tells whether that is otherwise than before.
    pub(super) fn take(&mut self, channel: &Channel, client: Option<&ClientId>, now: OffsetDateTime) -> bool {
        let running = |runs: &bool| if *runs { "running" } else { "not_running" };
        let told = [
            (Changed::Client, client.map(|id| id.0.as_str())),
            (Changed::Name, channel.name.told().map(String::as_str)),
            (Changed::Number, channel.number.told().map(String::as_str)),
            (Changed::Status, channel.status.told().map(Status::word)),
            (Changed::HubStatus, channel.hub_status.told().map(HubStatus::word)),
            (Changed::Running, channel.running.told().map(running)),
            (Changed::Limit, channel.limit.told().map(String::as_str)),
            (Changed::Quality, channel.quality.told().map(String::as_str)),
        ];
        let mut changed = false;
        for (what, word) in told {
            let is_other = match word {
                Some(word) => self.told(&channel.id, what, word, true, now),
                None => {
                    self.silent(&channel.id, what);
                    false
                }
            };
            if is_other && what == Changed::Client {
                // What was told of the permission was told to another client.
                self.drop(&channel.id, Changed::Permission);
            }
            changed |= is_other;
        }
        changed
    }

    /// A whole list, whose reading began at `begun`, has a channel or does not. Tells whether that is otherwise than
    /// in the whole list before.
    pub(super) fn take_listed(
        &mut self,
        channel: &ChannelId,
        listed: bool,
        begun: OffsetDateTime,
        now: OffsetDateTime,
    ) -> bool {
        let word = if listed { LISTED } else { NOT_LISTED };
        let was_listed = self.fact(channel, Changed::Listed).map(|told| *told.word == *LISTED);
        match (listed, was_listed) {
            (true, Some(true)) => {}
            // Each whole list until now had said that it is not among them.
            (true, _) => {
                if let Some(at) = self.list_read.filter(|before| *before < begun) {
                    self.was_not_listed(channel, at);
                }
            }
            (false, Some(true)) => Changed::ALL.into_iter().for_each(|what| self.silent(channel, what)),
            (false, _) => return false,
        }
        self.told(channel, Changed::Listed, word, listed, now)
    }

    fn was_not_listed(&mut self, channel: &ChannelId, at: OffsetDateTime) {
        let facts = self.channels.entry(channel.clone()).or_default();
        match facts.iter_mut().find(|told| told.what == Changed::Listed) {
            Some(told) => told.at = told.at.max(at),
            None => facts.push(Told {
                what: Changed::Listed,
                word: NOT_LISTED.into(),
                at,
                in_list: false,
                did_at: None,
            }),
        }
    }

    /// The list was read to its end.
    pub(super) fn end_of_list(&mut self, begun: OffsetDateTime) {
        (self.list_read, self.unwritten.list_read) = (Some(begun), Some(begun));
    }

    /// Takes in what was told of a permission. Tells whether that is otherwise than before.
    pub(super) fn take_permission(
        &mut self,
        channel: &ChannelId,
        permission: Permission,
        now: OffsetDateTime,
    ) -> bool {
        self.told(channel, Changed::Permission, permission_word(permission), false, now)
    }

    /// Takes in what tells a channel's keys apart. Tells whether that is otherwise than before.
    pub(super) fn take_keys(&mut self, channel: &ChannelId, marks: &[String], now: OffsetDateTime) -> bool {
        let mut marks = marks.to_vec();
        marks.sort();
        self.told(channel, Changed::Keys, &marks.join(" "), false, now)
    }

    /// Notes that this program itself changed something just now.
    pub(super) fn did_here(&mut self, channel: &ChannelId, what: Changed, now: OffsetDateTime) {
        let facts = self.channels.get_mut(channel);
        let Some(told) = facts.and_then(|facts| facts.iter_mut().find(|told| told.what == what)) else {
            return;
        };
        told.did_at = Some(now);
        self.unwritten.facts.insert((channel.clone(), what), Some(told.last(channel)));
    }

    fn told(
        &mut self,
        channel: &ChannelId,
        what: Changed,
        word: &str,
        in_list: bool,
        now: OffsetDateTime,
    ) -> bool {
        let facts = self.channels.entry(channel.clone()).or_default();
        let Some(told) = facts.iter_mut().find(|told| told.what == what) else {
            let told = Told { what, word: word.into(), at: now, in_list, did_at: None };
            self.unwritten.facts.insert((channel.clone(), what), Some(told.last(channel)));
            facts.push(told);
            return false;
        };
        let is_other = *told.word != *word;
        // A clock that was set back does not turn the two times around.
        let now = now.max(told.at);
        if is_other {
            let before = (told.word.to_string(), told.at);
            self.unwritten.changes.push(change(
                channel,
                what,
                before,
                (word.to_owned(), now),
                told.did_at.take(),
            ));
            told.word = word.into();
        }
        let is_as_written = !is_other && in_list && told.in_list;
        (told.at, told.in_list) = (now, in_list);
        if !is_as_written {
            self.unwritten.facts.insert((channel.clone(), what), Some(told.last(channel)));
        }
        is_other
    }

    /// The list says nothing of it any more: when it was last told is kept from now on.
    fn silent(&mut self, channel: &ChannelId, what: Changed) {
        let facts = self.channels.get_mut(channel);
        let told = facts.and_then(|facts| facts.iter_mut().find(|told| told.what == what && told.in_list));
        if let Some(told) = told {
            told.in_list = false;
            self.unwritten.facts.insert((channel.clone(), what), Some(told.last(channel)));
        }
    }

    fn drop(&mut self, channel: &ChannelId, what: Changed) {
        if let Some(facts) = self.channels.get_mut(channel) {
            facts.retain(|told| told.what != what);
            self.unwritten.facts.insert((channel.clone(), what), None);
        }
    }

    fn fact(&self, channel: &ChannelId, what: Changed) -> Option<&Told> {
        self.channels.get(channel)?.iter().find(|told| told.what == what)
    }

    /// The channels of which something is remembered.
    pub(super) fn channels(&self) -> Vec<ChannelId> {
        self.channels.keys().cloned().collect()
    }

    /// Whether anything is remembered of a channel.
    pub(super) fn knows(&self, channel: &ChannelId) -> bool {
        self.channels.contains_key(channel)
    }

    /// A fact as it was last told, and when.
    pub(super) fn last(&self, channel: &ChannelId, what: Changed) -> Option<(&str, OffsetDateTime)> {
        self.fact(channel, what).map(|told| (&*told.word, told.at))
    }

    /// A channel that is not listed any more, as it was last seen, with when it was last told of; none where that
    /// was never a whole list's.
    pub(super) fn unlisted(
        &self,
        id: &ChannelId,
    ) -> Option<((Channel, Fact<ClientId>), OffsetDateTime, Check)> {
        self.fact(id, Changed::Listed).filter(|told| *told.word == *NOT_LISTED)?;
        let word = |what| self.last(id, what).map(|(word, _)| word.to_owned());
        let told = [Changed::Status, Changed::HubStatus, Changed::Name, Changed::Number, Changed::Client];
        let at = told.into_iter().filter_map(|what| self.last(id, what)).map(|(_, at)| at).max()?;
        let check = self.fact(id, Changed::Permission).map(|told| (permission_of(&told.word), told.at));
        let channel = Channel {
            id: id.clone(),
            name: word(Changed::Name).into(),
            number: word(Changed::Number).into(),
            status: word(Changed::Status).as_deref().map(Status::from_word).into(),
            hub_status: word(Changed::HubStatus).as_deref().map(HubStatus::from_word).into(),
            running: word(Changed::Running).map(|word| word == "running").into(),
            permission: Fact::NotTold,
            quality: word(Changed::Quality).into(),
            limit: word(Changed::Limit).into(),
            external_id: Fact::NotTold,
            waba_id: Fact::NotTold,
        };
        let check = match check {
            Some((Some(permission), at)) => Check::Told { permission, at },
            _ => Check::NotYet,
        };
        Some(((channel, word(Changed::Client).map(ClientId).into()), at, check))
    }

    /// What changed and what else is to be written since this was last asked for.
    pub(super) fn unwritten(&mut self) -> Unwritten {
        std::mem::take(&mut self.unwritten)
    }
}

impl Told {
    fn last(&self, channel: &ChannelId) -> LastTold {
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

type Telling = (String, OffsetDateTime);

fn change(
    channel: &ChannelId,
    what: Changed,
    (before, told_before): Telling,
    (now, told_now): Telling,
    did_at: Option<OffsetDateTime>,
) -> Change {
    let told_now = told_now.max(told_before);
    let here = did_at.is_some_and(|did| told_before <= did && did <= told_now);
    Change { channel: channel.clone(), what, before, now, told_before, told_now, here }
}

fn permission_word(permission: Permission) -> &'static str {
    match permission {
        Permission::Shared => "shared",
        Permission::Missing => "missing",
    }
}

fn permission_of(word: &str) -> Option<Permission> {
    [Permission::Shared, Permission::Missing]
        .into_iter()
        .find(|permission| permission_word(*permission) == word)
}
