//! The webhook around the replacing of a key: read before, kept meanwhile, compared and set again after.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::clock::Clock;
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::{ChangeError, HubError};
use channel_keys_core::keychain::{Entry, Keychain as _, KeychainError};
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::{Realm, Records as _};
use channel_keys_core::secret::{ApiKey, Secret};
use channel_keys_core::webhook::{
    AddressRefused, ExtraChange, ExtraWebhook, NotSet, SetAgain, Was, WasSet, WebhookBefore, WebhookNow,
    WebhookSetting, WebhookStands,
};
use practice_hub::{Do, Fault};

use crate::desk::*;

const SET_WEBHOOK: &str = "POST /messaging/v1/configs/webhook";
const HOST: &str = "hooks.tablewise.example";
/// As an earlier version stored it: the header is what nobody may lose, or see.
const WITH_HEADER: &str = r#"{"headers":{"Authorization":"invented-header"},"url":"https://hooks.tablewise.example/in?t=invented-token"}"#;
/// As it is stored now, where the number has no extra webhooks.
const STORED: &str = r#"{"headers":{"Authorization":"invented-header"},"url":"https://hooks.tablewise.example/in?t=invented-token","extra":{"enabled":false,"complete":true}}"#;
const PUT_EXTRA: &str = "PUT /messaging/multi_webhook";
const PATCH_EXTRA: &str = "PATCH /messaging/multi_webhook";
const POST_EXTRA: &str = "POST /messaging/multi_webhook";

fn setting(url: &str, header: Option<&str>) -> WebhookSetting {
    let headers = header.map(|header| ("Authorization".to_owned(), header.to_owned()));
    WebhookSetting::of(url, headers.into_iter().collect()).expect("it has an address")
}

fn with_header() -> WebhookSetting {
    setting("https://hooks.tablewise.example/in?t=invented-token", Some("invented-header"))
}

/// Maria pasted the restaurant's key, which works, and whose webhook carries a header.
async fn desk_with_the_restaurants_key() -> (Desk, ChannelId, String) {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let earlier = desk.earlier_key(&restaurant);
    let hub = desk.route(channel_keys_core::records::Realm::Practice).hub;
    hub.set_webhook(desk.hub.messaging(), &earlier, &with_header()).await.expect("it is set");
    let (record, ..) = desk.paste(&restaurant, &earlier).await;
    (desk, restaurant, record.id)
}

fn is_forbidden(why: &ChangeError) -> bool {
    matches!(why, ChangeError::Unchanged(HubError::Refused { status: 403, .. }))
}

fn one(name: Option<&str>, host: &str, headers: u32) -> WasSet {
    WasSet { name: name.map(str::to_owned), host: host.into(), headers, refused: None }
}

fn was(desk: &Desk) -> Was {
    Was { webhooks: vec![one(None, HOST, 1)], complete: true, read_at: desk.clock.now() }
}

fn cleared(desk: &Desk) -> WebhookStands {
    WebhookStands::Differs { was: was(desk), now: vec![WebhookNow::NotSet] }
}

fn as_before(desk: &Desk) -> WebhookStands {
    WebhookStands::AsBefore { was: was(desk) }
}

#[tokio::test]
async fn a_webhook_is_read_before_kept_meanwhile_and_set_again_with_its_headers() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;

    let before = desk.before(&restaurant).await;
    assert_eq!(before.webhook, WebhookBefore::Read(was(&desk)));
    assert!(desk.keychain.webhooks().is_empty(), "nothing is kept before a key is asked for");
    let made = desk.app.make_key(&before.ticket).await.expect("it is asked for");
    let Outcome::Made(made) = made else { panic!("no key was made: {made:?}") };
    assert_eq!(desk.keychain.webhooks(), [STORED]);
    let differs = desk.app.webhook_stands(&restaurant).await.expect("it is asked");
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    let stands = desk.app.webhook_stands(&restaurant).await.expect("it is asked");

    assert_eq!(differs, cleared(&desk), "making the key cleared it");
    assert_eq!(set, as_before(&desk).into());
    assert_eq!(stands, as_before(&desk));
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
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");

    assert_eq!(set, as_before(&desk).into());
}

