//! Asking for the partner permissions, which costs a call a client: what is in view first, a few at once, and as slowly
//! as the Hub asks for.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use time::OffsetDateTime;

use super::board::Board;
use super::reading::pause_after;
use super::{Desk, LineOnBoard};
use crate::channel::ClientId;
use crate::hub::HubError;

/// How many clients are asked about at the same time (ours: no limit is documented for these calls).
const AT_ONCE: usize = 4;
/// After how many failures in a row asking stops (ours).
const MOST_FAILURES: u32 = 5;

/// How far the permissions are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Checking {
    /// Whether it goes on.
    pub under_way: bool,
    /// How many clients are still to be asked about.
    pub clients_to_go: usize,
    /// Until when the Hub asked to be left alone.
    pub waits_until: Option<OffsetDateTime>,
    /// Why it ended before all were asked about.
    pub stopped: Option<HubError>,
    /// How many clients could not be asked about, each with its own reason.
    pub failed: usize,
}

#[derive(Default)]
pub(super) struct State {
    workers: usize,
    /// Asked about before all others.
    in_view: Vec<ClientId>,
    /// Asked about again because a person said so.
    wanted: VecDeque<ClientId>,
    under_way: HashSet<ClientId>,
    to_go: Option<(u64, VecDeque<ClientId>)>,
    failures: u32,
    waits_until: Option<OffsetDateTime>,
    stop: bool,
    stopped: Option<HubError>,
}

impl State {
    pub(super) fn seen(&self, board: &Board) -> Checking {
        let open = board.to_check();
        let wanted = self.wanted.iter().filter(|client| !open.contains(client)).count();
        Checking {
            under_way: self.workers > 0,
            clients_to_go: open.len() + wanted,
            waits_until: self.waits_until,
            stopped: self.stopped.clone(),
            failed: board.clients_in_trouble(),
        }
    }

    pub(super) fn stop(&mut self) {
        self.stop = true;
    }

    pub(super) fn look_at(&mut self, lines: &[LineOnBoard]) {
        self.in_view = lines.iter().filter_map(|line| line.line.client.told().cloned()).collect();
    }

    /// The client to ask about next.
    fn next(&mut self, board: &Board) -> Option<ClientId> {
        if self.stop {
            return None;
        }
        let is_free = |client: &ClientId| !self.under_way.contains(client);
        let in_view =
            self.in_view.iter().find(|client| is_free(client) && board.wants_check(client)).cloned();
        let next = in_view.or_else(|| self.wanted.pop_front()).or_else(|| {
            let listed_anew = self.to_go.as_ref().is_none_or(|(pieces, _)| *pieces != board.pieces());
            if listed_anew {
                self.to_go = Some((board.pieces(), board.to_check().into()));
            }
            let (_, to_go) = self.to_go.as_mut()?;
            while let Some(client) = to_go.pop_front() {
                if !self.under_way.contains(&client) && board.wants_check(&client) {
                    return Some(client);
                }
            }
            None
        })?;
        self.under_way.insert(next.clone());
        Some(next)
    }
}

impl Desk {
    /// Asks for every permission that was not told yet, until all are, or [`Desk::stop_checking`]. Where it goes on
    /// already it is not begun a second time.
    pub async fn check(self: &Arc<Self>) {
        {
            let mut state = self.state();
            if state.closed || state.checking.workers > 0 {
                return;
            }
            let checking = &mut state.checking;
            (checking.workers, checking.failures) = (AT_ONCE, 0);
            (checking.stop, checking.stopped, checking.to_go) = (false, None, None);
        }
        self.tell();
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let desk = self.clone();
                tokio::spawn(async move { desk.check_some().await })
            })
            .collect();
        for worker in workers {
            let _ = worker.await;
        }
        {
            let mut state = self.state();
            state.checking.workers = 0;
            state.checking.waits_until = None;
            state.checking.under_way.clear();
        }
        self.keep().await;
        self.tell();
    }

    /// Asks about these clients again, whatever was told of them before.
    pub async fn check_again(self: &Arc<Self>, clients: Vec<ClientId>) {
        self.state().checking.wanted.extend(clients);
        self.check().await;
    }

    /// Ends asking after the calls that are under way. What is still to come can be taken up by [`Desk::check`].
    pub fn stop_checking(&self) {
        self.state().checking.stop();
        self.woken.notify_waiters();
    }

    async fn check_some(&self) {
        loop {
            let until = self.state().checking.waits_until.filter(|until| *until > self.now());
            if let Some(until) = until {
                self.wait_until(until, |state| state.checking.stop).await;
            }
            let next = {
                let mut state = self.state();
                let super::State { board, checking, .. } = &mut *state;
                if checking.waits_until.is_some_and(|until| until > self.now()) && !checking.stop {
                    // Somebody else was asked to wait meanwhile.
                    continue;
                }
                checking.waits_until = None;
                checking.next(board)
            };
            let Some(client) = next else { return };
            self.check_client(client).await;
            self.keep_some().await;
            self.tell();
        }
    }

    async fn check_client(&self, client: ClientId) {
        let asked_after = self.state().board.pieces();
        let answer = self.hub.shared(&self.caller(), &client).await;
        let now = self.now();
        let mut state = self.state();
        let super::State { board, checking, .. } = &mut *state;
        checking.under_way.remove(&client);
        match answer {
            Ok(shared) => {
                checking.failures = 0;
                board.take_shared(&client, &shared.into_iter().collect(), asked_after, now);
                if board.wants_check(&client) {
                    checking.wanted.push_back(client);
                }
            }
            Err(error @ (HubError::SessionEnded | HubError::NotReached(_))) => {
                checking.wanted.push_front(client);
                checking.stop = true;
                checking.stopped = Some(error);
            }
            Err(error) => match pause_after(&error, checking.failures + 1) {
                None => board.take_trouble(&client, error),
                Some(pause) => {
                    checking.failures += 1;
                    checking.waits_until = checking.waits_until.max(Some(now + pause));
                    checking.wanted.push_front(client);
                    if checking.failures >= MOST_FAILURES {
                        checking.stop = true;
                        checking.stopped = Some(error);
                    }
                }
            },
        }
    }
}
