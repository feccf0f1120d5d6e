//! A person's desk: the application, what it remembers, and the practice Hub that it speaks to.

use std::sync::Arc;

use channel_keys_core::access::Verdict;
use channel_keys_core::app::{ChannelKeys, Messaging, Ports, Route, Trouble};
use channel_keys_core::channel::{Channel, ChannelId, ClientId};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::SealedWrites;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::{HubError, KeyOf, Person};
use channel_keys_core::keys::{Before, KeyTest, Made, Outcome, Pasted};
use channel_keys_core::permission_page::Pages;
use channel_keys_core::records::{KeyRecord, Realm, Records, Tested};
use channel_keys_core::secret::{ApiKey, Password};
use channel_keys_core::session::Session;
use channel_keys_hub::{Base, RestHub};
use practice_hub::{Fault, Options, PracticeHub};
use tokio::net::TcpSocket;

use crate::desk_records::MemoryDeskRecords;
use crate::keychain::MemoryKeychain;
use crate::ports::{Diary, SetClock, Walked};
use crate::records::MemoryRecords;
use crate::watched::{Odd, WatchedHub};

pub type Credentials = (&'static str, &'static str);

pub const MARIA: Credentials = ("maria@harbour-hotel.example", "practice-harbour");
pub const JONAS: Credentials = ("jonas@harbour-hotel.example", "practice-jonas");
pub const LUCIA: Credentials = ("lucia@clinica-aurora.example", "practice-aurora");
pub const AYSE: Credentials = ("ayse@kiosk-yildiz.example", "practice-kiosk");
pub const RUI: Credentials = ("rui@padaria-do-sol.example", "practice-padaria");
pub const PETRA: Credentials = ("petra@moebel-lindner.example", "practice-lindner");
pub const SAM: Credentials = ("sam@two-shops.example", "practice-sam");
pub const NORA: Credentials = ("nora@two-factor.example", "practice-nora");
pub const JO: Credentials = ("jo@blue-anchor.example", "practice-anchor");

pub const HARBOUR: &str = "Harbour Hotel GmbH";
pub const AURORA: &str = "Clínica Aurora";
pub const KIOSK: &str = "Kiosk Yildiz";
pub const PADARIA: &str = "Padaria do Sol";

pub const TOKEN: &str = "POST /token";
pub const ME: &str = "GET /users/me";
pub const CLIENT: &str = "GET /clients/*";
pub const CHANNELS: &str = "GET /clients/*/channels";
pub const GIVE: &str = "PUT /clients/*/channels/*/partner_permission";
pub const REMOVE: &str = "DELETE /clients/*/channels/*/partner_permission";
pub const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";
pub const KEY_LIST: &str = "GET /clients/*/channels/*/api_keys";
pub const HEALTH: &str = "GET /messaging/health_status";
pub const WEBHOOK: &str = "GET /messaging/v1/configs/webhook";
pub const EXTRA_WEBHOOKS: &str = "GET /messaging/multi_webhook";

pub const RESTAURANT: &str = "Restaurant bookings";
pub const FRONT_DESK: &str = "Front desk";

pub struct Desk {
    pub hub: PracticeHub,
    pub app: ChannelKeys,
    pub keychain: Arc<MemoryKeychain>,
    pub records: Arc<MemoryRecords>,
    pub desk_records: Arc<MemoryDeskRecords>,
    pub clock: Arc<SetClock>,
    pub diary: Diary,
    pub odd: Arc<Odd>,
    pub walked: Arc<Walked>,
    at: Addresses,
    /// Holds the port of a Hub that went away, so that nobody else answers there.
    _empty: Option<TcpSocket>,
}

/// Where the application looks for the Hub, whether or not it is there.
#[derive(Clone)]
struct Addresses {
    hub: String,
    messaging: String,
    pages: String,
}

