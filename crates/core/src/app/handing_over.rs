//! A key that was made on a client's behalf goes to that client, and does not stay here.

use super::{ChannelKeys, Trouble};
use crate::history::What;
use crate::records::{KeyRecord, KeyState};
use crate::session::Session;

/// A key that was made at a desk, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskKey {
    /// The key, without the key.
    pub record: KeyRecord,
    /// The client's name, where the board has it.
    pub client_name: Option<String>,
}

impl DeskKey {
    /// Whether it lies here for its client to get it. One that was replaced since is of no use to anybody.
    pub fn waits_to_be_handed_over(&self) -> bool {
        let lies_here = self.record.lies_here();
        lies_here && self.record.replaced_at.is_none()
    }
}

impl ChannelKeys {
    /// Notes that the client has a key that was made at a desk, and forgets it here. Whether the client put it in place
    /// is not known by this. A key that lies nowhere else has to have been copied.
    pub async fn hand_over(&self, id: &str) -> Result<(), Trouble> {
        if !matches!(self.session(), Session::Partner(_)) {
            return Err(Trouble::NoSuchKey);
        }
        let record = self.key_record(id)?;
        match record.state {
            KeyState::SafetyCopy | KeyState::Kept => {}
            KeyState::InMemory if self.was_copied(id) => {}
            KeyState::InMemory => return Err(Trouble::StoredNowhere),
            _ => return Err(Trouble::NoSuchKey),
        }
        self.put_out(id, KeyState::HandedOver, What::KeyHandedOver).await
    }

    /// All keys of a desk that lie here or whose fate is open, newest first.
    pub fn desk_keys(&self) -> Result<Vec<DeskKey>, Trouble> {
        let desk = self.desk()?;
        let with_client =
            |record: KeyRecord| DeskKey { client_name: desk.client_name(&record.client), record };
        Ok(self.all_keys_here()?.into_iter().map(with_client).collect())
    }

    fn was_copied(&self, id: &str) -> bool {
        self.state().held.get(id).is_some_and(|held| held.copied)
    }
}
