//! Connections that are kept for the next call, and when they end: the last request on each stays in memory until then.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use channel_keys_core::channel::PartnerId;
use channel_keys_core::hub::Hub;
use channel_keys_core::partner_hub::{Caller, PartnerReads, Pass};
use channel_keys_core::secret::{ApiKey, PartnerKey, SessionToken};
use channel_keys_hub::RestHub;

/// Long before a kept connection ends by itself, after 90 seconds.
const GUARD: Duration = Duration::from_secs(30);

/// A host that answers on a connection for as long as it is kept.
struct Patient {
    address: String,
    began: mpsc::UnboundedReceiver<()>,
    ended: mpsc::UnboundedReceiver<()>,
    task: JoinHandle<()>,
}

impl Patient {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (begins, began) = mpsc::unbounded_channel();
        let (ends, ended) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Ok((mut tcp, _)) = listener.accept().await {
                let _ = begins.send(());
                let ends = ends.clone();
                tokio::spawn(async move {
                    let mut piece = [0; 8192];
                    while let Ok(1..) = tcp.read(&mut piece).await {
                        let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
                        let _ = tcp.write_all(answer.as_bytes()).await;
                    }
                    let _ = ends.send(());
                });
            }
        });
        Self { address, began, ended, task }
    }

    fn rest(&self) -> RestHub {
        RestHub::new(format!("http://{}/api/v2", self.address).parse().expect("an address"))
    }

    /// How many connections began until now.
    fn began(&mut self) -> usize {
        std::iter::from_fn(|| self.began.try_recv().ok()).count()
    }

    /// Waits until a connection has ended.
    async fn one_ends(&mut self) {
        tokio::time::timeout(GUARD, self.ended.recv())
            .await
            .expect("it is not kept")
            .expect("the host is there");
    }
}

impl Drop for Patient {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test]
async fn a_connection_that_carried_a_key_to_the_messaging_host_is_not_kept() {
    let mut host = Patient::start().await;
    let (rest, messaging) = (host.rest(), format!("http://{}/messaging", host.address));
    let key = ApiKey::new("inventedinventedAK");

    let _ = rest.health(&messaging, &key).await;
    host.one_ends().await;
    let _ = rest.webhook_setting(&messaging, &key).await;
    host.one_ends().await;
    let _ = rest.extra_webhooks(&messaging, &key).await;
    host.one_ends().await;

    assert_eq!(host.began(), 3);
}

#[tokio::test]
async fn a_connection_to_the_hub_is_kept_until_the_session_ends() {
    let mut host = Patient::start().await;
    let rest = host.rest();
    let token = SessionToken::new("invented");
    let caller = Caller {
        partner: PartnerId("aPA".into()),
        pass: Pass::Key(PartnerKey::new("inventedinvented").into()),
    };

    // Given calls of both sides, over one connection
    let _ = rest.person(&token).await;
    let _ = rest.person(&token).await;
    let _ = rest.partner_name(&caller).await;
    assert_eq!(host.began(), 1);

    // When the session ends, then the connection does
    rest.close_connections();
    host.one_ends().await;

    // And the next session has one of its own
    let _ = rest.person(&token).await;
    assert_eq!(host.began(), 1);
    drop(rest);
    host.one_ends().await;
}
