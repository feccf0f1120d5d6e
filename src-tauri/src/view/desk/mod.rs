//! The support desk: the board, its filters, and one channel with its verdict.

mod bulk;
mod by_key;
mod columns;
mod diagnosis;
mod history;
mod notes;
mod permission;
mod watching;
mod writing;

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use channel_keys_core::channel::{Actor, Status};
use channel_keys_core::desk::{Column, LineOnBoard, Lines, Look, Saved, Sort, Standing};

use super::{
    ActorWord, PermissionWord, Seconds, ShortView, Shown, StateView, VerdictView, seconds, view, words,
};
use crate::failure::{Code, Failure};
use crate::numbers;

pub use bulk::*;
pub use by_key::*;
pub use columns::*;
pub use diagnosis::*;
pub use history::*;
pub use notes::*;
pub use permission::*;
pub use watching::WatchingView;
pub use writing::*;

view! {
    /// How the desk stands.
    pub struct DeskView {
        /// The partner's name.
        pub partner_name: Option<Shown>,
        /// The saved filters, with how many channels each has.
        pub saved: Vec<SavedCount>,
        /// How many clients there are.
        pub clients: u32,
        /// How far the list is read, while it is.
        pub reading: Option<ReadingView>,
        /// When the list was last read to its end.
        pub read_at: Option<Seconds>,
        /// Why it could not be read to its end.
        pub failed: Option<Failure>,
        /// Fewer channels came than the Hub announced.
        pub short: Option<ShortView>,
        /// The same of the clients.
        pub clients_short: Option<ShortView>,
        /// How far the permissions are asked for.
        pub checking: CheckingView,
        /// Why what is seen can't be remembered at present.
        pub forgets: Option<Failure>,
        /// How far watching the marked channels is.
        pub watching: WatchingView,
        /// Counts the changes of the lines, in a circle.
        pub version: u32,
    }
}

view! {
    /// How far the list is read.
    pub struct ReadingView {
        /// How many channels came.
        pub came: u32,
        /// How many there are in all.
        pub total: Option<u32>,
    }
}

view! {
    /// How far the permissions are asked for.
    pub struct CheckingView {
        /// Whether it goes on.
        pub under_way: bool,
        /// How many clients are to be asked about.
        pub clients_to_go: u32,
        /// Until when the Hub asked to be left alone.
        pub waits_until: Option<Seconds>,
        /// Why it ended before its time.
        pub stopped: Option<Failure>,
        /// How many clients could not be asked about.
        pub failed: u32,
    }
}

view! {
    /// A saved filter, and how many channels it has.
    pub struct SavedCount {
        /// Which.
        pub saved: SavedWord,
        /// How many.
        pub count: u32,
    }
}

/// A saved filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SavedWord {
    /// All channels.
    All,
    /// Running, and the permission is missing.
    RunningButMissing,
    /// Known not to run.
    NotRunning,
    /// In error.
    InError,
    /// About to end.
    PendingDeletion,
    /// Rated low.
    LowQuality,
    /// With words that this program does not know.
    UnknownWords,
    /// Told otherwise than before, today.
    ChangedToday,
    /// The permission was not told yet.
    NotChecked,
    /// Marked to be watched.
    Watched,
}

/// What the board is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ColumnWord {
    /// The client's name.
    Client,
    /// The number.
    Number,
    /// The channel's name.
    Name,
    /// Its state.
    State,
    /// The partner permission.
    Permission,
    /// How many people it may write to.
    Limit,
    /// Meta's rating.
    Quality,
    /// Whether 360dialog serves it.
    HubStatus,
    /// When it was last seen.
    Seen,
    /// Whether its number can send.
    Health,
    /// Where its messages are delivered.
    Webhook,
}

/// What of the board is to be shown.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LookView {
    /// Which saved filter.
    pub saved: SavedWord,
    /// What was typed.
    pub search: String,
    /// By what it is sorted; by how well it fits where nothing is said.
    pub sort: Option<SortView>,
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SortView {
    /// By what.
    pub by: ColumnWord,
    /// From the end.
    pub descending: bool,
}

view! {
    /// Some lines of the board.
    pub struct LinesView {
        /// How many there are with this filter and search.
        pub total: u32,
        /// At which of them these begin.
        pub from: u32,
        /// The lines, 60 at the most.
        pub lines: Vec<LineView>,
    }
}

view! {
    /// A channel on the board.
    pub struct LineView {
        /// Its id.
        pub id: String,
        /// The client's name.
        pub client_name: Option<Shown>,
        /// The client's id.
        pub client_id: Option<String>,
        /// Its name.
        pub name: Option<Shown>,
        /// Its number as people write it.
        pub number: Option<String>,
        /// Its state.
        pub state: StateView,
        /// The partner permission; not told is "not checked yet".
        pub permission: PermissionWord,
        /// When the permission was told.
        pub checked_at: Option<Seconds>,
        /// Why the permission could not be asked for when it last was.
        pub trouble: Option<Failure>,
        /// How many people it may write to in 24 hours, in Meta's word.
        pub limit: Option<Shown>,
        /// Meta's rating.
        pub quality: Option<Shown>,
        /// Whether 360dialog serves it, in its own word.
        pub hub_status: Option<Shown>,
        /// When the Hub last said so.
        pub read_at: Seconds,
        /// Whether the Hub still lists it.
        pub listed: bool,
        /// Whether a person chose it.
        pub picked: bool,
        /// What was told of it by its key; none where its key does not lie here.
        pub by_key: Option<ByKeyView>,
        /// Whether it is marked to be watched.
        pub watched: bool,
        /// Whether people noted something on it.
        pub noted: bool,
    }
}

