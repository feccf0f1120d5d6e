//! Whether kept keys still work: asked about every so often and on request, and told of once, by the messaging host's
//! answer alone.

use std::sync::Mutex;

use channel_keys_core::app::{Asked, ChannelKeys, CheckedKey, KeyChecks, Round, RoundEnded, Turn, WhyNot};
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::keychain::Probe;
use channel_keys_core::keys::{KeyTest, Outcome};
use channel_keys_core::records::{KeyRecord, Tested};
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::watched::OnItsWay;

const HOUR: Option<std::time::Duration> = Some(std::time::Duration::from_secs(3_600));

/// Maria, with a key for the restaurant kept here.
async fn with_kept_key() -> (Desk, KeyRecord) {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    let kept = desk.app.keep_key(&made.id, "Shop").await.expect("it is kept");
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    (desk, kept)
}

/// Somebody makes a key for the same number in a program of their own.
async fn make_one_elsewhere(desk: &Desk, channel: &ChannelId) {
    let elsewhere = desk.another_program();
    elsewhere.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is Maria");
    make_with(&elsewhere, channel).await;
}

async fn make_with(app: &ChannelKeys, channel: &ChannelId) {
    let before = app.before_making(channel).await.expect("the facts");
    let outcome = app.make_key(&before.ticket).await.expect("it is asked for");
    assert!(matches!(outcome, Outcome::Made(_)), "{outcome:?}");
}

/// Looks by itself, where it is time for that; what was told of each key.
async fn look(desk: &Desk) -> Vec<CheckedKey> {
    let told = Mutex::new(Vec::<CheckedKey>::new());
    desk.app.check_keys_in_time(HOUR, |checked| told.lock().expect("free").push(checked.clone())).await;
    told.into_inner().expect("free")
}

/// An hour later.
async fn look_later(desk: &Desk) -> Vec<CheckedKey> {
    desk.clock.forward(Duration::minutes(61));
    look(desk).await
}

fn turns(told: &[CheckedKey]) -> Vec<Turn> {
    told.iter().filter_map(|checked| checked.turn.clone()).collect()
}

async fn on_request(desk: &Desk) -> (Round, Vec<CheckedKey>) {
    let told = Mutex::new(Vec::<CheckedKey>::new());
    let round =
        desk.app.check_keys(Asked::ByPerson, |key| told.lock().expect("free").push(key.clone())).await;
    (round.expect("it is asked"), told.into_inner().expect("free"))
}

fn stands(desk: &Desk) -> KeyChecks {
    desk.app.key_checks(HOUR)
}

fn checks_noted(desk: &Desk) -> Vec<Ended> {
    let deeds = desk.deeds().into_iter();
    deeds.filter(|(what, _)| *what == What::KeyChecked).map(|(_, ended)| ended).collect()
}

#[tokio::test]
async fn a_key_made_elsewhere_is_told_once_with_the_time_between_which_the_kept_one_stopped() {
    // Given a kept key that worked at the last look
    let (desk, kept) = with_kept_key().await;
    assert!(look(&desk).await.is_empty(), "it was made a moment ago");
    let told = look_later(&desk).await;
    assert!(
        matches!(&told[..], [CheckedKey { result: Ok(KeyTest::Works { .. }), turn: None, .. }]),
        "{told:?}"
    );
    let worked_at = desk.clock.now();

    // When a key is made elsewhere, and an hour later
    make_one_elsewhere(&desk, &kept.channel).await;
    let told = look_later(&desk).await;

    // Then the refusal is told, with both times
    let refused_at = desk.clock.now();
    let turn = Turn::Refused { worked_at: Some(worked_at), refused_at, asked_here: None };
    assert_eq!(turns(&told), [turn]);
    assert_eq!(told[0].record, desk.records.of(&kept.id));

    // and once: not at the next look, nor after a start
    assert!(look_later(&desk).await.is_empty());
    let desk = desk.restart(MARIA).await;
    look(&desk).await;
    assert!(look_later(&desk).await.is_empty());
    assert_eq!(checks_noted(&desk), [Ended::Refused], "and it stands in the history once");
}

#[tokio::test]
async fn a_key_of_which_it_was_never_heard_that_it_worked_is_refused_since_then_only() {
    let desk = Desk::of_maria().await;
    let channel = desk.channel(RESTAURANT);
    let stale = desk.earlier_key(&channel);
    make_one_elsewhere(&desk, &channel).await;
    desk.spoil(Fault::new(HEALTH, Do::Status).status(503).nth(1));
    let (pasted, ..) = desk.paste(&channel, &stale).await;
    assert_eq!(pasted.worked_at, None);
    desk.mend_hub();

    look(&desk).await;
    let told = look_later(&desk).await;

    let turn = Turn::Refused { worked_at: None, refused_at: desk.clock.now(), asked_here: None };
    assert_eq!(turns(&told), [turn]);
}

