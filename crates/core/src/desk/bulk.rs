//! Asking again about the channels that were chosen: a call a client, in view first, as slowly as the person or the Hub
//! wants it, with what came of each channel.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use super::board::{Board, Check};
use super::{Desk, LineOnBoard, MOST_LINES, State};
use crate::channel::{ClientId, Permission};
use crate::fact::Fact;
use crate::hub::HubError;
use crate::times::between;

const MINUTE: Duration = Duration::from_secs(60);
/// From less than this no pace can be told (ours).
const FIRST_PACE: Duration = Duration::from_secs(5);

/// What came of asking again about a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is still to come.
    ToCome,
    /// The Hub told.
    Told {
        /// What.
        permission: Permission,
        /// When.
        at: OffsetDateTime,
    },
    /// The Hub answered, and the answer does not say anything of this channel.
    NotSaid {
        /// When.
        at: OffsetDateTime,
    },
    /// The client could not be asked about.
    CouldNotAsk {
        /// Why.
        why: HubError,
        /// When that was tried.
        at: OffsetDateTime,
    },
    /// Whose channel it is was not told, so that nobody can be asked about.
    NobodyToAsk,
}

/// A channel that was asked about again.
#[derive(Debug, Clone, PartialEq)]
pub struct Recheck {
    /// The channel as it stands now.
    pub line: LineOnBoard,
    /// What was known of its permission before.
    pub before: Check,
    /// What came of it.
    pub outcome: Outcome,
}

impl Recheck {
    /// Whether something else is told now than was told before.
    pub fn changed(&self) -> bool {
        changed(self.before, &self.outcome)
    }
}

/// Which of the rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rows {
    /// All.
    #[default]
    All,
    /// Those of which it could not be found out.
    Failed,
    /// Those of which something else is told than before.
    Changed,
}

/// How far asking again has come.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkStanding {
    /// How many channels were chosen.
    pub channels: usize,
    /// Of how many something has come.
    pub done: usize,
    /// How many clients they belong to: as many calls.
    pub clients: usize,
    /// How many of these were asked about.
    pub clients_done: usize,
    /// How many channels could not be found out about.
    pub failed: usize,
    /// Of how many something else is told than before.
    pub changed: usize,
    /// Whether it goes on.
    pub under_way: bool,
    /// How many clients are asked about in a minute, where that can be told.
    pub pace: Option<u32>,
    /// Why it ended before its time.
    pub stopped: Option<HubError>,
    /// Until when the Hub asked to be left alone.
    pub waits_until: Option<OffsetDateTime>,
}

struct Row {
    at: usize,
    before: Check,
    outcome: Outcome,
}

/// The channels that are asked about again, and those that were last.
#[derive(Default)]
pub(super) struct Bulk {
    rows: Vec<Row>,
    of: HashMap<ClientId, Vec<usize>>,
    open: HashSet<ClientId>,
    held: bool,
    began: Option<OffsetDateTime>,
    answered: VecDeque<OffsetDateTime>,
}

impl Bulk {
    fn of_picked(board: &Board, now: OffsetDateTime) -> (Self, Vec<ClientId>) {
        let mut bulk = Bulk { began: Some(now), ..Bulk::default() };
        let mut clients = Vec::new();
        for (at, line) in board.picked() {
            let outcome = match &line.client {
                Fact::NotTold => Outcome::NobodyToAsk,
                Fact::Told(client) => {
                    let of = bulk.of.entry(client.clone()).or_insert_with(|| {
                        clients.push(client.clone());
                        Vec::new()
                    });
                    of.push(bulk.rows.len());
                    Outcome::ToCome
                }
            };
            bulk.rows.push(Row { at, before: line.check, outcome });
        }
        bulk.open = clients.iter().cloned().collect();
        (bulk, clients)
    }

    /// Takes note of what came of asking about a client. `why`: it could not be asked about.
    pub(super) fn take(
        &mut self,
        board: &Board,
        client: &ClientId,
        why: Option<&HubError>,
        now: OffsetDateTime,
    ) {
        if !self.open.remove(client) {
            return;
        }
        self.answered.push_back(now);
        while self.answered.front().is_some_and(|at| between(*at, now) > MINUTE) {
            self.answered.pop_front();
        }
        for row in self.of.get(client).into_iter().flatten() {
            let Some(row) = self.rows.get_mut(*row) else { continue };
            row.outcome = match (why, board.lines().get(row.at).map(|line| line.check)) {
                (Some(why), _) => Outcome::CouldNotAsk { why: why.clone(), at: now },
                (None, Some(Check::Told { permission, at })) if at == now => Outcome::Told { permission, at },
                (None, _) => Outcome::NotSaid { at: now },
            };
        }
    }

    fn pace(&self, now: OffsetDateTime) -> Option<u32> {
        let over = between(self.began?, now).min(MINUTE.try_into().ok()?);
        let answered = self.answered.iter().filter(|at| between(**at, now) <= MINUTE).count();
        if over < FIRST_PACE || answered == 0 {
            return None;
        }
        let a_minute = answered as f64 * MINUTE.as_secs_f64() / over.as_seconds_f64();
        Some(a_minute.round() as u32)
    }
}

