//! Signing in, as each kind of account.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ClientId;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached, Person, Rank, Role};
use channel_keys_core::session::Session;
use practice_hub::{Do, Fault};

use crate::desk::*;

#[tokio::test]
async fn a_person_with_one_client_is_at_work_for_it() {
    let desk = Desk::set().await;
    assert!(matches!(desk.app.session(), Session::SignedOut));

    let session = desk.try_sign_in(("  maria@harbour-hotel.example ", MARIA.1)).await.expect("she is let in");

    let Session::Client(at_work) = &session else { panic!("{session:?}") };
    assert_eq!(at_work.client, desk.client_id(HARBOUR));
    assert_eq!((at_work.person.email.as_str(), &at_work.rank), (MARIA.0, &Some(Rank::Owner)));
    assert!(matches!(desk.app.session(), Session::Client(_)));
}

#[tokio::test]
async fn a_person_with_several_clients_chooses_one_by_its_name() {
    let desk = Desk::set().await;

    let session = desk.sign_in(SAM).await;

    let Session::Choosing { person, .. } = &session else { panic!("{session:?}") };
    let names: Vec<_> = person
        .roles
        .iter()
        .map(|role| match role {
            Role::Client { name, .. } => name.told().map(String::as_str),
            Role::Partner { .. } => None,
        })
        .collect();
    assert_eq!(names, [Some("Sam's Bikes"), Some("Sam's Coffee")]);
    assert_eq!(desk.app.channels().await.expect_err("none is chosen"), Trouble::NotSignedIn);

    let coffee = desk.client_id("Sam's Coffee");
    let chosen = desk.app.choose_client(&coffee).expect("it is his");

    let Session::Client(at_work) = &chosen else { panic!("{chosen:?}") };
    assert_eq!((&at_work.client, &at_work.rank), (&coffee, &Some(Rank::Member)));
    let overview = desk.app.channels().await.expect("the channels");
    assert_eq!(overview.client.name, Fact::Told("Sam's Coffee".into()));
}

#[tokio::test]
async fn a_person_with_several_clients_turns_from_one_to_the_other_and_to_nobody_elses() {
    let desk = Desk::set().await;
    desk.sign_in(SAM).await;
    let (bikes, coffee) = (desk.client_id("Sam's Bikes"), desk.client_id("Sam's Coffee"));
    desk.app.choose_client(&bikes).expect("it is his");
    let workshop = desk.channel_of("Sam's Bikes", "Workshop");
    let before = desk.before(&workshop).await;

    desk.app.choose_client(&coffee).expect("it is his too");
    let not_his = desk.app.choose_client(&desk.client_id(HARBOUR));
    let stale = desk.app.make_key(&before.ticket).await;

    assert_eq!(not_his.expect_err("it is not his"), Trouble::NotSignedIn);
    assert_eq!(desk.app.channels().await.expect("the channels").client.id, coffee);
    assert_eq!(stale.expect_err("the ticket was for the other client"), Trouble::AlreadyAsked);
    assert_eq!(desk.count(MAKE_KEY), 0);
    assert_eq!(desk.app.history().expect("the history").len(), 1, "he signed in once");
}

#[tokio::test]
async fn clients_whose_names_can_t_be_had_can_still_be_chosen() {
    let desk = Desk::set().await;
    desk.spoil(Fault::new(CLIENT, Do::Status).status(404));

    let session = desk.sign_in(SAM).await;

    let Session::Choosing { person, .. } = &session else { panic!("{session:?}") };
    assert!(person.roles.iter().all(|role| matches!(role, Role::Client { name: Fact::NotTold, .. })));
    assert!(desk.app.choose_client(&desk.client_id("Sam's Bikes")).is_ok());
}

#[tokio::test]
async fn a_partners_account_is_told_as_one_and_has_no_channels_of_its_own() {
    let desk = Desk::set().await;

    let session = desk.sign_in(JO).await;

    let Session::Partner(at_desk) = &session else { panic!("{session:?}") };
    assert_eq!(at_desk.caller.partner.0, desk.hub.partner_id());
    assert_eq!(at_desk.person.as_ref().map(|person| person.email.as_str()), Some(JO.0));
    assert_eq!(desk.app.channels().await.expect_err("it is no client"), Trouble::NotSignedIn);
}

#[tokio::test]
async fn an_account_of_no_client_and_no_partner_is_told_as_such_and_leaves_nobody_signed_in() {
    let desk = Desk::set().await;
    let (id, email) = ("0aB1cDU".to_owned(), MARIA.0.to_owned());
    desk.odd.say_it_is(Person { id, email, name: Fact::NotTold, roles: Vec::new() });

    let trouble = desk.try_sign_in(MARIA).await.expect_err("there is nothing to see");

    assert_eq!(trouble, Trouble::NoRoles);
    assert!(matches!(desk.app.session(), Session::SignedOut));
    assert!(desk.app.accounts().expect("the accounts").is_empty(), "nobody was here");
}

#[tokio::test]
async fn a_wrong_password_says_so_and_keeps_nobody_signed_in() {
    let desk = Desk::set().await;

    let trouble = desk.try_sign_in((MARIA.0, "wrong")).await.expect_err("it is wrong");

    assert!(matches!(trouble, Trouble::Hub(HubError::WrongPassword(Some(_)))), "{trouble:?}");
    assert!(matches!(desk.app.session(), Session::SignedOut));
    assert_eq!((desk.count(TOKEN), desk.count(ME)), (1, 0));
}

#[tokio::test]
async fn a_wrong_password_leaves_the_session_at_work_as_it_was() {
    let desk = Desk::of_maria().await;

    let trouble = desk.try_sign_in((JONAS.0, "wrong")).await;

    assert!(trouble.is_err());
    assert!(matches!(desk.app.session(), Session::Client(at_work) if at_work.person.email == MARIA.0));
}

