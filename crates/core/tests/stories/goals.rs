//! Let my partner in, lock my partner out, a key that was seen in public: step by step, left and taken up again.

use channel_keys_core::app::{GoalNow, Trouble};
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::goal::GoalStep::*;
use channel_keys_core::goal::Stands::*;
use channel_keys_core::goal::{GoalKind, GoalStep, Stands, WhyNot};
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::Place;
use practice_hub::{Do, Fault};

use crate::desk::*;

async fn begin(desk: &Desk, channel: &ChannelId, kind: GoalKind) -> GoalNow {
    desk.app.channels().await.expect("the channels");
    desk.app.begin_goal(channel, kind).await.expect("it is begun")
}

async fn stands(desk: &Desk, channel: &ChannelId) -> Vec<(GoalStep, Stands)> {
    goal(desk, channel).await.steps
}

async fn goal(desk: &Desk, channel: &ChannelId) -> GoalNow {
    desk.app.goal(channel).await.expect("it is read").expect("one was begun")
}

async fn change(desk: &Desk, channel: &ChannelId, to: Permission) {
    let change = desk.app.change_permission(channel, to).await.expect("it is asked");
    assert!(change.came_about(), "{change:?}");
}

fn step(steps: &[(GoalStep, Stands)], wanted: GoalStep) -> Stands {
    steps.iter().find(|(step, _)| *step == wanted).expect("the goal has this step").1
}

/// The front desk's number is shared with the partner, and its key of today lies here.
async fn shared_number() -> (Desk, ChannelId, String) {
    let desk = Desk::of_maria().await;
    let front_desk = desk.channel(FRONT_DESK);
    let (record, ..) = desk.paste(&front_desk, &desk.earlier_key(&front_desk)).await;
    (desk, front_desk, record.id)
}

#[tokio::test]
async fn a_partner_is_let_in_by_giving_the_permission_and_telling_them() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);

    let begun = begin(&desk, &restaurant, GoalKind::LetIn).await;
    assert_eq!(begun.steps, [(GivePermission, Next), (TellPartner, Later)]);
    assert_eq!(desk.count(GIVE), 0, "beginning changes nothing");
    change(&desk, &restaurant, Permission::Shared).await;
    assert_eq!(stands(&desk, &restaurant).await, [(GivePermission, Done), (TellPartner, Next)]);
    desk.app.mark_step(&restaurant, TellPartner, true).await.expect("it is noted");

    let reached = goal(&desk, &restaurant).await;
    assert_eq!(
        (reached.steps, reached.is_reached),
        (vec![(GivePermission, Done), (TellPartner, ByHand)], true)
    );
    desk.app.put_goal_away(&restaurant).expect("it is put away");
    assert!(desk.app.goal(&restaurant).await.expect("it is read").is_none());
}

#[tokio::test]
async fn a_partner_is_locked_out_by_taking_the_permission_back_and_replacing_the_key() {
    let (desk, front_desk, earlier) = shared_number().await;

    let begun = begin(&desk, &front_desk, GoalKind::LockOut).await;
    assert_eq!(
        begun.steps,
        [
            (RemovePermission, Next),
            (MakeKey, Later),
            (KeepKey, Later),
            (TestKey, Later),
            (EarlierIsDead, Later),
            (SetWebhook, Later),
            (PutInPlace, Later),
        ]
    );
    change(&desk, &front_desk, Permission::Missing).await;
    let steps = stands(&desk, &front_desk).await;
    assert_eq!((step(&steps, RemovePermission), step(&steps, MakeKey)), (Done, Next));
    assert!(!goal(&desk, &front_desk).await.is_reached, "the partner's key may still be alive");

    let made = desk.make_key(&front_desk).await.record;
    assert_eq!(step(&stands(&desk, &front_desk).await, KeepKey), Next);
    desk.app.keep_key(&made.id, "Ours").await.expect("it is kept");
    assert!(desk.works(&made.id).await);
    let steps = stands(&desk, &front_desk).await;
    assert_eq!((step(&steps, TestKey), step(&steps, EarlierIsDead)), (Done, Next));
    assert!(!desk.works(&earlier).await, "the earlier key is dead");
    let steps = stands(&desk, &front_desk).await;
    assert_eq!((step(&steps, EarlierIsDead), step(&steps, SetWebhook)), (Done, Next));
    desk.app.set_webhook_again(&front_desk).await.expect("it is asked");
    assert_eq!(step(&stands(&desk, &front_desk).await, PutInPlace), Next);
    for done in [false, true] {
        desk.app.set_places(&made.id, vec![Place { name: "CRM".into(), done }]).expect("they are noted");
        assert_eq!(goal(&desk, &front_desk).await.is_reached, done);
    }
}

