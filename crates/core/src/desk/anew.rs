//! One channel, read anew: before anything is done with it, what is known of it is a moment old.

use std::sync::Arc;

use super::{About, Call, Change, Changed, Desk, LineOnBoard};
use crate::channel::{ChannelId, ClientId};
use crate::fact::Fact;
use crate::hub::{HubError, ListedKey};

impl Desk {
    /// Reads the whole list, and meanwhile asks again about the clients of these channels, in their order and before all
    /// others. Then asks about those of which nothing was told yet.
    pub async fn read_and_check(self: &Arc<Self>, first: &[ChannelId]) {
        self.want_first(first);
        tokio::join!(self.read(), async {
            if !first.is_empty() {
                self.check().await;
            }
        });
        self.check().await;
    }

    /// Reads a channel from the Hub, and whether its client shares it, and puts both on the board. Where the client is
    /// not told, the permission stays not told. What an error keeps from being told stays as it was.
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
        let asked = match client {
            Some(client) => self.ask_shared(&client).await,
            None => Ok(()),
        };
        self.keep().await;
        self.tell();
        asked?;
        let line = self.line(channel).ok_or(HubError::NotThere(None))?;
        match line.trouble() {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(line),
        }
    }

    async fn ask_shared(&self, client: &ClientId) -> Result<(), HubError> {
        let asked_after = self.state().board.pieces();
        let shared = self.hub.shared(&self.caller(), client).await;
        let shared = self.noted(Call::Shared, About::Client(client.clone()), shared)?;
        let now = self.now();
        self.state().board.take_shared(client, &shared.into_iter().collect(), asked_after, now);
        Ok(())
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
