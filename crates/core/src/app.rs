//! The application: one owner of all state. Every method is what a person does.

mod as_file;
mod asked;
mod asking_by_key;
mod at_desk;
mod checking_keys;
mod finding;
mod goals;
mod handing_over;
mod keeping;
mod known_keys;
mod linking;
mod locking;
mod making;
mod page_visit;
mod pasting;
mod permissions;
mod reading;
mod remembering;
mod reminding;
mod signing;
mod webhooks;
mod workplace;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use time::OffsetDateTime;

use crate::access::Verdict;
use crate::channel::{Channel, ChannelId, ClientId};
use crate::clock::Clock;
use crate::desk::{Desk, SealedWrites, WritingDesk};
use crate::desk_records::DeskRecords;
use crate::hub::{Hub, HubError};
use crate::key_file::NotAKeyFile;
use crate::keychain::{Keychain, KeychainError};
use crate::overview::Listing;
use crate::partner_hub::PartnerReads;
use crate::pasted::NoKey;
use crate::permission_page::Pages;
use crate::records::{KeyRecord, KeyState, Owner, Realm, Records, RecordsError};
use crate::secret::ApiKey;
use crate::session::{ClientSession, Session};
use crate::state_lock::{StateGuard, StateLock, none_is_held};
use crate::steps::{Step, Steps};
use crate::webhook::{ReadNow, Webhooks};

pub use as_file::{FromFile, NamedThere};
pub use asked::{AskedNow, AskedNumber, Asker, Asks};
pub use checking_keys::{Asked, CheckedKey, Ended as RoundEnded, KeyChecks, Round, Turn, WhyNot};
pub use finding::Looked;
pub use goals::GoalNow;
pub use handing_over::DeskKey;
pub use linking::{Led, WaitsFor};
pub use page_visit::{AfterPage, Away, Holds, PageRow, PageSaid, ReturnRefused};
pub use remembering::Remembered;

/// What the application needs from outside, whichever Hub it speaks to.
#[derive(Clone)]
pub struct Ports {
    /// The system's keychain.
    pub keychain: Arc<dyn Keychain>,
    /// The memory on disk.
    pub records: Arc<dyn Records>,
    /// What the support desk remembers on disk.
    pub desk_records: Arc<dyn DeskRecords>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who is told of each step of making a key; nobody, but in tests.
    pub steps: Arc<dyn Steps>,
}

/// The Hub that the application speaks to at present.
#[derive(Clone)]
pub struct Route {
    /// The way there.
    pub hub: Arc<dyn Hub>,
    /// The way to the partner's side of it, for the support desk.
    pub partner_side: Arc<dyn PartnerReads>,
    /// The way to write there, sealed until a desk may.
    pub partner_writes: SealedWrites,
    /// Real or practice.
    pub realm: Realm,
    /// Where keys are used.
    pub messaging: Messaging,
    /// Where its pages for people are.
    pub pages: Pages,
}

/// Where keys are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Messaging {
    /// At the address that came with a key; where none did, at this one.
    ComesWithKey(String),
    /// Here, whatever came with a key: the practice Hub moves at each start.
    Here(String),
}

