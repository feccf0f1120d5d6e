//! What the ports share: one diary of what was done and in which order, a clock, and gates at which people wait.

use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use channel_keys_core::clock::Clock;
use channel_keys_core::steps::{Step, Steps};
use time::{Duration, OffsetDateTime};
use tokio::sync::{Notify, Semaphore};

/// What was done, in order.
#[derive(Clone, Default)]
pub struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    pub fn note(&self, what: impl Into<String>) {
        lock(&self.0).push(what.into());
    }

    /// All that was noted so far, which is forgotten.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.0))
    }
}

/// The steps of making a key that were done, in order.
#[derive(Default)]
pub struct Walked(Mutex<Vec<Step>>);

impl Walked {
    /// All steps so far, which are forgotten.
    pub fn take(&self) -> Vec<Step> {
        std::mem::take(&mut *lock(&self.0))
    }
}

impl Steps for Walked {
    fn reached(&self, step: Step) {
        lock(&self.0).push(step);
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panicked with it in hand")
}

/// A clock that stands still until a test moves it.
pub struct SetClock(Mutex<OffsetDateTime>);

impl SetClock {
    pub fn new() -> Self {
        Self(Mutex::new(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)))
    }

    pub fn forward(&self, by: Duration) {
        *lock(&self.0) += by;
    }
}

#[async_trait]
impl Clock for SetClock {
    fn now(&self) -> OffsetDateTime {
        *lock(&self.0)
    }

    /// Whoever waits moves the clock: no test waits for time.
    async fn wait(&self, time: std::time::Duration) {
        self.forward(time.try_into().expect("a short while"));
        tokio::task::yield_now().await;
    }
}

/// Keeps the next one who comes to a place waiting, until a test lets them through.
pub struct Gate<P> {
    closed: Mutex<Option<P>>,
    /// Somebody waits.
    waits: Notify,
    goes_on: Semaphore,
}

impl<P: Copy + PartialEq> Gate<P> {
    pub fn open() -> Self {
        Self { closed: Mutex::new(None), waits: Notify::new(), goes_on: Semaphore::new(0) }
    }

    pub fn hold(&self, place: P) {
        *lock(&self.closed) = Some(place);
    }

    /// Until somebody waits.
    pub async fn somebody_waits(&self) {
        self.waits.notified().await;
    }

    pub fn let_through(&self) {
        self.goes_on.add_permits(1);
    }

    pub async fn pass(&self, place: P) {
        let is_held = {
            let mut closed = lock(&self.closed);
            let is_held = *closed == Some(place);
            if is_held {
                *closed = None;
            }
            is_held
        };
        if is_held {
            self.waits.notify_one();
            self.goes_on.acquire().await.expect("the gate stays").forget();
        }
    }
}
