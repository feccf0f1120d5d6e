//! A desktop, a practice Hub of some size, and the desk open before it.

use std::time::{Duration, Instant};

use practice_hub::{Account, Options, PracticeHub, WorldSize};
use serde_json::{Value, json};

use crate::app::App;
use crate::bench::relay::Relay;
use crate::desktop::Desktop;

/// Works at Blue Anchor, the partner.
const JO: (&str, &str) = ("jo@blue-anchor.example", "practice-anchor");
/// How long the desk may take to read and check 100,000 channels.
const LIMIT: Duration = Duration::from_secs(180);
const PAGE: &str = include_str!("page.js");

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Rounds of what takes seconds.
    pub rounds: usize,
    /// How many texts are typed.
    pub texts: usize,
}

impl Effort {
    /// For figures.
    pub const FULL: Effort = Effort { rounds: 5, texts: 30 };
    /// To see that it works.
    pub const BRIEF: Effort = Effort { rounds: 1, texts: 6 };
}

/// A desktop and a practice Hub, with a relay before it.
pub struct Scene {
    pub desktop: Desktop,
    /// Ends with the scene.
    _hub: PracticeHub,
    pub relay: Relay,
}

impl Scene {
    /// With this many channels, and the fifty of the small world.
    pub async fn with(channels: usize) -> Self {
        let hub = a_hub(channels).await;
        let relay = Relay::to(hub.hub());
        Self { desktop: Desktop::start(), _hub: hub, relay }
    }

    /// The program with an empty profile of this name, and with [`page.js`](page.js) in its page. Nobody is signed in.
    pub async fn open(&self, profile: &str) -> App {
        let app = App::start_in(&self.desktop, profile, &["--hub", self.relay.hub()], &[]).await;
        app.page("sign-in").await;
        app.run(PAGE, vec![]).await;
        app
    }

    /// Signs in to the desk.
    pub async fn sign_in(&self, app: &App) {
        app.sign_in(JO.0, JO.1).await;
    }

    /// The desk with all read and all permissions asked for.
    pub async fn at_rest(&self) -> App {
        let app = self.open("at-rest").await;
        self.sign_in(&app).await;
        rest(&app).await;
        app
    }
}

/// A practice Hub with this many channels, and the fifty of the small world.
pub async fn a_hub(channels: usize) -> PracticeHub {
    let world = Options { world: WorldSize::Large(channels), ..Options::default() };
    PracticeHub::start(world).await.expect("the practice Hub starts")
}

/// The partner's own API key.
pub fn partner_key(hub: &PracticeHub) -> String {
    let mut keys = hub.accounts().into_iter().filter_map(|account| match account {
        Account::PartnerKey { api_key, .. } => Some(api_key),
        _ => None,
    });
    keys.next().expect("the partner has a key")
}

/// Waits until the desk has read and asked for all, and how many rows its list has then.
pub async fn rest(app: &App) -> u64 {
    let begun = Instant::now();
    let mut before = Value::Null;
    loop {
        let standing = app.run("return bench.standing()", vec![]).await;
        if standing["rests"] == json!(true) && standing == before {
            return standing["rows"].as_u64().unwrap_or_default();
        }
        assert!(begun.elapsed() < LIMIT, "the desk does not come to rest: {standing}");
        before = standing;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
