//! Faults on order: what can go wrong between a program and the Hub, at the call where it is wanted.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::calls;

/// One thing to do wrong, and at which call.
///
/// ```
/// use practice_hub::{Do, Fault};
///
/// let from_json: Fault = serde_json::from_str(
///     r#"{"on":"POST /clients/*/channels/*/api_keys","nth":1,"do":"reset_after_commit"}"#,
/// )?;
/// let in_rust = Fault::new("POST /clients/*/channels/*/api_keys", Do::ResetAfterCommit).nth(1);
/// assert_eq!(from_json, in_rust);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// `METHOD /path/pattern`: the method may be `*`, and a `*` in the path stands for one segment. Paths of the Hub
    /// are written without `/api/v2`, those of the messaging host as `/messaging/…`.
    pub on: String,
    /// At which of the requests that fit `on`, counted from 1 since the faults were set; absent means at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// What goes wrong.
    pub r#do: Do,
    /// How many milliseconds the answer, or what stands in its place, is kept back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
    /// The id of the client that [`Do::DeleteClient`] deletes, or of the channel that [`Do::MoveChannel`] moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The status that [`Do::Status`] answers with, 500 when absent, or [`Do::Answer`], which see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers to add to the answer, `Retry-After` for one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// With [`Do::Status`] and [`Do::Answer`], whatever the status: the call is carried out before it is answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_commit: bool,
    /// What [`Do::Answer`] answers with. With `after_commit`, `{{answer}}` in it is replaced by the body that the call
    /// would truly have had, and `{{answer.api_key}}` by that field of it, text without its quotation marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The same for bytes that are no UTF-8, written in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
    /// How [`Do::Answer`] compresses its body, asked or not; `Content-Encoding` says so unless `headers` has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// How the body of [`Do::Answer`] ends; as HTTP wants it when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framing: Option<Framing>,
}

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// RFC 1950, which is what HTTP calls `deflate`.
    Deflate,
    /// RFC 1951, which some servers send under the name of `deflate`.
    RawDeflate,
}

/// How a body ends other than HTTP wants it; the connection is closed after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// Half of the body is sent, under the `Content-Length` of the whole.
    Half,
    /// The whole body is sent, under a `Content-Length` that is longer.
    TooLong,
    /// The whole body is sent in chunks, without the chunk that ends it.
    NoLastChunk,
}

/// What a [`Fault`] does. "Commit" is the change that the call asks for: a call that the Hub refuses anyway is answered
/// with that refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Do {
    /// Answers 403 without commit.
    Refuse,
    /// Commits at once and answers as ever, `ms` later: whoever hangs up in between has made the change.
    Delay,
    /// Ends the connection with a TCP reset; nothing was changed.
    ResetBeforeCommit,
    /// Commits, then ends the connection with a TCP reset.
    ResetAfterCommit,
    /// Answers with `status` in the Hub's error form, without commit unless `after_commit`.
    Status,
    /// Answers with `status`, `headers`, `body`, `encoding` and `framing`, without commit unless `after_commit`. What
    /// of status and body is absent is that of the true answer with `after_commit`, else 200 and empty.
    Answer,
    /// Commits, announces the whole answer and closes the connection in the middle of it.
    CutBody,
    /// Commits and answers with HTML under the right status.
    NotJson,
    /// Commits and answers with 64 MiB, made as they are sent.
    HugeBody,
    /// Answers 401, and the token is dead from then on.
    ExpireToken,
    /// Commits and leaves `api_key` out of the answer.
    NoKey,
    /// Commits and answers with the key one level deeper: `{"api_key":{"address","api_key",…}}`.
    Nested,
    /// Answers as ever; a key that is made by it leaves the channel's extra webhooks as they are.
    KeepExtraWebhooks,
    /// Deletes the client `what` with all its channels, then answers as ever: with `nth`, between two pages of a list.
    /// It is gone until the practice Hub ends.
    DeleteClient,
    /// Moves the channel `what` to the end of the partner's list of channels, or to its front if it is the last, then
    /// answers as ever: with `nth`, between two pages of that list. There it stays until the practice Hub ends.
    MoveChannel,
}

