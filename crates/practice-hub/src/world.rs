//! What the practice Hub knows: a partner, clients, channels and people.
//!
//! The facts of a channel never change while the practice Hub runs; what people can change stands in [`Live`]. Only
//! faults on order delete a client or change the order of a list.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::draw::sha256_hex;
use crate::faults::Do;

/// What a person may do in a client or partner. "Owner" and "Member" are documented; what each may do is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Owner,
    /// Reading; a client's Member may also generate an API key (ours).
    Member,
}

/// An invented account to sign in with. Its password is plain on purpose: nothing in a practice Hub is real.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Account {
    /// A person of a client.
    Client {
        /// Owner or Member.
        role: Role,
        /// The e-mail address to sign in with.
        email: String,
        /// The password to sign in with.
        password: String,
        /// What this account is good for.
        note: String,
    },
    /// A person of a partner.
    Partner {
        /// Owner or Member.
        role: Role,
        /// The e-mail address to sign in with.
        email: String,
        /// The password to sign in with.
        password: String,
        /// What this account is good for.
        note: String,
    },
    /// A partner's API key, sent as `X-API-Key` instead of signing in (documented).
    PartnerKey {
        /// The partner that it belongs to; `/users/me` does not tell it.
        partner_id: String,
        /// The key.
        api_key: String,
        /// What this account is good for.
        note: String,
    },
}

pub(crate) struct World {
    pub partner: Partner,
    pub clients: Vec<Client>,
    pub channels: Vec<Channel>,
    pub people: Vec<Person>,
    /// The channels as lists show them: by id, which is the Hub's default order (seen).
    order: Vec<usize>,
    channel_at: HashMap<String, usize>,
    client_at: HashMap<String, usize>,
    channels_of: Vec<Vec<usize>>,
    channel_with_key: HashMap<String, usize>,
}

pub(crate) struct Partner {
    pub id: String,
    pub brand_name: String,
    pub api_key: String,
    /// Where the permission page sends people back to if its link names nothing else (documented).
    pub redirect_url: Option<String>,
    pub created_at: String,
}

pub(crate) struct Client {
    pub id: String,
    pub name: String,
    pub email: String,
    pub created_at: String,
    pub payer: Payer,
    /// Whether `GET /clients/{L}` tells who pays.
    pub payer_told: bool,
    pub has_partner: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payer {
    /// Direct payment.
    Client,
    /// Partner payment.
    Partner,
}

pub(crate) struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub second_factor: bool,
    pub roles: Vec<Belongs>,
    pub note: &'static str,
}

#[derive(Clone, Copy)]
pub(crate) enum Belongs {
    ToClient(usize, Role),
    ToPartner(Role),
}

pub(crate) struct Channel {
    pub id: String,
    pub client: usize,
    pub name: String,
    /// Digits without `+` (seen).
    pub phone: String,
    pub status: Cow<'static, str>,
    pub hub_status: &'static str,
    pub integration_state: &'static str,
    pub limit: &'static str,
    pub quality: &'static str,
    pub external_id: String,
    pub app_id: String,
    pub waba: Waba,
    pub created_at: String,
    pub modified_at: String,
    pub billing_started_at: Option<String>,
    pub cancelled_at: Option<String>,
    pub terminated_at: Option<String>,
    pub removal: Removal,
    pub health: Health,
    /// What the Hub leaves out or nulls when it tells of this channel.
    pub gaps: Vec<Gap>,
    pub live: Live,
}

#[derive(Clone)]
pub(crate) struct Waba {
    pub id: String,
    pub external_id: String,
}

/// Whether the client may remove the partner permission (for partner payment the documents disagree).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removal {
    Allowed,
    AskPartner,
}

/// What the messaging host says of a channel (documented words).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    Available,
    Limited,
    Blocked,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    LeftOut(&'static str),
    Null(&'static str),
    AllButId,
}

/// What people can change about a channel.
#[derive(Clone, Default)]
pub(crate) struct Live {
    /// Shared when true, Missing when false.
    pub shared: bool,
    pub permission_told: bool,
    pub key: Option<Key>,
    pub webhook: Option<Webhook>,
    pub extra: ExtraWebhooks,
}

/// An API key as the practice Hub keeps it: enough to know it again, too little to use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub id: String,
    pub sha256: String,
    /// The four characters before `AK`: all keys end alike, so these tell one from another.
    pub last_four: String,
}

/// A number's extra webhooks, which get what the main one took (documented).
#[derive(Clone, Default)]
pub(crate) struct ExtraWebhooks {
    pub enabled: bool,
    /// By their names, which are case-sensitive and unique (documented), in the order in which they were appended.
    pub destinations: Vec<(String, Webhook)>,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub url: String,
    pub headers: serde_json::Map<String, serde_json::Value>,
}

impl World {
    /// Channels may come in any order.
    pub(crate) fn new(
        partner: Partner,
        clients: Vec<Client>,
        mut channels: Vec<Channel>,
        people: Vec<Person>,
    ) -> Self {
        channels.sort_by(|a, b| a.id.cmp(&b.id));
        let mut channels_of = vec![Vec::new(); clients.len()];
        for (at, channel) in channels.iter().enumerate() {
            if let Some(theirs) = channels_of.get_mut(channel.client) {
                theirs.push(at);
            }
        }
        Self {
            order: (0..channels.len()).collect(),
            channel_at: channels.iter().enumerate().map(|(at, channel)| (channel.id.clone(), at)).collect(),
            client_at: clients.iter().enumerate().map(|(at, client)| (client.id.clone(), at)).collect(),
            channel_with_key: channels
                .iter()
                .enumerate()
                .filter_map(|(at, channel)| Some((channel.live.key.as_ref()?.sha256.clone(), at)))
                .collect(),
            channels_of,
            partner,
            clients,
            channels,
            people,
        }
    }

