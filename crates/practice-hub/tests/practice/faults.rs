//! Faults on order: each does what it says, and changes what it says.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use practice_hub::{Do, Encoding, Fault, Framing, Options};
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::*;

async fn with(fault: Fault) -> Practice {
    practise_with(Options { faults: vec![fault], ..Options::default() }).await
}

fn restaurant(practice: &Practice) -> String {
    format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"))
}

/// Whether the earlier key of "Restaurant bookings" still works, which tells whether a new one was made.
async fn earlier_key_works(practice: &Practice) -> bool {
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    practice.health(&practice.hub.earlier_key(&id).expect("an earlier key")).await.status == 200
}

async fn generate(practice: &Practice) -> Answer {
    practice.sign_in(MARIA).await.post(&restaurant(practice)).await
}

/// A generate request over a bare socket, and how its connection ended.
async fn generate_raw(practice: &Practice) -> std::io::Result<Vec<u8>> {
    let maria = practice.sign_in(MARIA).await;
    let request = format!(
        "POST /api/v2{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\nContent-Length: 2\r\n\r\n{{}}",
        restaurant(practice),
        maria.credential()
    );
    practice.raw(request.as_bytes()).await
}

#[tokio::test]
async fn given_refuse_then_403_comes_and_nothing_changes() {
    let practice = with(Fault::new(GENERATE, Do::Refuse)).await;
    assert_eq!(generate(&practice).await.expect(403).reason(), "Forbidden");
    assert!(earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_a_delay_then_the_answer_comes_later_and_is_the_usual_one() {
    let practice = with(Fault::new(GENERATE, Do::Delay).ms(120)).await;
    let maria = practice.sign_in(MARIA).await;
    let start = Instant::now();
    let key = maria.post(&restaurant(&practice)).await.expect(201).field("api_key");
    assert!(start.elapsed() >= Duration::from_millis(120));
    practice.health(&key).await.expect(200);
}

#[tokio::test]
async fn given_a_delay_when_the_client_hangs_up_in_it_then_the_key_was_made_all_the_same() {
    let practice = with(Fault::new(GENERATE, Do::Delay).ms(600_000)).await;
    let maria = practice.sign_in(MARIA).await;
    let path = restaurant(&practice);
    let made = async {
        while earlier_key_works(&practice).await {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = maria.post(&path) => panic!("answered {}", answer.status),
        () = made => {}
    }
    assert!(!earlier_key_works(&practice).await);
    assert_eq!(practice.hub.counts()[GENERATE], 1);
}

#[tokio::test]
async fn given_a_reset_before_commit_then_the_connection_is_reset_and_nothing_changes() {
    let practice = with(Fault::new(GENERATE, Do::ResetBeforeCommit)).await;
    let ended = generate_raw(&practice).await.map_err(|error| error.kind());
    assert_eq!(ended, Err(ErrorKind::ConnectionReset));
    assert!(earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_a_reset_after_commit_then_the_connection_is_reset_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::ResetAfterCommit)).await;
    let ended = generate_raw(&practice).await.map_err(|error| error.kind());
    assert_eq!(ended, Err(ErrorKind::ConnectionReset));
    assert!(!earlier_key_works(&practice).await);
    assert_eq!(practice.hub.live_key_count(&practice.channel(HARBOUR, "Restaurant bookings")), 1);
    assert_eq!(practice.hub.counts()[GENERATE], 1);
}

#[tokio::test]
async fn given_a_status_then_it_comes_in_the_hub_s_error_body_with_the_headers_and_nothing_changes() {
    let practice = with(Fault::new(GENERATE, Do::Status).status(429).header("Retry-After", "7")).await;
    let answer = generate(&practice).await.expect(429);
    assert_eq!(answer.headers["retry-after"], "7");
    assert_eq!(answer.reason(), "Too Many Requests");
    assert!(earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_a_status_after_commit_then_the_answer_says_failed_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::Status).status(502).after_commit()).await;
    generate(&practice).await.expect(502).reason();
    assert!(!earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_a_cut_body_then_less_comes_than_was_announced_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::CutBody)).await;
    let answer =
        String::from_utf8(generate_raw(&practice).await.expect("a close, not a reset")).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let announced: usize = announced.parse().expect("a number");
    assert!(!body.is_empty() && body.len() < announced, "{} of {announced}", body.len());
    assert!(!earlier_key_works(&practice).await);

    let maria = practice.sign_in(MARIA).await;
    assert!(maria.try_call(Method::POST, &restaurant(&practice)).await.is_err());
}

