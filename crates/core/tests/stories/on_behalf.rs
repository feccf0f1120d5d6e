//! A key that the desk makes on a client's behalf: who may, sent once, written down before, handed over after.

use std::sync::Arc;

use channel_keys_core::access::Side;
use channel_keys_core::app::{DeskKey, Trouble};
use channel_keys_core::channel::{ChannelId, PartnerId, Permission};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::Call;
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::{Hub, HubError};
use channel_keys_core::keychain::{Probe, Purpose};
use channel_keys_core::keys::{ListSays, Made, Outcome};
use channel_keys_core::partner_hub::{Caller, PartnerWrites, Pass};
use channel_keys_core::records::{KeyState, Owner, Realm};
use channel_keys_core::secret::Password;
use channel_keys_core::session::Session;
use channel_keys_hub::RestHub;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::at_the_desk::{opened_with_key, partner_key};
use crate::desk::*;
use crate::keychain::Hold;

const TIM: Credentials = ("tim@blue-anchor.example", "practice-tim");
const MAKE: &str = "POST /partners/*/channels/*/api_keys";
const LIST: &str = "GET /partners/*/channels/*/api_keys";
const ONE: &str = "GET /partners/*/channels/*";

async fn of_jo() -> Desk {
    let desk = Desk::of(JO).await;
    desk.app.desk().expect("the desk is open").read().await;
    desk
}

/// Front desk of the hotel, which Maria shares.
fn front_desk(desk: &Desk) -> ChannelId {
    desk.channel(FRONT_DESK)
}

/// Maria takes the permission back, somewhere else.
async fn takes_back(desk: &Desk, channel: &ChannelId) {
    let hub = RestHub::new(desk.hub.hub().parse().expect("an address"));
    let token = hub.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is hers").token;
    let removed = hub.set_permission(&token, &desk.client_id(HARBOUR), channel, Permission::Missing).await;
    assert_eq!(removed, Ok(Fact::Told(Permission::Missing)));
}

/// The ids of the keys that wait to be handed over.
fn to_hand_over(desk: &Desk) -> Vec<String> {
    let keys = desk.app.desk_keys().expect("the keys").into_iter();
    keys.filter(DeskKey::waits_to_be_handed_over).map(|key| key.record.id).collect()
}

async fn made(desk: &Desk) -> Made {
    desk.make_key(&front_desk(desk)).await
}

#[tokio::test]
async fn a_key_is_recorded_before_it_is_asked_for_and_in_the_keychain_before_it_is_told() {
    let desk = of_jo().await;
    let channel = front_desk(&desk);
    let earlier = desk.earlier_key(&channel);

    let before = desk.before(&channel).await;
    assert_eq!((before.side, before.keychain), (Side::Partner, Probe::Ready));
    assert_eq!(before.client_name, Fact::Told(HARBOUR.into()));
    assert_eq!(before.channel.permission, Fact::Told(Permission::Shared));
    desk.diary.take();
    let outcome = desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(desk.diary.take(), ["recorded as asked", "safety copy put", "recorded as safety_copy"]);
    let Outcome::Made(made) = outcome else { panic!("{outcome:?}") };
    let key = desk.key(&made.record.id).await;
    assert!(desk.keychain.holds(&made.record.id, Purpose::SafetyCopy, &key));
    assert_eq!((&made.record.client, made.record.by.as_deref()), (&desk.client_id(HARBOUR), Some(JO.0)));
    assert!(!desk.is_alive(&earlier).await, "the client's own software stops");
    assert!(desk.works(&made.record.id).await);
    assert_eq!(desk.count(MAKE), 1);
    assert_eq!(desk.count(MAKE_KEY), 0, "the client's own call is not used");
    assert_eq!(desk.deeds(), [(What::KeyMade, Ended::Done), (What::KeyTested, Ended::Done)]);
    let history = desk.app.history().expect("the history");
    assert_eq!(history[0].client_name.as_deref(), Some(HARBOUR), "and says for whom");
}

#[tokio::test]
async fn the_facts_are_read_anew_so_that_a_permission_taken_back_since_is_seen_before() {
    let desk = of_jo().await;
    let channel = front_desk(&desk);
    let at = desk.app.desk().expect("open");
    at.check().await;
    takes_back(&desk, &channel).await;

    let before = desk.before(&channel).await;

    assert_eq!(before.channel.permission, Fact::Told(Permission::Missing));
    assert!(matches!(desk.app.make_key(&before.ticket).await, Err(Trouble::KnownToBeRefused(_))));
    assert_eq!(desk.count(MAKE), 0);
    let line = at.line(&channel).expect("on the board");
    assert_eq!(line.line.check.permission(), Fact::Told(Permission::Missing), "the board says so too");
}

