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
mod json;
mod lists;
mod new_key;
mod partner;
mod refusals;
mod shared;

pub(crate) use channels::{ChannelAnswer, channels_page};
pub(crate) use json::read;
pub(crate) use lists::{Page, one};
pub(crate) use new_key::new_key;
pub(crate) use partner::{PartnerAnswer, clients_page};
pub(crate) use refusals::{in_hub_form, said, sign_in_refusal};
pub(crate) use shared::SharedAnswer;

use fields::{count, entries, id, lenient, text};

#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    access_token: String,
    #[serde(default, deserialize_with = "text")]
    token_type: Option<String>,
    #[serde(default, deserialize_with = "count")]
    expires_in: Option<u64>,
}

/// The longest life of a session that is believed (ours), in seconds: the Hub gives 24 hours (seen).
const LONGEST_SESSION: u64 = 400 * 24 * 3600;

impl TokenAnswer {
    /// The session; none where it is not one that goes with "Bearer", whose case does not matter (seen), or that no
    /// header could carry.
    pub(crate) fn into_session(self) -> Option<NewSession> {
        let bearer = self.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        let token = self.access_token.trim();
        let lasts = self.expires_in.map(|seconds| Duration::from_secs(seconds.min(LONGEST_SESSION)));
        (bearer && !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()))
            .then(|| NewSession { token: SessionToken::new(token), lasts: lasts.into() })
    }
}

