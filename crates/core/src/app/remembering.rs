//! What this computer remembers: accounts, history, and forgetting all of it.

use super::{ChannelKeys, Trouble};
use crate::accounts::{Account, KeptSession};
use crate::channel::{Channel, ClientId};
use crate::desk_records::DeskAmounts;
use crate::history::{About, Ended, HistoryEntry, What};
use crate::keychain::{KeychainError, Purpose};
use crate::records::{Amounts, KeyRecord, KeyState, Owner, Realm};

/// All that is remembered, whoever's.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// The accounts that were at work here.
    pub accounts: Vec<Account>,
    /// The sessions that are kept.
    pub sessions: Vec<KeptSession>,
    /// The keys that lie in the keychain.
    pub keys: Vec<KeyRecord>,
    /// How much else there is.
    pub amounts: Amounts,
    /// How much the support desks remember.
    pub desk: DeskAmounts,
}

impl About {
    /// What was about a number and no key.
    pub fn number(channel: &Channel) -> About {
        About {
            channel: channel.id.clone(),
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            label: None,
            tail: None,
        }
    }

    fn key(record: &KeyRecord) -> About {
        About {
            channel: record.channel.clone(),
            channel_name: record.channel_name.clone(),
            number: record.number.clone(),
            label: record.label.clone(),
            tail: record.tail.clone(),
        }
    }
}

impl ChannelKeys {
    /// What the account did here, newest first.
    pub fn history(&self) -> Result<Vec<HistoryEntry>, Trouble> {
        Ok(self.records().history(&self.owner()?)?)
    }

    /// The accounts that were at work here in this realm, the last one first.
    pub fn accounts(&self) -> Result<Vec<Account>, Trouble> {
        let realm = self.realm();
        let mut accounts = self.records().accounts()?;
        accounts.retain(|account| account.owner.realm == realm);
        Ok(accounts)
    }

    /// How many keys of an account lie in the keychain, and when its channels were last read.
    pub fn of_account(&self, account: &Account) -> Result<(usize, Option<time::OffsetDateTime>), Trouble> {
        let keys = self.known_keys(&account.owner)?;
        let here = keys.iter().filter(|key| key.client == account.client && key.state.in_keychain());
        let seen = self.records().seen(&account.owner, &account.client)?;
        Ok((here.count(), seen.map(|overview| overview.read_at)))
    }

    /// All that is remembered on this computer, of every account.
    pub fn remembered(&self) -> Result<Remembered, Trouble> {
        let records = self.records();
        let mut sessions = Vec::new();
        for realm in [Realm::Real, Realm::Practice] {
            sessions.extend(records.kept_session(realm)?);
        }
        let mut keys = self.all_known_keys()?;
        keys.retain(|key| key.state.in_keychain());
        let (accounts, amounts) = (records.accounts()?, records.amounts()?);
        Ok(Remembered { accounts, sessions, keys, amounts, desk: self.desk_records().desk_amounts()? })
    }

    /// Forgets everything, and of the keys in the keychain those that are named; the others stay with their cards.
    /// Tells which of the named ones stayed, and why. Refused while a key lies in memory alone.
    pub async fn forget_everything(&self, keys: &[String]) -> Result<Vec<(String, KeychainError)>, Trouble> {
        self.sign_out()?;
        for realm in [Realm::Real, Realm::Practice] {
            let _ = self.forget_session_of(realm).await;
        }
        let (mut staying, mut stayed) = (Vec::new(), Vec::new());
        for record in self.remembered()?.keys {
            if !keys.contains(&record.id) {
                staying.push(record.id);
            } else if let Err(error) = self.take_out(&record).await {
                staying.push(record.id.clone());
                stayed.push((record.id, error));
            }
        }
        self.forget_webhooks().await;
        // A key that was being made may lie in the keychain with nobody having seen it: the next start looks for it.
        let open = |key: &KeyRecord| matches!(key.state, KeyState::Asked | KeyState::InMemory);
        let open_keys = self.all_known_keys()?.into_iter().filter(open);
        staying.extend(open_keys.map(|key| key.id));
        self.desk_records().forget_desks()?;
        self.records().forget_all_but(&staying)?;
        self.forget_unwritten_but(&staying);
        Ok(stayed)
    }

    async fn take_out(&self, record: &KeyRecord) -> Result<(), KeychainError> {
        for purpose in [Purpose::SafetyCopy, Purpose::Kept] {
            self.ports.keychain.remove(&record.entry(purpose)).await?;
        }
        Ok(())
    }

    pub(super) fn remember_account(&self, client_name: Option<String>) {
        let Ok(who) = self.who() else { return };
        let Some(client) = who.client() else { return };
        let account = Account {
            owner: who.owner(),
            email: who.person.email.clone(),
            name: who.person.name.told().cloned(),
            client: client.clone(),
            client_name,
            used_at: self.now(),
        };
        // What can't be remembered must not keep anybody from working.
        let _ = self.records().write_account(&account);
    }

    /// Adds to the history of whose key it is: the answer may come when somebody else is at work.
    pub(super) fn note_key(&self, record: &KeyRecord, what: What, ended: Ended) {
        let theirs = self.who().ok().filter(|who| who.owner() == record.owner);
        let by = theirs.map(|who| who.person.email).or_else(|| record.by.clone()).unwrap_or_default();
        self.note_of(record.owner.clone(), by, &record.client, (what, ended), Some(About::key(record)));
    }

    /// Adds to the history of who is at work.
    pub(super) fn note(&self, what: What, ended: Ended) {
        let Ok(who) = self.who() else { return };
        let Some(client) = who.client().cloned() else { return };
        self.note_of(who.owner(), who.person.email, &client, (what, ended), None);
    }

    /// What can't be noted must not undo what was done.
    pub(super) fn note_of(
        &self,
        owner: Owner,
        by: String,
        client: &ClientId,
        (what, ended): (What, Ended),
        about: Option<About>,
    ) {
        let client_name = self.client_name(&owner, client);
        let entry = HistoryEntry { id: 0, at: self.now(), owner, by, what, ended, client_name, about };
        let _ = self.records().note(&entry);
    }

    fn client_name(&self, owner: &Owner, client: &ClientId) -> Option<String> {
        let desk = self.state().desk.clone();
        if let Some(name) = desk.and_then(|desk| desk.client_name(client)) {
            return Some(name);
        }
        let is_it = |account: &Account| account.owner == *owner && account.client == *client;
        self.records().accounts().ok()?.into_iter().find(is_it)?.client_name
    }
}
