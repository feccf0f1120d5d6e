//! The keys that are kept here: their names, where they are used, and what a test said and when.

use channel_keys_core::app::Trouble;
use channel_keys_core::clock::Clock;
use channel_keys_core::hub::{HubError, KeyOf};
use channel_keys_core::keychain::{KeychainError, Purpose};
use channel_keys_core::keys::KeyTest;
use channel_keys_core::records::{KeyRecord, Origin, Place, Tested};
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

/// Maria kept the restaurant's key.
async fn desk_with_a_kept_key() -> (Desk, String) {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    (desk, made.id)
}

fn place(name: &str, done: bool) -> Place {
    Place { name: name.into(), done }
}

#[tokio::test]
async fn a_key_says_when_it_was_made_and_by_whom() {
    let (desk, id) = desk_with_a_kept_key().await;

    let record = desk.app.all_keys_here().expect("the keys").remove(0);

    assert_eq!((record.id.as_str(), record.by.as_deref()), (id.as_str(), Some(MARIA.0)));
    assert_eq!((record.origin, record.asked_at), (Origin::Made, desk.clock.now()));
    assert_eq!((record.worked_at, record.tested), (Some(desk.clock.now()), None));
    assert_eq!(record.number.as_deref(), Some("493055570188"));
}

#[tokio::test]
async fn a_key_gets_another_name_in_the_keychain_too() {
    let (desk, id) = desk_with_a_kept_key().await;
    let key = desk.key(&id).await;

    let renamed = desk.app.rename_key(&id, "  Till\u{7} ").await.expect("it has another name");

    assert_eq!(renamed.label.as_deref(), Some("Till"));
    assert_eq!(desk.records.of(&id), renamed);
    let label = "Channel Keys practice: Restaurant bookings +493055570188 (Till)".to_owned();
    assert_eq!(desk.keychain.entries(), [(Purpose::Kept, label)]);
    assert!(desk.keychain.holds(&id, Purpose::Kept, &key), "it is still the same key");
}

#[tokio::test]
async fn a_name_can_be_taken_away_and_is_not_endless() {
    let (desk, id) = desk_with_a_kept_key().await;

    let long = desk.app.rename_key(&id, &"ä".repeat(500)).await.expect("it is cut");
    let none = desk.app.rename_key(&id, " \t ").await.expect("it has none");

    assert_eq!(long.label.map(|label| label.chars().count()), Some(80));
    assert_eq!(none.label, None);
    assert!(desk.keychain.entries()[0].1.ends_with("(kept key)"));
}

#[tokio::test]
async fn a_safety_copy_is_named_without_being_kept() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    let named = desk.app.rename_key(&made.id, "Till").await.expect("it has a name");

    assert_eq!((named.state, named.label.as_deref()), (made.state, Some("Till")));
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::SafetyCopy]);
}

#[tokio::test]
async fn a_keychain_that_refuses_the_new_name_leaves_the_old_one() {
    let (desk, id) = desk_with_a_kept_key().await;
    desk.keychain.refuse_to_put(Purpose::Kept, KeychainError::Refused);

    let trouble = desk.app.rename_key(&id, "Till").await;

    assert_eq!(trouble, Err(Trouble::Keychain(KeychainError::Refused)));
    assert_eq!(desk.records.of(&id).label.as_deref(), Some("Booking tool"));
    assert!(desk.app.key(&id).await.is_ok());
}

#[tokio::test]
async fn where_a_key_is_used_is_noted_in_the_persons_own_words() {
    let (desk, id) = desk_with_a_kept_key().await;

    let placed = desk.app.set_places(
        &id,
        vec![
            place(" Booking tool ", true),
            place("", true),
            place("Newsletter", false),
            place("Booking tool", false),
            place("\u{7f} ", false),
        ],
    );

    let placed = placed.expect("it is noted");
    assert_eq!(placed.places, [place("Booking tool", true), place("Newsletter", false)]);
    assert_eq!(desk.records.of(&id), placed);
    let emptied = desk.app.set_places(&id, Vec::new()).expect("it is noted");
    assert_eq!(emptied.places, []);
}

#[tokio::test]
async fn the_list_of_places_has_an_end() {
    let (desk, id) = desk_with_a_kept_key().await;
    let places = (0..100).map(|at| place(&format!("{at} {}", "x".repeat(200)), false)).collect();

    let placed = desk.app.set_places(&id, places).expect("it is noted");

    assert_eq!(placed.places.len(), 40);
    assert!(placed.places.iter().all(|place| place.name.chars().count() == 80));
}

