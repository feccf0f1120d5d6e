//! A new key's safety copy, and what becomes of it: kept under a name, or let go.

use channel_keys_core::app::Trouble;
use channel_keys_core::keychain::{Entry, KeychainError, Purpose};
use channel_keys_core::records::{KeyState, Realm};
use time::Duration;

use crate::desk::*;

#[tokio::test]
async fn a_kept_key_has_its_name_and_its_safety_copy_goes_only_after_it_is_there() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let key = desk.app.key(&made.id).await.expect("the key");
    desk.clock.forward(Duration::minutes(1));
    desk.diary.take();

    let kept = desk.app.keep_key(&made.id, "  Booking tool ").await.expect("it is kept");

    assert_eq!(desk.diary.take(), ["kept key put", "recorded as kept", "safety copy removed"]);
    assert_eq!((kept.state, kept.label.as_deref()), (KeyState::Kept, Some("Booking tool")));
    assert_eq!(desk.records.of(&made.id), kept);
    assert!(desk.keychain.holds(&made.id, Purpose::Kept, &key), "the very key is kept");
    assert_eq!(
        desk.keychain.entries(),
        [(
            Purpose::Kept,
            "Channel Keys practice: Restaurant bookings +493055570188 (Booking tool)".to_owned()
        )]
    );
    assert!(desk.app.waiting_keys().expect("the keys").is_empty(), "nothing is left to decide");
    assert_eq!(desk.app.all_keys_here().expect("the keys"), [kept]);
}

#[tokio::test]
async fn a_kept_key_outlives_being_done_and_a_restart() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let key = desk.app.key(&made.id).await.expect("the key");
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.done(&made.id).await.expect("it lies in the keychain");

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("the records can be written");

    let again = desk.app.key(&made.id).await.expect("the key");
    assert!(again.same_as(&key), "it is the same key");
    assert!(desk.works(&made.id).await, "it still works");
    let here = desk.app.keys_here(&desk.channel(RESTAURANT)).expect("the keys");
    assert_eq!((here.len(), here[0].label.as_deref()), (1, Some("Booking tool")));
}

#[tokio::test]
async fn a_safety_copy_that_nobody_decided_on_waits_over_a_restart() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.done(&made.id).await.expect("it lies in the keychain");

    let desk = desk.restart(MARIA).await;

    assert_eq!(desk.app.waiting_keys().expect("the keys"), std::slice::from_ref(&made));
    let kept = desk.app.keep_key(&made.id, "").await.expect("it can still be kept");
    assert_eq!((kept.state, kept.label), (KeyState::Kept, None));
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::Kept]);
    assert!(desk.keychain.entries()[0].1.ends_with("(kept key)"));
}

#[tokio::test]
async fn a_keychain_that_refuses_to_keep_leaves_the_safety_copy_where_it_is() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let key = desk.app.key(&made.id).await.expect("the key");
    desk.keychain.refuse_to_put(Purpose::Kept, KeychainError::Refused);

    let trouble = desk.app.keep_key(&made.id, "Booking tool").await;

    assert_eq!(trouble.expect_err("it refused"), Trouble::Keychain(KeychainError::Refused));
    assert!(desk.keychain.holds(&made.id, Purpose::SafetyCopy, &key), "the safety copy stays");
    assert_eq!(desk.records.of(&made.id).state, KeyState::SafetyCopy);
    desk.keychain.mend();
    assert!(desk.app.keep_key(&made.id, "Booking tool").await.is_ok(), "it works the next time");
}

#[tokio::test]
async fn a_keychain_that_gives_back_something_else_has_not_kept_the_key() {
    let desk = Desk::of_maria().await;
    desk.keychain.give_back_something_else();

    let made = desk.make_key(&desk.channel(RESTAURANT)).await;

    assert_eq!(made.safety_copy, Err(KeychainError::NotKept));
    assert_eq!(made.record.state, KeyState::InMemory);
    assert_eq!(desk.app.stored_nowhere().map(|record| record.id), Some(made.record.id.clone()));
    let trouble = desk.app.keep_key(&made.record.id, "Booking tool").await;
    assert_eq!(trouble.expect_err("nor now"), Trouble::Keychain(KeychainError::NotKept));
    desk.keychain.mend();
    desk.app.keep_key(&made.record.id, "Booking tool").await.expect("it is kept now");
    assert_eq!(desk.keychain.purposes(&made.record.id), [Purpose::Kept], "no copy is left over");
}

#[tokio::test]
async fn a_safety_copy_that_would_not_go_goes_when_the_key_is_let_go() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.refuse_to_remove();
    let kept = desk.app.keep_key(&made.id, "Booking tool").await.expect("one too many loses nothing");
    assert_eq!(kept.state, KeyState::Kept);
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::SafetyCopy, Purpose::Kept]);
    desk.keychain.mend();

    desk.app.let_go(&made.id).await.expect("it goes");

    assert!(desk.keychain.entries().is_empty(), "nothing of it is left");
}

