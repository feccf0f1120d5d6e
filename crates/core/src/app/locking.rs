//! Locking: the session and what was read with it leave memory, and whoever was at work signs in again.

use super::{ChannelKeys, LeftDesk, State};
use crate::records::KeyState;
use crate::session::{Locked, LockedPlace, Session};

impl ChannelKeys {
    /// Locks, as soon as the key that is being made is there. Of keys, memory holds on to those alone that lie nowhere
    /// else. What this computer remembers of an account is closed: it opened without a password, and does again.
    pub fn lock(&self) {
        let left = {
            let mut state = self.state();
            if !state.being_made.is_empty() {
                state.lock_next = true;
                return;
            }
            state.lock()
        };
        left.close();
    }

    /// Whether the program is locked.
    pub fn is_locked(&self) -> bool {
        matches!(self.state().session, Session::Locked(_))
    }

    /// Whether there is anything that locking would hide.
    pub fn may_lock(&self) -> bool {
        !matches!(self.state().session, Session::SignedOut | Session::Locked(_))
    }
}

impl State {
    pub(super) fn lock(&mut self) -> LeftDesk {
        self.lock_next = false;
        self.held.retain(|_, held| held.record.state == KeyState::InMemory);
        let session = match std::mem::take(&mut self.session) {
            Session::Client(at_work) => Session::Locked(Locked {
                person: at_work.person,
                place: LockedPlace::Client(at_work.client),
                rank: at_work.rank,
                key_waits: !self.held.is_empty(),
            }),
            // Nobody but who made the key may come to it.
            Session::Partner(at_desk) if !self.held.is_empty() => Session::Locked(Locked {
                person: at_desk.person_or_partner(),
                place: LockedPlace::Desk {
                    by_key: at_desk.person.is_none(),
                    partner: at_desk.caller.partner,
                },
                rank: at_desk.rank,
                key_waits: true,
            }),
            Session::Locked(locked) => Session::Locked(locked),
            _ => Session::SignedOut,
        };
        self.until = None;
        self.begin(session)
    }
}
