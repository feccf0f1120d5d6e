//! Two things at once: what is slow to answer does not undo what was done meanwhile.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::Permission;
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::keychain::Purpose;
use channel_keys_core::keys::{KeyTest, Outcome};
use channel_keys_core::overview::Listing;
use channel_keys_core::records::{KeyRecord, KeyState, Place, Tested};
use practice_hub::{Do, Fault};

use crate::desk::*;
use crate::keychain::Hold;
use crate::watched::OnItsWay;

async fn desk_with_a_new_key() -> (Desk, String) {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    (desk, made.id)
}

/// Tests a key, and does something else before the answer is in.
async fn test_and_meanwhile(desk: &Desk, id: &str, meanwhile: impl Future<Output = ()>) -> KeyTest {
    desk.odd.gate.hold(OnItsWay::Health);
    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        meanwhile.await;
        desk.odd.gate.let_through();
    };
    let (test, ()) = tokio::join!(desk.app.test_key(id), meanwhile);
    test.expect("it is tested")
}

#[tokio::test]
async fn a_key_that_is_kept_while_it_is_tested_stays_kept() {
    let (desk, id) = desk_with_a_new_key().await;
    let key = desk.key(&id).await;

    let test = test_and_meanwhile(&desk, &id, async {
        desk.app.keep_key(&id, "Booking tool").await.expect("it is kept");
    })
    .await;

    assert!(matches!(test, KeyTest::Works { .. }), "{test:?}");
    let record = desk.records.of(&id);
    assert_eq!((record.state, record.label.as_deref()), (KeyState::Kept, Some("Booking tool")));
    assert_eq!(record.tested.map(|(word, _)| word), Some(Tested::Works));
    assert!(desk.key(&id).await.same_as(&key), "it is found where it lies");
}

#[tokio::test]
async fn a_key_that_is_let_go_while_it_is_tested_does_not_come_back() {
    let (desk, id) = desk_with_a_new_key().await;

    test_and_meanwhile(&desk, &id, async {
        desk.app.let_go(&id).await.expect("it goes");
    })
    .await;

    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
    assert_eq!(desk.app.all_keys_here(), Ok(Vec::new()));
}

#[tokio::test]
async fn a_key_that_is_replaced_while_it_is_tested_is_called_replaced() {
    let (desk, id) = desk_with_a_new_key().await;
    desk.clock.forward(time::Duration::minutes(1));

    test_and_meanwhile(&desk, &id, async {
        desk.make_key(&desk.channel(RESTAURANT)).await;
    })
    .await;

    assert!(desk.records.of(&id).replaced_at.is_some());
}

#[tokio::test]
async fn a_test_whose_answer_comes_after_signing_out_changes_nothing_but_itself() {
    let (desk, id) = desk_with_a_new_key().await;

    test_and_meanwhile(&desk, &id, async {
        desk.app.sign_out().expect("it lies in the keychain");
        desk.sign_in(JONAS).await;
    })
    .await;

    assert_eq!(desk.deeds(), [], "it was not Jonas who tested it");
    assert_eq!(desk.records.of(&id).state, KeyState::SafetyCopy);
    desk.sign_in(MARIA).await;
    assert_eq!(desk.deeds().last(), Some(&(What::KeyTested, Ended::Done)));
}

#[tokio::test]
async fn a_key_that_is_replaced_while_the_keychain_waits_to_keep_it_is_called_replaced() {
    let (desk, id) = desk_with_a_new_key().await;
    desk.clock.forward(time::Duration::minutes(1));
    desk.keychain.hold(Hold::Put);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.make_key(&desk.channel(RESTAURANT)).await;
        desk.keychain.let_through();
    };
    let (kept, ()) = tokio::join!(desk.app.keep_key(&id, "Booking tool"), meanwhile);

    let kept = kept.expect("it is kept");
    assert_eq!((kept.state, kept.replaced_at.is_some()), (KeyState::Kept, true));
    assert_eq!(desk.records.of(&id), kept);
}

