//! Asking for the partner permissions, which costs a call a client: what is in view first, a few at once, and as slowly
//! as the Hub asks for.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use super::board::Board;
use super::reading::pause_after;
use super::wanted::Wanted;
use super::{About, Call, Desk, LineOnBoard, Waited};
use crate::channel::{ChannelId, ClientId};
use crate::hub::HubError;
use crate::times::later;

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
    /// Asked about before all others: those that a person wants to know about now.
    first: Vec<ClientId>,
    /// Asked about before all but these.
    in_view: Vec<ClientId>,
    /// Asked about again because a person said so.
    wanted: Wanted,
    /// Only those are asked about.
    only_wanted: bool,
    under_way: HashSet<ClientId>,
    to_go: Option<(u64, VecDeque<ClientId>)>,
    failures: u32,
    waits_until: Option<OffsetDateTime>,
    /// How long the Hub is left alone between two of those that a person wants to be asked about.
    gap: Duration,
    next_at: Option<OffsetDateTime>,
    stop: bool,
    /// Somebody wanted it to go on while it did, perhaps just before its end.
    again: bool,
    stopped: Option<HubError>,
}

impl State {
    pub(super) fn seen(&self, board: &Board) -> Checking {
        let wanted = self.wanted.count(|client| !board.wants_check(client));
        Checking {
            under_way: self.workers > 0,
            clients_to_go: board.count_to_check() + wanted,
            waits_until: self.waits_until,
            stopped: self.stopped.clone(),
            failed: board.clients_in_trouble(),
        }
    }

    pub(super) fn goes_on(&self) -> bool {
        self.workers > 0 && !self.stop
    }

    /// Until when the Hub asked to be left alone.
    pub(super) fn waits_until(&self) -> Option<OffsetDateTime> {
        self.waits_until
    }

    /// Whether a question about this client is on its way.
    pub(super) fn is_asked_about(&self, client: &ClientId) -> bool {
        self.under_way.contains(client)
    }

    pub(super) fn stop(&mut self) {
        (self.stop, self.again) = (true, false);
    }

    fn begin(&mut self, only_wanted: bool) {
        (self.workers, self.failures, self.only_wanted) = (AT_ONCE, 0, only_wanted);
        (self.stop, self.again, self.stopped, self.to_go) = (false, false, None, None);
    }

    fn end(&mut self) {
        self.workers = 0;
        self.under_way.clear();
        (self.waits_until, self.next_at) = (None, None);
    }

    /// Asks about these again, with so long a pause between two of them.
    pub(super) fn want(&mut self, clients: impl IntoIterator<Item = ClientId>, gap: Duration) {
        self.gap = gap;
        for client in clients {
            self.wanted.add(client);
        }
    }

    /// Asks about these again before all others; the pace stays.
    fn want_first(&mut self, clients: Vec<ClientId>) {
        for client in &clients {
            self.wanted.add(client.clone());
        }
        self.first = clients;
    }

    /// Nobody wants these to be asked about again any more.
    pub(super) fn let_go(&mut self, clients: &HashSet<ClientId>) {
        self.wanted.let_go(|client| clients.contains(client));
        (self.gap, self.next_at) = (Duration::ZERO, None);
    }

    pub(super) fn look_at<'a>(&mut self, lines: impl IntoIterator<Item = &'a LineOnBoard>) {
        self.in_view = lines.into_iter().filter_map(|line| line.line.client.told().cloned()).collect();
    }

    /// Until when nobody is to be asked about: the Hub asked for that, or a person did.
    fn pause(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let paced = self.next_at.filter(|_| !self.wanted.is_empty());
        self.waits_until.max(paced).filter(|until| *until > now)
    }

    /// The client to ask about next.
    fn next(&mut self, board: &Board, now: OffsetDateTime) -> Option<ClientId> {
        if self.stop {
            return None;
        }
        let is_free = |client: &ClientId| !self.under_way.contains(client);
        let in_view = self.first.iter().chain(&self.in_view).find(|client| {
            let open = self.wanted.has(client) || !self.only_wanted && board.wants_check(client);
            open && is_free(client)
        });
        let in_view = in_view.cloned().inspect(|client| {
            self.wanted.take(client);
        });
        let next = in_view.or_else(|| self.wanted.next(is_free)).or_else(|| {
            if self.only_wanted {
                return None;
            }
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
        self.next_at = Some(later(now, self.gap));
        Some(next)
    }
}

/// Asking goes on no longer than this lives, however it ends: it can be begun again.
struct AtWork<'a>(&'a Desk);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let checking = &mut self.0.state().checking;
        if checking.workers > 0 {
            checking.end();
        }
    }
}

