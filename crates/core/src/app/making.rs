//! Making a key: the facts once more, the one request, and what became of it.

use std::time::Duration;

use uuid::Uuid;

use super::keeping::{SAFETY_COPY, label_of};
use super::workplace::{Maker, ReadAnew};
use super::{ChannelKeys, Held, Ticket, Trouble};
use crate::access::{Answer, Side};
use crate::channel::{Channel, ChannelId, ClientId};
use crate::history::{Ended, What};
use crate::hub::{ChangeError, HubError, ListedKey, NewKey};
use crate::keychain::{Entry, KeychainError, Probe, Purpose};
use crate::keys::{Before, KeyTest, ListSays, Made, Outcome};
use crate::records::{KeyRecord, KeyState, Origin, Owner, Place, Realm, Reminders};
use crate::secret::{ApiKey, Secret};
use crate::steps::Step;

/// How long an open keychain may take over a trial.
const TRYING: Duration = Duration::from_secs(2);

/// How long each of several new keys may be tested before one is shown (ours).
const PROVING: Duration = Duration::from_secs(5);

/// What the Hub lists of a channel's keys before one is made.
pub(super) enum Listed {
    /// What tells each key from the others.
    Keys(Vec<String>),
    /// The Hub does not have the list, so it may not have the call that makes a key either.
    NoSuchCall,
}

impl ChannelKeys {
    /// Reads the facts anew and prepares the one request for a key.
    pub async fn before_making(&self, channel: &ChannelId) -> Result<Before, Trouble> {
        let maker = self.maker()?;
        let realm = maker.owner().realm;
        let read_and_try = async {
            let read = self.read_anew(channel).await?;
            let keychain = self.try_keychain(realm, &read.channel).await;
            Ok::<_, Trouble>((read, keychain))
        };
        let (read, webhook) = tokio::join!(read_and_try, self.webhook_before(channel));
        let (ReadAnew { channel, client, client_name, verdict, read_at }, keychain) = read?;
        let (webhook, read_now) = webhook?;
        let before = Before {
            ticket: Uuid::new_v4().to_string(),
            side: maker.workplace().side(),
            client_name,
            keychain,
            webhook,
            here: self.keys_here(&channel.id)?,
            read_at,
            channel,
            verdict,
        };
        // Who was at work may be gone since, or may only read: then there is nobody to give a ticket to.
        let maker = self.maker()?;
        let ticket = Ticket {
            id: before.ticket.clone(),
            owner: maker.owner(),
            client,
            channel: before.channel.clone(),
            verdict: before.verdict.clone(),
            webhook: read_now,
            read_at,
        };
        if before.verdict.generate != Answer::No {
            // A full disk is to be told before somebody decides. What a stop leaves of it is a key that was not made.
            let record = KeyRecord { state: KeyState::NotMade, ..self.record_of(&maker, &ticket)? };
            self.records().try_out(&record)?;
        }
        self.state().ticket = Some(ticket);
        Ok(before)
    }

    /// Has a locked keychain ask for its password now, rather than when the key arrives.
    pub async fn unlock_keychain(&self) -> Result<(), Trouble> {
        let realm = self.maker()?.owner().realm;
        let channel = self.state().ticket.as_ref().map(|ticket| ticket.channel.clone());
        let channel = channel.ok_or(Trouble::AlreadyAsked)?;
        self.put_trial(realm, &channel).await?;
        Ok(())
    }

    /// Whether the keychain would take a key now. An open one is tried out, since some take nothing all the same; a
    /// locked one is not, since it would ask for its password.
    async fn try_keychain(&self, realm: Realm, channel: &Channel) -> Probe {
        let mut probe = Probe::Absent;
        let trying = async {
            probe = self.ports.keychain.probe().await;
            if probe == Probe::Ready { self.put_trial(realm, channel).await.map(Some) } else { Ok(None) }
        };
        match tokio::time::timeout(TRYING, trying).await {
            Ok(Ok(None)) => probe,
            Ok(Ok(Some(true))) => Probe::Ready,
            Ok(
                Ok(Some(false))
                | Err(KeychainError::Refused | KeychainError::NotKept | KeychainError::GaveAnother),
            ) => Probe::Refusing,
            Ok(Err(KeychainError::Absent)) => Probe::Absent,
            Ok(Err(KeychainError::NotSetUp)) => Probe::NotSetUp,
            Ok(Err(KeychainError::StayedLocked)) => Probe::Locked,
            // It waits for the person, though it says that it is open: to let this program in, or, where it says only
            // when it is used that it is locked, to unlock it.
            Ok(Err(KeychainError::NotAllowed)) => Probe::Asking,
            Err(_) if probe == Probe::Ready => Probe::Asking,
            Err(_) => Probe::Absent,
        }
    }