impl Desk {
    /// Nobody is signed in, and nothing was ever made here.
    pub async fn set() -> Self {
        let hub = PracticeHub::start(Options::default()).await.expect("a practice Hub");
        Self::facing(hub, Arc::new(SetClock::new()))
    }

    /// The same, and the Hub goes by this computer's clock: a session grows old when a test moves it.
    pub async fn by_one_clock() -> Self {
        let clock = Arc::new(SetClock::new());
        let hubs = Arc::clone(&clock);
        let hub = PracticeHub::start_at(Options::default(), Arc::new(move || hubs.now())).await;
        Self::facing(hub.expect("a practice Hub"), clock)
    }

    fn facing(hub: PracticeHub, clock: Arc<SetClock>) -> Self {
        let diary = Diary::default();
        let keychain = Arc::new(MemoryKeychain::new(diary.clone()));
        let records = Arc::new(MemoryRecords::new(diary.clone()));
        let (odd, walked) = (Arc::new(Odd::not()), Arc::new(Walked::default()));
        let at = Addresses {
            hub: hub.hub().to_owned(),
            messaging: hub.messaging().to_owned(),
            pages: hub.pages().to_owned(),
        };
        let desk_records = Arc::new(MemoryDeskRecords::default());
        let ports = ports(&keychain, (&records, &desk_records), &clock, &walked);
        let app = ChannelKeys::new(ports, route(&at, &diary, &odd, Realm::Practice));
        Self { hub, app, keychain, records, desk_records, clock, diary, odd, walked, at, _empty: None }
    }

    /// With Maria of the Harbour Hotel at work.
    pub async fn of_maria() -> Self {
        Self::of(MARIA).await
    }

    /// With this person at work.
    pub async fn of(who: Credentials) -> Self {
        let desk = Self::set().await;
        desk.sign_in(who).await;
        desk
    }

    /// The program stopped in whatever it did, and starts again: only keychain and records last.
    pub fn start_again(self) -> Self {
        let records = (&self.records, &self.desk_records);
        let ports = ports(&self.keychain, records, &self.clock, &self.walked);
        let app = ChannelKeys::new(ports, self.route(Realm::Practice));
        Self { app, ..self }
    }

    /// Another program at the same Hub, such as a client's own.
    pub fn another_program(&self) -> ChannelKeys {
        let (keychain, records) =
            (MemoryKeychain::new(self.diary.clone()), MemoryRecords::new(self.diary.clone()));
        let records = (&Arc::new(records), &Arc::new(MemoryDeskRecords::default()));
        let ports = ports(&Arc::new(keychain), records, &self.clock, &self.walked);
        ChannelKeys::new(ports, self.route(Realm::Practice))
    }

    /// The same, and somebody signs in.
    pub async fn restart(self, who: Credentials) -> Self {
        let desk = self.start_again();
        desk.sign_in(who).await;
        desk
    }

    /// Nobody answers at the Hub's address any more.
    pub async fn lose_the_hub(&mut self) {
        let elsewhere = PracticeHub::start(Options::default()).await.expect("a practice Hub");
        let address = self.hub.pages().trim_start_matches("http://").parse().expect("an address");
        std::mem::replace(&mut self.hub, elsewhere).stop().await;
        let port = TcpSocket::new_v4().expect("a socket");
        port.set_reuseaddr(true).expect("an option");
        port.bind(address).expect("the port is free again");
        self._empty = Some(port);
    }

    /// The way to the same Hub as a real or a practice one.
    pub fn route(&self, realm: Realm) -> Route {
        route(&self.at, &self.diary, &self.odd, realm)
    }

    pub async fn try_sign_in(&self, (email, password): (&str, &str)) -> Result<Session, Trouble> {
        self.app.sign_in(email, &Password::new(password)).await
    }

    pub async fn sign_in(&self, who: Credentials) -> Session {
        self.try_sign_in(who).await.expect("the password is right")
    }

