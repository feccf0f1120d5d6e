//! The page as one link opens it, and what it shows to whoever is there.

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use super::form::Form;
use super::link::{BadLink, Link};
use super::return_address::ReturnAddress;
use super::views::{self, Frame, Numbers, Row};
use super::visit::{Seat, Visit};
use super::{Stop, html};
use crate::calls;
use crate::hub::Hub;
use crate::routes::Received;
use crate::world::{Channel, Role};

/// The page as one link opens it.
pub(super) struct Opened {
    pub link: Link,
    pub back: Option<ReturnAddress>,
    pub visit: Visit,
    pub partner: String,
    /// The page's own path and query.
    pub here: String,
    pub path: String,
    pub token: String,
}

impl Opened {
    pub(super) fn by(hub: &Hub, request: &Received, now: OffsetDateTime) -> Result<Self, Stop> {
        let path = request.uri.path();
        let link = Link::read(request.uri.query().unwrap_or_default()).map_err(|why| {
            let is_long = why == BadLink::TooLong;
            let status = if is_long { StatusCode::URI_TOO_LONG } else { StatusCode::BAD_REQUEST };
            Stop::link(status, views::bad_link(why))
        })?;
        let partner = &hub.world.partner;
        if !calls::short_path(path).split('/').any(|segment| segment == partner.id) {
            let text = "The link names a partner whom this Hub does not have. Nothing can be given here, and nothing was.";
            return Err(Stop::new(StatusCode::NOT_FOUND, "This Hub does not know this partner", text));
        }
        let registered = partner.redirect_url.as_deref();
        let back = match &link.redirect_url {
            Some(address) => Some(
                ReturnAddress::read(address, registered)
                    .map_err(|why| Stop::link(StatusCode::BAD_REQUEST, views::bad_return(why)))?,
            ),
            // One that nobody can be sent to counts as none.
            None => registered.and_then(|address| ReturnAddress::read(address, registered).ok()),
        };
        let visit = Visit::of(hub, &request.headers, now);
        Ok(Self {
            link,
            back,
            partner: partner.brand_name.clone(),
            here: request.uri.path_and_query().map_or(path, |here| here.as_str()).to_owned(),
            path: path.to_owned(),
            token: visit.form_token(),
            visit,
        })
    }

    fn frame(&self) -> Frame<'_> {
        Frame { partner: &self.partner, back: self.back.as_ref(), token: &self.token }
    }

    pub(super) fn page(&self, status: StatusCode, title: &str, main: &str) -> Response {
        let source = self.back.as_ref().map(ReturnAddress::source);
        html::page(status, title, main, source.as_deref())
    }

    /// The page as it is for whoever is there now; `told` is what a press came to.
    pub(super) fn look(&self, hub: &Hub, told: Option<(StatusCode, &str)>) -> Response {
        let status = told.map_or(StatusCode::OK, |(status, _)| status);
        let text = told.map(|(_, text)| text);
        let Some(person) = self.visit.person else {
            return self.sign_in_page(status, self.link.email.as_deref().unwrap_or_default(), text);
        };
        let person = &hub.world.nth_person(person).name;
        if let Some(seat) = self.visit.seat(hub) {
            let seen = Seen { status, problem: text, ..Seen::default() };
            return self.numbers_page(hub, person, seat, seen);
        }
        let name = |seat: &Seat| {
            let client = hub.world.nth_client(seat.client);
            (client.id.clone(), client.name.clone())
        };
        let clients: Vec<_> = self.visit.seats(hub).iter().map(name).collect();
        if clients.is_empty() {
            let main = views::no_client(&self.frame(), person);
            return self.page(StatusCode::FORBIDDEN, "This is not a client's account", &main);
        }
        self.page(status, "Choose a client", &views::choose(&self.frame(), person, &clients, text))
    }

    pub(super) fn sign_in_page(&self, status: StatusCode, email: &str, told: Option<&str>) -> Response {
        self.page(status, "Sign in to the Hub", &views::sign_in(&self.frame(), email, told))
    }

    pub(super) fn numbers_page(&self, hub: &Hub, person: &str, seat: Seat, seen: Seen<'_>) -> Response {
        let world = &hub.world;
        let client = world.nth_client(seat.client);
        let asked_for = self.link.number.as_deref();
        let row = |channel: &Channel| {
            let tells = channel.tells("setup_info");
            let told = |text: &str| if tells { text.to_owned() } else { String::new() };
            Row {
                id: channel.id.clone(),
                name: told(&channel.name),
                phone: told(&channel.phone),
                is_live: channel.is_live_and_running(),
                is_shared: channel.live.shared,
                is_ticked: seen
                    .ticked
                    .as_ref()
                    .map_or(channel.live.shared, |form| form.all("channel").contains(&&*channel.id)),
                is_asked_for: tells && asked_for == Some(&*channel.phone),
                refusal: seen.refused.get(&channel.id).cloned(),
            }
        };
        let mut rows: Vec<Row> = world.channels_of(seat.client).map(row).collect();
        rows.sort_by(|a, b| (!a.is_asked_for, &a.name).cmp(&(!b.is_asked_for, &b.name)));
        let closed = match (client.has_partner, seat.role) {
            (false, _) => Some("This client works with no partner in this Hub. Nothing can be given here."),
            (true, Role::Member) => Some("Only an Owner may change the partner permission."),
            (true, Role::Owner) => None,
        };
        let told = Numbers {
            person,
            client: &client.name,
            client_id: &client.id,
            has_choice: self.visit.seats(hub).len() > 1,
            name_in_link: self.link.name.as_deref(),
            number_in_link: asked_for,
            closed,
            problem: seen.problem,
            is_all: seen.ticked.is_some_and(|form| form.one("which") == "all"),
            rows: &rows,
        };
        let title = format!("Permission for {}", self.partner);
        self.page(seen.status, &title, &views::numbers(&self.frame(), &told))
    }
}

/// What a list of numbers shows besides the world: a form that came to nothing, as it was filled in.
#[derive(Default)]
pub(super) struct Seen<'a> {
    pub status: StatusCode,
    pub problem: Option<&'a str>,
    pub ticked: Option<&'a Form>,
    pub refused: HashMap<String, String>,
}
