//! The support desk: all channels of all clients of a partner on one board, and what the desk does with them.
//!
//! The desk holds the reading half of the Hub alone ([`PartnerReads`]), which has no call that changes anything. One that
//! may write is another type, [`WritingDesk`].

mod anew;
mod board;
mod bulk;
mod by_key;
mod change;
mod checking;
mod diagnosis;
mod find;
mod lately;
mod marks;
mod memory;
mod mishaps;
mod notes;
mod order;
mod permission;
mod picking;
mod reading;
mod saved;
mod seen;
mod telling;
mod wanted;
mod watching;
mod writing;

use std::sync::Arc;

use parking_lot::Mutex;
use time::OffsetDateTime;
use tokio::sync::{Notify, broadcast, watch};

use crate::access::{self, Facts, Side, Verdict};
use crate::channel::ChannelId;
use crate::clock::Clock;
use crate::desk_records::{AtPartner, DeskRecords};
use crate::fact::Fact;
use crate::hub::HubError;
use crate::partner_hub::{Caller, PartnerReads, Pass};
use crate::records::Realm;
use crate::state_lock::{StateGuard, StateLock};
use crate::times::between;

pub use board::{Board, Check, Client, Line};
pub use bulk::{BulkStanding, Outcome, Recheck, Rows};
pub use by_key::ByKey;
pub use change::{Change, Changed};
pub use checking::Checking;
pub use diagnosis::Case;
pub use marks::{MOST_WATCHED, WatchTrouble};
pub use memory::{MOST_CHANGES, Page};
pub use mishaps::{About, Call, Mishap};
pub use notes::{LONGEST_NOTE, LONGEST_TICKET, NoteText, NoteTrouble};
pub use order::{Column, Sort};
pub use permission::{Answers, Explained, Mentioned};
pub use picking::Which;
pub use reading::Reading;
pub use saved::Saved;
pub use watching::Watching;
pub use writing::{SealedWrites, WritingDesk};

use memory::Memory;
use order::Order;

/// The most lines that are handed out at once: no page shows more (ours).
pub const MOST_LINES: usize = 60;

/// How much news waits for who reads it slowly (ours).
const MOST_NEWS: usize = 64;

/// The support desk of one partner, for as long as somebody is signed in to it.
pub struct Desk {
    hub: Arc<dyn PartnerReads>,
    clock: Arc<dyn Clock>,
    caller: Mutex<Caller>,
    state: StateLock<State>,
    memory: Arc<Memory>,
    /// Who is at the desk, to be named in notes.
    by: Option<String>,
    changed: watch::Sender<u64>,
    news: broadcast::Sender<Arc<[Change]>>,
    /// Wakes whoever leaves the Hub alone for a while: there may be no reason to wait any more.
    woken: Notify,
}

#[derive(Default)]
struct State {
    board: Board,
    partner_name: Fact<String>,
    reading: Reading,
    checking: checking::State,
    bulk: bulk::Bulk,
    mishaps: mishaps::Mishaps,
    watching: watching::State,
    order: Order,
    asked: permission::Asked,
    /// Nobody is at the desk any more: nothing is asked with what opened it.
    closed: bool,
}

/// What of the board is to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Which saved filter.
    pub saved: Saved,
    /// What was typed to search for.
    pub search: String,
    /// In which order; by how well it fits where something is searched for and no order is asked for.
    pub sort: Option<Sort>,
}

/// Some lines of the board, in the order that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// How many there are with this filter and search.
    pub total: usize,
    /// Those that were asked for, at most [`MOST_LINES`].
    pub lines: Vec<LineOnBoard>,
}

/// A line, with the client that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LineOnBoard {
    /// The line.
    pub line: Line,
    /// Whose channel it is, as far as told; shared by all of its rows.
    pub client: Option<Arc<Client>>,
}

/// How the desk stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The partner's name, where told.
    pub partner_name: Fact<String>,
    /// How many channels each saved filter has, in the order of [`Saved::ALL`].
    pub counts: Vec<usize>,
    /// How many clients there are.
    pub clients: usize,
    /// How far the list is read.
    pub reading: Reading,
    /// How far the permissions are asked for.
    pub checking: Checking,
    /// How far watching the marked channels is.
    pub watching: Watching,
    /// What is seen can't be remembered at present: the disk takes or gives nothing.
    pub forgets: bool,
    /// Counts the changes of the lines, in a circle: where it is another one, lines are to be looked at anew.
    pub version: u32,
}

/// How waiting until a time ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waited {
    /// The time has come, or there was no reason to wait any more.
    Whole,
    /// The clock was set back.
    SetBack,
}

impl Desk {
    /// A desk with an empty board. Asks nobody anything. What is noted there is noted as written by `by`.
    pub fn new(
        hub: Arc<dyn PartnerReads>,
        records: (Arc<dyn DeskRecords>, Realm),
        clock: Arc<dyn Clock>,
        caller: Caller,
        by: Option<String>,
    ) -> Self {
        let (records, realm) = records;
        let whose = AtPartner { realm, partner: caller.partner.clone() };
        Self {
            hub,
            clock,
            caller: Mutex::new(caller),
            state: StateLock::default(),
            memory: Arc::new(Memory::new(records, whose)),
            by,
            changed: watch::Sender::new(0),
            news: broadcast::Sender::new(MOST_NEWS),
            woken: Notify::new(),
        }
    }