#[tokio::test]
async fn a_second_key_does_not_make_anybody_forget_what_the_first_one_cleared() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let waits = was(&desk);
    desk.make_key(&restaurant).await;

    let before = desk.before(&restaurant).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(before.webhook, WebhookBefore::WaitsSince(waits));
    assert_eq!(desk.keychain.webhooks(), [STORED]);
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(set, as_before(&desk).into());
}

#[tokio::test]
async fn a_webhook_that_somebody_set_since_is_named_and_not_overwritten_unasked() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let made = desk.make_key(&restaurant).await.record;
    let hub = desk.route(channel_keys_core::records::Realm::Practice).hub;
    let other = setting("https://other.example/in", None);
    let key = desk.key(&made.id).await;
    hub.set_webhook(desk.hub.messaging(), &key, &other).await.expect("it is set");

    let stands = desk.app.webhook_stands(&restaurant).await.expect("it is asked");

    let now = vec![WebhookNow::Other { host: "other.example".to_owned() }];
    assert_eq!(stands, WebhookStands::Differs { was: was(&desk), now });
    assert_eq!(desk.hub.webhook(&restaurant.0).as_deref(), Some("https://other.example/in"));
    // The person keeps what is there now.
    desk.app.let_webhook_go(&restaurant).await.expect("it is let go");
    assert!(desk.keychain.webhooks().is_empty());
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::LetGo));
    assert_eq!(desk.app.set_webhook_again(&restaurant).await, Ok(WebhookStands::LetGo.into()));
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
    assert_eq!(desk.app.set_webhook_again(&restaurant).await, Ok(WebhookStands::NothingNoted.into()));
    assert_eq!(desk.count(SET_WEBHOOK), 0);
}

#[tokio::test]
async fn a_number_without_a_webhook_has_none_to_be_set_again() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.make_key(&restaurant).await;

    let before = desk.before(&restaurant).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");

    assert_eq!(before.webhook, WebhookBefore::NotSet { complete: true });
    assert_eq!(desk.app.webhook_stands(&restaurant).await, Ok(WebhookStands::NoneBefore { complete: true }));
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
    assert_eq!(desk.keychain.webhooks(), [STORED]);
    desk.make_key(&restaurant).await;
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(set, as_before(&desk).into());
}

#[tokio::test]
async fn setting_it_again_that_fails_says_so_and_loses_nothing() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;

    desk.spoil(Fault::new(SET_WEBHOOK, Do::Status).status(403));
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(set.stands, cleared(&desk));
    assert!(matches!(&set.not_set[..], [NotSet { at: 0, why }] if is_forbidden(why)));
    assert_eq!(desk.deeds().last(), Some(&(What::WebhookSet, Ended::Refused)));

    desk.spoil(Fault::new(SET_WEBHOOK, Do::ResetAfterCommit));
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");
    assert_eq!(set, as_before(&desk).into(), "it was set all the same");
}

#[tokio::test]
async fn a_keychain_that_takes_no_webhook_does_not_lose_it_while_the_program_runs() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    let before = desk.before(&restaurant).await;
    desk.keychain.refuse_all(KeychainError::Refused);

    desk.app.make_key(&before.ticket).await.expect("it is asked for");
    desk.keychain.mend();
    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");

    assert_eq!(set, as_before(&desk).into());
}

#[tokio::test]
async fn a_webhook_that_somebody_took_out_of_the_keychain_is_gone_and_said_to_be() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    let desk = desk.restart(MARIA).await;
    desk.keychain.lose_webhooks();

    let stands = desk.app.set_webhook_again(&restaurant).await;

    assert_eq!(stands, Ok(WebhookStands::Gone { was: was(&desk) }.into()));
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

