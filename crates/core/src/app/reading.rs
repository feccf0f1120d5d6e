//! Reading the channels: from the Hub, or as last seen.

use super::{ChannelKeys, Route, State, Trouble};
use crate::channel::{ChannelId, Client};
use crate::fact::Fact;
use crate::hub::HubError;
use crate::overview::{Listing, Overview};
use crate::session::{ClientSession, Session};

impl ChannelKeys {
    /// Reads the client and its channels from the Hub, and remembers them as last seen.
    pub async fn read_channels(&self) -> Result<Overview, Trouble> {
        let (route, at_work) = self.at_work()?;
        self.read(&route, &at_work).await
    }

    pub(super) async fn read(&self, route: &Route, at_work: &ClientSession) -> Result<Overview, Trouble> {
        let reading = self.state().begin_reading();
        self.read_as(reading, route, at_work).await
    }

    async fn read_as(
        &self,
        reading: u64,
        route: &Route,
        at_work: &ClientSession,
    ) -> Result<Overview, Trouble> {
        let client = match route.hub.client(&at_work.token, &at_work.client).await {
            Ok(client) => client,
            Err(error) if error.locks_out() || matches!(error, HubError::NotReached(_)) => {
                return Err(error.into());
            }
            // The call is ours: whatever a Hub answers to it, the list still stands, and so does what was told before.
            Err(error) => self.client_before(&error, route, at_work),
        };
        let listed = route.hub.channels(&at_work.token, &at_work.client).await?;
        let overview = Overview { client, channels: listed.items, short: listed.short, read_at: self.now() };
        let listing = Listing { overview: overview.clone(), not_fresh: None };
        let Some(shown) = self.show(listing, reading, route, at_work) else { return Ok(overview) };
        // The list on screen does not wait for the disk to take it.
        let _ = self.records().write_seen(&at_work.owner(route), &shown.overview);
        self.remember_account(shown.overview.client.name.told().cloned());
        Ok(shown.overview)
    }

    /// What is known of a client where it can't be read: nothing where the Hub does not have it or does not tell, else
    /// what was read last.
    fn client_before(&self, error: &HubError, route: &Route, at_work: &ClientSession) -> Client {
        let shown = || self.state().listing.as_ref().map(|listing| listing.overview.client.clone());
        let seen = || self.records().seen(&at_work.owner(route), &at_work.client).ok().flatten();
        let seen = || seen().map(|overview| overview.client);
        let before = if error.passes() { shown().or_else(seen) } else { None };
        before.filter(|client| client.id == at_work.client).unwrap_or_else(|| Client {
            id: at_work.client.clone(),
            name: Fact::NotTold,
            payer: Fact::NotTold,
            partner: Fact::NotTold,
        })
    }

    /// The channels as last read in this session, or as last seen on this computer; read now where neither is.
    pub async fn channels(&self) -> Result<Overview, Trouble> {
        Ok(self.listing(false).await?.overview)
    }

    /// The channels to show: read anew where asked for or where they were not read yet. Where the Hub can't be
    /// asked, they are shown as last seen, with what stood in the way.
    pub async fn listing(&self, anew: bool) -> Result<Listing, Trouble> {
        if let Some(listing) = self.state().listing.clone().filter(|_| !anew) {
            return Ok(listing);
        }
        if matches!(self.session(), Session::Here { .. }) {
            let who = self.who()?;
            let client = who.client().ok_or(Trouble::NotSignedIn)?;
            let seen = self.records().seen(&who.owner(), client)?;
            let overview = seen.ok_or(Trouble::NotSignedIn)?;
            return Ok(Listing { overview, not_fresh: None });
        }
        let (route, at_work) = self.at_work()?;
        let reading = self.state().begin_reading();
        let error = match self.read_as(reading, &route, &at_work).await {
            Ok(overview) => return Ok(Listing { overview, not_fresh: None }),
            Err(Trouble::Hub(HubError::SessionEnded)) => return Err(HubError::SessionEnded.into()),
            Err(Trouble::Hub(error)) => error,
            Err(trouble) => return Err(trouble),
        };
        // Another reading may have come through meanwhile.
        let shown = self.state().listing.clone().map(|listing| listing.overview);
        let seen = || self.records().seen(&at_work.owner(&route), &at_work.client).ok().flatten();
        let Some(overview) = shown.or_else(seen) else { return Err(error.into()) };
        let listing = Listing { overview, not_fresh: Some(error) };
        Ok(self.show(listing.clone(), reading, &route, &at_work).unwrap_or(listing))
    }

    /// Whether a Hub that does not have something lacks the thing or the call: where its own list contains the
    /// channel, it is the call (ours).
    pub(super) async fn tell_apart(
        &self,
        error: HubError,
        route: &Route,
        at_work: &ClientSession,
        channel: &ChannelId,
    ) -> HubError {
        if !matches!(error, HubError::NotThere(_)) {
            return error;
        }
        let knows_client = route.hub.client(&at_work.token, &at_work.client).await.is_ok();
        let channels = route.hub.channels(&at_work.token, &at_work.client).await;
        let lists_it = channels.is_ok_and(|all| all.items.iter().any(|listed| listed.id == *channel));
        if knows_client && lists_it { HubError::NotOffered } else { error }
    }

    /// Shows a list to whom it was read for; it may arrive after somebody else came, or another client was chosen.
    /// Tells what is shown now: what was asked for later stays.
    fn show(
        &self,
        listing: Listing,
        reading: u64,
        route: &Route,
        at_work: &ClientSession,
    ) -> Option<Listing> {
        let mut state = self.state();
        if !state.is_at_work(route, at_work) {
            return None;
        }
        if reading >= state.shown_reading {
            state.listing = Some(listing);
            state.shown_reading = reading;
        }
        state.listing.clone()
    }
}

impl State {
    pub(super) fn begin_reading(&mut self) -> u64 {
        self.readings += 1;
        self.readings
    }
}