#[tokio::test]
async fn given_not_json_then_html_comes_under_the_right_status_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::NotJson)).await;
    let answer = generate(&practice).await.expect(201);
    assert_eq!(answer.headers["content-type"], "text/html");
    assert!(answer.text.starts_with("<!doctype html>"));
    assert!(!earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_a_huge_body_then_64_mib_come_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::HugeBody)).await;
    let maria = practice.sign_in(MARIA).await;
    let url = format!("{}{}", practice.hub.hub(), restaurant(&practice));
    let mut response = http()
        .post(url)
        .header("Authorization", maria.credential())
        .send()
        .await
        .expect("the beginning of an answer");
    assert_eq!(response.status().as_u16(), 201);
    let mut size = 0;
    while let Some(piece) = response.chunk().await.expect("more of it") {
        size += piece.len();
    }
    assert_eq!(size, 64 * 1024 * 1024);
    assert!(!earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_expire_token_then_401_comes_and_the_token_is_dead_from_then_on() {
    let practice = with(Fault::new(GENERATE, Do::ExpireToken).nth(1)).await;
    let maria = practice.sign_in(MARIA).await;
    maria.get("/users/me").await.expect(200);
    maria.post(&restaurant(&practice)).await.expect(401).reason();
    maria.get("/users/me").await.expect(401);
    maria.post(&restaurant(&practice)).await.expect(401);
    assert!(earlier_key_works(&practice).await);
    practice.sign_in(MARIA).await.post(&restaurant(&practice)).await.expect(201);
}

#[tokio::test]
async fn given_no_key_or_a_nested_one_then_the_answer_has_that_form_and_the_key_was_made() {
    let practice = with(Fault::new(GENERATE, Do::NoKey)).await;
    let answer = generate(&practice).await.expect(201).json();
    assert!(answer.get("api_key").is_none() && answer["address"].is_string());
    assert!(!earlier_key_works(&practice).await);

    let practice = with(Fault::new(GENERATE, Do::Nested)).await;
    let answer = generate(&practice).await.expect(201).json();
    let key = answer["api_key"]["api_key"].as_str().expect("a key one level deeper");
    assert_eq!(answer["api_key"]["address"], practice.hub.messaging());
    practice.health(key).await.expect(200);
}

#[tokio::test]
async fn given_a_call_that_is_refused_anyway_when_a_fault_would_spoil_it_then_the_refusal_comes() {
    for spoil in [Do::CutBody, Do::NotJson, Do::HugeBody, Do::NoKey, Do::Nested] {
        let practice = with(Fault::new(GENERATE, spoil)).await;
        let maria = practice.sign_in(MARIA).await;
        let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Front desk"));
        maria.post(&path).await.expect(403).reason();
    }
}

#[tokio::test]
async fn given_an_ordered_answer_after_commit_then_it_has_the_true_key_in_the_chosen_body() {
    let body =
        "\u{feff}{\"id\":1e999,\"api_key\":\"{{answer.api_key}}\",\"again\":{{answer}}}<!-- gateway -->";
    let fault = Fault::new(GENERATE, Do::Answer).status(203).header("Via", "1.1 gateway").body(body);
    let practice = with(fault.after_commit()).await;

    let answer = generate(&practice).await.expect(203);

    assert_eq!(answer.headers["via"], "1.1 gateway");
    assert_eq!(answer.headers["content-type"], "application/json");
    let text = answer
        .text
        .trim_start_matches('\u{feff}')
        .strip_prefix("{\"id\":1e999,\"api_key\":\"")
        .expect("the chosen body");
    let (key, rest) = text.split_once('"').expect("a key");
    assert!(
        rest.contains(&format!("\"api_key\":\"{key}\"")) && rest.ends_with("}<!-- gateway -->"),
        "{rest}"
    );
    practice.health(key).await.expect(200);
    assert!(!earlier_key_works(&practice).await);
}

#[tokio::test]
async fn given_an_ordered_answer_then_any_status_comes_with_the_body_and_only_after_commit_is_a_key_made() {
    for (status, body, after_commit) in
        [(408, "<html>Request Timeout</html>", true), (404, "<html>Not Found</html>", false), (503, "", true)]
    {
        let fault =
            Fault::new(GENERATE, Do::Answer).status(status).header("Content-Type", "text/html").body(body);
        let practice = with(if after_commit { fault.after_commit() } else { fault }).await;
        let answer = generate(&practice).await.expect(status);
        assert_eq!(answer.text, body);
        assert_eq!(answer.headers["content-type"], "text/html");
        assert_eq!(earlier_key_works(&practice).await, !after_commit, "{status}");
    }
    let practice = with(Fault::new("GET /users/me", Do::Answer).bytes([0xff, 0xfe, b'{'])).await;
    let maria = practice.sign_in(MARIA).await;
    let request = format!(
        "GET /api/v2/users/me HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nConnection: close\r\n\r\n",
        maria.credential()
    );
    let answer = practice.raw(request.as_bytes()).await.expect("an answer");
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n") && answer.ends_with(b"\r\n\r\n\xff\xfe{"));
}

#[tokio::test]
async fn given_an_encoding_then_the_body_is_compressed_unasked() {
    use std::io::Read;
    for encoding in [Encoding::Gzip, Encoding::Deflate, Encoding::RawDeflate] {
        let practice = with(Fault::new(GENERATE, Do::Answer).after_commit().encoding(encoding)).await;
        let answer = generate_raw(&practice).await.expect("an answer");
        let head_end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
        let (head, body) = (String::from_utf8_lossy(&answer[..head_end]), &answer[head_end + 4..]);
        let mut text = String::new();
        match encoding {
            Encoding::Gzip => flate2::read::GzDecoder::new(body).read_to_string(&mut text),
            Encoding::Deflate => flate2::read::ZlibDecoder::new(body).read_to_string(&mut text),
            Encoding::RawDeflate => flate2::read::DeflateDecoder::new(body).read_to_string(&mut text),
        }
        .expect("it unpacks");
        let name = if encoding == Encoding::Gzip { "gzip" } else { "deflate" };
        assert!(head.contains(&format!("content-encoding: {name}\r\n")), "{head}");
        assert!(text.contains("\"api_key\""), "{text}");
    }
}

#[tokio::test]
async fn given_a_framing_then_the_body_does_not_end_as_http_wants_it() {
    for (framing, header, cut_from) in [
        (Framing::Half, "content-length: 12", 6),
        (Framing::TooLong, "content-length: 19", 12),
        (Framing::NoLastChunk, "transfer-encoding: chunked", 12),
    ] {
        let fault = Fault::new(GENERATE, Do::Answer).body("twelve bytes").framing(framing);
        let practice = with(fault).await;
        let answer =
            String::from_utf8(generate_raw(&practice).await.expect("a close, not a reset")).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains(header), "{head}");
        assert!(body.trim_end().ends_with(&"twelve bytes"[..cut_from]), "{body:?}");
        let maria = practice.sign_in(MARIA).await;
        assert!(maria.try_call(Method::POST, &restaurant(&practice)).await.is_err(), "{framing:?}");
    }
}

#[tokio::test]
async fn given_nth_then_only_that_request_meets_the_fault() {
    let practice = with(Fault::new(GENERATE, Do::Refuse).nth(2)).await;
    let maria = practice.sign_in(MARIA).await;
    let path = restaurant(&practice);
    for status in [201, 403, 201] {
        maria.post(&path).await.expect(status);
    }
}

#[tokio::test]
async fn given_a_fault_on_one_channel_or_host_then_the_others_are_spared() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    practice.hub.set_faults(vec![
        Fault::new(format!("* {}", restaurant(&practice)), Do::Refuse),
        Fault::new("GET /messaging/health_status", Do::Status).status(503),
    ]);
    maria.post(&restaurant(&practice)).await.expect(403);
    maria.get(&restaurant(&practice)).await.expect(403);
    let key = maria
        .post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Events Lisbon")))
        .await
        .expect(201)
        .field("api_key");
    practice.health(&key).await.expect(503);
    practice.webhook(&key).await.expect(200);
}

