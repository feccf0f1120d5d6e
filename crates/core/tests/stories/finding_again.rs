//! Keys in the keychain of which nothing is recorded any more: the records were damaged, or their folder is gone.

use channel_keys_core::app::{Looked, Trouble};
use channel_keys_core::clock::Clock;
use channel_keys_core::keychain::{CantLook, KeychainError, Purpose};
use channel_keys_core::keys::{KeyTest, Pasted};
use channel_keys_core::records::{KeyRecord, KeyState, Origin, Owner, Realm};
use channel_keys_core::secret::ApiKey;
use time::Duration;

use crate::desk::*;

/// Maria kept the restaurant's key; then the records were lost, and somebody signs in. Nothing was looked for yet.
async fn desk_without_records(who: Credentials) -> (Desk, String, ApiKey) {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    let key = desk.key(&made.id).await;
    desk.records.lose_all();
    desk.clock.forward(Duration::days(3));
    let desk = desk.restart(who).await;
    desk.app.channels().await.expect("the channels");
    desk.keychain.take_reads();
    (desk, made.id, key)
}

async fn look(desk: &Desk) -> Looked {
    desk.app.find_again(Realm::Practice).await.expect("the records can be written")
}

fn here(desk: &Desk) -> Vec<KeyRecord> {
    desk.app.all_keys_here().expect("the keys")
}

#[tokio::test]
async fn a_kept_key_is_found_again_and_says_no_more_of_itself_than_is_known() {
    let (desk, id, _) = desk_without_records(MARIA).await;
    assert!(here(&desk).is_empty(), "nothing is known of it yet");

    assert_eq!(look(&desk).await, Looked { keys: 1, cant_look: None });

    assert_eq!(desk.keychain.take_reads(), 0, "no secret is read for it");
    let [found] = &here(&desk)[..] else { panic!("one key") };
    assert_eq!((&found.id, found.state, found.origin), (&id, KeyState::Kept, Origin::Found));
    assert_eq!(
        (&found.channel, found.channel_name.as_deref()),
        (&desk.channel(RESTAURANT), Some(RESTAURANT))
    );
    assert_eq!((found.number.as_deref(), found.asked_at), (Some("493055570188"), desk.clock.now()));
    assert_eq!((&found.by, &found.tail, found.worked_at), (&None, &None, None));
    assert_eq!(found.label.as_deref(), Some("Booking tool"), "as it is called in the keychain");
    assert!(desk.app.waiting_keys().expect("the keys").is_empty(), "it was decided upon");
}

#[tokio::test]
async fn several_that_are_found_for_one_number_are_told_apart_by_what_the_keychain_calls_them() {
    // Given two keys of one number, each kept under a name, and records that are gone
    let desk = Desk::of_maria().await;
    let channel = desk.channel(RESTAURANT);
    for name in ["Till (old)", "Booking tool"] {
        let id = desk.make_key(&channel).await.record.id;
        desk.app.keep_key(&id, name).await.expect("it is kept");
    }
    desk.records.lose_all();

    // When the program starts again and looks through the keychain
    let desk = desk.restart(MARIA).await;
    desk.app.channels().await.expect("the channels");
    look(&desk).await;

    // Then each has its name, and none is called good before it was tested
    let found = here(&desk);
    let mut names: Vec<_> = found.iter().filter_map(|key| key.label.as_deref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Booking tool", "Till (old)"]);
    assert!(found.iter().all(|key| key.worked_at.is_none()));
}

#[tokio::test]
async fn it_works_as_any_other_and_using_it_tells_how_it_ends_and_whose_it_is() {
    let (desk, id, key) = desk_without_records(MARIA).await;
    look(&desk).await;
    assert_eq!(desk.records.of(&id).owner, Owner::nobody(Realm::Practice), "nobody used it yet");

    assert!(matches!(desk.app.test_key(&id).await, Ok(KeyTest::Works { .. })));

    let record = desk.records.of(&id);
    assert_eq!((record.owner.user, record.client), (desk.person().id, desk.client_id(HARBOUR)));
    assert_eq!(record.tail.as_deref(), Some(key.ending().as_str()));
    assert_eq!(record.worked_at, Some(desk.clock.now()));
    assert!(desk.key(&id).await.same_as(&key));
    let renamed = desk.app.rename_key(&id, "Till").await.expect("it has a name again");
    assert_eq!((renamed.label.as_deref(), renamed.origin), (Some("Till"), Origin::Found));
    desk.app.let_go(&id).await.expect("it goes");
    assert!(desk.keychain.entries().is_empty() && here(&desk).is_empty());
}

#[tokio::test]
async fn a_safety_copy_that_is_found_waits_for_a_decision_and_can_be_kept() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let key = desk.key(&made.id).await;
    desk.records.lose_all();
    let desk = desk.restart(MARIA).await;
    desk.app.channels().await.expect("the channels");

    look(&desk).await;

    let waiting = desk.app.waiting_keys().expect("the keys");
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].state, waiting[0].origin), (KeyState::SafetyCopy, Origin::Found));
    desk.app.keep_key(&made.id, "Till").await.expect("it is kept");
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::Kept]);
    assert!(desk.keychain.holds(&made.id, Purpose::Kept, &key));
    let label = &desk.keychain.entries()[0].1;
    assert_eq!(label, "Channel Keys practice: Restaurant bookings +493055570188 (Till)");
}

