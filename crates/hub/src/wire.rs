//! What goes over the wire, read tolerantly: unknown fields are ignored, a missing field is not told, an unknown
//! word stays as it is, and a field of another type than expected spoils nothing but itself.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use channel_keys_core::channel::{ChannelId, Client, ClientId, Partner, PartnerId, Payer, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, ListedKey, NewSession, Person, Rank, Role, Sending, Webhook};
use channel_keys_core::secret::{ApiKey, SessionToken};
use channel_keys_core::webhook::{ExtraChange, ExtraWebhook, ExtraWebhooks, WebhookSetting, host_of};

mod channels;
mod fields;
mod lists;
mod new_key;
mod partner;
mod shared;

pub(crate) use channels::{ChannelAnswer, channels_page};
pub(crate) use lists::{Page, one};
pub(crate) use new_key::new_key;
pub(crate) use partner::{PartnerAnswer, clients_page};
pub(crate) use shared::SharedAnswer;

use fields::{lenient, text};

#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    access_token: String,
    token_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    expires_in: Option<u64>,
}

/// The longest life of a session that is believed (ours), in seconds: the Hub gives 24 hours (seen).
const LONGEST_SESSION: u64 = 400 * 24 * 3600;

impl TokenAnswer {
    /// The session; none where it is not one that goes with "Bearer", whose case does not matter (seen).
    pub(crate) fn into_session(self) -> Option<NewSession> {
        let bearer = self.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        let lasts = self.expires_in.map(|seconds| Duration::from_secs(seconds.min(LONGEST_SESSION)));
        (bearer && !self.access_token.is_empty())
            .then(|| NewSession { token: SessionToken::new(self.access_token), lasts: lasts.into() })
    }
}

#[derive(Deserialize)]
pub(crate) struct PersonAnswer {
    #[serde(deserialize_with = "text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    roles: Option<Vec<RoleAnswer>>,
}

#[derive(Deserialize)]
struct RoleAnswer {
    #[serde(default, deserialize_with = "text")]
    client_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    partner_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    role: Option<String>,
}

