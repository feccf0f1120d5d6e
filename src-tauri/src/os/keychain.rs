//! The system's keychain through the keyring crates.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use async_trait::async_trait;
use keyring_core::api::CredentialStore;
use parking_lot::Mutex;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;

use channel_keys_core::keychain::{CantLook, Entry, Keychain, KeychainError, Lying, Probe};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::Secret;

/// How long a call may wait for the person to unlock the keychain; tests can't wait for that.
const UNLOCKING: Duration = if cfg!(test) { Duration::from_millis(300) } else { Duration::from_secs(90) };
/// How long the keychain may take to say whether it is there, and what lies in it.
const PROBING: Duration = Duration::from_secs(2);
/// How long an answer is looked for once more whose time is up (ours): where the program itself was stopped meanwhile, the
/// answer is there, and is read a moment later.
const BOTH_AT_ONCE: Duration = Duration::from_secs(1);
/// How often something is tried again (ours): KDE's wallet fails about one first call in forty of a new connection (seen).
const MOST_RETRIES: u32 = 2;
/// How long the start waits to learn which program answers as the keychain.
const NAMING: Duration = Duration::from_millis(300);

/// The system's keychain.
#[derive(Clone, Default)]
pub struct SystemKeychain {
    /// Opened at the first use, never at the start; a failure is not remembered.
    store: Arc<Mutex<Option<Arc<CredentialStore>>>>,
    program: Arc<watch::Sender<Option<Program>>>,
    /// What was taken out since it was last put in: a put that was given up may come to its end after that.
    unwanted: Arc<Mutex<HashSet<Entry>>>,
    /// What was taken out when nobody waited for that any more.
    late: Arc<(Mutex<Vec<Entry>>, Notify)>,
}

/// A call to the keychain. Whoever waits for it and the thread that makes it each end it: who comes second knows of the
/// first.
#[derive(Clone, Default)]
struct Call(Arc<AtomicBool>);

impl Call {
    fn is_over(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Whether it was over before.
    fn end(&self) -> bool {
        self.0.swap(true, Ordering::SeqCst)
    }
}

/// Nobody waits for a call any more, in time or not.
struct Waits(Call);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// What a thread answers in time.
async fn in_time<T>(limit: Duration, mut asked: JoinHandle<T>) -> Option<Result<T, JoinError>> {
    match timeout(limit, &mut asked).await {
        Ok(answer) => Some(answer),
        Err(_) => timeout(BOTH_AT_ONCE, asked).await.ok(),
    }
}

/// A program that answers as the Secret Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// KeePassXC.
    KeePassXc,
    /// KDE's wallet.
    KdeWallet,
    /// Another one, GNOME's as a rule.
    Other,
}

impl SystemKeychain {
    /// Asks the bus which program answers as the keychain; the keychain itself is asked nothing.
    pub fn detect_provider(&self) {
        let keychain = self.clone();
        let (done, looked) = mpsc::channel();
        std::thread::spawn(move || {
            keychain.note_provider();
            let _ = done.send(());
        });
        let _ = looked.recv_timeout(NAMING);
    }

    /// The program that answered last; none before one did.
    pub fn program(&self) -> Option<Program> {
        *self.program.borrow()
    }

    /// Tells when another program answers.
    pub fn named(&self) -> watch::Receiver<Option<Program>> {
        self.program.subscribe()
    }

    fn note_provider(&self) {
        if let Some(program) = program_on_bus() {
            self.program.send_if_modified(|named| named.replace(program) != Some(program));
        }
    }

    fn open(&self) -> Result<Arc<CredentialStore>, KeychainError> {
        let store = || self.store.lock();
        if let Some(open) = &*store() {
            return Ok(open.clone());
        }
        // Without the lock: a keychain program that hangs would hold up whoever only wants to close it.
        let opened = open_store()?;
        Ok(store().insert(opened).clone())
    }

    /// What is asked next opens the keychain anew.
    fn close(&self) {
        *self.store.lock() = None;
    }

    /// Does something with an entry. Where the keychain program fails at it, again with a keychain opened anew: it may
    /// have been started anew since, or be another one, and then knows nothing of what was agreed on before.
    fn act<T>(
        &self,
        entry: &Entry,
        label: Option<&str>,
        act: impl Fn(&keyring_core::Entry) -> keyring_core::Result<T>,
    ) -> Result<T, KeychainError> {
        // Only the Secret Service shows a label beside service and user name.
        let modifiers =
            label.filter(|_| cfg!(target_os = "linux")).map(|label| HashMap::from([("label", label)]));
        let once = || {
            let store = self.open()?;
            let entry = store.build(entry.service(), &entry.username(), modifiers.as_ref());
            Ok(entry.and_then(|entry| act(&entry)))
        };
        let mut done = once()?;
        for _ in 0..MOST_RETRIES {
            if !matches!(&done, Err(error) if failure(error) == KeychainError::Refused) {
                break;
            }
            self.close();
            wait_for_program();
            done = once()?;
        }
        done.map_err(|error| failure(&error))
    }

