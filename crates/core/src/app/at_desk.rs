//! Opening the support desk, and being at it.

use std::sync::Arc;

use super::{ChannelKeys, Route, State, Trouble};
use crate::channel::PartnerId;
use crate::desk::Desk;
use crate::hub::{HubError, KeyOf};
use crate::partner_hub::{Caller, Pass};
use crate::secret::PartnerKey;
use crate::session::{PartnerSession, Session};

impl ChannelKeys {
    /// Opens the desk with the partner's own API key, which takes the place of signing in. Whether the Hub takes it is
    /// asked first (`GET /partners/{P}`, documented). The key stays in memory, for as long as the desk is open.
    pub async fn open_desk_with_key(&self, partner: &str, key: PartnerKey) -> Result<Session, Trouble> {
        let partner = PartnerId(partner.trim().to_owned());
        let locked = match self.session() {
            Session::Locked(locked) if locked.opens_with_key_of(&partner) => Some(locked),
            Session::Locked(_) => return Err(Trouble::OtherAccount),
            _ => None,
        };
        let caller = Caller { partner, pass: Pass::Key(Arc::new(key)) };
        let route = self.route();
        if let Err(error) = route.partner_side.partner_name(&caller).await {
            route.hub.close_connections();
            return Err(match error {
                HubError::KeyRefused(KeyOf::Partner) => Trouble::WrongPartnerKey,
                error => error.into(),
            });
        }
        if locked.is_none() {
            self.leave()?;
        }
        Ok(self.begin(Session::Partner(PartnerSession { caller, person: None, rank: None })))
    }

    /// The desk that somebody is at.
    pub fn desk(&self) -> Result<Arc<Desk>, Trouble> {
        self.open_desk(&mut self.state())
    }

    /// The same, opened where it was not yet.
    pub(super) fn open_desk(&self, state: &mut State) -> Result<Arc<Desk>, Trouble> {
        if let Some(desk) = &state.desk {
            return Ok(desk.clone());
        }
        let Session::Partner(at_desk) = &state.session else { return Err(Trouble::NotSignedIn) };
        let Route { partner_side, partner_writes, realm, .. } = &state.route;
        let (records, clock) = (self.ports.desk_records.clone(), self.ports.clock.clone());
        let by = at_desk.person.as_ref().map(|person| person.email.clone());
        let caller = at_desk.caller.clone();
        let desk = Arc::new(Desk::new(partner_side.clone(), (records, *realm), clock, caller, by));
        let writing = at_desk.may_write_by_default().then(|| Arc::new(partner_writes.open(desk.clone())));
        state.writing = writing;
        state.desk = Some(desk.clone());
        Ok(desk)
    }

    /// Whether the desk only reads. Where nobody is at one, nothing can be written either.
    pub fn only_reads(&self) -> bool {
        let mut state = self.state();
        // A desk that was not opened yet has no mode of its own.
        let _ = self.open_desk(&mut state);
        state.writing.is_none()
    }

    /// From now on the desk only reads; what was prepared is not sent. A request that is on its way is answered.
    pub fn read_only(&self) -> Result<(), Trouble> {
        let mut state = self.state();
        self.open_desk(&mut state)?;
        state.writing = None;
        state.ticket = None;
        Ok(())
    }

    /// Lets the desk write until it is closed, because the person was told what that means and said so.
    pub fn let_write(&self) -> Result<(), Trouble> {
        let mut state = self.state();
        let desk = self.open_desk(&mut state)?;
        let writing = state.route.partner_writes.open(desk);
        state.writing = Some(Arc::new(writing));
        Ok(())
    }
}
