//! Sections 3 and 7: generating an API key, and who may.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;
use time::Duration;

use crate::support::*;

#[tokio::test]
async fn when_a_key_is_generated_then_the_earlier_key_is_dead_and_the_webhook_is_cleared() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let earlier = practice.hub.earlier_key(&id).expect("an earlier key");
    practice.health(&earlier).await.expect(200);
    assert_eq!(practice.hub.webhook(&id).as_deref(), Some("https://hooks.tablewise.example/whatsapp"));
    let masked_before = maria.get(&path).await.expect(200).json();

    let made = maria.post(&path).await.expect(201);

    let key = made.field("api_key");
    assert_eq!(made.field("address"), practice.hub.messaging());
    assert!(made.json()["app_id"].is_string() && made.json()["id"].is_string());
    practice.health(&earlier).await.expect(401);
    practice.health(&key).await.expect(200);
    assert_eq!(practice.hub.live_key_count(&id), 1);
    assert_eq!(practice.hub.webhook(&id), None);
    assert_eq!(practice.webhook(&key).await.expect(200).field("url"), "");

    let masked = maria.get(&path).await.expect(200);
    assert!(!masked.text.contains(&key), "no call returns the key again");
    let listed = &masked.json()["api_keys"];
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["id"], made.json()["id"]);
    assert_ne!(listed[0]["id"], masked_before["api_keys"][0]["id"]);
    let tail = &key[key.len() - 6..];
    assert!(
        listed[0]["api_key"].as_str().is_some_and(|masked| masked.ends_with(tail)),
        "the four before AK tell which"
    );
}

#[tokio::test]
async fn when_a_key_is_generated_then_the_keys_of_other_channels_live_on() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    maria
        .post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings")))
        .await
        .expect(201);
    let other = practice.hub.earlier_key(&practice.channel(HARBOUR, "Front desk")).expect("an earlier key");
    practice.health(&other).await.expect(200);
}

#[tokio::test]
async fn every_key_is_new_and_has_the_shape_of_the_hub_s() {
    let practice = practise().await;
    let ayse = practice.sign_in(AYSE).await;
    let path = format!("{}/api_keys", practice.client_channel(KIOSK, "Kiosk Yildiz"));
    let mut keys = BTreeSet::new();
    for _ in 0..10 {
        let key = ayse.post(&path).await.expect(201).field("api_key");
        assert!((26..=31).contains(&key.len()), "{key}");
        assert!(key.ends_with("AK") && key.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");
        assert!(keys.insert(key));
    }
    let mut alive = 0;
    for key in &keys {
        alive += usize::from(practice.health(key).await.status == 200);
    }
    assert_eq!(alive, 1);
}

#[tokio::test]
async fn given_a_channel_that_never_had_a_key_when_one_is_generated_then_it_is_the_only_one() {
    let practice = practise().await;
    let ayse = practice.sign_in(AYSE).await;
    let id = practice.channel(KIOSK, "Kiosk Yildiz");
    let path = format!("{}/api_keys", practice.client_channel(KIOSK, "Kiosk Yildiz"));
    assert_eq!(practice.hub.earlier_key(&id), None);
    assert_eq!(practice.hub.live_key_count(&id), 0);
    assert_eq!(ayse.get(&path).await.expect(200).json(), json!({ "api_keys": [] }));
    ayse.post(&path).await.expect(201);
    assert_eq!(practice.hub.live_key_count(&id), 1);
}

#[tokio::test]
async fn given_two_requests_at_once_when_both_generate_then_one_key_is_alive() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let (one, other) = tokio::join!(maria.post(&path), maria.post(&path));
    let keys = [one.expect(201).field("api_key"), other.expect(201).field("api_key")];
    let answers = [practice.health(&keys[0]).await.status, practice.health(&keys[1]).await.status];
    assert!(answers == [200, 401] || answers == [401, 200], "{answers:?}");
    assert_eq!(practice.hub.live_key_count(&practice.channel(HARBOUR, "Restaurant bookings")), 1);
}

#[tokio::test]
async fn who_may_generate_follows_the_table() {
    let practice = practise().await;
    for (who, client, channel, expected) in [
        // Direct payment, Missing: the client, Owner or Member.
        (MARIA, HARBOUR, "Restaurant bookings", 201),
        (JONAS, HARBOUR, "Restaurant bookings", 201),
        (JO, HARBOUR, "Restaurant bookings", 403),
        // Direct payment, Shared: the partner, but not its Member.
        (MARIA, HARBOUR, "Front desk", 403),
        (JONAS, HARBOUR, "Front desk", 403),
        (JO, HARBOUR, "Front desk", 201),
        (TIM, HARBOUR, "Front desk", 403),
        // Not told, which is Missing to the Hub.
        (MARIA, HARBOUR, "Events Lisbon", 201),
        // Not running: nobody.
        (MARIA, HARBOUR, "Spa", 403),
        (JO, HARBOUR, "Spa", 403),
        // Partner payment, Shared: the partner.
        (LUCIA, AURORA, "Citas", 403),
        (JO, AURORA, "Citas", 201),
        // Partner payment, Missing: neither (ours for the client).
        (LUCIA, AURORA, "Laboratorio", 403),
        (JO, AURORA, "Laboratorio", 403),
        // No partner: the client, whatever the health.
        (RUI, PADARIA, "Encomendas", 201),
        (RUI, PADARIA, "Balcão", 201),
        (RUI, PADARIA, "Entregas", 201),
        (JO, PADARIA, "Encomendas", 403),
        (SAM, COFFEE, "Roastery", 201),
        // Live and running decides, not the status word.
        (PETRA, LINDNER, "Küchen Dortmund", 201),
        (PETRA, LINDNER, "Küchen Köln", 403),
        (PETRA, LINDNER, "Teppiche", 403),
    ] {
        let is_partner = who == JO || who == TIM;
        let of = if is_partner {
            practice.partner_channel(client, channel)
        } else {
            practice.client_channel(client, channel)
        };
        let answer = practice.sign_in(who).await.post(&format!("{of}/api_keys")).await;
        assert_eq!(answer.status, expected, "{} on {channel}: {}", who.0, answer.text);
        if expected == 403 {
            assert!(!answer.reason().is_empty());
        }
    }
    let key = practice.partner_key();
    key.post(&format!("{}/api_keys", practice.partner_channel(HARBOUR, "Front desk"))).await.expect(201);
    key.post(&format!("{}/api_keys", practice.partner_channel(HARBOUR, "Spa"))).await.expect(403);
    key.post(&format!("/partners/{}/channels/nothereCH/api_keys", practice.hub.partner_id()))
        .await
        .expect(404);
}

