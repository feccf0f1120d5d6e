//! Goals of several steps that were begun.

use rusqlite::{Connection, Row, params};

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::goal::{Goal, GoalKind, GoalStep};
use channel_keys_core::records::Owner;

use super::{owner, realm_word, time, word};

pub(super) fn write(connection: &Connection, goal: &Goal) -> rusqlite::Result<()> {
    let by_hand: Vec<_> = goal.by_hand.iter().map(|step| step.word()).collect();
    connection
        .execute(
            "INSERT OR REPLACE INTO goals (realm, user, channel, client, channel_name, number, kind, begun_at, \
             was_shared, by_hand, keys_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                realm_word(goal.owner.realm),
                goal.owner.user,
                goal.channel.0,
                goal.client.0,
                goal.channel_name,
                goal.number,
                goal.kind.word(),
                goal.begun_at.unix_timestamp(),
                goal.was_shared,
                by_hand.join(" "),
                goal.keys_before,
            ],
        )
        .map(drop)
}

pub(super) fn of(connection: &Connection, owner: &Owner) -> rusqlite::Result<Vec<Goal>> {
    let mut statement = connection.prepare_cached(
        "SELECT realm, user, channel, client, channel_name, number, kind, begun_at, was_shared, by_hand, keys_before \
         FROM goals WHERE realm = ?1 AND user = ?2 ORDER BY begun_at DESC, channel",
    )?;
    statement.query_map([realm_word(owner.realm), &owner.user], read)?.collect()
}

pub(super) fn forget(connection: &Connection, owner: &Owner, channel: &ChannelId) -> rusqlite::Result<()> {
    let whose = params![realm_word(owner.realm), owner.user, channel.0];
    connection.execute("DELETE FROM goals WHERE realm = ?1 AND user = ?2 AND channel = ?3", whose).map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Goal> {
    let by_hand: String = row.get(9)?;
    Ok(Goal {
        owner: owner(row, 0)?,
        channel: ChannelId(row.get(2)?),
        client: ClientId(row.get(3)?),
        channel_name: row.get(4)?,
        number: row.get(5)?,
        kind: word(row, 6, GoalKind::from_word)?,
        begun_at: time(row, 7)?,
        keys_before: row.get(10)?,
        was_shared: row.get(8)?,
        // A step that is not known here says nothing, and must not hide the goal.
        by_hand: by_hand.split(' ').filter_map(GoalStep::from_word).collect(),
    })
}
