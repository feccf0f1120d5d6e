//! The system's clock.

use channel_keys_core::clock::Clock;
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;

/// The system's clock.
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
