//! The program stopped in the middle: what is found at the next start, and what is said of the rest.

use channel_keys_core::app::Trouble;
use channel_keys_core::keychain::Purpose;
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::{KeyState, Realm, Tested};
use practice_hub::{Do, Fault};

use crate::desk::*;
use crate::keychain::Hold;

/// The program stops while the keychain keeps it waiting.
async fn stopped_while(hold: Hold) -> (Desk, String) {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.keychain.hold(hold);
    tokio::select! {
        made = desk.app.make_key(&before.ticket) => panic!("it did not wait: {made:?}"),
        () = desk.keychain.somebody_waits() => {}
    }
    desk.keychain.let_through();
    let id = desk.records.all()[0].id.clone();
    assert_eq!(desk.records.of(&id).state, KeyState::Asked);
    let desk = desk.restart(MARIA).await;
    (desk, id)
}

#[tokio::test]
async fn a_key_whose_safety_copy_was_put_is_found_again() {
    let (desk, id) = stopped_while(Hold::Get).await;
    assert_eq!(desk.keychain.purposes(&id), [Purpose::SafetyCopy]);

    desk.app.recover().await.expect("the records can be written");

    let record = desk.records.of(&id);
    let key = desk.app.key(&id).await.expect("the key");
    assert_eq!(record.state, KeyState::SafetyCopy);
    assert_eq!(record.tail.as_deref(), Some(key.ending().as_str()), "it can be told from others");
    assert_eq!(desk.app.waiting_keys().expect("the keys"), [record]);
    assert!(desk.works(&id).await, "it works");
    assert!(desk.app.keep_key(&id, "Booking tool").await.is_ok(), "it can be kept");
}

#[tokio::test]
async fn a_key_of_which_nothing_is_found_is_open_and_never_called_not_made() {
    let (desk, id) = stopped_while(Hold::Put).await;

    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&id).state, KeyState::Interrupted);
    assert_eq!(desk.app.waiting_keys().expect("the keys").len(), 1, "it waits for a decision");
    assert!(matches!(desk.app.key(&id).await, Err(Trouble::NoSuchKey)));
    assert!(!desk.is_alive(&desk.earlier_key(&desk.channel(RESTAURANT))).await, "the earlier key is dead");
    assert_eq!(desk.count(MAKE_KEY), 1, "and nothing is asked for again by itself");
}

#[tokio::test]
async fn a_keychain_that_can_t_be_asked_changes_nothing_until_it_can() {
    let (desk, id) = stopped_while(Hold::Get).await;

    for is_out in [|desk: &Desk| desk.keychain.go_away(), |desk: &Desk| desk.keychain.stay_locked()] {
        is_out(&desk);
        desk.app.recover().await.expect("it is no error");
        assert_eq!(desk.records.of(&id).state, KeyState::Asked);
        let waiting = desk.app.waiting_keys().expect("the keys");
        assert_eq!((waiting.len(), waiting[0].state), (1, KeyState::Interrupted), "it is open meanwhile");
    }
    desk.keychain.mend();
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&id).state, KeyState::SafetyCopy);
}

#[tokio::test]
async fn a_key_that_lay_in_memory_alone_is_lost_with_it_and_told_so() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.mend();

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&made.id).state, KeyState::Lost);
    let waiting = desk.app.waiting_keys().expect("the keys");
    assert_eq!((waiting.len(), waiting[0].state), (1, KeyState::Lost));
    assert!(matches!(desk.app.key(&made.id).await, Err(Trouble::NoSuchKey)));
    desk.app.let_go(&made.id).await.expect("it can be put aside");
    assert!(desk.app.waiting_keys().expect("the keys").is_empty());
}

#[tokio::test]
async fn a_key_that_lay_in_memory_is_not_called_lost_before_the_keychain_was_asked() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("a keychain that can't be asked is no error");

    let waiting = desk.app.waiting_keys().expect("the keys");
    assert_eq!((waiting.len(), waiting[0].state), (1, KeyState::NotLookedFor));
    assert_eq!(desk.app.stored_nowhere(), None, "there is nothing in memory to close over");
    desk.keychain.mend();
    desk.app.recover().await.expect("the records can be written");
    assert_eq!(desk.records.of(&made.id).state, KeyState::Lost);
}

