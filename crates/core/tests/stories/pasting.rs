//! A key that was made elsewhere and is pasted here: safe first, then tested, then kept.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::{KeychainError, Purpose};
use channel_keys_core::keys::{KeyTest, Pasted};
use channel_keys_core::pasted::NoKey;
use channel_keys_core::records::{KeyState, Origin, RecordsError, Tested};
use channel_keys_core::secret::ApiKey;
use channel_keys_core::webhook::WebhookBefore;
use practice_hub::{Do, Fault};

use crate::desk::*;
use crate::keychain::Hold;

/// Maria sees her channels; the restaurant's key was made elsewhere.
async fn desk_with_a_key_from_elsewhere() -> (Desk, ChannelId, ApiKey) {
    let desk = Desk::of_maria().await;
    desk.app.channels().await.expect("the channels");
    let restaurant = desk.channel(RESTAURANT);
    let key = desk.earlier_key(&restaurant);
    desk.diary.take();
    (desk, restaurant, key)
}

/// Nothing of the key is anywhere, and nothing keeps the program from closing.
fn nothing_stays(desk: &Desk) {
    assert!(desk.keychain.entries().is_empty(), "something lies in the keychain");
    assert_eq!(desk.app.all_keys_here(), Ok(Vec::new()));
    assert_eq!(desk.app.stored_nowhere(), None);
    assert!(desk.deeds().iter().all(|(what, _)| *what != What::KeyPasted));
    assert_eq!(desk.app.sign_out(), Ok(()));
}

#[tokio::test]
async fn a_pasted_key_is_safe_before_it_is_tested_and_its_number_is_compared() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;

    let pasted = desk.paste_text(&restaurant, &format!("  {}\n", key.expose())).await;

    assert_eq!(
        desk.diary.take(),
        [
            "recorded as in_memory",
            "safety copy put",
            "recorded as safety_copy",
            "messaging host asked",
            "recorded as safety_copy"
        ]
    );
    let Ok(Pasted::Taken { record, test: KeyTest::Works { health, .. }, belongs_to: None }) = pasted else {
        panic!("{pasted:?}")
    };
    assert_eq!(health.external_id.told(), record.external_id.as_ref(), "it is this number's key");
    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key), "the very key, without the blanks");
    assert_eq!((record.state, record.origin), (KeyState::SafetyCopy, Origin::Pasted));
    assert_eq!((record.by.as_deref(), record.tail), (Some(MARIA.0), Some(key.ending())));
    assert_eq!(record.tested, Some((Tested::Works, desk.clock.now())));
    assert_eq!(desk.deeds(), [(What::KeyPasted, Ended::Done), (What::KeyTested, Ended::Done)]);
    assert_eq!(desk.count(MAKE_KEY), 0, "nothing is asked of the Hub for it");
}

#[tokio::test]
async fn a_pasted_key_without_ak_is_told_by_how_it_really_ends_and_taken_out_of_the_keychain_again() {
    let (desk, restaurant, _) = desk_with_a_key_from_elsewhere().await;
    let odd = ApiKey::new("inventedinventedkX9p");

    let (record, ..) = desk.paste(&restaurant, &odd).await;
    assert_eq!(record.tail.as_deref(), Some("kX9p"), "no AK is made up");

    let desk = desk.restart(MARIA).await;
    assert!(desk.key(&record.id).await.same_as(&odd), "it is the one that was put there");
}

#[tokio::test]
async fn a_pasted_key_is_kept_under_a_name_like_any_other() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let (record, ..) = desk.paste(&restaurant, &key).await;

    let kept = desk.app.keep_key(&record.id, "Booking tool").await.expect("it is kept");

    assert_eq!((kept.state, kept.origin), (KeyState::Kept, Origin::Pasted));
    assert_eq!(desk.keychain.purposes(&record.id), [Purpose::Kept]);
    let desk = desk.restart(MARIA).await;
    assert!(desk.key(&record.id).await.same_as(&key), "and is there after a restart");
}

