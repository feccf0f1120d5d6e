//! Answers as a fault orders them: status, body, compression and how the body ends.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use hyper::body::{Bytes, Frame, SizeHint};
use serde_json::Value;

use crate::faults::{Do, Encoding, Fault, Framing};

/// By how much a `Content-Length` that is too long exceeds the body.
const EXCESS: usize = 7;

impl Fault {
    /// This fault, where it spoils a good answer in one certain way written out as an order of [`Do::Answer`].
    pub(crate) fn written_out(&self) -> Fault {
        let answer = Fault { r#do: Do::Answer, after_commit: true, ..self.clone() };
        match self.r#do {
            Do::CutBody => answer.framing(Framing::Half),
            Do::NotJson => {
                let html = "<!doctype html><title>Sign in</title><p>You have been signed out.</p>";
                let mut answer = answer.body(html);
                answer.headers.entry(CONTENT_TYPE.to_string()).or_insert_with(|| "text/html".into());
                answer
            }
            Do::NoKey => answer.body(
                r#"{"address":"{{answer.address}}","app_id":"{{answer.app_id}}","id":"{{answer.id}}"}"#,
            ),
            Do::Nested => answer.body(r#"{"api_key":{{answer}}}"#),
            _ => self.clone(),
        }
    }
}

/// The ordered answer in place of the true one; the headers of the fault are the caller's to add.
pub(crate) async fn answer(mut answered: Response, fault: &Fault) -> Response {
    if fault.status.is_some() {
        *answered.status_mut() = fault.answered_status();
    }
    let (mut head, body) = answered.into_parts();
    // The practice Hub's own answers lie in memory, and can be read to their end.
    let truth = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut bytes = match fault.answered_body() {
        Some(body) => filled_in(&body, &truth),
        None => truth.to_vec(),
    };
    if let Some(encoding) = fault.encoding {
        bytes = compressed(&bytes, encoding);
        let name = if encoding == Encoding::Gzip { "gzip" } else { "deflate" };
        head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    head.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
    let announced = match fault.framing {
        Some(Framing::Half) => Some(bytes.len()),
        Some(Framing::TooLong) => Some(bytes.len() + EXCESS),
        Some(Framing::NoLastChunk) | None => None,
    };
    if fault.framing == Some(Framing::Half) {
        bytes.truncate(bytes.len() / 2);
    }
    if let Some(length) = announced {
        head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    let body = match fault.framing {
        None => Body::from(bytes),
        Some(_) => Body::new(BrokenOff { part: Some(bytes.into()), announced, waited: false }),
    };
    Response::from_parts(head, body)
}

/// The body with the true answer, or fields of it, in the places marked for them.
fn filled_in(body: &[u8], truth: &[u8]) -> Vec<u8> {
    const START: &[u8] = b"{{answer";
    let fields: Value = serde_json::from_slice(truth).unwrap_or_default();
    let (mut filled, mut rest) = (Vec::new(), body);
    while let Some((before, after)) = split_once(rest, START)
        && let Some((name, behind)) = split_once(after, b"}}")
    {
        filled.extend_from_slice(before);
        match name {
            b"" => filled.extend_from_slice(truth),
            name => {
                let name = String::from_utf8_lossy(name);
                match fields.get(name.trim_start_matches('.')) {
                    Some(Value::String(text)) => filled.extend_from_slice(text.as_bytes()),
                    Some(value) => filled.extend_from_slice(value.to_string().as_bytes()),
                    None => {}
                }
            }
        }
        rest = behind;
    }
    filled.extend_from_slice(rest);
    filled
}

fn split_once<'a>(bytes: &'a [u8], by: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(by.len()).position(|window| window == by)?;
    Some((bytes.get(..at)?, bytes.get(at + by.len()..)?))
}

fn compressed(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
    let level = Compression::default();
    let written = match encoding {
        Encoding::Gzip => {
            let mut into = GzEncoder::new(Vec::new(), level);
            into.write_all(bytes).and_then(|()| into.finish())
        }
        Encoding::Deflate => {
            let mut into = ZlibEncoder::new(Vec::new(), level);
            into.write_all(bytes).and_then(|()| into.finish())
        }
        Encoding::RawDeflate => {
            let mut into = DeflateEncoder::new(Vec::new(), level);
            into.write_all(bytes).and_then(|()| into.finish())
        }
    };
    // Memory takes what is written.
    written.unwrap_or_default()
}

/// Part of an answer, then a closed connection.
struct BrokenOff {
    part: Option<Bytes>,
    announced: Option<usize>,
    waited: bool,
}

impl hyper::body::Body for BrokenOff {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(part) = self.part.take().filter(|part| !part.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        if !self.waited {
            // hyper sends what it has when a body makes it wait, and throws it away when a body fails at once.
            self.waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("broken off on order"))))
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, |length| SizeHint::with_exact(length as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced_by_the_true_answer_and_its_fields() {
        let truth = br#"{"api_key":"inventedAK","id":7}"#;
        for (body, expected) in [
            ("\u{feff}{{answer}}", "\u{feff}{\"api_key\":\"inventedAK\",\"id\":7}"),
            ("{{answer.api_key}} {{answer.id}} {{answer.none}}!", "inventedAK 7 !"),
            ("{{answer", "{{answer"),
            ("nothing to fill in", "nothing to fill in"),
        ] {
            assert_eq!(String::from_utf8(filled_in(body.as_bytes(), truth)).expect("text"), expected);
        }
    }
}
