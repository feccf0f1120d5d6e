//! Health and webhook at the desk: asked with the keys that lie here, politely, and of no other channel.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{ByKey, Column, Look, Sort};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Sending, Webhook};
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

/// Jo, with a key for Front desk of the hotel in her keychain.
async fn with_key() -> (Desk, ChannelId) {
    let desk = Desk::of(JO).await;
    desk.app.desk().expect("the desk is open").read().await;
    let channel = desk.channel(FRONT_DESK);
    desk.make_key(&channel).await;
    (desk, channel)
}

fn told(desk: &Desk, channel: &ChannelId) -> Option<ByKey> {
    let line = desk.app.desk().expect("open").line(channel).expect("on the board");
    line.line.by_key.map(|of| *of)
}

fn asked(desk: &Desk) -> (u64, u64) {
    (desk.count(HEALTH), desk.count(WEBHOOK))
}

#[tokio::test]
async fn a_channel_whose_key_lies_here_tells_health_and_webhook_and_any_other_tells_neither() {
    let (desk, channel) = with_key().await;
    let other = desk.channel(RESTAURANT);

    desk.app.ask_by_keys(&[channel.clone(), other.clone()], false).await.expect("it is asked");

    let of = told(&desk, &channel).expect("it was asked");
    let now = desk.clock.now();
    assert_eq!(of.health, Fact::Told((Sending::Available, now)));
    assert_eq!(of.webhook, Fact::Told((Webhook { host: None }, now)), "the new key cleared it");
    assert_eq!((told(&desk, &other), asked(&desk)), (None, (1, 1)));
    assert!(desk.deeds().iter().all(|(what, _)| *what != channel_keys_core::history::What::KeyTested));

    // And the board can be sorted by it: what is told stands first
    let sort = Some(Sort { by: Column::Health, descending: false });
    let lines = desk.app.desk().expect("open").lines(&Look { sort, ..Look::default() }, 0, 1).lines;
    assert_eq!(lines[0].line.channel.id, channel);
}

#[tokio::test]
async fn a_row_that_comes_into_view_again_is_not_asked_about_before_a_while_but_where_somebody_says_so() {
    let (desk, channel) = with_key().await;
    let ask = async |anew| desk.app.ask_by_keys(std::slice::from_ref(&channel), anew).await.expect("asked");
    ask(false).await;
    ask(false).await;
    assert_eq!(asked(&desk), (1, 1));
    ask(true).await;
    assert_eq!(asked(&desk), (2, 2));
    desk.clock.forward(Duration::minutes(6));
    ask(false).await;
    assert_eq!(asked(&desk), (3, 3));
    desk.clock.forward(-Duration::days(1));
    ask(false).await;
    assert_eq!(asked(&desk), (4, 4), "how long ago it was can't be told by a clock that was set back");
}

#[tokio::test]
async fn a_host_that_can_t_be_asked_leaves_what_it_said_before_with_its_age() {
    let (desk, channel) = with_key().await;
    desk.app.ask_by_keys(std::slice::from_ref(&channel), false).await.expect("asked");
    let before = told(&desk, &channel).expect("it was asked");

    desk.clock.forward(Duration::minutes(6));
    desk.spoil(Fault::new(HEALTH, Do::Status).status(429).header("Retry-After", "90"));
    desk.app.ask_by_keys(std::slice::from_ref(&channel), false).await.expect("asked");

    let after = told(&desk, &channel).expect("it was asked");
    assert_eq!((&after.health, &after.webhook), (&before.health, &before.webhook));
    assert!(matches!(after.trouble, Some(HubError::TooMany { .. })), "{after:?}");
    assert_eq!(desk.count(WEBHOOK), 1, "a host that asks to wait is asked nothing more");
}

#[tokio::test]
async fn a_key_that_is_refused_says_nothing_of_its_number() {
    let (desk, channel) = with_key().await;
    desk.spoil(Fault::new(HEALTH, Do::Status).status(401));
    desk.app.ask_by_keys(std::slice::from_ref(&channel), false).await.expect("asked");
    let of = told(&desk, &channel).expect("it was asked");
    assert_eq!((of.health, of.webhook), (Fact::NotTold, Fact::NotTold));
}

#[tokio::test]
async fn a_keychain_that_is_locked_is_not_asked_for_it_and_nobody_else_s_key_is_used() {
    let (desk, channel) = with_key().await;
    desk.keychain.stay_locked();
    desk.app.ask_by_keys(std::slice::from_ref(&channel), true).await.expect("nothing is asked");
    assert_eq!(asked(&desk), (0, 0));

    desk.keychain.mend();
    desk.app.sign_out().expect("it lies in the keychain");
    crate::at_the_desk::opened_with_key(&desk).await.read().await;
    desk.app.ask_by_keys(std::slice::from_ref(&channel), true).await.expect("nothing is asked");
    assert_eq!((asked(&desk), told(&desk, &channel)), ((0, 0), None));

    desk.app.sign_out().expect("nothing stands in the way");
    assert_eq!(desk.app.ask_by_keys(&[channel], true).await, Err(Trouble::NotSignedIn));
}
