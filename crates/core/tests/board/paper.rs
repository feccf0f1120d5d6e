//! The partner's side of the Hub on paper: what it lists, whom it refuses, and what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;

use channel_keys_core::channel::{Channel, ChannelId, ClientId, HubStatus, PartnerId, Status};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{Desk, LineOnBoard, Look, Saved};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Listed, ListedKey, Short};
use channel_keys_core::partner_hub::{
    Caller, ChannelsPiece, PartnerChannel, PartnerClient, PartnerReads, Pass,
};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::PartnerKey;

use crate::desk_records::MemoryDeskRecords;

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panicked with it in hand")
}

/// A clock that whoever waits moves forward.
pub struct Hands(Mutex<OffsetDateTime>);

impl Hands {
    pub fn forward(&self, by: Duration) {
        *lock(&self.0) += by;
    }
}

#[async_trait]
impl Clock for Hands {
    fn now(&self) -> OffsetDateTime {
        *lock(&self.0)
    }

    async fn wait(&self, time: Duration) {
        self.forward(time);
        tokio::task::yield_now().await;
    }
}

type Piece = Result<ChannelsPiece, HubError>;
type Shared = Result<Vec<ChannelId>, HubError>;
/// Does something at the Hub or on the desk just before an answer is given.
type Meanwhile = Box<dyn FnOnce() + Send>;

#[derive(Default)]
pub struct Paper {
    pub clients: Mutex<Vec<PartnerClient>>,
    pub clients_short: Mutex<Option<Short>>,
    /// The list as it is now, and how many of it an answer holds.
    pub list: Mutex<Vec<PartnerChannel>>,
    pub announced: Mutex<Option<usize>>,
    /// What answers instead, one after the other.
    pub pieces: Mutex<VecDeque<Piece>>,
    pub shared: Mutex<HashMap<ClientId, Vec<ChannelId>>>,
    pub refusals: Mutex<HashMap<ClientId, VecDeque<HubError>>>,
    pub asked: Mutex<Vec<ClientId>>,
    pub at_once: Mutex<(usize, usize)>,
    pub meanwhile: Mutex<Option<Meanwhile>>,
    /// Whoever has this keeps the Hub from answering what was shared.
    pub answers: tokio::sync::Mutex<()>,
    /// Which channels were asked about one by one.
    pub looked_at: Mutex<Vec<ChannelId>>,
    /// What answers instead of a channel, one after the other.
    pub ones: Mutex<VecDeque<Result<PartnerChannel, HubError>>>,
    /// Why the next lists of keys and the partner's own record are not told.
    pub not_told: Mutex<VecDeque<HubError>>,
}

pub const PIECE: usize = 3;

#[async_trait]
impl PartnerReads for Paper {
    async fn partner_name(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        Ok(Fact::Told("Blue Anchor".into()))
    }

    async fn clients(&self, _: &Caller) -> Result<Listed<PartnerClient>, HubError> {
        Ok(Listed { items: lock(&self.clients).clone(), short: *lock(&self.clients_short) })
    }

    async fn channels_from(&self, _: &Caller, offset: usize) -> Piece {
        if let Some(piece) = lock(&self.pieces).pop_front() {
            return piece;
        }
        let list = lock(&self.list);
        let channels: Vec<_> = list.iter().skip(offset).take(PIECE).cloned().collect();
        let total = lock(&self.announced).unwrap_or(list.len());
        Ok(ChannelsPiece { entries: channels.len(), channels, total: Fact::Told(total) })
    }

    async fn channel(&self, _: &Caller, channel: &ChannelId) -> Result<PartnerChannel, HubError> {
        lock(&self.looked_at).push(channel.clone());
        if let Some(one) = lock(&self.ones).pop_front() {
            return one;
        }
        let list = lock(&self.list);
        list.iter().find(|told| told.channel.id == *channel).cloned().ok_or(HubError::NotThere(None))
    }

    async fn shared(&self, _: &Caller, client: &ClientId) -> Shared {
        lock(&self.asked).push(client.clone());
        {
            let mut at_once = lock(&self.at_once);
            at_once.0 += 1;
            at_once.1 = at_once.1.max(at_once.0);
        }
        tokio::task::yield_now().await;
        drop(self.answers.lock().await);
        lock(&self.at_once).0 -= 1;
        let meanwhile = lock(&self.meanwhile).take();
        if let Some(meanwhile) = meanwhile {
            meanwhile();
        }
        if let Some(refusal) = lock(&self.refusals).get_mut(client).and_then(VecDeque::pop_front) {
            return Err(refusal);
        }
        Ok(lock(&self.shared).get(client).cloned().unwrap_or_default())
    }

    async fn key_list(&self, _: &Caller, _: &ChannelId) -> Result<Vec<ListedKey>, HubError> {
        lock(&self.not_told).pop_front().map_or(Ok(Vec::new()), Err)
    }

    async fn return_address(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        lock(&self.not_told).pop_front().map_or(Ok(Fact::NotTold), Err)
    }
}

