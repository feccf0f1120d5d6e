//! A key that goes from one person to another as a text below a lock: what is written, and what is taken.

use channel_keys_core::app::{FromFile, Trouble};
use channel_keys_core::channel::ChannelId;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::key_file::{KeyFile, NotAKeyFile};
use channel_keys_core::keychain::Purpose;
use channel_keys_core::keys::{KeyTest, Outcome, Pasted};
use channel_keys_core::records::{KeyState, Origin, Realm};
use channel_keys_core::secret::{ApiKey, Password, Secret};
use practice_hub::{Do, Fault};

use crate::desk::*;

/// What Maria saved of a key that she made for the restaurant, on another computer at the same Hub.
async fn saved_by_maria(desk: &Desk) -> (Secret, ApiKey) {
    let hers = desk.another_program();
    hers.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is hers");
    let before = hers.before_making(&desk.channel(RESTAURANT)).await.expect("the facts");
    let outcome = hers.make_key(&before.ticket).await.expect("it is asked for");
    let Outcome::Made(made) = outcome else { panic!("{outcome:?}") };
    let text = hers.text_for_file(&made.record.id).await.expect("it lies there");
    hers.note_saved_as_file(&made.record.id);
    let history = hers.history().expect("the history");
    assert_eq!((history[0].what, history[0].ended), (What::KeySaved, Ended::Done));
    (text, hers.key(&made.record.id).await.expect("the key"))
}

async fn desk_and_file() -> (Desk, Secret, ApiKey) {
    let desk = Desk::set().await;
    let (text, key) = saved_by_maria(&desk).await;
    desk.sign_in(JONAS).await;
    desk.app.channels().await.expect("the channels");
    desk.diary.take();
    (desk, text, key)
}

/// Nothing of the key is anywhere.
fn nothing_was_taken(desk: &Desk) {
    assert!(desk.keychain.entries().is_empty() && desk.records.all().is_empty(), "something stays");
    assert_eq!(desk.count(HEALTH), 0, "nor was it used");
    assert!(desk.deeds().iter().all(|(what, _)| *what != What::KeyOpened));
}

fn with(text: &Secret, from: &str, to: &str) -> Secret {
    assert!(text.expose().contains(from), "{from}");
    Secret::new(text.expose().replacen(from, to, 1))
}

#[tokio::test]
async fn a_key_from_a_file_is_safe_before_it_is_tested_like_a_pasted_one() {
    let (desk, text, key) = desk_and_file().await;

    let taken = desk.app.take_from_file(&desk.channel(RESTAURANT), &text).await;

    let Ok(FromFile::Taken(Pasted::Taken { record, test, belongs_to: None })) = taken else {
        panic!("{taken:?}")
    };
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
    assert!(matches!(test, KeyTest::Works { .. }), "{test:?}");
    assert!(desk.keychain.holds(&record.id, Purpose::SafetyCopy, &key), "the very key");
    assert_eq!((record.origin, record.by.as_deref()), (Origin::File, Some(JONAS.0)), "who opened it");
    assert_eq!(desk.deeds(), [(What::KeyOpened, Ended::Done), (What::KeyTested, Ended::Done)]);
    let kept = desk.app.keep_key(&record.id, "Booking tool").await.expect("it is kept");
    assert_eq!((kept.state, kept.origin), (KeyState::Kept, Origin::File));
}

#[tokio::test]
async fn what_is_written_is_what_is_known_of_the_key() {
    let (desk, text, key) = desk_and_file().await;

    let file = KeyFile::read(&text).expect("it is read");

    assert!(file.key.same_as(&key));
    assert_eq!(file.channel, desk.channel(RESTAURANT));
    assert_eq!((file.name.as_deref(), file.realm), (Some(RESTAURANT), Realm::Practice));
    assert!(file.made.is_some(), "it was made by this program");
    // and of a key that came from elsewhere, it is not told when it was made
    let FromFile::Taken(Pasted::Taken { record, .. }) =
        desk.app.take_from_file(&desk.channel(RESTAURANT), &text).await.expect("it is taken")
    else {
        panic!("it was not taken")
    };
    let again = desk.app.text_for_file(&record.id).await.expect("it lies here");
    assert_eq!(KeyFile::read(&again).expect("it is read").made, None);
}

#[tokio::test]
async fn a_key_for_another_channel_is_not_taken_and_the_right_one_is_named() {
    let (desk, text, _) = desk_and_file().await;

    let opened = desk.app.take_from_file(&desk.channel(FRONT_DESK), &text).await.expect("it is read");

    let FromFile::ForAnother { named, here: Some(here) } = opened else { panic!("{opened:?}") };
    assert_eq!((&named.id, named.name.as_deref()), (&desk.channel(RESTAURANT), Some(RESTAURANT)));
    assert_eq!(here.id, named.id);
    nothing_was_taken(&desk);
    // and it is taken for that one, when the person says so
    let taken = desk.app.take_from_file(&here.id, &text).await;
    assert!(matches!(taken, Ok(FromFile::Taken(Pasted::Taken { .. }))), "{taken:?}");
}

#[tokio::test]
async fn a_key_for_a_channel_of_somebody_else_is_not_taken() {
    let (desk, text, _) = desk_and_file().await;
    let text = with(&text, &format!("Channel: {}", desk.channel(RESTAURANT)), "Channel: sOmeBodysCH");

    let opened = desk.app.take_from_file(&desk.channel(RESTAURANT), &text).await.expect("it is read");

    let FromFile::ForAnother { named, here: None } = opened else { panic!("{opened:?}") };
    assert_eq!(named.id, ChannelId("sOmeBodysCH".into()));
    nothing_was_taken(&desk);
}

