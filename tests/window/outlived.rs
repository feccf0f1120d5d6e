//! No secret outlives its use in memory. Hub and messaging host are two servers at two ports, as they are at 360dialog. What
//! is typed is typed without a driver: it would leave copies of its own, and would not outlive the page.

use std::time::{Duration, Instant};

use atspi::Role;
use practice_hub::{Account, Options, PracticeHub};

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::memory::traces;
use crate::people::MARIA;
use crate::reader::Reader;
use crate::relay::Relay;
use crate::support_desk::JO;
use crate::undriven::{Program, developed, sign_in};

/// How long a secret may stay in memory when it is done with.
const SOON: Duration = Duration::from_secs(3);

async fn two_servers() -> PracticeHub {
    let apart = Options { messaging_apart: true, ..Options::default() };
    PracticeHub::start(apart).await.expect("the practice Hub starts")
}

/// The processes that hold any of these secrets, and how often.
fn holders(desktop: &Desktop, secrets: &[(&str, String)]) -> Vec<(String, String, usize)> {
    traces(&desktop.folder("profile"), secrets)
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

/// Presses an entry of the menu that has whose account it is.
async fn choose(reader: &Reader, entry: &str) {
    reader.press(Role::Button, "Account:").await;
    reader.press(Role::Button, entry).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_and_its_password_are_in_no_process_soon_after_signing_out_or_locking() {
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let relay = Relay::to(hub.hub());
    let _program = Program::start(&desktop, developed(), &["--hub", relay.hub()], &[]);
    let reader = Reader::on(&desktop).await;

    for (end, then) in [("Sign out", "Sign in to 360dialog"), ("Lock", "Channel Keys is locked")] {
        // Given Maria at work
        sign_in(&reader, &desktop, MARIA).await;
        reader.press(Role::Button, "Restaurant bookings").await;
        reader.see(Role::Button, "Make a new key").await;
        let secrets = [("session", session(&relay)), ("password", MARIA.1.to_owned())];
        is_found(&desktop, &secrets);

        // When she signs out, or locks
        choose(&reader, end).await;
        reader.see(Role::Heading, then).await;

        // Then nothing of it is left
        are_gone_soon(&desktop, &secrets, Instant::now());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opened_a_desk_is_in_no_process_soon_after_leaving_it() {
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let relay = Relay::to(hub.hub());
    let _program = Program::start(&desktop, developed(), &["--hub", relay.hub()], &[]);
    let reader = Reader::on(&desktop).await;

    // Given Jo at the desk, by her own account
    sign_in(&reader, &desktop, JO).await;
    reader.see(Role::Heading, "support desk").await;
    let secrets = [("session", session(&relay)), ("password", JO.1.to_owned())];
    is_found(&desktop, &secrets);

    // When she leaves it, then nothing of it is left
    choose(&reader, "Sign out").await;
    reader.see(Role::Heading, "Sign in to 360dialog").await;
    are_gone_soon(&desktop, &secrets, Instant::now());

    // Given the desk again, opened by the partner's own key
    let mut keys = hub.accounts().into_iter().filter_map(|account| match account {
        Account::PartnerKey { api_key, .. } => Some(api_key),
        _ => None,
    });
    let key = keys.next().expect("the partner has a key");
    reader.press(Role::Button, "I work at a partner").await;
    reader.type_into(&desktop, Role::Entry, "Partner id", &hub.partner_id()).await;
    reader.type_into(&desktop, Role::PasswordText, "Partner API key", &key).await;
    reader.press(Role::Button, "Open the desk").await;
    reader.see(Role::Heading, "support desk").await;
    let secrets = [("partner's key", key)];
    is_found(&desktop, &secrets);

    // When she leaves it, then that is gone too
    choose(&reader, "Sign out").await;
    reader.see(Role::Heading, "Sign in to 360dialog").await;
    are_gone_soon(&desktop, &secrets, Instant::now());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_typed_and_left_there_is_gone_when_nobody_comes() {
    // Given a password that was typed and not given
    let (desktop, hub) = (Desktop::start(), two_servers().await);
    let flags = ["--hub", hub.hub(), "--lock-seconds", "12"];
    let program = Program::start(&desktop, developed(), &flags, &[]);
    let reader = Reader::on(&desktop).await;
    reader.type_into(&desktop, Role::PasswordText, "Password", MARIA.1).await;
    let page = program.web_processes();

    // When nobody comes for as long as it takes to lock
    wait_until("another page is there", || {
        let now = program.web_processes();
        now.len() == 1 && now != page
    });
    let since = Instant::now();

    // Then no process has it, and the page waits for whoever signs in
    are_gone_soon(&desktop, &[("password", MARIA.1.to_owned())], since);
    sign_in(&reader, &desktop, MARIA).await;
    reader.see(Role::Button, "Restaurant bookings").await;
}
