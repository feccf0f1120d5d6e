//! Taking up a kept session on bad days, and ending it for good.

use channel_keys_core::app::Trouble;
use channel_keys_core::hub::{HubError, NotReached, Person};
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::records::{Realm, Records};
use channel_keys_core::session::Session;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::keychain::Hold;
use crate::watched::OnItsWay;

/// Maria stays signed in, and has seen her channels.
async fn desk_that_keeps_maria() -> Desk {
    let desk = Desk::of_maria().await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk.app.read_channels().await.expect("the channels");
    desk
}

#[tokio::test]
async fn without_network_work_goes_on_with_what_was_last_seen() {
    let mut desk = desk_that_keeps_maria().await;
    let seen = desk.app.channels().await.expect("the channels");
    desk.lose_the_hub().await;
    desk.clock.forward(Duration::hours(1));
    let desk = desk.start_again();

    let session = desk.app.resume().await.expect("the Hub is not needed for that");

    let Session::Client(at_work) = &session else { panic!("{session:?}") };
    assert_eq!((&at_work.client, at_work.person.email.as_str()), (&seen.client.id, MARIA.0));
    let listing = desk.app.listing(false).await.expect("the list");
    assert_eq!(listing.overview, seen, "as old as it is");
    assert_eq!(listing.not_fresh, Some(HubError::NotReached(NotReached::Connection)));
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0), "the next start tries again");
}

#[tokio::test]
async fn a_hub_in_trouble_is_no_reason_to_ask_for_the_password() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.hub.set_faults([ME, CLIENT, CHANNELS].map(|call| Fault::new(call, Do::Status).status(503)).into());

    desk.app.resume().await.expect("the Hub is not needed for that");

    let listing = desk.app.listing(false).await.expect("the list");
    assert_eq!(listing.overview.channels.len(), 4);
    assert!(
        matches!(listing.not_fresh, Some(HubError::InTrouble { status: 503, .. })),
        "{:?}",
        listing.not_fresh
    );
    desk.mend_hub();
    let fresh = desk.app.listing(true).await.expect("the list");
    assert_eq!(fresh.not_fresh, None, "once it is well again, the session is still good");
}

#[tokio::test]
async fn without_network_a_person_with_several_clients_is_at_work_for_the_same_one() {
    let mut desk = Desk::of(SAM).await;
    for name in ["Sam's Bikes", "Sam's Coffee"] {
        desk.app.choose_client(&desk.client_id(name)).expect("it is his");
        desk.app.read_channels().await.expect("the channels");
    }
    desk.app.keep_session().await.expect("the keychain takes it");
    let (bikes, coffee) = (desk.client_id("Sam's Bikes"), desk.client_id("Sam's Coffee"));
    desk.lose_the_hub().await;
    let desk = desk.start_again();

    let session = desk.app.resume().await.expect("the Hub is not needed for that");

    let Session::Client(at_work) = &session else { panic!("{session:?}") };
    assert_eq!(at_work.client, coffee);
    assert_eq!(at_work.client_name().as_deref(), Some("Sam's Coffee"));
    desk.app.choose_client(&bikes).expect("it is his too");
    let listing = desk.app.listing(false).await.expect("the list");
    assert_eq!((&listing.overview.client.id, listing.overview.channels.len()), (&bikes, 2));
}

#[tokio::test]
async fn a_hub_that_does_not_say_whose_session_it_is_leaves_it_as_it_was() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.spoil(Fault::new(ME, Do::Status).status(404));

    desk.app.resume().await.expect("it is remembered whose it is");

    assert_eq!(desk.at_work_for(), Some(desk.client_id(HARBOUR)));
    assert_eq!(desk.app.listing(true).await.expect("the list").not_fresh, None);
}

#[tokio::test]
async fn who_signs_in_while_the_keychain_keeps_the_old_session_waiting_stays_signed_in() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.keychain.hold(Hold::Get);

    let by_hand = async {
        desk.keychain.somebody_waits().await;
        desk.sign_in(JONAS).await;
        desk.keychain.let_through();
    };
    let (resumed, ()) = tokio::join!(desk.app.resume(), by_hand);

    assert!(matches!(&resumed, Ok(Session::Client(it)) if it.person.email == JONAS.0), "{resumed:?}");
    assert_eq!(desk.person().email, JONAS.0);
}

#[tokio::test]
async fn an_old_session_that_turns_out_to_be_over_does_not_take_a_new_one_with_it() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.spoil(Fault::new(ME, Do::ExpireToken).nth(1));
    desk.odd.gate.hold(OnItsWay::Person);

    let by_hand = async {
        desk.odd.gate.somebody_waits().await;
        desk.sign_in(MARIA).await;
        desk.app.keep_session().await.expect("the keychain takes it");
        desk.odd.gate.let_through();
    };
    let (resumed, ()) = tokio::join!(desk.app.resume(), by_hand);

    assert!(matches!(resumed, Ok(Session::Client(_))), "{resumed:?}");
    assert_eq!(desk.keychain.sessions(), [desk.person().id], "the new one is kept");
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::Client(_))), "and good");
}

