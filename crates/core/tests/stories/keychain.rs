//! The system's keychain, in memory: it does what it is told to.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::keychain::{CantLook, Entry, Keychain, KeychainError, Lying, Probe, Purpose};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::{ApiKey, Secret};

use crate::ports::{Diary, Gate, lock};

/// A keychain that lasts as long as the test, over every restart of the application.
pub struct MemoryKeychain {
    diary: Diary,
    inner: Mutex<KeychainInside>,
    gate: Gate<Hold>,
}

struct KeychainInside {
    entries: HashMap<Entry, (String, Secret)>,
    probe: Probe,
    puts: HashMap<Purpose, KeychainError>,
    gets: Option<KeychainError>,
    removals: Option<KeychainError>,
    gives_back_something_else: bool,
    cant_look: Option<CantLook>,
    trials: Option<KeychainError>,
    tried: Vec<String>,
    usernames: Option<String>,
    read: usize,
    answers_late: bool,
    late: HashMap<Entry, (String, Secret)>,
}

/// Where the keychain keeps people waiting, as one does that asks for its password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    Put,
    Get,
    Remove,
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
            cant_look: None,
            trials: None,
            tried: Vec::new(),
            usernames: None,
            read: 0,
            answers_late: false,
            late: HashMap::new(),
        };
        Self { diary, inner: Mutex::new(inner), gate: Gate::open() }
    }

    /// Nothing answers any more.
    pub fn go_away(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Absent;
        inner.cant_look = Some(CantLook::Absent);
        inner.puts = [Purpose::SafetyCopy, Purpose::Kept].map(|it| (it, KeychainError::Absent)).into();
        inner.gets = Some(KeychainError::Absent);
        inner.removals = Some(KeychainError::Absent);
    }

    /// All is well with it from now on.
    pub fn mend(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Ready;
        inner.cant_look = None;
        inner.trials = None;
        inner.puts.clear();
        inner.gets = None;
        inner.removals = None;
        inner.gives_back_something_else = false;
    }

    pub fn refuse_to_put(&self, purpose: Purpose, error: KeychainError) {
        lock(&self.inner).puts.insert(purpose, error);
    }

    /// It is there and open, and takes nothing.
    pub fn refuse_all(&self, error: KeychainError) {
        let mut inner = lock(&self.inner);
        inner.trials = Some(error);
        inner.puts = [Purpose::SafetyCopy, Purpose::Kept].map(|it| (it, error)).into();
    }

    pub fn refuse_to_remove(&self) {
        lock(&self.inner).removals = Some(KeychainError::Refused);
    }

    pub fn stay_locked(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Locked;
        inner.cant_look = Some(CantLook::Locked);
        inner.gets = Some(KeychainError::StayedLocked);
        inner.puts = [Purpose::SafetyCopy, Purpose::Kept].map(|it| (it, KeychainError::StayedLocked)).into();
        inner.removals = Some(KeychainError::StayedLocked);
    }

    /// It is locked, and the person unlocks it when nobody waits for it any more.
    pub fn answer_late(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Locked;
        inner.answers_late = true;
    }

    /// The person unlocked it, and what was given up comes to its end.
    pub fn come_to_what_waited(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Ready;
        inner.answers_late = false;
        let late = std::mem::take(&mut inner.late);
        inner.entries.extend(late);
    }

    /// It is open and asks about each entry, and the person does not answer.
    pub fn ask_in_vain(&self) {
        lock(&self.inner).gets = Some(KeychainError::NotAllowed);
    }

    /// It is locked, and the person unlocks it when it asks.
    pub fn lock_until_unlocked(&self) {
        let mut inner = lock(&self.inner);
        inner.probe = Probe::Locked;
        inner.cant_look = Some(CantLook::Locked);
    }

    pub fn give_back_something_else(&self) {
        lock(&self.inner).gives_back_something_else = true;
    }

    /// It does all else, and can't be looked through.
    pub fn hide_what_lies_here(&self, why: CantLook) {
        lock(&self.inner).cant_look = Some(why);
    }

    /// How often a secret was asked for, which is forgotten.
    pub fn take_reads(&self) -> usize {
        std::mem::take(&mut lock(&self.inner).read)
    }

    /// Keeps the next one who comes there waiting.
    pub fn hold(&self, hold: Hold) {
        self.gate.hold(hold);
    }

    /// Until somebody waits for the keychain.
    pub async fn somebody_waits(&self) {
        self.gate.somebody_waits().await;
    }

    /// The person unlocked it.
    pub fn let_through(&self) {
        self.gate.let_through();
    }

    /// The entries, by what they are for, with their labels.
    pub fn entries(&self) -> Vec<(Purpose, String)> {
        let inner = lock(&self.inner);
        let keys =
            inner.entries.iter().filter_map(|(entry, (label, _))| Some((purpose(entry)?, label.clone())));
        keys.collect()
    }

    /// It takes nothing under such a name.
    pub fn refuse_usernames_with(&self, part: &str) {
        lock(&self.inner).usernames = Some(part.to_owned());
    }

    /// What it was tried out with was called so, each time.
    pub fn tried(&self) -> Vec<String> {
        lock(&self.inner).tried.clone()
    }

    pub fn purposes(&self, id: &str) -> Vec<Purpose> {
        let inner = lock(&self.inner);
        let mut purposes: Vec<_> =
            inner.entries.keys().filter(|entry| is_of(entry, id)).filter_map(purpose).collect();
        purposes.sort_by_key(|purpose| *purpose == Purpose::Kept);
        purposes
    }

    /// The channels under which a key lies here.
    pub fn channels(&self, key: &str) -> Vec<ChannelId> {
        let inner = lock(&self.inner);
        let channels = inner.entries.keys().filter_map(|entry| match entry {
            Entry::Key { id, channel, .. } if id == key => Some(channel.clone()),
            _ => None,
        });
        channels.collect()
    }

    pub fn services(&self) -> Vec<&'static str> {
        let mut services: Vec<_> = lock(&self.inner).entries.keys().map(Entry::service).collect();
        services.sort_unstable();
        services
    }

    /// Whether this very key lies here so.
    pub fn holds(&self, id: &str, purpose: Purpose, key: &ApiKey) -> bool {
        let inner = lock(&self.inner);
        let lies_so = |entry: &Entry| is_of(entry, id) && self::purpose(entry) == Some(purpose);
        inner.entries.iter().any(|(entry, (_, kept))| lies_so(entry) && kept.expose() == key.expose())
    }

    /// The sessions that lie here, by their users.
    pub fn sessions(&self) -> Vec<String> {
        let inner = lock(&self.inner);
        let users = inner.entries.keys().filter_map(|entry| match entry {
            Entry::Session { user, .. } => Some(user.clone()),
            _ => None,
        });
        users.collect()
    }

    /// The webhooks that lie here, whole.
    pub fn webhooks(&self) -> Vec<String> {
        let inner = lock(&self.inner);
        let all = inner.entries.iter().filter(|(entry, _)| matches!(entry, Entry::Webhook { .. }));
        all.map(|(_, (_, whole))| whole.expose().to_owned()).collect()
    }

    /// Somebody takes them out.
    pub fn lose_webhooks(&self) {
        lock(&self.inner).entries.retain(|entry, _| !matches!(entry, Entry::Webhook { .. }));
    }

    /// Somebody changes an entry behind the application's back.
    pub fn tamper(&self, id: &str, key: &ApiKey) {
        for (entry, (_, kept)) in &mut lock(&self.inner).entries {
            if is_of(entry, id) {
                *kept = Secret::from(key);
            }
        }
    }
}

