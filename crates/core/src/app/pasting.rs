//! A key that was made elsewhere: safety first, then tested, then kept.

use uuid::Uuid;

use super::{ChannelKeys, Trouble};
use crate::channel::{Channel, ChannelId};
use crate::history::{Ended, What};
use crate::keychain::Purpose;
use crate::keys::{KeyTest, Pasted};
use crate::overview::Overview;
use crate::pasted::{NoKey, keys_in};
use crate::records::{KeyRecord, KeyState, Origin, Reminders};
use crate::secret::ApiKey;

/// How a key came that was made elsewhere.
pub(super) struct Came {
    pub(super) origin: Origin,
    /// The messaging host that came with it.
    pub(super) address: Option<String>,
}

/// The keys in what was pasted, until the person says which one is meant, for this channel.
pub(super) struct Found {
    channel: ChannelId,
    keys: Vec<ApiKey>,
}

impl ChannelKeys {
    /// Finds the keys in what was pasted for a channel, and tells each by how it ends, where it is long enough. They stay
    /// in memory until the person says which one is meant; nothing is stored or asked.
    pub fn find_pasted(&self, channel: &ChannelId, text: &str) -> Result<Vec<Option<String>>, Trouble> {
        self.forget_pasted();
        self.who()?;
        let keys = keys_in(text).map_err(Trouble::NotAKey)?;
        let endings = keys.iter().map(|key| Some(key.ending()).filter(|ending| !ending.is_empty())).collect();
        self.state().found = Some(Found { channel: channel.clone(), keys });
        Ok(endings)
    }

    /// The person does not mean any of the keys that were found.
    pub fn forget_pasted(&self) {
        self.state().found = None;
    }

    /// Takes the key that was found at this place in what was pasted: a safety copy of it lies in the keychain before it is
    /// tested.
    pub async fn take_pasted(&self, channel: &ChannelId, which: usize) -> Result<Pasted, Trouble> {
        let key = {
            let state = self.state();
            let found = state.found.as_ref().filter(|found| found.channel == *channel);
            found.and_then(|found| found.keys.get(which)).cloned().ok_or(Trouble::NotAKey(NoKey::Nothing))?
        };
        let overview = self.channels().await?;
        let channel = overview.channel(channel).ok_or(Trouble::NoSuchChannel)?;
        let came = Came { origin: Origin::Pasted, address: None };
        let pasted = self.take_key(&overview, channel, &key, came).await?;
        self.forget_pasted();
        Ok(pasted)
    }

    /// Takes a key from elsewhere: its safety copy lies in the keychain before it is tested.
    pub(super) async fn take_key(
        &self,
        overview: &Overview,
        channel: &Channel,
        key: &ApiKey,
        came: Came,
    ) -> Result<Pasted, Trouble> {
        if let Some(record) = self.same_key_here(key).await? {
            return Ok(Pasted::AlreadyHere(record));
        }
        let what = if came.origin == Origin::File { What::KeyOpened } else { What::KeyPasted };
        let mut record = self.record_from_elsewhere(channel, key, came)?;
        self.write_new(&record)?;
        let safe = match self.put_safety_copy(&record, key).await {
            Ok(()) => {
                let now = self.now();
                self.amend(&record, |record| {
                    (record.state, record.changed_at) = (KeyState::SafetyCopy, now);
                    true
                })
            }
            Err(error) => Err(error.into()),
        };
        match safe {
            Ok(safe) => record = safe,
            Err(trouble) => {
                // Whoever brought it has it elsewhere: nothing is lost, and nothing stays.
                let _ = self.ports.keychain.remove(&record.entry(Purpose::SafetyCopy)).await;
                self.note_state(&mut record, KeyState::LetGo);
                return Err(trouble);
            }
        }
        self.note_key(&record, what, Ended::Done);
        let test = self.ask_health(&record, key).await;
        self.remember_test(&mut record, &test);
        let belongs_to = match &test {
            KeyTest::OtherNumber(health) => {
                let mut others = overview.channels.iter();
                others.find(|other| other.external_id == health.external_id).map(|other| other.id.clone())
            }
            _ => None,
        };
        Ok(Pasted::Taken { record, test, belongs_to })
    }

    /// Puts a key under the channel that it turned out to be for. It lies there before it leaves the old place.
    pub async fn move_key(&self, id: &str, to: &ChannelId) -> Result<KeyRecord, Trouble> {
        let record = self.key_record(id)?;
        let overview = self.channels().await?;
        let channel = overview.channel(to).ok_or(Trouble::NoSuchChannel)?;
        if channel.id == record.channel {
            // Its old place is its new one: what is removed there would be the key itself.
            return Ok(record);
        }
        let purpose = match record.state {
            KeyState::SafetyCopy => Purpose::SafetyCopy,
            KeyState::Kept => Purpose::Kept,
            _ => return Err(Trouble::NoSuchKey),
        };
        let key = self.key(id).await?;
        // Using a key that was found again has told more of it.
        let record = self.key_record(id)?;
        let (places, now) = (self.places_of(&record.owner, &channel.id)?, self.now());
        let under_channel = |record: KeyRecord| KeyRecord {
            client: overview.client.id.clone(),
            channel: channel.id.clone(),
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            places: places.clone(),
            // The test compared it with the other number.
            tested: None,
            other_number_at: None,
            reminders: Reminders::default(),
            changed_at: now,
            ..record
        };
        let moved = under_channel(record.clone());
        self.put_and_read_back(purpose, &moved, &key).await?;
        let written = self.amend(&record, |latest| {
            let lies_there = latest.state == record.state;
            *latest = under_channel(latest.clone());
            lies_there
        });
        // Where it was kept or let go meanwhile, it stays as it is now.
        let leaves = if written == Err(Trouble::NoSuchKey) { &moved } else { &record };
        if written.is_ok() || written == Err(Trouble::NoSuchKey) {
            let _ = self.ports.keychain.remove(&leaves.entry(purpose)).await;
        }
        written
    }

    async fn same_key_here(&self, key: &ApiKey) -> Result<Option<KeyRecord>, Trouble> {
        for record in self.keys_of_account()? {
            let here = match record.state {
                KeyState::InMemory => self.key(&record.id).await,
                // Compared with and not used: a key that was found again is adopted by using it.
                _ => self.key_in_keychain(&record).await,
            };
            if here.is_ok_and(|here| here.same_as(key)) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    fn record_from_elsewhere(
        &self,
        channel: &Channel,
        key: &ApiKey,
        came: Came,
    ) -> Result<KeyRecord, Trouble> {
        let who = self.who()?;
        let now = self.now();
        Ok(KeyRecord {
            id: Uuid::new_v4().to_string(),
            sequence: self.next_sequence()?,
            places: self.places_of(&who.owner(), &channel.id)?,
            owner: who.owner(),
            client: who.client().ok_or(Trouble::NotSignedIn)?.clone(),
            channel: channel.id.clone(),
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            state: KeyState::InMemory,
            label: None,
            address: came.address,
            tail: Some(key.ending()).filter(|tail| !tail.is_empty()),
            asked_at: now,
            changed_at: now,
            replaced_at: None,
            origin: came.origin,
            by: Some(who.person.email),
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        })
    }
}
