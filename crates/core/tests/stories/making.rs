//! Making a key: written down before, sent once, in the keychain before anybody sees it.

use channel_keys_core::app::Trouble;
use channel_keys_core::history::What;
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::{KeychainError, Probe, Purpose};
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::{KeyRecord, KeyState, Realm, RecordsError};
use channel_keys_core::steps::Step;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::keychain::Hold;

#[tokio::test]
async fn a_key_is_kept_whatever_its_number_is_called() {
    for name in
        ["Restaurant\u{0}bookings", "live \u{202e}elif\u{202c} name", &"long ".repeat(5_000), "\u{200b}"]
    {
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        desk.odd.call_every_number(name);

        let before = desk.before(&restaurant).await;
        let made = desk.make_key(&restaurant).await;

        assert_eq!((before.keychain, made.safety_copy), (Probe::Ready, Ok(())), "{name:.40?}");
        assert_eq!(made.record.channel_name.as_deref(), Some(name), "records have it as it came");
        let (_, label) = desk.keychain.entries().remove(0);
        assert!(desk.keychain.tried().iter().all(|tried| *tried == label), "the trial was called {label:?}");
        assert!(label.chars().count() < 300 && !label.contains(['\0', '\u{202e}', '\u{200b}']), "{label:?}");
        desk.app.keep_key(&made.record.id, "Booking\u{0} tool\n").await.expect("it is kept");
        assert!(desk.keychain.entries()[0].1.ends_with(" (Booking tool)"), "{:?}", desk.keychain.entries());
    }
}

#[tokio::test]
async fn a_keychain_that_can_t_hold_a_number_s_id_is_told_before_a_key_is_made() {
    let desk = Desk::of_maria().await;
    desk.keychain.refuse_usernames_with(&desk.channel(RESTAURANT).0);

    let before = desk.before(&desk.channel(RESTAURANT)).await;

    assert_eq!(before.keychain, Probe::Refusing);
}

#[tokio::test]
async fn a_key_is_recorded_before_it_is_asked_for_and_in_the_keychain_before_it_is_told() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.earlier_key(&restaurant);
    assert!(desk.hub.webhook(&restaurant.0).is_some());
    let before = desk.before(&restaurant).await;
    assert_eq!((before.keychain, before.here.len()), (Probe::Ready, 0));
    desk.diary.take();

    let outcome = desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(
        desk.diary.take(),
        ["recorded as asked", "Hub asked", "Hub answered", "safety copy put", "recorded as safety_copy"]
    );
    let Outcome::Made(made) = outcome else { panic!("{outcome:?}") };
    let id = &made.record.id;
    assert_eq!((made.safety_copy, made.record.state), (Ok(()), KeyState::SafetyCopy));
    assert_eq!(desk.records.of(id), made.record, "what is told is what is durable");
    let key = desk.app.key(id).await.expect("the key");
    assert!(desk.keychain.holds(id, Purpose::SafetyCopy, &key), "the very key lies in the keychain");
    assert_eq!(made.record.tail.as_deref(), Some(key.ending().as_str()));
    assert_eq!(made.record.address.as_deref(), Some(desk.hub.messaging()));
    assert_eq!(
        desk.keychain.entries(),
        [(
            Purpose::SafetyCopy,
            "Channel Keys practice: Restaurant bookings +493055570188 (safety copy)".to_owned()
        )]
    );
    assert!(!desk.is_alive(&earlier).await, "the messaging host refuses the earlier key");
    assert!(desk.works(id).await, "and takes the new one");
    assert_eq!(desk.hub.webhook(&restaurant.0), None, "the webhook is cleared");
    assert_eq!((desk.count(MAKE_KEY), desk.hub.live_key_count(&restaurant.0)), (1, 1));
}

#[tokio::test]
async fn every_step_from_the_note_to_the_kept_key_is_named_and_done_in_its_order() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.note_use(&made.id, What::KeyShown);
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");

    assert_eq!(desk.walked.take(), Step::ALL);
    assert!(Step::ALL.iter().all(|step| Step::from_word(step.word()) == Some(*step)), "each has a name");
}

