//! Asking a client for the permission on 360dialog's own page, and understanding the address with which it comes back.

use std::collections::HashMap;

use time::OffsetDateTime;
use url::Url;
use uuid::Uuid;

use super::{Desk, LineOnBoard};
use crate::channel::{ChannelId, ClientId};
use crate::fact::Fact;
use crate::permission_page::{AskFor, Returned};

/// What was asked for since the desk was opened, by the word that goes along and comes back. It lies in memory alone.
#[derive(Debug, Default)]
pub(super) struct Asked(HashMap<String, (ChannelId, OffsetDateTime)>);

/// What an address that came back says, beside what the board knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Which client was there.
    pub client: Fact<ClientId>,
    /// Its name, where the board has it.
    pub client_name: Option<String>,
    /// Whether the board has this client.
    pub client_on_board: bool,
    /// What it gave the permission for during that visit.
    pub given: Fact<Vec<Mentioned>>,
    /// For what it took the permission back.
    pub revoked: Fact<Vec<Mentioned>>,
    /// Whether it answers something that was asked for here.
    pub asked: Answers,
}

/// A channel that an address names.
#[derive(Debug, Clone, PartialEq)]
pub struct Mentioned {
    /// Its id.
    pub id: ChannelId,
    /// What the board has of it, if anything.
    pub line: Option<LineOnBoard>,
    /// Whether it belongs to the client that the address names, as far as both are known.
    pub is_theirs: Fact<bool>,
}

/// Whether an address answers something that was asked for here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answers {
    /// It does.
    AskedHere {
        /// For which channel it was asked.
        channel: ChannelId,
        /// When the link was first made.
        at: OffsetDateTime,
        /// Whether the client that it was asked of is the one that the address names.
        same_client: Fact<bool>,
    },
    /// It carries something else, or what an earlier desk had asked for.
    NotAskedHere,
    /// It carries nothing.
    SaysNothing,
}

impl Desk {
    /// What goes into a link by which the client of a channel is asked for the permission; none where the board has no
    /// such channel. Whoever asks twice for a channel asks with the same word.
    pub fn ask_for(&self, channel: &ChannelId, return_to: Option<Url>) -> Option<AskFor> {
        let partner = self.caller().partner;
        let now = self.now();
        let mut state = self.state();
        let on_board = state.board.position(channel).and_then(|at| state.board.on_board(at))?;
        let asked = &mut state.asked.0;
        let known = asked.iter().find(|(_, (of, _))| of == channel).map(|(word, _)| word.clone());
        let word = known.unwrap_or_else(|| {
            let word = Uuid::new_v4().simple().to_string();
            asked.insert(word.clone(), (channel.clone(), now));
            word
        });
        Some(AskFor {
            partner,
            number: on_board.line.channel.number.told().cloned(),
            name: on_board.client.as_ref().and_then(|client| client.name.told().cloned()),
            email: on_board.client.as_ref().and_then(|client| client.email.told().cloned()),
            state: word,
            return_to,
        })
    }

    /// Puts what an address says beside what the board knows. Asks nobody, and changes nothing.
    pub fn explain(&self, returned: &Returned) -> Explained {
        let state = self.state();
        let board = &state.board;
        let client_of = |id: &ChannelId| board.line(id)?.client.told().cloned();
        let is = |other: Option<ClientId>| match (other, returned.client.told()) {
            (Some(other), Some(client)) => Fact::Told(other == *client),
            _ => Fact::NotTold,
        };
        let mentioned = |ids: &Fact<Vec<ChannelId>>| {
            ids.clone().map(|ids| {
                let of = |id: ChannelId| Mentioned {
                    line: board.position(&id).and_then(|at| board.on_board(at)),
                    is_theirs: is(client_of(&id)),
                    id,
                };
                ids.into_iter().map(of).collect()
            })
        };
        let on_board = returned.client.told().and_then(|id| board.client(id));
        let asked = match returned.state.as_ref().map(|word| state.asked.0.get(word)) {
            Some(Some((channel, at))) => {
                Answers::AskedHere { channel: channel.clone(), at: *at, same_client: is(client_of(channel)) }
            }
            Some(None) => Answers::NotAskedHere,
            None => Answers::SaysNothing,
        };
        Explained {
            client: returned.client.clone(),
            client_name: on_board.and_then(|client| client.name.told().cloned()),
            client_on_board: on_board.is_some(),
            given: mentioned(&returned.given),
            revoked: mentioned(&returned.revoked),
            asked,
        }
    }
}