view! {
    /// All that the desk knows of a channel.
    pub struct DeskChannelView {
        /// What the board shows of it.
        pub line: LineView,
        /// At which place the board shows it; none where it does not, with this filter and search.
        pub place: Option<u32>,
        /// May the partner make a key, why not, and who does what next?
        pub partner: VerdictView,
        /// The same for the client.
        pub client: VerdictView,
        /// Where to write to the client.
        pub client_email: Option<String>,
        /// How far the set-up is, in the Hub's word.
        pub status: Option<Shown>,
        /// Who acts next on that.
        pub status_acts: ActorWord,
        /// Whether it is running.
        pub running: Option<bool>,
        /// Its id at Meta.
        pub external_id: Option<String>,
        /// Its WhatsApp Business Account.
        pub waba_id: Option<String>,
    }
}

words! {
    /// How the desk was opened.
    pub enum PassWord {
        /// With e-mail and password.
        Password,
        /// With the partner's API key.
        PartnerKey,
    }
}

/// Something on the desk changed.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct DeskChanged {
    /// How it stands.
    pub desk: DeskView,
}

fn count(amount: usize) -> u32 {
    amount.try_into().unwrap_or(u32::MAX)
}

impl DeskView {
    /// How the desk stands.
    pub fn of(standing: &Standing) -> Self {
        let Standing { partner_name, counts, clients, reading, checking, watching, forgets, version } =
            standing;
        Self {
            partner_name: partner_name.told().and_then(Shown::some),
            saved: Saved::ALL
                .into_iter()
                .zip(counts)
                .map(|(saved, amount)| SavedCount { saved: saved.into(), count: count(*amount) })
                .collect(),
            clients: count(*clients),
            reading: reading.under_way.map(|(came, total)| ReadingView {
                came: count(came),
                total: total.told().copied().map(count),
            }),
            read_at: reading.read_at.map(seconds),
            failed: reading.failed.as_ref().map(Failure::from),
            short: reading.short.map(ShortView::of),
            clients_short: reading.clients_short.map(ShortView::of),
            checking: CheckingView {
                under_way: checking.under_way,
                clients_to_go: count(checking.clients_to_go),
                waits_until: checking.waits_until.map(seconds),
                stopped: checking.stopped.as_ref().map(Failure::from),
                failed: count(checking.failed),
            },
            watching: WatchingView::of(watching),
            forgets: forgets.then(|| Failure::new(Code::RecordsOut)),
            version: *version,
        }
    }
}

impl LinesView {
    /// Some lines, the first of which is at `from`.
    pub fn of(lines: &Lines, from: u32) -> Self {
        Self { total: count(lines.total), from, lines: lines.lines.iter().map(LineView::of).collect() }
    }
}

impl LineView {
    fn of(on_board: &LineOnBoard) -> Self {
        let LineOnBoard { line, client } = on_board;
        let channel = &line.channel;
        Self {
            id: channel.id.to_string(),
            client_name: client.as_ref().and_then(|client| client.name.told().and_then(Shown::some)),
            client_id: line.client.told().map(ToString::to_string),
            name: channel.name.told().and_then(Shown::some),
            number: channel.number.told().map(|digits| numbers::written(digits)),
            state: StateView::of(channel),
            permission: line.check.permission().into(),
            checked_at: line.check.at().map(seconds),
            trouble: on_board.trouble().map(Failure::from),
            limit: channel.limit.told().and_then(Shown::some),
            quality: channel.quality.told().and_then(Shown::some),
            hub_status: channel.hub_status.told().map(|status| Shown::of(status.word())),
            read_at: seconds(line.read_at),
            listed: line.listed,
            picked: line.picked,
            by_key: line.by_key.as_deref().map(ByKeyView::of),
            watched: line.watched,
            noted: line.noted,
        }
    }
}

impl DeskChannelView {
    /// All that the desk knows of a channel, and the place at which the board shows it.
    pub fn of(on_board: &LineOnBoard, place: Option<usize>) -> Self {
        let channel = &on_board.line.channel;
        let status = channel.status.told();
        Self {
            line: LineView::of(on_board),
            place: place.map(count),
            partner: VerdictView::of(&on_board.verdict()),
            client: VerdictView::of(&on_board.verdict_of_client()),
            client_email: on_board.client.as_ref().and_then(|client| client.email.told().cloned()),
            status: status.map(|status| Shown::of(status.word())),
            status_acts: status.map_or(Actor::AskThreeSixtyDialog, Status::who_acts).into(),
            running: channel.running.told().copied(),
            external_id: channel.external_id.told().cloned(),
            waba_id: channel.waba_id.told().cloned(),
        }
    }
}

impl From<LookView> for Look {
    fn from(look: LookView) -> Self {
        let sort = look.sort.map(|sort| Sort { by: sort.by.into(), descending: sort.descending });
        Look { saved: look.saved.into(), search: look.search, sort }
    }
}

/// Writes a pair of `From`s between words on the two sides of the wall.
macro_rules! same_words {
    ($here:ident, $there:ident: $($word:ident),* $(,)?) => {
        impl From<$here> for $there {
            fn from(word: $here) -> Self {
                match word { $($here::$word => $there::$word),* }
            }
        }
        impl From<$there> for $here {
            fn from(word: $there) -> Self {
                match word { $($there::$word => $here::$word),* }
            }
        }
    };
}

same_words!(SavedWord, Saved: All, RunningButMissing, NotRunning, InError, PendingDeletion, LowQuality, UnknownWords, ChangedToday, NotChecked, Watched);
same_words!(ColumnWord, Column: Client, Number, Name, State, Permission, Limit, Quality, HubStatus, Seen, Health, Webhook);
