//! Making a key: made, refused or unknown, and sent once whatever happens.

use std::time::Duration;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{ChangeError, Hub, HubError, NewKey};
use channel_keys_core::secret::{ApiKey, SessionToken};
use channel_keys_hub::{Limits, RestHub};
use practice_hub::{Do, Encoding, Fault, Framing};

use crate::practice::*;
use crate::scripted::{Endless, Scripted, answer, header};

const CHANNEL: &str = "Restaurant bookings";

/// A practice Hub with Maria signed in, about to make a key for a channel on which she may.
struct Scene {
    practice: Practice,
    token: SessionToken,
    channel: ChannelId,
    earlier: ApiKey,
}

impl Scene {
    async fn set() -> Self {
        let practice = practise().await;
        let token = practice.sign_in(MARIA).await;
        let channel = practice.channel(HARBOUR, CHANNEL);
        let earlier = practice.earlier_key(&channel);
        Self { practice, token, channel, earlier }
    }

    async fn make_key(&self) -> Result<NewKey, ChangeError> {
        self.practice.make_key(&self.token, HARBOUR, CHANNEL).await
    }

    async fn spoilt(&self, fault: Fault) -> ChangeError {
        self.practice.hub.set_faults(vec![fault]);
        self.make_key().await.expect_err("no key arrives")
    }

    /// The earlier key is dead and the webhook is cleared: the Hub made a key, whatever it answered.
    async fn took_effect(&self) -> bool {
        let webhook = self.practice.hub.webhook(&self.channel.0);
        assert_eq!(self.practice.hub.live_key_count(&self.channel.0), 1);
        let replaced = !self.practice.is_alive(&self.earlier).await;
        assert_eq!(replaced, webhook.is_none(), "a key that is made clears the webhook");
        replaced
    }

    fn sent(&self) -> u64 {
        self.practice.count(MAKE_KEY)
    }
}