/// A fault that can't happen as it is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the fault on `{on}` can't happen: {reason}")]
pub struct FaultError {
    on: String,
    reason: &'static str,
}

impl Fault {
    /// This fault at every request that fits `on`.
    pub fn new(on: impl Into<String>, r#do: Do) -> Self {
        Self {
            on: on.into(),
            nth: None,
            r#do,
            ms: None,
            what: None,
            status: None,
            headers: BTreeMap::new(),
            after_commit: false,
            body: None,
            body_base64: None,
            encoding: None,
            framing: None,
        }
    }

    /// Only at the `nth` request, counted from 1.
    #[must_use]
    pub fn nth(self, nth: u64) -> Self {
        Self { nth: Some(nth), ..self }
    }

    /// The answer comes this many milliseconds later.
    #[must_use]
    pub fn ms(self, ms: u64) -> Self {
        Self { ms: Some(ms), ..self }
    }

    /// The id of the client or channel that is changed.
    #[must_use]
    pub fn what(self, id: impl Into<String>) -> Self {
        Self { what: Some(id.into()), ..self }
    }

    /// The status to answer with.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// One more header on the answer.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// The call is carried out before it is answered.
    #[must_use]
    pub fn after_commit(self) -> Self {
        Self { after_commit: true, ..self }
    }

    /// The body to answer with; see the field.
    #[must_use]
    pub fn body(self, body: impl Into<String>) -> Self {
        Self { body: Some(body.into()), ..self }
    }

    /// The same for bytes that are no UTF-8.
    #[must_use]
    pub fn bytes(self, body: impl AsRef<[u8]>) -> Self {
        Self { body_base64: Some(BASE64.encode(body)), ..self }
    }

    /// How the body is compressed.
    #[must_use]
    pub fn encoding(self, encoding: Encoding) -> Self {
        Self { encoding: Some(encoding), ..self }
    }

    /// How the body ends.
    #[must_use]
    pub fn framing(self, framing: Framing) -> Self {
        Self { framing: Some(framing), ..self }
    }

    /// Says why this fault can't happen, if it can't: a path that no call has would stay silent for ever.
    pub fn check(&self) -> Result<(), FaultError> {
        match self.reason_against() {
            None => Ok(()),
            Some(reason) => Err(FaultError { on: self.on.clone(), reason }),
        }
    }

    fn reason_against(&self) -> Option<&'static str> {
        let Some((method, pattern)) = self.on.split_once(' ') else {
            return Some("`on` is written as METHOD /path/pattern");
        };
        if !calls::meets_some_call(method, pattern) {
            return Some("no call of the practice Hub has this method and path");
        }
        if self.nth == Some(0) {
            return Some("`nth` counts from 1");
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Some("`status` lies between 200 and 599");
        }
        if self.after_commit && !matches!(self.r#do, Do::Status | Do::Answer) {
            return Some("`after_commit` goes with do `status` and `answer`");
        }
        let has_body = self.body.is_some() || self.body_base64.is_some();
        if self.r#do != Do::Answer && (has_body || self.encoding.is_some() || self.framing.is_some()) {
            return Some("`body`, `body_base64`, `encoding` and `framing` go with do `answer`");
        }
        if self.body.is_some() && self.body_base64.is_some() {
            return Some("`body` and `body_base64` are two ways to say the same");
        }
        if self.body_base64.as_ref().is_some_and(|text| BASE64.decode(text).is_err()) {
            return Some("`body_base64` is not Base64");
        }
        if !self.after_commit && self.body.as_ref().is_some_and(|body| body.contains("{{answer")) {
            return Some("`{{answer}}` wants `after_commit`, since without it there is no such answer");
        }
        if self.what.is_some() != matches!(self.r#do, Do::DeleteClient | Do::MoveChannel) {
            return Some("`what` goes with do `delete_client` and `move_channel`, which want it");
        }
        let sendable = |(name, value): (&String, &String)| {
            HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok()
        };
        let is_framing = |name: &String| {
            ["content-length", "transfer-encoding"].iter().any(|framing| name.eq_ignore_ascii_case(framing))
        };
        if self.headers.keys().any(is_framing) {
            return Some("how long a body is said to be is chosen by `framing`");
        }
        if !self.headers.iter().all(sendable) {
            return Some("a header in `headers` is not one that HTTP can carry");
        }
        None
    }

    pub(crate) fn answered_status(&self) -> StatusCode {
        self.status
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn answered_body(&self) -> Option<Vec<u8>> {
        match (&self.body, &self.body_base64) {
            (Some(body), _) => Some(body.clone().into_bytes()),
            (None, Some(body)) => BASE64.decode(body).ok(),
            (None, None) => None,
        }
    }

    pub(crate) fn wait(&self) -> Option<Duration> {
        self.ms.map(Duration::from_millis)
    }

    fn fits(&self, method: &Method, short_path: &str) -> bool {
        self.on.split_once(' ').is_some_and(|(wanted, pattern)| {
            (wanted == "*" || wanted == method.as_str()) && calls::fits(pattern, short_path)
        })
    }
}

