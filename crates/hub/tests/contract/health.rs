//! Whether a key works, asked without sending a message, and of no host but the one it is for.

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, Hub, HubError, KeyOf, Sending};
use channel_keys_core::secret::{ApiKey, SessionToken};
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, Unvisited, answer, header, json};

async fn health(practice: &Practice, key: &ApiKey) -> Result<Health, HubError> {
    practice.rest.health(practice.hub.messaging(), key).await
}

#[tokio::test]
async fn a_key_that_works_says_for_which_number() {
    let practice = practise().await;
    let channels = practice.channels_of(MARIA, HARBOUR).await;
    let id = practice.channel(HARBOUR, "Front desk");
    let front_desk = channels.into_iter().find(|channel| channel.id == id).expect("the channel");

    let told = health(&practice, &practice.earlier_key(&id)).await.expect("it works");

    assert_eq!(told.sending, Fact::Told(Sending::Available));
    assert_eq!(told.external_id, front_desk.external_id);
    assert_eq!(practice.count(HEALTH), 1);
}

#[tokio::test]
async fn a_number_that_is_limited_or_blocked_is_not_called_a_bad_key() {
    let practice = practise().await;

    for (name, sending) in [("Balcão", Sending::Limited), ("Entregas", Sending::Blocked)] {
        let key = practice.earlier_key(&practice.channel(PADARIA, name));
        let told = health(&practice, &key).await.expect("the key is taken");
        assert_eq!(told.sending, Fact::Told(sending));
    }
}

#[tokio::test]
async fn a_key_is_refused_once_a_later_one_was_made() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    let earlier = practice.earlier_key(&practice.channel(HARBOUR, "Restaurant bookings"));
    assert!(health(&practice, &earlier).await.is_ok(), "it works before");

    let new = practice.make_key(&token, HARBOUR, "Restaurant bookings").await.expect("a key");

    assert_eq!(health(&practice, &earlier).await, Err(HubError::KeyRefused(KeyOf::Channel)));
    assert!(health(&practice, &new.key).await.is_ok(), "the new key works");
}

#[tokio::test]
async fn a_messaging_host_in_trouble_says_nothing_against_the_key() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Front desk"));
    let asked = async |fault: Fault| {
        practice.hub.set_faults(vec![fault]);
        health(&practice, &key).await.expect_err("no answer that counts")
    };

    let in_trouble = asked(Fault::new(HEALTH, Do::Status).status(502)).await;
    assert!(matches!(in_trouble, HubError::InTrouble { status: 502, .. }), "{in_trouble:?}");
    let too_many = asked(Fault::new(HEALTH, Do::Status).status(429).header("Retry-After", "30")).await;
    assert!(matches!(too_many, HubError::TooMany { wait: Some(_), .. }), "{too_many:?}");
    assert_eq!(asked(Fault::new(HEALTH, Do::NotJson)).await, HubError::NotUnderstood { status: 200 });
    assert_eq!(asked(Fault::new(HEALTH, Do::CutBody)).await, HubError::NoAnswer);
    assert_eq!(asked(Fault::new(HEALTH, Do::ResetBeforeCommit)).await, HubError::NoAnswer);
}