#[tokio::test]
async fn a_key_that_was_kept_while_the_records_failed_is_found_and_not_called_lost() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.mend();
    desk.records.fail_after(0);
    let kept = desk.app.keep_key(&made.id, "Booking tool").await;
    assert!(matches!(kept, Err(Trouble::Records(_))), "{kept:?}");
    desk.records.mend();

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&made.id).state, KeyState::Kept);
    assert!(desk.works(&made.id).await, "the key is there and works");
}

#[tokio::test]
async fn a_safety_copy_is_offered_at_the_next_start_though_nothing_can_be_written_then_either() {
    for records_are_lost in [false, true] {
        // Given a key whose answer came when the disk was full, and a stop
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        let first = desk.make_key(&restaurant).await.record;
        desk.app.keep_key(&first.id, "Booking tool").await.expect("it is kept");
        let before = desk.before(&restaurant).await;
        desk.records.fail_after(1);
        let outcome = desk.app.make_key(&before.ticket).await;
        let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
        let id = &made.record.id;
        let key = desk.key(id).await;
        if records_are_lost {
            desk.records.lose_all();
            desk.records.fail_after(0);
        }

        // When the program starts again, with the disk as full as before
        let desk = desk.restart(MARIA).await;
        desk.app.channels().await.expect("the channels");
        for _ in 0..2 {
            desk.app.recover().await.expect("the records can be read");
            desk.app.find_again(Realm::Practice).await.expect("the records can be read");
        }

        // Then the key waits for its decision, and can be shown, tested and looked at as any other
        let waiting = desk.app.waiting_keys().expect("the keys");
        assert_eq!(
            waiting.iter().map(|key| (&key.id, key.state)).collect::<Vec<_>>(),
            [(id, KeyState::SafetyCopy)]
        );
        assert!(desk.key(id).await.same_as(&key));
        assert!(desk.works(id).await);
        let record = desk.app.key_record(id).expect("its record");
        assert_eq!(record.tested.map(|(tested, _)| tested), Some(Tested::Works), "what it said is known");
        assert!(desk.app.remembered().expect("what is here").keys.iter().any(|key| key.id == *id));
        let here = desk.app.keys_here(&restaurant).expect("the keys");
        let earlier = here.iter().find(|key| key.id == first.id).expect("the kept one is here too");
        assert_eq!(earlier.replaced_at.is_some(), !records_are_lost, "as far as it is known");

        // And once there is room, it is kept and written down as any other
        desk.records.mend();
        let kept = desk.app.keep_key(id, "Booking tool").await.expect("it is kept");
        assert_eq!(desk.records.of(id), kept);
    }
}

#[tokio::test]
async fn a_key_that_was_taken_out_does_not_come_back_when_the_records_can_be_written_again() {
    let (desk, id) = stopped_while(Hold::Get).await;
    desk.records.fail_after(0);
    desk.app.recover().await.expect("the records can be read");

    desk.records.mend();
    desk.app.let_go(&id).await.expect("the person does not want it");
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
    assert_eq!(desk.app.waiting_keys(), Ok(Vec::new()));
}

#[tokio::test]
async fn a_key_that_is_being_made_is_not_taken_for_an_interrupted_one() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.keychain.hold(Hold::Put);

    let meanwhile = async {
        desk.keychain.somebody_waits().await;
        desk.app.recover().await.expect("the records can be written");
        let (state, waiting) = (desk.records.all()[0].state, desk.app.waiting_keys().expect("the keys"));
        desk.keychain.let_through();
        (state, waiting.len())
    };
    let (made, seen) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

    assert_eq!(seen, (KeyState::Asked, 0));
    let Ok(Outcome::Made(made)) = made else { panic!("{made:?}") };
    assert_eq!(desk.records.of(&made.record.id).state, KeyState::SafetyCopy);
}

