//! The tables, step by step. A step that was released is never changed.

use std::sync::LazyLock;

use rusqlite_migration::{M, Migrations};

/// What marks a file as this program's, as `PRAGMA application_id` tells it: "ChKy". One of before has none.
pub(super) const APPLICATION_ID: i64 = 0x4368_4b79;

/// The highest version that is taken for a later program's (ours); a higher one is damage.
pub(super) const MOST_VERSIONS: i64 = 1_000;

pub(super) static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(
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
        ),
        M::up(
            "ALTER TABLE keys ADD COLUMN origin TEXT NOT NULL DEFAULT 'made';
            ALTER TABLE keys ADD COLUMN made_by TEXT;
            ALTER TABLE keys ADD COLUMN tested TEXT;
            ALTER TABLE keys ADD COLUMN tested_at INTEGER;
            ALTER TABLE keys ADD COLUMN worked_at INTEGER;
            ALTER TABLE keys ADD COLUMN refused_at INTEGER;
            CREATE TABLE places (
                key TEXT NOT NULL,
                position INTEGER NOT NULL,
                name TEXT NOT NULL,
                done INTEGER NOT NULL,
                PRIMARY KEY (key, position)
            ) STRICT;
            CREATE TABLE history (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                done_by TEXT NOT NULL,
                what TEXT NOT NULL,
                ended TEXT NOT NULL,
                client_name TEXT,
                channel TEXT,
                channel_name TEXT,
                number TEXT,
                label TEXT,
                tail TEXT
            ) STRICT;
            CREATE INDEX history_by_owner ON history (realm, user, id);
            CREATE TABLE accounts (
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                client TEXT NOT NULL,
                email TEXT NOT NULL,
                name TEXT,
                client_name TEXT,
                used_at INTEGER NOT NULL,
                PRIMARY KEY (realm, user, client)
            ) STRICT;
            CREATE TABLE kept_sessions (
                realm TEXT PRIMARY KEY,
                host TEXT NOT NULL,
                user TEXT NOT NULL,
                client TEXT NOT NULL,
                until INTEGER,
                ended INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE seen_clients (
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                client TEXT NOT NULL,
                read_at INTEGER NOT NULL,
                name TEXT,
                payer TEXT,
                partner_told INTEGER NOT NULL,
                partner TEXT,
                partner_name TEXT,
                PRIMARY KEY (realm, user, client)
            ) STRICT;
            CREATE TABLE seen_channels (
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                client TEXT NOT NULL,
                position INTEGER NOT NULL,
                id TEXT NOT NULL,
                name TEXT,
                number TEXT,
                status TEXT,
                hub_status TEXT,
                running INTEGER,
                permission TEXT,
                quality TEXT,
                message_limit TEXT,
                external_id TEXT,
                waba_id TEXT,
                PRIMARY KEY (realm, user, client, position)
            ) STRICT;",
        ),
        M::up("ALTER TABLE keys ADD COLUMN listed_before TEXT;"),
        M::up(
            "CREATE TABLE desks (
                id INTEGER PRIMARY KEY,
                realm TEXT NOT NULL,
                partner TEXT NOT NULL,
                list_read INTEGER,
                UNIQUE (realm, partner)
            ) STRICT;
            CREATE TABLE desk_seen (
                desk INTEGER NOT NULL,
                channel TEXT NOT NULL,
                what TEXT NOT NULL,
                word TEXT NOT NULL,
                told_at INTEGER NOT NULL,
                in_list INTEGER NOT NULL,
                did_at INTEGER,
                PRIMARY KEY (desk, channel, what)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX desk_seen_by_time ON desk_seen (told_at) WHERE in_list = 0;
            CREATE TABLE desk_changes (
                id INTEGER PRIMARY KEY,
                desk INTEGER NOT NULL,
                channel TEXT NOT NULL,
                what TEXT NOT NULL,
                before TEXT NOT NULL,
                now TEXT NOT NULL,
                told_before INTEGER NOT NULL,
                told_now INTEGER NOT NULL,
                here INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX desk_changes_of_channel ON desk_changes (desk, channel);
            CREATE INDEX desk_changes_by_time ON desk_changes (desk, told_now, channel);
            CREATE TABLE desk_notes (
                id INTEGER PRIMARY KEY,
                desk INTEGER NOT NULL,
                channel TEXT NOT NULL,
                text TEXT NOT NULL,
                ticket TEXT,
                at INTEGER NOT NULL,
                changed_at INTEGER,
                author TEXT
            ) STRICT;
            CREATE INDEX desk_notes_of_channel ON desk_notes (desk, channel);
            CREATE TABLE desk_watched (
                desk INTEGER NOT NULL,
                channel TEXT NOT NULL,
                PRIMARY KEY (desk, channel)
            ) STRICT, WITHOUT ROWID;",
        ),
        M::up(
            "CREATE TABLE webhooks (
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                channel TEXT NOT NULL,
                client TEXT NOT NULL,
                id TEXT NOT NULL,
                state TEXT NOT NULL,
                host TEXT,
                headers INTEGER NOT NULL,
                read_at INTEGER NOT NULL,
                PRIMARY KEY (realm, user, channel)
            ) STRICT;
            CREATE TABLE goals (
                realm TEXT NOT NULL,
                user TEXT NOT NULL,
                channel TEXT NOT NULL,
                client TEXT NOT NULL,
                channel_name TEXT,
                number TEXT,
                kind TEXT NOT NULL,
                begun_at INTEGER NOT NULL,
                was_shared INTEGER NOT NULL,
                by_hand TEXT NOT NULL,
                PRIMARY KEY (realm, user, channel)
            ) STRICT;",
        ),
        M::up(
            "ALTER TABLE keys ADD COLUMN other_number_at INTEGER;
            ALTER TABLE keys ADD COLUMN reminded_at INTEGER;
            ALTER TABLE keys ADD COLUMN not_reminded INTEGER NOT NULL DEFAULT 0;
            UPDATE keys SET other_number_at = tested_at WHERE tested = 'other_number';",
        ),
        // NULL: nothing is known of the extra webhooks, as in every note from before.
        M::up("ALTER TABLE webhooks ADD COLUMN extra TEXT;"),
        M::up("ALTER TABLE seen_clients ADD COLUMN announced INTEGER;"),
        // Until here the clock was the order.
        M::up(
            "PRAGMA application_id = 0x43684b79;
            ALTER TABLE keys ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
            UPDATE keys SET sequence = asked_at;
            UPDATE keys SET tested = NULL, tested_at = NULL WHERE tested_at <= replaced_at;
            DROP INDEX keys_by_owner;
            CREATE INDEX keys_by_owner ON keys (realm, user, sequence);
            ALTER TABLE goals ADD COLUMN keys_before INTEGER NOT NULL DEFAULT 0;
            UPDATE goals SET keys_before =
                (SELECT coalesce(max(sequence), 0) FROM keys WHERE keys.asked_at < goals.begun_at);",
        ),
        // Until here AK was left out, as if every key had it: of which had none nothing is known.
        M::up(
            "UPDATE keys SET tail = tail || 'AK' WHERE tail IS NOT NULL;
            UPDATE history SET tail = tail || 'AK' WHERE tail IS NOT NULL;",
        ),
    ])
});
