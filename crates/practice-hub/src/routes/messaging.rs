//! The messaging host, told by the channel's own key alone: section 6.

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
    Ok(wire::ok(&wire::health_record(&hub.world.channels[channel])))
}

/// `GET /v1/configs/webhook` (seen).
pub(super) fn webhook(hub: &Hub, request: &Received) -> Result<Response, Refusal> {
    let channel = channel(hub, request)?;
    Ok(webhook_answer(&hub.world.channels[channel]))
}

/// `POST /v1/configs/webhook` (seen). What an address must look like, and that an empty one clears it, is ours.
pub(super) fn set_webhook(hub: &mut Hub, request: &Received) -> Result<Response, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        url: String,
        #[serde(default)]
        headers: Option<Map<String, Value>>,
    }

    let channel = channel(hub, request)?;
    let Wanted { url, headers } = request.json()?;
    let webhook = match url.trim() {
        "" => None,
        url if url.starts_with("https://") || url.starts_with("http://") => {
            Some(Webhook { url: url.to_owned(), headers: headers.unwrap_or_default() })
        }
        _ => {
            return Err(Refusal::wrong_payload("url: an http or https address is wanted"));
        }
    };
    let live = hub.world.channels[channel].live.clone();
    hub.commit(channel, Live { webhook, ..live })?;
    Ok(webhook_answer(&hub.world.channels[channel]))
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
