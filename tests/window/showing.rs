//! A key is shown in a window of its own, which leaves nothing behind.

use std::path::{Path, PathBuf};

use fantoccini::wd::WindowHandle;
use serde_json::json;

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
    app.make("Restaurant bookings").await;
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

/// The descriptors that the program holds, and those of them that are shared memory.
fn descriptors(profile: &Path) -> (usize, usize) {
    let program = processes(profile).into_iter().find(|process| process.name == "channel-keys");
    let folder = format!("/proc/{}/fd", program.expect("it runs").id);
    let all = std::fs::read_dir(folder).expect("its descriptors").flatten();
    // WebKit's watch over memory opens eight files of the kernel's once, at a time of its own.
    let is_kernels = |link: &PathBuf| link.starts_with("/proc") || link.starts_with("/sys");
    let links = all.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    let links: Vec<_> = links.filter(|link| !is_kernels(link)).collect();
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
    app.make("Restaurant bookings").await;
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

/// The window that shows a key, as `xdotool` looks for it.
const KEY_WINDOW: [&str; 2] = ["--name", "^Your API key"];

/// A key that was made, kept and is shown, and the page to turn back to.
async fn a_shown_key(desktop: &Desktop, app: &App) -> (String, WindowHandle) {
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.see("[data-test=key-text]").await;
    (key, main)
}

/// The middle of the shown key, on the screen, and how far it is from there to its edge.
async fn where_it_is(app: &App) -> (i64, i64, i64) {
    let asked = "const box = document.querySelector('[data-test=key-text]').getBoundingClientRect(); \
                 const [left, top] = [screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]; \
                 return [left + box.x + box.width / 2, top + box.y + box.height / 2, box.width / 2].map(Math.round)";
    let place: [i64; 3] = serde_json::from_value(app.run(asked, vec![]).await).expect("a place");
    (place[0], place[1], place[2])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shown_key_can_t_be_selected_dragged_or_taken_by_a_menu() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let (key, _main) = a_shown_key(&desktop, &app).await;
    let (x, y, half) = where_it_is(&app).await;
    let at = |x: i64| [x.to_string(), y.to_string()];
    let ([x0, y0], [x1, _]) = (at(x - half + 24), at(x + half - 24));
    let middle = at(x);

    // When Maria does all that selects or moves text elsewhere
    let gestures: [(&str, Vec<&str>); 7] = [
        ("a click", vec!["mousemove", &middle[0], &middle[1], "click", "1"]),
        ("a triple click", vec!["click", "--repeat", "3", "--delay", "40", "1"]),
        ("all of it", vec!["key", "ctrl+a"]),
        ("from the keyboard", vec!["key", "Home", "shift+End", "shift+Right", "shift+Down"]),
        ("with the caret", vec!["key", "F7", "shift+Right", "shift+Right", "shift+End"]),
        (
            "a drag over it",
            vec!["mousemove", &x0, &y0, "mousedown", "1", "mousemove", &x1, &y0, "mouseup", "1"],
        ),
        (
            "a drag of it",
            vec!["mousedown", "1", "mousemove_relative", "--", "-60", "-90", "sleep", "0.2", "mouseup", "1"],
        ),
    ];
    for (gesture, keys) in gestures {
        desktop.in_front(&KEY_WINDOW, &keys);

        // Then nothing is selected, and no other program is offered anything of it
        let selected = app.run("return String(getSelection())", vec![]).await;
        assert!(selected == json!(""), "{gesture}: something is selected");
        for place in ["PRIMARY", "CLIPBOARD"].into_iter().filter(|place| desktop.is_offered(place)) {
            let offered = desktop.selection(&place.to_lowercase(), "UTF8_STRING").unwrap_or_default();
            assert!(!offered.contains(&key[..8]), "{gesture}: the key is offered at {place}");
        }
        assert!(!desktop.is_offered("XdndSelection"), "{gesture}: something is dragged");
    }

    // And the style that forbids it is the one that this web view knows
    let allowed = "return [...document.querySelectorAll('body, body *')] \
                   .filter(it => getComputedStyle(it).webkitUserSelect !== 'none').map(it => it.outerHTML.slice(0, 60))";
    assert_eq!(app.run(allowed, vec![]).await, json!([]));

    // And the right button offers nothing
    let note = "addEventListener('contextmenu', (it) => (document.body.dataset.menu = !it.defaultPrevented))";
    app.run(note, vec![]).await;
    desktop.in_front(&KEY_WINDOW, &["mousemove", &middle[0], &middle[1], "click", "3"]);
    app.see("body[data-menu=false]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_that_copy_do_in_that_window_what_copy_does() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub(), "--clipboard-seconds", "15"]).await;
    let (key, main) = a_shown_key(&desktop, &app).await;

    // When Maria presses the keys that copy
    desktop.in_front(&KEY_WINDOW, &["key", "ctrl+c"]);

    // Then the key is on the clipboard as the program copies it, and both windows say so
    wait_until("it is copied", || desktop.clipboard("UTF8_STRING").as_deref() == Some(&key));
    assert_eq!(desktop.clipboard("x-kde-passwordManagerHint").as_deref(), Some("secret"));
    app.read("key-copied", "Copied.").await;
    app.put_key_away(main).await;
    app.read("on-clipboard", "Cleared from the clipboard in").await;

    // And it goes when its time is up
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
    assert_eq!(desktop.clipboard("UTF8_STRING"), None);
}
