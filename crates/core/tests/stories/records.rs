//! The application's memory on disk, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use channel_keys_core::accounts::{Account, KeptSession};
use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::goal::Goal;
use channel_keys_core::history::HistoryEntry;
use channel_keys_core::overview::Overview;
use channel_keys_core::records::{Amounts, KeyRecord, Owner, Realm, Records, RecordsError};
use channel_keys_core::webhook::WebhookNote;

use crate::ports::{Diary, lock};

/// Records that last as long as the test, over every restart of the application.
pub struct MemoryRecords {
    diary: Diary,
    inner: Mutex<RecordsInside>,
}

#[derive(Default)]
struct RecordsInside {
    by_id: HashMap<String, KeyRecord>,
    history: Vec<HistoryEntry>,
    seen: HashMap<(Owner, ClientId), Overview>,
    accounts: Vec<Account>,
    sessions: HashMap<Realm, KeptSession>,
    webhooks: HashMap<(Owner, ChannelId), WebhookNote>,
    goals: HashMap<(Owner, ChannelId), Goal>,
    writes_left: Option<usize>,
}

impl MemoryRecords {
    pub fn new(diary: Diary) -> Self {
        Self { diary, inner: Mutex::default() }
    }

    /// This many more writes succeed, and then none.
    pub fn fail_after(&self, writes: usize) {
        lock(&self.inner).writes_left = Some(writes);
    }

    /// The file was damaged and set aside, or its folder is gone.
    pub fn lose_all(&self) {
        *lock(&self.inner) = RecordsInside::default();
    }

    pub fn mend(&self) {
        lock(&self.inner).writes_left = None;
    }

    pub fn of(&self, id: &str) -> KeyRecord {
        lock(&self.inner).by_id.get(id).cloned().expect("a record")
    }

    pub fn all(&self) -> Vec<KeyRecord> {
        lock(&self.inner).by_id.values().cloned().collect()
    }
}

impl MemoryRecords {
    /// To be written to, if the disk still takes anything.
    fn writable(&self) -> Result<MutexGuard<'_, RecordsInside>, RecordsError> {
        let mut inner = lock(&self.inner);
        match &mut inner.writes_left {
            Some(0) => return Err(RecordsError),
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(inner)
    }

    /// The same, for what is written beside the keys: it does not count as a write.
    fn writable_beside(&self) -> Result<MutexGuard<'_, RecordsInside>, RecordsError> {
        let inner = lock(&self.inner);
        if inner.writes_left == Some(0) { Err(RecordsError) } else { Ok(inner) }
    }
}

impl Records for MemoryRecords {
    fn write_key(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        let mut inner = self.writable()?;
        self.diary.note(format!("recorded as {}", record.state.word()));
        inner.by_id.insert(record.id.clone(), record.clone());
        Ok(())
    }

