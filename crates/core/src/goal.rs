//! Goals that take several steps: let my partner in, lock my partner out, a key that was seen in public. Which step is done
//! is never remembered where it can be read from what holds now, so a goal is taken up after a restart as it stands.

use time::OffsetDateTime;

use crate::access::Answer;
use crate::channel::{ChannelId, ClientId, Permission};
use crate::fact::Fact;
use crate::history::words;
use crate::records::{KeyRecord, KeyState, Origin, Owner, Tested};
use crate::webhook::{NoteState, WebhookNote};

/// What somebody is about with one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Who.
    pub owner: Owner,
    /// For which client.
    pub client: ClientId,
    /// For which channel: each has one goal at most.
    pub channel: ChannelId,
    /// The channel's name when it was begun.
    pub channel_name: Option<String>,
    /// The channel's number when it was begun.
    pub number: Option<String>,
    /// What for.
    pub kind: GoalKind,
    /// When it was begun.
    pub begun_at: OffsetDateTime,
    /// The sequence number of the last key that was here before: only one that was made since counts.
    pub keys_before: i64,
    /// The partner had the permission then.
    pub was_shared: bool,
    /// The steps of which the person said that they are done, or not wanted.
    pub by_hand: Vec<GoalStep>,
}

words! {
    /// What a goal is for.
    pub enum GoalKind {
        /// The partner is to make keys.
        LetIn = "let_in",
        /// The partner is to have no key, and to make none.
        LockOut = "lock_out",
        /// The key was seen by who should not have it.
        Leaked = "leaked",
    }
}

words! {
    /// A step towards a goal.
    pub enum GoalStep {
        /// Give the partner the permission.
        GivePermission = "give_permission",
        /// Tell the partner so.
        TellPartner = "tell_partner",
        /// Take the permission back.
        RemovePermission = "remove_permission",
        /// Make a new key, which kills every earlier one (documented).
        MakeKey = "make_key",
        /// Keep it.
        KeepKey = "keep_key",
        /// Test it.
        TestKey = "test_key",
        /// See that the earlier key is dead.
        EarlierIsDead = "earlier_is_dead",
        /// Set the webhook again.
        SetWebhook = "set_webhook",
        /// Put the new key where the earlier one was used.
        PutInPlace = "put_in_place",
        /// Give the permission back.
        GiveBack = "give_back",
    }
}

/// How far it is with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It is done, by all that is known.
    Done,
    /// The person said so, or did not want it.
    ByHand,
    /// It is the one to take now.
    Next,
    /// It comes after another one.
    Later,
    /// It can't be taken, or did not come to what it was for.
    Not(WhyNot),
}

/// Why a step can't be taken, or did not come to what it was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// The client has no partner.
    NoPartner,
    /// Making a key is known to be refused.
    KnownToBeRefused,
    /// A key was asked for, and it is open whether it was made.
    OutcomeOpen,
    /// The new key is refused.
    NewKeyRefused,
    /// The new key is another number's.
    OtherNumber,
    /// The new key is not here to be tested.
    NotHere,
    /// No earlier key lies here with which it could be seen.
    NothingToTest,
    /// The earlier key still works.
    StillWorks,
    /// What the webhook was is not known here.
    NothingNoted,
}

impl WhyNot {
    /// Whether no later step may be taken before.
    fn stops(self) -> bool {
        use WhyNot::*;
        matches!(self, NoPartner | KnownToBeRefused | OutcomeOpen | NewKeyRefused | OtherNumber)
    }
}

/// What is known of a goal's number.
#[derive(Debug, Clone, Copy)]
pub struct GoalFacts<'a> {
    /// Whether the partner has the permission.
    pub permission: Fact<Permission>,
    /// Whether the client has a partner.
    pub has_partner: Fact<bool>,
    /// Whether the client may make a key.
    pub generate: Answer,
    /// The number's keys, newest first, whatever became of them.
    pub keys: &'a [KeyRecord],
    /// What is known of its webhook from before its key was replaced.
    pub webhook: Option<&'a WebhookNote>,
}

impl Goal {
    /// Its steps, in their order, and how far it is with each.
    pub fn steps(&self, facts: GoalFacts<'_>) -> Vec<(GoalStep, Stands)> {
        let mut waits = false;
        let stands = |step: GoalStep| {
            let stands = match self.stands(step, facts) {
                Stands::Next | Stands::Not(WhyNot::NothingNoted) if self.by_hand.contains(&step) => {
                    Stands::ByHand
                }
                stands => stands,
            };
            let stands = match stands {
                // Once the key is made it is known whether there is a webhook to set: that is not to come.
                Stands::Not(WhyNot::NothingNoted) if self.new_key(facts.keys).is_some() => stands,
                Stands::Next | Stands::Not(_) if waits => Stands::Later,
                stands => stands,
            };
            waits = waits || stands == Stands::Next || matches!(stands, Stands::Not(why) if why.stops());
            (step, stands)
        };
        self.of_kind().into_iter().map(stands).collect()
    }

    /// Whether nothing is left that could be done.
    pub fn is_reached(&self, facts: GoalFacts<'_>) -> bool {
        let left = |stands| match stands {
            Stands::Done | Stands::ByHand => false,
            Stands::Next | Stands::Later => true,
            Stands::Not(why) => why.stops(),
        };
        !self.steps(facts).into_iter().any(|(_, stands)| left(stands))
    }

