//! Goals of several steps: a partner is locked out, a key that was seen by others is replaced, a partner is let in.

use practice_hub::PracticeHub;

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{HARBOUR, MARIA, a_hub, ask_with, extra_webhooks_with, webhook_with};
use crate::scene::Scene;
use crate::search::Kind;

const HEADER: &str = "invented-header-8812";
const TOKEN: &str = "invented-token-4410";
const EXTRA_HEADER: &str = "invented-header-3377";

fn is_step(at: usize, state: &str) -> String {
    format!("[data-test=step][data-step=\"{at}\"][data-state={state}]")
}

/// Puts a place's name down and ticks it.
async fn put_in_place(app: &App, name: &str) {
    app.type_into("place-name", name).await;
    app.press("add-place").await;
    // What is written moves what lies below it.
    app.read("places", "1 of 1 places still to do").await;
    app.press_at("[data-test=place] input[type=checkbox]").await;
}

fn channel(hub: &PracticeHub, name: &str) -> String {
    hub.channel_id(HARBOUR, name).expect("a channel of this name")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_is_locked_out_and_the_webhooks_come_back_with_headers() {
    // Given a shared number whose key lies here, and whose webhooks carry passwords and a token
    let mut scene = Scene::begin(Keyring::Open).await;
    let front_desk = channel(&scene.hub, "Front desk");
    let earlier = scene.hub.earlier_key(&front_desk).expect("it has a key");
    let webhook = format!(
        r#"{{"headers":{{"Authorization":"{HEADER}"}},"url":"https://hooks.harbour.example/in?t={TOKEN}"}}"#
    );
    webhook_with(&scene.hub, &earlier, Some(&webhook)).await;
    let extra = format!(
        r#"{{"enabled":true,"destinations":[{{"name":"crm","url":"https://crm.example/in","headers":{{"X":"{EXTRA_HEADER}"}}}}]}}"#
    );
    let extra = extra_webhooks_with(&scene.hub, &earlier, Some(&extra)).await;
    scene.watch.know(Kind::Key, &earlier);
    scene.watch.know(Kind::Webhook, HEADER);
    scene.watch.know(Kind::Webhook, TOKEN);
    scene.watch.know(Kind::Webhook, EXTRA_HEADER);
    scene.app.sign_in(MARIA.0, MARIA.1).await;
    scene.app.open_channel("Front desk").await;
    scene.app.press("paste-key").await;
    scene.desktop.copy(&earlier);
    scene.app.press("paste-now").await;
    scene.app.press("use-key").await;
    scene.app.read("paste-result", "works").await;
    scene.app.press("save-confirm").await;
    scene.app.page("channel").await;
    scene.desktop.copy("what somebody copied elsewhere");

    // Then its details tell the webhooks' hosts, and no more of them
    scene.app.press("ask-webhook").await;
    scene.app.read("webhook-fact", "hooks.harbour.example").await;
    scene.app.read("webhook-fact", "Extra webhook: crm.example").await;
    scene.look("the webhooks were looked up").await;

    // When Maria begins to lock her partner out, then nothing changes yet
    scene.app.press("goal-lockOut").await;
    scene.app.page("goal").await;
    scene.app.says("Taking the permission back is not enough").await;
    scene.app.press("goal-begin").await;
    scene.app.see(&is_step(1, "now")).await;
    scene.app.passes_axe().await;

    // When she takes the permission back, and the program ends and starts again
    scene.app.press("step-remove").await;
    scene.app.press("change-confirm").await;
    scene.app.press("done-permissions").await;
    scene.app.see(&is_step(2, "now")).await;
    scene.look("the permission was taken back").await;
    scene.app.quit().await;
    scene.app = App::start(&scene.desktop, &["--hub", scene.relay.hub()]).await;
    scene.app.page("sign-in").await;
    scene.watch.listen(&mut scene.desktop, &scene.app).await;
    scene.app.sign_in(MARIA.0, MARIA.1).await;

    // Then the goal waits where it was left
    scene.app.read("open-goal", "1 of 7 steps").await;
    scene.app.passes_axe().await;
    scene.app.press("go-on-with-goal").await;
    scene.app.see(&is_step(2, "now")).await;

    // When she makes the key, having read that the webhooks are noted, and keeps it
    scene.app.press("step-make").await;
    scene.app.page("before").await;
    scene
        .app
        .read("before-facts", "2 webhooks are set, and all are noted: hooks.harbour.example and crm.example")
        .await;
    scene.app.press("replace-key").await;
    scene.app.page("made").await;
    let (_, new) = scene.desktop.only_entry("channel-keys", "safety-copy/");
    scene.watch.know(Kind::Key, &new);
    scene.desktop.wait_for_entry("channel-keys", "webhook/");
    scene.app.read("webhook-again", "2 of 2 webhooks are not as they were before.").await;
    scene.look("a key was made").await;
    scene.app.press("save-key").await;
    scene.app.press("save-confirm").await;
    scene.app.gone("save-confirm").await;
    scene.app.press("done").await;
    scene.app.see(&is_step(4, "now")).await;

    // tests the new key, and the earlier one, which is dead
    scene.app.press("step-test").await;
    scene.app.see(&is_step(5, "now")).await;
    scene.app.press("step-test").await;
    scene.app.see(&is_step(6, "now")).await;
    assert_eq!(ask_with(&scene.hub, &earlier).await, 401);
    scene.app.passes_axe().await;

    // sets the webhooks again
    scene.app.press("set-webhook").await;
    scene.app.see(&is_step(7, "now")).await;
    scene.look("the webhooks were set again").await;
    assert_eq!(webhook_with(&scene.hub, &new, None).await, webhook, "with its headers and its token");
    assert_eq!(extra_webhooks_with(&scene.hub, &new, None).await, extra, "with its header");
    assert!(!scene.desktop.has_entry("channel-keys", "webhook/"), "it is kept no longer than it is needed");

    // and puts the key in place
    put_in_place(&scene.app, "Reception tablet").await;
    scene.app.read("goal-reached", "every earlier key was replaced").await;
    scene.app.passes_axe().await;
    scene.look("the goal was reached").await;
    scene.app.press("goal-done").await;
    scene.app.page("channels").await;
    scene.app.gone("open-goal").await;
    scene.app.press("nav-history").await;
    scene.app.says("Webhook set again").await;

    // Then no secret is left where it does not belong
    scene.look("the history was read").await;
    scene.app.end_at_once();
    scene.end().saw(&[("requests", Kind::Webhook), ("requests", Kind::Key)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_pasted_publicly_is_replaced_on_the_shortest_way_and_nothing_is_claimed_that_is_not_known()
 {
    // Given a number of which no key lies here
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let restaurant = channel(&hub, "Restaurant bookings");
    let seen = hub.earlier_key(&restaurant).expect("it has a key");
    app.sign_in(MARIA.0, MARIA.1).await;

    // When Maria asks for help, and chooses it
    app.press("nav-help").await;
    app.press("help-leaked").await;
    app.press_at(&format!("[data-test=choose-number][data-id=\"{restaurant}\"]")).await;
    app.says("Don't start by deleting the message").await;
    app.passes_axe().await;
    app.press("goal-begin").await;

    // Then the key is the first step, and what was read before says what can't be known
    app.see(&is_step(1, "now")).await;
    app.press("step-make").await;
    app.read("before-facts", "because no key of this number is kept here").await;
    app.press("replace-key").await;
    app.page("made").await;
    assert_eq!(ask_with(&hub, &seen).await, 401, "the key that was seen is dead at once");
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    app.press("done").await;
    app.see(&is_step(3, "now")).await;
    app.press("step-test").await;
    app.see(&is_step(6, "now")).await;
    app.see(&is_step(4, "open")).await;
    app.see(&is_step(5, "open")).await;
    app.passes_axe().await;

    // When she says that it is used nowhere else, then the goal is reached
    app.press_in("step", "used nowhere else", "[data-test=step-by-hand]").await;
    app.read("goal-reached", "Now delete the message").await;
    assert_eq!(hub.webhook(&restaurant), None, "nobody sets a webhook that is not known");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_is_let_in_by_keyboard_alone_and_told_so_with_a_text_that_holds_no_key() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    for name in ["goal-letIn", "goal-begin", "step-give"] {
        app.tab_to(name).await;
        app.press_space().await;
    }
    app.page("permission-confirm").await;
    for name in ["change-confirm", "done-permissions", "copy-goal-letter"] {
        app.tab_to(name).await;
        app.press_space().await;
    }
    let copied = |text: Option<String>| text.is_some_and(|text| text.contains("+49 30 55570188"));
    wait_until("the text is copied", || copied(desktop.clipboard("UTF8_STRING")));
    app.tab_to("step-by-hand").await;
    app.press_space().await;

    app.read("goal-reached", "Blue Anchor may make keys for this number, and knows it.").await;
    let given = hub.counts().get("PUT /clients/*/channels/*/partner_permission").copied();
    assert_eq!(given, Some(1));
}
