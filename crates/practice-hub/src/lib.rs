//! A local Hub that speaks the Hub's HTTP contract on loopback: to practise, to demonstrate, to test against.
//!
//! It keeps the contract's calls, status codes, error bodies, paging and filters, with their side effects: a new key
//! kills every earlier one at once and clears the webhook, and `shared_client_numbers` follows each change of a partner
//! permission. A program made for the real Hub runs against it with nothing changed but the base address.
//!
//! The page on which a client gives its partner the permission is there too, for browsers: see
//! [`PracticeHub::permission_page`].
//!
//! What is known of the real Hub is *documented* by 360dialog or *seen* in traffic; the rest is *ours*, inferred. The
//! docs of each item keep saying which is which. Nothing here was tried against the live Hub.
//!
//! ```
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! use practice_hub::{Do, Fault, Options, PracticeHub};
//!
//! let hub = PracticeHub::start(Options {
//!     faults: vec![Fault::new("POST /clients/*/channels/*/api_keys", Do::ResetAfterCommit).nth(1)],
//!     ..Options::default()
//! })
//! .await?;
//! println!("sign in at {}", hub.hub());
//! hub.stop().await;
//! # Ok::<(), practice_hub::StartError>(())
//! # }).unwrap();
//! # Ok::<(), std::io::Error>(())
//! ```

// No panic by the world; a test may.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod calls;
mod connection;
mod draw;
mod faults;
mod hub;
mod large;
mod list;
mod ordered;
mod permission_page;
mod routes;
mod rules;
mod seed;
mod server;
mod sessions;
mod state;
mod wire;
mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use parking_lot::Mutex;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use faults::{Do, Encoding, Fault, FaultError, Framing};
pub use world::{Account, Role};

use faults::Faults;
use hub::Hub;
use seed::Parts;
use server::{Part, Shared};
use state::{Found, Saved};
use world::{Belongs, Person, World};

/// What time it is, for whoever wants a token to grow old within a test.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// How a practice Hub starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on loopback; 0 means any that is free.
    pub port: u16,
    /// Whether the messaging host has a port of its own, as a host of its own is elsewhere.
    pub messaging_apart: bool,
    /// How many channels there are.
    pub world: WorldSize,
    /// The same seed makes the same world: ids, numbers, earlier keys.
    pub seed: u64,
    /// What goes wrong, and where.
    pub faults: Vec<Fault>,
    /// The file in which changes last; without one they end with the practice Hub.
    pub state: Option<PathBuf>,
    /// Where requests are noted.
    pub log: RequestLog,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            messaging_apart: false,
            world: WorldSize::Small,
            seed: 1,
            faults: Vec::new(),
            state: None,
            log: RequestLog::Off,
        }
    }
}

/// How many channels a world has. Written `small` or `large:N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldSize {
    /// A handful of invented clients that between them show every case.
    Small,
    /// The small world and this many more channels over 500 clients of the partner.
    Large(usize),
}

/// A world that is neither `small` nor `large:N`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a world is `small` or `large:N` with N up to {MOST_CHANNELS}")]
pub struct WorldSizeError;

/// Phone numbers of the large world have six digits of their own.
const MOST_CHANNELS: usize = 1_000_000;

impl FromStr for WorldSize {
    type Err = WorldSizeError;

    fn from_str(text: &str) -> Result<Self, WorldSizeError> {
        if text == "small" {
            return Ok(Self::Small);
        }
        let count = text.strip_prefix("large:").ok_or(WorldSizeError)?;
        match count.parse() {
            Ok(count) if count <= MOST_CHANNELS => Ok(Self::Large(count)),
            _ => Err(WorldSizeError),
        }
    }
}

impl fmt::Display for WorldSize {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Small => formatter.write_str("small"),
            Self::Large(count) => write!(formatter, "large:{count}"),
        }
    }
}

/// Where requests are noted: method, path and status, never a query, a header or a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestLog {
    /// Nowhere.
    Off,
    /// On the standard error stream, a line each.
    Stderr,
}

/// Why a practice Hub did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port can't be had, most likely because another program has it.
    #[error("can't listen on 127.0.0.1:{port}: {source}")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// A fault can't happen as it is written.
    #[error(transparent)]
    Fault(#[from] FaultError),
    /// The state file can't be read, or a damaged one can't be set aside.
    #[error("can't use the state file {}: {source}", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The state file belongs to a world of another size or seed, whose ids mean nothing here.
    #[error("the state file {} belongs to world {world} with seed {seed}", path.display())]
    OtherWorld {
        /// The file.
        path: PathBuf,
        /// The world that it was written for.
        world: String,
        /// The seed that it was written for.
        seed: u64,
    },
}

/// A Hub that runs on loopback until it is stopped or dropped.
pub struct PracticeHub {
    hub: String,
    messaging: String,
    pages: String,
    seed: u64,
    aside: Option<PathBuf>,
    notice: Option<String>,
    shared: Arc<Shared>,
    stop: watch::Sender<()>,
    servers: Vec<JoinHandle<()>>,
}

