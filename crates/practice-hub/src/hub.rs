//! The practice Hub's memory: the world, who is signed in, and what is saved of it.

use std::io;
use std::path::PathBuf;

use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderMap};
use time::OffsetDateTime;

use crate::draw::unforeseen_api_key;
use crate::rules::Caller;
use crate::sessions::Sessions;
use crate::state::{self, Saved, SavedChannel};
use crate::wire::Refusal;
use crate::world::{Key, Live, World};

pub(crate) struct Hub {
    pub world: World,
    pub sessions: Sessions,
    /// Where the messaging host answers, as told beside every key.
    pub messaging: String,
    saved: Saved,
    state: Option<PathBuf>,
    next_key_id: u64,
}

/// A key that was just made: the only time it is known.
pub(crate) struct NewKey {
    pub id: String,
    pub plain: String,
}

impl Hub {
    pub(crate) fn new(
        mut world: World,
        saved: Saved,
        state: Option<PathBuf>,
        messaging: String,
    ) -> Self {
        for (id, channel) in &saved.channels {
            // A channel that this world does not have was saved by an older release: nothing to show.
            if let Some(at) = world.channel_at(id) {
                world.change(at, Live::from(channel));
            }
        }
        let ids = world
            .channels
            .iter()
            .filter_map(|channel| channel.live.key.as_ref()?.id.parse::<u64>().ok());
        let next_key_id = ids.max().unwrap_or(201_125) + 1;
        Self {
            world,
            sessions: Sessions::default(),
            messaging,
            saved,
            state,
            next_key_id,
        }
    }

    /// Tells who asks: `Authorization: Bearer` (seen) or `X-API-Key` (documented).
    pub(crate) fn caller(
        &self,
        headers: &HeaderMap,
        now: OffsetDateTime,
    ) -> Result<Caller, Refusal> {
        if let Some(token) = bearer(headers) {
            let person = self.sessions.person(token, now);
            return person.map(Caller::Person).ok_or_else(token_expired);
        }
        match headers.get("x-api-key").map(|key| key.as_bytes()) {
            Some(key) if key == self.world.partner.api_key.as_bytes() => Ok(Caller::PartnerKey),
            Some(_) => Err(Refusal::unauthorized("Invalid API key")),
            None => Err(Refusal::unauthorized("Authorization is missing")),
        }
    }

    /// Makes a new key. In the same moment every earlier key of the channel is dead (documented) and its webhook is
    /// cleared (seen once).
    pub(crate) fn generate(&mut self, channel: usize) -> Result<NewKey, Refusal> {
        let new = NewKey {
            id: self.next_key_id.to_string(),
            plain: unforeseen_api_key(),
        };
        let key = Key::of(&new.plain, new.id.clone());
        let live = self.world.channels[channel].live.clone();
        self.commit(
            channel,
            Live {
                key: Some(key),
                webhook: None,
                ..live
            },
        )?;
        self.next_key_id += 1;
        Ok(new)
    }

    /// Saves a change and then makes it: what can't be saved does not happen.
    pub(crate) fn commit(&mut self, channel: usize, live: Live) -> Result<(), Refusal> {
        let id = self.world.channels[channel].id.clone();
        let before = self
            .saved
            .channels
            .insert(id.clone(), SavedChannel::from(&live));
        if let Err(error) = self.save() {
            match before {
                Some(before) => self.saved.channels.insert(id, before),
                None => self.saved.channels.remove(&id),
            };
            let reason = format!("The practice Hub can't save this: {error}");
            return Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, reason));
        }
        self.world.change(channel, live);
        Ok(())
    }

    fn save(&self) -> io::Result<()> {
        match &self.state {
            Some(path) => state::write(path, &self.saved),
            None => Ok(()),
        }
    }
}

/// The token in `Authorization: Bearer …`; the scheme is read in any case.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// How a token that has had its time is answered (ours).
pub(crate) fn token_expired() -> Refusal {
    Refusal::unauthorized("The token is expired or invalid")
}
