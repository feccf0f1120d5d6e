//! One request and its whole answer, for both sides of the Hub: what goes along, how long it may be, how it fails.

use std::future::Future;
use std::pin::pin;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{
    AUTHORIZATION, CONTENT_ENCODING, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::time::timeout;

use channel_keys_core::hub::{ChangeError, HubError, KeyOf, NewKey, NotReached, ProxyFailure, Quote};
use channel_keys_core::secret::SessionToken;

use crate::client::Limits;
use crate::proxy;
use crate::unpacking::unpacked;
use crate::wire::{self, in_hub_form, new_key, said};

/// The longest answer that is read, compressed or not (ours): a page of 1,000 channels is about one megabyte.
pub(crate) const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// The header for a channel's key, at the messaging host (documented).
pub(crate) const CHANNEL_KEY: &str = "d360-api-key";
/// The header for a partner's own key, at the Hub (documented).
pub(crate) const PARTNER_KEY: &str = "x-api-key";
/// The longest that a refusal has anybody wait (ours): no session lives longer.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);

/// Whether the system had no certificates to trust when a route to the Hub was last made.
pub(crate) static NO_CERTIFICATES: AtomicBool = AtomicBool::new(false);

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
    // Other bytes would pass as well, but in which encoding nobody could tell.
    let is_plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    let value = sensitive(key).filter(|_| is_plain).ok_or(HubError::KeyNotSendable)?;
    Ok(request.header(HeaderName::from_static(name), value))
}

/// The key that a request carries, which a 401 is about then, and not about a session.
fn key_in(headers: &HeaderMap) -> Option<KeyOf> {
    let keys = [(CHANNEL_KEY, KeyOf::Channel), (PARTNER_KEY, KeyOf::Partner)];
    keys.into_iter().find(|(name, _)| headers.contains_key(*name)).map(|(_, of)| of)
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// An answer, as far as it came.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    key: Option<KeyOf>,
    wait: Option<Duration>,
    pub(crate) body: Vec<u8>,
    end: End,
}

/// How a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// All of it is here.
    Whole,
    /// The connection or the compression ended before it did.
    BrokenOff,
    /// It is longer than what is read.
    TooLong,
}

impl Answer {
    /// This answer if it is one of the 200s, else what it means.
    pub(crate) fn good(self) -> Result<Answer, HubError> {
        if self.status.is_success() { Ok(self) } else { Err(self.failure()) }
    }

    pub(crate) fn failure(&self) -> HubError {
        let (status, said) = (self.status.as_u16(), self.said());
        match status {
            // A gateway's own page says nothing of a session or a key.
            401 | 403 if self.is_of_a_gateway() => HubError::NotUnderstood { status },
            401 => self.key.map_or(HubError::SessionEnded, HubError::KeyRefused),
            404 | 405 => HubError::NotThere(said),
            429 => HubError::TooMany { wait: self.wait, said },
            // Time ran out, at the Hub or between a gateway and the Hub.
            408 | 425 | 499 => HubError::InTrouble { status, said },
            // It is a proxy that asks who this is.
            407 => HubError::NotUnderstood { status },
            400..500 => HubError::Refused { status, said },
            500..600 => HubError::InTrouble { status, said },
            _ => HubError::NotUnderstood { status },
        }
    }

    /// Whether it is a page, or nothing of the form in which the Hub and the messaging host answer.
    fn is_of_a_gateway(&self) -> bool {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body).trim_ascii_start();
        !body.is_empty() && !body.starts_with(b"{")
    }

    /// What it means for a request that changes something that this answer is not the one hoped for. Gateways answer
    /// with the same statuses as the Hub, after the Hub has done what it was asked: so only a refusal in the Hub's own
    /// form proves that nothing changed.
    fn change_failure(&self) -> ChangeError {
        let status = self.status.as_u16();
        if self.end == End::Whole && is_refusal(status) && in_hub_form(status, &self.body).is_some() {
            return ChangeError::Unchanged(self.failure());
        }
        ChangeError::Unknown(match (self.end, status) {
            (End::BrokenOff, _) => HubError::NoAnswer,
            (_, 408 | 425 | 499 | 500..600) => self.failure(),
            _ => HubError::NotUnderstood { status },
        })
    }

    fn whole(self) -> Result<Answer, HubError> {
        match self.end {
            End::Whole => Ok(self),
            End::BrokenOff => Err(HubError::NoAnswer),
            End::TooLong => Err(HubError::NotUnderstood { status: self.status.as_u16() }),
        }
    }

    pub(crate) fn said(&self) -> Option<Quote> {
        said(&self.body).and_then(|text| Quote::from_text(&text))
    }

    pub(crate) fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T, HubError> {
        self.understood(wire::read(&self.body))
    }

    /// What was made of this answer, or that nothing could be.
    pub(crate) fn understood<T>(&self, read: Option<T>) -> Result<T, HubError> {
        read.ok_or(HubError::NotUnderstood { status: self.status.as_u16() })
    }
}