impl PracticeHub {
    /// Makes the world and listens on 127.0.0.1, never on any other address.
    ///
    /// Runs on the tokio runtime that it is called on.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        Self::start_at(options, Arc::new(OffsetDateTime::now_utc)).await
    }

    /// Like [`PracticeHub::start`], with a clock of one's own: tokens last 24 hours (seen) by this clock.
    pub async fn start_at(options: Options, clock: Clock) -> Result<Self, StartError> {
        let Options { port, messaging_apart, world: size, seed, faults, state, log } = options;
        let faults = Faults::new(faults)?;
        let (saved, set_aside) = match &state {
            Some(path) => saved_state(path.clone(), size, seed, clock())?,
            None => (Saved::new(seed, size.to_string()), None),
        };
        let (aside, notice) = set_aside.unzip();
        if let (Some(notice), RequestLog::Stderr) = (&notice, log) {
            // Whoever can't read standard error still has `notice`.
            let _ = writeln!(io::stderr(), "practice-hub: {notice}");
        }

        let (listener, address) = listen(port).await?;
        let pages = format!("http://{address}");
        let (listeners, messaging) = match messaging_apart {
            true => {
                let (apart, address) = listen(0).await?;
                (vec![(listener, Part::Hub), (apart, Part::Messaging)], address)
            }
            false => (vec![(listener, Part::All)], address),
        };
        let messaging = format!("http://{messaging}/messaging");
        let shared = Arc::new(Shared {
            hub: Mutex::new(Hub::new(make_world(size, seed), saved, state, messaging.clone())),
            faults: Mutex::new(faults),
            counts: Mutex::new(BTreeMap::new()),
            clock,
            log,
        });
        let (stop, stopped) = watch::channel(());
        let servers = listeners
            .into_iter()
            .map(|(listener, part)| {
                tokio::spawn(server::serve(listener, part, Arc::clone(&shared), stopped.clone()))
            })
            .collect();
        Ok(Self {
            hub: format!("{pages}/api/v2"),
            messaging,
            pages,
            seed,
            aside,
            notice,
            shared,
            stop,
            servers,
        })
    }

    /// The Hub's base address: `http://127.0.0.1:N/api/v2`.
    pub fn hub(&self) -> &str {
        &self.hub
    }

    /// The messaging host's address: `http://127.0.0.1:N/messaging`.
    pub fn messaging(&self) -> &str {
        &self.messaging
    }

    /// Where people's pages (the permission page) and the practice Hub's own (`/counts`, `/faults`) are: `http://127.0.0.1:N`.
    pub fn pages(&self) -> &str {
        &self.pages
    }

    /// The page on which a client gives its partner the permission, as the older official button opens it:
    /// `http://127.0.0.1:N/dashboard/app/{P}/permissions`. A link's query may follow. The current button's
    /// `/dashboard/app/{P}` and `/onboarding/{P}` are there too, so that a link of 360dialog's leads here once its host
    /// is [`PracticeHub::pages`] (documented paths).
    pub fn permission_page(&self) -> String {
        format!("{}/dashboard/app/{}/permissions", self.pages, self.partner_id())
    }

    /// Puts another address, or none, in the place of the one to which the Hub knows that the partner wants people sent
    /// back (`partner_redirect_url`, documented), until the practice Hub ends.
    pub fn set_partner_redirect(&self, address: Option<&str>) {
        self.shared.hub.lock().world.partner.redirect_url = address.map(str::to_owned);
    }

    /// Every account there is to sign in with.
    pub fn accounts(&self) -> Vec<Account> {
        let hub = self.shared.hub.lock();
        let key = Account::PartnerKey {
            partner_id: hub.world.partner.id.clone(),
            api_key: hub.world.partner.api_key.clone(),
            note: "Blue Anchor's API key, for the Hub instead of signing in; it opens nothing at the messaging host."
                .to_owned(),
        };
        hub.world.people.iter().map(account_of).chain([key]).collect()
    }

    /// How often each call came in, such as `POST /clients/*/channels/*/api_keys`, whatever was answered.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.shared.counts.lock().clone()
    }

    /// Puts these faults in the place of all earlier ones; `nth` counts from here.
    ///
    /// # Panics
    /// If a fault can't happen as it is written (see [`Fault::check`]): a test that waits for it would prove nothing.
    #[expect(clippy::panic, reason = "only tests order faults from a Hub that runs")]
    pub fn set_faults(&self, faults: Vec<Fault>) {
        match Faults::new(faults) {
            Ok(faults) => *self.shared.faults.lock() = faults,
            Err(error) => panic!("{error}"),
        }
    }

    /// Where a channel's messages are sent to, if anywhere.
    pub fn webhook(&self, channel_id: &str) -> Option<String> {
        let hub = self.shared.hub.lock();
        Some(hub.world.channel(channel_id)?.live.webhook.as_ref()?.url.clone())
    }

    /// The extra webhooks of a channel, by name with the address of each; none while they are switched off.
    pub fn extra_webhooks(&self, channel_id: &str) -> Vec<(String, String)> {
        let hub = self.shared.hub.lock();
        let Some(channel) = hub.world.channel(channel_id).filter(|channel| channel.live.extra.enabled) else {
            return Vec::new();
        };
        let all = channel.live.extra.destinations.iter();
        all.map(|(name, webhook)| (name.clone(), webhook.url.clone())).collect()
    }

    /// Somebody switches a channel's extra webhooks on or off elsewhere.
    pub fn switch_extra_webhooks(&self, channel_id: &str, enabled: bool) {
        let mut hub = self.shared.hub.lock();
        if let Some(at) = hub.world.channel_at(channel_id) {
            let mut live = hub.world.nth_channel(at).live.clone();
            live.extra.enabled = enabled;
            hub.world.change(at, live);
        }
    }

    /// How many keys of a channel the messaging host takes: one or none.
    pub fn live_key_count(&self, channel_id: &str) -> usize {
        let hub = self.shared.hub.lock();
        hub.world.channel_at(channel_id).map_or(0, |at| hub.world.live_key_count(at))
    }

    /// The key that a channel had when this world was new, if it had one. It works until a key is made.
    pub fn earlier_key(&self, channel_id: &str) -> Option<String> {
        let plain = seed::earlier_key(self.seed, channel_id);
        let parts = Parts::small(self.seed);
        let had_it =
            parts.channels.iter().any(|channel| channel.id == channel_id && channel.live.key.is_some());
        had_it.then_some(plain)
    }

    /// The id of the client with this name.
    pub fn client_id(&self, name: &str) -> Option<String> {
        let hub = self.shared.hub.lock();
        hub.world.clients.iter().find(|client| client.name == name).map(|client| client.id.clone())
    }

    /// The id of a client's channel with this name, such as "Harbour Hotel GmbH" and "Front desk".
    pub fn channel_id(&self, client_name: &str, channel_name: &str) -> Option<String> {
        let hub = self.shared.hub.lock();
        let is_wanted = |channel: &&world::Channel| {
            channel.name == channel_name && hub.world.client_of(channel).name == client_name
        };
        hub.world.channels.iter().find(is_wanted).map(|channel| channel.id.clone())
    }

    /// The id of the partner, Blue Anchor.
    pub fn partner_id(&self) -> String {
        self.shared.hub.lock().world.partner.id.clone()
    }

    /// What people should know about this start: that a damaged state file was set aside, for one.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Where a state file that could not be read was set aside at this start.
    pub fn set_aside(&self) -> Option<&Path> {
        self.aside.as_deref()
    }

    /// Answers what is under way, within a second, and gives the port back.
    pub async fn stop(mut self) {
        // Fails only if the server has ended already.
        let _ = self.stop.send(());
        for server in std::mem::take(&mut self.servers) {
            let _ = server.await;
        }
    }
}

