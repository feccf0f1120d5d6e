//! A session that ends in mid-work: the password is asked for in place, and everything goes on where it was.

use channel_keys_core::app::Trouble;
use channel_keys_core::hub::HubError;
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::KeyState;
use channel_keys_core::secret::Password;
use channel_keys_core::session::Session;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

const ENDED: Trouble = Trouble::Hub(HubError::SessionEnded);

async fn sign_in_again(desk: &Desk, password: &str) -> Result<Session, Trouble> {
    desk.app.sign_in_again(&Password::new(password)).await
}

/// Maria has seen her channels, and a day went by.
async fn desk_whose_session_ended() -> Desk {
    let desk = Desk::by_one_clock().await;
    desk.sign_in(MARIA).await;
    desk.app.read_channels().await.expect("the channels");
    desk.clock.forward(Duration::hours(24));
    desk
}

#[tokio::test]
async fn a_session_that_ended_is_told_as_that_and_not_hidden_behind_an_old_list() {
    let desk = desk_whose_session_ended().await;

    assert_eq!(desk.app.listing(true).await.map(drop), Err(ENDED));
    assert_eq!(desk.app.before_making(&desk.channel(RESTAURANT)).await.map(drop), Err(ENDED));

    assert!(matches!(desk.app.session(), Session::Client(_)), "nobody is thrown out");
    let shown = desk.app.listing(false).await.expect("what is on screen stays");
    assert_eq!(shown.overview.channels.len(), 4);
}

#[tokio::test]
async fn the_right_password_goes_on_where_it_was() {
    let desk = desk_whose_session_ended().await;
    let before = desk.app.channels().await.expect("what is on screen");

    let session = sign_in_again(&desk, MARIA.1).await.expect("it is right");

    assert!(matches!(&session, Session::Client(at_work) if at_work.person.email == MARIA.0), "{session:?}");
    assert_eq!(desk.app.channels().await, Ok(before), "what is on screen stays until it is read anew");
    let anew = desk.app.listing(true).await.expect("the list");
    assert_eq!((anew.not_fresh, anew.overview.channels.len()), (None, 4));
}

#[tokio::test]
async fn a_key_that_lies_in_memory_alone_is_still_there_after() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.spoil(Fault::new(CLIENT, Do::ExpireToken).nth(1));
    assert_eq!(desk.app.listing(true).await.map(drop), Err(ENDED));
    assert!(desk.works(&made.id).await, "a key needs no session");

    sign_in_again(&desk, MARIA.1).await.expect("it is right");

    assert_eq!(desk.app.stored_nowhere().map(|record| record.id), Some(made.id.clone()));
    assert!(desk.works(&made.id).await);
}

#[tokio::test]
async fn a_wrong_password_and_a_hub_that_is_silent_keep_everything_as_it_was() {
    let desk = desk_whose_session_ended().await;

    let wrong = sign_in_again(&desk, "wrong").await.map(drop);
    desk.spoil(Fault::new(TOKEN, Do::ResetBeforeCommit));
    let silent = sign_in_again(&desk, MARIA.1).await.map(drop);
    desk.spoil(Fault::new(ME, Do::Status).status(500));
    let in_trouble = sign_in_again(&desk, MARIA.1).await.map(drop);

    assert!(matches!(wrong, Err(Trouble::Hub(HubError::WrongPassword(_)))), "{wrong:?}");
    assert_eq!(silent, Err(Trouble::Hub(HubError::NoAnswer)));
    assert!(matches!(in_trouble, Err(Trouble::Hub(HubError::InTrouble { .. }))), "{in_trouble:?}");
    assert_eq!(desk.person().email, MARIA.0);
    assert_eq!(desk.app.channels().await.map(|overview| overview.channels.len()), Ok(4));
    desk.mend_hub();
    assert!(sign_in_again(&desk, MARIA.1).await.is_ok(), "and can be tried again");
}

#[tokio::test]
async fn a_hub_that_does_not_say_whose_session_it_is_is_believed() {
    let desk = desk_whose_session_ended().await;
    desk.spoil(Fault::new(ME, Do::Status).status(404));

    sign_in_again(&desk, MARIA.1).await.expect("it is right");

    assert!(desk.app.listing(true).await.is_ok());
}

