//! What was last told of each channel, and comparing it with what is told now.

use std::collections::{HashMap, HashSet};

use time::OffsetDateTime;

use super::board::Check;
use super::change::Changed;
use super::telling::{Telling, Told, Unwritten, change};
use crate::channel::{Channel, ChannelId, ClientId, HubStatus, Permission, Status};
use crate::desk_records::{LastSeen, LastTold};
use crate::fact::Fact;

const LISTED: &str = "listed";
const NOT_LISTED: &str = "not_listed";

/// What was last told of all channels, in this session or before it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    channels: HashMap<ChannelId, Vec<Told>>,
    list_read: Option<OffsetDateTime>,
    /// The channels of which something is told otherwise than it is written.
    new: Vec<ChannelId>,
    /// What else is not written yet.
    unwritten: Unwritten,
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
                None => facts.push(Told { what, word: word.into(), at, in_list, did_at, is_new: false }),
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
        let changes = self.unwritten.changes.len();
        let mut telling = self.of(&channel.id, now);
        let mut moved = false;
        for (what, word) in told {
            match word {
                Some(word) => moved |= telling.told(what, word, true) && what == Changed::Client,
                None => telling.silent(what),
            }
        }
        telling.end();
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
        let mut telling = self.of(channel, now);
        if !listed {
            Changed::ALL.into_iter().for_each(|what| telling.silent(what));
        }
        let is_other = telling.told(Changed::Listed, word, listed);
        telling.end();
        is_other
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
                is_new: true,
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
        let facts = self.channels.get_mut(channel);
        let Some(told) = facts.and_then(|facts| facts.iter_mut().find(|told| told.what == what)) else {
            return;
        };
        (told.did_at, told.is_new) = (Some(now), true);
        self.new.push(channel.clone());
    }

    /// Takes in what is told of one thing beside the list.
    fn told(&mut self, channel: &ChannelId, what: Changed, word: &str, now: OffsetDateTime) -> bool {
        let mut telling = self.of(channel, now);
        let is_other = telling.told(what, word, false);
        telling.end();
        is_other
    }

    fn of<'a>(&'a mut self, channel: &'a ChannelId, now: OffsetDateTime) -> Telling<'a> {
        let facts = self.channels.entry(channel.clone()).or_default();
        let (changes, new) = (&mut self.unwritten.changes, &mut self.new);
        Telling { channel, facts, changes, new, is_new: false, now }
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
        let mut unwritten = std::mem::take(&mut self.unwritten);
        for channel in self.new.drain(..) {
            let Some(facts) = self.channels.get_mut(&channel) else { continue };
            for told in facts.iter_mut().filter(|told| told.is_new) {
                told.is_new = false;
                unwritten.facts.insert((channel.clone(), told.what), Some(told.last(&channel)));
            }
        }
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