#[tokio::test]
async fn who_signed_in_by_hand_is_not_bothered_with_a_keychain_that_stayed_locked() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.keychain.hold(Hold::Get);

    let by_hand = async {
        desk.keychain.somebody_waits().await;
        desk.sign_in(MARIA).await;
        desk.keychain.stay_locked();
        desk.keychain.let_through();
    };
    let (resumed, ()) = tokio::join!(desk.app.resume(), by_hand);

    assert!(matches!(resumed, Ok(Session::Client(_))), "{resumed:?}");
}

#[tokio::test]
async fn signing_out_takes_the_session_out_of_the_keychain() {
    let desk = desk_that_keeps_maria().await;

    desk.app.sign_out().expect("no key lies in memory");
    desk.app.forget_kept_session().await.expect("the keychain gives it up");

    assert!(desk.keychain.sessions().is_empty());
    assert_eq!((desk.app.may_resume(), desk.app.session_stays()), (None, None));
    let asked = desk.count(ME);
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::SignedOut)));
    assert_eq!(desk.count(ME), asked);
}

#[tokio::test]
async fn a_session_that_the_keychain_does_not_give_up_is_never_used_again_and_goes_when_it_can() {
    let desk = desk_that_keeps_maria().await;
    desk.keychain.refuse_to_remove();
    desk.app.sign_out().expect("no key lies in memory");

    let trouble = desk.app.forget_kept_session().await;

    assert_eq!(trouble, Err(Trouble::Keychain(KeychainError::Refused)));
    assert!(desk.app.session_stays().is_some(), "it is told that it stays");
    assert_eq!(desk.app.may_resume(), None);
    let asked = desk.count(ME);
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::SignedOut)));
    assert_eq!((desk.keychain.sessions().len(), desk.count(ME)), (1, asked), "it lies there, unused");

    desk.keychain.stay_locked();
    desk.app.put_away_ended_sessions().await;
    assert!(desk.app.session_stays().is_some(), "nobody is asked to unlock a keychain for it");
    desk.keychain.mend();
    let desk = desk.start_again();
    desk.app.put_away_ended_sessions().await;
    assert!(desk.keychain.sessions().is_empty(), "its removal was tried again");
    assert_eq!((desk.app.session_stays(), desk.count(ME)), (None, asked));
}

#[tokio::test]
async fn a_kept_session_that_did_not_end_is_not_put_away() {
    let desk = desk_that_keeps_maria().await;
    let desk = desk.start_again();

    desk.app.put_away_ended_sessions().await;

    assert_eq!(desk.keychain.sessions().len(), 1);
    assert!(matches!(desk.app.resume().await, Ok(Session::Client(_))));
}

#[tokio::test]
async fn signing_in_again_after_that_may_keep_a_session_anew() {
    let desk = desk_that_keeps_maria().await;
    desk.keychain.refuse_to_remove();
    desk.app.sign_out().expect("no key lies in memory");
    assert!(desk.app.forget_kept_session().await.is_err());

    desk.sign_in(MARIA).await;
    desk.app.keep_session().await.expect("the keychain takes it");

    assert_eq!(desk.app.session_stays(), None);
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::Client(_))));
}

#[tokio::test]
async fn records_that_can_t_be_written_leave_no_session_in_the_keychain_of_who_signed_out() {
    let desk = desk_that_keeps_maria().await;
    desk.records.fail_after(0);
    desk.app.sign_out().expect("no key lies in memory");

    let _ = desk.app.forget_kept_session().await;

    assert!(desk.keychain.sessions().is_empty());
    desk.records.mend();
    let asked = desk.count(ME);
    let desk = desk.start_again();
    assert!(!matches!(desk.app.resume().await, Ok(Session::Client(_))));
    assert_eq!((desk.count(ME), desk.records.kept_session(Realm::Practice)), (asked, Ok(None)));
}

#[tokio::test]
async fn where_neither_keychain_nor_records_do_as_told_it_is_said_that_the_session_may_be_used_again() {
    let desk = desk_that_keeps_maria().await;
    desk.keychain.refuse_to_remove();
    desk.records.fail_after(0);
    desk.app.sign_out().expect("no key lies in memory");

    let trouble = desk.app.forget_kept_session().await;

    assert!(matches!(trouble, Err(Trouble::Records(_))), "{trouble:?}");
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0));
}

#[tokio::test]
async fn a_hub_that_tells_no_address_leaves_the_account_under_the_one_that_is_known() {
    let desk = desk_that_keeps_maria().await;
    desk.odd.say_it_is(Person { email: String::new(), ..desk.person() });

    let desk = desk.start_again();
    desk.app.resume().await.expect("it still lives");

    assert_eq!(desk.person().email, MARIA.0);
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0));
}