    /// The next key that was taken out when nobody waited for that any more.
    pub async fn came_out_late(&self) -> Entry {
        let (late, notify) = &*self.late;
        loop {
            // Before it is looked: what comes in between is not missed.
            let comes = notify.notified();
            if let Some(entry) = late.lock().pop() {
                return entry;
            }
            comes.await;
        }
    }

    /// A call to the system's keychain blocks, and waits for the person where it is locked, or asks whether it may.
    async fn wait<T: Send + 'static>(
        &self,
        act: impl FnOnce(Self, &Call) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (keychain, call) = (self.clone(), Call::default());
        let waits = Waits(call.clone());
        let asked = tokio::task::spawn_blocking(move || act(keychain, &call));
        let answer = in_time(UNLOCKING, asked).await;
        drop(waits);
        let outcome = match answer {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => {
                self.close();
                Err(KeychainError::Refused)
            }
            None => {
                // It still waits there, and whatever came after it would wait behind it.
                self.close();
                Err(KeychainError::StayedLocked)
            }
        };
        if outcome.as_ref().err() != Some(&KeychainError::StayedLocked) {
            return outcome;
        }
        Err(match self.probe().await {
            // An open one may ask about each entry.
            Probe::Ready => KeychainError::NotAllowed,
            Probe::Absent => KeychainError::Absent,
            _ => KeychainError::StayedLocked,
        })
    }
}

#[async_trait]
impl Keychain for SystemKeychain {
    async fn probe(&self) -> Probe {
        let keychain = self.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let probe = probe_system();
            keychain.note_provider();
            probe
        });
        match in_time(PROBING, asked).await {
            Some(Ok(probe)) => probe,
            _ => Probe::Absent,
        }
    }

    async fn put(&self, entry: &Entry, label: &str, secret: &Secret) -> Result<(), KeychainError> {
        self.unwanted.lock().remove(entry);
        let (entry, label, secret) = (entry.clone(), label.to_owned(), secret.clone());
        let put = self
            .wait(move |keychain, call| {
                // Of a key that came there late, the records say where to look for it; nothing does of these.
                let only_in_time = matches!(entry, Entry::Session { .. } | Entry::Trial { .. });
                keychain.act(&entry, Some(&label), |credential| {
                    credential.set_password(secret.expose())?;
                    relabel(credential, &label);
                    let is_late = only_in_time && call.end();
                    if is_late || keychain.unwanted.lock().contains(&entry) {
                        credential.delete_credential()
                    } else {
                        Ok(())
                    }
                })
            })
            .await;
        match put {
            // To the store, one that was never set up looks locked.
            Err(_) if self.probe().await == Probe::NotSetUp => Err(KeychainError::NotSetUp),
            put => put,
        }
    }

    async fn get(&self, entry: &Entry) -> Result<Option<Secret>, KeychainError> {
        let entry = entry.clone();
        let found = self
            .wait(move |keychain, _| {
                keychain.act(&entry, None, |credential| match credential.get_password() {
                    Ok(secret) => Ok(Some(Secret::new(secret))),
                    Err(keyring_core::Error::NoEntry) => Ok(None),
                    Err(error) => Err(error),
                })
            })
            .await?;
        // "Nothing kept" and "no keychain" look alike to the store where none was set up.
        match found {
            None if self.probe().await == Probe::NotSetUp => Err(KeychainError::NotSetUp),
            found => Ok(found),
        }
    }

    async fn remove(&self, entry: &Entry) -> Result<(), KeychainError> {
        self.unwanted.lock().insert(entry.clone());
        let entry = entry.clone();
        self.wait(move |keychain, call| {
            keychain.act(&entry, None, |credential| {
                // Where it is locked, this waits for the person, who may decide otherwise meanwhile.
                let there = credential.get_credential();
                if call.is_over() || !keychain.unwanted.lock().contains(&entry) {
                    return Err(keyring_core::Error::NoStorageAccess("nobody wants it any more".into()));
                }
                let removed = match there.and_then(|_| credential.delete_credential()) {
                    Err(keyring_core::Error::NoEntry) => Ok(()),
                    removed => removed,
                };
                if removed.is_ok() && call.end() {
                    keychain.late.0.lock().push(entry.clone());
                    keychain.late.1.notify_one();
                }
                removed
            })
        })
        .await
    }

    fn want_no_more(&self, entry: &Entry) {
        self.unwanted.lock().insert(entry.clone());
    }

    async fn keys(&self, realm: Realm) -> Result<Vec<Lying>, CantLook> {
        let looked = tokio::task::spawn_blocking(move || usernames(realm.service()));
        let Some(Ok(usernames)) = in_time(PROBING, looked).await else {
            return Err(CantLook::Absent);
        };
        let key = |(username, label): (String, Option<String>)| {
            Some(Lying { entry: Entry::of_key(realm, &username)?, label })
        };
        Ok(usernames?.into_iter().filter_map(key).collect())
    }
}

