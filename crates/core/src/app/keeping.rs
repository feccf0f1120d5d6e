//! The keys that lie here: keeping, showing, testing, renaming and letting them go.

use std::cmp::Reverse;

use super::checking_keys::{Asked, Stands};
use super::{ChannelKeys, Messaging, Trouble};
use crate::channel::ChannelId;
use crate::history::{Ended, What};
use crate::hub::{HubError, Webhook};
use crate::keychain::{Entry, KeychainError, Probe, Purpose};
use crate::keys::KeyTest;
use crate::records::{KeyRecord, KeyState, Owner, Place, Realm, Tested};
use crate::secret::{ApiKey, Secret};
use crate::steps::Step;
use crate::text::{for_showing, id_for_showing, shortened};
use crate::webhook::ExtraWebhooks;

/// The most places that can be noted for a key (ours).
const MOST_PLACES: usize = 40;
/// The longest name of a key or a place, in characters (ours).
const LONGEST_NAME: usize = 80;
/// What the entry of a key that waits for its decision is called.
pub(super) const SAFETY_COPY: &str = "safety copy";
/// What the entry of a kept key without a name is called.
const NAMELESS: &str = "kept key";

impl ChannelKeys {
    /// The key itself, for showing, copying or testing it.
    pub async fn key(&self, id: &str) -> Result<ApiKey, Trouble> {
        let record = self.key_record(id)?;
        let held = self.state().held.get(id).map(|held| held.key.clone());
        match held {
            Some(key) => Ok(key),
            None => {
                let key = self.key_in_keychain(&record).await?;
                // Whoever asked may be gone, or the program locked, since the keychain was asked.
                let record = self.key_record(id)?;
                self.adopt(record, &key);
                Ok(key)
            }
        }
    }

    /// The key of a record from the keychain, without its being used.
    pub(super) async fn key_in_keychain(&self, record: &KeyRecord) -> Result<ApiKey, Trouble> {
        let entry = record.lies_at().ok_or(Trouble::NoSuchKey)?;
        let secret = self.ports.keychain.get(&entry).await?.ok_or(Trouble::NoSuchKey)?;
        Ok(record.checked_key(secret)?)
    }

    /// What is known of a key that this account made or pasted, or that was found again for one of its channels.
    pub fn key_record(&self, id: &str) -> Result<KeyRecord, Trouble> {
        let who = self.who()?;
        let held = self.state().held.get(id).map(|held| held.record.clone());
        let record = match held {
            Some(record) => Some(record),
            None => self.known_key(id)?,
        };
        let theirs = record.and_then(|record| self.as_theirs(&who, record));
        theirs.ok_or(Trouble::NoSuchKey)
    }

    /// Whether a key lies in the keychain, or with the client for which it was made, whoever's it is.
    pub fn lies_elsewhere(&self, id: &str) -> bool {
        let latest = self.latest(id);
        latest.is_some_and(|key| key.state.in_keychain() || key.state == KeyState::HandedOver)
    }

    /// Notes that a key was shown or copied.
    pub fn note_use(&self, id: &str, what: What) {
        if let Ok(record) = self.key_record(id) {
            self.note_key(&record, what, Ended::Done);
        }
        if what == What::KeyShown {
            self.reached(Step::Shown);
        }
        if what == What::KeyCopied {
            self.note_elsewhere(id);
        }
    }

    /// The person has the key where they can get at it without this program.
    pub(super) fn note_elsewhere(&self, id: &str) {
        if let Some(held) = self.state().held.get_mut(id) {
            held.copied = true;
        }
    }

    /// Keeps a key in the keychain under a name. The safety copy goes only after the kept key was read back.
    pub async fn keep_key(&self, id: &str, label: &str) -> Result<KeyRecord, Trouble> {
        let record = self.key_record(id)?;
        let key = self.key(id).await?;
        let record = self.put_kept(KeyRecord { label: name_from(label), ..record }, &key).await?;
        self.reached(Step::KeptRecordWritten);
        // Where both lie in the keychain, one too many loses nothing.
        let _ = self.ports.keychain.remove(&record.entry(Purpose::SafetyCopy)).await;
        self.reached(Step::SafetyCopyRemoved);
        self.note_key(&record, What::KeyKept, Ended::Done);
        Ok(record)
    }

