//! The webhooks around the replacing of a key. Addresses and headers never cross to a page, but for the hosts.

use serde::Serialize;
use specta::Type;

use channel_keys_core::webhook::{
    AddressRefused, SetAgain, Was, WasSet, WebhookBefore, WebhookNow, WebhookStands,
};

use super::{Seconds, Shown, seconds, view, words};
use crate::failure::Failure;

words! {
    /// Why 360dialog refuses a webhook's address.
    pub enum AddressRefusedWord {
        /// It does not begin with https.
        NotHttps,
        /// Its host has an underscore.
        Underscore,
        /// Its host is followed by a port.
        Port,
    }
}

view! {
    /// A number's webhooks that were read, as far as they may be told.
    pub struct WebhooksWas {
        /// The main one first, then the extra ones.
        pub webhooks: Vec<WebhookWas>,
        /// Whether these are all.
        pub complete: bool,
        /// When they were read.
        pub read_at: Seconds,
    }
}

view! {
    /// A webhook that was read, as far as it may be told.
    pub struct WebhookWas {
        /// The name of an extra one; the main one has none.
        pub name: Option<Shown>,
        /// The host of its address.
        pub host: String,
        /// How many headers it had.
        pub headers: u32,
        /// Why 360dialog refuses its address, where that is known.
        pub refused: Option<AddressRefusedWord>,
    }
}

view! {
    /// What is known of the webhooks before a key is replaced.
    pub enum WebhookBeforeView {
        /// They were read, and go into the keychain before the key is asked for.
        Read {
            /// What they are.
            was: WebhooksWas,
        },
        /// An earlier change cleared some, which still wait to be set again.
        WaitsSince {
            /// What they were.
            was: WebhooksWas,
        },
        /// The number itself has none.
        NotSet {
            /// Whether that holds for the extra ones too.
            complete: bool,
        },
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
    /// How the webhooks stand after a key was replaced.
    pub enum WebhookStandsView {
        /// They were not read before.
        NothingNoted,
        /// None was set before.
        NoneBefore {
            /// Whether that holds for the extra ones too.
            complete: bool,
        },
        /// All are as they were before.
        AsBefore {
            /// What they were.
            was: WebhooksWas,
        },
        /// What was noted was let go.
        LetGo,
        /// Not all are as they were before, as far as could be told.
        Differs {
            /// What they were.
            was: WebhooksWas,
            /// How each of them stands, in the same order.
            now: Vec<WebhookNowView>,
        },
        /// No key lies here that could ask.
        NoKey {
            /// What they were.
            was: WebhooksWas,
        },
        /// The key that lies here does not work.
        KeyDoesNotWork {
            /// What they were.
            was: WebhooksWas,
        },
        /// The messaging host did not tell.
        CouldNotAsk {
            /// What they were.
            was: WebhooksWas,
            /// Why.
            why: Failure,
        },
        /// What was noted is not in the keychain any more.
        Gone {
            /// What they were.
            was: WebhooksWas,
        },
    }
}

view! {
    /// How one webhook stands after a key was replaced.
    pub enum WebhookNowView {
        /// As it was before.
        AsBefore,
        /// It is not set.
        NotSet,
        /// Something else is set in its place.
        Other {
            /// The host that is set now.
            host: String,
        },
        /// It is set as before, and the extra webhooks are switched off.
        SwitchedOff,
        /// The messaging host did not tell.
        NotTold,
    }
}

view! {
    /// What came of setting the webhooks again.
    pub struct WebhookSetView {
        /// How they stand now.
        pub stands: WebhookStandsView,
        /// Those that were not set.
        pub not_set: Vec<WebhookNotSetView>,
    }
}

view! {
    /// A webhook that was not set again.
    pub struct WebhookNotSetView {
        /// Which, by its place in what was noted.
        pub at: u32,
        /// What stood in the way.
        pub why: Failure,
    }
}

impl WebhooksWas {
    /// Webhooks that were read.
    pub fn of(was: Was) -> Self {
        Self {
            webhooks: was.webhooks.into_iter().map(WebhookWas::of).collect(),
            complete: was.complete,
            read_at: seconds(was.read_at),
        }
    }
}

impl WebhookWas {
    fn of(was: WasSet) -> Self {
        Self {
            name: was.name.and_then(Shown::some),
            host: was.host,
            headers: was.headers,
            refused: was.refused.map(|why| match why {
                AddressRefused::NotHttps => AddressRefusedWord::NotHttps,
                AddressRefused::Underscore => AddressRefusedWord::Underscore,
                AddressRefused::Port => AddressRefusedWord::Port,
            }),
        }
    }
}

impl WebhookBeforeView {
    /// What is known before a key is replaced.
    pub fn of(before: WebhookBefore) -> Self {
        match before {
            WebhookBefore::Read(was) => Self::Read { was: WebhooksWas::of(was) },
            WebhookBefore::WaitsSince(was) => Self::WaitsSince { was: WebhooksWas::of(was) },
            WebhookBefore::NotSet { complete } => Self::NotSet { complete },
            WebhookBefore::NoKey => Self::NoKey,
            WebhookBefore::KeychainNotOpen => Self::KeychainNotOpen,
            WebhookBefore::KeyDoesNotWork => Self::KeyDoesNotWork,
            WebhookBefore::CouldNotAsk(_) => Self::CouldNotAsk,
        }
    }
}

impl WebhookStandsView {
    /// How they stand.
    pub fn of(stands: WebhookStands) -> Self {
        match stands {
            WebhookStands::NothingNoted => Self::NothingNoted,
            WebhookStands::NoneBefore { complete } => Self::NoneBefore { complete },
            WebhookStands::AsBefore { was } => Self::AsBefore { was: WebhooksWas::of(was) },
            WebhookStands::LetGo => Self::LetGo,
            WebhookStands::Differs { was, now } => Self::Differs {
                was: WebhooksWas::of(was),
                now: now.into_iter().map(WebhookNowView::of).collect(),
            },
            WebhookStands::NoKey { was } => Self::NoKey { was: WebhooksWas::of(was) },
            WebhookStands::KeyDoesNotWork { was } => Self::KeyDoesNotWork { was: WebhooksWas::of(was) },
            WebhookStands::CouldNotAsk { was, why } => {
                Self::CouldNotAsk { was: WebhooksWas::of(was), why: Failure::from(&why) }
            }
            WebhookStands::Gone { was } => Self::Gone { was: WebhooksWas::of(was) },
        }
    }
}

impl WebhookNowView {
    fn of(now: WebhookNow) -> Self {
        match now {
            WebhookNow::AsBefore => Self::AsBefore,
            WebhookNow::NotSet => Self::NotSet,
            WebhookNow::Other { host } => Self::Other { host },
            WebhookNow::SwitchedOff => Self::SwitchedOff,
            WebhookNow::NotTold => Self::NotTold,
        }
    }
}

impl WebhookSetView {
    /// What came of it.
    pub fn of(set: SetAgain) -> Self {
        let not_set = set.not_set.iter().map(|not| WebhookNotSetView {
            at: not.at.try_into().unwrap_or(u32::MAX),
            why: Failure::from(not.why.error()),
        });
        Self { not_set: not_set.collect(), stands: WebhookStandsView::of(set.stands) }
    }
}
