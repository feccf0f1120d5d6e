//! Keychains on bad days: what is said of each before a key is made, and after.

use std::collections::HashMap;

use zbus::blocking::Connection;
use zbus::fdo;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MAKE_KEY, MARIA, a_hub};

const SERVICE: &str = "/org/freedesktop/secrets";
const DEFAULT: &str = "/org/freedesktop/secrets/collection/login";

/// What KeePassXC asks in.
const ACCESS_REQUEST: [&str; 2] = ["--name", "Access Request"];

/// A Secret Service that is there and open, lists nothing, and takes nothing.
pub struct RefusingKeychain {
    _connection: Connection,
}

impl RefusingKeychain {
    /// Answers on a bus from now on, until it is dropped.
    pub fn on(bus: &str) -> Self {
        let bus = bus.to_owned();
        // The tests' own runtime may not be blocked; this connection brings one.
        let connected = std::thread::spawn(move || {
            zbus::blocking::connection::Builder::address(bus.as_str())?
                .serve_at(SERVICE, Service)?
                .serve_at(DEFAULT, Collection)?
                .name("org.freedesktop.secrets")?
                .build()
        });
        Self { _connection: connected.join().expect("it ends").expect("it answers on the bus") }
    }
}

struct Service;

#[zbus::interface(name = "org.freedesktop.Secret.Service")]
impl Service {
    fn open_session(
        &self,
        _algorithm: &str,
        _input: Value<'_>,
    ) -> fdo::Result<(OwnedValue, OwnedObjectPath)> {
        // Half of an agreement that is never used: nothing secret is taken or given.
        let half = Value::from(vec![2_u8; 128]);
        Ok((half.try_into_owned().map_err(failed)?, path("/org/freedesktop/secrets/session/1")?))
    }

    fn read_alias(&self, _name: &str) -> fdo::Result<OwnedObjectPath> {
        path(DEFAULT)
    }

    fn search_items(&self, _wanted: HashMap<String, String>) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        (Vec::new(), Vec::new())
    }

    #[zbus(property)]
    fn collections(&self) -> Vec<OwnedObjectPath> {
        path(DEFAULT).into_iter().collect()
    }
}

struct Collection;

#[zbus::interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    fn create_item(
        &self,
        _properties: HashMap<String, OwnedValue>,
        _secret: (OwnedObjectPath, Vec<u8>, Vec<u8>, String),
        _replace: bool,
    ) -> fdo::Result<(OwnedObjectPath, OwnedObjectPath)> {
        Err(fdo::Error::Failed("it takes nothing".into()))
    }

    #[zbus(property)]
    fn locked(&self) -> bool {
        false
    }

    #[zbus(property)]
    fn label(&self) -> &str {
        "Login"
    }
}

fn path(path: &str) -> fdo::Result<OwnedObjectPath> {
    Ok(ObjectPath::try_from(path).map_err(failed)?.into())
}

fn failed(error: impl std::fmt::Display) -> fdo::Error {
    fdo::Error::Failed(error.to_string())
}

