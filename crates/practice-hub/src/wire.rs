//! What goes over the wire: JSON answers, errors and the objects of the contract.

use std::io;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::world::{Channel, Client, Gap, Health, Key, Live, Partner, Payer, Person, World};

/// A JSON answer. Non-ASCII goes out as `\uXXXX`, as the Hub is seen to do at times.
pub(crate) fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, AsciiOnly);
    match body.serialize(&mut serializer) {
        Ok(()) => (status, [(CONTENT_TYPE, "application/json")], Body::from(bytes)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

pub(crate) fn ok(body: &impl Serialize) -> Response {
    answer(StatusCode::OK, body)
}

struct AsciiOnly;

impl serde_json::ser::Formatter for AsciiOnly {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0; 2];
        for character in fragment.chars() {
            if character.is_ascii() {
                writer.write_all(&[character as u8])?;
                continue;
            }
            for unit in character.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

/// A call that is not carried out, told in the Hub's error body (seen).
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    developer_message: String,
    details: Vec<String>,
    retry_after: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, developer_message: impl Into<String>) -> Self {
        Self { status, developer_message: developer_message.into(), details: Vec::new(), retry_after: None }
    }

    /// 400 "Wrong payload" (documented), with what is wrong as `details` (seen).
    pub(crate) fn wrong_payload(detail: impl Into<String>) -> Self {
        Self { details: vec![detail.into()], ..Self::new(StatusCode::BAD_REQUEST, "Wrong payload") }
    }

    /// 401: no documented words; these are ours.
    pub(crate) fn unauthorized(developer_message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, developer_message)
    }

    /// 403 "Forbidden" (documented).
    pub(crate) fn forbidden() -> Self {
        Self::forbidden_because("Forbidden")
    }

    /// 403 with a reason; the words of the reasons are ours.
    pub(crate) fn forbidden_because(reason: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, reason)
    }

    /// 404 "Not found" (documented).
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found")
    }

    /// The status and the reason, for a page that tells them to a person.
    pub(crate) fn told(&self) -> (StatusCode, &str) {
        (self.status, &self.developer_message)
    }

    /// 429 with `Retry-After` in seconds (429 is seen; when and for how long is ours).
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests") }
    }
}

#[expect(clippy::indexing_slicing, reason = "an object takes any name")]
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut meta = json!({
            "success": false,
            "http_code": self.status.as_u16(),
            "developer_message": self.developer_message,
        });
        if !self.details.is_empty() {
            meta["details"] = json!(self.details);
        }
        let mut response = answer(self.status, &json!({ "meta": meta }));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The channel object (seen).
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum ChannelObject<'a> {
    Whole(Box<WholeChannel<'a>>),
    WithGaps(Map<String, Value>),
}

#[derive(Serialize)]
pub(crate) struct WholeChannel<'a> {
    account_mode: &'a str,
    availability_status: Option<&'a str>,
    billing_started_at: Option<&'a str>,
    cancelled_at: Option<&'a str>,
    client: ClientOfChannel<'a>,
    client_id: &'a str,
    created_at: &'a str,
    current_limit: &'a str,
    current_quality_rating: &'a str,
    external_id: &'a str,
    has_inbox: bool,
    hub_status: &'a str,
    id: &'a str,
    integration: Integration<'a>,
    is_oba: bool,
    modified_at: &'a str,
    /// Ours: only where a client asks for its own channels, and only where a permission exists and is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner_permission: Option<&'a str>,
    setup_info: SetupInfo<'a>,
    status: &'a str,
    terminated_at: Option<&'a str>,
    waba_account: WabaAccount<'a>,
    waba_account_id: &'a str,
}

#[derive(Serialize)]
struct ClientOfChannel<'a> {
    contact_info: ContactInfo<'a>,
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ContactInfo<'a> {
    email: &'a str,
}

#[derive(Serialize)]
struct Integration<'a> {
    app_id: &'a str,
    enabled: bool,
    state: &'a str,
}

#[derive(Serialize)]
struct SetupInfo<'a> {
    phone_name: &'a str,
    phone_number: &'a str,
}

#[derive(Serialize)]
struct WabaAccount<'a> {
    external_id: &'a str,
    fb_account_status: &'a str,
    id: &'a str,
    name: &'a str,
}

/// Which side asks: the client's lists tell the partner permission (ours), the partner's do not (documented).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Partner,
}

impl<'a> ChannelObject<'a> {
    pub(crate) fn new(world: &'a World, channel: &'a Channel, side: Side) -> Self {
        let whole = Box::new(WholeChannel::new(world, channel, side));
        if channel.gaps.is_empty() {
            return Self::Whole(whole);
        }
        let Ok(Value::Object(mut object)) = serde_json::to_value(&whole) else {
            return Self::Whole(whole);
        };
        for gap in &channel.gaps {
            match *gap {
                Gap::LeftOut(field) => {
                    object.remove(field);
                }
                Gap::Null(field) => {
                    object.insert(field.to_owned(), Value::Null);
                }
                Gap::AllButId => object.retain(|field, _| field == "id"),
            }
        }
        Self::WithGaps(object)
    }
}

