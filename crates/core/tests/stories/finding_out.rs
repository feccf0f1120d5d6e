//! Whether a key was made by a request whose outcome is open: what the Hub's own list says.

use channel_keys_core::app::Trouble;
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::keys::{ListSays, Outcome};
use channel_keys_core::records::KeyState;
use practice_hub::{Do, Fault};

use crate::desk::*;
use crate::keychain::Hold;

/// A request with this fault, after the list was read or not: the desk and the open key's id.
async fn open_after(fault: Fault, list_is_read: bool) -> (Desk, String) {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    if list_is_read {
        desk.app.note_key_list(&restaurant).await;
    }
    desk.spoil(fault);
    let outcome = desk.app.make_key(&before.ticket).await;
    desk.mend_hub();
    let Ok(Outcome::Unknown { record, .. }) = outcome else { panic!("{outcome:?}") };
    (desk, record.id)
}

#[tokio::test]
async fn a_key_that_is_new_in_the_list_was_made_and_a_list_as_before_has_none() {
    for (fault, says) in [
        (Do::ResetAfterCommit, ListSays::NewKey),
        (Do::CutBody, ListSays::NewKey),
        (Do::ResetBeforeCommit, ListSays::AsBefore),
    ] {
        let (desk, id) = open_after(Fault::new(MAKE_KEY, fault), true).await;

        assert_eq!(desk.app.key_list_says(&id).await, Ok(says), "{fault:?}");
        assert_eq!(desk.count(MAKE_KEY), 1, "looking asks for no key");
    }
}

#[tokio::test]
async fn a_list_that_was_not_read_before_decides_nothing() {
    for fault in [Do::ResetAfterCommit, Do::ResetBeforeCommit] {
        let (desk, id) = open_after(Fault::new(MAKE_KEY, fault), false).await;

        assert_eq!(desk.app.key_list_says(&id).await, Ok(ListSays::Undecided));
    }
}

#[tokio::test]
async fn what_was_listed_before_lasts_over_a_stop() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let before = desk.before(&restaurant).await;
    desk.app.note_key_list(&restaurant).await;
    desk.keychain.hold(Hold::Put);
    tokio::select! {
        made = desk.app.make_key(&before.ticket) => panic!("it did not wait: {made:?}"),
        () = desk.keychain.somebody_waits() => {}
    }
    desk.keychain.let_through();
    let id = desk.records.all()[0].id.clone();

    let desk = desk.restart(MARIA).await;
    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.records.of(&id).state, KeyState::Interrupted);
    assert_eq!(desk.app.key_list_says(&id).await, Ok(ListSays::NewKey));
}

#[tokio::test]
async fn a_hub_without_such_a_list_is_told_as_such_and_makes_keys_all_the_same() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let no_list = || Fault::new(KEY_LIST, Do::Status).status(405);
    desk.spoil(no_list());
    let before = desk.before(&restaurant).await;
    desk.app.note_key_list(&restaurant).await;
    desk.hub.set_faults(vec![no_list(), Fault::new(MAKE_KEY, Do::ResetAfterCommit).nth(1)]);
    let outcome = desk.app.make_key(&before.ticket).await;
    let Ok(Outcome::Unknown { record, .. }) = outcome else { panic!("{outcome:?}") };

    assert_eq!(desk.app.key_list_says(&record.id).await, Ok(ListSays::NotRead(HubError::NotOffered)));
    assert_eq!(desk.make_key(&restaurant).await.safety_copy, Ok::<(), KeychainError>(()), "another is made");
}

#[tokio::test]
async fn missing_key_list_of_a_listed_number_means_that_keys_are_made_elsewhere() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    for (fault, lacks) in [
        (Fault::new(KEY_LIST, Do::Answer).status(404).body("<html>Not Found</html>"), true),
        (Fault::new(KEY_LIST, Do::Status).status(405), true),
        (Fault::new(KEY_LIST, Do::Status).status(403), false),
        (Fault::new(KEY_LIST, Do::Status).status(500), false),
        (Fault::new(KEY_LIST, Do::NotJson), false),
    ] {
        desk.spoil(fault.clone());
        let before = desk.before(&restaurant).await;

        desk.app.note_key_list(&restaurant).await;

        assert_eq!(desk.app.lacks_key_calls(&restaurant), lacks, "{fault:?}");
        assert!(!desk.app.lacks_key_calls(&desk.channel("Events Lisbon")), "it is said of this number alone");
        desk.mend_hub();
        assert!(matches!(desk.app.make_key(&before.ticket).await, Ok(Outcome::Made(_))), "it can be tried");
    }
}

#[tokio::test]
async fn an_ended_session_asks_for_the_password_instead_of_saying_anything_of_the_list() {
    let (desk, id) = open_after(Fault::new(MAKE_KEY, Do::ResetAfterCommit), true).await;
    desk.spoil(Fault::new(KEY_LIST, Do::ExpireToken));

    assert_eq!(desk.app.key_list_says(&id).await, Err(Trouble::Hub(HubError::SessionEnded)));
}

#[tokio::test]
async fn a_list_of_another_number_or_of_an_earlier_request_is_not_compared_with() {
    let desk = Desk::of_maria().await;
    let (restaurant, lisbon) = (desk.channel(RESTAURANT), desk.channel("Events Lisbon"));
    desk.app.note_key_list(&lisbon).await;
    let before = desk.before(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetBeforeCommit));
    let outcome = desk.app.make_key(&before.ticket).await;
    let Ok(Outcome::Unknown { record, .. }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(record.listed_before, None, "it is another number's");

    desk.mend_hub();
    desk.app.note_key_list(&restaurant).await;
    desk.spoil(Fault::new(KEY_LIST, Do::Status));
    desk.app.note_key_list(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetBeforeCommit));
    let Outcome::Unknown { record, .. } = desk.ask_for_key(&restaurant).await else { panic!("it is open") };
    assert_eq!(record.listed_before, None, "what was read before the last time is forgotten");
}