#[tokio::test]
async fn a_key_that_is_refused_is_taken_and_told_as_refused() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    desk.make_key(&restaurant).await;

    let (record, test, belongs_to) = desk.paste(&restaurant, &key).await;

    assert_eq!((test, belongs_to), (KeyTest::Refused, None));
    let now = desk.clock.now();
    assert_eq!((record.worked_at, record.refused_at), (None, Some(now)), "it never worked here");
    assert_eq!(record.replaced_at, None, "when it stopped working is not known here");
    assert!(desk.app.let_go(&record.id).await.is_ok(), "it can be put away again");
}

#[tokio::test]
async fn a_key_that_could_not_be_tested_is_taken_all_the_same() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    desk.spoil(Fault::new(HEALTH, Do::ResetBeforeCommit));

    let (record, test, belongs_to) = desk.paste(&restaurant, &key).await;

    assert_eq!((test, belongs_to), (KeyTest::CouldNotAsk(HubError::NoAnswer), None));
    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key));
    assert_eq!((record.worked_at, record.refused_at), (None, None));
    assert_eq!(desk.deeds()[1], (What::KeyTested, Ended::Unknown));
    desk.mend_hub();
    assert!(desk.works(&record.id).await, "it is tested later");
}

#[tokio::test]
async fn what_is_no_key_is_written_nowhere_and_sent_nowhere() {
    let (desk, restaurant, _) = desk_with_a_key_from_elsewhere().await;

    for (text, kind) in [
        ("", NoKey::Nothing),
        ("hunter2", NoKey::Nothing),
        ("please call me back", NoKey::Nothing),
        ("****************kX9pAK", NoKey::Masked),
        ("maria@harbour-hotel.example", NoKey::Email),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwYUIxY0RVIn0.c2lnbmF0dXJl", NoKey::SessionToken),
        ("https://waba-v2.360dialog.io", NoKey::WebAddress),
    ] {
        assert_eq!(desk.paste_text(&restaurant, text).await.map(drop), Err(Trouble::NotAKey(kind)), "{text}");
    }
    assert!(desk.app.take_pasted(&restaurant, 0).await.is_err(), "there is nothing to take");

    assert!(desk.diary.take().is_empty() && desk.records.all().is_empty());
    assert_eq!(desk.count(HEALTH), 0);
    nothing_stays(&desk);
}

#[tokio::test]
async fn of_two_keys_the_one_that_is_meant_is_taken_and_nothing_before_that() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let other = "Qm7RtGh53WsBvYa9LkJdNe60zT4uAK";
    let text = format!("old: {other}\nnew: {}", key.expose());

    let found = desk.app.find_pasted(&restaurant, &text);

    assert_eq!(found, Ok(vec![Some("zT4uAK".into()), Some(key.ending())]));
    assert!(desk.diary.take().is_empty() && desk.records.all().is_empty(), "nothing is stored or asked yet");
    let taken = desk.app.take_pasted(&restaurant, 1).await;
    let Ok(Pasted::Taken { record, .. }) = taken else { panic!("{taken:?}") };
    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key));
    assert_eq!(desk.records.all().len(), 1, "the other one is nowhere");
    assert!(desk.app.take_pasted(&restaurant, 0).await.is_err(), "and is forgotten");
}

#[tokio::test]
async fn found_keys_are_forgotten_on_leaving_locking_and_signing_out() {
    let ends: [fn(&Desk); 4] = [
        |desk| desk.app.forget_pasted(),
        |desk| desk.app.lock(),
        |desk| desk.app.sign_out().expect("nothing stands in the way"),
        |desk| drop(desk.app.find_pasted(&desk.channel(RESTAURANT), "no key")),
    ];
    for end in ends {
        let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
        desk.app.find_pasted(&restaurant, key.expose()).expect("a key");
        let front_desk = desk.channel(FRONT_DESK);
        assert!(desk.app.take_pasted(&front_desk, 0).await.is_err(), "it was found for another number");

        end(&desk);

        assert!(desk.app.take_pasted(&restaurant, 0).await.is_err());
        assert!(desk.keychain.entries().is_empty() && desk.count(HEALTH) == 0);
    }
}

