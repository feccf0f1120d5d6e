//! Where a link from outside leads.

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

use channel_keys_core::app::{ChannelKeys, Led, WaitsFor};
use channel_keys_core::link::Refused;

use super::{Seconds, seconds, view, words};

view! {
    /// Where the last link leads now.
    pub enum LinkView {
        /// There is none.
        Nowhere,
        /// It is not followed. What it said is not told.
        Refused {
            /// Why.
            why: RefusedWord,
        },
        /// It waits.
        Waits {
            /// To open this channel; none where a partner asks for something.
            channel_id: Option<String>,
            /// For this.
            what_for: WaitsForWord,
            /// It is dropped at this time.
            until: Seconds,
            /// A notification leads there, and no link.
            notice: bool,
        },
        /// The channel can be opened.
        Opens {
            /// Which.
            channel_id: String,
            /// A notification leads there, and no link.
            notice: bool,
            /// It told of other channels too.
            several: bool,
        },
        /// A partner asks for something, which can be read now.
        Asks,
        /// A partner asks for something, and here is nobody whom it could be asked.
        AsksClients,
        /// The channel is not in the list.
        NotListed {
            /// Which.
            channel_id: String,
            /// A notification leads there, and no link.
            notice: bool,
        },
    }
}

words! {
    /// Why a link is not followed.
    pub enum RefusedWord {
        /// It is too long.
        TooLong,
        /// It is none of this program's.
        NotOurs,
        /// It has characters that no link has.
        OddCharacters,
        /// It leads to what this version does not know.
        NotKnown,
        /// It brings more along than the way to a channel.
        BringsMore,
        /// It names no channel.
        NoChannel,
        /// It could hold a key.
        CouldBeKey,
        /// It asks for a permission in a form that is not read.
        OddRequest,
    }
}

words! {
    /// What a link waits for.
    pub enum WaitsForWord {
        /// Somebody to sign in.
        SignIn,
        /// Somebody to say for which client.
        Client,
        /// The program to be unlocked.
        Unlock,
        /// The list to be read.
        List,
    }
}

/// A link came.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct LinkCame {
    /// Where it leads.
    pub link: LinkView,
}

impl LinkView {
    /// Where the last link leads now.
    pub fn of(app: &ChannelKeys) -> Self {
        let told_of = app.is_led_by_notice();
        let notice = told_of.is_some();
        match app.led() {
            Led::Nowhere => LinkView::Nowhere,
            Led::Refused(why) => LinkView::Refused { why: why.into() },
            Led::Waits { channel, what_for, until } => LinkView::Waits {
                channel_id: channel.map(|channel| channel.0),
                what_for: what_for.into(),
                until: seconds(until),
                notice,
            },
            Led::Opens(channel) => LinkView::Opens {
                channel_id: channel.0,
                notice,
                several: told_of.is_some_and(|channels| channels > 1),
            },
            Led::Asks => LinkView::Asks,
            Led::AsksClients => LinkView::AsksClients,
            Led::NotListed(channel) => LinkView::NotListed { channel_id: channel.0, notice },
        }
    }
}

impl From<WaitsFor> for WaitsForWord {
    fn from(what_for: WaitsFor) -> Self {
        match what_for {
            WaitsFor::SignIn => WaitsForWord::SignIn,
            WaitsFor::Client => WaitsForWord::Client,
            WaitsFor::Unlock => WaitsForWord::Unlock,
            WaitsFor::List => WaitsForWord::List,
        }
    }
}

impl From<Refused> for RefusedWord {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooLong => RefusedWord::TooLong,
            Refused::NotOurs => RefusedWord::NotOurs,
            Refused::OddCharacters => RefusedWord::OddCharacters,
            Refused::NotKnown => RefusedWord::NotKnown,
            Refused::BringsMore => RefusedWord::BringsMore,
            Refused::NoChannel => RefusedWord::NoChannel,
            Refused::CouldBeKey => RefusedWord::CouldBeKey,
            Refused::OddRequest => RefusedWord::OddRequest,
        }
    }
}