#[tokio::test]
async fn a_ticket_is_good_for_one_request() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    let first = desk.app.make_key(&before.ticket).await;
    assert!(matches!(first, Ok(Outcome::Made(_))), "{first:?}");

    let again = desk.app.make_key(&before.ticket).await;

    assert_eq!(again.expect_err("it is used up"), Trouble::AlreadyAsked);
    assert_eq!(desk.count(MAKE_KEY), 1);
}

#[tokio::test]
async fn a_double_click_makes_one_key() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;

    let (one, other) = tokio::join!(desk.app.make_key(&before.ticket), desk.app.make_key(&before.ticket));

    let made = [&one, &other].into_iter().filter(|it| matches!(it, Ok(Outcome::Made(_)))).count();
    let refused = [&one, &other].into_iter().filter(|it| matches!(it, Err(Trouble::AlreadyAsked))).count();
    assert_eq!((made, refused, desk.count(MAKE_KEY)), (1, 1, 1));
    assert_eq!(desk.app.keys_here(&restaurant).expect("the keys").len(), 1);
}

#[tokio::test]
async fn a_second_window_makes_no_second_key_while_the_first_is_being_made() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    desk.keychain.hold(Hold::Put);

    let second_window = async {
        desk.keychain.somebody_waits().await;
        let before = desk.before(&restaurant).await;
        let refused = desk.app.make_key(&before.ticket).await;
        desk.keychain.let_through();
        refused
    };
    let (first, second) = tokio::join!(desk.app.make_key(&before.ticket), second_window);

    assert!(matches!(first, Ok(Outcome::Made(_))), "{first:?}");
    assert_eq!(second.expect_err("one is being made"), Trouble::AlreadyAsked);
    assert_eq!(desk.count(MAKE_KEY), 1);
    let later = desk.ask_for_key(&restaurant).await;
    assert!(matches!(later, Outcome::Made(_)), "when it is done, another may be made: {later:?}");
}

#[tokio::test]
async fn reading_the_facts_again_puts_the_earlier_ticket_out_of_use() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let stale = desk.before(&restaurant).await;
    let fresh = desk.before(&restaurant).await;

    let refused = desk.app.make_key(&stale.ticket).await;
    let made = desk.app.make_key(&fresh.ticket).await;

    assert_eq!(refused.expect_err("it is stale"), Trouble::AlreadyAsked);
    assert!(matches!(made, Ok(Outcome::Made(_))), "the fresh one is not used up by it: {made:?}");
    assert_eq!(desk.count(MAKE_KEY), 1);
}

#[tokio::test]
async fn a_refusal_uses_the_ticket_up_and_leaves_the_earlier_key_alone() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.earlier_key(&restaurant);
    let before = desk.before(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::Refuse));

    let outcome = desk.app.make_key(&before.ticket).await;
    desk.mend_hub();
    let again = desk.app.make_key(&before.ticket).await;

    assert!(matches!(outcome, Ok(Outcome::NotMade(HubError::Refused { status: 403, .. }))), "{outcome:?}");
    assert_eq!(again.expect_err("it is used up"), Trouble::AlreadyAsked);
    assert!(desk.is_alive(&earlier).await, "the earlier key works on");
    assert!(desk.keychain.entries().is_empty());
    assert!(desk.app.keys_here(&restaurant).expect("the keys").is_empty());
    assert_eq!((desk.records.all()[0].state, desk.count(MAKE_KEY)), (KeyState::NotMade, 1));
}