fn changed(before: Check, outcome: &Outcome) -> bool {
    match (before, outcome) {
        (Check::Told { permission: before, .. }, Outcome::Told { permission: now, .. }) => before != *now,
        _ => false,
    }
}

fn failed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::CouldNotAsk { .. } | Outcome::NotSaid { .. } | Outcome::NobodyToAsk)
}

fn is_among(row: &Row, rows: Rows) -> bool {
    match rows {
        Rows::All => true,
        Rows::Failed => failed(&row.outcome),
        Rows::Changed => changed(row.before, &row.outcome),
    }
}

impl Desk {
    /// Asks about the clients of all chosen channels again, whatever was told of them before. `gap`: how long to leave
    /// the Hub alone between two of them. Where such asking goes on already, nothing is begun.
    pub async fn check_picked_again(self: &Arc<Self>, gap: Duration) {
        {
            let mut state = self.state();
            if state.closed || state.bulk_goes_on() {
                return;
            }
            let now = self.now();
            let State { board, checking, bulk, .. } = &mut *state;
            checking.let_go(&bulk.open);
            let clients;
            (*bulk, clients) = Bulk::of_picked(board, now);
            checking.want(clients, gap);
        }
        self.check_wanted().await;
    }

    /// Stops asking about the chosen channels, after the calls that are under way. What is still to come stays.
    pub fn stop_bulk(&self) {
        {
            let mut state = self.state();
            let State { checking, bulk, .. } = &mut *state;
            bulk.held = true;
            checking.let_go(&bulk.open);
        }
        self.woken.notify_waiters();
        self.tell();
    }

    /// Goes on with what is still to come.
    pub async fn resume_bulk(self: &Arc<Self>, gap: Duration) {
        self.state().want_open(self.now(), gap);
        self.check_wanted().await;
    }

    /// Asks once more about the clients that could not be asked about, or whose answer said nothing of a channel.
    pub async fn retry_bulk(self: &Arc<Self>, gap: Duration) {
        {
            let mut state = self.state();
            let Bulk { rows, of, open, .. } = &mut state.bulk;
            for (client, its) in of.iter() {
                if its.iter().filter_map(|row| rows.get(*row)).any(|row| failed(&row.outcome)) {
                    open.insert(client.clone());
                }
            }
            for row in open.iter().filter_map(|client| of.get(client)).flatten() {
                if let Some(row) = rows.get_mut(*row) {
                    row.outcome = Outcome::ToCome;
                }
            }
            state.want_open(self.now(), gap);
        }
        self.check_wanted().await;
    }

    /// Puts the results away.
    pub fn close_bulk(&self) {
        self.stop_bulk();
        self.state().bulk = Bulk::default();
        self.tell();
    }

    /// How far asking again has come; none where nothing was asked about again.
    pub fn bulk(&self) -> Option<BulkStanding> {
        let state = self.state();
        let State { bulk, checking, board, .. } = &*state;
        if bulk.rows.is_empty() {
            return None;
        }
        let seen = checking.seen(board);
        let count = |is: fn(&Row) -> bool| bulk.rows.iter().filter(|row| is(row)).count();
        Some(BulkStanding {
            channels: bulk.rows.len(),
            done: count(|row| row.outcome != Outcome::ToCome),
            clients: bulk.of.len(),
            clients_done: bulk.of.len() - bulk.open.len(),
            failed: count(|row| failed(&row.outcome)),
            changed: count(|row| changed(row.before, &row.outcome)),
            under_way: state.bulk_goes_on(),
            pace: bulk.pace(self.now()),
            stopped: seen.stopped.filter(|_| !bulk.open.is_empty()),
            waits_until: seen.waits_until,
        })
    }

    /// Some of what came of it, in the order of the board, at most [`MOST_LINES`]; and how many there are.
    pub fn rechecks(&self, rows: Rows, from: usize, count: usize) -> (usize, Vec<Recheck>) {
        let mut state = self.state();
        let State { board, bulk, checking, .. } = &mut *state;
        let among: Vec<&Row> = bulk.rows.iter().filter(|row| is_among(row, rows)).collect();
        let shown = among.iter().skip(from).take(count.min(MOST_LINES));
        let shown: Vec<Recheck> = shown
            .filter_map(|row| {
                let line = board.on_board(row.at)?;
                Some(Recheck { line, before: row.before, outcome: row.outcome.clone() })
            })
            .collect();
        checking.look_at(shown.iter().map(|recheck| &recheck.line));
        (among.len(), shown)
    }
}

impl State {
    fn bulk_goes_on(&self) -> bool {
        !self.bulk.held && !self.bulk.open.is_empty() && self.checking.goes_on()
    }

    fn want_open(&mut self, now: OffsetDateTime, gap: Duration) {
        let State { board, checking, bulk, .. } = self;
        bulk.held = false;
        (bulk.began, bulk.answered) = (Some(now), VecDeque::new());
        let mut open: Vec<(usize, &ClientId)> = bulk
            .of
            .iter()
            .filter(|(client, _)| bulk.open.contains(*client))
            .map(|(client, rows)| {
                let first = rows.first().and_then(|row| bulk.rows.get(*row));
                (first.map_or(board.len(), |row| row.at), client)
            })
            .collect();
        open.sort_unstable_by_key(|(at, _)| *at);
        checking.want(open.into_iter().map(|(_, client)| client.clone()), gap);
    }
}