#[tokio::test]
async fn a_new_word_for_health_is_kept_and_a_missing_one_is_not_told() {
    for (body, sending) in [
        (
            r#"{"health_status":{"can_send_message":"DREAMING"}}"#,
            Fact::Told(Sending::Other("DREAMING".into())),
        ),
        (r#"{"health_status":{}}"#, Fact::NotTold),
    ] {
        let host = Scripted::answering(move |_| json(body)).await;

        let told = rest(&host.hub()).health(&host.hub(), &ApiKey::new("invented")).await.expect("an answer");

        assert_eq!((told.sending, told.external_id), (sending, Fact::NotTold));
    }
}

#[tokio::test]
async fn without_a_root_id_the_phone_number_entity_names_the_number() {
    let told = async |rest_of_it: &str| {
        let body = format!(r#"{{"health_status":{{"can_send_message":"AVAILABLE"{rest_of_it}}}"#);
        let host = Scripted::answering(move |_| json(&body)).await;
        let told = rest(&host.hub()).health(&host.hub(), &ApiKey::new("invented")).await.expect("it works");
        told.external_id
    };
    let number = |id: &str| format!(r#"{{"entity_type":"PHONE_NUMBER","id":{id}}}"#);
    let (waba, own) = (r#"{"entity_type":"WABA","id":"118406021245988"}"#, number(r#""106540352242922""#));

    let named = Fact::Told("106540352242922".to_owned());
    assert_eq!(told(&format!(r#","entities":[null,{waba},{own}]}}"#)).await, named);
    assert_eq!(told(&format!(r#","entities":[{own},{own}]}},"id":null"#)).await, named);
    assert_eq!(told(&format!(r#","entities":[{}]}}"#, number("106540352242922.0"))).await, named);
    assert_eq!(told(r#","entities":[]},"id":"106540352242922""#).await, named);
    for unclear in [
        format!(r#","entities":[{waba}]}}"#),
        format!(r#","entities":[{own},{}]}}"#, number(r#""2""#)),
        format!(r#","entities":[{own},{}]}}"#, number("null")),
        format!(r#","entities":[{}]}}"#, number(r#""1065\ud83d""#)),
        format!(r#","entities":{own}}}"#),
        "}".to_owned(),
    ] {
        assert_eq!(told(&unclear).await, Fact::NotTold, "{unclear}");
    }
}

#[tokio::test]
async fn a_gateway_s_page_says_nothing_against_a_key_or_a_session() {
    for status in ["401 Unauthorized", "403 Forbidden"] {
        let host = Scripted::answering(move |_| answer(status, "", "\r\n<!doctype html><p>Log in</p>")).await;
        let (hub, token) = (rest(&host.hub()), SessionToken::new("invented"));

        let health = hub.health(&host.hub(), &ApiKey::new("invented")).await;
        let person = hub.person(&token).await.map(drop);

        let status = status[..3].parse().expect("a status");
        assert_eq!(health, Err(HubError::NotUnderstood { status }));
        assert_eq!(person, Err(HubError::NotUnderstood { status }));
    }
}

#[tokio::test]
async fn the_key_goes_in_its_own_header_and_the_session_stays_at_home() {
    let host = Scripted::answering(|_| json(r#"{"health_status":{}}"#)).await;

    let told = rest(&host.hub()).health(&host.hub(), &ApiKey::new("invented")).await;

    assert!(told.is_ok(), "{told:?}");
    let request = host.requests().remove(0);
    assert!(request.starts_with("GET /api/v2/health_status HTTP/1.1\r\n"));
    assert_eq!(header(&request, "d360-api-key"), Some("invented"));
    assert_eq!(header(&request, "authorization"), None);
}

#[tokio::test]
async fn no_host_but_360dialogs_and_this_computers_own_is_told_a_key() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Front desk"));

    for address in [
        "https://example.com",
        "http://example.com",
        "http://waba-v2.360dialog.io",
        "https://waba-v2.360dialog.io.example.com",
        "https://waba-v2.360dialog.io@example.com",
        "http://127.0.0.1@example.com/messaging",
        "http://127.0.0.1.example.com/messaging",
        "ftp://127.0.0.1/messaging",
        "waba-v2.360dialog.io",
        "",
    ] {
        let told = practice.rest.health(address, &key).await;
        assert_eq!(told, Err(HubError::HostNotTrusted), "{address}");
    }
    assert_eq!(practice.count(HEALTH), 0);
}

#[tokio::test]
async fn a_key_of_the_real_hub_never_goes_to_a_port_on_this_computer() {
    let port = Unvisited::new();
    let real = rest("https://hub.360dialog.io/api/v2");

    for scheme in ["http", "https"] {
        let address = format!("{scheme}://{}/messaging", port.address());
        let told = real.health(&address, &ApiKey::new("invented")).await;
        assert_eq!(told, Err(HubError::HostNotTrusted), "{scheme}");
    }
    assert!(port.nobody_came());
}
