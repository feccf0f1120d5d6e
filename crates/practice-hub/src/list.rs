//! Lists as the Hub gives them: `limit`, `offset`, `sort` and `filters` (documented) in an envelope (seen).

use std::borrow::Cow;
use std::cmp::Reverse;

use axum::response::Response;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::wire::{self, Refusal};
use crate::world::{Channel, Client, World};

/// Seen as the default; whether the Hub has an upper end is not known, so this one has none.
const DEFAULT_LIMIT: usize = 1000;

pub(crate) struct ListQuery {
    limit: usize,
    offset: usize,
    sort: Vec<String>,
    filters: Map<String, Value>,
}

impl ListQuery {
    /// Reads a query string that may be encoded wholly, by half or not at all.
    pub(crate) fn parse(query: &str) -> Result<Self, Refusal> {
        let mut read =
            Self { limit: DEFAULT_LIMIT, offset: 0, sort: vec!["id".to_owned()], filters: Map::new() };
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            match decode(name).as_str() {
                "limit" => read.limit = number("limit", &value)?,
                "offset" => read.offset = number("offset", &value)?,
                "sort" if !value.is_empty() => {
                    read.sort = value.split(',').map(|field| field.trim().to_owned()).collect()
                }
                "filters" if !value.is_empty() => {
                    read.filters = serde_json::from_str(&value)
                        .map_err(|_| Refusal::wrong_payload("filters: a JSON object is wanted"))?;
                }
                // Unknown parameters are tolerated, as the Hub's pages are known to do.
                _ => {}
            }
        }
        Ok(read)
    }

    /// Picks, orders and cuts `rows`, which come ordered by id, and puts what `show` makes of them under `key`.
    pub(crate) fn answer<R: Row, S: Serialize>(
        &self,
        key: &'static str,
        rows: impl Iterator<Item = R>,
        show: impl Fn(&R) -> S,
    ) -> Result<Response, Refusal> {
        let filters = self
            .filters
            .iter()
            .map(|(field, value)| Filter::new::<R>(field, value))
            .collect::<Result<Vec<_>, _>>()?;
        let mut rows: Vec<R> = rows.filter(|row| filters.iter().all(|filter| filter.takes(row))).collect();
        if self.sort != ["id"] {
            for field in self.sort.iter().rev() {
                sort_by(&mut rows, field)?;
            }
        }
        let items: Vec<S> = rows.iter().skip(self.offset).take(self.limit).map(show).collect();
        Ok(wire::ok(&Envelope { query: self, total: rows.len(), key, items }))
    }
}

/// Something that a list shows, sorts and filters by its fields.
pub(crate) trait Row {
    const FIELDS: &'static [&'static str];
    /// The text of one of the fields, if the Hub tells it.
    fn field(&self, name: &str) -> Option<Cow<'_, str>>;
    /// Whether a free-text search finds this row: which fields the Hub searches is not documented (ours).
    fn found_by(&self, lower_case: &str) -> bool;
}

pub(crate) struct ChannelRow<'a> {
    pub world: &'a World,
    pub channel: &'a Channel,
}

impl Row for ChannelRow<'_> {
    const FIELDS: &'static [&'static str] = &[
        "id",
        "account_mode",
        "availability_status",
        "billing_started_at",
        "cancelled_at",
        "client.contact_info.email",
        "client.id",
        "client.name",
        "client_id",
        "created_at",
        "current_limit",
        "current_quality_rating",
        "external_id",
        "has_inbox",
        "hub_status",
        "integration.app_id",
        "integration.enabled",
        "integration.state",
        "is_oba",
        "modified_at",
        "setup_info.phone_name",
        "setup_info.phone_number",
        "status",
        "terminated_at",
        "waba_account.external_id",
        "waba_account.fb_account_status",
        "waba_account.id",
        "waba_account.name",
        "waba_account_id",
    ];

    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        let channel = self.channel;
        let client = self.world.client_of(channel);
        let whole_field = name.split('.').next().unwrap_or(name);
        // A client's channels are found by their client even where the answer says nothing but their ids.
        if !channel.tells(whole_field) && !matches!(whole_field, "client" | "client_id") {
            return None;
        }
        let is_running = channel.integration_state == "running";
        let text = match name {
            "id" => &channel.id,
            "account_mode" => "live",
            "availability_status" => is_running.then_some("ready")?,
            "billing_started_at" => channel.billing_started_at.as_deref()?,
            "cancelled_at" => channel.cancelled_at.as_deref()?,
            "client.contact_info.email" => &client.email,
            "client.id" | "client_id" => &client.id,
            "client.name" => &client.name,
            "created_at" => &channel.created_at,
            "current_limit" => channel.limit,
            "current_quality_rating" => channel.quality,
            "external_id" => &channel.external_id,
            "has_inbox" | "is_oba" => "false",
            "hub_status" => channel.hub_status,
            "integration.app_id" => &channel.app_id,
            "integration.enabled" if is_running => "true",
            "integration.enabled" => "false",
            "integration.state" => channel.integration_state,
            "modified_at" => &channel.modified_at,
            "setup_info.phone_name" => &channel.name,
            "setup_info.phone_number" => &channel.phone,
            "status" => &channel.status,
            "terminated_at" => channel.terminated_at.as_deref()?,
            "waba_account.external_id" => &channel.waba.external_id,
            "waba_account.fb_account_status" => "verified",
            "waba_account.name" => &client.name,
            "waba_account.id" | "waba_account_id" => &channel.waba.id,
            _ => return None,
        };
        Some(Cow::Borrowed(text))
    }

    fn found_by(&self, lower_case: &str) -> bool {
        let texts = ["id", "client.name", "setup_info.phone_name", "client.contact_info.email"];
        if texts
            .iter()
            .filter_map(|name| self.field(name))
            .any(|text| text.to_lowercase().contains(lower_case))
        {
            return true;
        }
        let digits = digits(lower_case);
        let is_phone_number = lower_case.chars().all(|character| "0123456789+-/() ".contains(character));
        is_phone_number
            && !digits.is_empty()
            && self.field("setup_info.phone_number").is_some_and(|phone| phone.contains(&digits))
    }
}

