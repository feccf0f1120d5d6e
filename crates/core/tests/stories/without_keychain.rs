//! Where no keychain takes the key, it lies in memory alone, and nothing may be closed over it.

use channel_keys_core::app::Trouble;
use channel_keys_core::history::What;
use channel_keys_core::keychain::{Entry, Keychain, KeychainError, Probe, Purpose};
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::{KeyState, Realm};
use channel_keys_core::secret::Secret;
use channel_keys_core::session::Session;

use crate::desk::*;
use crate::keychain::Hold;

async fn desk_without_keychain() -> Desk {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    desk
}

#[tokio::test]
async fn it_is_said_before_a_key_is_made() {
    let desk = desk_without_keychain().await;

    let before = desk.before(&desk.channel(RESTAURANT)).await;

    assert_eq!(before.keychain, Probe::Absent);
}

#[tokio::test]
async fn a_key_that_lies_in_memory_alone_can_be_used_and_keeps_everything_open() {
    let desk = desk_without_keychain().await;

    let made = desk.make_key(&desk.channel(RESTAURANT)).await;

    let id = &made.record.id;
    assert_eq!(made.safety_copy, Err(KeychainError::Absent));
    assert_eq!(desk.records.of(id).state, KeyState::InMemory);
    assert!(desk.works(id).await, "it can be used");
    let tested = desk.tested_well(&made.record);
    assert_eq!(desk.app.stored_nowhere().as_ref(), Some(&tested), "a window that closes is told of it");
    assert_eq!(desk.app.waiting_keys().expect("the keys"), [tested]);
    assert_eq!(desk.app.done(id).await, Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.sign_out(), Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.turn_to(desk.route(Realm::Real)), Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.realm(), Realm::Practice);
    assert!(matches!(desk.app.session(), Session::Client(_)), "she is still at work");
    assert!(desk.app.key(id).await.is_ok(), "and the key is still there");
}

#[tokio::test]
async fn a_key_in_memory_can_be_kept_once_a_keychain_is_there() {
    let desk = desk_without_keychain().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;
    let id = &made.record.id;
    let too_soon = desk.app.keep_key(id, "Booking tool").await;
    assert_eq!(too_soon.expect_err("none is there yet"), Trouble::Keychain(KeychainError::Absent));
    assert!(desk.app.stored_nowhere().is_some());

    desk.keychain.mend();
    desk.app.keep_key(id, "Booking tool").await.expect("it is kept");

    assert_eq!((desk.records.of(id).state, desk.app.stored_nowhere()), (KeyState::Kept, None));
    assert_eq!(desk.keychain.purposes(id), [Purpose::Kept]);
    assert_eq!((desk.app.done(id).await, desk.app.sign_out()), (Ok(()), Ok(())));
}

#[tokio::test]
async fn a_key_in_memory_is_let_go_only_by_the_persons_word_and_then_all_may_close() {
    let desk = desk_without_keychain().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;

    desk.app.let_go(&made.record.id).await.expect("no keychain is needed for that");

    assert_eq!(desk.app.stored_nowhere(), None);
    assert_eq!(desk.records.of(&made.record.id).state, KeyState::LetGo);
    assert!(matches!(desk.app.key(&made.record.id).await, Err(Trouble::NoSuchKey)));
    assert_eq!(desk.app.sign_out(), Ok(()));
}

#[tokio::test]
async fn a_keychain_that_stays_locked_is_told_from_one_that_is_absent() {
    let desk = Desk::of_maria().await;
    desk.keychain.stay_locked();

    let made = desk.make_key(&desk.channel(RESTAURANT)).await;

    assert_eq!(made.safety_copy, Err(KeychainError::StayedLocked));
    assert_eq!(made.record.state, KeyState::InMemory);
    assert!(desk.app.stored_nowhere().is_some());
}

#[tokio::test]
async fn while_the_keychain_waits_for_the_person_nothing_may_close_over_the_new_key() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.keychain.hold(Hold::Put);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        assert!(desk.app.is_storing(), "what is waited for can be told");
        let told = (desk.app.stored_nowhere().is_some(), desk.app.sign_out());
        desk.keychain.let_through();
        told
    };
    let (made, told) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

    assert_eq!(told, (true, Err(Trouble::StoredNowhere)));
    assert!(matches!(made, Ok(Outcome::Made(_))), "{made:?}");
    assert!(!desk.app.is_storing());
    assert_eq!(desk.app.stored_nowhere(), None, "once it lies in the keychain, all may close");
    assert_eq!(desk.app.sign_out(), Ok(()));
}

#[tokio::test]
async fn letting_go_of_a_key_takes_out_what_a_keychain_took_without_saying_so() {
    let desk = Desk::of_maria().await;
    desk.keychain.give_back_something_else();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;
    assert_eq!(made.record.state, KeyState::InMemory);
    assert_eq!(desk.keychain.entries().len(), 1, "the keychain took it all the same");
    desk.keychain.mend();

    desk.app.let_go(&made.record.id).await.expect("it goes");

    assert!(desk.keychain.entries().is_empty());
}

