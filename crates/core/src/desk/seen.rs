//! What was last told of each channel, and comparing it with what is told now.

use std::collections::HashMap;

use indexmap::IndexMap;
use time::OffsetDateTime;

use super::board::Check;
use super::change::Changed;
use super::telling::{Telling, Told, change};
use crate::channel::{Channel, ChannelId, ClientId, HubStatus, Permission, Status};
use crate::desk_records::{LastSeen, LastTold, Sighting, Sightings};
use crate::fact::Fact;

const LISTED: &str = "listed";
const NOT_LISTED: &str = "not_listed";

/// What was last told of all channels, in this session or before it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    channels: IndexMap<ChannelId, Vec<Told>>,
    list_read: Option<OffsetDateTime>,
    /// Where the channels stand of which something is told otherwise than it is written.
    new: Vec<usize>,
    /// What else is not written yet.
    unwritten: Sightings,
}

impl Seen {
    /// Takes in what was remembered. What was told meanwhile is compared with it; tells which channels had changed.
    pub(super) fn load(&mut self, last: LastSeen) -> Vec<ChannelId> {
        let mut changed = Vec::new();
        for (channel, mut told) in last.told {
            // What was told of the permission of another client's channel says nothing of this one's.
            told.sort_by_key(|told| told.what == Changed::Permission);
            let mut moved = false;
            let facts = self.channels.entry(channel.clone()).or_default();
            for mut last_told in told {
                let what = last_told.what;
                if what == Changed::Permission && moved {
                    continue;
                }
                if last_told.in_list
                    && let Some(read) = last.list_read
                {
                    last_told.at = last_told.at.max(read);
                }
                match facts.iter_mut().find(|told| told.last.what == what) {
                    None => facts.push(Told { last: last_told, is_new: false }),
                    Some(Told { last: now, .. }) if now.word != last_told.word => {
                        let LastTold { word, at, did_at, .. } = last_told;
                        let change = change(&channel, what, (word, at), (now.word.clone(), now.at), did_at);
                        self.unwritten.changes.push(change);
                        moved |= what == Changed::Client;
                        changed.push(channel.clone());
                    }
                    Some(_) => {}
                }
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
        let changes = self.unwritten.changes.len();
        let moved = self.tell(&channel.id, now, |telling| {
            let mut moved = false;
            for (what, word) in told {
                match word {
                    Some(word) => moved |= telling.told(what, word, true) && what == Changed::Client,
                    None => telling.silent(what),
                }
            }
            moved
        });
        if moved {
            // What was told of the permission was told to another client.
            self.drop(&channel.id, Changed::Permission);
        }
        self.unwritten.changes.len() > changes
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
            (false, Some(true)) => {}
            (false, _) => return false,
        }
        self.tell(channel, now, |telling| {
            if !listed {
                Changed::ALL.into_iter().for_each(|what| telling.silent(what));
            }
            telling.told(Changed::Listed, word, listed)
        })
    }

    fn was_not_listed(&mut self, channel: &ChannelId, at: OffsetDateTime) {
        let facts = self.channels.entry(channel.clone()).or_default();
        let what = Changed::Listed;
        match facts.iter_mut().find(|told| told.last.what == what) {
            Some(told) => told.last.at = told.last.at.max(at),
            None => {
                let last = LastTold { what, word: NOT_LISTED.into(), at, in_list: false, did_at: None };
                facts.push(Told { last, is_new: true });
            }
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
        self.told(channel, Changed::Permission, permission_word(permission), now)
    }

    /// Takes in what tells a channel's keys apart. Tells whether that is otherwise than before.
    pub(super) fn take_keys(&mut self, channel: &ChannelId, marks: &[String], now: OffsetDateTime) -> bool {
        let mut marks = marks.to_vec();
        marks.sort();
        self.told(channel, Changed::Keys, &marks.join(" "), now)
    }

    /// Notes that this program itself changed something just now.
    pub(super) fn did_here(&mut self, channel: &ChannelId, what: Changed, now: OffsetDateTime) {
        let Some((at, _, facts)) = self.channels.get_full_mut(channel) else { return };
        let Some(told) = facts.iter_mut().find(|told| told.last.what == what) else { return };
        (told.last.did_at, told.is_new) = (Some(now), true);
        self.new.push(at);
    }

    /// Takes in what is told of one thing beside the list.
    fn told(&mut self, channel: &ChannelId, what: Changed, word: &str, now: OffsetDateTime) -> bool {
        self.tell(channel, now, |telling| telling.told(what, word, false))
    }

    /// Takes in what is told of a channel at one time.
    fn tell<T>(
        &mut self,
        channel: &ChannelId,
        now: OffsetDateTime,
        tell: impl FnOnce(&mut Telling<'_>) -> T,
    ) -> T {
        let entry = self.channels.entry(channel.clone());
        let at = entry.index();
        let facts = entry.or_insert_with(|| Vec::with_capacity(Changed::ALL.len()));
        let changes = &mut self.unwritten.changes;
        let mut telling = Telling { channel, facts, changes, is_new: false, now };
        let told = tell(&mut telling);
        if telling.is_new {
            self.new.push(at);
        }
        told
    }

    fn drop(&mut self, channel: &ChannelId, what: Changed) {
        if let Some(facts) = self.channels.get_mut(channel) {
            facts.retain(|told| told.last.what != what);
            let facts = HashMap::from([(channel.clone(), vec![Sighting::Dropped(what)])]);
            self.unwritten.add(Sightings { facts, ..Sightings::default() });
        }
    }

    fn fact(&self, channel: &ChannelId, what: Changed) -> Option<&LastTold> {
        self.channels.get(channel)?.iter().map(|told| &told.last).find(|told| told.what == what)
    }

    /// The channels of which something is remembered.
    pub(super) fn channels(&self) -> impl Iterator<Item = &ChannelId> {
        self.channels.keys()
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
    pub(super) fn unwritten(&mut self) -> Sightings {
        let mut unwritten = std::mem::take(&mut self.unwritten);
        let mut told = Sightings::default();
        for at in self.new.drain(..) {
            let Some((channel, facts)) = self.channels.get_index_mut(at) else { continue };
            let mut new = Vec::new();
            for fact in facts.iter_mut().filter(|fact| fact.is_new) {
                fact.is_new = false;
                new.push(Sighting::Told(fact.last.clone()));
            }
            if !new.is_empty() {
                told.facts.insert(channel.clone(), new);
            }
        }
        unwritten.add(told);
        unwritten
    }
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
