//! Without being signed in: what this computer remembers of an account can be read, and its kept keys used.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ClientId, Permission};
use channel_keys_core::keychain::Purpose;
use channel_keys_core::keys::KeyTest;
use channel_keys_core::records::{KeyState, Place, Realm};
use channel_keys_core::session::Session;

use crate::desk::*;

/// Maria kept a key, saw her channels, and is not signed in any more.
async fn desk_she_left() -> (Desk, String) {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.sign_out().expect("it lies in the keychain");
    (desk.start_again(), made.id)
}

fn open_marias(desk: &Desk) -> Result<Session, Trouble> {
    let accounts = desk.app.accounts().expect("the accounts");
    let maria = accounts.iter().find(|account| account.email == MARIA.0).expect("hers");
    desk.app.open_here(&maria.owner.user, &maria.client)
}

#[tokio::test]
async fn an_account_is_opened_as_it_is_remembered_and_nothing_is_sent() {
    let (desk, _) = desk_she_left().await;
    let sent = desk.hub.counts();

    let session = open_marias(&desk).expect("it is remembered");

    let Session::Here { person, client, client_name } = &session else { panic!("{session:?}") };
    assert_eq!((person.email.as_str(), client), (MARIA.0, &desk.client_id(HARBOUR)));
    assert_eq!(client_name.as_deref(), Some(HARBOUR));
    for anew in [false, true] {
        let listing = desk.app.listing(anew).await.expect("the list");
        assert_eq!((listing.overview.channels.len(), listing.not_fresh), (4, None));
    }
    assert_eq!(desk.hub.counts(), sent);
}

#[tokio::test]
async fn its_kept_keys_can_be_read_tested_renamed_placed_and_let_go() {
    let (desk, id) = desk_she_left().await;
    open_marias(&desk).expect("it is remembered");

    let here = desk.app.all_keys_here().expect("the keys");
    assert_eq!((here.len(), here[0].label.as_deref()), (1, Some("Booking tool")));
    let key = desk.key(&id).await;
    assert!(desk.keychain.holds(&id, Purpose::Kept, &key), "it is the very key");
    assert!(matches!(desk.app.test_key(&id).await, Ok(KeyTest::Works { .. })));
    let renamed = desk.app.rename_key(&id, "Till").await.expect("it has another name");
    assert_eq!(renamed.label.as_deref(), Some("Till"));
    let place = Place { name: "Shop".into(), done: true };
    let placed = desk.app.set_places(&id, vec![place.clone()]).expect("it is noted");
    assert_eq!(placed.places, [place]);
    desk.app.let_go(&id).await.expect("it goes");

    assert_eq!(desk.records.of(&id).state, KeyState::LetGo);
    assert!(desk.keychain.entries().is_empty());
}

#[tokio::test]
async fn what_was_being_made_is_looked_for_too() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let desk = desk.start_again();
    open_marias(&desk).expect("it is remembered");

    desk.app.recover().await.expect("the records can be written");

    assert_eq!(desk.app.waiting_keys(), Ok(vec![made.clone()]));
    let kept = desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    assert_eq!(kept.state, KeyState::Kept);
}

#[tokio::test]
async fn what_needs_the_hub_needs_somebody_who_is_signed_in() {
    let (desk, _) = desk_she_left().await;
    open_marias(&desk).expect("it is remembered");
    let restaurant = desk.channel(RESTAURANT);
    let sent = desk.hub.counts();

    assert_eq!(desk.app.read_channels().await.map(drop), Err(Trouble::NotSignedIn));
    assert_eq!(desk.app.before_making(&restaurant).await.map(drop), Err(Trouble::NotSignedIn));
    assert_eq!(desk.app.make_key("some ticket").await.map(drop), Err(Trouble::NotSignedIn));
    let changed = desk.app.change_permission(&restaurant, Permission::Shared).await;
    assert_eq!(changed, Err(Trouble::NotSignedIn));
    assert_eq!(desk.app.keep_session().await, Err(Trouble::NotSignedIn));
    assert_eq!(
        desk.app.choose_client(&desk.client_id(HARBOUR)).map(drop),
        Err(Trouble::NotSignedIn),
        "choosing is for who is signed in"
    );
    assert_eq!(desk.hub.counts(), sent);
}

