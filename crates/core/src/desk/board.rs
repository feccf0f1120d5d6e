//! The board: every channel that was ever told in this session, and what is known of each.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use time::OffsetDateTime;

use super::LineOnBoard;
use super::by_key::ByKey;
use super::find::Folded;
use super::saved::Saved;
use super::seen::Seen;
use crate::channel::{Channel, ChannelId, ClientId, Permission};
use crate::desk_records::Note;
use crate::fact::Fact;
use crate::hub::HubError;
use crate::partner_hub::{PartnerChannel, PartnerClient};

/// What is known of all channels. What was told once stays, with its age, until something newer is told.
#[derive(Debug, Default)]
pub struct Board {
    pub(super) lines: Vec<Line>,
    at: HashMap<ChannelId, usize>,
    clients: HashMap<ClientId, OfClient>,
    /// Counts the changes, so that an order that was made earlier is known to be old.
    pub(super) version: u64,
    /// Counts the pieces of lists that came.
    pieces: u64,
    /// What was last told of each channel, also before this session.
    pub(super) seen: Seen,
    /// When each channel was last told otherwise than before, those of before this session since yesterday.
    pub(super) changed: HashMap<ChannelId, OffsetDateTime>,
    /// The channels that people noted something on, and the tickets among it.
    noted: HashMap<ChannelId, Vec<String>>,
    /// When the day began for whoever is at the desk.
    pub(super) today: Option<OffsetDateTime>,
    /// The channels that are marked to be watched, those among them that are not on the board.
    pub(super) watched: HashSet<ChannelId>,
}

/// A channel on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The channel. Its own permission is not told on this side; [`Line::check`] has it.
    pub channel: Channel,
    /// Whose it is.
    pub client: Fact<ClientId>,
    /// When the Hub last said what stands here.
    pub read_at: OffsetDateTime,
    /// What is known of the permission.
    pub check: Check,
    /// Whether the Hub still lists it: one that it no longer lists stays, and says so.
    pub listed: bool,
    /// What the messaging host said of it, where its key lies on this computer.
    pub by_key: Option<Box<ByKey>>,
    /// When something of it was last told otherwise than before, as far as that was lately.
    pub changed_at: Option<OffsetDateTime>,
    /// Whether a person chose it.
    pub picked: bool,
    /// Whether it is marked to be watched.
    pub watched: bool,
    /// Whether people noted something on it.
    pub noted: bool,
    /// With which piece of a list it came first.
    first_piece: u64,
    pub(super) folded: Folded,
    pub(super) reading: u64,
}

/// What is known of a channel's permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The Hub was not asked yet, or gave no answer that counts.
    NotYet,
    /// The Hub told.
    Told {
        /// What it told.
        permission: Permission,
        /// When.
        at: OffsetDateTime,
    },
}

impl Check {
    /// The permission, where it was told.
    pub fn permission(self) -> Fact<Permission> {
        match self {
            Check::NotYet => Fact::NotTold,
            Check::Told { permission, .. } => Fact::Told(permission),
        }
    }

    /// When it was told.
    pub fn at(self) -> Option<OffsetDateTime> {
        match self {
            Check::NotYet => None,
            Check::Told { at, .. } => Some(at),
        }
    }
}

/// A client on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: Fact<String>,
    /// Where to write to it.
    pub email: Fact<String>,
    /// Why its permissions could not be asked for when they last were.
    pub trouble: Option<HubError>,
}

/// A client and where its channels stand. Rows share what is known of it.
#[derive(Debug)]
struct OfClient {
    client: Arc<Client>,
    lines: Vec<usize>,
}

impl OfClient {
    fn change(&mut self) -> &mut Client {
        Arc::make_mut(&mut self.client)
    }
}

impl Board {
    /// Counts the changes.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How many channels there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many clients there are.
    pub fn clients(&self) -> usize {
        self.clients.len()
    }

    /// Counts the pieces of lists that came: with each, there may be more to ask about.
    pub(super) fn pieces(&self) -> u64 {
        self.pieces
    }

    pub(super) fn clients_in_trouble(&self) -> usize {
        self.clients.values().filter(|of| of.client.trouble.is_some()).count()
    }

