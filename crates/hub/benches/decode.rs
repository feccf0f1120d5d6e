//! Reading 10,000 channels, as either side of the Hub lists them, against bare serde_json on the same bytes: into a tree
//! of values, and into derived types with the same fields, which read nothing that is odd. `cargo xtask bench`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use channel_keys_hub::reading;
use serde::Deserialize;
use serde_json::{Value, json};

const CHANNELS: usize = 10_000;
const PAIRS: usize = 31;

fn main() {
    let page = page("client_channels");
    println!("{CHANNELS} channels, {} bytes, {PAIRS} pairs in turn", page.len());
    let ours = || reading::channels(&page).expect("the channels").len();
    compare("reading channels / bare serde_json", ours, || tree(&page));

    let page = self::page("partner_channels");
    let ours = || reading::partner_channels(&page).expect("the channels").channels.len();
    compare("reading partner channels / bare serde_json", ours, || tree(&page));
    compare("reading partner channels / bare derived types", ours, || derived(&page));
}

fn compare(what: &str, ours: impl Fn() -> usize, bare: impl Fn() -> usize) {
    assert_eq!(ours(), CHANNELS, "{what}: not all were read");
    let mut ratios: Vec<f64> =
        (0..PAIRS).map(|_| timed(&ours).as_secs_f64() / timed(&bare).as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    println!("{what}: {:.2} (median), {:.2} to {:.2}", ratios[PAIRS / 2], ratios[0], ratios[PAIRS - 1]);
}

fn timed<T>(act: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    black_box(act());
    begun.elapsed()
}

fn tree(page: &[u8]) -> usize {
    let value: Value = serde_json::from_slice(page).expect("it is JSON");
    black_box(value).as_object().map_or(0, serde_json::Map::len)
}

fn derived(page: &[u8]) -> usize {
    let page: Page = serde_json::from_slice(page).expect("it is a page");
    black_box(page).partner_channels.len()
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct Page {
    total: usize,
    partner_channels: Vec<Channel>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct Channel {
    id: String,
    status: String,
    hub_status: String,
    current_quality_rating: String,
    current_limit: String,
    external_id: String,
    waba_account_id: String,
    setup_info: SetupInfo,
    integration: Integration,
    client: Client,
    client_id: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct SetupInfo {
    phone_name: String,
    phone_number: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct Integration {
    state: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct Client {
    id: String,
    name: String,
    contact_info: ContactInfo,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the time that it takes")]
struct ContactInfo {
    email: String,
}

fn page(key: &str) -> Vec<u8> {
    let channels: Vec<Value> = (0..CHANNELS)
        .map(|number| {
            json!({
                "account_mode": "live", "availability_status": "ready", "billing_started_at": "2024-01-05T00:00:00Z",
                "cancelled_at": null,
                "client": {"contact_info": {"email": "ops@acme.example"}, "id": "Zx81kQw2CL", "name": "Acme"},
                "client_id": "Zx81kQw2CL", "created_at": "2024-01-02T12:00:00Z", "current_limit": "TIER_1K",
                "current_quality_rating": "High", "external_id": format!("1065403{number:08}"), "has_inbox": false,
                "hub_status": "live", "id": format!("tQ{number:06}CH"),
                "integration": {"app_id": "104148", "enabled": true, "state": "running"}, "is_oba": false,
                "modified_at": "2024-01-06T12:00:00Z",
                "setup_info": {"phone_name": "Acme Support", "phone_number": format!("49170{number:07}")},
                "status": "ready", "terminated_at": null,
                "waba_account": {
                    "external_id": "118406021245988", "fb_account_status": "verified", "id": "uX3BECWA", "name": "Acme",
                },
                "waba_account_id": "uX3BECWA",
            })
        })
        .collect();
    serde_json::to_vec(&json!({"count": CHANNELS, "total": CHANNELS, (key): channels})).expect("it is JSON")
}
