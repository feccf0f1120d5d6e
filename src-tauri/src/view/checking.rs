//! Whether kept keys still work, and what stops when the window closes.

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

use channel_keys_core::app::{Asked, CheckedKey, KeyChecks, Round, RoundEnded, Turn, WhyNot};
use channel_keys_core::keychain::Probe;

use super::keys::{KeyTestView, KeyView, ProbeWord, WhoseView};
use super::{Seconds, seconds, view, words};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::shell::Shell;

/// A key was asked about.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct KeyChecked {
    /// The key, as it is known now.
    pub key: KeyView,
    /// What the messaging host said.
    pub test: Option<KeyTestView>,
    /// Why it was not asked.
    pub why: Option<Failure>,
    /// What is new of it.
    pub turn: Option<TurnView>,
    /// Nobody asked for it just now.
    pub by_itself: bool,
}

view! {
    /// What became of a key.
    pub enum TurnView {
        /// It is refused, and was not before.
        Refused {
            /// When it was last known to work.
            worked_at: Option<Seconds>,
            /// When it was first refused.
            refused_at: Seconds,
            /// When a later key was asked for here of which nobody can tell whether it was made.
            asked_here: Option<Seconds>,
        },
        /// It is for another number.
        OtherNumber {
            /// For which, as far as this account's lists tell.
            whose: Option<WhoseView>,
        },
        /// It works again.
        WorksAgain,
    }
}

view! {
    /// What came of asking about all keys.
    pub struct RoundView {
        /// How many were asked about.
        pub asked: u32,
        /// How many were left.
        pub left: u32,
        /// How it ended.
        pub ended: RoundWord,
        /// How the keychain stands, where it is not open.
        pub keychain: Option<ProbeWord>,
        /// Why the messaging host was left alone.
        pub why: Option<Failure>,
    }
}

words! {
    /// How asking about all keys ended.
    pub enum RoundWord {
        /// All were asked about.
        Whole,
        /// The keychain is not open.
        Keychain,
        /// The messaging host was left alone.
        LeftAlone,
        /// Who asked is gone.
        Gone,
    }
}

view! {
    /// How far looking whether keys still work is.
    pub struct KeyChecksView {
        /// How many keys it is about.
        pub keys: u32,
        /// How many minutes lie between two looks; none where nobody looks.
        pub every_minutes: u32,
        /// They are asked about just now.
        pub checking: bool,
        /// When they were last asked about.
        pub checked_at: Option<Seconds>,
        /// When they will be asked about next.
        pub next: Option<Seconds>,
        /// Why they are not.
        pub why_not: Option<WhyNotWord>,
        /// The system takes no notification.
        pub no_notices: bool,
    }
}

words! {
    /// Why keys are not looked at by themselves.
    pub enum WhyNotWord {
        /// Nobody asked for it.
        Off,
        /// Nobody is at work.
        NobodyHere,
        /// The program is locked.
        Locked,
        /// None lies here that may work.
        NoKeys,
        /// The keychain is locked.
        KeychainLocked,
        /// No keychain answers, or it takes nothing.
        KeychainOut,
        /// The keychain asks whether the program may have the key, and nobody answered.
        KeychainAsking,
        /// The messaging host was not reached, or wants to be left alone.
        LeftAlone,
    }
}

view! {
    /// What stops when the window closes.
    pub struct StopsView {
        /// How many kept keys are looked at by themselves.
        pub checks: u32,
        /// How many channels are watched.
        pub watched: u32,
        /// Of how many keys the person is reminded.
        pub reminders: u32,
        /// After how many minutes the program locks, and all of it rests.
        pub lock_minutes: u32,
        /// The words that open a saved file were not said yet, and are here alone.
        pub file_words: bool,
    }
}

/// The window was asked to close, and something would stop.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct ClosingAsks {
    /// What.
    pub stops: StopsView,
    /// The desktop has a place for a program without a window.
    pub can_stay: bool,
}

