//! What the support desks saw, what changed, and what people noted.

use rusqlite::{Connection, OptionalExtension, Row, params};
use time::OffsetDateTime;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Change, Changed};
use channel_keys_core::desk_records::{
    AtPartner, DeskAmounts, DeskRecords, KeptChange, LastSeen, LastTold, Note, Sighting, Sightings,
};
use channel_keys_core::records::RecordsError;

use super::{SqliteRecords, realm_word, seconds, time, time_if_any, word};

/// What was last told of a desk's channels.
const LAST_SEEN: &str = "SELECT channel, what, word, told_at, in_list, did_at FROM desk_seen WHERE desk = ?1 \
     ORDER BY channel";
/// The notes on a channel.
const NOTES: &str = "SELECT id, channel, text, ticket, at, changed_at, author FROM desk_notes \
     WHERE desk = ?1 AND channel = ?2 ORDER BY id DESC";
/// A page of what changed at a channel.
const CHANGES: &str = "SELECT id, what, before, now, told_before, told_now, here FROM desk_changes \
     WHERE desk = ?1 AND channel = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4";
/// The newest change of one thing at a channel.
const LAST_CHANGE: &str = "SELECT id, what, before, now, told_before, told_now, here FROM desk_changes \
     WHERE desk = ?1 AND channel = ?2 AND what = ?3 ORDER BY id DESC LIMIT 1";
/// Which channels changed since a time.
const CHANGED: &str = "SELECT channel, max(told_now) FROM desk_changes WHERE desk = ?1 AND told_now >= ?2 \
     GROUP BY channel";
/// Forgets some of the old changes: who wants to read meanwhile does not wait for all.
const PRUNE_CHANGES: &str = "DELETE FROM desk_changes WHERE id IN (SELECT id FROM desk_changes \
     WHERE desk IN (SELECT id FROM desks) AND told_now < ?1 LIMIT 5000)";
/// Forgets what was last told long ago.
const PRUNE_SEEN: &str = "DELETE FROM desk_seen WHERE in_list = 0 AND told_at < ?1";
/// What stands in a list is told with each whole reading of it: it is old where none was for long.
const PRUNE_LISTS: &str = "DELETE FROM desk_seen WHERE told_at < ?1 AND in_list = 1 AND desk IN \
     (SELECT id FROM desks WHERE list_read IS NULL OR list_read < ?1)";

impl DeskRecords for SqliteRecords {
    fn last_seen(&self, desk: &AtPartner) -> Result<LastSeen, RecordsError> {
        self.with(|connection| {
            let Some((id, list_read)) = known(connection, desk)? else { return Ok(LastSeen::default()) };
            let mut statement = connection.prepare_cached(LAST_SEEN)?;
            let mut all: Vec<(ChannelId, Vec<LastTold>)> = Vec::new();
            for row in statement.query_map([id], told)?.filter_map(readable) {
                let (channel, told) = row?;
                match all.last_mut() {
                    Some((last, facts)) if *last == channel => facts.push(told),
                    _ => all.push((channel, vec![told])),
                }
            }
            Ok(LastSeen { told: all, list_read })
        })
    }

    fn write_sightings(&self, desk: &AtPartner, seen: &Sightings) -> Result<(), RecordsError> {
        self.change(|transaction| {
            let desk = made(transaction, desk)?;
            let mut drop = transaction
                .prepare_cached("DELETE FROM desk_seen WHERE desk = ?1 AND channel = ?2 AND what = ?3")?;
            let mut tell = transaction.prepare_cached(
                "INSERT OR REPLACE INTO desk_seen (desk, channel, what, word, told_at, in_list, did_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for (channel, facts) in &seen.facts {
                for fact in facts {
                    match fact {
                        Sighting::Dropped(what) => drop.execute(params![desk, channel.0, what.word()])?,
                        Sighting::Told(LastTold { what, word, at, in_list, did_at }) => {
                            let (at, did_at) = (at.unix_timestamp(), seconds(*did_at));
                            tell.execute(params![desk, channel.0, what.word(), word, at, in_list, did_at])?
                        }
                    };
                }
            }
            let mut add = transaction.prepare_cached(
                "INSERT INTO desk_changes (desk, channel, what, before, now, told_before, told_now, here) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for change in &seen.changes {
                let Change { channel, what, before, now, told_before, told_now, here } = change;
                let (told_before, told_now) = (told_before.unix_timestamp(), told_now.unix_timestamp());
                add.execute(params![desk, channel.0, what.word(), before, now, told_before, told_now, here])?;
            }
            if let Some(read) = seen.list_read {
                let read = read.unix_timestamp();
                transaction.execute("UPDATE desks SET list_read = ?2 WHERE id = ?1", params![desk, read])?;
            }
            Ok(())
        })
    }

