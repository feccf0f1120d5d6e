//! The port to what the application remembers without it being secret.

use time::OffsetDateTime;

use crate::channel::ChannelId;
use crate::channel::ClientId;

/// Whether it is about real numbers or the practice Hub's invented ones. The two never mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Realm {
    /// 360dialog's Hub, or one named with `--hub`.
    Real,
    /// The embedded practice Hub.
    Practice,
}

/// The application's memory on disk. Never a secret.
pub trait Records: Send + Sync {
    /// Writes a key's record, new or changed, and returns only when it is durable.
    fn write_key(&self, record: &KeyRecord) -> Result<(), RecordsError>;

    /// One key's record.
    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError>;

    /// The records of the keys that an account made, newest first.
    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError>;
}

/// The memory can't be read or written: a full disk, a read-only profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the records can't be read or written")]
pub struct RecordsError;

/// Whose records they are: what one account made here is not shown to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Owner {
    /// Real or practice.
    pub realm: Realm,
    /// The user's id at the Hub.
    pub user: String,
}

/// What is known of one key, without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// Its id here.
    pub id: String,
    /// Who made it.
    pub owner: Owner,
    /// For which client.
    pub client: ClientId,
    /// For which channel.
    pub channel: ChannelId,
    /// The channel's name when it was made.
    pub channel_name: Option<String>,
    /// The channel's number when it was made.
    pub number: Option<String>,
    /// The channel's id at Meta when it was made.
    pub external_id: Option<String>,
    /// What became of it.
    pub state: KeyState,
    /// The name that the person gave it.
    pub label: Option<String>,
    /// The messaging host that came with it.
    pub address: Option<String>,
    /// The four characters that tell it from others.
    pub tail: Option<String>,
    /// When the Hub was asked for it.
    pub asked_at: OffsetDateTime,
    /// When its state last changed.
    pub changed_at: OffsetDateTime,
    /// When this program made a later key for the same channel, which killed this one (documented).
    pub replaced_at: Option<OffsetDateTime>,
}

/// What became of a key that the Hub was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// Asked for; the answer is not in yet.
    Asked,
    /// The Hub said no.
    NotMade,
    /// It may have been made: no usable answer came.
    Unknown,
    /// Made, and lying in the keychain as a safety copy.
    SafetyCopy,
    /// Made, and in this program's memory alone: no keychain took it.
    InMemory,
    /// Kept in the keychain by choice.
    Kept,
    /// Made, and not kept here, by choice.
    LetGo,
    /// Made, and gone: the program stopped before it was stored anywhere.
    Lost,
}

impl KeyState {
    /// The word under which it is stored.
    pub fn word(self) -> &'static str {
        match self {
            KeyState::Asked => "asked",
            KeyState::NotMade => "not_made",
            KeyState::Unknown => "unknown",
            KeyState::SafetyCopy => "safety_copy",
            KeyState::InMemory => "in_memory",
            KeyState::Kept => "kept",
            KeyState::LetGo => "let_go",
            KeyState::Lost => "lost",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<KeyState> {
        [
            KeyState::Asked,
            KeyState::NotMade,
            KeyState::Unknown,
            KeyState::SafetyCopy,
            KeyState::InMemory,
            KeyState::Kept,
            KeyState::LetGo,
            KeyState::Lost,
        ]
        .into_iter()
        .find(|state| state.word() == word)
    }
}
