//! Giving a partner the permission for a channel, and removing it.

use std::time::Duration;

use channel_keys_core::channel::{ChannelId, ClientId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{ChangeError, Hub, HubError};
use channel_keys_core::secret::SessionToken;
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, answer, header, json};

const SHARED: Fact<Permission> = Fact::Told(Permission::Shared);
const MISSING: Fact<Permission> = Fact::Told(Permission::Missing);

/// A practice Hub with somebody signed in, about to change one permission.
struct Scene {
    practice: Practice,
    token: SessionToken,
    client: ClientId,
    channel: ChannelId,
}

impl Scene {
    async fn of(who: Credentials, client: &str, channel: &str) -> Self {
        let practice = practise().await;
        let token = practice.sign_in(who).await;
        let (client, channel) = (practice.client(client), practice.channel(client, channel));
        Self { practice, token, client, channel }
    }

    /// Maria's channel that is Missing.
    async fn set() -> Self {
        Self::of(MARIA, HARBOUR, "Restaurant bookings").await
    }

    async fn change(&self, to: Permission) -> Result<Fact<Permission>, ChangeError> {
        self.practice.rest.set_permission(&self.token, &self.client, &self.channel, to).await
    }

    async fn give(&self) -> Result<Fact<Permission>, ChangeError> {
        self.change(Permission::Shared).await
    }

    async fn spoilt(&self, fault: Fault) -> ChangeError {
        self.practice.hub.set_faults(vec![fault]);
        let error = self.give().await.expect_err("it fails");
        self.practice.hub.set_faults(Vec::new());
        error
    }

    /// What the Hub's list says now.
    async fn holds(&self) -> Fact<Permission> {
        let channels =
            self.practice.rest.channels(&self.token, &self.client).await.expect("the channels").items;
        channels.into_iter().find(|it| it.id == self.channel).expect("the channel").permission
    }
}

/// What is made of an answer to a change, given or removed.
async fn made_of(body: &'static str, to: Permission) -> Result<Fact<Permission>, ChangeError> {
    let host = Scripted::answering(move |_| json(body)).await;
    let (client, channel) = (ClientId("aCL".into()), ChannelId("bCH".into()));
    rest(&host.hub()).set_permission(&SessionToken::new("invented"), &client, &channel, to).await
}

#[tokio::test]
async fn a_permission_is_given_and_removed_and_what_holds_is_told() {
    let scene = Scene::set().await;
    assert_eq!(scene.holds().await, MISSING);

    assert_eq!(scene.give().await, Ok(SHARED));
    assert_eq!(scene.holds().await, SHARED);
    assert_eq!(scene.change(Permission::Missing).await, Ok(MISSING));
    assert_eq!(scene.holds().await, MISSING);
    assert_eq!((scene.practice.count(GIVE), scene.practice.count(REMOVE)), (1, 1));
}

#[tokio::test]
async fn asking_for_what_holds_already_comes_to_the_same() {
    let scene = Scene::set().await;
    for _ in 0..2 {
        assert_eq!(scene.change(Permission::Missing).await, Ok(MISSING));
    }
    for _ in 0..2 {
        assert_eq!(scene.give().await, Ok(SHARED));
    }
    assert_eq!(scene.holds().await, SHARED);
}

#[tokio::test]
async fn giving_is_a_put_and_removing_a_delete_with_the_session_and_nothing_else() {
    let host = Scripted::answering(|_| json("{}")).await;
    let (client, channel) = (ClientId("a/../CL".into()), ChannelId("b?CH".into()));
    for to in [Permission::Shared, Permission::Missing] {
        let token = SessionToken::new("invented");
        let told = rest(&host.hub()).set_permission(&token, &client, &channel, to).await;
        assert_eq!(told, Ok(Fact::NotTold));
    }

    let requests = host.requests();
    for (request, method) in requests.iter().zip(["PUT", "DELETE"]) {
        let path = "/api/v2/clients/a%2F..%2FCL/channels/b%3FCH/partner_permission";
        assert!(request.starts_with(&format!("{method} {path} HTTP/1.1\r\n")), "{request}");
        assert_eq!(header(request, "authorization"), Some("Bearer invented"));
        assert!(request.ends_with("\r\n\r\n"), "it has a body: {request}");
    }
    assert_eq!(requests.len(), 2, "each was sent once");
}