    /// Gives a key another name, in the keychain too where it is kept there.
    pub async fn rename_key(&self, id: &str, label: &str) -> Result<KeyRecord, Trouble> {
        let record = KeyRecord { label: name_from(label), ..self.key_record(id)? };
        let record = if record.state == KeyState::Kept {
            let key = self.key(id).await?;
            self.put_kept(record, &key).await?
        } else {
            self.amend(&record, |latest| {
                latest.label.clone_from(&record.label);
                true
            })?
        };
        self.note_key(&record, What::KeyRenamed, Ended::Done);
        Ok(record)
    }

    /// Puts a key into the keychain under its name, and notes that it is kept. One that was let go meanwhile does not
    /// stay there.
    async fn put_kept(&self, named: KeyRecord, key: &ApiKey) -> Result<KeyRecord, Trouble> {
        self.put_and_read_back(Purpose::Kept, &named, key).await?;
        let now = self.now();
        let kept = self.amend(&named, |latest| {
            latest.label.clone_from(&named.label);
            if latest.state != KeyState::Kept {
                (latest.state, latest.changed_at) = (KeyState::Kept, now);
            }
            true
        });
        if kept == Err(Trouble::NoSuchKey) {
            let _ = self.ports.keychain.remove(&named.entry(Purpose::Kept)).await;
        }
        kept
    }

    /// Notes where a key is used. Names that are empty or there already are left out.
    pub fn set_places(&self, id: &str, places: Vec<Place>) -> Result<KeyRecord, Trouble> {
        let mut named: Vec<Place> = Vec::new();
        for place in places {
            let Some(name) = name_from(&place.name) else { continue };
            let is_new = named.iter().all(|earlier| earlier.name != name);
            if is_new && named.len() < MOST_PLACES {
                named.push(Place { name, done: place.done });
            }
        }
        let now = self.now();
        self.amend(&self.key_record(id)?, |record| {
            (record.places, record.reminders.last) = (named, Some(now));
            true
        })
    }

    /// Takes a key out of the keychain and of memory, because the person said so.
    pub async fn let_go(&self, id: &str) -> Result<(), Trouble> {
        self.put_out(id, KeyState::LetGo, What::KeyLetGo).await
    }

    /// Takes a key out of the keychain and of memory, and notes as what.
    pub(super) async fn put_out(&self, id: &str, state: KeyState, what: What) -> Result<(), Trouble> {
        let mut record = self.key_record(id)?;
        let keychain = &self.ports.keychain;
        let lies_there = record.state.in_keychain();
        // A keychain that failed may have taken the key all the same. Only an open one is asked, since asking a
        // locked one would trouble the person.
        let may_lie_there = record.state == KeyState::InMemory && keychain.probe().await == Probe::Ready;
        for purpose in [Purpose::SafetyCopy, Purpose::Kept] {
            let entry = record.entry(purpose);
            if lies_there {
                keychain.remove(&entry).await?;
            } else if may_lie_there {
                let _ = keychain.remove(&entry).await;
            } else {
                keychain.want_no_more(&entry);
            }
        }
        let was_a_key = lies_there || record.state == KeyState::InMemory;
        let seen = record.state;
        let before = self.note_state(&mut record, state);
        if before != seen && before.in_keychain() {
            // It was kept while it was taken out.
            for purpose in [Purpose::SafetyCopy, Purpose::Kept] {
                keychain.remove(&record.entry(purpose)).await?;
            }
        }
        self.state().held.remove(id);
        if was_a_key {
            self.note_key(&record, what, Ended::Done);
        }
        Ok(())
    }

    /// The keychain gave a key up after nobody waited for that any more. Whether anything is known of it now that was not:
    /// one that is still in memory lies there alone.
    pub fn came_out_late(&self, entry: &Entry) -> bool {
        let Entry::Key { id, .. } = entry else { return false };
        let Some(mut record) = self.latest(id) else { return false };
        let is_held = self.state().held.contains_key(id);
        let (now, state) = (self.now(), if is_held { KeyState::InMemory } else { KeyState::LetGo });
        let changed = self.amend_anyway(&mut record, |latest| {
            let lay_there = latest.lies_at().as_ref() == Some(entry);
            if lay_there {
                (latest.state, latest.changed_at) = (state, now);
            }
            lay_there
        });
        if changed && !is_held {
            self.note_key(&record, What::KeyLetGo, Ended::Done);
        }
        changed
    }

