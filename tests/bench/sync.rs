//! A whole reading of the Hub by the desk, permissions included, against a bare loop of the same calls.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use time::OffsetDateTime;

use channel_keys::os::records::SqliteRecords;
use channel_keys_core::channel::PartnerId;
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::Desk;
use channel_keys_core::partner_hub::{Caller, Pass};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::PartnerKey;
use channel_keys_hub::RestHub;
use practice_hub::PracticeHub;

use crate::bench::desk::{Effort, a_hub, partner_key};
use crate::bench::figures::{Figures, Milliseconds};
use crate::bench::machine;
use crate::bench::relay::{Exchange, Relay};

const CHANNELS: usize = 10_000;
/// The desk asks about as many clients at once.
const AT_ONCE: usize = 4;

/// Reads with the desk, with a loop that asks one call after the other, and with one that asks as many at once as the
/// desk, in turn.
pub async fn measure(effort: Effort) {
    let hub = a_hub(CHANNELS).await;
    let calls = calls_of_the_desk(&hub).await;
    let bytes_of_loop = bytes_of_the_loop(&hub, &calls).await;
    let bytes: usize = calls.iter().map(|call| call.bytes).sum();
    let (mut first, mut later) = (Vec::new(), Vec::new());
    let (mut turns, mut at_once) = (Vec::new(), Vec::new());
    for _ in 0..2 * effort.rounds {
        let (_folder, records) = no_records();
        first.push(timed(sync(hub.hub(), &hub, &records)).await);
        later.push(timed(sync(hub.hub(), &hub, &records)).await);
        turns.push(timed(ask(hub.hub(), &hub, &calls, 1)).await);
        at_once.push(timed(ask(hub.hub(), &hub, &calls, AT_ONCE)).await);
    }
    println!("\nA whole reading of {CHANNELS} channels and their permissions ({})", machine::load());
    println!("- {} calls, {bytes} bytes both ways; the bare loop {bytes_of_loop} bytes", calls.len());
    for (desk, which) in [
        (&first, "the first that this computer sees and writes down"),
        (&later, "a later one at a new desk, compared with what was seen"),
    ] {
        let against = |bare: &[f64]| Figures::ratios(desk.iter().copied().zip(bare.iter().copied()));
        println!("- {which}: {}", Milliseconds(&Figures::of(desk.iter().copied())));
        println!("  / bare loop, one call after the other: {}", against(&turns));
        println!("  / bare loop, {AT_ONCE} questions about clients at once: {}", against(&at_once));
    }
}

/// Records of a desk that never saw anything, and the folder in which they last as long as this is held.
fn no_records() -> (tempfile::TempDir, Arc<SqliteRecords>) {
    let folder = tempfile::tempdir().expect("a folder");
    let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("they open");
    (folder, Arc::new(records))
}

/// What the desk asks, and how many bytes each call takes. In a run of its own: what counts is not timed.
async fn calls_of_the_desk(hub: &PracticeHub) -> Vec<Exchange> {
    let relay = Relay::to(hub.hub());
    let (_folder, records) = no_records();
    sync(relay.hub(), hub, &records).await;
    relay.passed()
}

async fn bytes_of_the_loop(hub: &PracticeHub, calls: &[Exchange]) -> usize {
    let relay = Relay::to(hub.hub());
    ask(relay.hub(), hub, calls, 1).await;
    relay.passed().iter().map(|call| call.bytes).sum()
}

async fn timed(what: impl Future<Output = ()>) -> f64 {
    let begun = Instant::now();
    what.await;
    begun.elapsed().as_secs_f64() * 1_000.0
}

async fn sync(base: &str, hub: &PracticeHub, records: &Arc<SqliteRecords>) {
    let route = Arc::new(RestHub::new(base.parse().expect("an address")));
    let pass = Pass::Key(Arc::new(PartnerKey::new(partner_key(hub))));
    let caller = Caller { partner: PartnerId(hub.partner_id()), pass };
    let records = (records.clone() as Arc<_>, Realm::Real);
    let desk = Arc::new(Desk::new(route, records, Arc::new(OwnClock), caller, None));
    desk.read().await;
    desk.check().await;
    let standing = desk.standing();
    assert!(standing.reading.failed.is_none() && standing.checking.clients_to_go == 0, "{standing:?}");
}

/// The same calls: the list in turn, then so many questions about clients at once.
async fn ask(base: &str, hub: &PracticeHub, calls: &[Exchange], at_once: usize) {
    let (http, key) = (reqwest::Client::new(), partner_key(hub));
    let root = base.trim_end_matches("/api/v2");
    let urls = calls.iter().filter_map(|call| Some(format!("{root}{}", call.asked.strip_prefix("GET ")?)));
    let (of_clients, of_list): (Vec<_>, Vec<_>) =
        urls.partition(|url| url.contains("/shared_client_numbers"));
    get(&http, &key, of_list).await;
    let mut parts = vec![Vec::new(); at_once];
    for (at, url) in of_clients.into_iter().enumerate() {
        parts[at % at_once].push(url);
    }
    let asking = parts.into_iter().map(|urls| {
        let (http, key) = (http.clone(), key.clone());
        tokio::spawn(async move { get(&http, &key, urls).await })
    });
    for part in asking.collect::<Vec<_>>() {
        part.await.expect("it is answered");
    }
}

async fn get(http: &reqwest::Client, key: &str, urls: Vec<String>) {
    for url in urls {
        let answer = http.get(url).header("x-api-key", key).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
        std::hint::black_box(answer.bytes().await.expect("a body"));
    }
}

struct OwnClock;

#[async_trait]
impl Clock for OwnClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