#[tokio::test]
async fn when_faults_are_set_anew_then_the_old_ones_are_gone_and_nth_counts_from_one() {
    let practice = with(Fault::new("GET /users/me", Do::Refuse)).await;
    let maria = practice.sign_in(MARIA).await;
    maria.get("/users/me").await.expect(403);
    practice.hub.set_faults(vec![Fault::new("GET /users/me", Do::Refuse).nth(1)]);
    maria.get("/users/me").await.expect(403);
    maria.get("/users/me").await.expect(200);
    practice.hub.set_faults(vec![Fault::new("GET /users/me", Do::Refuse).nth(1)]);
    maria.get("/users/me").await.expect(403);
    practice.hub.set_faults(Vec::new());
    maria.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn faults_are_set_over_http_too_for_a_practice_hub_in_another_process() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let url = format!("{}/faults", practice.hub.pages());
    let faults =
        json!([{ "on": "GET /users/me", "do": "status", "status": 503, "headers": { "Retry-After": "1" } }]);
    let set = practice.send_to(&url, Method::POST, &[], Some(faults.clone())).await.expect(200);
    assert_eq!(set.json(), faults);
    assert_eq!(maria.get("/users/me").await.expect(503).headers["retry-after"], "1");
    for wrong in
        [json!([{ "on": "GET /nowhere", "do": "refuse" }]), json!([{ "on": "GET /users/me" }]), json!({})]
    {
        practice.send_to(&url, Method::POST, &[], Some(wrong)).await.expect(400).reason();
    }
    assert_eq!(practice.page("/faults").await.expect(200).json(), faults);
    practice.send_to(&url, Method::POST, &[], Some(json!([]))).await.expect(200);
    maria.get("/users/me").await.expect(200);
}

