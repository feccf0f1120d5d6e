//! Lines of a board for tests, made as they are made: by a desk that reads them.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use time::OffsetDateTime;

use channel_keys_core::channel::{Channel, ChannelId, ClientId, HubStatus, PartnerId, Status};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{Desk, LineOnBoard, Which};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Listed, ListedKey};
use channel_keys_core::partner_hub::{
    Caller, ChannelsPiece, PartnerChannel, PartnerClient, PartnerReads, Pass,
};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::PartnerKey;

use crate::os::records::SqliteRecords;

/// A Hub that tells these channels of one client, and which of them are shared or why not.
pub(crate) struct Told {
    /// The channels.
    pub(crate) channels: Vec<PartnerChannel>,
    /// Which are shared.
    pub(crate) shared: Result<Vec<ChannelId>, HubError>,
}

#[async_trait]
impl PartnerReads for Told {
    async fn partner_name(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        Ok(Fact::Told("Blue Anchor".into()))
    }

    async fn clients(&self, _: &Caller) -> Result<Listed<PartnerClient>, HubError> {
        Ok(Listed { items: Vec::new(), short: None })
    }

    async fn channels_from(&self, _: &Caller, offset: usize) -> Result<ChannelsPiece, HubError> {
        let channels: Vec<_> = self.channels.iter().skip(offset).cloned().collect();
        let total = Fact::Told(self.channels.len());
        Ok(ChannelsPiece { entries: channels.len(), channels, total })
    }

    async fn channel(&self, _: &Caller, _: &ChannelId) -> Result<PartnerChannel, HubError> {
        Err(HubError::NotThere(None))
    }

    async fn shared(&self, _: &Caller, _: &ClientId) -> Result<Vec<ChannelId>, HubError> {
        self.shared.clone()
    }

    async fn key_list(&self, _: &Caller, _: &ChannelId) -> Result<Vec<ListedKey>, HubError> {
        Ok(Vec::new())
    }

    async fn return_address(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        Ok(Fact::NotTold)
    }
}

/// A clock that whoever waits moves forward.
struct Hands(Mutex<OffsetDateTime>);

#[async_trait]
impl Clock for Hands {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().expect("no test panicked with it in hand")
    }

    async fn wait(&self, time: std::time::Duration) {
        *self.0.lock().expect("no test panicked with it in hand") += time;
        tokio::task::yield_now().await;
    }
}

/// A channel of the Harbour Hotel that runs.
pub(crate) fn line(id: &str, name: &str, number: &str) -> PartnerChannel {
    PartnerChannel {
        channel: Channel {
            id: ChannelId(id.into()),
            name: Fact::Told(name.into()),
            number: Fact::Told(number.into()),
            status: Fact::Told(Status::Ready),
            hub_status: Fact::Told(HubStatus::Live),
            running: Fact::Told(true),
            permission: Fact::NotTold,
            quality: Fact::Told("High".into()),
            limit: Fact::Told("TIER_1K".into()),
            external_id: Fact::Told("106540352242922".into()),
            waba_id: Fact::Told("uX3BECWA".into()),
        },
        client: Fact::Told(PartnerClient {
            id: ClientId("H1CL".into()),
            name: Fact::Told("Harbour Hotel GmbH".into()),
            email: Fact::Told("maria@harbour-hotel.example".into()),
        }),
    }
}

/// A desk that has read what this Hub tells, opened with `key`.
pub(crate) async fn desk(told: Told, key: &str) -> Arc<Desk> {
    let caller =
        Caller { partner: PartnerId("pT77xPA".into()), pass: Pass::Key(Arc::new(PartnerKey::new(key))) };
    let clock = Hands(Mutex::new(OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000)));
    let records = SqliteRecords::open(std::path::Path::new(":memory:")).expect("they open");
    let records = (Arc::new(records) as Arc<_>, Realm::Real);
    let desk = Arc::new(Desk::new(Arc::new(told), records, Arc::new(clock), caller, None));
    desk.read().await;
    desk.check().await;
    desk
}

/// The board with these channels, some of them shared.
pub(crate) async fn board(channels: Vec<PartnerChannel>, shared: &[&str]) -> Vec<LineOnBoard> {
    let shared = shared.iter().map(|id| ChannelId((*id).into())).collect();
    desk(Told { channels, shared: Ok(shared) }, "invented").await.all(&Which::All)
}
