//! The time, from outside, so that tests can set it.

use time::OffsetDateTime;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;
}
