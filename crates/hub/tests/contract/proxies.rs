//! Proxies between this computer and the Hub: what lets us through, and what is told where it doesn't. The HTTP client
//! reads its proxy from the environment, so each case is a process of its own.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[cfg(target_os = "linux")]
use base64::Engine;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::hub::Hub;
use channel_keys_core::secret::{Password, SessionToken};
use channel_keys_hub::{Limits, RestHub};

use crate::practice::MARIA;

const HUB: &str = "CHANNEL_KEYS_TEST_HUB_BEHIND_PROXY";
const CONNECT_WITHIN: &str = "CHANNEL_KEYS_TEST_CONNECT_WITHIN";
const PROXY_PASSWORD: &str = "invented-proxy-password";

/// What came of signing in and of asking for a key, in a process with these variables and no other proxy.
async fn ask(hub: &str, surroundings: &[(&str, &str)]) -> String {
    let this_program = std::env::current_exe().expect("this program");
    let mut child = tokio::process::Command::new(this_program);
    child.args(["--exact", "proxies::asks_in_these_surroundings", "--ignored", "--nocapture"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
        child.env_remove(name).env_remove(name.to_lowercase());
    }
    child.env(HUB, hub).envs(surroundings.iter().copied());
    let output = child.output().await.expect("this program runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(!said.contains(PROXY_PASSWORD), "what opens the proxy is not told: {said}");
    said
}

#[tokio::test]
#[ignore = "run by the tests below, in a process of its own with a proxy in its surroundings"]
#[expect(clippy::print_stdout, reason = "the tests below read what it prints")]
async fn asks_in_these_surroundings() {
    let base = std::env::var(HUB).expect("run by a test below").parse().expect("an address");
    let hub = match std::env::var(CONNECT_WITHIN) {
        Ok(milliseconds) => {
            let (connect, long) = (milliseconds.parse().expect("a number"), Duration::from_secs(600));
            let connect = Duration::from_millis(connect);
            let limits = Limits { connect, pause: long, whole: long };
            RestHub::with_limits(base, limits, limits)
        }
        Err(_) => RestHub::new(base),
    };
    let signed_in = hub.sign_in(MARIA.0, &Password::new(MARIA.1)).await.map(drop);
    println!("signed in: {signed_in:?}");
    let (token, client, channel) = (SessionToken::new("t"), ClientId("aCL".into()), ChannelId("bCH".into()));
    let made = hub.make_key(&token, &client, &channel).await.map(drop);
    println!("made: {made:?}");
}

/// Both were kept from the Hub by the proxy at this address, and nothing was sent.
fn assert_kept_back(said: &str, failure: &str, address: &str) {
    let error = format!("NotReached(Proxy {{ failure: {failure}, address: {address:?} }})");
    assert!(said.contains(&format!("signed in: Err({error})")), "{said}");
    assert!(said.contains(&format!("made: Err(Unchanged({error}))")), "{said}");
}

/// A proxy that answers each connection in the same way, once it has heard something; and all that it heard.
fn proxy(answer: &'static [u8]) -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let noted = heard.clone();
    thread::spawn(move || {
        for tcp in listener.incoming() {
            let Ok(mut tcp) = tcp else { return };
            let mut piece = [0; 4096];
            let count = tcp.read(&mut piece).unwrap_or(0);
            noted.lock().expect("no test panicked with it in hand").extend_from_slice(&piece[..count]);
            let _ = tcp.write_all(answer);
            let _ = tcp.shutdown(Shutdown::Write);
            let mut rest = Vec::new();
            let _ = tcp.read_to_end(&mut rest);
            noted.lock().expect("no test panicked with it in hand").extend_from_slice(&rest);
        }
    });
    (address, heard)
}

const BEHIND: &str = "https://hub.channel-keys.invalid/api/v2";

#[tokio::test]
async fn proxy_that_refuses_is_named_and_hears_no_secret() {
    let page = "<html><body>Access denied. Sign in to the network.</body></html>";
    let html = format!(
        "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}",
        page.len()
    );
    for (answer, failure) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"office\"\r\n\r\n",
            "SignIn",
        ),
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: NTLM\r\nproxy-authenticate: Negotiate\r\n\r\n",
            "SignIn",
        ),
        (html.leak(), "Refused"),
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", "Refused"),
        ("HTTP/1.1 302 Found\r\nlocation: http://sign-in.invalid/\r\n\r\n", "Refused"),
        // It says that the way is open, and it isn't: a page comes where the Hub should greet.
        ("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html><body>Welcome</body></html>", "Refused"),
        ("no proxy at all\r\n\r\n", "Refused"),
        ("", "Refused"),
    ] {
        let (address, heard) = proxy(answer.as_bytes());
        let through = format!("http://pat:{PROXY_PASSWORD}@{address}");

        let said = ask(BEHIND, &[("HTTPS_PROXY", &through)]).await;

        assert_kept_back(&said, failure, &address.to_string());
        let heard = String::from_utf8_lossy(&heard.lock().expect("nobody has it in hand")).into_owned();
        assert_eq!(
            heard.matches("CONNECT hub.channel-keys.invalid:443 HTTP/1.1").count(),
            2,
            "{answer}: {heard}"
        );
        assert!(!heard.contains(MARIA.1) && !heard.contains("/token"), "{answer}: {heard}");
    }
}