impl Desk {
    /// Asks for every permission that was not told yet, until all are, or [`Desk::stop_checking`]. Where it goes on
    /// already it is not begun a second time.
    pub async fn check(self: &Arc<Self>) {
        self.ask(false).await;
    }

    /// Asks about those alone that somebody wants to be asked about again.
    pub(super) async fn check_wanted(self: &Arc<Self>) {
        self.ask(true).await;
    }

    async fn ask(self: &Arc<Self>, only_wanted: bool) {
        {
            let mut state = self.state();
            if state.closed {
                return;
            }
            let checking = &mut state.checking;
            if checking.workers > 0 {
                checking.only_wanted &= only_wanted;
                checking.again = true;
                return;
            }
            checking.begin(only_wanted);
        }
        let at_work = AtWork(self);
        let mut goes_on = true;
        while goes_on {
            self.tell();
            let workers: Vec<_> = (0..AT_ONCE)
                .map(|_| {
                    let desk = self.clone();
                    tokio::spawn(async move { desk.check_some().await })
                })
                .collect();
            for worker in workers {
                if let Err(failed) = worker.await
                    && failed.is_panic()
                {
                    // Whoever watches over this task is to notice.
                    std::panic::resume_unwind(failed.into_panic());
                }
            }
            let mut state = self.state();
            let checking = &mut state.checking;
            goes_on = checking.again;
            if goes_on {
                checking.begin(checking.only_wanted);
                checking.under_way.clear();
            } else {
                checking.end();
            }
        }
        // The next may begin while the disk is waited for.
        drop(at_work);
        self.keep().await;
        self.tell();
    }

    /// The clients of these channels are to be asked about again, in this order and before all others.
    pub(super) fn want_first(&self, channels: &[ChannelId]) {
        let mut state = self.state();
        let super::State { board, checking, .. } = &mut *state;
        let mut met = HashSet::new();
        let clients = channels.iter().filter_map(|channel| board.line(channel)?.client.told());
        checking.want_first(clients.filter(|client| met.insert(*client)).cloned().collect());
    }

    /// Asks about these clients again, whatever was told of them before.
    pub async fn check_again(self: &Arc<Self>, clients: Vec<ClientId>) {
        self.state().checking.want(clients, Duration::ZERO);
        self.check().await;
    }

    /// Ends asking after the calls that are under way. What is still to come can be taken up by [`Desk::check`].
    pub fn stop_checking(&self) {
        self.state().checking.stop();
        self.woken.notify_waiters();
    }

    async fn check_some(&self) {
        loop {
            let until = self.state().checking.pause(self.now());
            if let Some(until) = until {
                let waited = self.wait_until(until, |state| state.checking.stop).await;
                let now = self.now();
                let checking = &mut self.state().checking;
                if waited == Waited::SetBack && checking.pause(now) == Some(until) {
                    (checking.waits_until, checking.next_at) = (None, None);
                }
            }
            let next = {
                let now = self.now();
                let mut state = self.state();
                let super::State { board, checking, .. } = &mut *state;
                if checking.pause(now).is_some() && !checking.stop {
                    // Somebody else was asked to wait meanwhile, or asks already.
                    continue;
                }
                checking.waits_until = None;
                checking.next(board, now)
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
        let super::State { board, checking, bulk, mishaps, .. } = &mut *state;
        checking.under_way.remove(&client);
        mishaps.take(Call::Shared, &About::Client(client.clone()), &answer, now);
        match answer {
            Ok(shared) => {
                checking.failures = 0;
                board.take_shared(&client, &shared.into_iter().collect(), asked_after, now);
                bulk.take(board, &client, board.trouble_of(&client), now);
                checking.wanted.take(&client);
                if board.wants_check(&client) {
                    checking.wanted.add(client);
                }
            }
            Err(error) if error.locks_out() || matches!(error, HubError::NotReached(_)) => {
                checking.wanted.add_first(client);
                checking.stop();
                checking.stopped = Some(error);
            }
            Err(error) => match pause_after(&error, checking.failures + 1) {
                None => {
                    bulk.take(board, &client, Some(&error), now);
                    board.take_trouble(&client, error);
                }
                Some(pause) => {
                    checking.failures += 1;
                    checking.waits_until = checking.waits_until.max(Some(later(now, pause)));
                    checking.wanted.add_first(client);
                    if checking.failures >= MOST_FAILURES {
                        checking.stop();
                        checking.stopped = Some(error);
                    }
                }
            },
        }
    }
}