#[tokio::test]
async fn another_account_does_not_come_in_through_the_same_door() {
    let jonas = Desk::of(JONAS).await.person();
    let desk = desk_whose_session_ended().await;
    desk.odd.say_it_is(jonas);

    let session = sign_in_again(&desk, MARIA.1).await;

    assert_eq!(session.map(drop), Err(Trouble::OtherAccount));
    assert_eq!(desk.person().email, MARIA.0);
    assert_eq!(desk.app.listing(true).await.map(drop), Err(ENDED), "its session is not used");
}

#[tokio::test]
async fn only_who_is_at_work_signs_in_again() {
    let desk = Desk::of_maria().await;
    let (user, client) = (desk.person().id, desk.client_id(HARBOUR));
    desk.app.sign_out().expect("no key lies in memory");
    assert_eq!(sign_in_again(&desk, MARIA.1).await.map(drop), Err(Trouble::NotSignedIn));

    desk.app.open_here(&user, &client).expect("it is remembered");

    assert_eq!(sign_in_again(&desk, MARIA.1).await.map(drop), Err(Trouble::NotSignedIn));
    assert_eq!(desk.count(TOKEN), 1, "no password is sent anywhere");
}

#[tokio::test]
async fn a_key_that_an_ended_session_asked_for_is_not_made_and_is_asked_for_once_more_only_by_the_person() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::ExpireToken).nth(1));

    let outcome = desk.app.make_key(&before.ticket).await;
    sign_in_again(&desk, MARIA.1).await.expect("it is right");

    assert!(matches!(outcome, Ok(Outcome::NotMade(HubError::SessionEnded))), "{outcome:?}");
    assert_eq!(desk.count(MAKE_KEY), 1, "signing in asks for nothing");
    assert!(desk.is_alive(&desk.earlier_key(&restaurant)).await, "the earlier key works on");
    assert_eq!(desk.records.all()[0].state, KeyState::NotMade);
    let again = desk.app.make_key(&before.ticket).await.map(drop);
    assert_eq!(again, Err(Trouble::AlreadyAsked), "the ticket is used up");
    let made = desk.make_key(&restaurant).await;
    assert!(desk.works(&made.record.id).await, "with the facts read anew it goes on");
    assert_eq!(desk.count(MAKE_KEY), 2);
}

#[tokio::test]
async fn a_session_that_ends_between_the_facts_and_the_click_leaves_the_ticket_good() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.spoil(Fault::new(CHANNELS, Do::ExpireToken).nth(1));
    assert_eq!(desk.app.listing(true).await.map(drop), Err(ENDED));

    sign_in_again(&desk, MARIA.1).await.expect("it is right");
    let outcome = desk.app.make_key(&before.ticket).await;

    assert!(matches!(outcome, Ok(Outcome::Made(_))), "{outcome:?}");
    assert_eq!(desk.count(MAKE_KEY), 1);
}

#[tokio::test]
async fn who_stays_signed_in_stays_so_with_the_new_session() {
    let desk = Desk::by_one_clock().await;
    desk.sign_in(MARIA).await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk.clock.forward(Duration::hours(24));

    sign_in_again(&desk, MARIA.1).await.expect("it is right");

    desk.clock.forward(Duration::hours(23));
    let desk = desk.start_again();
    assert!(matches!(desk.app.resume().await, Ok(Session::Client(_))), "it lives as long as the new one");
    assert!(desk.app.listing(true).await.is_ok());
}

#[tokio::test]
async fn a_keychain_that_does_not_take_the_new_session_keeps_nobody_from_working() {
    let desk = Desk::by_one_clock().await;
    desk.sign_in(MARIA).await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk.clock.forward(Duration::hours(24));
    desk.keychain.stay_locked();

    sign_in_again(&desk, MARIA.1).await.expect("it is right");

    assert!(desk.app.listing(true).await.is_ok());
    desk.keychain.mend();
    let desk = desk.start_again();
    assert_eq!(desk.app.resume().await.map(drop), Err(ENDED), "the old one is given up at the next start");
    assert_eq!(desk.app.keep_session().await, Err(Trouble::NotSignedIn));
}

#[tokio::test]
async fn who_does_not_stay_signed_in_does_not_by_signing_in_again() {
    let desk = desk_whose_session_ended().await;
    desk.keychain.stay_locked();

    let session = sign_in_again(&desk, MARIA.1).await;

    assert!(session.is_ok(), "the keychain is not even asked: {session:?}");
    assert!(desk.keychain.sessions().is_empty());
}
