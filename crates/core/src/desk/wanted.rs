//! Clients that somebody wants to be asked about again.

use std::collections::{HashSet, VecDeque};

use crate::channel::ClientId;

/// Clients in the order in which they are to be asked about, none of them twice.
#[derive(Default)]
pub(super) struct Wanted {
    /// With some that do not wait any more.
    order: VecDeque<ClientId>,
    waiting: HashSet<ClientId>,
}

impl Wanted {
    pub(super) fn add(&mut self, client: ClientId) {
        if self.waiting.insert(client.clone()) {
            self.order.push_back(client);
        }
    }

    pub(super) fn add_first(&mut self, client: ClientId) {
        if self.waiting.insert(client.clone()) {
            self.order.push_front(client);
        }
    }

    /// The first that is free; the others keep their places.
    pub(super) fn next(&mut self, is_free: impl Fn(&ClientId) -> bool) -> Option<ClientId> {
        let mut busy = Vec::new();
        let mut next = None;
        while let Some(client) = self.order.pop_front() {
            if !self.waiting.contains(&client) {
                continue;
            }
            if is_free(&client) {
                self.waiting.remove(&client);
                next = Some(client);
                break;
            }
            busy.push(client);
        }
        for client in busy.into_iter().rev() {
            self.order.push_front(client);
        }
        next
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn has(&self, client: &ClientId) -> bool {
        self.waiting.contains(client)
    }

    /// How many wait of which it is true.
    pub(super) fn count(&self, is_meant: impl Fn(&ClientId) -> bool) -> usize {
        self.waiting.iter().filter(|client| is_meant(client)).count()
    }

    /// This one does not wait any more.
    pub(super) fn take(&mut self, client: &ClientId) {
        self.waiting.remove(client);
    }

    /// Those that it is true of do not wait any more.
    pub(super) fn let_go(&mut self, is_meant: impl Fn(&ClientId) -> bool) {
        self.waiting.retain(|client| !is_meant(client));
    }
}
