//! The list as last seen: where the Hub can't be asked, what was read before is shown with its age.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::Permission;
use channel_keys_core::clock::Clock;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached};
use channel_keys_core::overview::Overview;
use channel_keys_core::records::{Realm, Records};
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::watched::OnItsWay;

/// What this computer remembers of the channels of whoever is at work.
fn remembered(desk: &Desk) -> Option<Overview> {
    let (user, client) = (desk.person().id, desk.at_work_for().expect("somebody is at work"));
    let owner = channel_keys_core::records::Owner { realm: Realm::Practice, user };
    desk.records.seen(&owner, &client).expect("the records can be read")
}

#[tokio::test]
async fn what_was_read_is_remembered_and_what_is_read_later_takes_its_place() {
    let desk = Desk::of_maria().await;
    assert_eq!(remembered(&desk), None);

    let first = desk.app.channels().await.expect("the channels");
    assert_eq!(remembered(&desk), Some(first.clone()));
    desk.clock.forward(Duration::minutes(5));
    let later = desk.app.read_channels().await.expect("the channels");

    assert_ne!(first.read_at, later.read_at);
    assert_eq!(remembered(&desk), Some(later));
}

#[tokio::test]
async fn a_list_that_can_t_be_read_anew_stays_on_screen_with_its_age_and_the_reason() {
    let desk = Desk::of_maria().await;
    let first = desk.app.channels().await.expect("the channels");
    for (fault, why) in [
        (Fault::new(CHANNELS, Do::ResetBeforeCommit), HubError::NoAnswer),
        (Fault::new(CHANNELS, Do::NotJson), HubError::NotUnderstood { status: 200 }),
        (Fault::new(CHANNELS, Do::CutBody), HubError::NoAnswer),
    ] {
        desk.spoil(fault);
        desk.clock.forward(Duration::hours(1));

        let listing = desk.app.listing(true).await.expect("the list");

        assert_eq!((&listing.overview, &listing.not_fresh), (&first, &Some(why)));
        assert_eq!(desk.app.listing(false).await, Ok(listing), "until it is asked for again");
    }
    desk.mend_hub();
    let fresh = desk.app.listing(true).await.expect("the list");
    assert_eq!((fresh.not_fresh, fresh.overview.read_at), (None, desk.clock.now()));
}

#[tokio::test]
async fn how_long_the_hub_asks_to_wait_and_what_it_said_come_with_the_old_list() {
    let desk = Desk::of_maria().await;
    desk.app.channels().await.expect("the channels");

    desk.spoil(Fault::new(CHANNELS, Do::Status).status(429).header("Retry-After", "30"));
    let busy = desk.app.listing(true).await.expect("the list").not_fresh;
    desk.spoil(Fault::new(CHANNELS, Do::Refuse));
    let refused = desk.app.listing(true).await.expect("the list").not_fresh;

    assert!(matches!(busy, Some(HubError::TooMany { wait: Some(_), .. })), "{busy:?}");
    assert!(matches!(refused, Some(HubError::Refused { status: 403, said: Some(_) })), "{refused:?}");
}

#[tokio::test]
async fn a_list_that_was_seen_before_the_program_stopped_is_shown_after() {
    let desk = Desk::of_maria().await;
    let first = desk.app.channels().await.expect("the channels");
    let desk = desk.restart(MARIA).await;
    desk.spoil(Fault::new(CHANNELS, Do::Status).status(500));

    let listing = desk.app.listing(false).await.expect("the list");

    assert_eq!(listing.overview, first);
    assert!(matches!(listing.not_fresh, Some(HubError::InTrouble { .. })), "{:?}", listing.not_fresh);
}

#[tokio::test]
async fn where_nothing_was_ever_seen_it_is_told_what_stands_in_the_way() {
    let desk = Desk::of_maria().await;
    desk.spoil(Fault::new(CHANNELS, Do::ResetBeforeCommit));

    for anew in [false, true] {
        assert_eq!(desk.app.listing(anew).await.map(drop), Err(Trouble::Hub(HubError::NoAnswer)));
    }
}

#[tokio::test]
async fn what_one_account_saw_is_not_shown_to_another() {
    let desk = Desk::of_maria().await;
    desk.app.channels().await.expect("the channels");
    desk.app.sign_out().expect("no key lies in memory");
    desk.sign_in(JONAS).await;
    desk.spoil(Fault::new(CHANNELS, Do::ResetBeforeCommit));

    let listing = desk.app.listing(false).await.map(drop);

    assert_eq!(listing, Err(Trouble::Hub(HubError::NoAnswer)), "he never saw the same client's list himself");
}

