//! Locking: the session and the list leave memory, what lies nowhere else stays, and the password opens it again.

use channel_keys_core::app::Trouble;
use channel_keys_core::history::What;
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::Purpose;
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::{KeyState, Realm};
use channel_keys_core::secret::Password;
use channel_keys_core::session::{Locked, Session};

use crate::desk::*;
use crate::keychain::Hold;
use crate::watched::OnItsWay;

/// Maria has seen her channels, and locked the program.
async fn locked_desk() -> Desk {
    let desk = Desk::of_maria().await;
    desk.app.read_channels().await.expect("the channels");
    desk.app.lock();
    desk
}

async fn unlock(desk: &Desk) -> Result<Session, Trouble> {
    desk.app.sign_in_again(&Password::new(MARIA.1)).await
}

fn who_locked(desk: &Desk) -> Locked {
    match desk.app.session() {
        Session::Locked(locked) => locked,
        other => panic!("it is not locked: {other:?}"),
    }
}

#[tokio::test]
async fn a_locked_program_shows_and_does_nothing() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let made = desk.make_key(&restaurant).await.record;
    let before = desk.before(&restaurant).await;
    let asked = desk.count(CHANNELS);

    desk.app.lock();

    assert_eq!(who_locked(&desk).person.email, MARIA.0);
    assert!(desk.app.is_locked());
    for refused in [
        desk.app.listing(false).await.map(drop),
        desk.app.listing(true).await.map(drop),
        desk.app.key(&made.id).await.map(drop),
        desk.app.key_record(&made.id).map(drop),
        desk.app.all_keys_here().map(drop),
        desk.app.history().map(drop),
        desk.app.make_key(&before.ticket).await.map(drop),
        desk.app.keep_session().await,
        desk.paste_text(&restaurant, "inventedinventedkX9pAK").await.map(drop),
    ] {
        assert_eq!(refused, Err(Trouble::NotSignedIn));
    }
    assert_eq!(desk.count(CHANNELS), asked, "no session is there to ask with");
}

#[tokio::test]
async fn the_password_opens_it_again_where_the_numbers_are() {
    let desk = locked_desk().await;
    let asked = desk.count(CHANNELS);

    let session = unlock(&desk).await.expect("it is right");

    assert!(matches!(&session, Session::Client(at_work) if at_work.person.email == MARIA.0), "{session:?}");
    let listing = desk.app.listing(false).await.expect("the list");
    assert_eq!(listing.overview.channels.len(), 4);
    assert_eq!(desk.count(CHANNELS), asked + 1, "it was not in memory any more");
}

#[tokio::test]
async fn a_wrong_password_a_silent_hub_and_another_account_leave_it_locked() {
    let desk = locked_desk().await;

    let wrong = desk.app.sign_in_again(&Password::new("wrong")).await.map(drop);
    let other = desk.try_sign_in(JONAS).await.map(drop);
    desk.spoil(practice_hub::Fault::new(TOKEN, practice_hub::Do::ResetBeforeCommit));
    let silent = unlock(&desk).await.map(drop);

    assert!(matches!(wrong, Err(Trouble::Hub(HubError::WrongPassword(_)))), "{wrong:?}");
    assert_eq!(other, Err(Trouble::OtherAccount));
    assert_eq!(silent, Err(Trouble::Hub(HubError::NoAnswer)));
    assert_eq!(who_locked(&desk).person.email, MARIA.0);
    desk.mend_hub();
    assert!(desk.try_sign_in(MARIA).await.is_ok(), "who locked it signs in as usual too");
}

#[tokio::test]
async fn a_key_that_lies_in_memory_alone_is_hidden_and_there_again_afterwards() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    desk.app.lock();

    assert!(who_locked(&desk).key_waits);
    assert!(matches!(desk.app.key(&made.id).await, Err(Trouble::NotSignedIn)));
    assert_eq!(desk.app.stored_nowhere().map(|record| record.id), Some(made.id.clone()), "nothing closes");
    let (user, client) = (who_locked(&desk).person.id, desk.client_id(HARBOUR));
    assert_eq!(desk.app.open_here(&user, &client).map(drop), Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.sign_out(), Err(Trouble::StoredNowhere), "nobody else comes in");
    assert!(desk.app.is_locked());

    unlock(&desk).await.expect("it is right");

    assert_eq!(desk.records.of(&made.id).state, KeyState::InMemory);
    assert!(desk.works(&made.id).await, "it was never dropped");
}

#[tokio::test]
async fn a_safety_copy_stays_in_the_keychain_and_leaves_memory() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.lock();
    assert!(!who_locked(&desk).key_waits);
    assert_eq!(desk.app.stored_nowhere(), None);

    unlock(&desk).await.expect("it is right");

    assert_eq!(desk.app.waiting_keys().expect("the keys").len(), 1);
    assert!(desk.works(&made.id).await);
    desk.keychain.go_away();
    assert!(desk.app.key(&made.id).await.is_err(), "it is read from the keychain, and from nowhere else");
}

