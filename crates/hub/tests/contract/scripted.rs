//! Hosts that answer what a test tells them, and remember what they were sent.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A host on this computer with an answer for every request.
pub struct Scripted {
    address: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Answers each request, given as its head, with what `script` says; one connection for each.
    pub async fn answering(script: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (counted, noted) = (Arc::clone(&connections), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((mut tcp, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let request = read_request(&mut tcp).await;
                let head = request.split("\r\n\r\n").next().unwrap_or_default().to_owned();
                noted.lock().expect("no test panicked with it in hand").push(request);
                let _ = tcp.write_all(script(&head).as_bytes()).await;
                let _ = tcp.shutdown().await;
            }
        });
        Self { address, connections, requests, task }
    }

    pub fn hub(&self) -> String {
        format!("http://{}/api/v2", self.address)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no test panicked with it in hand").clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// As far as the client sent it: head, and body where one was announced.
async fn read_request(tcp: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = header(head, "content-length").and_then(|length| length.parse().ok());
            if body.len() >= announced.unwrap_or(0) {
                return text;
            }
        }
        match tcp.read(&mut piece).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&piece[..count]),
            _ => return text,
        }
    }
}

/// A header of a request's head.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// A number in a request's query.
pub fn number(head: &str, name: &str) -> usize {
    let target = head.split(' ').nth(1).unwrap_or_default();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .and_then(|(_, value)| value.parse().ok())
        .expect("the number is in the query")
}

pub fn json(body: &str) -> String {
    answer("200 OK", "", body)
}

/// `headers` are whole lines.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// A port at which somebody listens and nobody answers: it tells whether anyone came.
pub struct Unvisited(std::net::TcpListener);

impl Unvisited {
    pub fn new() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a port that can be looked at");
        Self(listener)
    }

    pub fn address(&self) -> String {
        self.0.local_addr().expect("an address").to_string()
    }

    /// A connection that was made waits in the listener's queue.
    pub fn nobody_came(&self) -> bool {
        matches!(self.0.accept(), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
    }
}

/// A host that answers without end, and counts how much of it was taken.
pub struct Endless {
    address: String,
    sent: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Endless {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&sent);
        let task = tokio::spawn(async move {
            while let Ok((mut tcp, _)) = listener.accept().await {
                read_request(&mut tcp).await;
                let head = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n\r\n{\"api_key\":\"";
                let _ = tcp.write_all(head.as_bytes()).await;
                while let Ok(count) = tcp.write(&[b'A'; 16 * 1024]).await {
                    counted.fetch_add(count as u64, Ordering::SeqCst);
                }
            }
        });
        Self { address, sent, task }
    }

    pub fn hub(&self) -> String {
        format!("http://{}/api/v2", self.address)
    }

    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        self.task.abort();
    }
}
