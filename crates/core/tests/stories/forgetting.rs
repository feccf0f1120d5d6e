//! Forget everything on this computer: what will go is listed, kept keys go by choice, and nothing is lost unawares.

use channel_keys_core::app::Trouble;
use channel_keys_core::history::What;
use channel_keys_core::keychain::{KeychainError, Purpose};
use channel_keys_core::records::{Amounts, KeyState, Place, Realm, Records};
use channel_keys_core::session::Session;

use crate::desk::*;
use crate::keychain::Hold;
use crate::watched::OnItsWay;

/// Maria kept a key and stays signed in; Jonas was here and has a safety copy; Lucía kept one for real.
struct Scene {
    desk: Desk,
    marias: String,
    jonas: String,
    lucias: String,
}

impl Scene {
    async fn set() -> Self {
        let desk = Desk::set().await;
        desk.app.turn_to(desk.route(Realm::Real)).expect("nothing lies in memory alone");
        desk.sign_in(LUCIA).await;
        desk.app.keep_session().await.expect("the keychain takes it");
        let citas = desk.channel_of(AURORA, "Citas");
        let (lucias, ..) = desk.paste(&citas, &desk.earlier_key(&citas)).await;
        desk.app.keep_key(&lucias.id, "Agenda").await.expect("it is kept");
        desk.app.turn_to(desk.route(Realm::Practice)).expect("nothing lies in memory alone");
        desk.sign_in(JONAS).await;
        let jonas = desk.make_key(&desk.channel("Events Lisbon")).await.record;
        desk.sign_in(SAM).await;
        desk.app.choose_client(&desk.client_id("Sam's Bikes")).expect("it is his");
        desk.sign_in(MARIA).await;
        let marias = desk.make_key(&desk.channel(RESTAURANT)).await.record;
        desk.app.keep_key(&marias.id, "Booking tool").await.expect("it is kept");
        let till = Place { name: "Till".into(), done: true };
        desk.app.set_places(&marias.id, vec![till]).expect("it is noted");
        desk.app.keep_session().await.expect("the keychain takes it");
        Self { desk, marias: marias.id, jonas: jonas.id, lucias: lucias.id }
    }

    fn emails(&self) -> Vec<String> {
        let accounts = self.desk.app.remembered().expect("what is remembered").accounts;
        accounts.into_iter().map(|account| account.email).collect()
    }

    fn cards(&self) -> Vec<String> {
        let mut ids: Vec<_> = self.desk.records.all().into_iter().map(|record| record.id).collect();
        ids.sort();
        ids
    }
}

fn sorted<const N: usize>(ids: [&String; N]) -> Vec<String> {
    let mut ids = ids.map(String::clone).to_vec();
    ids.sort();
    ids
}

#[tokio::test]
async fn all_that_will_go_is_listed_whoevers_it_is() {
    let scene = Scene::set().await;

    let remembered = scene.desk.app.remembered().expect("what is remembered");

    assert_eq!(scene.emails(), [MARIA.0, SAM.0, JONAS.0, LUCIA.0]);
    let realms: Vec<_> = remembered.sessions.iter().map(|session| session.realm).collect();
    assert_eq!(realms, [Realm::Real, Realm::Practice]);
    let mut keys: Vec<_> = remembered.keys.into_iter().map(|key| key.id).collect();
    keys.sort();
    assert_eq!(keys, sorted([&scene.marias, &scene.jonas, &scene.lucias]));
    assert_eq!(remembered.amounts.lists, 3);
    assert!(remembered.amounts.history > 6, "{:?}", remembered.amounts);
}

#[tokio::test]
async fn nothing_is_listed_where_nobody_ever_was() {
    let desk = Desk::set().await;

    let remembered = desk.app.remembered().expect("what is remembered");

    assert!(remembered.accounts.is_empty() && remembered.sessions.is_empty() && remembered.keys.is_empty());
    assert_eq!(remembered.amounts, Amounts { history: 0, lists: 0 });
}

#[tokio::test]
async fn the_keys_stay_with_their_cards_unless_they_are_named_and_all_else_goes() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    let card = desk.records.of(&scene.marias);

    let stayed = desk.app.forget_everything(&[]).await.expect("nothing lies in memory alone");

    assert_eq!(stayed, []);
    assert!(matches!(desk.app.session(), Session::SignedOut));
    let remembered = desk.app.remembered().expect("what is remembered");
    assert_eq!(remembered.amounts, Amounts { history: 0, lists: 0 });
    assert_eq!((remembered.sessions, desk.keychain.sessions()), (Vec::new(), Vec::new()));
    assert_eq!(scene.emails(), [MARIA.0, JONAS.0, LUCIA.0], "who has no key here is forgotten");
    assert_eq!(scene.cards(), sorted([&scene.marias, &scene.jonas, &scene.lucias]));
    assert_eq!(desk.records.of(&scene.marias), card, "with its name and its places");
    desk.sign_in(MARIA).await;
    assert!(desk.works(&scene.marias).await);
    let (user, client) = (desk.person().id, desk.client_id(HARBOUR));
    desk.app.sign_out().expect("it lies in the keychain");
    assert!(desk.app.open_here(&user, &client).is_ok(), "they can be used signed out too");
}

#[tokio::test]
async fn the_keys_that_are_named_go_from_the_keychain_too_whoevers_they_are() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    let named = [scene.marias.clone(), scene.lucias.clone(), "nosuch".to_owned()];

    let stayed = desk.app.forget_everything(&named).await.expect("nothing lies in memory alone");

    assert_eq!(stayed, []);
    assert_eq!(desk.keychain.purposes(&scene.marias), []);
    assert_eq!(desk.keychain.purposes(&scene.lucias), []);
    assert_eq!(desk.keychain.purposes(&scene.jonas), [Purpose::SafetyCopy], "his is not named");
    assert_eq!((scene.cards(), scene.emails()), (sorted([&scene.jonas]), vec![JONAS.0.to_owned()]));
}

