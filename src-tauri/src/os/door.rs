//! The way back from the browser: one address of this computer's, at a port and a path that nobody foresees, which takes
//! one answer and is closed then, after a while, or where nobody waits any more.
//!
//! Whatever else comes, from a page in the browser or a program, gets the same plain refusal and leaves the door open.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::body::Incoming;
use hyper::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use ring::rand::{SecureRandom, SystemRandom};
use tauri::Url;
use time::OffsetDateTime;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use channel_keys_core::clock::Clock;
use channel_keys_core::door::Door;
use channel_keys_core::times::{between, later};

use crate::tasks::catch;
use crate::words::say;

/// For how long one connection is served (ours): a browser needs less than a second.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How many are served at once (ours); further ones wait until one is done.
const AT_ONCE: usize = 8;
/// The largest request, in bytes (ours): more than the longest answer that is read.
const LARGEST: usize = 48 * 1024;
/// How many random bytes the path has.
const PATH_BYTES: usize = 32;

/// The sentences that a browser is shown.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] =
    &["app-name", "door-thanks-title", "door-thanks", "door-refused-title", "door-refused"];

/// Why a door was closed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The one answer came, and the browser was told so.
    Answered,
    /// Its time was up.
    TimeUp,
}

/// An open door. Dropping it closes it.
pub struct LoopbackDoor {
    address: Url,
    keeper: AbortHandle,
}

type Hears = dyn Fn(&str) -> bool + Send + Sync;

struct Doorway {
    host: HeaderValue,
    address: Url,
    /// Whether an answer is the one that is waited for; asked only of what came to the right address.
    hears: Box<Hears>,
}

impl LoopbackDoor {
    /// Opens a door for so long. `hears` says whether an address with an answer in it is the one that is waited for, and
    /// `closed` is told why the door was closed by itself, once the browser has its page.
    pub async fn open(
        clock: Arc<dyn Clock>,
        open_for: Duration,
        hears: impl Fn(&str) -> bool + Send + Sync + 'static,
        closed: impl FnOnce(Closed) + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let host = listener.local_addr()?.to_string();
        let address = Url::parse(&format!("http://{host}/{}", unforeseen()?)).map_err(io::Error::other)?;
        let host = HeaderValue::try_from(host).map_err(io::Error::other)?;
        let doorway = Arc::new(Doorway { host, address: address.clone(), hears: Box::new(hears) });
        // By the clock, from now on: a computer that slept did not count the time.
        let until = later(clock.now(), open_for);
        let kept = catch(keep(listener, doorway, clock, until));
        let keeper = tokio::spawn(async move { closed(kept.await.unwrap_or(Closed::TimeUp)) });
        Ok(Self { address, keeper: keeper.abort_handle() })
    }
}

impl Door for LoopbackDoor {
    fn address(&self) -> Url {
        self.address.clone()
    }
}

impl Drop for LoopbackDoor {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

fn unforeseen() -> io::Result<String> {
    let mut bytes = [0; PATH_BYTES];
    SystemRandom::new().fill(&mut bytes).map_err(|_| io::Error::other("the system has no random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Stands at the door until it is to be closed. What is still served then ends with it.
async fn keep(
    listener: TcpListener,
    doorway: Arc<Doorway>,
    clock: Arc<dyn Clock>,
    until: OffsetDateTime,
) -> Closed {
    let mut served = JoinSet::new();
    let time_up = clock.wait(between(clock.now(), until).try_into().unwrap_or_default());
    tokio::pin!(time_up);
    loop {
        tokio::select! {
            biased;
            () = &mut time_up => return Closed::TimeUp,
            Some(done) = served.join_next() => if matches!(done, Ok(true)) { return Closed::Answered },
            came = listener.accept(), if served.len() < AT_ONCE => {
                if clock.now() >= until {
                    return Closed::TimeUp;
                }
                // Who hung up before they were served is nobody.
                if let Ok((stream, _)) = came {
                    served.spawn(serve(stream, doorway.clone(), clock.clone()));
                }
            }
        }
    }
}

/// Serves one connection: one request, and not for long. Whether it brought the answer.
async fn serve(stream: TcpStream, doorway: Arc<Doorway>, clock: Arc<dyn Clock>) -> bool {
    let answered = Arc::new(AtomicBool::new(false));
    let answer = service_fn(|request: Request<Incoming>| {
        let took = doorway.takes(&request);
        answered.fetch_or(took, Ordering::SeqCst);
        async move { Ok::<_, Infallible>(if took { thanks() } else { refusal() }) }
    });
    let connection = http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(LARGEST)
        .serve_connection(TokioIo::new(stream), answer);
    tokio::select! {
        _ = connection => {}
        () = clock.wait(PATIENCE) => {}
    }
    answered.load(Ordering::SeqCst)
}

impl Doorway {
    /// Only what a browser sends that was led here by this address: to read it, to this host and no other name for it,
    /// at this path, with an answer that is waited for.
    fn takes(&self, request: &Request<Incoming>) -> bool {
        let uri = request.uri();
        let mut hosts = request.headers().get_all(HOST).iter();
        let is_here = hosts.next() == Some(&self.host) && hosts.next().is_none();
        let is_led = request.method() == Method::GET && uri.authority().is_none() && is_here;
        if !is_led || uri.path() != self.address.path() {
            return false;
        }
        let query = uri.query().unwrap_or_default();
        (self.hears)(&format!("{}?{query}", self.address))
    }
}

fn thanks() -> Response<String> {
    page(StatusCode::OK, &say("door-thanks-title", &[]), &say("door-thanks", &[]))
}

/// The same for all that is not taken, so that nobody learns how near they came.
fn refusal() -> Response<String> {
    page(StatusCode::NOT_FOUND, &say("door-refused-title", &[]), &say("door-refused", &[]))
}

/// A page of words alone: no script, no style, nothing to load, and nothing of what was asked for.
fn page(status: StatusCode, title: &str, words: &str) -> Response<String> {
    let (title, words, app) = (as_text(title), as_text(words), as_text(&say("app-name", &[])));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} – {app}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n</main>\n</body>\n</html>\n"
    );
    let mut response = Response::new(html);
    *response.status_mut() = status;
    let policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONNECTION, "close"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn as_text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
#[path = "door_tests.rs"]
mod tests;
