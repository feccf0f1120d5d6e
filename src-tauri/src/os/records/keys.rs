//! The records of keys, with the places where they are used. Never a key.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::records::{KeyRecord, KeyState, Origin, Owner, Place, Reminders, Tested};

use super::{owner, realm_word, seconds, time, time_if_any, word};

const COLUMNS: &str = "id, realm, user, client, channel, channel_name, number, external_id, state, label, address, \
                       tail, asked_at, changed_at, replaced_at, origin, made_by, tested, tested_at, worked_at, \
                       refused_at, listed_before, other_number_at, reminded_at, not_reminded, sequence";

pub(super) fn write(connection: &Connection, record: &KeyRecord) -> rusqlite::Result<()> {
    let insert = format!(
        "INSERT OR REPLACE INTO keys ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
         ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)"
    );
    connection.execute(
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
            seconds(record.replaced_at),
            record.origin.word(),
            record.by,
            record.tested.map(|(tested, _)| tested.word()),
            seconds(record.tested.map(|(_, at)| at)),
            seconds(record.worked_at),
            seconds(record.refused_at),
            record.listed_before.as_ref().map(|marks| json!(marks).to_string()),
            seconds(record.other_number_at),
            seconds(record.reminders.last),
            record.reminders.off,
            record.sequence,
        ],
    )?;
    connection.execute("DELETE FROM places WHERE key = ?1", [&record.id])?;
    let mut insert = connection.prepare_cached("INSERT INTO places VALUES (?1, ?2, ?3, ?4)")?;
    for (position, place) in record.places.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        insert.execute(params![record.id, position, place.name, place.done])?;
    }
    Ok(())
}

pub(super) fn one(connection: &Connection, id: &str) -> rusqlite::Result<Option<KeyRecord>> {
    let query = format!("SELECT {COLUMNS} FROM keys WHERE id = ?1");
    let found = connection.query_row(&query, [id], read).optional()?;
    found.map(|record| with_places(connection, record)).transpose()
}

pub(super) fn of(connection: &Connection, owner: &Owner) -> rusqlite::Result<Vec<KeyRecord>> {
    let query = format!(
        "SELECT {COLUMNS} FROM keys WHERE realm = ?1 AND user = ?2 ORDER BY sequence DESC, rowid DESC"
    );
    let mut statement = connection.prepare_cached(&query)?;
    let found = statement.query_map([realm_word(owner.realm), &owner.user], read)?;
    found.map(|record| with_places(connection, record?)).collect()
}

pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<KeyRecord>> {
    let query = format!("SELECT {COLUMNS} FROM keys ORDER BY sequence DESC, rowid DESC");
    let mut statement = connection.prepare(&query)?;
    let found = statement.query_map([], read)?;
    found.map(|record| with_places(connection, record?)).collect()
}

pub(super) fn forget(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM places WHERE key = ?1", [id])?;
    connection.execute("DELETE FROM keys WHERE id = ?1", [id]).map(drop)
}

fn with_places(connection: &Connection, record: KeyRecord) -> rusqlite::Result<KeyRecord> {
    let mut statement =
        connection.prepare_cached("SELECT name, done FROM places WHERE key = ?1 ORDER BY position")?;
    let places = statement
        .query_map([&record.id], |row| Ok(Place { name: row.get(0)?, done: row.get(1)? }))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(KeyRecord { places, ..record })
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeyRecord> {
    let tested = match time_if_any(row, 18)? {
        Some(at) => Some((word(row, 17, Tested::from_word)?, at)),
        None => None,
    };
    Ok(KeyRecord {
        id: row.get(0)?,
        owner: owner(row, 1)?,
        client: ClientId(row.get(3)?),
        channel: ChannelId(row.get(4)?),
        channel_name: row.get(5)?,
        number: row.get(6)?,
        external_id: row.get(7)?,
        state: word(row, 8, KeyState::from_word)?,
        label: row.get(9)?,
        address: row.get(10)?,
        tail: row.get(11)?,
        asked_at: time(row, 12)?,
        changed_at: time(row, 13)?,
        replaced_at: time_if_any(row, 14)?,
        origin: word(row, 15, Origin::from_word)?,
        by: row.get(16)?,
        places: Vec::new(),
        tested,
        worked_at: time_if_any(row, 19)?,
        refused_at: time_if_any(row, 20)?,
        // What can't be read here decides nothing, and must not hide the key.
        listed_before: row.get::<_, Option<String>>(21)?.and_then(|marks| serde_json::from_str(&marks).ok()),
        other_number_at: time_if_any(row, 22)?,
        reminders: Reminders { last: time_if_any(row, 23)?, off: row.get(24)? },
        sequence: row.get(25)?,
    })
}