    /// The key that was made for it.
    pub fn new_key<'a>(&self, keys: &'a [KeyRecord]) -> Option<&'a KeyRecord> {
        keys.iter().find(|key| self.is_since(key) && was_made(key))
    }

    /// The keys of before that lie here.
    pub fn earlier_keys<'a>(&self, keys: &'a [KeyRecord]) -> Vec<&'a KeyRecord> {
        let Some(new) = self.new_key(keys) else { return Vec::new() };
        let is_earlier = |key: &&KeyRecord| {
            key.state.in_keychain() && key.sequence < new.sequence && key.other_number_at.is_none()
        };
        keys.iter().filter(is_earlier).collect()
    }

    fn of_kind(&self) -> Vec<GoalStep> {
        use GoalStep::*;
        let new_key = [MakeKey, KeepKey, TestKey, EarlierIsDead, SetWebhook, PutInPlace];
        match self.kind {
            GoalKind::LetIn => vec![GivePermission, TellPartner],
            GoalKind::LockOut => [RemovePermission].into_iter().chain(new_key).collect(),
            // The client may make a key where the partner has no permission, and nowhere else.
            GoalKind::Leaked if self.was_shared => {
                [RemovePermission].into_iter().chain(new_key).chain([GiveBack]).collect()
            }
            GoalKind::Leaked => new_key.into(),
        }
    }

    fn stands(&self, step: GoalStep, facts: GoalFacts<'_>) -> Stands {
        let done = |is: bool| if is { Stands::Done } else { Stands::Next };
        let shared = |permission| facts.permission == Fact::Told(permission);
        let new = self.new_key(facts.keys);
        match step {
            GoalStep::GivePermission if facts.has_partner == Fact::Told(false) => {
                Stands::Not(WhyNot::NoPartner)
            }
            GoalStep::GivePermission => done(shared(Permission::Shared)),
            GoalStep::GiveBack => done(shared(Permission::Shared) && new.is_some()),
            GoalStep::RemovePermission => {
                let no_partner = facts.has_partner == Fact::Told(false);
                // Taking it back made way for the key; that it was given back since is what was wanted.
                let made_way = self.kind == GoalKind::Leaked && new.is_some();
                done(shared(Permission::Missing) || no_partner || made_way)
            }
            GoalStep::MakeKey => match new {
                Some(_) => Stands::Done,
                None if facts.keys.iter().any(|key| self.is_since(key) && is_open(key)) => {
                    Stands::Not(WhyNot::OutcomeOpen)
                }
                None if facts.generate == Answer::No => Stands::Not(WhyNot::KnownToBeRefused),
                None => Stands::Next,
            },
            GoalStep::KeepKey => match new.map(|key| key.state) {
                Some(KeyState::Kept) => Stands::Done,
                Some(KeyState::LetGo | KeyState::HandedOver) => Stands::ByHand,
                _ => Stands::Next,
            },
            GoalStep::TestKey => match new.map(|key| (key.state, key.tested)) {
                Some((_, Some((Tested::Works | Tested::Limited | Tested::Blocked, _)))) => Stands::Done,
                Some((_, Some((Tested::OtherNumber, _)))) => Stands::Not(WhyNot::OtherNumber),
                Some((_, Some((Tested::Refused, _)))) => Stands::Not(WhyNot::NewKeyRefused),
                Some((KeyState::LetGo | KeyState::HandedOver, _)) => Stands::Not(WhyNot::NotHere),
                _ => Stands::Next,
            },
            GoalStep::EarlierIsDead => self.earlier_stands(facts.keys),
            GoalStep::SetWebhook => match facts.webhook {
                Some(note) if note.state == NoteState::Noted => Stands::Next,
                Some(note) if note.was.read_at >= self.begun_at => Stands::Done,
                _ => Stands::Not(WhyNot::NothingNoted),
            },
            GoalStep::PutInPlace => done(
                new.is_some_and(|key| !key.places.is_empty() && key.places.iter().all(|place| place.done)),
            ),
            GoalStep::TellPartner => Stands::Next,
        }
    }

    fn earlier_stands(&self, keys: &[KeyRecord]) -> Stands {
        let Some(new) = self.new_key(keys) else { return Stands::Next };
        let earlier = self.earlier_keys(keys);
        if earlier.is_empty() {
            return Stands::Not(WhyNot::NothingToTest);
        }
        let still_works = |key: &&KeyRecord| {
            // `mark_replaced` clears earlier test results, so any result on a replaced key is newer.
            let since = key.tested.filter(|(_, at)| key.replaced_at.is_some() || *at > new.asked_at);
            key.refused_at.is_none()
                && matches!(since, Some((Tested::Works | Tested::Limited | Tested::Blocked, _)))
        };
        if earlier.iter().any(still_works) {
            return Stands::Not(WhyNot::StillWorks);
        }
        let is_dead = |key: &&KeyRecord| key.refused_at.is_some();
        if earlier.iter().all(is_dead) { Stands::Done } else { Stands::Next }
    }

    fn is_since(&self, key: &KeyRecord) -> bool {
        key.origin == Origin::Made && key.sequence > self.keys_before
    }
}

fn was_made(key: &KeyRecord) -> bool {
    use KeyState::*;
    matches!(key.state, SafetyCopy | InMemory | Kept | LetGo | HandedOver) && key.worked_at.is_some()
}

fn is_open(key: &KeyRecord) -> bool {
    use KeyState::*;
    matches!(key.state, Asked | Unknown | Interrupted | NotLookedFor) && key.replaced_at.is_none()
}