#[tokio::test]
async fn a_key_that_is_let_go_is_gone_from_keychain_memory_and_lists() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let made = desk.make_key(&restaurant).await.record;

    desk.app.let_go(&made.id).await.expect("it goes");

    assert!(desk.keychain.entries().is_empty());
    assert!(matches!(desk.app.key(&made.id).await, Err(Trouble::NoSuchKey)));
    assert_eq!(desk.records.of(&made.id).state, KeyState::LetGo);
    assert!(desk.app.keys_here(&restaurant).expect("the keys").is_empty());
    assert_eq!(desk.hub.live_key_count(&restaurant.0), 1, "at the Hub it lives on");
}

#[tokio::test]
async fn a_key_that_the_keychain_will_not_let_go_of_is_not_called_gone() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.refuse_to_remove();

    let trouble = desk.app.let_go(&made.id).await;

    assert_eq!(trouble.expect_err("it stays"), Trouble::Keychain(KeychainError::Refused));
    assert_eq!(desk.records.of(&made.id).state, KeyState::SafetyCopy);
    assert!(desk.app.key(&made.id).await.is_ok(), "it can still be shown");
}

#[tokio::test]
async fn a_kept_key_gets_a_new_name_in_its_place() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");

    let renamed = desk.app.keep_key(&made.id, "Till").await.expect("it is kept");

    assert_eq!(renamed.label.as_deref(), Some("Till"));
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::Kept]);
    assert!(desk.keychain.entries()[0].1.ends_with("(Till)"));
}

#[tokio::test]
async fn a_key_that_does_not_exist_can_be_neither_kept_nor_shown_nor_let_go() {
    let desk = Desk::of_maria().await;

    assert!(matches!(desk.app.key("nosuch").await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.keep_key("nosuch", "name").await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.let_go("nosuch").await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.done("nosuch").await, Err(Trouble::NoSuchKey)));
    assert!(desk.diary.take().is_empty());
}

#[tokio::test]
async fn a_safety_copy_outlives_a_keychain_that_was_locked_meanwhile() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let key = desk.app.key(&made.id).await.expect("the key");
    desk.app.done(&made.id).await.expect("it lies in the keychain");

    desk.keychain.stay_locked();
    let locked = desk.app.key(&made.id).await;
    assert_eq!(locked.expect_err("it is locked"), Trouble::Keychain(KeychainError::StayedLocked));
    assert_eq!(desk.app.waiting_keys().expect("the keys").len(), 1, "it still waits for a decision");

    desk.keychain.mend();
    assert!(desk.app.key(&made.id).await.expect("the key").same_as(&key));
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::SafetyCopy]);
}

#[tokio::test]
async fn a_key_that_the_keychain_gives_up_late_is_noted_as_let_go() {
    // Given a kept key, which the keychain does not give up while the person waits
    let desk = Desk::of_maria().await;
    let id = desk.make_key(&desk.channel(RESTAURANT)).await.record.id;
    let kept = desk.app.keep_key(&id, "Booking tool").await.expect("it is kept");
    desk.app.done(&id).await.expect("it lies in the keychain");
    desk.keychain.refuse_to_remove();
    desk.app.let_go(&id).await.expect_err("it stays");
    assert_eq!(desk.records.of(&id).state, KeyState::Kept);

    // When another of its entries comes out, then it is still kept
    let entry = |purpose| Entry::Key {
        realm: Realm::Practice,
        purpose,
        channel: kept.channel.clone(),
        id: id.clone(),
    };
    assert!(!desk.app.came_out_late(&entry(Purpose::SafetyCopy)));
    assert_eq!(desk.records.of(&id).state, KeyState::Kept);

    // When its own does, then it is not kept any more
    assert!(desk.app.came_out_late(&entry(Purpose::Kept)));
    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
    assert_eq!(desk.app.all_keys_here(), Ok(Vec::new()));
    assert!(!desk.app.came_out_late(&entry(Purpose::Kept)), "that is known");
}

#[tokio::test]
async fn a_new_key_that_the_keychain_gives_up_late_is_in_memory_alone_until_it_was_copied() {
    let desk = Desk::of_maria().await;
    let record = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.refuse_to_remove();
    desk.app.let_go(&record.id).await.expect_err("it stays");

    let (realm, purpose) = (Realm::Practice, Purpose::SafetyCopy);
    let entry = Entry::Key { realm, purpose, channel: record.channel.clone(), id: record.id.clone() };
    assert!(desk.app.came_out_late(&entry));

    assert_eq!(desk.records.of(&record.id).state, KeyState::InMemory);
    assert!(desk.app.stored_nowhere().is_some(), "nothing closes over it");
}