impl Paper {
    /// Refuses the next questions about a client with these.
    pub fn refuses(&self, client: &str, errors: impl IntoIterator<Item = HubError>) {
        lock(&self.refusals).insert(ClientId(client.into()), errors.into_iter().collect());
    }

    pub fn shares(&self, client: &str, channels: &[&str]) {
        let ids = channels.iter().map(|id| ChannelId((*id).into())).collect();
        lock(&self.shared).insert(ClientId(client.into()), ids);
    }
}

pub fn client(id: &str, name: &str) -> PartnerClient {
    PartnerClient {
        id: ClientId(id.into()),
        name: Fact::Told(name.into()),
        email: Fact::Told(format!("office@{}.example", id.to_lowercase())),
    }
}

/// A channel that runs.
pub fn channel(id: &str, of: &PartnerClient, name: &str, number: &str) -> PartnerChannel {
    PartnerChannel {
        channel: Channel {
            id: ChannelId(id.into()),
            name: Fact::Told(name.into()),
            number: Fact::Told(number.into()),
            status: Fact::Told(Status::Ready),
            hub_status: Fact::Told(HubStatus::Live),
            running: Fact::Told(true),
            permission: Fact::NotTold,
            quality: Fact::Told("High".into()),
            limit: Fact::Told("TIER_1K".into()),
            external_id: Fact::Told(format!("1065{number}")),
            waba_id: Fact::Told("uX3BECWA".into()),
        },
        client: Fact::Told(of.clone()),
    }
}

pub fn open(
    hub: &Arc<Paper>,
    records: &Arc<MemoryDeskRecords>,
    clock: &Arc<impl Clock + 'static>,
    partner: &str,
) -> Arc<Desk> {
    let caller =
        Caller { partner: PartnerId(partner.into()), pass: Pass::Key(Arc::new(PartnerKey::new("invented"))) };
    let by = Some("jo@blue-anchor.example".into());
    Arc::new(Desk::new(hub.clone(), (records.clone(), Realm::Practice), clock.clone(), caller, by))
}

/// Two clients: the hotel with four channels, the bakery with one.
pub fn usual_list() -> Vec<PartnerChannel> {
    let (hotel, bakery) = (client("H1CL", "Harbour Hotel GmbH"), client("B2CL", "Bäckerei Falk"));
    vec![
        channel("a1CH", &hotel, "Restaurant bookings", "493055570188"),
        channel("a2CH", &hotel, "Front desk", "491705550101"),
        channel("a3CH", &hotel, "Spa", "493055570190"),
        channel("b1CH", &bakery, "Orders", "4915755501234"),
        channel("a4CH", &hotel, "Night desk", "493055570191"),
    ]
}

pub struct Bench {
    pub hub: Arc<Paper>,
    pub clock: Arc<Hands>,
    pub records: Arc<MemoryDeskRecords>,
    pub desk: Arc<Desk>,
}

impl Bench {
    /// A desk in front of this list; nothing was read yet.
    pub fn with(list: Vec<PartnerChannel>) -> Self {
        let hub = Arc::new(Paper::default());
        *lock(&hub.list) = list;
        let clock = Arc::new(Hands(Mutex::new(OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000))));
        let records = Arc::new(MemoryDeskRecords::default());
        let desk = open(&hub, &records, &clock, "pT77xPA");
        Self { hub, clock, records, desk }
    }

    /// The program starts again, and somebody opens the desk: only the records last.
    pub fn opened_again(self) -> Self {
        self.at("pT77xPA")
    }

    /// The same program, at the desk of this partner.
    pub fn at(self, partner: &str) -> Self {
        Self { desk: open(&self.hub, &self.records, &self.clock, partner), ..self }
    }

    /// Two clients: the hotel with four channels, the bakery with one.
    pub fn usual() -> Self {
        Self::with(usual_list())
    }

    pub async fn read(self) -> Self {
        self.desk.read().await;
        self
    }

    pub fn names(&self, look: &Look) -> Vec<String> {
        let lines = self.desk.lines(look, 0, 60).lines;
        lines.into_iter().map(|line| line.line.channel.name.told().cloned().unwrap_or_default()).collect()
    }

    pub fn finds(&self, search: &str) -> Vec<String> {
        self.names(&Look { search: search.into(), ..Look::default() })
    }

    pub fn line(&self, id: &str) -> LineOnBoard {
        self.desk.line(&ChannelId(id.into())).expect("it is on the board")
    }

    /// What the clock says.
    pub fn time(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub fn count(&self, saved: Saved) -> usize {
        let at = Saved::ALL.iter().position(|known| *known == saved).expect("one of them");
        self.desk.standing().counts[at]
    }

    /// The ids of those that are shown as Missing.
    pub fn missing(&self) -> Vec<String> {
        use channel_keys_core::channel::Permission::Missing;
        let lines = self.desk.lines(&Look::default(), 0, 60).lines;
        let missing = lines.iter().filter(|line| line.line.check.permission() == Fact::Told(Missing));
        missing.map(|line| line.line.channel.id.to_string()).collect()
    }
}
