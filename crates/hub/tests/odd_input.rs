//! What no Hub would send: random bytes, and answers with a piece changed. Nothing may panic, and nothing may be made
//! up. `cargo xtask fuzz` runs the same with very many more cases.

use std::time::Duration;

use channel_keys_core::channel::{PartnerId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::Quote;
use channel_keys_hub::{Base, reading};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

const ANSWERS: [&str; 14] = [
    r#"{"count":1,"limit":1000,"offset":0,"total":1,"client_channels":[{"id":"tQ8m2ZCH","status":"ready","hub_status":"live","integration":{"state":"running"},"setup_info":{"phone_name":"Front desk","phone_number":"+493055570142"},"partner_permission":"shared"}]}"#,
    r#"{"id":"Zx81kQw2CL","name":"Harbour Hotel","payment_method":"direct","partner":{"id":"aPA","brand_name":"Blue Anchor"}}"#,
    r#"{"address":"https://waba-v2.360dialog.io","api_key":"inventedinventedAK","app_id":"104148","id":"201126"}"#,
    r#"{"health_status":{"can_send_message":"AVAILABLE","entities":[]},"id":"106540352242922"}"#,
    r#"{"access_token":"invented","expires_in":86400,"refresh_token":"invented","token_type":"Bearer"}"#,
    r#"{"channel_id":"tQ8m2ZCH","partner_id":"aPA","shared":true}"#,
    r#"{"url":"https://hooks.tablewise.example/whatsapp","headers":{"authorization":"invented"}}"#,
    r#"{"count":2,"limit":1000,"offset":0,"total":2,"partner_channels":[{"id":"tQ8m2ZCH","status":"ready","client":{"id":"Zx81kQw2CL","name":"Acme","contact_info":{"email":"ops@acme.example"}},"client_id":"Zx81kQw2CL"},{"id":"uR9n3YCH","setup_info":{"phone_name":"Caf\u00e9","phone_number":"491700000001"}}]}"#,
    r#"{"id":"tQ8m2ZCH","status":"ready","client_id":"Zx81kQw2CL","partner_permission":"missing"}"#,
    r#"{"count":1,"total":1,"clients":[{"id":"Zx81kQw2CL","name":"Acme","contact_info":{"email":"ops@acme.example"}}]}"#,
    r#"{"id":"aPA","brand_name":"Blue Anchor","webhook_url":null}"#,
    r#"{"enabled":true,"destinations":[{"name":"crm","url":"https://crm.example/in?t=invented","headers":{"a":"b"}}]}"#,
    r#"[{"id":"tQ8m2ZCH","status":"ready"},{"id":"uR9n3YCH"}]"#,
    r#"{"shared_client_numbers":["tQ8m2ZCH",{"id":"uR9n3YCH"}],"count":2,"total":2}"#,
];

/// The channels that the two lists of what is shared hold, as they stand above.
const SHARED: [&str; 2] = ["tQ8m2ZCH", "uR9n3YCH"];

fn read_all(body: &[u8]) {
    if let Some(channels) = reading::channels(body) {
        assert!(
            channels.iter().all(|channel| !channel.id.0.is_empty()),
            "a channel without an id was made up"
        );
    }
    let _ = reading::client(body);
    let _ = reading::health(body);
    if let Some(new) = reading::new_key(body) {
        assert!(!new.key.expose().is_empty(), "a key was made up");
    }
    if let Some(session) = reading::session(body) {
        assert!(!session.token.expose().is_empty(), "a session was made up");
        assert!(session.lasts.told().is_none_or(|lasts| lasts.as_secs() <= 400 * 24 * 3600));
    }
    let _ = reading::permission(body);
    read_partners_side(body);
    if let Some(webhook) = reading::webhook(body) {
        let host = webhook.host.unwrap_or_default();
        assert!(host.chars().count() <= Quote::LONGEST, "{host:?} is not cut");
        assert!(!host.chars().any(char::is_control), "{host:?} is not clean");
    }
    if let Some(extra) = reading::extra_webhooks(body) {
        for (at, one) in extra.list.iter().enumerate() {
            assert!(!one.name.is_empty() && !one.setting.host.is_empty(), "a webhook was made up");
            assert!(extra.list[..at].iter().all(|other| other.name != one.name), "a name is there twice");
        }
    }
    if let Some(Some(setting)) = reading::webhook_setting(body) {
        assert!(!setting.host.is_empty(), "a webhook without an address was made up");
        let again = reading::webhook_setting(setting.whole().expose().as_bytes()).flatten();
        assert!(again.is_some_and(|again| again.same_as(&setting)), "what would be set is not what was told");
    }
}

fn read_partners_side(body: &[u8]) {
    if let Some(piece) = reading::partner_channels(body) {
        assert!(piece.channels.len() <= piece.entries, "more channels than entries were made up");
        for read in &piece.channels {
            assert!(!read.channel.id.0.is_empty(), "a channel without an id was made up");
            assert_eq!(read.channel.permission, Fact::NotTold, "a permission was made up");
            assert!(read.client.told().is_none_or(|client| !client.id.0.is_empty()));
        }
    }
    if let Some(read) = reading::partner_channel(body) {
        assert_eq!(read.channel.permission, Fact::NotTold, "a permission was made up");
    }
    if let Some(clients) = reading::partner_clients(body) {
        assert!(clients.iter().all(|client| !client.id.0.is_empty()), "a client without an id was made up");
    }
    let _ = reading::partner_name(body, &PartnerId("aPA".into()));
    if let Some(shared) = reading::shared(body) {
        assert!(
            serde_json::from_slice::<IgnoredAny>(body).is_ok(),
            "what is no JSON was taken for a list, and every channel that is not in it would be Missing"
        );
        assert!(shared.iter().all(|id| !id.0.trim().is_empty()), "a channel without an id was made up");
        assert!(entries_of(body).is_none_or(|all| shared.len() <= all), "more was read than stands there");
    }
}

/// How many entries the longest list in an answer has, where serde_json reads it.
fn entries_of(body: &[u8]) -> Option<usize> {
    Some(match serde_json::from_slice(body).ok()? {
        Value::Array(list) => list.len(),
        Value::Object(fields) => {
            fields.values().filter_map(Value::as_array).map(Vec::len).max().unwrap_or_default()
        }
        _ => 0,
    })
}

#[test]
fn the_answers_that_are_changed_below_are_read_as_they_stand() {
    assert_eq!(reading::channels(ANSWERS[0].as_bytes()).map(|channels| channels.len()), Some(1));
    let client = reading::client(ANSWERS[1].as_bytes()).expect("a client");
    assert_eq!(client.name, Fact::Told("Harbour Hotel".into()));
    assert!(reading::new_key(ANSWERS[2].as_bytes()).is_some());
    assert!(reading::health(ANSWERS[3].as_bytes()).is_some());
    let session = reading::session(ANSWERS[4].as_bytes()).expect("a session");
    assert_eq!(session.lasts, Fact::Told(Duration::from_secs(86_400)));
    assert_eq!(reading::permission(ANSWERS[5].as_bytes()), Some(Fact::Told(Permission::Shared)));
    let webhook = reading::webhook(ANSWERS[6].as_bytes()).expect("a webhook");
    assert_eq!(webhook.host.as_deref(), Some("hooks.tablewise.example"));
    let piece = reading::partner_channels(ANSWERS[7].as_bytes()).expect("a piece");
    assert_eq!((piece.channels.len(), piece.entries, piece.total), (2, 2, Fact::Told(2)));
    assert!(reading::partner_channel(ANSWERS[8].as_bytes()).is_some());
    assert_eq!(reading::partner_clients(ANSWERS[9].as_bytes()).map(|clients| clients.len()), Some(1));
    let name = reading::partner_name(ANSWERS[10].as_bytes(), &PartnerId("aPA".into()));
    assert_eq!(name, Some(Fact::Told("Blue Anchor".into())));
    assert_eq!(reading::extra_webhooks(ANSWERS[11].as_bytes()).map(|extra| extra.list.len()), Some(1));
    for list in &ANSWERS[12..] {
        let shared = reading::shared(list.as_bytes()).expect("a list");
        assert!(shared.iter().map(|id| id.0.as_str()).eq(SHARED), "{shared:?}");
    }
}

proptest! {
    #[test]
    fn random_bytes_are_read_without_a_panic(body in vec(any::<u8>(), 0..400)) {
        read_all(&body);
    }

    #[test]
    fn an_answer_with_a_piece_changed_is_read_without_a_panic(
        which in 0..ANSWERS.len(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        piece in prop_oneof![
            Just("null".to_owned()), Just("[]".to_owned()), Just("{}".to_owned()), Just("-1e308".to_owned()),
            Just("\"\\u0000\"".to_owned()), Just("true".to_owned()), "\\PC{0,20}",
        ],
    ) {
        let mut body = ANSWERS[which].as_bytes().to_vec();
        let start = at.index(body.len());
        let end = (start + length).min(body.len());
        body.splice(start..end, piece.bytes());
        read_all(&body);
    }

    #[test]
    fn an_entry_with_a_value_changed_calls_no_other_channel_missing(
        value in prop_oneof![
            Just("null".to_owned()), Just("[]".to_owned()), Just("{}".to_owned()), Just("7".to_owned()),
            Just("true".to_owned()), Just("\"\"".to_owned()), Just("\" \"".to_owned()), Just("\"\\ud83d\"".to_owned()),
            Just("1e999".to_owned()), Just("[\"uR9n3YCH\"]".to_owned()),
        ],
        place in 0..3_usize,
        form in 0..4_usize,
    ) {
        // Plain entries or objects, at the front, between or behind, bare or under a key.
        let mut entries: Vec<String> = SHARED.iter().map(|id| format!("\"{id}\"")).collect();
        let odd = if form % 2 == 0 { value } else { format!("{{\"id\":{value}}}") };
        entries.insert(place, odd);
        let list = format!("[{}]", entries.join(","));
        let body = if form < 2 { list } else { format!("{{\"channels\":{list}}}") };
        prop_assert_eq!(reading::shared(body.as_bytes()), None, "{}", body);
    }

    #[test]
    fn deeply_nested_answers_are_refused_without_a_panic(depth in 0_usize..20_000) {
        read_all(&[vec![b'['; depth], vec![b']'; depth]].concat());
        // Read more than once by the careful way, which a tenth of the depth tries as well.
        let depth = depth / 10;
        let nested = format!("{}1{}", r#"{"client":"#.repeat(depth), "}".repeat(depth));
        read_all(format!(r#"{{"partner_channels":[{nested}],"channels":"\ud83d"}}"#).as_bytes());
        read_all(format!(r#"{{"partner_channels":[{{"name":"\ud83d","client":{nested}}}]}}"#).as_bytes());
        read_all(format!("{}1{}", r#"{"api_key":"#.repeat(depth), "}".repeat(depth)).as_bytes());
    }

    #[test]
    fn an_address_is_the_hub_s_only_if_it_is_encrypted_or_here(text in "\\PC{0,60}") {
        if let Ok(base) = text.parse::<Base>() {
            prop_assert!(text.trim().to_lowercase().starts_with("http"));
            prop_assert!(!base.host().is_empty());
        }
    }

    #[test]
    fn a_quotation_never_carries_control_characters(text in any::<String>()) {
        if let Some(said) = Quote::from_text(&text) {
            prop_assert!(!said.as_str().chars().any(char::is_control));
            prop_assert!(said.as_str().chars().count() <= Quote::LONGEST);
        }
    }
}