#[tokio::test]
#[should_panic(expected = "no call of the practice Hub has this method and path")]
async fn a_fault_that_could_never_happen_is_not_taken_in_silence() {
    practise().await.hub.set_faults(vec![Fault::new("POST /clients/*/channels/*/apikeys", Do::Refuse)]);
}

#[tokio::test]
async fn every_call_is_counted_under_its_shape_whatever_was_answered() {
    let practice = with(Fault::new(GENERATE, Do::Refuse)).await;
    generate(&practice).await.expect(403);
    practice.health("made-up").await.expect(401);
    practice.send(Method::GET, "/nowhere", &[], None).await.expect(404);
    let expected = json!({
        "GET (no such path)": 1,
        "GET /messaging/health_status": 1,
        "POST /clients/*/channels/*/api_keys": 1,
        "POST /token": 1,
    });
    assert_eq!(serde_json::to_value(practice.hub.counts()).expect("counts as JSON"), expected);
    assert_eq!(practice.page("/counts").await.expect(200).json(), expected);
    assert_eq!(practice.page("/counts").await.expect(200).json(), expected, "asking is not counted");
}

#[tokio::test]
async fn given_a_reset_on_a_connection_in_use_then_only_that_connection_ends() {
    let practice = with(Fault::new("GET /messaging/health_status", Do::ResetBeforeCommit).nth(2)).await;
    let request = b"GET /messaging/health_status HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut other = TcpStream::connect(practice.address()).await.expect("a connection");
    let mut tcp = TcpStream::connect(practice.address()).await.expect("a connection");
    let mut bytes = [0; 4096];
    tcp.write_all(request).await.expect("sent");
    assert!(tcp.read(&mut bytes).await.expect("an answer") > 0);
    tcp.write_all(request).await.expect("sent");
    assert_eq!(tcp.read(&mut bytes).await.map_err(|error| error.kind()), Err(ErrorKind::ConnectionReset));
    other.write_all(request).await.expect("sent");
    assert!(other.read(&mut bytes).await.expect("an answer") > 0);
}

