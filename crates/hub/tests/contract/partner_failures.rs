//! How reading the partner's side fails: each call tells why, and none tells an empty list instead.

use std::sync::Arc;
use std::time::Duration;

use channel_keys_core::channel::{ChannelId, ClientId, PartnerId};
use channel_keys_core::hub::{HubError, KeyOf};
use channel_keys_core::partner_hub::{Caller, PartnerReads, Pass};
use channel_keys_core::secret::{PartnerKey, SessionToken};
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, Unvisited, answer};

const KEYS: &str = "GET /partners/*/channels/*/api_keys";
const CALLS: [&str; 6] = [PARTNER, PARTNER_CLIENTS, PARTNER_CHANNELS, PARTNER_CHANNEL, SHARED, KEYS];

async fn ask(rest: &dyn PartnerReads, call: &str, caller: &Caller, of: (&ClientId, &ChannelId)) -> HubError {
    let (client, channel) = of;
    let answered = match call {
        PARTNER => rest.partner_name(caller).await.map(drop),
        PARTNER_CLIENTS => rest.clients(caller).await.map(drop),
        PARTNER_CHANNELS => rest.channels_from(caller, 0).await.map(drop),
        KEYS => rest.key_list(caller, channel).await.map(drop),
        PARTNER_CHANNEL => rest.channel(caller, channel).await.map(drop),
        _ => rest.shared(caller, client).await.map(drop),
    };
    answered.expect_err(call)
}

/// Jo reads Harbour's front desk, call by call.
struct Scene {
    practice: Practice,
    caller: Caller,
}

impl Scene {
    async fn set() -> Self {
        let practice = practise().await;
        let caller = practice.with_session(JO).await;
        Self { practice, caller }
    }

    async fn ask(&self, call: &str) -> HubError {
        let of = (&self.practice.client(HARBOUR), &self.practice.channel(HARBOUR, "Front desk"));
        ask(&self.practice.rest, call, &self.caller, of).await
    }

    /// Each call, each time that it goes wrong so.
    async fn each(&self, fault: impl Fn(&str) -> Fault) -> Vec<HubError> {
        let mut errors = Vec::new();
        for call in CALLS {
            self.practice.hub.set_faults(vec![fault(call)]);
            errors.push(self.ask(call).await);
        }
        errors
    }

    async fn each_with_status(&self, status: u16) -> Vec<HubError> {
        self.each(|call| Fault::new(call, Do::Status).status(status)).await
    }
}

