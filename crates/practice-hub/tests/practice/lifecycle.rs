//! Starting and stopping.

use practice_hub::{Do, Fault, FaultError, Options, PracticeHub, StartError};
use tokio::net::TcpStream;

use crate::support::*;

#[tokio::test]
async fn a_practice_hub_listens_on_loopback_only() {
    let practice = practise().await;
    let (host, port) = practice.address().split_once(':').expect("a host and a port");
    assert_eq!(host, "127.0.0.1");
    assert_eq!(practice.hub.hub(), format!("http://127.0.0.1:{port}/api/v2"));
    assert_eq!(practice.hub.messaging(), format!("http://127.0.0.1:{port}/messaging"));
    // Linux answers on all of 127.0.0.0/8 where a program listens on every address.
    #[cfg(target_os = "linux")]
    assert!(TcpStream::connect(format!("127.0.0.2:{port}")).await.is_err());
}

#[tokio::test]
async fn when_a_practice_hub_stops_then_its_port_is_free_again() {
    let practice = practise().await;
    practice.sign_in(MARIA).await;
    let port = port_of(&practice);
    practice.hub.stop().await;
    let again = practise_with(Options { port, ..Options::default() }).await;
    assert_eq!(port_of(&again), port);
}

#[tokio::test]
async fn when_a_practice_hub_is_dropped_then_it_answers_no_more() {
    let practice = practise().await;
    let address = practice.address().to_owned();
    drop(practice);
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn given_a_request_that_waits_when_the_practice_hub_stops_then_it_does_not_wait_for_ever() {
    let practice = practise_with(Options {
        faults: vec![Fault::new("POST /token", Do::Delay).ms(600_000)],
        ..Options::default()
    })
    .await;
    let address = practice.address().to_owned();
    let mut waiting = TcpStream::connect(&address).await.expect("a connection");
    tokio::io::AsyncWriteExt::write_all(&mut waiting, b"POST /api/v2/token HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    while practice.hub.counts().is_empty() {
        tokio::task::yield_now().await;
    }
    practice.hub.stop().await;
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn given_a_port_that_is_taken_when_starting_then_that_is_told() {
    let practice = practise().await;
    let port = port_of(&practice);
    let second = PracticeHub::start(Options { port, ..Options::default() }).await;
    assert!(matches!(second, Err(StartError::Port { port: told, .. }) if told == port));
}

#[tokio::test]
async fn given_a_fault_that_can_not_happen_when_starting_then_that_is_told() {
    let faults = vec![Fault::new("GET /nowhere", Do::Refuse)];
    let error: FaultError = faults[0].check().expect_err("no such call");
    let started = PracticeHub::start(Options { faults, ..Options::default() }).await;
    assert!(matches!(started, Err(StartError::Fault(told)) if told == error));
}

fn port_of(practice: &Practice) -> u16 {
    practice.address().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
}