impl fmt::Debug for PracticeHub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PracticeHub").field("hub", &self.hub).finish_non_exhaustive()
    }
}

impl Drop for PracticeHub {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

/// Listens on 127.0.0.1.
async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Port { port, source };
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn make_world(size: WorldSize, seed: u64) -> World {
    let mut parts = Parts::small(seed);
    if let WorldSize::Large(count) = size {
        large::add_channels(&mut parts, count);
    }
    parts.into_world()
}

fn saved_state(
    path: PathBuf,
    size: WorldSize,
    seed: u64,
    now: OffsetDateTime,
) -> Result<(Saved, Option<(PathBuf, String)>), StartError> {
    let anew = || Saved::new(seed, size.to_string());
    match state::read(&path, now).map_err(|source| StartError::State { path: path.clone(), source })? {
        Found::Nothing => Ok((anew(), None)),
        Found::Saved(saved) if saved.seed == seed && saved.world == size.to_string() => Ok((saved, None)),
        Found::Saved(saved) => Err(StartError::OtherWorld { path, world: saved.world, seed: saved.seed }),
        Found::SetAside { to, because } => {
            let notice = format!(
                "The state file {} was set aside as {}, because {because}. The practice world starts anew.",
                path.display(),
                to.display()
            );
            Ok((anew(), Some((to, notice))))
        }
    }
}

fn account_of(person: &Person) -> Account {
    let (email, password, note) = (person.email.clone(), person.password.clone(), person.note.to_owned());
    match person.roles[..] {
        [Belongs::ToPartner(role), ..] => Account::Partner { role, email, password, note },
        [Belongs::ToClient(_, role), ..] => Account::Client { role, email, password, note },
        [] => Account::Client { role: Role::Member, email, password, note },
    }
}
