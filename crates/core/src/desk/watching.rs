//! Looking at the marked channels while somebody is at the desk: as seldom as the person chose, and more seldom where
//! the Hub is in trouble; never twice at once, and not while the list is read or the computer sleeps.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use time::OffsetDateTime;

use super::board::{Board, Line};
use super::reading::pause_after;
use super::{About, Call, Desk};
use crate::channel::{Channel, ChannelId, ClientId};
use crate::fact::Fact;
use crate::hub::HubError;
use crate::partner_hub::PartnerChannel;
use crate::times::{between, later};

/// By how much a pause is made shorter or longer at random, in hundredths (ours), so that desks that were opened
/// together do not ask together.
const SPREAD: u32 = 15;
/// How often a pause is doubled at the most after rounds that failed (ours).
const MOST_DOUBLINGS: u32 = 4;
/// The longest pause, unless the Hub or the person asks for more (ours).
const LONGEST: Duration = Duration::from_secs(3_600);
/// How long the clock is trusted at a time (ours): a computer that slept meanwhile is noticed by then.
const SLICE: Duration = Duration::from_secs(60);
/// By how much the clock may be off after a slice before that is taken for sleep (ours).
const SLACK: Duration = Duration::from_secs(30);
/// After how long a look is tried again that came while the list was read (ours).
const PUT_OFF: Duration = Duration::from_secs(20);

/// How far watching is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Watching {
    /// How many channels are marked.
    pub marked: usize,
    /// They are looked at just now.
    pub looking: bool,
    /// When all of them were last looked at.
    pub looked_at: Option<OffsetDateTime>,
    /// When they will be looked at next.
    pub next: Option<OffsetDateTime>,
    /// Why the last look was broken off.
    pub failed: Option<HubError>,
}

#[derive(Default)]
pub(super) struct State {
    /// It is known which channels are marked.
    pub(super) knows_marks: bool,
    goes_on: bool,
    looking: bool,
    looked_at: Option<OffsetDateTime>,
    next: Option<OffsetDateTime>,
    failures: u32,
    failed: Option<HubError>,
    /// Counts the sessions that the desk was given.
    sessions: u64,
}

impl State {
    /// Another session opens the desk: what the one before was refused is no reason any more.
    pub(super) fn renewed(&mut self) {
        self.sessions += 1;
        if self.failed.as_ref().is_some_and(HubError::locks_out) {
            (self.failed, self.failures) = (None, 0);
        }
    }

    pub(super) fn seen(&self, marked: usize) -> Watching {
        let State { looking, looked_at, next, ref failed, .. } = *self;
        Watching { marked, looking, looked_at, next, failed: failed.clone() }
    }
}

/// Watching goes on for as long as this lives: where it ends by itself, it can be begun again.
struct GoesOn<'a>(&'a Desk);

impl Drop for GoesOn<'_> {
    fn drop(&mut self) {
        let watching = &mut self.0.state().watching;
        (watching.goes_on, watching.looking, watching.next) = (false, false, None);
    }
}

/// How a pause ended.
#[derive(PartialEq)]
enum Pause {
    Over,
    /// The computer slept, or its clock was set.
    Slept,
    /// There is something else to wait for, or nothing.
    Woken,
}

impl Desk {
    /// Looks at the marked channels every so often, until the desk is closed. `every` is asked anew for each pause.
    /// Where it goes on already it is not begun a second time.
    pub async fn watch(self: &Arc<Self>, every: impl Fn() -> Duration + Send, seed: u64) {
        {
            let mut state = self.state();
            if state.closed || std::mem::replace(&mut state.watching.goes_on, true) {
                return;
            }
        }
        let _goes_on = GoesOn(self);
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut due = later(self.now(), spread(every(), &mut dice));
        while !self.is_closed() {
            if !self.has_reason_to_look() {
                self.next_look(None);
                self.wait_for_reason().await;
                due = later(self.now(), spread(every(), &mut dice));
                continue;
            }
            self.next_look(Some(due));
            match self.pause(due).await {
                Pause::Over => {}
                // Nothing is made up for, and who woke together does not ask together.
                Pause::Slept => {
                    due = later(self.now(), spread(every(), &mut dice));
                    continue;
                }
                Pause::Woken => continue,
            }
            let pause = if self.may_look() {
                let asked_for = self.look().await.unwrap_or_default();
                let usual = backed_off(every(), self.state().watching.failures);
                spread(usual, &mut dice).max(asked_for)
            } else {
                spread(PUT_OFF, &mut dice)
            };
            due = later(self.now(), pause);
        }
        self.next_look(None);
    }