#[tokio::test]
async fn everything_can_go() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    let all = [&scene.marias, &scene.jonas, &scene.lucias].map(String::clone);

    desk.app.forget_everything(&all).await.expect("nothing lies in memory alone");

    assert!(desk.keychain.services().is_empty(), "the keychain is empty");
    assert!(scene.cards().is_empty() && scene.emails().is_empty());
    let restarted = scene.desk.start_again();
    assert!(matches!(restarted.app.resume().await, Ok(Session::SignedOut)));
    restarted.sign_in(MARIA).await;
    assert_eq!(restarted.deeds(), []);
}

#[tokio::test]
async fn what_the_keychain_does_not_give_up_is_told_and_stays_with_its_card() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    desk.keychain.refuse_to_remove();

    let stayed = desk.app.forget_everything(std::slice::from_ref(&scene.marias)).await;

    assert_eq!(stayed, Ok(vec![(scene.marias.clone(), KeychainError::Refused)]));
    assert_eq!(scene.cards(), sorted([&scene.marias, &scene.jonas, &scene.lucias]));
    assert_eq!(desk.keychain.purposes(&scene.marias), [Purpose::Kept]);
    let sessions = desk.app.remembered().expect("what is remembered").sessions;
    assert_eq!(sessions.len(), 2, "nor are the sessions forgotten that still lie there");
    assert!(sessions.iter().all(|session| session.ended), "{sessions:?}");
    assert_eq!((desk.app.may_resume(), desk.app.session_stays()), (None, Some(KeychainError::Refused)));
    desk.keychain.mend();
    let again = desk.app.forget_everything(std::slice::from_ref(&scene.marias)).await;
    assert_eq!((again, desk.keychain.sessions()), (Ok(Vec::new()), Vec::new()), "the next time they go");
    assert_eq!(desk.keychain.purposes(&scene.marias), []);
}

#[tokio::test]
async fn nothing_is_forgotten_while_a_key_lies_in_memory_alone() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    desk.keychain.go_away();
    let made = desk.make_key(&desk.channel("Events Lisbon")).await.record;
    desk.keychain.mend();
    let before = desk.app.remembered().expect("what is remembered");

    let trouble = desk.app.forget_everything(std::slice::from_ref(&scene.marias)).await;

    assert_eq!(trouble, Err(Trouble::StoredNowhere));
    assert_eq!(desk.app.remembered(), Ok(before));
    assert_eq!(desk.keychain.purposes(&scene.marias), [Purpose::Kept]);
    assert!(desk.works(&made.id).await, "she is still at work, and the key is there");
}

#[tokio::test]
async fn a_key_that_may_lie_in_the_keychain_unseen_keeps_its_card() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.keychain.hold(Hold::Get);
    tokio::select! {
        made = desk.app.make_key(&before.ticket) => panic!("it did not wait: {made:?}"),
        () = desk.keychain.somebody_waits() => {}
    }
    desk.keychain.let_through();
    let desk = desk.start_again();
    assert_eq!(desk.keychain.entries().len(), 1, "its safety copy was put");

    desk.app.forget_everything(&[]).await.expect("nothing lies in memory alone");

    desk.sign_in(MARIA).await;
    desk.app.recover().await.expect("the records can be written");
    let found = desk.app.waiting_keys().expect("the keys");
    assert_eq!((found.len(), found[0].state), (1, KeyState::SafetyCopy));
    assert!(desk.works(&found[0].id).await);
}

#[tokio::test]
async fn nothing_is_forgotten_while_a_key_is_being_made() {
    let desk = Desk::of_maria().await;
    let before = desk.before(&desk.channel(RESTAURANT)).await;
    desk.odd.gate.hold(OnItsWay::Key);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        assert_eq!(desk.app.forget_everything(&[]).await, Err(Trouble::KeyBeingMade));
        desk.odd.gate.let_through();
    };
    let (outcome, ()) = tokio::join!(desk.app.make_key(&before.ticket), meanwhile);

    assert!(outcome.is_ok(), "{outcome:?}");
    let waiting = desk.app.waiting_keys().expect("the keys");
    assert_eq!((waiting.len(), waiting[0].state), (1, KeyState::SafetyCopy));
}

#[tokio::test]
async fn a_test_whose_answer_comes_after_brings_nothing_back() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.odd.gate.hold(OnItsWay::Health);

    let meanwhile = async {
        desk.odd.gate.somebody_waits().await;
        desk.app.forget_everything(std::slice::from_ref(&made.id)).await.expect("it goes");
        desk.odd.gate.let_through();
    };
    let (test, ()) = tokio::join!(desk.app.test_key(&made.id), meanwhile);

    assert!(test.is_ok(), "{test:?}");
    assert!(desk.records.all().is_empty());
    desk.sign_in(MARIA).await;
    assert!(desk.app.history().expect("the history").iter().all(|entry| entry.what == What::SignedIn));
}

#[tokio::test]
async fn a_disk_that_takes_nothing_forgets_nothing_and_says_so() {
    let scene = Scene::set().await;
    scene.desk.records.fail_after(0);

    let trouble = scene.desk.app.forget_everything(&[]).await;

    assert!(matches!(trouble, Err(Trouble::Records(_))), "{trouble:?}");
    assert!(scene.desk.keychain.sessions().is_empty(), "the sessions are gone all the same");
    assert_eq!(scene.desk.records.kept_session(Realm::Practice).map(|kept| kept.is_some()), Ok(true));
}
