//! The port to what the application remembers without it being secret.

use time::OffsetDateTime;

use crate::accounts::{Account, KeptSession};
use crate::channel::{ChannelId, ClientId};
use crate::goal::Goal;
use crate::history::{HistoryEntry, words};
use crate::overview::Overview;
use crate::webhook::WebhookNote;

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

    /// Whether a key's record could be written now: this one is written, and taken out again.
    fn try_out(&self, record: &KeyRecord) -> Result<(), RecordsError>;

    /// One key's record.
    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError>;

    /// The records of the keys that an account made or pasted, newest first.
    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError>;

    /// The records of all keys, whoever's.
    fn all_keys(&self) -> Result<Vec<KeyRecord>, RecordsError>;

    /// Remembers what is known of a number's webhook from before its key was replaced, in the place of what was.
    fn write_webhook(&self, note: &WebhookNote) -> Result<(), RecordsError>;

    /// What is known of an account's webhooks from before their keys were replaced.
    fn webhooks(&self, owner: &Owner) -> Result<Vec<WebhookNote>, RecordsError>;

    /// The same, whoever's.
    fn all_webhooks(&self) -> Result<Vec<WebhookNote>, RecordsError>;

    /// Forgets a note.
    fn forget_webhook(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError>;

    /// Remembers a goal, new or changed: a number of an account has one at most.
    fn write_goal(&self, goal: &Goal) -> Result<(), RecordsError>;

    /// An account's goals, the last one that was begun first.
    fn goals(&self, owner: &Owner) -> Result<Vec<Goal>, RecordsError>;

    /// Forgets a goal.
    fn forget_goal(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError>;

    /// Adds to the history; the entry's id is given here.
    fn note(&self, entry: &HistoryEntry) -> Result<(), RecordsError>;

    /// An account's history, newest first, at most [`LONGEST_HISTORY`] entries.
    fn history(&self, owner: &Owner) -> Result<Vec<HistoryEntry>, RecordsError>;

    /// Remembers an account's channels as last seen, in the place of what was seen before.
    fn write_seen(&self, owner: &Owner, overview: &Overview) -> Result<(), RecordsError>;

    /// An account's channels of a client as last seen.
    fn seen(&self, owner: &Owner, client: &ClientId) -> Result<Option<Overview>, RecordsError>;

    /// Remembers an account, new or changed. A name that is not told now does not take the place of one that was.
    fn write_account(&self, account: &Account) -> Result<(), RecordsError>;

    /// The accounts that were at work here, the last one first.
    fn accounts(&self) -> Result<Vec<Account>, RecordsError>;

    /// Remembers the realm's one kept session.
    fn write_kept_session(&self, session: &KeptSession) -> Result<(), RecordsError>;

    /// The realm's kept session.
    fn kept_session(&self, realm: Realm) -> Result<Option<KeptSession>, RecordsError>;

    /// Forgets the realm's kept session.
    fn forget_kept_session(&self, realm: Realm) -> Result<(), RecordsError>;

    /// How much is remembered, whoever's.
    fn amounts(&self) -> Result<Amounts, RecordsError>;

    /// Forgets everything but these keys and the accounts that they belong to.
    fn forget_all_but(&self, keys: &[String]) -> Result<(), RecordsError>;
}

/// The longest history that is read at once.
pub const LONGEST_HISTORY: usize = 5_000;

/// How much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Entries of all histories.
    pub history: usize,
    /// Lists of channels as last seen.
    pub lists: usize,
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

impl Owner {
    /// Nobody yet: a key that was found again in the keychain belongs to whoever uses it first.
    pub fn nobody(realm: Realm) -> Owner {
        Owner { realm, user: String::new() }
    }
}

/// What is known of one key, without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// Its id here.
    pub id: String,
    /// The order in which keys came here, whatever the clock said: each has a later number than all before it, and keys
    /// of one answer share theirs.
    pub sequence: i64,
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
    /// The four characters that tell it from others, and the `AK` behind them where it has one.
    pub tail: Option<String>,
    /// When the Hub was asked for it; when it was pasted, opened from a file or found again, where it was.
    pub asked_at: OffsetDateTime,
    /// When its state last changed.
    pub changed_at: OffsetDateTime,
    /// When this program made a later key for the same channel, which killed this one (documented).
    pub replaced_at: Option<OffsetDateTime>,
    /// Where it comes from.
    pub origin: Origin,
    /// Who made or pasted it: their e-mail address.
    pub by: Option<String>,
    /// Where it is used, in the person's own words.
    pub places: Vec<Place>,
    /// The last test, and when it was.
    pub tested: Option<(Tested, OffsetDateTime)>,
    /// When it was last known to work: made, or tested well.
    pub worked_at: Option<OffsetDateTime>,
    /// When the messaging host first refused it since then.
    pub refused_at: Option<OffsetDateTime>,
    /// What told the keys apart that the Hub listed just before it was asked for this one, where it was read.
    pub listed_before: Option<Vec<String>>,
    /// When the messaging host first said that it is for another number, since it was last known to be for its own.
    pub other_number_at: Option<OffsetDateTime>,
    /// Reminding of the places where it is not in place yet.
    pub reminders: Reminders,
}

