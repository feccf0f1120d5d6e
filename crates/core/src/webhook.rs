//! A number's webhooks, which making a key is reported to clear (seen once, of the main one): read before, set again
//! after.

use time::OffsetDateTime;

use crate::channel::{ChannelId, ClientId};
use crate::history::words;
use crate::hub::{ChangeError, HubError};
use crate::keychain::Entry;
use crate::records::Owner;

mod setting;

pub use setting::{
    AddressRefused, ExtraChange, ExtraWebhook, ExtraWebhooks, WebhookSetting, Webhooks, host_of,
};

/// What is known of a number's webhooks from before its key was replaced. Addresses and headers lie in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookNote {
    /// Who replaced the key.
    pub owner: Owner,
    /// The number's client.
    pub client: ClientId,
    /// The number's channel.
    pub channel: ChannelId,
    /// Another one for each note: under it the webhooks lie in the keychain.
    pub id: String,
    /// What became of them.
    pub state: NoteState,
    /// What may be told of them, and when they were read.
    pub was: Was,
}

words! {
    /// What became of the webhooks that were read before a key was replaced.
    pub enum NoteState {
        /// They lie in the keychain, to be set again.
        Noted = "noted",
        /// None was set, as far as is known.
        NotSet = "not_set",
        /// They are set again, and gone from the keychain.
        Restored = "restored",
        /// The person did not want them any more.
        LetGo = "let_go",
    }
}

impl WebhookNote {
    /// Where they lie in the keychain, for as long as they do.
    pub(crate) fn entry(&self) -> Entry {
        Entry::Webhook { realm: self.owner.realm, channel: self.channel.clone(), id: self.id.clone() }
    }
}

/// A number's webhooks that were read, as far as they may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The main one first, then the extra ones.
    pub webhooks: Vec<WasSet>,
    /// Whether these are all: a messaging host may not tell of the extra ones.
    pub complete: bool,
    /// When they were read.
    pub read_at: OffsetDateTime,
}

/// A webhook that was read, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasSet {
    /// The name of an extra one, cleaned; the main one has none.
    pub name: Option<String>,
    /// The host of its address.
    pub host: String,
    /// How many headers it had.
    pub headers: u32,
    /// Why 360dialog refuses its address now, where that is known here.
    pub refused: Option<AddressRefused>,
}

/// What is known of the webhooks before a key is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookBefore {
    /// They were read: they go into the keychain before the key is asked for, and can be set again.
    Read(Was),
    /// An earlier change cleared some, which still wait in the keychain to be set again.
    WaitsSince(Was),
    /// The number itself has none. Its WABA and its partner may have one all the same (documented).
    NotSet {
        /// Whether that holds for the extra ones too.
        complete: bool,
    },
    /// No key of this number lies here to ask with.
    NoKey,
    /// The keychain is not open, and the key in it is not asked for unbidden.
    KeychainNotOpen,
    /// The key that lies here is refused, or is another number's.
    KeyDoesNotWork,
    /// The messaging host did not tell.
    CouldNotAsk(HubError),
}

/// What was read, for as long as a key may be asked for.
#[derive(Debug, Clone)]
pub(crate) enum ReadNow {
    /// Webhooks that are set, or that an earlier change cleared; none where none is set.
    Told {
        /// All of them.
        webhooks: Webhooks,
        /// Whether some of them wait since an earlier change, so that they stay whatever becomes of this one.
        some_wait: bool,
    },
    /// Nothing that could take the place of what is noted.
    Nothing,
}

/// How the webhooks stand after a key was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookStands {
    /// They were not read before: what they were is not known here.
    NothingNoted,
    /// None was set before.
    NoneBefore {
        /// Whether that holds for the extra ones too.
        complete: bool,
    },
    /// All are as they were before.
    AsBefore {
        /// What they were.
        was: Was,
    },
    /// The person let what was noted go.
    LetGo,
    /// Not all are as they were before, as far as could be told.
    Differs {
        /// What they were.
        was: Was,
        /// How each of them stands, in the same order.
        now: Vec<WebhookNow>,
    },
    /// No key lies here that could ask.
    NoKey {
        /// What they were.
        was: Was,
    },
    /// The key that lies here is refused, or is another number's.
    KeyDoesNotWork {
        /// What they were.
        was: Was,
    },
    /// The messaging host did not tell.
    CouldNotAsk {
        /// What they were.
        was: Was,
        /// Why.
        why: HubError,
    },
    /// What was noted is not in the keychain any more.
    Gone {
        /// What they were.
        was: Was,
    },
}

/// How one webhook stands after a key was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookNow {
    /// As it was before.
    AsBefore,
    /// It is not set.
    NotSet,
    /// Another address or other headers are set in its place.
    Other {
        /// The host that is set now.
        host: String,
    },
    /// It is set as before, and the extra webhooks, which were on, are switched off.
    SwitchedOff,
    /// The messaging host did not tell.
    NotTold,
}

/// What came of setting the webhooks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAgain {
    /// How they stand now.
    pub stands: WebhookStands,
    /// Those that were not set, and why. An address that is known to be refused is not sent.
    pub not_set: Vec<NotSet>,
}

/// A webhook that was not set again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSet {
    /// Which, by its place in what was noted.
    pub at: usize,
    /// What the messaging host said.
    pub why: ChangeError,
}

impl From<WebhookStands> for SetAgain {
    /// Nothing was set, and nothing stood in the way.
    fn from(stands: WebhookStands) -> Self {
        Self { stands, not_set: Vec::new() }
    }
}
