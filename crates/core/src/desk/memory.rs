//! What the desk remembers on disk. A disk that takes nothing never stops the desk: what was seen waits for the next
//! try, and the desk says so.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use time::{Duration, OffsetDateTime};

use super::change::{Change, Changed};
use super::{Desk, State};
use crate::channel::ChannelId;
use crate::desk_records::{AtPartner, DeskRecords, KeptChange, LastSeen, Note, Sightings};
use crate::records::RecordsError;
use crate::state_lock::none_is_held;
use crate::times::{earlier, later};

/// The most changes that are handed out at once: no page shows more (ours).
pub const MOST_CHANGES: usize = 50;

/// How many facts wait before they are written while permissions are asked for (ours): each writing waits for the disk.
const WRITTEN_TOGETHER: usize = 400;

/// The way to the disk, and what waits to be written.
pub(super) struct Memory {
    records: Arc<dyn DeskRecords>,
    pub(super) whose: AtPartner,
    waiting: Mutex<Sightings>,
    /// Whether nothing is written any more. Held while something is: what is newer is written later.
    closed: Mutex<bool>,
    loaded: AtomicBool,
    failed: AtomicBool,
}

/// Some of what changed at a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What changed, newest first, at most [`MOST_CHANGES`].
    pub changes: Vec<KeptChange>,
    /// Whether there is more that is older.
    pub more: bool,
}

type Loaded = (LastSeen, Vec<(ChannelId, OffsetDateTime)>, Vec<Note>);

impl Memory {
    pub(super) fn new(records: Arc<dyn DeskRecords>, whose: AtPartner) -> Self {
        Self {
            records,
            whose,
            waiting: Mutex::default(),
            closed: Mutex::default(),
            loaded: AtomicBool::new(false),
            failed: AtomicBool::new(false),
        }
    }

    pub(super) fn records(&self) -> &dyn DeskRecords {
        none_is_held();
        &*self.records
    }

    fn load(&self, since: OffsetDateTime) -> Result<Loaded, RecordsError> {
        let changed = self.records().changed_since(&self.whose, since)?;
        Ok((self.records().last_seen(&self.whose)?, changed, self.records().all_notes(&self.whose)?))
    }

    /// Writes all that waits. What the disk did not take waits on.
    fn write(&self) {
        none_is_held();
        if !self.loaded.load(Ordering::Acquire) {
            // What was seen before is not known yet, and must not be overwritten.
            return;
        }
        let closed = self.closed.lock();
        let seen = std::mem::take(&mut *self.waiting.lock());
        if *closed || seen.is_nothing() {
            return;
        }
        let written = self.records().write_sightings(&self.whose, &seen);
        self.failed.store(written.is_err(), Ordering::Release);
        if written.is_err() {
            let mut waiting = self.waiting.lock();
            let newer = std::mem::replace(&mut *waiting, seen);
            waiting.add(newer);
        }
    }

    /// Writes nothing more: whatever is still on its way may come after all was forgotten.
    fn close(&self) {
        *self.closed.lock() = true;
    }
}

impl Desk {
    /// Takes up what was seen before this session, where that was not done yet.
    pub(super) async fn remember(&self) {
        if self.memory.loaded.load(Ordering::Acquire) {
            return;
        }
        let (memory, since) = (self.memory.clone(), self.clock.day_began());
        let loaded = tokio::task::spawn_blocking(move || memory.load(since)).await;
        let Ok(Ok((last, changed, notes))) = loaded else {
            self.memory.failed.store(true, Ordering::Release);
            return;
        };
        let now = self.now();
        let mut state = self.state();
        let board = &mut state.board;
        for (channel, at) in changed {
            board.changed(&channel, at);
        }
        let mut noted: HashMap<ChannelId, Vec<Note>> = HashMap::new();
        for note in notes {
            noted.entry(note.channel.clone()).or_default().push(note);
        }
        for (channel, notes) in noted {
            board.take_notes(&channel, notes);
        }
        for channel in board.seen.load(last) {
            board.changed(&channel, now);
        }
        self.memory.loaded.store(true, Ordering::Release);
        self.memory.failed.store(false, Ordering::Release);
    }

    /// Writes what was seen, and tells what changed.
    pub(super) async fn keep(&self) {
        let news = self.to_keep(&mut self.state());
        let memory = self.memory.clone();
        let _ = tokio::task::spawn_blocking(move || memory.write()).await;
        self.send(news);
    }

    /// The same, once enough has come together to be worth a writing, or something changed.
    pub(super) async fn keep_some(&self) {
        let news = self.to_keep(&mut self.state());
        if news.is_empty() && self.memory.waiting.lock().count() < WRITTEN_TOGETHER {
            return;
        }
        let memory = self.memory.clone();
        let _ = tokio::task::spawn_blocking(move || memory.write()).await;
        self.send(news);
    }

    /// Writes what was seen a last time.
    pub(super) fn keep_the_last(&self) {
        self.keep_now();
        self.memory.close();
    }

    /// Writes what was seen before it goes on.
    fn keep_now(&self) {
        let news = self.to_keep(&mut self.state());
        self.memory.write();
        self.send(news);
    }

    fn to_keep(&self, state: &mut State) -> Vec<Change> {
        let seen = state.board.seen.unwritten();
        let news = seen.changes.clone();
        self.memory.waiting.lock().add(seen);
        news
    }

    fn send(&self, news: Vec<Change>) {
        if !news.is_empty() {
            // Nobody may be listening.
            let _ = self.news.send(news.into());
        }
    }

    /// Whether what is seen can't be remembered at present: the disk takes or gives nothing.
    pub(super) fn forgets(&self) -> bool {
        self.memory.failed.load(Ordering::Acquire)
    }

    /// What changed at a channel, newest first: older than the one with the id `before` where one is named.
    pub fn changes_of(&self, channel: &ChannelId, before: Option<i64>) -> Result<Page, RecordsError> {
        let memory = &self.memory;
        let mut changes = memory.records().changes(&memory.whose, channel, before, MOST_CHANGES + 1)?;
        let more = changes.len() > MOST_CHANGES;
        changes.truncate(MOST_CHANGES);
        Ok(Page { changes, more })
    }

    /// Forgets what was seen longer ago than it is kept. Before the desk is read, so that nothing is compared with what
    /// is not kept any more.
    pub async fn forget_old(&self, kept: Duration) {
        let (memory, before) = (self.memory.clone(), earlier(self.now(), kept));
        let pruned = tokio::task::spawn_blocking(move || memory.records().prune(before)).await;
        if !matches!(pruned, Ok(Ok(_))) {
            self.memory.failed.store(true, Ordering::Release);
        }
    }

    /// The same after each day for which the desk stays open.
    pub async fn forget_old_each_day(&self, kept: impl Fn() -> Duration) {
        loop {
            self.wait_until(later(self.now(), Duration::days(1)), |state| state.closed).await;
            if self.is_closed() {
                return;
            }
            self.forget_old(kept()).await;
        }
    }

    /// Takes in what tells a channel's keys apart, where the Hub lists them.
    pub async fn saw_keys(&self, channel: &ChannelId, marks: &[String]) {
        {
            let (now, mut state) = (self.now(), self.state());
            if state.board.seen.take_keys(channel, marks, now) {
                state.board.changed(channel, now);
            }
        }
        self.keep().await;
        self.tell();
    }

    /// Notes that this program itself just changed something at a channel: when the Hub tells so, it is known that
    /// nobody else did.
    pub fn did_here(&self, channel: &ChannelId, what: Changed) {
        let now = self.now();
        self.state().board.seen.did_here(channel, what, now);
        self.keep_now();
    }
}
