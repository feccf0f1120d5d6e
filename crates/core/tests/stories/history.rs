//! What was done here, when, by which account and with which result. Never a secret.

use channel_keys_core::channel::Permission;
use channel_keys_core::clock::Clock;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::Realm;
use channel_keys_core::session::Session;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;
use crate::keychain::Hold;

#[tokio::test]
async fn each_thing_that_is_done_is_noted_once_and_says_about_what() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.app.read_channels().await.expect("the channels");

    let (pasted, ..) = desk.paste(&restaurant, &desk.earlier_key(&restaurant)).await;
    desk.app.let_go(&pasted.id).await.expect("it goes");
    desk.clock.forward(Duration::minutes(1));
    let made = desk.make_key(&restaurant).await.record;
    desk.app.note_use(&made.id, What::KeyShown);
    desk.app.note_use(&made.id, What::KeyCopied);
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    assert!(desk.works(&made.id).await);
    desk.app.rename_key(&made.id, "Till").await.expect("it has another name");
    desk.app.change_permission(&restaurant, Permission::Shared).await.expect("it is asked for");
    desk.app.sign_out().expect("it lies in the keychain");
    desk.sign_in(MARIA).await;

    let history = desk.app.history().expect("the history");
    let newest_first: Vec<What> = history.iter().map(|entry| entry.what).collect();
    assert_eq!(
        newest_first,
        [
            What::SignedIn,
            What::SignedOut,
            What::PermissionGiven,
            What::KeyRenamed,
            What::KeyTested,
            What::KeyKept,
            What::KeyCopied,
            What::KeyShown,
            What::KeyMade,
            What::KeyLetGo,
            What::KeyTested,
            What::KeyPasted,
            What::SignedIn,
        ]
    );
    assert!(history.iter().all(|entry| entry.ended == Ended::Done && entry.by == MARIA.0));
    assert!(history.is_sorted_by(|a, b| a.id > b.id && a.at >= b.at), "{history:?}");
    for entry in history.iter().filter(|entry| entry.about.is_some()) {
        let about = entry.about.as_ref().expect("it is about something");
        assert_eq!((&about.channel, about.number.as_deref()), (&restaurant, Some("493055570188")));
        assert_eq!(entry.client_name.as_deref(), Some(HARBOUR));
    }
    let [_, _, permission, renamed, .., made_entry, let_go, _, _, _] = &history[..] else {
        panic!("{history:?}")
    };
    let told = |entry: &channel_keys_core::history::HistoryEntry| {
        entry.about.clone().map(|about| (about.label, about.tail)).expect("it is about something")
    };
    assert_eq!(told(permission), (None, None), "a permission is about a number and no key");
    assert_eq!(told(renamed), (Some("Till".to_owned()), made.tail.clone()));
    assert_eq!(told(made_entry), (None, made.tail));
    assert_eq!(told(let_go), (None, pasted.tail));
    assert_eq!(made_entry.at, desk.clock.now());
    assert_eq!(let_go.at, desk.clock.now() - Duration::minutes(1));
}

#[tokio::test]
async fn what_did_not_come_about_is_told_from_what_nobody_knows() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    for fault in [
        Fault::new(MAKE_KEY, Do::Refuse),
        Fault::new(MAKE_KEY, Do::Status).status(429),
        Fault::new(MAKE_KEY, Do::Status).status(404),
        Fault::new(MAKE_KEY, Do::ResetAfterCommit),
    ] {
        desk.spoil(fault);
        assert!(!matches!(desk.ask_for_key(&restaurant).await, Outcome::Made(_)));
    }
    desk.mend_hub();
    let made = desk.make_key(&restaurant).await.record;
    desk.spoil(Fault::new(HEALTH, Do::Refuse));
    desk.app.test_key(&made.id).await.expect("it is tested");
    desk.spoil(Fault::new(HEALTH, Do::CutBody));
    desk.app.test_key(&made.id).await.expect("it is tested");

    assert_eq!(
        desk.deeds(),
        [
            (What::KeyMade, Ended::Refused),
            (What::KeyMade, Ended::NotDone),
            (What::KeyMade, Ended::NotDone),
            (What::KeyMade, Ended::Unknown),
            (What::KeyMade, Ended::Done),
            (What::KeyTested, Ended::Refused),
            (What::KeyTested, Ended::Unknown),
        ]
    );
}