#[tokio::test]
async fn a_permission_whose_answer_comes_after_another_client_was_chosen_is_the_first_ones() {
    let desk = Desk::of(SAM).await;
    let [bikes, coffee] = ["Sam's Bikes", "Sam's Coffee"].map(|name| desk.client_id(name));
    desk.app.choose_client(&bikes).expect("it is his");
    let shop_floor = desk.channel_of("Sam's Bikes", "Shop floor");
    desk.odd.gate.hold(OnItsWay::Permission);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.choose_client(&coffee).expect("it is his too");
        desk.app.channels().await.expect("the channels");
        desk.odd.gate.let_through();
    };
    let (changed, ()) = tokio::join!(desk.app.change_permission(&shop_floor, Permission::Missing), meanwhile);

    assert!(changed.is_ok_and(|change| change.came_about()));
    let newest = desk.app.history().expect("the history").remove(0);
    assert_eq!((newest.what, newest.client_name.as_deref()), (What::PermissionRemoved, Some("Sam's Bikes")));
    assert_eq!(desk.app.channels().await.map(|overview| overview.client.id), Ok(coffee));
}

#[tokio::test]
async fn a_key_whose_answer_comes_after_another_person_came_is_still_hers() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.odd.gate.hold(OnItsWay::Key);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.sign_in(JONAS).await;
        desk.odd.gate.let_through();
    };
    let (outcome, ()) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(desk.keychain.purposes(&made.record.id), [Purpose::SafetyCopy]);
    assert!(matches!(desk.app.key(&made.record.id).await, Err(Trouble::NoSuchKey)), "it is not his");
    assert_eq!(desk.deeds(), [], "and it was not Jonas who made it");
    desk.sign_in(MARIA).await;
    assert_eq!(desk.deeds(), [(What::KeyMade, Ended::Done)]);
    assert!(desk.works(&made.record.id).await);
}

/// Lets a kept or new key go while the keychain waits to keep it under a name.
async fn let_go_while(desk: &Desk, id: &str, naming: impl Future<Output = Result<KeyRecord, Trouble>>) {
    desk.keychain.hold(Hold::Put);
    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.app.let_go(id).await.expect("it goes");
        desk.keychain.let_through();
    };
    let (named, ()) = tokio::join!(naming, meanwhile);

    assert_eq!(named, Err(Trouble::NoSuchKey));
    assert_eq!(desk.records.of(id).state, KeyState::LetGo);
    assert_eq!(desk.keychain.purposes(id), [], "nothing of it stays in the keychain");
    assert_eq!(desk.app.all_keys_here(), Ok(Vec::new()));
}

#[tokio::test]
async fn a_key_that_is_let_go_while_the_keychain_waits_to_keep_it_is_gone() {
    let (desk, id) = desk_with_a_new_key().await;
    let_go_while(&desk, &id, desk.app.keep_key(&id, "Booking tool")).await;
}

#[tokio::test]
async fn a_key_that_is_let_go_while_the_keychain_waits_to_rename_it_is_gone() {
    let (desk, id) = desk_with_a_new_key().await;
    desk.app.keep_key(&id, "Booking tool").await.expect("it is kept");
    let_go_while(&desk, &id, desk.app.rename_key(&id, "Shop")).await;
}

#[tokio::test]
async fn a_key_that_is_kept_while_it_is_moved_stays_where_it_was_kept() {
    let (desk, id) = desk_with_a_new_key().await;
    let key = desk.key(&id).await;
    desk.keychain.hold(Hold::Put);

    let front_desk = desk.channel(FRONT_DESK);
    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.app.keep_key(&id, "Booking tool").await.expect("it is kept");
        desk.keychain.let_through();
    };
    let (moved, ()) = tokio::join!(desk.app.move_key(&id, &front_desk), meanwhile);

    assert_eq!(moved, Err(Trouble::NoSuchKey));
    let record = desk.records.of(&id);
    assert_eq!((record.state, &record.channel), (KeyState::Kept, &desk.channel(RESTAURANT)));
    assert!(desk.key(&id).await.same_as(&key), "it is found where it lies");
}

