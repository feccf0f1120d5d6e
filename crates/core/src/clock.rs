//! The time, from outside, so that tests can set it.

use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;

/// Where the time comes from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;

    /// Waits until so much time has passed.
    async fn wait(&self, time: Duration);
}
