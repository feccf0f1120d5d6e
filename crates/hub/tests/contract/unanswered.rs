//! Hosts that take a connection up and never get to the point where something could be said to them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::hub::{ChangeError, Hub, HubError, NotReached};
use channel_keys_core::partner_hub::PartnerWrites;
use channel_keys_core::secret::{Password, SessionToken};
use channel_keys_hub::{Limits, RestHub};
use practice_hub::{Do, Fault};

use crate::practice::{HARBOUR, MAKE_KEY, MARIA, ME, TOKEN, practise};

/// Long before a system gives up by itself, and before any limit but the one on connecting.
const GUARD: Duration = Duration::from_secs(60);

/// Signs in, reads, and asks for a key at a host, where only connecting has a limit that can be felt.
async fn is_not_reached(base: &str) {
    let (short, long) = (Duration::from_millis(250), Duration::from_secs(600));
    let limits = Limits { connect: short, pause: long, whole: long };
    let hub = RestHub::with_limits(base.parse().expect("an address"), limits, limits);
    let (token, client, channel) =
        (SessionToken::new("invented"), ClientId("aCL".into()), ChannelId("bCH".into()));

    let asked = async {
        let signed_in = hub.sign_in(MARIA.0, &Password::new(MARIA.1)).await.map(drop);
        let read = hub.person(&token).await.map(drop);
        let made = Hub::make_key(&hub, &token, &client, &channel).await.map(drop);
        let made = made.map_err(|failed| match failed {
            ChangeError::Unchanged(error) => error,
            ChangeError::Unknown(error) => panic!("nothing was sent: {error:?}"),
        });
        [signed_in, read, made]
    };
    let answers = tokio::time::timeout(GUARD, asked).await.expect("connecting has a limit");

    for answer in answers {
        let error = answer.expect_err("nobody answers");
        assert_eq!(error, HubError::NotReached(NotReached::Connection));
    }
}

