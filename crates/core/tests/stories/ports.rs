//! The ports, in memory: they do what they are told to, and note in one diary what was done and in which order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use channel_keys_core::channel::{Channel, ChannelId, Client, ClientId};
use channel_keys_core::clock::Clock;
use channel_keys_core::hub::{Health, Hub, HubError, NewKey, Offers, Person};
use channel_keys_core::keychain::{Entry, Keychain, KeychainError, Probe, Purpose};
use channel_keys_core::records::{KeyRecord, Owner, Records, RecordsError};
use channel_keys_core::secret::{ApiKey, Password, SessionToken};
use channel_keys_hub::RestHub;
use time::{Duration, OffsetDateTime};
use tokio::sync::{Notify, Semaphore};

/// What was done, in order.
#[derive(Clone, Default)]
pub struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    fn note(&self, what: impl Into<String>) {
        lock(&self.0).push(what.into());
    }

    /// All that was noted so far, which is forgotten.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.0))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panicked with it in hand")
}

/// A clock that stands still until a test moves it.
pub struct SetClock(Mutex<OffsetDateTime>);

impl SetClock {
    pub fn new() -> Self {
        Self(Mutex::new(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)))
    }

    pub fn forward(&self, by: Duration) {
        *lock(&self.0) += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> OffsetDateTime {
        *lock(&self.0)
    }
}

/// Records that last as long as the test, over every restart of the application.
pub struct MemoryRecords {
    diary: Diary,
    inner: Mutex<RecordsInside>,
}

#[derive(Default)]
struct RecordsInside {
    by_id: HashMap<String, KeyRecord>,
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

impl Records for MemoryRecords {
    fn write_key(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        let mut inner = lock(&self.inner);
        match &mut inner.writes_left {
            Some(0) => return Err(RecordsError),
            Some(left) => *left -= 1,
            None => {}
        }
        self.diary.note(format!("recorded as {}", record.state.word()));
        inner.by_id.insert(record.id.clone(), record.clone());
        Ok(())
    }

    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError> {
        Ok(lock(&self.inner).by_id.get(id).cloned())
    }

    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        let inner = lock(&self.inner);
        let mut keys: Vec<_> =
            inner.by_id.values().filter(|record| record.owner == *owner).cloned().collect();
        keys.sort_by(|a, b| b.asked_at.cmp(&a.asked_at).then_with(|| a.id.cmp(&b.id)));
        Ok(keys)
    }
}

/// A keychain that lasts as long as the test, over every restart of the application.
pub struct MemoryKeychain {
    diary: Diary,
    inner: Mutex<KeychainInside>,
    /// Somebody waits for the keychain to go on.
    waits: Notify,
    goes_on: Semaphore,
}

struct KeychainInside {
    entries: HashMap<Entry, (String, ApiKey)>,
    probe: Probe,
    puts: HashMap<Purpose, KeychainError>,
    gets: Option<KeychainError>,
    removals: Option<KeychainError>,
    gives_back_something_else: bool,
    holds: Option<Hold>,
}

/// Where the keychain keeps people waiting, as one does that asks for its password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    BeforePut,
    BeforeGet,
}

impl MemoryKeychain {
    pub fn new(diary: Diary) -> Self {
        let inner = KeychainInside {
            entries: HashMap::new(),
            probe: Probe::Ready,
            puts: HashMap::new(),
            gets: None,
            removals: None,
            gives_back_something_else: false,
            holds: None,
        };
        Self { diary, inner: Mutex::new(inner), waits: Notify::new(), goes_on: Semaphore::new(0) }
    }

    /// Nothing answers any more.
    pub fn go_away(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Absent;
        inner.puts = [Purpose::SafetyCopy, Purpose::Kept].map(|it| (it, KeychainError::Absent)).into();
        inner.gets = Some(KeychainError::Absent);
        inner.removals = Some(KeychainError::Absent);
    }

    /// All is well with it from now on.
    pub fn mend(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Ready;
        inner.puts.clear();
        inner.gets = None;
        inner.removals = None;
        inner.gives_back_something_else = false;
    }

    pub fn refuse_to_put(&self, purpose: Purpose, error: KeychainError) {
        lock(&self.inner).puts.insert(purpose, error);
    }

    pub fn refuse_to_remove(&self) {
        lock(&self.inner).removals = Some(KeychainError::Refused);
    }

    pub fn stay_locked(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Locked;
        inner.gets = Some(KeychainError::StayedLocked);
        inner.puts = [Purpose::SafetyCopy, Purpose::Kept].map(|it| (it, KeychainError::StayedLocked)).into();
        inner.removals = Some(KeychainError::StayedLocked);
    }

    pub fn give_back_something_else(&self) {
        lock(&self.inner).gives_back_something_else = true;
    }

    /// Keeps the next one who comes there waiting.
    pub fn hold(&self, hold: Hold) {
        lock(&self.inner).holds = Some(hold);
    }