#[tokio::test]
async fn a_second_factor_is_told_in_the_hubs_words_and_signs_nobody_in() {
    let desk = Desk::set().await;

    let trouble = desk.try_sign_in(NORA).await.expect_err("a password is not enough");

    let Trouble::Hub(HubError::SecondFactor(Some(said))) = &trouble else { panic!("{trouble:?}") };
    assert_eq!(said.as_str(), "This account is protected by a second factor.");
    assert!(matches!(desk.app.session(), Session::SignedOut));
}

#[tokio::test]
async fn where_the_hub_does_not_say_whose_account_it_is_the_person_names_the_client() {
    for odd in [Fault::new(ME, Do::NotJson), Fault::new(ME, Do::Refuse)] {
        let desk = Desk::set().await;
        desk.spoil(odd);
        let session = desk.sign_in(MARIA).await;
        assert!(
            matches!(session, Session::ClientIdNeeded { .. }),
            "a guessed call keeps nobody out: {session:?}"
        );
    }
    let desk = Desk::set().await;
    desk.spoil(Fault::new(ME, Do::Status).status(404));

    let session = desk.sign_in(MARIA).await;
    assert!(matches!(&session, Session::ClientIdNeeded { email, .. } if email == MARIA.0), "{session:?}");
    let wrong = desk.app.name_client(ClientId("nosuchCL".into())).await;
    assert!(matches!(wrong, Err(Trouble::Hub(HubError::Refused { status: 403, .. }))), "{wrong:?}");
    assert!(matches!(desk.app.session(), Session::ClientIdNeeded { .. }), "a wrong id can be put right");
    let right = desk.app.name_client(desk.client_id(HARBOUR)).await.expect("it answers");

    assert!(matches!(&right, Session::Client(at_work) if at_work.rank.is_none()), "{right:?}");
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;
    assert!(desk.works(&made.record.id).await, "the job can be done all the same");
}

#[tokio::test]
async fn a_hub_in_trouble_over_whose_account_it_is_signs_nobody_in() {
    let desk = Desk::set().await;
    desk.spoil(Fault::new(ME, Do::Status).status(500));

    let trouble = desk.try_sign_in(MARIA).await;

    assert!(matches!(trouble, Err(Trouble::Hub(HubError::InTrouble { .. }))), "{trouble:?}");
    assert!(matches!(desk.app.session(), Session::SignedOut));
}

#[tokio::test]
async fn signing_out_forgets_session_channels_and_ticket() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;

    desk.app.sign_out().expect("no key lies in memory");

    assert!(matches!(desk.app.session(), Session::SignedOut));
    assert_eq!(desk.app.channels().await.expect_err("nobody is there"), Trouble::NotSignedIn);
    assert_eq!(desk.app.make_key(&before.ticket).await.expect_err("nobody is there"), Trouble::NotSignedIn);
    desk.sign_in(MARIA).await;
    assert_eq!(desk.app.make_key(&before.ticket).await.expect_err("it is gone"), Trouble::AlreadyAsked);
    assert_eq!(desk.count(MAKE_KEY), 0);
}

#[tokio::test]
async fn each_way_in_which_a_hub_lets_nobody_in_is_told_from_the_others_and_leaves_nobody_signed_in() {
    let desk = Desk::set().await;
    let status = |status| Fault::new(TOKEN, Do::Status).status(status);
    type IsIt = fn(&HubError) -> bool;
    let blocked = r#"{"error":"unauthorized","error_description":"user is blocked"}"#;
    let malformed = r#"{"error":"invalid_request","error_description":"Missing required parameter"}"#;
    let answer = |status, body: &str| Fault::new(TOKEN, Do::Answer).status(status).body(body);
    let ways: [(Fault, IsIt); 8] = [
        (
            answer(403, blocked),
            |error| matches!(error, HubError::Refused { status: 403, said: Some(said) } if said.as_str() == "user is blocked"),
        ),
        (answer(400, malformed), |error| matches!(error, HubError::BadRequest { said: Some(_), .. })),
        (answer(401, "<html>Log in to this network</html>"), |error| {
            matches!(error, HubError::NotUnderstood { status: 401 })
        }),
        (
            status(429).header("Retry-After", "20"),
            |error| matches!(error, HubError::TooMany { wait: Some(wait), .. } if wait.as_secs() == 20),
        ),
        (status(503), |error| matches!(error, HubError::InTrouble { status: 503, .. })),
        (status(404), |error| matches!(error, HubError::NotUnderstood { status: 404 })),
        (Fault::new(TOKEN, Do::NotJson), |error| matches!(error, HubError::NotUnderstood { status: 200 })),
        (Fault::new(TOKEN, Do::ResetAfterCommit), |error| *error == HubError::NoAnswer),
    ];
    for (fault, is_it) in ways {
        desk.spoil(fault);
        let trouble = desk.try_sign_in(MARIA).await.expect_err("the Hub lets nobody in");
        assert!(matches!(&trouble, Trouble::Hub(error) if is_it(error)), "{trouble:?}");
        assert!(matches!(desk.app.session(), Session::SignedOut));
    }
    desk.mend_hub();
    desk.sign_in(MARIA).await;
}

#[tokio::test]
async fn without_a_network_nothing_is_sent_and_it_is_said_what_was_not_reached() {
    let mut desk = Desk::set().await;
    desk.lose_the_hub().await;

    let trouble = desk.try_sign_in(MARIA).await.expect_err("nobody answers");

    assert_eq!(trouble, Trouble::Hub(HubError::NotReached(NotReached::Connection)));
    assert!(desk.app.accounts().expect("the accounts").is_empty(), "nobody was here");
}
