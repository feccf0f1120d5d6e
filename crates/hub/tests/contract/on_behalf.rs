//! A key that a partner makes on a client's behalf: the one call of its side that writes, sent once whatever happens.

use std::sync::Arc;
use std::time::Duration;

use channel_keys_core::channel::{ChannelId, PartnerId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{ChangeError, Hub, HubError, NewKey};
use channel_keys_core::partner_hub::{Caller, PartnerReads, PartnerWrites, Pass};
use channel_keys_core::secret::{ApiKey, PartnerKey, SessionToken};
use channel_keys_hub::{Limits, RestHub};
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, answer, header};

const MAKE: &str = "POST /partners/*/channels/*/api_keys";
const LIST: &str = "GET /partners/*/channels/*/api_keys";

/// A practice Hub with Blue Anchor's key in hand, about to make a key for a channel that is shared.
struct Scene {
    practice: Practice,
    caller: Caller,
    channel: ChannelId,
    earlier: ApiKey,
}

impl Scene {
    async fn set() -> Self {
        let practice = practise().await;
        let channel = practice.channel(HARBOUR, "Front desk");
        let earlier = practice.earlier_key(&channel);
        Self { caller: practice.with_partner_key(), practice, channel, earlier }
    }

    async fn make_key(&self) -> Result<NewKey, ChangeError> {
        PartnerWrites::make_key(&self.practice.rest, &self.caller, &self.channel).await
    }

    async fn spoilt(&self, fault: Fault) -> ChangeError {
        self.practice.hub.set_faults(vec![fault]);
        self.make_key().await.map(drop).expect_err("no key arrives")
    }

    async fn took_effect(&self) -> bool {
        !self.practice.is_alive(&self.earlier).await
    }

    fn sent(&self) -> u64 {
        self.practice.count(MAKE)
    }
}

fn invented(pass: Pass) -> Caller {
    Caller { partner: PartnerId("a/../PA".into()), pass }
}

#[tokio::test]
async fn a_key_that_is_made_with_either_pass_replaces_the_earlier_one_at_once() {
    for by_key in [true, false] {
        let mut scene = Scene::set().await;
        if !by_key {
            scene.caller = scene.practice.with_session(JO).await;
        }

        let new = scene.make_key().await.expect("a key");

        assert_eq!(new.address, Fact::Told(scene.practice.hub.messaging().to_owned()));
        assert!(scene.practice.is_alive(&new.key).await && scene.took_effect().await);
        assert_eq!((scene.sent(), scene.practice.count(MAKE_KEY)), (1, 0));
    }
}

#[tokio::test]
async fn what_the_client_did_not_share_what_does_not_run_and_what_a_member_asks_for_is_refused() {
    let scene = Scene::set().await;
    let practice = &scene.practice;
    let as_member = practice.with_session(TIM).await;
    for (caller, channel, said) in [
        (&scene.caller, practice.channel(HARBOUR, "Restaurant bookings"), "not shared"),
        (&scene.caller, practice.channel(LINDNER, "Küchen Düsseldorf"), "not live and running"),
        (&as_member, scene.channel.clone(), "Only an Owner"),
    ] {
        let made = PartnerWrites::make_key(&practice.rest, caller, &channel).await;

        let error = made.map(drop).expect_err(said);
        let ChangeError::Unchanged(HubError::Refused { status: 403, said: quoted }) = &error else {
            panic!("{error:?}")
        };
        assert!(words(quoted).is_some_and(|words| words.contains(said)), "{quoted:?}");
    }
    let nowhere = PartnerWrites::make_key(&practice.rest, &scene.caller, &ChannelId("nosuchCH".into())).await;
    assert!(matches!(nowhere, Err(ChangeError::Unchanged(HubError::NotThere(_)))), "{nowhere:?}");
    assert!(!scene.took_effect().await);
}

