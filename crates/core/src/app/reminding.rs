//! The places where a key is not in place yet: a task that goes on until each is ticked off, and is reminded of.

use time::Duration;

use super::{ChannelKeys, Trouble};
use crate::records::KeyRecord;
use crate::times::later;

/// How long after a key was made the first reminder comes (ours): whoever made it is at work on it until then.
const FIRST: Duration = Duration::hours(1);
/// How long lies between two reminders of the same key (ours).
const EVERY: Duration = Duration::hours(24);

impl ChannelKeys {
    /// The keys of a client that lie here and may work, and are not in place everywhere yet. At a desk a key goes to its
    /// client, who knows the places.
    pub fn keys_to_place(&self) -> Result<Vec<KeyRecord>, Trouble> {
        if self.who()?.client().is_none() {
            return Ok(Vec::new());
        }
        let mut keys = self.all_keys_here()?;
        keys.retain(KeyRecord::waits_for_places);
        Ok(keys)
    }

    /// Those of them of which it is time to remind the person. Each is told once in a day, whatever stops meanwhile:
    /// what can't be noted is not told. Where the clock was set back, it counts from now on.
    pub fn take_reminders(&self) -> Result<Vec<KeyRecord>, Trouble> {
        let now = self.now();
        let mut due = self.keys_to_place()?;
        for key in due.iter_mut().filter(|key| key.reminders.last.unwrap_or(key.asked_at) > now) {
            *key = self.note_reminded(key)?;
        }
        due.retain(|key| {
            let next = match key.reminders.last {
                Some(last) => later(last, EVERY),
                None => later(key.asked_at, FIRST),
            };
            !key.reminders.off && next <= now
        });
        for key in &mut due {
            *key = self.note_reminded(key)?;
        }
        Ok(due)
    }

    fn note_reminded(&self, key: &KeyRecord) -> Result<KeyRecord, Trouble> {
        let now = self.now();
        self.amend(key, |key| {
            key.reminders.last = Some(now);
            true
        })
    }

    /// Reminds of a key's places, or not any more, because the person said so.
    pub fn set_reminders(&self, id: &str, on: bool) -> Result<KeyRecord, Trouble> {
        self.amend(&self.key_record(id)?, |record| {
            record.reminders.off = !on;
            true
        })
    }
}

impl KeyRecord {
    /// Whether it lies here, may work, and is not in place everywhere that is noted.
    pub fn waits_for_places(&self) -> bool {
        let may_work = self.replaced_at.is_none() && self.refused_at.is_none();
        self.lies_here() && may_work && self.places.iter().any(|place| !place.done)
    }

    /// Whether the person has to decide what becomes of it, or to find out what did.
    pub fn waits_for_person(&self) -> bool {
        use crate::records::KeyState::{InMemory, Interrupted, Lost, NotLookedFor, SafetyCopy, Unknown};
        let open = matches!(self.state, SafetyCopy | InMemory | Unknown | Interrupted | NotLookedFor | Lost);
        open && self.replaced_at.is_none()
    }

    /// Whether the key itself lies on this computer, in the keychain or in memory.
    pub fn lies_here(&self) -> bool {
        self.state.in_keychain() || self.state == crate::records::KeyState::InMemory
    }
}
