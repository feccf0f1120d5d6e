//! Whether the keys that lie here still work: all are asked about, when a person wants it and every so often while the
//! program is open, and what turned out otherwise than before is told once.

use std::time::Duration;

use time::OffsetDateTime;

use super::asking_by_key::may_ask_with;
use super::{ChannelKeys, Trouble};
use crate::channel::ChannelId;
use crate::hub::HubError;
use crate::keychain::{KeychainError, Probe};
use crate::keys::{KeyTest, Whose};
use crate::records::{KeyRecord, KeyState, Origin};
use crate::session::Session;
use crate::times::later;

/// How long after somebody begins to work the first look waits (ours): opening the program is busy enough.
const FIRST: Duration = Duration::from_secs(60);
/// After how long a keychain that was not open is asked again whether it is (ours).
const TRY_AGAIN: Duration = Duration::from_secs(60);
/// How often a pause is doubled at the most after rounds that were broken off (ours).
const MOST_DOUBLINGS: u32 = 4;

/// Who wants to know whether a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A person, who may be asked to unlock the keychain for it.
    ByPerson,
    /// The program: only an open keychain is asked.
    ByItself,
}

/// How a key stands, by the messaging host's last answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    NotKnown,
    Works,
    OtherNumber,
    Refused,
}

impl Stands {
    pub(super) fn of(record: &KeyRecord) -> Stands {
        match (record.refused_at, record.other_number_at, record.worked_at) {
            (Some(_), ..) => Stands::Refused,
            (None, Some(_), _) => Stands::OtherNumber,
            (None, None, Some(_)) => Stands::Works,
            (None, None, None) => Stands::NotKnown,
        }
    }
}

/// What became of a key, by the messaging host's answer: never by its silence.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// It is refused, and was not before.
    Refused {
        /// When it was last known to work; it stopped between then and `refused_at`.
        worked_at: Option<OffsetDateTime>,
        /// When it was first refused.
        refused_at: OffsetDateTime,
        /// When this program asked for a later key of which nobody can tell whether it was made.
        asked_here: Option<OffsetDateTime>,
    },
    /// It is for another number: for this one, where this account's lists have it.
    OtherNumber(Option<Box<Whose>>),
    /// It works for its own number, and did not before.
    WorksAgain,
}

/// A key that was asked about.
#[derive(Debug, Clone)]
pub struct CheckedKey {
    /// The key, as it is known now.
    pub record: KeyRecord,
    /// What the messaging host said, or why it was not asked.
    pub result: Result<KeyTest, Trouble>,
    /// What is new of it.
    pub turn: Option<Turn>,
}

/// What came of asking about all keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// How many were asked about.
    pub asked: usize,
    /// How many were left.
    pub left: usize,
    /// How it ended.
    pub ended: Ended,
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// All were asked about.
    Whole,
    /// The keychain is not open.
    Keychain(Probe),
    /// The messaging host wants to be left alone, or can't be reached.
    LeftAlone(HubError),
    /// Who was at work is not any more, or the program locked.
    Gone,
}

/// How far looking by itself is.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyChecks {
    /// How many keys it is about.
    pub keys: usize,
    /// They are asked about just now.
    pub checking: bool,
    /// When they were last asked about, since somebody began to work.
    pub checked_at: Option<OffsetDateTime>,
    /// When they will be asked about next.
    pub next: Option<OffsetDateTime>,
    /// Why they are not.
    pub why_not: Option<WhyNot>,
}

/// Why keys are not looked at by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// Nobody asked for it.
    Off,
    /// Nobody is at work.
    NobodyHere,
    /// The program is locked.
    Locked,
    /// None lies here that may work.
    NoKeys,
    /// The keychain is not open.
    Keychain(Probe),
    /// The messaging host was not reached, or wants to be left alone.
    LeftAlone,
}

/// How far it is, since somebody began to work.
#[derive(Default)]
pub(super) struct Checks {
    begun_at: Option<OffsetDateTime>,
    checked_at: Option<OffsetDateTime>,
    /// Since when nothing is asked, and for how long.
    pause: Option<(OffsetDateTime, Duration)>,
    failures: u32,
    why_not: Option<WhyNot>,
}

impl Checks {
    /// When it is time. Where the clock was set back, it counts from now on.
    fn due(&mut self, every: Duration, now: OffsetDateTime) -> OffsetDateTime {
        let pause = self.pause.as_mut().map(|(since, _)| since);
        for at in [self.begun_at.as_mut(), self.checked_at.as_mut(), pause].into_iter().flatten() {
            *at = (*at).min(now);
        }
        let next = match self.checked_at {
            Some(at) => later(at, every.saturating_mul(2_u32.pow(self.failures.min(MOST_DOUBLINGS)))),
            None => later(self.begun_at.unwrap_or(now), every.min(FIRST)),
        };
        self.pause.map_or(next, |(since, wait)| next.max(later(since, wait)))
    }