/// What is said of a keychain that takes no key, before one is made and after, until it was copied.
async fn no_key_can_be_kept(keyring: Keyring, before: &str, after: &str, of_others: &[&str]) {
    let (desktop, hub) = (Desktop::with(keyring), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When Maria wants a key, she reads first why it can't be kept here, in words of this keychain's own
    app.press("make-key").await;
    app.page("before").await;
    app.read("no-keychain", "can't be kept on this computer").await;
    app.read("no-keychain", before).await;
    let said = app.text("no-keychain").await;
    assert!(!of_others.iter().any(|words| said.contains(words)), "{said}");
    assert!(!app.text("before-facts").await.contains("can't get lost"), "nothing is promised");
    app.passes_axe().await;
    app.press("replace-key").await;
    app.page("before").await;
    assert_eq!(hub.counts().get(MAKE_KEY), None, "nothing is sent before she agrees");

    // When she agrees, then the key is there all the same, and it is said why it is stored nowhere
    app.press("understood").await;
    app.press("replace-key").await;
    app.page("made").await;
    app.says(after).await;
    app.passes_axe().await;
    app.press("done").await;
    app.page("made").await;
    assert_eq!(hub.counts().get(MAKE_KEY), Some(&1));

    // and once it is copied, it can be left
    app.press("copy-key").await;
    wait_until("the clipboard holds a key", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.ends_with("AK"))
    });
    app.press("done").await;
    app.page("channel").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_program_that_was_started_anew_keeps_gives_and_lists_as_before() {
    // Given a new key, whose safety copy the keychain took
    let (mut desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");

    // When the keychain program is started anew, then Maria keeps the key without noticing
    desktop.restart_keyring();
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    assert!(!app.is_there("failure").await);
    assert_eq!(desktop.only_entry("channel-keys", "kept/").1, key);
    app.press("done").await;
    app.page("channel").await;

    // and after the next time it is tested and copied as ever
    desktop.restart_keyring();
    app.press("test-key").await;
    app.read("test-result", "works").await;
    desktop.restart_keyring();
    app.press("copy-key").await;
    wait_until("the clipboard holds the key", || {
        desktop.clipboard("UTF8_STRING").as_deref() == Some(key.as_str())
    });
    assert!(!app.is_there("failure").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn keepassxc_is_called_by_its_name_and_what_it_asks_holds_up_no_page() {
    // Given KeePassXC, which asks before it gives an entry
    let (desktop, hub) = (Desktop::with(Keyring::KeePassXc), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;

    // When Maria wants a key
    app.press("make-key").await;

    // Then she reads where it goes, by the name that she knows
    app.page("before").await;
    app.read("before-facts", "A safety copy goes into KeePassXC before you see it.").await;
    app.press("replace-key").await;
    app.page("made").await;
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    app.press("done").await;
    app.page("channel").await;

    // When the program was started again, and KeePassXC asks whether it may have what it put there
    app.quit().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in_anew(MARIA).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;

    // Then the page does not wait for the answer, and calls nothing locked
    app.page("before").await;
    let said = app.text("before-facts").await;
    assert!(said.contains("the keychain doesn't give us the number's key yet"), "{said}");
    assert!(!said.contains("locked"), "{said}");
    app.press("not-now").await;

    // When she allows it, then the key is there; it may still ask for what that page wanted
    app.press_and_not_wait("test-key").await;
    let begun = std::time::Instant::now();
    while !app.is_there("test-result").await {
        assert!(begun.elapsed() < crate::desktop::LIMIT, "it is not tested");
        if desktop.titles().contains("Access Request") {
            desktop.press_in(&ACCESS_REQUEST, "Return");
        }
    }
    app.read("test-result", "works").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_program_that_takes_the_place_of_another_is_called_by_its_own_name() {
    // Given KeePassXC, by whose name Maria reads where a key goes
    let (mut desktop, hub) = (Desktop::with(Keyring::KeePassXc), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;
    app.read("before-facts", "A safety copy goes into KeePassXC before you see it.").await;
    app.press("not-now").await;

    // When GNOME's takes its place, then she reads its name
    desktop.restart_keyring();
    app.press("make-key").await;
    app.page("before").await;
    app.read("before-facts", "A safety copy goes into Passwords and Keys before you see it.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kde_wallet_is_called_by_its_name_and_keeps_gives_and_lists_after_it_was_started_anew() {
    // Given KDE's wallet, and Maria who reads where a new key goes, by the name that she knows
    let (mut desktop, hub) = (Desktop::with(Keyring::KdeWallet), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;
    app.read("before-facts", "A safety copy goes into KDE Wallet before you see it.").await;
    app.press("replace-key").await;
    app.page("made").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");

    // When it is started anew, then she keeps the key without noticing
    desktop.restart_kde_wallet();
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    assert!(!app.is_there("failure").await);
    assert_eq!(desktop.only_entry("channel-keys", "kept/").1, key);
    app.press("done").await;
    app.page("channel").await;

    // and after the next time, and in a program started anew, the key is tested as ever
    desktop.restart_kde_wallet();
    app.press("test-key").await;
    app.read("test-result", "works").await;
    app.quit().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in_anew(MARIA).await;
    app.open_channel("Restaurant bookings").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_program_that_hangs_holds_up_no_page() {
    // Given Maria with a kept key, and a keychain program that answers nothing any more
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    desktop.freeze_keyring();

    // When she goes through the pages, then each is there, and before a key is made she reads why it would not be kept
    for (press, page) in [("nav-keys", "keys"), ("nav-history", "history"), ("nav-help", "help")] {
        app.press(press).await;
        app.page(page).await;
    }
    app.press("nav-numbers").await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;
    app.read("no-keychain", "doesn't answer").await;
    app.press("not-now").await;
    app.press("paste-key").await;
    app.page("paste").await;
    app.press("not-now").await;
    for (menu, page, back) in
        [("menu-settings", "settings", "settings-back"), ("menu-forget", "forget", "forget-not")]
    {
        app.menu(menu).await;
        app.page(page).await;
        app.press(back).await;
    }
    app.menu("menu-lock").await;
    app.page("locked").await;
    app.quit().await;

    // and so after a new start
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.sign_in_anew(MARIA).await;
    app.page("channels").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_for_which_the_keychain_program_never_answers_is_shown_all_the_same() {
    // Given a keychain program that hangs before it was ever asked for anything
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    desktop.freeze_keyring();

    // When Maria makes a key nevertheless
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;
    app.press("understood").await;
    app.press("replace-key").await;
    app.read("storing", "a minute and a half").await;

    // Then after the time that the page names it is there, and can be copied
    let begun = std::time::Instant::now();
    while !app.is_there("copy-key").await {
        assert!(begun.elapsed() < 2 * crate::desktop::LIMIT, "the key is not shown");
    }
    app.page("made").await;
    app.press("copy-key").await;
    wait_until("the clipboard holds a key", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.ends_with("AK"))
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_was_never_set_up_is_told_before_and_after_in_its_own_words() {
    no_key_can_be_kept(
        Keyring::NotSetUp,
        "Passwords and Keys was never set up here.",
        "The keychain was never set up.",
        &["doesn't answer", "takes nothing"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_refuses_is_found_out_before_a_key_is_made_and_told_in_its_own_words() {
    no_key_can_be_kept(
        Keyring::Refusing,
        "Passwords and Keys is open, but takes nothing",
        "The keychain refused.",
        &["doesn't answer", "never set up"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_over_a_keychain_program_that_hangs_leaves_no_number_on_the_page() {
    // Given Maria, who stays signed in, and a keychain program that answers nothing any more
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    app.press("keep-session").await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    desktop.wait_for_entry("channel-keys", "session/");
    desktop.freeze_keyring();

    // When she signs out, then she is, and nothing is called kept of which nobody knows yet
    app.sign_out().await;
    app.page("sign-in").await;
    app.gone_from_page("Restaurant bookings").await;
    app.gone_from_page("could not be taken out").await;
}