    fn changes(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        before: Option<i64>,
        most: usize,
    ) -> Result<Vec<KeptChange>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(Vec::new()) };
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let mut statement = connection.prepare_cached(CHANGES)?;
            let page = params![desk, channel.0, before.unwrap_or(i64::MAX), most];
            statement.query_map(page, |row| change(row, channel))?.filter_map(readable).collect()
        })
    }

    fn last_change(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        what: Changed,
    ) -> Result<Option<Change>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(None) };
            let mut statement = connection.prepare_cached(LAST_CHANGE)?;
            let row = |row: &Row<'_>| change(row, channel);
            let last = statement.query_map(params![desk, channel.0, what.word()], row)?.find_map(readable);
            Ok(last.transpose()?.map(|kept| kept.change))
        })
    }

    fn changed_since(
        &self,
        desk: &AtPartner,
        since: OffsetDateTime,
    ) -> Result<Vec<(ChannelId, OffsetDateTime)>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(CHANGED)?;
            let changed = |row: &Row<'_>| Ok((ChannelId(row.get(0)?), time(row, 1)?));
            let found = statement.query_map(params![desk, since.unix_timestamp()], changed)?;
            found.filter_map(readable).collect()
        })
    }

    fn notes(&self, desk: &AtPartner, channel: &ChannelId) -> Result<Vec<Note>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(NOTES)?;
            statement.query_map(params![desk, channel.0], note)?.collect()
        })
    }

    fn all_notes(&self, desk: &AtPartner) -> Result<Vec<Note>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT id, channel, text, ticket, at, changed_at, author FROM desk_notes WHERE desk = ?1 \
                 ORDER BY id DESC",
            )?;
            statement.query_map([desk], note)?.collect()
        })
    }

    fn add_note(&self, desk: &AtPartner, note: &Note) -> Result<(), RecordsError> {
        self.change(|transaction| {
            let desk = made(transaction, desk)?;
            let Note { id: _, channel, text, ticket, at, changed_at, by } = note;
            let (at, changed_at) = (at.unix_timestamp(), seconds(*changed_at));
            transaction.execute(
                "INSERT INTO desk_notes (desk, channel, text, ticket, at, changed_at, author) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![desk, channel.0, text, ticket, at, changed_at, by],
            )?;
            Ok(())
        })
    }

    fn change_note(&self, desk: &AtPartner, note: &Note) -> Result<bool, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(false) };
            let changed = connection.execute(
                "UPDATE desk_notes SET text = ?3, ticket = ?4, changed_at = ?5 WHERE desk = ?1 AND id = ?2",
                params![desk, note.id, note.text, note.ticket, seconds(note.changed_at)],
            )?;
            Ok(changed > 0)
        })
    }

    fn remove_note(&self, desk: &AtPartner, id: i64) -> Result<bool, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(false) };
            let removed =
                connection.execute("DELETE FROM desk_notes WHERE desk = ?1 AND id = ?2", [desk, id])?;
            Ok(removed > 0)
        })
    }

    fn watched(&self, desk: &AtPartner) -> Result<Vec<ChannelId>, RecordsError> {
        self.with(|connection| {
            let Some((desk, _)) = known(connection, desk)? else { return Ok(Vec::new()) };
            let mut statement = connection
                .prepare_cached("SELECT channel FROM desk_watched WHERE desk = ?1 ORDER BY channel")?;
            statement.query_map([desk], |row| Ok(ChannelId(row.get(0)?)))?.collect()
        })
    }

    fn set_watched(&self, desk: &AtPartner, channel: &ChannelId, watched: bool) -> Result<(), RecordsError> {
        self.change(|transaction| {
            let marked = params![made(transaction, desk)?, channel.0];
            let statement = if watched {
                "INSERT OR IGNORE INTO desk_watched (desk, channel) VALUES (?1, ?2)"
            } else {
                "DELETE FROM desk_watched WHERE desk = ?1 AND channel = ?2"
            };
            transaction.execute(statement, marked).map(drop)
        })
    }

    fn prune(&self, before: OffsetDateTime) -> Result<usize, RecordsError> {
        let before = before.unix_timestamp();
        self.change(|transaction| {
            transaction.execute(PRUNE_SEEN, [before])?;
            transaction.execute(PRUNE_LISTS, [before]).map(drop)
        })?;
        let mut forgotten = 0;
        loop {
            match self.with(|connection| connection.execute(PRUNE_CHANGES, [before]))? {
                0 => return Ok(forgotten),
                some => forgotten += some,
            }
        }
    }

    fn desk_amounts(&self) -> Result<DeskAmounts, RecordsError> {
        self.with(|connection| {
            let count = |of: &str| {
                let count: i64 =
                    connection.query_row(&format!("SELECT count(*) FROM {of}"), [], |row| row.get(0))?;
                Ok::<_, rusqlite::Error>(usize::try_from(count).unwrap_or_default())
            };
            Ok(DeskAmounts {
                channels: count("(SELECT DISTINCT desk, channel FROM desk_seen)")?,
                changes: count("desk_changes")?,
                notes: count("desk_notes")?,
                watched: count("desk_watched")?,
            })
        })
    }

    fn forget_desks(&self) -> Result<(), RecordsError> {
        self.change(|transaction| {
            transaction.execute_batch(
                "DELETE FROM desk_changes; DELETE FROM desk_seen; DELETE FROM desk_notes; \
                 DELETE FROM desk_watched; DELETE FROM desks;",
            )
        })
    }
}

