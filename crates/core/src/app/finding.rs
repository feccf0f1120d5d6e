//! Keys that lie in the keychain and have no record here, because the records were damaged or are gone.

use super::keeping::name_in_label;
use super::workplace::{Of, Who};
use super::{ChannelKeys, Trouble};
use crate::channel::{Channel, ClientId};
use crate::keychain::{CantLook, Entry, Lying, Probe, Purpose};
use crate::keys::{KeyTest, Whose};
use crate::overview::Overview;
use crate::records::{KeyRecord, KeyState, Origin, Owner, Realm, Reminders};
use crate::secret::ApiKey;

/// What came of looking through the keychain for keys that have no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// How many keys are known here that were found again, now or earlier, and are still there.
    pub keys: usize,
    /// Why it could not be looked into now: there may be more.
    pub cant_look: Option<CantLook>,
}

impl ChannelKeys {
    /// Looks through the keychain for keys that have no record, and gives them one that says no more than is known.
    /// Reads no secret and asks the person nothing. A key that was let go, and came there late, is taken out of an open
    /// keychain. Where nothing can be written, what was found is known all the same.
    pub async fn find_again(&self, realm: Realm) -> Result<Looked, Trouble> {
        let (entries, cant_look) = match self.ports.keychain.keys(realm).await {
            Ok(mut entries) => {
                // Where a kept key's safety copy was left behind, it is the kept key.
                entries.sort_by_key(|key| !matches!(key.entry, Entry::Key { purpose: Purpose::Kept, .. }));
                (entries, None)
            }
            Err(why) => (Vec::new(), Some(why)),
        };
        self.write_unwritten();
        self.take_out_what_was_let_go(&entries).await?;
        {
            // Two may look at the same time, and what one found may be in use before the other writes.
            let _one_by_one = self.finding.lock();
            for entry in entries {
                self.remember_if_new(entry)?;
            }
        }
        let all = self.all_known_keys()?;
        let found = |key: &&KeyRecord| key.origin == Origin::Found && key.state.in_keychain();
        let keys = all.iter().filter(found).filter(|key| key.owner.realm == realm).count();
        Ok(Looked { keys, cant_look })
    }

    async fn take_out_what_was_let_go(&self, lying: &[Lying]) -> Result<(), Trouble> {
        let mut let_go = Vec::new();
        for Lying { entry, .. } in lying {
            let Entry::Key { id, .. } = entry else { continue };
            let known = self.known_key(id)?;
            if known.is_some_and(|known| matches!(known.state, KeyState::LetGo | KeyState::HandedOver)) {
                let_go.push(entry);
            }
        }
        if !let_go.is_empty() && self.ports.keychain.probe().await == Probe::Ready {
            for entry in let_go {
                // It is tried again whenever keys are looked for.
                let _ = self.ports.keychain.remove(entry).await;
            }
        }
        Ok(())
    }

    fn remember_if_new(&self, Lying { entry, label }: Lying) -> Result<(), Trouble> {
        let Entry::Key { realm, purpose, channel, id } = entry else { return Ok(()) };
        if self.known_key(&id)?.is_some() {
            return Ok(());
        }
        let now = self.now();
        self.remember_new(&KeyRecord {
            id,
            sequence: self.next_sequence()?,
            owner: Owner::nobody(realm),
            client: ClientId(String::new()),
            channel,
            channel_name: None,
            number: None,
            external_id: None,
            state: match purpose {
                Purpose::SafetyCopy => KeyState::SafetyCopy,
                Purpose::Kept => KeyState::Kept,
            },
            // Several for one number are told apart by the names that people gave them.
            label: label.filter(|_| purpose == Purpose::Kept).and_then(|label| name_in_label(&label)),
            address: None,
            tail: None,
            asked_at: now,
            changed_at: now,
            replaced_at: None,
            origin: Origin::Found,
            by: None,
            places: Vec::new(),
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        });
        Ok(())
    }

    /// A record as this account may see it: its own, and what was found again for a channel in its list.
    pub(super) fn as_theirs(&self, who: &Who, record: KeyRecord) -> Option<KeyRecord> {
        if record.owner == who.owner() {
            return Some(record);
        }
        if record.owner != Owner::nobody(who.route.realm) {
            return None;
        }
        let (channel, client) = self.channel_in_list(who, &record)?;
        Some(KeyRecord {
            owner: who.owner(),
            client,
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            ..record
        })
    }

    fn channel_in_list(&self, who: &Who, record: &KeyRecord) -> Option<(Channel, ClientId)> {
        match &who.of {
            Of::Client(client) => {
                Some((self.list(who, client)?.channel(&record.channel).cloned()?, client.clone()))
            }
            Of::Desk(desk) => {
                let on_board = desk.line(&record.channel)?;
                Some((on_board.line.channel, on_board.line.client.told().cloned()?))
            }
        }
    }

    /// The list as it is shown, or as last seen; nobody is asked for it.
    fn list(&self, who: &Who, client: &ClientId) -> Option<Overview> {
        let shown = self.state().listing.as_ref().map(|listing| listing.overview.clone());
        shown.or_else(|| self.seen(who, client))
    }

    fn seen(&self, who: &Who, client: &ClientId) -> Option<Overview> {
        self.records().seen(&who.owner(), client).ok().flatten()
    }

    /// Whose key it is that turned out to be for another number, as far as this account's lists tell.
    pub fn whose(&self, test: &KeyTest) -> Option<Whose> {
        let KeyTest::OtherNumber(health) = test else { return None };
        let id = health.external_id.told()?;
        let who = self.who().ok()?;
        // A desk tells keys apart by the number's id at Meta, which stands beside the result.
        let client = who.client()?;
        let of = |overview: Overview, here: bool| {
            let mut channels = overview.channels.into_iter();
            let channel = channels.find(|channel| channel.external_id.told() == Some(id))?;
            Some(Whose { channel, here, client_name: overview.client.name.told().cloned() })
        };
        if let Some(whose) = self.list(&who, client).and_then(|overview| of(overview, true)) {
            return Some(whose);
        }
        let accounts = self.records().accounts().ok()?.into_iter();
        let others = accounts.filter(|it| it.owner == who.owner() && it.client != *client);
        others.filter_map(|it| self.seen(&who, &it.client)).find_map(|overview| of(overview, false))
    }

    /// Whoever uses a key that was found again has it from then on. What can't be written must not hide the key.
    pub(super) fn adopt(&self, record: KeyRecord, key: &ApiKey) {
        if record.origin == Origin::Found && record.tail.is_none() {
            let tail = Some(key.ending()).filter(|tail| !tail.is_empty());
            let _ = self.amend(&record, |record| {
                record.tail = tail;
                true
            });
        }
    }
}