    /// The person is done with a new key: it leaves memory. Where it lies nowhere else, it has to have been copied.
    pub async fn done(&self, id: &str) -> Result<(), Trouble> {
        let record = self.key_record(id)?;
        if record.state != KeyState::InMemory {
            self.state().held.remove(id);
            return Ok(());
        }
        let copied = self.state().held.get(id).is_some_and(|held| held.copied);
        if copied { self.let_go(id).await } else { Err(Trouble::StoredNowhere) }
    }

    /// Asks the messaging host whether a key works, and remembers what it said. No message is sent.
    pub async fn test_key(&self, id: &str) -> Result<KeyTest, Trouble> {
        let mut record = self.key_record(id)?;
        let key = self.key(id).await?;
        let test = self.ask_health(&record, &key).await;
        self.remember_test(&mut record, &test);
        Ok(test)
    }

    /// Asks the messaging host, with a key kept here, where the number's messages are delivered. That its extra
    /// webhooks are not told is no trouble.
    pub async fn webhook(&self, id: &str) -> Result<Result<(Webhook, ExtraWebhooks), HubError>, Trouble> {
        let record = self.key_record(id)?;
        let key = self.key(id).await?;
        let main = match self.ask_webhook(&record, &key).await {
            Ok(main) => main,
            Err(error) => return Ok(Err(error)),
        };
        let extra = self.ask_extra_webhooks(&record, &key).await.unwrap_or_default();
        Ok(Ok((main, extra)))
    }

    pub(super) async fn ask_webhook(&self, record: &KeyRecord, key: &ApiKey) -> Result<Webhook, HubError> {
        let route = self.route();
        route.hub.webhook(address(&route.messaging, record), key).await
    }

    pub(super) async fn ask_health(&self, record: &KeyRecord, key: &ApiKey) -> KeyTest {
        let route = self.route();
        match route.hub.health(address(&route.messaging, record), key).await {
            Ok(health) => match (health.external_id.told(), &record.external_id) {
                (Some(told), Some(expected)) if told != expected => KeyTest::OtherNumber(health),
                (told, expected) => {
                    KeyTest::Works { for_this_number: told.is_some() && expected.is_some(), health }
                }
            },
            Err(HubError::KeyRefused(_) | HubError::Refused { status: 403, .. }) => KeyTest::Refused,
            Err(error) => KeyTest::CouldNotAsk(error),
        }
    }

    /// What a test found that the person asked for.
    pub(super) fn remember_test(&self, record: &mut KeyRecord, test: &KeyTest) {
        self.remember_answer(record, test, Asked::ByPerson);
    }

    /// A refusal counts from when it was first heard; silence changes nothing of what was known. Records that can't
    /// be written must not hide what the test found. Tells how the key stood before and stands now; nothing where
    /// nothing was learnt.
    pub(super) fn remember_answer(
        &self,
        record: &mut KeyRecord,
        test: &KeyTest,
        asked: Asked,
    ) -> Option<(Stands, Stands)> {
        // Everything may have been forgotten meanwhile, or the key moved to another number.
        *record = self.latest(&record.id).filter(|latest| latest.channel == record.channel)?;
        let (now, word) = (self.now(), test.word(record));
        if asked == Asked::ByItself && word == Tested::CouldNotAsk {
            return None;
        }
        let before = Stands::of(record);
        let answered = |record: &mut KeyRecord| {
            record.tested = Some((word, now));
            match word {
                Tested::Works | Tested::Limited | Tested::Blocked | Tested::NumberUnknown => {
                    (record.worked_at, record.refused_at, record.other_number_at) = (Some(now), None, None);
                }
                Tested::OtherNumber => {
                    (record.worked_at, record.refused_at) = (Some(now), None);
                    record.other_number_at = record.other_number_at.or(Some(now));
                }
                Tested::Refused => record.refused_at = record.refused_at.or(Some(now)),
                Tested::CouldNotAsk => {}
            }
            true
        };
        match self.amend(record, answered) {
            Ok(latest) => *record = latest,
            // It was let go, or moved to another number, while it was tested.
            Err(Trouble::NoSuchKey) => return None,
            Err(_) => _ = answered(record),
        }
        let after = Stands::of(record);
        let ended = match word {
            Tested::Works | Tested::Limited | Tested::Blocked | Tested::NumberUnknown => Ended::Done,
            Tested::OtherNumber => Ended::OtherNumber,
            Tested::Refused => Ended::Refused,
            Tested::CouldNotAsk => Ended::Unknown,
        };
        match asked {
            Asked::ByPerson => self.note_key(record, What::KeyTested, ended),
            // A check every quarter of an hour would hide what people did.
            Asked::ByItself if before != after => self.note_key(record, What::KeyChecked, ended),
            Asked::ByItself => {}
        }
        (word != Tested::CouldNotAsk).then_some((before, after))
    }

