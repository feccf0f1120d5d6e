//! The time, from outside, so that tests can set it.

use std::time::Duration;

use async_trait::async_trait;
use time::{OffsetDateTime, Time};

/// Where the time comes from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;

    /// When the present day began where the person is; in UTC where that is not known.
    fn day_began(&self) -> OffsetDateTime {
        self.now().replace_time(Time::MIDNIGHT)
    }

    /// Waits until so much time has passed.
    async fn wait(&self, time: Duration);
}