#[tokio::test]
async fn a_key_for_a_number_that_is_not_listed_is_not_taken() {
    let (desk, _, key) = desk_with_a_key_from_elsewhere().await;

    let pasted = desk.paste_text(&desk.channel_of("Padaria do Sol", "Encomendas"), key.expose()).await;

    assert_eq!(pasted.map(drop), Err(Trouble::NoSuchChannel));
    assert!(desk.records.all().is_empty());
    nothing_stays(&desk);
}

#[tokio::test]
async fn the_same_key_twice_is_one_key() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let (first, ..) = desk.paste(&restaurant, &key).await;

    let again = desk.paste_text(&restaurant, key.expose()).await;
    desk.app.keep_key(&first.id, "Booking tool").await.expect("it is kept");
    let under_another = desk.paste_text(&desk.channel(FRONT_DESK), key.expose()).await;

    for pasted in [again, under_another] {
        assert!(matches!(&pasted, Ok(Pasted::AlreadyHere(record)) if record.id == first.id), "{pasted:?}");
    }
    assert_eq!((desk.records.all().len(), desk.keychain.entries().len()), (1, 1));
    let made = desk.make_key(&restaurant).await.record;
    let made_key = desk.key(&made.id).await;
    let pasted = desk.paste_text(&restaurant, made_key.expose()).await;
    assert!(matches!(pasted, Ok(Pasted::AlreadyHere(_))), "nor is one that was made here: {pasted:?}");
}

#[tokio::test]
async fn a_key_whose_number_nobody_names_is_not_taken_for_this_number() {
    // Given a messaging host that takes a pasted key and does not say for which number
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let silent = r#"{"health_status":{"can_send_message":"AVAILABLE"}}"#;
    desk.spoil(Fault::new(HEALTH, Do::Answer).body(silent));

    let (record, test, belongs_to) = desk.paste(&restaurant, &key).await;

    assert!(matches!(test, KeyTest::Works { for_this_number: false, .. }), "{test:?}");
    assert_eq!((test.proves_number(&record), belongs_to), (false, None));
    assert_eq!(record.tested, Some((Tested::NumberUnknown, desk.clock.now())));
    let before = desk.before(&restaurant).await;
    assert_eq!(before.webhook, WebhookBefore::NoKey, "no webhook is read as this number's with it");

    // When a key that was found to be another number's is tested again, then that is not taken back
    desk.mend_hub();
    let (other, test, _) = desk.paste(&restaurant, &desk.earlier_key(&desk.channel("Front desk"))).await;
    assert!(matches!(test, KeyTest::OtherNumber(_)), "{test:?}");
    desk.spoil(Fault::new(HEALTH, Do::Answer).body(silent));
    desk.app.test_key(&other.id).await.expect("it is tested");
    let after = desk.records.of(&other.id);
    assert_eq!(after.tested.map(|(tested, _)| tested), Some(Tested::OtherNumber));
    assert_eq!(after.other_number_at, other.other_number_at);
}

#[tokio::test]
async fn a_phone_number_entity_names_the_number_where_the_root_does_not() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let overview = desk.app.channels().await.expect("the channels");
    let id = overview.channel(&restaurant).and_then(|it| it.external_id.told()).expect("its id at Meta");
    let named = format!(
        r#"{{"health_status":{{"can_send_message":"AVAILABLE","entities":[{{"entity_type":"PHONE_NUMBER","id":"{id}"}}]}}}}"#
    );
    desk.spoil(Fault::new(HEALTH, Do::Answer).body(named));

    let (record, test, _) = desk.paste(&restaurant, &key).await;

    assert!(matches!(test, KeyTest::Works { for_this_number: true, .. }), "{test:?}");
    assert_eq!(record.tested, Some((Tested::Works, desk.clock.now())));
}

