//! The client for the Hub's REST API.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client as Http, Method, RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::json;

use channel_keys_core::channel::{Channel, ChannelId, Client, ClientId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{
    Health, Hub, HubError, ListedKey, NewKey, NewSession, NotReached, Offers, Person, Quote, Webhook,
};
use channel_keys_core::secret::{ApiKey, Password, SessionToken};

use crate::base::Base;
use crate::paths;
use crate::wire::{
    self, ChannelsPage, ClientAnswer, HealthAnswer, KeyAnswer, KeyListAnswer, PermissionAnswer, PersonAnswer,
    TokenAnswer, error_word, said,
};

/// How long each phase of a call may take (ours).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connecting.
    pub connect: Duration,
    /// An answer's pause between two pieces.
    pub pause: Duration,
    /// The whole exchange.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), pause: seconds(20), whole: seconds(45) }
    }
}

/// The longest answer that is read (ours): a page of 1,000 channels is about one megabyte.
const LONGEST_ANSWER: usize = 8 * 1024 * 1024;
/// Channels asked for at once: the Hub's own default (seen).
const PAGE: usize = 1_000;
/// The longest list that is read (ours), so that a Hub that never ends its list does not either.
const MOST_PAGES: usize = 200;

/// The REST route to the Hub.
#[derive(Debug, Clone)]
pub struct RestHub {
    base: Base,
    /// For what may be asked again.
    http: Http,
    /// For what is sent once: no retry, no pooled connection that could have gone stale.
    once: Http,
}

impl RestHub {
    /// A route to the Hub at this address. Nothing is sent yet.
    pub fn new(base: Base) -> Self {
        Self::with_limits(base, Limits::default())
    }

    /// The same, with other limits.
    pub fn with_limits(base: Base, limits: Limits) -> Self {
        // ring: pure Rust and assembly, so that building needs no further C tools.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = || {
            Http::builder()
                .connect_timeout(limits.connect)
                .read_timeout(limits.pause)
                .timeout(limits.whole)
                // A secret must not follow a redirect to another host.
                .redirect(reqwest::redirect::Policy::none())
                .user_agent(concat!("channel-keys/", env!("CARGO_PKG_VERSION")))
        };
        let here = base.is_here();
        let build = |builder: reqwest::ClientBuilder| {
            // A proxy is for other hosts: it neither reaches a Hub on this computer nor has business with its keys.
            let builder = if here { builder.no_proxy() } else { builder };
            builder.build().unwrap_or_else(|error| unreachable!("the settings are constant: {error}"))
        };
        Self {
            http: build(client()),
            once: build(client().retry(reqwest::retry::never()).pool_max_idle_per_host(0)),
            base,
        }
    }

    fn ask(&self, method: Method, url: Url, token: &SessionToken) -> RequestBuilder {
        signed(self.http.request(method, url), token)
    }
}

