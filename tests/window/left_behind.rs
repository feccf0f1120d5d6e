//! What is locked, practised, forgotten or set aside leaves no secret behind.

use std::fs::OpenOptions;
use std::io::Write;

use crate::desktop::{Keyring, wait_until};
use crate::people::MARIA;
use crate::scene::{Scene, WRONG};
use crate::search::Kind;

const REAL: &str = "channel-keys";
const PRACTICE: &str = "channel-keys-practice";

/// Looks at the key that is on the page, in its own window, and hides it.
async fn look_at_the_key(scene: &mut Scene, key: &str) {
    scene.app.press("show-key").await;
    let main = scene.app.turn_to_key_window().await;
    scene.app.read("key-text", key).await;
    scene.watch.look_at_shown(&scene.app).await;
    scene.app.put_key_away(main).await;
}

/// Copies the key that is on the page, and locks over it.
async fn copy_and_lock(scene: &mut Scene, key: &str) {
    scene.app.press("copy-key").await;
    wait_until("the key is copied", || scene.desktop.clipboard("UTF8_STRING").as_deref() == Some(key));
    scene.app.menu("menu-lock").await;
    scene.app.page("locked").await;
    wait_until("the clipboard is cleared", || scene.desktop.clipboard("UTF8_STRING").is_none());
    scene.look("locked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn locking_practising_and_forgetting_leave_no_secret_behind() {
    let mut scene = Scene::begin(Keyring::Open).await;

    // Given Maria, who stays signed in and changes what can be set
    scene.app.press("keep-session").await;
    scene.app.sign_in(MARIA.0, MARIA.1).await;
    scene.app.page("channels").await;
    scene.app.menu("menu-settings").await;
    scene.app.page("settings").await;
    scene.app.press_at("[data-test=setting-clipboard] option[value='300']").await;
    scene.app.read("settings-saved", "Saved.").await;
    scene.look("a setting was changed").await;
    scene.app.press("settings-back").await;

    // When she locks over a copied key, mistakes her password, and unlocks
    scene.ask_for_a_key("Restaurant bookings").await;
    scene.app.page("made").await;
    let (_, real) = scene.desktop.only_entry(REAL, "safety-copy/");
    scene.watch.know(Kind::Key, &real);
    copy_and_lock(&mut scene, &real).await;
    scene.app.type_into("unlock-password", WRONG).await;
    scene.app.press("unlock").await;
    scene.app.see("[data-test=failure][data-code=wrongPassword]").await;
    scene.look("a wrong password at the lock").await;
    scene.app.clear("unlock-password").await;
    scene.app.type_into("unlock-password", MARIA.1).await;
    scene.app.press("unlock").await;
    scene.app.page("channels").await;
    scene.look("unlocked").await;

    // and practises, with a session of that realm in the keychain, which the pages never ask for
    scene.app.sign_out().await;
    scene.app.page("sign-in").await;
    scene.app.press("try-it").await;
    scene.app.see("[data-test=practice-account]").await;
    scene.look("what there is to practise").await;
    scene.app.press_at("#by-hand").await;
    scene.app.sign_in_anew(MARIA).await;
    scene.app.page("channels").await;
    scene.app.run("window.__TAURI_INTERNALS__.invoke('keep_session')", vec![]).await;
    scene.desktop.wait_for_entry(PRACTICE, "session/");
    let (_, session) = scene.desktop.only_entry(PRACTICE, "session/");
    scene.watch.know(Kind::Session, &session);
    scene.ask_for_a_key("Events Lisbon").await;
    scene.app.page("made").await;
    let (_, practised) = scene.desktop.only_entry(PRACTICE, "safety-copy/");
    scene.watch.know(Kind::Key, &practised);
    look_at_the_key(&mut scene, &practised).await;
    scene.look("a practice key was shown").await;
    copy_and_lock(&mut scene, &practised).await;
    scene.app.press("unlock").await;
    scene.app.page("channels").await;
    scene.look("unlocked in practice").await;

    // and forgets everything, both keys with it
    scene.app.menu("menu-forget").await;
    scene.app.page("forget").await;
    for channel in ["Restaurant bookings", "Events Lisbon"] {
        scene.app.press_in("key-here", channel, "input").await;
    }
    scene.look("about to forget").await;
    scene.app.press("forget-confirm").await;
    scene.app.read("forgotten", "Everything is forgotten on this computer.").await;
    scene.look("forgotten").await;

    // Then nothing is left, in the keychain neither
    for service in [REAL, PRACTICE] {
        assert!(
            scene.desktop.kept_under(service).is_empty(),
            "something is still in the keychain: {service}"
        );
    }
    scene.app.close().await;
    scene.saw(&[("calls", Kind::Password), ("key window", Kind::Key)]);
    let scene = scene.end();
    scene.saw(&[("requests", Kind::Password), ("requests", Kind::Session)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_were_set_aside_hold_no_secret_and_are_forgotten_with_everything() {
    let mut scene = Scene::begin(Keyring::Open).await;

    // Given Maria, who stays signed in and keeps a key, and records that something wrote over
    scene.app.press("keep-session").await;
    scene.app.sign_in(MARIA.0, MARIA.1).await;
    scene.app.page("channels").await;
    scene.look("signed in").await;
    scene.app.make_and_keep("Restaurant bookings").await;
    let (_, key) = scene.desktop.only_entry(REAL, "kept/");
    scene.watch.know(Kind::Key, &key);
    scene.look("a key is kept").await;
    scene.app.close().await;
    // What they begin with alone: all else that was in them is still to be found.
    for file in ["records.sqlite", "records.sqlite-wal"] {
        if let Ok(mut file) = OpenOptions::new().write(true).open(scene.desktop.folder("profile").join(file))
        {
            file.write_all(&[b'?'; 100]).expect("written over");
        }
    }

    // When the program starts, and she signs in
    scene.start_again().await;
    scene.app.read("records-aside", "records.sqlite.damaged-").await;
    scene.look("the records were set aside").await;
    scene.watch.look_at_what_is_left(&scene.desktop);
    scene.app.press("put-aside-away").await;
    scene.app.sign_in_anew(MARIA).await;
    scene.app.page("channels").await;
    scene.look("signed in again").await;

    // and forgets everything
    scene.app.menu("menu-forget").await;
    scene.app.page("forget").await;
    scene.app.read("goes", "records.sqlite.damaged-").await;
    scene.app.passes_axe().await;
    scene.look("what was set aside is listed").await;
    scene.app.press("forget-confirm").await;
    scene.app.read("forgotten", "Everything is forgotten on this computer.").await;
    scene.look("forgotten").await;

    // Then what was set aside is gone, and no secret is left
    let files = std::fs::read_dir(scene.desktop.folder("profile")).expect("the profile").flatten();
    let names: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(!names.iter().any(|name| name.contains("damaged")), "{names:?}");
    scene.app.close().await;
    scene.end().saw(&[("requests", Kind::Password), ("requests", Kind::Session)]);
}
