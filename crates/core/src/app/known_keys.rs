//! What is known of keys: in the records and, where these can't be written, in memory until they can.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{ChannelKeys, Trouble};
use crate::records::{KeyRecord, KeyState, Owner, RecordsError};

/// What the records do not know. Held while records are written: of two who change the same key, the second one sees
/// what the first one changed.
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
        if unwritten.is_some() { Ok(unwritten) } else { self.records().key(id) }
    }

    /// What is known of an owner's keys, newest first.
    pub(super) fn known_keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        let known = self.known.lock();
        let mut keys = known.over(self.records().keys(owner)?);
        keys.retain(|record| record.owner == *owner);
        Ok(keys)
    }

    /// What is known of all keys, whoever's, newest first.
    pub(super) fn all_known_keys(&self) -> Result<Vec<KeyRecord>, RecordsError> {
        let known = self.known.lock();
        Ok(known.over(self.records().all_keys()?))
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

    /// Writes down a key that was not known before.
    pub(super) fn write_new(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        self.write_down(&mut self.known.lock(), record, false)
    }

    /// The same whatever the disk says to it: where it takes nothing, memory does.
    pub(super) fn remember_new(&self, record: &KeyRecord) {
        let _ = self.write_down(&mut self.known.lock(), record, true);
    }

    /// Changes what is known of a key, as it is at this moment: whatever came of it since it was seen stays. Refused where
    /// the key is gone or lies under another number now, and where `change` says that it is not as expected. Where the
    /// disk takes nothing, only what was in memory before changes there.
    pub(super) fn amend(
        &self,
        seen: &KeyRecord,
        change: impl FnOnce(&mut KeyRecord) -> bool,
    ) -> Result<KeyRecord, Trouble> {
        let mut known = self.known.lock();
        let is_here = |latest: &KeyRecord| !latest.state.is_gone() && latest.channel == seen.channel;
        let mut record = self.latest_in(&known, seen)?.filter(is_here).ok_or(Trouble::NoSuchKey)?;
        if !change(&mut record) {
            return Err(Trouble::NoSuchKey);
        }
        self.write_down(&mut known, &record, false)?;
        Ok(record)
    }

    /// Changes what is known of a key, gone or not, whatever the disk says to it: where it takes nothing, memory does.
    /// Whether it was changed: not where `change` says no, or where the key was forgotten meanwhile.
    pub(super) fn amend_anyway(
        &self,
        record: &mut KeyRecord,
        change: impl FnOnce(&mut KeyRecord) -> bool,
    ) -> bool {
        let mut known = self.known.lock();
        match self.latest_in(&known, record) {
            Ok(Some(latest)) => *record = latest,
            Ok(None) => return false,
            Err(_) => {}
        }
        let changes = change(record);
        if changes {
            let _ = self.write_down(&mut known, record, true);
        }
        changes
    }

    /// Notes what became of a key. Tells in which state it was until now.
    pub(super) fn note_state(&self, record: &mut KeyRecord, state: KeyState) -> KeyState {
        let (now, mut before) = (self.now(), record.state);
        self.amend_anyway(record, |record| {
            before = std::mem::replace(&mut record.state, state);
            record.changed_at = now;
            true
        });
        before
    }

    /// What is known of a key now. Whose it is, where it was found again, is told by who saw it.
    fn latest_in(&self, known: &KnownKeys, seen: &KeyRecord) -> Result<Option<KeyRecord>, RecordsError> {
        let held = self.state().held.get(&seen.id).map(|held| held.record.clone());
        let latest = match held.or_else(|| known.unwritten.get(&seen.id).cloned()) {
            Some(latest) => Some(latest),
            None => self.records().key(&seen.id)?,
        };
        Ok(latest.map(|latest| match latest.owner == Owner::nobody(latest.owner.realm) {
            true => KeyRecord { state: latest.state, changed_at: latest.changed_at, ..seen.clone() },
            false => latest,
        }))
    }

    fn write_down(
        &self,
        known: &mut KnownKeys,
        record: &KeyRecord,
        whatever_the_disk_says: bool,
    ) -> Result<(), RecordsError> {
        if let Some(held) = self.state().held.get_mut(&record.id) {
            held.record = record.clone();
        }
        let written = self.records().write_key(record);
        if written.is_ok() {
            known.unwritten.remove(&record.id);
        } else if whatever_the_disk_says || known.unwritten.contains_key(&record.id) {
            known.unwritten.insert(record.id.clone(), record.clone());
        }
        written
    }

    /// Writes down what could not be written before.
    pub(super) fn write_unwritten(&self) {
        self.known.lock().unwritten.retain(|_, record| self.records().write_key(record).is_err());
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