#[tokio::test]
async fn a_key_that_was_let_go_can_be_pasted_anew() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let (first, ..) = desk.paste(&restaurant, &key).await;
    desk.app.let_go(&first.id).await.expect("it goes");

    let (again, test, _) = desk.paste(&restaurant, &key).await;

    assert!(matches!(test, KeyTest::Works { .. }), "{test:?}");
    assert_eq!(desk.app.all_keys_here(), Ok(vec![again]));
}

#[tokio::test]
async fn where_no_keychain_takes_it_nothing_of_it_stays_and_nothing_has_to() {
    for (is_out, error) in [
        ((|desk| desk.keychain.go_away()) as fn(&Desk), KeychainError::Absent),
        (|desk| desk.keychain.stay_locked(), KeychainError::StayedLocked),
        (
            |desk| desk.keychain.refuse_to_put(Purpose::SafetyCopy, KeychainError::Refused),
            KeychainError::Refused,
        ),
        (|desk| desk.keychain.give_back_something_else(), KeychainError::NotKept),
    ] {
        let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
        is_out(&desk);

        let pasted = desk.paste_text(&restaurant, key.expose()).await;

        assert_eq!(pasted.map(drop), Err(Trouble::Keychain(error)));
        assert_eq!(desk.count(HEALTH), 0, "it was not tested either");
        nothing_stays(&desk);
    }
}

#[tokio::test]
async fn records_that_can_t_be_written_take_no_key() {
    for writes in [0, 1] {
        let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
        desk.records.fail_after(writes);

        let pasted = desk.paste_text(&restaurant, key.expose()).await;

        assert_eq!(pasted.map(drop), Err(Trouble::Records(RecordsError)), "after {writes}");
        assert!(desk.keychain.entries().is_empty(), "after {writes}");
        assert_eq!(desk.app.stored_nowhere(), None);
        desk.records.mend();
        desk.app.recover().await.expect("the records can be written");
        nothing_stays(&desk);
    }
}

#[tokio::test]
async fn a_key_is_pasted_without_being_signed_in() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let (user, client) = (desk.person().id, desk.client_id(HARBOUR));
    let desk = desk.start_again();
    desk.app.open_here(&user, &client).expect("it is remembered");

    let (record, test, _) = desk.paste(&restaurant, &key).await;

    assert!(matches!(test, KeyTest::Works { .. }), "{test:?}");
    assert_eq!((record.by.as_deref(), record.client), (Some(MARIA.0), client));
}

#[tokio::test]
async fn a_program_that_stopped_before_the_copy_was_put_lets_go_of_it_quietly() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let desk = stopped_while(desk, Hold::Put, &restaurant, &key).await;

    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.all()[0].state, KeyState::LetGo);
    assert!(desk.deeds().is_empty(), "nothing was lost, so nothing is told");
    nothing_stays(&desk);
}

#[tokio::test]
async fn a_program_that_stopped_after_the_copy_was_put_finds_it_again() {
    let (desk, restaurant, key) = desk_with_a_key_from_elsewhere().await;
    let desk = stopped_while(desk, Hold::Get, &restaurant, &key).await;

    desk.app.recover().await.expect("the records can be written");

    let found = desk.app.waiting_keys().expect("the keys").remove(0);
    assert_eq!((found.state, found.origin), (KeyState::SafetyCopy, Origin::Pasted));
    assert!(desk.key(&found.id).await.same_as(&key));
    assert_eq!((found.channel, found.worked_at), (restaurant, None), "whether it works is not known yet");
}

async fn stopped_while(desk: Desk, hold: Hold, channel: &ChannelId, key: &ApiKey) -> Desk {
    desk.keychain.hold(hold);
    tokio::select! {
        pasted = desk.paste_text(channel, key.expose()) => panic!("it did not wait: {pasted:?}"),
        () = desk.keychain.somebody_waits() => {}
    }
    desk.keychain.let_through();
    assert_eq!(desk.records.all()[0].state, KeyState::InMemory);
    desk.restart(MARIA).await
}