    /// The keys of a channel that lie here or whose fate is open, newest first.
    pub fn keys_here(&self, channel: &ChannelId) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.keys_of_account()?;
        keys.retain(|record| record.channel == *channel && Self::is_here_or_open(record));
        Ok(keys)
    }

    /// All keys that lie here or whose fate is open, of the account that is signed in.
    pub fn all_keys_here(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.keys_of_account()?;
        keys.retain(Self::is_here_or_open);
        Ok(keys)
    }

    /// The keys that wait for a decision: safety copies, keys in memory alone, and keys whose fate is open.
    pub fn waiting_keys(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.all_keys_here()?;
        keys.retain(|record| record.state != KeyState::Kept);
        Ok(keys)
    }

    pub(super) fn keys_of_account(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let who = self.who()?;
        let mut keys = self.known_keys(&who.owner())?;
        let found = self.known_keys(&Owner::nobody(who.route.realm))?;
        keys.extend(found.into_iter().filter_map(|record| self.as_theirs(&who, record)));
        keys.sort_by_key(|record| Reverse(record.sequence));
        Ok(keys.into_iter().map(|record| self.as_it_is(record)).collect())
    }

    /// A record as it is now: memory knows more of a key that it holds, and what was in hand when the program
    /// stopped is in nobody's hand any more.
    fn as_it_is(&self, record: KeyRecord) -> KeyRecord {
        let state = self.state();
        if state.is_being_made(&record.id) {
            return record;
        }
        if let Some(held) = state.held.get(&record.id) {
            return held.record.clone();
        }
        match record.state {
            KeyState::Asked => KeyRecord { state: KeyState::Interrupted, ..record },
            KeyState::InMemory => KeyRecord { state: KeyState::NotLookedFor, ..record },
            _ => record,
        }
    }

    fn is_here_or_open(record: &KeyRecord) -> bool {
        match record.state {
            KeyState::Kept | KeyState::SafetyCopy | KeyState::InMemory => true,
            KeyState::Unknown | KeyState::Interrupted | KeyState::NotLookedFor | KeyState::Lost => {
                record.replaced_at.is_none()
            }
            KeyState::Asked | KeyState::NotMade | KeyState::LetGo | KeyState::HandedOver => false,
        }
    }

    /// A record as it is now: much may have happened while a host or the keychain was waited for.
    pub(super) fn latest(&self, id: &str) -> Option<KeyRecord> {
        let held = self.state().held.get(id).map(|held| held.record.clone());
        held.or_else(|| self.known_key(id).ok().flatten())
    }

    pub(super) async fn put_and_read_back(
        &self,
        purpose: Purpose,
        record: &KeyRecord,
        key: &ApiKey,
    ) -> Result<(), KeychainError> {
        let keychain = &self.ports.keychain;
        let entry = record.entry(purpose);
        let (put, read_back) = match purpose {
            Purpose::SafetyCopy => (Step::SafetyCopyPut, Step::SafetyCopyReadBack),
            Purpose::Kept => (Step::KeptKeyPut, Step::KeptKeyReadBack),
        };
        keychain.put(&entry, &entry_label(purpose, record), &Secret::from(key)).await?;
        self.reached(put);
        let there = keychain.get(&entry).await?.map(ApiKey::from);
        if !there.is_some_and(|there| there.same_as(key)) {
            return Err(KeychainError::NotKept);
        }
        self.reached(read_back);
        Ok(())
    }
}

impl KeyRecord {
    /// Where this key lies in the keychain for a purpose, whether or not it does.
    pub(super) fn entry(&self, purpose: Purpose) -> Entry {
        Entry::Key { realm: self.owner.realm, purpose, channel: self.channel.clone(), id: self.id.clone() }
    }

    /// What a keychain gave for this key, unless that can't be it.
    pub(super) fn checked_key(&self, secret: Secret) -> Result<ApiKey, KeychainError> {
        let key = ApiKey::from(secret);
        let is_another = self.tail.as_ref().is_some_and(|tail| *tail != key.ending());
        if is_another { Err(KeychainError::GaveAnother) } else { Ok(key) }
    }

