//! Arithmetic on times that never panics: a time stops at the last one there is.
//!
//! The operators of `time` and `std` panic where a result does not fit, and some of these times come from outside: the
//! Hub's answers, a damaged file of records, a clock that was set wrong. The lint `arithmetic_side_effects` refuses the
//! operators in all that people run (`clippy.toml`).

use time::{Duration, OffsetDateTime, UtcOffset};

/// The time so much later. A length that does not fit counts as the longest.
pub fn later(at: OffsetDateTime, by: impl TryInto<Duration>) -> OffsetDateTime {
    at.saturating_add(by.try_into().unwrap_or(Duration::MAX))
}

/// The time so much earlier.
pub fn earlier(at: OffsetDateTime, by: impl TryInto<Duration>) -> OffsetDateTime {
    at.saturating_sub(by.try_into().unwrap_or(Duration::MAX))
}

/// How much time lies between two times: negative where `to` comes first.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "all times lie within 20,000 years, which a `Duration` holds"
)]
pub fn between(from: OffsetDateTime, to: OffsetDateTime) -> Duration {
    to - from
}

/// The same moment as a clock so far from UTC shows it; as it was where that clock has no such time.
pub fn at_offset(at: OffsetDateTime, offset: UtcOffset) -> OffsetDateTime {
    at.checked_to_offset(offset).unwrap_or(at)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use time::PrimitiveDateTime;

    use super::*;

    fn first() -> OffsetDateTime {
        PrimitiveDateTime::MIN.assume_utc()
    }

    fn last() -> OffsetDateTime {
        PrimitiveDateTime::MAX.assume_utc()
    }

    /// Any time that there is, the first and the last with it.
    pub(crate) fn any_time() -> impl Strategy<Value = OffsetDateTime> {
        let within = (first().unix_timestamp()..=last().unix_timestamp(), -25 * 3_600..25 * 3_600_i32);
        let any = within.prop_map(|(seconds, offset)| {
            let at = OffsetDateTime::from_unix_timestamp(seconds).expect("it is in range");
            let offset = UtcOffset::from_whole_seconds(offset).expect("it is in range");
            at_offset(at, offset)
        });
        prop_oneof![any, Just(first()), Just(last())]
    }

    fn any_length() -> impl Strategy<Value = Duration> {
        let any = (any::<i64>(), 0..1_000_000_000_i32).prop_map(|(seconds, nanoseconds)| {
            Duration::seconds(seconds).saturating_add(Duration::nanoseconds(nanoseconds.into()))
        });
        prop_oneof![any, Just(Duration::MAX), Just(Duration::MIN), Just(Duration::ZERO)]
    }

    proptest! {
        #[test]
        fn no_sum_and_no_difference_of_times_panics(at in any_time(), other in any_time(), by in any_length()) {
            let (after, before) = (later(at, by), earlier(at, by));
            if by.is_negative() {
                prop_assert!(after <= at && before >= at);
            } else {
                prop_assert!(after >= at && before <= at);
            }
            prop_assert_eq!(between(at, other) <= Duration::ZERO, other <= at);
            prop_assert_eq!(later(at, std::time::Duration::MAX), later(at, Duration::MAX));
        }
    }

    #[test]
    fn a_time_stops_at_the_last_and_at_the_first_there_is() {
        assert_eq!(later(last(), Duration::SECOND), last());
        assert_eq!(later(OffsetDateTime::UNIX_EPOCH, std::time::Duration::MAX), last());
        assert_eq!(earlier(first(), Duration::SECOND), first());
        assert_eq!(later(OffsetDateTime::UNIX_EPOCH, Duration::MINUTE).unix_timestamp(), 60);
    }
}
