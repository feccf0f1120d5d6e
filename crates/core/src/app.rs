//! The application: one owner of all state. Every method is what a person does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::{self, Answer, Facts, Side, Verdict};
use crate::channel::{Channel, ChannelId, Client, ClientId, Partner};
use crate::clock::Clock;
use crate::fact::Fact;
use crate::hub::{Hub, HubError, Person, Role};
use crate::keychain::{Entry, Keychain, KeychainError, Probe, Purpose};
use crate::keys::{Before, KeyTest, Made, Outcome};
use crate::records::{KeyRecord, KeyState, Owner, Realm, Records, RecordsError};
use crate::secret::{ApiKey, Password, SessionToken};
use crate::session::{ClientSession, Session};

/// The messaging host of keys that came without an address (documented).
pub const MESSAGING: &str = "https://waba-v2.360dialog.io";

/// What the application needs from outside, whichever Hub it speaks to.
#[derive(Clone)]
pub struct Ports {
    /// The system's keychain.
    pub keychain: Arc<dyn Keychain>,
    /// The memory on disk.
    pub records: Arc<dyn Records>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The Hub that the application speaks to at present.
#[derive(Clone)]
pub struct Route {
    /// The way there.
    pub hub: Arc<dyn Hub>,
    /// Real or practice.
    pub realm: Realm,
    /// Where keys are used, if not at the address that came with them: the practice Hub moves at each start.
    pub messaging: Option<String>,
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
    /// The account belongs to no client and no partner.
    #[error("this account belongs to nothing")]
    NoRoles,
    /// The Hub lists no such channel for this client.
    #[error("no such channel")]
    NoSuchChannel,
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
}

/// A client's channels, and when they were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The client.
    pub client: Client,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// When the Hub said so.
    pub read_at: OffsetDateTime,
}

impl Overview {
    /// The verdict on making a key for one of these channels.
    pub fn verdict(&self, channel: &Channel) -> Verdict {
        access::decide(
            Side::Client,
            Facts {
                running: channel.live_and_running(),
                has_partner: match &self.client.partner {
                    Fact::Told(partner) => Fact::Told(partner.is_some()),
                    Fact::NotTold => Fact::NotTold,
                },
                payer: self.client.payer,
                permission: channel.permission,
            },
        )
    }

    /// The partner, where there is one.
    pub fn partner(&self) -> Option<&Partner> {
        self.client.partner.told().and_then(Option::as_ref)
    }

    fn channel(&self, id: &ChannelId) -> Result<&Channel, Trouble> {
        self.channels.iter().find(|channel| channel.id == *id).ok_or(Trouble::NoSuchChannel)
    }
}

/// The application.
pub struct ChannelKeys {
    ports: Ports,
    state: Mutex<State>,
}

struct State {
    route: Route,
    session: Session,
    overview: Option<Overview>,
    ticket: Option<Ticket>,
    held: HashMap<String, Held>,
    being_made: Vec<(String, ChannelId)>,
}

/// A key in memory, with what is known of it even where the records can't be written.
struct Held {
    key: ApiKey,
    record: KeyRecord,
}

struct Ticket {
    id: String,
    client: ClientId,
    channel: Channel,
    verdict: Verdict,
}

impl State {
    fn is_being_made(&self, id: &str) -> bool {
        self.being_made.iter().any(|(making, _)| making == id)
    }
}

impl ChannelKeys {
    /// Starts, signed out.
    pub fn new(ports: Ports, route: Route) -> Self {
        let state = State {
            route,
            session: Session::SignedOut,
            overview: None,
            ticket: None,
            held: HashMap::new(),
            being_made: Vec::new(),
        };
        Self { ports, state: Mutex::new(state) }
    }