#[tokio::test]
async fn what_the_hub_refuses_is_told_by_each_call() {
    let scene = Scene::set().await;

    for error in scene.each(|call| Fault::new(call, Do::Refuse)).await {
        let HubError::Refused { status: 403, said } = &error else { panic!("{error:?}") };
        assert_eq!(words(said), Some("Forbidden"));
    }
    for error in scene.each_with_status(404).await.into_iter().chain(scene.each_with_status(405).await) {
        assert!(matches!(error, HubError::NotThere(_)), "{error:?}");
    }
    for error in scene.each_with_status(503).await {
        assert!(matches!(error, HubError::InTrouble { status: 503, .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_or_no_answer_of_the_hub_is_told_by_each_call() {
    let scene = Scene::set().await;

    assert_eq!(scene.each(|call| Fault::new(call, Do::CutBody)).await, vec![HubError::NoAnswer; CALLS.len()]);
    assert_eq!(
        scene.each(|call| Fault::new(call, Do::ResetBeforeCommit)).await,
        vec![HubError::NoAnswer; CALLS.len()]
    );
    let not_understood = vec![HubError::NotUnderstood { status: 200 }; CALLS.len()];
    assert_eq!(scene.each(|call| Fault::new(call, Do::NotJson)).await, not_understood);
    assert_eq!(scene.each(|call| Fault::new(call, Do::HugeBody)).await, not_understood);
}

#[tokio::test]
async fn a_hub_that_asks_to_wait_tells_each_call_how_long() {
    let scene = Scene::set().await;
    let busy = |call: &str| Fault::new(call, Do::Status).status(429).header("Retry-After", "17");

    for error in scene.each(busy).await {
        let HubError::TooMany { wait, .. } = error else { panic!("{error:?}") };
        assert_eq!(wait, Some(Duration::from_secs(17)));
    }
    let counts = CALLS.map(|call| scene.practice.count(call));
    assert_eq!(counts, [1; CALLS.len()], "no call was repeated");
}

#[tokio::test]
async fn a_wait_until_a_date_counts_from_the_hub_s_own_time() {
    let dates = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", Some(30)),
        ("Sunday, 06-Nov-94 08:51:07 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", Some(120)),
        ("Sun, 06 Nov 1994 08:49:07 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", None),
        ("in a while", "Sun, 06 Nov 1994 08:49:37 GMT", None),
    ];
    for (until, now, wait) in dates {
        let host = Scripted::answering(move |_| {
            answer("429 Too Many Requests", &format!("retry-after: {until}\r\ndate: {now}\r\n"), "")
        })
        .await;

        assert_eq!(waits_at(&host).await, wait.map(Duration::from_secs), "{until}");
    }
}

#[tokio::test]
async fn a_wait_until_a_date_counts_from_this_computer_s_time_where_the_hub_tells_none() {
    for (until, is_ahead) in
        [("Sun, 06 Nov 1994 08:49:37 GMT", false), ("Fri, 31 Dec 9999 23:59:59 GMT", true)]
    {
        let host = Scripted::answering(move |_| {
            answer("429 Too Many Requests", &format!("retry-after: {until}\r\n"), "")
        })
        .await;

        let wait = waits_at(&host).await;

        assert_eq!(wait.is_some(), is_ahead, "{until}");
    }
}

async fn waits_at(host: &Scripted) -> Option<Duration> {
    match ask(&rest(&host.hub()), SHARED, &invented(), invented_ids()).await {
        HubError::TooMany { wait, .. } => wait,
        error => panic!("{error:?}"),
    }
}

fn invented() -> Caller {
    Caller { partner: PartnerId("aPA".into()), pass: Pass::Key(Arc::new(PartnerKey::new("invented"))) }
}

fn invented_ids() -> (&'static ClientId, &'static ChannelId) {
    static IDS: std::sync::LazyLock<(ClientId, ChannelId)> =
        std::sync::LazyLock::new(|| (ClientId("aCL".into()), ChannelId("aCH".into())));
    (&IDS.0, &IDS.1)
}

#[tokio::test]
async fn a_wrong_key_and_a_session_that_ended_open_nothing() {
    let practice = practise().await;
    let of = (&practice.client(HARBOUR), &practice.channel(HARBOUR, "Front desk"));
    for (pass, error) in [
        (Pass::Key(Arc::new(PartnerKey::new("not-the-key"))), HubError::KeyRefused(KeyOf::Partner)),
        (Pass::Session(Arc::new(SessionToken::new("not-a-session"))), HubError::SessionEnded),
    ] {
        let caller = practice.caller(pass);
        for call in CALLS {
            assert_eq!(ask(&practice.rest, call, &caller, of).await, error, "{call}");
        }
    }

    let jo = practice.with_session(JO).await;
    practice.spoil(SHARED, Do::ExpireToken);
    for call in [SHARED, PARTNER_CHANNELS, PARTNER] {
        assert_eq!(ask(&practice.rest, call, &jo, of).await, HubError::SessionEnded, "{call}");
    }
}

#[tokio::test]
async fn somebody_who_is_of_no_partner_and_a_client_of_another_are_refused() {
    let practice = practise().await;
    let maria = practice.with_session(MARIA).await;
    let of = (&practice.client(HARBOUR), &practice.channel(HARBOUR, "Front desk"));
    let not_its_own = (&practice.client(PADARIA), &practice.channel(PADARIA, "Encomendas"));
    let nowhere = (&ClientId("nowhereCL".into()), &ChannelId("nowhereCH".into()));

    for call in CALLS {
        let error = ask(&practice.rest, call, &maria, of).await;
        assert!(matches!(error, HubError::Refused { status: 403, .. }), "{call}: {error:?}");
    }
    let key = practice.with_partner_key();
    for call in [PARTNER_CHANNEL, SHARED] {
        let refused = ask(&practice.rest, call, &key, not_its_own).await;
        assert!(matches!(refused, HubError::Refused { status: 403, .. }), "{call}: {refused:?}");
        let unknown = ask(&practice.rest, call, &key, nowhere).await;
        assert!(matches!(unknown, HubError::NotThere(_)), "{call}: {unknown:?}");
    }
}

#[tokio::test]
async fn a_partner_s_key_does_not_follow_a_redirect() {
    let elsewhere = Arc::new(Unvisited::new());
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary", "308 Permanent"] {
        let to = format!("location: http://{}/api/v2/partners/aPA\r\n", elsewhere.address());
        let host = Scripted::answering(move |_| answer(status, &to, "")).await;

        for call in CALLS {
            let error = ask(&rest(&host.hub()), call, &invented(), invented_ids()).await;
            let status = status[..3].parse().expect("a status");
            assert_eq!(error, HubError::NotUnderstood { status }, "{call}");
        }

        assert_eq!(host.connections(), CALLS.len(), "{status}: each was sent once");
        assert!(elsewhere.nobody_came(), "{status}");
    }
}