    /// Goes on with another session of the same account, where the one before has ended.
    pub(crate) fn renew(&self, pass: Pass) {
        self.caller.lock().pass = pass;
        self.state().watching.renewed();
        self.woken.notify_waiters();
    }

    /// Closes the desk: nothing is asked any more, and what opened it is let go.
    pub(crate) fn close(&self) {
        {
            let mut state = self.state();
            state.closed = true;
            state.checking.stop();
        }
        self.keep_the_last();
        self.woken.notify_waiters();
    }

    fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Waits until a time, or until there is no reason to any more. Where the clock was set back meanwhile, nobody can
    /// tell how much is left: then it waits no longer, and says so.
    async fn wait_until(&self, until: OffsetDateTime, in_vain: impl Fn(&State) -> bool) -> Waited {
        loop {
            let mut woken = std::pin::pin!(self.woken.notified());
            woken.as_mut().enable();
            let begun = self.now();
            let left = between(begun, until);
            if !left.is_positive() || in_vain(&self.state()) {
                return Waited::Whole;
            }
            tokio::select! {
                () = self.clock.wait(left.unsigned_abs()) => {}
                () = woken => {}
            }
            if self.now() < begun {
                return Waited::SetBack;
            }
        }
    }

    fn caller(&self) -> Caller {
        self.caller.lock().clone()
    }

    /// Tells each time when something on the desk has changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Tells what changed at channels, as it is found out.
    pub fn news(&self) -> broadcast::Receiver<Arc<[Change]>> {
        self.news.subscribe()
    }

    /// Something beside the desk that its pages show is otherwise than before.
    pub fn stands_otherwise(&self) {
        self.tell();
    }

    /// Whether anybody is told already.
    pub fn is_watched(&self) -> bool {
        self.changed.receiver_count() > 0
    }

    /// How the desk stands.
    pub fn standing(&self) -> Standing {
        let today = self.clock.day_began();
        let mut state = self.state();
        state.board.day_began(today);
        Standing {
            partner_name: state.partner_name.clone(),
            counts: state.board.counts(),
            clients: state.board.clients(),
            reading: state.reading.clone(),
            checking: state.checking.seen(&state.board),
            watching: state.watching.seen(state.board.watched.len()),
            forgets: self.forgets(),
            #[expect(clippy::cast_possible_truncation, reason = "it counts in a circle")]
            version: state.board.version() as u32,
        }
    }

    /// Some lines of the board. The clients on them are asked about first.
    pub fn lines(&self, look: &Look, from: usize, count: usize) -> Lines {
        let today = self.clock.day_began();
        let mut state = self.state();
        let State { board, order, checking, .. } = &mut *state;
        board.day_began(today);
        let all = order.of(board, look);
        let total = all.len();
        let shown = all.iter().skip(from).take(count.min(MOST_LINES));
        let lines: Vec<LineOnBoard> = shown.filter_map(|at| board.on_board(*at as usize)).collect();
        checking.look_at(&lines);
        Lines { total, lines }
    }

    /// One line.
    pub fn line(&self, channel: &ChannelId) -> Option<LineOnBoard> {
        let state = self.state();
        state.board.position(channel).and_then(|at| state.board.on_board(at))
    }

    /// At which place a look shows a channel; none where it does not show it.
    pub fn place(&self, look: &Look, channel: &ChannelId) -> Option<usize> {
        let today = self.clock.day_began();
        let mut state = self.state();
        let State { board, order, .. } = &mut *state;
        board.day_began(today);
        let at = board.position(channel)?;
        order.of(board, look).iter().position(|shown| *shown as usize == at)
    }

    /// Whether a channel is on the board; not told where it is not, and the list was not read to its end.
    pub fn lists(&self, channel: &ChannelId) -> Fact<bool> {
        let State { board, reading, .. } = &*self.state();
        if board.position(channel).is_some() {
            return Fact::Told(true);
        }
        let is_read = reading.read_at.is_some()
            && reading.under_way.is_none()
            && reading.failed.is_none()
            && reading.short.is_none();
        if is_read { Fact::Told(false) } else { Fact::NotTold }
    }

    fn state(&self) -> StateGuard<'_, State> {
        self.state.lock()
    }

    fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

impl LineOnBoard {
    /// Whether a key can be made for it from this side, why not, and who does what next. Who pays is not told here.
    pub fn verdict(&self) -> Verdict {
        access::decide(
            Side::Partner,
            Facts {
                running: self.line.channel.live_and_running(),
                // It stands in the partner's own list.
                has_partner: Fact::Told(true),
                payer: Fact::NotTold,
                permission: self.line.check.permission(),
            },
        )
    }

    /// The same from the client's side.
    pub fn verdict_of_client(&self) -> Verdict {
        let facts = self.verdict().facts;
        access::decide(Side::Client, facts)
    }

    /// Why the permission could not be asked for when it last was, if it could not.
    pub fn trouble(&self) -> Option<&HubError> {
        self.client.as_ref().and_then(|client| client.trouble.as_ref())
    }
}