#[tokio::test]
async fn what_a_test_says_of_a_key_that_was_moved_meanwhile_is_said_of_no_other_number() {
    let (desk, id) = desk_with_a_new_key().await;
    let front_desk = desk.channel(FRONT_DESK);

    test_and_meanwhile(&desk, &id, async {
        desk.app.move_key(&id, &front_desk).await.expect("it is moved");
    })
    .await;

    let record = desk.records.of(&id);
    assert_eq!((record.channel, record.tested), (front_desk, None));
}

#[tokio::test]
async fn places_that_are_ticked_while_the_keychain_waits_to_keep_a_key_stay_ticked() {
    let (desk, id) = desk_with_a_new_key().await;
    desk.keychain.hold(Hold::Put);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        let shop = Place { name: "Shop".into(), done: true };
        desk.app.set_places(&id, vec![shop]).expect("it is written");
        desk.keychain.let_through();
    };
    let (kept, ()) = tokio::join!(desk.app.keep_key(&id, "Booking tool"), meanwhile);

    let kept = kept.expect("it is kept");
    assert_eq!((kept.state, kept.places.len()), (KeyState::Kept, 1));
    assert_eq!(desk.records.of(&id), kept);
}

#[tokio::test]
async fn a_key_that_is_let_go_while_it_is_looked_for_does_not_come_back() {
    // Given a program that stopped while a key was made
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.odd.gate.hold(OnItsWay::Key);
    tokio::select! {
        _ = desk.app.make_key(&before.ticket) => panic!("it is held"),
        () = desk.odd.gate.somebody_waits() => {}
    }
    desk.odd.gate.let_through();
    let desk = desk.restart(MARIA).await;
    let id = desk.records.all()[0].id.clone();
    desk.keychain.hold(Hold::Get);

    // When the person lets it go while the keychain is asked for it
    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.app.let_go(&id).await.expect("it goes");
        desk.keychain.let_through();
    };
    let (recovered, ()) = tokio::join!(desk.app.recover(), meanwhile);

    // Then it stays gone
    recovered.expect("the records can be written");
    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
    assert_eq!(desk.app.waiting_keys(), Ok(Vec::new()));
}

/// Reads the list, and does something else before the answer is in. What is shown then.
async fn read_and_meanwhile(desk: &Desk, meanwhile: impl Future<Output = ()>) -> Listing {
    desk.odd.gate.hold(OnItsWay::Channels);
    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        meanwhile.await;
        desk.odd.gate.let_through();
    };
    let (read, ()) = tokio::join!(desk.app.listing(true), meanwhile);
    let read = read.expect("there is a list");
    assert_eq!(desk.app.listing(false).await.as_ref(), Ok(&read), "what was answered is what is shown");
    read
}

#[tokio::test]
async fn a_list_that_was_asked_for_before_a_permission_changed_does_not_undo_it() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.app.channels().await.expect("the channels");
    let was = before.channel(&restaurant).expect("it is there").permission;
    let to = if was == Fact::Told(Permission::Shared) { Permission::Missing } else { Permission::Shared };

    let shown = read_and_meanwhile(&desk, async {
        desk.app.change_permission(&restaurant, to).await.expect("it is changed");
    })
    .await;

    assert_eq!(shown.overview.channel(&restaurant).map(|it| it.permission), Some(Fact::Told(to)));
}

#[tokio::test]
async fn a_reading_that_fails_after_a_later_one_came_through_leaves_the_later_list_fresh() {
    let desk = Desk::of_maria().await;
    let read_before = desk.app.channels().await.expect("the channels").read_at;
    desk.clock.forward(time::Duration::minutes(1));
    desk.spoil(Fault::new(CHANNELS, Do::Status).status(500));

    let shown = read_and_meanwhile(&desk, async {
        desk.mend_hub();
        desk.clock.forward(time::Duration::minutes(1));
        desk.app.listing(true).await.expect("it is read");
    })
    .await;

    assert_eq!(shown.not_fresh, None);
    assert_eq!(shown.overview.read_at - read_before, time::Duration::minutes(2));
}
