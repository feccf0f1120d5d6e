//! Signing in, and whose session it is.

use std::time::Duration;

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError, Rank, Role};
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, json};

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

#[tokio::test]
async fn a_refusal_of_another_form_reads_as_a_wrong_password_and_nothing_else_does() {
    let practice = practise().await;
    let answered = async |fault: Fault| {
        practice.hub.set_faults(vec![fault]);
        practice.try_sign_in(MARIA).await.expect_err("it fails")
    };

    for status in [400, 401, 403] {
        let error = answered(Fault::new(TOKEN, Do::Status).status(status)).await;
        assert!(matches!(error, HubError::WrongPassword(_)), "{status}: {error:?}");
    }
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
    assert_eq!(practice.count(TOKEN), 10, "a password is never sent a second time by itself");
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
