//! A list that comes in pages, read to its end.

use std::collections::HashSet;
use std::hash::Hash;

use channel_keys_core::hub::{Listed, Short};

use crate::wire::Page;

/// The longest list that is read (ours), so that a Hub that never ends its list does not either.
const MOST_PAGES: usize = 200;
/// How often a list is begun anew because it changed while it was read (ours).
const MOST_RESTARTS: usize = 3;

/// Asks for page after page: where the next one begins, and what it brought.
pub(crate) struct WholeList<T, K> {
    key: fn(&T) -> K,
    items: Vec<T>,
    known: HashSet<K>,
    offset: usize,
    total: Option<usize>,
    /// How many entries could not be read.
    unread: usize,
    pages: usize,
    restarts: usize,
    ended: bool,
}

impl<T, K: Eq + Hash> WholeList<T, K> {
    /// A list of which nothing was read. The key tells its items apart.
    pub(crate) fn new(key: fn(&T) -> K) -> Self {
        let (items, known) = (Vec::new(), HashSet::new());
        Self { key, items, known, offset: 0, total: None, unread: 0, pages: 0, restarts: 0, ended: false }
    }

    /// Where the next page begins; none at the end.
    pub(crate) fn next(&self) -> Option<usize> {
        (!self.ended && self.pages < MOST_PAGES).then_some(self.offset)
    }

    /// Takes the page that was asked for.
    pub(crate) fn take(&mut self, page: Page<T>) {
        self.pages += 1;
        if self.changed_meanwhile(&page) {
            *self = Self { pages: self.pages, restarts: self.restarts + 1, ..Self::new(self.key) };
            return;
        }
        self.offset += page.entries;
        self.total = page.total;
        self.unread += page.entries - page.items.len();
        let before = self.items.len();
        for item in page.items {
            // What moved between two pages while they were read comes twice.
            if self.known.insert((self.key)(&item)) {
                self.items.push(item);
            }
        }
        // Where the total is not told, the list ends with the first page that brings nothing new.
        let nothing_new = self.items.len() == before;
        self.ended = page.total.map_or(nothing_new, |total| page.entries == 0 || self.offset >= total);
    }

    /// Where something went away, what stood behind it moved up, past the place where the next page began.
    fn changed_meanwhile(&self, page: &Page<T>) -> bool {
        self.offset > 0 && page.total != self.total && self.restarts < MOST_RESTARTS
    }

    /// All that was read, each item once.
    pub(crate) fn listed(self) -> Listed<T> {
        // What could not be read is there all the same, whatever total is announced.
        let total = self.total.unwrap_or_default().max(self.items.len() + self.unread);
        Listed { short: Short::of(Some(total), self.items.len()), items: self.items }
    }
}