#[tokio::test]
async fn an_answer_that_says_otherwise_is_believed() {
    assert_eq!(made_of(r#"{"shared":false}"#, Permission::Shared).await, Ok(MISSING));
    assert_eq!(made_of(r#"{"channel_id":"bCH","shared":true}"#, Permission::Missing).await, Ok(SHARED));
}

#[tokio::test]
async fn an_answer_that_does_not_say_what_holds_is_not_told_and_no_failure() {
    for body in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"shared":null}"#,
        r#"{"shared":"yes"}"#,
        r#"{"shared":1}"#,
        r#"{"channel_id":"anotherCH","shared":true}"#,
        "<!doctype html><title>Sign in</title>",
    ] {
        for to in [Permission::Shared, Permission::Missing] {
            assert_eq!(made_of(body, to).await, Ok(Fact::NotTold), "{body}");
        }
    }
    let empty = Scripted::answering(|_| answer("204 No Content", "", "")).await;
    let (client, channel) = (ClientId("aCL".into()), ChannelId("bCH".into()));
    let token = SessionToken::new("invented");
    let told = rest(&empty.hub()).set_permission(&token, &client, &channel, Permission::Missing).await;
    assert_eq!(told, Ok(Fact::NotTold));
}

#[tokio::test]
async fn a_refusal_is_quoted_and_changes_nothing() {
    let citas = Scene::of(LUCIA, AURORA, "Citas").await;
    let member = Scene::of(JONAS, HARBOUR, "Front desk").await;
    for (scene, words_of_it) in [
        (&citas, "Ask your partner to remove it."),
        (&member, "Only an Owner may change the partner permission."),
    ] {
        let error = scene.change(Permission::Missing).await.expect_err("it is refused");

        let ChangeError::Unchanged(HubError::Refused { status: 403, said }) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(words(said), Some(words_of_it));
        assert_eq!(scene.holds().await, SHARED);
    }
    let alone = Scene::of(RUI, PADARIA, "Encomendas").await;
    let error = alone.give().await.expect_err("there is no partner");
    assert!(matches!(error.error(), HubError::Refused { status: 400, .. }), "{error:?}");
}

#[tokio::test]
async fn a_channel_or_a_call_that_is_not_there_is_told_as_such() {
    let scene = Scene::set().await;
    let nowhere = Scene { channel: ChannelId("nosuchCH".into()), ..Scene::set().await };
    let someone_elses = scene.practice.channel(PADARIA, "Encomendas");
    let not_hers = Scene { channel: someone_elses, ..Scene::set().await };

    for error in [
        nowhere.give().await.expect_err("no such channel"),
        not_hers.give().await.expect_err("not hers"),
        scene.spoilt(Fault::new(GIVE, Do::Status).status(404)).await,
        scene.spoilt(Fault::new(GIVE, Do::Status).status(405)).await,
    ] {
        assert!(matches!(error, ChangeError::Unchanged(HubError::NotThere(_))), "{error:?}");
    }
    assert_eq!(scene.holds().await, MISSING);
}

#[tokio::test]
async fn what_did_not_take_effect_is_told_from_what_may_have() {
    let scene = Scene::set().await;

    let busy = scene.spoilt(Fault::new(GIVE, Do::Status).status(429).header("Retry-After", "7")).await;
    let ended = scene.spoilt(Fault::new(GIVE, Do::Status).status(401)).await;
    let in_trouble = scene.spoilt(Fault::new(GIVE, Do::Status).status(500)).await;
    let silent = scene.spoilt(Fault::new(GIVE, Do::ResetBeforeCommit)).await;

    let page = Fault::new(GIVE, Do::Answer).status(404).body("<html>Not Found</html>").after_commit();
    let not_the_hub = scene.spoilt(page).await;

    let wait = Some(Duration::from_secs(7));
    let ChangeError::Unchanged(HubError::TooMany { wait: told, .. }) = &busy else { panic!("{busy:?}") };
    assert_eq!(*told, wait);
    assert_eq!(ended, ChangeError::Unchanged(HubError::SessionEnded));
    assert!(matches!(in_trouble, ChangeError::Unknown(HubError::InTrouble { status: 500, .. })));
    assert_eq!(silent, ChangeError::Unknown(HubError::NoAnswer));
    assert_eq!(not_the_hub, ChangeError::Unknown(HubError::NotUnderstood { status: 404 }));
    assert_eq!(scene.holds().await, SHARED, "the last one took effect");
    assert_eq!(scene.practice.count(GIVE), 5, "each was sent once");
}

#[tokio::test]
async fn an_answer_that_is_lost_on_its_way_is_no_answer_though_it_took_effect() {
    for lost in [Do::ResetAfterCommit, Do::CutBody] {
        let scene = Scene::set().await;

        let error = scene.spoilt(Fault::new(GIVE, lost)).await;

        assert_eq!(error, ChangeError::Unknown(HubError::NoAnswer), "{lost:?}");
        assert_eq!(scene.holds().await, SHARED);
        assert_eq!(scene.practice.count(GIVE), 1);
    }
    let scene = Scene::set().await;
    let endless = scene.spoilt(Fault::new(GIVE, Do::HugeBody)).await;
    assert_eq!(endless, ChangeError::Unknown(HubError::NotUnderstood { status: 200 }));
}
