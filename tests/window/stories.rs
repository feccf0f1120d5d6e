//! The main job, as a person does it.

use std::path::PathBuf;
use std::process::Stdio;

use fantoccini::key::Key;

use crate::app::{App, on_profile};
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MAKE_KEY, MARIA, a_hub, ask_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_says_so_and_the_right_one_leads_to_the_numbers() {
    // Given a desktop, a Hub and the sign-in page
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.passes_axe().await;

    // When Maria mistypes her password
    app.sign_in(MARIA.0, "not-her-password").await;

    // Then she reads what happened, and is still where she was
    app.read("failure", "password").await;
    app.page("sign-in").await;
    app.passes_axe().await;
    assert!(!app.text("failure").await.contains("401"), "no raw error on screen");

    // When she types the right one
    app.run("document.querySelector('[data-test=password]').select()", vec![]).await;
    app.type_into("password", MARIA.1).await;
    app.key(Key::Enter).await;

    // Then her numbers are there, each with who may make keys in a word
    app.page("channels").await;
    for words in [
        ["Front desk", "+49 30 55570142", "Shared"],
        ["Restaurant bookings", "+49 30 55570188", "Missing"],
        ["Events Lisbon", "+351 21 555 0167", "Not told"],
    ] {
        for word in words {
            app.says(word).await;
        }
    }
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_is_off_says_why_and_what_turns_it_on() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;

    // When she opens a number whose keys her partner makes
    app.open_channel("Front desk").await;

    // Then the verdict names the partner, and the button is off with its reason
    app.read("verdict", "Blue Anchor").await;
    assert_eq!(app.attribute("make-key", "aria-disabled").await.as_deref(), Some("true"));
    app.read("make-key-reason", "Blue Anchor has the permission").await;
    app.passes_axe().await;

    // When she presses it all the same
    app.press("make-key").await;

    // Then nothing is asked of the Hub
    app.page("channel").await;
    assert_eq!(hub.counts().get(MAKE_KEY), None);

    // When she opens a number that is not running yet
    app.open_channel("Spa").await;

    // Then it is off for that reason
    assert_eq!(app.attribute("make-key", "aria-disabled").await.as_deref(), Some("true"));
    app.read("make-key-reason", "running").await;

    // When she opens one of which the Hub does not tell the permission
    app.open_channel("Events Lisbon").await;

    // Then it stays offered, and the missing fact is named
    assert_ne!(app.attribute("make-key", "aria-disabled").await.as_deref(), Some("true"));
    app.read("verdict", "Not told: whether Blue Anchor has the permission").await;
    assert_eq!(app.text_at(".card [data-test=permission]").await, "Not told");
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_once_lies_in_the_keychain_and_is_still_there_tomorrow() {
    // Given a number whose earlier key works
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    let id = app
        .run("return document.querySelector('[data-test=channel-row][aria-current=true]').dataset.id", vec![])
        .await;
    let id = id.as_str().expect("the open channel's id").to_owned();
    let earlier = hub.earlier_key(&id).expect("an earlier key");
    assert_eq!(ask_with(&hub, &earlier).await, 200);

    // When she asks for a new one, she first reads what stops, and the safe choice has the focus
    app.press("make-key").await;
    app.page("before").await;
    app.see("[data-test=not-now]:focus").await;
    app.says("stops working at once").await;
    assert_eq!(hub.counts().get(MAKE_KEY), None, "reading asks for nothing");
    app.passes_axe().await;
    app.press("replace-key").await;

    // Then the key is there, masked, and its safety copy lies in the keychain already
    app.page("made").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");
    assert!(key.ends_with("AK"), "a key lies in the safety copy");
    assert!(!app.page_text().await.contains(&key), "the key is not on the page");
    app.read("key-box", &key[key.len() - 6..key.len() - 2]).await;
    app.passes_axe().await;

    // and the earlier one is refused, while the new one works
    assert_eq!(ask_with(&hub, &earlier).await, 401);
    assert_eq!(ask_with(&hub, &key).await, 200);
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));

    // When she copies it unseen
    app.press("copy-key").await;

    // Then the clipboard holds it, marked for clipboard histories to leave out
    wait_until("the clipboard holds the key", || desktop.clipboard("UTF8_STRING").as_deref() == Some(&*key));
    assert_eq!(desktop.clipboard("x-kde-passwordManagerHint").as_deref(), Some("secret"));
    assert!(!app.page_text().await.contains(&key), "copying shows nothing");

    // When she looks at it, and hides it again
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.read("key-text", &key).await;
    app.put_key_away(main).await;
    app.gone_from_page(&key).await;

    // When she tests it
    app.press("test-key").await;

    // Then she reads that it works
    app.read("test-result", "works").await;

    // When she saves it under a name
    app.press("save-key").await;
    app.run("document.querySelector('[data-test=save-label]').select()", vec![]).await;
    app.type_into("save-label", "Table booking").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    app.passes_axe().await;

    // Then the same key is a kept one, and no safety copy is left
    let (_, kept) = desktop.only_entry("channel-keys", "kept/");
    assert!(kept == key, "the kept key is the one that was made");
    assert!(!desktop.has_entry("channel-keys", "safety-copy/"), "nothing lies under it");

    // When she is done, quits, and starts again the next day
    app.press("done").await;
    app.page("channel").await;
    app.read("kept-key", "Table booking").await;
    assert!(!app.page_text().await.contains(&key), "the key is gone from the page");
    app.quit().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // Then it is still there, and still works
    app.read("kept-key", "Table booking").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1), "no second key was made");

    // and nothing that the profile holds is the key
    no_file_holds(desktop.folder("profile"), &key);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_quick_presses_make_one_key() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;

    // When the button is pressed three times in a row, faster than a page can change
    app.run(
        "const b = document.querySelector('[data-test=replace-key]'); b.click(); b.click(); b.click();",
        vec![],
    )
    .await;

    // Then one key was made, by the Hub's own count
    app.page("made").await;
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_comes_is_called_unknown_and_the_hub_was_asked_once() {
    let hub = a_hub().await;
    let faults = r#"[{"on":"POST /clients/*/channels/*/api_keys","do":"reset_after_commit"}]"#;
    hub.set_faults(serde_json::from_str(faults).expect("faults"));
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.press("replace-key").await;

    app.page("unknown").await;
    app.says("can't tell").await;
    app.passes_axe().await;
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_without_a_key_list_leads_to_its_own_page_and_a_gateway_s_answer_proves_nothing() {
    // Given a Hub that has no list of keys, behind a gateway that answers in its place
    let hub = a_hub().await;
    let faults = r#"[
        {"on":"GET /clients/*/channels/*/api_keys","do":"status","status":404},
        {"on":"POST /clients/*/channels/*/api_keys","do":"answer","status":404,"after_commit":true,
         "headers":{"content-type":"text/html"},"body":"<html>404 Not Found</html>"}]"#;
    hub.set_faults(serde_json::from_str(faults).expect("faults"));
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When Maria wants a key, she is first led to 360dialog's own page
    app.press("make-key").await;
    app.read("own-page-first", "360dialog").await;
    assert!(!app.is_there("replace-key").await);
    app.passes_axe().await;

    // and tries it here all the same
    app.press("try-here").await;
    app.press("replace-key").await;

    // Then nothing claims that the Hub refused, or that today's key works
    app.page("unknown").await;
    app.says("can't tell").await;
    let said = app.page_text().await;
    assert!(!said.contains("No key was made") && !said.contains("404"), "{said}");
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_that_no_key_was_made_and_quotes_the_hub() {
    let hub = a_hub().await;
    let faults = r#"[{"on":"POST /clients/*/channels/*/api_keys","do":"refuse"}]"#;
    hub.set_faults(serde_json::from_str(faults).expect("faults"));
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.press("replace-key").await;

    app.page("not-made").await;
    app.says("No key was made").await;
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_it_is_said_before_and_nothing_closes_over_the_key() {
    // Given a computer without a keychain
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When she wants a key, she reads first that it can't be kept here, and has to agree
    app.press("make-key").await;
    app.page("before").await;
    app.read("no-keychain", "can't be kept on this computer").await;
    app.passes_axe().await;
    app.press("replace-key").await;
    app.page("before").await;
    assert_eq!(hub.counts().get(MAKE_KEY), None, "nothing is sent before she agrees");
    app.press("understood").await;
    app.press("replace-key").await;
    app.page("made").await;

    // Then neither Done nor the window closes over it
    app.press("done").await;
    app.page("made").await;
    app.passes_axe().await;
    app.close_is_refused(&desktop, "done-refused", "The window stays open").await;

    // and it can be copied
    app.press("copy-key").await;
    wait_until("the clipboard holds a key", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.ends_with("AK"))
    });

    // When she is done with what she copied, the page closes
    app.press("done").await;
    app.page("channel").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_to_a_key_needs_no_mouse() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    // Given the sign-in form, filled in from the keyboard
    app.page("sign-in").await;
    app.tab_to("email").await;
    app.type_into("email", MARIA.0).await;
    app.tab_to("password").await;
    app.type_into("password", MARIA.1).await;
    app.key(Key::Enter).await;
    app.page("channels").await;

    // When the list is walked with the arrows
    app.tab_to("channel-row").await;
    while !app.text_at("[data-test=channel-row]:focus").await.contains("Restaurant bookings") {
        app.key(Key::Down).await;
    }
    app.key(Key::Enter).await;
    app.page("channel").await;
    app.tab_to("make-key").await;
    app.key(Key::Enter).await;
    app.page("before").await;

    // Then Escape leaves without asking for anything
    app.see("[data-test=not-now]:focus").await;
    app.key(Key::Escape).await;
    app.page("channel").await;
    assert_eq!(hub.counts().get(MAKE_KEY), None);

    // and the second time, the key is made and kept
    app.tab_to("make-key").await;
    app.key(Key::Enter).await;
    app.page("before").await;
    app.tab_to("replace-key").await;
    app.key(Key::Enter).await;
    app.page("made").await;
    app.tab_to("save-key").await;
    app.key(Key::Enter).await;
    app.tab_to("save-confirm").await;
    app.key(Key::Enter).await;
    app.gone("save-confirm").await;
    desktop.only_entry("channel-keys", "kept/");
    app.tab_to("done").await;
    app.key(Key::Enter).await;
    app.page("channel").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_practised_lasts_and_is_kept_apart_from_what_is_real() {
    // Given the practice Hub of the program itself
    let desktop = Desktop::start();
    let app = App::start(&desktop, &[]).await;
    app.page("sign-in").await;
    app.press("try-it").await;
    app.read("practice-banner", "nothing here is real").await;
    app.passes_axe().await;

    // When somebody practises as Maria, and keeps a key
    app.press_at("[data-test=practice-account][data-email=\"maria@harbour-hotel.example\"] button").await;
    app.open_channel("Restaurant bookings").await;
    app.read("practice-banner", "nothing here is real").await;
    app.press("make-key").await;
    app.press("replace-key").await;
    app.page("made").await;
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    let (_, key) = desktop.only_entry("channel-keys-practice", "kept/");
    assert!(desktop.kept_under("channel-keys").is_empty(), "nothing practised is among the real keys");
    app.press("done").await;
    app.page("channel").await;
    app.quit().await;

    // Then the next start, straight into practice, shows the same world, and the kept key still works
    let app = App::start(&desktop, &["--practice"]).await;
    app.press_at("[data-test=practice-account][data-email=\"maria@harbour-hotel.example\"] button").await;
    app.open_channel("Restaurant bookings").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    no_file_holds(desktop.folder("profile"), &key);

    // and out of practice, it is not there
    app.sign_out().await;
    app.page("sign-in").await;
    app.press("leave-practice").await;
    app.gone("practice-banner").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_world_that_can_t_be_read_is_set_aside_and_named() {
    // Given a practice world that something damaged
    let desktop = Desktop::start();
    std::fs::create_dir_all(desktop.folder("profile")).expect("a folder");
    std::fs::write(desktop.folder("profile").join("practice.json"), "{\"version\":1,").expect("written");

    // When somebody practises, then it begins anew, and what was there is kept under a name
    let app = App::start(&desktop, &["--practice"]).await;
    app.read("practice-aside", "practice.json.damaged-").await;
    app.see("[data-test=practice-account]").await;
    let mut names = std::fs::read_dir(desktop.folder("profile")).expect("a folder").flatten();
    assert!(names.any(|entry| entry.file_name().to_string_lossy().starts_with("practice.json.damaged-")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_safety_copy_outlives_a_killed_program_and_is_offered_again() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;

    // When the program dies while the new key is on the page
    app.kill();

    // Then the next start offers it
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "Restaurant bookings").await;
    app.passes_axe().await;
    desktop.only_entry("channel-keys", "safety-copy/");
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_records_are_set_aside_and_named_and_the_program_begins_anew() {
    // Given a kept key, and records that something wrote over
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");
    app.quit().await;
    // From its journal alone the file would mend itself.
    for file in ["profile/records.sqlite", "profile/records.sqlite-wal"] {
        std::fs::write(desktop.folder(file), "what is no database ".repeat(400)).expect("written over");
    }

    // When the program starts, then it says so, where the damaged file is, and that the key is still there
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.read("records-aside", "records.sqlite.damaged-").await;
    app.read("records-aside", "No key was deleted.").await;
    app.read("found-keys", "One key is still in Passwords and Keys and was found again.").await;
    app.passes_axe().await;
    app.press("put-aside-away").await;
    app.gone("records-aside").await;

    // and the key is on the page of keys, which says no more of it than is known
    app.sign_in(MARIA.0, MARIA.1).await;
    app.press("nav-keys").await;
    app.page("keys").await;
    app.read("key-origin", "Found again in Passwords and Keys").await;
    app.read("found-again", "when it was made and by whom is not known").await;
    app.says("Restaurant bookings, +49 30 55570188").await;
    app.passes_axe().await;

    // and it is tested and copied like any other
    app.press("test-key").await;
    app.read("test-result", "It works").await;
    app.press("copy-key").await;
    wait_until("the key is on the clipboard", || {
        desktop.clipboard("UTF8_STRING").as_deref() == Some(key.as_str())
    });
    assert_eq!(desktop.only_entry("channel-keys", "kept/").1, key, "it lies where it lay");

    // and what she dismissed does not come back when she signs out
    app.sign_out().await;
    app.page("sign-in").await;
    app.see("[data-test=email]:focus").await;
    assert!(!app.is_there("records-aside").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_safety_copy_without_a_record_is_offered_again_and_kept() {
    // Given a key that nobody has decided upon, and a profile that is gone
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    app.kill();
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");
    std::fs::remove_dir_all(desktop.folder("profile")).expect("it is gone");

    // When Maria signs in again, then it is offered again
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "A key was found that was made and not yet decided upon.").await;
    app.passes_axe().await;
    app.press("look-at-key").await;
    app.page("made").await;
    app.says("When it was made and by whom is not known.").await;

    // and she keeps it
    app.press("save-key").await;
    app.type_into("save-label", "Booking tool").await;
    app.press("save-confirm").await;
    wait_until("the key is kept", || desktop.has_entry("channel-keys", "kept/"));
    assert_eq!(desktop.only_entry("channel-keys", "kept/").1, key);
    wait_until("the safety copy is gone", || !desktop.has_entry("channel-keys", "safety-copy/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_on_the_same_profile_stops_with_words() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;

    // When it is frozen, and started a second time, as by pressing its icon
    app.signal("STOP");
    let mut second = on_profile(&desktop, &[]);
    let second = second.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");

    // Then a dialog says why nothing opens
    desktop.answer_dialog("does not start", "OK").await;
    let second = second.wait_with_output().expect("it ends");
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("running already"), "{said}");
    app.signal("CONT");
}

/// Opens the profile menu, which says who is signed in and as what.
async fn menu_says(app: &App, email: &str, side: &str) {
    // A page that is still on its way takes the focus when it comes, which closes the menu.
    for _ in 0..10 {
        app.press("profile").await;
        let said =
            app.run("return document.querySelector('[data-test=who]')?.textContent ?? ''", vec![]).await;
        let said = said.as_str().unwrap_or_default();
        if said.contains(email) && said.contains(side) {
            return app.passes_axe().await;
        }
    }
    panic!("the menu never said {email}, {side}: {}", app.page_text().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_s_account_and_one_with_two_clients_are_told_apart() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    // When Jo of a partner signs in, then it is the support desk, and the menu says of which kind she is
    app.sign_in("jo@blue-anchor.example", "practice-anchor").await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    app.passes_axe().await;
    menu_says(&app, "jo@blue-anchor.example", "Partner, Owner").await;
    app.press("sign-out").await;

    // When Sam of two clients signs in, then he chooses one by its name
    app.sign_in("sam@two-shops.example", "practice-sam").await;
    app.page("choose").await;
    app.says("Sam's Bikes").await;
    app.says("Sam's Coffee").await;
    app.passes_axe().await;
    app.press_in("client", "Sam's Bikes", "b").await;
    app.says("Workshop").await;
    menu_says(&app, "sam@two-shops.example", "Client, Owner").await;

    // and turns to the other one, where he is something else
    app.press("change-client").await;
    app.page("choose").await;
    app.press_in("client", "Sam's Coffee", "b").await;
    app.says("Roastery").await;
    menu_says(&app, "sam@two-shops.example", "Client, Member").await;
}

fn no_file_holds(folder: PathBuf, secret: &str) {
    let mut folders = vec![folder];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                let bytes = std::fs::read(&path).expect("a file");
                let holds = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!holds, "{} holds the key", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 0, "there was something to look into");
}
