//! The system's clock.

use channel_keys_core::clock::Clock;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Zoned;
use time::{OffsetDateTime, Time};

/// The system's clock.
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    /// In the system's own time zone, with its changes between summer and winter; in UTC where it names none.
    fn day_began(&self) -> OffsetDateTime {
        let began = Zoned::now().start_of_day().map(|began| began.timestamp().as_second());
        let began = began.ok().and_then(|began| OffsetDateTime::from_unix_timestamp(began).ok());
        began.unwrap_or_else(|| self.now().replace_time(Time::MIDNIGHT))
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_began_at_midnight_where_the_person_is_and_not_more_than_a_long_day_ago() {
        let began = SystemClock.day_began();
        let ago = SystemClock.now() - began;
        // With the hour that a zone gains in autumn.
        assert!(!ago.is_negative() && ago <= time::Duration::hours(25), "{ago}");
        let there = jiff::Timestamp::from_second(began.unix_timestamp()).expect("a time");
        let there = there.to_zoned(jiff::tz::TimeZone::system());
        // Where summer begins at midnight, the day begins at one.
        assert!(there.hour() <= 1 && there.minute() == 0, "{there}");
    }
}
