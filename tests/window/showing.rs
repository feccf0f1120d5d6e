//! A key is shown in a window of its own, which leaves nothing behind.

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::memory::{processes, traces};
use crate::people::{MARIA, a_hub};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_shown_and_put_away_is_in_no_process_of_the_program_any_more() {
    // Given a new key, which its page does not hold
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let profile = desktop.folder("profile");
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.press("replace-key").await;
    app.page("made").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");
    let before = processes(&profile).len();

    // When Maria looks at it, then it is there to be read, in a window and a process of its own
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.see("[data-test=key-text]").await;
    // Read backwards, so that what drives the window leaves no copy of its own.
    let read = "return [...document.querySelector('[data-test=key-text]').textContent].reverse().join('')";
    let backwards: String = key.chars().rev().collect();
    assert_eq!(app.run(read, vec![]).await, serde_json::json!(backwards));
    let secrets = [("key", key.clone())];
    // Its memory moves while it is read, so one look may pass it by.
    wait_until("the search finds what is there", || {
        traces(&profile, &secrets).iter().any(|(_, name, _)| name.starts_with("WebKitWeb"))
    });

    // When she hides it, then that process is gone with the window
    app.put_key_away(main).await;
    wait_until("the window's process is gone", || processes(&profile).len() == before);

    // When she copied, tested and kept it too, took it off the clipboard, and is done with it
    app.press("copy-key").await;
    wait_until("it is copied", || desktop.clipboard("UTF8_STRING").as_deref() == Some(key.as_str()));
    app.press("test-key").await;
    app.read("test-result", "works").await;
    app.press("clear-clipboard").await;
    app.gone("clear-clipboard").await;
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    app.press("done").await;
    app.page("channel").await;

    // Then no process of the program has a copy left
    wait_until("no copy is left", || traces(&profile, &secrets).is_empty());
    assert!(!app.run("return document.documentElement.outerHTML", vec![]).await.to_string().contains(&key));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_that_shows_a_key_goes_with_what_it_was_opened_for_and_can_ask_for_nothing_else() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;

    // Given a key that is shown
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.see("[data-test=key-text]").await;
    app.passes_axe().await;

    // Then that window may not ask for another one, nor for anything else of the program
    for call in ["shown_key", "keys", "sign_out", "show_key"] {
        let answer = app
            .run_until_answered(&format!(
                "const done = arguments[arguments.length - 1]; \
                 window.__TAURI_INTERNALS__.invoke('{call}', {{half: 'AAAA', id: 'x'}}) \
                 .then(() => done('answered'), (why) => done('refused: ' + JSON.stringify(why)))"
            ))
            .await;
        assert!(answer.as_str().is_some_and(|it| it.starts_with("refused")), "{call}: {answer}");
    }
    app.turn_back(main).await;

    // When she forgets the key meanwhile, the window goes
    app.press("let-go").await;
    app.press("let-go-confirm").await;
    app.has_windows(1).await;
}