/// Reminding of the places where a key is not in place yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminders {
    /// When the person was last reminded, or at work on the list.
    pub last: Option<OffsetDateTime>,
    /// The person wants none for this key.
    pub off: bool,
}

/// A place where a key is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the person calls it.
    pub name: String,
    /// Whether this key is in place there.
    pub done: bool,
}

words! {
    /// Where a key comes from.
    pub enum Origin {
        /// Made by this program.
        Made = "made",
        /// Made elsewhere, and pasted here.
        Pasted = "pasted",
        /// Made elsewhere, and opened here from a file.
        File = "file",
        /// Found again in the keychain with no record of it: when it was made and by whom is not known.
        Found = "found",
    }
}

words! {
    /// What a test of a key found, in a word.
    pub enum Tested {
        /// It works.
        Works = "works",
        /// It works, and the number can send with limits.
        Limited = "limited",
        /// It works, and the number can't send.
        Blocked = "blocked",
        /// It works, and the host did not say for which number.
        NumberUnknown = "number_unknown",
        /// It works, for another number.
        OtherNumber = "other_number",
        /// It is refused.
        Refused = "refused",
        /// It could not be asked.
        CouldNotAsk = "could_not_ask",
    }
}

words! {
    /// What became of a key that the Hub was asked for, or that was pasted.
    pub enum KeyState {
        /// Asked for; the answer is not in yet.
        Asked = "asked",
        /// The Hub said no.
        NotMade = "not_made",
        /// It may have been made: no usable answer came.
        Unknown = "unknown",
        /// Lying in the keychain as a safety copy.
        SafetyCopy = "safety_copy",
        /// In this program's memory alone: no keychain took it.
        InMemory = "in_memory",
        /// Kept in the keychain by choice.
        Kept = "kept",
        /// Not kept here, by choice.
        LetGo = "let_go",
        /// Handed over to the client for which it was made, and not kept here any more.
        HandedOver = "handed_over",
        /// Made, and gone: the program stopped before it was stored anywhere.
        Lost = "lost",
        /// The program stopped while it was asked for: it may have been made.
        Interrupted = "interrupted",
        /// Made; the program stopped while it lay in memory, and the keychain was not asked yet whether it has it.
        NotLookedFor = "not_looked_for",
    }
}

impl KeyState {
    /// Whether a key in this state lies in the keychain.
    pub fn in_keychain(self) -> bool {
        matches!(self, KeyState::SafetyCopy | KeyState::Kept)
    }

    /// Whether a key in this state is of no concern here any more.
    pub(crate) fn is_gone(self) -> bool {
        matches!(self, KeyState::NotMade | KeyState::LetGo | KeyState::HandedOver)
    }
}
