//! The system's keychain where its program answers late, in the place of which a store stands that can be held.

use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::keychain::Purpose;
use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, Error};
use parking_lot::Condvar;

use super::*;

/// Where the keychain program does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Where it finds an entry, and asks the person to unlock it.
    Finding,
    Putting,
    Deleting,
}

#[derive(Debug, Default)]
struct Inside {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    held: Mutex<Option<Hold>>,
    goes_on: Condvar,
    waiting: AtomicUsize,
    /// How many still have something to do with an entry.
    at_work: AtomicUsize,
}

#[derive(Debug, Clone, Default)]
struct Held(Arc<Inside>);

#[derive(Debug)]
struct HeldEntry(Held, String);

impl Held {
    fn hold(&self, hold: Hold) {
        *self.0.held.lock() = Some(hold);
    }

    fn let_through(&self) {
        *self.0.held.lock() = None;
        self.0.goes_on.notify_all();
    }

    fn pass(&self, hold: Hold) {
        let mut held = self.0.held.lock();
        self.0.waiting.fetch_add(1, Ordering::SeqCst);
        self.0.goes_on.wait_while(&mut held, |held| *held == Some(hold));
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    fn lies_here(&self) -> Vec<String> {
        self.0.entries.lock().keys().cloned().collect()
    }

    /// Until whatever was asked has come to its end.
    fn until_done(&self) {
        while self.0.at_work.load(Ordering::SeqCst) > 0 {
            std::thread::yield_now();
        }
    }

    fn keychain(&self) -> SystemKeychain {
        let keychain = SystemKeychain::default();
        *keychain.store.lock() = Some(Arc::new(self.clone()));
        keychain
    }
}

impl CredentialStoreApi for Held {
    fn vendor(&self) -> String {
        "held".to_owned()
    }

    fn id(&self) -> String {
        "held".to_owned()
    }

    fn build(
        &self,
        _: &str,
        user: &str,
        _: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<keyring_core::Entry> {
        self.0.at_work.fetch_add(1, Ordering::SeqCst);
        let entry = HeldEntry(self.clone(), user.to_owned());
        Ok(keyring_core::Entry::new_with_credential(Arc::new(entry)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Drop for HeldEntry {
    fn drop(&mut self) {
        self.0.0.at_work.fetch_sub(1, Ordering::SeqCst);
    }
}

impl CredentialApi for HeldEntry {
    fn set_secret(&self, secret: &[u8]) -> keyring_core::Result<()> {
        self.0.pass(Hold::Finding);
        self.0.pass(Hold::Putting);
        self.0.0.entries.lock().insert(self.1.clone(), secret.to_vec());
        Ok(())
    }

    fn get_secret(&self) -> keyring_core::Result<Vec<u8>> {
        self.0.pass(Hold::Finding);
        self.0.0.entries.lock().get(&self.1).cloned().ok_or(Error::NoEntry)
    }

    fn delete_credential(&self) -> keyring_core::Result<()> {
        self.get_secret()?;
        self.0.pass(Hold::Deleting);
        self.0.0.entries.lock().remove(&self.1).map(drop).ok_or(Error::NoEntry)
    }

    fn get_credential(&self) -> keyring_core::Result<Option<Arc<Credential>>> {
        self.get_secret().map(|_| None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn kept_key() -> Entry {
    let (channel, id) = (ChannelId("bCH".into()), "0b4e".to_owned());
    Entry::Key { realm: Realm::Practice, purpose: Purpose::Kept, channel, id }
}

fn session() -> Entry {
    Entry::Session { realm: Realm::Practice, user: "maria".into() }
}

async fn put(keychain: &SystemKeychain, entry: &Entry) -> Result<(), KeychainError> {
    keychain.put(entry, "an entry", &Secret::new("invented")).await
}

#[tokio::test]
async fn a_removal_that_was_given_up_takes_nothing_out_when_the_keychain_is_unlocked_later() {
    let held = Held::default();
    let keychain = held.keychain();
    put(&keychain, &kept_key()).await.expect("it is open");
    held.hold(Hold::Finding);

    let removed = keychain.remove(&kept_key()).await;
    held.let_through();
    held.until_done();

    assert!(removed.is_err(), "it was told that the key stays");
    assert_eq!(held.lies_here(), [kept_key().username()], "and so it does");
}

#[tokio::test]
async fn a_key_that_comes_out_though_its_removal_was_given_up_is_told() {
    let held = Held::default();
    let keychain = held.keychain();
    put(&keychain, &kept_key()).await.expect("it is open");
    held.hold(Hold::Deleting);

    let removed = keychain.remove(&kept_key()).await;
    held.let_through();

    assert!(removed.is_err(), "nobody can tell yet");
    assert_eq!(keychain.came_out_late().await, kept_key());
    assert_eq!(held.lies_here(), Vec::<String>::new());
}

#[tokio::test]
async fn a_key_that_is_kept_again_before_the_keychain_is_unlocked_stays() {
    let held = Held::default();
    let (keychain, key) = (held.keychain(), kept_key());
    put(&keychain, &key).await.expect("it is open");
    held.hold(Hold::Finding);

    let kept_again = async {
        while held.0.waiting.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let unlocked = async {
            while held.0.waiting.load(Ordering::SeqCst) < 2 {
                tokio::task::yield_now().await;
            }
            held.let_through();
        };
        tokio::join!(put(&keychain, &key), unlocked).0
    };
    let (removed, kept) = tokio::join!(keychain.remove(&key), kept_again);

    assert!(removed.is_err(), "it was not taken out");
    assert_eq!(kept, Ok(()));
    assert_eq!(held.lies_here(), [key.username()]);
}

#[tokio::test]
async fn a_key_that_comes_into_the_keychain_late_stays_unless_it_was_let_go() {
    for (is_let_go, left) in [(false, 1), (true, 0)] {
        let held = Held::default();
        let keychain = held.keychain();
        held.hold(Hold::Putting);

        put(&keychain, &kept_key()).await.expect_err("it was given up");
        if is_let_go {
            keychain.want_no_more(&kept_key());
        }
        held.let_through();
        held.until_done();

        assert_eq!(held.lies_here().len(), left);
    }
}

#[tokio::test]
async fn a_session_that_comes_into_the_keychain_after_it_was_given_up_goes_at_once() {
    let held = Held::default();
    let keychain = held.keychain();
    for hold in [Hold::Finding, Hold::Putting] {
        *keychain.store.lock() = Some(Arc::new(held.clone()));
        held.hold(hold);

        let kept = put(&keychain, &session()).await;
        held.let_through();
        held.until_done();

        assert!(kept.is_err(), "it was told that it is not kept");
        assert_eq!(held.lies_here(), Vec::<String>::new(), "no record tells of it");
    }
}

#[test]
fn what_came_there_while_the_program_was_stopped_is_believed_though_its_time_is_up() {
    let held = Held::default();
    let (keychain, key) = (held.keychain(), kept_key());
    held.hold(Hold::Putting);
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");

    let kept = one_thread.block_on(async {
        let stopped = async {
            while held.0.waiting.load(Ordering::SeqCst) == 0 {
                tokio::task::yield_now().await;
            }
            // Nothing of this program goes on until the time is up.
            let begun = Instant::now();
            while begun.elapsed() < UNLOCKING {
                std::thread::yield_now();
            }
            held.let_through();
        };
        tokio::join!(put(&keychain, &key), stopped).0
    });

    assert_eq!(kept, Ok(()));
    assert_eq!(held.lies_here(), [kept_key().username()]);
}