/// A desk's number and when its whole list was last read, if anything was ever remembered of it.
fn known(
    connection: &Connection,
    desk: &AtPartner,
) -> rusqlite::Result<Option<(i64, Option<OffsetDateTime>)>> {
    connection
        .query_row(
            "SELECT id, list_read FROM desks WHERE realm = ?1 AND partner = ?2",
            [realm_word(desk.realm), &desk.partner.0],
            |row| Ok((row.get(0)?, time_if_any(row, 1)?)),
        )
        .optional()
}

/// A desk's number, given now where it had none.
fn made(connection: &Connection, desk: &AtPartner) -> rusqlite::Result<i64> {
    let whose = [realm_word(desk.realm), &desk.partner.0];
    connection.execute("INSERT OR IGNORE INTO desks (realm, partner) VALUES (?1, ?2)", whose)?;
    connection.query_row("SELECT id FROM desks WHERE realm = ?1 AND partner = ?2", whose, |row| row.get(0))
}

/// Passes over a row that can't be read: a later version, or a hand, wrote it, and all others are good.
fn readable<T>(row: rusqlite::Result<T>) -> Option<rusqlite::Result<T>> {
    match row {
        Err(
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..),
        ) => None,
        row => Some(row),
    }
}

fn told(row: &Row<'_>) -> rusqlite::Result<(ChannelId, LastTold)> {
    let told = LastTold {
        what: word(row, 1, Changed::from_word)?,
        word: row.get(2)?,
        at: time(row, 3)?,
        in_list: row.get(4)?,
        did_at: time_if_any(row, 5)?,
    };
    Ok((ChannelId(row.get(0)?), told))
}

fn change(row: &Row<'_>, channel: &ChannelId) -> rusqlite::Result<KeptChange> {
    let change = Change {
        channel: channel.clone(),
        what: word(row, 1, Changed::from_word)?,
        before: row.get(2)?,
        now: row.get(3)?,
        told_before: time(row, 4)?,
        told_now: time(row, 5)?,
        here: row.get(6)?,
    };
    Ok(KeptChange { id: row.get(0)?, change })
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    Ok(Note {
        id: row.get(0)?,
        channel: ChannelId(row.get(1)?),
        text: row.get(2)?,
        ticket: row.get(3)?,
        at: time(row, 4)?,
        changed_at: time_if_any(row, 5)?,
        by: row.get(6)?,
    })
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