    fn try_out(&self, _: &KeyRecord) -> Result<(), RecordsError> {
        if lock(&self.inner).writes_left == Some(0) { Err(RecordsError) } else { Ok(()) }
    }

    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError> {
        Ok(lock(&self.inner).by_id.get(id).cloned())
    }

    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        let mut keys = self.all_keys()?;
        keys.retain(|record| record.owner == *owner);
        Ok(keys)
    }

    fn all_keys(&self) -> Result<Vec<KeyRecord>, RecordsError> {
        let mut keys = self.all();
        keys.sort_by(|a, b| b.sequence.cmp(&a.sequence).then_with(|| a.id.cmp(&b.id)));
        Ok(keys)
    }

    fn write_webhook(&self, note: &WebhookNote) -> Result<(), RecordsError> {
        let whose = (note.owner.clone(), note.channel.clone());
        self.writable_beside()?.webhooks.insert(whose, note.clone());
        Ok(())
    }

    fn webhooks(&self, owner: &Owner) -> Result<Vec<WebhookNote>, RecordsError> {
        let mut notes = self.all_webhooks()?;
        notes.retain(|note| note.owner == *owner);
        Ok(notes)
    }

    fn all_webhooks(&self) -> Result<Vec<WebhookNote>, RecordsError> {
        Ok(lock(&self.inner).webhooks.values().cloned().collect())
    }

    fn forget_webhook(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError> {
        self.writable_beside()?.webhooks.remove(&(owner.clone(), channel.clone()));
        Ok(())
    }

    fn write_goal(&self, goal: &Goal) -> Result<(), RecordsError> {
        let whose = (goal.owner.clone(), goal.channel.clone());
        self.writable_beside()?.goals.insert(whose, goal.clone());
        Ok(())
    }

    fn goals(&self, owner: &Owner) -> Result<Vec<Goal>, RecordsError> {
        let inner = lock(&self.inner);
        let mut goals: Vec<_> = inner.goals.values().filter(|goal| goal.owner == *owner).cloned().collect();
        goals.sort_by(|a, b| b.begun_at.cmp(&a.begun_at).then_with(|| a.channel.cmp(&b.channel)));
        Ok(goals)
    }

    fn forget_goal(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError> {
        self.writable_beside()?.goals.remove(&(owner.clone(), channel.clone()));
        Ok(())
    }

    fn note(&self, entry: &HistoryEntry) -> Result<(), RecordsError> {
        let mut inner = self.writable_beside()?;
        let id = inner.history.len() as i64 + 1;
        inner.history.push(HistoryEntry { id, ..entry.clone() });
        Ok(())
    }

    fn history(&self, owner: &Owner) -> Result<Vec<HistoryEntry>, RecordsError> {
        let inner = lock(&self.inner);
        Ok(inner.history.iter().rev().filter(|entry| entry.owner == *owner).cloned().collect())
    }

    fn write_seen(&self, owner: &Owner, overview: &Overview) -> Result<(), RecordsError> {
        let whose = (owner.clone(), overview.client.id.clone());
        self.writable_beside()?.seen.insert(whose, overview.clone());
        Ok(())
    }

    fn seen(&self, owner: &Owner, client: &ClientId) -> Result<Option<Overview>, RecordsError> {
        Ok(lock(&self.inner).seen.get(&(owner.clone(), client.clone())).cloned())
    }

    fn write_account(&self, account: &Account) -> Result<(), RecordsError> {
        let accounts = &mut self.writable_beside()?.accounts;
        let is_it = |known: &Account| known.owner == account.owner && known.client == account.client;
        let known = accounts.iter().position(is_it).map(|at| accounts.remove(at));
        let client_name = account.client_name.clone().or(known.and_then(|known| known.client_name));
        accounts.push(Account { client_name, ..account.clone() });
        Ok(())
    }

    fn accounts(&self) -> Result<Vec<Account>, RecordsError> {
        Ok(lock(&self.inner).accounts.iter().rev().cloned().collect())
    }

    fn write_kept_session(&self, session: &KeptSession) -> Result<(), RecordsError> {
        self.writable()?.sessions.insert(session.realm, session.clone());
        Ok(())
    }

    fn kept_session(&self, realm: Realm) -> Result<Option<KeptSession>, RecordsError> {
        Ok(lock(&self.inner).sessions.get(&realm).cloned())
    }

    fn forget_kept_session(&self, realm: Realm) -> Result<(), RecordsError> {
        self.writable()?.sessions.remove(&realm);
        Ok(())
    }

    fn amounts(&self) -> Result<Amounts, RecordsError> {
        let inner = lock(&self.inner);
        Ok(Amounts { history: inner.history.len(), lists: inner.seen.len() })
    }

    fn forget_all_but(&self, staying: &[String]) -> Result<(), RecordsError> {
        let mut inner = self.writable()?;
        inner.history.clear();
        inner.seen.clear();
        inner.webhooks.clear();
        inner.goals.clear();
        inner.sessions.retain(|_, session| session.ended);
        inner.by_id.retain(|id, _| staying.contains(id));
        let owners: Vec<_> =
            inner.by_id.values().map(|key| (key.owner.clone(), key.client.clone())).collect();
        inner.accounts.retain(|account| owners.contains(&(account.owner.clone(), account.client.clone())));
        Ok(())
    }
}
