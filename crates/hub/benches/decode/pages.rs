//! Pages of channels, with all that the Hub was seen to tell of one.

use std::ops::Range;

use serde_json::{Value, json};

/// As many channels as the Hub lists at once.
pub const PAGE: usize = 1_000;
/// As many clients as the practice Hub's large world has.
const CLIENTS: usize = 500;
const TRADES: [&str; 5] = ["Bäckerei", "Apotheke", "Café", "Hotel", "Zweirad"];

/// A list of a partner's channels, in pages.
pub fn pages(channels: usize) -> Vec<Vec<u8>> {
    let starts = (0..channels).step_by(PAGE);
    starts.map(|at| page_of("partner_channels", at..channels.min(at + PAGE), channels)).collect()
}

/// One page with these channels, under a key.
pub fn page(key: &str, numbers: Range<usize>) -> Vec<u8> {
    let total = numbers.len();
    page_of(key, numbers, total)
}

fn page_of(key: &str, numbers: Range<usize>, total: usize) -> Vec<u8> {
    let channels: Vec<Value> = numbers.map(channel).collect();
    serde_json::to_vec(&json!({"count": channels.len(), "total": total, (key): channels}))
        .expect("it is JSON")
}

fn channel(number: usize) -> Value {
    let client = number % CLIENTS;
    let (id, name) = (format!("Zx{client:06}CL"), format!("{} {client}", TRADES[client % TRADES.len()]));
    json!({
        "account_mode": "live", "availability_status": "ready", "billing_started_at": "2024-01-05T00:00:00Z",
        "cancelled_at": null,
        "client": {"contact_info": {"email": format!("office@client-{client}.example")}, "id": id, "name": name},
        "client_id": id, "created_at": "2024-01-02T12:00:00Z", "current_limit": "TIER_1K",
        "current_quality_rating": "High", "external_id": format!("1065403{number:08}"), "has_inbox": false,
        "hub_status": "live", "id": format!("tQ{number:06}CH"),
        "integration": {"app_id": "104148", "enabled": true, "state": "running"}, "is_oba": false,
        "modified_at": "2024-01-06T12:00:00Z",
        "setup_info": {"phone_name": "Front desk", "phone_number": format!("49170{number:07}")},
        "status": "ready", "terminated_at": null,
        "waba_account": {
            "external_id": "118406021245988", "fb_account_status": "verified", "id": "uX3BECWA", "name": name,
        },
        "waba_account_id": "uX3BECWA",
    })
}
