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

    /// A secret that was given up on its way in, and may yet come there, is not to stay. Asks the keychain nothing.
    fn want_no_more(&self, entry: &Entry);

    /// The keys of a realm that lie in it, by their names alone. Reads no secret, answers within seconds and never
    /// asks the person anything.
    async fn keys(&self, realm: Realm) -> Result<Vec<Lying>, CantLook>;
}

/// A key that lies in a keychain, as the keychain itself tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lying {
    /// Where.
    pub entry: Entry,
    /// What the keychain's own program calls it, where it tells.
    pub label: Option<String>,
}

/// What became of asking a keychain whether it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// There, and open.
    Ready,
    /// There, and locked: the system will ask the person to unlock it.
    Locked,
    /// There, and open as it says, and waits for the person's answer before it takes or gives anything.
    Asking,
    /// A keychain program answers, but no keychain was ever set up in it.
    NotSetUp,
    /// It is there and open, and does not take or give back what it is tried out with.
    Refusing,
    /// No keychain answers.
    Absent,
}

/// Why a keychain did not tell which keys lie in it, which is not the same as that none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CantLook {
    /// It is locked, and keeps the names to itself until it is opened.
    #[error("the keychain is locked")]
    Locked,
    /// A keychain program answers, but no keychain was ever set up in it.
    #[error("no keychain is set up")]
    NotSetUp,
    /// No keychain answers.
    #[error("there is no keychain")]
    Absent,
    /// This kind of keychain can't be looked through.
    #[error("this keychain can't be looked through")]
    NotOffered,
}

/// Why a keychain did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain answers.
    #[error("there is no keychain")]
    Absent,
    /// A keychain program answers, but no keychain was ever set up in it.
    #[error("no keychain is set up")]
    NotSetUp,
    /// The person did not unlock it in time, or said no.
    #[error("the keychain stayed locked")]
    StayedLocked,
    /// It is open and asked the person whether this program may, who did not say yes in time.
    #[error("the keychain was not allowed to")]
    NotAllowed,
    /// It answered and would not.
    #[error("the keychain refused")]
    Refused,
    /// It took the key, and gave back something else.
    #[error("the keychain did not keep what it was given")]
    NotKept,
    /// Something else lies in the place of a key that it kept.
    #[error("the keychain gave back something else")]
    GaveAnother,
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
    /// What a keychain is tried out with before a key is made: no secret, and taken out again at once.
    Trial {
        /// Real or practice.
        realm: Realm,
        /// The channel that a key is to be made for.
        channel: ChannelId,
        /// Another one at each trial.
        id: String,
    },
    /// The session of who wants to stay signed in.
    Session {
        /// Real or practice.
        realm: Realm,
        /// The user's id at the Hub.
        user: String,
    },
    /// A number's webhook with its headers, from before its key was replaced until it is set again.
    Webhook {
        /// Real or practice.
        realm: Realm,
        /// The channel that it is for.
        channel: ChannelId,
        /// Another one for each note.
        id: String,
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

impl Realm {
    /// The service under which all secrets of this realm lie in the keychain.
    pub fn service(self) -> &'static str {
        match self {
            Realm::Real => "channel-keys",
            Realm::Practice => "channel-keys-practice",
        }
    }
}

impl Entry {
    /// The entry's service: the same for all secrets of a realm.
    pub fn service(&self) -> &'static str {
        let (Entry::Key { realm, .. }
        | Entry::Trial { realm, .. }
        | Entry::Session { realm, .. }
        | Entry::Webhook { realm, .. }) = self;
        realm.service()
    }

    /// Reads the name of a key's entry within its service; none where it is no key's.
    pub fn of_key(realm: Realm, username: &str) -> Option<Entry> {
        let (purpose, rest) = match username.split_once('/')? {
            ("safety-copy", rest) => (Purpose::SafetyCopy, rest),
            ("kept", rest) => (Purpose::Kept, rest),
            _ => return None,
        };
        let (channel, id) = rest.rsplit_once('/')?;
        let is_one = !channel.is_empty() && !id.is_empty();
        is_one.then(|| Entry::Key { realm, purpose, channel: ChannelId(channel.into()), id: id.into() })
    }

    /// The entry's user name within its service.
    pub fn username(&self) -> String {
        match self {
            Entry::Key { purpose: Purpose::SafetyCopy, channel, id, .. } => {
                format!("safety-copy/{channel}/{id}")
            }
            Entry::Key { purpose: Purpose::Kept, channel, id, .. } => format!("kept/{channel}/{id}"),
            Entry::Trial { channel, id, .. } => format!("trial/{channel}/{id}"),
            Entry::Session { user, .. } => format!("session/{user}"),
            Entry::Webhook { channel, id, .. } => format!("webhook/{channel}/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_key_s_entry_is_read_back_and_any_other_is_no_key() {
        for purpose in [Purpose::SafetyCopy, Purpose::Kept] {
            for channel in ["tQ8m2ZCH", "odd/one"] {
                let (channel, id) = (ChannelId(channel.into()), "0b4e".to_owned());
                let entry = Entry::Key { realm: Realm::Practice, purpose, channel, id };
                assert_eq!(Entry::of_key(Realm::Practice, &entry.username()), Some(entry));
            }
        }
        for other in [
            "session/maria",
            "webhook/tQ8m2ZCH/0b4e",
            "kept",
            "kept/",
            "kept/tQ8m2ZCH",
            "kept/tQ8m2ZCH/",
            "kept//0b4e",
            "",
            "/",
        ] {
            assert_eq!(Entry::of_key(Realm::Real, other), None, "{other}");
        }
    }
}
