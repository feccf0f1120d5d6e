//! From the listening socket to an answer: accepting, counting, faults, and ending connections on time.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::connection::{Line, Stream};
use crate::faults::{Do, Fault, Faults};
use crate::hub::{self, Hub};
use crate::ordered;
use crate::routes::{self, Received};
use crate::wire::{self, Refusal};
use crate::{Clock, RequestLog, calls, permission_page};

/// How long requests that are under way may take once the practice Hub stops.
const GRACE: Duration = Duration::from_secs(1);
const LARGEST_REQUEST: usize = 1024 * 1024;
const HUGE_BODY: usize = 64 * 1024 * 1024;

/// What is answered at a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    /// All but the messaging host.
    Hub,
    Messaging,
}

impl Part {
    fn has(self, path: &str) -> bool {
        let is_messaging = path.starts_with("/messaging/");
        match self {
            Part::All => true,
            Part::Hub => !is_messaging,
            Part::Messaging => is_messaging,
        }
    }
}

/// What every connection shares.
pub(crate) struct Shared {
    pub hub: Mutex<Hub>,
    pub faults: Mutex<Faults>,
    pub counts: Mutex<BTreeMap<String, u64>>,
    pub clock: Clock,
    pub log: RequestLog,
}

/// Serves until `stop` says so or its sender is gone.
pub(crate) async fn serve(
    listener: TcpListener,
    part: Part,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => {
                    connections.spawn(serve_connection(tcp, part, Arc::clone(&shared), stop.clone()));
                }
                // Out of file handles, most likely: connections that end give some back.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all_ended).await.is_err() {
        connections.shutdown().await;
    }
}

async fn serve_connection(tcp: TcpStream, part: Part, shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    // Small answers go out at once; where that can't be set they come a little later.
    let _ = tcp.set_nodelay(true);
    let line = Line::new();
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, line) = (Arc::clone(&shared), Arc::clone(&line));
        async move {
            let answered = match part.has(request.uri().path()) {
                true => answer(&shared, &line, request).await,
                false => Refusal::not_found().into_response(),
            };
            Ok::<_, Infallible>(answered)
        }
    });
    let stream = TokioIo::new(Stream::new(tcp, Arc::clone(&line)));
    // No limit on an idle connection: a program that reuses one after a while must not meet its end.
    let mut http = http1::Builder::new();
    http.header_read_timeout(None);
    let mut connection = pin!(http.serve_connection(stream, service));
    tokio::select! {
        // A connection that breaks is the client's affair, or a fault that was ordered.
        _ = connection.as_mut() => return,
        () = line.reset_wanted() => return,
        _ = stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        _ = connection.as_mut() => {}
        () = line.reset_wanted() => {}
    }
}

async fn answer(shared: &Shared, line: &Line, request: Request<Incoming>) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let method = head.method.clone();
    let is_practice_page = matches!(&*path, "/counts" | "/faults");
    let fault = if is_practice_page { None } else { shared.meet(&method, &path) };
    let body = to_bytes(Body::new(body), LARGEST_REQUEST).await;
    line.request_was_read();
    let Ok(body) = body else {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return told(&path, Refusal::new(status, "The request is too large or broken off"));
    };
    let request = Received { method: head.method, uri: head.uri, headers: head.headers, body };
    if line.take_target_was_cut() {
        let status = StatusCode::URI_TOO_LONG;
        shared.note(&method, &path, status.as_str());
        return told(&path, Refusal::new(status, "The address of this request is too long"));
    }
    let answered = match fault {
        Some(fault) => shared.answer_with_fault(line, &request, &fault).await,
        None if is_practice_page => shared.practice_page(&request),
        None => shared.carry_out(&request),
    };
    shared.note(&method, &path, answered.status().as_str());
    answered
}

/// A refusal in the form that the asked-for path has: a page for people, or the Hub's error body.
fn told(path: &str, refusal: Refusal) -> Response {
    if calls::is_permission_page(path) { permission_page::refused(&refusal) } else { refusal.into_response() }
}

impl Shared {
    fn carry_out(&self, request: &Received) -> Response {
        let now = (self.clock)();
        // A change is saved to disk inside this lock: changes are rare, and must reach the file in their order.
        routes::carry_out(&mut self.hub.lock(), request, now)
    }

    fn meet(&self, method: &Method, path: &str) -> Option<Fault> {
        *self.counts.lock().entry(calls::count_key(method, path)).or_default() += 1;
        self.faults.lock().meet(method, calls::short_path(path))
    }

