//! Hosts that are not there, are not what they should be, or send people elsewhere.

use std::io::{Read, Write};
use std::sync::Arc;
use std::thread;

use base64::Engine;
use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::hub::{ChangeError, Hub, HubError, NotReached};
use channel_keys_core::secret::{ApiKey, Password, SessionToken};

use crate::practice::{MARIA, practise, rest};
use crate::scripted::{Scripted, Unvisited, answer};

async fn sign_in_at(base: &str) -> Result<(), HubError> {
    rest(base).sign_in(MARIA.0, &Password::new(MARIA.1)).await.map(drop)
}

/// Asks for a key where none can be made: how that fails.
async fn make_key_at(base: &str) -> ChangeError {
    let made = rest(base)
        .make_key(&SessionToken::new("invented"), &ClientId("aCL".into()), &ChannelId("bCH".into()))
        .await;
    made.map(drop).expect_err("no key comes from there")
}

/// Nothing was sent, so no key was made.
fn unsent(why: NotReached) -> ChangeError {
    ChangeError::Unchanged(HubError::NotReached(why))
}

#[tokio::test]
async fn a_secret_does_not_follow_a_redirect() {
    let elsewhere = Arc::new(Unvisited::new());
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let to = format!("location: http://{}/api/v2/token\r\n", elsewhere.address());
        let host = Scripted::answering(move |_| answer(status, &to, "")).await;
        let hub = rest(&host.hub());
        let (token, key) = (SessionToken::new("invented"), ApiKey::new("invented"));
        let (client, channel) = (ClientId("aCL".into()), ChannelId("bCH".into()));

        let not_understood = HubError::NotUnderstood { status: status[..3].parse().expect("a status") };
        let unknown = ChangeError::Unknown(not_understood.clone());
        let not_understood = Err(not_understood);
        assert_eq!(sign_in_at(&host.hub()).await, not_understood);
        assert_eq!(hub.person(&token).await.map(drop), not_understood);
        assert_eq!(hub.channels(&token, &client).await.map(drop), not_understood);
        assert_eq!(hub.make_key(&token, &client, &channel).await.map(drop), Err(unknown));
        assert_eq!(hub.health(&host.hub(), &key).await.map(drop), not_understood);

        assert_eq!(host.connections(), 5, "{status}: each was sent once");
        assert!(elsewhere.nobody_came(), "{status}");
    }
}

#[tokio::test]
async fn a_hub_that_is_not_there_was_not_reached_and_made_no_key() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}/api/v2", free.local_addr().expect("an address"));
    drop(free);

    let signed_in = sign_in_at(&base).await;

    assert_eq!(signed_in, Err(HubError::NotReached(NotReached::Connection)));
    assert_eq!(make_key_at(&base).await, unsent(NotReached::Connection));
}

#[tokio::test]
async fn a_hub_that_stopped_was_not_reached() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    practice.hub.stop().await;

    let made =
        practice.rest.make_key(&token, &ClientId("aCL".into()), &ChannelId("bCH".into())).await.map(drop);

    assert_eq!(made, Err(unsent(NotReached::Connection)));
}

#[tokio::test]
async fn a_name_that_nobody_has_is_told_as_such() {
    let nowhere = "https://nonexistent.invalid/api/v2";
    assert_eq!(sign_in_at(nowhere).await, Err(HubError::NotReached(NotReached::Name)));
    assert_eq!(make_key_at(nowhere).await, unsent(NotReached::Name));
}

/// Reads until the client gives up, answering the first piece with `answer`.
fn listen_in(answer: &'static [u8]) -> (String, thread::JoinHandle<Vec<u8>>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("https://{}/api/v2", listener.local_addr().expect("an address"));
    let heard = thread::spawn(move || {
        let (mut tcp, _) = listener.accept().expect("a client");
        let mut heard = vec![0; 16 * 1024];
        let count = tcp.read(&mut heard).unwrap_or(0);
        heard.truncate(count);
        let _ = tcp.write_all(answer);
        let _ = tcp.shutdown(std::net::Shutdown::Write);
        let _ = tcp.read_to_end(&mut heard);
        heard
    });
    (base, heard)
}