    pub(crate) fn client_at(&self, id: &str) -> Option<usize> {
        self.client_at.get(id).copied()
    }

    pub(crate) fn channel_at(&self, id: &str) -> Option<usize> {
        self.channel_at.get(id).copied()
    }

    pub(crate) fn channel(&self, id: &str) -> Option<&Channel> {
        Some(self.nth_channel(self.channel_at(id)?))
    }

    pub(crate) fn channels_of(&self, client: usize) -> impl Iterator<Item = &Channel> {
        self.channels_of.get(client).into_iter().flatten().map(|&at| self.nth_channel(at))
    }

    /// All channels of all the partner's clients, in the order of the list.
    pub(crate) fn partner_channels(&self) -> impl Iterator<Item = &Channel> {
        self.order
            .iter()
            .map(|&at| self.nth_channel(at))
            .filter(|channel| self.client_of(channel).has_partner)
    }

    /// All the partner's clients, in any order.
    pub(crate) fn partner_clients(&self) -> impl Iterator<Item = &Client> {
        self.clients.iter().filter(|client| client.has_partner && self.client_at.contains_key(&client.id))
    }

    pub(crate) fn client_of(&self, channel: &Channel) -> &Client {
        self.nth_client(channel.client)
    }

    /// The channel whose messages this API key reads and sends, if the key is alive.
    pub(crate) fn channel_with_key(&self, api_key: &str) -> Option<usize> {
        self.channel_with_key.get(&sha256_hex(api_key)).copied()
    }

    pub(crate) fn live_key_count(&self, channel: usize) -> usize {
        self.channel_with_key.values().filter(|&&at| at == channel).count()
    }

    /// Puts `live` in the place of what was there. A key that is not in it any more is dead from here on.
    pub(crate) fn change(&mut self, channel: usize, live: Live) {
        let Some(there) = self.channels.get_mut(channel) else { return };
        if let Some(earlier) = &there.live.key {
            self.channel_with_key.remove(&earlier.sha256);
        }
        if let Some(key) = &live.key {
            self.channel_with_key.insert(key.sha256.clone(), channel);
        }
        there.live = live;
    }

    /// Deletes a client or moves a channel; false where there is none with this id.
    pub(crate) fn change_on_order(&mut self, how: Do, id: &str) -> bool {
        match how {
            Do::DeleteClient => self.delete_client(id),
            Do::MoveChannel => self.move_channel(id),
            _ => None,
        }
        .is_some()
    }

    fn delete_client(&mut self, id: &str) -> Option<()> {
        let client = self.client_at.remove(id)?;
        for at in self.channels_of.get_mut(client).map(std::mem::take).unwrap_or_default() {
            let channel = self.channels.get(at)?;
            self.channel_at.remove(&channel.id);
            if let Some(key) = &channel.live.key {
                self.channel_with_key.remove(&key.sha256);
            }
        }
        self.order.retain(|&at| self.channels.get(at).is_some_and(|channel| channel.client != client));
        Some(())
    }

    fn move_channel(&mut self, id: &str) -> Option<()> {
        let channel = self.channel_at(id)?;
        let from = self.order.iter().position(|&at| at == channel)?;
        let to = if from + 1 == self.order.len() { 0 } else { self.order.len() - 1 };
        self.order.remove(from);
        self.order.insert(to, channel);
        Some(())
    }
}

/// By the places that this world gave out.
#[expect(clippy::indexing_slicing, reason = "nothing ever leaves these lists, so a place stays one")]
impl World {
    pub(crate) fn nth_client(&self, at: usize) -> &Client {
        &self.clients[at]
    }

    pub(crate) fn nth_channel(&self, at: usize) -> &Channel {
        &self.channels[at]
    }

    pub(crate) fn nth_person(&self, at: usize) -> &Person {
        &self.people[at]
    }
}

impl Channel {
    /// No key before the channel is live and running (documented); that "running" means `integration.state` is ours.
    pub(crate) fn is_live_and_running(&self) -> bool {
        self.hub_status == "live" && self.integration_state == "running"
    }

    /// Whether the Hub tells this field; the rest are null or not there.
    pub(crate) fn tells(&self, field: &str) -> bool {
        !self.gaps.iter().any(|gap| match gap {
            Gap::LeftOut(name) | Gap::Null(name) => *name == field,
            Gap::AllButId => field != "id",
        })
    }
}

impl Key {
    pub(crate) fn of(plain: &str, id: String) -> Self {
        let before_suffix = plain.strip_suffix("AK").unwrap_or(plain);
        Self {
            id,
            sha256: sha256_hex(plain),
            last_four: before_suffix
                .get(before_suffix.len().saturating_sub(4)..)
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

impl Webhook {
    pub(crate) fn to(url: &str) -> Self {
        Self { url: url.to_owned(), headers: serde_json::Map::new() }
    }
}