#[tokio::test]
async fn whose_key_it_is_is_what_the_messaging_host_says_whatever_the_file_says() {
    let (desk, text, _) = desk_and_file().await;
    let front_desk = desk.channel(FRONT_DESK);
    let text =
        with(&text, &format!("Channel: {}", desk.channel(RESTAURANT)), &format!("Channel: {front_desk}"));

    let taken = desk.app.take_from_file(&front_desk, &text).await;

    let Ok(FromFile::Taken(Pasted::Taken { test, belongs_to, .. })) = taken else { panic!("{taken:?}") };
    assert!(matches!(test, KeyTest::OtherNumber(_)), "{test:?}");
    assert_eq!(belongs_to, Some(desk.channel(RESTAURANT)));
}

#[tokio::test]
async fn a_key_that_could_not_be_tested_or_is_refused_is_taken_and_said_to_be() {
    let (desk, text, _) = desk_and_file().await;
    desk.spoil(Fault::new(HEALTH, Do::ResetBeforeCommit));
    let taken = desk.app.take_from_file(&desk.channel(RESTAURANT), &text).await;
    let Ok(FromFile::Taken(Pasted::Taken { record, test, .. })) = taken else { panic!("{taken:?}") };
    assert_eq!(test, KeyTest::CouldNotAsk(HubError::NoAnswer));
    desk.app.let_go(&record.id).await.expect("it goes");
    desk.mend_hub();
    desk.make_key(&desk.channel(RESTAURANT)).await;

    let taken = desk.app.take_from_file(&desk.channel(RESTAURANT), &text).await;

    let Ok(FromFile::Taken(Pasted::Taken { test, .. })) = taken else { panic!("{taken:?}") };
    assert_eq!(test, KeyTest::Refused);
}

#[tokio::test]
async fn the_same_file_twice_is_one_key() {
    let (desk, text, _) = desk_and_file().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.app.take_from_file(&restaurant, &text).await.expect("it is taken");

    let again = desk.app.take_from_file(&restaurant, &text).await;

    assert!(matches!(again, Ok(FromFile::Taken(Pasted::AlreadyHere(_)))), "{again:?}");
    assert_eq!((desk.records.all().len(), desk.keychain.entries().len()), (1, 1));
}

#[tokio::test]
async fn what_is_no_key_of_this_world_is_written_nowhere_and_sent_nowhere() {
    let (desk, text, key) = desk_and_file().await;
    let restaurant = desk.channel(RESTAURANT);
    let real = "An API key for a WhatsApp number, saved by Channel Keys";
    let practice = "A practice key, saved by Channel Keys: it works in the practice world alone";

    for (text, why) in [
        (Secret::new(key.expose()), NotAKeyFile::SomethingElse),
        (Secret::new(""), NotAKeyFile::SomethingElse),
        (with(&text, "Form: 1", "Form: 9"), NotAKeyFile::LaterForm),
        (with(&text, RESTAURANT, "Restaurant\u{202e}"), NotAKeyFile::OddCharacters),
        (with(&text, practice, real), NotAKeyFile::OtherRealm),
    ] {
        let taken = desk.app.take_from_file(&restaurant, &text).await;
        assert_eq!(taken.map(drop), Err(Trouble::NotAKeyFile(why)));
    }

    assert!(desk.diary.take().is_empty());
    nothing_was_taken(&desk);
}

#[tokio::test]
async fn nobody_saves_a_key_of_another_account() {
    let desk = Desk::of_maria().await;
    let id = desk.make_key(&desk.channel(RESTAURANT)).await.record.id;
    desk.app.sign_out().expect("it lies in the keychain");
    assert_eq!(desk.app.text_for_file(&id).await.map(drop), Err(Trouble::NotSignedIn));

    desk.sign_in(JONAS).await;

    assert_eq!(desk.app.text_for_file(&id).await.map(drop), Err(Trouble::NoSuchKey));
}

#[tokio::test]
async fn a_file_counts_as_another_place_only_once_somebody_can_open_it() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let id = desk.make_key(&desk.channel(RESTAURANT)).await.record.id;
    desk.app.text_for_file(&id).await.expect("it is in memory");
    desk.app.note_saved_as_file(&id);
    assert_eq!(desk.app.done(&id).await, Err(Trouble::StoredNowhere), "nobody knows the words yet");

    desk.app.note_can_open_file(&id);

    assert_eq!(desk.app.done(&id).await, Ok(()));
}

#[tokio::test]
async fn a_desk_saves_a_key_that_it_made_and_its_client_takes_it() {
    let desk = Desk::of(JO).await;
    desk.app.desk().expect("the desk is open").read().await;
    let front_desk = desk.channel(FRONT_DESK);
    let id = desk.make_key(&front_desk).await.record.id;
    let text = desk.app.text_for_file(&id).await.expect("it waits to be handed over");
    desk.app.note_saved_as_file(&id);
    desk.app.hand_over(&id).await.expect("it is forgotten here");
    desk.app.sign_out().expect("nothing is in the way");

    desk.sign_in(MARIA).await;
    let taken = desk.app.take_from_file(&front_desk, &text).await;

    assert!(
        matches!(taken, Ok(FromFile::Taken(Pasted::Taken { test: KeyTest::Works { .. }, .. }))),
        "{taken:?}"
    );
}
