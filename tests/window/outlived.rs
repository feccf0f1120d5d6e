//! No secret outlives its use in memory. Hub and messaging host are two servers at two ports, as they are at 360dialog.

use std::time::{Duration, Instant};

use practice_hub::{Account, Options, PracticeHub};
use serde_json::json;

use crate::app::App;
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::memory::traces;
use crate::people::{MARIA, Person};
use crate::relay::Relay;
use crate::support_desk::JO;

/// How long a secret may stay in memory when it is done with.
const SOON: Duration = Duration::from_secs(3);

/// What a person types.
const TYPED: [&str; 2] = ["password", "partner's key"];

async fn two_servers() -> PracticeHub {
    let apart = Options { messaging_apart: true, ..Options::default() };
    PracticeHub::start(apart).await.expect("the practice Hub starts")
}

/// The processes that hold any of these secrets, and how often. What was typed into a page stays in that page's process
/// until it ends, as docs/security.md says.
fn holders(desktop: &Desktop, secrets: &[(&str, String)]) -> Vec<(String, String, usize)> {
    let mut found = traces(&desktop.folder("profile"), secrets);
    found.retain(|(what, process, _)| !(TYPED.contains(&&**what) && process.starts_with("WebKitWeb")));
    found
}

/// Waits until the search finds one of these in the program itself: its memory moves while it is read.
fn is_found(desktop: &Desktop, secrets: &[(&str, String)]) {
    wait_until("the search finds what is there", || {
        holders(desktop, secrets).iter().any(|(_, process, _)| process == "channel-keys")
    });
}

/// Waits until none of these secrets is in the memory of the program and of all that it started.
fn are_gone_soon(desktop: &Desktop, secrets: &[(&str, String)], since: Instant) {
    loop {
        let waited = since.elapsed();
        let left = holders(desktop, secrets);
        if left.is_empty() {
            return;
        }
        assert!(waited < SOON, "after {waited:?} there are still copies: {left:?}");
    }
}

/// Types into a named field with the keyboard alone: what drives the window would leave copies of its own.
async fn type_unseen(desktop: &Desktop, app: &App, name: &str, text: &str) {
    let focus = format!("document.querySelector('[data-test={name}]').focus()");
    app.see(&format!("[data-test={name}]")).await;
    app.run(&focus, vec![]).await;
    desktop.type_in_window(text);
    let length = format!("return document.querySelector('[data-test={name}]').value.length");
    let begun = Instant::now();
    while app.run(&length, vec![]).await != json!(text.len()) {
        assert!(begun.elapsed() < LIMIT, "{name} does not hold what was typed");
    }
}

async fn sign_in_unseen(desktop: &Desktop, app: &App, (email, password): Person) {
    app.page("sign-in").await;
    app.clear("email").await;
    type_unseen(desktop, app, "email", email).await;
    type_unseen(desktop, app, "password", password).await;
    app.press("sign-in").await;
}

/// The session that the Hub gave last.
fn session(relay: &Relay) -> String {
    relay.answered("access_token").pop().expect("somebody signed in")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_in_no_process_any_more_soon_after_done() {
    // Given a new key that Maria copied, tested and kept
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");
    app.press("copy-key").await;
    wait_until("it is copied", || desktop.clipboard("UTF8_STRING").as_deref() == Some(key.as_str()));
    app.press("test-key").await;
    app.read("test-result", "works").await;
    app.press("clear-clipboard").await;
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    let secrets = [("key", key)];
    is_found(&desktop, &secrets);

    // When she is done with it
    app.press("done").await;
    let since = Instant::now();

    // Then no process has it any more
    are_gone_soon(&desktop, &secrets, since);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_and_its_password_are_in_no_process_soon_after_signing_out_or_locking() {
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let relay = Relay::to(hub.hub());
    let app = App::start(&desktop, &["--hub", relay.hub()]).await;

    for end in ["sign-out", "menu-lock"] {
        // Given Maria at work
        sign_in_unseen(&desktop, &app, MARIA).await;
        app.page("channels").await;
        app.open_channel("Restaurant bookings").await;
        let secrets = [("session", session(&relay)), ("password", MARIA.1.to_owned())];
        is_found(&desktop, &secrets);

        // When she signs out, or locks
        app.menu(end).await;
        let since = Instant::now();

        // Then nothing of it is left
        are_gone_soon(&desktop, &secrets, since);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opened_a_desk_is_in_no_process_soon_after_leaving_it() {
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let relay = Relay::to(hub.hub());
    let app = App::start(&desktop, &["--hub", relay.hub()]).await;

    // Given Jo at the desk, by her own account
    sign_in_unseen(&desktop, &app, JO).await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    let secrets = [("session", session(&relay)), ("password", JO.1.to_owned())];
    is_found(&desktop, &secrets);

    // When she leaves it, then nothing of it is left
    app.sign_out().await;
    are_gone_soon(&desktop, &secrets, Instant::now());

    // Given the desk again, opened by the partner's own key
    let mut keys = hub.accounts().into_iter().filter_map(|account| match account {
        Account::PartnerKey { api_key, .. } => Some(api_key),
        _ => None,
    });
    let key = keys.next().expect("the partner has a key");
    app.page("sign-in").await;
    app.press("partner-key").await;
    type_unseen(&desktop, &app, "partner-id", &hub.partner_id()).await;
    type_unseen(&desktop, &app, "partner-key-secret", &key).await;
    app.press("open-desk").await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    let secrets = [("partner's key", key)];
    is_found(&desktop, &secrets);

    // When she leaves it, then that is gone too
    app.sign_out().await;
    are_gone_soon(&desktop, &secrets, Instant::now());
}
