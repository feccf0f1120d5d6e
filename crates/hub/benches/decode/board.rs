//! The desk reads pages that lie in memory, as they would have come from the Hub.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::runtime::Runtime;

use channel_keys_core::channel::{ChannelId, ClientId, PartnerId};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{Desk, Look, MOST_LINES};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Listed, ListedKey};
use channel_keys_core::partner_hub::{
    Caller, ChannelsPiece, PartnerChannel, PartnerClient, PartnerReads, Pass,
};
use channel_keys_core::records::Realm;
use channel_keys_core::secret::PartnerKey;
use channel_keys_hub::reading;

use crate::blank::Blank;
use crate::pages::PAGE;

/// Reads the same pages again and again.
pub struct Reader {
    hub: Arc<Paper>,
    runtime: Runtime,
    full: Desk,
}

impl Reader {
    /// Reads these pages.
    pub fn of(pages: &[Vec<u8>]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let hub = Arc::new(Paper { pages: pages.to_vec() });
        let full = desk(&hub);
        runtime.block_on(full.read());
        Self { hub, runtime, full }
    }

    /// Reads them where nothing is known yet. Gives how many channels are known then.
    pub fn onto_an_empty_board(&self) -> usize {
        self.read(&desk(&self.hub))
    }

    /// Reads them where all of them are known. Gives how many channels are known then.
    pub fn onto_a_full_board(&self) -> usize {
        self.read(&self.full)
    }

    /// Types a text letter by letter into the search, takes it back in the same way, and gives how long each key stroke
    /// took. All channels are known and nothing was looked for.
    pub fn types(&self, text: &str) -> Vec<Duration> {
        let there = (1..=text.len()).map(|end| &text[..end]);
        let back = (0..text.len()).rev().map(|end| &text[..end]);
        let typed = there.chain(back).map(|search| Look { search: search.to_owned(), ..Look::default() });
        let timed = typed.map(|look| {
            let begun = Instant::now();
            std::hint::black_box(self.full.lines(&look, 0, MOST_LINES));
            begun.elapsed()
        });
        timed.collect()
    }

    fn read(&self, desk: &Desk) -> usize {
        self.runtime.block_on(desk.read());
        desk.lines(&Look::default(), 0, 0).total
    }
}

fn desk(hub: &Arc<Paper>) -> Desk {
    let pass = Pass::Key(Arc::new(PartnerKey::new("invented")));
    let caller = Caller { partner: PartnerId("pT77xPA".into()), pass };
    Desk::new(hub.clone(), (Arc::new(Blank), Realm::Real), Arc::new(Still), caller, None)
}

struct Still;

#[async_trait]
impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH
    }

    async fn wait(&self, _: Duration) {}
}

struct Paper {
    pages: Vec<Vec<u8>>,
}

#[async_trait]
impl PartnerReads for Paper {
    async fn partner_name(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        Ok(Fact::NotTold)
    }

    async fn clients(&self, _: &Caller) -> Result<Listed<PartnerClient>, HubError> {
        Ok(Listed { items: Vec::new(), short: None })
    }

    async fn channels_from(&self, _: &Caller, offset: usize) -> Result<ChannelsPiece, HubError> {
        let page = self.pages.get(offset / PAGE).ok_or(HubError::NotThere(None))?;
        reading::partner_channels(page).ok_or(HubError::NotUnderstood { status: 200 })
    }

    async fn channel(&self, _: &Caller, _: &ChannelId) -> Result<PartnerChannel, HubError> {
        Err(HubError::NotThere(None))
    }

    async fn shared(&self, _: &Caller, _: &ClientId) -> Result<Vec<ChannelId>, HubError> {
        Err(HubError::NotThere(None))
    }

    async fn key_list(&self, _: &Caller, _: &ChannelId) -> Result<Vec<ListedKey>, HubError> {
        Err(HubError::NotThere(None))
    }

    async fn return_address(&self, _: &Caller) -> Result<Fact<String>, HubError> {
        Ok(Fact::NotTold)
    }
}