/// What can stand in the way of what a person does.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// The Hub.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// The keychain.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The memory on disk.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The Hub did not take the partner's API key.
    #[error("the Hub refused this partner key")]
    WrongPartnerKey,
    /// The account belongs to no client and no partner.
    #[error("this account belongs to nothing")]
    NoRoles,
    /// The Hub lists no such channel for this client.
    #[error("no such channel")]
    NoSuchChannel,
    /// The Hub did not say whose channel it is.
    #[error("the client of this channel is not told")]
    ClientNotTold,
    /// The client has no partner.
    #[error("this client has no partner")]
    NoPartner,
    /// The Hub did not say who the client's partner is.
    #[error("the partner of this client is not told")]
    PartnerNotTold,
    /// Nobody is on the way to 360dialog's own page.
    #[error("nobody went to the permission page")]
    NoPageVisit,
    /// There is no such key here.
    #[error("no such key")]
    NoSuchKey,
    /// The request for this key was sent already.
    #[error("this was asked for already")]
    AlreadyAsked,
    /// It is known to be refused.
    #[error("this is known to be refused")]
    KnownToBeRefused(Box<Verdict>),
    /// The key lies nowhere but in memory: leaving it would lose it.
    #[error("the key is stored nowhere")]
    StoredNowhere,
    /// A key is being made: leaving now would leave nobody to tell what came of it.
    #[error("a key is being made")]
    KeyBeingMade,
    /// The desk only reads.
    #[error("this desk only reads")]
    ReadOnly,
    /// Another account signed in where one was asked to sign in again.
    #[error("this is another account")]
    OtherAccount,
    /// What was pasted is no key.
    #[error(transparent)]
    NotAKey(NoKey),
    /// A key that no file could hold, since it could not be read back from there.
    #[error("this key can't be written")]
    NotWritable,
    /// What lies in a file is no key that was saved as one.
    #[error(transparent)]
    NotAKeyFile(#[from] NotAKeyFile),
}

/// The application.
pub struct ChannelKeys {
    ports: Ports,
    state: StateLock<State>,
    known: Mutex<known_keys::KnownKeys>,
    /// Held by who asks about all keys.
    checking: tokio::sync::Mutex<()>,
    /// Held while the keychain's keys without a record get one.
    finding: Mutex<()>,
}

struct State {
    route: Route,
    session: Session,
    /// When the Hub ends the session, where it told.
    until: Option<OffsetDateTime>,
    /// Counts the sessions, so that an answer that comes late does not end a later one.
    sessions: u64,
    listing: Option<Listing>,
    /// Counts what is asked about the channels, so that of two answers the one that was asked for later stays.
    readings: u64,
    /// Which of these the listing is of.
    shown_reading: u64,
    /// The support desk, while somebody is at it.
    desk: Option<Arc<Desk>>,
    /// The last link that came from outside, until it is put away.
    link: Option<linking::Came>,
    /// The partner's request that is looked at.
    visit: Option<asked::Visit>,
    /// The visit to 360dialog's own page that is under way, and the way back from there with it.
    page_visit: Option<page_visit::PageVisit>,
    /// The same desk, for as long as it may write.
    writing: Option<Arc<WritingDesk>>,
    /// The keys in what was pasted, until the person says which one is meant.
    found: Option<pasting::Found>,
    /// How far it is looked whether keys still work.
    checks: checking_keys::Checks,
    ticket: Option<Ticket>,
    listed: Option<(ChannelId, making::Listed)>,
    held: HashMap<String, Held>,
    /// Webhooks that wait to be set again, by the note of each: a keychain may not have taken one.
    webhooks: HashMap<String, Webhooks>,
    being_made: Vec<(String, ChannelId)>,
    /// How many kept sessions are being taken out of the keychain.
    forgetting: u32,
    /// To be locked as soon as the key that is being made is there.
    lock_next: bool,
    /// The keychain was locked, and the person was asked to unlock it for the keys that are looked for.
    asked_to_unlock: bool,
}

/// A key in memory, with what is known of it even where the records can't be written.
struct Held {
    key: ApiKey,
    record: KeyRecord,
    /// The person copied it to where it is used, or has it in a file that they can open.
    copied: bool,
}

/// A desk at which nobody is any more, and which is still open.
#[must_use]
struct LeftDesk(Option<Arc<Desk>>);

struct Ticket {
    id: String,
    owner: Owner,
    client: ClientId,
    channel: Channel,
    verdict: Verdict,
    /// The webhooks, as they were read a moment ago.
    webhook: ReadNow,
    read_at: OffsetDateTime,
}

impl State {
    /// A key that lies in memory alone.
    fn stored_nowhere(&self) -> Option<&KeyRecord> {
        let mut held = self.held.values().map(|held| &held.record);
        held.find(|record| record.state == KeyState::InMemory)
    }