#[tokio::test]
async fn proxy_that_is_not_there_is_named_and_not_taken_for_the_hub() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    for scheme in ["http", "socks5h"] {
        let said = ask(BEHIND, &[("ALL_PROXY", &format!("{scheme}://{address}"))]).await;
        assert_kept_back(&said, "Unreachable", &address);
    }

    let nowhere = "nonexistent.invalid:3128";
    let said = ask(BEHIND, &[("https_proxy", nowhere)]).await;
    assert_kept_back(&said, "Unreachable", nowhere);
}

#[tokio::test]
async fn silent_proxy_is_given_up_and_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();

    let said = ask(BEHIND, &[("HTTPS_PROXY", &format!("http://{address}")), (CONNECT_WITHIN, "250")]).await;

    assert_kept_back(&said, "Unreachable", &address);
}

#[tokio::test]
async fn hub_for_which_no_proxy_is_wanted_is_asked_directly() {
    let (address, heard) = proxy(b"");
    let through = format!("http://{address}");

    let said = ask(BEHIND, &[("ALL_PROXY", &through), ("NO_PROXY", "channel-keys.invalid")]).await;

    assert!(said.contains("signed in: Err(NotReached(Name))"), "{said}");
    assert!(heard.lock().expect("nobody has it in hand").is_empty());
}

/// A small SOCKS5 server (RFC 1928, RFC 1929) that leads to one address whatever it is asked for. `password`: who comes
/// without it is turned away. `reply`: what is answered to a request; 0 opens the way.
fn socks(
    to: Option<SocketAddr>,
    password: Option<&'static str>,
    reply: u8,
) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = asked.clone();
    thread::spawn(move || {
        for tcp in listener.incoming() {
            let Ok(tcp) = tcp else { return };
            let noted = noted.clone();
            thread::spawn(move || serve_socks(tcp, to, password, reply, &noted));
        }
    });
    (address, asked)
}

fn serve_socks(
    mut tcp: TcpStream,
    to: Option<SocketAddr>,
    password: Option<&str>,
    reply: u8,
    asked: &Mutex<Vec<String>>,
) -> Option<()> {
    fn bytes<const N: usize>(tcp: &mut TcpStream) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        tcp.read_exact(&mut bytes).ok().map(|()| bytes)
    }
    fn text(tcp: &mut TcpStream) -> Option<String> {
        let mut text = vec![0; bytes::<1>(tcp)?[0].into()];
        tcp.read_exact(&mut text).ok()?;
        String::from_utf8(text).ok()
    }
    let [version, methods] = bytes(&mut tcp)?;
    let mut offered = vec![0; methods.into()];
    tcp.read_exact(&mut offered).ok()?;
    let wanted = if password.is_some() { 2 } else { 0 };
    if version != 5 || !offered.contains(&wanted) {
        let _ = tcp.write_all(&[5, 0xff]);
        return None;
    }
    tcp.write_all(&[5, wanted]).ok()?;
    if let Some(password) = password {
        let [_] = bytes(&mut tcp)?;
        let (_, given) = (text(&mut tcp)?, text(&mut tcp)?);
        let taken = given == password;
        tcp.write_all(&[1, u8::from(!taken)]).ok()?;
        if !taken {
            return None;
        }
    }
    let [_, command, _, kind] = bytes(&mut tcp)?;
    let host = match kind {
        1 => std::net::Ipv4Addr::from(bytes::<4>(&mut tcp)?).to_string(),
        3 => text(&mut tcp)?,
        _ => return None,
    };
    let port = u16::from_be_bytes(bytes(&mut tcp)?);
    asked.lock().expect("no test panicked with it in hand").push(format!("{command} {host}:{port}"));
    tcp.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
    let mut there = TcpStream::connect(to.filter(|_| reply == 0)?).ok()?;
    let (mut from, mut back) = (tcp.try_clone().ok()?, there.try_clone().ok()?);
    thread::spawn(move || {
        let _ = std::io::copy(&mut back, &mut tcp);
        let _ = tcp.shutdown(Shutdown::Both);
    });
    let _ = std::io::copy(&mut from, &mut there);
    let _ = there.shutdown(Shutdown::Write);
    Some(())
}

