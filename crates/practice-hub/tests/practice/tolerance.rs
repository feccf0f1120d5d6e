//! What a server must accept (seen), byte for byte.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::*;

/// One request as bytes, the connection closed after its answer.
fn request(line: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("{line}\r\n{headers}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
        .into_bytes()
}

async fn status(practice: &Practice, bytes: &[u8]) -> String {
    let answer = practice.raw(bytes).await.expect("an answer");
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn header_names_are_read_in_any_case() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let key = practice.hub.earlier_key(&practice.channel(HARBOUR, "Front desk")).expect("an earlier key");
    for (path, header) in [
        ("/api/v2/users/me", format!("AUTHORIZATION: {}", maria.credential())),
        ("/api/v2/users/me", format!("authorization: {}", maria.credential().replace("Bearer", "bearer"))),
        ("/messaging/health_status", format!("D360-API-KEY: {key}")),
        ("/messaging/health_status", format!("d360-api-key:{key}")),
        ("/messaging/health_status", format!("D360-Api-Key:   {key}  ")),
    ] {
        let bytes = request(&format!("GET {path} HTTP/1.1"), &format!("HOST: x\r\n{header}"), "");
        assert_eq!(status(&practice, &bytes).await, "HTTP/1.1 200 OK", "{header}");
    }
}

#[tokio::test]
async fn a_body_is_read_without_content_type_and_an_empty_one_is_enough_to_generate() {
    let practice = practise().await;
    let credentials = format!(r#"{{"username":"{}","password":"{}"}}"#, MARIA.0, MARIA.1);
    let sign_in = request("POST /api/v2/token HTTP/1.1", "Host: x", &credentials);
    assert_eq!(status(&practice, &sign_in).await, "HTTP/1.1 200 OK");

    let maria = practice.sign_in(MARIA).await;
    let path = practice.client_channel(HARBOUR, "Restaurant bookings");
    let line = format!("POST /api/v2{path}/api_keys HTTP/1.1");
    let headers = format!("Host: x\r\nAuthorization: {}", maria.credential());
    for body in ["", "{}"] {
        assert_eq!(status(&practice, &request(&line, &headers, body)).await, "HTTP/1.1 201 Created");
    }
    let without_length = format!("{line}\r\n{headers}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&practice, without_length.as_bytes()).await, "HTTP/1.1 201 Created");
}

#[tokio::test]
async fn a_request_target_may_be_absolute() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let line = format!("GET {}/users/me HTTP/1.1", practice.hub.hub());
    let bytes = request(&line, &format!("Host: x\r\nAuthorization: {}", maria.credential()), "");
    assert_eq!(status(&practice, &bytes).await, "HTTP/1.1 200 OK");
    let health = request(&format!("GET {}/health_status HTTP/1.1", practice.hub.messaging()), "Host: x", "");
    assert_eq!(status(&practice, &health).await, "HTTP/1.1 401 Unauthorized");
}

#[tokio::test]
async fn filters_are_read_encoded_wholly_by_half_or_not_at_all() {
    let practice = practise().await;
    let key = practice.partner_key();
    let partner = practice.hub.partner_id();
    for filters in [
        "%7B%22setup_info.phone_number%22%3A%22%2B493055570142%22%7D",
        "{%22setup_info.phone_number%22:%22+493055570142%22}",
        r#"{"setup_info.phone_number":"+493055570142"}"#,
        r#"{"setup_info.phone_number": "493055570142"}"#,
    ] {
        let line = format!("GET /api/v2/partners/{partner}/channels?filters={filters}&limit=3 HTTP/1.1");
        let bytes = request(&line, &format!("Host: x\r\nX-API-Key: {}", key.credential()), "");
        let answer = String::from_utf8(practice.raw(&bytes).await.expect("an answer")).expect("text");
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{filters}: {answer}");
        assert!(answer.contains(r#""total":1}"#) && answer.contains("Front desk"), "{filters}: {answer}");
    }
}

#[tokio::test]
async fn given_a_connection_that_stays_open_then_raw_filters_are_read_in_every_request_on_it() {
    let practice = practise().await;
    let key = practice.partner_key();
    let partner = practice.hub.partner_id();
    let mut tcp = TcpStream::connect(practice.address()).await.expect("a connection");
    for (name, piece) in [("Spa", 1), ("Front desk", 7), ("Spa", 4096)] {
        let text = format!(
            "GET /api/v2/partners/{partner}/channels?filters={{\"q\": \"{name}\"}} HTTP/1.1\r\nHost: x\r\nX-API-Key: {}\r\n\r\n",
            key.credential()
        );
        // In pieces, as a network may deliver it.
        for bytes in text.as_bytes().chunks(piece) {
            tcp.write_all(bytes).await.expect("sent");
            tokio::task::yield_now().await;
        }
        let mut answer = String::new();
        while !answer.ends_with(r#""total":1}"#) {
            let mut bytes = [0; 4096];
            let count = tcp.read(&mut bytes).await.expect("an answer");
            assert!(count > 0, "the connection ended: {answer}");
            answer.push_str(std::str::from_utf8(&bytes[..count]).expect("text"));
        }
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains(name), "{answer}");
    }
}

#[tokio::test]
async fn given_an_address_of_100_kb_then_it_is_refused_in_words_and_the_connection_goes_on() {
    let practice = practise().await;
    let partner = practice.hub.partner_id();
    for filler in ["a", "{", "%7B", "é"] {
        let filters = filler.repeat(100_000);
        let line = format!("GET /api/v2/partners/{partner}/channels?filters={filters} HTTP/1.1");
        let two = format!(
            "{line}\r\nHost: x\r\n\r\nGET /api/v2/users/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        );
        let answers = String::from_utf8(practice.raw(two.as_bytes()).await.expect("answers")).expect("text");
        assert!(answers.starts_with("HTTP/1.1 414 URI Too Long"), "{filler}: {answers}");
        assert!(answers.contains("The address of this request is too long"), "{filler}: {answers}");
        assert!(answers.contains("HTTP/1.1 401 Unauthorized"), "{filler}: {answers}");
    }
}

#[tokio::test]
async fn what_is_not_http_ends_its_own_connection_only() {
    let practice = practise().await;
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\n\n"[..],
        b"nonsense\r\n\r\n",
        &[b'A'; 100_000],
        b"GET /half",
    ] {
        let mut tcp = TcpStream::connect(practice.address()).await.expect("a connection");
        tcp.write_all(bytes).await.expect("sent");
        tcp.shutdown().await.expect("all said");
        let mut answer = Vec::new();
        // Refused or reset: either way it has ended.
        let _ = tcp.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
    }
    practice.sign_in(MARIA).await.get("/users/me").await.expect(200);
}
