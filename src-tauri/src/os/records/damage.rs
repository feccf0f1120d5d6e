//! A damaged file of records: it is set aside under a name that says so, never dropped.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};
use time::OffsetDateTime;
use time::macros::format_description;

use super::super::profile::is_no_file;
use super::{OpenError, SqliteRecords};

/// What SQLite keeps beside the file, by the end of the name.
pub(in crate::os) const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

impl SqliteRecords {
    /// Opens the file; a damaged one is set aside first, with a new one in its place. Tells where the damaged one lies.
    pub fn open_or_set_aside(
        file: &Path,
        now: OffsetDateTime,
    ) -> Result<(SqliteRecords, Option<PathBuf>), OpenError> {
        if BESIDE.iter().any(|end| is_no_file(&with_end(file, end))) {
            return Err(OpenError::Unreadable);
        }
        match Self::open(file) {
            Err(OpenError::Damaged) => {
                let aside = set_aside(file, now).map_err(|_| OpenError::Unreadable)?;
                Ok((Self::open(file)?, Some(aside)))
            }
            opened => Ok((opened?, None)),
        }
    }
}

/// Whether an error says that the file is damaged, and not merely out of reach.
pub(super) fn kind_of(error: &rusqlite::Error) -> OpenError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => OpenError::Damaged,
        Some(DiskFull) => OpenError::Full,
        _ => OpenError::Unreadable,
    }
}

/// The same at the start, where what fits no statement of this program's was not written by it so.
pub(super) fn kind_at_start(error: &rusqlite::Error) -> OpenError {
    match error {
        rusqlite::Error::SqlInputError { .. } => OpenError::Damaged,
        _ if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => OpenError::Damaged,
        _ => kind_of(error),
    }
}

/// Looks at what a SQLite file says of its own format, in its first hundred bytes, which SQLite itself takes as it comes
/// in part, and in part for a file that may only be read.
pub(super) fn look_at_head(file: &Path) -> Result<(), OpenError> {
    let Ok(mut open) = fs::File::open(file) else { return Ok(()) };
    if !open.metadata().is_ok_and(|it| it.is_file()) {
        return Ok(());
    }
    let mut head = Vec::new();
    if open.by_ref().take(100).read_to_end(&mut head).is_err() {
        return Ok(());
    }
    let number = |at: usize| {
        let bytes = head.get(at..at.saturating_add(4)).and_then(|it| it.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    let formats = head.get(18..20).is_some_and(|it| it.iter().all(|format| [1, 2].contains(format)));
    // Nothing but damage leaves an empty file: a new one has its first page at once.
    if formats && number(44) <= 4 && number(56) <= 3 { Ok(()) } else { Err(OpenError::Damaged) }
}

/// The table that may be millions of rows long: no start waits until it was looked through.
const LONG: &str = "desk_changes";
/// The setting that says that damage was met, and that the next start looks through everything.
const MET: &str = "damage_met";

/// Looks for damage: in all tables but the one long one, and there too once damage was met.
pub(super) fn look_for(connection: &Connection) -> Result<(), OpenError> {
    let look = || {
        let mut sound = true;
        let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let tables = names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        for table in tables.iter().filter(|table| *table != LONG) {
            sound &= is_sound(connection, Some(table))?;
        }
        if sound && tables.iter().any(|table| table == "settings") && was_met(connection)? {
            sound = is_sound(connection, None)?;
        }
        Ok(sound)
    };
    match look() {
        Ok(true) => Ok(()),
        Ok(false) => Err(OpenError::Damaged),
        Err(error) => Err(kind_at_start(&error)),
    }
}

fn is_sound(connection: &Connection, table: Option<&str>) -> rusqlite::Result<bool> {
    let mut found = String::new();
    let first = |row: &Row<'_>| {
        if found.is_empty() {
            found = row.get(0)?;
        }
        Ok(())
    };
    match table {
        Some(table) => connection.pragma(None, "quick_check", table, first)?,
        None => connection.pragma(None, "quick_check", 1, first)?,
    }
    Ok(found == "ok")
}

fn was_met(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM settings WHERE name = ?1)", [MET], |row| row.get(0))
}

/// Notes damage that was met at work, for the next start.
pub(super) fn note(connection: &Connection, error: &rusqlite::Error) {
    if kind_of(error) == OpenError::Damaged {
        // Where not even this can be written, the next start meets the same.
        let _ = connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, '')", [MET]);
    }
}