#[tokio::test]
async fn a_goal_is_taken_up_after_a_restart_where_it_stood() {
    let (desk, front_desk, _) = shared_number().await;
    begin(&desk, &front_desk, GoalKind::LockOut).await;
    change(&desk, &front_desk, Permission::Missing).await;
    desk.make_key(&front_desk).await;
    let before = stands(&desk, &front_desk).await;

    let desk = desk.restart(MARIA).await;
    let goals = desk.app.goals().await.expect("they are read");

    assert_eq!(goals.len(), 1);
    assert_eq!((goals[0].goal.kind, &goals[0].steps), (GoalKind::LockOut, &before));
    assert!(goals[0].webhook.is_some(), "the webhook still waits to be set again");
}

#[tokio::test]
async fn a_partner_who_gets_the_permission_again_is_not_locked_out() {
    let (desk, front_desk, _) = shared_number().await;
    begin(&desk, &front_desk, GoalKind::LockOut).await;
    change(&desk, &front_desk, Permission::Missing).await;
    desk.make_key(&front_desk).await;

    change(&desk, &front_desk, Permission::Shared).await;

    let steps = stands(&desk, &front_desk).await;
    assert_eq!((step(&steps, RemovePermission), step(&steps, KeepKey)), (Next, Later));
}

#[tokio::test]
async fn a_key_from_before_the_goal_was_begun_is_no_new_one() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.make_key(&restaurant).await;
    desk.clock.forward(time::Duration::minutes(1));

    let begun = begin(&desk, &restaurant, GoalKind::Leaked).await;

    assert_eq!(step(&begun.steps, MakeKey), Next);
    assert!(begun.new_key.is_none());
}

#[tokio::test]
async fn a_clock_that_was_set_back_before_a_goal_was_begun_makes_an_old_key_no_new_one() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.make_key(&restaurant).await;
    desk.clock.forward(-time::Duration::days(2));

    let begun = begin(&desk, &restaurant, GoalKind::Leaked).await;

    assert_eq!(step(&begun.steps, MakeKey), Next, "the one that was seen must not pass for the new one");
    assert!(begun.new_key.is_none());
}

#[tokio::test]
async fn a_clock_that_is_set_back_in_the_middle_of_a_goal_asks_for_no_second_key_and_takes_no_old_test_for_a_new_one()
 {
    // Given a goal, and an earlier key that worked when it was last tested
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.make_key(&restaurant).await.record;
    desk.app.keep_key(&earlier.id, "Ours").await.expect("it is kept");
    assert!(desk.works(&earlier.id).await);
    begin(&desk, &restaurant, GoalKind::Leaked).await;

    // When the clock is set back before the new key is made, kept and tested
    desk.clock.forward(-time::Duration::days(2));
    let made = desk.make_key(&restaurant).await.record;
    desk.app.keep_key(&made.id, "Ours").await.expect("it is kept");
    assert!(desk.works(&made.id).await);
    let desk = desk.restart(MARIA).await;

    // Then the key counts, and of the earlier one it is not known yet that it is dead, nor said that it works
    let now = goal(&desk, &restaurant).await;
    assert_eq!(now.new_key.map(|key| key.id), Some(made.id));
    assert_eq!(now.earlier_keys.iter().map(|key| &key.id).collect::<Vec<_>>(), [&earlier.id]);
    assert_eq!((step(&now.steps, MakeKey), step(&now.steps, EarlierIsDead)), (Done, Next));
    assert!(!desk.works(&earlier.id).await);
    assert_eq!(step(&stands(&desk, &restaurant).await, EarlierIsDead), Done);
}

#[tokio::test]
async fn a_key_that_was_seen_in_public_is_replaced_and_a_shared_number_is_given_back_if_wanted() {
    let (desk, front_desk, _) = shared_number().await;
    let begun = begin(&desk, &front_desk, GoalKind::Leaked).await;
    assert_eq!(step(&begun.steps, RemovePermission), Next, "with the permission the client may make no key");
    assert_eq!(begun.steps.last(), Some(&(GiveBack, Later)));
    change(&desk, &front_desk, Permission::Missing).await;
    desk.make_key(&front_desk).await;

    change(&desk, &front_desk, Permission::Shared).await;

    let steps = stands(&desk, &front_desk).await;
    assert_eq!((step(&steps, RemovePermission), step(&steps, GiveBack)), (Done, Done));

    let restaurant = desk.channel(RESTAURANT);
    let begun = begin(&desk, &restaurant, GoalKind::Leaked).await;
    assert_eq!(begun.steps.first(), Some(&(MakeKey, Next)), "nothing is in the way");
    assert!(begun.steps.iter().all(|(step, _)| !matches!(step, RemovePermission | GiveBack)));
}

