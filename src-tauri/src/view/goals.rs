//! Goals of several steps, as a page shows them.

use serde::{Deserialize, Serialize};
use specta::Type;

use channel_keys_core::app::GoalNow;
use channel_keys_core::goal::{GoalKind, GoalStep, Stands, WhyNot};

use super::{KeyView, Seconds, Shown, VerdictView, WebhooksWas, seconds, view, words};
use crate::numbers;

/// What a goal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum GoalWord {
    /// The partner is to make keys.
    LetIn,
    /// The partner is to have no key, and to make none.
    LockOut,
    /// The key was seen by who should not have it.
    Leaked,
}

/// A step towards a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepWord {
    /// Give the partner the permission.
    GivePermission,
    /// Tell the partner so.
    TellPartner,
    /// Take the permission back.
    RemovePermission,
    /// Make a new key.
    MakeKey,
    /// Keep it.
    KeepKey,
    /// Test it.
    TestKey,
    /// See that the earlier key is dead.
    EarlierIsDead,
    /// Set the webhook again.
    SetWebhook,
    /// Put the new key where the earlier one was used.
    PutInPlace,
    /// Give the permission back.
    GiveBack,
}

words! {
    /// How far it is with a step.
    pub enum StandsWord {
        /// It is done.
        Done,
        /// The person said so, or did not want it.
        ByHand,
        /// It is the one to take now.
        Next,
        /// It comes after another one.
        Later,
        /// It can't be taken, or did not come to what it was for.
        Not,
    }
}

words! {
    /// Why a step can't be taken, or did not come to what it was for.
    pub enum StepWhyNot {
        /// The client has no partner.
        NoPartner,
        /// Making a key is known to be refused.
        KnownToBeRefused,
        /// It is open whether a key was made.
        OutcomeOpen,
        /// The new key is refused.
        NewKeyRefused,
        /// The new key is another number's.
        OtherNumber,
        /// The new key is not here to be tested.
        NotHere,
        /// No earlier key lies here to be tested.
        NothingToTest,
        /// The earlier key still works.
        StillWorks,
        /// What the webhook was is not known here.
        NothingNoted,
    }
}

view! {
    /// One step, and how far it is with it.
    pub struct GoalStepView {
        /// Which.
        pub step: StepWord,
        /// How far it is.
        pub stands: StandsWord,
        /// Why not, where that is so.
        pub why: Option<StepWhyNot>,
    }
}

view! {
    /// A goal as it stands now.
    pub struct GoalView {
        /// What for.
        pub goal: GoalWord,
        /// The channel's id.
        pub channel_id: String,
        /// The channel's name when it was begun.
        pub name: Option<Shown>,
        /// The channel's number when it was begun.
        pub number: Option<String>,
        /// When it was begun.
        pub begun_at: Seconds,
        /// Its steps, in their order.
        pub steps: Vec<GoalStepView>,
        /// Nothing is left that could be done.
        pub is_reached: bool,
        /// Whether a key may be made; none where the number is not there any more.
        pub verdict: Option<VerdictView>,
        /// The key that was made for it.
        pub new_key: Option<KeyView>,
        /// The keys of before that lie here.
        pub earlier_keys: Vec<KeyView>,
        /// The webhooks that wait to be set again.
        pub webhook: Option<WebhooksWas>,
    }
}

impl GoalView {
    /// A goal as it stands.
    pub fn of(now: GoalNow) -> Self {
        Self {
            goal: now.goal.kind.into(),
            channel_id: now.goal.channel.to_string(),
            name: now.goal.channel_name.and_then(Shown::some),
            number: now.goal.number.as_deref().map(numbers::written),
            begun_at: seconds(now.goal.begun_at),
            steps: now.steps.into_iter().map(GoalStepView::of).collect(),
            is_reached: now.is_reached,
            verdict: now.verdict.as_ref().map(VerdictView::of),
            new_key: now.new_key.as_ref().map(KeyView::of),
            earlier_keys: now.earlier_keys.iter().map(KeyView::of).collect(),
            webhook: now.webhook.map(WebhooksWas::of),
        }
    }
}

impl GoalStepView {
    fn of((step, stands): (GoalStep, Stands)) -> Self {
        let (stands, why) = match stands {
            Stands::Done => (StandsWord::Done, None),
            Stands::ByHand => (StandsWord::ByHand, None),
            Stands::Next => (StandsWord::Next, None),
            Stands::Later => (StandsWord::Later, None),
            Stands::Not(why) => (StandsWord::Not, Some(why.into())),
        };
        Self { step: step.into(), stands, why }
    }
}

macro_rules! both_ways {
    ($core:ident, $word:ident: $($variant:ident),*) => {
        impl From<$core> for $word {
            fn from(it: $core) -> Self {
                match it { $($core::$variant => Self::$variant),* }
            }
        }

        impl From<$word> for $core {
            fn from(it: $word) -> Self {
                match it { $($word::$variant => Self::$variant),* }
            }
        }
    };
}

both_ways!(GoalKind, GoalWord: LetIn, LockOut, Leaked);
both_ways!(
    GoalStep, StepWord:
    GivePermission, TellPartner, RemovePermission, MakeKey, KeepKey, TestKey, EarlierIsDead, SetWebhook, PutInPlace,
    GiveBack
);

impl From<WhyNot> for StepWhyNot {
    fn from(why: WhyNot) -> Self {
        match why {
            WhyNot::NoPartner => Self::NoPartner,
            WhyNot::KnownToBeRefused => Self::KnownToBeRefused,
            WhyNot::OutcomeOpen => Self::OutcomeOpen,
            WhyNot::NewKeyRefused => Self::NewKeyRefused,
            WhyNot::OtherNumber => Self::OtherNumber,
            WhyNot::NotHere => Self::NotHere,
            WhyNot::NothingToTest => Self::NothingToTest,
            WhyNot::StillWorks => Self::StillWorks,
            WhyNot::NothingNoted => Self::NothingNoted,
        }
    }
}
