//! Reading 10,000 channels against bare serde_json on the same bytes: `cargo xtask bench`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use channel_keys_hub::reading;
use serde_json::{Value, json};

const CHANNELS: usize = 10_000;
const PAIRS: usize = 31;

fn main() {
    let page = page();
    println!("{CHANNELS} channels, {} bytes, {PAIRS} pairs in turn", page.len());
    let mut ratios: Vec<f64> = (0..PAIRS)
        .map(|_| {
            let ours = timed(|| reading::channels(&page).map(|channels| channels.len()));
            let bare = timed(|| serde_json::from_slice::<Value>(&page).is_ok());
            ours.as_secs_f64() / bare.as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "reading channels / bare serde_json: {:.2} (median), {:.2} to {:.2}",
        ratios[PAIRS / 2],
        ratios[0],
        ratios[PAIRS - 1]
    );
}

fn timed<T>(act: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    black_box(act());
    begun.elapsed()
}

fn page() -> Vec<u8> {
    let channels: Vec<Value> = (0..CHANNELS)
        .map(|number| {
            json!({
                "account_mode": "live", "billing_started_at": "2024-01-05T00:00:00Z", "cancelled_at": null,
                "client": {"contact_info": {"email": "ops@acme.example"}, "id": "Zx81kQw2CL", "name": "Acme"},
                "client_id": "Zx81kQw2CL", "created_at": "2024-01-02T12:00:00Z", "current_limit": "TIER_1K",
                "current_quality_rating": "High", "external_id": format!("1065403{number:08}"), "hub_status": "live",
                "id": format!("tQ{number:06}CH"), "integration": {"app_id": "104148", "enabled": true, "state": "running"},
                "setup_info": {"phone_name": "Acme Support", "phone_number": format!("49170{number:07}")},
                "status": "ready", "waba_account_id": "uX3BECWA", "partner_permission": "shared",
            })
        })
        .collect();
    serde_json::to_vec(&json!({"count": CHANNELS, "total": CHANNELS, "client_channels": channels}))
        .expect("it is JSON")
}