fn is_of(entry: &Entry, key: &str) -> bool {
    matches!(entry, Entry::Key { id, .. } if id == key)
}

fn purpose(entry: &Entry) -> Option<Purpose> {
    match entry {
        Entry::Key { purpose, .. } => Some(*purpose),
        _ => None,
    }
}

fn is_else(entry: &Entry, session: &'static str, webhook: &'static str) -> &'static str {
    if matches!(entry, Entry::Webhook { .. }) { webhook } else { session }
}

#[async_trait]
impl Keychain for MemoryKeychain {
    async fn probe(&self) -> Probe {
        lock(&self.inner).probe
    }

    async fn put(&self, entry: &Entry, label: &str, secret: &Secret) -> Result<(), KeychainError> {
        if !matches!(entry, Entry::Trial { .. }) {
            self.gate.pass(Hold::Put).await;
        }
        let mut inner = lock(&self.inner);
        // As the interface of the Secret Service has it.
        let refused = inner.usernames.as_deref().unwrap_or("\0");
        if label.contains('\0') || entry.username().contains(refused) {
            return Err(KeychainError::Refused);
        }
        if let Entry::Trial { .. } = entry {
            inner.tried.push(label.to_owned());
            if let Some(error) = inner.trials {
                return Err(error);
            }
            inner.entries.insert(entry.clone(), (label.to_owned(), secret.clone()));
            return Ok(());
        }
        if inner.answers_late {
            inner.late.insert(entry.clone(), (label.to_owned(), secret.clone()));
            return Err(KeychainError::StayedLocked);
        }
        // A keychain that takes no kept key takes no session either.
        let purpose = purpose(entry);
        if let Some(error) = inner.puts.get(&purpose.unwrap_or(Purpose::Kept)) {
            return Err(*error);
        }
        self.diary.note(match purpose {
            Some(Purpose::SafetyCopy) => "safety copy put",
            Some(Purpose::Kept) => "kept key put",
            None => is_else(entry, "session put", "webhook put"),
        });
        inner.entries.insert(entry.clone(), (label.to_owned(), secret.clone()));
        Ok(())
    }