const MAIN: &str = "https://pedidos.padaria-do-sol.example/whatsapp";

/// Rui pasted the key of a number with a main webhook and two extra ones, one of which carries a header.
async fn desk_with_extra_webhooks() -> (Desk, ChannelId) {
    let desk = Desk::of(RUI).await;
    let orders = desk.channel_of(PADARIA, "Encomendas");
    let earlier = desk.earlier_key(&orders);
    change_extra(&desk, &earlier, ExtraChange::Change(&crm())).await;
    desk.paste(&orders, &earlier).await;
    (desk, orders)
}

fn crm() -> ExtraWebhook {
    let setting = setting("https://crm.padaria-do-sol.example/in?t=invented", Some("invented-header"));
    ExtraWebhook { name: "crm".into(), setting }
}

async fn change_extra(desk: &Desk, key: &ApiKey, change: ExtraChange<'_>) {
    let hub = desk.route(Realm::Practice).hub;
    hub.change_extra_webhooks(desk.hub.messaging(), key, change).await.expect("it is changed");
}

fn all_three(desk: &Desk) -> Was {
    let webhooks = vec![
        one(None, "pedidos.padaria-do-sol.example", 0),
        one(Some("crm"), "crm.padaria-do-sol.example", 1),
        one(Some("Archive"), "archive.example", 0),
    ];
    Was { webhooks, complete: true, read_at: desk.clock.now() }
}

fn extra_at_the_hub(desk: &Desk, channel: &ChannelId) -> Vec<(String, String)> {
    desk.hub.extra_webhooks(&channel.0)
}

#[tokio::test]
async fn all_webhooks_are_noted_before_and_set_again_after_a_restart() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    let at_first = extra_at_the_hub(&desk, &orders);

    let before = desk.before(&orders).await;
    assert_eq!(before.webhook, WebhookBefore::Read(all_three(&desk)));
    let made = desk.make_key(&orders).await;
    let desk = desk.restart(RUI).await;
    let all_gone = vec![WebhookNow::NotSet; 3];
    let differs = WebhookStands::Differs { was: all_three(&desk), now: all_gone };
    assert_eq!(desk.app.webhook_stands(&orders).await, Ok(differs), "the key cleared them");
    assert!(extra_at_the_hub(&desk, &orders).is_empty());
    let set = desk.app.set_webhook_again(&orders).await;

    assert_eq!(set, Ok(WebhookStands::AsBefore { was: all_three(&desk) }.into()));
    assert_eq!(desk.hub.webhook(&orders.0).as_deref(), Some(MAIN));
    assert_eq!(extra_at_the_hub(&desk, &orders), at_first);
    assert!(desk.keychain.webhooks().is_empty());
    let key = desk.key(&made.record.id).await;
    let now = desk.route(Realm::Practice).hub.extra_webhooks(desk.hub.messaging(), &key).await.expect("told");
    assert!(now.named("crm").is_some_and(|now| now.setting.same_as(&crm().setting)), "with its header");
    assert_eq!((now.enabled, now.list.len()), (Fact::Told(true), 2));
}

#[tokio::test]
async fn what_could_be_set_again_and_what_could_not_is_said_of_each_webhook() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    desk.make_key(&orders).await;
    desk.spoil(Fault::new(PUT_EXTRA, Do::Status).status(403).nth(1));

    let set = desk.app.set_webhook_again(&orders).await.expect("it is asked");

    let now = vec![WebhookNow::AsBefore, WebhookNow::NotSet, WebhookNow::AsBefore];
    assert_eq!(set.stands, WebhookStands::Differs { was: all_three(&desk), now });
    assert!(matches!(&set.not_set[..], [NotSet { at: 1, why }] if is_forbidden(why)));
    assert_eq!(desk.deeds().last(), Some(&(What::WebhookSet, Ended::Refused)));
    let again = desk.app.set_webhook_again(&orders).await;
    assert_eq!(
        again,
        Ok(WebhookStands::AsBefore { was: all_three(&desk) }.into()),
        "the rest, by another press"
    );
}