    /// Turns to another Hub, signed out. Refused while a key lies in memory alone.
    pub fn turn_to(&self, route: Route) -> Result<(), Trouble> {
        self.sign_out()?;
        self.state().route = route;
        Ok(())
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

    /// Exchanges a password for a session, and learns whose it is.
    pub async fn sign_in(&self, email: &str, password: &Password) -> Result<Session, Trouble> {
        let route = self.route();
        let email = email.trim();
        let token = route.hub.sign_in(email, password).await?;
        let session = match route.hub.person(&token).await {
            Ok(mut person) => {
                name_clients(&*route.hub, &token, &mut person).await;
                Session::for_person(token, person).ok_or(Trouble::NoRoles)?
            }
            Err(HubError::NotThere(_)) => {
                Session::ClientIdNeeded { token: Arc::new(token), email: email.to_owned() }
            }
            Err(error) => return Err(error.into()),
        };
        Ok(self.begin(session))
    }

    /// Chooses one of the person's clients.
    pub fn choose_client(&self, client: &ClientId) -> Result<Session, Trouble> {
        let chosen = self.session().choose(client).ok_or(Trouble::NotSignedIn)?;
        Ok(self.begin(chosen))
    }

    /// Names the client where the Hub did not say whose account it is, and checks that it answers.
    pub async fn name_client(&self, client: ClientId) -> Result<Session, Trouble> {
        let session = self.session().name_client(client).ok_or(Trouble::NotSignedIn)?;
        if let Session::Client(at_work) = &session {
            self.route().hub.channels(&at_work.token, &at_work.client).await?;
        }
        Ok(self.begin(session))
    }

    /// Forgets the session. Refused while a key lies in memory alone.
    pub fn sign_out(&self) -> Result<(), Trouble> {
        if self.stored_nowhere().is_some() {
            return Err(Trouble::StoredNowhere);
        }
        let mut state = self.state();
        state.held.clear();
        state.session = Session::SignedOut;
        state.overview = None;
        state.ticket = None;
        Ok(())
    }

    /// Reads the client and its channels from the Hub.
    pub async fn read_channels(&self) -> Result<Overview, Trouble> {
        let (route, at_work) = self.at_work()?;
        let client = match route.hub.client(&at_work.token, &at_work.client).await {
            Ok(client) => client,
            // The call is ours: a Hub that doesn't have it tells nothing, and the list still stands.
            Err(HubError::NotThere(_) | HubError::Refused { .. }) => Client {
                id: at_work.client.clone(),
                name: Fact::NotTold,
                payer: Fact::NotTold,
                partner: Fact::NotTold,
            },
            Err(error) => return Err(error.into()),
        };
        let channels = route.hub.channels(&at_work.token, &at_work.client).await?;
        let overview = Overview { client, channels, read_at: self.ports.clock.now() };
        let mut state = self.state();
        if matches!(&state.session, Session::Client(now) if now.client == at_work.client) {
            state.overview = Some(overview.clone());
        }
        Ok(overview)
    }

    /// The channels as last read in this session; read now where they were not yet.
    pub async fn channels(&self) -> Result<Overview, Trouble> {
        let seen = self.state().overview.clone();
        match seen {
            Some(overview) => Ok(overview),
            None => self.read_channels().await,
        }
    }

    /// Reads the facts anew and prepares the one request for a key.
    pub async fn before_making(&self, channel: &ChannelId) -> Result<Before, Trouble> {
        let overview = self.read_channels().await?;
        let channel = overview.channel(channel)?.clone();
        let verdict = overview.verdict(&channel);
        let before = Before {
            ticket: Uuid::new_v4().to_string(),
            keychain: self.ports.keychain.probe().await,
            here: self.keys_here(&channel.id)?,
            read_at: overview.read_at,
            channel,
            verdict,
        };
        self.state().ticket = Some(Ticket {
            id: before.ticket.clone(),
            client: overview.client.id.clone(),
            channel: before.channel.clone(),
            verdict: before.verdict.clone(),
        });
        Ok(before)
    }

    /// Whether the keychain would take a key now.
    pub async fn keychain(&self) -> Probe {
        self.ports.keychain.probe().await
    }

    /// Asks the Hub for a key, once: the ticket is used up whatever happens. The request is written down before
    /// it goes out, and the key lies in the keychain before this returns.
    pub async fn make_key(&self, ticket: &str) -> Result<Outcome, Trouble> {
        let (route, at_work) = self.at_work()?;
        let ticket = {
            let mut state = self.state();
            match state.ticket.take() {
                Some(valid) if valid.id == ticket && valid.client == at_work.client => valid,
                other => {
                    state.ticket = other;
                    return Err(Trouble::AlreadyAsked);
                }
            }
        };
        if ticket.verdict.generate == Answer::No {
            return Err(Trouble::KnownToBeRefused(Box::new(ticket.verdict)));
        }
        let mut record = self.record_of(&route, &at_work, &ticket.channel);
        let _being_made = BeingMade::begin(self, &record)?;
        self.ports.records.write_key(&record)?;

        match route.hub.make_key(&at_work.token, &at_work.client, &ticket.channel.id).await {
            Ok(new) => {
                record.address = new.address.told().cloned();
                record.tail = Some(new.key.tail()).filter(|tail| !tail.is_empty());
                record.state = KeyState::InMemory;
                // Held first: the keychain may wait for the person, and nothing may close meanwhile.
                let held = Held { key: new.key.clone(), record: record.clone() };
                self.state().held.insert(record.id.clone(), held);
                let safety_copy = self.put_safety_copy(&record, &new.key).await;
                let state = if safety_copy.is_ok() { KeyState::SafetyCopy } else { KeyState::InMemory };
                // A record that can't be written must not hide the key that was made.
                let _ = self.change(&mut record, state);
                let _ = self.mark_replaced(&record);
                Ok(Outcome::Made(Made { record, safety_copy }))
            }
            Err(error) if error.may_have_taken_effect() => {
                let _ = self.change(&mut record, KeyState::Unknown);
                Ok(Outcome::Unknown { error, record })
            }
            Err(error) => {
                let _ = self.change(&mut record, KeyState::NotMade);
                Ok(Outcome::NotMade(error))
            }
        }
    }

    /// The key itself, for showing, copying or testing it.
    pub async fn key(&self, id: &str) -> Result<ApiKey, Trouble> {
        let record = self.key_record(id)?;
        let held = self.state().held.get(id).map(|held| held.key.clone());
        match held {
            Some(key) => Ok(key),
            None => {
                let entry = entry_of(&record).ok_or(Trouble::NoSuchKey)?;
                self.ports.keychain.get(&entry).await?.ok_or(Trouble::NoSuchKey)
            }
        }
    }

    /// What is known of a key that this account made.
    pub fn key_record(&self, id: &str) -> Result<KeyRecord, Trouble> {
        let owner = self.owner()?;
        let held = self.state().held.get(id).map(|held| held.record.clone());
        let record = match held {
            Some(record) => Some(record),
            None => self.ports.records.key(id)?,
        };
        record.filter(|record| record.owner == owner).ok_or(Trouble::NoSuchKey)
    }

    /// Keeps a key in the keychain under a name. The safety copy goes only after the kept key was read back.
    pub async fn keep_key(&self, id: &str, label: &str) -> Result<KeyRecord, Trouble> {
        let mut record = self.key_record(id)?;
        let key = self.key(id).await?;
        record.label = Some(label.trim().to_owned()).filter(|label| !label.is_empty());
        let kept = entry(&record, Purpose::Kept);
        self.put_and_read_back(&kept, &record, &key).await?;
        self.change(&mut record, KeyState::Kept)?;
        // Where both lie in the keychain, one too many loses nothing.
        let safety_copy = entry(&record, Purpose::SafetyCopy);
        let _ = self.ports.keychain.remove(&safety_copy).await;
        Ok(record)
    }

    /// Takes a key out of the keychain and of memory, because the person said so.
    pub async fn let_go(&self, id: &str) -> Result<(), Trouble> {
        let mut record = self.key_record(id)?;
        let keychain = &self.ports.keychain;
        let lies_there = entry_of(&record).is_some();
        // A keychain that failed may have taken the key all the same. Only an open one is asked, since asking a
        // locked one would trouble the person.
        let may_lie_there = record.state == KeyState::InMemory && keychain.probe().await == Probe::Ready;
        if lies_there || may_lie_there {
            for purpose in [Purpose::SafetyCopy, Purpose::Kept] {
                let removed = keychain.remove(&entry(&record, purpose)).await;
                if lies_there {
                    removed?;
                }
            }
        }
        self.change(&mut record, KeyState::LetGo)?;
        self.state().held.remove(id);
        Ok(())
    }

    /// The person is done with a new key: it leaves memory. Refused where it lies nowhere else.
    pub fn done(&self, id: &str) -> Result<(), Trouble> {
        let record = self.key_record(id)?;
        if record.state == KeyState::InMemory {
            return Err(Trouble::StoredNowhere);
        }
        self.state().held.remove(id);
        Ok(())
    }

    /// Asks the messaging host whether a key works. No message is sent.
    pub async fn test_key(&self, id: &str) -> Result<KeyTest, Trouble> {
        let record = self.key_record(id)?;
        let key = self.key(id).await?;
        let route = self.route();
        let address = route.messaging.as_deref().or(record.address.as_deref()).unwrap_or(MESSAGING);
        Ok(match route.hub.health(address, &key).await {
            Ok(health) => match (health.external_id.told(), &record.external_id) {
                (Some(told), Some(expected)) if told != expected => KeyTest::OtherNumber(health),
                _ => KeyTest::Works(health),
            },
            Err(HubError::SessionEnded | HubError::Refused { status: 403, .. }) => KeyTest::Refused,
            Err(error) => KeyTest::CouldNotAsk(error),
        })
    }

    /// The keys of a channel that lie here or whose fate is open, newest first.
    pub fn keys_here(&self, channel: &ChannelId) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.keys_of_account()?;
        keys.retain(|record| record.channel == *channel && self.is_here_or_open(record));
        Ok(keys)
    }