    fn ended(&mut self, ended: &Ended, now: OffsetDateTime) {
        self.why_not = None;
        match ended {
            Ended::Whole => {
                (self.checked_at, self.failures, self.pause) = (Some(now), 0, None);
            }
            Ended::LeftAlone(error) => {
                let wait = match error {
                    HubError::TooMany { wait, .. } => *wait,
                    _ => None,
                };
                (self.checked_at, self.pause) = (Some(now), wait.map(|wait| (now, wait)));
                self.failures = self.failures.saturating_add(1);
                self.why_not = Some(WhyNot::LeftAlone);
            }
            Ended::Keychain(probe) => {
                // One that asks about each key would ask the same person again a minute later.
                if *probe == Probe::Asking {
                    self.checked_at = Some(now);
                }
                self.pause = Some((now, TRY_AGAIN));
                self.why_not = Some(WhyNot::Keychain(*probe));
            }
            Ended::Gone => {}
        }
    }
}

impl ChannelKeys {
    /// Asks the messaging host about all keys of who is at work that lie in the keychain and are not known to be
    /// replaced, two at a time, and tells of each. Where nobody asked, those that are refused already are left out. A
    /// host that asks to wait is asked nothing more.
    pub async fn check_keys(&self, asked: Asked, tell: impl Fn(&CheckedKey)) -> Result<Round, Trouble> {
        let _one_at_a_time = self.checking.lock().await;
        let keys = self.keys_to_check(asked)?;
        let began_at = self.state().sessions;
        let all = keys.len();
        let round = |asked: usize, ended| Ok(Round { asked, left: all - asked, ended });
        let open = if keys.is_empty() { Probe::Ready } else { self.ports.keychain.probe().await };
        let may_ask = match open {
            Probe::Ready => true,
            Probe::Locked | Probe::Asking => asked == Asked::ByPerson,
            Probe::NotSetUp | Probe::Refusing | Probe::Absent => false,
        };
        if !may_ask {
            return round(0, Ended::Keychain(open));
        }
        // A locked keychain asks for its password once, not twice at a time.
        let at_a_time = if open == Probe::Ready { 2 } else { 1 };
        let mut done = 0;
        for some in keys.chunks(at_a_time) {
            let checked = match some {
                [one, other] => {
                    let both = (self.check_key(one, asked, began_at), self.check_key(other, asked, began_at));
                    let (one, other) = tokio::join!(both.0, both.1);
                    vec![one, other]
                }
                [one] => vec![self.check_key(one, asked, began_at).await],
                _ => Vec::new(),
            };
            done += checked.len();
            let checked: Vec<CheckedKey> = checked.into_iter().flatten().collect();
            checked.iter().for_each(&tell);
            if self.state().sessions != began_at {
                return round(done, Ended::Gone);
            }
            for CheckedKey { result, .. } in checked {
                match result {
                    Ok(KeyTest::CouldNotAsk(
                        error @ (HubError::TooMany { .. } | HubError::NotReached(_)),
                    )) => return round(done, Ended::LeftAlone(error)),
                    Err(Trouble::Keychain(KeychainError::StayedLocked)) => {
                        return round(done, Ended::Keychain(Probe::Locked));
                    }
                    Err(Trouble::Keychain(KeychainError::NotAllowed)) => {
                        return round(done, Ended::Keychain(Probe::Asking));
                    }
                    Err(Trouble::Keychain(KeychainError::Absent)) => {
                        return round(done, Ended::Keychain(Probe::Absent));
                    }
                    _ => {}
                }
            }
        }
        round(done, Ended::Whole)
    }

    /// Asks about all keys where it is time for that; called every few seconds. Tells of each, and whether it asked.
    pub async fn check_keys_in_time(&self, every: Option<Duration>, tell: impl Fn(&CheckedKey)) -> bool {
        let Some(every) = every else { return false };
        if self.who().is_err() {
            return false;
        }
        let began_at = {
            let (now, mut state) = (self.now(), self.state());
            state.checks.begun_at.get_or_insert(now);
            if state.checks.due(every, now) > now {
                return false;
            }
            state.sessions
        };
        if self.keys_to_check(Asked::ByItself).is_ok_and(|keys| keys.is_empty()) {
            return false;
        }
        let Ok(round) = self.check_keys(Asked::ByItself, tell).await else { return false };
        let (now, mut state) = (self.now(), self.state());
        if state.sessions == began_at {
            state.checks.ended(&round.ended, now);
        }
        round.asked > 0
    }

