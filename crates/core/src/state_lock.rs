//! The lock around a state in memory. Whoever needs the state waits for who holds it, so nothing waits for a disk meanwhile:
//! the ways to the disk look here, in debug builds, and thus in every test.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

use parking_lot::{Mutex, MutexGuard};

thread_local! {
    /// How many states this thread holds.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// A state behind its lock.
#[derive(Default)]
pub(crate) struct StateLock<T>(Mutex<T>);

/// The state, for as long as this lives.
pub(crate) struct StateGuard<'a, T>(MutexGuard<'a, T>);

impl<T> StateLock<T> {
    pub(crate) fn new(state: T) -> Self {
        Self(Mutex::new(state))
    }

    pub(crate) fn lock(&self) -> StateGuard<'_, T> {
        let guard = StateGuard(self.0.lock());
        HELD.set(HELD.get().saturating_add(1));
        guard
    }
}

impl<T> Drop for StateGuard<'_, T> {
    fn drop(&mut self) {
        HELD.set(HELD.get().saturating_sub(1));
    }
}

impl<T> Deref for StateGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for StateGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Called before a disk is waited for.
#[track_caller]
pub(crate) fn none_is_held() {
    debug_assert!(HELD.get() == 0, "a disk is waited for while a state is held");
}

#[cfg(test)]
mod tests {
    use super::{StateLock, none_is_held};

    #[test]
    #[should_panic(expected = "while a state is held")]
    fn waiting_for_a_disk_while_a_state_is_held_is_found() {
        let state = StateLock::new(1);
        let _held = state.lock();
        none_is_held();
    }

    #[test]
    fn once_no_state_is_held_any_more_the_disk_may_be_waited_for() {
        let state = StateLock::new(1);
        drop(state.lock());
        none_is_held();
    }
}
