//! What is known of keys: in the records and, where these can't be written, in memory until they can.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::ChannelKeys;
use crate::records::{KeyRecord, KeyState, Owner, RecordsError};

/// What the records do not know.
#[derive(Default)]
pub(super) struct KnownKeys {
    /// What could not be written down, by the keys' ids.
    unwritten: HashMap<String, KeyRecord>,
    /// The last sequence number that was given.
    last: i64,
}

impl ChannelKeys {
    /// What is known of one key.
    pub(super) fn known_key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError> {
        let unwritten = self.known.lock().unwritten.get(id).cloned();
        if unwritten.is_some() { Ok(unwritten) } else { self.ports.records.key(id) }
    }

    /// What is known of an owner's keys, newest first.
    pub(super) fn known_keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        let known = self.known.lock();
        let mut keys = known.over(self.ports.records.keys(owner)?);
        keys.retain(|record| record.owner == *owner);
        Ok(keys)
    }

    /// What is known of all keys, whoever's, newest first.
    pub(super) fn all_known_keys(&self) -> Result<Vec<KeyRecord>, RecordsError> {
        let known = self.known.lock();
        Ok(known.over(self.ports.records.all_keys()?))
    }

    /// A sequence number later than that of every key that is known here.
    pub(super) fn next_sequence(&self) -> Result<i64, RecordsError> {
        let last = self.last_sequence()?;
        let mut known = self.known.lock();
        known.last = known.last.max(last).saturating_add(1);
        Ok(known.last)
    }

    /// The sequence number of the last key that came here.
    pub(super) fn last_sequence(&self) -> Result<i64, RecordsError> {
        let latest = self.all_known_keys()?.into_iter().map(|record| record.sequence).max();
        Ok(self.known.lock().last.max(latest.unwrap_or_default()))
    }

    /// Writes down what is known of a key. Where that fails, only what was in memory before changes there.
    pub(super) fn write(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        self.renew_held(record);
        self.write_down(record, false)
    }

    fn write_down(&self, record: &KeyRecord, whatever_the_disk_says: bool) -> Result<(), RecordsError> {
        let mut known = self.known.lock();
        let written = self.ports.records.write_key(record);
        if written.is_ok() {
            known.unwritten.remove(&record.id);
        } else if whatever_the_disk_says || known.unwritten.contains_key(&record.id) {
            known.unwritten.insert(record.id.clone(), record.clone());
        }
        written
    }

    /// Writes down what became of a key whatever the disk says to it: where it takes nothing, memory does.
    pub(super) fn remember_key(&self, record: &KeyRecord) {
        let _ = self.write_down(record, true);
    }

    /// Notes what became of a key, in memory alone where the records can't be written.
    pub(super) fn note_state(&self, record: &mut KeyRecord, state: KeyState) {
        (record.state, record.changed_at) = (state, self.now());
        self.renew_held(record);
        self.remember_key(record);
    }

    fn renew_held(&self, record: &KeyRecord) {
        if let Some(held) = self.state().held.get_mut(&record.id) {
            held.record = record.clone();
        }
    }

    /// Writes down what could not be written before.
    pub(super) fn write_unwritten(&self) {
        self.known.lock().unwritten.retain(|_, record| self.ports.records.write_key(record).is_err());
    }

    /// Of what could not be written down, only these keys are known on.
    pub(super) fn forget_unwritten_but(&self, keys: &[String]) {
        self.known.lock().unwritten.retain(|id, _| keys.contains(id));
    }
}

impl KnownKeys {
    /// What the records say, with what is known better.
    fn over(&self, mut recorded: Vec<KeyRecord>) -> Vec<KeyRecord> {
        recorded.retain(|record| !self.unwritten.contains_key(&record.id));
        recorded.extend(self.unwritten.values().cloned());
        recorded.sort_by_key(|record| Reverse(record.sequence));
        recorded
    }
}
