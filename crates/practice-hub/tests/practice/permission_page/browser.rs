//! A browser without a screen: cookies, forms with their hidden fields, and no redirect that it follows by itself.

use std::collections::BTreeMap;

use reqwest::Method;
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use url::form_urlencoded::{Serializer, parse};

use crate::support::*;

pub struct Browser {
    http: reqwest::Client,
    pub cookies: BTreeMap<String, String>,
    /// Where it is.
    pub address: String,
    /// What it shows.
    pub page: Answer,
}

impl Browser {
    /// Opens the older form of the link, with this query.
    pub async fn at(practice: &Practice, query: &str) -> Self {
        Self::at_address(&format!("{}?{query}", practice.hub.permission_page())).await
    }

    pub async fn at_address(address: &str) -> Self {
        let page = Answer { status: 0, headers: Default::default(), text: String::new() };
        // The one in `support` sets the cryptography up; this one follows nothing.
        drop(http());
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
        let mut browser = Self { http, cookies: BTreeMap::new(), address: address.to_owned(), page };
        browser.load().await;
        browser
    }

    /// Opens the link and signs in there.
    pub async fn signed_in(practice: &Practice, query: &str, who: (&str, &str)) -> Self {
        let mut browser = Self::at(practice, query).await;
        browser.sign_in(who).await;
        assert_eq!(browser.page.status, 200, "{}", browser.page.text);
        browser
    }

    pub async fn load(&mut self) {
        self.send(Method::GET, None).await;
    }

    /// Signs in, and looks at what the page then shows.
    pub async fn sign_in(&mut self, (email, password): (&str, &str)) {
        self.press("sign-in", &[("email", email), ("password", password)]).await;
        self.follow_here().await;
    }

    /// After a press that leads to the same page anew.
    pub async fn follow_here(&mut self) {
        if self.page.status == 303 {
            assert!(self.address.ends_with(&self.goes_to()), "{} is elsewhere", self.goes_to());
            self.load().await;
        }
    }

    /// Presses a button, with the form's hidden fields, as far as they come once, and these.
    pub async fn press(&mut self, does: &str, fields: &[(&str, &str)]) {
        let (token, client) = (self.token(), self.hidden("for").concat());
        self.post(&[&[("do", does), ("token", &token), ("for", &client)], fields].concat()).await;
    }

    /// Ticks exactly these of the numbers that are shown, and saves.
    pub async fn save(&mut self, ticked: &[&str]) {
        let shared = self.hidden("shared");
        let ticked = ticked.iter().map(|id| ("channel", *id));
        let fields: Vec<_> = ticked.chain(shared.iter().map(|id| ("shared", &**id))).collect();
        self.press("save", &[&[("which", "some")], &fields[..]].concat()).await;
    }

    pub async fn post(&mut self, fields: &[(&str, &str)]) {
        self.send(Method::POST, Some(Serializer::new(String::new()).extend_pairs(fields).finish())).await;
    }

    pub async fn send(&mut self, method: Method, form: Option<String>) {
        let mut request = self.http.request(method, &self.address);
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("Cookie", cookies.join("; "));
        }
        if let Some(form) = form {
            request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form);
        }
        let response = request.send().await.expect("an answer");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) =
                cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        self.page = Answer { status, headers, text: response.text().await.expect("text") };
    }

    pub fn token(&self) -> String {
        self.hidden("token").first().cloned().unwrap_or_default()
    }

    /// The values of the hidden fields with this name.
    pub fn hidden(&self, name: &str) -> Vec<String> {
        let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.page.text.split(&mark).skip(1);
        rest.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    /// The ids of the numbers that are ticked.
    pub fn ticked(&self) -> Vec<String> {
        let boxes =
            self.page.text.split("type=\"checkbox\"").skip(1).filter_map(|rest| rest.split('>').next());
        let ticked = boxes.filter(|tag| tag.ends_with(" checked"));
        ticked.filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next()).map(str::to_owned).collect()
    }

    #[track_caller]
    pub fn shows(&self, status: u16, words: &[&str]) {
        let text = self.page.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(self.page.status, status, "{text}");
        for words in words {
            assert!(text.contains(words), "no “{words}” in {text}");
        }
    }

    /// Where the answer to a press leads.
    #[track_caller]
    pub fn goes_to(&self) -> String {
        assert_eq!(self.page.status, 303, "{}", self.page.text);
        self.page.headers[LOCATION].to_str().expect("text").to_owned()
    }

    /// What the address says to which the answer leads.
    #[track_caller]
    pub fn told(&self) -> BTreeMap<String, String> {
        let to = self.goes_to();
        let query = to.split_once('?').expect("a query").1;
        parse(query.as_bytes()).into_owned().collect()
    }
}

/// The ids of Harbour Hotel's shared numbers, as the partner's side of the API tells them.
pub async fn shared(practice: &Practice, client: &str) -> Vec<String> {
    let path = format!(
        "/partners/{}/clients/{}/shared_client_numbers",
        practice.hub.partner_id(),
        practice.client(client)
    );
    let list = practice.partner_key().get(&path).await.expect(200).json();
    let ids = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|channel| channel["id"].as_str().expect("an id").to_owned());
    ids.collect()
}
