//! What is known of webhooks from before their numbers' keys were replaced. Never an address or a header.

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::records::Owner;
use channel_keys_core::webhook::{NoteState, Was, WasSet, WebhookNote};

use super::{owner, realm_word, time, word};

/// What is known of the extra webhooks, as JSON in one column.
#[derive(Serialize, Deserialize)]
struct Extra {
    /// Each one's name, host, and number of headers.
    list: Vec<(String, String, u32)>,
    complete: bool,
}

pub(super) fn write(connection: &Connection, note: &WebhookNote) -> rusqlite::Result<()> {
    let main = note.was.webhooks.iter().find(|it| it.name.is_none());
    let named = |it: &WasSet| Some((it.name.clone()?, it.host.clone(), it.headers));
    let extra =
        Extra { list: note.was.webhooks.iter().filter_map(named).collect(), complete: note.was.complete };
    let extra = (extra.complete || !extra.list.is_empty())
        .then(|| serde_json::to_string(&extra))
        .transpose()
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection
        .execute(
            "INSERT OR REPLACE INTO webhooks \
             (realm, user, channel, client, id, state, host, headers, read_at, extra) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                realm_word(note.owner.realm),
                note.owner.user,
                note.channel.0,
                note.client.0,
                note.id,
                note.state.word(),
                main.map(|main| &main.host),
                main.map_or(0, |main| main.headers),
                note.was.read_at.unix_timestamp(),
                extra,
            ],
        )
        .map(drop)
}

pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<WebhookNote>> {
    let mut statement = connection.prepare_cached(
        "SELECT realm, user, channel, client, id, state, host, headers, read_at, extra FROM webhooks \
         ORDER BY read_at DESC",
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
    let was = |name, host, headers| WasSet { name, host, headers, refused: None };
    let headers = row.get(7)?;
    let main = row.get::<_, Option<String>>(6)?.map(|host| was(None, host, headers));
    let extra: Option<String> = row.get(9)?;
    // What can't be read is not known.
    let extra = extra.and_then(|text| serde_json::from_str(&text).ok());
    let Extra { list, complete } = extra.unwrap_or(Extra { list: Vec::new(), complete: false });
    let extra = list.into_iter().map(|(name, host, headers)| was(Some(name), host, headers));
    Ok(WebhookNote {
        owner: owner(row, 0)?,
        channel: ChannelId(row.get(2)?),
        client: ClientId(row.get(3)?),
        id: row.get(4)?,
        state: word(row, 5, NoteState::from_word)?,
        was: Was { webhooks: main.into_iter().chain(extra).collect(), complete, read_at: time(row, 8)? },
    })
}