    async fn answer_with_fault(&self, line: &Line, request: &Received, fault: &Fault) -> Response {
        let told = |refusal| told(request.uri.path(), refusal);
        let fault = &fault.written_out();
        let mut answered = match fault.r#do {
            Do::Refuse => told(Refusal::forbidden()),
            Do::Status => {
                if fault.after_commit {
                    self.carry_out(request);
                }
                let status = fault.answered_status();
                told(Refusal::new(status, status.canonical_reason().unwrap_or("Unknown")))
            }
            Do::ExpireToken => {
                let token = hub::bearer(&request.headers);
                if let Some(token) = token.or_else(|| permission_page::visit_of(&request.headers)) {
                    self.hub.lock().sessions.expire(token);
                }
                told(hub::token_expired())
            }
            Do::ResetBeforeCommit => self.reset(line, request, fault).await,
            Do::ResetAfterCommit => {
                self.carry_out(request);
                self.reset(line, request, fault).await
            }
            Do::Delay => self.carry_out(request),
            Do::KeepExtraWebhooks => {
                let mut hub = self.hub.lock();
                hub.keeps_extra_webhooks = true;
                let answered = routes::carry_out(&mut hub, request, (self.clock)());
                hub.keeps_extra_webhooks = false;
                answered
            }
            Do::DeleteClient | Do::MoveChannel => {
                let what = fault.what.as_deref().unwrap_or_default();
                if self.hub.lock().world.change_on_order(fault.r#do, what) {
                    self.carry_out(request)
                } else {
                    let reason = format!("A fault is to change {what}, which the practice Hub does not have");
                    told(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, reason))
                }
            }
            Do::Answer if !fault.after_commit => ordered::answer(Response::default(), fault).await,
            Do::Answer | Do::CutBody | Do::NotJson | Do::HugeBody | Do::NoKey | Do::Nested => {
                let answered = self.carry_out(request);
                match fault.r#do {
                    _ if !answered.status().is_success() => answered,
                    Do::HugeBody => answered.map(|_| Body::new(Huge { left: HUGE_BODY })),
                    _ => ordered::answer(answered, fault).await,
                }
            }
        };
        for (name, value) in &fault.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                answered.headers_mut().insert(name, value);
            }
        }
        wait(fault).await;
        answered
    }

    async fn reset(&self, line: &Line, request: &Received, fault: &Fault) -> Response {
        wait(fault).await;
        self.note(&request.method, request.uri.path(), "reset");
        line.reset().await
    }

    /// The practice Hub's own pages: `GET /counts`, and `GET` and `POST /faults`. They are not counted and have no faults.
    fn practice_page(&self, request: &Received) -> Response {
        match (request.method.as_str(), request.uri.path()) {
            ("GET", "/counts") => wire::ok(&*self.counts.lock()),
            ("GET", "/faults") => wire::ok(&self.faults.lock().list()),
            ("POST", "/faults") => match self.set_faults_from(&request.body) {
                Ok(()) => wire::ok(&self.faults.lock().list()),
                Err(reason) => Refusal::wrong_payload(reason).into_response(),
            },
            _ => Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed").into_response(),
        }
    }

    fn set_faults_from(&self, json: &[u8]) -> Result<(), String> {
        let faults: Vec<Fault> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        *self.faults.lock() = Faults::new(faults).map_err(|error| error.to_string())?;
        Ok(())
    }

    /// The request log: no query, header or body, since those may carry secrets.
    fn note(&self, method: &Method, path: &str, outcome: &str) {
        if self.log == RequestLog::Stderr {
            // A log that nobody can read any more is no reason to stop.
            let _ = writeln!(io::stderr(), "{method} {path} {outcome}");
        }
    }
}

async fn wait(fault: &Fault) {
    if let Some(time) = fault.wait() {
        tokio::time::sleep(time).await;
    }
}

/// A JSON string that does not end before the client's patience does; of unannounced length.
struct Huge {
    left: usize,
}

impl hyper::body::Body for Huge {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        const START: &[u8] = br#"{"api_key":""#;
        static PIECE: [u8; 64 * 1024] = [b'A'; 64 * 1024];

        let piece: &'static [u8] = match self.left {
            0 => return Poll::Ready(None),
            HUGE_BODY => START,
            left => PIECE.get(..left).unwrap_or(&PIECE),
        };
        self.left -= piece.len();
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece)))))
    }
}
