//! Times for readers who may be anywhere: in UTC and as the clock says here, with its distance from UTC.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use channel_keys_core::times::{at_offset, between};

use super::Around;
use crate::words::Words;

pub use crate::os::clock_words::here;

impl Around<'_> {
    fn local(&self, at: OffsetDateTime) -> OffsetDateTime {
        at_offset(at, (self.offset)(at))
    }

    /// As a person reads it: "2026-05-04 08:00:12 UTC (10:00:12 +02:00)", with the day again where it is another one.
    pub(super) fn said(&self, at: OffsetDateTime) -> String {
        let (utc, local) = (at_offset(at, UtcOffset::UTC), self.local(at));
        let day = format_description!("[year]-[month]-[day]");
        let clock = format_description!("[hour]:[minute]:[second]");
        let offset = format_description!("[offset_hour sign:mandatory]:[offset_minute]");
        let write = |at: OffsetDateTime, how: &[_]| at.format(how).unwrap_or_default();
        let other_day = if utc.date() == local.date() { String::new() } else { write(local, day) + " " };
        format!(
            "{} {} UTC ({other_day}{} {})",
            write(utc, day),
            write(utc, clock),
            write(local, clock),
            write(local, offset)
        )
    }

    /// As a program reads it: in UTC, and as here.
    pub(super) fn written(&self, at: OffsetDateTime) -> (String, String) {
        let write = |at: OffsetDateTime| whole_seconds(at).format(&Rfc3339).unwrap_or_default();
        (write(at_offset(at, UtcOffset::UTC)), write(self.local(at)))
    }
}

fn whole_seconds(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(0).unwrap_or(at)
}

/// How long before another time something was.
pub(super) fn age(words: &Words, at: OffsetDateTime, now: OffsetDateTime) -> String {
    let seconds = between(at, now).whole_seconds().max(0);
    let (id, count) = match seconds {
        0..5 => return words.say("age-now", &[]),
        5..90 => ("age-seconds", seconds),
        90..5_400 => ("age-minutes", (seconds + 30) / 60),
        5_400..172_800 => ("age-hours", (seconds + 1_800) / 3_600),
        _ => ("age-days", (seconds + 43_200) / 86_400),
    };
    words.say(id, &[("count", count.into())])
}