#[tokio::test]
async fn extra_webhooks_that_cannot_be_switched_on_are_not_appended() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    desk.make_key(&orders).await;
    desk.spoil(Fault::new(POST_EXTRA, Do::Status).status(503));
    let appended = desk.count(PUT_EXTRA);

    let set = desk.app.set_webhook_again(&orders).await.expect("it is asked");

    let failed: Vec<usize> = set.not_set.iter().map(|not| not.at).collect();
    assert_eq!(failed, [1, 2]);
    assert!(set.not_set.iter().all(|not| matches!(not.why.error(), HubError::InTrouble { status: 503, .. })));
    assert_eq!(desk.count(PUT_EXTRA), appended);
    assert_eq!(desk.hub.webhook(&orders.0).as_deref(), Some(MAIN), "the main one is set all the same");
}

#[tokio::test]
async fn an_extra_webhook_changed_or_switched_off_is_named_and_set_back() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    desk.spoil(Fault::new(MAKE_KEY, Do::KeepExtraWebhooks));
    let key = desk.make_key(&orders).await.record.id;
    let key = desk.key(&key).await;
    let other = ExtraWebhook { name: "crm".into(), setting: setting("https://other.example", None) };
    change_extra(&desk, &key, ExtraChange::Change(&other)).await;
    desk.hub.switch_extra_webhooks(&orders.0, false);

    let stands = desk.app.webhook_stands(&orders).await;
    let set = desk.app.set_webhook_again(&orders).await;

    let other = WebhookNow::Other { host: "other.example".into() };
    let now = vec![WebhookNow::NotSet, other, WebhookNow::SwitchedOff];
    assert_eq!(stands, Ok(WebhookStands::Differs { was: all_three(&desk), now }));
    assert_eq!(set, Ok(WebhookStands::AsBefore { was: all_three(&desk) }.into()));
    assert_eq!(desk.count(PATCH_EXTRA), 3, "two were the story's own");
}

#[tokio::test]
async fn a_host_without_extra_webhooks_is_no_trouble() {
    for fault in [
        Fault::new(EXTRA_WEBHOOKS, Do::Status).status(404),
        Fault::new(EXTRA_WEBHOOKS, Do::Status).status(405),
        Fault::new(EXTRA_WEBHOOKS, Do::NotJson),
        Fault::new(EXTRA_WEBHOOKS, Do::CutBody),
    ] {
        let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
        desk.spoil(fault);
        let not_all = Was { complete: false, ..was(&desk) };

        let before = desk.before(&restaurant).await;
        desk.app.make_key(&before.ticket).await.expect("it is asked for");
        let set = desk.app.set_webhook_again(&restaurant).await;

        assert_eq!(before.webhook, WebhookBefore::Read(not_all.clone()));
        assert_eq!(set, Ok(WebhookStands::AsBefore { was: not_all }.into()));
    }
}

#[tokio::test]
async fn extra_webhooks_not_told_after_are_neither_called_gone_nor_sent() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    desk.make_key(&orders).await;
    desk.spoil(Fault::new(EXTRA_WEBHOOKS, Do::Status).status(404));
    let appended = desk.count(PUT_EXTRA);

    let set = desk.app.set_webhook_again(&orders).await.expect("it is asked");

    let now = vec![WebhookNow::AsBefore, WebhookNow::NotTold, WebhookNow::NotTold];
    assert_eq!(set.stands, WebhookStands::Differs { was: all_three(&desk), now });
    assert_eq!(set.not_set.iter().map(|not| not.at).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(desk.count(PUT_EXTRA), appended);
    assert_eq!(desk.keychain.webhooks().len(), 1, "they stay noted");
}

