//! What becomes of a copied key, as another program sees the clipboard.

use std::time::{Duration, Instant};

use crate::app::App;
use crate::clipboard_keeper::ClipboardKeeper;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MARIA, a_hub};

const NUMBER: &str = "Restaurant bookings";

fn text(desktop: &Desktop) -> Option<String> {
    desktop.clipboard("UTF8_STRING")
}

/// Copies the key that is on the page, and gives it as another program pastes it.
async fn copy(app: &App, desktop: &Desktop) -> String {
    app.press("copy-key").await;
    wait_until("the clipboard holds a key", || text(desktop).is_some_and(|text| text.ends_with("AK")));
    text(desktop).expect("it was there a moment ago")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_key_counts_down_and_is_cleared_on_time() {
    // Given a new key, and a clipboard that holds it for a few seconds
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--clipboard-seconds", "20"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;

    // When she copies it
    let key = copy(&app, &desktop).await;

    // Then clipboard histories are told to leave it out, and the page counts down
    assert_eq!(desktop.clipboard("x-kde-passwordManagerHint").as_deref(), Some("secret"));
    app.read("on-clipboard", "Cleared from the clipboard in").await;
    assert_eq!(text(&desktop).as_ref(), Some(&key), "it is there until its time is up");
    app.passes_axe().await;

    // When the time is up
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;

    // Then nobody can paste it any more
    assert_eq!(text(&desktop), None);

    // and it can be copied again, and cleared at once
    assert_eq!(copy(&app, &desktop).await, key);
    app.press("clear-clipboard").await;
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
    assert_eq!(text(&desktop), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_copied_meanwhile_is_left_alone() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--clipboard-seconds", "15"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    copy(&app, &desktop).await;
    app.see("[data-test=on-clipboard][data-state=key]").await;

    // When another program copies something before the time is up
    desktop.copy("ten rolls, two loaves");

    // Then it is still there when the time is up
    app.see("[data-test=on-clipboard][data-state=nothing]").await;
    assert_eq!(text(&desktop).as_deref(), Some("ten rolls, two loaves"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_key_does_not_outlive_the_program() {
    // Given a desktop with a clipboard manager, which takes over what a program leaves behind when it ends
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let keeper = ClipboardKeeper::on(desktop.display());

    // When she copies a letter, which is no secret, and closes the window
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Spa").await;
    app.press("copy-contact").await;
    wait_until("the clipboard holds the letter", || text(&desktop).is_some());
    let letter = text(&desktop).expect("it was there a moment ago");
    wait_until("the manager has it", || keeper.has(&letter));
    app.closes(&desktop);

    // Then it can be pasted all the same
    wait_until("the manager takes over", || keeper.is_done());
    assert_eq!(text(&desktop), Some(letter));

    // When the program is killed over a copied key
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    let key = copy(&app, &desktop).await;
    wait_until("the manager has it", || keeper.has(&key));
    app.kill();

    // Then that is taken over too: nothing cleared it
    wait_until("the manager takes over", || keeper.is_done());
    assert!(text(&desktop).as_ref() == Some(&key), "it can still be pasted");

    // When she copies it again, and closes the window within the minute
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.press("look-at-key").await;
    app.press("copy-key").await;
    wait_until("the program serves it again", || keeper.has(&key));
    app.closes(&desktop);

    // Then there was nothing to take over, while the key lies in the keychain
    wait_until("nothing is served", || keeper.is_done());
    assert!(text(&desktop).is_none(), "the key was left behind");
    assert!(desktop.has_entry("channel-keys", "safety-copy/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_lies_nowhere_else_is_never_cleared_unasked_and_the_program_says_that_it_goes_with_it() {
    // Given a computer without a keychain, and a clipboard that holds other keys for a second
    let time = Duration::from_secs(1);
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--clipboard-seconds", "1"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;

    // When she copies the key
    let copied = Instant::now();
    let key = copy(&app, &desktop).await;

    // Then words stand where others count down, and it stays
    app.read("on-clipboard", "stored nowhere else, so it is not cleared").await;
    assert!(!app.is_there("clear-clipboard").await);
    app.passes_axe().await;
    while copied.elapsed() < 4 * time {
        assert_eq!(text(&desktop).as_ref(), Some(&key));
    }

    // When she lets it go here, and closes the window
    app.press("let-go").await;
    app.press("let-go-confirm").await;
    app.page("channel").await;
    // Then she reads that it goes with the program
    app.close_is_refused(&desktop, "on-clipboard", "The key on the clipboard goes with this program.").await;
    app.passes_axe().await;
    assert_eq!(text(&desktop).as_ref(), Some(&key));

    // When she closes it once more, it closes
    app.closes(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_is_a_setting_that_lasts() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;

    // When she lets copied keys stay for five minutes
    app.menu("menu-settings").await;
    app.page("settings").await;
    app.passes_axe().await;
    app.press_at("[data-test=setting-clipboard] option[value='300']").await;
    app.read("settings-saved", "Saved.").await;
    app.quit().await;

    // Then that is so after a new start
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    copy(&app, &desktop).await;
    app.read("on-clipboard", "Cleared from the clipboard in 5 min.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_key_that_is_forgotten_leaves_the_clipboard_on_time_all_the_same() {
    // Given a kept key on the clipboard
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--clipboard-seconds", "20"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    let key = copy(&app, &desktop).await;

    // When Maria does not keep it here
    app.press("let-go").await;
    app.press("let-go-confirm").await;
    app.page("channel").await;
    wait_until("it is gone from the keychain", || !desktop.has_entry("channel-keys", "safety-copy/"));

    // Then the time goes on, it can be cleared at once, and it is gone when the time is up
    app.read("on-clipboard", "Cleared from the clipboard in").await;
    app.see("[data-test=clear-clipboard]").await;
    assert_eq!(text(&desktop).as_ref(), Some(&key));
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
    assert_eq!(text(&desktop), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_clears_a_copied_key_as_locking_does() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    copy(&app, &desktop).await;

    app.sign_out().await;

    app.page("sign-in").await;
    wait_until("the clipboard is cleared", || text(&desktop).is_none());
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_asks_before_it_takes_the_place_of_the_only_copy_of_a_key() {
    // Given a key that lies nowhere but on the clipboard
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make(NUMBER).await;
    let key = copy(&app, &desktop).await;
    app.press("done").await;
    app.page("channel").await;

    // When Maria copies an identifier
    app.press("copy-id").await;

    // Then the key is still there, and she is asked
    app.see("[data-test=copy-over-key]").await;
    app.passes_axe().await;
    assert_eq!(text(&desktop).as_ref(), Some(&key));

    // When another program copies something, and she comes back, the question is gone with its cause
    desktop.copy("ten rolls, two loaves");
    desktop.look_away_and_back();
    app.gone("copy-over-key").await;
    app.see("[data-test=on-clipboard][data-state=nothing]").await;

    // And the identifier is copied without one
    app.press("copy-id").await;
    app.gone("copy-over-key").await;
    wait_until("it is copied", || text(&desktop).is_some_and(|it| !it.contains("rolls")));
}