    /// Where the key lies by this record; none where it lies in no keychain.
    pub(super) fn lies_at(&self) -> Option<Entry> {
        match self.state {
            KeyState::SafetyCopy => Some(self.entry(Purpose::SafetyCopy)),
            KeyState::Kept => Some(self.entry(Purpose::Kept)),
            _ => None,
        }
    }
}

pub(super) fn address<'a>(messaging: &'a Messaging, record: &'a KeyRecord) -> &'a str {
    match messaging {
        Messaging::Here(here) => here,
        Messaging::ComesWithKey(otherwise) => record.address.as_deref().unwrap_or(otherwise),
    }
}

/// A name as a person gives it, cleaned and not too long; none where nothing is left.
fn name_from(text: &str) -> Option<String> {
    Some(shortened(text, LONGEST_NAME).0).filter(|name| !name.is_empty())
}

/// How the entry reads in the system's own keychain program.
fn entry_label(purpose: Purpose, record: &KeyRecord) -> String {
    // An earlier version may have written it.
    let name = record.label.as_deref().map(for_showing);
    let kind = match (purpose, &name) {
        (Purpose::SafetyCopy, _) => SAFETY_COPY,
        (Purpose::Kept, Some(name)) => name,
        (Purpose::Kept, None) => NAMELESS,
    };
    let number = (record.channel_name.as_deref(), record.number.as_deref());
    label_of(record.owner.realm, number, &record.channel, kind)
}

/// How an entry of a number reads there, for whatever it is. Cleaned, since a keychain takes no NUL, and its own program
/// shows a label as it is.
pub(super) fn label_of(
    realm: Realm,
    (name, number): (Option<&str>, Option<&str>),
    channel: &ChannelId,
    kind: &str,
) -> String {
    let name = name.map(for_showing).filter(|name| !name.is_empty());
    let channel = match (name, number.map(for_showing)) {
        (Some(name), Some(number)) => format!("{name} +{number}"),
        (Some(one), None) => one,
        (None, Some(number)) => format!("+{number}"),
        (None, None) => id_for_showing(&channel.0),
    };
    match realm {
        Realm::Real => format!("Channel Keys: {channel} ({kind})"),
        Realm::Practice => format!("Channel Keys practice: {channel} ({kind})"),
    }
}

/// The name that a person gave a key, as its entry reads in the keychain's own program; what was written there in the
/// place of ours is the name itself.
pub(super) fn name_in_label(label: &str) -> Option<String> {
    let ours = ["Channel Keys practice: ", "Channel Keys: "].iter().find_map(|head| label.strip_prefix(head));
    let Some(ours) = ours else { return name_from(label) };
    let ours = ours.strip_suffix(')')?;
    let follows_number = |(before, _): &(&str, &str)| {
        before.rsplit_once('+').is_some_and(|(_, digits)| digits.chars().all(|digit| digit.is_ascii_digit()))
    };
    // A channel's own name may have a bracket in it, and so may the key's.
    let splits =
        || ours.match_indices(" (").filter_map(|(at, _)| Some((ours.get(..at)?, ours.get(at + 2..)?)));
    let (_, name) = splits().find(follows_number).or_else(|| splits().next())?;
    name_from(name).filter(|name| name != NAMELESS && name != SAFETY_COPY)
}

#[cfg(test)]
mod label_tests {
    use super::*;

    #[test]
    fn the_name_of_a_key_is_read_back_from_what_its_entry_is_called() {
        let number = |name, digits| (name, digits);
        for (of, name) in [
            (number(Some("Front desk"), Some("493055570142")), "Booking system"),
            (number(Some("Bar (Berlin)"), Some("493055570142")), "Till (new)"),
            (number(None, None), "Key of Spa"),
        ] {
            for realm in [Realm::Real, Realm::Practice] {
                let label = label_of(realm, of, &ChannelId("tQ8m2ZCH".into()), name);
                assert_eq!(name_in_label(&label).as_deref(), Some(name), "{label}");
            }
        }
        let nameless = label_of(Realm::Real, number(Some("Spa"), None), &ChannelId("x".into()), NAMELESS);
        assert_eq!(name_in_label(&nameless), None);
        assert_eq!(name_in_label("Our till").as_deref(), Some("Our till"), "somebody's own words");
        assert_eq!(name_in_label(""), None);
    }
}