#[tokio::test]
async fn whatever_goes_wrong_it_is_sent_once_and_said_whether_a_key_may_have_been_made() {
    let status = |status| Fault::new(MAKE, Do::Status).status(status);
    for (fault, open, took_effect) in [
        (Fault::new(MAKE, Do::ResetBeforeCommit), true, false),
        (Fault::new(MAKE, Do::ResetAfterCommit), true, true),
        (Fault::new(MAKE, Do::CutBody), true, true),
        (Fault::new(MAKE, Do::NotJson), true, true),
        (Fault::new(MAKE, Do::NoKey), true, true),
        (status(500), true, false),
        (status(503).header("Retry-After", "0"), true, false),
        (status(409), false, false),
        (status(429), false, false),
        (Fault::new(MAKE, Do::ExpireToken), false, false),
        (Fault::new(MAKE, Do::Answer).status(404).body("<html>Not Found</html>").after_commit(), true, true),
    ] {
        let mut scene = Scene::set().await;
        scene.caller = scene.practice.with_session(JO).await;

        let error = scene.spoilt(fault.clone()).await;

        assert_eq!(error.may_have_taken_effect(), open, "{fault:?}: {error:?}");
        assert_eq!(scene.took_effect().await, took_effect, "{fault:?}");
        assert_eq!(scene.sent(), 1, "{fault:?}: it was sent once");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_it_open_and_is_not_asked_for_again() {
    let scene = Scene::set().await;
    scene.practice.hub.set_faults(vec![Fault::new(MAKE, Do::Delay).ms(600_000)]);
    let long = Duration::from_secs(600);
    let limits = Limits { connect: long, pause: long, whole: Duration::from_millis(250) };
    let hub = RestHub::with_limits(scene.practice.hub.hub().parse().expect("an address"), limits, limits);

    let made = PartnerWrites::make_key(&hub, &scene.caller, &scene.channel).await;

    assert_eq!(made.map(drop), Err(ChangeError::Unknown(HubError::NoAnswer)));
    assert!(scene.took_effect().await, "the Hub made it all the same");
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn each_request_has_a_connection_of_its_own_and_follows_no_redirect() {
    let key = Pass::Key(Arc::new(PartnerKey::new("invented-partner-key")));
    let session = Pass::Session(Arc::new(SessionToken::new("invented-session")));
    for (pass, carries, value, not) in [
        (key, "x-api-key", "invented-partner-key", "authorization"),
        (session, "authorization", "Bearer invented-session", "x-api-key"),
    ] {
        let elsewhere = Scripted::answering(|_| answer("201 Created", "", "{}")).await;
        let location = format!("Location: {}/x\r\n", elsewhere.hub());
        let host = Scripted::answering(move |_| answer("307 Temporary Redirect", &location, "")).await;
        let (hub, caller) = (rest(&host.hub()), invented(pass));
        // A connection that a read left open must not carry what is sent once: it may be stale.
        let _ = hub.partner_name(&caller).await;

        let made = PartnerWrites::make_key(&hub, &caller, &ChannelId("c?CH".into())).await;

        assert!(made.is_err(), "{made:?}");
        let request = host.requests().pop().expect("it was sent");
        let line = "POST /api/v2/partners/a%2F..%2FPA/channels/c%3FCH/api_keys HTTP/1.1\r\n";
        assert!(request.starts_with(line), "{request}");
        assert_eq!(header(&request, carries), Some(value));
        assert_eq!((header(&request, not), header(&request, "d360-api-key")), (None, None));
        assert_eq!(header(&request, "content-type"), Some("application/json"));
        assert!(request.ends_with("\r\n\r\n{}"), "an empty object is sent");
        assert_eq!((host.connections(), elsewhere.connections()), (2, 0));
    }
}

#[tokio::test]
async fn the_list_of_keys_tells_each_apart_and_is_told_only_where_the_channel_is_shared() {
    let scene = Scene::set().await;
    let list = async || PartnerReads::key_list(&scene.practice.rest, &scene.caller, &scene.channel).await;

    let before = list().await.expect("the list");
    let new = scene.make_key().await.expect("a key");
    let after = list().await.expect("the list");

    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!(before[0].tail, Fact::Told(scene.earlier.tail()));
    assert_eq!((&after[0].tail, &after[0].hub_id), (&Fact::Told(new.key.tail()), &new.hub_id));
    scene.practice.spoil(LIST, Do::NotJson);
    assert_eq!(list().await, Err(HubError::NotUnderstood { status: 200 }));
    scene.practice.hub.set_faults(Vec::new());
    let maria = scene.practice.sign_in(MARIA).await;
    let (harbour, missing) = (scene.practice.client(HARBOUR), Permission::Missing);
    scene.practice.rest.set_permission(&maria, &harbour, &scene.channel, missing).await.expect("removed");
    assert!(matches!(list().await, Err(HubError::Refused { status: 403, .. })));
    assert_eq!(scene.sent(), 1, "looking asks for no key");
}

#[tokio::test]
async fn where_people_come_back_to_is_told_as_it_stands_and_silence_is_not_told() {
    let practice = practise().await;
    let told = practice.rest.return_address(&practice.with_partner_key()).await;
    assert_eq!(told, Ok(Fact::Told("https://www.blue-anchor.example/welcome".into())));

    for (body, told) in [
        (r#"{"id":"a/../PA","partner_redirect_url":null}"#, Ok(Fact::NotTold)),
        (r#"{"partner_redirect_url":"  "}"#, Ok(Fact::NotTold)),
        (r#"{"partner_redirect_url":{}}"#, Ok(Fact::NotTold)),
        (r#"{"partner_redirect_url":"javascript:x"}"#, Ok(Fact::Told("javascript:x".into()))),
        (r#"{"id":"another"}"#, Err(HubError::NotUnderstood { status: 200 })),
    ] {
        let host = Scripted::answering(move |_| answer("200 OK", "", body)).await;
        let pass = Pass::Key(Arc::new(PartnerKey::new("invented")));
        assert_eq!(rest(&host.hub()).return_address(&invented(pass)).await, told, "{body}");
    }
}
