//! Signing in (seen) and `/users/me` (ours): section 2.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use time::OffsetDateTime;

use super::Received;
use crate::hub::Hub;
use crate::rules::Caller;
use crate::sessions::token_answer;
use crate::wire::{self, Refusal};

#[derive(Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

pub(super) fn sign_in(hub: &mut Hub, request: &Received, now: OffsetDateTime) -> Result<Response, Refusal> {
    let Credentials { username, password } = request.json()?;
    Ok(match hub.sessions.sign_in(&hub.world, &username, &password, now) {
        Ok(token) => token_answer(&token),
        Err(refusal) => refusal.into_response(),
    })
}

/// A partner API key stands for no person, so it has no answer here (ours).
pub(super) fn me(hub: &Hub, caller: Caller) -> Result<Response, Refusal> {
    match caller {
        Caller::Person(person) => Ok(wire::ok(&wire::user_record(&hub.world, hub.world.nth_person(person)))),
        Caller::PartnerKey => Err(Refusal::forbidden()),
    }
}
