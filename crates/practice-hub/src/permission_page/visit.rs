//! Who is at the page: two cookies, and the token by which a form is known to come from the page itself.

use axum::http::header::{COOKIE, HeaderMap};
use time::OffsetDateTime;

use crate::draw::{sha256_hex, unforeseen_letters};
use crate::hub::Hub;
use crate::world::{Belongs, Role};

/// Holds a token like those of `POST /token`, once somebody has signed in.
const VISIT: &str = "practice-hub-visit";
/// Holds the id of the client that a person of several has chosen.
const CLIENT: &str = "practice-hub-client";

/// One browser at the page.
pub(super) struct Visit {
    id: String,
    /// Whether the browser has to be told this id.
    is_new: bool,
    client: Option<String>,
    /// Who is signed in, by place in the world.
    pub person: Option<usize>,
}

/// A client that somebody may speak for, by place in the world.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub client: usize,
    pub role: Role,
}

/// The id of the visit that a request belongs to.
pub(crate) fn visit_of(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, VISIT)
}

impl Visit {
    pub(super) fn of(hub: &Hub, headers: &HeaderMap, now: OffsetDateTime) -> Self {
        let told = visit_of(headers);
        Self {
            id: told.map_or_else(|| unforeseen_letters(32), str::to_owned),
            is_new: told.is_none(),
            client: cookie(headers, CLIENT).map(str::to_owned),
            person: told.and_then(|token| hub.sessions.person(token, now)),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Stands in each form. Another site can send a form here, and can't know this.
    pub(super) fn form_token(&self) -> String {
        sha256_hex(&format!("a form for {}", self.id))
    }

    /// The clients that the signed-in person may speak for.
    pub(super) fn seats(&self, hub: &Hub) -> Vec<Seat> {
        let roles = self.person.map_or(&[][..], |person| &hub.world.nth_person(person).roles);
        let is_there = |client: usize| hub.world.client_at(&hub.world.nth_client(client).id).is_some();
        let seat = |belongs: &Belongs| match *belongs {
            Belongs::ToClient(client, role) => is_there(client).then_some(Seat { client, role }),
            Belongs::ToPartner(_) => None,
        };
        roles.iter().filter_map(seat).collect()
    }

    /// The client that the person speaks for: the only one, or the chosen one.
    pub(super) fn seat(&self, hub: &Hub) -> Option<Seat> {
        let seats = self.seats(hub);
        match seats[..] {
            [only] => Some(only),
            _ => seats
                .into_iter()
                .find(|seat| self.client.as_ref() == Some(&hub.world.nth_client(seat.client).id)),
        }
    }

    /// What the browser has to be told, below this path.
    pub(super) fn cookie(&self, path: &str) -> Option<String> {
        self.is_new.then(|| visit_cookie(path, &self.id))
    }
}

/// A browser sends cookies to every port of a host: the path keeps these away from other programs on this computer.
fn written(name: &str, value: &str, path: &str) -> String {
    let root = path.split('/').nth(1).unwrap_or_default();
    let end = if value.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={value}; Path=/{root}; HttpOnly; SameSite=Lax{end}")
}

/// An empty id ends the visit.
pub(super) fn visit_cookie(path: &str, id: &str) -> String {
    written(VISIT, id, path)
}

/// An empty id lets the person choose anew.
pub(super) fn client_cookie(path: &str, client_id: &str) -> String {
    written(CLIENT, client_id, path)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty() && value.chars().all(is_plain))
        .map(|(_, value)| value)
}
