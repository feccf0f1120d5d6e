//! No secret is anywhere but where it belongs, whatever is done and whatever goes wrong.

use std::io::Write;

use practice_hub::{Do, Fault};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::handing::shown_words;
use crate::people::{MARIA, NORA, a_hub};
use crate::relay::Relay;
use crate::scene::{LETTER, Scene, WRONG};
use crate::search::Kind;
use crate::watch::Watch;

const TOKEN: &str = "POST /token";
const MAKE_KEY: &str = "POST /clients/*/channels/*/api_keys";
const HEALTH: &str = "GET /messaging/health_status";

#[tokio::test(flavor = "multi_thread")]
async fn a_day_s_work_leaves_no_secret_anywhere_but_where_it_belongs() {
    let mut scene = Scene::begin(Keyring::Open).await;

    // Given Maria, who stays signed in
    scene.app.press("keep-session").await;
    scene.app.sign_in(MARIA.0, MARIA.1).await;
    scene.app.page("channels").await;
    scene.desktop.wait_for_entry("channel-keys", "session/");
    scene.look("signed in").await;

    // When she changes a permission
    scene.app.open_channel("Front desk").await;
    scene.app.press("next-step").await;
    scene.app.press("change-confirm").await;
    scene.app.page("permission-done").await;
    scene.look("a permission was changed").await;
    scene.app.press("done-permissions").await;

    // makes a key, copies it unseen, looks at it and hides it, tests it, and keeps it
    scene.ask_for_a_key("Restaurant bookings").await;
    scene.app.page("made").await;
    let (_, key) = scene.desktop.only_entry("channel-keys", "safety-copy/");
    scene.watch.know(Kind::Key, &key);
    scene.look("a key was made").await;
    scene.app.press("copy-key").await;
    wait_until("the key is copied", || scene.desktop.clipboard("UTF8_STRING").as_deref() == Some(&*key));
    scene.look("the key was copied").await;
    scene.app.press("show-key").await;
    let main = scene.app.turn_to_key_window().await;
    scene.app.read("key-text", &key).await;
    scene.watch.look_at_shown(&scene.app).await;
    scene.app.put_key_away(main).await;
    scene.look("the key was shown and hidden").await;
    scene.app.press("test-key").await;
    scene.app.read("test-result", "works").await;
    scene.app.press("save-key").await;
    scene.app.press("save-confirm").await;
    scene.app.gone("save-confirm").await;
    scene.look("the key was kept").await;
    scene.app.press("done").await;
    scene.app.page("channel").await;

    // names it anew, notes a place, and copies the text for those who can help
    scene.app.press("rename-key").await;
    scene.app.clear("rename-label").await;
    scene.app.type_into("rename-label", "Table booking").await;
    scene.app.press("rename-confirm").await;
    scene.app.read("kept-key", "Table booking").await;
    scene.app.type_into("place-name", "Shop").await;
    scene.app.press("add-place").await;
    scene.app.press("mistake").await;
    scene.app.page("mistake").await;
    scene.app.read("webhook", "No webhook is set on this number itself").await;
    scene.app.press("copy-mistake-text").await;
    let copied = |text: Option<String>| text.is_some_and(|text| text.contains("+49 30 55570188"));
    wait_until("the text is copied", || copied(scene.desktop.clipboard("UTF8_STRING")));
    scene.watch.look_at_clipboard(&scene.desktop, "the text for those who can help");
    scene.look("after the way back").await;
    scene.app.press("back").await;

    // writes to whoever can help with another number
    scene.app.open_channel("Spa").await;
    scene.app.press("copy-contact").await;
    wait_until("the letter is copied", || !copied(scene.desktop.clipboard("UTF8_STRING")));
    scene.watch.look_at_clipboard(&scene.desktop, "the letter");
    scene.look("after the letter").await;

    // makes a key that she lets go, pastes first what is no key and then that one, and keeps it
    scene.ask_for_a_key("Events Lisbon").await;
    scene.app.page("made").await;
    let (_, pasted) = scene.desktop.only_entry("channel-keys", "safety-copy/");
    scene.watch.know(Kind::Key, &pasted);
    scene.app.press("let-go").await;
    scene.app.press("let-go-confirm").await;
    scene.app.page("channel").await;
    scene.app.press("paste-key").await;
    scene.app.page("paste").await;
    scene.desktop.copy(LETTER);
    scene.app.press("paste-now").await;
    scene.app.see("[data-test=failure][data-code=notAKey]").await;
    scene.look("what is no key was pasted").await;
    scene.desktop.copy(&pasted);
    scene.app.press("paste-now").await;
    scene.app.see("[data-test=found-key]").await;
    scene.look("a key was found on the clipboard").await;
    scene.app.press("use-key").await;
    scene.app.read("paste-result", "works").await;
    scene.look("a key was pasted").await;
    scene.app.press("save-confirm").await;
    scene.app.page("channel").await;
    scene.desktop.copy("what somebody copied elsewhere");

    // reads the history, saves it in both ways, and looks at what is remembered
    scene.app.press("nav-history").await;
    scene.app.page("history").await;
    scene.app.says("Events Lisbon").await;
    for (way, name) in [("export-csv", "history.csv"), ("export-json", "history.json")] {
        scene.app.press(way).await;
        scene.desktop.save_as("Save the history", &scene.desktop.folder(&format!("home/{name}"))).await;
        scene.app.read("exported", name).await;
    }
    scene.look("the history was saved").await;

    // has all keys checked, and closes the window, which asks first: the new key is still to be put into the shop
    scene.app.press("nav-keys").await;
    scene.app.press("check-keys").await;
    scene.app.read("check-round", "All 2 keys were asked about.").await;
    scene.look("all keys were checked").await;
    scene.app.ask_to_close(&scene.desktop);
    scene.app.see("[data-test=closing]").await;
    scene.look("the window was asked to close").await;
    scene.app.press("closing-stay").await;
    scene.app.menu("menu-forget").await;
    scene.app.page("forget").await;
    scene.look("what is remembered was looked at").await;
    scene.app.press("forget-not").await;
    scene.app.press("nav-numbers").await;

    // saves a key as a locked file, and says the words that open it
    scene.app.press("nav-keys").await;
    scene.app.press_at("[data-test=kept-key] [data-test=hand-key]").await;
    scene.app.press("save-as-file").await;
    scene.desktop.save_as("Save the locked file", &scene.desktop.folder("home/key.age")).await;
    scene.app.read("file-saved", "key.age").await;
    scene.look("a key was saved as a locked file").await;
    scene.app.press("show-words").await;
    let main = scene.app.turn_to_key_window().await;
    scene.watch.know(Kind::Key, &shown_words(&scene.app).await.join(" "));
    scene.app.put_key_away(main).await;
    scene.look("the words were shown and hidden").await;
    scene.app.press("words-said").await;
    scene.app.see("[data-test=file-said]").await;
    scene.app.press("back").await;
    scene.app.page("keys").await;
    scene.app.press("nav-numbers").await;

    // Then nothing is left when the program is killed over a new key, started again, and ended
    scene.ask_for_a_key("Restaurant bookings").await;
    scene.app.page("made").await;
    scene.watch.learn(&scene.relay);
    scene.app.end_at_once();
    scene.watch.look_at_what_is_left(&scene.desktop);
    scene.start_again().await;
    scene.app.read("waiting-key", "Restaurant bookings").await;
    scene.app.run("window.__TAURI_INTERNALS__.invoke('resume')", vec![]).await;
    scene.look("started again").await;
    scene.app.press("nav-keys").await;
    scene.app.press_at("[data-test=kept-key] [data-test=copy-key]").await;
    let is_a_key = |text: Option<String>| text.is_some_and(|text| text.ends_with("AK"));
    wait_until("a key is copied", || is_a_key(scene.desktop.clipboard("UTF8_STRING")));
    scene.app.sign_out().await;
    scene.app.page("sign-in").await;
    scene.look("signed out").await;
    scene.app.close().await;
    scene.saw(&[("calls", Kind::Password), ("key window", Kind::Key)]);
    assert!(scene.watch.knows(Kind::Session) > 0 && scene.watch.knows(Kind::Key) > 2, "secrets were learnt");
    let scene = scene.end();
    scene.saw(&[("requests", Kind::Password), ("requests", Kind::Session), ("requests", Kind::Key)]);
    assert_eq!(scene.desktop.clipboard("UTF8_STRING"), None, "nobody serves the clipboard any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_no_secret_is_anywhere_but_where_it_belongs() {
    // Given a computer without a keychain
    let mut scene = Scene::begin(Keyring::None).await;

    // When signing in fails in every way
    scene.app.sign_in(MARIA.0, WRONG).await;
    scene.app.see("[data-test=failure][data-code=wrongPassword]").await;
    scene.look("a wrong password").await;
    scene.app.sign_in_anew(NORA).await;
    scene.app.see("[data-test=failure][data-code=secondFactor]").await;
    scene.look("a second factor").await;
    for (how, code) in [
        (Do::Status, "hubInTrouble"),
        (Do::ResetAfterCommit, "hubNoAnswer"),
        (Do::NotJson, "hubNotUnderstood"),
        (Do::CutBody, "hubNoAnswer"),
    ] {
        scene.spoil(TOKEN, how);
        scene.app.sign_in_anew(MARIA).await;
        scene.app.see(&format!("[data-test=failure][data-code={code}]")).await;
        scene.look("signing in failed").await;
    }
    scene.hub.set_faults(Vec::new());
    scene.app.sign_in_anew(MARIA).await;
    scene.app.page("channels").await;

    // When the session ends in mid-work
    scene.app.open_channel("Restaurant bookings").await;
    scene.hub.set_faults(vec![Fault::new("GET /clients/*", Do::ExpireToken).nth(1)]);
    scene.app.press("make-key").await;
    scene.app.see("[data-test=sign-in-again-sheet]").await;
    scene.app.type_into("password-again", WRONG).await;
    scene.app.press("sign-in-again-confirm").await;
    scene.app.see("[data-test=sign-in-again-sheet] [data-code=wrongPassword]").await;
    scene.look("a wrong password in mid-work").await;
    scene.app.clear("password-again").await;
    scene.app.type_into("password-again", MARIA.1).await;
    scene.app.press("sign-in-again-confirm").await;
    scene.app.page("before").await;
    scene.look("signed in again").await;

    // When making a key is refused, and when its answer is lost or odd
    scene.spoil(MAKE_KEY, Do::Refuse);
    scene.app.press("understood").await;
    scene.app.press("replace-key").await;
    scene.app.page("not-made").await;
    scene.look("a key was refused").await;
    for how in [Do::ResetAfterCommit, Do::CutBody, Do::NotJson, Do::NoKey] {
        scene.spoil(MAKE_KEY, how);
        scene.app.press("back").await;
        scene.app.page("channel").await;
        scene.agree_to_a_key().await;
        scene.app.page("unknown").await;
        scene.look("a key's answer was lost or odd").await;
    }

    // When a key that no keychain takes is shown, tested in vain, and holds the window open
    scene.spoil(MAKE_KEY, Do::Nested);
    scene.app.press("back").await;
    scene.agree_to_a_key().await;
    scene.app.page("made").await;
    scene.look("a key lies in memory alone").await;
    for how in [Do::Refuse, Do::Status, Do::NotJson] {
        scene.spoil(HEALTH, how);
        scene.app.press("test-key").await;
        scene.app.see("[data-test=test-result]").await;
        scene.look("a test failed").await;
    }
    scene.app.close_is_refused(&scene.desktop, "done-refused", "stored nowhere").await;
    scene.look("the window stayed").await;
    scene.app.press("save-key").await;
    scene.app.press("save-confirm").await;
    scene.app.see("[data-test=failure][data-code=keychainAbsent]").await;
    scene.look("no keychain took the key").await;
    scene.app.press("save-not-now").await;
    scene.app.press("copy-key").await;
    scene.app.says("Copied.").await;
    scene.app.press("let-go").await;
    scene.app.press("let-go-confirm").await;
    scene.app.page("channel").await;

    // When the Hub does not offer a change, and 360dialog's own page is opened in the place of it
    const TAKE_BACK: &str = "DELETE /clients/*/channels/*/partner_permission";
    scene.hub.set_faults(vec![Fault::new(TAKE_BACK, Do::Status).status(405)]);
    scene.app.open_channel("Front desk").await;
    scene.app.press("next-step").await;
    scene.app.press("change-confirm").await;
    scene.app.press("to-own-page").await;
    scene.app.press("own-page-open").await;
    scene.app.page("own-page-waiting").await;
    scene.look("360dialog's page was opened").await;
    scene.app.press("away-check").await;
    scene.app.page("own-page-after").await;
    scene.look("back from 360dialog's page").await;
    scene.app.press("after-done").await;

    // When the network goes
    scene
        .hub
        .set_faults(vec![Fault::new("* /clients/*", Do::Status), Fault::new("* /clients/*/*", Do::Status)]);
    scene.app.press("refresh").await;
    scene.app.see("[data-test=not-fresh]").await;
    scene.app.read("not-fresh", "last seen").await;
    scene.look("the Hub is gone").await;

    // Then no secret is where it does not belong, and none is left
    scene.app.close().await;
    let scene = scene.end();
    scene.saw(&[("calls", Kind::Password), ("requests", Kind::Key), ("requests", Kind::Session)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_for_secrets_leaves_the_focus_in_the_field_that_had_it() {
    // Given somebody in the middle of a field, on a page that is watched
    let mut scene = Scene::begin(Keyring::None).await;
    scene.app.type_into("email", "maria").await;

    // When all is looked at, and they type on
    scene.look("in the middle of a field").await;
    scene.app.type_into("email", "@harbour").await;

    // Then what they type arrives there
    assert_eq!(scene.app.value("email").await, "maria@harbour");
    scene.app.close().await;
}

/// Invented ones, each of which is planted in one place alone.
fn planted(place: &str) -> String {
    format!("planted{}4711AK", place.replace(' ', ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_planted_is_found_in_each_place() {
    const PLACES: [&str; 16] = [
        "field",
        "attribute",
        "text",
        "storage",
        "call",
        "answer",
        "title",
        "command line",
        "variable",
        "path",
        "body",
        "stdout",
        "stderr",
        "profile",
        "temporary file",
        "clipboard",
    ];
    let mut desktop = Desktop::start();
    let hub = a_hub().await;
    let relay = Relay::to(hub.hub());
    let mut watch = Watch::begin();
    for place in PLACES {
        watch.know(Kind::Key, &planted(place));
    }

    // Given a program that was started with two of them, and has others in its page
    let flags = ["--hub", relay.hub()];
    let profile = format!("profile/{}", planted("command line"));
    let app = App::start_in(&desktop, &profile, &flags, &[("PLANTED", &planted("variable"))]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    watch.listen(&mut desktop, &app).await;
    app.run(
        "const [field, attribute, text, storage] = arguments; \
         document.body.append(Object.assign(document.createElement('input'), { value: field }), text); \
         document.body.dataset.planted = attribute; localStorage.setItem('planted', storage);",
        ["field", "attribute", "text", "storage"].map(|place| json!(planted(place))).into(),
    )
    .await;

    // one crosses to Rust, and one comes back
    app.make_and_keep("Restaurant bookings").await;
    app.see("[data-test=kept-key]").await;
    app.run(
        "const [text, label] = arguments; const { invoke } = window.__TAURI_INTERNALS__; \
         invoke('copy_text', { text }); \
         const id = document.querySelector('[data-test=kept-key]').dataset.id; invoke('rename_key', { id, label });",
        ["call", "answer"].map(|place| json!(planted(place))).into(),
    )
    .await;

    // some are in titles, in requests, and in what the program says
    let renamed = desktop
        .command("xdotool")
        .args([
            "search",
            "--onlyvisible",
            "--name",
            "^Channel Keys",
            "set_window",
            "--name",
            &planted("title"),
        ])
        .status();
    assert!(renamed.expect("xdotool runs").success());
    ask(&relay, &format!("GET /api/v2/users/me?key={} HTTP/1.1\r\n\r\n", planted("path"))).await;
    let body = planted("body");
    ask(&relay, &format!("POST /api/v2/users HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
        .await;
    let program = app.processes().into_iter().find(|process| process.name() == "channel-keys");
    let program = program.expect("the program runs");
    for (number, place) in [(1, "stdout"), (2, "stderr")] {
        let said = std::fs::OpenOptions::new().append(true).open(format!("/proc/{}/fd/{number}", program.id));
        said.expect("its output").write_all(planted(place).as_bytes()).expect("said");
    }
    watch.look_at(&desktop, &app, "while planted").await;
    app.quit().await;

    // and some are left when it has ended
    for (place, file) in [("profile", "profile/left"), ("temporary file", "tmp/left")] {
        std::fs::write(desktop.folder(file), planted(place)).expect("planted");
    }
    desktop.copy(&planted("clipboard"));
    watch.look_at_requests(&relay);
    watch.look_at_what_is_left(&desktop);

    // Then each one is found where it was planted
    let found = watch.found();
    for (place, told) in [
        ("field", "page, while planted"),
        ("attribute", "page, while planted"),
        ("text", "page, while planted"),
        ("storage", "page, while planted"),
        ("storage", "home, tauri_localhost_0.localstorage"),
        ("call", "calls, copy_text while planted"),
        ("answer", "answers, rename_key while planted"),
        ("answer", "profile, records.sqlite"),
        ("answer", "labels, channel-keys"),
        ("title", "titles, over time"),
        ("command line", "command lines, channel-keys"),
        ("variable", "environments, channel-keys"),
        ("variable", "environments, WebKitWebProces"),
        ("path", "requests, GET"),
        ("body", "requests, POST /api/v2/users HTTP/1.1, body"),
        ("stdout", "output, of program and driver"),
        ("stderr", "output, of program and driver"),
        ("profile", "profile, left"),
        ("temporary file", "all files, left"),
        ("clipboard", "clipboard, once the program has ended"),
    ] {
        let number = PLACES.iter().position(|it| *it == place).expect("it was planted");
        let is_it =
            |found: &&&str| found.starts_with(told) && found.contains(&format!(": secret {number}, "));
        assert!(found.iter().any(|it| is_it(&it)), "{place}: nothing in {told}, but\n{}", found.join("\n"));
    }
}

/// Sends bytes to the Hub by the relay, and waits for its answer.
async fn ask(relay: &Relay, request: &str) {
    let address = relay.hub().trim_start_matches("http://").trim_end_matches("/api/v2");
    let mut there = TcpStream::connect(address).await.expect("the relay");
    there.write_all(request.as_bytes()).await.expect("asked");
    assert!(there.read(&mut [0; 1]).await.is_ok(), "answered");
}
