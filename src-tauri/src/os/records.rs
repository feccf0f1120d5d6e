//! The records in one SQLite file of the profile. Never a secret: keys lie in the keychain alone.

use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, params};
use rusqlite_migration::{M, Migrations};
use time::OffsetDateTime;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::records::{KeyRecord, KeyState, Owner, Realm, Records, RecordsError};

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![M::up(
        "CREATE TABLE keys (
            id TEXT PRIMARY KEY,
            realm TEXT NOT NULL,
            user TEXT NOT NULL,
            client TEXT NOT NULL,
            channel TEXT NOT NULL,
            channel_name TEXT,
            number TEXT,
            external_id TEXT,
            state TEXT NOT NULL,
            label TEXT,
            address TEXT,
            tail TEXT,
            asked_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            replaced_at INTEGER
        ) STRICT;
        CREATE INDEX keys_by_owner ON keys (realm, user, asked_at);
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;",
    )])
});

const COLUMNS: &str = "id, realm, user, client, channel, channel_name, number, external_id, state, label, address, \
                       tail, asked_at, changed_at, replaced_at";

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
    /// It is damaged, or can't be read or written.
    #[error("the records can't be opened")]
    Unreadable,
}

impl SqliteRecords {
    /// Opens the file, makes it where there is none, and brings it up to date.
    pub fn open(file: &Path) -> Result<Self, OpenError> {
        let mut connection = Connection::open(file).map_err(|_| OpenError::Unreadable)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
                 PRAGMA trusted_schema = OFF;",
            )
            .map_err(|_| OpenError::Unreadable)?;
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => OpenError::Newer,
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
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        act(&connection).map_err(|_| RecordsError)
    }
}

impl Records for SqliteRecords {
    fn write_key(&self, record: &KeyRecord) -> Result<(), RecordsError> {
        let insert = format!(
            "INSERT OR REPLACE INTO keys ({COLUMNS}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
        );
        self.with(|connection| {
            connection
                .execute(
                    &insert,
                    params![
                        record.id,
                        realm_word(record.owner.realm),
                        record.owner.user,
                        record.client.0,
                        record.channel.0,
                        record.channel_name,
                        record.number,
                        record.external_id,
                        record.state.word(),
                        record.label,
                        record.address,
                        record.tail,
                        record.asked_at.unix_timestamp(),
                        record.changed_at.unix_timestamp(),
                        record.replaced_at.map(OffsetDateTime::unix_timestamp),
                    ],
                )
                .map(drop)
        })
    }

    fn key(&self, id: &str) -> Result<Option<KeyRecord>, RecordsError> {
        let query = format!("SELECT {COLUMNS} FROM keys WHERE id = ?1");
        self.with(|connection| connection.query_row(&query, [id], key_record).optional())
    }

    fn keys(&self, owner: &Owner) -> Result<Vec<KeyRecord>, RecordsError> {
        let query = format!(
            "SELECT {COLUMNS} FROM keys WHERE realm = ?1 AND user = ?2 ORDER BY asked_at DESC, rowid DESC"
        );
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&query)?;
            statement.query_map([realm_word(owner.realm), &owner.user], key_record)?.collect()
        })
    }
}

fn realm_word(realm: Realm) -> &'static str {
    match realm {
        Realm::Real => "real",
        Realm::Practice => "practice",
    }
}

fn key_record(row: &Row<'_>) -> rusqlite::Result<KeyRecord> {
    let unreadable =
        |column| rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Text);
    let time =
        |seconds: i64, column| OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| unreadable(column));
    Ok(KeyRecord {
        id: row.get(0)?,
        owner: Owner {
            realm: match row.get_ref(1)?.as_str()? {
                "practice" => Realm::Practice,
                _ => Realm::Real,
            },
            user: row.get(2)?,
        },
        client: ClientId(row.get(3)?),
        channel: ChannelId(row.get(4)?),
        channel_name: row.get(5)?,
        number: row.get(6)?,
        external_id: row.get(7)?,
        state: KeyState::from_word(row.get_ref(8)?.as_str()?).ok_or_else(|| unreadable(8))?,
        label: row.get(9)?,
        address: row.get(10)?,
        tail: row.get(11)?,
        asked_at: time(row.get(12)?, 12)?,
        changed_at: time(row.get(13)?, 13)?,
        replaced_at: row.get::<_, Option<i64>>(14)?.map(|at| time(at, 14)).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, user: &str, realm: Realm) -> KeyRecord {
        let at = OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time");
        KeyRecord {
            id: id.into(),
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
            records.write_key(&written).expect("changed");
        }
        let again = SqliteRecords::open(&file).expect("it opens again");
        assert_eq!(again.key("one"), Ok(Some(written)));
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
        assert_eq!(SqliteRecords::open(&file).err(), Some(OpenError::Unreadable));
    }

    #[test]
    fn the_steps_from_the_first_version_to_this_one_fit_together() {
        MIGRATIONS.validate().expect("every step runs");
    }
}