#[tokio::test]
async fn too_many_requests_and_an_ended_session_make_no_key_and_say_what_to_do() {
    for (fault, is_told) in [
        (
            Fault::new(MAKE_KEY, Do::Status).status(429).header("Retry-After", "60"),
            (|error| matches!(error, HubError::TooMany { wait: Some(_), .. })) as fn(&HubError) -> bool,
        ),
        (Fault::new(MAKE_KEY, Do::ExpireToken), |error| *error == HubError::SessionEnded),
    ] {
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        let before = desk.before(&restaurant).await;
        desk.spoil(fault);

        let outcome = desk.app.make_key(&before.ticket).await;

        assert!(matches!(&outcome, Ok(Outcome::NotMade(error)) if is_told(error)), "{outcome:?}");
        desk.mend_hub();
        assert!(desk.is_alive(&desk.earlier_key(&restaurant)).await, "the earlier key works on");
        desk.sign_in(MARIA).await;
        assert!(matches!(desk.ask_for_key(&restaurant).await, Outcome::Made(_)), "and it goes on after");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_or_not_understood_leaves_a_key_whose_fate_is_open() {
    for fault in [
        Fault::new(MAKE_KEY, Do::ResetBeforeCommit),
        Fault::new(MAKE_KEY, Do::ResetAfterCommit),
        Fault::new(MAKE_KEY, Do::CutBody),
        Fault::new(MAKE_KEY, Do::NotJson),
        Fault::new(MAKE_KEY, Do::NoKey),
        Fault::new(MAKE_KEY, Do::Status).status(500).after_commit(),
        Fault::new(MAKE_KEY, Do::Status).status(408).after_commit(),
        Fault::new(MAKE_KEY, Do::Answer).status(404).body("<html>Not Found</html>").after_commit(),
        Fault::new(MAKE_KEY, Do::Answer).status(401).body("Unauthorized").after_commit(),
    ] {
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        let before = desk.before(&restaurant).await;
        desk.spoil(fault.clone());

        let outcome = desk.app.make_key(&before.ticket).await;

        let Ok(Outcome::Unknown { record, .. }) = outcome else { panic!("{fault:?}: {outcome:?}") };
        assert_eq!((record.state, desk.records.of(&record.id).state), (KeyState::Unknown, KeyState::Unknown));
        assert_eq!(desk.count(MAKE_KEY), 1, "{fault:?}: it is never sent a second time by itself");
        let waiting = desk.app.waiting_keys().expect("the keys");
        assert_eq!(waiting, std::slice::from_ref(&record), "it waits for a decision");
        assert!(matches!(desk.app.key(&record.id).await, Err(Trouble::NoSuchKey)));
        assert!(desk.app.sign_out().is_ok(), "nothing is held, so nothing refuses to close");
    }
}

#[tokio::test]
async fn two_keys_in_one_answer_are_both_kept_and_replace_only_earlier_ones() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.make_key(&restaurant).await.record;
    desk.clock.forward(Duration::minutes(1));
    let body = r#"{"api_key":"inventedinventedkX9pAK","data":{{answer}}}"#;
    desk.spoil(Fault::new(MAKE_KEY, Do::Answer).after_commit().body(body));

    let outcome = desk.ask_for_key(&restaurant).await;

    desk.mend_hub();
    let Outcome::Made(made) = outcome else { panic!("{outcome:?}") };
    let [other] = made.others.as_slice() else { panic!("{made:?}") };
    assert_eq!((other.tail.as_deref(), made.safety_copy), (Some("kX9pAK"), Ok(())));
    for record in [&made.record, other] {
        let key = desk.app.key(&record.id).await.expect("the key");
        assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key), "{record:?}");
        let stored = desk.records.of(&record.id);
        assert_eq!((stored.state, stored.replaced_at), (KeyState::SafetyCopy, None));
    }
    assert!(desk.records.of(&earlier.id).replaced_at.is_some());
    // The true key is the second, so that is shown first, and known to work
    assert!(made.record.worked_at.is_some() && desk.works(&made.record.id).await);
    assert!(other.worked_at.is_none() && other.refused_at.is_some());
    assert_eq!(desk.app.waiting_keys().expect("the keys").len(), 3, "each waits for a decision");
    assert_eq!(desk.count(MAKE_KEY), 2);
}

#[tokio::test]
async fn two_keys_that_no_keychain_takes_keep_everything_open_until_both_are_decided() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    let body = r#"{"api_key":"inventedinventedkX9pAK","data":{{answer}}}"#;
    desk.spoil(Fault::new(MAKE_KEY, Do::Answer).after_commit().body(body));
    desk.keychain.refuse_all(KeychainError::Refused);

    let outcome = desk.app.make_key(&before.ticket).await;

    desk.mend_hub();
    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
    assert!(made.safety_copy.is_err());
    for record in [&made.record, &made.others[0]] {
        assert_eq!(desk.app.sign_out(), Err(Trouble::StoredNowhere));
        assert_eq!(desk.app.key_record(&record.id).expect("its record").state, KeyState::InMemory);
        desk.app.let_go(&record.id).await.expect("the person does not want it");
    }
    assert!(desk.app.sign_out().is_ok());
}

