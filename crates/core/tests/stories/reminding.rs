//! The places where a new key is not in place yet: reminded of once a day, until each is ticked off.

use channel_keys_core::clock::Clock;
use channel_keys_core::records::{KeyRecord, Place};
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

fn places(ticked: &[(&str, bool)]) -> Vec<Place> {
    ticked.iter().map(|(name, done)| Place { name: (*name).into(), done: *done }).collect()
}

fn reminded(desk: &Desk) -> Vec<String> {
    desk.app.take_reminders().expect("they are read").into_iter().map(|key| key.id).collect()
}

/// Maria's second key for the restaurant, whose first one was in place in shop, CRM and chatbot.
async fn with_replaced_key() -> (Desk, KeyRecord) {
    let desk = Desk::of_maria().await;
    let channel = desk.channel(RESTAURANT);
    let first = desk.make_key(&channel).await.record;
    let all = places(&[("Shop", true), ("CRM", true), ("Chatbot", true)]);
    desk.app.set_places(&first.id, all).expect("they are noted");
    assert_eq!(desk.app.keys_to_place().expect("they are read"), []);
    let second = desk.make_key(&channel).await.record;
    (desk, second)
}

#[tokio::test]
async fn a_new_key_waits_for_every_place_of_the_one_before_until_the_last_is_ticked() {
    let (desk, key) = with_replaced_key().await;
    let waiting = desk.app.keys_to_place().expect("they are read");
    assert_eq!(waiting.iter().map(|it| &it.id).collect::<Vec<_>>(), [&key.id]);
    assert_eq!(waiting[0].places, places(&[("Shop", false), ("CRM", false), ("Chatbot", false)]));

    desk.app
        .set_places(&key.id, places(&[("Shop", true), ("CRM", true), ("Chatbot", false)]))
        .expect("noted");
    assert_eq!(desk.app.keys_to_place().expect("they are read").len(), 1);

    desk.app.set_places(&key.id, places(&[("Shop", true), ("CRM", true), ("Chatbot", true)])).expect("noted");
    assert_eq!(desk.app.keys_to_place(), Ok(Vec::new()));
    desk.clock.forward(Duration::days(3));
    assert_eq!(reminded(&desk), Vec::<String>::new());
}

#[tokio::test]
async fn the_first_reminder_comes_after_an_hour_and_the_next_a_day_later_whatever_stops_meanwhile() {
    let (desk, key) = with_replaced_key().await;
    desk.clock.forward(Duration::minutes(59));
    assert_eq!(reminded(&desk), Vec::<String>::new());
    desk.clock.forward(Duration::minutes(1));
    assert_eq!(reminded(&desk), [key.id.as_str()]);
    assert_eq!(reminded(&desk), Vec::<String>::new());

    let desk = desk.restart(MARIA).await;
    desk.clock.forward(Duration::hours(23));
    assert_eq!(reminded(&desk), Vec::<String>::new());
    desk.clock.forward(Duration::hours(1));
    assert_eq!(reminded(&desk), [key.id.as_str()]);
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_nobody_wait_longer_than_a_day_for_a_reminder() {
    for reminded_before in [false, true] {
        let (desk, key) = with_replaced_key().await;
        if reminded_before {
            desk.clock.forward(Duration::hours(1));
            assert_eq!(reminded(&desk), [key.id.as_str()]);
        }
        desk.clock.forward(-Duration::days(400));
        assert_eq!(reminded(&desk), Vec::<String>::new(), "it begins to count now");

        desk.clock.forward(Duration::hours(24));

        assert_eq!(reminded(&desk), [key.id.as_str()]);
    }
}

#[tokio::test]
async fn who_is_at_work_on_the_list_is_left_alone_for_a_day() {
    let (desk, key) = with_replaced_key().await;
    desk.clock.forward(Duration::hours(30));
    desk.app.set_places(&key.id, places(&[("Shop", true), ("CRM", false)])).expect("noted");
    assert_eq!(reminded(&desk), Vec::<String>::new());
    desk.clock.forward(Duration::hours(24));
    assert_eq!(reminded(&desk), [key.id.as_str()]);
}

#[tokio::test]
async fn who_wants_no_reminder_gets_none_until_they_want_them_again() {
    let (desk, key) = with_replaced_key().await;
    let quiet = desk.app.set_reminders(&key.id, false).expect("noted");
    assert!(quiet.reminders.off);
    desk.clock.forward(Duration::days(9));
    assert_eq!(reminded(&desk), Vec::<String>::new());
    assert_eq!(desk.app.keys_to_place().expect("they are read").len(), 1, "it waits all the same");

    desk.app.set_reminders(&key.id, true).expect("noted");
    assert_eq!(reminded(&desk), [key.id.as_str()]);
}

#[tokio::test]
async fn nobody_is_reminded_of_a_key_that_is_refused_or_gone_nor_where_it_can_t_be_noted() {
    let (desk, key) = with_replaced_key().await;
    desk.clock.forward(Duration::days(1));
    desk.records.fail_after(0);
    assert!(desk.app.take_reminders().is_err(), "else it would be told every few seconds");
    desk.records.mend();

    desk.spoil(Fault::new(HEALTH, Do::Refuse));
    desk.app.test_key(&key.id).await.expect("it is tested");
    assert_eq!(reminded(&desk), Vec::<String>::new());

    desk.mend_hub();
    desk.app.test_key(&key.id).await.expect("it is tested");
    desk.app.let_go(&key.id).await.expect("it goes");
    assert_eq!(reminded(&desk), Vec::<String>::new());
    desk.app.sign_out().expect("nothing stands in the way");
    assert!(desk.app.take_reminders().is_err());
    assert!(desk.clock.now() > key.asked_at);
}

#[tokio::test]
async fn a_desk_s_keys_go_to_their_clients_who_know_the_places() {
    let desk = Desk::of(JO).await;
    desk.app.desk().expect("the desk is open").read().await;
    let made = desk.make_key(&desk.channel(FRONT_DESK)).await.record;
    desk.app.set_places(&made.id, places(&[("Shop", false)])).expect("noted");
    desk.clock.forward(Duration::days(2));

    assert_eq!(reminded(&desk), Vec::<String>::new());
}
