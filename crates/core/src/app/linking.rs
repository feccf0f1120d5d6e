//! Following a link from outside: it opens a channel for whoever is signed in, or a partner's request for a client, and
//! waits a while for who is not.

use time::{Duration, OffsetDateTime};

use super::{ChannelKeys, State};
use crate::channel::ChannelId;
use crate::fact::Fact;
use crate::link::{Link, Refused};
use crate::session::Session;
use crate::times::later;

/// How long a link waits (ours): who signs in much later is not led to where somebody wanted to go then.
const WAITS: Duration = Duration::minutes(15);

/// Where a link leads now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Led {
    /// None came, or it was put away, or its time is up.
    Nowhere,
    /// The last one was none that is followed.
    Refused(Refused),
    /// It waits.
    Waits {
        /// To open this channel; none where a partner's request is to be read.
        channel: Option<ChannelId>,
        /// For this to happen.
        what_for: WaitsFor,
        /// It is dropped at this time.
        until: OffsetDateTime,
    },
    /// The channel can be shown.
    Opens(ChannelId),
    /// The list was read, and the channel is not in it.
    NotListed(ChannelId),
    /// A partner asks for something, and [`ChannelKeys::request`] says what.
    Asks,
    /// A partner's request is for a client, and a partner is at work.
    AsksClients,
}

/// What a link waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// Somebody to sign in.
    SignIn,
    /// Whoever is signing in to say for which client.
    Client,
    /// The program to be unlocked.
    Unlock,
    /// The list that it would stand in to be read.
    List,
}

/// The last link that came.
pub(super) struct Came {
    pub(super) link: Result<Link, Refused>,
    at: OffsetDateTime,
    /// Of how many channels the notification told that leads here; none where it is a link.
    pressed: Option<usize>,
}

impl Came {
    /// Whether its time is not up. A clock that was set back makes none wait for longer.
    pub(super) fn waits_at(&self, now: OffsetDateTime) -> bool {
        now < later(self.at, WAITS) && now >= self.at
    }
}

impl ChannelKeys {
    /// Takes a link that came from outside, in the place of one that waits. What it said is forgotten where it is
    /// refused. Nothing is done: [`ChannelKeys::led`] says where it leads.
    pub fn take_link(&self, link: Result<Link, Refused>) {
        self.state().link = Some(Came { link, at: self.now(), pressed: None });
    }

    /// A notification of this program was pressed, which told of `several` channels: it leads to one of them as a link
    /// does.
    pub fn take_press(&self, channel: ChannelId, several: usize) {
        let link = Ok(Link::Channel(channel));
        self.state().link = Some(Came { link, at: self.now(), pressed: Some(several) });
    }

    /// Of how many channels the notification told that leads somewhere; none where it is a link that does.
    pub fn is_led_by_notice(&self) -> Option<usize> {
        self.state().link.as_ref().and_then(|came| came.pressed)
    }

    /// Where the last link leads now. Asks the Hub nothing.
    pub fn led(&self) -> Led {
        let now = self.now();
        let state = self.state();
        let Some(came) = &state.link else { return Led::Nowhere };
        let channel = match &came.link {
            Err(refused) => return Led::Refused(*refused),
            Ok(_) if !came.waits_at(now) => return Led::Nowhere,
            Ok(Link::Channel(channel)) => Some(channel),
            Ok(Link::Request(_)) => None,
        };
        let until = later(came.at, WAITS);
        let waits = |what_for| Led::Waits { channel: channel.cloned(), what_for, until };
        match state.session {
            Session::SignedOut | Session::Here { .. } => return waits(WaitsFor::SignIn),
            Session::ClientIdNeeded { .. } | Session::Choosing { .. } => return waits(WaitsFor::Client),
            Session::Locked(_) => return waits(WaitsFor::Unlock),
            Session::Client(_) | Session::Partner(_) => {}
        }
        match channel {
            None if state.can_be_asked() => Led::Asks,
            None => Led::AsksClients,
            Some(channel) => match state.lists(channel) {
                Fact::Told(true) => Led::Opens(channel.clone()),
                Fact::Told(false) => Led::NotListed(channel.clone()),
                Fact::NotTold => waits(WaitsFor::List),
            },
        }
    }

    /// Puts the link away: it was followed, or nobody wants it.
    pub fn put_link_away(&self) {
        self.state().link = None;
    }
}

impl State {
    /// Whether a channel is among those of who is signed in; not told until their list was read from the Hub.
    fn lists(&self, channel: &ChannelId) -> Fact<bool> {
        if let Some(desk) = &self.desk {
            return desk.lists(channel);
        }
        let Some(listing) = &self.listing else { return Fact::NotTold };
        match listing.overview.channel(channel) {
            Some(_) => Fact::Told(true),
            None if listing.not_fresh.is_none() => Fact::Told(false),
            None => Fact::NotTold,
        }
    }
}
