//! A relay between the program and the practice Hub, which counts what passes and when.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;

/// A relay at a port of its own.
pub struct Relay {
    base: String,
    passed: Arc<Mutex<Vec<Exchange>>>,
}

/// A request and its answer. On one connection, one follows the other.
#[derive(Clone)]
pub struct Exchange {
    connection: usize,
    /// Method, path and query.
    pub asked: String,
    /// How many bytes were asked and answered, heads included.
    pub bytes: usize,
    /// When the last byte of the answer was passed on, in milliseconds since 1970.
    pub answered_at: f64,
}

impl Relay {
    /// A relay to the Hub at this base address.
    pub fn to(hub: &str) -> Self {
        let there = hub.trim_start_matches("http://").trim_end_matches("/api/v2").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}/api/v2", listener.local_addr().expect("an address"));
        let passed: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let noted = passed.clone();
        thread::spawn(move || {
            for (connection, from) in listener.incoming().flatten().enumerate() {
                let Ok(to) = TcpStream::connect(&there) else { continue };
                let _ = (from.set_nodelay(true), to.set_nodelay(true));
                let (asking, answering) = (noted.clone(), noted.clone());
                pass_on(&from, &to, move |piece| begin(&mut asking.lock(), connection, piece));
                pass_on(&to, &from, move |piece| answer(&mut answering.lock(), connection, piece.len()));
            }
        });
        Self { base, passed }
    }

    /// The Hub's base address by way of the relay.
    pub fn hub(&self) -> &str {
        &self.base
    }

    /// All that passed so far.
    pub fn passed(&self) -> Vec<Exchange> {
        self.passed.lock().clone()
    }
}

/// All requests of a desk fit into one piece, and none has a body that looks like a request.
fn begin(passed: &mut Vec<Exchange>, connection: usize, piece: &[u8]) {
    let text = String::from_utf8_lossy(piece);
    let line = text.lines().next().unwrap_or_default();
    match line.strip_suffix(" HTTP/1.1") {
        Some(asked) => passed.push(Exchange {
            connection,
            asked: asked.to_owned(),
            bytes: piece.len(),
            answered_at: 0.0,
        }),
        None => answer(passed, connection, piece.len()),
    }
}

fn answer(passed: &mut [Exchange], connection: usize, bytes: usize) {
    if let Some(exchange) = passed.iter_mut().rev().find(|exchange| exchange.connection == connection) {
        exchange.bytes += bytes;
        exchange.answered_at = now();
    }
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1_000.0)
}

fn pass_on(from: &TcpStream, to: &TcpStream, note: impl Fn(&[u8]) + Send + 'static) {
    let (mut from, mut to) = (from.try_clone().expect("a handle"), to.try_clone().expect("a handle"));
    thread::spawn(move || {
        let mut piece = vec![0; 1 << 18];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            if to.write_all(&piece[..length]).is_err() {
                break;
            }
            note(&piece[..length]);
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}