#[derive(Deserialize)]
pub(crate) struct PersonAnswer {
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "entries")]
    roles: Option<Vec<Option<RoleAnswer>>>,
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
    /// Whose session it is; none where the answer does not say, or names roles of which none can be read.
    pub(crate) fn into_person(self) -> Option<Person> {
        let told = self.roles?;
        let has_some = !told.is_empty();
        let mut roles: Vec<Role> = Vec::new();
        for role in told.into_iter().flatten() {
            let rank = match role.role.as_deref() {
                Some("owner") => Rank::Owner,
                Some("member") => Rank::Member,
                other => Rank::Other(other.unwrap_or_default().to_owned()),
            };
            let role = match (id(role.client_id), id(role.partner_id)) {
                (Some(client), _) => Role::Client { client: ClientId(client), name: Fact::NotTold, rank },
                (None, Some(partner)) => Role::Partner { partner: PartnerId(partner), rank },
                (None, None) => continue,
            };
            // Two roles at one place are one place to work at.
            if !roles.iter().any(|known| known.is_at_the_place_of(&role)) {
                roles.push(role);
            }
        }
        if roles.is_empty() && has_some {
            return None;
        }
        Some(Person {
            id: id(self.id)?,
            email: self.email.unwrap_or_default(),
            name: self.name.into(),
            roles,
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
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    brand_name: Option<String>,
}

impl ClientAnswer {
    /// Reads a client; serde alone can't tell an absent partner from none.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let value: Value = read(body)?;
        let partner_was_told = value.get("partner").is_some();
        let answer: ClientAnswer = value.is_object().then(|| serde_json::from_value(value).ok())??;
        Some(Self { partner_was_told, ..answer })
    }

    pub(crate) fn into_client(self, id: ClientId) -> Client {
        let partner = match self.partner {
            None if self.partner_was_told => Fact::Told(None),
            None => Fact::NotTold,
            Some(value) => serde_json::from_value::<PartnerOfClient>(value)
                .ok()
                .and_then(|it| {
                    Some(Partner { id: PartnerId(fields::id(it.id)?), name: it.brand_name.into() })
                })
                .map(Some)
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

/// The permissions that a client has given: a bare list (ours), or one under a key as other lists have it. None where there
/// is no such list.
pub(crate) fn permissions(body: &[u8]) -> Option<Vec<PermissionAnswer>> {
    #[derive(Deserialize)]
    struct Lines(#[serde(deserialize_with = "entries")] Option<Vec<Option<PermissionAnswer>>>);

    let bare = read(body).and_then(|Lines(lines)| lines);
    let bare = bare.map(|lines| lines.into_iter().flatten().collect());
    bare.or_else(|| Some(lists::page(body, &["partner_permissions", "permissions"])?.items))
}

/// A channel's keys, masked (seen once).
#[derive(Deserialize)]
pub(crate) struct KeyListAnswer {
    #[serde(deserialize_with = "entries")]
    api_keys: Option<Vec<Option<ListedKeyAnswer>>>,
}

#[derive(Default, Deserialize)]
struct ListedKeyAnswer {
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    api_key: Option<String>,
}

impl KeyListAnswer {
    /// Of a key no more is taken than what tells it apart, since a Hub might not mask it.
    /// One that can't be read is a key all the same, of which nothing is known. None where there is no list.
    pub(crate) fn into_keys(self) -> Option<Vec<ListedKey>> {
        let listed = |key: Option<ListedKeyAnswer>| {
            let key = key.unwrap_or_default();
            let tail = key.api_key.map(|key| ApiKey::new(key).tail());
            let is_masked = |tail: &String| tail.is_empty() || !tail.chars().all(char::is_alphanumeric);
            ListedKey { hub_id: id(key.id).into(), tail: tail.filter(|tail| !is_masked(tail)).into() }
        };
        Some(self.api_keys?.into_iter().map(listed).collect())
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
    #[serde(default, deserialize_with = "entries")]
    entities: Option<Vec<Option<HealthEntity>>>,
}

#[derive(Deserialize)]
struct HealthEntity {
    #[serde(default, deserialize_with = "text")]
    entity_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
}

impl HealthAnswer {
    pub(crate) fn into_health(self) -> Health {
        let HealthStatus { can_send_message, entities } = self.health_status;
        Health {
            external_id: id(self.id).or_else(|| number_among(entities.unwrap_or_default())).into(),
            sending: Fact::from(can_send_message).map(|word| match word.as_str() {
                "AVAILABLE" => Sending::Available,
                "LIMITED" => Sending::Limited,
                "BLOCKED" => Sending::Blocked,
                _ => Sending::Other(word),
            }),
        }
    }
}

/// The number's own id, where the root has none (seen). None where there are several, or where that entity can't be read.
fn number_among(entities: Vec<Option<HealthEntity>>) -> Option<String> {
    let is_number = |entity: &HealthEntity| entity.entity_type.as_deref() == Some("PHONE_NUMBER");
    let mut numbers = entities.into_iter().flatten().filter(is_number).map(|entity| id(entity.id));
    let first = numbers.next()??;
    numbers.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Where messages are delivered (seen): the address, and headers that nobody here reads. None where the answer says
/// nothing of an address, since silence does not mean that none is set; an empty one or null does (ours).
pub(crate) fn webhook(body: &[u8]) -> Option<Webhook> {
    let answer: Value = read(body)?;
    let url = match answer.get("url")? {
        Value::String(url) => url.trim(),
        Value::Null => "",
        _ => return None,
    };
    Some(Webhook { host: host_of(url) })
}

/// All that a webhook is set with. None where the answer does not say, or says it in a form that could not be set again.
pub(crate) fn webhook_setting(body: &[u8]) -> Option<Option<WebhookSetting>> {
    setting(&read::<Value>(body)?)
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
    let is_readable = |text: &String| !text.contains(json::UNREADABLE);
    let readable = headers.iter().all(|(name, value)| is_readable(name) && is_readable(value));
    (readable && is_readable(url)).then(|| WebhookSetting::of(url, headers))
}

/// A number's extra webhooks (documented; the list's field name is ours). None where the answer says nothing of them; an
/// entry that can't be set again, or has a name that another one has, leaves the list incomplete and spoils no other.
pub(crate) fn extra_webhooks(body: &[u8]) -> Option<ExtraWebhooks> {
    let answer: Value = read(body)?;
    let enabled = answer.get("enabled").and_then(Value::as_bool);
    let nothing = Vec::new();
    let entries = match answer.get("destinations") {
        Some(Value::Array(entries)) => entries,
        // Switched off, or on without any: there are none to be served.
        Some(Value::Null) => &nothing,
        None if enabled.is_some() => &nothing,
        _ => return None,
    };
    // The list's name is ours: switched on without it, there may be some under another one.
    let complete = enabled == Some(false) || answer.get("destinations").is_some();
    let mut extra = ExtraWebhooks { enabled: enabled.into(), list: Vec::new(), complete };
    for entry in entries {
        let name = entry
            .get("name")
            .and_then(Value::as_str)
            .filter(|name| !name.is_empty() && !name.contains(json::UNREADABLE));
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
