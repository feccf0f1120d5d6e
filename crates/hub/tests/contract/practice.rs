//! A practice Hub with the client at its door.

use std::sync::{Arc, Mutex};

use channel_keys_core::channel::{Channel, ChannelId, ClientId, PartnerId};
use channel_keys_core::hub::{ChangeError, Hub, HubError, KeyOf, NewKey};
use channel_keys_core::partner_hub::{Caller, Pass};
use channel_keys_core::secret::{ApiKey, PartnerKey, Password, SessionToken};
use channel_keys_hub::RestHub;
use practice_hub::{Account, Do, Fault, Options, PracticeHub, WorldSize};
use time::{Duration, OffsetDateTime};

pub type Credentials = (&'static str, &'static str);

pub const MARIA: Credentials = ("maria@harbour-hotel.example", "practice-harbour");
pub const JONAS: Credentials = ("jonas@harbour-hotel.example", "practice-jonas");
pub const LUCIA: Credentials = ("lucia@clinica-aurora.example", "practice-aurora");
pub const RUI: Credentials = ("rui@padaria-do-sol.example", "practice-padaria");
pub const PETRA: Credentials = ("petra@moebel-lindner.example", "practice-lindner");
pub const SAM: Credentials = ("sam@two-shops.example", "practice-sam");
pub const NORA: Credentials = ("nora@two-factor.example", "practice-nora");
pub const JO: Credentials = ("jo@blue-anchor.example", "practice-anchor");
pub const TIM: Credentials = ("tim@blue-anchor.example", "practice-tim");

pub const HARBOUR: &str = "Harbour Hotel GmbH";
pub const AURORA: &str = "Clínica Aurora";
pub const PADARIA: &str = "Padaria do Sol";
pub const LINDNER: &str = "Möbel Lindner";

pub const TOKEN: &str = "POST /token";
pub const ME: &str = "GET /users/me";
pub const CLIENT: &str = "GET /clients/*";
pub const CHANNELS: &str = "GET /clients/*/channels";
pub const PERMISSIONS: &str = "GET /clients/*/partner_permissions";
pub const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";
pub const GIVE: &str = "PUT /clients/*/channels/*/partner_permission";
pub const REMOVE: &str = "DELETE /clients/*/channels/*/partner_permission";
pub const PARTNER: &str = "GET /partners/*";
pub const PARTNER_CLIENTS: &str = "GET /partners/*/clients";
pub const PARTNER_CHANNELS: &str = "GET /partners/*/channels";
pub const PARTNER_CHANNEL: &str = "GET /partners/*/channels/*";
pub const SHARED: &str = "GET /partners/*/clients/*/shared_client_numbers";
pub const HEALTH: &str = "GET /messaging/health_status";
pub const WEBHOOK: &str = "GET /messaging/v1/configs/webhook";

pub struct Practice {
    pub hub: PracticeHub,
    pub rest: RestHub,
}

pub async fn practise() -> Practice {
    at_the_door_of(PracticeHub::start(Options::default()).await.expect("a practice Hub"))
}

pub async fn practise_at_large(channels: usize) -> Practice {
    let options = Options { world: WorldSize::Large(channels), ..Options::default() };
    at_the_door_of(PracticeHub::start(options).await.expect("a practice Hub"))
}

pub async fn practise_by(clock: &SetClock) -> Practice {
    let time = Arc::clone(&clock.0);
    let now = Arc::new(move || *time.lock().expect("nobody panicked with the clock in hand"));
    at_the_door_of(PracticeHub::start_at(Options::default(), now).await.expect("a practice Hub"))
}

fn at_the_door_of(hub: PracticeHub) -> Practice {
    let rest = rest(hub.hub());
    Practice { hub, rest }
}

pub fn rest(base: &str) -> RestHub {
    RestHub::new(base.parse().expect("an address that the Hub may have"))
}

impl Practice {
    /// One call goes wrong from now on, each time.
    pub fn spoil(&self, call: &str, how: Do) {
        self.hub.set_faults(vec![Fault::new(call, how)]);
    }

    pub async fn try_sign_in(&self, (email, password): (&str, &str)) -> Result<SessionToken, HubError> {
        Ok(self.rest.sign_in(email, &Password::new(password)).await?.token)
    }

    pub async fn sign_in(&self, credentials: Credentials) -> SessionToken {
        self.try_sign_in(credentials).await.expect("the password is right")
    }

    /// Blue Anchor, by its API key.
    pub fn with_partner_key(&self) -> Caller {
        let key = self.hub.accounts().into_iter().find_map(|account| match account {
            Account::PartnerKey { api_key, .. } => Some(api_key),
            _ => None,
        });
        self.caller(Pass::Key(Arc::new(PartnerKey::new(key.expect("a partner API key")))))
    }

    /// Blue Anchor, by one of its people's sessions.
    pub async fn with_session(&self, credentials: Credentials) -> Caller {
        self.caller(Pass::Session(Arc::new(self.sign_in(credentials).await)))
    }

    pub fn caller(&self, pass: Pass) -> Caller {
        Caller { partner: PartnerId(self.hub.partner_id()), pass }
    }

    pub fn client(&self, name: &str) -> ClientId {
        ClientId(self.hub.client_id(name).expect("a client of this name"))
    }

    pub fn channel(&self, client: &str, name: &str) -> ChannelId {
        ChannelId(self.hub.channel_id(client, name).expect("a channel of this name"))
    }

    pub async fn channels_of(&self, credentials: Credentials, client: &str) -> Vec<Channel> {
        let token = self.sign_in(credentials).await;
        self.rest.channels(&token, &self.client(client)).await.expect("the channels").items
    }

    pub async fn make_key(
        &self,
        token: &SessionToken,
        client: &str,
        channel: &str,
    ) -> Result<NewKey, ChangeError> {
        self.rest.make_key(token, &self.client(client), &self.channel(client, channel)).await
    }

    /// The key that a channel has when the world is new.
    pub fn earlier_key(&self, channel: &ChannelId) -> ApiKey {
        ApiKey::new(self.hub.earlier_key(&channel.0).expect("the channel has a key"))
    }

    pub async fn is_alive(&self, key: &ApiKey) -> bool {
        match self.rest.health(self.hub.messaging(), key).await {
            Ok(_) => true,
            Err(HubError::KeyRefused(KeyOf::Channel)) => false,
            Err(error) => panic!("the messaging host could not be asked: {error}"),
        }
    }

    /// How often the Hub was called so, by its own count.
    pub fn count(&self, call: &str) -> u64 {
        self.hub.counts().get(call).copied().unwrap_or(0)
    }
}

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub struct SetClock(Arc<Mutex<OffsetDateTime>>);

impl SetClock {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000))))
    }

    pub fn forward(&self, by: Duration) {
        *self.0.lock().expect("nobody panicked with the clock in hand") += by;
    }
}

/// What a quotation says.
pub fn words(said: &Option<channel_keys_core::hub::Quote>) -> Option<&str> {
    said.as_ref().map(channel_keys_core::hub::Quote::as_str)
}
