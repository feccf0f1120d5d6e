//! A visit to 360dialog's own page, and what is known afterwards.

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use time::OffsetDateTime;

use channel_keys_core::app::{AfterPage, Away, Holds, PageRow, PageSaid, ReturnRefused};
use channel_keys_core::permission_page::NotAReturn;

use super::{PermissionWord, Seconds, seconds, view, words};
use crate::failure::Failure;
use crate::os::door::Closed;

view! {
    /// Somebody is on the way to 360dialog's page.
    pub struct AwayView {
        /// The link that leads there, in full.
        pub link: String,
        /// The partner's id that is in it.
        pub partner_id: String,
        /// The Hub did not tell who the partner is: a link said so.
        pub by_link: bool,
        /// Until when the browser comes back by itself; none where it does not.
        pub until: Option<Seconds>,
        /// Whether the browser was asked to open it.
        pub opened: bool,
        /// With what one signs in there, in practice.
        pub practice: Option<PracticePass>,
    }
}

view! {
    /// What opens an invented account, and nothing else.
    pub struct PracticePass {
        /// Its address.
        pub email: String,
        /// Its password, which is no secret.
        pub password: String,
    }
}

/// The browser does not come back by itself any more.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct PageVisitEnded {
    /// Whether it came back; else its time was up.
    pub answered: bool,
}

words! {
    /// Why an address is none with which a visit ends.
    pub enum ReturnRefusedWord {
        /// Nobody is on the way.
        NoVisit,
        /// It does not carry the visit's one-time word.
        NoState,
        /// It carries another one.
        OtherState,
        /// One came back already.
        Answered,
        /// Nothing was pasted.
        Empty,
        /// It is too long.
        TooLong,
        /// It is no address that comes back from there.
        NotAReturn,
    }
}

words! {
    /// What the page said.
    pub enum PageSaidWord {
        /// Nothing came back.
        Nothing,
        /// What came back can't be read.
        Unreadable,
        /// It was there for another client.
        OtherClient,
        /// It told.
        Told,
    }
}

words! {
    /// What holds for a number after the page was visited.
    pub enum HoldsWord {
        /// The page said so, and the Hub too.
        AsSaid,
        /// The page said so, and the Hub did not tell.
        PageOnly,
        /// The Hub says otherwise than the page.
        Otherwise,
        /// The page said nothing, and the Hub says otherwise than before.
        Changed,
        /// The page said nothing, and the Hub says no other than before.
        HubAlone,
        /// Nobody told.
        NotTold,
    }
}

view! {
    /// A number after the page was visited.
    pub struct PageRowView {
        /// Which.
        pub channel_id: String,
        /// What the page said of it.
        pub page: PermissionWord,
        /// What the Hub says now.
        pub now: PermissionWord,
        /// What that comes to.
        pub holds: HoldsWord,
    }
}

view! {
    /// What is known after the page was visited.
    pub struct AfterPageView {
        /// What the page said.
        pub said: PageSaidWord,
        /// For which client it was there, where that is another.
        pub other_client: Option<String>,
        /// The numbers of which something is to be said.
        pub rows: Vec<PageRowView>,
        /// What it named that is none of the client's.
        pub strangers: Vec<String>,
        /// Of how many numbers the Hub does not tell the permission.
        pub not_told: u32,
        /// When the Hub was asked; none where it could not be.
        pub asked_at: Option<Seconds>,
        /// Why it could not be asked.
        pub not_asked: Option<Failure>,
    }
}

impl AwayView {
    /// Somebody on the way, whose door is open until then.
    pub fn of(away: &Away, until: OffsetDateTime, opened: bool, practice: Option<PracticePass>) -> Self {
        Self {
            link: away.link.clone(),
            partner_id: away.partner.0.clone(),
            by_link: away.by_link,
            until: away.leads_back.then(|| seconds(until)),
            opened,
            practice,
        }
    }
}

impl PageVisitEnded {
    /// Why a door was closed, as the pages see it.
    pub fn of(why: Closed) -> Self {
        Self { answered: why == Closed::Answered }
    }
}

impl From<ReturnRefused> for ReturnRefusedWord {
    fn from(why: ReturnRefused) -> Self {
        match why {
            ReturnRefused::NoVisit => Self::NoVisit,
            ReturnRefused::NoState => Self::NoState,
            ReturnRefused::OtherState => Self::OtherState,
            ReturnRefused::Answered => Self::Answered,
            ReturnRefused::NotAReturn(NotAReturn::Empty) => Self::Empty,
            ReturnRefused::NotAReturn(NotAReturn::TooLong) => Self::TooLong,
            ReturnRefused::NotAReturn(_) => Self::NotAReturn,
        }
    }
}

impl AfterPageView {
    /// What is known, as the pages see it.
    pub fn of(after: &AfterPage) -> Self {
        let (said, other_client) = match &after.said {
            PageSaid::Nothing => (PageSaidWord::Nothing, None),
            PageSaid::Unreadable(_) => (PageSaidWord::Unreadable, None),
            PageSaid::OtherClient(client) => (PageSaidWord::OtherClient, Some(client.to_string())),
            PageSaid::Told => (PageSaidWord::Told, None),
        };
        let (asked_at, not_asked) = match &after.asked {
            Ok(at) => (Some(seconds(*at)), None),
            Err(error) => (None, Some(Failure::from(error))),
        };
        Self {
            said,
            other_client,
            rows: after.rows.iter().map(PageRowView::of).collect(),
            strangers: after.strangers.iter().map(ToString::to_string).collect(),
            not_told: after.not_told.try_into().unwrap_or(u32::MAX),
            asked_at,
            not_asked,
        }
    }
}

impl PageRowView {
    fn of(row: &PageRow) -> Self {
        Self {
            channel_id: row.channel.to_string(),
            page: row.page.into(),
            now: row.now.into(),
            holds: match row.holds {
                Holds::AsSaid => HoldsWord::AsSaid,
                Holds::PageOnly => HoldsWord::PageOnly,
                Holds::Otherwise => HoldsWord::Otherwise,
                Holds::Changed => HoldsWord::Changed,
                Holds::HubAlone => HoldsWord::HubAlone,
                Holds::NotTold => HoldsWord::NotTold,
            },
        }
    }
}