#[tokio::test]
async fn a_key_that_was_found_again_and_one_that_was_not_are_noted_once() {
    for (hold, ended) in [(Hold::Get, Ended::Done), (Hold::Put, Ended::Unknown)] {
        let desk = Desk::of_maria().await;
        let before = desk.before(&desk.channel(RESTAURANT)).await;
        desk.keychain.hold(hold);
        tokio::select! {
            made = desk.app.make_key(&before.ticket) => panic!("it did not wait: {made:?}"),
            () = desk.keychain.somebody_waits() => {}
        }
        desk.keychain.let_through();
        let desk = desk.restart(MARIA).await;

        desk.app.recover().await.expect("the records can be written");
        desk.app.recover().await.expect("the records can be written");

        assert_eq!(desk.deeds(), [(What::KeyRecovered, ended)]);
    }
}

#[tokio::test]
async fn no_entry_and_no_record_holds_a_key_a_password_or_a_session() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let Session::Client(at_work) = desk.app.session() else { panic!("she is at work") };
    desk.app.keep_session().await.expect("the keychain takes it");
    let earlier = desk.earlier_key(&restaurant);
    let (pasted, ..) = desk.paste(&restaurant, &earlier).await;
    let made = desk.make_key(&restaurant).await.record;
    let key = desk.key(&made.id).await;
    desk.app.note_use(&made.id, What::KeyShown);
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.test_key(&made.id).await.expect("it is tested");
    desk.app.test_key(&pasted.id).await.expect("it is tested");
    desk.app.change_permission(&restaurant, Permission::Shared).await.expect("it is asked for");
    desk.app.let_go(&pasted.id).await.expect("it goes");

    let said = format!(
        "{:?} {:?} {:?}",
        desk.app.history().expect("the history"),
        desk.app.remembered().expect("what is remembered"),
        desk.records.all()
    );
    assert!(said.contains("KeyTested") && said.contains("Booking tool"), "there is something to look at");
    for secret in [key.expose(), earlier.expose(), MARIA.1, at_work.token.expose()] {
        assert!(!said.contains(secret), "a secret is remembered");
        let most_of_it = &secret[secret.len() / 3..];
        assert!(!said.contains(most_of_it), "most of a secret is remembered");
    }
}

#[tokio::test]
async fn nobody_sees_what_another_account_did() {
    let desk = Desk::of_maria().await;
    desk.make_key(&desk.channel(RESTAURANT)).await;
    desk.app.sign_out().expect("it lies in the keychain");
    assert!(desk.app.history().is_err(), "signed out there is no history");

    desk.sign_in(JONAS).await;
    let his = desk.app.history().expect("the history");
    assert_eq!((his.len(), his[0].by.as_str()), (1, JONAS.0));

    desk.app.turn_to(desk.route(Realm::Real)).expect("nothing lies in memory alone");
    desk.sign_in(MARIA).await;
    assert_eq!(desk.deeds(), [], "what she did in practice is not told for real");
    desk.app.turn_to(desk.route(Realm::Practice)).expect("nothing lies in memory alone");
    desk.sign_in(MARIA).await;
    assert_eq!(desk.deeds(), [(What::KeyMade, Ended::Done), (What::SignedOut, Ended::Done)]);
}

#[tokio::test]
async fn a_use_of_a_key_that_is_not_here_is_not_noted() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.note_use("nosuch", What::KeyShown);
    desk.sign_in(JONAS).await;
    desk.app.note_use(&made.id, What::KeyCopied);

    assert_eq!(desk.deeds(), []);
    desk.sign_in(MARIA).await;
    assert_eq!(desk.deeds(), [(What::KeyMade, Ended::Done)]);
}

#[tokio::test]
async fn the_history_outlives_a_restart() {
    let desk = Desk::of_maria().await;
    desk.make_key(&desk.channel(RESTAURANT)).await;
    let before = desk.app.history().expect("the history");

    let desk = desk.restart(MARIA).await;

    assert_eq!(desk.app.history().expect("the history")[1..], before);
}

#[tokio::test]
async fn what_can_t_be_noted_is_done_all_the_same() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let made = desk.make_key(&restaurant).await.record;
    let noted = desk.app.history().expect("the history");
    desk.records.fail_after(0);

    assert!(desk.works(&made.id).await, "a key is tested");
    let changed = desk.app.change_permission(&restaurant, Permission::Shared).await;
    assert!(changed.is_ok_and(|change| change.came_about()), "a permission is changed");
    desk.app.note_use(&made.id, What::KeyCopied);
    assert!(desk.app.key(&made.id).await.is_ok(), "a key is copied");
    desk.app.sign_out().expect("she signs out");
    desk.sign_in(MARIA).await;

    assert_eq!(desk.app.history(), Ok(noted));
}
