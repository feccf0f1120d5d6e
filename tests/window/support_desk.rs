//! The support desk at work: ten thousand channels, bad days, and what it leaves behind.

use fantoccini::key::Key;
use practice_hub::{Account, Do, Fault, Options, PracticeHub, WorldSize};
use serde_json::json;

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MARIA, Person, a_hub};
use crate::scene::{Scene, WRONG};
use crate::search::Kind;

/// Works at Blue Anchor, the partner.
pub const JO: Person = ("jo@blue-anchor.example", "practice-anchor");
pub const SHARED: &str = "GET /partners/*/clients/*/shared_client_numbers";

/// Blue Anchor's own API key.
fn partner_key(hub: &PracticeHub) -> String {
    let mut keys = hub.accounts().into_iter().filter_map(|account| match account {
        Account::PartnerKey { api_key, .. } => Some(api_key),
        _ => None,
    });
    keys.next().expect("the partner has a key")
}

/// Gives id and key in the form for them.
async fn give_key(app: &App, partner: &str, key: &str) {
    app.press("partner-key").await;
    app.type_into("partner-id", partner).await;
    app.type_into("partner-key-secret", key).await;
    app.press("open-desk").await;
}

/// How many rows stand in the page.
pub async fn rows(app: &App) -> u64 {
    let rows = app.run("return document.querySelectorAll('[data-test=desk-row]').length", vec![]).await;
    rows.as_u64().expect("a number")
}