#[tokio::test]
async fn whoever_has_the_number_in_their_list_sees_it_until_one_uses_it() {
    let (desk, id, _) = desk_without_records(JONAS).await;
    look(&desk).await;
    assert_eq!(here(&desk).len(), 1, "Jonas works for the same client");

    let desk = desk.restart(LUCIA).await;
    desk.app.channels().await.expect("the channels");
    look(&desk).await;
    assert!(here(&desk).is_empty(), "it is for no number of hers");
    assert!(matches!(desk.app.key(&id).await, Err(Trouble::NoSuchKey)));
    assert_eq!(desk.app.let_go(&id).await, Err(Trouble::NoSuchKey));

    let desk = desk.restart(MARIA).await;
    desk.app.channels().await.expect("the channels");
    desk.key(&id).await;
    let desk = desk.restart(JONAS).await;
    desk.app.channels().await.expect("the channels");
    assert!(here(&desk).is_empty(), "Maria used it, so it is hers");
    assert!(matches!(desk.app.key(&id).await, Err(Trouble::NoSuchKey)));
}

#[tokio::test]
async fn before_a_list_was_ever_read_nobody_is_shown_what_was_found() {
    let (desk, ..) = desk_without_records(MARIA).await;
    desk.records.lose_all();
    let desk = desk.restart(MARIA).await;

    look(&desk).await;
    assert!(here(&desk).is_empty(), "it is not known yet which numbers are hers");

    desk.app.channels().await.expect("the channels");
    assert_eq!(here(&desk).len(), 1);
}

#[tokio::test]
async fn looking_again_changes_nothing_of_what_is_known_and_what_is_the_other_worlds_stays_there() {
    let (desk, id, _) = desk_without_records(MARIA).await;
    look(&desk).await;
    desk.app.rename_key(&id, "Till").await.expect("it has a name");
    let known = desk.records.all();

    assert_eq!(look(&desk).await, Looked { keys: 1, cant_look: None });
    let real = desk.app.find_again(Realm::Real).await.expect("the records can be written");

    assert_eq!(real, Looked { keys: 0, cant_look: None });
    assert_eq!(desk.records.all(), known);
}

#[tokio::test]
async fn a_key_that_was_recorded_is_never_taken_for_one_that_was_not() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.refuse_to_remove();
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    assert_eq!(desk.keychain.purposes(&made.id), [Purpose::SafetyCopy, Purpose::Kept], "one too many");

    assert_eq!(look(&desk).await.keys, 0);
    assert_eq!(here(&desk).len(), 1);

    desk.records.lose_all();
    assert_eq!(look(&desk).await.keys, 1);
    assert_eq!(here(&desk)[0].state, KeyState::Kept, "it was kept, whatever was left behind");
}

#[tokio::test]
async fn a_keychain_that_can_t_be_looked_through_is_not_called_empty() {
    let (desk, id, _) = desk_without_records(MARIA).await;

    for why in [CantLook::Locked, CantLook::NotSetUp, CantLook::Absent, CantLook::NotOffered] {
        desk.keychain.hide_what_lies_here(why);
        assert_eq!(look(&desk).await, Looked { keys: 0, cant_look: Some(why) });
    }
    assert!(desk.records.all().is_empty());
    desk.keychain.mend();
    look(&desk).await;
    desk.keychain.stay_locked();

    assert_eq!(look(&desk).await, Looked { keys: 1, cant_look: Some(CantLook::Locked) }, "it is known still");
    let locked = Err(Trouble::Keychain(KeychainError::StayedLocked));
    assert_eq!(desk.app.test_key(&id).await, locked);
    assert_eq!(desk.records.of(&id).owner, Owner::nobody(Realm::Practice), "that was no use of it");
}

#[tokio::test]
async fn a_new_key_replaces_what_was_found_for_its_number_whoevers_it_is() {
    let (desk, id, key) = desk_without_records(MARIA).await;
    look(&desk).await;
    desk.clock.forward(Duration::minutes(1));

    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    assert_eq!(desk.records.of(&id).replaced_at, Some(made.changed_at));
    assert!(!desk.is_alive(&key).await);
    let replaced = here(&desk).into_iter().find(|key| key.id == id).expect("it is there");
    assert!(replaced.replaced_at.is_some(), "its card says so");
}

#[tokio::test]
async fn pasting_the_same_key_leads_to_the_one_that_was_found() {
    let (desk, id, key) = desk_without_records(MARIA).await;
    look(&desk).await;

    let pasted = desk.paste_text(&desk.channel(RESTAURANT), key.expose()).await;

    let Ok(Pasted::AlreadyHere(record)) = pasted else { panic!("{pasted:?}") };
    assert_eq!(record.id, id);
    assert_eq!(desk.records.of(&id).owner, Owner::nobody(Realm::Practice), "comparing is no use of it");
}

#[tokio::test]
async fn forgetting_everything_lists_what_was_found_and_takes_it_where_it_is_named() {
    let (desk, id, _) = desk_without_records(LUCIA).await;
    look(&desk).await;
    let remembered = desk.app.remembered().expect("what is here");
    assert_eq!(remembered.keys.iter().map(|key| &key.id).collect::<Vec<_>>(), [&id]);

    assert_eq!(desk.app.forget_everything(&[id]).await, Ok(Vec::new()));

    assert!(desk.keychain.entries().is_empty());
    assert!(desk.app.remembered().expect("what is here").keys.is_empty());
}