#[tokio::test]
async fn a_key_that_lies_in_memory_is_not_lost_by_looking_for_lost_ones() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.keychain.mend();

    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&made.id).state, KeyState::InMemory);
    assert!(desk.app.stored_nowhere().is_some());
}

#[tokio::test]
async fn recovering_leaves_settled_keys_as_they_are_and_can_be_repeated() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let kept = desk.make_key(&restaurant).await.record;
    desk.app.keep_key(&kept.id, "Booking tool").await.expect("it is kept");
    let copy = desk.make_key(&desk.channel("Events Lisbon")).await.record;
    desk.spoil(Fault::new(MAKE_KEY, Do::Refuse));
    desk.ask_for_key(&restaurant).await;
    desk.mend_hub();
    let desk = desk.restart(MARIA).await;
    let before = sorted(&desk);

    desk.app.recover().await.expect("the records can be written");
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(sorted(&desk), before);
    assert_eq!(desk.records.of(&copy.id).state, KeyState::SafetyCopy);
}

/// Several keys whose fate is open, after a stop without a keychain.
async fn desk_with_open_keys(channels: &[&str]) -> Desk {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    for channel in channels {
        desk.make_key(&desk.channel(channel)).await;
    }
    desk.keychain.mend();
    desk.keychain.take_reads();
    desk.restart(MARIA).await
}

fn states(desk: &Desk) -> Vec<KeyState> {
    desk.app.waiting_keys().expect("the keys").iter().map(|key| key.state).collect()
}

#[tokio::test]
async fn a_locked_keychain_is_waited_for_once_and_not_once_for_each_key() {
    let desk = desk_with_open_keys(&[RESTAURANT, "Events Lisbon"]).await;
    desk.keychain.stay_locked();

    desk.app.recover().await.expect("it is no error");
    assert_eq!(desk.keychain.take_reads(), 1, "the person is asked once");
    desk.app.recover().await.expect("it is no error");
    assert_eq!(desk.keychain.take_reads(), 0, "who did not unlock it is not asked again and again");
    assert_eq!(states(&desk), [KeyState::NotLookedFor; 2], "and nothing is called lost");

    desk.keychain.mend();
    desk.app.recover().await.expect("the records can be written");
    assert_eq!(states(&desk), [KeyState::Lost; 2], "once it is open, all are looked for");
}

#[tokio::test]
async fn a_keychain_that_is_unlocked_when_it_asks_gives_all_that_is_looked_for() {
    let desk = desk_with_open_keys(&[RESTAURANT, "Events Lisbon"]).await;
    desk.keychain.lock_until_unlocked();
    desk.keychain.hold(Hold::Get);

    let person = async {
        desk.keychain.somebody_waits().await;
        // Another page looks meanwhile: nobody is asked twice.
        desk.app.recover().await.expect("it does not wait");
        let asked = desk.keychain.take_reads();
        desk.keychain.mend();
        desk.keychain.let_through();
        asked
    };
    let (recovered, asked) = tokio::join!(desk.app.recover(), person);

    assert_eq!((recovered, asked), (Ok(()), 1));
    assert_eq!(states(&desk), [KeyState::Lost; 2]);
}

#[tokio::test]
async fn where_there_is_no_keychain_none_is_asked_and_where_nothing_is_open_neither() {
    let desk = desk_with_open_keys(&[RESTAURANT, "Events Lisbon"]).await;
    desk.keychain.go_away();

    desk.app.recover().await.expect("it is no error");

    assert_eq!(desk.keychain.take_reads(), 0);
    assert_eq!(states(&desk), [KeyState::NotLookedFor; 2]);
    let desk = Desk::of_maria().await;
    desk.make_key(&desk.channel(RESTAURANT)).await;
    desk.keychain.take_reads();
    desk.keychain.lock_until_unlocked();
    desk.app.recover().await.expect("it is no error");
    assert_eq!(desk.keychain.take_reads(), 0, "nobody has to unlock anything for it");
}

fn sorted(desk: &Desk) -> Vec<channel_keys_core::records::KeyRecord> {
    let mut all = desk.records.all();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}