#[tokio::test]
async fn a_second_key_forgets_neither_what_still_waits_nor_what_was_set_since() {
    let (desk, orders) = desk_with_extra_webhooks().await;
    let key = desk.make_key(&orders).await.record.id;
    let key = desk.key(&key).await;
    // The main one is set by somebody else meanwhile, and another extra one.
    let main = setting("https://new.example/in", None);
    let hub = desk.route(Realm::Practice).hub;
    hub.set_webhook(desk.hub.messaging(), &key, &main).await.expect("it is set");
    let shop = ExtraWebhook { name: "shop".into(), setting: setting("https://shop.example", None) };
    change_extra(&desk, &key, ExtraChange::Append(&shop)).await;

    let before = desk.before(&orders).await;
    let noted = vec![
        one(None, "new.example", 0),
        one(Some("shop"), "shop.example", 0),
        one(Some("crm"), "crm.padaria-do-sol.example", 1),
        one(Some("Archive"), "archive.example", 0),
    ];
    let was = Was { webhooks: noted, ..all_three(&desk) };
    assert_eq!(before.webhook, WebhookBefore::WaitsSince(was.clone()));
    // No key is made: what waited stays noted.
    desk.spoil(Fault::new(MAKE_KEY, Do::Status).status(403));
    desk.app.make_key(&before.ticket).await.expect("it is asked for");
    desk.mend_hub();
    assert_eq!(desk.keychain.webhooks().len(), 1);
    let before = desk.before(&orders).await;
    desk.app.make_key(&before.ticket).await.expect("it is asked for");
    let set = desk.app.set_webhook_again(&orders).await.expect("it is asked");

    assert_eq!(set.stands, WebhookStands::AsBefore { was });
    assert_eq!(desk.hub.webhook(&orders.0).as_deref(), Some("https://new.example/in"));
    assert_eq!(extra_at_the_hub(&desk, &orders).len(), 3);
}

#[tokio::test]
async fn an_address_that_360dialog_refuses_is_named_and_not_sent() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    // It was set when such an address was still taken.
    let old = r#"{"headers":{},"url":"https://your_webhook.example:3000/in"}"#;
    store_note(&desk, &restaurant, old).await;
    let sent = desk.count(SET_WEBHOOK);

    let stands = desk.app.webhook_stands(&restaurant).await.expect("it is asked");
    let set = desk.app.set_webhook_again(&restaurant).await;

    let WebhookStands::Differs { was, now } = &stands else { panic!("{stands:?}") };
    assert_eq!(was.webhooks[0].refused, Some(AddressRefused::Underscore));
    assert_eq!(now, &[WebhookNow::NotSet]);
    assert_eq!(set, Ok(SetAgain { stands, not_set: Vec::new() }));
    assert_eq!(desk.count(SET_WEBHOOK), sent);
}

/// Something else lies in the keychain where the number's webhooks are noted.
async fn store_note(desk: &Desk, channel: &ChannelId, stored: &str) {
    let mut notes = desk.records.all_webhooks().expect("the notes");
    notes.retain(|note| note.channel == *channel);
    let entry = Entry::Webhook { realm: Realm::Practice, channel: channel.clone(), id: notes.remove(0).id };
    desk.keychain.put(&entry, "webhook", &Secret::new(stored)).await.expect("it is put");
}

#[tokio::test]
async fn a_webhook_noted_by_an_earlier_version_is_set_again_after_an_update() {
    let (desk, restaurant, _) = desk_with_the_restaurants_key().await;
    desk.make_key(&restaurant).await;
    store_note(&desk, &restaurant, WITH_HEADER).await;

    let set = desk.app.set_webhook_again(&restaurant).await.expect("it is asked");

    assert_eq!(set, as_before(&desk).into());
    assert_eq!(
        desk.hub.webhook(&restaurant.0).as_deref(),
        Some("https://hooks.tablewise.example/in?t=invented-token")
    );
}