#[tokio::test]
async fn a_key_that_is_made_after_an_open_one_settles_it() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetAfterCommit).nth(1));
    let outcome = desk.ask_for_key(&restaurant).await;
    let Outcome::Unknown { record: open, .. } = outcome else { panic!("{outcome:?}") };
    desk.clock.forward(Duration::minutes(1));

    let made = desk.make_key(&restaurant).await;

    assert_eq!(desk.app.keys_here(&restaurant).expect("the keys"), std::slice::from_ref(&made.record));
    assert_eq!(desk.records.of(&open.id).replaced_at, Some(made.record.changed_at));
}

#[tokio::test]
async fn earlier_keys_of_the_same_number_are_marked_as_replaced_and_no_others() {
    let desk = Desk::of_maria().await;
    let (restaurant, lisbon) = (desk.channel(RESTAURANT), desk.channel("Events Lisbon"));
    let first = desk.make_key(&restaurant).await.record;
    let elsewhere = desk.make_key(&lisbon).await.record;
    desk.app.keep_key(&first.id, "Booking tool").await.expect("it is kept");
    desk.clock.forward(Duration::days(1));

    let second = desk.make_key(&restaurant).await.record;

    assert_eq!(desk.records.of(&first.id).replaced_at, Some(second.changed_at));
    assert_eq!(desk.app.key_record(&first.id).expect("its record").replaced_at, Some(second.changed_at));
    assert_eq!(desk.records.of(&elsewhere.id).replaced_at, None);
    assert_eq!(desk.records.of(&second.id).replaced_at, None);
    let here = desk.before(&restaurant).await.here;
    assert_eq!(here.len(), 2, "the replaced one still lies in the keychain, and is told as replaced");
    assert_eq!(here[0].id, second.id, "newest first");
}

#[tokio::test]
async fn a_key_replaces_those_made_before_it_though_the_clock_was_set_back_between() {
    for set_back in [Duration::days(3), Duration::minutes(1)] {
        // Given a kept key and a pasted one, and a clock that is set back
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        let (pasted, ..) = desk.paste(&restaurant, &desk.earlier_key(&restaurant)).await;
        let first = desk.make_key(&restaurant).await.record;
        desk.app.keep_key(&first.id, "Booking tool").await.expect("it is kept");
        desk.clock.forward(-set_back);

        // When another key is made, and the program is started again
        let second = desk.make_key(&restaurant).await.record;
        let desk = desk.restart(MARIA).await;

        // Then it comes first, and those before it are the ones that are dead
        let here = desk.before(&restaurant).await.here;
        let ids: Vec<_> = here.iter().map(|key| (&key.id, key.replaced_at.is_some())).collect();
        assert_eq!(ids, [(&second.id, false), (&first.id, true), (&pasted.id, true)]);
    }
}

#[tokio::test]
async fn a_second_key_of_one_answer_that_is_found_again_is_never_called_replaced() {
    // Given two keys of one answer, of which the second could not be written down, nor what became of the first
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    let body = r#"{"api_key":"inventedinventedkX9pAK","data":{{answer}}}"#;
    desk.spoil(Fault::new(MAKE_KEY, Do::Answer).after_commit().body(body));
    desk.records.fail_after(1);
    let outcome = desk.app.make_key(&before.ticket).await;
    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
    desk.mend_hub();
    desk.records.mend();
    desk.clock.forward(-Duration::days(1));

    // When the keychain is looked through at the next start, before or after somebody signs in
    let desk = desk.start_again();
    desk.app.find_again(Realm::Practice).await.expect("the records can be read");
    desk.sign_in(MARIA).await;
    desk.app.channels().await.expect("the channels");
    desk.app.recover().await.expect("the records can be read");

    // Then both wait for a decision, and neither is called replaced
    let waiting = desk.app.waiting_keys().expect("the keys");
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|key| key.replaced_at.is_none()), "{waiting:?}");
    assert!(desk.works(&made.record.id).await);
}

#[tokio::test]
async fn keeping_a_replaced_key_does_not_make_it_look_alive_again() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let first = desk.make_key(&restaurant).await.record;
    desk.clock.forward(Duration::minutes(1));
    let second = desk.make_key(&restaurant).await.record;

    let kept = desk.app.keep_key(&first.id, "old").await.expect("it is kept");

    assert_eq!(kept.replaced_at, Some(second.changed_at));
    assert_eq!(desk.records.of(&first.id).replaced_at, Some(second.changed_at));
}

