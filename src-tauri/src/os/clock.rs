//! The system's clock.

use channel_keys_core::clock::Clock;
use time::OffsetDateTime;

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
