//! The webhook around the replacing of a key. Its address and headers never cross to a page, but for the host.

use serde::Serialize;
use specta::Type;

use channel_keys_core::hub::HubError;
use channel_keys_core::webhook::{Was, WebhookBefore, WebhookStands};

use super::{Seconds, seconds, view};
use crate::failure::Failure;

view! {
    /// A webhook that was read, as far as it may be told.
    pub struct WebhookWas {
        /// The host of its address.
        pub host: String,
        /// How many headers it had.
        pub headers: u32,
        /// When it was read.
        pub read_at: Seconds,
    }
}

view! {
    /// What is known of the webhook before a key is replaced.
    pub enum WebhookBeforeView {
        /// It was read, and goes into the keychain before the key is asked for.
        Read {
            /// What it is.
            was: WebhookWas,
        },
        /// An earlier change cleared it, and it still waits to be set again.
        WaitsSince {
            /// What it was.
            was: WebhookWas,
        },
        /// The number has none.
        NotSet,
        /// No key of this number lies here to ask with.
        NoKey,
        /// The keychain is not open.
        KeychainNotOpen,
        /// The key that lies here does not work.
        KeyDoesNotWork,
        /// The messaging host did not tell.
        CouldNotAsk,
    }
}

view! {
    /// How the webhook stands after a key was replaced.
    pub enum WebhookStandsView {
        /// It was not read before.
        NothingNoted,
        /// None was set before.
        NoneBefore,
        /// It is as it was before.
        AsBefore {
            /// Its host.
            host: String,
        },
        /// What was noted was let go.
        LetGo,
        /// It is not as it was before.
        Differs {
            /// What it was.
            was: WebhookWas,
            /// The host that is set now.
            now: Option<String>,
        },
        /// No key lies here that could ask.
        NoKey {
            /// What it was.
            was: WebhookWas,
        },
        /// The key that lies here does not work.
        KeyDoesNotWork {
            /// What it was.
            was: WebhookWas,
        },
        /// The messaging host did not tell.
        CouldNotAsk {
            /// What it was.
            was: WebhookWas,
            /// Why.
            why: Failure,
        },
        /// What was noted is not in the keychain any more.
        Gone {
            /// What it was.
            was: WebhookWas,
        },
    }
}

view! {
    /// What came of setting the webhook again.
    pub struct WebhookSetView {
        /// How it stands now.
        pub stands: WebhookStandsView,
        /// What stood in the way.
        pub why: Option<Failure>,
    }
}

impl WebhookWas {
    /// A webhook that was read.
    pub fn of(was: Was) -> Self {
        Self { host: was.host, headers: was.headers, read_at: seconds(was.read_at) }
    }
}

impl WebhookBeforeView {
    /// What is known before a key is replaced.
    pub fn of(before: WebhookBefore) -> Self {
        match before {
            WebhookBefore::Read(was) => Self::Read { was: WebhookWas::of(was) },
            WebhookBefore::WaitsSince(was) => Self::WaitsSince { was: WebhookWas::of(was) },
            WebhookBefore::NotSet => Self::NotSet,
            WebhookBefore::NoKey => Self::NoKey,
            WebhookBefore::KeychainNotOpen => Self::KeychainNotOpen,
            WebhookBefore::KeyDoesNotWork => Self::KeyDoesNotWork,
            WebhookBefore::CouldNotAsk(_) => Self::CouldNotAsk,
        }
    }
}

impl WebhookStandsView {
    /// How it stands.
    pub fn of(stands: WebhookStands) -> Self {
        match stands {
            WebhookStands::NothingNoted => Self::NothingNoted,
            WebhookStands::NoneBefore => Self::NoneBefore,
            WebhookStands::AsBefore { host } => Self::AsBefore { host },
            WebhookStands::LetGo => Self::LetGo,
            WebhookStands::Differs { was, now } => Self::Differs { was: WebhookWas::of(was), now },
            WebhookStands::NoKey { was } => Self::NoKey { was: WebhookWas::of(was) },
            WebhookStands::KeyDoesNotWork { was } => Self::KeyDoesNotWork { was: WebhookWas::of(was) },
            WebhookStands::CouldNotAsk { was, why } => {
                Self::CouldNotAsk { was: WebhookWas::of(was), why: Failure::from(&why) }
            }
            WebhookStands::Gone { was } => Self::Gone { was: WebhookWas::of(was) },
        }
    }
}

impl WebhookSetView {
    /// What came of it.
    pub fn of((stands, why): (WebhookStands, Option<HubError>)) -> Self {
        Self { stands: WebhookStandsView::of(stands), why: why.as_ref().map(Failure::from) }
    }
}
