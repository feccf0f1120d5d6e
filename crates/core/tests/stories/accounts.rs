//! What one account made here is another's neither to see nor to touch; and practice is not real.

use channel_keys_core::app::{Messaging, Trouble};
use channel_keys_core::records::Realm;

use crate::desk::*;

/// Nothing of this key is to be had by whoever is signed in.
async fn has_nothing_of(desk: &Desk, id: &str) {
    assert!(desk.app.all_keys_here().expect("the keys").is_empty());
    assert!(desk.app.waiting_keys().expect("the keys").is_empty());
    assert!(desk.app.keys_here(&desk.channel(RESTAURANT)).expect("the keys").is_empty());
    assert!(desk.before(&desk.channel(RESTAURANT)).await.here.is_empty());
    assert_eq!(desk.app.key_record(id), Err(Trouble::NoSuchKey));
    assert!(matches!(desk.app.key(id).await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.keep_key(id, "mine").await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.test_key(id).await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.let_go(id).await, Err(Trouble::NoSuchKey)));
    assert!(matches!(desk.app.done(id).await, Err(Trouble::NoSuchKey)));
}

#[tokio::test]
async fn another_account_of_the_same_client_sees_nothing_of_a_key_made_here() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.sign_out().expect("it lies in the keychain");

    desk.sign_in(JONAS).await;
    has_nothing_of(&desk, &made.id).await;
    desk.app.recover().await.expect("there is nothing to find");

    assert_eq!(desk.records.of(&made.id), made, "and nothing was changed");
    desk.app.sign_out().expect("nothing is held");
    desk.sign_in(MARIA).await;
    assert_eq!(desk.app.waiting_keys().expect("the keys"), [made]);
}

#[tokio::test]
async fn another_account_that_signs_in_over_a_session_does_not_get_the_key_in_memory() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    desk.sign_in(JONAS).await;
    has_nothing_of(&desk, &made.id).await;

    assert!(desk.app.stored_nowhere().is_some(), "it still lies in memory alone, and nothing may close");
    desk.sign_in(MARIA).await;
    assert!(desk.works(&made.id).await, "and is hers again");
}

#[tokio::test]
async fn a_person_who_signs_in_again_finds_a_key_in_memory_where_it_was() {
    let desk = Desk::of_maria().await;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    desk.sign_in(MARIA).await;

    assert_eq!(desk.app.waiting_keys().expect("the keys"), std::slice::from_ref(&made));
    assert!(desk.works(&made.id).await, "it is still there");
}

#[tokio::test]
async fn signed_out_nobody_gets_a_key() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    desk.app.sign_out().expect("it lies in the keychain");

    assert!(matches!(desk.app.key(&made.id).await, Err(Trouble::NotSignedIn)));
    assert!(matches!(desk.app.waiting_keys(), Err(Trouble::NotSignedIn)));
    assert!(matches!(desk.app.recover().await, Err(Trouble::NotSignedIn)));
}

#[tokio::test]
async fn practice_and_real_keys_never_meet() {
    let desk = Desk::of_maria().await;
    let practice = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    assert_eq!(desk.keychain.services(), ["channel-keys-practice"]);

    desk.app.turn_to(desk.route(Realm::Real)).expect("nothing lies in memory alone");
    assert_eq!(desk.app.realm(), Realm::Real);
    assert!(matches!(desk.app.channels().await, Err(Trouble::NotSignedIn)), "turning signs out");
    desk.sign_in(MARIA).await;
    has_nothing_of(&desk, &practice.id).await;
    let real = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    assert_eq!(desk.keychain.services(), ["channel-keys", "channel-keys-practice"]);
    let labels: Vec<String> = desk.keychain.entries().into_iter().map(|(_, label)| label).collect();
    assert_eq!(labels.iter().filter(|label| label.starts_with("Channel Keys practice: ")).count(), 1);
    assert!(desk.works(&real.id).await, "it is used at the address that came with it");
    assert_eq!(desk.app.all_keys_here().expect("the keys"), [desk.tested_well(&real)]);
    assert_eq!(
        desk.records.of(&practice.id).replaced_at,
        None,
        "a real key replaces no practice one, as far as this program knows"
    );
}

#[tokio::test]
async fn a_key_is_tested_where_the_route_says_when_the_practice_hub_moved() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let mut moved = desk.route(Realm::Practice);
    moved.messaging = Messaging::Here("https://example.com".into());

    desk.app.turn_to(moved).expect("nothing lies in memory alone");
    desk.sign_in(MARIA).await;
    let elsewhere = desk.app.test_key(&made.id).await;

    use channel_keys_core::hub::HubError::HostNotTrusted;
    use channel_keys_core::keys::KeyTest::CouldNotAsk;
    assert_eq!(elsewhere, Ok(CouldNotAsk(HostNotTrusted)), "the route's host counts, and is not trusted");
    assert_eq!(desk.count(HEALTH), 0);
}