    fn has_reason_to_look(&self) -> bool {
        let state = self.state();
        let ended = state.watching.failed.as_ref().is_some_and(HubError::locks_out);
        !state.board.watched().is_empty() && !ended
    }

    /// Not while the list is read, which looks at them too, nor while the Hub asks to be left alone.
    fn may_look(&self) -> bool {
        let now = self.now();
        let state = self.state();
        let waits = state.checking.waits_until().is_some_and(|until| until > now);
        state.reading.under_way.is_none() && !waits
    }

    fn next_look(&self, at: Option<OffsetDateTime>) {
        let changed = std::mem::replace(&mut self.state().watching.next, at) != at;
        if changed {
            self.tell();
        }
    }

    /// Waits until something is marked, a session was renewed, or the desk is closed.
    async fn wait_for_reason(&self) {
        let mut changes = self.changes();
        loop {
            let mut woken = std::pin::pin!(self.woken.notified());
            woken.as_mut().enable();
            if self.is_closed() || self.has_reason_to_look() {
                return;
            }
            tokio::select! {
                () = woken => {}
                // The list that a marked channel stands in may have come. Who tells is this desk: it does not end before.
                _ = changes.changed() => {}
            }
        }
    }

    /// Waits until a time, in slices short enough to notice that the computer slept.
    async fn pause(&self, until: OffsetDateTime) -> Pause {
        loop {
            let mut woken = std::pin::pin!(self.woken.notified());
            woken.as_mut().enable();
            if self.is_closed() || !self.has_reason_to_look() {
                return Pause::Woken;
            }
            let begun = self.now();
            let left = between(begun, until);
            if !left.is_positive() {
                return Pause::Over;
            }
            let slice = left.unsigned_abs().min(SLICE);
            tokio::select! {
                () = self.clock.wait(slice) => {
                    let passed = between(begun, self.now());
                    if passed > slice.saturating_add(SLACK) || passed.is_negative() {
                        return Pause::Slept;
                    }
                }
                () = woken => {
                    if self.now() < begun {
                        return Pause::Slept;
                    }
                }
            }
        }
    }

    /// Looks at each marked channel, and asks once for what each of their clients shared. Tells for how long the Hub
    /// asks to be left alone.
    async fn look(&self) -> Option<Duration> {
        let (marked, session) = {
            let mut state = self.state();
            state.watching.looking = true;
            (state.board.watched(), state.watching.sessions)
        };
        self.tell();
        self.remember().await;
        let looked = self.look_at_all(marked).await;
        self.keep().await;
        let pause = {
            let now = self.now();
            let mut state = self.state();
            let watching = &mut state.watching;
            watching.looking = false;
            match looked {
                Ok(was_whole) => {
                    if was_whole {
                        watching.looked_at = Some(now);
                    }
                    (watching.failed, watching.failures) = (None, 0);
                    None
                }
                Err(error) if error.locks_out() && watching.sessions != session => None,
                Err(error) => {
                    watching.failures += 1;
                    let pause = match &error {
                        HubError::TooMany { .. } => pause_after(&error, watching.failures),
                        _ => None,
                    };
                    watching.failed = Some(error);
                    pause
                }
            }
        };
        self.tell();
        pause
    }

    /// Tells whether all were asked about: a list that begins to be read meanwhile ends the look.
    async fn look_at_all(&self, marked: Vec<ChannelId>) -> Result<bool, HubError> {
        let mut clients = BTreeSet::new();
        for channel in marked {
            if self.is_closed() || !self.may_look() {
                return Ok(false);
            }
            let told = self.hub.channel(&self.caller(), &channel).await;
            match self.noted(Call::Channel, About::Channel(channel.clone()), told) {
                Ok(told) if told.channel.id == channel => {
                    let now = self.now();
                    self.state().board.take_look(told, now);
                }
                // Another channel than was asked for, or one that can't be read: nothing is told of this one. Whether
                // it is gone, a whole list says.
                Ok(_) => {}
                Err(error) if concerns_all(&error) => return Err(error),
                Err(_) => {}
            }
            let state = self.state();
            clients.extend(state.board.line(&channel).and_then(|line| line.client.told().cloned()));
        }
        for client in clients {
            if self.is_closed() || !self.may_look() {
                return Ok(false);
            }
            self.look_at_shared(client).await?;
        }
        Ok(true)
    }