#[tokio::test]
async fn records_that_can_t_be_written_before_let_nothing_out() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    desk.records.fail_after(0);

    let trouble = desk.app.make_key(&before.ticket).await;

    assert_eq!(trouble.expect_err("it can't be written"), Trouble::Records(RecordsError));
    assert_eq!(desk.count(MAKE_KEY), 0);
    assert!(desk.is_alive(&desk.earlier_key(&restaurant)).await, "the earlier key works on");
    desk.records.mend();
    assert!(matches!(desk.ask_for_key(&restaurant).await, Outcome::Made(_)), "and it goes on after");
}

#[tokio::test]
async fn a_full_disk_is_told_before_anybody_decides() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.records.fail_after(0);

    let before = desk.app.before_making(&restaurant).await;
    assert_eq!(before.err(), Some(Trouble::Records(RecordsError)));

    desk.records.mend();
    desk.before(&restaurant).await;
    assert!(desk.records.all().is_empty(), "what they were tried out with does not stay");
    assert_eq!(desk.count(MAKE_KEY), 0);
}

#[tokio::test]
async fn records_that_fail_after_the_answer_do_not_hide_the_key() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.records.fail_after(1);

    let outcome = desk.app.make_key(&before.ticket).await;

    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
    let id = &made.record.id;
    assert_eq!(desk.records.of(id).state, KeyState::Asked, "this is all that could be written");
    let key = desk.app.key(id).await.expect("the key can be shown");
    assert!(desk.keychain.holds(id, Purpose::SafetyCopy, &key), "it lies in the keychain");
    assert!(desk.works(id).await, "it can be tested");
    assert_eq!(desk.app.key_record(id).expect("its record").state, KeyState::SafetyCopy);

    desk.records.mend();
    let kept = desk.app.keep_key(id, "Booking tool").await.expect("it can be kept");
    assert_eq!(desk.records.of(id), kept);
}

#[tokio::test]
async fn what_became_of_a_key_is_known_on_though_it_can_t_be_written_down() {
    // Given a disk that is full from the moment of the answer on
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let first = desk.make_key(&restaurant).await.record;
    desk.app.keep_key(&first.id, "Booking tool").await.expect("it is kept");
    let before = desk.before(&restaurant).await;
    desk.records.fail_after(1);
    let outcome = desk.app.make_key(&before.ticket).await;
    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };

    // When the person is done with the key
    desk.app.done(&made.record.id).await.expect("it lies in the keychain");

    // Then it waits as the safety copy that it is, and the earlier key is known to be dead
    desk.app.recover().await.expect("the records can be read");
    let states = |keys: Vec<KeyRecord>| -> Vec<_> {
        keys.into_iter().map(|key| (key.state, key.replaced_at.is_some())).collect()
    };
    assert_eq!(states(desk.app.waiting_keys().expect("the keys")), [(KeyState::SafetyCopy, false)]);
    let all = states(desk.app.all_keys_here().expect("the keys"));
    assert_eq!(all, [(KeyState::SafetyCopy, false), (KeyState::Kept, true)]);

    // And once there is room again, it is written down
    desk.records.mend();
    desk.app.recover().await.expect("the records can be written");
    assert_eq!(desk.records.of(&made.record.id).state, KeyState::SafetyCopy);
    assert!(desk.records.of(&first.id).replaced_at.is_some());
}

#[tokio::test]
async fn a_refusal_that_can_t_be_written_down_leaves_no_key_in_doubt() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::Refuse));
    desk.records.fail_after(1);

    let outcome = desk.app.make_key(&before.ticket).await;

    assert!(matches!(outcome, Ok(Outcome::NotMade(_))), "{outcome:?}");
    desk.app.recover().await.expect("the records can be read");
    assert_eq!(desk.app.waiting_keys(), Ok(Vec::new()));
}

#[tokio::test]
async fn records_that_fail_after_the_answer_are_put_right_at_the_next_start() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.records.fail_after(1);
    let outcome = desk.app.make_key(&before.ticket).await;
    let Ok(Outcome::Made(made)) = outcome else { panic!("{outcome:?}") };
    desk.records.mend();

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&made.record.id).state, KeyState::SafetyCopy);
    assert!(desk.works(&made.record.id).await, "the key is there and works");
}