#[tokio::test]
async fn a_permission_taken_back_at_the_last_moment_is_a_refusal_and_the_board_says_why() {
    let desk = of_jo().await;
    let channel = front_desk(&desk);
    let earlier = desk.earlier_key(&channel);
    let before = desk.before(&channel).await;
    takes_back(&desk, &channel).await;

    let outcome = desk.app.make_key(&before.ticket).await.expect("it is asked for");

    let Outcome::NotMade(HubError::Refused { status: 403, .. }) = outcome else { panic!("{outcome:?}") };
    let line = desk.app.desk().expect("open").line(&channel).expect("on the board");
    assert_eq!(line.line.check.permission(), Fact::Told(Permission::Missing));
    let mishaps = desk.app.desk().expect("open").case(&channel).expect("on the board").mishaps;
    assert_eq!((mishaps.len(), mishaps[0].call, mishaps[0].over), (1, Call::MakeKey, false));
    assert_eq!((mishaps[0].call.method(), mishaps[0].error.status()), ("POST", Some(403)));
    assert!(desk.is_alive(&earlier).await, "the client's key works on");
    assert_eq!((desk.deeds(), desk.count(MAKE)), (vec![(What::KeyMade, Ended::Refused)], 1));
    assert!(desk.app.waiting_keys().expect("the keys").is_empty());
}