#[tokio::test]
async fn silence_is_no_news_and_changes_nothing_that_was_known() {
    let (desk, kept) = with_kept_key().await;
    look(&desk).await;
    look_later(&desk).await;
    let known = desk.records.of(&kept.id);

    for fault in [
        Fault::new(HEALTH, Do::ResetBeforeCommit),
        Fault::new(HEALTH, Do::NotJson),
        Fault::new(HEALTH, Do::Status).status(404),
        Fault::new(HEALTH, Do::Status).status(500),
    ] {
        desk.spoil(fault.clone());
        let told = look_later(&desk).await;
        assert!(matches!(&told[..], [CheckedKey { result: Ok(KeyTest::CouldNotAsk(_)), turn: None, .. }]));
        assert_eq!(desk.records.of(&kept.id), known, "{fault:?}");
    }
    assert_eq!(checks_noted(&desk), []);
}

#[tokio::test]
async fn a_look_that_finds_what_was_known_is_not_in_the_history_and_one_that_was_asked_for_is() {
    let (desk, _) = with_kept_key().await;
    look(&desk).await;
    for _ in 0..5 {
        assert_eq!(look_later(&desk).await.len(), 1);
    }
    assert_eq!(checks_noted(&desk), []);

    on_request(&desk).await;

    let tested = desk.deeds().into_iter().filter(|deed| *deed == (What::KeyTested, Ended::Done)).count();
    assert_eq!(tested, 1);
}