#[tokio::test]
async fn what_is_done_so_stands_in_the_same_history() {
    let (desk, id) = desk_she_left().await;
    open_marias(&desk).expect("it is remembered");
    desk.app.rename_key(&id, "Till").await.expect("it has another name");

    let newest = desk.app.history().expect("the history").remove(0);

    assert_eq!((newest.by.as_str(), newest.client_name.as_deref()), (MARIA.0, Some(HARBOUR)));
    assert_eq!(newest.about.and_then(|about| about.label).as_deref(), Some("Till"));
}

#[tokio::test]
async fn signing_in_from_there_goes_on_with_the_same_keys() {
    let (desk, id) = desk_she_left().await;
    open_marias(&desk).expect("it is remembered");

    desk.sign_in(MARIA).await;

    assert!(desk.works(&id).await);
    assert!(desk.app.read_channels().await.is_ok());
}

#[tokio::test]
async fn an_account_that_was_never_here_is_not_opened() {
    let (desk, _) = desk_she_left().await;
    let maria = desk.app.accounts().expect("the accounts").remove(0);

    for (user, client) in [
        ("nosuchU", maria.client.clone()),
        (maria.owner.user.as_str(), ClientId("nosuchCL".into())),
        (maria.owner.user.as_str(), desk.client_id("Padaria do Sol")),
    ] {
        assert_eq!(desk.app.open_here(user, &client).map(drop), Err(Trouble::NotSignedIn));
    }
    assert!(matches!(desk.app.session(), Session::SignedOut));
}

#[tokio::test]
async fn nothing_of_another_account_is_to_be_had_so() {
    let (desk, id) = desk_she_left().await;
    desk.sign_in(JONAS).await;
    let jonas = desk.person();
    desk.app.sign_out().expect("no key lies in memory");

    desk.app.open_here(&jonas.id, &desk.client_id(HARBOUR)).expect("his account is remembered");

    assert_eq!(desk.app.all_keys_here(), Ok(Vec::new()));
    assert!(matches!(desk.app.key(&id).await, Err(Trouble::NoSuchKey)));
    assert_eq!(desk.app.let_go(&id).await, Err(Trouble::NoSuchKey));
    assert_eq!(desk.app.listing(false).await.map(drop), Err(Trouble::NotSignedIn), "he never saw a list");
    let history = desk.app.history().expect("the history");
    assert!(history.iter().all(|entry| entry.by == JONAS.0), "{history:?}");
}

#[tokio::test]
async fn accounts_are_listed_by_realm_the_last_one_first() {
    let (desk, _) = desk_she_left().await;
    desk.sign_in(JONAS).await;
    let emails = |desk: &Desk| -> Vec<String> {
        desk.app.accounts().expect("the accounts").into_iter().map(|account| account.email).collect()
    };
    assert_eq!(emails(&desk), [JONAS.0, MARIA.0]);

    desk.app.turn_to(desk.route(Realm::Real)).expect("no key lies in memory");
    assert!(emails(&desk).is_empty(), "practice accounts are none for real");
    desk.sign_in(LUCIA).await;

    assert_eq!(emails(&desk), [LUCIA.0]);
    desk.app.turn_to(desk.route(Realm::Practice)).expect("no key lies in memory");
    assert_eq!(emails(&desk), [JONAS.0, MARIA.0]);
}

#[tokio::test]
async fn how_much_of_an_account_lies_here_is_told_before_it_is_opened() {
    let (desk, _) = desk_she_left().await;
    let maria = desk.app.accounts().expect("the accounts").remove(0);

    let (keys, seen) = desk.app.of_account(&maria).expect("it is told");

    open_marias(&desk).expect("it is remembered");
    let overview = desk.app.channels().await.expect("the list");
    assert_eq!((keys, seen), (1, Some(overview.read_at)));
}

#[tokio::test]
async fn no_account_is_opened_over_a_key_that_lies_in_memory_alone() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    assert_eq!(open_marias(&desk).map(drop), Err(Trouble::StoredNowhere));

    assert!(matches!(desk.app.session(), Session::Client(_)), "she is still at work");
    assert!(desk.works(&made.id).await, "and the key is still there");
}