impl Row for &Client {
    const FIELDS: &'static [&'static str] = &["id", "name", "contact_info.email", "created_at"];

    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        let text = match name {
            "id" => &self.id,
            "name" => &self.name,
            "contact_info.email" => &self.email,
            "created_at" => &self.created_at,
            _ => return None,
        };
        Some(Cow::Borrowed(text))
    }

    fn found_by(&self, lower_case: &str) -> bool {
        [&self.id, &self.name, &self.email].iter().any(|text| text.to_lowercase().contains(lower_case))
    }
}

enum Filter {
    Search(String),
    /// A phone number with or without `+` and spaces.
    Phone(Vec<String>),
    /// One of these texts; a list of them is ours.
    Field(String, Vec<String>),
}

impl Filter {
    /// A filter that is not known is refused: to ignore it would show rows that nobody asked for.
    fn new<R: Row>(field: &str, value: &Value) -> Result<Self, Refusal> {
        let texts = match value {
            Value::Array(values) => values.iter().map(text_of).collect(),
            value => text_of(value).map(|text| vec![text]),
        }
        .ok_or_else(|| Refusal::wrong_payload(format!("filters: {field} wants text")))?;
        match field {
            "q" => Ok(Self::Search(texts.join(" ").to_lowercase())),
            "setup_info.phone_number" if R::FIELDS.contains(&field) => {
                Ok(Self::Phone(texts.iter().map(|text| digits(text)).collect()))
            }
            field if R::FIELDS.contains(&field) => Ok(Self::Field(field.to_owned(), texts)),
            field => Err(Refusal::wrong_payload(format!("filters: {field} is not a field to filter by"))),
        }
    }

    fn takes(&self, row: &impl Row) -> bool {
        match self {
            Self::Search(text) => row.found_by(text.trim()),
            Self::Phone(numbers) => row
                .field("setup_info.phone_number")
                .is_some_and(|phone| numbers.iter().any(|number| *number == phone)),
            Self::Field(field, texts) => {
                row.field(field).is_some_and(|told| texts.iter().any(|text| *text == told))
            }
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// `-field` descends (documented). Rows that do not tell the field come last either way (ours).
fn sort_by<R: Row>(rows: &mut [R], field: &str) -> Result<(), Refusal> {
    let (name, descends) = match field.strip_prefix('-') {
        Some(name) => (name, true),
        None => (field, false),
    };
    if !R::FIELDS.contains(&name) {
        return Err(Refusal::wrong_payload(format!("sort: {name} is not a field to sort by")));
    }
    let text = |row: &R| row.field(name).map(Cow::into_owned);
    if descends {
        rows.sort_by_cached_key(|row| (text(row).is_none(), Reverse(text(row))));
    } else {
        rows.sort_by_cached_key(|row| (text(row).is_none(), text(row)));
    }
    Ok(())
}

struct Envelope<'a, S> {
    query: &'a ListQuery,
    total: usize,
    key: &'static str,
    items: Vec<S>,
}

impl<S: Serialize> Serialize for Envelope<'_, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        let mut map = serializer.serialize_map(Some(7))?;
        map.serialize_entry("count", &self.items.len())?;
        map.serialize_entry("filters", &self.query.filters)?;
        map.serialize_entry("limit", &self.query.limit)?;
        map.serialize_entry("offset", &self.query.offset)?;
        map.serialize_entry(self.key, &self.items)?;
        map.serialize_entry("sort", &self.query.sort)?;
        map.serialize_entry("total", &self.total)?;
        map.end()
    }
}

fn number(name: &str, value: &str) -> Result<usize, Refusal> {
    value.parse().map_err(|_| Refusal::wrong_payload(format!("{name}: a whole number is wanted")))
}

/// Percent-decodes what is encoded and leaves the rest as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            (first, _) => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_whether_encoded_wholly_by_half_or_not_at_all() {
        for query in [
            "filters=%7B%22client_id%22%3A%22abcCL%22%7D&limit=5",
            "filters={%22client_id%22:%22abcCL%22}&limit=5",
            r#"limit=5&filters={"client_id":"abcCL"}"#,
            "limit=5&filters=%7b%22client_id%22:%20%22abcCL%22%7d&unknown=%zz",
        ] {
            let read = ListQuery::parse(query).expect("a query that can be read");
            assert_eq!(read.filters.get("client_id"), Some(&Value::from("abcCL")), "{query}");
            assert_eq!(read.limit, 5, "{query}");
        }
    }

    #[test]
    fn what_is_not_a_query_is_refused() {
        for query in ["limit=many", "offset=-1", "filters=client_id", "filters=[1]"] {
            assert!(ListQuery::parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn an_empty_query_means_the_defaults() {
        let read = ListQuery::parse("").expect("a query that can be read");
        assert_eq!((read.limit, read.offset, read.sort), (1000, 0, vec!["id".to_owned()]));
    }
}