fn count(all: usize) -> u32 {
    all.try_into().unwrap_or(u32::MAX)
}

impl KeyChecked {
    /// A key about which the program asked by itself.
    pub fn by_itself(checked: &CheckedKey) -> Self {
        Self::of(checked, Asked::ByItself)
    }

    /// A key about which a person asked.
    pub fn of(checked: &CheckedKey, asked: Asked) -> Self {
        // Whose key it is, is told with the news.
        let test = checked.result.as_ref().ok().map(|test| KeyTestView::of(test, &checked.record, None));
        Self {
            key: KeyView::of(&checked.record),
            test,
            why: checked.result.as_ref().err().cloned().map(Failure::from),
            turn: checked.turn.as_ref().map(TurnView::of),
            by_itself: asked == Asked::ByItself,
        }
    }
}

impl TurnView {
    fn of(turn: &Turn) -> Self {
        match turn {
            Turn::Refused { worked_at, refused_at, asked_here } => TurnView::Refused {
                worked_at: worked_at.map(seconds),
                refused_at: seconds(*refused_at),
                asked_here: asked_here.map(seconds),
            },
            Turn::OtherNumber(whose) => {
                TurnView::OtherNumber { whose: whose.as_ref().map(|whose| WhoseView::of((**whose).clone())) }
            }
            Turn::WorksAgain => TurnView::WorksAgain,
        }
    }
}

impl RoundView {
    /// What came of it.
    pub fn of(round: &Round) -> Self {
        let (ended, keychain, why) = match &round.ended {
            RoundEnded::Whole => (RoundWord::Whole, None, None),
            RoundEnded::Keychain(probe) => (RoundWord::Keychain, Some((*probe).into()), None),
            RoundEnded::LeftAlone(error) => (RoundWord::LeftAlone, None, Some(Failure::from(error))),
            RoundEnded::Gone => (RoundWord::Gone, None, None),
        };
        Self { asked: count(round.asked), left: count(round.left), ended, keychain, why }
    }
}

impl KeyChecksView {
    /// How far it is.
    pub fn of(shell: &Shell) -> Self {
        let checks = shell.key_checks();
        let KeyChecks { keys, checking, checked_at, next, why_not } = checks;
        Self {
            keys: count(keys),
            every_minutes: Settings::of(&shell.records).check_minutes,
            checking,
            checked_at: checked_at.map(seconds),
            next: next.map(seconds),
            why_not: why_not.map(|why_not| match why_not {
                WhyNot::Off => WhyNotWord::Off,
                WhyNot::NobodyHere => WhyNotWord::NobodyHere,
                WhyNot::Locked => WhyNotWord::Locked,
                WhyNot::NoKeys => WhyNotWord::NoKeys,
                WhyNot::Keychain(Probe::Locked) => WhyNotWord::KeychainLocked,
                WhyNot::Keychain(Probe::Asking) => WhyNotWord::KeychainAsking,
                WhyNot::Keychain(_) => WhyNotWord::KeychainOut,
                WhyNot::LeftAlone => WhyNotWord::LeftAlone,
            }),
            no_notices: shell.takes_notices() == Some(false),
        }
    }
}

impl StopsView {
    /// What would stop now. Locked or signed out, nothing goes on that could.
    pub fn of(shell: &Shell) -> Self {
        let checks = shell.key_checks();
        let reminders = shell.app.keys_to_place().unwrap_or_default();
        Self {
            checks: if checks.next.is_some() { count(checks.keys) } else { 0 },
            watched: count(shell.watches()),
            reminders: count(reminders.iter().filter(|key| !key.reminders.off).count()),
            lock_minutes: Settings::of(&shell.records).lock_minutes,
            file_words: shell.files.has_words(),
        }
    }

    /// Whether anything would.
    pub fn any(&self) -> bool {
        self.checks > 0 || self.watched > 0 || self.reminders > 0 || self.file_words
    }
}
