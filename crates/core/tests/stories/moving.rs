//! A pasted key that turns out to be for another number: told as that, and put where it belongs.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::keychain::{KeychainError, Purpose};
use channel_keys_core::keys::KeyTest;
use channel_keys_core::records::{KeyRecord, KeyState, Place, Tested};
use channel_keys_core::secret::ApiKey;
use time::Duration;

use crate::desk::*;

/// The front desk's key was pasted under the restaurant.
async fn desk_with_a_key_in_the_wrong_place() -> (Desk, ApiKey, KeyRecord) {
    let desk = Desk::of_maria().await;
    let key = desk.earlier_key(&desk.channel(FRONT_DESK));
    let (record, test, belongs_to) = desk.paste(&desk.channel(RESTAURANT), &key).await;
    assert!(matches!(test, KeyTest::OtherNumber(_)), "{test:?}");
    assert_eq!(belongs_to, Some(desk.channel(FRONT_DESK)));
    (desk, key, record)
}

#[tokio::test]
async fn a_key_of_another_number_of_the_same_client_is_told_as_such_and_works() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;

    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key), "it is safe meanwhile");
    assert!(record.worked_at.is_some() && record.refused_at.is_none());
    assert_eq!(record.tested.map(|(word, _)| word), Some(Tested::OtherNumber));
    assert_eq!(desk.deeds(), [(What::KeyPasted, Ended::Done), (What::KeyTested, Ended::OtherNumber)]);
}

#[tokio::test]
async fn it_is_put_under_the_number_that_it_is_for_before_it_leaves_the_wrong_one() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;
    let front_desk = desk.channel(FRONT_DESK);
    desk.diary.take();

    let moved = desk.app.move_key(&record.id, &front_desk).await.expect("it is moved");

    assert_eq!(desk.diary.take(), ["safety copy put", "recorded as safety_copy", "safety copy removed"]);
    assert_eq!(desk.keychain.channels(&record.id), std::slice::from_ref(&front_desk));
    assert_eq!((&moved.channel, moved.channel_name.as_deref()), (&front_desk, Some(FRONT_DESK)));
    assert_eq!(desk.records.of(&record.id), moved);
    assert!(desk.key(&record.id).await.same_as(&key));
    assert!(desk.app.keys_here(&desk.channel(RESTAURANT)).expect("the keys").is_empty());
    let labels = desk.keychain.entries();
    assert!(labels[0].1.contains("Front desk +493055570142"), "{labels:?}");
}

#[tokio::test]
async fn once_moved_it_is_not_called_another_numbers_key_any_more() {
    let (desk, _, record) = desk_with_a_key_in_the_wrong_place().await;

    let moved = desk.app.move_key(&record.id, &desk.channel(FRONT_DESK)).await.expect("it is moved");

    assert_eq!(moved.tested, None, "that test compared it with the wrong number");
    assert_eq!(moved.worked_at, record.worked_at, "that it works is still known");
    assert!(desk.works(&record.id).await);
}

#[tokio::test]
async fn a_kept_key_is_moved_with_its_name_and_gets_the_places_of_its_new_number() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;
    let front_desk = desk.channel(FRONT_DESK);
    desk.app.keep_key(&record.id, "Inbox").await.expect("it is kept");
    let (earlier, ..) = desk.paste(&front_desk, &ApiKey::new("inventedinventedinvented")).await;
    let place = |done| Place { name: "Blue Anchor".into(), done };
    desk.app.set_places(&earlier.id, vec![place(true)]).expect("it is noted");

    let moved = desk.app.move_key(&record.id, &front_desk).await.expect("it is moved");

    assert_eq!((moved.state, moved.label.as_deref()), (KeyState::Kept, Some("Inbox")));
    assert_eq!(moved.places, [place(false)]);
    assert_eq!(desk.keychain.channels(&record.id), [front_desk]);
    assert!(desk.keychain.holds(&record.id, Purpose::Kept, &key));
}

#[tokio::test]
async fn moving_a_key_to_where_it_is_leaves_it_there() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;

    let moved = desk.app.move_key(&record.id, &record.channel).await.expect("it is there");

    assert_eq!(moved, record);
    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key), "the key is lost");
    assert!(desk.key(&record.id).await.same_as(&key));
}

#[tokio::test]
async fn a_keychain_that_refuses_leaves_it_where_it_is() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;
    desk.keychain.refuse_to_put(Purpose::SafetyCopy, KeychainError::Refused);

    let trouble = desk.app.move_key(&record.id, &desk.channel(FRONT_DESK)).await;

    assert_eq!(trouble, Err(Trouble::Keychain(KeychainError::Refused)));
    assert_eq!(desk.keychain.channels(&record.id), std::slice::from_ref(&record.channel));
    assert_eq!(desk.records.of(&record.id), record);
    assert!(desk.key(&record.id).await.same_as(&key));
}

