//! Bodies that were compressed unasked, as some gateways do.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::header::HeaderValue;

use crate::sending::{End, LONGEST_ANSWER};

/// The body as it was before it was compressed, as far as it can be unpacked. gzip is recognised by its first bytes too,
/// since the header may be missing.
pub(crate) fn unpacked(body: Vec<u8>, end: End, encoding: Option<&HeaderValue>) -> (Vec<u8>, End) {
    let encoding = encoding.and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    if body.starts_with(b"\x1f\x8b") {
        return read(MultiGzDecoder::new(&*body), end);
    }
    if encoding.contains("deflate") {
        // RFC 9110 says zlib; some servers send the bare stream.
        let zlib = read(ZlibDecoder::new(&*body), end);
        let unpacked = if zlib.0.is_empty() { read(DeflateDecoder::new(&*body), end) } else { zlib };
        // What is no such stream was unpacked on the way, and its header left as it was.
        if unpacked.1 != End::BrokenOff || !body.trim_ascii_start().starts_with(b"{") {
            return unpacked;
        }
    }
    (body, end)
}

fn read(packed: impl Read, end: End) -> (Vec<u8>, End) {
    let mut body = Vec::new();
    let ended = packed.take(LONGEST_ANSWER as u64 + 1).read_to_end(&mut body);
    let end = match ended {
        Ok(length) if length > LONGEST_ANSWER => End::TooLong,
        Ok(_) => end,
        Err(_) => End::BrokenOff,
    };
    body.truncate(LONGEST_ANSWER);
    (body, end)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = br#"{"api_key":"inventedinventedAK","name":"Restaurant bookings, Berlin"}"#;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut into = GzEncoder::new(Vec::new(), Compression::default());
        into.write_all(text).and_then(|()| into.finish()).expect("memory takes it")
    }

    fn unpack(body: &[u8], encoding: &'static str) -> (Vec<u8>, End) {
        unpacked(body.to_vec(), End::Whole, Some(&HeaderValue::from_static(encoding)))
    }

    #[test]
    fn compressed_body_is_read_in_each_form() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(TEXT).expect("memory takes it");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(TEXT).expect("memory takes it");
        for (body, encoding) in [
            (gzip(TEXT), "gzip"),
            (gzip(TEXT), "identity"),
            (zlib.finish().expect("a stream"), "deflate"),
            (raw.finish().expect("a stream"), "Deflate"),
            (TEXT.to_vec(), "identity"),
            (TEXT.to_vec(), "gzip"),
            (TEXT.to_vec(), "deflate"),
        ] {
            assert_eq!(unpack(&body, encoding), (TEXT.to_vec(), End::Whole), "{encoding}");
        }
    }

    #[test]
    fn cut_compressed_body_gives_what_can_be_read_of_it() {
        let packed = gzip(TEXT);
        // The checksum and the length at the end are missing.
        assert_eq!(unpack(&packed[..packed.len() - 8], "gzip"), (TEXT.to_vec(), End::BrokenOff));
        assert_eq!(unpack(&packed[..10], "gzip"), (Vec::new(), End::BrokenOff));
    }

    #[test]
    fn unpacking_ends_at_the_longest_answer() {
        let packed = gzip(&vec![b' '; 64 * 1024 * 1024]);
        assert!(packed.len() < LONGEST_ANSWER);
        let (body, end) = unpack(&packed, "gzip");
        assert_eq!((body.len(), end), (LONGEST_ANSWER, End::TooLong));
    }
}