fn failure(error: &keyring_core::Error) -> KeychainError {
    match error {
        keyring_core::Error::NoDefaultStore => KeychainError::Absent,
        keyring_core::Error::NoStorageAccess(_) => KeychainError::StayedLocked,
        keyring_core::Error::PlatformFailure(cause) if was_declined(cause.as_ref()) => {
            KeychainError::StayedLocked
        }
        _ => KeychainError::Refused,
    }
}

/// Whether the person said no when the keychain program asked.
#[cfg(target_os = "linux")]
fn was_declined(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(cause.downcast_ref(), Some(secret_service::Error::Prompt))
}

/// These say so themselves.
#[cfg(not(target_os = "linux"))]
fn was_declined(_: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    false
}

/// The store labels an item when it makes it; one that was there already gets its new label here. A label that can't
/// be set costs nobody a key.
#[cfg(target_os = "linux")]
fn relabel(credential: &keyring_core::Entry, label: &str) {
    if let Some(item) =
        credential.as_any().downcast_ref::<zbus_secret_service_keyring_store::cred::Specifier>()
    {
        let _ = item.set_label(label);
    }
}

/// No label stands beside service and user name here.
#[cfg(not(target_os = "linux"))]
fn relabel(_: &keyring_core::Entry, _: &str) {}

