//! A key that goes from one person to another as a locked file. The lock is the shell's; what lies below it, and what
//! is taken from there, is decided here.

use super::pasting::Came;
use super::{ChannelKeys, Trouble};
use crate::channel::{Channel, ChannelId};
use crate::history::What;
use crate::key_file::{KeyFile, NotAKeyFile};
use crate::keys::Pasted;
use crate::records::Origin;
use crate::secret::Secret;

/// What came of a file that was opened.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one is made where a person pressed a button")]
pub enum FromFile {
    /// Its key was taken as a pasted one is.
    Taken(Pasted),
    /// It is for another channel than the one that it was opened for. Nothing was taken.
    ForAnother {
        /// As the file names it.
        named: NamedThere,
        /// The channel, where the client has it.
        here: Option<Box<Channel>>,
    },
}

/// A channel as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedThere {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: Option<String>,
    /// Its number, in digits.
    pub number: Option<String>,
}

impl ChannelKeys {
    /// What is to be locked into a file, to hand a key over that lies here.
    pub async fn text_for_file(&self, id: &str) -> Result<Secret, Trouble> {
        let key = self.key(id).await?;
        let text = KeyFile::of(&self.key_record(id)?, &key, self.now()).text();
        text.ok_or(Trouble::NotWritable)
    }

    /// The file was written. Whether anybody can open it is another matter.
    pub fn note_saved_as_file(&self, id: &str) {
        self.note_use(id, What::KeySaved);
    }

    /// The person saw what opens the file that was saved: the key lies elsewhere from now on, as a copied one does.
    pub fn note_can_open_file(&self, id: &str) {
        self.note_elsewhere(id);
    }

    /// Takes a key from a file that was opened: for this channel, as a pasted one is taken, or not at all. What the
    /// messaging host says of it is told as for a pasted one.
    pub async fn take_from_file(&self, channel: &ChannelId, text: &Secret) -> Result<FromFile, Trouble> {
        let file = KeyFile::read(text)?;
        if file.realm != self.realm() {
            return Err(NotAKeyFile::OtherRealm.into());
        }
        let overview = self.channels().await?;
        let chosen = overview.channel(channel).ok_or(Trouble::NoSuchChannel)?;
        if file.channel != chosen.id {
            let here = overview.channel(&file.channel).cloned().map(Box::new);
            let named = NamedThere { id: file.channel, name: file.name, number: file.number };
            return Ok(FromFile::ForAnother { named, here });
        }
        let came = Came { origin: Origin::File, address: file.address };
        Ok(FromFile::Taken(self.take_key(&overview, chosen, &file.key, came).await?))
    }
}
