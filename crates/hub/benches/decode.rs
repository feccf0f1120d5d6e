//! Reading 10,000 channels, as either side of the Hub lists them, and taking them onto the desk's board, against bare
//! serde_json on the same bytes: into a tree of values, and into derived types with the same fields, which read nothing
//! that is odd. `cargo xtask bench`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "decode/blank.rs"]
mod blank;
#[path = "decode/board.rs"]
mod board;
#[path = "decode/pages.rs"]
mod pages;

use std::hint::black_box;
use std::time::{Duration, Instant};

use channel_keys_hub::reading;
use serde::Deserialize;
use serde_json::Value;

use board::Reader;
use pages::{PAGE, page, pages};

const CHANNELS: usize = 10_000;
const PAIRS: usize = 31;
/// For what has to be quick between two key strokes.
const MANY: usize = 100_000;
const TYPED: [&str; 6] = ["hotel 33", "0170 0004", "+49170001", "office@client-21", "front desk", "1065403"];

fn main() {
    // Other benches may be named; all are run where none is.
    let mut named = std::env::args().skip(1).filter(|word| !word.starts_with("--")).peekable();
    if named.peek().is_some() && !named.any(|name| name == "decode") {
        return;
    }
    let page = page("client_channels", 0..CHANNELS);
    println!("{CHANNELS} channels, {} bytes, {PAIRS} pairs in turn", page.len());
    let ours = || reading::channels(&page).expect("the channels").len();
    compare("reading channels / bare serde_json", ours, || tree(&page));

    let page = self::page("partner_channels", 0..CHANNELS);
    let ours = || reading::partner_channels(&page).expect("the channels").channels.len();
    compare("reading partner channels / bare serde_json", ours, || tree(&page));
    compare("reading partner channels / bare derived types", ours, || derived(&page));

    let pages = pages(CHANNELS);
    let bytes: usize = pages.iter().map(Vec::len).sum();
    println!("the same as {} pages of {PAGE}, {bytes} bytes, read by the desk onto its board", pages.len());
    let trees = || {
        for page in &pages {
            tree(page);
        }
        CHANNELS
    };
    let all_derived = || pages.iter().map(|page| derived(page)).sum::<usize>();
    let reader = Reader::of(&pages);
    compare("reading and merging / bare serde_json", || reader.onto_an_empty_board(), trees);
    compare("reading and merging / bare derived types", || reader.onto_an_empty_board(), all_derived);
    compare("reading and merging once more / bare serde_json", || reader.onto_a_full_board(), trees);

    let reader = Reader::of(&self::pages(MANY));
    let mut strokes: Vec<Duration> = TYPED.iter().flat_map(|text| reader.types(text)).collect();
    strokes.sort();
    let [median, most] = [0.5, 0.95].map(|share| strokes[(strokes.len() as f64 * share) as usize]);
    println!(
        "a key stroke in the search, on the board alone, at {MANY} channels: median {median:.1?}, p95 {most:.1?}"
    );
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