#[cfg(target_os = "linux")]
fn open_store() -> Result<Arc<CredentialStore>, KeychainError> {
    match zbus_secret_service_keyring_store::Store::new() {
        Ok(store) => Ok(store),
        Err(_) => Err(KeychainError::Absent),
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn open_store() -> Result<Arc<CredentialStore>, KeychainError> {
    keyring::Entry::store_status().as_ref().map_err(|_| KeychainError::Absent)?;
    keyring_core::get_default_store().ok_or(KeychainError::Absent)
}

/// The name of the Secret Service on the bus.
#[cfg(target_os = "linux")]
const SERVICE: &str = "org.freedesktop.secrets";

/// How long lies between two questions to a keychain program that says it has no default collection (ours).
#[cfg(target_os = "linux")]
const ASKED_TWICE: Duration = Duration::from_millis(300);

/// The program that has the name of the Secret Service on the session bus; none where none has.
#[cfg(target_os = "linux")]
fn program_on_bus() -> Option<Program> {
    let bus = zbus::blocking::Connection::session().ok()?;
    let bus = zbus::blocking::fdo::DBusProxy::new(&bus).ok()?;
    let process = bus.get_connection_unix_process_id(SERVICE.try_into().ok()?).ok()?;
    // Its name alone: the path is kept from others where a program guards itself.
    let name = std::fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    Some(match name.trim() {
        "keepassxc" => Program::KeePassXc,
        "kwalletd5" | "kwalletd6" | "ksecretd" => Program::KdeWallet,
        _ => Program::Other,
    })
}

/// One that is started anew has no name on the bus for a moment.
#[cfg(target_os = "linux")]
fn wait_for_program() {
    const LOOKS: u32 = 20;
    for _ in 0..LOOKS {
        if program_on_bus().is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
}

/// Nothing is started anew here.
#[cfg(not(target_os = "linux"))]
fn wait_for_program() {}

/// These systems have one keychain.
#[cfg(not(target_os = "linux"))]
fn program_on_bus() -> Option<Program> {
    None
}

/// Asks the Secret Service for its default collection and whether that is locked. Neither opens a prompt.
#[cfg(target_os = "linux")]
fn probe_system() -> Probe {
    use zbus::zvariant::OwnedObjectPath;

    let Ok(bus) = zbus::blocking::Connection::session() else {
        return Probe::Absent;
    };
    let default = || {
        bus.call_method(
            Some(SERVICE),
            "/org/freedesktop/secrets",
            Some("org.freedesktop.Secret.Service"),
            "ReadAlias",
            &("default",),
        )
        .and_then(|answer| answer.body().deserialize::<OwnedObjectPath>())
    };
    let Ok(mut collection) = default() else {
        return Probe::Absent;
    };
    if collection.as_str() == "/" {
        // One that was set up answered so once, under load (seen; why is not known): a person would be told wrongly
        // that it never was.
        std::thread::sleep(ASKED_TWICE);
        match default() {
            Ok(again) if again.as_str() != "/" => collection = again,
            _ => return Probe::NotSetUp,
        }
    }
    let locked = zbus::blocking::Proxy::new(&bus, SERVICE, collection, "org.freedesktop.Secret.Collection")
        .and_then(|proxy| {
            Ok((proxy.get_property::<bool>("Locked")?, proxy.get_property::<String>("Label")?))
        });
    match locked {
        Ok((false, _)) => Probe::Ready,
        Ok((true, wallet)) if is_open_wallet(&bus, &wallet) => Probe::Ready,
        Ok((true, _)) => Probe::Locked,
        Err(_) => Probe::Absent,
    }
}

/// Whether KDE's wallet is open by its own word: to the Secret Service it is locked until the first program that uses
/// it so was let in, which asks nobody anything (seen with `kwalletd5` and `kwalletd6`).
#[cfg(target_os = "linux")]
fn is_open_wallet(bus: &zbus::blocking::Connection, wallet: &str) -> bool {
    ["/modules/kwalletd5", "/modules/kwalletd6"].into_iter().any(|path| {
        // The program that answers as the Secret Service itself: no other is to be started by the question.
        bus.call_method(Some(SERVICE), path, Some("org.kde.KWallet"), "isOpen", &(wallet,))
            .and_then(|answer| answer.body().deserialize::<bool>())
            .unwrap_or(false)
    })
}

/// The user names under which something lies in a service, and what each item is called. The store's own search unlocks
/// what it finds, so the Secret Service is asked itself.
#[cfg(target_os = "linux")]
fn usernames(service: &str) -> Result<Vec<(String, Option<String>)>, CantLook> {
    use zbus::zvariant::OwnedObjectPath;

    let probe = probe_system();
    match probe {
        Probe::Absent => return Err(CantLook::Absent),
        Probe::NotSetUp => return Err(CantLook::NotSetUp),
        Probe::Ready | Probe::Locked | Probe::Asking | Probe::Refusing => {}
    }
    let bus = zbus::blocking::Connection::session().map_err(|_| CantLook::Absent)?;
    let (open, locked) = bus
        .call_method(
            Some(SERVICE),
            "/org/freedesktop/secrets",
            Some("org.freedesktop.Secret.Service"),
            "SearchItems",
            &(HashMap::from([("service", service)]),),
        )
        .and_then(|answer| answer.body().deserialize::<(Vec<OwnedObjectPath>, Vec<OwnedObjectPath>)>())
        .map_err(|_| CantLook::Absent)?;
    let items = open.iter().map(|item| (item, false)).chain(locked.iter().map(|item| (item, true)));
    let mut usernames = Vec::new();
    for (item, is_locked) in items {
        let proxy = zbus::blocking::Proxy::new(&bus, SERVICE, item, "org.freedesktop.Secret.Item");
        let attributes =
            proxy.as_ref().ok().map(|proxy| proxy.get_property::<HashMap<String, String>>("Attributes"));
        match attributes.and_then(Result::ok).and_then(|mut attributes| attributes.remove("username")) {
            Some(username) => {
                let label = proxy.and_then(|proxy| proxy.get_property::<String>("Label")).ok();
                usernames.push((username, label));
            }
            // A keychain that was not opened since it was started has nothing but hashes of the names.
            None if is_locked => return Err(CantLook::Locked),
            // Taken out meanwhile, or another program's.
            None => {}
        }
    }
    // Not every keychain program tells of what lies in a locked one.
    if usernames.is_empty() && probe == Probe::Locked { Err(CantLook::Locked) } else { Ok(usernames) }
}

/// The user names under which something lies in a service. No label stands beside them here.
#[cfg(any(target_os = "macos", target_os = "windows"))]
fn usernames(service: &str) -> Result<Vec<(String, Option<String>)>, CantLook> {
    // Credential Manager's search has no such field: all is listed there, and the service is looked at below.
    let spec = if cfg!(target_os = "macos") { HashMap::from([("service", service)]) } else { HashMap::new() };
    let store = open_store().map_err(|_| CantLook::Absent)?;
    let found = store.search(&spec).map_err(|error| match error {
        keyring_core::Error::NotSupportedByStore(_) => CantLook::NotOffered,
        keyring_core::Error::NoStorageAccess(_) => CantLook::Locked,
        _ => CantLook::Absent,
    })?;
    let names = found.iter().filter_map(keyring_core::Entry::get_specifiers);
    Ok(names.filter(|(of, _)| of == service).map(|(_, username)| (username, None)).collect())
}

/// These systems always have a keychain; whether it is locked they say only when it is used.
#[cfg(any(target_os = "macos", target_os = "windows"))]
fn probe_system() -> Probe {
    if open_store().is_ok() { Probe::Ready } else { Probe::Absent }
}

#[cfg(test)]
#[path = "keychain_tests.rs"]
mod tests;
