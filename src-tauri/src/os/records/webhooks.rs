//! What is known of webhooks from before their numbers' keys were replaced. Never an address or a header.

use rusqlite::{Connection, Row, params};

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::records::Owner;
use channel_keys_core::webhook::{NoteState, WebhookNote};

use super::{owner, realm_word, time, word};

pub(super) fn write(connection: &Connection, note: &WebhookNote) -> rusqlite::Result<()> {
    connection
        .execute(
            "INSERT OR REPLACE INTO webhooks (realm, user, channel, client, id, state, host, headers, read_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                realm_word(note.owner.realm),
                note.owner.user,
                note.channel.0,
                note.client.0,
                note.id,
                note.state.word(),
                note.host,
                note.headers,
                note.read_at.unix_timestamp(),
            ],
        )
        .map(drop)
}

pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<WebhookNote>> {
    let mut statement = connection.prepare_cached(
        "SELECT realm, user, channel, client, id, state, host, headers, read_at FROM webhooks ORDER BY read_at DESC",
    )?;
    statement.query_map([], read)?.collect()
}

pub(super) fn forget(connection: &Connection, owner: &Owner, channel: &ChannelId) -> rusqlite::Result<()> {
    let whose = params![realm_word(owner.realm), owner.user, channel.0];
    connection
        .execute("DELETE FROM webhooks WHERE realm = ?1 AND user = ?2 AND channel = ?3", whose)
        .map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<WebhookNote> {
    Ok(WebhookNote {
        owner: owner(row, 0)?,
        channel: ChannelId(row.get(2)?),
        client: ClientId(row.get(3)?),
        id: row.get(4)?,
        state: word(row, 5, NoteState::from_word)?,
        host: row.get(6)?,
        headers: row.get(7)?,
        read_at: time(row, 8)?,
    })
}
