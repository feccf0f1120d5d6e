//! Staying signed in: the session lies in the keychain where the person wants it, and is used at its own Hub alone.

use channel_keys_core::app::Trouble;
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::{Entry, Keychain, KeychainError};
use channel_keys_core::records::{Realm, Records};
use channel_keys_core::session::Session;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::keychain::Hold;

/// Maria stays signed in.
async fn desk_that_keeps_maria() -> Desk {
    let desk = Desk::of_maria().await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk
}

fn nothing_is_kept(desk: &Desk) {
    assert!(desk.keychain.sessions().is_empty(), "a session lies in the keychain");
    assert_eq!(desk.records.kept_session(Realm::Practice), Ok(None));
    assert_eq!((desk.app.may_resume(), desk.app.session_stays()), (None, None));
}

#[tokio::test]
async fn nothing_is_kept_unless_the_person_wants_to_stay_signed_in() {
    let desk = Desk::of_maria().await;
    nothing_is_kept(&desk);

    let desk = desk.start_again();
    let session = desk.app.resume().await;

    assert!(matches!(session, Ok(Session::SignedOut)), "{session:?}");
    assert_eq!((desk.count(ME), desk.at_work_for()), (1, None));
}

#[tokio::test]
async fn a_kept_session_is_at_work_after_a_restart_without_a_password() {
    let desk = desk_that_keeps_maria().await;
    assert_eq!(desk.keychain.sessions(), [desk.person().id]);
    assert_eq!(desk.keychain.services(), ["channel-keys-practice"]);

    let desk = desk.start_again();
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0));
    let session = desk.app.resume().await.expect("it still lives");

    let Session::Client(at_work) = &session else { panic!("{session:?}") };
    assert_eq!((&at_work.client, at_work.person.email.as_str()), (&desk.client_id(HARBOUR), MARIA.0));
    assert_eq!(desk.count(TOKEN), 1, "no password is asked for again");
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;
    assert!(desk.works(&made.record.id).await, "the job can be done");
}

#[tokio::test]
async fn the_client_that_was_chosen_last_is_at_work_again() {
    let desk = Desk::of(SAM).await;
    let (bikes, coffee) = (desk.client_id("Sam's Bikes"), desk.client_id("Sam's Coffee"));
    desk.app.choose_client(&bikes).expect("it is his");
    desk.app.keep_session().await.expect("the keychain takes it");

    let desk = desk.start_again();
    desk.app.resume().await.expect("it still lives");
    assert_eq!(desk.at_work_for(), Some(bikes));
    desk.app.choose_client(&coffee).expect("it is his too");
    let desk = desk.start_again();
    desk.app.resume().await.expect("it still lives");

    assert_eq!(desk.at_work_for(), Some(coffee));
}

#[tokio::test]
async fn a_kept_session_goes_to_no_other_host_and_is_not_even_taken_out_for_one() {
    let desk = desk_that_keeps_maria().await;
    let other = Desk::set().await;
    let desk = desk.start_again();
    desk.app.turn_to(other.route(Realm::Practice)).expect("nothing lies in memory alone");
    desk.keychain.stay_locked();

    let session = desk.app.resume().await;

    assert!(matches!(session, Ok(Session::SignedOut)), "the keychain was asked: {session:?}");
    assert_eq!(desk.app.may_resume(), None);
    assert!(other.hub.counts().is_empty(), "the other host was asked: {:?}", other.hub.counts());
    desk.keychain.mend();
    desk.app.turn_to(desk.route(Realm::Practice)).expect("nothing lies in memory alone");
    assert!(desk.app.resume().await.is_ok());
    assert!(desk.at_work_for().is_some(), "at its own Hub it is still good");
}

#[tokio::test]
async fn a_practice_session_is_not_used_for_real() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.app.turn_to(desk.route(Realm::Real)).expect("nothing lies in memory alone");

    let session = desk.app.resume().await;

    assert!(matches!(session, Ok(Session::SignedOut)), "{session:?}");
    assert_eq!((desk.app.may_resume(), desk.count(ME)), (None, 1));
}

#[tokio::test]
async fn a_kept_session_is_used_until_its_time_is_over_and_then_given_up() {
    let desk = Desk::by_one_clock().await;
    desk.sign_in(MARIA).await;
    desk.app.keep_session().await.expect("the keychain takes it");

    desk.clock.forward(Duration::hours(24) - Duration::seconds(1));
    let desk = desk.start_again();
    assert!(desk.app.resume().await.is_ok(), "it lives a second longer");
    desk.clock.forward(Duration::seconds(1));
    let asked = desk.count(ME);
    let desk = desk.start_again();
    let session = desk.app.resume().await;

    assert_eq!(session.map(drop), Err(Trouble::Hub(HubError::SessionEnded)));
    assert_eq!((desk.count(ME), desk.at_work_for()), (asked, None), "nothing is asked with it");
    nothing_is_kept(&desk);
}

#[tokio::test]
async fn a_session_that_the_hub_ended_or_that_is_somebody_elses_is_given_up() {
    let jonas = Desk::of(JONAS).await.person();
    for is_somebody_elses in [false, true] {
        let desk = desk_that_keeps_maria().await.start_again();
        if is_somebody_elses {
            desk.odd.say_it_is(jonas.clone());
        } else {
            desk.spoil(Fault::new(ME, Do::ExpireToken));
        }

        let session = desk.app.resume().await;

        assert_eq!(session.map(drop), Err(Trouble::Hub(HubError::SessionEnded)));
        assert_eq!(desk.at_work_for(), None);
        nothing_is_kept(&desk);
    }
}