#[tokio::test]
async fn the_next_key_of_the_number_has_to_go_to_the_same_places_and_is_in_none_of_them() {
    let (desk, id) = desk_with_a_kept_key().await;
    desk.app.set_places(&id, vec![place("Till", true), place("Shop", false)]).expect("it is noted");
    desk.clock.forward(Duration::minutes(1));

    let next = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let elsewhere = desk.make_key(&desk.channel("Events Lisbon")).await.record;

    assert_eq!(next.places, [place("Till", false), place("Shop", false)]);
    assert_eq!(desk.records.of(&id).places, [place("Till", true), place("Shop", false)]);
    assert_eq!(elsewhere.places, [], "another number's key is used elsewhere");
    desk.clock.forward(Duration::minutes(1));
    desk.app.set_places(&next.id, vec![place("Till", true)]).expect("it is noted");
    let last = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    assert_eq!(last.places, [place("Till", false)], "the latest list counts");
}

#[tokio::test]
async fn another_persons_places_are_not_taken_over() {
    let (desk, id) = desk_with_a_kept_key().await;
    desk.app.set_places(&id, vec![place("Till", true)]).expect("it is noted");
    desk.sign_in(JONAS).await;

    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    assert_eq!((made.places, made.by.as_deref()), (Vec::new(), Some(JONAS.0)));
}

/// The last test and its time, when the key last worked, and since when it is refused: in minutes from the start.
fn tests(desk: &Desk, id: &str) -> (Option<(Tested, i64)>, Option<i64>, Option<i64>) {
    let KeyRecord { tested, worked_at, refused_at, asked_at, .. } = desk.records.of(id);
    let minutes = |at: time::OffsetDateTime| (at - asked_at).whole_minutes();
    (tested.map(|(word, at)| (word, minutes(at))), worked_at.map(minutes), refused_at.map(minutes))
}

#[tokio::test]
async fn a_refusal_lies_between_the_last_test_that_went_well_and_the_first_that_did_not() {
    let (desk, id) = desk_with_a_kept_key().await;
    let test = async |fault: Option<Do>, minutes| {
        desk.clock.forward(Duration::minutes(minutes));
        desk.hub.set_faults(fault.map(|it| Fault::new(HEALTH, it)).into_iter().collect());
        desk.app.test_key(&id).await.expect("it is tested");
        tests(&desk, &id)
    };

    assert_eq!(test(None, 2).await, (Some((Tested::Works, 2)), Some(2), None));
    let silent = test(Some(Do::ResetBeforeCommit), 1).await;
    assert_eq!(silent, (Some((Tested::CouldNotAsk, 3)), Some(2), None), "silence changes nothing");
    assert_eq!(test(Some(Do::Refuse), 37).await, (Some((Tested::Refused, 40)), Some(2), Some(40)));
    assert_eq!(test(Some(Do::Refuse), 10).await, (Some((Tested::Refused, 50)), Some(2), Some(40)));
    let silent = test(Some(Do::CutBody), 5).await;
    assert_eq!(silent, (Some((Tested::CouldNotAsk, 55)), Some(2), Some(40)), "nor does it here");
    assert_eq!(test(None, 5).await, (Some((Tested::Works, 60)), Some(60), None), "it works again");
    assert_eq!(test(Some(Do::Refuse), 5).await, (Some((Tested::Refused, 65)), Some(60), Some(65)));
    assert_eq!(desk.records.of(&id).replaced_at, None, "nobody here replaced it");
}

#[tokio::test]
async fn a_key_that_was_replaced_here_is_called_replaced_whatever_the_test_says() {
    let (desk, id) = desk_with_a_kept_key().await;
    desk.clock.forward(Duration::minutes(1));
    let next = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.clock.forward(Duration::minutes(1));

    assert_eq!(desk.app.test_key(&id).await, Ok(KeyTest::Refused));

    assert_eq!(desk.records.of(&id).replaced_at, Some(next.changed_at));
    assert_eq!(tests(&desk, &id), (Some((Tested::Refused, 2)), Some(0), Some(2)));
}

#[tokio::test]
async fn where_messages_go_is_told_and_that_a_new_key_cleared_it() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let (pasted, ..) = desk.paste(&restaurant, &desk.earlier_key(&restaurant)).await;
    let set = desk.app.webhook(&pasted.id).await.expect("it is asked");
    let made = desk.make_key(&restaurant).await.record;

    let cleared = desk.app.webhook(&made.id).await.expect("it is asked");
    let by_a_dead_key = desk.app.webhook(&pasted.id).await.expect("it is asked");
    desk.spoil(Fault::new(WEBHOOK, Do::ResetBeforeCommit));
    let silent = desk.app.webhook(&made.id).await.expect("it is asked");

    assert_eq!(set.map(|(webhook, _)| webhook.host), Ok(Some("hooks.tablewise.example".to_owned())));
    assert_eq!(cleared.map(|(webhook, _)| webhook.host), Ok(None), "making a key clears it");
    assert_eq!(by_a_dead_key.err(), Some(HubError::KeyRefused(KeyOf::Channel)), "nobody is signed out");
    assert_eq!(silent.err(), Some(HubError::NoAnswer));
    assert_eq!(desk.app.webhook("nosuch").await.err(), Some(Trouble::NoSuchKey));
}
