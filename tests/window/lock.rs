//! The locked window.

use practice_hub::{Do, Fault};

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MARIA, a_hub};

const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_window_shows_nothing_and_opens_with_the_password() {
    // Given a key that was copied and is shown, and a session that is kept
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.press("keep-session").await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");
    app.press("copy-key").await;
    wait_until("the clipboard holds the key", || desktop.clipboard("UTF8_STRING").as_deref() == Some(&*key));
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.read("key-text", &key).await;
    app.turn_back(main).await;

    // When she locks
    app.menu("menu-lock").await;

    // Then nothing of it is on the page or on the clipboard, and the keychain holds what it held
    app.page("locked").await;
    app.has_windows(1).await;
    app.passes_axe().await;
    let page = app.run("return document.documentElement.outerHTML", vec![]).await;
    let page = page.as_str().expect("the page's text");
    for gone in [&*key, "Restaurant bookings", "55570188", "Harbour Hotel"] {
        assert!(!page.contains(gone), "something of what was shown is still on the page");
    }
    wait_until("the clipboard is cleared", || desktop.clipboard("UTF8_STRING").is_none());
    assert!(desktop.has_entry("channel-keys", "safety-copy/"));
    assert!(desktop.has_entry("channel-keys", "session/"), "the kept session stays there");

    // When the program is started again, the session that is kept does not open it
    app.quit().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    assert!(!app.is_there("sign-in-instead").await, "no session is taken up");
    app.sign_in_anew(MARIA).await;
    app.page("channels").await;

    // When she locks again, a wrong password leaves it locked, and the right one opens it
    app.menu("menu-lock").await;
    app.page("locked").await;
    app.type_into("unlock-password", "not-her-password").await;
    app.press("unlock").await;
    app.read("failure", "password").await;
    app.page("locked").await;
    app.clear("unlock-password").await;
    app.type_into("unlock-password", MARIA.1).await;
    app.press("unlock").await;
    app.page("channels").await;
    app.says("A key waits for your decision.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_by_itself_and_hides_a_key_that_lies_nowhere_else_without_losing_it() {
    // Given a key that no keychain took, and that was copied
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--lock-seconds", "20"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    app.press("copy-key").await;
    wait_until("the clipboard holds a key", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.ends_with("AK"))
    });
    let key = desktop.clipboard("UTF8_STRING");

    // When nobody is there for a while
    app.page("locked").await;

    // Then the key is still on the clipboard, as it lies nowhere else, and the page says where it is
    app.read("locked-key", "stored nowhere but in this program").await;
    app.passes_axe().await;
    assert_eq!(desktop.clipboard("UTF8_STRING"), key);

    // When she closes the window, it stays, and says why without showing the key
    app.close_is_refused(&desktop, "locked-key", "The window stays open").await;
    assert!(!app.is_there("key-box").await);

    // When she unlocks it, the key is there
    app.type_into("unlock-password", MARIA.1).await;
    app.press("unlock").await;
    app.page("channels").await;
    app.says("A key is stored nowhere yet.").await;
    app.press("look-at-key").await;
    app.page("made").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_on_its_way_arrives_before_it_locks() {
    // Given a Hub that takes its time
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(18_000)]);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--lock-seconds", "14"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;

    // When she asks for a key, and nobody is there until the answer comes
    app.press("replace-key").await;
    app.page("sending").await;
    app.page("locked").await;

    // Then the key was safe before it locked
    assert!(desktop.has_entry("channel-keys", "safety-copy/"));
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));

    // and waits behind the lock
    app.type_into("unlock-password", MARIA.1).await;
    app.press("unlock").await;
    app.page("channels").await;
    app.says("A key waits for your decision.").await;
}