/// Adds the session, marked so that it is never logged.
fn signed(request: RequestBuilder, token: &SessionToken) -> RequestBuilder {
    match sensitive(&format!("Bearer {}", token.expose())) {
        Some(value) => request.header(reqwest::header::AUTHORIZATION, value),
        None => request,
    }
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[async_trait]
impl Hub for RestHub {
    fn offers(&self) -> Offers {
        Offers { make_key: true }
    }

    fn host(&self) -> String {
        self.base.host()
    }

    async fn sign_in(&self, email: &str, password: &Password) -> Result<NewSession, HubError> {
        let body = json!({"username": email, "password": password.expose()});
        let response = send(self.once.post(paths::token(&self.base)).json(&body)).await?;
        match response.status {
            StatusCode::OK => {
                let answer: TokenAnswer = response.read()?;
                answer.into_session().ok_or(HubError::NotUnderstood { status: 200 })
            }
            // Which of the three it is, is ours; a word other than "invalid_grant" asks for something else.
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                match error_word(&response.body).as_deref() {
                    None | Some("invalid_grant") => Err(HubError::WrongPassword(response.said())),
                    Some(_) => Err(HubError::SecondFactor(response.said())),
                }
            }
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
                Err(HubError::NotUnderstood { status: response.status.as_u16() })
            }
            _ => Err(response.failure()),
        }
    }

    async fn person(&self, token: &SessionToken) -> Result<Person, HubError> {
        let response = send(self.ask(Method::GET, paths::person(&self.base), token)).await?.good()?;
        let status = response.status.as_u16();
        response.read::<PersonAnswer>()?.into_person().ok_or(HubError::NotUnderstood { status })
    }

    async fn client(&self, token: &SessionToken, client: &ClientId) -> Result<Client, HubError> {
        let response =
            send(self.ask(Method::GET, paths::client(&self.base, &client.0), token)).await?.good()?;
        let answer = ClientAnswer::read(&response.body)
            .ok_or(HubError::NotUnderstood { status: response.status.as_u16() })?;
        Ok(answer.into_client(client.clone()))
    }

    async fn channels(&self, token: &SessionToken, client: &ClientId) -> Result<Vec<Channel>, HubError> {
        let mut channels: Vec<Channel> = Vec::new();
        let mut known = HashSet::new();
        let mut offset = 0;
        for _ in 0..MOST_PAGES {
            let url = paths::client_channels(&self.base, &client.0, offset, PAGE);
            let page: ChannelsPage = send(self.ask(Method::GET, url, token)).await?.good()?.read()?;
            let got = page.client_channels.len();
            offset += got;
            let before = channels.len();
            for channel in page.client_channels.into_iter().filter_map(|answer| answer.into_channel()) {
                // A channel that moved between two pages while they were read comes twice.
                if known.insert(channel.id.clone()) {
                    channels.push(channel);
                }
            }
            // Where the total is not told, the list ends with the first page that brings nothing new.
            let nothing_new = channels.len() == before;
            if page.total.map_or(nothing_new, |total| got == 0 || offset >= total) {
                break;
            }
        }
        if channels.iter().any(|channel| channel.permission == Fact::NotTold) {
            self.fill_permissions(token, client, &mut channels).await?;
        }
        Ok(channels)
    }

    async fn set_permission(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
        to: Permission,
    ) -> Result<Fact<Permission>, HubError> {
        let method = match to {
            Permission::Shared => Method::PUT,
            Permission::Missing => Method::DELETE,
        };
        let url = paths::partner_permission(&self.base, &client.0, &channel.0);
        // Asking twice for the same comes to the same (ours), so this may go over a pooled connection.
        let answer = send(self.ask(method, url, token)).await?.good()?;
        // An answer that does not say what holds now is no failure: whoever asked reads it anew.
        Ok(answer.read::<PermissionAnswer>().map_or(Fact::NotTold, |told| told.permission_of(channel)))
    }

    async fn make_key(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<NewKey, HubError> {
        let url = paths::client_api_keys(&self.base, &client.0, &channel.0);
        let response = send(signed(self.once.post(url).json(&json!({})), token)).await?;
        let status = response.status.as_u16();
        let answer: KeyAnswer = response.good()?.read()?;
        answer.into_key().ok_or(HubError::NotUnderstood { status })
    }

    async fn key_list(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<Vec<ListedKey>, HubError> {
        let url = paths::client_key_list(&self.base, &client.0, &channel.0);
        Ok(send(self.ask(Method::GET, url, token)).await?.good()?.read::<KeyListAnswer>()?.into_keys())
    }

    async fn health(&self, address: &str, key: &ApiKey) -> Result<Health, HubError> {
        let url = paths::health(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        Ok(self.ask_with_key(url, key).await?.read::<HealthAnswer>()?.into_health())
    }

    async fn webhook(&self, address: &str, key: &ApiKey) -> Result<Webhook, HubError> {
        let url = paths::webhook(&self.base, address).ok_or(HubError::HostNotTrusted)?;
        let answer = self.ask_with_key(url, key).await?;
        let status = answer.status.as_u16();
        wire::webhook(&answer.body).ok_or(HubError::NotUnderstood { status })
    }
}

impl RestHub {
    /// Asks the messaging host, which knows keys and no sessions.
    async fn ask_with_key(&self, url: Url, key: &ApiKey) -> Result<Answer, HubError> {
        const KEY: HeaderName = HeaderName::from_static("d360-api-key");
        // A key that can't even stand in a header is none.
        let value = sensitive(key.expose()).ok_or(HubError::SessionEnded)?;
        send(self.http.get(url).header(KEY, value)).await?.good()
    }

    /// A Hub that has no such call leaves the permissions not told.
    async fn fill_permissions(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channels: &mut [Channel],
    ) -> Result<(), HubError> {
        let url = paths::partner_permissions(&self.base, &client.0);
        let answer = match send(self.ask(Method::GET, url, token)).await.and_then(Answer::good) {
            Ok(answer) => answer,
            Err(error @ (HubError::NotReached(_) | HubError::SessionEnded)) => return Err(error),
            Err(_) => return Ok(()),
        };
        let Ok(lines) = answer.read::<Vec<PermissionAnswer>>() else {
            return Ok(());
        };
        let told: HashMap<&str, Fact<_>> =
            lines.iter().filter_map(|line| Some((line.channel_id.as_deref()?, line.permission()))).collect();
        for channel in channels {
            let more = told.get(channel.id.0.as_str()).copied().unwrap_or(Fact::NotTold);
            channel.permission = channel.permission.or(more);
        }
        Ok(())
    }
}

/// A whole answer.
struct Answer {
    status: StatusCode,
    wait: Option<Duration>,
    body: Vec<u8>,
}

impl Answer {
    /// This answer if it is one of the 200s, else what it means.
    fn good(self) -> Result<Answer, HubError> {
        if self.status.is_success() { Ok(self) } else { Err(self.failure()) }
    }

    fn failure(&self) -> HubError {
        let (status, said) = (self.status.as_u16(), self.said());
        match status {
            401 => HubError::SessionEnded,
            404 | 405 => HubError::NotThere(said),
            429 => HubError::TooMany { wait: self.wait, said },
            400..500 => HubError::Refused { status, said },
            500..600 => HubError::InTrouble { status, said },
            _ => HubError::NotUnderstood { status },
        }
    }

    fn said(&self) -> Option<Quote> {
        said(&self.body).and_then(|text| Quote::from_text(&text))
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, HubError> {
        serde_json::from_slice(&self.body)
            .map_err(|_| HubError::NotUnderstood { status: self.status.as_u16() })
    }
}

async fn send(request: RequestBuilder) -> Result<Answer, HubError> {
    let mut response = request.send().await.map_err(|error| failed(&error))?;
    let status = response.status();
    let wait = retry_after(&response);
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() <= LONGEST_ANSWER => body.extend_from_slice(&piece),
            Ok(Some(_)) => {
                return Err(HubError::NotUnderstood { status: status.as_u16() });
            }
            Ok(None) => return Ok(Answer { status, wait, body }),
            Err(_) => return Err(HubError::NoAnswer),
        }
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Why no answer came, told from what lies beneath the HTTP client's error. Only what failed while connecting
/// is known not to have been sent.
fn failed(error: &reqwest::Error) -> HubError {
    if error.is_builder() {
        return HubError::NotReached(NotReached::Connection);
    }
    if !error.is_connect() {
        return HubError::NoAnswer;
    }
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return HubError::NotReached(NotReached::Certificate);
        }
        // The one cause that has no type of its own: hyper-util keeps it private.
        if error.to_string().contains("dns error") {
            return HubError::NotReached(NotReached::Name);
        }
        // What an I/O error wraps is not its source, but the source's source.
        cause = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    HubError::NotReached(NotReached::Connection)
}
