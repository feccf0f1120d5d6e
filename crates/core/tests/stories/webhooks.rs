//! The webhook around the replacing of a key: read before, kept meanwhile, compared and set again after.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::{HubError, WebhookSetting};
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::keys::Outcome;
use channel_keys_core::secret::Secret;
use channel_keys_core::webhook::{Was, WebhookBefore, WebhookStands};
use practice_hub::{Do, Fault};

use crate::desk::*;

const SET_WEBHOOK: &str = "POST /messaging/v1/configs/webhook";
const HOST: &str = "hooks.tablewise.example";
/// As a route would set it again: the header is what nobody may lose, or see.
const WITH_HEADER: &str = r#"{"headers":{"Authorization":"invented-header"},"url":"https://hooks.tablewise.example/in?t=invented-token"}"#;

/// Maria pasted the restaurant's key, which works, and whose webhook carries a header.
async fn desk_with_the_restaurants_key() -> (Desk, ChannelId, String) {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.earlier_key(&restaurant);
    let hub = desk.route(channel_keys_core::records::Realm::Practice).hub;
    let setting = WebhookSetting::new(HOST.into(), 1, Secret::new(WITH_HEADER));
    hub.set_webhook(desk.hub.messaging(), &earlier, &setting).await.expect("it is set");
    let (record, ..) = desk.paste(&restaurant, &earlier).await;
    (desk, restaurant, record.id)
}

fn was(desk: &Desk) -> Was {
    Was { host: HOST.into(), headers: 1, read_at: desk.clock.now() }
}

#[tokio::test]
async fn a_webhook_is_read_before_kept_meanwhile_and_set_again_with_its_headers() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;

    let before = desk.before(&restaurant).await;
    assert_eq!(before.webhook, WebhookBefore::Read(was(&desk)));
    assert!(desk.keychain.webhooks().is_empty(), "nothing is kept before a key is asked for");
    let made = desk.app.make_key(&before.ticket).await.expect("it is asked for");
    let Outcome::Made(made) = made else { panic!("no key was made: {made:?}") };
    assert_eq!(desk.keychain.webhooks(), [WITH_HEADER]);
    let differs = desk.app.webhook_stands(&restaurant).await.expect("it is asked");
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    let stands = desk.app.webhook_stands(&restaurant).await.expect("it is asked");

    assert_eq!(differs, WebhookStands::Differs { was: was(&desk), now: None }, "making the key cleared it");
    assert_eq!(set, (WebhookStands::AsBefore { host: HOST.into() }, None));
    assert_eq!(stands, WebhookStands::AsBefore { host: HOST.into() });
    assert!(desk.keychain.webhooks().is_empty(), "a secret is kept no longer than it is needed");
    let hub = desk.route(channel_keys_core::records::Realm::Practice).hub;
    let key = desk.key(&made.record.id).await;
    let now = hub.webhook_setting(desk.hub.messaging(), &key).await.expect("it is told").expect("one is set");
    assert_eq!(now.whole().expose(), WITH_HEADER);
    assert_eq!(desk.deeds().last(), Some(&(What::WebhookSet, Ended::Done)));
}

#[tokio::test]
async fn a_webhook_lies_in_the_keychain_before_the_request_for_the_key_goes_out() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.diary.take();

    desk.make_key(&restaurant).await;

    let diary = desk.diary.take();
    let at = |what: &str| diary.iter().position(|line| line == what).expect("it happened");
    assert!(at("webhook put") < at("Hub asked"), "{diary:?}");
}

#[tokio::test]
async fn a_webhook_that_waits_can_be_set_again_after_a_restart() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;

    let desk = desk.restart(MARIA).await;
    let (stands, trouble) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");

    assert_eq!((stands, trouble), (WebhookStands::AsBefore { host: HOST.into() }, None));
}

#[tokio::test]
async fn a_second_key_does_not_make_anybody_forget_what_the_first_one_cleared() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let waits = was(&desk);
    desk.make_key(&restaurant).await;

    let before = desk.before(&restaurant).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(before.webhook, WebhookBefore::WaitsSince(waits));
    assert_eq!(desk.keychain.webhooks(), [WITH_HEADER]);
    let (stands, _) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(stands, WebhookStands::AsBefore { host: HOST.into() });
}