fn ids(list: &serde_json::Value, key: &str) -> Vec<String> {
    let items = list[key].as_array().expect("a list");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn given_a_client_deleted_at_the_second_page_then_it_and_its_channels_are_gone_from_there_on() {
    const CHANNELS: &str = "GET /partners/*/channels";
    let practice = practise().await;
    let (jo, maria) = (practice.sign_in(JO).await, practice.sign_in(MARIA).await);
    let partner = format!("/partners/{}", practice.hub.partner_id());
    let client = practice.client(HARBOUR);
    let front_desk = practice.channel(HARBOUR, "Front desk");
    practice.hub.set_faults(vec![Fault::new(CHANNELS, Do::DeleteClient).what(&client).nth(2)]);

    let before = jo.get(&format!("{partner}/channels")).await.expect(200).json();
    let after = jo.get(&format!("{partner}/channels")).await.expect(200).json();

    assert!(ids(&before, "partner_channels").contains(&front_desk));
    assert!(!ids(&after, "partner_channels").contains(&front_desk));
    assert_eq!(after["total"], before["total"].as_u64().expect("a total") - 4);
    assert!(!ids(&jo.get(&format!("{partner}/clients")).await.json(), "clients").contains(&client));
    jo.get(&format!("{partner}/channels/{front_desk}")).await.expect(404);
    jo.get(&format!("{partner}/clients/{client}/shared_client_numbers")).await.expect(404);
    maria.get(&format!("/clients/{client}/channels")).await.expect(403);
    practice.health(&practice.hub.earlier_key(&front_desk).expect("an earlier key")).await.expect(401);
}

#[tokio::test]
async fn given_a_channel_moved_at_the_second_page_then_all_others_keep_their_order() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let read = async || ids(&jo.get(&path).await.expect(200).json(), "partner_channels");
    let mut order = read().await;
    let moved = order[3].clone();
    let fault = Fault::new("GET /partners/*/channels", Do::MoveChannel).what(&moved);
    practice.hub.set_faults(vec![fault.clone().nth(2), fault.nth(3)]);

    assert_eq!(read().await, order, "not yet");
    order.remove(3);
    order.push(moved.clone());
    assert_eq!(read().await, order, "at the end");
    order.pop();
    order.insert(0, moved);
    assert_eq!(read().await, order, "at the front");
    assert_eq!(read().await, order, "where it stays");
}

#[tokio::test]
async fn a_change_of_what_is_not_there_is_told_and_not_passed_over() {
    for how in [Do::DeleteClient, Do::MoveChannel] {
        let practice = with(Fault::new("GET /partners/*/clients", how).what("nowhere")).await;
        let path = format!("/partners/{}/clients", practice.hub.partner_id());
        let reason = practice.sign_in(JO).await.get(&path).await.expect(500).reason();
        assert!(reason.contains("nowhere"), "{reason}");
    }
}
