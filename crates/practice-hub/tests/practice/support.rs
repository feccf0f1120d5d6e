//! A practice Hub with an HTTP client at its door.

use std::sync::{Arc, Mutex, Once};

use practice_hub::{Account, Clock, Options, PracticeHub};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const MARIA: (&str, &str) = ("maria@harbour-hotel.example", "practice-harbour");
pub const JONAS: (&str, &str) = ("jonas@harbour-hotel.example", "practice-jonas");
pub const LUCIA: (&str, &str) = ("lucia@clinica-aurora.example", "practice-aurora");
pub const RUI: (&str, &str) = ("rui@padaria-do-sol.example", "practice-padaria");
pub const AYSE: (&str, &str) = ("ayse@kiosk-yildiz.example", "practice-kiosk");
pub const PETRA: (&str, &str) = ("petra@moebel-lindner.example", "practice-lindner");
pub const SAM: (&str, &str) = ("sam@two-shops.example", "practice-sam");
pub const NORA: (&str, &str) = ("nora@two-factor.example", "practice-nora");
pub const JO: (&str, &str) = ("jo@blue-anchor.example", "practice-anchor");
pub const TIM: (&str, &str) = ("tim@blue-anchor.example", "practice-tim");

pub const HARBOUR: &str = "Harbour Hotel GmbH";
pub const AURORA: &str = "Clínica Aurora";
pub const PADARIA: &str = "Padaria do Sol";
pub const KIOSK: &str = "Kiosk Yildiz";
pub const LINDNER: &str = "Möbel Lindner";
pub const BIKES: &str = "Sam's Bikes";
pub const COFFEE: &str = "Sam's Coffee";

pub const GENERATE: &str = "POST /clients/*/channels/*/api_keys";

pub struct Practice {
    pub hub: PracticeHub,
    http: reqwest::Client,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn field(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.text)).to_owned()
    }

    /// The reason in the Hub's error body, which is checked on the way.
    pub fn reason(&self) -> String {
        let meta = &self.json()["meta"];
        assert_eq!(meta["success"], false, "{}", self.text);
        assert_eq!(meta["http_code"], self.status, "{}", self.text);
        meta["developer_message"].as_str().expect("a developer_message").to_owned()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

/// Someone who calls the Hub: with a token, or with a partner API key.
pub struct Caller<'a> {
    practice: &'a Practice,
    header: (&'static str, String),
}

pub async fn practise() -> Practice {
    practise_with(Options::default()).await
}

pub async fn practise_with(options: Options) -> Practice {
    Practice { hub: PracticeHub::start(options).await.expect("a practice Hub"), http: http() }
}

pub async fn practise_at(clock: &MovableClock) -> Practice {
    let hub = PracticeHub::start_at(Options::default(), clock.clock()).await.expect("a practice Hub");
    Practice { hub, http: http() }
}

pub fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("no provider was installed before");
    });
    reqwest::Client::builder().no_proxy().build().expect("an HTTP client")
}

impl Practice {
    pub fn client(&self, name: &str) -> String {
        self.hub.client_id(name).unwrap_or_else(|| panic!("no client {name}"))
    }

    pub fn channel(&self, client: &str, channel: &str) -> String {
        self.hub.channel_id(client, channel).unwrap_or_else(|| panic!("no channel {channel} of {client}"))
    }

    /// `/clients/{L}/channels/{C}`
    pub fn client_channel(&self, client: &str, channel: &str) -> String {
        format!("/clients/{}/channels/{}", self.client(client), self.channel(client, channel))
    }

    /// `/partners/{P}/channels/{C}`
    pub fn partner_channel(&self, client: &str, channel: &str) -> String {
        format!("/partners/{}/channels/{}", self.hub.partner_id(), self.channel(client, channel))
    }

    pub async fn token_answer(&self, email: &str, password: &str) -> Answer {
        self.send(Method::POST, "/token", &[], Some(json!({ "username": email, "password": password }))).await
    }

    pub async fn sign_in(&self, (email, password): (&str, &str)) -> Caller<'_> {
        let token = self.token_answer(email, password).await.expect(200).field("access_token");
        Caller { practice: self, header: ("Authorization", format!("Bearer {token}")) }
    }

    pub fn partner_key(&self) -> Caller<'_> {
        let key = self.hub.accounts().into_iter().find_map(|account| match account {
            Account::PartnerKey { api_key, .. } => Some(api_key),
            _ => None,
        });
        Caller { practice: self, header: ("X-API-Key", key.expect("a partner API key")) }
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        self.send_to(&format!("{}{path}", self.hub.hub()), method, headers, body).await
    }

    pub async fn health(&self, api_key: &str) -> Answer {
        let url = format!("{}/health_status", self.hub.messaging());
        self.send_to(&url, Method::GET, &[("D360-API-KEY", api_key)], None).await
    }

    pub async fn webhook(&self, api_key: &str) -> Answer {
        let url = format!("{}/v1/configs/webhook", self.hub.messaging());
        self.send_to(&url, Method::GET, &[("D360-API-KEY", api_key)], None).await
    }

    pub async fn set_webhook(&self, api_key: &str, body: Value) -> Answer {
        let url = format!("{}/v1/configs/webhook", self.hub.messaging());
        self.send_to(&url, Method::POST, &[("D360-API-KEY", api_key)], Some(body)).await
    }

    pub async fn extra_webhooks(&self, api_key: &str, method: Method, body: Option<Value>) -> Answer {
        let url = format!("{}/multi_webhook", self.hub.messaging());
        self.send_to(&url, method, &[("D360-API-KEY", api_key)], body).await
    }

    pub async fn page(&self, path: &str) -> Answer {
        self.send_to(&format!("{}{path}", self.hub.pages()), Method::GET, &[], None).await
    }

    pub async fn send_to(
        &self,
        url: &str,
        method: Method,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        self.try_to(url, method, headers, body).await.expect("an answer")
    }

    pub async fn try_to(
        &self,
        url: &str,
        method: Method,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> reqwest::Result<Answer> {
        let mut request = self.http.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    /// Sends bytes as they are and reads until the connection ends.
    pub async fn raw(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut tcp = TcpStream::connect(self.address()).await?;
        tcp.write_all(request).await?;
        let mut answer = Vec::new();
        tcp.read_to_end(&mut answer).await?;
        Ok(answer)
    }

    pub fn address(&self) -> &str {
        self.hub.pages().strip_prefix("http://").expect("an http address")
    }
}

impl Caller<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path).await
    }

    pub async fn post(&self, path: &str) -> Answer {
        self.call(Method::POST, path).await
    }

    pub async fn put(&self, path: &str) -> Answer {
        self.call(Method::PUT, path).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path).await
    }

    pub async fn call(&self, method: Method, path: &str) -> Answer {
        self.try_call(method, path).await.expect("an answer")
    }

    pub async fn try_call(&self, method: Method, path: &str) -> reqwest::Result<Answer> {
        let url = format!("{}{path}", self.practice.hub.hub());
        self.practice.try_to(&url, method, &[(self.header.0, &self.header.1)], None).await
    }

    /// The value of the header by which the Hub knows this caller.
    pub fn credential(&self) -> &str {
        &self.header.1
    }
}

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub struct MovableClock(Arc<Mutex<OffsetDateTime>>);

impl MovableClock {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000))))
    }

    pub fn forward(&self, by: Duration) {
        *self.0.lock().expect("no test panicked with the clock in hand") += by;
    }

    fn clock(&self) -> Clock {
        let time = Arc::clone(&self.0);
        Arc::new(move || *time.lock().expect("no test panicked with the clock in hand"))
    }
}