#[tokio::test]
async fn socks_proxy_that_refuses_is_named() {
    for (password, reply, failure) in [
        (None, 2, "Refused"),
        (None, 5, "Refused"),
        // No password is known here, or a wrong one.
        (Some("another"), 0, "SignIn"),
    ] {
        let (address, _) = socks(None, password, reply);
        for opened_by in [String::new(), format!("pat:{PROXY_PASSWORD}@")] {
            if password.is_none() && !opened_by.is_empty() {
                continue;
            }
            let said = ask(BEHIND, &[("ALL_PROXY", &format!("socks5h://{opened_by}{address}"))]).await;
            assert_kept_back(&said, failure, &address.to_string());
        }
    }
}

/// A Hub that encrypts under a certificate of its own making, and lets everybody in.
#[cfg(target_os = "linux")]
fn hub_for(names: &[&str]) -> (SocketAddr, tempfile::NamedTempFile) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(names).expect("a certificate");
    let mut trusted = tempfile::NamedTempFile::new().expect("a file");
    let text = base64::engine::general_purpose::STANDARD.encode(cert.der());
    write!(trusted, "-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
        .expect("it is written");
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .expect("the key fits the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for tcp in listener.incoming() {
            let Ok(mut tcp) = tcp else { return };
            let mut tls = rustls::ServerConnection::new(config.clone()).expect("a connection");
            let mut stream = rustls::Stream::new(&mut tls, &mut tcp);
            let mut heard = Vec::new();
            let mut piece = [0; 4096];
            while !heard.ends_with(b"}") {
                match stream.read(&mut piece) {
                    Ok(count) if count > 0 => heard.extend_from_slice(&piece[..count]),
                    _ => break,
                }
            }
            let body = r#"{"access_token":"invented","expires_in":60,"token_type":"Bearer","api_key":"inventedinventedAK"}"#;
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.flush();
            tls.send_close_notify();
            let _ = tls.write_tls(&mut tcp);
            let _ = tcp.shutdown(Shutdown::Write);
        }
    });
    (address, trusted)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn hub_is_reached_through_a_socks_proxy() {
    let name = "hub.channel-keys.invalid";
    // A documentation address (RFC 5737): nobody answers there.
    let number = "192.0.2.1";
    let (hub, trusted) = hub_for(&[name, number]);
    let trusted = trusted.path().to_str().expect("a path of text");

    // With `socks5h` the proxy looks the name up; with `socks5` this computer does.
    for (scheme, host, password) in
        [("socks5h", name, None), ("socks5h", name, Some(PROXY_PASSWORD)), ("socks5", number, None)]
    {
        let (proxy, asked) = socks(Some(hub), password, 0);
        let opened_by = password.map(|password| format!("pat:{password}@")).unwrap_or_default();
        let through = format!("{scheme}://{opened_by}{proxy}");

        let said =
            ask(&format!("https://{host}/api/v2"), &[("ALL_PROXY", &through), ("SSL_CERT_FILE", trusted)])
                .await;

        assert!(said.contains("made: Ok(())"), "{scheme}: {said}");
        assert!(said.contains("signed in: Ok(())"), "{scheme}: {said}");
        let asked = asked.lock().expect("nobody has it in hand").clone();
        assert_eq!(asked, [format!("1 {host}:443"), format!("1 {host}:443")], "{scheme}");
    }
}