#[tokio::test]
async fn a_key_that_was_copied_may_be_done_with_and_leaves_memory() {
    let desk = desk_without_keychain().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    assert_eq!(desk.app.done(&made.id).await, Err(Trouble::StoredNowhere), "nobody has it yet");

    desk.app.note_use(&made.id, What::KeyShown);
    assert_eq!(desk.app.done(&made.id).await, Err(Trouble::StoredNowhere), "seeing is not having");
    desk.app.note_use(&made.id, What::KeyCopied);
    assert!(desk.app.stored_nowhere().is_some(), "what is on the clipboard goes with this program");

    assert_eq!(desk.app.done(&made.id).await, Ok(()));
    assert!(desk.app.stored_nowhere().is_none());
    assert_eq!(desk.records.of(&made.id).state, KeyState::LetGo);
    assert!(matches!(desk.app.key(&made.id).await, Err(Trouble::NoSuchKey)), "it left memory");
}

#[tokio::test]
async fn a_keychain_that_is_open_and_takes_nothing_is_told_before_a_key_is_made() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    for (error, probe) in [
        (KeychainError::Refused, Probe::Refusing),
        (KeychainError::NotKept, Probe::Refusing),
        (KeychainError::NotSetUp, Probe::NotSetUp),
        (KeychainError::Absent, Probe::Absent),
        (KeychainError::StayedLocked, Probe::Locked),
    ] {
        desk.keychain.refuse_all(error);
        assert_eq!(desk.before(&restaurant).await.keychain, probe, "{error}");
    }
    desk.keychain.mend();
    desk.keychain.give_back_something_else();
    assert_eq!(desk.before(&restaurant).await.keychain, Probe::Refusing);
    assert_eq!(desk.count(MAKE_KEY), 0, "no key was made to find out");
}

#[tokio::test]
async fn a_locked_keychain_is_asked_to_open_before_a_key_is_made_where_the_person_says_so() {
    let desk = Desk::of_maria().await;
    desk.keychain.lock_until_unlocked();
    assert_eq!(desk.app.unlock_keychain().await, Err(Trouble::AlreadyAsked), "nothing is prepared");
    desk.before(&desk.channel(RESTAURANT)).await;
    assert!(desk.keychain.tried().is_empty(), "nobody is asked for a password unawares");

    assert_eq!(desk.app.unlock_keychain().await, Ok(()));

    assert_eq!(desk.keychain.tried().len(), 1, "it asked for its password");
    assert!(desk.keychain.services().is_empty(), "nothing stays in it");
    desk.keychain.refuse_all(KeychainError::StayedLocked);
    let trouble = desk.app.unlock_keychain().await;
    assert_eq!(trouble, Err(Trouble::Keychain(KeychainError::StayedLocked)));
    assert_eq!(desk.count(MAKE_KEY), 0);
}

#[tokio::test]
async fn what_a_keychain_is_tried_out_with_does_not_stay_and_a_locked_one_is_not_tried() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);

    assert_eq!(desk.before(&restaurant).await.keychain, Probe::Ready);
    assert!(desk.keychain.services().is_empty(), "nothing lies there");

    desk.keychain.refuse_all(KeychainError::Refused);
    desk.keychain.lock_until_unlocked();
    assert_eq!(desk.before(&restaurant).await.keychain, Probe::Locked, "it was not asked for its password");
}

/// A key that no keychain took in time, copied and done with.
async fn desk_with_a_key_that_was_copied() -> (Desk, String) {
    let desk = Desk::of_maria().await;
    desk.keychain.answer_late();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await;
    assert_eq!(made.safety_copy, Err(KeychainError::StayedLocked));
    desk.app.note_use(&made.record.id, What::KeyCopied);
    desk.app.done(&made.record.id).await.expect("it was copied");
    (desk, made.record.id)
}

#[tokio::test]
async fn a_key_that_was_let_go_before_the_keychain_answered_does_not_come_into_it_late() {
    let (desk, id) = desk_with_a_key_that_was_copied().await;

    desk.keychain.come_to_what_waited();

    assert_eq!(desk.keychain.purposes(&id), []);
    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
}

#[tokio::test]
async fn a_key_that_was_let_go_and_lies_in_the_keychain_all_the_same_is_taken_out_at_the_next_start() {
    // Given a keychain that took it after the program had ended
    let (desk, id) = desk_with_a_key_that_was_copied().await;
    desk.keychain.come_to_what_waited();
    let channel = desk.records.of(&id).channel;
    let entry = Entry::Key { realm: Realm::Practice, purpose: Purpose::SafetyCopy, channel, id: id.clone() };
    desk.keychain.put(&entry, "safety copy", &Secret::new("invented")).await.expect("it is open");

    // When the keychain is locked at the start, then nobody is asked for it
    let desk = desk.start_again();
    desk.keychain.answer_late();
    desk.app.find_again(Realm::Practice).await.expect("it is looked");
    assert_eq!(desk.keychain.purposes(&id), [Purpose::SafetyCopy]);

    // When it is open, then the key goes
    desk.keychain.come_to_what_waited();
    desk.app.find_again(Realm::Practice).await.expect("it is looked");
    assert_eq!(desk.keychain.purposes(&id), []);
    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
}