/// The statuses by which the Hub refuses before it does anything (400, 403, 404: documented; the others: seen or ours).
fn is_refusal(status: u16) -> bool {
    matches!(status, 400 | 401 | 403 | 404 | 405 | 409 | 422 | 429)
}

/// Sends a request that changes nothing, and returns its whole answer.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, HubError> {
    receive(request, |_| false, None).await?.whole()
}

/// Sends a request that changes something, and returns its answer if it is one of the 200s and whole.
pub(crate) async fn change(request: RequestBuilder) -> Result<Answer, ChangeError> {
    let answer = receive(request, |_| false, None).await.map_err(without_answer)?;
    let is_good = answer.end == End::Whole && answer.status.is_success();
    if is_good { Ok(answer) } else { Err(answer.change_failure()) }
}

/// Sends a request for a key. A key that arrives is a key, whatever the status and however the body ends (ours): it is
/// shown once, and tested before it is relied on.
pub(crate) async fn make_key(request: RequestBuilder, limits: Limits) -> Result<NewKey, ChangeError> {
    let patience = Some(Patience { limits, begun: Instant::now(), over: OnceLock::new() });
    let answer = receive(request, has_whole_key, patience).await.map_err(without_answer)?;
    new_key(&answer.body, !answer.status.is_success()).ok_or_else(|| answer.change_failure())
}

fn without_answer(error: HubError) -> ChangeError {
    match error {
        HubError::NotReached(_) => ChangeError::Unchanged(error),
        error => ChangeError::Unknown(error),
    }
}

/// Whether a body has all of a key's answer, so that nobody needs to wait for what is announced behind it.
fn has_whole_key(body: &[u8]) -> bool {
    body.ends_with(b"}")
        && serde_json::from_slice::<IgnoredAny>(body).is_ok()
        && new_key(body, false).is_some()
}

/// How long an answer is waited for that can't be asked for again.
struct Patience {
    limits: Limits,
    begun: Instant,
    /// When the time was first seen to be up.
    over: OnceLock<Instant>,
}

impl Patience {
    /// What comes in time. A program that was stopped meanwhile finds its time up and the answer there at once, and takes
    /// the answer: a client's own limits look at the clock first. One moment is all that it gets for that, in however many
    /// pieces the answer comes.
    async fn wait<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        const BOTH_AT_ONCE: Duration = Duration::from_secs(1);
        let mut work = pin!(work);
        let left = self.limits.whole.saturating_sub(self.begun.elapsed()).min(self.limits.pause);
        match timeout(left, &mut work).await {
            Ok(done) => Some(done),
            Err(_) => {
                let over = self.over.get_or_init(Instant::now);
                timeout(BOTH_AT_ONCE.saturating_sub(over.elapsed()), work).await.ok()
            }
        }
    }
}

/// Waits by the client's own limits, or with patience.
async fn part<T>(
    patience: Option<&Patience>,
    work: impl Future<Output = reqwest::Result<T>>,
) -> Option<reqwest::Result<T>> {
    match patience {
        Some(patience) => patience.wait(work).await,
        None => Some(work.await),
    }
}

/// Sends a request and reads its answer as far as it comes, or until there is enough of it.
async fn receive(
    request: RequestBuilder,
    is_enough: fn(&[u8]) -> bool,
    patience: Option<Patience>,
) -> Result<Answer, HubError> {
    let (http, request) = request.build_split();
    let request = request.map_err(|error| failed(&error))?;
    let key = key_in(request.headers());
    let patience = patience.as_ref();
    let response = part(patience, http.execute(request)).await.ok_or(HubError::NoAnswer)?;
    let mut response = response.map_err(|error| failed(&error))?;
    let status = response.status();
    let wait = retry_after(&response);
    let encoding = response.headers().get(CONTENT_ENCODING).cloned();
    let mut body = Vec::new();
    let end = loop {
        match part(patience, response.chunk()).await {
            Some(Ok(Some(piece))) => {
                let room = LONGEST_ANSWER - body.len();
                body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
                if piece.len() > room {
                    break End::TooLong;
                }
                if is_enough(&body) {
                    break End::Whole;
                }
            }
            Some(Ok(None)) => break End::Whole,
            Some(Err(_)) | None => break End::BrokenOff,
        }
    };
    let (body, end) = unpacked(body, end, encoding.as_ref());
    Ok(Answer { status, key, wait, body, end })
}

/// How long a refusal asks to wait, by its `Retry-After`.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = |name| response.headers().get(name)?.to_str().ok().map(str::trim);
    // A moment counts from the Hub's own time where it tells it, since this computer's may be wrong.
    let told = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    wait_until(text(RETRY_AFTER)?, told.unwrap_or_else(SystemTime::now))
}