    /// The client that somebody is at work for, if anybody is signed in.
    pub fn at_work_for(&self) -> Option<ClientId> {
        match self.app.session() {
            Session::Client(at_work) => Some(at_work.client),
            _ => None,
        }
    }

    /// Who is at work.
    pub fn person(&self) -> Person {
        match self.app.session() {
            Session::Client(at_work) => at_work.person,
            other => panic!("nobody is at work: {other:?}"),
        }
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

    /// Somebody pastes a text, and takes the first key in it.
    pub async fn paste_text(&self, channel: &ChannelId, text: &str) -> Result<Pasted, Trouble> {
        self.app.find_pasted(channel, text)?;
        self.app.take_pasted(channel, 0).await
    }

    /// Somebody pastes a key, and it is taken.
    pub async fn paste(&self, channel: &ChannelId, key: &ApiKey) -> (KeyRecord, KeyTest, Option<ChannelId>) {
        match self.paste_text(channel, key.expose()).await {
            Ok(Pasted::Taken { record, test, belongs_to }) => (record, test, belongs_to),
            other => panic!("it was not taken: {other:?}"),
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
            Err(HubError::KeyRefused(KeyOf::Channel)) => false,
            Err(error) => panic!("the messaging host could not be asked: {error}"),
        }
    }

    /// The key that this account just pasted, made or kept.
    pub async fn key(&self, id: &str) -> ApiKey {
        self.app.key(id).await.expect("the key")
    }

    /// What the account did here and with which result, the first thing first, without its signing in.
    pub fn deeds(&self) -> Vec<(What, Ended)> {
        let history = self.app.history().expect("the history");
        let deeds = history.into_iter().rev().map(|entry| (entry.what, entry.ended));
        deeds.filter(|(what, _)| *what != What::SignedIn).collect()
    }

    pub async fn works(&self, id: &str) -> bool {
        matches!(self.app.test_key(id).await, Ok(KeyTest::Works { .. }))
    }

    /// Another key lies where a key lies, and the record does not tell how the one ended.
    pub fn swap_key(&self, id: &str, other: &ApiKey) {
        self.keychain.tamper(id, other);
        let record = KeyRecord { tail: None, ..self.records.of(id) };
        self.records.write_key(&record).expect("it is written");
    }

    /// A record as it is after a test that went well now.
    pub fn tested_well(&self, record: &KeyRecord) -> KeyRecord {
        let now = self.clock.now();
        KeyRecord {
            tested: Some((Tested::Works, now)),
            worked_at: Some(now),
            refused_at: None,
            ..record.clone()
        }
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

fn ports(
    keychain: &Arc<MemoryKeychain>,
    (records, desk_records): (&Arc<MemoryRecords>, &Arc<MemoryDeskRecords>),
    clock: &Arc<SetClock>,
    walked: &Arc<Walked>,
) -> Ports {
    Ports {
        keychain: keychain.clone(),
        records: records.clone(),
        desk_records: desk_records.clone(),
        clock: clock.clone(),
        steps: walked.clone(),
    }
}

/// As the application sets it up: a practice Hub has another address at each start, so keys are used where it is now.
fn route(at: &Addresses, diary: &Diary, odd: &Arc<Odd>, realm: Realm) -> Route {
    let base: Base = at.hub.parse().expect("an address");
    let rest = RestHub::new(base.clone());
    let partner_side = Arc::new(rest.clone());
    let messaging = match realm {
        Realm::Practice => Messaging::Here(at.messaging.clone()),
        Realm::Real => Messaging::ComesWithKey(base.usual_messaging()),
    };
    let hub = Arc::new(WatchedHub { rest, diary: diary.clone(), odd: odd.clone() });
    let partner_writes = SealedWrites::new(hub.clone());
    let pages = match realm {
        Realm::Practice => Pages::Here(at.pages.parse().expect("an address")),
        Realm::Real => Pages::Theirs,
    };
    Route { hub, partner_side, partner_writes, realm, messaging, pages }
}
