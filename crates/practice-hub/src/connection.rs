//! One TCP connection: request lines that hyper would refuse are put right, and a connection can end in a TCP reset.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The target of a longer request line is cut, so that its request can be refused in words: hyper would end it without.
const LONGEST_REQUEST_LINE: usize = 60 * 1024;
/// How much of such a target is left: enough to tell what was asked for.
const CUT_TARGET: usize = 1000;

/// What whoever answers a request may do to its connection.
pub(crate) struct Line {
    at_request_line: AtomicBool,
    target_was_cut: AtomicBool,
    reset: AtomicBool,
    reset_wanted: Notify,
}

impl Line {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            at_request_line: AtomicBool::new(true),
            target_was_cut: AtomicBool::new(false),
            reset: AtomicBool::new(false),
            reset_wanted: Notify::new(),
        })
    }

    /// The whole request was read: whatever the client sends from here on begins with a request line.
    pub(crate) fn request_was_read(&self) {
        self.at_request_line.store(true, Ordering::Release);
    }

    /// Whether the target of the request that is being answered was too long, and is there in part only.
    /// Told once, since the next request on this connection is another.
    pub(crate) fn take_target_was_cut(&self) -> bool {
        self.target_was_cut.swap(false, Ordering::AcqRel)
    }

    /// Ends the connection with a TCP reset. Does not return: the connection's task, and this future in it, is dropped.
    pub(crate) async fn reset(&self) -> ! {
        self.reset.store(true, Ordering::Release);
        self.reset_wanted.notify_one();
        std::future::pending().await
    }

    /// Returns when a reset is wanted; whoever holds the connection then drops it.
    pub(crate) async fn reset_wanted(&self) {
        self.reset_wanted.notified().await;
    }
}

/// A TCP stream whose request lines are put right on the way in, and whose drop is a reset if one is wanted.
pub(crate) struct Stream {
    tcp: TcpStream,
    line: Arc<Line>,
    /// The part of a request line that has come so far.
    partial: Vec<u8>,
    /// Bytes that are ready to be read.
    ready: Vec<u8>,
}

impl Stream {
    pub(crate) fn new(tcp: TcpStream, line: Arc<Line>) -> Self {
        Self { tcp, line, partial: Vec::new(), ready: Vec::new() }
    }

    /// Takes what came in while a request line is awaited.
    fn take_in(&mut self, bytes: &[u8]) {
        self.partial.extend_from_slice(bytes);
        while let Some(end) = self.partial.iter().position(|&byte| byte == b'\n') {
            let after = self.partial.split_off(end + 1);
            let line = std::mem::replace(&mut self.partial, after);
            let is_blank = line.iter().all(u8::is_ascii_whitespace);
            let encoded = encode_target(&line);
            let cut = if encoded.len() > LONGEST_REQUEST_LINE { cut_target(&line) } else { None };
            if !is_blank {
                self.line.target_was_cut.store(cut.is_some(), Ordering::Release);
            }
            self.ready.extend(cut.unwrap_or(encoded));
            if !is_blank {
                self.line.at_request_line.store(false, Ordering::Release);
                self.ready.append(&mut self.partial);
            }
        }
        // What follows in such a line is cut anyway, and need not be remembered.
        self.partial.truncate(LONGEST_REQUEST_LINE + 1);
    }

    fn hand_out(&mut self, into: &mut ReadBuf<'_>) {
        let count = self.ready.len().min(into.remaining());
        into.put_slice(self.ready.get(..count).unwrap_or_default());
        self.ready.drain(..count);
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        loop {
            if !stream.ready.is_empty() {
                stream.hand_out(into);
                return Poll::Ready(Ok(()));
            }
            if !stream.line.at_request_line.load(Ordering::Acquire) {
                return Pin::new(&mut stream.tcp).poll_read(context, into);
            }
            let mut bytes = [0; 4096];
            let mut read = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut stream.tcp).poll_read(context, &mut read))?;
            if read.filled().is_empty() {
                // The client has said all: half a line goes on as it is, and after it the end.
                if stream.partial.is_empty() {
                    return Poll::Ready(Ok(()));
                }
                stream.ready.append(&mut stream.partial);
                continue;
            }
            stream.take_in(read.filled());
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.line.reset.load(Ordering::Acquire) {
            // Lingering for no time makes the close a reset. If that fails, it is an ordinary close: no answer either.
            let _ = SockRef::from(&self.tcp).set_linger(Some(Duration::ZERO));
        }
    }
}

/// Encodes what HTTP does not allow in a request target, such as the quotes and blanks of raw JSON filters: the Hub is
/// seen to accept half-encoded ones, and hyper would refuse them.
fn encode_target(line: &[u8]) -> Vec<u8> {
    match in_parts(line) {
        Some((method, target, version)) => [method, &encoded(target), version].concat(),
        None => line.to_vec(),
    }
}

/// The method and the target of a request line, and what stands behind them; each blank belongs to the outer parts.
fn in_parts(line: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let start = line.iter().position(|&byte| byte == b' ')? + 1;
    let end = line.iter().rposition(|&byte| byte == b' ').filter(|&end| end > start)?;
    let (method, target, version) = (line.get(..start)?, line.get(start..end)?, line.get(end..)?);
    version.starts_with(b" HTTP/").then_some((method, target, version))
}

fn encoded(target: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(target.len());
    for &byte in target {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | ..=b' ' | 0x7f.. => {
                encoded.extend(format!("%{byte:02X}").bytes());
            }
            byte => encoded.push(byte),
        }
    }
    encoded
}

/// The beginning of a request line that is too long, as a whole one; none where it is no request.
fn cut_target(line: &[u8]) -> Option<Vec<u8>> {
    let start = line.iter().position(|&byte| byte == b' ')? + 1;
    let target = line.get(start..start + CUT_TARGET)?;
    Some([line.get(..start)?, &encoded(target), b" HTTP/1.1\r\n"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_json_in_a_request_line_is_encoded() {
        assert_eq!(
            encode_target(b"GET /channels?filters={\"q\": \"Caf\xc3\xa9\"} HTTP/1.1\r\n"),
            b"GET /channels?filters=%7B%22q%22:%20%22Caf%C3%A9%22%7D HTTP/1.1\r\n"
        );
    }

    #[test]
    fn what_is_encoded_stays_as_it_is() {
        let line = b"GET http://127.0.0.1:1/channels?filters=%7B%22q%22%3A1%7D&sort=-id HTTP/1.1\r\n";
        assert_eq!(encode_target(line), line);
    }

    #[test]
    fn of_a_target_that_is_too_long_the_beginning_is_left() {
        let line = format!("GET /dashboard?state={} HTTP/1.1\r\n", "<".repeat(100_000));
        let cut = String::from_utf8(cut_target(line.as_bytes()).expect("a request")).expect("ASCII");
        assert!(cut.starts_with("GET /dashboard?state=%3C%3C") && cut.ends_with("%3C HTTP/1.1\r\n"), "{cut}");
        assert!(cut.len() < 4 * CUT_TARGET);
        assert_eq!(cut_target(&[b'A'; 100_000]), None);
        assert_eq!(cut_target(b"GET /short HTTP/1.1\r\n"), None);
    }

    #[test]
    fn a_line_that_is_not_a_request_goes_on_as_it_is() {
        for line in [&b"\r\n"[..], b"GET\r\n", b"GET /\r\n", b"what ever \"this\" is\r\n"] {
            assert_eq!(encode_target(line), line);
        }
    }
}