#[tokio::test]
async fn a_host_that_asks_to_wait_is_asked_nothing_more_until_then_and_more_seldom() {
    // Given two kept keys, and a host that asks to wait for two hours
    let (desk, _) = with_kept_key().await;
    let front_desk = desk.channel(FRONT_DESK);
    desk.paste(&front_desk, &desk.earlier_key(&front_desk)).await;
    let lisbon = desk.channel("Events Lisbon");
    desk.paste(&lisbon, &desk.earlier_key(&lisbon)).await;
    look(&desk).await;
    let asked = desk.count(HEALTH);
    desk.spoil(Fault::new(HEALTH, Do::Status).status(429).header("Retry-After", "7200"));

    // When it is looked, an hour and then two hours later
    let told = look_later(&desk).await;
    assert_eq!((told.len(), desk.count(HEALTH) - asked), (2, 2), "the third key was left");
    assert_eq!(stands(&desk).why_not, Some(WhyNot::LeftAlone));
    assert!(look_later(&desk).await.is_empty());
    assert_eq!(stands(&desk).next, Some(desk.clock.now() + Duration::minutes(59)));

    // Then it is asked again when that time is up
    desk.mend_hub();
    assert_eq!(look_later(&desk).await.len(), 3);
    assert_eq!((stands(&desk).why_not, turns(&look_later(&desk).await)), (None, Vec::new()));
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_key_wait_longer_for_its_check() {
    // Given keys that were looked at just before the clock was set back
    let (desk, _) = with_kept_key().await;
    look(&desk).await;
    assert_eq!(look_later(&desk).await.len(), 1);
    desk.clock.forward(-Duration::days(30));
    assert!(look(&desk).await.is_empty(), "it begins to count now");

    // Then they are looked at again when the usual time has passed
    assert_eq!(look_later(&desk).await.len(), 1);

    // And a host that asked for a pause of two hours gets it, and no longer one
    desk.spoil(Fault::new(HEALTH, Do::Status).status(429).header("Retry-After", "7200"));
    assert_eq!(look_later(&desk).await.len(), 1);
    desk.mend_hub();
    desk.clock.forward(-Duration::days(30));
    assert!(look(&desk).await.is_empty());
    assert!(look_later(&desk).await.is_empty());
    assert_eq!(look_later(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_hub_that_can_t_be_reached_is_left_after_the_first_keys() {
    let (mut desk, _) = with_kept_key().await;
    desk.lose_the_hub().await;

    let (round, told) = on_request(&desk).await;

    assert!(matches!(round.ended, RoundEnded::LeftAlone(HubError::NotReached(_))), "{round:?}");
    assert!(matches!(&told[..], [CheckedKey { result: Ok(KeyTest::CouldNotAsk(_)), turn: None, .. }]));
}

#[tokio::test]
async fn a_locked_keychain_is_not_asked_by_itself_and_is_for_a_person() {
    let (desk, _) = with_kept_key().await;
    look(&desk).await;
    desk.keychain.take_reads();
    desk.keychain.lock_until_unlocked();

    assert!(look_later(&desk).await.is_empty());
    assert_eq!(desk.keychain.take_reads(), 0);
    assert_eq!(stands(&desk).why_not, Some(WhyNot::Keychain(Probe::Locked)));
    assert_eq!(stands(&desk).next, Some(desk.clock.now() + Duration::minutes(1)), "it is opened soon, maybe");

    let (round, told) = on_request(&desk).await;
    assert_eq!((round.ended, told.len(), desk.keychain.take_reads()), (RoundEnded::Whole, 1, 1));

    // And where the person does not unlock it, nothing more is asked of it
    desk.keychain.stay_locked();
    let (round, _) = on_request(&desk).await;
    assert_eq!(round.ended, RoundEnded::Keychain(Probe::Locked));
    desk.keychain.go_away();
    let (round, told) = on_request(&desk).await;
    assert_eq!((round.ended, round.left, told.len()), (RoundEnded::Keychain(Probe::Absent), 1, 0));
}

#[tokio::test]
async fn a_keychain_that_asks_about_each_key_does_not_ask_every_minute() {
    let (desk, _) = with_kept_key().await;
    look(&desk).await;
    desk.keychain.ask_in_vain();

    look_later(&desk).await;

    assert_eq!(stands(&desk).why_not, Some(WhyNot::Keychain(Probe::Asking)));
    assert_eq!(
        stands(&desk).next,
        Some(desk.clock.now() + Duration::hours(1)),
        "the next round is soon enough"
    );
}

#[tokio::test]
async fn a_key_that_is_for_another_number_is_told_with_that_number_and_once() {
    let (desk, kept) = with_kept_key().await;
    desk.app.channels().await.expect("the list");
    desk.swap_key(&kept.id, &desk.earlier_key(&desk.channel(FRONT_DESK)));
    look(&desk).await;

    let told = look_later(&desk).await;

    let [Turn::OtherNumber(Some(whose))] = &turns(&told)[..] else { panic!("{told:?}") };
    assert_eq!((&whose.channel.id, whose.here), (&desk.channel(FRONT_DESK), true));
    assert_eq!(desk.records.of(&kept.id).other_number_at, Some(desk.clock.now()));
    assert!(turns(&look_later(&desk).await).is_empty());

    // And not again, where a person tested it meanwhile and nobody answered
    desk.spoil(Fault::new(HEALTH, Do::Status).status(503));
    desk.app.test_key(&kept.id).await.expect("it is tested");
    assert_eq!(desk.records.of(&kept.id).tested.map(|(word, _)| word), Some(Tested::CouldNotAsk));
    desk.mend_hub();
    assert!(turns(&look_later(&desk).await).is_empty());
}

#[tokio::test]
async fn a_key_that_was_refused_and_works_again_is_told_where_a_person_asks() {
    let (desk, _) = with_kept_key().await;
    look(&desk).await;
    desk.spoil(Fault::new(HEALTH, Do::Refuse));
    assert_eq!(turns(&look_later(&desk).await).len(), 1);
    desk.mend_hub();

    let (_, told) = on_request(&desk).await;

    assert_eq!(turns(&told), [Turn::WorksAgain]);
    assert!(turns(&look_later(&desk).await).is_empty());
}

#[tokio::test]
async fn a_key_that_this_program_replaced_is_no_news() {
    let (desk, kept) = with_kept_key().await;
    look(&desk).await;
    desk.clock.forward(Duration::minutes(1));
    desk.make_key(&kept.channel).await;

    let told = look_later(&desk).await;
    assert_eq!(told.len(), 1, "the new one alone: {told:?}");
    assert!(told[0].record.id != kept.id && told[0].turn.is_none());

    // Nor where it is made while the host is asked about the earlier one
    let second = told[0].record.clone();
    desk.clock.forward(Duration::minutes(61));
    desk.odd.gate.hold(OnItsWay::Health);
    let replaced = async {
        desk.odd.gate.somebody_waits().await;
        desk.make_key(&second.channel).await;
        desk.odd.gate.let_through();
    };
    let (told, ()) = tokio::join!(look(&desk), replaced);
    assert!(turns(&told).is_empty(), "{told:?}");
}

#[tokio::test]
async fn while_a_key_is_made_its_predecessor_is_not_asked_about() {
    let (desk, kept) = with_kept_key().await;
    look(&desk).await;
    desk.clock.forward(Duration::minutes(61));
    // What a person reads before asks with the kept key where messages are delivered.
    let before = desk.before(&kept.channel).await;
    let asked = desk.count(HEALTH);
    desk.odd.gate.hold(OnItsWay::Key);
    let looked = async {
        desk.odd.gate.somebody_waits().await;
        let told = look(&desk).await;
        desk.odd.gate.let_through();
        told
    };

    let (_, told) = tokio::join!(desk.app.make_key(&before.ticket), looked);

    assert!(told.is_empty(), "{told:?}");
    assert_eq!(desk.count(HEALTH), asked);
}

#[tokio::test]
async fn a_refusal_after_a_request_whose_outcome_is_open_says_when_that_was() {
    let (desk, kept) = with_kept_key().await;
    look(&desk).await;
    desk.clock.forward(Duration::minutes(5));
    let asked_at = desk.clock.now();
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetAfterCommit));
    let outcome = desk.ask_for_key(&kept.channel).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    desk.mend_hub();

    let told = look_later(&desk).await;

    assert!(
        matches!(turns(&told)[..], [Turn::Refused { asked_here: Some(at), .. }] if at == asked_at),
        "{told:?}"
    );
}

#[tokio::test]
async fn who_locks_or_signs_out_meanwhile_hears_nothing_and_nothing_is_asked_after_that() {
    let (desk, kept) = with_kept_key().await;
    look(&desk).await;
    make_one_elsewhere(&desk, &kept.channel).await;
    desk.clock.forward(Duration::minutes(61));
    desk.odd.gate.hold(OnItsWay::Health);
    let locked = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.lock();
        desk.odd.gate.let_through();
    };
    let (told, ()) = tokio::join!(look(&desk), locked);
    assert!(told.is_empty());
    assert_eq!(stands(&desk).why_not, Some(WhyNot::Locked));
    let asked = desk.count(HEALTH);
    assert!(look_later(&desk).await.is_empty());
    assert_eq!(desk.count(HEALTH), asked);

    // Unlocked, it is told after all
    desk.app.sign_in_again(&Password::new(MARIA.1)).await.expect("it is Maria");
    look(&desk).await;
    assert_eq!(turns(&look_later(&desk).await).len(), 1);

    desk.app.sign_out().expect("nothing stands in the way");
    assert_eq!(stands(&desk).why_not, Some(WhyNot::NobodyHere));
    assert!(look_later(&desk).await.is_empty());
}

#[tokio::test]
async fn what_this_computer_remembers_is_enough_to_look_without_signing_in() {
    let (desk, kept) = with_kept_key().await;
    let person = desk.person();
    let client = desk.at_work_for().expect("a client");
    make_one_elsewhere(&desk, &kept.channel).await;
    desk.app.sign_out().expect("nothing stands in the way");
    desk.app.open_here(&person.id, &client).expect("it is remembered");

    look(&desk).await;

    assert_eq!(turns(&look_later(&desk).await).len(), 1);
}

#[tokio::test]
async fn nobody_who_did_not_ask_for_it_has_keys_looked_at_and_another_choice_holds_at_once() {
    let (desk, _) = with_kept_key().await;
    let asked = desk.count(HEALTH);
    desk.clock.forward(Duration::days(2));
    assert!(!desk.app.check_keys_in_time(None, |_| {}).await);
    assert_eq!((desk.count(HEALTH), desk.app.key_checks(None).why_not), (asked, Some(WhyNot::Off)));

    look(&desk).await;
    look_later(&desk).await;
    desk.clock.forward(Duration::minutes(16));
    assert!(look(&desk).await.is_empty(), "an hour is not over");
    let quarter = Some(std::time::Duration::from_secs(900));
    assert!(desk.app.check_keys_in_time(quarter, |_| {}).await);
}

#[tokio::test]
async fn a_desk_s_keys_are_looked_at_too() {
    let desk = Desk::of(JO).await;
    desk.app.desk().expect("the desk is open").read().await;
    let channel = desk.channel(FRONT_DESK);
    desk.make_key(&channel).await;
    look(&desk).await;
    let elsewhere = desk.another_program();
    elsewhere.sign_in(JO.0, &Password::new(JO.1)).await.expect("it is Jo");
    elsewhere.desk().expect("open").read().await;
    make_with(&elsewhere, &channel).await;

    assert_eq!(turns(&look_later(&desk).await).len(), 1);
}