    /// All keys that lie here or whose fate is open, of the account that is signed in.
    pub fn all_keys_here(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.keys_of_account()?;
        keys.retain(|record| self.is_here_or_open(record));
        Ok(keys)
    }

    /// The keys that wait for a decision: safety copies, keys in memory alone, and keys whose fate is open.
    pub fn waiting_keys(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.all_keys_here()?;
        keys.retain(|record| record.state != KeyState::Kept);
        Ok(keys)
    }

    /// Keys that were being made when the program stopped: looks for them in the keychain, and says of the
    /// others that their fate is open. A keychain that can't be asked changes nothing.
    pub async fn recover(&self) -> Result<(), Trouble> {
        for listed in self.keys_of_account()? {
            if self.is_in_hand(&listed.id) {
                continue;
            }
            // Read again: what was being made when the list was read may be settled by now.
            let Some(mut record) = self.ports.records.key(&listed.id)? else {
                continue;
            };
            let without_it = match record.state {
                KeyState::Asked => KeyState::Unknown,
                KeyState::InMemory => KeyState::Lost,
                _ => continue,
            };
            let Ok(found) = self.look_in_keychain(&record).await else {
                continue;
            };
            match found {
                Some((state, key)) => {
                    record.tail = Some(key.tail()).filter(|tail| !tail.is_empty());
                    self.change(&mut record, state)?;
                    self.mark_replaced(&record)?;
                }
                None => self.change(&mut record, without_it)?,
            }
        }
        Ok(())
    }

