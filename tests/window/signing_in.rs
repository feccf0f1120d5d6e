//! Signing in, staying signed in, and every way in which it fails.

use fantoccini::key::Key;
use practice_hub::{Do, Fault, Options, PracticeHub};

use crate::app::App;
use crate::desktop::{Desktop, Keyring};
use crate::hosts;
use crate::people::{JONAS, MARIA, NORA, a_hub};

const TOKEN: &str = "POST /token";
const ME: &str = "GET /users/me";
const OPEN_HUB: &str = "[data-test=failure] [data-test=open-hub]";

/// Tries to sign in once more, and reads what stands in the way.
async fn tries_and_reads(app: &App, who: (&str, &str), code: &str, words: &[&str]) {
    app.sign_in_anew(who).await;
    app.see(&format!("[data-test=failure][data-code={code}]")).await;
    app.page("sign-in").await;
    for word in words {
        app.says(word).await;
    }
    let text = app.page_text().await.to_lowercase();
    // The Hub's address is on the page too, and its port may have any digits.
    let text: Vec<&str> = text.split_whitespace().filter(|word| !word.starts_with("127.0.0.1:")).collect();
    let text = text.join(" ");
    for raw in ["error occurred", "error:", "401", "503", "os error", "json", "undefined", "null"] {
        assert!(!text.contains(raw), "\"{raw}\" is on:\n{text}");
    }
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_in_which_the_hub_refuses_a_sign_in_has_its_own_words_and_next_step() {
    // Given the sign-in page
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    // When the password is wrong, then it says so and names the way to a new one
    let wrong = ["E-mail or password is wrong.", "press “Forgot my password” below."];
    tries_and_reads(&app, (MARIA.0, "not-hers"), "wrongPassword", &wrong).await;
    app.press("forgot-password").await;
    desktop.browser_opened("https://app.360dialog.com/");

    // When a second factor is asked for, then the Hub is quoted and 360dialog's own page is offered
    let more = [
        "The Hub asks for more than a password.",
        "The answer, word for word:",
        "What remains is 360dialog's own page",
    ];
    tries_and_reads(&app, NORA, "secondFactor", &more).await;
    app.see(OPEN_HUB).await;

    // When the Hub is in trouble, did not answer, is none, or asks to wait, then each is told apart, with what comes next
    hub.set_faults(vec![Fault::new(TOKEN, Do::Status).status(503)]);
    let trouble = ["The Hub is in trouble itself.", "Try again in a few minutes."];
    tries_and_reads(&app, MARIA, "hubInTrouble", &trouble).await;
    hub.set_faults(vec![Fault::new(TOKEN, Do::ResetAfterCommit)]);
    let no_answer = ["The Hub did not answer.", "It may be busy: try again in a few minutes."];
    tries_and_reads(&app, MARIA, "hubNoAnswer", &no_answer).await;
    hub.set_faults(vec![Fault::new(TOKEN, Do::NotJson)]);
    let no_hub = [
        "This is not 360dialog's Hub",
        "Open a page in the browser, sign in to the network, then sign in here.",
    ];
    tries_and_reads(&app, MARIA, "hubNotUnderstood", &no_hub).await;
    app.see(OPEN_HUB).await;
    hub.set_faults(vec![Fault::new(TOKEN, Do::Status).status(429).header("Retry-After", "20")]);
    let too_many = ["Too many tries.", "Wait, then sign in.", "Try again in a minute."];
    tries_and_reads(&app, MARIA, "hubTooMany", &too_many).await;

    // When all is well again, then the same page signs her in
    hub.set_faults(Vec::new());
    app.sign_in_anew(MARIA).await;
    app.page("channels").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_that_nothing_was_sent() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", &hosts::nobody()]).await;
    let nothing_sent = ["The Hub can't be reached.", "Nothing was sent.", "Look at them, then try again."];
    tries_and_reads(&app, MARIA, "hubNoConnection", &nothing_sent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_found_is_told_from_a_hub_that_can_t_be_reached() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", &hosts::unknown_name()]).await;
    app.read("other-hub", "hub.channel-keys.invalid").await;
    let not_found = ["was not found", "Nothing was sent.", "Connect it, then try again."];
    tries_and_reads(&app, MARIA, "hubNameNotFound", &not_found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_whose_certificate_nobody_trusts_gets_no_password() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", &hosts::self_signed()]).await;
    let not_trusted = [
        "perhaps not the real Hub",
        "nothing was sent",
        "Set the clock right, or ask whoever looks after this network.",
    ];
    tries_and_reads(&app, MARIA, "hubCertificate", &not_trusted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn computer_without_trusted_certificates_opens_and_says_what_is_missing() {
    // Given a computer whose list of trusted certificates is not there
    let desktop = Desktop::start();
    let nowhere = desktop.folder("nowhere").display().to_string();
    let variables = [("SSL_CERT_FILE", &*nowhere), ("SSL_CERT_DIR", &*nowhere)];
    let app = App::start_in(&desktop, "profile", &["--hub", &hosts::self_signed()], &variables).await;

    // Then the window opens, and signing in says what to install
    let missing = ["can't tell whether it is talking to 360dialog", "nothing was sent", "ca-certificates"];
    tries_and_reads(&app, MARIA, "noCertificates", &missing).await;

    // and what is on this computer is not kept from anybody
    app.press("try-it").await;
    app.see("[data-test=practice-account]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_can_be_pasted_and_looked_at_before_it_is_sent() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;

    // When Maria pastes what her password book holds
    desktop.copy(MARIA.1);
    app.type_into("email", MARIA.0).await;
    app.press("password").await;
    app.key_with(Key::Control, 'v').await;

    // Then it is there, hidden, and shown when she asks
    assert_eq!(app.value("password").await, MARIA.1);
    assert_eq!(app.attribute("password", "type").await.as_deref(), Some("password"));
    app.press_at("[aria-label=\"Show password\"]").await;
    assert_eq!(app.attribute("password", "type").await.as_deref(), Some("text"));
    app.press("sign-in").await;
    app.page("channels").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_stay_signed_in_does_so_and_signing_out_forgets_it_everywhere() {
    // Given that by default nothing of a session stays
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    assert!(desktop.kept_under("channel-keys").is_empty(), "nothing is kept unasked");
    app.quit().await;

    // When Maria ticks the box
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.press("keep-session").await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    desktop.wait_for_entry("channel-keys", "session/");
    app.quit().await;

    // Then the next start needs no password
    let asked = hub.counts().get(TOKEN).copied();
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("channels").await;
    app.says("Front desk").await;
    assert_eq!(hub.counts().get(TOKEN).copied(), asked, "no password was sent");

    // When she signs out, then the keychain holds nothing of it, and the next start asks
    app.sign_out().await;
    app.page("sign-in").await;
    assert!(desktop.kept_under("channel-keys").is_empty(), "the session is forgotten");
    app.quit().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.see("[data-test=sign-in]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_session_that_is_over_asks_for_the_password_with_the_address_filled_in() {
    // Given Maria, who stays signed in
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.press("keep-session").await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    desktop.wait_for_entry("channel-keys", "session/");
    app.quit().await;

    // When the Hub ends her session before the next start
    hub.set_faults(vec![Fault::new(ME, Do::ExpireToken).nth(1)]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    // Then the form says why it is there, knows her address, and waits for the password
    app.see("[data-test=failure][data-code=sessionEnded]").await;
    app.page("sign-in").await;
    app.read("failure", "You are signed out.").await;
    app.read("failure", "Sign in again to go on.").await;
    app.see("[data-test=password]:focus").await;
    assert_eq!(app.value("email").await, MARIA.0);
    assert!(desktop.kept_under("channel-keys").is_empty(), "what is over is kept no longer");
    app.passes_axe().await;

    // and the password is all that it takes
    app.type_into("password", MARIA.1).await;
    app.press("sign-in").await;
    app.page("channels").await;
    app.says("Front desk").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_can_t_be_kept_is_told_and_the_work_goes_on() {
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.press("keep-session").await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    app.see("[data-test=failure][data-code=keychainAbsent]").await;
    app.says("Front desk").await;
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_in_mid_work_asks_in_place_and_goes_on() {
    // Given Maria, looking at a number
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When the Hub ends her session
    hub.set_faults(vec![Fault::new("GET /clients/*", Do::ExpireToken).nth(1)]);
    app.press("make-key").await;

    // Then she is asked for her password where she is
    app.see("[data-test=sign-in-again-sheet]").await;
    app.read("sign-in-again-sheet", MARIA.0).await;
    app.passes_axe().await;
    app.type_into("password-again", "not-hers").await;
    app.press("sign-in-again-confirm").await;
    app.see("[data-test=sign-in-again-sheet] [data-code=wrongPassword]").await;
    app.passes_axe().await;
    app.run("document.querySelector('[data-test=password-again]').select()", vec![]).await;
    app.type_into("password-again", MARIA.1).await;
    app.press("sign-in-again-confirm").await;

    // Then what she asked for goes on
    app.gone("sign-in-again-sheet").await;
    app.page("before").await;
    app.says("+49 30 55570188").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_somebody_else_s_does_not_go_on_where_a_session_ended() {
    // Given Maria, looking at a number
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When the Hub has forgotten her session, and now has another person under her address
    let port = hub.pages().rsplit_once(':').and_then(|(_, port)| port.parse().ok()).expect("a port");
    hub.stop().await;
    // Another seed gives everybody another id.
    let other = Options { port, seed: 2, ..Options::default() };
    let hub = PracticeHub::start(other).await.expect("a Hub in the same place");
    app.press("refresh").await;
    app.see("[data-test=sign-in-again-sheet]").await;
    app.type_into("password-again", MARIA.1).await;
    app.press("sign-in-again-confirm").await;

    // Then she reads that this is another account, and what she can do
    app.see("[data-test=sign-in-again-sheet] [data-code=otherAccount]").await;
    app.read("sign-in-again-sheet", "This is another account.").await;
    app.read("sign-in-again-sheet", "Sign in as the same person to go on, or sign out first.").await;
    app.passes_axe().await;

    // and her page stays as it was, for nobody else
    app.press("sign-in-again-not-now").await;
    app.gone("sign-in-again-sheet").await;
    app.page("channel").await;
    app.says("You are signed out.").await;
    app.says("+49 30 55570188").await;
    assert_eq!(hub.counts().get(TOKEN), Some(&1), "the password was sent once");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_on_one_computer_see_their_own_keys_and_history_alone() {
    // Given Maria, who makes and keeps a key
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    app.sign_out().await;

    // When Jonas of the same hotel signs in
    app.sign_in_anew(JONAS).await;
    app.page("channels").await;

    // Then neither her key nor what she did is his to see
    app.press("nav-keys").await;
    app.page("keys").await;
    app.see("[data-test=keys-empty]").await;
    app.press("nav-history").await;
    app.page("history").await;
    app.read("history-row", "Signed in").await;
    assert!(!app.page_text().await.contains(MARIA.0), "nothing of hers is here");
    assert!(!app.page_text().await.contains("Restaurant"), "nothing of hers is here");
    app.sign_out().await;

    // and hers is there again when she is
    app.sign_in_anew(MARIA).await;
    app.page("channels").await;
    app.press("nav-keys").await;
    app.read("kept-key", "Restaurant bookings").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_on_this_computer_is_forgotten_and_of_the_keys_those_that_are_chosen() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    app.make_and_keep("Events Lisbon").await;

    // When she looks at what is remembered
    app.menu("menu-forget").await;
    app.page("forget").await;
    app.says(MARIA.0).await;
    app.says("Restaurant bookings").await;
    app.passes_axe().await;

    // Then the safe choice has the focus, and leaves all as it is
    app.see("[data-test=forget-not]:focus").await;
    app.press("forget-not").await;
    app.page("channel").await;

    // When she forgets everything and one of the two keys
    app.menu("menu-forget").await;
    app.page("forget").await;
    app.press_in("key-here", "Events Lisbon", "input").await;
    app.press("forget-confirm").await;

    // Then she is signed out, that key is gone, the other one is still in the keychain
    app.page("sign-in").await;
    app.passes_axe().await;
    let left = desktop.kept_under("channel-keys");
    assert_eq!(left.len(), 1, "one key stays");
    app.sign_in_anew(MARIA).await;
    app.page("channels").await;
    app.press("nav-keys").await;
    app.read("kept-key", "Restaurant bookings").await;
    app.press("nav-history").await;
    app.read("history-row", "Signed in").await;
    assert!(!app.page_text().await.contains("Restaurant"), "the history begins anew");
}