    async fn get(&self, entry: &Entry) -> Result<Option<Secret>, KeychainError> {
        if !matches!(entry, Entry::Trial { .. }) {
            lock(&self.inner).read += 1;
            self.gate.pass(Hold::Get).await;
        }
        let inner = lock(&self.inner);
        if let Some(error) = inner.gets {
            return Err(error);
        }
        if inner.gives_back_something_else {
            return Ok(Some(Secret::new("something else")));
        }
        Ok(inner.entries.get(entry).map(|(_, secret)| secret.clone()))
    }

    async fn remove(&self, entry: &Entry) -> Result<(), KeychainError> {
        if !matches!(entry, Entry::Trial { .. }) {
            self.gate.pass(Hold::Remove).await;
        }
        let mut inner = lock(&self.inner);
        assert!(!inner.answers_late, "nobody is to be asked to unlock it for this");
        if let Some(error) = inner.removals {
            return Err(error);
        }
        if inner.entries.remove(entry).is_some() && !matches!(entry, Entry::Trial { .. }) {
            self.diary.note(match purpose(entry) {
                Some(Purpose::SafetyCopy) => "safety copy removed",
                Some(Purpose::Kept) => "kept key removed",
                None => is_else(entry, "session removed", "webhook removed"),
            });
        }
        Ok(())
    }

    fn want_no_more(&self, entry: &Entry) {
        lock(&self.inner).late.remove(entry);
    }

    async fn keys(&self, realm: Realm) -> Result<Vec<Lying>, CantLook> {
        let inner = lock(&self.inner);
        if let Some(why) = inner.cant_look {
            return Err(why);
        }
        let of_realm = inner.entries.iter().filter(|(entry, _)| entry.service() == realm.service());
        // As their names are read from outside: what is no key's is left out.
        let lying = of_realm.filter_map(|(entry, (label, _))| {
            Some(Lying { entry: Entry::of_key(realm, &entry.username())?, label: Some(label.clone()) })
        });
        Ok(lying.collect())
    }
}
