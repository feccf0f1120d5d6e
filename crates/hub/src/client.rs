//! The client for the Hub's REST API.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client as Http, Method, RequestBuilder, Url};
use serde_json::json;

use channel_keys_core::channel::{Channel, ChannelId, Client, ClientId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{
    ChangeError, Health, Hub, HubError, Listed, ListedKey, NewKey, NewSession, Offers, Person, Webhook,
};
use channel_keys_core::secret::{ApiKey, Password, SessionToken};
use channel_keys_core::webhook::{ExtraChange, ExtraWebhooks, WebhookSetting};

use crate::base::Base;
use crate::paths;
use crate::sending::{Answer, CHANNEL_KEY, NO_CERTIFICATES, change, make_key, send, signed, with_key};
use crate::whole_list::WholeList;
use crate::wire::{
    self, ChannelAnswer, ClientAnswer, HealthAnswer, KeyListAnswer, PermissionAnswer, PersonAnswer,
    TokenAnswer,
};

/// How long each phase of a call may take (ours).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connecting: a proxy's part and TLS with it. What ends here was not sent.
    pub connect: Duration,
    /// Until an answer begins, connecting counted, and then between two of its pieces.
    pub pause: Duration,
    /// The whole exchange.
    pub whole: Duration,
}

impl Limits {
    /// For the request for a key. It can't be repeated, and its answer alone tells the key, so a slow Hub gets all the
    /// time that a person can be asked to wait.
    pub const FOR_A_KEY: Limits = Limits {
        // Shorter than the rest, so that what was never sent is known as such.
        connect: Duration::from_secs(30),
        pause: Duration::from_secs(120),
        whole: Duration::from_secs(120),
    };
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), pause: seconds(20), whole: seconds(45) }
    }
}

/// The REST route to the Hub.
#[derive(Debug, Clone)]
pub struct RestHub {
    pub(crate) base: Base,
    /// For what may be asked again.
    pub(crate) pooled: Pooled,
    /// For what is sent once: no retry, no pooled connection that could have gone stale. And for what carries a key, as a
    /// connection that is kept holds the last request in memory.
    pub(crate) once: Http,
    /// For the request for a key: sent once, and waited for longer.
    pub(crate) key: Http,
    /// How long that is.
    pub(crate) for_a_key: Limits,
}

impl RestHub {
    /// A route to the Hub at this address. Nothing is sent yet.
    pub fn new(base: Base) -> Self {
        Self::with_limits(base, Limits::default(), Limits::FOR_A_KEY)
    }

    /// A route with other limits than those that people wait for.
    pub fn with_limits(base: Base, usual: Limits, for_a_key: Limits) -> Self {
        let here = base.is_here();
        let once = |limits| client(limits, here).retry(reqwest::retry::never()).pool_max_idle_per_host(0);
        // Odd headers are no reason to lose a key. Its time is kept by who reads the answer (`Patience`).
        const FAR_OFF: Duration = Duration::from_secs(86_400);
        let key = || {
            once(Limits { pause: FAR_OFF, whole: FAR_OFF, ..for_a_key })
                .http1_allow_obsolete_multiline_headers_in_responses(true)
                .http1_allow_spaces_after_header_name_in_responses(true)
                .http1_ignore_invalid_headers_in_responses(true)
        };
        let pooled = Pooled { limits: usual, here, now: Arc::default() };
        Self { pooled, once: build(|| once(usual)), key: build(key), for_a_key, base }
    }

    fn ask(&self, method: Method, url: Url, token: &SessionToken) -> RequestBuilder {
        signed(self.pooled.http().request(method, url), token)
    }
}

/// An HTTP client that keeps connections for the next call, and lasts as long as what opens the account.
#[derive(Debug, Clone)]
pub(crate) struct Pooled {
    limits: Limits,
    here: bool,
    now: Arc<Mutex<Option<Http>>>,
}

impl Pooled {
    pub(crate) fn http(&self) -> Http {
        self.now.lock().get_or_insert_with(|| build(|| client(self.limits, self.here))).clone()
    }

    /// The connections end with the last request that is on its way.
    fn end(&self) {
        self.now.lock().take();
    }
}

