//! One channel, read anew: before anything is done with it, what is known of it is a moment old.

use super::{About, Call, Change, Changed, Desk, LineOnBoard};
use crate::channel::{ChannelId, ClientId};
use crate::fact::Fact;
use crate::hub::{HubError, ListedKey};

impl Desk {
    /// Reads a channel from the Hub, and whether its client shares it, and puts both on the board. Where the client is
    /// not told, the permission stays not told. An error leaves the board as it was.
    pub async fn read_anew(&self, channel: &ChannelId) -> Result<LineOnBoard, HubError> {
        if self.is_closed() {
            return Err(HubError::SessionEnded);
        }
        let read = self.hub.channel(&self.caller(), channel).await;
        let read = self.noted(Call::Channel, About::Channel(channel.clone()), read)?;
        let client = {
            let mut state = self.state();
            state.board.take_one(read, self.now());
            state.board.line(channel).and_then(|line| line.client.told().cloned())
        };
        if let Some(client) = client {
            let asked_after = self.state().board.pieces();
            let shared = self.hub.shared(&self.caller(), &client).await;
            let shared = self.noted(Call::Shared, About::Client(client.clone()), shared)?;
            let mut state = self.state();
            state.board.take_shared(&client, &shared.into_iter().collect(), asked_after, self.now());
        }
        self.keep().await;
        self.tell();
        let line = self.line(channel).ok_or(HubError::NotThere(None))?;
        match line.trouble() {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(line),
        }
    }

    /// The keys that the Hub lists for a channel, never whole. What tells them apart is remembered, and compared with
    /// when they were last looked at.
    pub async fn key_list(&self, channel: &ChannelId) -> Result<Vec<ListedKey>, HubError> {
        if self.is_closed() {
            return Err(HubError::SessionEnded);
        }
        let keys = self.hub.key_list(&self.caller(), channel).await;
        let keys = self.noted(Call::Keys, About::Channel(channel.clone()), keys)?;
        // Of a list in which one can't be told from the others, nobody can say later whether it has changed.
        let marks: Option<Vec<String>> = keys.iter().map(ListedKey::mark).collect();
        if let Some(marks) = marks {
            self.saw_keys(channel, &marks).await;
        }
        Ok(keys)
    }

    /// When what tells a channel's keys apart last changed, as far as is remembered here.
    pub fn keys_changed(&self, channel: &ChannelId) -> Option<Change> {
        let memory = &self.memory;
        memory.records().last_change(&memory.whose, channel, Changed::Keys).ok()?
    }

    /// Where 360dialog's permission page sends people back to, as the Hub tells it.
    pub async fn return_address(&self) -> Result<Fact<String>, HubError> {
        if self.is_closed() {
            return Err(HubError::SessionEnded);
        }
        let address = self.hub.return_address(&self.caller()).await;
        self.noted(Call::Partner, About::All, address)
    }

    /// A client's name, where it is on the board and was told.
    pub fn client_name(&self, client: &ClientId) -> Option<String> {
        let state = self.state();
        state.board.client(client).and_then(|client| client.name.told().cloned())
    }
}