    /// Puts something into the keychain under what the key will be called there, and takes it out again; whether it gave
    /// back what it was given. A keychain may take a secret and not what it is called.
    async fn put_trial(&self, realm: Realm, channel: &Channel) -> Result<bool, KeychainError> {
        const TRIAL: &str = "No secret: Channel Keys tries out whether a key can be kept.";
        let keychain = &self.ports.keychain;
        let entry = Entry::Trial { realm, channel: channel.id.clone(), id: Uuid::new_v4().to_string() };
        let number = (channel.name.told().map(String::as_str), channel.number.told().map(String::as_str));
        let label = label_of(realm, number, &channel.id, SAFETY_COPY);
        keychain.put(&entry, &label, &Secret::new(TRIAL)).await?;
        let back = keychain.get(&entry).await;
        let removed = keychain.remove(&entry).await;
        let is_it = back?.is_some_and(|back| back.expose() == TRIAL);
        removed?;
        Ok(is_it)
    }

    /// Asks the Hub for a key, once: the ticket is used up whatever happens. The request is written down before
    /// it goes out, and the key lies in the keychain before this returns.
    pub async fn make_key(&self, ticket: &str) -> Result<Outcome, Trouble> {
        let maker = self.maker()?;
        let ticket = {
            let mut state = self.state();
            match state.ticket.take() {
                Some(valid) if valid.id == ticket && maker.was_given(&valid) => valid,
                other => {
                    state.ticket = other;
                    return Err(Trouble::AlreadyAsked);
                }
            }
        };
        if ticket.verdict.generate == Answer::No {
            return Err(Trouble::KnownToBeRefused(Box::new(ticket.verdict)));
        }
        let mut record = KeyRecord {
            listed_before: self.listed_before(&ticket.channel.id),
            ..self.record_of(&maker, &ticket)?
        };
        let _being_made = BeingMade::begin(self, &record)?;
        self.write_new(&record)?;
        self.note_webhook(&ticket).await;
        self.reached(Step::NoteWritten);
        self.reached(Step::RequestGoesOut);

        match maker.make_key(&ticket.channel.id).await {
            #[expect(clippy::indexing_slicing, reason = "the first is the answer's own key, so there is one")]
            Ok(new) => {
                self.reached(Step::AnswerReceived);
                let keys: Vec<&NewKey> = std::iter::once(&new).chain(&new.others).collect();
                // Of several keys in one answer nobody knows which one works.
                record.worked_at = new.others.is_empty().then(|| self.now());
                // Held first: the keychain may wait for the person, and nothing may close meanwhile.
                let mut records: Vec<KeyRecord> = keys.iter().map(|key| self.hold(&record, key)).collect();
                for other in records.iter().skip(1) {
                    self.remember_new(other);
                }
                let mut copies = Vec::new();
                for (record, key) in records.iter_mut().zip(keys) {
                    let copy = self.put_safety_copy(record, &key.key).await;
                    let state = if copy.is_ok() { KeyState::SafetyCopy } else { KeyState::InMemory };
                    // A record that can't be written must not hide the key that was made.
                    self.note_state(record, state);
                    self.reached(Step::RecordWritten);
                    copies.push(copy);
                }
                let _ = self.mark_replaced(&records[0]);
                self.reached(Step::EarlierMarked);
                maker.made_one(&ticket.channel.id);
                if let Some(works) = self.one_that_works(&mut records).await {
                    records.swap(0, works);
                    copies.swap(0, works);
                }
                self.note_key(&records[0], What::KeyMade, Ended::Done);
                let others = records.split_off(1);
                Ok(Outcome::Made(Made { record: records.remove(0), safety_copy: copies.remove(0), others }))
            }
            Err(ChangeError::Unknown(error)) => {
                self.note_state(&mut record, KeyState::Unknown);
                self.note_key(&record, What::KeyMade, Ended::Unknown);
                Ok(Outcome::Unknown { error, record })
            }
            Err(ChangeError::Unchanged(error)) => {
                self.note_state(&mut record, KeyState::NotMade);
                self.forget_read_webhook(&ticket).await;
                let error = self.tell_apart_at(&maker.workplace(), error, &record.channel).await;
                let refused = matches!(error, HubError::Refused { .. });
                self.note_key(&record, What::KeyMade, if refused { Ended::Refused } else { Ended::NotDone });
                Ok(Outcome::NotMade(error))
            }
        }
    }

