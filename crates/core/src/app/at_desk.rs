//! Opening the support desk, and being at it.

use std::sync::Arc;

use super::{ChannelKeys, Route, Trouble};
use crate::channel::PartnerId;
use crate::desk::Desk;
use crate::hub::HubError;
use crate::partner_hub::{Caller, Pass};
use crate::secret::PartnerKey;
use crate::session::{PartnerSession, Session};

impl ChannelKeys {
    /// Opens the desk with the partner's own API key, which takes the place of signing in. Whether the Hub takes it is
    /// asked first (`GET /partners/{P}`, documented). The key stays in memory, for as long as the desk is open.
    pub async fn open_desk_with_key(&self, partner: &str, key: PartnerKey) -> Result<Session, Trouble> {
        if self.is_locked() {
            return Err(Trouble::OtherAccount);
        }
        let caller = Caller { partner: PartnerId(partner.trim().to_owned()), pass: Pass::Key(Arc::new(key)) };
        let asked = self.route().partner_side.partner_name(&caller).await;
        match asked {
            Ok(_) => {}
            Err(HubError::SessionEnded) => return Err(Trouble::WrongPartnerKey),
            Err(error) => return Err(error.into()),
        }
        self.leave()?;
        Ok(self.begin(Session::Partner(PartnerSession { caller, person: None, rank: None })))
    }

    /// The desk that somebody is at.
    pub fn desk(&self) -> Result<Arc<Desk>, Trouble> {
        let mut state = self.state();
        if let Some(desk) = &state.desk {
            return Ok(desk.clone());
        }
        let Session::Partner(at_desk) = &state.session else { return Err(Trouble::NotSignedIn) };
        let Route { partner_side, realm, .. } = state.route.clone();
        let (records, clock) = (self.ports.desk_records.clone(), self.ports.clock.clone());
        let by = at_desk.person.as_ref().map(|person| person.email.clone());
        let caller = at_desk.caller.clone();
        let desk = Arc::new(Desk::new(partner_side, (records, realm), clock, caller, by));
        state.desk = Some(desk.clone());
        Ok(desk)
    }
}