#[tokio::test]
async fn a_key_that_is_made_replaces_the_earlier_one_at_once() {
    let scene = Scene::set().await;
    assert!(scene.practice.is_alive(&scene.earlier).await, "the earlier key works before");

    let new = scene.make_key().await.expect("a key");

    assert!(new.key.expose().ends_with("AK"), "a key ends in AK");
    assert_eq!(new.key.tail().len(), 4);
    assert_eq!(new.address, Fact::Told(scene.practice.hub.messaging().to_owned()));
    assert!(new.hub_id.told().is_some());
    assert!(!new.key.same_as(&scene.earlier), "it is another key");
    assert!(scene.practice.is_alive(&new.key).await, "the new key works");
    assert!(scene.took_effect().await);
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn a_member_of_a_client_may_make_a_key_too() {
    let practice = practise().await;
    let token = practice.sign_in(JONAS).await;

    let made = practice.make_key(&token, HARBOUR, CHANNEL).await;

    assert!(made.is_ok(), "{made:?}");
}

#[tokio::test]
async fn a_refusal_is_quoted_and_changes_nothing() {
    let scene = Scene::set().await;
    let front_desk = scene.practice.channel(HARBOUR, "Front desk");
    let earlier = scene.practice.earlier_key(&front_desk);

    let error = scene.practice.make_key(&scene.token, HARBOUR, "Front desk").await.expect_err("it is Shared");

    let ChangeError::Unchanged(HubError::Refused { status: 403, said }) = &error else { panic!("{error:?}") };
    assert!(words(said).is_some_and(|said| said.starts_with("Your partner manages")), "{said:?}");
    assert!(scene.practice.is_alive(&earlier).await, "the earlier key works on");
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn a_channel_that_is_not_there_or_not_hers_is_told_as_such() {
    let scene = Scene::set().await;
    let harbour = scene.practice.client(HARBOUR);
    let someone_elses = scene.practice.channel(PADARIA, "Encomendas");

    for channel in [ChannelId("nosuchCH".into()), someone_elses.clone()] {
        let error =
            scene.practice.rest.make_key(&scene.token, &harbour, &channel).await.expect_err("not hers");
        assert!(matches!(error, ChangeError::Unchanged(HubError::NotThere(_))), "{error:?}");
    }
    let theirs = scene.practice.client(PADARIA);
    let error =
        scene.practice.rest.make_key(&scene.token, &theirs, &someone_elses).await.expect_err("not hers");
    assert!(matches!(error.error(), HubError::Refused { status: 403, .. }), "{error:?}");
    assert_eq!(scene.sent(), 3);
}

#[tokio::test]
async fn an_id_that_looks_like_a_path_does_not_leave_its_place() {
    let scene = Scene::set().await;
    let harbour = scene.practice.client(HARBOUR);

    for id in ["../../../token", "..", "", "a/b?c#d"] {
        let made = scene.practice.rest.make_key(&scene.token, &harbour, &ChannelId(id.into())).await;
        assert!(matches!(made, Err(ChangeError::Unchanged(HubError::NotThere(_)))), "{id:?}: {made:?}");
    }
    assert_eq!(scene.practice.count(TOKEN), 1, "only signing in");
    assert!(!scene.took_effect().await);
}

#[tokio::test]
async fn too_many_requests_tell_how_long_to_wait_and_are_not_repeated() {
    let scene = Scene::set().await;
    let too_many = || Fault::new(MAKE_KEY, Do::Status).status(429);

    let with_wait = scene.spoilt(too_many().header("Retry-After", "17")).await;
    let without = scene.spoilt(too_many()).await;
    let odd = scene.spoilt(too_many().header("Retry-After", "soon")).await;

    let wait = Some(Duration::from_secs(17));
    for (error, told) in [(&with_wait, wait), (&without, None), (&odd, None)] {
        let ChangeError::Unchanged(HubError::TooMany { wait, .. }) = error else { panic!("{error:?}") };
        assert_eq!(*wait, told);
    }
    assert!(!scene.took_effect().await);
    assert_eq!(scene.sent(), 3, "one for each try");
}

#[tokio::test]
async fn a_session_that_ended_makes_no_key_and_asks_for_the_password() {
    let scene = Scene::set().await;

    let error = scene.spoilt(Fault::new(MAKE_KEY, Do::ExpireToken)).await;

    assert_eq!(error, ChangeError::Unchanged(HubError::SessionEnded));
    assert!(!scene.took_effect().await);
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn an_answer_that_never_arrives_leaves_it_open_whether_a_key_was_made() {
    for (fault, took_effect) in [
        (Fault::new(MAKE_KEY, Do::ResetBeforeCommit), false),
        (Fault::new(MAKE_KEY, Do::ResetAfterCommit), true),
        (Fault::new(MAKE_KEY, Do::CutBody), true),
    ] {
        let scene = Scene::set().await;

        let error = scene.spoilt(fault.clone()).await;

        assert_eq!(error, ChangeError::Unknown(HubError::NoAnswer), "{fault:?}");
        assert_eq!(scene.took_effect().await, took_effect, "{fault:?}");
        assert_eq!(scene.sent(), 1, "{fault:?}: it was sent once");
    }
}

#[tokio::test]
async fn a_hub_in_trouble_leaves_it_open_whether_a_key_was_made() {
    for (fault, took_effect) in [
        (Fault::new(MAKE_KEY, Do::Status).status(500), false),
        (Fault::new(MAKE_KEY, Do::Status).status(500).after_commit(), true),
        (Fault::new(MAKE_KEY, Do::Status).status(503).header("Retry-After", "0"), false),
    ] {
        let scene = Scene::set().await;

        let error = scene.spoilt(fault.clone()).await;

        assert!(matches!(error, ChangeError::Unknown(HubError::InTrouble { .. })), "{error:?}");
        assert_eq!(scene.took_effect().await, took_effect, "{fault:?}");
        assert_eq!(scene.sent(), 1, "{fault:?}: it was sent once");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_the_contract_leaves_it_open_and_hands_out_no_key() {
    for how in [Do::NotJson, Do::NoKey, Do::HugeBody] {
        let scene = Scene::set().await;

        let error = scene.spoilt(Fault::new(MAKE_KEY, how)).await;

        assert_eq!(error, ChangeError::Unknown(HubError::NotUnderstood { status: 201 }), "{how:?}");
        assert!(scene.took_effect().await, "{how:?}");
        assert_eq!(scene.sent(), 1, "{how:?}: it was sent once");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_given_up_at_the_limit() {
    let host = Endless::start().await;

    let made =
        rest(&host.hub()).make_key(&SessionToken::new("invented"), &client("aCL"), &channel("bCH")).await;

    assert_eq!(made.map(drop), Err(ChangeError::Unknown(HubError::NotUnderstood { status: 201 })));
    // Eight mebibytes are read; what more was sent lies in the sockets of both ends.
    assert!(host.sent() < 24 * 1024 * 1024, "{} bytes were taken", host.sent());
}

#[tokio::test]
async fn a_key_in_the_nested_form_is_found() {
    let scene = Scene::set().await;
    scene.practice.spoil(MAKE_KEY, Do::Nested);

    let new = scene.make_key().await.expect("a key");

    assert!(scene.practice.is_alive(&new.key).await, "the key is the one that was made");
    assert_eq!(new.address, Fact::Told(scene.practice.hub.messaging().to_owned()));
    assert!(scene.took_effect().await);
}

#[tokio::test]
async fn an_answer_that_is_late_is_waited_for_and_not_asked_for_again() {
    let scene = Scene::set().await;
    scene.practice.hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(150)]);

    let made = scene.make_key().await;

    assert!(made.is_ok(), "{made:?}");
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_it_open_and_is_not_asked_for_again() {
    let (short, long) = (Duration::from_millis(250), Duration::from_secs(600));
    for (limits, phase) in [
        (Limits { connect: long, pause: long, whole: short }, "the whole exchange"),
        (Limits { connect: long, pause: short, whole: long }, "a pause"),
    ] {
        let scene = Scene::set().await;
        scene.practice.hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(600_000)]);
        let hub = RestHub::with_limits(scene.practice.hub.hub().parse().expect("an address"), limits, limits);

        let made = hub.make_key(&scene.token, &scene.practice.client(HARBOUR), &scene.channel).await;

        let error = made.map(drop).expect_err("it does not come");
        assert_eq!(error, ChangeError::Unknown(HubError::NoAnswer), "{phase}");
        assert!(scene.took_effect().await, "{phase}: the Hub made it all the same");
        assert_eq!(scene.sent(), 1, "{phase}: it was sent once");
    }
}

#[tokio::test]
async fn a_conflict_is_a_refusal_and_changes_nothing() {
    let scene = Scene::set().await;

    let error = scene.spoilt(Fault::new(MAKE_KEY, Do::Status).status(409)).await;

    assert!(matches!(error, ChangeError::Unchanged(HubError::Refused { status: 409, .. })), "{error:?}");
    assert!(!scene.took_effect().await);
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn a_stale_session_makes_no_key() {
    let scene = Scene::set().await;
    let stale = SessionToken::new("invented.and.long.gone");

    let made = scene.practice.rest.make_key(&stale, &scene.practice.client(HARBOUR), &scene.channel).await;

    assert_eq!(made.map(drop), Err(ChangeError::Unchanged(HubError::SessionEnded)));
    assert!(!scene.took_effect().await);
    assert_eq!(scene.sent(), 1);
}

#[tokio::test]
async fn any_status_of_the_two_hundreds_brings_a_key_and_an_empty_one_is_none() {
    let answered = |status: &'static str, body: &'static str| async move {
        let host = Scripted::answering(move |_| answer(status, "", body)).await;
        let made =
            rest(&host.hub()).make_key(&SessionToken::new("invented"), &client("aCL"), &channel("bCH")).await;
        assert_eq!(host.connections(), 1, "it was sent once");
        made
    };

    for status in ["200 OK", "201 Created", "202 Accepted"] {
        let new = answered(status, r#"{"api_key":"inventedinventedAK"}"#).await.expect("a key");
        assert!(new.key.same_as(&ApiKey::new("inventedinventedAK")), "the key is read");
        assert_eq!((new.address, new.hub_id), (Fact::NotTold, Fact::NotTold));
    }
    for body in [r#"{"api_key":""}"#, r#"{"api_key":null}"#, "[]", ""] {
        let made = answered("201 Created", body).await;
        let failed = ChangeError::Unknown(HubError::NotUnderstood { status: 201 });
        assert_eq!(made.map(drop), Err(failed), "{body:?}");
    }
}

#[tokio::test]
async fn only_a_refusal_in_the_hub_s_form_proves_that_no_key_was_made() {
    let html = "<html>Request Timeout</html>";
    let unknown = [
        (408, html),
        (404, "<html>Not Found</html>"),
        (405, ""),
        (401, "Unauthorized"),
        (403, r#"["error"]"#),
        (403, r#"{"status":"forbidden"}"#),
        (403, r#"{"error":"channel is susp"#),
        (400, "null"),
        (408, r#"{"error":"timeout"}"#),
        (407, r#"{"error":"proxy"}"#),
        (402, r#"{"error":"pay first"}"#),
        (421, r#"{"error":"misdirected"}"#),
        (425, r#"{"error":"too early"}"#),
        (451, r#"{"error":"blocked"}"#),
        (499, r#"{"error":"closed"}"#),
        (503, r#"{"error":"maintenance"}"#),
        (302, r#"{"message":"elsewhere"}"#),
        (204, ""),
        (200, html),
        (201, r#"{"error":"odd"}"#),
        // Refusals that contradict themselves
        (404, r#"{"meta":{"success":true,"http_code":201}}"#),
        (404, r#"{"meta":{"http_code":504,"developer_message":"upstream timeout"}}"#),
        (409, r#"{"message":"created","api_key":"********kX9pAK"}"#),
    ];
    for (status, body) in unknown {
        let scene = Scene::set().await;

        let answer = Fault::new(MAKE_KEY, Do::Answer).status(status).body(body).after_commit();
        let error = scene.spoilt(answer).await;

        assert!(matches!(error, ChangeError::Unknown(_)), "{status} {body}: {error:?}");
        assert!(scene.took_effect().await, "the Hub made one");
        assert_eq!(scene.sent(), 1);
    }
    for (status, body) in [
        (400, r#"{"message":"Wrong payload"}"#),
        (401, r#"{"error":"token expired"}"#),
        (403, r#"{"error":"channel is suspended"}"#),
        (404, r#"{"detail":"Not found"}"#),
        (405, r#"{"message":null}"#),
        (409, r#"{"errors":[{"title":"running"}]}"#),
        (422, "\u{feff}{\"detail\":[]}"),
        (429, r#"{"meta":{"success":false}}"#),
        // A field's name before what is wrong with it
        (400, r#"{"meta":{"success":false,"http_code":400,"details":[{"api_key":"required"}]}}"#),
        (422, r#"{"message":{"api_key":"limit_of_keys_reached_for_channel"}}"#),
    ] {
        let scene = Scene::set().await;

        let error = scene.spoilt(Fault::new(MAKE_KEY, Do::Answer).status(status).body(body)).await;

        assert!(matches!(error, ChangeError::Unchanged(_)), "{status} {body}: {error:?}");
        assert!(!scene.took_effect().await);
    }
}

#[tokio::test]
async fn refusal_that_is_cut_proves_nothing() {
    for framing in [Framing::Half, Framing::TooLong, Framing::NoLastChunk] {
        let scene = Scene::set().await;
        let refusal = Fault::new(MAKE_KEY, Do::Answer).status(403).body(r#"{"error":"no"}"#);

        let error = scene.spoilt(refusal.after_commit().framing(framing)).await;

        assert_eq!(error, ChangeError::Unknown(HubError::NoAnswer), "{framing:?}");
    }
}

#[tokio::test]
async fn key_that_arrives_is_returned_whatever_else_is_wrong_with_the_answer() {
    let answer = || Fault::new(MAKE_KEY, Do::Answer).after_commit();
    for fault in [
        answer().body("\u{feff}{{answer}}"),
        answer()
            .body(r#"{"id":1e999,"api_key":"{{answer.api_key}}","api_key":"{{answer.api_key}}"}<!-- gw -->"#),
        answer().body("{{answer}}\0"),
        answer().body(r#"{"name":"Hotel \ud83d","api_key":" {{answer.api_key}}\r\n"}"#),
        answer().body(r#"{"api_key":{{answer}}}"#),
        answer().body(r#"{"api_key":"{{answer.api_key}}","name":"cut in the mi"#),
        answer().bytes(
            [b"\xef\xbb\xbf{\"name\":\"\xff\",\"api_key\":\"".as_slice(), b"{{answer.api_key}}\"}"].concat(),
        ),
        answer().framing(Framing::TooLong),
        answer().framing(Framing::NoLastChunk),
        answer().encoding(Encoding::Gzip),
        answer().encoding(Encoding::Gzip).header("Content-Encoding", "identity"),
        answer().encoding(Encoding::Deflate),
        answer().encoding(Encoding::RawDeflate),
        answer().encoding(Encoding::Gzip).framing(Framing::TooLong),
        answer().status(200),
        answer().status(302),
        answer().status(404),
        answer().status(502),
    ] {
        let scene = Scene::set().await;
        scene.practice.hub.set_faults(vec![fault.clone()]);

        let new = scene.make_key().await;

        let new = new.unwrap_or_else(|error| panic!("{fault:?}: {error:?}"));
        assert!(new.others.is_empty(), "{fault:?}");
        scene.practice.hub.set_faults(Vec::new());
        assert!(scene.practice.is_alive(&new.key).await, "{fault:?}");
        assert_eq!(scene.sent(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn two_different_keys_in_one_answer_are_both_returned() {
    let scene = Scene::set().await;
    let body = r#"{"api_key":"inventedinventedAK","data":{{answer}}}"#;
    scene.practice.hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Answer).after_commit().body(body)]);

    let new = scene.make_key().await.expect("keys");

    assert!(new.key.same_as(&ApiKey::new("inventedinventedAK")));
    assert_eq!(new.others.len(), 1);
    scene.practice.hub.set_faults(Vec::new());
    assert!(scene.practice.is_alive(&new.others[0].key).await);
}

#[tokio::test]
async fn what_the_hub_says_is_quoted_cleaned_and_capped() {
    let host = Scripted::answering(|_| {
        let long = "x".repeat(5_000);
        let body = format!(r#"{{"meta":{{"developer_message":"No\u001b[31m\u202e way. {long}"}}}}"#);
        answer("403 Forbidden", "", &body)
    })
    .await;

    let made =
        rest(&host.hub()).make_key(&SessionToken::new("invented"), &client("aCL"), &channel("bCH")).await;

    let Err(ChangeError::Unchanged(HubError::Refused { status: 403, said: Some(said) })) = made else {
        panic!("{made:?}")
    };
    assert!(said.as_str().starts_with("No[31m way. xxx"), "{said:?}");
    assert_eq!(said.as_str().chars().count(), channel_keys_core::hub::Quote::LONGEST);
}

#[tokio::test]
async fn the_request_is_a_post_with_a_json_body_and_the_session() {
    let host =
        Scripted::answering(|_| answer("201 Created", "", r#"{"api_key":"inventedinventedAK"}"#)).await;

    rest(&host.hub())
        .make_key(&SessionToken::new("invented"), &client("aCL"), &channel("bCH"))
        .await
        .expect("a key");

    let request = host.requests().remove(0);
    assert!(request.starts_with("POST /api/v2/clients/aCL/channels/bCH/api_keys HTTP/1.1\r\n"));
    assert_eq!(header(&request, "authorization"), Some("Bearer invented"));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert!(request.ends_with("\r\n\r\n{}"), "an empty object is sent");
}

#[tokio::test]
async fn the_list_of_keys_tells_each_apart_and_a_new_key_takes_the_place_of_the_earlier_one() {
    let scene = Scene::set().await;
    let list = async || {
        let (hub, harbour) = (&scene.practice.rest, scene.practice.client(HARBOUR));
        hub.key_list(&scene.token, &harbour, &scene.channel).await.expect("the list")
    };

    let before = list().await;
    let new = scene.make_key().await.expect("a key");
    let after = list().await;

    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!(before[0].tail, Fact::Told(scene.earlier.tail()));
    assert_eq!(after[0].tail, Fact::Told(new.key.tail()));
    assert_eq!(after[0].hub_id, new.hub_id, "the id is the one that came with the key");
    assert_ne!(before[0].mark(), after[0].mark());
    assert_eq!(scene.sent(), 1, "looking asks for no key");
}

#[tokio::test]
async fn of_a_listed_key_no_more_is_taken_than_what_tells_it_apart() {
    for (listed, tail) in [
        (r#"{"api_key":"inventedinventedkX9pAK"}"#, Fact::Told("kX9p".to_owned())),
        (r#"{"id":201126,"api_key":"**********************"}"#, Fact::NotTold),
        (r#"{"id":"201126","api_key":null}"#, Fact::NotTold),
    ] {
        let host =
            Scripted::answering(move |_| answer("200 OK", "", &format!(r#"{{"api_keys":[{listed}]}}"#)))
                .await;

        let list =
            rest(&host.hub()).key_list(&SessionToken::new("invented"), &client("aCL"), &channel("bCH")).await;

        let list = list.expect("a list");
        assert_eq!(list[0].tail, tail, "{listed}");
        assert!(!format!("{list:?}").contains("invented"), "the key is not kept");
    }
}

#[tokio::test]
async fn a_hub_that_lists_no_keys_says_so_and_one_that_answers_something_else_is_not_believed() {
    let scene = Scene::set().await;
    let list = async || {
        let (hub, harbour) = (&scene.practice.rest, scene.practice.client(HARBOUR));
        hub.key_list(&scene.token, &harbour, &scene.channel).await.map(drop)
    };
    let call = "GET /clients/*/channels/*/api_keys";

    scene.practice.hub.set_faults(vec![Fault::new(call, Do::Status).status(405)]);
    assert!(matches!(list().await, Err(HubError::NotThere(_))));
    scene.practice.spoil(call, Do::NotJson);
    assert_eq!(list().await, Err(HubError::NotUnderstood { status: 200 }));
}

fn client(id: &str) -> ClientId {
    ClientId(id.into())
}

fn channel(id: &str) -> ChannelId {
    ChannelId(id.into())
}
