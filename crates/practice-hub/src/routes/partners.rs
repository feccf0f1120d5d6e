//! What a partner's support staff use (documented): section 3.

use axum::response::Response;
use time::OffsetDateTime;

use super::{Received, masked_keys_answer, new_key_answer};
use crate::hub::Hub;
use crate::list::ChannelRow;
use crate::rules;
use crate::wire::{self, ChannelObject, Refusal, Side};
use crate::world::{Channel, Client, Role, World};

pub(super) fn clients(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let mut clients: Vec<&Client> = hub.world.partner_clients().collect();
    clients.sort_by_key(|client| &client.id);
    request.list_query()?.answer("clients", clients.into_iter(), |client| wire::client_in_list(client))
}

pub(super) fn channels(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let world = &hub.world;
    let rows = world.partner_channels().map(|channel| ChannelRow { world, channel });
    request
        .list_query()?
        .answer("partner_channels", rows, |row| ChannelObject::new(world, row.channel, Side::Partner))
}

pub(super) fn channel(hub: &Hub, channel_id: &str) -> Result<Response, Refusal> {
    let channel = find(&hub.world, channel_id)?;
    Ok(wire::ok(&ChannelObject::new(&hub.world, channel, Side::Partner)))
}

/// A bare array of channel objects (ours; path and purpose are documented). In it is Shared, not in it is Missing.
pub(super) fn shared_client_numbers(hub: &Hub, client_id: &str) -> Result<Response, Refusal> {
    let world = &hub.world;
    let client = world.client_at(client_id).ok_or_else(Refusal::not_found)?;
    if !world.nth_client(client).has_partner {
        return Err(Refusal::forbidden());
    }
    let shared: Vec<_> = world
        .channels_of(client)
        .filter(|channel| channel.live.shared)
        .map(|channel| ChannelObject::new(world, channel, Side::Partner))
        .collect();
    Ok(wire::ok(&shared))
}

/// Without the permission a partner does not see the keys either (ours).
pub(super) fn api_keys(hub: &Hub, channel_id: &str) -> Result<Response, Refusal> {
    let channel = find(&hub.world, channel_id)?;
    rules::partner_may_see_keys(channel)?;
    Ok(masked_keys_answer(hub, channel))
}

pub(super) fn generate(
    hub: &mut Hub,
    role: Role,
    channel_id: &str,
    now: OffsetDateTime,
) -> Result<Response, Refusal> {
    let channel = find(&hub.world, channel_id)?;
    rules::partner_may_generate(role, channel)?;
    let at = hub.world.channel_at(channel_id).ok_or_else(Refusal::not_found)?;
    let new = hub.generate(at, now)?;
    Ok(new_key_answer(hub, at, &new))
}

/// 404 where there is no such channel, 403 where it belongs to someone else's client (documented codes).
fn find<'a>(world: &'a World, channel_id: &str) -> Result<&'a Channel, Refusal> {
    let channel = world.channel(channel_id).ok_or_else(Refusal::not_found)?;
    if world.client_of(channel).has_partner { Ok(channel) } else { Err(Refusal::forbidden()) }
}
