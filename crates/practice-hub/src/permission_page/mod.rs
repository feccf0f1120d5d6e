//! The page on which a client gives a partner the permission for all or specific numbers, or takes it back, and is then
//! sent back to the partner.
//!
//! - documented: its three addresses, the names in its links, that it gives permission "for all or specific numbers",
//!   that it can be opened again at any time, and what the address says with which people come back
//! - ours: everything that is on the page, its forms and cookies, its limits, which return addresses it follows, and that
//!   `cancel` comes back with `channels=[]`
//!
//! The link's query stays in the address of the page, so nothing of a link is remembered here. Every change and every way
//! back follows a press, in a form that only this page can have made.

mod change;
mod form;
mod html;
mod link;
mod look_alike;
mod opened;
mod presses;
mod return_address;
mod text;
mod views;
mod visit;

use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;

pub(crate) use visit::visit_of;

use crate::hub::Hub;
use crate::routes::Received;
use crate::wire::Refusal;

use html::Text;
use opened::Opened;

/// Answers a request for the permission page.
pub(crate) fn answer(hub: &mut Hub, request: &Received, now: OffsetDateTime) -> Response {
    let opened = match Opened::by(hub, request, now) {
        Ok(opened) => opened,
        Err(stop) => return stop.into_response(),
    };
    let mut response = match request.method {
        Method::GET => opened.look(hub, None),
        Method::POST => opened.press(hub, &request.body, now),
        _ => {
            let text = "This page is read, and its forms are sent.";
            Stop::new(StatusCode::METHOD_NOT_ALLOWED, "This can't be done here", text).into_response()
        }
    };
    // Where a press has just set one, that is the newer.
    if let Some(cookie) = opened.visit.cookie(request.uri.path())
        && !response.headers().contains_key(SET_COOKIE)
    {
        set_cookie(&mut response, &cookie);
    }
    response
}

/// A refusal of the Hub as a page, for people.
pub(crate) fn refused(refusal: &Refusal) -> Response {
    let (status, reason) = refusal.told();
    let text =
        format!("The Hub answered {}: {reason}. Open the link once more to see what holds.", status.as_u16());
    Stop::new(status, "The Hub does not do this now", text).into_response()
}

/// A page that leads nowhere.
struct Stop {
    status: StatusCode,
    title: &'static str,
    text: String,
}

impl Stop {
    fn new(status: StatusCode, title: &'static str, text: impl Into<String>) -> Self {
        Self { status, title, text: text.into() }
    }

    fn link(status: StatusCode, text: impl Into<String>) -> Self {
        Self::new(status, "This link is not followed", text)
    }

    fn form(status: StatusCode, text: impl Into<String>) -> Self {
        Self::new(status, "This form is not taken", text)
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        html::page(self.status, self.title, &format!("<p>{}</p>", Text(&self.text)), None)
    }
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

fn see_other(to: &str) -> Response {
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
