//! A desk that may write. Reading alone is the rule: what writes is sealed, and only a desk that was allowed to write
//! has it opened.

use std::sync::Arc;

use super::{About, Call, Desk};
use crate::channel::ChannelId;
use crate::hub::{ChangeError, HubError, NewKey};
use crate::partner_hub::PartnerWrites;

/// The writing half of the partner's side, sealed: nothing in here can be called.
///
/// A desk that only reads has no value from which a key could be made, neither itself:
/// ```compile_fail
/// use channel_keys_core::{channel::ChannelId, desk::Desk};
/// async fn make(desk: &Desk, channel: &ChannelId) {
///     let _ = desk.make_key(channel).await;
/// }
/// ```
/// nor what is sealed:
/// ```compile_fail
/// use channel_keys_core::{channel::ChannelId, desk::SealedWrites};
/// async fn make(sealed: &SealedWrites, channel: &ChannelId) {
///     let _ = sealed.make_key(channel).await;
/// }
/// ```
/// nor can anybody but the application open it:
/// ```compile_fail
/// use std::sync::Arc;
/// use channel_keys_core::desk::{Desk, SealedWrites, WritingDesk};
/// fn open(sealed: &SealedWrites, desk: Arc<Desk>) -> WritingDesk {
///     sealed.open(desk)
/// }
/// ```
/// or put a writing desk together:
/// ```compile_fail
/// use std::sync::Arc;
/// use channel_keys_core::{desk::{Desk, WritingDesk}, partner_hub::PartnerWrites};
/// fn make(desk: Arc<Desk>, hub: Arc<dyn PartnerWrites>) -> WritingDesk {
///     WritingDesk { desk, hub }
/// }
/// ```
/// while this, which differs only in the desk that is asked, compiles:
/// ```
/// use channel_keys_core::{channel::ChannelId, desk::WritingDesk};
/// async fn make(desk: &WritingDesk, channel: &ChannelId) {
///     let _ = desk.make_key(channel).await;
/// }
/// ```
#[derive(Clone)]
pub struct SealedWrites(Arc<dyn PartnerWrites>);

impl SealedWrites {
    /// Seals a way to write.
    pub fn new(hub: Arc<dyn PartnerWrites>) -> Self {
        Self(hub)
    }

    /// Lets a desk write.
    pub(crate) fn open(&self, desk: Arc<Desk>) -> WritingDesk {
        WritingDesk { desk, hub: self.0.clone() }
    }
}

/// A desk that may write, for as long as it may.
pub struct WritingDesk {
    desk: Arc<Desk>,
    hub: Arc<dyn PartnerWrites>,
}

impl WritingDesk {
    /// The desk itself, for reading.
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Makes a key on the client's behalf, which kills every earlier one (documented). Sends the request once. A desk
    /// that was closed asks for nothing more.
    pub async fn make_key(&self, channel: &ChannelId) -> Result<NewKey, ChangeError> {
        if self.desk.is_closed() {
            return Err(ChangeError::Unchanged(HubError::SessionEnded));
        }
        let made = self.hub.make_key(&self.desk.caller(), channel).await;
        let failed = made.as_ref().map(|_| ()).map_err(|failed| failed.error().clone());
        let _ = self.desk.noted(Call::MakeKey, About::Channel(channel.clone()), failed);
        made
    }
}
