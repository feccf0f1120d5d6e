//! Whether a key works: asked of the messaging host, and told apart from what could not be asked.

use channel_keys_core::app::Trouble;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Sending};
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::keys::KeyTest;
use channel_keys_core::secret::ApiKey;
use practice_hub::{Do, Fault};

use crate::desk::*;

#[tokio::test]
async fn a_new_key_works_for_its_own_number() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    let test = desk.app.test_key(&made.id).await.expect("it is tested");

    let KeyTest::Works { health, .. } = test else { panic!("{test:?}") };
    assert_eq!(health.sending, Fact::Told(Sending::Available));
    assert_eq!(health.external_id.told(), made.external_id.as_ref());
}

#[tokio::test]
async fn a_key_of_a_blocked_number_works_and_the_block_is_told() {
    let desk = Desk::set().await;
    desk.sign_in(RUI).await;

    for (name, sending) in [("Balcão", Sending::Limited), ("Entregas", Sending::Blocked)] {
        let made = desk.make_key(&desk.channel_of("Padaria do Sol", name)).await.record;
        let test = desk.app.test_key(&made.id).await;
        assert!(
            matches!(&test, Ok(KeyTest::Works { health, .. }) if health.sending == Fact::Told(sending)),
            "{test:?}"
        );
    }
}

#[tokio::test]
async fn a_key_that_a_later_one_replaced_is_refused() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let first = desk.make_key(&restaurant).await.record;
    assert!(desk.works(&first.id).await);

    let second = desk.make_key(&restaurant).await.record;

    assert_eq!(desk.app.test_key(&first.id).await, Ok(KeyTest::Refused));
    assert!(desk.works(&second.id).await);
}

#[tokio::test]
async fn a_messaging_host_that_can_t_be_asked_says_nothing_against_the_key() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;

    for (fault, wanted) in [
        (Fault::new(HEALTH, Do::ResetBeforeCommit), HubError::NoAnswer),
        (Fault::new(HEALTH, Do::CutBody), HubError::NoAnswer),
        (Fault::new(HEALTH, Do::NotJson), HubError::NotUnderstood { status: 200 }),
    ] {
        desk.spoil(fault);
        assert_eq!(desk.app.test_key(&made.id).await, Ok(KeyTest::CouldNotAsk(wanted)));
    }
    for status in [404, 429, 500, 503] {
        desk.spoil(Fault::new(HEALTH, Do::Status).status(status));
        let test = desk.app.test_key(&made.id).await;
        assert!(matches!(test, Ok(KeyTest::CouldNotAsk(_))), "{status}: {test:?}");
    }
    desk.mend_hub();
    assert!(desk.works(&made.id).await, "it worked all along");
}

#[tokio::test]
async fn a_host_that_forbids_refuses_the_key() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.spoil(Fault::new(HEALTH, Do::Refuse));

    assert_eq!(desk.app.test_key(&made.id).await, Ok(KeyTest::Refused));
}

#[tokio::test]
async fn what_a_keychain_gives_back_in_a_key_s_place_is_not_believed() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    let asked = desk.count(HEALTH);
    desk.keychain.tamper(&made.id, &ApiKey::new("inventedinventedkX9pAK"));

    // Also after a restart, and nobody is asked with it
    let desk = desk.restart(MARIA).await;
    let not_kept = Err(Trouble::Keychain(KeychainError::GaveAnother));
    assert_eq!(desk.app.key(&made.id).await.map(drop), not_kept);
    assert_eq!(desk.app.test_key(&made.id).await.map(drop), not_kept);
    assert_eq!(desk.count(HEALTH), asked);
}

#[tokio::test]
async fn a_key_that_turns_out_to_be_for_another_number_is_told_as_such() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.keep_key(&made.id, "Booking tool").await.expect("it is kept");
    desk.app.done(&made.id).await.expect("it lies in the keychain");
    desk.swap_key(&made.id, &desk.earlier_key(&desk.channel("Front desk")));

    let test = desk.app.test_key(&made.id).await;

    assert!(
        matches!(&test, Ok(KeyTest::OtherNumber(health)) if health.external_id.told() != made.external_id.as_ref()),
        "{test:?}"
    );
}

#[tokio::test]
async fn a_key_that_is_not_here_is_not_tested() {
    let desk = Desk::of_maria().await;
    let made = desk.make_key(&desk.channel(RESTAURANT)).await.record;
    desk.app.let_go(&made.id).await.expect("it goes");

    assert_eq!(desk.app.test_key(&made.id).await, Err(Trouble::NoSuchKey));
    assert_eq!(desk.count(HEALTH), 0);
}