    /// Holds a key that was made, under this record, or under one like it where that has its key already.
    fn hold(&self, asked: &KeyRecord, new: &NewKey) -> KeyRecord {
        let mut state = self.state();
        let is_taken = state.held.contains_key(&asked.id);
        let record = KeyRecord {
            id: if is_taken { Uuid::new_v4().to_string() } else { asked.id.clone() },
            address: new.address.told().cloned(),
            tail: Some(new.key.ending()).filter(|tail| !tail.is_empty()),
            state: KeyState::InMemory,
            ..asked.clone()
        };
        let held = Held { key: new.key.clone(), record: record.clone(), copied: false };
        state.held.insert(record.id.clone(), held);
        record
    }

    /// Of several keys that came in one answer, the one that the messaging host takes: who was shown one that it refuses
    /// might make another, and stop the one that works.
    async fn one_that_works(&self, records: &mut [KeyRecord]) -> Option<usize> {
        if records.len() == 1 {
            return None;
        }
        for (at, record) in records.iter_mut().enumerate() {
            let tested = tokio::time::timeout(PROVING, self.test_key(&record.id)).await;
            *record = self.latest(&record.id).unwrap_or_else(|| record.clone());
            if matches!(tested, Ok(Ok(KeyTest::Works { .. }))) {
                return Some(at);
            }
        }
        None
    }

    /// Whether a key that was made is on its way into the keychain, which may wait for the person.
    pub fn is_storing(&self) -> bool {
        let state = self.state();
        state.being_made.iter().any(|(id, _)| state.held.contains_key(id))
    }