#[tokio::test]
async fn nothing_is_moved_to_a_number_that_is_not_hers_nor_what_is_gone() {
    let (desk, _, record) = desk_with_a_key_in_the_wrong_place().await;
    let theirs = desk.channel_of("Padaria do Sol", "Encomendas");

    for id in [theirs, ChannelId("nosuchCH".into())] {
        assert_eq!(desk.app.move_key(&record.id, &id).await, Err(Trouble::NoSuchChannel));
    }
    desk.app.let_go(&record.id).await.expect("it goes");
    let gone = desk.app.move_key(&record.id, &desk.channel(FRONT_DESK)).await;

    assert_eq!(gone, Err(Trouble::NoSuchKey));
    assert!(desk.keychain.entries().is_empty());
}

#[tokio::test]
async fn a_key_of_somebody_elses_number_belongs_nowhere_here() {
    let desk = Desk::of_maria().await;
    let key = desk.earlier_key(&desk.channel_of("Padaria do Sol", "Encomendas"));

    let (record, test, belongs_to) = desk.paste(&desk.channel(RESTAURANT), &key).await;

    assert!(matches!(test, KeyTest::OtherNumber(_)), "{test:?}");
    assert_eq!((belongs_to, record.channel), (None, desk.channel(RESTAURANT)));
}

#[tokio::test]
async fn a_new_key_for_the_number_that_it_is_not_for_does_not_replace_it() {
    let (desk, _, record) = desk_with_a_key_in_the_wrong_place().await;
    desk.clock.forward(Duration::minutes(1));

    desk.make_key(&desk.channel(RESTAURANT)).await;

    let after = desk.records.of(&record.id);
    assert_eq!(after.replaced_at, None, "it works on, for its own number");
    assert!(matches!(desk.app.test_key(&record.id).await, Ok(KeyTest::OtherNumber(_))));
}

#[tokio::test]
async fn a_new_key_for_its_own_number_replaces_it_where_it_was_moved_to() {
    let desk = Desk::of_maria().await;
    let (restaurant, lisbon) = (desk.channel(RESTAURANT), desk.channel("Events Lisbon"));
    let (record, ..) = desk.paste(&lisbon, &desk.earlier_key(&restaurant)).await;
    desk.app.move_key(&record.id, &restaurant).await.expect("it is moved");
    desk.clock.forward(Duration::minutes(1));

    let made = desk.make_key(&restaurant).await.record;

    assert_eq!(desk.records.of(&record.id).replaced_at, Some(made.changed_at));
    assert_eq!(desk.app.test_key(&record.id).await, Ok(KeyTest::Refused));
}

#[tokio::test]
async fn a_kept_key_that_is_tested_says_whose_it_is_and_can_be_moved_there() {
    let (desk, key, record) = desk_with_a_key_in_the_wrong_place().await;
    desk.app.keep_key(&record.id, "Inbox").await.expect("it is kept");

    let test = desk.app.test_key(&record.id).await.expect("it is tested");

    let whose = desk.app.whose(&test).expect("it is known");
    assert_eq!((&whose.channel.id, whose.here), (&desk.channel(FRONT_DESK), true));
    desk.app.move_key(&record.id, &whose.channel.id).await.expect("it is moved");
    assert!(desk.keychain.holds(&record.id, Purpose::Kept, &key));
    assert!(desk.works(&record.id).await);
    let works = desk.app.test_key(&record.id).await.expect("it is tested");
    assert_eq!(desk.app.whose(&works), None, "it lies where it belongs");
}

#[tokio::test]
async fn a_key_of_a_number_of_his_other_client_is_told_as_that_once_its_list_was_seen() {
    let desk = Desk::of(SAM).await;
    desk.app.choose_client(&desk.client_id("Sam's Bikes")).expect("it is his");
    let theirs = desk.app.channels().await.expect("the channels").channels.remove(0);
    let key = desk.earlier_key(&theirs.id);
    desk.app.choose_client(&desk.client_id("Sam's Coffee")).expect("it is his too");
    let mine = desk.app.channels().await.expect("the channels").channels.remove(0);

    let (_, test, belongs_to) = desk.paste(&mine.id, &key).await;

    let whose = desk.app.whose(&test).expect("it was seen here");
    assert_eq!((whose.channel.id, whose.here, belongs_to), (theirs.id, false, None));
    assert_eq!(whose.client_name.as_deref(), Some("Sam's Bikes"));
}

#[tokio::test]
async fn of_a_key_of_somebody_elses_number_nobody_is_named() {
    let desk = Desk::of_maria().await;
    let key = desk.earlier_key(&desk.channel_of("Padaria do Sol", "Encomendas"));

    let (_, test, _) = desk.paste(&desk.channel(RESTAURANT), &key).await;

    assert!(matches!(test, KeyTest::OtherNumber(_)), "{test:?}");
    assert_eq!(desk.app.whose(&test), None);
}