#[tokio::test]
async fn a_lost_answer_leaves_it_open_and_is_never_sent_a_second_time() {
    let desk = of_jo().await;
    let channel = front_desk(&desk);
    desk.app.note_key_list(&channel).await;
    let before = desk.before(&channel).await;
    desk.spoil(Fault::new(MAKE, Do::ResetAfterCommit));

    let outcome = desk.app.make_key(&before.ticket).await.expect("it is asked for");

    let Outcome::Unknown { record, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((record.state, desk.count(MAKE)), (KeyState::Unknown, 1));
    let again = desk.app.make_key(&before.ticket).await;
    assert_eq!(again.expect_err("it is used up"), Trouble::AlreadyAsked);
    desk.mend_hub();
    let says = desk.app.key_list_says(&record.id).await.expect("it is asked");
    assert_eq!((says, desk.count(LIST)), (ListSays::NewKey, 2), "the Hub's own list tells that one was made");
    assert_eq!(desk.app.waiting_keys().expect("the keys").len(), 1);
}

#[tokio::test]
async fn a_channel_that_stopped_since_is_seen_before_anything_is_sent() {
    let desk = of_jo().await;
    desk.spoil(Fault::new(ONE, Do::Status).status(503));

    let before = desk.app.before_making(&front_desk(&desk)).await;

    assert!(matches!(before, Err(Trouble::Hub(HubError::InTrouble { .. }))), "{before:?}");
    let spa = desk.channel("Spa");
    desk.mend_hub();
    let before = desk.before(&spa).await;
    assert!(matches!(desk.app.make_key(&before.ticket).await, Err(Trouble::KnownToBeRefused(_))));
    assert_eq!(desk.count(MAKE), 0);
}

#[tokio::test]
async fn a_program_that_stopped_between_offers_the_safety_copy_at_its_next_start() {
    let desk = of_jo().await;
    let id = made(&desk).await.record.id;

    let desk = desk.restart(JO).await;
    desk.app.recover().await.expect("it looks");

    assert_eq!(to_hand_over(&desk), std::slice::from_ref(&id));
    assert!(desk.works(&id).await);
}

#[tokio::test]
async fn without_a_keychain_the_key_is_in_memory_alone_and_nothing_closes_before_it_was_copied() {
    let desk = of_jo().await;
    desk.keychain.go_away();
    let made = made(&desk).await;
    assert_eq!(made.record.state, KeyState::InMemory);

    assert_eq!(desk.app.hand_over(&made.record.id).await, Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.sign_out(), Err(Trouble::StoredNowhere));
    desk.app.note_use(&made.record.id, What::KeyCopied);
    assert!(!desk.app.lies_elsewhere(&made.record.id), "the clipboard has the only copy");
    desk.app.hand_over(&made.record.id).await.expect("it was copied");
    assert!(desk.app.lies_elsewhere(&made.record.id), "its client has it");

    assert!(desk.app.stored_nowhere().is_none());
    desk.app.sign_out().expect("nothing stands in the way");
}

#[tokio::test]
async fn a_lock_hides_a_key_that_lies_nowhere_else_from_all_but_who_made_it() {
    let desk = of_jo().await;
    desk.keychain.go_away();
    let id = made(&desk).await.record.id;

    desk.app.lock();

    assert!(desk.app.is_locked() && desk.app.desk().is_err());
    assert_eq!(desk.try_sign_in(MARIA).await.err(), Some(Trouble::OtherAccount));
    assert_eq!(desk.app.key(&id).await.err(), Some(Trouble::NotSignedIn));
    let key = partner_key(&desk);
    let by_key = desk.app.open_desk_with_key(&desk.hub.partner_id(), key).await;
    assert_eq!(by_key.err(), Some(Trouble::OtherAccount), "the partner's key is not Jo");
    desk.app.sign_in_again(&Password::new(JO.1)).await.expect("it is hers");
    assert!(matches!(desk.app.session(), Session::Partner(_)));
    assert!(desk.works(&id).await, "it is there again");
}

#[tokio::test]
async fn with_the_partner_s_key_alone_the_keys_are_the_partner_s_and_a_lock_opens_with_it_again() {
    let desk = Desk::set().await;
    opened_with_key(&desk).await.read().await;
    desk.app.let_write().expect("it was said so");
    desk.keychain.go_away();
    let record = made(&desk).await.record;
    let partner = desk.hub.partner_id();
    assert_eq!(record.owner, Owner { realm: Realm::Practice, user: partner.clone() });
    assert_eq!(record.by.as_deref(), Some(partner.as_str()));

    desk.app.lock();
    assert!(desk.app.is_locked());
    opened_with_key(&desk).await;

    assert!(desk.works(&record.id).await);
    assert!(desk.app.only_reads(), "and the desk only reads again");
}

#[tokio::test]
async fn a_member_s_desk_only_reads_until_somebody_says_otherwise_and_then_the_hub_decides() {
    let desk = Desk::of(TIM).await;
    desk.app.desk().expect("the desk is open").read().await;
    let channel = front_desk(&desk);
    assert!(desk.app.only_reads());
    let refused = desk.app.before_making(&channel).await;
    assert_eq!(refused.err(), Some(Trouble::ReadOnly));
    assert_eq!((desk.count(ONE), desk.count(MAKE)), (0, 0), "not even the facts are read for it");

    desk.app.let_write().expect("it was said so");
    let outcome = desk.ask_for_key(&channel).await;

    let Outcome::NotMade(HubError::Refused { said: Some(said), .. }) = outcome else { panic!("{outcome:?}") };
    assert!(said.as_str().contains("Only an Owner"), "{said:?}");
    assert_eq!(desk.count(MAKE), 1);
}

#[tokio::test]
async fn an_owner_s_desk_may_write_and_whoever_is_there_can_stop_that_at_any_time() {
    let desk = of_jo().await;
    assert!(!desk.app.only_reads());
    let before = desk.before(&front_desk(&desk)).await;

    desk.app.read_only().expect("it was said so");

    assert_eq!(desk.app.make_key(&before.ticket).await.err(), Some(Trouble::ReadOnly));
    desk.app.let_write().expect("it was said so");
    let again = desk.app.make_key(&before.ticket).await;
    assert_eq!(again.err(), Some(Trouble::AlreadyAsked), "what was prepared before is not sent");
    assert_eq!(desk.count(MAKE), 0);
}

#[tokio::test]
async fn the_mode_goes_with_the_desk() {
    let desk = Desk::set().await;
    opened_with_key(&desk).await;
    assert!(desk.app.only_reads(), "nobody in person stands for what a key does");
    desk.app.let_write().expect("it was said so");
    assert!(!desk.app.only_reads());
    for leave in [|desk: &Desk| desk.app.lock(), |desk: &Desk| desk.app.sign_out().expect("it goes")] {
        leave(&desk);
        assert_eq!(desk.app.let_write(), Err(Trouble::NotSignedIn));
        opened_with_key(&desk).await;
        assert!(desk.app.only_reads());
        desk.app.let_write().expect("it was said so");
    }
}

#[tokio::test]
async fn a_session_renewed_in_place_keeps_the_mode() {
    let desk = Desk::of(TIM).await;
    desk.app.desk().expect("the desk is open");
    desk.app.let_write().expect("it was said so");
    desk.app.sign_in_again(&Password::new(TIM.1)).await.expect("it is his");
    assert!(!desk.app.only_reads());
}

#[tokio::test]
async fn a_key_that_was_handed_over_is_forgotten_here_and_works_on() {
    let desk = of_jo().await;
    let id = made(&desk).await.record.id;
    let key = desk.key(&id).await;
    desk.app.keep_key(&id, "for the hotel").await.expect("it is kept");
    assert_eq!(to_hand_over(&desk), std::slice::from_ref(&id));

    desk.app.hand_over(&id).await.expect("it is forgotten");

    assert!(desk.keychain.entries().is_empty());
    assert_eq!(desk.records.of(&id).state, KeyState::HandedOver);
    assert!(desk.app.all_keys_here().expect("the keys").is_empty());
    assert_eq!(desk.app.key(&id).await.err(), Some(Trouble::NoSuchKey));
    assert!(desk.is_alive(&key).await, "the client goes on with it");
    assert_eq!(desk.deeds().last(), Some(&(What::KeyHandedOver, Ended::Done)));
    assert_eq!(desk.app.hand_over(&id).await, Err(Trouble::NoSuchKey));
}

#[tokio::test]
async fn a_client_s_own_person_hands_nothing_over_and_never_sees_the_desk_s_keys() {
    let desk = of_jo().await;
    let id = made(&desk).await.record.id;
    desk.app.sign_out().expect("it lies in the keychain");
    desk.sign_in(MARIA).await;

    assert!(desk.app.all_keys_here().expect("the keys").is_empty());
    assert_eq!(desk.app.hand_over(&id).await, Err(Trouble::NoSuchKey));
    assert_eq!(desk.app.key(&id).await.err(), Some(Trouble::NoSuchKey));
}

#[tokio::test]
async fn a_lock_while_a_key_is_made_comes_after_its_answer_and_loses_nothing() {
    let desk = of_jo().await;
    let before = desk.before(&front_desk(&desk)).await;
    desk.keychain.hold(Hold::Put);

    let locks = async {
        desk.keychain.somebody_waits().await;
        desk.app.lock();
        assert!(!desk.app.is_locked() && desk.app.desk().is_ok(), "first the answer");
        desk.keychain.let_through();
    };
    let (outcome, ()) = tokio::join!(desk.app.make_key(&before.ticket), locks);

    assert!(matches!(outcome, Ok(Outcome::Made(_))), "{outcome:?}");
    assert!(matches!(desk.app.session(), Session::SignedOut));
    desk.sign_in(JO).await;
    assert_eq!(to_hand_over(&desk).len(), 1);
}

#[tokio::test]
async fn the_keys_that_the_hub_lists_say_when_they_changed_and_whether_it_was_done_here() {
    let desk = of_jo().await;
    let (at, channel) = (desk.app.desk().expect("open"), front_desk(&desk));
    let first = at.key_list(&channel).await.expect("it is shared");
    assert_eq!((first.len(), at.keys_changed(&channel)), (1, None));

    // When a key is made elsewhere between two looks
    let (looked, later) = (desk.clock.now(), desk.clock.now() + Duration::minutes(18));
    desk.clock.forward(Duration::minutes(18));
    elsewhere_a_key_is_made(&desk, &channel).await;
    let second = at.key_list(&channel).await.expect("it is shared");

    // Then both times are told, and that it was not done here
    assert_ne!(first[0].mark(), second[0].mark());
    let changed = at.keys_changed(&channel).expect("it has changed");
    assert_eq!((changed.told_before, changed.told_now, changed.here), (looked, later, false));

    // And a key that is made here is told as such, also after the program was started again
    desk.clock.forward(Duration::minutes(5));
    desk.make_key(&channel).await;
    desk.clock.forward(Duration::minutes(1));
    let desk = desk.restart(JO).await;
    let at = desk.app.desk().expect("open");
    at.read().await;
    at.key_list(&channel).await.expect("it is shared");
    assert!(at.keys_changed(&channel).expect("it has changed").here);

    // And where the client shares it no longer, nothing is told, which is no change
    takes_back(&desk, &channel).await;
    let before = at.keys_changed(&channel);
    assert!(matches!(at.key_list(&channel).await, Err(HubError::Refused { status: 403, .. })));
    assert_eq!(at.keys_changed(&channel), before);
}

async fn elsewhere_a_key_is_made(desk: &Desk, channel: &ChannelId) {
    let hub = RestHub::new(desk.hub.hub().parse().expect("an address"));
    let pass = Pass::Key(Arc::new(partner_key(desk)));
    let caller = Caller { partner: PartnerId(desk.hub.partner_id()), pass };
    PartnerWrites::make_key(&hub, &caller, channel).await.map(drop).expect("it is shared");
}