#[tokio::test]
async fn a_request_for_a_key_that_is_on_its_way_is_not_disturbed() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.keychain.go_away();
    desk.odd.gate.hold(OnItsWay::Key);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.lock();
        assert!(!desk.app.is_locked(), "not before the answer is in");
        desk.odd.gate.let_through();
    };
    let (outcome, ()) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

    let Ok(Outcome::Made(made)) = outcome else { panic!("it is made: {outcome:?}") };
    assert!(who_locked(&desk).key_waits, "then it locks, with the key behind it");
    assert!(matches!(desk.app.key(&made.record.id).await, Err(Trouble::NotSignedIn)));
    assert_eq!(desk.count(MAKE_KEY), 1);
    unlock(&desk).await.expect("it is right");
    assert!(desk.works(&made.record.id).await);
    assert!(!desk.app.is_locked(), "once was enough");
}

#[tokio::test]
async fn nobody_leaves_while_a_key_is_being_made() {
    // Given a client's person and a partner's desk, each waiting for the answer to a request for a key
    for (who, channel, call) in
        [(MARIA, RESTAURANT, MAKE_KEY), (JO, FRONT_DESK, "POST /partners/*/channels/*/api_keys")]
    {
        let desk = Desk::of(who).await;
        if let Ok(partner) = desk.app.desk() {
            partner.read().await;
        }
        let before = desk.before(&desk.channel(channel)).await;
        let session = desk.app.session();
        desk.odd.gate.hold(OnItsWay::Key);

        // When somebody signs out, leaves the practice world, opens another account, or has the desk only read
        let meanwhile = async {
            desk.odd.gate.somebody_waits().await;
            assert!(desk.app.is_making_a_key(), "the window stays open");
            assert_eq!(desk.app.sign_out(), Err(Trouble::KeyBeingMade));
            assert_eq!(desk.app.turn_to(desk.route(Realm::Real)), Err(Trouble::KeyBeingMade));
            let _ = desk.app.read_only();
            desk.odd.gate.let_through();
        };
        let (outcome, ()) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

        // Then the key is there, whoever asked for it is still at work, and may leave now
        let Ok(Outcome::Made(made)) = outcome else { panic!("it is made: {outcome:?}") };
        assert_eq!(desk.records.of(&made.record.id).state, KeyState::SafetyCopy);
        assert_eq!(format!("{:?}", desk.app.session()), format!("{session:?}"));
        assert_eq!(desk.count(call), 1);
        assert!(!desk.app.is_making_a_key());
        assert_eq!(desk.app.sign_out(), Ok(()));
        assert!(desk.keychain.purposes(&made.record.id).contains(&Purpose::SafetyCopy));
    }
}

#[tokio::test]
async fn a_key_that_the_keychain_hands_out_only_after_locking_is_not_given() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    desk.keychain.hold(Hold::Get);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.app.lock();
        desk.keychain.let_through();
    };
    let (key, ()) = tokio::join!(desk.app.key(&made.id), meanwhile);

    assert_eq!(key.map(drop), Err(Trouble::NotSignedIn));
}

#[tokio::test]
async fn a_list_that_arrives_after_locking_is_not_shown() {
    let desk = Desk::of_maria().await;
    desk.odd.gate.hold(OnItsWay::Channels);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.lock();
        desk.odd.gate.let_through();
    };
    let _ = tokio::join!(desk.app.listing(true), meanwhile);

    assert!(desk.app.is_locked());
    let asked = desk.count(CHANNELS);
    unlock(&desk).await.expect("it is right");
    desk.app.listing(false).await.expect("the list");
    assert_eq!(desk.count(CHANNELS), asked + 1, "it is read anew");
}

#[tokio::test]
async fn a_kept_session_stays_in_the_keychain_and_does_not_open_the_lock() {
    let desk = Desk::of_maria().await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk.app.lock();

    assert_eq!(desk.app.may_resume(), None);
    assert!(matches!(desk.app.resume().await, Ok(Session::Locked(_))));
    assert_eq!(desk.keychain.sessions().len(), 1);

    unlock(&desk).await.expect("it is right");
    assert_eq!(desk.app.may_resume().as_deref(), Some(MARIA.0), "and is kept on");
}

#[tokio::test]
async fn somebody_else_signs_in_after_signing_out() {
    let desk = locked_desk().await;

    desk.app.sign_out().expect("no key lies in memory alone");
    desk.sign_in(JONAS).await;

    assert_eq!(desk.person().email, JONAS.0);
}

#[tokio::test]
async fn what_opened_without_a_password_is_closed_and_what_is_only_half_signed_in_is_dropped() {
    let desk = Desk::of_maria().await;
    desk.app.read_channels().await.expect("the channels");
    let (user, client) = (desk.person().id, desk.client_id(HARBOUR));
    desk.app.open_here(&user, &client).expect("it is remembered");
    desk.app.lock();
    assert!(matches!(desk.app.session(), Session::SignedOut));

    desk.sign_in(SAM).await;
    desk.app.lock();
    assert!(matches!(desk.app.session(), Session::SignedOut), "she had not chosen a client yet");

    assert!(!desk.app.may_lock());
    desk.app.lock();
    assert!(matches!(desk.app.session(), Session::SignedOut));
}

#[tokio::test]
async fn what_is_known_of_a_key_on_the_clipboard_is_known_behind_the_lock() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.note_use(&made.id, What::KeyCopied);
    desk.app.lock();
    assert!(desk.app.lies_elsewhere(&made.id));
    unlock(&desk).await.expect("it is right");

    desk.app.let_go(&made.id).await.expect("it goes");

    assert!(!desk.app.lies_elsewhere(&made.id));
    assert!(!desk.app.lies_elsewhere("no such key"));
}
