//! The port to the system's keychain.

use async_trait::async_trait;

use crate::channel::ChannelId;
use crate::records::Realm;
use crate::secret::Secret;

/// The system's keychain: Keychain, Credential Manager, or a Secret Service such as Passwords and Keys.
#[async_trait]
pub trait Keychain: Send + Sync {
    /// Whether it would take a key now. Answers within seconds and never asks the person anything.
    async fn probe(&self) -> Probe;

    /// Puts a secret under a name. May wait for the person to unlock the keychain, up to a limit.
    async fn put(&self, entry: &Entry, label: &str, secret: &Secret) -> Result<(), KeychainError>;

    /// The secret under a name; none where there is none.
    async fn get(&self, entry: &Entry) -> Result<Option<Secret>, KeychainError>;

    /// Takes a secret out; well where there was none.
    async fn remove(&self, entry: &Entry) -> Result<(), KeychainError>;
}

/// What became of asking a keychain whether it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// There, and open.
    Ready,
    /// There, and locked: the system will ask the person to unlock it.
    Locked,
    /// A keychain program answers, but no keychain was ever set up in it.
    NotSetUp,
    /// No keychain answers.
    Absent,
}

/// Why a keychain did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain answers, or none is set up.
    #[error("there is no keychain")]
    Absent,
    /// The person did not unlock it in time, or said no.
    #[error("the keychain stayed locked")]
    StayedLocked,
    /// It answered and would not.
    #[error("the keychain refused")]
    Refused,
    /// It took the key, and gave back something else.
    #[error("the keychain did not keep what it was given")]
    NotKept,
}

/// Where a secret lies in the keychain: one entry a secret, named so that practice and real ones never meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// An API key.
    Key {
        /// Real or practice.
        realm: Realm,
        /// A safety copy, or kept by choice.
        purpose: Purpose,
        /// The channel that the key is for.
        channel: ChannelId,
        /// The key's id in the records.
        id: String,
    },
    /// The session of who wants to stay signed in.
    Session {
        /// Real or practice.
        realm: Realm,
        /// The user's id at the Hub.
        user: String,
    },
}

/// Why a key lies in the keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Put there before anybody saw it, until the person decides.
    SafetyCopy,
    /// Kept because the person said so.
    Kept,
}

impl Entry {
    /// The entry's service: the same for all secrets of a realm.
    pub fn service(&self) -> &'static str {
        let (Entry::Key { realm, .. } | Entry::Session { realm, .. }) = self;
        match realm {
            Realm::Real => "channel-keys",
            Realm::Practice => "channel-keys-practice",
        }
    }

    /// The entry's user name within its service.
    pub fn username(&self) -> String {
        match self {
            Entry::Key { purpose: Purpose::SafetyCopy, channel, id, .. } => {
                format!("safety-copy/{channel}/{id}")
            }
            Entry::Key { purpose: Purpose::Kept, channel, id, .. } => format!("kept/{channel}/{id}"),
            Entry::Session { user, .. } => format!("session/{user}"),
        }
    }
}