    /// How far looking by itself is.
    pub fn key_checks(&self, every: Option<Duration>) -> KeyChecks {
        let keys = self.keys_to_check(Asked::ByItself);
        let (now, mut state) = (self.now(), self.state());
        let why_not = match (&keys, every) {
            _ if matches!(state.session, Session::Locked(_)) => Some(WhyNot::Locked),
            (Err(_), _) => Some(WhyNot::NobodyHere),
            (Ok(_), None) => Some(WhyNot::Off),
            (Ok(keys), _) if keys.is_empty() => Some(WhyNot::NoKeys),
            _ => state.checks.why_not,
        };
        let goes_on = matches!(why_not, None | Some(WhyNot::Keychain(_) | WhyNot::LeftAlone));
        KeyChecks {
            keys: keys.map(|keys| keys.len()).unwrap_or_default(),
            checking: self.checking.try_lock().is_err(),
            next: every.filter(|_| goes_on).map(|every| state.checks.due(every, now)),
            checked_at: state.checks.checked_at,
            why_not,
        }
    }

    fn keys_to_check(&self, asked: Asked) -> Result<Vec<KeyRecord>, Trouble> {
        let mut keys = self.keys_of_account()?;
        keys.retain(|key| may_check(key, asked));
        Ok(keys)
    }

    /// Asks about one; nothing where it is not to be asked about any more.
    async fn check_key(&self, listed: &KeyRecord, asked: Asked, began_at: u64) -> Option<CheckedKey> {
        let is_still_asked = |channel: &ChannelId| {
            let state = self.state();
            // While a key is made its predecessor dies, which is no news.
            let is_made_now = state.being_made.iter().any(|(_, making)| making == channel);
            state.sessions == began_at && !is_made_now
        };
        let record = self.key_record(&listed.id).ok().filter(|key| may_check(key, asked))?;
        if !is_still_asked(&record.channel) {
            return None;
        }
        let key = match self.key_in_keychain(&record).await {
            Ok(key) => key,
            Err(trouble) => return Some(CheckedKey { record, result: Err(trouble), turn: None }),
        };
        if !is_still_asked(&record.channel) {
            return None;
        }
        self.adopt(record.clone(), &key);
        let test = self.ask_health(&record, &key).await;
        if !is_still_asked(&record.channel) {
            return None;
        }
        let mut record = record;
        let stood = self.remember_answer(&mut record, &test, asked);
        let turn = stood.and_then(|(before, after)| self.turn(&record, &test, before, after));
        Some(CheckedKey { record, result: Ok(test), turn })
    }

    /// What is new. That a key is refused which a later one of this program replaced is no news.
    fn turn(&self, record: &KeyRecord, test: &KeyTest, before: Stands, after: Stands) -> Option<Turn> {
        if before == after || record.replaced_at.is_some() {
            return None;
        }
        match (after, before) {
            (Stands::Refused, _) => Some(Turn::Refused {
                worked_at: record.worked_at,
                refused_at: record.refused_at?,
                asked_here: self.asked_since(record),
            }),
            (Stands::OtherNumber, _) => Some(Turn::OtherNumber(self.whose(test).map(Box::new))),
            (Stands::Works, Stands::Refused | Stands::OtherNumber) => Some(Turn::WorksAgain),
            _ => None,
        }
    }

    /// When this program asked for a later key for the same number, of which it is open whether it was made.
    fn asked_since(&self, record: &KeyRecord) -> Option<OffsetDateTime> {
        let is_open = |key: &KeyRecord| {
            let open = [KeyState::Unknown, KeyState::Interrupted, KeyState::NotLookedFor, KeyState::Lost];
            key.channel == record.channel && key.sequence > record.sequence && open.contains(&key.state)
        };
        self.keys_of_account().ok()?.into_iter().find(is_open).map(|key| key.asked_at)
    }
}

/// Whether it is asked about. A key that was found again is somebody's only once a person used it.
fn may_check(key: &KeyRecord, asked: Asked) -> bool {
    match asked {
        Asked::ByPerson => key.state.in_keychain() && key.replaced_at.is_none(),
        Asked::ByItself => may_ask_with(key) && !(key.origin == Origin::Found && key.tail.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::times::tests::any_time;

    proptest! {
        #[test]
        fn whatever_the_clock_and_the_host_say_the_next_check_has_a_time(
            (now, begun_at, checked_at) in (any_time(), any_time(), proptest::option::of(any_time())),
            (every, wait) in (any::<Duration>(), proptest::option::of(any::<Duration>())),
            failures in any::<u32>(),
        ) {
            let mut checks = Checks { begun_at: Some(begun_at), checked_at, failures, ..Checks::default() };
            prop_assert!(checks.due(every, now) >= checked_at.unwrap_or(begun_at).min(now));
            checks.ended(&Ended::LeftAlone(HubError::TooMany { wait, said: None }), now);
            prop_assert!(checks.due(every, now) >= now);
        }
    }
}
