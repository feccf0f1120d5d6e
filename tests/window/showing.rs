//! A key is shown in a window of its own, which leaves nothing behind.

use std::path::Path;

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::memory::{copies, processes};
use crate::people::{MARIA, a_hub};

/// Where the key lies in the memory of the program and of all that it started, by process.
fn traces(profile: &Path, key: &str) -> Vec<(String, usize)> {
    let all = processes(profile).into_iter();
    let traces = all.map(|process| (process.name.clone(), copies(&process, key)));
    traces.filter(|(_, copies)| *copies > 0).collect()
}

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
    // Its memory moves while it is read, so one look may pass it by.
    wait_until("the search finds what is there", || {
        traces(&profile, &key).iter().any(|(name, _)| name.starts_with("WebKitWeb"))
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
    wait_until("no copy is left", || traces(&profile, &key).is_empty());
    assert!(!app.run("return document.documentElement.outerHTML", vec![]).await.to_string().contains(&key));
}

/// The descriptors that the program holds, and those of them that are shared memory.
fn descriptors(profile: &Path) -> (usize, usize) {
    let program = processes(profile).into_iter().find(|process| process.name == "channel-keys");
    let folder = format!("/proc/{}/fd", program.expect("it runs").id);
    let all = std::fs::read_dir(folder).expect("its descriptors").flatten();
    let links: Vec<_> = all.filter_map(|entry| std::fs::read_link(entry.path()).ok()).collect();
    let shared = links.iter().filter(|link| link.to_string_lossy().contains("memfd")).count();
    (links.len(), shared)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_descriptor_stays_behind_for_each_key_that_was_shown() {
    const TIMES: usize = 10;

    // Given a new key that was shown before
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let profile = desktop.folder("profile");
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.press("replace-key").await;
    app.page("made").await;
    let running = processes(&profile).len();
    let show = async || {
        app.press("show-key").await;
        let main = app.turn_to_key_window().await;
        app.see("[data-test=key-text]").await;
        app.put_key_away(main).await;
        wait_until("the window's process is gone", || processes(&profile).len() == running);
    };
    show().await;
    let (all, shared) = descriptors(&profile);

    // When it is shown again and again
    for _ in 0..TIMES {
        show().await;
    }

    // Then no view of it is left. WebKit keeps a queue of a view's process now and then, and not for each.
    wait_until("no view is left", || {
        let (all_now, shared_now) = descriptors(&profile);
        shared_now <= shared && all_now < all + TIMES
    });
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