    /// Keys that were being made when the program stopped: looks for them in the keychain, and says of the
    /// others that their fate is open. A keychain that can't be asked changes nothing, and a locked one is waited
    /// for once.
    pub async fn recover(&self) -> Result<(), Trouble> {
        self.write_unwritten();
        let mut may_ask = false;
        for listed in self.keys_of_account()? {
            if self.is_in_hand(&listed.id) {
                continue;
            }
            // Read again: what was being made when the list was read may be settled by now.
            let Some(mut record) = self.known_key(&listed.id)? else {
                continue;
            };
            let without_it = match record.state {
                KeyState::Asked => KeyState::Interrupted,
                // Whoever brought it has it elsewhere.
                KeyState::InMemory if matches!(record.origin, Origin::Pasted | Origin::File) => {
                    KeyState::LetGo
                }
                KeyState::InMemory => KeyState::Lost,
                _ => continue,
            };
            may_ask = may_ask || self.may_ask_keychain().await;
            if !may_ask {
                return Ok(());
            }
            let found = match self.look_in_keychain(&record).await {
                Ok(found) => found,
                // The next key would be waited for just as long, and in vain.
                Err(
                    KeychainError::StayedLocked
                    | KeychainError::NotAllowed
                    | KeychainError::NotSetUp
                    | KeychainError::Absent,
                ) => return Ok(()),
                Err(_) => continue,
            };
            self.state().asked_to_unlock = false;
            let (now, was) = (self.now(), record.state);
            // The person may have decided while the keychain was asked.
            let becomes = |state: KeyState, record: &mut KeyRecord| {
                let is_open = record.state == was;
                if is_open {
                    (record.state, record.changed_at) = (state, now);
                }
                is_open
            };
            match found {
                Some((state, key)) => {
                    let was_made = record.origin == Origin::Made;
                    let settled = self.amend_anyway(&mut record, |record| {
                        record.tail = Some(key.ending()).filter(|tail| !tail.is_empty());
                        if was_made {
                            record.worked_at = record.worked_at.or(Some(record.asked_at));
                        }
                        becomes(state, record)
                    });
                    if !settled {
                        continue;
                    }
                    if was_made {
                        self.mark_replaced(&record)?;
                    }
                    self.note_key(&record, What::KeyRecovered, Ended::Done);
                }
                None => {
                    let settled = self.amend_anyway(&mut record, |record| becomes(without_it, record));
                    if settled && without_it != KeyState::LetGo {
                        self.note_key(&record, What::KeyRecovered, Ended::Unknown);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the keychain may be asked for keys that nobody called for. A locked one asks for its password once;
    /// who did not give it then opens it in its own time.
    async fn may_ask_keychain(&self) -> bool {
        match self.ports.keychain.probe().await {
            Probe::Ready => true,
            Probe::Locked | Probe::Asking => !std::mem::replace(&mut self.state().asked_to_unlock, true),
            Probe::NotSetUp | Probe::Refusing | Probe::Absent => false,
        }
    }

    async fn look_in_keychain(
        &self,
        record: &KeyRecord,
    ) -> Result<Option<(KeyState, ApiKey)>, KeychainError> {
        for (purpose, state) in [(Purpose::SafetyCopy, KeyState::SafetyCopy), (Purpose::Kept, KeyState::Kept)]
        {
            if let Some(secret) = self.ports.keychain.get(&record.entry(purpose)).await? {
                return Ok(Some((state, record.checked_key(secret)?)));
            }
        }
        Ok(None)
    }

    fn record_of(&self, maker: &Maker, ticket: &Ticket) -> Result<KeyRecord, Trouble> {
        let (owner, channel) = (maker.owner(), &ticket.channel);
        let places = self.places_of(&owner, &channel.id)?;
        let now = self.now();
        Ok(KeyRecord {
            id: Uuid::new_v4().to_string(),
            sequence: self.next_sequence()?,
            owner,
            client: ticket.client.clone(),
            channel: channel.id.clone(),
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            state: KeyState::Asked,
            label: None,
            address: None,
            tail: None,
            asked_at: now,
            changed_at: now,
            replaced_at: None,
            origin: Origin::Made,
            by: Some(maker.by()),
            places,
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        })
    }

    /// Reads which keys the Hub lists for a channel before one is made, to compare with if it stays open whether one
    /// was. Nothing waits for it, and a Hub without such a list is no trouble.
    pub async fn note_key_list(&self, channel: &ChannelId) {
        self.state().listed = None;
        let (Ok(workplace), Ok(who)) = (self.workplace(), self.who()) else { return };
        // A desk asks by the channel alone.
        let client = who.client().cloned().unwrap_or_else(|| ClientId(String::new()));
        let began_at = self.state().sessions;
        let listed = match workplace.key_list(&client, channel).await {
            Ok(keys) => {
                let marks: Option<_> = keys.iter().map(ListedKey::mark).collect();
                marks.map(Listed::Keys)
            }
            // That a partner makes keys is documented: there a missing list says nothing of it.
            Err(HubError::NotThere(_)) if workplace.side() == Side::Client => Some(Listed::NoSuchCall),
            Err(_) => None,
        };
        let mut state = self.state();
        if state.sessions == began_at {
            state.listed = listed.map(|listed| (channel.clone(), listed));
        }
    }

    /// Whether the Hub showed no key list for a channel that it has in its own list of channels. Such a Hub probably
    /// makes no keys for other programs, and what it answers would leave open whether one was made (ours).
    pub fn lacks_key_calls(&self, channel: &ChannelId) -> bool {
        let state = self.state();
        let was_read = state.ticket.as_ref().is_some_and(|ticket| ticket.channel.id == *channel);
        was_read && matches!(&state.listed, Some((of, Listed::NoSuchCall)) if of == channel)
    }

    fn listed_before(&self, channel: &ChannelId) -> Option<Vec<String>> {
        match self.state().listed.take() {
            Some((of, Listed::Keys(marks))) if of == *channel => Some(marks),
            _ => None,
        }
    }

    /// Looks into the Hub's own list of keys whether one was made by a request whose outcome is open.
    pub async fn key_list_says(&self, id: &str) -> Result<ListSays, Trouble> {
        let workplace = self.workplace()?;
        let record = self.key_record(id)?;
        match workplace.key_list(&record.client, &record.channel).await {
            Ok(now) => Ok(ListSays::of(record.listed_before.as_deref(), &now)),
            Err(error) if error.locks_out() => Err(error.into()),
            Err(error) => Ok(ListSays::NotRead(self.tell_apart_at(&workplace, error, &record.channel).await)),
        }
    }

    /// Where the number's latest key is used: the next one has to go to the same places.
    pub(super) fn places_of(&self, owner: &Owner, channel: &ChannelId) -> Result<Vec<Place>, Trouble> {
        let keys = self.known_keys(owner)?;
        let latest = keys.into_iter().find(|key| key.channel == *channel && !key.places.is_empty());
        let places = latest.map(|key| key.places).unwrap_or_default();
        Ok(places.into_iter().map(|place| Place { done: false, ..place }).collect())
    }

    /// Every earlier key of the channel is dead now (documented), but for what turned out to be another number's. What
    /// came in the same answer is no earlier one. What a test said of a key before says nothing of it any more.
    fn mark_replaced(&self, by: &KeyRecord) -> Result<(), Trouble> {
        let nobody = Owner::nobody(by.owner.realm);
        let is_replaced = |earlier: &KeyRecord| {
            let older = earlier.sequence < by.sequence;
            let of_theirs = earlier.owner == by.owner || earlier.owner == nobody;
            let same = of_theirs && earlier.channel == by.channel;
            let of_another_number = earlier.origin != Origin::Made && earlier.other_number_at.is_some();
            same && older && !of_another_number && earlier.replaced_at.is_none()
        };
        let mark = |earlier: &mut KeyRecord| {
            let is_replaced = is_replaced(earlier);
            if is_replaced {
                (earlier.replaced_at, earlier.tested) = (Some(by.changed_at), None);
            }
            is_replaced
        };
        let recorded = self.known_keys(&by.owner).and_then(|keys| Ok((keys, self.known_keys(&nobody)?)));
        for earlier in recorded.iter().flat_map(|(keys, found)| keys.iter().chain(found)) {
            self.amend_anyway(&mut earlier.clone(), mark);
        }
        // Those of which the records can't be read.
        for held in self.state().held.values_mut() {
            mark(&mut held.record);
        }
        recorded?;
        Ok(())
    }

    pub(super) async fn put_safety_copy(
        &self,
        record: &KeyRecord,
        key: &ApiKey,
    ) -> Result<(), KeychainError> {
        self.put_and_read_back(Purpose::SafetyCopy, record, key).await
    }
}

/// Marks a key as being made for as long as it lives, so that nobody takes the request for an interrupted one.
struct BeingMade<'a> {
    app: &'a ChannelKeys,
    id: String,
}

impl<'a> BeingMade<'a> {
    /// Refused while another key for the same channel is being made.
    fn begin(app: &'a ChannelKeys, record: &KeyRecord) -> Result<Self, Trouble> {
        let mut state = app.state();
        if state.being_made.iter().any(|(_, channel)| *channel == record.channel) {
            return Err(Trouble::AlreadyAsked);
        }
        state.being_made.push((record.id.clone(), record.channel.clone()));
        Ok(Self { app, id: record.id.clone() })
    }
}

impl Drop for BeingMade<'_> {
    fn drop(&mut self) {
        let left = {
            let mut state = self.app.state();
            state.being_made.retain(|(making, _)| *making != self.id);
            (state.lock_next && state.being_made.is_empty()).then(|| state.lock())
        };
        if let Some(left) = left {
            left.close();
        }
    }
}