impl PersonAnswer {
    pub(crate) fn into_person(self) -> Option<Person> {
        let roles = self.roles.unwrap_or_default().into_iter().filter_map(|role| {
            let rank = match role.role.as_deref() {
                Some("owner") => Rank::Owner,
                Some("member") => Rank::Member,
                other => Rank::Other(other.unwrap_or_default().to_owned()),
            };
            match (role.client_id, role.partner_id) {
                (Some(client), _) => {
                    Some(Role::Client { client: ClientId(client), name: Fact::NotTold, rank })
                }
                (None, Some(partner)) => Some(Role::Partner { partner: PartnerId(partner), rank }),
                (None, None) => None,
            }
        });
        Some(Person {
            id: self.id?,
            email: self.email.unwrap_or_default(),
            name: self.name.into(),
            roles: roles.collect(),
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct ClientAnswer {
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    payment_method: Option<String>,
    /// Absent is not told; null is no partner.
    #[serde(default)]
    partner: Option<Value>,
    #[serde(skip)]
    partner_was_told: bool,
}

#[derive(Deserialize)]
struct PartnerOfClient {
    id: String,
    #[serde(default, deserialize_with = "text")]
    brand_name: Option<String>,
}

impl ClientAnswer {
    /// Reads a client; serde alone can't tell an absent partner from none.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let partner_was_told = value.get("partner").is_some();
        let answer: ClientAnswer = serde_json::from_value(value).ok()?;
        Some(Self { partner_was_told, ..answer })
    }

    pub(crate) fn into_client(self, id: ClientId) -> Client {
        let partner = match self.partner {
            None if self.partner_was_told => Fact::Told(None),
            None => Fact::NotTold,
            Some(value) => serde_json::from_value::<PartnerOfClient>(value)
                .ok()
                .map(|partner| Some(Partner { id: PartnerId(partner.id), name: partner.brand_name.into() }))
                .into(),
        };
        Client {
            id,
            name: self.name.into(),
            payer: match self.payment_method.as_deref() {
                Some("direct") => Fact::Told(Payer::Client),
                Some("partner") => Fact::Told(Payer::Partner),
                _ => Fact::NotTold,
            },
            partner,
        }
    }
}

/// One line of the permissions that a client has given.
#[derive(Deserialize)]
pub(crate) struct PermissionAnswer {
    #[serde(default, deserialize_with = "text")]
    pub(crate) channel_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    shared: Option<bool>,
}

impl PermissionAnswer {
    /// What holds for this channel; not told where the answer is about another one.
    pub(crate) fn permission_of(&self, channel: &ChannelId) -> Fact<Permission> {
        match &self.channel_id {
            Some(other) if *other != channel.0 => Fact::NotTold,
            _ => self.permission(),
        }
    }

    pub(crate) fn permission(&self) -> Fact<Permission> {
        Fact::from(self.shared).map(|shared| if shared { Permission::Shared } else { Permission::Missing })
    }
}

/// A channel's keys, masked (seen once).
#[derive(Deserialize)]
pub(crate) struct KeyListAnswer {
    api_keys: Vec<ListedKeyAnswer>,
}

#[derive(Deserialize)]
struct ListedKeyAnswer {
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    api_key: Option<String>,
}

impl KeyListAnswer {
    /// Of a key no more is taken than what tells it apart, since a Hub might not mask it.
    pub(crate) fn into_keys(self) -> Vec<ListedKey> {
        let listed = |key: ListedKeyAnswer| {
            let tail = key.api_key.map(|key| ApiKey::new(key).tail());
            let is_masked = |tail: &String| tail.is_empty() || !tail.chars().all(char::is_alphanumeric);
            ListedKey { hub_id: key.id.into(), tail: tail.filter(|tail| !is_masked(tail)).into() }
        };
        self.api_keys.into_iter().map(listed).collect()
    }
}

#[derive(Deserialize)]
pub(crate) struct HealthAnswer {
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    health_status: HealthStatus,
}

#[derive(Deserialize)]
struct HealthStatus {
    #[serde(default, deserialize_with = "text")]
    can_send_message: Option<String>,
}

impl HealthAnswer {
    pub(crate) fn into_health(self) -> Health {
        Health {
            external_id: self.id.into(),
            sending: Fact::from(self.health_status.can_send_message).map(|word| match word.as_str() {
                "AVAILABLE" => Sending::Available,
                "LIMITED" => Sending::Limited,
                "BLOCKED" => Sending::Blocked,
                _ => Sending::Other(word),
            }),
        }
    }
}

/// Where messages are delivered (seen): the address, and headers that nobody here reads. None where the answer says
/// nothing of an address, since silence does not mean that none is set; an empty one or null does (ours).
pub(crate) fn webhook(body: &[u8]) -> Option<Webhook> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let url = match answer.get("url")? {
        Value::String(url) => url.trim(),
        Value::Null => "",
        _ => return None,
    };
    Some(Webhook { host: host_of(url) })
}

/// All that a webhook is set with. None where the answer does not say, or says it in a form that could not be set again.
pub(crate) fn webhook_setting(body: &[u8]) -> Option<Option<WebhookSetting>> {
    setting(&serde_json::from_slice(body).ok()?)
}

/// The webhook that an object sets, none where its address is empty; none at all where it could not be set again.
fn setting(value: &Value) -> Option<Option<WebhookSetting>> {
    let url = match value.get("url")? {
        // An empty address sets none, whatever goes along.
        Value::String(url) if host_of(url.trim()).is_none() => return Some(None),
        Value::String(url) => url,
        Value::Null => return Some(None),
        _ => return None,
    };
    let headers = match value.get("headers") {
        None | Some(Value::Null) => BTreeMap::new(),
        Some(Value::Object(headers)) => {
            let texts = headers.iter().map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
            texts.collect::<Option<_>>()?
        }
        Some(_) => return None,
    };
    Some(WebhookSetting::of(url, headers))
}

/// A number's extra webhooks (documented; the list's field name is ours). None where the answer says nothing of them; an
/// entry that can't be set again, or has a name that another one has, leaves the list incomplete and spoils no other.
pub(crate) fn extra_webhooks(body: &[u8]) -> Option<ExtraWebhooks> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let enabled = answer.get("enabled").and_then(Value::as_bool);
    let nothing = Vec::new();
    let entries = match answer.get("destinations") {
        Some(Value::Array(entries)) => entries,
        // Switched off, or on without any: there are none to be served.
        Some(Value::Null) => &nothing,
        None if enabled.is_some() => &nothing,
        _ => return None,
    };
    let mut extra = ExtraWebhooks { enabled: enabled.into(), list: Vec::new(), complete: true };
    for entry in entries {
        let name = entry.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
        match (name, setting(entry)) {
            (Some(name), Some(Some(setting))) if extra.named(name).is_none() => {
                extra.list.push(ExtraWebhook { name: name.to_owned(), setting });
            }
            // One without an address delivers nowhere.
            (_, Some(None)) => {}
            _ => extra.complete = false,
        }
    }
    Some(extra)
}

/// How a change of the extra webhooks is asked for.
pub(crate) fn extra_change(change: ExtraChange<'_>) -> (Method, String) {
    let (method, extra) = match change {
        ExtraChange::Enable => return (Method::POST, r#"{"enabled":true}"#.to_owned()),
        ExtraChange::Append(extra) => (Method::PUT, extra),
        ExtraChange::Change(extra) => (Method::PATCH, extra),
    };
    (method, format!(r#"{{"destinations":[{}]}}"#, extra.whole().expose()))
}

/// What an error says in words: the Hub's own form (seen), that of `/token` (ours), or the messaging host's.
pub(crate) fn said(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    ["/meta/developer_message", "/error_description", "/error/message", "/message", "/detail"]
        .iter()
        .find_map(|place| value.pointer(place).and_then(Value::as_str).map(str::to_owned))
}

/// Whether an error has the form in which the Hub speaks: a JSON object with one of the fields that APIs name what went
/// wrong by (`meta` is seen, the others are ours). A gateway's page has not.
pub(crate) fn is_in_hub_form(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return false };
    ["meta", "error", "errors", "detail", "message"].iter().any(|name| fields.contains_key(*name))
}

/// The word of an error of `/token` (ours).
pub(crate) fn error_word(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    value.get("error").and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_partner_is_told_only_by_a_null_and_not_by_silence() {
        let partner = |json: &str| {
            ClientAnswer::read(json.as_bytes()).expect("it reads").into_client(ClientId("a".into())).partner
        };
        assert_eq!(partner(r#"{"partner":null}"#), Fact::Told(None));
        assert_eq!(partner("{}"), Fact::NotTold);
        assert_eq!(partner(r#"{"partner":"?"}"#), Fact::NotTold);
    }
}
