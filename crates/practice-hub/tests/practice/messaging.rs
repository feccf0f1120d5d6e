//! Section 6: does a key work, without sending a message.

use practice_hub::{Do, Fault, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn the_health_of_a_channel_says_whose_key_it_is() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let list = maria.get(&format!("/clients/{}/channels", practice.client(HARBOUR))).await.expect(200).json();
    for channel in list["client_channels"].as_array().expect("a list") {
        let Some(key) = practice.hub.earlier_key(channel["id"].as_str().expect("an id")) else {
            continue;
        };
        let health = practice.health(&key).await.expect(200).json();
        assert_eq!(health["id"], channel["external_id"]);
        assert_eq!(health["health_status"]["can_send_message"], "AVAILABLE");
        let entities = health["health_status"]["entities"].as_array().expect("entities");
        let types: Vec<_> =
            entities.iter().map(|entity| entity["entity_type"].as_str().expect("a type")).collect();
        assert_eq!(types, ["PHONE_NUMBER", "WABA", "BUSINESS", "APP"]);
        assert_eq!(entities[0]["id"], channel["external_id"]);
        assert_eq!(entities[1]["id"], channel["waba_account"]["external_id"]);
    }
}

#[tokio::test]
async fn a_limited_channel_comes_with_information_and_a_blocked_one_with_errors() {
    let practice = practise().await;
    let health = async |channel| {
        let key = practice.hub.earlier_key(&practice.channel(PADARIA, channel)).expect("an earlier key");
        practice.health(&key).await.expect(200).json()["health_status"].clone()
    };
    let limited = health("Balcão").await;
    assert_eq!(limited["can_send_message"], "LIMITED");
    assert!(limited["entities"][0]["additional_info"][0].is_string());
    let blocked = health("Entregas").await;
    assert_eq!(blocked["can_send_message"], "BLOCKED");
    assert!(blocked["entities"][0]["errors"][0]["error_description"].is_string());
    assert_eq!(health("Encomendas").await["can_send_message"], "AVAILABLE");
}

#[tokio::test]
async fn only_a_channel_s_own_live_key_opens_the_messaging_host() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let url = format!("{}/health_status", practice.hub.messaging());
    let partner_key = practice.partner_key();
    for headers in [
        &[][..],
        &[("D360-API-KEY", "made-up")],
        &[("D360-API-KEY", "")],
        &[("D360-API-KEY", partner_key.credential())],
        &[("X-API-Key", partner_key.credential())],
        &[("Authorization", maria.credential())],
    ] {
        practice.send_to(&url, Method::GET, headers, None).await.expect(401).reason();
    }
    practice.send_to(&url, Method::POST, &[], None).await.expect(405).reason();
    let nothing = format!("{}/v1/messages", practice.hub.messaging());
    practice.send_to(&nothing, Method::POST, &[], None).await.expect(404).reason();
}

#[tokio::test]
async fn when_a_webhook_is_set_then_it_is_read_back_with_its_headers() {
    let practice = practise().await;
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    let key = practice.hub.earlier_key(&id).expect("an earlier key");
    assert_eq!(
        practice.webhook(&key).await.expect(200).json(),
        json!({ "url": "https://hooks.tablewise.example/whatsapp", "headers": {} })
    );
    let wanted = json!({ "url": "https://new.tablewise.example/in", "headers": { "X-Table": "7" } });
    assert_eq!(practice.set_webhook(&key, wanted.clone()).await.expect(200).json(), wanted);
    assert_eq!(practice.webhook(&key).await.expect(200).json(), wanted);
    assert_eq!(practice.hub.webhook(&id).as_deref(), Some("https://new.tablewise.example/in"));
    for wrong in [json!({}), json!({ "url": "tablewise" }), json!({ "url": 1 })] {
        practice.set_webhook(&key, wrong).await.expect(400).reason();
    }
    assert_eq!(practice.webhook(&key).await.expect(200).json(), wanted);
    practice.set_webhook("made-up", json!({ "url": "https://x.example" })).await.expect(401).reason();
    practice.set_webhook(&key, json!({ "url": "" })).await.expect(200);
    assert_eq!(practice.hub.webhook(&id), None);
}

fn destination(name: &str, url: &str) -> Value {
    json!({ "name": name, "url": url, "headers": {} })
}

