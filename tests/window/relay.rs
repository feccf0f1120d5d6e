//! A relay between the program and the practice Hub, which writes down all that passes.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use parking_lot::Mutex;

/// A relay at a port of its own. What the Hub says of its own address is said of the relay's, so that keys are used
/// through it as well.
pub struct Relay {
    base: String,
    passed: Arc<Mutex<Vec<Passed>>>,
}

/// What passed over one connection.
#[derive(Default, Clone)]
struct Passed {
    asked: Vec<u8>,
    answered: Vec<u8>,
}

/// One request.
pub struct Request {
    /// Method and path.
    pub line: String,
    /// Name and value, the name in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Relay {
    /// A relay to the Hub at this base address.
    pub fn to(hub: &str) -> Self {
        let there = hub.trim_start_matches("http://").trim_end_matches("/api/v2").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let here = listener.local_addr().expect("an address").to_string();
        let base = format!("http://{here}/api/v2");
        let passed = Arc::new(Mutex::new(Vec::new()));
        let kept = passed.clone();
        thread::spawn(move || {
            for from in listener.incoming().flatten() {
                let Ok(to) = TcpStream::connect(&there) else { continue };
                let number = {
                    let mut all = kept.lock();
                    all.push(Passed::default());
                    all.len() - 1
                };
                pass_on(&from, &to, {
                    let kept = kept.clone();
                    move |piece| {
                        kept.lock()[number].asked.extend_from_slice(&piece);
                        piece
                    }
                });
                let (there, here) = (there.clone(), here.clone());
                let kept = kept.clone();
                pass_on(&to, &from, move |piece| {
                    kept.lock()[number].answered.extend_from_slice(&piece);
                    renamed(piece, &there, &here)
                });
            }
        });
        Self { base, passed }
    }

    /// The Hub's base address by way of the relay.
    pub fn hub(&self) -> &str {
        &self.base
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.passed.lock().iter().flat_map(|passed| requests_in(&passed.asked)).collect()
    }

    /// All that stood in the answers so far as the text of a field.
    pub fn answered(&self, field: &str) -> Vec<String> {
        let mark = format!("\"{field}\":\"");
        let mut found = Vec::new();
        for passed in self.passed.lock().iter() {
            let text = String::from_utf8_lossy(&passed.answered);
            let values = text.split(&mark).skip(1).filter_map(|rest| rest.split_once('"'));
            found.extend(values.map(|(value, _)| value.to_owned()));
        }
        found
    }
}

fn pass_on(from: &TcpStream, to: &TcpStream, note: impl Fn(Vec<u8>) -> Vec<u8> + Send + 'static) {
    let (mut from, mut to) = (from.try_clone().expect("a handle"), to.try_clone().expect("a handle"));
    thread::spawn(move || {
        let mut piece = vec![0; 1 << 20];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            if to.write_all(&note(piece[..length].to_vec())).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}

/// The same with the other address, which is as long: both ports have five digits.
fn renamed(mut piece: Vec<u8>, there: &str, here: &str) -> Vec<u8> {
    assert_eq!(there.len(), here.len(), "the answer's length would change");
    while let Some(at) = piece.windows(there.len()).position(|part| part == there.as_bytes()) {
        piece[at..at + here.len()].copy_from_slice(here.as_bytes());
    }
    piece
}

fn requests_in(mut bytes: &[u8]) -> Vec<Request> {
    let mut requests = Vec::new();
    while let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let line = lines.next().unwrap_or_default().to_owned();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length: usize = length.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
        let rest = &bytes[end + 4..];
        let (body, next) = rest.split_at(length.min(rest.len()));
        requests.push(Request { line, headers, body: body.to_vec() });
        bytes = next;
    }
    requests
}