impl<'a> WholeChannel<'a> {
    fn new(world: &'a World, channel: &'a Channel, side: Side) -> Self {
        let client = world.client_of(channel);
        let running = channel.integration_state == "running";
        Self {
            account_mode: "live",
            availability_status: running.then_some("ready"),
            billing_started_at: channel.billing_started_at.as_deref(),
            cancelled_at: channel.cancelled_at.as_deref(),
            client: ClientOfChannel {
                contact_info: ContactInfo { email: &client.email },
                id: &client.id,
                name: &client.name,
            },
            client_id: &client.id,
            created_at: &channel.created_at,
            current_limit: channel.limit,
            current_quality_rating: channel.quality,
            external_id: &channel.external_id,
            has_inbox: false,
            hub_status: channel.hub_status,
            id: &channel.id,
            integration: Integration {
                app_id: &channel.app_id,
                enabled: running,
                state: channel.integration_state,
            },
            is_oba: false,
            modified_at: &channel.modified_at,
            partner_permission: (side == Side::Client && client.has_partner && channel.live.permission_told)
                .then_some(if channel.live.shared { "shared" } else { "missing" }),
            setup_info: SetupInfo { phone_name: &channel.name, phone_number: &channel.phone },
            status: &channel.status,
            terminated_at: channel.terminated_at.as_deref(),
            waba_account: WabaAccount {
                external_id: &channel.waba.external_id,
                fb_account_status: "verified",
                id: &channel.waba.id,
                name: &client.name,
            },
            waba_account_id: &channel.waba.id,
        }
    }
}

/// A client as its own people see it, with who pays and the partner (ours).
#[expect(clippy::indexing_slicing, reason = "an object takes any name")]
pub(crate) fn client_record(world: &World, client: &Client) -> Value {
    let mut record = client_in_list(client);
    if client.payer_told {
        record["payment_method"] = match client.payer {
            Payer::Client => "direct".into(),
            Payer::Partner => "partner".into(),
        };
    }
    record["partner"] = if client.has_partner {
        json!({ "id": world.partner.id, "brand_name": world.partner.brand_name })
    } else {
        Value::Null
    };
    record
}

/// A client as the partner's list shows it: who pays is not told there (documented by silence).
pub(crate) fn client_in_list(client: &Client) -> Value {
    json!({
        "id": client.id,
        "name": client.name,
        "contact_info": { "email": client.email },
        "created_at": client.created_at,
    })
}

/// A partner's record: `id, brand_name, logo_url, webhook_url, partner_redirect_url` (documented).
pub(crate) fn partner_record(partner: &Partner) -> Value {
    json!({
        "id": partner.id,
        "brand_name": partner.brand_name,
        "logo_url": null,
        "webhook_url": "https://wa.blue-anchor.example/hooks/partner",
        "partner_redirect_url": partner.redirect_url,
        "created_at": partner.created_at,
    })
}

/// The answer of `/users/me` (ours).
pub(crate) fn user_record(world: &World, person: &Person) -> Value {
    use crate::world::Belongs::{ToClient, ToPartner};

    let roles: Vec<Value> = person
        .roles
        .iter()
        .map(|belongs| match *belongs {
            ToClient(client, role) => {
                json!({ "type": "client", "client_id": world.nth_client(client).id, "role": role })
            }
            ToPartner(role) => {
                json!({ "type": "partner", "partner_id": world.partner.id, "role": role })
            }
        })
        .collect();
    json!({ "id": person.id, "email": person.email, "name": person.name, "roles": roles })
}

/// One row of `…/partner_permissions` and the answer to a change (ours).
pub(crate) fn permission_record(world: &World, channel_id: &str, live: &Live) -> Value {
    json!({ "channel_id": channel_id, "partner_id": world.partner.id, "shared": live.shared })
}

/// What the Hub tells of a key that exists: never the key itself (seen once).
pub(crate) fn masked_key(channel: &Channel, key: &Key, address: &str) -> Value {
    json!({
        "id": key.id,
        "address": address,
        "app_id": channel.app_id,
        "api_key": format!("{}{}AK", "*".repeat(20), key.last_four),
    })
}

/// The messaging host's health answer. Its three words are documented; the sentences in it are ours.
#[expect(clippy::indexing_slicing, reason = "an object takes any name")]
pub(crate) fn health_record(channel: &Channel) -> Value {
    let (word, more) = match channel.health {
        Health::Available => ("AVAILABLE", None),
        Health::Limited => (
            "LIMITED",
            Some((
                "additional_info",
                json!(["The business is not verified yet, so fewer people can be written to in 24 hours."]),
            )),
        ),
        Health::Blocked => (
            "BLOCKED",
            Some((
                "errors",
                json!([{
                    "error_code": 141_006,
                    "error_description": "There is an issue with the payment method of this account.",
                    "possible_solution": "Add a payment method in the account's settings.",
                }]),
            )),
        ),
    };
    let mut phone_number = json!({
        "can_send_message": word,
        "entity_type": "PHONE_NUMBER",
        "id": channel.external_id,
    });
    if let Some((field, told)) = more {
        phone_number[field] = told;
    }
    json!({
        "health_status": {
            "can_send_message": word,
            "entities": [
                phone_number,
                { "can_send_message": "AVAILABLE", "entity_type": "WABA", "id": channel.waba.external_id },
                { "can_send_message": "AVAILABLE", "entity_type": "BUSINESS", "id": "1" },
                { "can_send_message": "AVAILABLE", "entity_type": "APP", "id": "2" },
            ],
        },
        "id": channel.external_id,
    })
}
