//! The channels as last seen. What was not told is NULL.

use rusqlite::{Connection, OptionalExtension, Row, params};

use channel_keys_core::channel::{
    Channel, ChannelId, Client, ClientId, HubStatus, Partner, PartnerId, Payer, Permission, Status,
};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::Short;
use channel_keys_core::overview::Overview;
use channel_keys_core::records::Owner;

use super::{realm_word, time};

pub(super) fn write(connection: &Connection, owner: &Owner, overview: &Overview) -> rusqlite::Result<()> {
    let Overview { client, channels, short, read_at } = overview;
    let partner = client.partner.told().and_then(Option::as_ref);
    let whose = params![realm_word(owner.realm), owner.user, client.id.0];
    connection.execute("DELETE FROM seen_channels WHERE realm = ?1 AND user = ?2 AND client = ?3", whose)?;
    connection.execute(
        "INSERT OR REPLACE INTO seen_clients (realm, user, client, read_at, name, payer, partner_told, partner, \
         partner_name, announced) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            realm_word(owner.realm),
            owner.user,
            client.id.0,
            read_at.unix_timestamp(),
            client.name.told(),
            client.payer.told().map(|payer| payer_word(*payer)),
            client.partner.told().is_some(),
            partner.map(|partner| &partner.id.0),
            partner.and_then(|partner| partner.name.told()),
            short.map(|short| i64::try_from(short.announced).unwrap_or(i64::MAX)),
        ],
    )?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO seen_channels (realm, user, client, position, id, name, number, status, hub_status, running, \
         permission, quality, message_limit, external_id, waba_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for (position, channel) in channels.iter().enumerate() {
        insert.execute(params![
            realm_word(owner.realm),
            owner.user,
            client.id.0,
            i64::try_from(position).unwrap_or(i64::MAX),
            channel.id.0,
            channel.name.told(),
            channel.number.told(),
            channel.status.told().map(Status::word),
            channel.hub_status.told().map(HubStatus::word),
            channel.running.told(),
            channel.permission.told().map(|permission| permission_word(*permission)),
            channel.quality.told(),
            channel.limit.told(),
            channel.external_id.told(),
            channel.waba_id.told(),
        ])?;
    }
    Ok(())
}

pub(super) fn of(
    connection: &Connection,
    owner: &Owner,
    client: &ClientId,
) -> rusqlite::Result<Option<Overview>> {
    let whose = [realm_word(owner.realm), &owner.user, &client.0];
    let found = connection
        .query_row(
            "SELECT read_at, name, payer, partner_told, partner, partner_name, announced FROM seen_clients \
             WHERE realm = ?1 AND user = ?2 AND client = ?3",
            whose,
            |row| Ok((time(row, 0)?, seen_client(row, client)?, row.get::<_, Option<i64>>(6)?)),
        )
        .optional()?;
    let Some((read_at, client, announced)) = found else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT id, name, number, status, hub_status, running, permission, quality, message_limit, external_id, \
         waba_id FROM seen_channels WHERE realm = ?1 AND user = ?2 AND client = ?3 ORDER BY position",
    )?;
    let channels: Vec<_> = statement.query_map(whose, seen_channel)?.collect::<rusqlite::Result<_>>()?;
    let short = Short::of(announced.and_then(|announced| announced.try_into().ok()), channels.len());
    Ok(Some(Overview { client, channels, short, read_at }))
}

fn seen_client(row: &Row<'_>, id: &ClientId) -> rusqlite::Result<Client> {
    let payer: Option<String> = row.get(2)?;
    let partner: Option<String> = row.get(4)?;
    let partner_name: Option<String> = row.get(5)?;
    Ok(Client {
        id: id.clone(),
        name: row.get::<_, Option<String>>(1)?.into(),
        payer: payer.and_then(|word| PAYERS.into_iter().find(|payer| payer_word(*payer) == word)).into(),
        partner: match (row.get(3)?, partner) {
            (false, _) => Fact::NotTold,
            (true, None) => Fact::Told(None),
            (true, Some(id)) => Fact::Told(Some(Partner { id: PartnerId(id), name: partner_name.into() })),
        },
    })
}

fn seen_channel(row: &Row<'_>) -> rusqlite::Result<Channel> {
    let text = |column| row.get::<_, Option<String>>(column);
    let permission = text(6)?;
    let is_it = |word: &str| PERMISSIONS.into_iter().find(|permission| permission_word(*permission) == word);
    Ok(Channel {
        id: ChannelId(row.get(0)?),
        name: text(1)?.into(),
        number: text(2)?.into(),
        status: text(3)?.as_deref().map(Status::from_word).into(),
        hub_status: text(4)?.as_deref().map(HubStatus::from_word).into(),
        running: row.get::<_, Option<bool>>(5)?.into(),
        permission: permission.as_deref().and_then(is_it).into(),
        quality: text(7)?.into(),
        limit: text(8)?.into(),
        external_id: text(9)?.into(),
        waba_id: text(10)?.into(),
    })
}

const PAYERS: [Payer; 2] = [Payer::Client, Payer::Partner];
const PERMISSIONS: [Permission; 2] = [Permission::Shared, Permission::Missing];

fn payer_word(payer: Payer) -> &'static str {
    match payer {
        Payer::Client => "direct",
        Payer::Partner => "partner",
    }
}

fn permission_word(permission: Permission) -> &'static str {
    match permission {
        Permission::Shared => "shared",
        Permission::Missing => "missing",
    }
}
