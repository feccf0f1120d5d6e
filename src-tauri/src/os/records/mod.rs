//! The records in one SQLite file of the profile. Never a secret: keys lie in the keychain alone.

mod accounts;
mod damage;
mod desk;
mod goals;
mod history;
mod keys;
mod schema;
mod seen;
mod webhooks;

use std::path::Path;

use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use tauri::Url;
use time::OffsetDateTime;

use channel_keys_core::accounts::{Account, KeptSession};
use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::goal::Goal;
use channel_keys_core::history::HistoryEntry;
use channel_keys_core::overview::Overview;
use channel_keys_core::records::{Amounts, KeyRecord, Owner, Realm, Records, RecordsError};
use channel_keys_core::webhook::WebhookNote;

use crate::os::private_file;
pub(super) use damage::BESIDE;
use damage::with_end;
use schema::{APPLICATION_ID, MIGRATIONS, MOST_VERSIONS};

/// The file of records.
pub struct SqliteRecords {
    connection: Mutex<Connection>,
}

/// Why the file can't be opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A later version of the program wrote it.
    #[error("the records were written by a later version")]
    Newer,
    /// It is damaged.
    #[error("the records are damaged")]
    Damaged,
    /// It can't be read or written.
    #[error("the records can't be opened")]
    Unreadable,
    /// The disk has no room for it.
    #[error("the disk is full")]
    Full,
}

impl SqliteRecords {
    /// Opens the file, makes it where there is none, and brings it up to date. Where nothing can be written, what stands
    /// in it can be read all the same.
    pub fn open(file: &Path) -> Result<Self, OpenError> {
        damage::look_at_head(file)?;
        let plain = || Connection::open(file);
        // Without the file of shared memory, for which a full disk has no room. The profile's lock keeps others out.
        let alone = || {
            let connection = Connection::open(file)?;
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            Ok(connection)
        };
        let opened = match Self::open_by(plain) {
            Err(OpenError::Unreadable | OpenError::Full) => Self::open_by(alone),
            opened => opened,
        };
        let opened = match opened {
            Err(why @ (OpenError::Unreadable | OpenError::Full)) if !has_journal(file) => {
                Self::open_by(|| to_be_read(file)).map_err(|error| match error {
                    OpenError::Unreadable => why,
                    error => error,
                })
            }
            opened => opened,
        }?;
        BESIDE.iter().for_each(|end| private_file::keep_private(&with_end(file, end)));
        Ok(opened)
    }

