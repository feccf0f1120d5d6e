//! Signing in: passwords, tokens and what happens when someone guesses.

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::draw::{sha256_hex, unforeseen_letters};
use crate::hub::whole_seconds_until;
use crate::wire::{self, Refusal};
use crate::world::World;

/// A token lasts 24 hours (seen).
const TOKEN_LIFE: Duration = Duration::hours(24);
/// Ours: that many wrong passwords in a row are answered as such, and the next one makes the account wait.
const WRONG_PASSWORDS_ALLOWED: u32 = 5;
/// Ours.
const WAIT_AFTER_GUESSING: Duration = Duration::seconds(30);

/// Who is signed in, kept in memory only: after a restart everyone signs in again.
#[derive(Default)]
pub(crate) struct Sessions {
    by_token: HashMap<String, SignedIn>,
    wrong: HashMap<String, WrongPasswords>,
}

struct SignedIn {
    person: usize,
    until: OffsetDateTime,
}

#[derive(Default)]
struct WrongPasswords {
    in_a_row: u32,
    wait_until: Option<OffsetDateTime>,
}

pub(crate) enum SignInRefusal {
    /// 401 `invalid_grant` (ours).
    WrongPassword,
    /// 401 `mfa_required` (ours: how the Hub answers for an account with a second factor is not known).
    SecondFactor,
    /// 429.
    Wait { seconds: u64 },
}

impl Sessions {
    pub(crate) fn sign_in(
        &mut self,
        world: &World,
        username: &str,
        password: &str,
        now: OffsetDateTime,
    ) -> Result<String, SignInRefusal> {
        let email = username.trim().to_lowercase();
        let wrong = self.wrong.entry(email.clone()).or_default();
        match wrong.wait_until {
            Some(until) if until > now => {
                let seconds = whole_seconds_until(until, now);
                return Err(SignInRefusal::Wait { seconds });
            }
            Some(_) => *wrong = WrongPasswords::default(),
            None => {}
        }
        let Some(person) =
            world.people.iter().position(|person| person.email == email && person.password == password)
        else {
            wrong.in_a_row += 1;
            if wrong.in_a_row <= WRONG_PASSWORDS_ALLOWED {
                return Err(SignInRefusal::WrongPassword);
            }
            wrong.wait_until = Some(now.saturating_add(WAIT_AFTER_GUESSING));
            return Err(SignInRefusal::Wait { seconds: WAIT_AFTER_GUESSING.whole_seconds().unsigned_abs() });
        };
        self.wrong.remove(&email);
        if world.nth_person(person).second_factor {
            return Err(SignInRefusal::SecondFactor);
        }
        let token = new_token();
        self.by_token.retain(|_, signed_in| signed_in.until > now);
        self.by_token.insert(sha256_hex(&token), SignedIn { person, until: now.saturating_add(TOKEN_LIFE) });
        Ok(token)
    }

    /// The person that a token stands for, while it lasts.
    pub(crate) fn person(&self, token: &str, now: OffsetDateTime) -> Option<usize> {
        let signed_in = self.by_token.get(&sha256_hex(token))?;
        (signed_in.until > now).then_some(signed_in.person)
    }

    pub(crate) fn expire(&mut self, token: &str) {
        self.by_token.remove(&sha256_hex(token));
    }
}

/// The answer to a password that is right (seen).
pub(crate) fn token_answer(token: &str) -> Response {
    wire::ok(&json!({
        "access_token": token,
        "expires_in": TOKEN_LIFE.whole_seconds(),
        "refresh_token": unforeseen_letters(64),
        "token_type": "Bearer",
    }))
}

impl IntoResponse for SignInRefusal {
    fn into_response(self) -> Response {
        let (error, description) = match self {
            Self::WrongPassword => ("invalid_grant", "Wrong email or password."),
            Self::SecondFactor => ("mfa_required", "This account is protected by a second factor."),
            Self::Wait { seconds } => return Refusal::too_many(seconds).into_response(),
        };
        wire::answer(StatusCode::UNAUTHORIZED, &json!({ "error": error, "error_description": description }))
    }
}

/// Shaped and sized like the Hub's JWT, about 1.1 kB (seen), but with nothing in it.
fn new_token() -> String {
    let header = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";
    format!("{header}.eyJ{}.{}", unforeseen_letters(697), unforeseen_letters(342))
}
