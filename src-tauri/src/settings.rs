//! What the person may set: how long a copied key stays on the clipboard, when the program locks by itself, whether a
//! shown key is kept out of screenshots, how long it is kept what the support desk saw, how watched channels are looked at
//! and told of, how often it is looked whether kept keys still work, and where a client changes the partner's permission.

use std::str::FromStr;

use time::Duration;

use channel_keys_core::records::RecordsError;

use crate::os::records::SqliteRecords;

const CLIPBOARD: &str = "clipboard-seconds";
const LOCK: &str = "lock-minutes";
const CAPTURES: &str = "hide-from-captures";
const SEEN: &str = "desk-seen-days";
const WATCH: &str = "watch-minutes";
const NAMES: &str = "names-in-notices";
const CHECKS: &str = "check-keys-minutes";
const OWN_PAGE: &str = "permissions-on-own-page";

/// The times to choose from; the pages offer the same.
const CLIPBOARD_SECONDS: [u32; 4] = [30, 60, 120, 300];
const LOCK_MINUTES: [u32; 4] = [5, 15, 30, 60];
const SEEN_DAYS: [u32; 3] = [30, 90, 365];
const WATCH_MINUTES: [u32; 4] = [2, 5, 15, 60];
/// None is "not at all".
const CHECK_MINUTES: [u32; 4] = [0, 15, 60, 240];

/// The settings of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How many seconds a copied key stays on the clipboard.
    pub clipboard_seconds: u32,
    /// After how many minutes without anybody the program locks.
    pub lock_minutes: u32,
    /// Whether a shown key is kept out of screenshots and recordings, where the system can.
    pub hide_from_captures: bool,
    /// For how many days it is kept what the support desk saw.
    pub seen_days: u32,
    /// How many minutes lie between two looks at watched channels.
    pub watch_minutes: u32,
    /// Whether a notification names the channel: it may be read on a locked screen.
    pub names_in_notices: bool,
    /// How many minutes lie between two looks whether kept keys still work; none where nobody looks.
    pub check_minutes: u32,
    /// Whether a client changes the partner's permission on 360dialog's own page, and not here.
    pub on_own_page: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clipboard_seconds: 60,
            lock_minutes: 15,
            hide_from_captures: true,
            seen_days: 90,
            watch_minutes: 5,
            names_in_notices: false,
            check_minutes: 0,
            on_own_page: false,
        }
    }
}

impl Settings {
    /// Those of this profile; what was never set, or can't be read, is as usual.
    pub fn of(records: &SqliteRecords) -> Settings {
        let usual = Settings::default();
        Settings {
            clipboard_seconds: one(records, CLIPBOARD).unwrap_or(usual.clipboard_seconds),
            lock_minutes: one(records, LOCK).unwrap_or(usual.lock_minutes),
            hide_from_captures: one(records, CAPTURES).unwrap_or(usual.hide_from_captures),
            seen_days: one(records, SEEN).unwrap_or(usual.seen_days),
            watch_minutes: one(records, WATCH).unwrap_or(usual.watch_minutes),
            names_in_notices: one(records, NAMES).unwrap_or(usual.names_in_notices),
            check_minutes: one(records, CHECKS).unwrap_or(usual.check_minutes),
            on_own_page: one(records, OWN_PAGE).unwrap_or(usual.on_own_page),
        }
        .or_usual()
    }

    /// Remembers them.
    pub fn remember(self, records: &SqliteRecords) -> Result<Settings, RecordsError> {
        let settings = self.or_usual();
        records.set_setting(CLIPBOARD, &settings.clipboard_seconds.to_string())?;
        records.set_setting(LOCK, &settings.lock_minutes.to_string())?;
        records.set_setting(CAPTURES, &settings.hide_from_captures.to_string())?;
        records.set_setting(SEEN, &settings.seen_days.to_string())?;
        records.set_setting(WATCH, &settings.watch_minutes.to_string())?;
        records.set_setting(NAMES, &settings.names_in_notices.to_string())?;
        records.set_setting(CHECKS, &settings.check_minutes.to_string())?;
        records.set_setting(OWN_PAGE, &settings.on_own_page.to_string())?;
        Ok(settings)
    }

    /// How long a copied key stays.
    pub fn on_clipboard(self) -> Duration {
        Duration::seconds(self.clipboard_seconds.into())
    }

    /// How long nobody has to be there until the program locks.
    pub fn until_lock(self) -> Duration {
        Duration::minutes(self.lock_minutes.into())
    }

    /// How long it is kept what the support desk saw.
    pub fn seen_kept(self) -> Duration {
        Duration::days(self.seen_days.into())
    }

    /// How long lies between two looks at watched channels.
    pub fn watch_every(self) -> Duration {
        Duration::minutes(self.watch_minutes.into())
    }

    /// How long lies between two looks at kept keys, where somebody wants them looked at.
    pub fn check_every(self) -> Option<Duration> {
        (self.check_minutes > 0).then(|| Duration::minutes(self.check_minutes.into()))
    }

    /// A time that is not offered is no choice: "never" can't be set by hand in the file.
    fn or_usual(self) -> Settings {
        let usual = Settings::default();
        let offered = |times: &[u32], time, usual| if times.contains(&time) { time } else { usual };
        Settings {
            clipboard_seconds: offered(&CLIPBOARD_SECONDS, self.clipboard_seconds, usual.clipboard_seconds),
            lock_minutes: offered(&LOCK_MINUTES, self.lock_minutes, usual.lock_minutes),
            seen_days: offered(&SEEN_DAYS, self.seen_days, usual.seen_days),
            watch_minutes: offered(&WATCH_MINUTES, self.watch_minutes, usual.watch_minutes),
            check_minutes: offered(&CHECK_MINUTES, self.check_minutes, usual.check_minutes),
            ..self
        }
    }
}

fn one<T: FromStr>(records: &SqliteRecords, name: &str) -> Option<T> {
    records.setting(name).ok().flatten()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> (tempfile::TempDir, SqliteRecords) {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("they open");
        (folder, records)
    }

    #[test]
    fn a_choice_is_remembered_and_before_one_is_made_all_is_as_usual() {
        let (_folder, records) = records();
        let usual = Settings {
            clipboard_seconds: 60,
            lock_minutes: 15,
            hide_from_captures: true,
            seen_days: 90,
            watch_minutes: 5,
            names_in_notices: false,
            check_minutes: 0,
            on_own_page: false,
        };
        assert_eq!(Settings::of(&records), usual);

        let chosen = Settings {
            clipboard_seconds: 300,
            lock_minutes: 5,
            hide_from_captures: false,
            seen_days: 365,
            watch_minutes: 60,
            names_in_notices: true,
            check_minutes: 240,
            on_own_page: true,
        };
        assert_eq!(chosen.remember(&records), Ok(chosen));

        assert_eq!(Settings::of(&records), chosen);
    }

    #[test]
    fn a_time_that_is_not_offered_is_not_used() {
        let (_folder, records) = records();
        let odd = Settings {
            clipboard_seconds: 0,
            lock_minutes: u32::MAX,
            seen_days: 0,
            watch_minutes: 0,
            check_minutes: 1,
            ..Settings::default()
        };
        assert_eq!(odd.remember(&records), Ok(Settings::default()));

        records.set_setting(LOCK, "never").expect("written by hand");
        records.set_setting(CAPTURES, "perhaps").expect("written by hand");
        records.set_setting(SEEN, "-1").expect("written by hand");

        assert_eq!(Settings::of(&records), Settings::default());
    }
}
