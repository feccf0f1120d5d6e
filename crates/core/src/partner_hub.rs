//! The ports to the partner's side of the Hub: one for what the support desk may read, which has no call that changes
//! anything, and one for what a desk that may write can do.

use std::sync::Arc;

use async_trait::async_trait;

use crate::channel::{Channel, ChannelId, ClientId, PartnerId};
use crate::fact::Fact;
use crate::hub::{ChangeError, HubError, Listed, ListedKey, NewKey};
use crate::secret::{PartnerKey, SessionToken};

/// What opens a partner's account.
#[derive(Debug, Clone)]
pub enum Pass {
    /// A session that the Hub gave for a password (seen).
    Session(Arc<SessionToken>),
    /// The partner's own API key, made in the Partner Hub (documented). It is never sent to a messaging host.
    Key(Arc<PartnerKey>),
}

/// Who asks: a partner, and what opens its account.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Which partner.
    pub partner: PartnerId,
    /// What opens its account.
    pub pass: Pass,
}

/// The partner's side of the Hub, for reading.
#[async_trait]
pub trait PartnerReads: Send + Sync {
    /// The name that the partner goes by (`GET /partners/{P}`, documented).
    async fn partner_name(&self, caller: &Caller) -> Result<Fact<String>, HubError>;

    /// All clients of the partner, over all pages (`GET /partners/{P}/clients`, documented).
    async fn clients(&self, caller: &Caller) -> Result<Listed<PartnerClient>, HubError>;

    /// A piece of the list of all channels of all clients, from `offset` on (`GET /partners/{P}/channels`,
    /// documented).
    async fn channels_from(&self, caller: &Caller, offset: usize) -> Result<ChannelsPiece, HubError>;

    /// One channel (`GET /partners/{P}/channels/{C}`, seen).
    async fn channel(&self, caller: &Caller, channel: &ChannelId) -> Result<PartnerChannel, HubError>;

    /// Which of a client's channels are shared with the partner (`GET
    /// /partners/{P}/clients/{L}/shared_client_numbers`: path and purpose documented, body ours). A channel of that
    /// client that is not among them is Missing.
    async fn shared(&self, caller: &Caller, client: &ClientId) -> Result<Vec<ChannelId>, HubError>;

    /// The keys that the Hub lists for a channel, never whole (`GET /partners/{P}/channels/{C}/api_keys`, seen once).
    /// Whether they are told where the client has not shared the channel is not documented.
    async fn key_list(&self, caller: &Caller, channel: &ChannelId) -> Result<Vec<ListedKey>, HubError>;

    /// Where 360dialog's permission page sends people back to (`partner_redirect_url` of `GET /partners/{P}`,
    /// documented), as the Hub tells it, unchecked.
    async fn return_address(&self, caller: &Caller) -> Result<Fact<String>, HubError>;
}

/// The partner's side of the Hub, for writing. Nobody holds it but through [`crate::desk::SealedWrites`].
#[async_trait]
pub trait PartnerWrites: Send + Sync {
    /// Makes a key on the client's behalf (`POST /partners/{P}/channels/{C}/api_keys`, documented), which kills every
    /// earlier one (documented). Sends the request once, whatever happens to it.
    async fn make_key(&self, caller: &Caller, channel: &ChannelId) -> Result<NewKey, ChangeError>;
}

/// A client as its partner sees it. Who pays is not told on this side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerClient {
    /// Its id.
    pub id: ClientId,
    /// Its name (`name`, seen).
    pub name: Fact<String>,
    /// Where to write to it (`contact_info.email`, seen).
    pub email: Fact<String>,
}

/// A channel as the partner sees it: whose it is comes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerChannel {
    /// The channel. Its permission is never told in this list.
    pub channel: Channel,
    /// Whose it is.
    pub client: Fact<PartnerClient>,
}

/// A piece of a long list.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelsPiece {
    /// What could be read of it.
    pub channels: Vec<PartnerChannel>,
    /// How many entries it had, those that could not be read among them: the next piece begins after as many.
    pub entries: usize,
    /// How many there are in all, where told.
    pub total: Fact<usize>,
}