/// Whole seconds from now on, at most [`LONGEST_WAIT`]. Seconds or a date are documented (RFC 9110); a moment as seconds or
/// milliseconds since 1970 is seen; a fraction and an `s` are ours. None where no time is left, or none can be read.
fn wait_until(asked: &str, now: SystemTime) -> Option<Duration> {
    /// A count this high is a moment: as a length, it would be more than thirty years.
    const MOMENT: f64 = 1e9;
    const IN_MILLISECONDS: f64 = 1e11;
    let from_now = |moment: SystemTime| moment.duration_since(now).ok();
    let digits = asked.trim_end_matches('s').trim_end();
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let wait = if is_number {
        let count: f64 = digits.parse().ok()?;
        let seconds = if count < IN_MILLISECONDS { count } else { count / 1000.0 };
        let length = Duration::try_from_secs_f64(seconds).ok()?;
        if count < MOMENT { length } else { from_now(SystemTime::UNIX_EPOCH.checked_add(length)?)? }
    } else {
        from_now(httpdate::parse_http_date(asked).ok()?)?
    };
    let whole = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
    (whole > 0).then(|| Duration::from_secs(whole).min(LONGEST_WAIT))
}

/// Why no answer came, told from what lies beneath the HTTP client's error. Only what failed while connecting
/// is known not to have been sent: a proxy's refusal to connect with it.
fn failed(error: &reqwest::Error) -> HubError {
    if error.is_builder() {
        return HubError::NotReached(NotReached::Connection);
    }
    if !error.is_connect() {
        return HubError::NoAnswer;
    }
    HubError::NotReached(match beneath(error) {
        Beneath::Certificate if NO_CERTIFICATES.load(Ordering::Relaxed) => NotReached::NoCertificates,
        Beneath::Certificate => NotReached::Certificate,
        Beneath::Name => NotReached::Name,
        Beneath::Connection(failure) => match error.url().and_then(proxy::on_the_way_to) {
            Some(address) => NotReached::Proxy { failure, address },
            None => NotReached::Connection,
        },
    })
}

/// What connecting failed with.
enum Beneath {
    Certificate,
    Name,
    /// Anything else; `ProxyFailure` says what it means where a proxy is in use.
    Connection(ProxyFailure),
}

fn beneath(error: &reqwest::Error) -> Beneath {
    let is_timeout = error.is_timeout();
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return Beneath::Certificate;
        }
        let words = error.to_string();
        if let Some(failure) = proxy::failure(&words) {
            return Beneath::Connection(failure);
        }
        // A cause without a type of its own: hyper-util keeps it private.
        if words.contains("dns error") {
            return Beneath::Name;
        }
        // What an I/O error wraps is not its source, but the source's source.
        cause = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    Beneath::Connection(if is_timeout { ProxyFailure::Unreachable } else { ProxyFailure::Refused })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sunday, 6 October 2024, 10:00:00 UTC.
    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_728_208_800)
    }

    #[test]
    fn a_wait_is_read_in_each_form_in_which_it_is_sent() {
        let a_day = 24 * 3_600;
        for (asked, seconds) in [
            ("30", Some(30)),
            ("1.5", Some(2)),
            ("0.2", Some(1)),
            ("60s", Some(60)),
            ("60 s", Some(60)),
            ("Sun, 06 Oct 2024 10:02:00 GMT", Some(120)),
            ("1728208860", Some(60)),
            ("1728208860000", Some(60)),
            // Longer than anybody can wait for.
            ("604800", Some(a_day)),
            ("999999999", Some(a_day)),
            ("1771404540000", Some(a_day)),
            ("1771404540", Some(a_day)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(a_day)),
            // Over, or none.
            ("0", None),
            ("0.0", None),
            ("-5", None),
            ("Sun, 06 Oct 2024 09:00:00 GMT", None),
            ("Thu, 01 Jan 1970 00:00:00 GMT", None),
            ("1528208860", None),
            ("1528208860000", None),
            ("99999999999999999999999999999999999999", None),
            ("inf", None),
            ("NaN", None),
            ("1e3", None),
            ("1.2.3", None),
            (".", None),
            ("s", None),
            ("", None),
            ("in a while", None),
        ] {
            assert_eq!(wait_until(asked, now()).map(|wait| wait.as_secs()), seconds, "{asked:?}");
        }
    }

    proptest! {
        #[test]
        fn a_wait_lasts_from_a_second_to_a_day_whatever_is_sent(
            asked in prop_oneof![".*", "-?[0-9]{1,40}(\\.[0-9]{0,20})?s?"],
            now in 0..253_402_300_799_u64,
        ) {
            let wait = wait_until(&asked, SystemTime::UNIX_EPOCH + Duration::from_secs(now));
            prop_assert!(wait.is_none_or(|wait| wait >= Duration::from_secs(1) && wait <= LONGEST_WAIT), "{:?}", wait);
        }
    }

    #[test]
    fn what_opens_an_account_is_hidden_where_requests_are_logged() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let request = || reqwest::Client::new().get("http://127.0.0.1/");
        let session = signed(request(), &SessionToken::new("invented"));
        let key = with_key(request(), PARTNER_KEY, "invented").expect("a header can carry it");

        for (request, name) in [(session, "authorization"), (key, "x-api-key")] {
            let request = request.build().expect("a request");
            assert!(request.headers()[name].is_sensitive());
            assert!(!format!("{request:?}").contains("invented"));
        }
    }
}