    /// A key that lies in memory alone, if there is one: nothing may close before it is copied, kept or let go.
    pub fn stored_nowhere(&self) -> Option<KeyRecord> {
        let state = self.state();
        let mut held = state.held.values().map(|held| &held.record);
        held.find(|record| record.state == KeyState::InMemory).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn route(&self) -> Route {
        self.state().route.clone()
    }

    fn begin(&self, session: Session) -> Session {
        let mut state = self.state();
        state.session = session.clone();
        state.overview = None;
        state.ticket = None;
        session
    }

    fn at_work(&self) -> Result<(Route, ClientSession), Trouble> {
        let state = self.state();
        match &state.session {
            Session::Client(at_work) => Ok((state.route.clone(), at_work.clone())),
            _ => Err(Trouble::NotSignedIn),
        }
    }

    fn owner(&self) -> Result<Owner, Trouble> {
        let (route, at_work) = self.at_work()?;
        Ok(Owner { realm: route.realm, user: at_work.person.id })
    }

    fn keys_of_account(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let owner = self.owner()?;
        Ok(self.ports.records.keys(&owner)?)
    }

    fn is_here_or_open(&self, record: &KeyRecord) -> bool {
        match record.state {
            KeyState::Kept | KeyState::SafetyCopy | KeyState::InMemory => true,
            KeyState::Unknown | KeyState::Lost => record.replaced_at.is_none(),
            KeyState::Asked => !self.is_being_made(&record.id),
            KeyState::NotMade | KeyState::LetGo => false,
        }
    }

    fn is_being_made(&self, id: &str) -> bool {
        self.state().is_being_made(id)
    }

    fn is_in_hand(&self, id: &str) -> bool {
        let state = self.state();
        state.is_being_made(id) || state.held.contains_key(id)
    }

    async fn look_in_keychain(
        &self,
        record: &KeyRecord,
    ) -> Result<Option<(KeyState, ApiKey)>, KeychainError> {
        for (purpose, state) in [(Purpose::SafetyCopy, KeyState::SafetyCopy), (Purpose::Kept, KeyState::Kept)]
        {
            if let Some(key) = self.ports.keychain.get(&entry(record, purpose)).await? {
                return Ok(Some((state, key)));
            }
        }
        Ok(None)
    }

    fn record_of(&self, route: &Route, at_work: &ClientSession, channel: &Channel) -> KeyRecord {
        let now = self.ports.clock.now();
        KeyRecord {
            id: Uuid::new_v4().to_string(),
            owner: Owner { realm: route.realm, user: at_work.person.id.clone() },
            client: at_work.client.clone(),
            channel: channel.id.clone(),
            channel_name: channel.name.told().cloned(),
            number: channel.number.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            state: KeyState::Asked,
            label: None,
            address: None,
            tail: None,
            asked_at: now,
            changed_at: now,
            replaced_at: None,
        }
    }

    fn change(&self, record: &mut KeyRecord, state: KeyState) -> Result<(), Trouble> {
        record.state = state;
        record.changed_at = self.ports.clock.now();
        if let Some(held) = self.state().held.get_mut(&record.id) {
            held.record = record.clone();
        }
        Ok(self.ports.records.write_key(record)?)
    }

    /// Every earlier key of the channel is dead now (documented).
    fn mark_replaced(&self, by: &KeyRecord) -> Result<(), Trouble> {
        let is_replaced = |earlier: &KeyRecord| {
            let older = earlier.id != by.id && earlier.asked_at <= by.asked_at;
            let same = earlier.owner == by.owner && earlier.channel == by.channel;
            same && older && earlier.replaced_at.is_none()
        };
        for held in self.state().held.values_mut() {
            if is_replaced(&held.record) {
                held.record.replaced_at = Some(by.changed_at);
            }
        }
        for mut earlier in self.ports.records.keys(&by.owner)? {
            if is_replaced(&earlier) {
                earlier.replaced_at = Some(by.changed_at);
                self.ports.records.write_key(&earlier)?;
            }
        }
        Ok(())
    }

    async fn put_safety_copy(&self, record: &KeyRecord, key: &ApiKey) -> Result<(), KeychainError> {
        self.put_and_read_back(&entry(record, Purpose::SafetyCopy), record, key).await
    }

    async fn put_and_read_back(
        &self,
        entry: &Entry,
        record: &KeyRecord,
        key: &ApiKey,
    ) -> Result<(), KeychainError> {
        let keychain = &self.ports.keychain;
        keychain.put(entry, &entry_label(entry, record), key).await?;
        match keychain.get(entry).await? {
            Some(kept) if kept.same_as(key) => Ok(()),
            _ => Err(KeychainError::NotKept),
        }
    }
}

/// Marks a key as being made for as long as it lives, so that nobody takes the request for an interrupted one.
struct BeingMade<'a> {
    app: &'a ChannelKeys,
    id: String,
}