    fn open_by(connect: impl Fn() -> rusqlite::Result<Connection>) -> Result<Self, OpenError> {
        let mut connection = connect().map_err(|error| damage::kind_at_start(&error))?;
        look_at_version(&connection)?;
        damage::look_for(&connection)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
                 PRAGMA trusted_schema = OFF;",
            )
            .map_err(|error| damage::kind_at_start(&error))?;
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => damage::kind_at_start(&err),
            _ => OpenError::Unreadable,
        })?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// A setting of this profile, if it was ever set.
    pub fn setting(&self, name: &str) -> Result<Option<String>, RecordsError> {
        self.with(|connection| {
            connection
                .query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
                .optional()
        })
    }

    /// Sets a setting of this profile.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), RecordsError> {
        self.with(|connection| {
            connection
                .execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", [name, value])
                .map(drop)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, RecordsError> {
        let connection = self.connection.lock();
        act(&connection).map_err(|error| {
            damage::note(&connection, &error);
            RecordsError
        })
    }

    /// Several statements, of which all take effect or none.
    fn change(&self, act: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Result<(), RecordsError> {
        let mut connection = self.connection.lock();
        let outcome = connection.transaction().and_then(|transaction| {
            act(&transaction)?;
            transaction.commit()
        });
        outcome.map_err(|error| {
            damage::note(&connection, &error);
            RecordsError
        })
    }
}

/// Whether this program wrote the file, and no later version of it.
fn look_at_version(connection: &Connection) -> Result<(), OpenError> {
    let told = |name| {
        let told = connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        told.map_err(|error| damage::kind_at_start(&error))
    };
    let (version, written_by) = (told("user_version")?, told("application_id")?);
    if ![0, APPLICATION_ID].contains(&written_by) || !(0..=MOST_VERSIONS).contains(&version) {
        return Err(OpenError::Damaged);
    }
    if MIGRATIONS.pending_migrations(connection).is_ok_and(|pending| pending < 0) {
        // What a later version left in the journal is not for this one to put into the file.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        return Err(OpenError::Newer);
    }
    Ok(())
}

/// Whether changes lie beside the file that are not in it yet.
fn has_journal(file: &Path) -> bool {
    std::fs::metadata(with_end(file, "-wal")).is_ok_and(|it| it.is_file() && it.len() > 0)
}

/// The file as it is, with nothing beside it: a disk that can't be written needs no more.
fn to_be_read(file: &Path) -> rusqlite::Result<Connection> {
    let whole = std::path::absolute(file).ok().and_then(|file| Url::from_file_path(file).ok());
    let Some(mut address) = whole else { return Err(rusqlite::Error::InvalidPath(file.into())) };
    address.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(address.as_str(), flags)
}

impl Records for SqliteRecords {
    fn write_key(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        self.change(|transaction| keys::write(transaction, record))
    }

    fn try_out(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        self.write_key(record)?;
        self.change(|transaction| keys::forget(transaction, &record.id))
    }

    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError> {
        self.with(|connection| keys::one(connection, id))
    }

    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        self.with(|connection| keys::of(connection, owner))
    }

    fn all_keys(&self) -> Result<Vec<KeyRecord>, RecordsError> {
        self.with(keys::all)
    }

    fn write_webhook(&self, note: &WebhookNote) -> Result<(), RecordsError> {
        self.with(|connection| webhooks::write(connection, note))
    }

    fn webhooks(&self, owner: &Owner) -> Result<Vec<WebhookNote>, RecordsError> {
        let mut notes = self.all_webhooks()?;
        notes.retain(|note| note.owner == *owner);
        Ok(notes)
    }

    fn all_webhooks(&self) -> Result<Vec<WebhookNote>, RecordsError> {
        self.with(webhooks::all)
    }

    fn forget_webhook(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError> {
        self.with(|connection| webhooks::forget(connection, owner, channel))
    }

    fn write_goal(&self, goal: &Goal) -> Result<(), RecordsError> {
        self.with(|connection| goals::write(connection, goal))
    }

    fn goals(&self, owner: &Owner) -> Result<Vec<Goal>, RecordsError> {
        self.with(|connection| goals::of(connection, owner))
    }

    fn forget_goal(&self, owner: &Owner, channel: &ChannelId) -> Result<(), RecordsError> {
        self.with(|connection| goals::forget(connection, owner, channel))
    }

    fn note(&self, entry: &HistoryEntry) -> Result<(), RecordsError> {
        self.with(|connection| history::add(connection, entry))
    }

    fn history(&self, owner: &Owner) -> Result<Vec<HistoryEntry>, RecordsError> {
        self.with(|connection| history::of(connection, owner))
    }

    fn write_seen(&self, owner: &Owner, overview: &Overview) -> Result<(), RecordsError> {
        self.change(|transaction| seen::write(transaction, owner, overview))
    }

    fn seen(&self, owner: &Owner, client: &ClientId) -> Result<Option<Overview>, RecordsError> {
        self.with(|connection| seen::of(connection, owner, client))
    }

    fn write_account(&self, account: &Account) -> Result<(), RecordsError> {
        self.with(|connection| accounts::write(connection, account))
    }

    fn accounts(&self) -> Result<Vec<Account>, RecordsError> {
        self.with(accounts::all)
    }

    fn write_kept_session(&self, session: &KeptSession) -> Result<(), RecordsError> {
        self.with(|connection| accounts::write_session(connection, session))
    }

    fn kept_session(&self, realm: Realm) -> Result<Option<KeptSession>, RecordsError> {
        self.with(|connection| accounts::session(connection, realm))
    }

    fn forget_kept_session(&self, realm: Realm) -> Result<(), RecordsError> {
        self.with(|connection| accounts::forget_session(connection, realm))
    }

    fn amounts(&self) -> Result<Amounts, RecordsError> {
        let count = |connection: &Connection, table: &str| {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
        };
        let as_size = |count: i64| usize::try_from(count).unwrap_or_default();
        self.with(|connection| {
            Ok(Amounts {
                history: as_size(count(connection, "history")?),
                lists: as_size(count(connection, "seen_clients")?),
            })
        })
    }

    fn forget_all_but(&self, staying: &[String]) -> Result<(), RecordsError> {
        self.change(|transaction| {
            transaction.execute_batch(
                "DELETE FROM history; DELETE FROM seen_channels; DELETE FROM seen_clients; DELETE FROM settings; \
                 DELETE FROM webhooks; DELETE FROM goals; \
                 DELETE FROM kept_sessions WHERE ended = 0;",
            )?;
            for key in keys::all(transaction)? {
                if !staying.contains(&key.id) {
                    keys::forget(transaction, &key.id)?;
                }
            }
            accounts::forget_those_without_keys(transaction)
        })?;
        // What was deleted is overwritten in the file; this takes it out of the journal beside it as well.
        self.with(|connection| connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"))
    }
}

fn realm_word(realm: Realm) -> &'static str {
    match realm {
        Realm::Real => "real",
        Realm::Practice => "practice",
    }
}

/// What stands in a column and can't be read.
fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Text)
}