    pub(super) fn trouble_of(&self, client: &ClientId) -> Option<&HubError> {
        self.client(client).and_then(|client| client.trouble.as_ref())
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn client_of(&self, line: &Line) -> Option<&Arc<Client>> {
        line.client.told().and_then(|id| self.client(id))
    }

    /// What is known of a channel by its key, to be changed: an order that rests on it is old from then on.
    pub(super) fn by_key(&mut self, channel: &ChannelId) -> Option<&mut ByKey> {
        self.version += 1;
        Some(self.line_mut(channel)?.by_key.get_or_insert_default())
    }

    pub(super) fn client(&self, id: &ClientId) -> Option<&Arc<Client>> {
        self.clients.get(id).map(|of| &of.client)
    }

    /// What is noted on a channel: it is found by the tickets.
    pub(super) fn take_notes(&mut self, channel: &ChannelId, notes: Vec<Note>) {
        if notes.is_empty() {
            self.noted.remove(channel);
        } else {
            let tickets = notes.into_iter().filter_map(|note| note.ticket).collect();
            self.noted.insert(channel.clone(), tickets);
        }
        if let Some(at) = self.position(channel) {
            self.fold(at);
        }
        self.version += 1;
    }

    pub(super) fn position(&self, channel: &ChannelId) -> Option<usize> {
        self.at.get(channel).copied()
    }

    pub(super) fn line(&self, channel: &ChannelId) -> Option<&Line> {
        self.lines.get(self.position(channel)?)
    }

    pub(super) fn line_mut(&mut self, channel: &ChannelId) -> Option<&mut Line> {
        self.lines.get_mut(*self.at.get(channel)?)
    }

    pub(super) fn on_board(&self, at: usize) -> Option<LineOnBoard> {
        let line = self.lines.get(at)?;
        Some(LineOnBoard { line: line.clone(), client: self.client_of(line).cloned() })
    }

    pub(super) fn pick(&mut self, at: usize, picked: bool) {
        if let Some(line) = self.lines.get_mut(at) {
            line.picked = picked;
        }
    }

    /// Those that a person chose, and where they stand.
    pub(super) fn picked(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, line)| line.picked)
    }

    /// How many channels each saved filter has.
    pub(super) fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; Saved::ALL.len()];
        for line in &self.lines {
            for (count, saved) in counts.iter_mut().zip(Saved::ALL) {
                *count += usize::from(self.has(saved, line));
            }
        }
        counts
    }

    /// Takes in what the Hub told of clients.
    pub(super) fn take_clients(&mut self, clients: Vec<PartnerClient>) {
        for told in clients {
            self.take_client(told);
        }
        self.version += 1;
    }

    pub(super) fn take_client(&mut self, told: PartnerClient) {
        let PartnerClient { id, name, email } = told;
        let Some(of) = self.clients.get_mut(&id) else {
            let client = Arc::new(Client { id: id.clone(), name, email, trouble: None });
            self.clients.insert(id, OfClient { client, lines: Vec::new() });
            return;
        };
        let is_news = |told: &Fact<String>, known: &Fact<String>| *told != Fact::NotTold && told != known;
        if !is_news(&name, &of.client.name) && !is_news(&email, &of.client.email) {
            return;
        }
        let client = of.change();
        client.name = name.or(std::mem::take(&mut client.name));
        client.email = email.or(std::mem::take(&mut client.email));
        for at in of.lines.clone() {
            self.fold(at);
        }
    }

    /// Takes in a piece of the list. Tells how many of its channels were new to this reading.
    pub(super) fn take(&mut self, piece: Vec<PartnerChannel>, reading: u64, now: OffsetDateTime) -> usize {
        self.pieces += 1;
        let mut new = 0;
        for told in piece {
            let client = told.client.told().map(|client| client.id.clone()).into();
            if let Fact::Told(client) = told.client {
                self.take_client(client);
            }
            new += usize::from(self.take_channel(told.channel, client, reading, now));
        }
        self.version += 1;
        new
    }

    /// Takes in one channel that was read by itself, outside of any reading of the list.
    pub(super) fn take_one(&mut self, told: PartnerChannel, now: OffsetDateTime) {
        let reading = self.line(&told.channel.id).map_or(0, |line| line.reading);
        self.take(vec![told], reading, now);
    }

    pub(super) fn take_channel(
        &mut self,
        channel: Channel,
        client: Fact<ClientId>,
        reading: u64,
        now: OffsetDateTime,
    ) -> bool {
        if self.seen.take(&channel, client.told(), now) {
            self.changed(&channel.id, now);
        }
        let at = self.position(&channel.id);
        let Some((at, line)) = at.and_then(|at| Some((at, self.lines.get_mut(at)?))) else {
            self.put((channel, client), now, Check::NotYet, Some(reading));
            return true;
        };
        let is_new = line.reading != reading;
        let client = client.or(line.client.clone());
        let moved = client != line.client;
        let changed = moved || line.channel != channel;
        (line.channel, line.read_at, line.reading, line.listed) = (channel, now, reading, true);
        if moved {
            // What was told of it was told to another client.
            let before = std::mem::replace(&mut line.client, client.clone());
            (line.check, line.first_piece) = (Check::NotYet, self.pieces);
            if let Some(before) = before.told().and_then(|id| self.clients.get_mut(id)) {
                before.lines.retain(|line| *line != at);
            }
            self.belongs(at, client.told());
        }
        if changed {
            self.fold(at);
        }
        is_new
    }

    /// Puts a channel onto the board: one that came in this reading, or one that is not listed any more.
    pub(super) fn put(
        &mut self,
        (channel, client): (Channel, Fact<ClientId>),
        read_at: OffsetDateTime,
        check: Check,
        reading: Option<u64>,
    ) {
        let at = self.lines.len();
        self.at.insert(channel.id.clone(), at);
        self.lines.push(Line {
            by_key: None,
            watched: self.watched.contains(&channel.id),
            noted: false,
            changed_at: self.changed.get(&channel.id).copied(),
            channel,
            client: client.clone(),
            read_at,
            check,
            listed: reading.is_some(),
            picked: false,
            first_piece: self.pieces,
            folded: Folded::default(),
            reading: reading.unwrap_or_default(),
        });
        self.belongs(at, client.told());
        self.fold(at);
    }

    fn belongs(&mut self, at: usize, client: Option<&ClientId>) {
        let Some(id) = client else { return };
        if let Some(client) = self.clients.get_mut(id) {
            client.lines.push(at);
        }
    }

    pub(super) fn fold(&mut self, at: usize) {
        let Some(line) = self.lines.get_mut(at) else { return };
        let tickets = self.noted.get(&line.channel.id);
        line.noted = tickets.is_some();
        let tickets = tickets.map(Vec::as_slice).unwrap_or_default();
        let client = line.client.told().and_then(|id| self.clients.get(id)).map(|of| &*of.client);
        line.folded = Folded::of(&line.channel, line.client.told(), client, tickets);
    }

    /// Takes in which of a client's channels are shared. What came onto the board with a later piece than
    /// `asked_after` was perhaps not meant by the answer, and stays not checked.
    pub(super) fn take_shared(
        &mut self,
        client: &ClientId,
        shared: &HashSet<ChannelId>,
        asked_after: u64,
        now: OffsetDateTime,
    ) {
        let Some(of) = self.clients.get_mut(client) else { return };
        let mut changed = Vec::new();
        let mut its = of.lines.iter().filter_map(|at| self.lines.get(*at));
        if !shared.is_empty() && !its.any(|line| shared.contains(&line.channel.id)) {
            // Ids that are none of this client's: what this list is about is not what it was asked for.
            of.change().trouble = Some(HubError::NotUnderstood { status: 200 });
            self.version += 1;
            return;
        }
        if of.client.trouble.is_some() {
            of.change().trouble = None;
        }
        for at in &of.lines {
            let Some(line) = self.lines.get_mut(*at) else { continue };
            let permission = if shared.contains(&line.channel.id) {
                Permission::Shared
            } else if line.listed && line.first_piece <= asked_after {
                Permission::Missing
            } else {
                continue;
            };
            line.check = Check::Told { permission, at: now };
            if self.seen.take_permission(&line.channel.id, permission, now) {
                changed.push(line.channel.id.clone());
            }
        }
        changed.iter().for_each(|channel| self.changed(channel, now));
        self.version += 1;
    }

    /// Notes why a client's permissions could not be asked for. What was told before stays.
    pub(super) fn take_trouble(&mut self, client: &ClientId, trouble: HubError) {
        if let Some(of) = self.clients.get_mut(client) {
            of.change().trouble = Some(trouble);
        }
        self.version += 1;
    }

    /// Whether something of this client is still not checked, and asking may help.
    pub(super) fn wants_check(&self, client: &ClientId) -> bool {
        self.clients.get(client).is_some_and(|of| {
            let mut its = of.lines.iter().filter_map(|at| self.lines.get(*at));
            of.client.trouble.is_none() && its.any(|line| line.listed && line.check == Check::NotYet)
        })
    }

    /// How many clients there are of which something is still not checked.
    pub(super) fn count_to_check(&self) -> usize {
        self.clients.keys().filter(|id| self.wants_check(id)).count()
    }

    /// The clients of which something is still not checked, in the order of the board.
    pub(super) fn to_check(&self) -> Vec<ClientId> {
        let mut met = HashSet::new();
        let ids = self.lines.iter().filter_map(|line| line.client.told());
        ids.filter(|id| met.insert(*id) && self.wants_check(id)).cloned().collect()
    }
}
