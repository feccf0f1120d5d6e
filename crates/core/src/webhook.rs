//! A number's webhook, which making a key is reported to clear (seen once): read before, set again after.

use time::OffsetDateTime;

use crate::channel::{ChannelId, ClientId};
use crate::history::words;
use crate::hub::{HubError, WebhookSetting};
use crate::keychain::Entry;
use crate::records::Owner;

/// What is known of a webhook from before its number's key was replaced. Its address and headers lie in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookNote {
    /// Who replaced the key.
    pub owner: Owner,
    /// The number's client.
    pub client: ClientId,
    /// The number's channel.
    pub channel: ChannelId,
    /// Another one for each note: under it the webhook lies in the keychain.
    pub id: String,
    /// What became of it.
    pub state: NoteState,
    /// The host of its address; none where none was set.
    pub host: Option<String>,
    /// How many headers it had.
    pub headers: u32,
    /// When it was read.
    pub read_at: OffsetDateTime,
}

words! {
    /// What became of a webhook that was read before a key was replaced.
    pub enum NoteState {
        /// It lies in the keychain, to be set again.
        Noted = "noted",
        /// None was set.
        NotSet = "not_set",
        /// It is set again, and gone from the keychain.
        Restored = "restored",
        /// The person did not want it any more.
        LetGo = "let_go",
    }
}

impl WebhookNote {
    /// Where it lies in the keychain, for as long as it does.
    pub(crate) fn entry(&self) -> Entry {
        Entry::Webhook { realm: self.owner.realm, channel: self.channel.clone(), id: self.id.clone() }
    }

    /// What a page tells of it.
    pub fn was(&self) -> Was {
        Was { host: self.host.clone().unwrap_or_default(), headers: self.headers, read_at: self.read_at }
    }
}

/// A webhook that was read, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The host of its address.
    pub host: String,
    /// How many headers it had.
    pub headers: u32,
    /// When it was read.
    pub read_at: OffsetDateTime,
}

/// What is known of the webhook before a key is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookBefore {
    /// It was read: it goes into the keychain before the key is asked for, and can be set again.
    Read(Was),
    /// An earlier change cleared it, and it still waits in the keychain to be set again.
    WaitsSince(Was),
    /// The number has none.
    NotSet,
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
    /// A webhook.
    Set(WebhookSetting),
    /// None is set.
    NotSet,
    /// Nothing that could take the place of what is noted.
    Nothing,
}

/// How the webhook stands after a key was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookStands {
    /// It was not read before: what it was is not known here.
    NothingNoted,
    /// None was set before.
    NoneBefore,
    /// It is as it was before.
    AsBefore {
        /// Its host.
        host: String,
    },
    /// The person let what was noted go.
    LetGo,
    /// It is not as it was before.
    Differs {
        /// What it was.
        was: Was,
        /// The host that is set now; none where none is.
        now: Option<String>,
    },
    /// No key lies here that could ask.
    NoKey {
        /// What it was.
        was: Was,
    },
    /// The key that lies here is refused, or is another number's.
    KeyDoesNotWork {
        /// What it was.
        was: Was,
    },
    /// The messaging host did not tell.
    CouldNotAsk {
        /// What it was.
        was: Was,
        /// Why.
        why: HubError,
    },
    /// What was noted is not in the keychain any more.
    Gone {
        /// What it was.
        was: Was,
    },
}