fn client(limits: Limits, here: bool) -> reqwest::ClientBuilder {
    // ring: pure Rust and assembly, so that building needs no further C tools.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Http::builder()
        .connect_timeout(limits.connect)
        .read_timeout(limits.pause)
        .timeout(limits.whole)
        // A secret must not follow a redirect to another host.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("channel-keys/", env!("CARGO_PKG_VERSION")));
    // A proxy is for other hosts: it neither reaches a Hub on this computer nor has business with its keys.
    if here { client.no_proxy() } else { client }
}

/// A client with the system's own judgement of certificates. Where it has none to judge by, that can't be built: a client
/// that trusts nobody takes its place, and says what is missing.
#[expect(clippy::unreachable, reason = "all else that it is built from is constant")]
fn build(client: impl Fn() -> reqwest::ClientBuilder) -> Http {
    let built = client().build();
    // For good: of the clients, one alone is ever built again.
    NO_CERTIFICATES.fetch_or(built.is_err(), Ordering::Relaxed);
    let built = built.or_else(|_| client().tls_certs_only([]).build());
    built.unwrap_or_else(|error| unreachable!("{error}"))
}

#[async_trait]
impl Hub for RestHub {
    fn offers(&self) -> Offers {
        Offers { make_key: true }
    }

    fn host(&self) -> String {
        self.base.host()
    }

    fn close_connections(&self) {
        self.pooled.end();
    }

    async fn sign_in(&self, email: &str, password: &Password) -> Result<NewSession, HubError> {
        let body = json!({"username": email, "password": password.expose()});
        let response = send(self.once.post(paths::token(&self.base)).json(&body)).await?;
        let status = response.status.as_u16();
        match status {
            200..300 => response.understood(response.read::<TokenAnswer>()?.into_session()),
            400 | 401 | 403 | 415 | 422 => Err(wire::sign_in_refusal(status, &response.body)),
            404 | 405 => Err(HubError::NotUnderstood { status }),
            _ => Err(response.failure()),
        }
    }

    async fn person(&self, token: &SessionToken) -> Result<Person, HubError> {
        let response = send(self.ask(Method::GET, paths::person(&self.base), token)).await?.good()?;
        response.understood(response.read::<PersonAnswer>()?.into_person())
    }

    async fn client(&self, token: &SessionToken, client: &ClientId) -> Result<Client, HubError> {
        let response =
            send(self.ask(Method::GET, paths::client(&self.base, &client.0), token)).await?.good()?;
        let answer = response.understood(ClientAnswer::read(&response.body))?;
        Ok(answer.into_client(client.clone()))
    }

    async fn channels(&self, token: &SessionToken, client: &ClientId) -> Result<Listed<Channel>, HubError> {
        let mut reading = WholeList::new(|channel: &Channel| channel.id.clone());
        while let Some(offset) = reading.next() {
            let url = paths::client_channels(&self.base, &client.0, offset);
            let answer = send(self.ask(Method::GET, url, token)).await?.good()?;
            let page = answer.understood(wire::channels_page(&answer.body))?;
            reading.take(page.filter_map(ChannelAnswer::into_channel));
        }
        let mut channels = reading.listed();
        if channels.items.iter().any(|channel| channel.permission == Fact::NotTold) {
            self.fill_permissions(token, client, &mut channels.items).await?;
        }
        Ok(channels)
    }

    async fn set_permission(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
        to: Permission,
    ) -> Result<Fact<Permission>, ChangeError> {
        let method = match to {
            Permission::Shared => Method::PUT,
            Permission::Missing => Method::DELETE,
        };
        let url = paths::partner_permission(&self.base, &client.0, &channel.0);
        // Asking twice for the same comes to the same (ours), so this may go over a pooled connection.
        let answer = change(self.ask(method, url, token)).await?;
        // An answer that does not say what holds now is no failure: whoever asked reads it anew.
        Ok(answer.read::<PermissionAnswer>().map_or(Fact::NotTold, |told| told.permission_of(channel)))
    }