fn contains(heard: &[u8], text: &str) -> bool {
    heard.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_host_that_does_not_encrypt_hears_no_password() {
    let (base, heard) = listen_in(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

    let signed_in = sign_in_at(&base).await;

    assert_eq!(signed_in, Err(HubError::NotReached(NotReached::Connection)));
    let heard = heard.join().expect("the host heard it out");
    assert_eq!(heard.first(), Some(&0x16), "the first byte is a TLS handshake's");
    assert!(!contains(&heard, MARIA.1) && !contains(&heard, "/token"), "something was said in clear");
}

#[tokio::test]
async fn a_host_with_a_certificate_that_nobody_trusts_hears_no_password() {
    let (base, heard) = self_signed();

    let signed_in = sign_in_at(&base).await;

    assert_eq!(signed_in, Err(HubError::NotReached(NotReached::Certificate)));
    let heard = heard.join().expect("the host heard it out");
    assert!(heard.is_empty(), "{} bytes were said to it", heard.len());
}

#[tokio::test]
async fn a_host_with_a_certificate_that_nobody_trusts_is_asked_for_no_key() {
    let (base, heard) = self_signed();

    assert_eq!(make_key_at(&base).await, unsent(NotReached::Certificate));
    let heard = heard.join().expect("the host heard it out");
    assert!(heard.is_empty(), "{} bytes were said to it", heard.len());
}

/// A certificate for 127.0.0.1 that nobody else vouches for, and how to serve with it.
fn own_certificate() -> (rustls::ServerConfig, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .expect("the key fits the certificate");
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        base64::engine::general_purpose::STANDARD.encode(cert.der())
    );
    (config, pem)
}

/// A host that encrypts under a certificate of its own making; what it was told, decrypted, comes back.
fn self_signed() -> (String, thread::JoinHandle<Vec<u8>>) {
    let (config, _) = own_certificate();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("https://{}/api/v2", listener.local_addr().expect("an address"));
    let heard = thread::spawn(move || {
        let (mut tcp, _) = listener.accept().expect("a client");
        let mut tls = rustls::ServerConnection::new(Arc::new(config)).expect("a connection");
        let mut heard = Vec::new();
        // Ends with an error when the client turns away.
        let _ = rustls::Stream::new(&mut tls, &mut tcp).read_to_end(&mut heard);
        heard
    });
    (base, heard)
}

/// A host with a certificate for 127.0.0.1, and that certificate; it answers one request and hangs up without TLS's
/// farewell.
fn hangs_up_without_close_notify(answer: &'static str) -> (String, String) {
    let (config, certificate) = own_certificate();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("https://{}/api/v2", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut tcp, _) = listener.accept().expect("a client");
        let mut tls = rustls::ServerConnection::new(Arc::new(config)).expect("a connection");
        let mut stream = rustls::Stream::new(&mut tls, &mut tcp);
        let mut heard = Vec::new();
        while !heard.ends_with(b"\r\n\r\n{}") {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).expect("a request");
            heard.extend_from_slice(&piece[..count]);
        }
        stream.write_all(answer.as_bytes()).expect("it is sent");
        stream.flush().expect("it is sent");
        let _ = tcp.shutdown(std::net::Shutdown::Write);
    });
    (base, certificate)
}

const HUB_WITH_TLS: &str = "CHANNEL_KEYS_TEST_TLS_HUB";

#[tokio::test]
async fn key_is_read_from_an_answer_that_ends_without_close_notify() {
    for head in ["", "content-length: 500\r\n", "transfer-encoding: chunked\r\n"] {
        let body = r#"{"api_key":"inventedinventedAK"}"#;
        let body =
            if head.contains("chunked") { format!("{:x}\r\n{body}\r\n", body.len()) } else { body.into() };
        let answer = format!("HTTP/1.1 201 Created\r\n{head}connection: close\r\n\r\n{body}");
        let (base, certificate) = hangs_up_without_close_notify(answer.leak());
        let trusted = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(trusted.path(), certificate).expect("it is written");

        let this_program = std::env::current_exe().expect("this program");
        let output = tokio::process::Command::new(this_program)
            .args(["--exact", "reach::makes_a_key_in_these_surroundings", "--ignored"])
            .env(HUB_WITH_TLS, base)
            .env("SSL_CERT_FILE", trusted.path())
            .output()
            .await
            .expect("this program runs");

        assert!(output.status.success(), "{head:?}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own that trusts a certificate of the test's"]
async fn makes_a_key_in_these_surroundings() {
    let base = std::env::var(HUB_WITH_TLS).expect("run by the test above");
    let (token, client, channel) =
        (SessionToken::new("invented"), ClientId("aCL".into()), ChannelId("bCH".into()));
    let new = rest(&base).make_key(&token, &client, &channel).await.expect("a key");
    assert!(new.key.same_as(&ApiKey::new("inventedinventedAK")));
}

const HUB_BEHIND_PROXY: &str = "CHANNEL_KEYS_TEST_HUB";

#[tokio::test]
async fn a_hub_on_this_computer_is_reached_past_a_proxy() {
    let practice = practise().await;
    let proxy = Arc::new(Unvisited::new());
    let through = format!("http://{}", proxy.address());

    let this_program = std::env::current_exe().expect("this program");
    let output = tokio::process::Command::new(this_program)
        .args(["--exact", "reach::signs_in_in_these_surroundings", "--ignored"])
        .env(HUB_BEHIND_PROXY, practice.hub.hub())
        .envs([("HTTP_PROXY", &through), ("http_proxy", &through), ("ALL_PROXY", &through)])
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .await
        .expect("this program runs");

    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(practice.count(crate::practice::TOKEN), 1);
    assert!(proxy.nobody_came());
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own with a proxy in its surroundings"]
async fn signs_in_in_these_surroundings() {
    let base = std::env::var(HUB_BEHIND_PROXY).expect("run by the test above");
    assert_eq!(sign_in_at(&base).await, Ok(()));
}
