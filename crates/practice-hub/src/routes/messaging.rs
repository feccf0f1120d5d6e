//! The messaging host, told by the channel's own key alone: section 6.

use axum::http::Method;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Received;
use crate::hub::Hub;
use crate::wire::{self, Refusal};
use crate::world::{Channel, Live, Webhook};

/// `GET /health_status` (documented).
pub(super) fn health_status(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let channel = channel(hub, request)?;
    Ok(wire::ok(&wire::health_record(hub.world.nth_channel(channel))))
}

/// `GET /v1/configs/webhook` (seen).
pub(super) fn webhook(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let channel = channel(hub, request)?;
    Ok(webhook_answer(hub.world.nth_channel(channel)))
}

/// `POST /v1/configs/webhook` (seen). What an address must look like is documented; that an empty one clears it is ours.
pub(super) fn set_webhook(hub: &mut Hub, request: &Received) -> Result<Response, Refusal> {
    let channel = channel(hub, request)?;
    let Wanted { url, headers } = request.json()?;
    let webhook = match url.trim() {
        "" => None,
        url => Some(webhook_to(url, headers)?),
    };
    let live = hub.world.nth_channel(channel).live.clone();
    hub.commit(channel, Live { webhook, ..live })?;
    Ok(webhook_answer(hub.world.nth_channel(channel)))
}

/// At most so many a number (documented; that the main one is not among them is ours).
const MOST_EXTRA: usize = 3;

#[derive(Deserialize)]
struct Wanted {
    url: String,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Destination {
    name: String,
    #[serde(flatten)]
    wanted: Wanted,
}

/// `GET /multi_webhook` (documented; the list's field name is ours).
pub(super) fn extra_webhooks(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let channel = channel(hub, request)?;
    Ok(extra_webhooks_answer(hub.world.nth_channel(channel)))
}

/// `POST` switches them on or off and may append some, `PUT` appends, `PATCH` changes those of a name (documented). What
/// `PUT` and `PATCH` look like, that all of a request is done or nothing, and the statuses are ours.
pub(super) fn change_extra_webhooks(hub: &mut Hub, request: &Received) -> Result<Response, Refusal> {
    #[derive(Deserialize)]
    struct Change {
        enabled: Option<bool>,
        #[serde(default)]
        destinations: Vec<Destination>,
    }

    let channel = channel(hub, request)?;
    let Change { enabled, destinations } = request.json()?;
    let mut live = hub.world.nth_channel(channel).live.clone();
    let extra = &mut live.extra;
    let is_patch = request.method == Method::PATCH;
    match enabled {
        Some(enabled) if request.method == Method::POST => extra.enabled = enabled,
        None if request.method == Method::POST => return Err(Refusal::wrong_payload("enabled is missing")),
        _ if destinations.is_empty() => return Err(Refusal::wrong_payload("destinations is missing")),
        _ => {}
    }
    for Destination { name, wanted } in destinations {
        let webhook = webhook_to(wanted.url.trim(), wanted.headers)?;
        let is_full = extra.destinations.len() >= MOST_EXTRA;
        let known = extra.destinations.iter_mut().find(|(known, _)| *known == name);
        match known {
            Some((_, known)) if is_patch => *known = webhook,
            None if is_patch => return Err(Refusal::not_found()),
            Some(_) => return Err(Refusal::wrong_payload(format!("name: {name} is taken"))),
            None if is_full => {
                return Err(Refusal::wrong_payload(format!("at most {MOST_EXTRA} webhooks a number")));
            }
            None => extra.destinations.push((name, webhook)),
        }
    }
    hub.commit(channel, live)?;
    Ok(extra_webhooks_answer(hub.world.nth_channel(channel)))
}

/// A webhook to an address that 360dialog takes: https, and no `_` and no port in the host (documented).
fn webhook_to(url: &str, headers: Option<Map<String, Value>>) -> Result<Webhook, Refusal> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Err(Refusal::wrong_payload("url: an https address is wanted"));
    };
    let host = rest.split(['/', '?', '#']).next().and_then(|authority| authority.rsplit('@').next());
    match host.unwrap_or_default() {
        "" => Err(Refusal::wrong_payload("url: a host is wanted")),
        host if host.contains(['_', ':']) => {
            Err(Refusal::wrong_payload("url: \"_\" and a port are not supported in (sub)domain names"))
        }
        _ => Ok(Webhook { url: url.to_owned(), headers: headers.unwrap_or_default() }),
    }
}

fn extra_webhooks_answer(channel: &Channel) -> Response {
    let extra = &channel.live.extra;
    let destinations: Vec<_> = extra
        .destinations
        .iter()
        .map(|(name, webhook)| json!({ "name": name, "url": webhook.url, "headers": webhook.headers }))
        .collect();
    wire::ok(&json!({ "enabled": extra.enabled, "destinations": destinations }))
}

/// A cleared webhook has an empty address (ours: only the fields are seen).
fn webhook_answer(channel: &Channel) -> Response {
    let body = match &channel.live.webhook {
        Some(webhook) => json!({ "url": webhook.url, "headers": webhook.headers }),
        None => json!({ "url": "", "headers": {} }),
    };
    wire::ok(&body)
}

/// A partner's key opens nothing here (documented).
fn channel(hub: &Hub, request: &Received) -> Result<usize, Refusal> {
    request
        .headers
        .get("d360-api-key")
        .and_then(|key| key.to_str().ok())
        .and_then(|key| hub.world.channel_with_key(key.trim()))
        .ok_or_else(|| Refusal::unauthorized("Invalid API key"))
}