fn set_aside(file: &Path, now: OffsetDateTime) -> io::Result<PathBuf> {
    let time = now
        .format(format_description!("[year][month][day]T[hour][minute][second]Z"))
        .unwrap_or_else(|_| now.unix_timestamp().to_string());
    let first = with_end(file, &format!(".damaged-{time}"));
    // Two damaged files within a second must not become one.
    let aside = (1..)
        .map(|number| if number == 1 { first.clone() } else { with_end(&first, &format!("-{number}")) })
        .find(|name| !name.exists())
        .unwrap_or(first);
    for end in BESIDE {
        match fs::rename(with_end(file, end), with_end(&aside, end)) {
            Err(error) if end.is_empty() || error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use channel_keys_core::channel::{ChannelId, PartnerId};
    use channel_keys_core::desk_records::{AtPartner, DeskRecords};
    use channel_keys_core::records::{Realm, Records};

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    #[test]
    fn full_disk_is_told_from_a_file_that_can_t_be_read() {
        let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        let full = rusqlite::Error::SqliteFailure(full, None);
        assert_eq!(kind_at_start(&full), OpenError::Full);
    }

    /// How many damaged files are tried; `cargo xtask fuzz` asks for very many.
    fn rounds() -> usize {
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
    }

    /// A file with something in every table that matters here.
    fn a_real_file() -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let records = SqliteRecords::open(&file).expect("it opens");
        for number in 0..200 {
            records.set_setting(&format!("setting {number}"), &"a value ".repeat(8)).expect("set");
        }
        records
            .with(|connection| connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"))
            .expect("written");
        drop(records);
        fs::read(file).expect("the file")
    }

    fn read_all(records: &SqliteRecords) {
        let _ = records.setting("setting 7");
        let _ = records.all_keys();
        let _ = records.accounts();
        let _ = records.amounts();
        let _ = records.remove_nothing();
    }

    impl SqliteRecords {
        fn remove_nothing(&self) -> Result<(), channel_keys_core::records::RecordsError> {
            self.with(|connection| connection.execute("DELETE FROM settings WHERE name = ''", []).map(drop))
        }
    }

    #[test]
    fn a_damaged_file_is_set_aside_whole_and_named_and_the_program_starts_afresh() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let noise = "this is no database, and long enough to be looked at as one ".repeat(20);
        let mut names = Vec::new();
        for damage in [noise.as_bytes(), &[], &a_real_file()[..5_000]] {
            fs::write(&file, damage).expect("written");

            let (records, aside) = SqliteRecords::open_or_set_aside(&file, NOW).expect("it starts afresh");

            let aside = aside.expect("it was damaged");
            assert_eq!(fs::read(&aside).expect("it is there"), damage, "nothing of it was changed");
            assert!(aside.display().to_string().contains("records.sqlite.damaged-19700101T000000Z"));
            records.set_setting("window", "as large as ever").expect("the new one is written");
            names.push(aside);
            drop(records);
            assert_eq!(SqliteRecords::open_or_set_aside(&file, NOW).map(|(_, aside)| aside), Ok(None));
        }
        names.dedup();
        assert_eq!(names.len(), 3, "each lies under a name of its own");
    }

    /// A file in which the long table alone is damaged: its pages are noise.
    fn a_file_whose_changes_are_damaged(file: &Path) {
        let records = SqliteRecords::open(file).expect("it opens");
        records
            .with(|connection| {
                connection.execute_batch(
                    "INSERT INTO desks (realm, partner) VALUES ('real', 'pT77xPA');
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                    INSERT INTO desk_changes (desk, channel, what, before, now, told_before, told_now, here)
                    SELECT 1, 'a1CH', 'permission', 'missing', 'shared', i, i, 0 FROM n;
                    PRAGMA wal_checkpoint(TRUNCATE);",
                )
            })
            .expect("written");
        let told = |what: &str| {
            let told = records.with(|connection| connection.query_row(what, [], |row| row.get::<_, i64>(0)));
            usize::try_from(told.expect("told")).expect("a number")
        };
        let page = told("SELECT rootpage FROM sqlite_schema WHERE name = 'desk_changes'");
        let size = told("PRAGMA page_size");
        drop(records);
        let mut bytes = fs::read(file).expect("the file");
        bytes[(page - 1) * size..page * size].fill(0x5a);
        fs::write(file, bytes).expect("written");
    }

    #[test]
    fn damage_in_the_long_table_keeps_no_start_waiting_and_is_set_aside_at_the_one_after_it_was_met() {
        // Given a file of which only what the desks saw change is damaged
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        a_file_whose_changes_are_damaged(&file);

        // Then the program starts with all else, and what is damaged is an error, however often it is asked for
        let (records, aside) = SqliteRecords::open_or_set_aside(&file, NOW).expect("it starts");
        assert_eq!(aside, None);
        assert!(records.all_keys().is_ok());
        let desk = AtPartner { realm: Realm::Real, partner: PartnerId("pT77xPA".into()) };
        for _ in 0..2 {
            assert!(records.changes(&desk, &ChannelId("a1CH".into()), None, 10).is_err());
        }
        drop(records);

        // And the next start sets it aside
        let (_, aside) = SqliteRecords::open_or_set_aside(&file, NOW).expect("it starts");
        assert!(aside.is_some());
    }

    #[test]
    fn an_odd_version_or_format_in_the_head_is_damage_and_set_aside() {
        let whole = a_real_file();
        for (what, at, odd) in [
            ("a version below none", 60, (-1_i32).to_be_bytes()),
            ("the least version", 60, i32::MIN.to_be_bytes()),
            ("a version that no program will have", 60, i32::MAX.to_be_bytes()),
            ("another program's mark", 68, *b"GPKG"),
            ("a format to write that nobody knows", 18, [9, whole[19], whole[20], whole[21]]),
            ("a format to read that nobody knows", 18, [whole[18], 9, whole[20], whole[21]]),
            ("a format of the tables that nobody knows", 44, 9_u32.to_be_bytes()),
            ("an encoding that nobody knows", 56, 9_u32.to_be_bytes()),
            ("another magic word", 0, *b"sqli"),
        ] {
            let mut damaged = whole.clone();
            damaged[at..at + 4].copy_from_slice(&odd);
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("records.sqlite");
            fs::write(&file, &damaged).expect("written");

            let opened = SqliteRecords::open_or_set_aside(&file, NOW);

            let (records, aside) = opened.unwrap_or_else(|error| panic!("{what}: {error}"));
            let aside = aside.unwrap_or_else(|| panic!("{what}: it is damage"));
            assert!(fs::read(aside).expect("kept") == damaged, "{what}: it was changed");
            records.set_setting("window", "as large as ever").expect("the new one is written");
        }
    }

    #[test]
    fn whatever_byte_stands_in_the_head_the_program_starts_or_says_that_a_newer_one_wrote_it() {
        let whole = a_real_file();
        for at in 0..100 {
            for odd in [0x00, 0x07, whole[at] ^ 0x80] {
                let mut damaged = whole.clone();
                damaged[at] = odd;
                let folder = tempfile::tempdir().expect("a folder");
                let file = folder.path().join("records.sqlite");
                fs::write(&file, &damaged).expect("written");
                match SqliteRecords::open_or_set_aside(&file, NOW) {
                    Ok((records, None)) => {
                        records.set_setting("window", "large").unwrap_or_else(|_| panic!("{at}: {odd}"));
                    }
                    Ok((_, Some(aside))) => assert!(fs::read(aside).expect("kept") == damaged, "{at}: {odd}"),
                    Err(error) => {
                        let says_newer = error == OpenError::Newer && [62, 63].contains(&at);
                        assert!(says_newer, "{at}: {odd}: {error}, where only the version says so");
                        assert!(fs::read(&file).expect("left") == damaged);
                    }
                }
            }
        }
    }

    #[test]
    fn a_newer_file_and_one_out_of_reach_are_left_where_they_are() {
        // Given records of a later version, whose program was killed with changes in the journal beside them
        let (elsewhere, folder) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let [running, newer] = [&elsewhere, &folder].map(|folder| folder.path().join("newer"));
        let later = SqliteRecords::open(&running).expect("it opens");
        let version =
            |db: &Connection| db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
        later.with(|db| db.pragma_update(None, "user_version", version(db)? + 1)).expect("written");
        for end in ["", "-wal"] {
            fs::copy(with_end(&running, end), with_end(&newer, end)).expect("as a kill leaves it");
        }
        let files = || BESIDE.map(|end| fs::read(with_end(&newer, end)).ok());
        let [file, journal, ..] = files();
        assert!(journal.as_ref().is_some_and(|it| !it.is_empty()));

        // When this version starts, then it says so, and leaves all of it
        assert_eq!(SqliteRecords::open_or_set_aside(&newer, NOW).err(), Some(OpenError::Newer));
        let [file_now, journal_now, ..] = files();
        assert!(file_now == file && journal_now == journal, "not a byte was changed");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 3, "and nothing is set aside");

        let no_file = folder.path().join("folder");
        fs::create_dir(&no_file).expect("a folder");
        assert_eq!(SqliteRecords::open_or_set_aside(&no_file, NOW).err(), Some(OpenError::Unreadable));
        assert!(no_file.exists());
    }

    #[test]
    fn however_a_file_is_damaged_it_is_read_or_set_aside_and_never_lost() {
        let whole = a_real_file();
        for round in 0..rounds() {
            // Multipliers that share nothing with the length reach every place in time.
            let (at, length) = (round * 7_919 % whole.len(), 1 + round * 31 % 700);
            let mut damaged = whole.clone();
            match round % 4 {
                0 => damaged.truncate(at),
                1 => damaged[at..].iter_mut().take(length).for_each(|byte| *byte ^= 0x5a),
                2 => damaged[at..].iter_mut().take(length).for_each(|byte| *byte = 0),
                _ => drop(damaged.drain(at..(at + length).min(whole.len()))),
            }
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("records.sqlite");
            fs::write(&file, &damaged).expect("written");

            match SqliteRecords::open_or_set_aside(&file, NOW) {
                Ok((records, aside)) => {
                    read_all(&records);
                    if let Some(aside) = aside {
                        assert!(fs::read(aside).expect("kept") == damaged, "round {round}: it was changed");
                    }
                }
                Err(OpenError::Newer) => assert!(fs::read(&file).expect("left") == damaged, "round {round}"),
                Err(error) => panic!("round {round}: {error}"),
            }
        }
    }
}
