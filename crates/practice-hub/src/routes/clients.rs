//! What a client's people use (ours: no client-side call is public): section 4.

use axum::response::Response;
use time::OffsetDateTime;

use super::{Received, masked_keys_answer, new_key_answer};
use crate::hub::Hub;
use crate::list::ChannelRow;
use crate::rules;
use crate::wire::{self, ChannelObject, Refusal, Side};
use crate::world::{Live, Role, World};

pub(super) fn channels(hub: &Hub, request: &Received, client: usize) -> Result<Response, Refusal> {
    let world = &hub.world;
    let rows = world.channels_of(client).map(|channel| ChannelRow { world, channel });
    request
        .list_query()?
        .answer("client_channels", rows, |row| ChannelObject::new(world, row.channel, Side::Client))
}

/// Channels whose permission is not told are left out.
pub(super) fn partner_permissions(hub: &Hub, client: usize) -> Response {
    let world = &hub.world;
    let told: Vec<_> = world
        .channels_of(client)
        .filter(|channel| world.nth_client(client).has_partner && channel.live.permission_told)
        .map(|channel| wire::permission_record(world, &channel.id, &channel.live))
        .collect();
    wire::ok(&told)
}

/// Giving what is given and removing what is removed answers like the first time.
pub(super) fn change_permission(
    hub: &mut Hub,
    client: usize,
    role: Role,
    channel_id: &str,
    to_shared: bool,
) -> Result<Response, Refusal> {
    let at = find(&hub.world, client, channel_id)?;
    let channel = hub.world.nth_channel(at);
    rules::client_may_change_permission(role, hub.world.nth_client(client), channel, to_shared)?;
    let live = Live { shared: to_shared, permission_told: true, ..channel.live.clone() };
    hub.commit(at, live)?;
    let channel = hub.world.nth_channel(at);
    Ok(wire::ok(&wire::permission_record(&hub.world, &channel.id, &channel.live)))
}

pub(super) fn api_keys(hub: &Hub, client: usize, channel_id: &str) -> Result<Response, Refusal> {
    let at = find(&hub.world, client, channel_id)?;
    Ok(masked_keys_answer(hub, hub.world.nth_channel(at)))
}

pub(super) fn generate(
    hub: &mut Hub,
    client: usize,
    channel_id: &str,
    now: OffsetDateTime,
) -> Result<Response, Refusal> {
    let at = find(&hub.world, client, channel_id)?;
    rules::client_may_generate(hub.world.nth_client(client), hub.world.nth_channel(at))?;
    let new = hub.generate(at, now)?;
    Ok(new_key_answer(hub, at, &new))
}

/// 404 where this client has no such channel, whoever else may have it.
fn find(world: &World, client: usize, channel_id: &str) -> Result<usize, Refusal> {
    world
        .channel_at(channel_id)
        .filter(|&at| world.nth_channel(at).client == client)
        .ok_or_else(Refusal::not_found)
}