#[tokio::test]
async fn what_nobody_here_can_know_is_said_and_stops_nobody() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    begin(&desk, &restaurant, GoalKind::Leaked).await;

    let made = desk.make_key(&restaurant).await.record;
    let steps = stands(&desk, &restaurant).await;
    assert_eq!((step(&steps, KeepKey), step(&steps, PutInPlace)), (Next, Later));
    assert_eq!(step(&steps, SetWebhook), Not(WhyNot::NothingNoted), "none is to be set later");
    desk.app.keep_key(&made.id, "").await.expect("it is kept");
    assert!(desk.works(&made.id).await);

    let steps = stands(&desk, &restaurant).await;
    assert_eq!(step(&steps, EarlierIsDead), Not(WhyNot::NothingToTest));
    assert_eq!(step(&steps, SetWebhook), Not(WhyNot::NothingNoted));
    assert_eq!(step(&steps, PutInPlace), Next);
    desk.app.mark_step(&restaurant, SetWebhook, true).await.expect("it is noted");
    assert_eq!(step(&stands(&desk, &restaurant).await, SetWebhook), ByHand);
    desk.app.mark_step(&restaurant, SetWebhook, false).await.expect("it is noted");
    assert_eq!(step(&stands(&desk, &restaurant).await, SetWebhook), Not(WhyNot::NothingNoted));
    desk.app.mark_step(&restaurant, PutInPlace, true).await.expect("it is noted");
    assert!(goal(&desk, &restaurant).await.is_reached);
}

#[tokio::test]
async fn silence_proves_no_key_dead() {
    let (desk, front_desk, earlier) = shared_number().await;
    begin(&desk, &front_desk, GoalKind::LockOut).await;
    change(&desk, &front_desk, Permission::Missing).await;
    let made = desk.make_key(&front_desk).await.record;
    desk.app.keep_key(&made.id, "").await.expect("it is kept");
    assert!(desk.works(&made.id).await);

    desk.spoil(Fault::new(HEALTH, Do::Status).status(503));
    assert!(!desk.works(&earlier).await);

    assert_eq!(step(&stands(&desk, &front_desk).await, EarlierIsDead), Next);
}

#[tokio::test]
async fn a_key_of_which_nobody_knows_whether_it_was_made_stops_the_goal_until_it_is_known() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    begin(&desk, &restaurant, GoalKind::Leaked).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetAfterCommit));

    let outcome = desk.ask_for_key(&restaurant).await;
    desk.mend_hub();

    assert!(matches!(outcome, Outcome::Unknown { .. }));
    let steps = stands(&desk, &restaurant).await;
    assert_eq!((step(&steps, MakeKey), step(&steps, KeepKey)), (Not(WhyNot::OutcomeOpen), Later));
    assert!(!goal(&desk, &restaurant).await.is_reached);
    desk.make_key(&restaurant).await;
    assert_eq!(step(&stands(&desk, &restaurant).await, MakeKey), Done);
}

#[tokio::test]
async fn a_key_that_can_not_be_made_says_so_in_the_goal() {
    let (desk, front_desk, _) = shared_number().await;
    begin(&desk, &front_desk, GoalKind::LockOut).await;
    desk.app.mark_step(&front_desk, RemovePermission, true).await.expect("the person says so");

    let steps = stands(&desk, &front_desk).await;

    assert_eq!(step(&steps, RemovePermission), ByHand);
    assert_eq!(step(&steps, MakeKey), Not(WhyNot::KnownToBeRefused), "the Hub still says Shared");
    assert_eq!(step(&steps, KeepKey), Later);
}

#[tokio::test]
async fn goals_are_of_one_person_and_one_client_and_of_numbers_that_are_there() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    begin(&desk, &restaurant, GoalKind::LetIn).await;
    begin(&desk, &restaurant, GoalKind::Leaked).await;
    assert_eq!(desk.app.goals().await.expect("they are read").len(), 1, "a number has one at most");
    let elsewhere = desk.app.begin_goal(&ChannelId("nosuchCH".into()), GoalKind::LetIn).await;
    assert_eq!(elsewhere.err(), Some(Trouble::NoSuchChannel));

    desk.app.sign_out().expect("signed out");
    assert_eq!(desk.app.goals().await.err(), Some(Trouble::NotSignedIn));
    desk.sign_in(JONAS).await;

    assert!(desk.app.goals().await.expect("they are read").is_empty());
}