#[tokio::test]
async fn a_list_that_arrives_after_another_client_was_chosen_is_not_taken_for_that_clients() {
    let desk = Desk::of(SAM).await;
    let (bikes, coffee) = (desk.client_id("Sam's Bikes"), desk.client_id("Sam's Coffee"));
    desk.app.choose_client(&bikes).expect("it is his");
    desk.odd.gate.hold(OnItsWay::Channels);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.choose_client(&coffee).expect("it is his too");
        desk.odd.gate.let_through();
    };
    let (read, ()) = tokio::join!(desk.app.read_channels(), meanwhile);

    assert_eq!(read.map(|overview| overview.client.id), Ok(bikes), "it is what was asked for");
    assert_eq!(remembered(&desk), None, "nothing was seen of the other one yet");
    let accounts = desk.app.accounts().expect("the accounts");
    let name = accounts.into_iter().find(|account| account.client == coffee).and_then(|it| it.client_name);
    assert_eq!(name.as_deref(), Some("Sam's Coffee"));
    assert_eq!(desk.app.channels().await.map(|overview| overview.client.id), Ok(coffee));
}

#[tokio::test]
async fn an_old_list_that_is_shown_too_late_is_not_taken_for_another_clients() {
    let desk = Desk::of(SAM).await;
    let (bikes, coffee) = (desk.client_id("Sam's Bikes"), desk.client_id("Sam's Coffee"));
    desk.app.choose_client(&bikes).expect("it is his");
    desk.app.channels().await.expect("the channels");
    desk.spoil(Fault::new(CHANNELS, Do::ResetBeforeCommit).nth(1));
    desk.odd.gate.hold(OnItsWay::Channels);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.choose_client(&coffee).expect("it is his too");
        desk.odd.gate.let_through();
    };
    let (listing, ()) = tokio::join!(desk.app.listing(true), meanwhile);

    assert!(listing.is_ok_and(|listing| listing.not_fresh.is_some()));
    assert_eq!(desk.app.channels().await.map(|overview| overview.client.id), Ok(coffee));
}

#[tokio::test]
async fn a_list_that_arrives_after_another_person_signed_in_is_not_remembered_as_theirs() {
    let desk = Desk::of_maria().await;
    desk.odd.gate.hold(OnItsWay::Channels);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.sign_in(JONAS).await;
        desk.odd.gate.let_through();
    };
    let (read, ()) = tokio::join!(desk.app.read_channels(), meanwhile);

    assert!(read.is_ok(), "{read:?}");
    assert_eq!(remembered(&desk), None);
    let asked = desk.count(CHANNELS);
    desk.app.channels().await.expect("the channels");
    assert_eq!(desk.count(CHANNELS), asked + 1, "he reads his own list");
}

#[tokio::test]
async fn a_permission_that_was_changed_is_remembered_as_the_hub_told_it() {
    let mut desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.app.channels().await.expect("the channels");
    desk.app.change_permission(&restaurant, Permission::Shared).await.expect("it is asked for");
    let (user, client) = (desk.person().id, desk.client_id(HARBOUR));
    desk.lose_the_hub().await;
    let desk = desk.start_again();

    desk.app.open_here(&user, &client).expect("it is remembered");

    let (channel, _) = desk.row(&restaurant).await;
    assert_eq!(channel.permission, Fact::Told(Permission::Shared));
}

#[tokio::test]
async fn a_full_disk_does_not_keep_a_list_from_the_screen() {
    let desk = Desk::of_maria().await;
    desk.records.fail_after(0);

    let listing = desk.app.listing(true).await.expect("the list");

    assert_eq!((listing.not_fresh, listing.overview.channels.len()), (None, 4));
    assert_eq!(remembered(&desk), None);
}

#[tokio::test]
async fn without_network_the_reason_is_told_as_that() {
    let mut desk = Desk::of_maria().await;
    desk.app.keep_session().await.expect("the keychain takes it");
    desk.app.channels().await.expect("the channels");
    desk.lose_the_hub().await;
    let desk = desk.start_again();
    desk.app.resume().await.expect("the Hub is not needed for that");

    let listing = desk.app.listing(true).await.expect("the list");

    assert_eq!(listing.not_fresh, Some(HubError::NotReached(NotReached::Connection)));
    let before = desk.app.before_making(&listing.overview.channels[0].id).await;
    assert_eq!(
        before.map(drop),
        Err(Trouble::Hub(HubError::NotReached(NotReached::Connection))),
        "a key is never made from an old list"
    );
}