#[tokio::test]
async fn extra_webhooks_are_appended_changed_by_their_name_and_switched() {
    let practice = practise().await;
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    let key = practice.hub.earlier_key(&id).expect("an earlier key");
    let extra = async |method, body| practice.extra_webhooks(&key, method, body).await;
    assert_eq!(
        extra(Method::GET, None).await.expect(200).json(),
        json!({ "enabled": false, "destinations": [] })
    );

    let crm = json!({ "name": "crm", "url": "https://crm.example/in", "headers": { "X-Table": "7" } });
    extra(Method::POST, Some(json!({ "enabled": true, "destinations": [crm] }))).await.expect(200);
    extra(Method::PUT, Some(json!({ "destinations": [destination("CRM", "https://two.example")] })))
        .await
        .expect(200);
    let changed = destination("crm", "https://new.example/in");
    let patched = extra(Method::PATCH, Some(json!({ "destinations": [changed] }))).await.expect(200).json();

    let both = [changed, destination("CRM", "https://two.example")];
    assert_eq!(patched, json!({ "enabled": true, "destinations": both }));
    extra(Method::POST, Some(json!({ "enabled": false }))).await.expect(200);
    let off = extra(Method::GET, None).await.expect(200).json();
    assert_eq!(off, json!({ "enabled": false, "destinations": both }));
}

#[tokio::test]
async fn a_fourth_extra_webhook_and_a_taken_or_unknown_name_are_refused() {
    let practice = practise().await;
    let id = practice.channel(PADARIA, "Encomendas");
    let key = practice.hub.earlier_key(&id).expect("an earlier key");
    let send = async |method, names: &[&str]| {
        let all: Vec<_> = names.iter().map(|name| destination(name, "https://more.example")).collect();
        practice.extra_webhooks(&key, method, Some(json!({ "destinations": all }))).await
    };
    let before = practice.hub.extra_webhooks(&id);

    send(Method::PUT, &["three", "four"]).await.expect(400).reason();
    send(Method::PUT, &["crm"]).await.expect(400).reason();
    send(Method::PATCH, &["CRM"]).await.expect(404).reason();
    send(Method::PUT, &[]).await.expect(400).reason();
    practice.extra_webhooks(&key, Method::POST, Some(json!({}))).await.expect(400).reason();
    practice.extra_webhooks("made-up", Method::GET, None).await.expect(401).reason();

    assert_eq!(before.len(), 2, "the small world has some");
    assert_eq!(practice.hub.extra_webhooks(&id), before, "what is refused changes nothing");
    send(Method::PUT, &["three"]).await.expect(200);
}

#[tokio::test]
async fn an_address_with_an_underscore_a_port_or_without_https_is_refused() {
    let practice = practise().await;
    let id = practice.channel(PADARIA, "Encomendas");
    let key = practice.hub.earlier_key(&id).expect("an earlier key");
    for wrong in [
        "http://hooks.example/in",
        "https://your_webhook.example/in",
        "https://hooks.example:3000/in",
        "https://hooks.example:443",
        "https:///in",
    ] {
        practice.set_webhook(&key, json!({ "url": wrong })).await.expect(400).reason();
        let body = json!({ "destinations": [destination("crm", wrong)] });
        practice.extra_webhooks(&key, Method::PATCH, Some(body)).await.expect(400).reason();
    }
    practice.set_webhook(&key, json!({ "url": "https://hooks.example/in_tray?at=1:2" })).await.expect(200);
}

#[tokio::test]
async fn a_new_key_clears_the_extra_webhooks_too_unless_a_fault_keeps_them() {
    for (faults, left) in [(vec![], 0), (vec![Fault::new(GENERATE, Do::KeepExtraWebhooks)], 2)] {
        let practice = practise().await;
        let id = practice.channel(PADARIA, "Encomendas");
        let rui = practice.sign_in(RUI).await;
        practice.hub.set_faults(faults);

        let path = format!("{}/api_keys", practice.client_channel(PADARIA, "Encomendas"));
        rui.post(&path).await.expect(201);

        assert_eq!(practice.hub.extra_webhooks(&id).len(), left);
        assert_eq!(practice.hub.webhook(&id), None);
    }
}

#[tokio::test]
async fn with_a_port_of_its_own_the_messaging_host_answers_there_alone() {
    let practice = practise_with(Options { messaging_apart: true, ..Options::default() }).await;
    let key = practice.hub.earlier_key(&practice.channel(PADARIA, "Balcão")).expect("an earlier key");
    practice.health(&key).await.expect(200);
    practice.sign_in(MARIA).await;

    let (hub, messaging) = (practice.hub.hub(), practice.hub.messaging());
    let swapped = [
        format!("{}/messaging/health_status", hub.trim_end_matches("/api/v2")),
        format!("{}/api/v2/users/me", messaging.trim_end_matches("/messaging")),
    ];
    for url in swapped {
        practice.send_to(&url, Method::GET, &[("D360-API-KEY", &key)], None).await.expect(404);
    }
}
