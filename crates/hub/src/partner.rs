//! The partner's side of the Hub: what is read there, and the one call that writes.

use async_trait::async_trait;
use reqwest::{RequestBuilder, Url};
use serde_json::json;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{ChangeError, HubError, Listed, ListedKey, NewKey};
use channel_keys_core::partner_hub::{
    Caller, ChannelsPiece, PartnerChannel, PartnerClient, PartnerReads, PartnerWrites, Pass,
};

use crate::client::RestHub;
use crate::paths::{self, PAGE};
use crate::sending::{Answer, PARTNER_KEY, make_key, send, signed, with_key};
use crate::whole_list::WholeList;
use crate::wire::{self, ChannelAnswer, KeyListAnswer, PartnerAnswer, SharedAnswer};

#[async_trait]
impl PartnerReads for RestHub {
    async fn partner_name(&self, caller: &Caller) -> Result<Fact<String>, HubError> {
        let answer = self.ask_as(caller, paths::partner(&self.base, &caller.partner.0)).await?;
        let record = PartnerAnswer::read(&answer.body).and_then(|record| record.of(&caller.partner));
        Ok(answer.understood(record)?.name())
    }

    async fn clients(&self, caller: &Caller) -> Result<Listed<PartnerClient>, HubError> {
        let mut reading = WholeList::new(|client: &PartnerClient| client.id.clone());
        while let Some(offset) = reading.next() {
            let url = paths::partner_clients(&self.base, &caller.partner.0, offset);
            let answer = self.ask_as(caller, url).await?;
            reading.take(answer.understood(wire::clients_page(&answer.body))?);
        }
        Ok(reading.listed())
    }

    async fn channels_from(&self, caller: &Caller, offset: usize) -> Result<ChannelsPiece, HubError> {
        let url = paths::partner_channels(&self.base, &caller.partner.0, offset);
        let answer = self.ask_as(caller, url).await?;
        answer.understood(piece(&answer.body))
    }

    async fn channel(&self, caller: &Caller, channel: &ChannelId) -> Result<PartnerChannel, HubError> {
        let url = paths::partner_channel(&self.base, &caller.partner.0, &channel.0);
        let answer = self.ask_as(caller, url).await?;
        let read = wire::one::<ChannelAnswer<'_>>(&answer.body).and_then(ChannelAnswer::into_partner_channel);
        answer.understood(read.filter(|read| read.channel.id == *channel))
    }

    async fn shared(&self, caller: &Caller, client: &ClientId) -> Result<Vec<ChannelId>, HubError> {
        let partner = &caller.partner.0;
        let answer =
            self.ask_as(caller, paths::shared_client_numbers(&self.base, partner, &client.0)).await?;
        let first = answer.understood(SharedAnswer::read(&answer.body))?;
        if first.is_whole(PAGE) {
            return Ok(first.channels);
        }
        // All in one piece rather than in pages: what moves between two pages would be missed, and called Missing.
        let limit = first.announced.unwrap_or_default().max(2 * PAGE);
        let url = paths::most_shared_client_numbers(&self.base, partner, &client.0, limit);
        let answer = self.ask_as(caller, url).await?;
        let all = SharedAnswer::read(&answer.body).filter(|all| all.is_whole(limit));
        answer.understood(all.map(|all| all.channels))
    }

    async fn key_list(&self, caller: &Caller, channel: &ChannelId) -> Result<Vec<ListedKey>, HubError> {
        let url = paths::partner_key_list(&self.base, &caller.partner.0, &channel.0);
        let answer = self.ask_as(caller, url).await?;
        answer.understood(answer.read::<KeyListAnswer>()?.into_keys())
    }

    async fn return_address(&self, caller: &Caller) -> Result<Fact<String>, HubError> {
        let answer = self.ask_as(caller, paths::partner(&self.base, &caller.partner.0)).await?;
        let record = PartnerAnswer::read(&answer.body).and_then(|record| record.of(&caller.partner));
        Ok(answer.understood(record)?.return_address())
    }
}

#[async_trait]
impl PartnerWrites for RestHub {
    async fn make_key(&self, caller: &Caller, channel: &ChannelId) -> Result<NewKey, ChangeError> {
        let url = paths::partner_api_keys(&self.base, &caller.partner.0, &channel.0);
        let request = with_pass(self.key.post(url).json(&json!({})), caller);
        make_key(request.map_err(ChangeError::Unchanged)?, self.for_a_key).await
    }
}

impl RestHub {
    async fn ask_as(&self, caller: &Caller, url: Url) -> Result<Answer, HubError> {
        send(with_pass(self.pooled.http().get(url), caller)?).await?.good()
    }
}

fn with_pass(request: RequestBuilder, caller: &Caller) -> Result<RequestBuilder, HubError> {
    match &caller.pass {
        Pass::Session(token) => Ok(signed(request, token)),
        Pass::Key(key) => with_key(request, PARTNER_KEY, key.expose()),
    }
}

/// A piece of the list of all channels; none where it is no such piece.
pub(crate) fn piece(body: &[u8]) -> Option<ChannelsPiece> {
    let page = wire::channels_page(body)?.filter_map(ChannelAnswer::into_partner_channel);
    Some(ChannelsPiece { channels: page.items, entries: page.entries, total: page.total.into() })
}