fn owner(row: &Row<'_>, column: usize) -> rusqlite::Result<Owner> {
    Ok(Owner { realm: realm(row, column)?, user: row.get(column + 1)? })
}

fn realm(row: &Row<'_>, column: usize) -> rusqlite::Result<Realm> {
    match row.get_ref(column)?.as_str()? {
        "real" => Ok(Realm::Real),
        "practice" => Ok(Realm::Practice),
        _ => Err(unreadable(column)),
    }
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(row.get(column)?).map_err(|_| unreadable(column))
}

fn time_if_any(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<OffsetDateTime>> {
    let seconds: Option<i64> = row.get(column)?;
    seconds.map(|_| time(row, column)).transpose()
}

/// A word of a closed list.
fn word<T>(row: &Row<'_>, column: usize, read: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    read(row.get_ref(column)?.as_str()?).ok_or_else(|| unreadable(column))
}

fn seconds(at: Option<OffsetDateTime>) -> Option<i64> {
    at.map(OffsetDateTime::unix_timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use channel_keys_core::channel::{
        Channel, Client, HubStatus, Partner, PartnerId, Payer, Permission, Status,
    };
    use channel_keys_core::fact::Fact;
    use channel_keys_core::goal::{GoalKind, GoalStep};
    use channel_keys_core::history::{Ended, What};
    use channel_keys_core::hub::Short;
    use channel_keys_core::records::{KeyState, Origin, Place, Reminders, Tested};
    use channel_keys_core::webhook::{NoteState, Was, WasSet};

    fn record(id: &str, user: &str, realm: Realm) -> KeyRecord {
        let at = OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time");
        KeyRecord {
            id: id.into(),
            sequence: 1,
            owner: Owner { realm, user: user.into() },
            client: ClientId("Zx81kQw2CL".into()),
            channel: ChannelId("tQ8m2ZCH".into()),
            channel_name: Some("Front desk".into()),
            number: None,
            external_id: Some("106540352242922".into()),
            state: KeyState::Asked,
            label: None,
            address: None,
            tail: None,
            asked_at: at,
            changed_at: at,
            replaced_at: None,
            origin: Origin::Made,
            by: Some("maria@harbour-hotel.example".into()),
            places: Vec::new(),
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        }
    }

    #[test]
    fn what_was_written_is_there_after_the_file_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let mut written = record("one", "maria", Realm::Real);
        {
            let records = SqliteRecords::open(&file).expect("it opens");
            records.write_key(&written).expect("written");
            written.state = KeyState::Kept;
            written.replaced_at = Some(written.asked_at);
            written.listed_before = Some(vec!["201126".into()]);
            written.places =
                ["Shop", "Chatbot"].map(|name| Place { name: name.into(), done: name == "Shop" }).into();
            written.tested = Some((Tested::Refused, written.asked_at));
            written.other_number_at = Some(written.asked_at);
            written.reminders = Reminders { last: Some(written.asked_at), off: true };
            records.write_key(&written).expect("changed");
        }
        let again = SqliteRecords::open(&file).expect("it opens again");
        assert_eq!(again.key("one"), Ok(Some(written)));
    }

    #[test]
    fn how_a_key_ended_before_its_ak_was_noted_is_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let mut before = Connection::open(&file).expect("a file");
        MIGRATIONS.to_version(&mut before, 9).expect("as it was");
        let insert = "INSERT INTO keys (id, realm, user, client, channel, state, asked_at, changed_at, tail) \
                      VALUES (?1, 'real', 'maria', 'Zx81kQw2CL', 'tQ8m2ZCH', 'kept', 5, 5, ?2)";
        for (id, tail) in [("one", Some("kX9p")), ("two", None)] {
            before.execute(insert, rusqlite::params![id, tail]).expect("written");
        }
        drop(before);

        let records = SqliteRecords::open(&file).expect("it opens");

        let tail = |id: &str| records.key(id).expect("read").expect("there").tail;
        assert_eq!((tail("one").as_deref(), tail("two")), (Some("kX9pAK"), None));
    }

    #[test]
    fn a_record_that_is_tried_out_leaves_nothing() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let places = vec![Place { name: "Shop".into(), done: false }];

        assert_eq!(records.try_out(&KeyRecord { places, ..record("one", "maria", Realm::Real) }), Ok(()));

        assert_eq!(records.all_keys(), Ok(Vec::new()));
    }

    #[test]
    fn a_key_that_was_for_another_number_before_that_was_noted_is_so_since_its_test() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let mut before = Connection::open(&file).expect("a file");
        MIGRATIONS.to_version(&mut before, 4).expect("as it was");
        let insert = "INSERT INTO keys (id, realm, user, client, channel, state, asked_at, changed_at, tested, tested_at) \
                      VALUES (?1, 'real', 'maria', 'Zx81kQw2CL', 'tQ8m2ZCH', 'kept', 5, 5, ?2, 7)";
        for (id, tested) in [("one", "other_number"), ("two", "works")] {
            before.execute(insert, [id, tested]).expect("written");
        }
        drop(before);

        let records = SqliteRecords::open(&file).expect("it opens");

        let since = |id: &str| records.key(id).expect("read").expect("there").other_number_at;
        let tested_at = OffsetDateTime::from_unix_timestamp(7).expect("a time");
        assert_eq!((since("one"), since("two")), (Some(tested_at), None));
    }

    #[test]
    fn keys_come_in_the_order_in_which_they_came_here_whatever_the_clock_said_and_however_often_they_changed()
    {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let later_by_the_clock = record("first", "maria", Realm::Real);
        let asked_at = later_by_the_clock.asked_at - time::Duration::days(3);
        let after = KeyRecord { sequence: 2, asked_at, ..record("second", "maria", Realm::Real) };
        for written in [&later_by_the_clock, &after, &later_by_the_clock] {
            records.write_key(written).expect("written");
        }

        assert_eq!(records.keys(&after.owner), Ok(vec![after.clone(), later_by_the_clock.clone()]));
        assert_eq!(records.all_keys(), Ok(vec![after, later_by_the_clock]));
    }

    #[test]
    fn what_was_in_order_by_the_clock_stays_so_and_an_old_test_says_nothing_of_a_key_that_was_replaced_since()
    {
        // Given two keys of one answer and a later one, and a goal that was begun between them
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let mut before = Connection::open(&file).expect("a file");
        MIGRATIONS.to_version(&mut before, 8).expect("as it was");
        let key = "INSERT INTO keys (id, realm, user, client, channel, state, asked_at, changed_at, replaced_at, tested, \
                   tested_at) VALUES (?1, 'real', 'maria', 'Zx81kQw2CL', 'tQ8m2ZCH', 'kept', ?2, ?2, ?3, 'works', ?4)";
        for (id, asked_at, replaced_at, tested_at) in
            [("later", 50, None, 51), ("one", 20, Some(50), 21), ("other", 20, Some(50), 60)]
        {
            before.execute(key, rusqlite::params![id, asked_at, replaced_at, tested_at]).expect("written");
        }
        let goal = "INSERT INTO goals (realm, user, channel, client, kind, begun_at, was_shared, by_hand) \
                    VALUES ('real', 'maria', 'tQ8m2ZCH', 'Zx81kQw2CL', 'leaked', 30, 0, '')";
        before.execute(goal, []).expect("written");
        drop(before);

        let records = SqliteRecords::open(&file).expect("it opens");

        let keys = records.all_keys().expect("read");
        let told: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.tested.is_some())).collect();
        assert_eq!(told, [("later", true), ("other", true), ("one", false)]);
        assert!(keys[0].sequence > keys[1].sequence && keys[1].sequence == keys[2].sequence);
        let goal = records.goals(&keys[0].owner).expect("read").remove(0);
        let since: Vec<_> = keys.iter().map(|key| key.sequence > goal.keys_before).collect();
        assert_eq!(since, [true, false, false]);
    }

    #[test]
    fn a_full_file_takes_nothing_more_says_so_and_keeps_what_it_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
        let set = |name: &str, value: i64| records.with(|it| it.pragma_update(None, name, value));
        records.write_key(&record("one", "maria", Realm::Real)).expect("written");
        let pages = records.with(|it| it.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0)));
        set("max_page_count", pages.expect("counted")).expect("no page more");
        let large = KeyRecord { label: Some("x".repeat(100_000)), ..record("two", "maria", Realm::Real) };

        assert_eq!(records.write_key(&large), Err(RecordsError));

        assert_eq!(records.key("two"), Ok(None), "nothing is written by halves");
        assert_eq!(records.key("one"), Ok(Some(record("one", "maria", Realm::Real))));
        set("max_page_count", 1_000_000).expect("room again");
        assert_eq!(records.write_key(&large), Ok(()));
    }

    #[test]
    fn a_file_that_may_only_be_read_takes_nothing_and_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
        records.with(|it| it.pragma_update(None, "query_only", true)).expect("read-only");

        assert_eq!(records.write_key(&record("one", "maria", Realm::Real)), Err(RecordsError));
        assert_eq!(records.key("one"), Ok(None));
    }

    #[cfg(unix)]
    #[test]
    fn a_disk_that_takes_nothing_is_read_all_the_same() {
        // Given records of before, on a disk that takes no file of shared memory, or no journal either
        for takes_journal in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("odd name? 100%#.sqlite");
            SqliteRecords::open(&file)
                .and_then(|it| {
                    it.write_key(&record("one", "maria", Realm::Real)).map_err(|_| OpenError::Unreadable)
                })
                .expect("written");
            let nowhere = folder.path().join("no such folder/file");
            std::os::unix::fs::symlink(nowhere, with_end(&file, "-shm")).expect("something in the way");
            if !takes_journal {
                std::fs::create_dir(with_end(&file, "-wal")).expect("something in the way");
            }

            // When the program starts
            let records = SqliteRecords::open(&file).expect("it opens");

            // Then it has them, and what can't be written is an error
            assert_eq!(records.key("one"), Ok(Some(record("one", "maria", Realm::Real))));
            let written = records.write_key(&record("two", "maria", Realm::Real));
            assert_eq!(written.is_ok(), takes_journal);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_and_what_lies_beside_it_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let _records = SqliteRecords::open(&file).expect("it opens");
        for end in ["", "-wal", "-shm"] {
            let mode = std::fs::metadata(with_end(&file, end)).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{end}");
        }
    }

    #[test]
    fn what_is_written_is_durable_before_it_is_called_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
        let told = |name| records.with(|it| it.pragma_query_value(None, name, |row| row.get::<_, i64>(0)));

        assert_eq!(told("synchronous"), Ok(2), "the journal is flushed with each change");
    }

    #[test]
    fn accounts_and_realms_never_see_each_other_s_keys() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        for (id, user, realm) in [
            ("one", "maria", Realm::Real),
            ("two", "maria", Realm::Practice),
            ("three", "jonas", Realm::Real),
        ] {
            records.write_key(&record(id, user, realm)).expect("written");
        }
        let owner = Owner { realm: Realm::Real, user: "maria".into() };
        let ids: Vec<String> = records.keys(&owner).expect("read").into_iter().map(|key| key.id).collect();
        assert_eq!(ids, ["one"]);
    }

    #[test]
    fn a_file_of_the_first_version_is_brought_up_to_date_and_its_keys_are_still_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        let mut first = Connection::open(&file).expect("a file");
        MIGRATIONS.to_version(&mut first, 1).expect("the first version");
        first
            .execute(
                "INSERT INTO keys VALUES ('one', 'real', 'maria', 'Zx81kQw2CL', 'tQ8m2ZCH', 'Front desk', NULL, NULL, \
                 'kept', 'Booking', NULL, 'kX9p', 1728291681, 1728291681, NULL)",
                [],
            )
            .expect("a key of then");
        drop(first);

        let records = SqliteRecords::open(&file).expect("it opens");

        let key = records.key("one").expect("read").expect("it is there");
        assert_eq!((key.state, key.label.as_deref()), (KeyState::Kept, Some("Booking")));
        assert_eq!((key.origin, key.by, key.tested, key.places), (Origin::Made, None, None, Vec::new()));
    }

    fn overview() -> Overview {
        let channel = |id: &str, permission| Channel {
            id: ChannelId(id.into()),
            name: Fact::Told("Front desk".into()),
            number: Fact::NotTold,
            status: Fact::Told(Status::from_word("awaiting_moonrise")),
            hub_status: Fact::Told(HubStatus::from_word("live")),
            running: Fact::Told(false),
            permission,
            quality: Fact::NotTold,
            limit: Fact::Told("TIER_1K".into()),
            external_id: Fact::NotTold,
            waba_id: Fact::NotTold,
        };
        Overview {
            client: Client {
                id: ClientId("Zx81kQw2CL".into()),
                name: Fact::Told("Harbour Hotel GmbH".into()),
                payer: Fact::Told(Payer::Partner),
                partner: Fact::Told(Some(Partner { id: PartnerId("pT77xPA".into()), name: Fact::NotTold })),
            },
            channels: vec![
                channel("zzCH", Fact::Told(Permission::Shared)),
                channel("aaCH", Fact::Told(Permission::Missing)),
                channel("mmCH", Fact::NotTold),
            ],
            short: Some(Short { announced: 400, came: 3 }),
            read_at: OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time"),
        }
    }

    #[test]
    fn channels_as_last_seen_come_back_as_they_were_told_and_in_their_order() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let maria = Owner { realm: Realm::Real, user: "maria".into() };
        let mut seen = overview();
        records.write_seen(&maria, &seen).expect("written");
        assert_eq!(records.seen(&maria, &seen.client.id), Ok(Some(seen.clone())));

        // What is seen later takes the place of what was seen before, a silence too.
        seen.short = None;
        seen.channels.truncate(1);
        for partner in [Fact::Told(None), Fact::NotTold] {
            seen.client.partner = partner;
            records.write_seen(&maria, &seen).expect("written");
            assert_eq!(records.seen(&maria, &seen.client.id), Ok(Some(seen.clone())));
        }
        let jonas = Owner { user: "jonas".into(), ..maria };
        assert_eq!(records.seen(&jonas, &seen.client.id), Ok(None));
    }

    fn entry(user: &str, what: What) -> HistoryEntry {
        HistoryEntry {
            id: 0,
            at: OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time"),
            owner: Owner { realm: Realm::Real, user: user.into() },
            by: format!("{user}@harbour-hotel.example"),
            what,
            ended: Ended::Refused,
            client_name: None,
            about: None,
        }
    }

    #[test]
    fn each_account_has_a_history_of_its_own_with_the_newest_first() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        for (user, what) in [("maria", What::SignedIn), ("jonas", What::SignedIn), ("maria", What::KeyMade)] {
            records.note(&entry(user, what)).expect("noted");
        }
        let maria = Owner { realm: Realm::Real, user: "maria".into() };
        let done: Vec<_> =
            records.history(&maria).expect("read").into_iter().map(|entry| entry.what).collect();
        assert_eq!(done, [What::KeyMade, What::SignedIn]);
    }

    fn was(name: Option<&str>, host: &str) -> WasSet {
        WasSet { name: name.map(str::to_owned), host: host.into(), headers: 2, refused: None }
    }

    #[test]
    fn what_is_known_of_a_webhook_comes_back_and_a_later_note_takes_its_place() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let note = WebhookNote {
            owner: Owner { realm: Realm::Real, user: "maria".into() },
            client: ClientId("Zx81kQw2CL".into()),
            channel: ChannelId("tQ8m2ZCH".into()),
            id: "one".into(),
            state: NoteState::Noted,
            was: Was {
                webhooks: vec![was(None, "hooks.tablewise.example"), was(Some("crm"), "crm.example")],
                complete: true,
                read_at: OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time"),
            },
        };
        let none = Was { webhooks: Vec::new(), ..note.was.clone() };
        let later = WebhookNote { id: "two".into(), state: NoteState::NotSet, was: none, ..note.clone() };
        let jonas =
            WebhookNote { owner: Owner { user: "jonas".into(), ..note.owner.clone() }, ..note.clone() };

        records.write_webhook(&note).expect("written");
        records.write_webhook(&jonas).expect("written");
        assert_eq!(records.webhooks(&note.owner), Ok(vec![note.clone()]));
        records.write_webhook(&later).expect("written");
        assert_eq!(records.webhooks(&note.owner), Ok(vec![later]));

        records.forget_webhook(&note.owner, &note.channel).expect("forgotten");
        assert_eq!(records.all_webhooks(), Ok(vec![jonas]));
        records.forget_all_but(&[]).expect("forgotten");
        assert_eq!(records.all_webhooks(), Ok(Vec::new()));
    }

    #[test]
    fn a_webhook_note_of_an_earlier_version_says_nothing_of_extra_webhooks() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let insert = "INSERT INTO webhooks (realm, user, channel, client, id, state, host, headers, read_at) \
                      VALUES ('real', 'maria', 'tQ8m2ZCH', 'Zx81kQw2CL', 'one', 'noted', \
                      'hooks.tablewise.example', 2, 1728291681)";
        records.with(|connection| connection.execute(insert, [])).expect("written");

        let notes = records.all_webhooks().expect("read");

        assert_eq!(notes[0].was.webhooks, [was(None, "hooks.tablewise.example")]);
        assert!(!notes[0].was.complete);
    }

    #[test]
    fn a_goal_comes_back_with_what_was_said_of_its_steps_the_last_one_first() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let goal = Goal {
            owner: Owner { realm: Realm::Real, user: "maria".into() },
            client: ClientId("Zx81kQw2CL".into()),
            channel: ChannelId("tQ8m2ZCH".into()),
            channel_name: Some("Front desk".into()),
            number: None,
            kind: GoalKind::LockOut,
            begun_at: OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time"),
            keys_before: 7,
            was_shared: true,
            by_hand: Vec::new(),
        };
        let changed = Goal { by_hand: vec![GoalStep::SetWebhook, GoalStep::PutInPlace], ..goal.clone() };
        let later = Goal {
            channel: ChannelId("aaCH".into()),
            kind: GoalKind::LetIn,
            begun_at: goal.begun_at + time::Duration::SECOND,
            ..goal.clone()
        };

        for written in [&goal, &changed, &later] {
            records.write_goal(written).expect("written");
        }
        assert_eq!(records.goals(&goal.owner), Ok(vec![later.clone(), changed]));
        let jonas = Owner { user: "jonas".into(), ..goal.owner.clone() };
        assert_eq!(records.goals(&jonas), Ok(Vec::new()));

        records.forget_goal(&goal.owner, &goal.channel).expect("forgotten");
        assert_eq!(records.goals(&goal.owner), Ok(vec![later]));
        records.forget_all_but(&[]).expect("forgotten");
        assert_eq!(records.goals(&goal.owner), Ok(Vec::new()));
    }

    fn account(user: &str, client_name: Option<&str>, used_at: i64) -> Account {
        Account {
            owner: Owner { realm: Realm::Real, user: user.into() },
            email: format!("{user}@harbour-hotel.example"),
            name: None,
            client: ClientId("Zx81kQw2CL".into()),
            client_name: client_name.map(str::to_owned),
            used_at: OffsetDateTime::from_unix_timestamp(used_at).expect("a time"),
        }
    }

    #[test]
    fn the_last_account_at_work_comes_first_and_a_name_is_not_forgotten_by_silence() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        for account in [account("maria", Some("Harbour Hotel GmbH"), 1), account("jonas", None, 2)] {
            records.write_account(&account).expect("written");
        }
        records.write_account(&account("maria", None, 3)).expect("written");
        assert_eq!(
            records.accounts(),
            Ok(vec![account("maria", Some("Harbour Hotel GmbH"), 3), account("jonas", None, 2)])
        );
    }

    #[test]
    fn one_session_a_realm_is_known_of_until_it_is_forgotten() {
        let records = SqliteRecords::open(Path::new(":memory:")).expect("it opens");
        let kept = KeptSession {
            realm: Realm::Real,
            host: "hub.360dialog.io".into(),
            user: "maria".into(),
            client: ClientId("Zx81kQw2CL".into()),
            until: OffsetDateTime::from_unix_timestamp(1_728_291_681).ok(),
            ended: false,
        };
        records.write_kept_session(&KeptSession { user: "jonas".into(), ..kept.clone() }).expect("written");
        records.write_kept_session(&kept).expect("written");
        assert_eq!(records.kept_session(Realm::Real), Ok(Some(kept)));
        assert_eq!(records.kept_session(Realm::Practice), Ok(None));
        records.forget_kept_session(Realm::Real).expect("forgotten");
        assert_eq!(records.kept_session(Realm::Real), Ok(None));
    }

    #[test]
    fn forgetting_leaves_the_keys_that_stay_with_their_account_and_no_word_of_the_rest_in_any_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
        let staying = record("staying", "maria", Realm::Real);
        let going = KeyRecord {
            label: Some("Forgettable".into()),
            places: vec![Place { name: "Forgettable shop".into(), done: true }],
            ..record("going", "jonas", Realm::Real)
        };
        records.write_key(&staying).expect("written");
        records.write_key(&going).expect("written");
        records.write_account(&account("maria", None, 1)).expect("written");
        records.write_account(&account("jonas", None, 2)).expect("written");
        records.write_seen(&staying.owner, &overview()).expect("written");
        records.note(&entry("maria", What::KeyMade)).expect("noted");
        records.set_setting("window", "Forgettable").expect("set");
        assert_eq!(records.amounts(), Ok(Amounts { history: 1, lists: 1 }));

        records.forget_all_but(&["staying".to_owned()]).expect("forgotten");

        assert_eq!(records.all_keys(), Ok(vec![staying]));
        assert_eq!(records.accounts(), Ok(vec![account("maria", None, 1)]));
        assert_eq!(records.amounts(), Ok(Amounts::default()));
        assert_eq!(records.setting("window"), Ok(None));
        for file in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
            let bytes = std::fs::read(file.path()).expect("a file");
            for word in ["Forgettable", "jonas", "Harbour Hotel GmbH"] {
                let holds = bytes.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!holds, "{} still says {word}", file.path().display());
            }
        }
    }

    #[test]
    fn a_file_of_a_later_version_is_left_alone_and_named_as_such() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        Connection::open(&file).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("written");
        assert_eq!(SqliteRecords::open(&file).err(), Some(OpenError::Newer));
    }

    #[test]
    fn a_damaged_file_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.sqlite");
        std::fs::write(&file, "this is no database, and long enough to be looked at as one ".repeat(20))
            .expect("written");
        assert_eq!(SqliteRecords::open(&file).err(), Some(OpenError::Damaged));
    }

    #[test]
    fn the_steps_from_the_first_version_to_this_one_fit_together() {
        MIGRATIONS.validate().expect("every step runs");
    }
}
