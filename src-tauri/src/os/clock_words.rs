//! Times as a person here reads them, for sentences that Rust says: short, and with the day where it is another one.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use channel_keys_core::times::at_offset;

/// How far the time here is from UTC at a time; UTC itself where the system does not tell.
pub fn here(at: OffsetDateTime) -> UtcOffset {
    let offset = Timestamp::from_second(at.unix_timestamp()).map(|at| TimeZone::system().to_offset(at));
    offset
        .ok()
        .and_then(|offset| UtcOffset::from_whole_seconds(offset.seconds()).ok())
        .unwrap_or(UtcOffset::UTC)
}

/// "09:00" of today, "28 Nov 09:00" of another day.
pub fn moment(at: OffsetDateTime, now: OffsetDateTime) -> String {
    let (at, now) = (at_offset(at, here(at)), at_offset(now, here(now)));
    let clock = format_description!("[hour]:[minute]");
    let day = format_description!("[day padding:none] [month repr:short] [hour]:[minute]");
    let how: &[_] = if at.date() == now.date() { clock } else { day };
    at.format(how).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_another_day_is_told_with_its_day() {
        let noon = OffsetDateTime::from_unix_timestamp(1_728_302_400).expect("a time");
        let there = at_offset(noon, here(noon));
        let clock = format!("{:02}:{:02}", there.hour(), there.minute());
        assert_eq!(moment(noon, noon), clock);
        let later = noon + time::Duration::days(2);
        assert_eq!(moment(noon, later), format!("{} Oct {clock}", there.day()));
    }
}