#[tokio::test]
async fn a_webhook_that_somebody_set_since_is_named_and_not_overwritten_unasked() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let made = desk.make_key(&restaurant).await.record;
    let hub = desk.route(channel_keys_core::records::Realm::Practice).hub;
    let other = WebhookSetting::new(
        String::new(),
        0,
        Secret::new(r#"{"headers":{},"url":"https://other.example/in"}"#),
    );
    let key = desk.key(&made.id).await;
    hub.set_webhook(desk.hub.messaging(), &key, &other).await.expect("it is set");

    let stands = desk.app.webhook_stands(&restaurant).await.expect("it is asked");

    let now = Some("other.example".to_owned());
    assert_eq!(stands, WebhookStands::Differs { was: was(&desk), now });
    assert_eq!(desk.hub.webhook(&restaurant.0).as_deref(), Some("https://other.example/in"));
    // The person keeps what is there now.
    desk.app.let_webhook_go(&restaurant).await.expect("it is let go");
    assert!(desk.keychain.webhooks().is_empty());
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::LetGo));
    assert_eq!(desk.app.set_webhook_again(&restaurant).await, Ok((WebhookStands::LetGo, None)));
    assert_eq!(desk.hub.webhook(&restaurant.0).as_deref(), Some("https://other.example/in"));
}

#[tokio::test]
async fn without_a_key_here_nobody_claims_to_know_the_webhook() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);

    let before = desk.before(&restaurant).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(before.webhook, WebhookBefore::NoKey);
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::NothingNoted));
    assert_eq!(desk.app.set_webhook_again(&restaurant).await, Ok((WebhookStands::NothingNoted, None)));
    assert_eq!(desk.count(SET_WEBHOOK), 0);
}

#[tokio::test]
async fn a_number_without_a_webhook_has_none_to_be_set_again() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.make_key(&restaurant).await;

    let before = desk.before(&restaurant).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(before.webhook, WebhookBefore::NotSet);
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::NoneBefore));
}

#[tokio::test]
async fn a_key_that_is_refused_or_another_number_s_reads_no_webhook() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    // Somebody makes a key elsewhere: the one here is dead, which nobody here knows yet.
    let elsewhere = desk.another_program();
    elsewhere.sign_in(MARIA.0, &channel_keys_core::secret::Password::new(MARIA.1)).await.expect("signed in");
    let theirs = elsewhere.before_making(&restaurant).await.expect("the facts");
    elsewhere.make_key(&theirs.ticket).await.expect("it is asked for");
    assert_eq!(desk.before(&restaurant).await.webhook, WebhookBefore::KeyDoesNotWork);

    let desk = Desk::of_maria().await;
    let (restaurant, front_desk) = (desk.channel(RESTAURANT), desk.channel(FRONT_DESK));
    desk.spoil(Fault::new(HEALTH, Do::Status).status(503));
    desk.paste(&restaurant, &desk.earlier_key(&front_desk)).await;
    desk.mend_hub();
    let before = desk.before(&restaurant).await;
    assert_eq!(before.webhook, WebhookBefore::KeyDoesNotWork, "it would be the front desk's webhook");
}

#[tokio::test]
async fn a_messaging_host_that_does_not_tell_keeps_nobody_from_making_a_key() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.spoil(Fault::new(WEBHOOK, Do::Status).status(503));

    let before = desk.before(&restaurant).await;

    assert!(matches!(before.webhook, WebhookBefore::CouldNotAsk(HubError::InTrouble { status: 503, .. })));
    let made = desk.app.make_key(&before.ticket).await.expect("it is asked for");
    assert!(matches!(made, Outcome::Made(_)));
    desk.mend_hub();
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::NothingNoted));
}

