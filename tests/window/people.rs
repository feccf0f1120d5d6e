//! Who signs in, and at which Hub.

use practice_hub::{Options, PracticeHub};

/// E-mail address and password.
pub type Person = (&'static str, &'static str);

/// Owner of the Harbour Hotel: four numbers, direct payment.
pub const MARIA: Person = ("maria@harbour-hotel.example", "practice-harbour");
/// A Member of the Harbour Hotel: may not change the partner's permission.
pub const JONAS: Person = ("jonas@harbour-hotel.example", "practice-jonas");
/// Owner of the Clínica Aurora: the partner pays.
pub const LUCIA: Person = ("lucia@clinica-aurora.example", "practice-aurora");
/// Her account asks for a second factor.
pub const NORA: Person = ("nora@two-factor.example", "practice-nora");

/// A Hub of its own for one test.
pub async fn a_hub() -> PracticeHub {
    PracticeHub::start(Options::default()).await.expect("the practice Hub starts")
}

/// Maria's client.
pub const HARBOUR: &str = "Harbour Hotel GmbH";

/// The request for a key.
pub const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";

/// How often a Hub was asked for a key, by its own count.
pub fn requests_for_a_key(hub: &PracticeHub) -> u64 {
    hub.counts().get(MAKE_KEY).copied().unwrap_or(0)
}

/// Asks the messaging host for a key's health, as a shop's own software would: the HTTP status.
pub async fn ask_with(hub: &PracticeHub, key: &str) -> u16 {
    // Plain HTTP, but reqwest wants to know of a TLS provider all the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let url = format!("{}/health_status", hub.messaging());
    let asked = client.get(url).header("D360-API-KEY", key).send().await;
    asked.expect("the messaging host answers").status().as_u16()
}

/// Sets a number's webhook as its software's own provider would, or asks for it: the whole, as the messaging host tells
/// it.
pub async fn webhook_with(hub: &PracticeHub, key: &str, set: Option<&str>) -> String {
    at_messaging(hub, "v1/configs/webhook", key, set).await
}

/// The same with all its extra webhooks.
pub async fn extra_webhooks_with(hub: &PracticeHub, key: &str, set: Option<&str>) -> String {
    at_messaging(hub, "multi_webhook", key, set).await
}

async fn at_messaging(hub: &PracticeHub, path: &str, key: &str, set: Option<&str>) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (client, url) = (reqwest::Client::new(), format!("{}/{path}", hub.messaging()));
    let request = match set {
        Some(whole) => client.post(url).body(whole.to_owned()),
        None => client.get(url),
    };
    let answer = request.header("D360-API-KEY", key).send().await.expect("the messaging host answers");
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.text().await.expect("an answer")
}
