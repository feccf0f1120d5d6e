//! The real client, watched: when a key is asked for, and what a test makes of the Hub's answers.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use channel_keys_core::channel::{Channel, ChannelId, Client, ClientId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{
    ChangeError, Health, Hub, HubError, Listed, ListedKey, NewKey, NewSession, Offers, Person, Webhook,
};
use channel_keys_core::partner_hub::{Caller, PartnerWrites};
use channel_keys_core::secret::{ApiKey, Password, SessionToken};
use channel_keys_core::webhook::{ExtraChange, ExtraWebhooks, WebhookSetting};
use channel_keys_hub::RestHub;

use crate::ports::{Diary, Gate, lock};

/// Where an answer of the Hub is on its way for as long as a test wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OnItsWay {
    Person,
    Channels,
    Permission,
    Key,
    Health,
}

/// What no practice Hub does, and some Hub might. It lasts over every restart of the application.
pub struct Odd {
    pub gate: Gate<OnItsWay>,
    person: Mutex<Option<Person>>,
    permission: Mutex<Option<Fact<Permission>>>,
    name: Mutex<Option<String>>,
}

impl Odd {
    pub fn not() -> Self {
        let (person, permission, name) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { gate: Gate::open(), person, permission, name }
    }

    /// Calls every number so.
    pub fn call_every_number(&self, name: &str) {
        *lock(&self.name) = Some(name.to_owned());
    }

    /// Says of every session that it is this person's.
    pub fn say_it_is(&self, person: Person) {
        *lock(&self.person) = Some(person);
    }

    /// Answers every change of a permission so, and changes nothing.
    pub fn say_that_holds(&self, now: Fact<Permission>) {
        *lock(&self.permission) = Some(now);
    }
}

pub struct WatchedHub {
    pub rest: RestHub,
    pub diary: Diary,
    pub odd: Arc<Odd>,
}

#[async_trait]
impl Hub for WatchedHub {
    fn offers(&self) -> Offers {
        self.rest.offers()
    }

    fn host(&self) -> String {
        self.rest.host()
    }

    fn close_connections(&self) {
        self.rest.close_connections();
    }

    async fn sign_in(&self, email: &str, password: &Password) -> Result<NewSession, HubError> {
        self.rest.sign_in(email, password).await
    }

    async fn person(&self, token: &SessionToken) -> Result<Person, HubError> {
        let person = self.rest.person(token).await;
        self.odd.gate.pass(OnItsWay::Person).await;
        let odd = lock(&self.odd.person).clone();
        odd.map_or(person, Ok)
    }

    async fn client(&self, token: &SessionToken, client: &ClientId) -> Result<Client, HubError> {
        self.rest.client(token, client).await
    }

    async fn channels(&self, token: &SessionToken, client: &ClientId) -> Result<Listed<Channel>, HubError> {
        let mut channels = self.rest.channels(token, client).await;
        self.odd.gate.pass(OnItsWay::Channels).await;
        if let (Ok(channels), Some(name)) = (&mut channels, lock(&self.odd.name).as_ref()) {
            channels.items.iter_mut().for_each(|channel| channel.name = Fact::Told(name.clone()));
        }
        channels
    }

    async fn set_permission(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
        to: Permission,
    ) -> Result<Fact<Permission>, ChangeError> {
        let odd = *lock(&self.odd.permission);
        let now = match odd {
            Some(now) => Ok(now),
            None => self.rest.set_permission(token, client, channel, to).await,
        };
        self.odd.gate.pass(OnItsWay::Permission).await;
        now
    }

    async fn make_key(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<NewKey, ChangeError> {
        self.diary.note("Hub asked");
        let answer = Hub::make_key(&self.rest, token, client, channel).await;
        self.odd.gate.pass(OnItsWay::Key).await;
        self.diary.note("Hub answered");
        answer
    }

    async fn key_list(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<Vec<ListedKey>, HubError> {
        self.rest.key_list(token, client, channel).await
    }

    async fn health(&self, address: &str, key: &ApiKey) -> Result<Health, HubError> {
        self.diary.note("messaging host asked");
        let health = self.rest.health(address, key).await;
        self.odd.gate.pass(OnItsWay::Health).await;
        health
    }

    async fn webhook(&self, address: &str, key: &ApiKey) -> Result<Webhook, HubError> {
        self.rest.webhook(address, key).await
    }

    async fn webhook_setting(&self, address: &str, key: &ApiKey) -> Result<Option<WebhookSetting>, HubError> {
        self.rest.webhook_setting(address, key).await
    }

    async fn set_webhook(
        &self,
        address: &str,
        key: &ApiKey,
        setting: &WebhookSetting,
    ) -> Result<(), ChangeError> {
        self.diary.note("webhook set");
        self.rest.set_webhook(address, key, setting).await
    }

    async fn extra_webhooks(&self, address: &str, key: &ApiKey) -> Result<ExtraWebhooks, HubError> {
        self.rest.extra_webhooks(address, key).await
    }

    async fn change_extra_webhooks(
        &self,
        address: &str,
        key: &ApiKey,
        change: ExtraChange<'_>,
    ) -> Result<(), ChangeError> {
        self.rest.change_extra_webhooks(address, key, change).await
    }
}

#[async_trait]
impl PartnerWrites for WatchedHub {
    async fn make_key(&self, caller: &Caller, channel: &ChannelId) -> Result<NewKey, ChangeError> {
        let answer = PartnerWrites::make_key(&self.rest, caller, channel).await;
        self.odd.gate.pass(OnItsWay::Key).await;
        answer
    }
}