/// Types into the search, anew.
pub async fn search(app: &App, words: &str) {
    app.key_with(Key::Control, 'k').await;
    app.key(Key::Escape).await;
    app.key_with(Key::Control, 'k').await;
    app.type_into("desk-search", words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_channels_are_searched_and_judged_from_the_keyboard() {
    // Given Jo, at the desk of a partner with ten thousand channels
    let world = Options { world: WorldSize::Large(10_000), ..Options::default() };
    let (desktop, hub) = (Desktop::start(), PracticeHub::start(world).await.expect("a practice Hub"));
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.see("[data-test=desk-row]").await;
    app.read("may-write", "May make keys").await;

    // When the list is read, then all are there, and the page holds no more than it shows
    app.see("[data-test=desk-grid][aria-rowcount=\"10051\"]").await;
    assert!(rows(&app).await <= 60, "{} rows", rows(&app).await);

    // When she types a number as it is dialled at home
    search(&app, "030 555-8 009 999").await;
    app.read("desk-found", "One channel of 10,050").await;
    assert_eq!(rows(&app).await, 1);
    app.key(Key::Down).await;
    app.key(Key::Enter).await;

    // Then one sentence says what can be done, and who acts
    app.page("desk-channel").await;
    app.read("desk-verdict", "make a key").await;
    app.read("desk-client-verdict", "The client").await;
    app.says("+49 30 5558009999").await;
    app.passes_axe().await;

    // And each of its five hundred clients is asked about, once
    let asked = || hub.counts().get(SHARED).copied().unwrap_or(0);
    wait_until("all clients were asked about", || asked() >= 505);
    app.gone("desk-stop").await;
    assert_eq!(asked(), 505);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_shared_can_be_made_and_what_it_did_not_says_who_acts() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.gone("desk-stop").await;

    for (name, verdict) in [
        ("Restaurant bookings", "You can't make a key: the client has not shared this number."),
        ("Front desk", "You can make a key: the client shared this number."),
    ] {
        search(&app, name).await;
        app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
        app.press("desk-row").await;
        app.read("desk-verdict", verdict).await;
    }
    app.passes_axe().await;

    // And nothing was written anywhere
    let writes = hub.counts().into_keys().filter(|call| !call.starts_with("GET ") && call != "POST /token");
    assert_eq!(writes.collect::<Vec<_>>(), Vec::<String>::new());
}

/// The names of what is copied by buttons that are too small for a finger's tip, or lie over another one.
const CROWDED: &str = "const all = [...document.querySelectorAll('[data-test=copy-id]')]
    .map((it) => [it.dataset.what, it.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const bad = all.filter(([name, a]) =>
    a.height < 24 || a.width < 24 || all.some(([other, b]) => other !== name && meet(a, b)));
  return { all: all.length, bad: bad.map(([name]) => name) };";

#[tokio::test(flavor = "multi_thread")]
async fn each_button_that_copies_has_room_of_its_own_at_the_desk_and_for_a_client() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    app.sign_in(JO.0, JO.1).await;
    app.press("desk-row").await;
    app.see("[data-test=copy-id][data-what=number]").await;
    for (width, height) in [(1280, 900), (480, 700)] {
        app.resize(width, height).await;
        assert_eq!(app.run(CROWDED, vec![]).await, json!({ "all": 6, "bad": [] }), "{width}");
    }
    app.resize(1280, 900).await;
    app.sign_out().await;

    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Front desk").await;
    app.see("[data-test=copy-id][data-what=digits]").await;
    for (width, height) in [(1280, 900), (480, 700)] {
        app.resize(width, height).await;
        assert_eq!(app.run(CROWDED, vec![]).await, json!({ "all": 6, "bad": [] }), "{width}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_asks_to_wait_makes_no_channel_missing() {
    // Given a Hub that answers no question about permissions
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(SHARED, Do::Status).status(429).header("Retry-After", "90")]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;

    // When Jo opens the desk
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;

    // Then the board says until when it waits, and calls no channel Missing
    app.read("desk-standing", "asks to wait until").await;
    app.see("[data-test=desk-row]").await;
    let page = app.page_text().await;
    assert!(page.contains("Not checked") && !page.contains("\nMissing\n"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_at_the_desk_is_renewed_in_place() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(SHARED, Do::ExpireToken).nth(2)]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.see("[data-test=desk-row]").await;

    app.see("[data-test=sign-in-again-sheet]").await;
    app.type_into("password-again", JO.1).await;
    app.press("sign-in-again-confirm").await;
    app.gone("sign-in-again-sheet").await;

    app.page("desk").await;
    app.gone("desk-ended").await;
    app.gone("desk-stop").await;
}

/// Copies the open channel's diagnosis in every form, and saves the board, while what opened the desk is alive.
async fn pass_on(scene: &mut Scene, file: &str) {
    for (form, begins) in [("text", "WhatsApp channel"), ("markdown", "###"), ("json", "{")] {
        scene.app.press(&format!("diagnosis-{form}")).await;
        let is_it = |text: Option<String>| text.is_some_and(|text| text.starts_with(begins));
        wait_until("it is copied", || is_it(scene.desktop.clipboard("UTF8_STRING")));
        scene.watch.look_at_clipboard(&scene.desktop, "a diagnosis");
    }
    scene.look("a diagnosis was copied").await;
    scene.app.press("desk-save").await;
    scene.app.press("board-json").await;
    scene.desktop.save_as("Save the board", &scene.desktop.folder(&format!("home/{file}"))).await;
    scene.app.read("board-saved", file).await;
    scene.app.key(Key::Escape).await;
    scene.look("the board was saved").await;
    scene.desktop.copy("what somebody copied elsewhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_leaves_neither_password_nor_session_nor_key_behind() {
    let mut scene = Scene::begin(Keyring::Open).await;
    let (partner, key) = (scene.hub.partner_id(), partner_key(&scene.hub));
    scene.watch.know(Kind::Password, JO.1);
    scene.watch.know(Kind::PartnerKey, &key);

    // When somebody gives a wrong key, then the right one, and works
    give_key(&scene.app, &partner, WRONG).await;
    scene.app.see("[data-test=failure][data-code=wrongPartnerKey]").await;
    scene.look("a wrong partner key").await;
    scene.app.clear("partner-key-secret").await;
    scene.app.type_into("partner-key-secret", &key).await;
    scene.app.press("open-desk").await;
    scene.app.page("desk").await;
    scene.look("the desk was opened").await;
    scene.app.gone("desk-stop").await;
    scene.app.press("desk-row").await;
    scene.app.press("write-note").await;
    scene.app.type_into("add-note-text", "Asked by phone").await;
    scene.app.press("add-note-save").await;
    scene.app.see("[data-test=desk-note]").await;
    scene.look("at the desk with a key").await;
    pass_on(&mut scene, "by-key.json").await;
    scene.app.menu("menu-lock").await;
    scene.app.page("sign-in").await;
    scene.look("the desk was locked").await;

    // and Jo does the same with her password, on a bad day
    scene.spoil(SHARED, Do::NotJson);
    scene.app.sign_in(JO.0, JO.1).await;
    scene.app.page("desk").await;
    scene.app.read("desk-failed", "could not").await;
    scene.look("at the desk with a password").await;
    scene.app.press("desk-row").await;
    pass_on(&mut scene, "by-password.json").await;
    scene.app.sign_out().await;
    scene.app.page("sign-in").await;
    scene.look("signed out from the desk").await;
    scene.app.close().await;

    // Then neither is anywhere but where it belongs
    scene.end().saw(&[
        ("calls", Kind::PartnerKey),
        ("requests", Kind::PartnerKey),
        ("calls", Kind::Password),
        ("requests", Kind::Session),
    ]);
}
