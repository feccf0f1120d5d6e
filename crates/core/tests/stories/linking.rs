//! Links from outside: they open a channel for who is signed in, wait a while for who is not, and never act.

use channel_keys_core::app::{Led, WaitsFor};
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::link::{Link, Refused};
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

/// Longer than any link waits.
const LONG: Duration = Duration::hours(1);

fn follow(desk: &Desk, channel: &ChannelId) {
    desk.app.take_link(Link::read(&format!("channel-keys://channel/{channel}")));
}

/// What a link waits for; none where it does not wait.
fn waits_for(desk: &Desk) -> Option<WaitsFor> {
    match desk.app.led() {
        Led::Waits { what_for, .. } => Some(what_for),
        _ => None,
    }
}

#[tokio::test]
async fn a_link_opens_a_client_s_channel_once_its_list_was_read() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);

    follow(&desk, &restaurant);
    assert_eq!(waits_for(&desk), Some(WaitsFor::List));
    desk.app.read_channels().await.expect("the channels");

    assert_eq!(desk.app.led(), Led::Opens(restaurant));
    desk.app.put_link_away();
    assert_eq!(desk.app.led(), Led::Nowhere);
}

#[tokio::test]
async fn a_link_opens_any_client_s_channel_at_the_support_desk() {
    let desk = Desk::of(JO).await;
    let front_desk = desk.channel_of(HARBOUR, FRONT_DESK);
    let at = desk.app.desk().expect("the desk is open");

    follow(&desk, &front_desk);
    assert_eq!(waits_for(&desk), Some(WaitsFor::List));
    at.read().await;

    assert_eq!(desk.app.led(), Led::Opens(front_desk));
}

#[tokio::test]
async fn a_link_waits_until_somebody_signs_in_or_unlocks_and_then_leads_on() {
    // Given nobody
    let desk = Desk::set().await;
    let restaurant = desk.channel(RESTAURANT);
    follow(&desk, &restaurant);
    assert_eq!(waits_for(&desk), Some(WaitsFor::SignIn));

    // When Maria signs in, and locks before her list is there
    desk.sign_in(MARIA).await;
    assert_eq!(waits_for(&desk), Some(WaitsFor::List));
    desk.app.lock();
    assert_eq!(waits_for(&desk), Some(WaitsFor::Unlock));

    // Then it leads on as soon as she is back
    desk.app.sign_in_again(&Password::new(MARIA.1)).await.expect("it is her");
    desk.app.read_channels().await.expect("the channels");
    assert_eq!(desk.app.led(), Led::Opens(restaurant));
}

#[tokio::test]
async fn a_link_waits_for_who_has_still_to_choose_a_client() {
    let desk = Desk::of(SAM).await;
    follow(&desk, &desk.channel(RESTAURANT));
    assert_eq!(waits_for(&desk), Some(WaitsFor::Client));
}

#[tokio::test]
async fn a_link_to_a_channel_that_is_not_in_the_list_says_so_and_asks_nobody() {
    // Given Maria, whose list was read, and a channel of another business
    let desk = Desk::of_maria().await;
    desk.app.read_channels().await.expect("the channels");
    let other = ChannelId("nOtH3rCH".into());
    let asked = desk.hub.counts();

    follow(&desk, &other);

    assert_eq!(desk.app.led(), Led::NotListed(other.clone()));
    assert_eq!(desk.hub.counts(), asked, "a link asks the Hub nothing");

    // and the same at the desk
    let desk = Desk::of(JO).await;
    let at = desk.app.desk().expect("the desk is open");
    at.read().await;
    follow(&desk, &other);
    assert_eq!(desk.app.led(), Led::NotListed(other));
}

#[tokio::test]
async fn a_list_that_could_not_be_read_calls_no_channel_unlisted() {
    let desk = Desk::of(JO).await;
    desk.hub.set_faults(vec![Fault::new("GET /partners/*/channels", Do::NotJson)]);
    let at = desk.app.desk().expect("the desk is open");

    follow(&desk, &desk.channel(RESTAURANT));
    at.read().await;

    assert_eq!(waits_for(&desk), Some(WaitsFor::List));
}

#[tokio::test]
async fn a_link_that_nobody_followed_in_time_is_dropped() {
    let desk = Desk::set().await;
    follow(&desk, &desk.channel(RESTAURANT));

    let Led::Waits { until, .. } = desk.app.led() else { panic!("it waits") };
    assert!(until < desk.clock.now() + LONG);
    desk.clock.forward(LONG);

    assert_eq!(desk.app.led(), Led::Nowhere);
    desk.sign_in(MARIA).await;
    desk.app.read_channels().await.expect("the channels");
    assert_eq!(desk.app.led(), Led::Nowhere);
}

#[tokio::test]
async fn a_refused_link_takes_the_place_of_one_that_waits_and_tells_its_kind_alone() {
    let desk = Desk::of_maria().await;
    desk.app.read_channels().await.expect("the channels");
    follow(&desk, &desk.channel(RESTAURANT));

    desk.app.take_link(Link::read("channel-keys://make-key/tQ8m2ZCH"));

    assert_eq!(desk.app.led(), Led::Refused(Refused::NotKnown));
}

#[tokio::test]
async fn following_a_link_changes_nothing_at_the_hub_and_writes_nothing_down() {
    let desk = Desk::of_maria().await;
    desk.app.read_channels().await.expect("the channels");
    let asked = desk.hub.counts();
    desk.diary.take();

    follow(&desk, &desk.channel(RESTAURANT));
    assert!(matches!(desk.app.led(), Led::Opens(_)));
    desk.app.put_link_away();

    assert_eq!((desk.hub.counts(), desk.diary.take()), (asked, vec![]));
}