/// The faults that are set, and how many requests each has met.
#[derive(Default)]
pub(crate) struct Faults(Vec<(Fault, u64)>);

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>) -> Result<Self, FaultError> {
        for fault in &faults {
            fault.check()?;
        }
        Ok(Self(faults.into_iter().map(|fault| (fault, 0)).collect()))
    }

    pub(crate) fn list(&self) -> Vec<&Fault> {
        self.0.iter().map(|(fault, _)| fault).collect()
    }

    /// The fault that this request runs into. Every fault that fits counts it; the first in the list happens.
    pub(crate) fn meet(&mut self, method: &Method, short_path: &str) -> Option<Fault> {
        let mut met = None;
        for (fault, seen) in &mut self.0 {
            if !fault.fits(method, short_path) {
                continue;
            }
            *seen += 1;
            if met.is_none() && fault.nth.is_none_or(|nth| nth == *seen) {
                met = Some(fault.clone());
            }
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_an_nth_when_requests_come_then_only_that_one_meets_the_fault() {
        let mut faults =
            Faults::new(vec![Fault::new("POST /token", Do::Refuse).nth(2)]).expect("a fault that can happen");
        let met: Vec<bool> = (0..3).map(|_| faults.meet(&Method::POST, "/token").is_some()).collect();
        assert_eq!(met, [false, true, false]);
    }

    #[test]
    fn given_two_faults_that_fit_then_the_first_happens_and_both_count() {
        let mut faults = Faults::new(vec![
            Fault::new("POST /token", Do::Refuse).nth(1),
            Fault::new("* /token", Do::NotJson).nth(2),
        ])
        .expect("faults that can happen");
        assert_eq!(faults.meet(&Method::POST, "/token").map(|fault| fault.r#do), Some(Do::Refuse));
        assert_eq!(faults.meet(&Method::POST, "/token").map(|fault| fault.r#do), Some(Do::NotJson));
        assert_eq!(faults.meet(&Method::GET, "/users/me"), None);
    }

    #[test]
    fn faults_that_can_not_happen_are_told() {
        for fault in [
            Fault::new("/token", Do::Refuse),
            Fault::new("POST /tokens", Do::Refuse),
            Fault::new("POST /token", Do::Refuse).nth(0),
            Fault::new("POST /token", Do::Status).status(99),
            Fault::new("POST /token", Do::Status).body("text"),
            Fault::new("POST /token", Do::Answer).body("text").bytes([0xff]),
            Fault::new("POST /token", Do::Answer).body("{{answer}}"),
            Fault { body_base64: Some("no Base64".into()), ..Fault::new("POST /token", Do::Answer) },
            Fault::new("POST /token", Do::Refuse).after_commit(),
            Fault::new("POST /token", Do::Refuse).header("not a name", "1"),
            Fault::new("POST /token", Do::Refuse).what("aCL"),
            Fault::new("GET /partners/*/clients", Do::DeleteClient),
            Fault::new("GET /partners/*/channels", Do::MoveChannel),
        ] {
            assert!(fault.check().is_err(), "{fault:?}");
        }
    }

    #[test]
    fn a_misspelt_field_is_not_read_as_a_fault() {
        assert!(serde_json::from_str::<Fault>(r#"{"on":"POST /token","do":"refuse","ntth":1}"#).is_err());
        assert!(serde_json::from_str::<Fault>(r#"{"on":"POST /token","do":"explode"}"#).is_err());
    }
}
