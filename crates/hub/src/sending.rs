//! One request and its whole answer, for both sides of the Hub: what goes along, how long it may be, how it fails.

use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, DATE, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;

use channel_keys_core::hub::{HubError, NotReached, Quote};
use channel_keys_core::secret::SessionToken;

use crate::wire::said;

/// The longest answer that is read (ours): a page of 1,000 channels is about one megabyte.
const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// Adds the session, marked so that it is never logged.
pub(crate) fn signed(request: RequestBuilder, token: &SessionToken) -> RequestBuilder {
    match sensitive(&format!("Bearer {}", token.expose())) {
        Some(value) => request.header(AUTHORIZATION, value),
        None => request,
    }
}

/// Adds a key under a header of its own, marked in the same way.
pub(crate) fn with_key(
    request: RequestBuilder,
    name: &'static str,
    key: &str,
) -> Result<RequestBuilder, HubError> {
    // A key that can't even stand in a header is none.
    let value = sensitive(key).ok_or(HubError::SessionEnded)?;
    Ok(request.header(HeaderName::from_static(name), value))
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    wait: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// This answer if it is one of the 200s, else what it means.
    pub(crate) fn good(self) -> Result<Answer, HubError> {
        if self.status.is_success() { Ok(self) } else { Err(self.failure()) }
    }

    pub(crate) fn failure(&self) -> HubError {
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

    pub(crate) fn said(&self) -> Option<Quote> {
        said(&self.body).and_then(|text| Quote::from_text(&text))
    }

    pub(crate) fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T, HubError> {
        self.understood(serde_json::from_slice(&self.body).ok())
    }

    /// What was made of this answer, or that nothing could be.
    pub(crate) fn understood<T>(&self, read: Option<T>) -> Result<T, HubError> {
        read.ok_or(HubError::NotUnderstood { status: self.status.as_u16() })
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, HubError> {
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

/// Seconds, or a date, which counts from the Hub's own time where it tells it, since this computer's may be wrong.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = |name| response.headers().get(name)?.to_str().ok().map(str::trim);
    let asked = text(RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let told = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(until.duration_since(told.unwrap_or_else(SystemTime::now)).unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_an_account_is_hidden_where_requests_are_logged() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let request = || reqwest::Client::new().get("http://127.0.0.1/");
        let session = signed(request(), &SessionToken::new("invented"));
        let key = with_key(request(), "x-api-key", "invented").expect("a header can carry it");

        for (request, name) in [(session, "authorization"), (key, "x-api-key")] {
            let request = request.build().expect("a request");
            assert!(request.headers()[name].is_sensitive());
            assert!(!format!("{request:?}").contains("invented"));
        }
    }
}
