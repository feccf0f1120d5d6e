//! A person's desk: the application, what it remembers, and the practice Hub that it speaks to.

use std::sync::Arc;

use channel_keys_core::access::Verdict;
use channel_keys_core::app::{ChannelKeys, Ports, Route, Trouble};
use channel_keys_core::channel::{Channel, ChannelId, ClientId};
use channel_keys_core::hub::HubError;
use channel_keys_core::keys::{Before, KeyTest, Made, Outcome};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::{ApiKey, Password};
use channel_keys_core::session::Session;
use channel_keys_hub::RestHub;
use practice_hub::{Fault, Options, PracticeHub};

use crate::ports::{Diary, MemoryKeychain, MemoryRecords, SetClock, WatchedHub};

pub type Credentials = (&'static str, &'static str);

pub const MARIA: Credentials = ("maria@harbour-hotel.example", "practice-harbour");
pub const JONAS: Credentials = ("jonas@harbour-hotel.example", "practice-jonas");
pub const LUCIA: Credentials = ("lucia@clinica-aurora.example", "practice-aurora");
pub const RUI: Credentials = ("rui@padaria-do-sol.example", "practice-padaria");
pub const PETRA: Credentials = ("petra@moebel-lindner.example", "practice-lindner");
pub const SAM: Credentials = ("sam@two-shops.example", "practice-sam");
pub const NORA: Credentials = ("nora@two-factor.example", "practice-nora");
pub const JO: Credentials = ("jo@blue-anchor.example", "practice-anchor");

pub const HARBOUR: &str = "Harbour Hotel GmbH";

pub const TOKEN: &str = "POST /token";
pub const ME: &str = "GET /users/me";
pub const CLIENT: &str = "GET /clients/*";
pub const CHANNELS: &str = "GET /clients/*/channels";
pub const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";
pub const HEALTH: &str = "GET /messaging/health_status";

pub const RESTAURANT: &str = "Restaurant bookings";

pub struct Desk {
    pub hub: PracticeHub,
    pub app: ChannelKeys,
    pub keychain: Arc<MemoryKeychain>,
    pub records: Arc<MemoryRecords>,
    pub clock: Arc<SetClock>,
    pub diary: Diary,
}

impl Desk {
    /// Nobody is signed in, and nothing was ever made here.
    pub async fn set() -> Self {
        let hub = PracticeHub::start(Options::default()).await.expect("a practice Hub");
        let diary = Diary::default();
        let keychain = Arc::new(MemoryKeychain::new(diary.clone()));
        let records = Arc::new(MemoryRecords::new(diary.clone()));
        let clock = Arc::new(SetClock::new());
        let ports = Ports { keychain: keychain.clone(), records: records.clone(), clock: clock.clone() };
        let app = ChannelKeys::new(ports, route(&hub, &diary, Realm::Practice));
        Self { hub, app, keychain, records, clock, diary }
    }

    /// With Maria of the Harbour Hotel at work.
    pub async fn of_maria() -> Self {
        let desk = Self::set().await;
        desk.sign_in(MARIA).await;
        desk
    }

    /// The program stopped in whatever it did, and starts again: only keychain and records last.
    pub async fn restart(self, who: Credentials) -> Self {
        let Self { hub, app, keychain, records, clock, diary } = self;
        drop(app);
        let ports = Ports { keychain: keychain.clone(), records: records.clone(), clock: clock.clone() };
        let app = ChannelKeys::new(ports, route(&hub, &diary, Realm::Practice));
        let desk = Self { hub, app, keychain, records, clock, diary };
        desk.sign_in(who).await;
        desk
    }

    /// The way to the same Hub as a real or a practice one.
    pub fn route(&self, realm: Realm) -> Route {
        route(&self.hub, &self.diary, realm)
    }

    pub async fn try_sign_in(&self, (email, password): (&str, &str)) -> Result<Session, Trouble> {
        self.app.sign_in(email, &Password::new(password)).await
    }

    pub async fn sign_in(&self, who: Credentials) -> Session {
        self.try_sign_in(who).await.expect("the password is right")
    }

    pub fn client_id(&self, name: &str) -> ClientId {
        ClientId(self.hub.client_id(name).expect("a client of this name"))
    }

    /// A channel of the Harbour Hotel.
    pub fn channel(&self, name: &str) -> ChannelId {
        self.channel_of(HARBOUR, name)
    }

    pub fn channel_of(&self, client: &str, name: &str) -> ChannelId {
        ChannelId(self.hub.channel_id(client, name).expect("a channel of this name"))
    }

    /// A channel as the list shows it, and the verdict on making a key for it.
    pub async fn row(&self, id: &ChannelId) -> (Channel, Verdict) {
        let overview = self.app.channels().await.expect("the channels");
        let channel = overview.channels.iter().find(|channel| channel.id == *id).expect("the channel");
        (channel.clone(), overview.verdict(channel))
    }

    pub async fn before(&self, channel: &ChannelId) -> Before {
        self.app.before_making(channel).await.expect("the facts")
    }

    pub async fn ask_for_key(&self, channel: &ChannelId) -> Outcome {
        let before = self.before(channel).await;
        self.app.make_key(&before.ticket).await.expect("it is asked for")
    }

    pub async fn make_key(&self, channel: &ChannelId) -> Made {
        match self.ask_for_key(channel).await {
            Outcome::Made(made) => made,
            other => panic!("no key was made: {other:?}"),
        }
    }

    /// The key that a channel has when the world is new.
    pub fn earlier_key(&self, channel: &ChannelId) -> ApiKey {
        ApiKey::new(self.hub.earlier_key(&channel.0).expect("the channel has a key"))
    }

    /// Whether the messaging host takes a key.
    pub async fn is_alive(&self, key: &ApiKey) -> bool {
        use channel_keys_core::hub::Hub;

        let rest = RestHub::new(self.hub.hub().parse().expect("an address"));
        match rest.health(self.hub.messaging(), key).await {
            Ok(_) => true,
            Err(HubError::SessionEnded) => false,
            Err(error) => panic!("the messaging host could not be asked: {error}"),
        }
    }

    pub async fn works(&self, id: &str) -> bool {
        matches!(self.app.test_key(id).await, Ok(KeyTest::Works(_)))
    }

    pub fn spoil(&self, fault: Fault) {
        self.hub.set_faults(vec![fault]);
    }

    pub fn mend_hub(&self) {
        self.hub.set_faults(Vec::new());
    }

    /// How often the Hub was called so, by its own count.
    pub fn count(&self, call: &str) -> u64 {
        self.hub.counts().get(call).copied().unwrap_or(0)
    }
}

/// As the application sets it up: a practice Hub has another address at each start, so keys are used where it is now.
fn route(hub: &PracticeHub, diary: &Diary, realm: Realm) -> Route {
    let rest = RestHub::new(hub.hub().parse().expect("an address"));
    let messaging = match realm {
        Realm::Practice => Some(hub.messaging().to_owned()),
        Realm::Real => None,
    };
    Route { hub: Arc::new(WatchedHub { rest, diary: diary.clone() }), realm, messaging }
}
