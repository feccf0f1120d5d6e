//! Signing in, and whose session it is.

use std::time::Duration;

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError, Quote, Rank, Role};
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, answer, json};

#[tokio::test]
async fn a_right_password_opens_a_session_that_says_whose_it_is() {
    let practice = practise().await;

    let token = practice.sign_in(MARIA).await;
    let person = practice.rest.person(&token).await.expect("a person");

    assert_eq!(person.email, MARIA.0);
    assert_eq!(person.name, Fact::Told("Maria Koch".into()));
    assert!(person.id.ends_with('U'), "{}", person.id);
    let Role::Client { client, rank, name } = &person.roles[0] else { panic!("{:?}", person.roles) };
    assert_eq!((client, rank), (&practice.client(HARBOUR), &Rank::Owner));
    assert_eq!(*name, Fact::NotTold, "the Hub does not name the client here");
    assert_eq!((practice.count(TOKEN), practice.count(ME)), (1, 1));
}

#[tokio::test]
async fn roles_are_told_as_they_are_owner_member_several_and_partner() {
    let practice = practise().await;
    let mut told = Vec::new();

    for who in [JONAS, SAM, JO, TIM] {
        let token = practice.sign_in(who).await;
        told.push(practice.rest.person(&token).await.expect("a person").roles);
    }

    assert!(matches!(&told[0][..], [Role::Client { rank: Rank::Member, .. }]), "{:?}", told[0]);
    let [
        Role::Client { client: bikes, rank: Rank::Owner, .. },
        Role::Client { client: coffee, rank: Rank::Member, .. },
    ] = &told[1][..]
    else {
        panic!("{:?}", told[1]);
    };
    assert_eq!((bikes, coffee), (&practice.client("Sam's Bikes"), &practice.client("Sam's Coffee")));
    for (roles, wanted) in [(&told[2], Rank::Owner), (&told[3], Rank::Member)] {
        let [Role::Partner { partner, rank }] = &roles[..] else { panic!("{roles:?}") };
        assert_eq!((&partner.0, rank), (&practice.hub.partner_id(), &wanted));
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_as_one_in_the_hubs_words() {
    let practice = practise().await;

    for wrong in [(MARIA.0, "practice-harbor"), ("nobody@harbour-hotel.example", MARIA.1)] {
        let error = practice.try_sign_in(wrong).await.expect_err("it is wrong");

        let HubError::WrongPassword(said) = &error else { panic!("{error:?}") };
        assert_eq!(words(said), Some("Wrong email or password."));
    }
    assert_eq!(practice.count(TOKEN), 2, "each was sent once");
}

#[tokio::test]
async fn an_account_with_a_second_factor_is_not_told_that_its_password_is_wrong() {
    let practice = practise().await;

    let error = practice.try_sign_in(NORA).await.expect_err("a password is not enough");

    let HubError::SecondFactor(said) = &error else { panic!("{error:?}") };
    assert_eq!(words(said), Some("This account is protected by a second factor."));
}

#[tokio::test]
async fn who_guesses_too_often_is_told_how_long_to_wait_and_then_gets_in() {
    let clock = SetClock::new();
    let practice = practise_by(&clock).await;
    for _ in 0..5 {
        let error = practice.try_sign_in((MARIA.0, "guess")).await;
        assert!(matches!(error, Err(HubError::WrongPassword(_))), "{error:?}");
    }

    let sixth = practice.try_sign_in((MARIA.0, "guess")).await;
    let too_soon = practice.try_sign_in(MARIA).await;
    clock.forward(time::Duration::seconds(31));
    let later = practice.try_sign_in(MARIA).await;

    let wait = Some(Duration::from_secs(30));
    assert!(matches!(&sixth, Err(HubError::TooMany { wait: told, .. }) if *told == wait), "{sixth:?}");
    assert!(matches!(&too_soon, Err(HubError::TooMany { wait: told, .. }) if *told == wait), "{too_soon:?}");
    assert!(later.is_ok(), "{later:?}");
}

/// What signing in comes to at a host that answers so.
async fn signed_in_at(
    status: &'static str,
    headers: &'static str,
    body: &'static str,
) -> Result<(), HubError> {
    let host = Scripted::answering(move |_| answer(status, headers, body)).await;
    let session = rest(&host.hub()).sign_in("maria", &Password::new("invented")).await.map(drop);
    assert_eq!(host.connections(), 1, "a password is never sent a second time by itself");
    session
}

#[tokio::test]
async fn a_refused_sign_in_is_told_as_what_it_is_and_quoted() {
    for (status, body, error) in [
        (
            "403 Forbidden",
            r#"{"error": "unauthorized", "error_description": "user is blocked"}"#,
            HubError::Refused { status: 403, said: Quote::from_text("user is blocked") },
        ),
        (
            "401 Unauthorized",
            r#"{"error": "Unauthorized", "message": "Bad credentials"}"#,
            HubError::WrongPassword(Quote::from_text("Bad credentials")),
        ),
    ] {
        assert_eq!(signed_in_at(status, "", body).await, Err(error), "{body}");
    }
}

#[tokio::test]
async fn what_stands_in_the_hub_s_place_is_not_a_wrong_password() {
    for (status, number) in [("401 Unauthorized", 401), ("403 Forbidden", 403), ("400 Bad Request", 400)] {
        for body in ["<html>Log in to this network</html>", "", "Forbidden", "[]", r#"{"status":"down"}"#] {
            let error = signed_in_at(status, "", body).await;
            assert_eq!(error, Err(HubError::NotUnderstood { status: number }), "{status} {body}");
        }
    }
}

#[tokio::test]
async fn any_status_of_the_two_hundreds_brings_a_session() {
    let body = r#"{"access_token":"invented","token_type":"Bearer","scope":"\ud83d","expires_in":86400.0}"#;
    for status in ["200 OK", "201 Created"] {
        assert_eq!(signed_in_at(status, "", body).await, Ok(()), "{status}");
    }
    for unusable in
        ["{}", r#"{"access_token":""}"#, r#"{"access_token":"two\nlines"}"#, "<html>Created</html>"]
    {
        let error = signed_in_at("201 Created", "", unusable).await;
        assert_eq!(error, Err(HubError::NotUnderstood { status: 201 }), "{unusable}");
    }
}

#[tokio::test]
async fn a_hub_that_fails_a_sign_in_is_not_asked_a_second_time() {
    let practice = practise().await;
    let answered = async |fault: Fault| {
        practice.hub.set_faults(vec![fault]);
        practice.try_sign_in(MARIA).await.expect_err("it fails")
    };

    for status in [404, 405] {
        let error = answered(Fault::new(TOKEN, Do::Status).status(status)).await;
        assert_eq!(error, HubError::NotUnderstood { status });
    }
    let error = answered(Fault::new(TOKEN, Do::Status).status(503)).await;
    assert!(matches!(error, HubError::InTrouble { status: 503, .. }), "{error:?}");
    let error = answered(Fault::new(TOKEN, Do::NotJson)).await;
    assert_eq!(error, HubError::NotUnderstood { status: 200 });
    for broken in [Do::ResetBeforeCommit, Do::ResetAfterCommit, Do::CutBody] {
        let error = answered(Fault::new(TOKEN, broken)).await;
        assert_eq!(error, HubError::NoAnswer, "{broken:?}");
    }
    assert_eq!(practice.count(TOKEN), 7, "a password is never sent a second time by itself");
}

#[tokio::test]
async fn a_session_of_another_kind_than_bearer_is_not_used() {
    let kind = |kind: &'static str| async move {
        let body = format!(r#"{{"access_token":"invented","token_type":"{kind}"}}"#);
        let host = Scripted::answering(move |_| json(&body)).await;
        rest(&host.hub()).sign_in("maria", &Password::new("invented")).await.map(drop)
    };

    assert_eq!(kind("bEaReR").await, Ok(()));
    assert_eq!(kind("mac").await, Err(HubError::NotUnderstood { status: 200 }));
}

#[tokio::test]
async fn how_long_a_session_lasts_is_told_and_not_made_up() {
    let practice = practise().await;
    let session = practice.rest.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("she is let in");
    assert_eq!(session.lasts, Fact::Told(Duration::from_secs(24 * 3600)));

    for (told, lasts) in [
        (r#","expires_in":3600"#, Fact::Told(3600)),
        (r#","expires_in":0"#, Fact::Told(0)),
        (r#","expires_in":18446744073709551615"#, Fact::Told(400 * 24 * 3600)),
        ("", Fact::NotTold),
        (r#","expires_in":"3600""#, Fact::Told(3600)),
        (r#","expires_in":null"#, Fact::NotTold),
        (r#","expires_in":-1"#, Fact::NotTold),
        (r#","expires_in":1e300"#, Fact::NotTold),
        (r#","expires_in":"soon""#, Fact::NotTold),
        (r#","expires_in":{"hours":24}"#, Fact::NotTold),
    ] {
        let body = format!(r#"{{"access_token":"invented","token_type":"Bearer"{told}}}"#);
        let host = Scripted::answering(move |_| json(&body)).await;

        let session = rest(&host.hub()).sign_in("maria", &Password::new("invented")).await;

        let session = session.expect("how long it lasts keeps nobody out");
        assert_eq!(session.lasts, lasts.map(Duration::from_secs), "{told}");
    }
}

#[tokio::test]
async fn a_session_ends_after_24_hours_and_says_so() {
    let clock = SetClock::new();
    let practice = practise_by(&clock).await;
    let token = practice.sign_in(MARIA).await;

    clock.forward(time::Duration::hours(23));
    let within = practice.rest.person(&token).await.map(drop);
    clock.forward(time::Duration::hours(2));
    let after = practice.rest.person(&token).await.map(drop);

    assert_eq!((within, after), (Ok(()), Err(HubError::SessionEnded)));
}

#[tokio::test]
async fn a_hub_without_a_word_on_whose_session_it_is_is_told_from_one_in_trouble() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;

    practice.hub.set_faults(vec![Fault::new(ME, Do::Status).status(404)]);
    let missing = practice.rest.person(&token).await.map(drop);
    practice.hub.set_faults(vec![Fault::new(ME, Do::Status).status(500)]);
    let in_trouble = practice.rest.person(&token).await.map(drop);

    assert!(matches!(missing, Err(HubError::NotThere(_))), "{missing:?}");
    assert!(matches!(in_trouble, Err(HubError::InTrouble { status: 500, .. })), "{in_trouble:?}");
}

#[tokio::test]
async fn a_person_of_whom_the_hub_tells_only_half_is_still_read() {
    let host = Scripted::answering(|_| {
        json(r#"{"id":42,"roles":[{"client_id":"aCL"},{"type":"guest"},{"partner_id":"bPA","role":"auditor"}],"new":1}"#)
    })
    .await;

    let token = channel_keys_core::secret::SessionToken::new("invented");
    let person = rest(&host.hub()).person(&token).await.expect("a person");

    assert_eq!((person.id.as_str(), person.email.as_str(), person.name), ("42", "", Fact::NotTold));
    let ranks: Vec<_> = person
        .roles
        .iter()
        .map(|role| match role {
            Role::Client { rank, .. } | Role::Partner { rank, .. } => rank.clone(),
        })
        .collect();
    assert_eq!(ranks, [Rank::Other(String::new()), Rank::Other("auditor".into())]);
}

#[tokio::test]
async fn blocked_account_is_told_to_wait_without_a_senseless_number() {
    // Seen: the moment when the block ends, in milliseconds since 1970
    let body = r#"{"error":"too_many_attempts","error_description":"Your account has been blocked after multiple consecutive login attempts."}"#;
    let host = Scripted::answering(move |_| {
        answer(
            "429 Too Many Requests",
            "retry-after: 1771404540000\r\ndate: Wed, 18 Feb 2026 08:44:00 GMT\r\n",
            body,
        )
    })
    .await;

    let refused = rest(&host.hub()).sign_in(MARIA.0, &Password::new(MARIA.1)).await.map(drop);

    let Err(HubError::TooMany { wait, said }) = refused else { panic!("{refused:?}") };
    assert_eq!(wait, Some(Duration::from_secs(5 * 60)), "it ends at 08:49");
    assert!(said.is_some_and(|said| said.as_str().contains("Your account has been blocked")));
    assert_eq!(host.connections(), 1, "it is not tried again by itself");
}
