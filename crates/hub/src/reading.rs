//! The Hub's answers, read from their bytes: for the bench and for feeding them what no Hub would send.

use channel_keys_core::channel::{Channel, ChannelId, Client, ClientId, PartnerId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, NewKey, NewSession, Webhook};
use channel_keys_core::partner_hub::{ChannelsPiece, PartnerChannel, PartnerClient};
use channel_keys_core::webhook::{ExtraWebhooks, WebhookSetting};

use crate::partner::piece;
use crate::paths::PAGE;
use crate::wire::{
    self, ChannelAnswer, ClientAnswer, HealthAnswer, PartnerAnswer, PermissionAnswer, SharedAnswer,
    TokenAnswer,
};

/// The channels of one page of a list; none where it is no such page.
pub fn channels(body: &[u8]) -> Option<Vec<Channel>> {
    Some(wire::channels_page(body)?.filter_map(ChannelAnswer::into_channel).items)
}

/// A client as a whole; none where the answer is not one.
pub fn client(body: &[u8]) -> Option<Client> {
    Some(ClientAnswer::read(body)?.into_client(ClientId(String::new())))
}

/// A new key; none where the answer holds none.
pub fn new_key(body: &[u8]) -> Option<NewKey> {
    wire::new_key(body, false)
}

/// The health of a key's number; none where the answer is no health.
pub fn health(body: &[u8]) -> Option<Health> {
    Some(wire::read::<HealthAnswer>(body)?.into_health())
}

/// A session; none where the answer is not one.
pub fn session(body: &[u8]) -> Option<NewSession> {
    wire::read::<TokenAnswer>(body)?.into_session()
}

/// What holds after a permission was changed; none where the answer is not one to that.
pub fn permission(body: &[u8]) -> Option<Fact<Permission>> {
    Some(wire::read::<PermissionAnswer>(body)?.permission())
}

/// Where messages are delivered; none where the answer does not say.
pub fn webhook(body: &[u8]) -> Option<Webhook> {
    wire::webhook(body)
}

/// All that a webhook is set with, or that none is; none where the answer does not say.
pub fn webhook_setting(body: &[u8]) -> Option<Option<WebhookSetting>> {
    wire::webhook_setting(body)
}

/// A number's extra webhooks; none where the answer says nothing of them.
pub fn extra_webhooks(body: &[u8]) -> Option<ExtraWebhooks> {
    wire::extra_webhooks(body)
}

/// A piece of the list of a partner's channels; none where it is no such piece.
pub fn partner_channels(body: &[u8]) -> Option<ChannelsPiece> {
    piece(body)
}

/// One channel as its partner sees it; none where the answer is not one.
pub fn partner_channel(body: &[u8]) -> Option<PartnerChannel> {
    wire::one::<ChannelAnswer<'_>>(body)?.into_partner_channel()
}

/// The clients of one page of a partner's list; none where it is no such page.
pub fn partner_clients(body: &[u8]) -> Option<Vec<PartnerClient>> {
    Some(wire::clients_page(body)?.items)
}

/// A partner's name; none where the answer is not this partner's record.
pub fn partner_name(body: &[u8], partner: &PartnerId) -> Option<Fact<String>> {
    Some(PartnerAnswer::read(body)?.of(partner)?.name())
}

/// All channels that a client shares with its partner; none where the answer is not wholly understood, or not whole.
pub fn shared(body: &[u8]) -> Option<Vec<ChannelId>> {
    SharedAnswer::read(body).filter(|answer| answer.is_whole(PAGE)).map(|answer| answer.channels)
}
