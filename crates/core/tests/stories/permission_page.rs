//! The whole way round: the desk's link, the permission page on which a client answers it, and the address with which the
//! client comes back. What writes and what reads these are two programs that know nothing of each other.

use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::desk::{Answers, Mentioned};
use channel_keys_core::fact::Fact;
use channel_keys_core::permission_page::{Form, Request, Returned, return_address};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::desk::*;

const WELCOME: &str = "https://www.blue-anchor.example/welcome";

/// A browser that keeps its cookie and follows nothing by itself.
pub struct Browser {
    http: reqwest::Client,
    cookie: String,
    address: String,
    text: String,
    leads_to: Option<String>,
}

impl Browser {
    pub async fn at(address: String) -> Self {
        let none = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(none).build().expect("a client");
        let mut browser = Self { http, cookie: String::new(), address, text: String::new(), leads_to: None };
        browser.send(None).await;
        browser
    }

    async fn send(&mut self, form: Option<String>) {
        let request = match form {
            None => self.http.get(&self.address),
            Some(form) => self
                .http
                .post(&self.address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form),
        };
        let answer = request.header("Cookie", &self.cookie).send().await.expect("an answer");
        let header = |name: &str| answer.headers().get(name).and_then(|told| told.to_str().ok());
        if let Some(cookie) = header("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            self.cookie = cookie.to_owned();
        }
        self.leads_to = header("location").map(str::to_owned);
        self.text = answer.text().await.expect("text");
    }

    fn hidden(&self, name: &str) -> Vec<String> {
        let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.text.split(&mark).skip(1);
        rest.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    async fn press(&mut self, button: &str, fields: &[(&str, &str)]) {
        // Each form on the page has the same ones.
        let first = |name| self.hidden(name).into_iter().next().unwrap_or_default();
        let (token, client) = (first("token"), first("for"));
        let mut form = Serializer::new(String::new());
        form.extend_pairs([("do", button), ("token", token.as_str()), ("for", client.as_str())]);
        form.extend_pairs(fields);
        self.send(Some(form.finish())).await;
    }

    /// Signs in, ticks exactly these numbers, saves, and tells where that leads.
    pub async fn gives(&mut self, (email, password): Credentials, channels: &[&ChannelId]) -> String {
        self.press("sign-in", &[("email", email), ("password", password)]).await;
        self.send(None).await;
        let was_shared = self.hidden("shared");
        let shared = was_shared.iter().map(|id| ("shared", id.as_str()));
        let ticked = channels.iter().map(|id| ("channel", id.0.as_str()));
        let fields: Vec<_> = [("which", "some")].into_iter().chain(ticked).chain(shared).collect();
        self.press("save", &fields).await;
        self.leads_to.clone().unwrap_or_else(|| panic!("it leads nowhere: {}", self.text))
    }
}

/// The same link at the practice Hub's page.
fn in_practice(desk: &Desk, link: &str) -> String {
    let link: Url = link.parse().expect("a link");
    let rest = link.as_str().strip_prefix(&link.origin().ascii_serialization()).expect("its path");
    format!("{}{rest}", desk.hub.pages())
}

#[tokio::test]
async fn what_the_desk_asks_for_is_given_on_the_page_and_comes_back_as_what_the_desk_explains() {
    for form in Form::ALL {
        // Given Jo's desk, which asks the hotel for its restaurant
        let desk = Desk::set().await;
        desk.sign_in(JO).await;
        let at = desk.app.desk().expect("the desk is open");
        at.read().await;
        let (front_desk, restaurant) = (desk.channel(FRONT_DESK), desk.channel(RESTAURANT));
        let return_to = return_address(WELCOME).expect("an address");
        let link = at.ask_for(&restaurant, Some(return_to)).expect("on the board").link(form);

        // When Maria opens the link, gives it, and takes the front desk back
        let mut browser = Browser::at(in_practice(&desk, &link)).await;
        let back = browser.gives(MARIA, &[&restaurant]).await;

        // Then the desk understands the address with which she comes back
        assert!(back.starts_with(WELCOME), "{back}");
        let explained = at.explain(&Returned::read(&back).expect("it is understood"));
        assert_eq!(explained.client_name.as_deref(), Some(HARBOUR));
        let ids = |told: Fact<Vec<Mentioned>>| {
            told.told().into_iter().flatten().map(|channel| channel.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            (ids(explained.given), ids(explained.revoked)),
            (vec![restaurant.clone()], vec![front_desk])
        );
        assert!(matches!(explained.asked, Answers::AskedHere { same_client: Fact::Told(true), .. }));

        // and the Hub says the same
        at.check().await;
        let line = at.line(&restaurant).expect("on the board").line;
        assert_eq!(line.check.permission(), Fact::Told(Permission::Shared));
    }
}

#[tokio::test]
async fn what_this_program_answers_to_a_request_is_understood_by_the_desk_that_asked() {
    // Given a link of Jo's desk
    let asking = Desk::set().await;
    asking.sign_in(JO).await;
    let at = asking.app.desk().expect("the desk is open");
    at.read().await;
    let restaurant = asking.channel(RESTAURANT);
    let return_to = return_address(WELCOME).expect("an address");
    let ask = at.ask_for(&restaurant, Some(return_to)).expect("on the board");
    for form in Form::ALL {
        // When it is read as a client's program reads it, and answered
        let request = Request::read(&ask.link(form)).expect("it is a request");
        let line = at.line(&restaurant).expect("on the board");
        let client = line.line.client.told().cloned().expect("told");
        let answer = request.answer(&client, std::slice::from_ref(&restaurant), &[]).expect("an address");

        // Then the desk knows its own question again
        let explained = at.explain(&Returned::read(answer.as_str()).expect("it is understood"));
        assert_eq!(explained.client, Fact::Told(client));
        assert!(matches!(explained.asked, Answers::AskedHere { channel, .. } if channel == restaurant));
    }
}
