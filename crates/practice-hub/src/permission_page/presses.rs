//! What each press does.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;

use super::change::{self, Changed, Choice, NotChanged};
use super::form::{BadForm, Form, MOST_NUMBERS};
use super::opened::{Opened, Seen};
use super::return_address::Told;
use super::visit::{client_cookie, visit_cookie};
use super::{Stop, see_other, set_cookie, views};
use crate::hub::Hub;
use crate::sessions::SignInRefusal;
use crate::wire::Refusal;

impl Opened {
    pub(super) fn press(&self, hub: &mut Hub, body: &[u8], now: OffsetDateTime) -> Response {
        let form = match Form::read(body) {
            Ok(form) => form,
            Err(why) => return bad_form(why),
        };
        if form.one("token") != self.token {
            let text = "This form does not come from this page, or is too old. Nothing was changed. Open the link once more.";
            return Stop::form(StatusCode::FORBIDDEN, text).into_response();
        }
        match form.one("do") {
            "sign-in" => self.sign_in(hub, &form, now),
            "sign-out" => {
                hub.sessions.expire(self.visit.id());
                let mut response = see_other(&self.here);
                set_cookie(&mut response, &visit_cookie(&self.path, ""));
                set_cookie(&mut response, &client_cookie(&self.path, ""));
                response
            }
            "cancel" => self.leave(hub, "Cancelled", &Changed::default()),
            _ if self.visit.person.is_none() => {
                let text = "You are not signed in any more. Nothing was changed.";
                self.look(hub, Some((StatusCode::UNAUTHORIZED, text)))
            }
            "choose" => {
                let chosen = form.one("client");
                let seats = self.visit.seats(hub);
                if !seats.iter().any(|seat| hub.world.nth_client(seat.client).id == chosen) {
                    let text = "Choose one of these clients.";
                    return self.look(hub, Some((StatusCode::BAD_REQUEST, text)));
                }
                self.here_with(&client_cookie(&self.path, chosen))
            }
            "another-client" => self.here_with(&client_cookie(&self.path, "")),
            "save" => self.save(hub, &form),
            _ => {
                let text = "It says nothing that this page does.";
                Stop::form(StatusCode::BAD_REQUEST, text).into_response()
            }
        }
    }

    /// The page anew, so that going back or loading it again repeats no press.
    fn here_with(&self, cookie: &str) -> Response {
        let mut response = see_other(&self.here);
        set_cookie(&mut response, cookie);
        response
    }

    fn sign_in(&self, hub: &mut Hub, form: &Form, now: OffsetDateTime) -> Response {
        let email = form.one("email");
        let refusal = match hub.sessions.sign_in(&hub.world, email, form.one("password"), now) {
            // Another id than before, so that nobody who knew that one is signed in too.
            Ok(token) => return self.here_with(&visit_cookie(&self.path, &token)),
            Err(refusal) => refusal,
        };
        let (status, text, wait) = match refusal {
            SignInRefusal::WrongPassword => {
                (StatusCode::UNAUTHORIZED, "Wrong e-mail or password.".to_owned(), None)
            }
            SignInRefusal::SecondFactor => {
                let text = "This account is protected by a second factor, which this practice page does not ask for.";
                (StatusCode::UNAUTHORIZED, text.to_owned(), None)
            }
            SignInRefusal::Wait { seconds } => {
                let text = format!("Too many wrong passwords. Try again in {seconds} seconds.");
                (StatusCode::TOO_MANY_REQUESTS, text, Some(seconds))
            }
        };
        let mut response = self.sign_in_page(status, email, Some(&text));
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn save(&self, hub: &mut Hub, form: &Form) -> Response {
        let (Some(seat), Some(person)) = (self.visit.seat(hub), self.visit.person) else {
            return self
                .look(hub, Some((StatusCode::BAD_REQUEST, "Choose a client first. Nothing was changed.")));
        };
        // Another window may have chosen another client since.
        if form.one("for") != hub.world.nth_client(seat.client).id {
            let text =
                "This form was for another client than the one that is chosen now. Nothing was changed.";
            return self.look(hub, Some((StatusCode::CONFLICT, text)));
        }
        let mut seen = Seen { ticked: Some(form), ..Seen::default() };
        let reason;
        (seen.status, seen.problem) = match change::carry_out(hub, seat, &Choice::of(form)) {
            Ok(changed) => return self.leave(hub, "Done", &changed),
            Err(NotChanged::NotTheirs) => {
                let text = "A number in this form is none of this client's. Nothing was changed.";
                return Stop::form(StatusCode::NOT_FOUND, text).into_response();
            }
            Err(NotChanged::Refused(refused)) => {
                let words = |(id, refusal): (String, Refusal)| (id, refusal.told().1.to_owned());
                seen.refused = refused.into_iter().map(words).collect();
                (StatusCode::FORBIDDEN, Some("The Hub refuses a part of this, so nothing was changed."))
            }
            Err(NotChanged::Failed(refusal)) => {
                reason = refusal;
                (reason.told().0, Some(reason.told().1))
            }
        };
        let person = hub.world.nth_person(person).name.clone();
        self.numbers_page(hub, &person, seat, seen)
    }

    /// Back to the partner, or the last page where there is no way back.
    fn leave(&self, hub: &Hub, title: &str, changed: &Changed) -> Response {
        let client = self.visit.seat(hub).map(|seat| &*hub.world.nth_client(seat.client).id);
        if let Some(back) = &self.back {
            let state = self.link.state.as_deref();
            return see_other(&back.with(&Told {
                client,
                given: &changed.given,
                revoked: &changed.revoked,
                state,
            }));
        }
        let names = |ids: &[String]| -> Vec<String> {
            let name = |id: &String| match hub.world.channel(id) {
                Some(channel) if channel.tells("setup_info") => {
                    format!("{}, +{}", channel.name, channel.phone)
                }
                _ => id.clone(),
            };
            ids.iter().map(name).collect()
        };
        let main = views::done(&self.partner, &names(&changed.given), &names(&changed.revoked));
        self.page(StatusCode::OK, title, &main)
    }
}

fn bad_form(why: BadForm) -> Response {
    let (status, text) = match why {
        BadForm::TooLarge => {
            (StatusCode::PAYLOAD_TOO_LARGE, "It is larger than any that this page makes.".to_owned())
        }
        BadForm::TooManyNumbers => (
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("It names more than {MOST_NUMBERS} numbers. Nothing was changed."),
        ),
        BadForm::OddCharacters => {
            (StatusCode::BAD_REQUEST, "It has characters that can't be seen. Nothing was changed.".to_owned())
        }
    };
    Stop::form(status, text).into_response()
}