    async fn make_key(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<NewKey, ChangeError> {
        let url = paths::client_api_keys(&self.base, &client.0, &channel.0);
        make_key(signed(self.key.post(url).json(&json!({})), token), self.for_a_key).await
    }

    async fn key_list(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<Vec<ListedKey>, HubError> {
        let url = paths::client_key_list(&self.base, &client.0, &channel.0);
        let answer = send(self.ask(Method::GET, url, token)).await?.good()?;
        answer.understood(answer.read::<KeyListAnswer>()?.into_keys())
    }

    async fn health(&self, address: &str, key: &ApiKey) -> Result<Health, HubError> {
        let url = paths::health(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        Ok(self.ask_with_key(url, key).await?.read::<HealthAnswer>()?.into_health())
    }

    async fn webhook(&self, address: &str, key: &ApiKey) -> Result<Webhook, HubError> {
        let url = paths::webhook(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        let answer = self.ask_with_key(url, key).await?;
        answer.understood(wire::webhook(&answer.body))
    }

    async fn webhook_setting(&self, address: &str, key: &ApiKey) -> Result<Option<WebhookSetting>, HubError> {
        let url = paths::webhook(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        let answer = self.ask_with_key(url, key).await?;
        answer.understood(wire::webhook_setting(&answer.body))
    }

    async fn set_webhook(
        &self,
        address: &str,
        key: &ApiKey,
        setting: &WebhookSetting,
    ) -> Result<(), ChangeError> {
        let url = paths::webhook(&self.base, address);
        self.change_with_key(Method::POST, url, key, setting.whole().expose().to_owned()).await
    }

    async fn extra_webhooks(&self, address: &str, key: &ApiKey) -> Result<ExtraWebhooks, HubError> {
        let url = paths::extra_webhooks(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        let answer = self.ask_with_key(url, key).await?;
        answer.understood(wire::extra_webhooks(&answer.body))
    }

    async fn change_extra_webhooks(
        &self,
        address: &str,
        key: &ApiKey,
        change: ExtraChange<'_>,
    ) -> Result<(), ChangeError> {
        let url = paths::extra_webhooks(&self.base, address);
        let (method, body) = wire::extra_change(change);
        self.change_with_key(method, url, key, body).await
    }
}

impl RestHub {
    /// Asks the messaging host, which knows keys and no sessions.
    async fn ask_with_key(&self, url: Url, key: &ApiKey) -> Result<Answer, HubError> {
        send(with_key(self.once.get(url), CHANNEL_KEY, key.expose())?).await?.good()
    }

    /// Changes something at the messaging host, once; its address is none where the host is not trusted.
    async fn change_with_key(
        &self,
        method: Method,
        url: Option<Url>,
        key: &ApiKey,
        body: String,
    ) -> Result<(), ChangeError> {
        let url = url.ok_or(ChangeError::Unchanged(HubError::HostNotTrusted))?;
        let request = self.once.request(method, url).header(CONTENT_TYPE, "application/json").body(body);
        let request = with_key(request, CHANNEL_KEY, key.expose()).map_err(ChangeError::Unchanged)?;
        change(request).await.map(drop)
    }

    /// The call is ours: whatever a Hub answers to it, the channels stand, and their permissions are not told.
    async fn fill_permissions(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channels: &mut [Channel],
    ) -> Result<(), HubError> {
        let url = paths::partner_permissions(&self.base, &client.0);
        let answer = match send(self.ask(Method::GET, url, token)).await.and_then(Answer::good) {
            Ok(answer) => answer,
            Err(error) if error.locks_out() => return Err(error),
            Err(_) => return Ok(()),
        };
        let lines = wire::permissions(&answer.body).unwrap_or_default();
        let mut told: HashMap<&str, Fact<_>> = HashMap::new();
        for line in &lines {
            let Some(channel) = line.channel_id.as_deref() else { continue };
            let first = *told.entry(channel).or_insert(line.permission());
            // Lines that contradict each other, of two partners perhaps, tell nothing.
            if first != line.permission() {
                told.insert(channel, Fact::NotTold);
            }
        }
        for channel in channels {
            let more = told.get(channel.id.0.as_str()).copied().unwrap_or(Fact::NotTold);
            channel.permission = channel.permission.or(more);
        }
        Ok(())
    }
}