#[tokio::test]
async fn a_locked_keychain_is_not_opened_for_the_webhook() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    // The key leaves memory, so that it lies in the keychain alone.
    let desk = desk.restart(MARIA).await;
    desk.keychain.stay_locked();
    desk.keychain.take_reads();

    let before = desk.before(&restaurant).await;

    assert_eq!(before.webhook, WebhookBefore::KeychainNotOpen);
    assert_eq!(desk.keychain.take_reads(), 0);
}

#[tokio::test]
async fn a_locked_keychain_is_not_opened_to_see_how_the_webhook_stands() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    let desk = desk.restart(MARIA).await;
    desk.keychain.stay_locked();
    desk.keychain.take_reads();

    let stands = desk.app.webhook_stands(&restaurant).await;

    assert_eq!(stands, Ok(WebhookStands::NoKey { was: was(&desk) }));
    assert_eq!(desk.keychain.take_reads(), 0);
    desk.keychain.mend();
    assert!(matches!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::Differs { .. })));
}

#[tokio::test]
async fn a_key_that_is_not_made_leaves_nothing_of_the_webhook_here() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let before = desk.before(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::Status).status(403));

    let not_made = desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert!(matches!(not_made, Outcome::NotMade(_)));
    assert!(desk.keychain.webhooks().is_empty());
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::NothingNoted));
}

#[tokio::test]
async fn a_lost_answer_keeps_the_webhook_until_it_is_known_what_became_of_it() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let before = desk.before(&restaurant).await;
    desk.spoil(Fault::new(MAKE_KEY, Do::ResetAfterCommit));

    let unknown = desk.app.make_key(&before.ticket).await.expect("it is asked for");
    desk.mend_hub();
    let meanwhile = desk.app.webhook_stands(&restaurant).await.expect("it is asked");

    assert!(matches!(unknown, Outcome::Unknown { .. }));
    assert_eq!(meanwhile, WebhookStands::KeyDoesNotWork { was: was(&desk) });
    assert_eq!(desk.keychain.webhooks(), [WITH_HEADER]);
    desk.make_key(&restaurant).await;
    let (stands, _) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(stands, WebhookStands::AsBefore { host: HOST.into() });
}

#[tokio::test]
async fn setting_it_again_that_fails_says_so_and_loses_nothing() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;

    desk.spoil(Fault::new(SET_WEBHOOK, Do::Status).status(403));
    let (stands, trouble) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(stands, WebhookStands::Differs { was: was(&desk), now: None });
    assert!(matches!(trouble, Some(HubError::Refused { status: 403, .. })), "{trouble:?}");
    assert_eq!(desk.deeds().last(), Some(&(What::WebhookSet, Ended::Refused)));

    desk.spoil(Fault::new(SET_WEBHOOK, Do::ResetAfterCommit));
    let (stands, trouble) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(
        (stands, trouble),
        (WebhookStands::AsBefore { host: HOST.into() }, None),
        "it was set all the same"
    );
}

#[tokio::test]
async fn a_keychain_that_takes_no_webhook_does_not_lose_it_while_the_program_runs() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let before = desk.before(&restaurant).await;
    desk.keychain.refuse_all(KeychainError::Refused);

    desk.app.make_key(&before.ticket).await.expect("it is asked for");
    desk.keychain.mend();
    let (stands, _) = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");

    assert_eq!(stands, WebhookStands::AsBefore { host: HOST.into() });
}

#[tokio::test]
async fn a_webhook_that_somebody_took_out_of_the_keychain_is_gone_and_said_to_be() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    let desk = desk.restart(MARIA).await;
    desk.keychain.lose_webhooks();

    let stands = desk.app.set_webhook_again(&restaurant).await;

    assert_eq!(stands, Ok((WebhookStands::Gone { was: was(&desk) }, None)));
    assert_eq!(desk.count(SET_WEBHOOK), 1, "which was the story's own");
}

#[tokio::test]
async fn forgetting_everything_takes_the_webhook_out_of_the_keychain_too() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    let keys: Vec<String> =
        desk.app.all_keys_here().expect("the keys").into_iter().map(|key| key.id).collect();

    desk.app.forget_everything(&keys).await.expect("it is forgotten");

    assert!(desk.keychain.webhooks().is_empty());
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Err(Trouble::NotSignedIn));
}