#[tokio::test]
async fn given_shared_when_the_client_takes_it_back_then_the_client_generates_and_the_partner_no_longer() {
    let practice = practise().await;
    let (maria, jo) = (practice.sign_in(MARIA).await, practice.sign_in(JO).await);
    let of_client = practice.client_channel(HARBOUR, "Front desk");
    let of_partner = format!("{}/api_keys", practice.partner_channel(HARBOUR, "Front desk"));
    let refused = maria.post(&format!("{of_client}/api_keys")).await.expect(403);
    assert!(refused.reason().contains("Your partner manages"));
    let partners_key = jo.post(&of_partner).await.expect(201).field("api_key");

    maria.delete(&format!("{of_client}/partner_permission")).await.expect(200);
    practice.health(&partners_key).await.expect(200);
    jo.post(&of_partner).await.expect(403);
    jo.get(&of_partner).await.expect(403);
    maria.post(&format!("{of_client}/api_keys")).await.expect(201);
    practice.health(&partners_key).await.expect(401);

    maria.put(&format!("{of_client}/partner_permission")).await.expect(200);
    maria.post(&format!("{of_client}/api_keys")).await.expect(403);
    jo.post(&of_partner).await.expect(201);
}

#[tokio::test]
async fn a_refused_request_changes_nothing() {
    let practice = practise().await;
    let id = practice.channel(HARBOUR, "Front desk");
    let earlier = practice.hub.earlier_key(&id).expect("an earlier key");
    let webhook = practice.hub.webhook(&id);
    let maria = practice.sign_in(MARIA).await;
    maria.post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Front desk"))).await.expect(403);
    practice.health(&earlier).await.expect(200);
    assert!(webhook.is_some());
    assert_eq!(practice.hub.webhook(&id), webhook);
}

#[tokio::test]
async fn every_seeded_channel_that_runs_but_the_kiosk_s_has_an_earlier_key_that_works() {
    let practice = practise().await;
    for (who, client) in
        [(MARIA, HARBOUR), (LUCIA, AURORA), (RUI, PADARIA), (PETRA, LINDNER), (SAM, BIKES), (SAM, COFFEE)]
    {
        let path = format!("/clients/{}/channels", practice.client(client));
        let list = practice.sign_in(who).await.get(&path).await.expect(200).json();
        for channel in list["client_channels"].as_array().expect("a list") {
            let id = channel["id"].as_str().expect("an id");
            if channel["integration"]["state"] == "running" && channel["hub_status"] == "live" {
                let earlier =
                    practice.hub.earlier_key(id).unwrap_or_else(|| panic!("no earlier key of {channel}"));
                practice.health(&earlier).await.expect(200);
            }
        }
    }
}

#[tokio::test]
async fn a_generate_request_needs_no_body_and_no_content_type() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let authorization = ("Authorization", maria.credential());
    practice.send(Method::POST, &path, &[authorization], None).await.expect(201);
    practice.send(Method::POST, &path, &[authorization], Some(json!({}))).await.expect(201);
    practice
        .send(Method::POST, &path, &[authorization, ("Content-Type", "application/json")], None)
        .await
        .expect(201);
    practice
        .send(Method::POST, &path, &[authorization, ("Content-Type", "text/plain")], Some(json!({})))
        .await
        .expect(201);
}

#[tokio::test]
async fn given_twenty_keys_of_a_channel_within_30_seconds_then_the_next_waits_and_other_channels_do_not() {
    let clock = MovableClock::new();
    let practice = practise_at(&clock).await;
    let maria = practice.sign_in(MARIA).await;
    let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let mut key = String::new();
    for _ in 0..20 {
        key = maria.post(&path).await.expect(201).field("api_key");
    }
    let answer = maria.post(&path).await.expect(429);
    assert_eq!(answer.headers["retry-after"], "30");
    answer.reason();
    practice.health(&key).await.expect(200);
    maria.post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Events Lisbon"))).await.expect(201);
    clock.forward(Duration::seconds(30));
    maria.post(&path).await.expect(201);
}
