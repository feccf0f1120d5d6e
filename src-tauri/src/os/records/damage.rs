//! A damaged file of records: it is set aside under a name that says so, never dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use time::OffsetDateTime;
use time::macros::format_description;

use super::{OpenError, SqliteRecords};

/// What SQLite keeps beside the file, by the end of the name.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

impl SqliteRecords {
    /// Opens the file; a damaged one is set aside first, with a new one in its place. Tells where the damaged one lies.
    pub fn open_or_set_aside(
        file: &Path,
        now: OffsetDateTime,
    ) -> Result<(SqliteRecords, Option<PathBuf>), OpenError> {
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
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => OpenError::Damaged,
        _ => OpenError::Unreadable,
    }
}

/// Looks through the whole file for damage, changing nothing.
pub(super) fn look_for(connection: &Connection) -> Result<(), OpenError> {
    let found: Result<String, _> = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match found {
        Ok(word) if word == "ok" => Ok(()),
        Ok(_) => Err(OpenError::Damaged),
        Err(error) => Err(kind_of(&error)),
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

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use channel_keys_core::records::Records;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

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

    #[test]
    fn a_newer_file_and_one_out_of_reach_are_left_where_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let newer = folder.path().join("newer");
        Connection::open(&newer).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("written");
        let before = fs::read(&newer).expect("the file");
        assert_eq!(SqliteRecords::open_or_set_aside(&newer, NOW).err(), Some(OpenError::Newer));
        assert_eq!(fs::read(&newer).expect("the file"), before);

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
