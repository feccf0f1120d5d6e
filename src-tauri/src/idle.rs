//! Whether anybody is there, by what the pages report.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use time::{Duration, OffsetDateTime};

use channel_keys_core::clock::Clock;
use channel_keys_core::times::between;

/// When somebody was last there.
pub struct Idle {
    clock: Arc<dyn Clock>,
    last: Mutex<OffsetDateTime>,
    touched: AtomicBool,
}

impl Idle {
    /// Somebody just started the program.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let last = Mutex::new(clock.now());
        Self { clock, last, touched: AtomicBool::new(false) }
    }

    /// Somebody is there.
    pub fn somebody_here(&self) {
        *self.last.lock() = self.clock.now();
        self.touched.store(true, Ordering::SeqCst);
    }

    /// Whether somebody was here since that was last asked.
    pub fn was_touched(&self) -> bool {
        self.touched.swap(false, Ordering::SeqCst)
    }

    /// Whether nobody has been there for so long. While the computer slept, nobody was; a clock that was set back
    /// counts from where it now is.
    pub fn nobody_for(&self, long: Duration) -> bool {
        let now = self.clock.now();
        let mut last = self.last.lock();
        *last = (*last).min(now);
        between(*last, now) >= long
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Hand(Mutex<OffsetDateTime>);

    impl Hand {
        fn pass(&self, by: Duration) {
            *self.0.lock() += by;
        }
    }

    #[async_trait::async_trait]
    impl Clock for Hand {
        fn now(&self) -> OffsetDateTime {
            *self.0.lock()
        }

        async fn wait(&self, _: std::time::Duration) {
            unreachable!("nothing here waits");
        }
    }

    const LONG: Duration = Duration::minutes(15);

    fn somebody() -> (Idle, Arc<Hand>) {
        let hand = Arc::new(Hand(Mutex::new(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000))));
        (Idle::new(hand.clone()), hand)
    }

    #[test]
    fn nobody_is_there_after_the_time_has_passed_without_a_sign() {
        let (idle, hand) = somebody();
        hand.pass(LONG - Duration::SECOND);
        assert!(!idle.nobody_for(LONG));
        hand.pass(Duration::SECOND);
        assert!(idle.nobody_for(LONG));
    }

    #[test]
    fn a_sign_begins_the_time_anew() {
        let (idle, hand) = somebody();
        hand.pass(LONG);
        idle.somebody_here();
        hand.pass(LONG - Duration::SECOND);
        assert!(!idle.nobody_for(LONG));
    }

    #[test]
    fn a_sign_is_told_once() {
        let (idle, _) = somebody();
        assert!(!idle.was_touched());
        idle.somebody_here();
        assert!(idle.was_touched() && !idle.was_touched());
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_the_program_open_for_longer() {
        let (idle, hand) = somebody();
        hand.pass(-Duration::days(1));
        assert!(!idle.nobody_for(LONG));
        hand.pass(LONG);
        assert!(idle.nobody_for(LONG));
    }
}