    async fn look_at_shared(&self, client: ClientId) -> Result<(), HubError> {
        let asked_after = {
            let state = self.state();
            if state.checking.is_asked_about(&client) {
                // Its answer is on the way already.
                return Ok(());
            }
            state.board.pieces()
        };
        let answer = self.hub.shared(&self.caller(), &client).await;
        let answer = self.noted(Call::Shared, About::Client(client.clone()), answer);
        let now = self.now();
        let mut state = self.state();
        match answer {
            Ok(shared) => {
                state.board.take_shared(&client, &shared.into_iter().collect(), asked_after, now);
            }
            Err(error) if concerns_all(&error) => return Err(error),
            Err(error) => state.board.take_trouble(&client, error),
        }
        Ok(())
    }
}

impl Board {
    /// Takes in what was told of one channel that is on the board. Whether it is listed, and what this answer is silent
    /// about, stays as it was.
    fn take_look(&mut self, told: PartnerChannel, now: OffsetDateTime) {
        let Some(at) = self.position(&told.channel.id) else { return };
        let Some(Line { channel: before, read_at, listed, reading, .. }) = self.lines.get(at).cloned() else {
            return;
        };
        let client = told.client.clone().map(|client| client.id);
        if let Fact::Told(client) = told.client {
            self.take_client(client);
        }
        let whole = or_as_before(told.channel.clone(), before);
        let is_whole = whole == told.channel;
        self.take_channel(told.channel, client, reading, now);
        let Some(line) = self.lines.get_mut(at) else { return };
        (line.channel, line.listed) = (whole, listed);
        if !is_whole {
            line.read_at = read_at;
            self.fold(at);
        }
        self.version += 1;
    }
}

fn or_as_before(told: Channel, before: Channel) -> Channel {
    Channel {
        id: told.id,
        name: told.name.or(before.name),
        number: told.number.or(before.number),
        status: told.status.or(before.status),
        hub_status: told.hub_status.or(before.hub_status),
        running: told.running.or(before.running),
        permission: told.permission.or(before.permission),
        quality: told.quality.or(before.quality),
        limit: told.limit.or(before.limit),
        external_id: told.external_id.or(before.external_id),
        waba_id: told.waba_id.or(before.waba_id),
    }
}

/// Whether an answer says that the next question would get no better one.
fn concerns_all(error: &HubError) -> bool {
    error.locks_out() || matches!(error, HubError::NotReached(_)) || error.passes()
}

/// Longer with each round that failed.
fn backed_off(every: Duration, failures: u32) -> Duration {
    let longer = every.saturating_mul(2_u32.pow(failures.min(MOST_DOUBLINGS)));
    longer.min(LONGEST.max(every))
}

/// A little shorter or longer, at random.
fn spread(pause: Duration, dice: &mut impl Rng) -> Duration {
    let hundredths = 100 - SPREAD + dice.next_u32() % (2 * SPREAD + 1);
    pause.saturating_mul(hundredths).checked_div(100).unwrap_or(pause)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::pause_after;
    use super::*;

    proptest! {
        #[test]
        fn no_pause_is_too_long_to_be_spread_or_doubled(
            every in any::<Duration>(),
            wait in proptest::option::of(any::<Duration>()),
            failures in any::<u32>(),
            seed in any::<u64>(),
        ) {
            let longer = backed_off(every, failures);
            prop_assert!(longer >= every && longer <= LONGEST.max(every));
            let spread = spread(every, &mut ChaCha8Rng::seed_from_u64(seed));
            prop_assert!(spread <= every.saturating_mul(115) / 100 && spread >= every.saturating_mul(80) / 100);
            let day = Duration::from_secs(24 * 3_600);
            let asked = HubError::TooMany { wait, said: None };
            prop_assert!(pause_after(&asked, failures) <= Some(day));
            prop_assert!(pause_after(&HubError::NoAnswer, failures) <= Some(day));
        }
    }
}