/// A host whose queue is full, which drops what else knocks: it is silent, as one behind a wall is.
#[cfg(target_os = "linux")]
fn full() -> (SocketAddr, Socket, Vec<TcpStream>) {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a free port");
    listener.listen(0).expect("it listens");
    let address = listener.local_addr().expect("an address").as_socket().expect("an address");
    let mut waiting = Vec::new();
    while let Ok(next) = TcpStream::connect_timeout(&address, Duration::from_millis(250)) {
        waiting.push(next);
        assert!(waiting.len() < 100, "its queue does not fill");
    }
    (address, listener, waiting)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_does_not_take_the_connection_up_is_given_up_and_was_not_reached() {
    let (address, _listener, _waiting) = full();

    is_not_reached(&format!("http://{address}/api/v2")).await;
}

#[tokio::test]
async fn a_host_that_does_not_answer_the_greeting_of_tls_is_given_up_and_hears_no_secret() {
    // Given a host that takes connections up, and says nothing
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");

    is_not_reached(&format!("https://{address}/api/v2")).await;

    // Then all that it heard is the greeting of each of the three
    for _ in 0..3 {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut heard = Vec::new();
        connection.read_to_end(&mut heard).expect("it was given up");
        assert_eq!(heard.first(), Some(&0x16), "the first byte is a TLS handshake's");
        for secret in [MARIA.1, "invented", "/token"] {
            assert!(!heard.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
    }
    listener.set_nonblocking(true).expect("it need not wait");
    assert!(listener.accept().is_err(), "each was tried once");
}

#[test]
fn request_for_a_key_is_waited_for_two_minutes_in_each_phase() {
    let Limits { connect, pause, whole } = Limits::FOR_A_KEY;
    let two_minutes = Duration::from_secs(120);
    assert_eq!((pause, whole), (two_minutes, two_minutes));
    assert!(connect < whole, "what was never sent is not told as unknown");
}

#[tokio::test]
async fn slow_hub_makes_the_key_that_other_requests_would_not_wait_for() {
    // Given a Hub that takes longer than any other request waits
    let practice = practise().await;
    let late = |call| Fault::new(call, Do::Delay).ms(1_500);
    let (short, long) = (Duration::from_millis(500), Duration::from_secs(600));
    let usual = Limits { connect: long, pause: short, whole: short };
    let for_a_key = Limits { connect: long, pause: long, whole: long };
    let base = practice.hub.hub().parse().expect("an address");
    let hub = RestHub::with_limits(base, usual, for_a_key);
    let (token, desk, client) =
        (practice.sign_in(MARIA).await, practice.with_partner_key(), practice.client(HARBOUR));
    practice.hub.set_faults([TOKEN, ME, MAKE_KEY, "POST /partners/*/channels/*/api_keys"].map(late).into());

    // When a key is asked for, by the client and at the partner's desk
    let made = Hub::make_key(&hub, &token, &client, &practice.channel(HARBOUR, "Restaurant bookings")).await;
    let on_behalf = PartnerWrites::make_key(&hub, &desk, &practice.channel(HARBOUR, "Front desk")).await;

    // Then it is waited for, and nothing else is
    assert!(made.is_ok(), "{made:?}");
    assert!(on_behalf.is_ok(), "{on_behalf:?}");
    let signed_in = hub.sign_in(MARIA.0, &Password::new(MARIA.1)).await.map(drop);
    assert_eq!(signed_in, Err(HubError::NoAnswer));
    assert_eq!(hub.person(&token).await.map(drop), Err(HubError::NoAnswer));
}

#[test]
fn an_answer_that_came_while_the_program_was_stopped_is_read_though_its_time_is_up() {
    // Given a Hub that answers while the program is stopped, as a frozen one is
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}/api/v2", listener.local_addr().expect("an address"));
    let (asked, is_asked) = std::sync::mpsc::channel();
    let (goes_on, may_answer) = std::sync::mpsc::channel();
    let hub = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut heard = [0; 4096];
        assert_ne!(connection.read(&mut heard).expect("a request"), 0);
        asked.send(()).expect("it is told");
        may_answer.recv().expect("it goes on");
        let body = r#"{"id": "1", "api_key": "InventedKeyOfATest0123AK"}"#;
        write!(connection, "HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n{body}", body.len())
            .expect("it answers");
    });
    let limit = Duration::from_secs(1);
    let (usual, long) = (Limits::default(), Duration::from_secs(600));
    let route = RestHub::with_limits(
        base.parse().expect("an address"),
        usual,
        Limits { connect: long, pause: long, whole: limit },
    );
    let (token, client, channel) =
        (SessionToken::new("invented"), ClientId("aCL".into()), ChannelId("bCH".into()));

    // When it is stopped until its time is up
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let made = one_thread.block_on(async {
        let stopped = async {
            while is_asked.try_recv().is_err() {
                tokio::task::yield_now().await;
            }
            let begun = std::time::Instant::now();
            goes_on.send(()).expect("it answers");
            hub.join().expect("it has answered");
            // Nothing else of this program goes on meanwhile.
            while begun.elapsed() < limit {
                std::thread::yield_now();
            }
        };
        tokio::join!(Hub::make_key(&route, &token, &client, &channel), stopped).0
    });

    // Then the key is read
    assert!(made.is_ok(), "{made:?}");
}

#[tokio::test]
async fn an_answer_that_comes_byte_by_byte_is_waited_for_as_long_as_any_other() {
    // Given a Hub that never comes to an end, and never pauses for long
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}/api/v2", listener.local_addr().expect("an address"));
    let (ends, is_over) = std::sync::mpsc::channel::<()>();
    let hub = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut heard = [0; 4096];
        assert_ne!(connection.read(&mut heard).expect("a request"), 0);
        let mut goes_on =
            write!(connection, "HTTP/1.1 201 Created\r\ncontent-length: 100000\r\n\r\n").is_ok();
        while goes_on {
            // Until the test is over, whatever becomes of the connection.
            let pause = is_over.recv_timeout(Duration::from_millis(100));
            goes_on = matches!(pause, Err(std::sync::mpsc::RecvTimeoutError::Timeout))
                && connection.write_all(b" ").is_ok();
        }
    });
    let (limit, long) = (Duration::from_secs(1), Duration::from_secs(600));
    let for_a_key = Limits { connect: long, pause: long, whole: limit };
    let route = RestHub::with_limits(base.parse().expect("an address"), Limits::default(), for_a_key);
    let (token, client, channel) =
        (SessionToken::new("invented"), ClientId("aCL".into()), ChannelId("bCH".into()));

    // When a key is asked for
    let made = tokio::time::timeout(GUARD / 4, Hub::make_key(&route, &token, &client, &channel)).await;

    // Then its time ends, and it is open whether one was made
    drop(ends);
    hub.join().expect("it ends");
    let made = made.expect("it is given up");
    assert_eq!(made.map(drop), Err(ChangeError::Unknown(HubError::NoAnswer)));
}
