//! A client's channels, as the Hub told them at one time.

use time::OffsetDateTime;

use crate::access::{self, Facts, Side, Verdict};
use crate::channel::{Channel, ChannelId, Client, Partner};
use crate::fact::Fact;
use crate::hub::{HubError, Short};

/// A client's channels, and when they were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The client.
    pub client: Client,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// The Hub announced more channels than it listed.
    pub short: Option<Short>,
    /// When the Hub said so.
    pub read_at: OffsetDateTime,
}

/// The channels as they can be shown now.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// What is known, of whatever age.
    pub overview: Overview,
    /// Why it is not fresh, where the Hub was asked and could not be.
    pub not_fresh: Option<HubError>,
}

impl Overview {
    /// The verdict on making a key for one of these channels.
    pub fn verdict(&self, channel: &Channel) -> Verdict {
        access::decide(
            Side::Client,
            Facts {
                running: channel.live_and_running(),
                has_partner: match &self.client.partner {
                    Fact::Told(partner) => Fact::Told(partner.is_some()),
                    Fact::NotTold => Fact::NotTold,
                },
                payer: self.client.payer,
                permission: channel.permission,
            },
        )
    }

    /// The partner, where there is one.
    pub fn partner(&self) -> Option<&Partner> {
        self.client.partner.told().and_then(Option::as_ref)
    }

    /// One of the channels.
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == *id)
    }
}