#[tokio::test]
async fn a_session_that_is_gone_from_the_keychain_is_given_up() {
    let desk = desk_that_keeps_maria().await;
    let entry = Entry::Session { realm: Realm::Practice, user: desk.person().id };
    desk.keychain.remove(&entry).await.expect("somebody removes it");

    let desk = desk.start_again();
    let session = desk.app.resume().await;

    assert_eq!(session.map(drop), Err(Trouble::Hub(HubError::SessionEnded)));
    nothing_is_kept(&desk);
}

#[tokio::test]
async fn a_keychain_that_stays_locked_keeps_the_session_for_later() {
    let desk = desk_that_keeps_maria().await.start_again();
    desk.keychain.stay_locked();

    let session = desk.app.resume().await;

    assert_eq!(session.map(drop), Err(Trouble::Keychain(KeychainError::StayedLocked)));
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0), "it can be tried again");
    desk.keychain.mend();
    assert!(matches!(desk.app.resume().await, Ok(Session::Client(_))));
}

#[tokio::test]
async fn where_the_keychain_takes_no_session_the_person_is_told_and_at_work_all_the_same() {
    for (is_out, error) in [
        ((|desk| desk.keychain.go_away()) as fn(&Desk), KeychainError::Absent),
        (|desk| desk.keychain.stay_locked(), KeychainError::StayedLocked),
    ] {
        let desk = Desk::of_maria().await;
        is_out(&desk);

        assert_eq!(desk.app.keep_session().await, Err(Trouble::Keychain(error)));

        assert!(desk.at_work_for().is_some());
        nothing_is_kept(&desk);
    }
}

#[tokio::test]
async fn where_it_can_t_be_written_down_that_a_session_is_kept_none_is() {
    let desk = Desk::of_maria().await;
    desk.records.fail_after(0);

    let trouble = desk.app.keep_session().await;

    assert!(matches!(trouble, Err(Trouble::Records(_))), "{trouble:?}");
    nothing_is_kept(&desk);
    assert!(desk.at_work_for().is_some());
}

#[tokio::test]
async fn nobody_who_is_not_at_work_keeps_a_session() {
    let desk = Desk::of(SAM).await;
    assert_eq!(desk.app.keep_session().await, Err(Trouble::NotSignedIn), "he has yet to choose");
    desk.app.sign_out().expect("no key lies in memory");

    assert_eq!(desk.app.keep_session().await, Err(Trouble::NotSignedIn));
    nothing_is_kept(&desk);
}

#[tokio::test]
async fn where_one_person_keeps_a_session_after_another_only_the_last_one_lies_there() {
    let desk = desk_that_keeps_maria().await;
    desk.sign_in(JONAS).await;

    desk.app.keep_session().await.expect("the keychain takes it");

    assert_eq!(desk.keychain.sessions(), [desk.person().id]);
    assert_eq!(desk.app.may_resume().as_deref(), Some(JONAS.0));
}

/// The keychain waits to keep Maria's session, and something else happens before it is unlocked.
async fn keep_and_meanwhile(desk: &Desk, meanwhile: impl Future<Output = ()>) -> Result<(), Trouble> {
    desk.keychain.hold(Hold::Put);
    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        meanwhile.await;
        desk.keychain.let_through();
    };
    tokio::join!(desk.app.keep_session(), meanwhile).0
}

#[tokio::test]
async fn who_signed_out_while_the_keychain_waited_is_not_signed_in_at_the_next_start() {
    let desk = Desk::of_maria().await;

    let kept = keep_and_meanwhile(&desk, async {
        desk.app.sign_out().expect("no key lies in memory");
        desk.app.forget_kept_session().await.expect("none is kept");
    })
    .await;

    assert_eq!(kept, Err(Trouble::NotSignedIn));
    nothing_is_kept(&desk);
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::SignedOut)));
}

#[tokio::test]
async fn the_session_of_who_came_while_the_keychain_waited_is_the_one_that_stays() {
    let desk = Desk::of_maria().await;

    let kept = keep_and_meanwhile(&desk, async {
        desk.sign_in(JONAS).await;
        desk.app.keep_session().await.expect("the keychain takes it");
    })
    .await;

    assert_eq!(kept, Err(Trouble::NotSignedIn));
    assert_eq!(desk.keychain.sessions(), [desk.person().id]);
    assert_eq!(desk.app.may_resume().as_deref(), Some(JONAS.0));
}

#[tokio::test]
async fn a_session_that_was_left_and_that_the_keychain_does_not_give_up_is_never_used() {
    let desk = Desk::of_maria().await;

    let kept = keep_and_meanwhile(&desk, async {
        desk.app.sign_out().expect("no key lies in memory");
        desk.keychain.refuse_to_remove();
    })
    .await;

    assert_eq!(kept, Err(Trouble::NotSignedIn));
    assert_eq!(desk.app.may_resume(), None);
    assert!(desk.app.session_stays().is_some(), "it is told");
    desk.keychain.mend();
    let desk = desk.start_again();
    desk.app.put_away_ended_sessions().await;
    nothing_is_kept(&desk);
}

#[tokio::test]
async fn who_signs_in_again_before_the_keychain_gave_the_old_session_up_stays_signed_in() {
    let desk = desk_that_keeps_maria().await;
    desk.app.sign_out().expect("no key lies in memory");
    desk.keychain.hold(Hold::Remove);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        assert_eq!(desk.app.session_stays(), None, "nobody knows yet whether it stays");
        desk.sign_in(JONAS).await;
        desk.app.keep_session().await.expect("the keychain takes it");
        desk.keychain.let_through();
    };
    let (forgotten, ()) = tokio::join!(desk.app.forget_kept_session(), meanwhile);

    assert_eq!(forgotten, Ok(()));
    assert_eq!(desk.keychain.sessions(), [desk.person().id]);
    assert_eq!(desk.app.may_resume().as_deref(), Some(JONAS.0));
}
