//! What was done, by which account.

use rusqlite::{Connection, Row, params};

use channel_keys_core::channel::ChannelId;
use channel_keys_core::history::{About, Ended, HistoryEntry, What};
use channel_keys_core::records::{LONGEST_HISTORY, Owner};

use super::{owner, realm_word, time, word};

pub(super) fn add(connection: &Connection, entry: &HistoryEntry) -> rusqlite::Result<()> {
    let about = entry.about.as_ref();
    connection
        .execute(
            "INSERT INTO history (at, realm, user, done_by, what, ended, client_name, channel, channel_name, number, \
             label, tail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                entry.at.unix_timestamp(),
                realm_word(entry.owner.realm),
                entry.owner.user,
                entry.by,
                entry.what.word(),
                entry.ended.word(),
                entry.client_name,
                about.map(|about| &about.channel.0),
                about.and_then(|about| about.channel_name.as_ref()),
                about.and_then(|about| about.number.as_ref()),
                about.and_then(|about| about.label.as_ref()),
                about.and_then(|about| about.tail.as_ref()),
            ],
        )
        .map(drop)
}

pub(super) fn of(connection: &Connection, owner: &Owner) -> rusqlite::Result<Vec<HistoryEntry>> {
    let query = format!(
        "SELECT id, at, realm, user, done_by, what, ended, client_name, channel, channel_name, number, label, tail \
         FROM history WHERE realm = ?1 AND user = ?2 ORDER BY id DESC LIMIT {LONGEST_HISTORY}"
    );
    let mut statement = connection.prepare_cached(&query)?;
    statement.query_map([realm_word(owner.realm), &owner.user], read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let channel: Option<String> = row.get(8)?;
    let about = match channel {
        Some(channel) => Some(About {
            channel: ChannelId(channel),
            channel_name: row.get(9)?,
            number: row.get(10)?,
            label: row.get(11)?,
            tail: row.get(12)?,
        }),
        None => None,
    };
    Ok(HistoryEntry {
        id: row.get(0)?,
        at: time(row, 1)?,
        owner: owner(row, 2)?,
        by: row.get(4)?,
        what: word(row, 5, What::from_word)?,
        ended: word(row, 6, Ended::from_word)?,
        client_name: row.get(7)?,
        about,
    })
}
