//! What each call answers, by section of the contract.

mod clients;
mod messaging;
mod partners;
mod users;

use axum::http::header::HeaderMap;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use hyper::body::Bytes;
use serde::de::DeserializeOwned;
use serde_json::json;
use time::OffsetDateTime;

use crate::hub::{Hub, NewKey};
use crate::list::ListQuery;
use crate::wire::{self, Refusal};
use crate::world::Channel;
use crate::{calls, permission_page};

/// A request that was read to its end.
pub(crate) struct Received {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    fn list_query(&self) -> Result<ListQuery, Refusal> {
        ListQuery::parse(self.uri.query().unwrap_or_default())
    }

    /// The body as JSON, whatever Content-Type says or leaves out (seen).
    fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body).map_err(|error| Refusal::wrong_payload(error.to_string()))
    }
}

/// Answers a call of the Hub or of the messaging host, and makes its change.
pub(crate) fn carry_out(hub: &mut Hub, request: &Received, now: OffsetDateTime) -> Response {
    let path = request.uri.path();
    if calls::is_permission_page(path) {
        return permission_page::answer(hub, request, now);
    }
    let answered = if let Some(path) = path.strip_prefix("/api/v2/") {
        hub_call(hub, request, path, now)
    } else if let Some(path) = path.strip_prefix("/messaging/") {
        messaging_call(hub, request, path)
    } else {
        Err(no_such_call(request))
    };
    answered.unwrap_or_else(IntoResponse::into_response)
}

fn hub_call(hub: &mut Hub, request: &Received, path: &str, now: OffsetDateTime) -> Result<Response, Refusal> {
    let segments: Vec<&str> = path.split('/').collect();
    let method = request.method.as_str();
    if let ("POST", ["token"]) = (method, &*segments) {
        return users::sign_in(hub, request, now);
    }
    if !calls::is_call(&request.method, request.uri.path()) {
        return Err(no_such_call(request));
    }
    let caller = hub.caller(&request.headers, now)?;
    match (method, &*segments) {
        ("GET", ["users", "me"]) => users::me(hub, caller),
        (_, ["partners", partner, rest @ ..]) => {
            let role = caller.role_in_partner(&hub.world, partner)?;
            match (method, rest) {
                ("GET", []) => Ok(wire::ok(&wire::partner_record(&hub.world.partner))),
                ("GET", ["clients"]) => partners::clients(hub, request),
                ("GET", ["clients", client, "shared_client_numbers"]) => {
                    partners::shared_client_numbers(hub, client)
                }
                ("GET", ["channels"]) => partners::channels(hub, request),
                ("GET", ["channels", channel]) => partners::channel(hub, channel),
                ("GET", ["channels", channel, "api_keys"]) => partners::api_keys(hub, channel),
                ("POST", ["channels", channel, "api_keys"]) => partners::generate(hub, role, channel, now),
                _ => Err(no_such_call(request)),
            }
        }
        (_, ["clients", client, rest @ ..]) => {
            let client = hub.world.client_at(client).ok_or_else(Refusal::forbidden)?;
            let role = caller.role_in_client(&hub.world, client)?;
            match (method, rest) {
                ("GET", []) => Ok(wire::ok(&wire::client_record(&hub.world, hub.world.nth_client(client)))),
                ("GET", ["channels"]) => clients::channels(hub, request, client),
                ("GET", ["partner_permissions"]) => Ok(clients::partner_permissions(hub, client)),
                ("PUT", ["channels", channel, "partner_permission"]) => {
                    clients::change_permission(hub, client, role, channel, true)
                }
                ("DELETE", ["channels", channel, "partner_permission"]) => {
                    clients::change_permission(hub, client, role, channel, false)
                }
                ("GET", ["channels", channel, "api_keys"]) => clients::api_keys(hub, client, channel),
                ("POST", ["channels", channel, "api_keys"]) => clients::generate(hub, client, channel, now),
                _ => Err(no_such_call(request)),
            }
        }
        _ => Err(no_such_call(request)),
    }
}

fn messaging_call(hub: &mut Hub, request: &Received, path: &str) -> Result<Response, Refusal> {
    match (request.method.as_str(), path) {
        ("GET", "health_status") => messaging::health_status(hub, request),
        ("GET", "v1/configs/webhook") => messaging::webhook(hub, request),
        ("POST", "v1/configs/webhook") => messaging::set_webhook(hub, request),
        ("GET", "multi_webhook") => messaging::extra_webhooks(hub, request),
        ("POST" | "PUT" | "PATCH", "multi_webhook") => messaging::change_extra_webhooks(hub, request),
        _ => Err(no_such_call(request)),
    }
}

/// 405 where the path is known with another method, else 404.
fn no_such_call(request: &Received) -> Refusal {
    if calls::is_path(request.uri.path()) {
        return Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    }
    Refusal::not_found()
}

/// 201 with the key, for the only time (documented).
fn new_key_answer(hub: &Hub, channel: usize, new: &NewKey) -> Response {
    let body = json!({
        "address": hub.messaging,
        "api_key": new.plain,
        "app_id": hub.world.nth_channel(channel).app_id,
        "id": new.id,
    });
    wire::answer(StatusCode::CREATED, &body)
}

/// The keys of a channel, masked (seen once).
fn masked_keys_answer(hub: &Hub, channel: &Channel) -> Response {
    let keys: Vec<_> =
        channel.live.key.iter().map(|key| wire::masked_key(channel, key, &hub.messaging)).collect();
    wire::ok(&json!({ "api_keys": keys }))
}
