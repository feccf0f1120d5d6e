//! The Hub's answers, read from their bytes: for the bench and for feeding them what no Hub would send.

use channel_keys_core::channel::{Channel, Client, ClientId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, NewKey, NewSession, Webhook};

use crate::wire::{self, ChannelsPage, ClientAnswer, HealthAnswer, KeyAnswer, PermissionAnswer, TokenAnswer};

/// The channels of one page of a list; none where it is no such page.
pub fn channels(body: &[u8]) -> Option<Vec<Channel>> {
    let page: ChannelsPage = serde_json::from_slice(body).ok()?;
    Some(page.client_channels.into_iter().filter_map(|answer| answer.into_channel()).collect())
}

/// A client as a whole; none where the answer is not one.
pub fn client(body: &[u8]) -> Option<Client> {
    Some(ClientAnswer::read(body)?.into_client(ClientId(String::new())))
}

/// A new key; none where the answer holds none.
pub fn new_key(body: &[u8]) -> Option<NewKey> {
    serde_json::from_slice::<KeyAnswer>(body).ok()?.into_key()
}

/// The health of a key's number; none where the answer is no health.
pub fn health(body: &[u8]) -> Option<Health> {
    Some(serde_json::from_slice::<HealthAnswer>(body).ok()?.into_health())
}

/// A session; none where the answer is not one.
pub fn session(body: &[u8]) -> Option<NewSession> {
    serde_json::from_slice::<TokenAnswer>(body).ok()?.into_session()
}

/// What holds after a permission was changed; none where the answer is not one to that.
pub fn permission(body: &[u8]) -> Option<Fact<Permission>> {
    Some(serde_json::from_slice::<PermissionAnswer>(body).ok()?.permission())
}

/// Where messages are delivered; none where the answer does not say.
pub fn webhook(body: &[u8]) -> Option<Webhook> {
    wire::webhook(body)
}