    fn is_being_made(&self, id: &str) -> bool {
        self.being_made.iter().any(|(making, _)| making == id)
    }

    /// Whether it is still this person, at work for this client.
    fn is_at_work(&self, route: &Route, at_work: &ClientSession) -> bool {
        let Session::Client(now) = &self.session else { return false };
        let same_person = self.route.realm == route.realm && now.person.id == at_work.person.id;
        same_person && now.client == at_work.client
    }

    /// Tells which desk was left, to be closed once this state is let go: that writes to the disk.
    fn begin(&mut self, session: Session) -> LeftDesk {
        self.session = session;
        self.sessions += 1;
        self.route.hub.close_connections();
        self.listing = None;
        self.visit = None;
        self.page_visit = None;
        self.writing = None;
        self.found = None;
        self.checks = checking_keys::Checks::default();
        self.ticket = None;
        self.listed = None;
        LeftDesk(self.desk.take())
    }
}

impl LeftDesk {
    fn close(self) {
        if let Some(desk) = self.0 {
            desk.close();
        }
    }
}

impl ChannelKeys {
    /// Starts, signed out.
    pub fn new(ports: Ports, route: Route) -> Self {
        let state = State {
            route,
            session: Session::SignedOut,
            until: None,
            sessions: 0,
            listing: None,
            readings: 0,
            shown_reading: 0,
            desk: None,
            link: None,
            visit: None,
            page_visit: None,
            writing: None,
            found: None,
            checks: checking_keys::Checks::default(),
            ticket: None,
            listed: None,
            held: HashMap::new(),
            webhooks: HashMap::new(),
            being_made: Vec::new(),
            forgetting: 0,
            lock_next: false,
            asked_to_unlock: false,
        };
        Self {
            ports,
            state: StateLock::new(state),
            known: Mutex::default(),
            checking: tokio::sync::Mutex::default(),
            finding: Mutex::default(),
        }
    }

    /// Real or practice.
    pub fn realm(&self) -> Realm {
        self.state().route.realm
    }

    /// The Hub's host, to tell people where their password goes.
    pub fn host(&self) -> String {
        self.state().route.hub.host()
    }

    /// Who is signed in.
    pub fn session(&self) -> Session {
        self.state().session.clone()
    }

    /// A key that lies in memory alone, if there is one: nothing may close before it is copied, kept or let go.
    pub fn stored_nowhere(&self) -> Option<KeyRecord> {
        self.state().stored_nowhere().cloned()
    }

    /// The key that is being made.
    pub fn being_made(&self) -> Option<KeyRecord> {
        let id = self.state().being_made.first().map(|(id, _)| id.clone())?;
        self.latest(&id)
    }

    /// Whether a key is being made: until the Hub has answered and the key lies somewhere, nothing may close.
    pub fn is_making_a_key(&self) -> bool {
        !self.state().being_made.is_empty()
    }

    fn records(&self) -> &dyn Records {
        none_is_held();
        &*self.ports.records
    }

    fn desk_records(&self) -> &dyn DeskRecords {
        none_is_held();
        &*self.ports.desk_records
    }

    fn state(&self) -> StateGuard<'_, State> {
        self.state.lock()
    }

    fn route(&self) -> Route {
        self.state().route.clone()
    }

    fn now(&self) -> OffsetDateTime {
        self.ports.clock.now()
    }

    fn reached(&self, step: Step) {
        self.ports.steps.reached(step);
    }

    fn at_work(&self) -> Result<(Route, ClientSession), Trouble> {
        let state = self.state();
        match &state.session {
            Session::Client(at_work) => Ok((state.route.clone(), at_work.clone())),
            _ => Err(Trouble::NotSignedIn),
        }
    }

    fn is_in_hand(&self, id: &str) -> bool {
        let state = self.state();
        state.is_being_made(id) || state.held.contains_key(id)
    }
}