impl<'a> BeingMade<'a> {
    /// Refused while another key for the same channel is being made.
    fn begin(app: &'a ChannelKeys, record: &KeyRecord) -> Result<Self, Trouble> {
        let mut state = app.state();
        if state.being_made.iter().any(|(_, channel)| *channel == record.channel) {
            return Err(Trouble::AlreadyAsked);
        }
        state.being_made.push((record.id.clone(), record.channel.clone()));
        Ok(Self { app, id: record.id.clone() })
    }
}

impl Drop for BeingMade<'_> {
    fn drop(&mut self) {
        self.app.state().being_made.retain(|(making, _)| *making != self.id);
    }
}

/// Who belongs to several clients chooses by name; a name that can't be had is not told.
async fn name_clients(hub: &dyn Hub, token: &SessionToken, person: &mut Person) {
    let clients = person.roles.iter_mut().filter_map(|role| match role {
        Role::Client { client, name, .. } => Some((client, name)),
        Role::Partner { .. } => None,
    });
    let clients: Vec<_> = clients.collect();
    if clients.len() < 2 {
        return;
    }
    for (client, name) in clients {
        if let Ok(told) = hub.client(token, client).await {
            *name = told.name;
        }
    }
}

fn entry(record: &KeyRecord, purpose: Purpose) -> Entry {
    Entry { realm: record.owner.realm, purpose, channel: record.channel.clone(), id: record.id.clone() }
}

/// Where a key lies by its record; none where it lies in no keychain.
fn entry_of(record: &KeyRecord) -> Option<Entry> {
    match record.state {
        KeyState::SafetyCopy => Some(entry(record, Purpose::SafetyCopy)),
        KeyState::Kept => Some(entry(record, Purpose::Kept)),
        _ => None,
    }
}

/// How the entry reads in the system's own keychain program.
fn entry_label(entry: &Entry, record: &KeyRecord) -> String {
    let channel = match (&record.channel_name, &record.number) {
        (Some(name), Some(number)) => format!("{name} +{number}"),
        (Some(one), None) => one.clone(),
        (None, Some(number)) => format!("+{number}"),
        (None, None) => record.channel.to_string(),
    };
    let kind = match (entry.purpose, &record.label) {
        (Purpose::SafetyCopy, _) => "safety copy",
        (Purpose::Kept, Some(label)) => label,
        (Purpose::Kept, None) => "kept key",
    };
    match entry.realm {
        Realm::Real => format!("Channel Keys: {channel} ({kind})"),
        Realm::Practice => format!("Channel Keys practice: {channel} ({kind})"),
    }
}
