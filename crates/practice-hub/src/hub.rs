//! The practice Hub's memory: the world, who is signed in, and what is saved of it.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::PathBuf;

use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderMap};
use time::{Duration, OffsetDateTime};

use crate::draw::unforeseen_api_key;
use crate::rules::Caller;
use crate::sessions::Sessions;
use crate::state::{self, Saved, SavedChannel};
use crate::wire::Refusal;
use crate::world::{ExtraWebhooks, Key, Live, World};

/// Generating is limited per channel (documented). How often is not: these are ours, and wide.
const KEYS_AT_ONCE: usize = 20;
const KEYS_WITHIN: Duration = Duration::seconds(30);

pub(crate) struct Hub {
    pub world: World,
    pub sessions: Sessions,
    /// Where the messaging host answers, as told beside every key.
    pub messaging: String,
    /// Whether a new key leaves the channel's extra webhooks as they are.
    pub keeps_extra_webhooks: bool,
    saved: Saved,
    state: Option<PathBuf>,
    next_key_id: u64,
    /// When the latest keys of a channel were made.
    made: HashMap<usize, VecDeque<OffsetDateTime>>,
}

/// A key that was just made: the only time it is known.
pub(crate) struct NewKey {
    pub id: String,
    pub plain: String,
}

impl Hub {
    pub(crate) fn new(mut world: World, saved: Saved, state: Option<PathBuf>, messaging: String) -> Self {
        for (id, channel) in &saved.channels {
            // A channel that this world does not have was saved by an older release: nothing to show.
            if let Some(at) = world.channel_at(id) {
                world.change(at, Live::from(channel));
            }
        }
        let ids =
            world.channels.iter().filter_map(|channel| channel.live.key.as_ref()?.id.parse::<u64>().ok());
        let next_key_id = ids.max().unwrap_or(201_125).saturating_add(1);
        Self {
            world,
            sessions: Sessions::default(),
            messaging,
            keeps_extra_webhooks: false,
            saved,
            state,
            next_key_id,
            made: HashMap::new(),
        }
    }

    /// Tells who asks: `Authorization: Bearer` (seen) or `X-API-Key` (documented).
    pub(crate) fn caller(&self, headers: &HeaderMap, now: OffsetDateTime) -> Result<Caller, Refusal> {
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
    /// cleared (seen once). That its extra webhooks are cleared too is ours: a fault keeps them.
    pub(crate) fn generate(&mut self, channel: usize, now: OffsetDateTime) -> Result<NewKey, Refusal> {
        let made = self.made.entry(channel).or_default();
        made.retain(|&time| time.saturating_add(KEYS_WITHIN) > now);
        if let Some(&first) = made.front().filter(|_| made.len() >= KEYS_AT_ONCE) {
            return Err(Refusal::too_many(whole_seconds_until(first.saturating_add(KEYS_WITHIN), now)));
        }
        let new = NewKey { id: self.next_key_id.to_string(), plain: unforeseen_api_key() };
        let key = Key::of(&new.plain, new.id.clone());
        let live = self.world.nth_channel(channel).live.clone();
        let extra = if self.keeps_extra_webhooks { live.extra } else { ExtraWebhooks::default() };
        self.commit(channel, Live { key: Some(key), webhook: None, extra, ..live })?;
        self.next_key_id = self.next_key_id.saturating_add(1);
        self.made.entry(channel).or_default().push_back(now);
        Ok(new)
    }

    /// Saves a change and then makes it: what can't be saved does not happen.
    pub(crate) fn commit(&mut self, channel: usize, live: Live) -> Result<(), Refusal> {
        self.commit_all(vec![(channel, live)])
    }

    /// The same for several channels at once: all of them change or none.
    pub(crate) fn commit_all(&mut self, changes: Vec<(usize, Live)>) -> Result<(), Refusal> {
        let before = self.saved.channels.clone();
        for (channel, live) in &changes {
            let id = self.world.nth_channel(*channel).id.clone();
            self.saved.channels.insert(id, SavedChannel::from(live));
        }
        if let Err(error) = self.save() {
            self.saved.channels = before;
            let reason = format!("The practice Hub can't save this: {error}");
            return Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, reason));
        }
        for (channel, live) in changes {
            self.world.change(channel, live);
        }
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
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Seconds for `Retry-After`: rounded up, so that nobody comes too early.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "all times lie within 20,000 years, which a `Duration` holds"
)]
pub(crate) fn whole_seconds_until(until: OffsetDateTime, now: OffsetDateTime) -> u64 {
    (until - now).as_seconds_f64().ceil() as u64
}

/// How a token that has had its time is answered (ours).
pub(crate) fn token_expired() -> Refusal {
    Refusal::unauthorized("The token is expired or invalid")
}