    /// Until somebody waits for the keychain.
    pub async fn somebody_waits(&self) {
        self.waits.notified().await;
    }

    /// The person unlocked it.
    pub fn let_through(&self) {
        self.goes_on.add_permits(1);
    }

    fn is_held(&self, here: Hold) -> bool {
        let holds = &mut lock(&self.inner).holds;
        let held = *holds == Some(here);
        if held {
            *holds = None;
        }
        held
    }

    async fn pass(&self, here: Hold) {
        if self.is_held(here) {
            self.waits.notify_one();
            self.goes_on.acquire().await.expect("the keychain stays").forget();
        }
    }

    /// The entries, by what they are for, with their labels.
    pub fn entries(&self) -> Vec<(Purpose, String)> {
        let inner = lock(&self.inner);
        inner.entries.iter().map(|(entry, (label, _))| (entry.purpose, label.clone())).collect()
    }

    pub fn purposes(&self, id: &str) -> Vec<Purpose> {
        let inner = lock(&self.inner);
        let mut purposes: Vec<_> =
            inner.entries.keys().filter(|entry| entry.id == id).map(|entry| entry.purpose).collect();
        purposes.sort_by_key(|purpose| *purpose == Purpose::Kept);
        purposes
    }

    pub fn services(&self) -> Vec<&'static str> {
        let mut services: Vec<_> = lock(&self.inner).entries.keys().map(Entry::service).collect();
        services.sort_unstable();
        services
    }

    /// Whether this very key lies here so.
    pub fn holds(&self, id: &str, purpose: Purpose, key: &ApiKey) -> bool {
        let inner = lock(&self.inner);
        inner
            .entries
            .iter()
            .any(|(entry, (_, kept))| entry.id == id && entry.purpose == purpose && kept.same_as(key))
    }

    /// Somebody changes an entry behind the application's back.
    pub fn tamper(&self, id: &str, key: &ApiKey) {
        for (entry, (_, kept)) in &mut lock(&self.inner).entries {
            if entry.id == id {
                *kept = key.clone();
            }
        }
    }
}

#[async_trait]
impl Keychain for MemoryKeychain {
    async fn probe(&self) -> Probe {
        lock(&self.inner).probe
    }

    async fn put(&self, entry: &Entry, label: &str, key: &ApiKey) -> Result<(), KeychainError> {
        self.pass(Hold::BeforePut).await;
        let mut inner = lock(&self.inner);
        if let Some(error) = inner.puts.get(&entry.purpose) {
            return Err(*error);
        }
        self.diary.note(match entry.purpose {
            Purpose::SafetyCopy => "safety copy put",
            Purpose::Kept => "kept key put",
        });
        inner.entries.insert(entry.clone(), (label.to_owned(), key.clone()));
        Ok(())
    }

    async fn get(&self, entry: &Entry) -> Result<Option<ApiKey>, KeychainError> {
        self.pass(Hold::BeforeGet).await;
        let inner = lock(&self.inner);
        if let Some(error) = inner.gets {
            return Err(error);
        }
        if inner.gives_back_something_else {
            return Ok(Some(ApiKey::new("something else")));
        }
        Ok(inner.entries.get(entry).map(|(_, key)| key.clone()))
    }

    async fn remove(&self, entry: &Entry) -> Result<(), KeychainError> {
        let mut inner = lock(&self.inner);
        if let Some(error) = inner.removals {
            return Err(error);
        }
        if inner.entries.remove(entry).is_some() {
            self.diary.note(match entry.purpose {
                Purpose::SafetyCopy => "safety copy removed",
                Purpose::Kept => "kept key removed",
            });
        }
        Ok(())
    }
}

/// The real client, with a note of when a key is asked for.
pub struct WatchedHub {
    pub rest: RestHub,
    pub diary: Diary,
}

#[async_trait]
impl Hub for WatchedHub {
    fn offers(&self) -> Offers {
        self.rest.offers()
    }

    fn host(&self) -> String {
        self.rest.host()
    }

    async fn sign_in(&self, email: &str, password: &Password) -> Result<SessionToken, HubError> {
        self.rest.sign_in(email, password).await
    }

    async fn person(&self, token: &SessionToken) -> Result<Person, HubError> {
        self.rest.person(token).await
    }

    async fn client(&self, token: &SessionToken, client: &ClientId) -> Result<Client, HubError> {
        self.rest.client(token, client).await
    }

    async fn channels(&self, token: &SessionToken, client: &ClientId) -> Result<Vec<Channel>, HubError> {
        self.rest.channels(token, client).await
    }

    async fn make_key(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<NewKey, HubError> {
        self.diary.note("Hub asked");
        let answer = self.rest.make_key(token, client, channel).await;
        self.diary.note("Hub answered");
        answer
    }

    async fn health(&self, address: &str, key: &ApiKey) -> Result<Health, HubError> {
        self.rest.health(address, key).await
    }
}
