//! The accounts that were at work here, and the session that is kept.

use rusqlite::{Connection, OptionalExtension, params};

use channel_keys_core::accounts::{Account, KeptSession};
use channel_keys_core::channel::ClientId;
use channel_keys_core::records::Realm;

use super::{owner, realm, realm_word, seconds, time, time_if_any};

pub(super) fn write(connection: &Connection, account: &Account) -> rusqlite::Result<()> {
    connection
        .execute(
            "INSERT INTO accounts (realm, user, client, email, name, client_name, used_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT DO UPDATE SET email = excluded.email, name = coalesce(excluded.name, name), \
             client_name = coalesce(excluded.client_name, client_name), used_at = excluded.used_at",
            params![
                realm_word(account.owner.realm),
                account.owner.user,
                account.client.0,
                account.email,
                account.name,
                account.client_name,
                account.used_at.unix_timestamp(),
            ],
        )
        .map(drop)
}

pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut statement = connection.prepare(
        "SELECT realm, user, client, email, name, client_name, used_at FROM accounts \
         ORDER BY used_at DESC, rowid DESC",
    )?;
    let accounts = statement.query_map([], |row| {
        Ok(Account {
            owner: owner(row, 0)?,
            client: ClientId(row.get(2)?),
            email: row.get(3)?,
            name: row.get(4)?,
            client_name: row.get(5)?,
            used_at: time(row, 6)?,
        })
    })?;
    accounts.collect()
}

pub(super) fn forget_those_without_keys(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM accounts WHERE NOT EXISTS (SELECT 1 FROM keys WHERE keys.realm = accounts.realm \
         AND keys.user = accounts.user AND keys.client = accounts.client)",
    )
}

pub(super) fn write_session(connection: &Connection, session: &KeptSession) -> rusqlite::Result<()> {
    connection
        .execute(
            "INSERT OR REPLACE INTO kept_sessions (realm, host, user, client, until, ended) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                realm_word(session.realm),
                session.host,
                session.user,
                session.client.0,
                seconds(session.until),
                session.ended,
            ],
        )
        .map(drop)
}

pub(super) fn session(connection: &Connection, of: Realm) -> rusqlite::Result<Option<KeptSession>> {
    connection
        .query_row(
            "SELECT realm, host, user, client, until, ended FROM kept_sessions WHERE realm = ?1",
            [realm_word(of)],
            |row| {
                Ok(KeptSession {
                    realm: realm(row, 0)?,
                    host: row.get(1)?,
                    user: row.get(2)?,
                    client: ClientId(row.get(3)?),
                    until: time_if_any(row, 4)?,
                    ended: row.get(5)?,
                })
            },
        )
        .optional()
}

pub(super) fn forget_session(connection: &Connection, of: Realm) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM kept_sessions WHERE realm = ?1", [realm_word(of)]).map(drop)
}
