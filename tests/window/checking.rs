//! Whether kept keys still work, what closing the window stops, and the places of a new key.

use practice_hub::PracticeHub;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::hub::Hub;
use channel_keys_core::secret::Password;
use channel_keys_hub::RestHub;

use crate::app::{App, taken_by_the_first};
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::notices::Daemon;
use crate::people::{HARBOUR, MARIA, a_hub};
use crate::tray::Tray;

const RESTAURANT: &str = "Restaurant bookings";
const HEALTH: &str = "GET /messaging/health_status";
const SECONDS: &str = "--check-seconds=1";

/// Somebody makes a key for the restaurant in a program of their own.
async fn make_one_elsewhere(hub: &PracticeHub) {
    let rest = RestHub::new(hub.hub().parse().expect("an address"));
    let session = rest.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is her");
    let client = ClientId(hub.client_id(HARBOUR).expect("her client"));
    let channel = ChannelId(hub.channel_id(HARBOUR, RESTAURANT).expect("a channel"));
    rest.make_key(&session.token, &client, &channel).await.expect("it is made");
}

fn checks(hub: &PracticeHub) -> u64 {
    hub.counts().get(HEALTH).copied().unwrap_or(0)
}

/// Maria keeps a key for the restaurant.
pub async fn with_kept_key(desktop: &Desktop, hub: &PracticeHub) -> App {
    let app = App::start(desktop, &["--hub", hub.hub(), SECONDS]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep(RESTAURANT).await;
    app
}

/// She wants her keys looked at while the app is open.
pub async fn have_them_looked_at(app: &App, hub: &PracticeHub) {
    app.menu("menu-settings").await;
    app.press_at("[data-test=setting-checks] option[value='15']").await;
    app.read("settings-saved", "Saved").await;
    app.press("settings-back").await;
    let before = checks(hub);
    wait_until("the key is asked about", || checks(hub) > before);
}

fn window_is_shown(desktop: &Desktop) -> bool {
    desktop.titles().contains("Channel Keys")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_made_elsewhere_is_notified_with_the_time_and_stands_on_the_pages() {
    // Given Maria, who has her kept key looked at
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let daemon = Daemon::on(desktop.bus()).await;
    let app = with_kept_key(&desktop, &hub).await;
    have_them_looked_at(&app, &hub).await;
    assert!(daemon.shown().is_empty(), "a key that works is no news");

    // When somebody else makes a key for the number
    make_one_elsewhere(&hub).await;

    // Then a notification says since when hers is refused, and not of which number
    wait_until("it is notified", || !daemon.shown().is_empty());
    let shown = daemon.shown().remove(0);
    assert_eq!(shown.title, "A kept key works no longer");
    assert!(shown.body.starts_with("Refused since between "), "{}", shown.body);
    assert!(shown.body.ends_with("A new one was probably made elsewhere."), "{}", shown.body);
    assert!(!shown.body.contains(RESTAURANT));

    // and so do the list and the key's card
    app.read("news", "the key kept here works no longer").await;
    app.read("news", "Refused since between").await;
    app.read("row-refused", "key refused").await;
    app.read("refused-since", "Refused since between").await;
    app.read("refused-since", "A new key was probably made elsewhere").await;
    app.passes_axe().await;

    // and pressed, the notification leads to the number, from another page
    app.press("nav-history").await;
    app.says("Key checked by Channel Keys").await;
    daemon.press(shown.id).await;
    app.page("channel").await;
    app.read("link-opened", "Opened from a notification").await;

    // and what was told once is not told again
    app.press("news-put-away").await;
    app.gone("news").await;
    let asked = checks(&hub);
    app.press("nav-keys").await;
    app.press("check-keys").await;
    app.read("check-row", "is refused").await;
    app.read("check-round", "One key was asked about.").await;
    assert_eq!(checks(&hub), asked + 1, "a key that is known to be refused is not asked about by itself");
    assert_eq!(daemon.shown().len(), 1);
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_says_what_stops_and_stays_in_the_background_where_the_desktop_has_a_place() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let tray = Tray::on(desktop.bus()).await;
    let app = with_kept_key(&desktop, &hub).await;
    have_them_looked_at(&app, &hub).await;

    // When she closes the window
    app.ask_to_close(&desktop);

    // Then it asks, and says what stops
    app.read("closing-stops", "looking whether your kept key still works").await;
    app.read("closing-background", "an entry beside the clock leads back").await;
    app.passes_axe().await;
    assert_eq!(tray.entry().await, None, "nothing is beside the clock before she wants it");

    // and it stays open where she wants that
    app.press("closing-stay").await;
    app.gone("closing").await;

    // and in the background it has no window, an entry, and goes on looking
    stay_in_background(&app, &desktop).await;
    assert!(tray.says().await.starts_with("Checks your kept keys"));
    let asked = checks(&hub);
    wait_until("the key is asked about", || checks(&hub) > asked);

    // and a second start brings the window back, whose page asks nothing any more
    taken_by_the_first(&desktop, &[], &[]);
    wait_until("the window is back", || window_is_shown(&desktop));
    app.gone("closing").await;
    until_gone(&tray).await;

    // and so does a press on the entry, and the end of whoever shows it
    stay_in_background(&app, &desktop).await;
    tray.press().await;
    wait_until("the window is back", || window_is_shown(&desktop));
    until_gone(&tray).await;
    stay_in_background(&app, &desktop).await;
    tray.says().await;
    tray.ends().await;
    wait_until("the window is back", || window_is_shown(&desktop));

    // and where nobody shows entries any more, that is not offered
    app.ask_to_close(&desktop);
    app.see("[data-test=closing]").await;
    assert!(!app.is_there("closing-hide").await);
    app.press_and_not_wait("closing-close").await;
    app.ended();
}

/// She stays in the background, without a window.
async fn stay_in_background(app: &App, desktop: &Desktop) {
    app.ask_to_close(desktop);
    app.press_and_not_wait("closing-hide").await;
    let begun = std::time::Instant::now();
    while window_is_shown(desktop) {
        assert!(begun.elapsed() < LIMIT, "it is there: {}", app.page_text().await);
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

async fn until_gone(tray: &Tray) {
    let begun = std::time::Instant::now();
    while tray.entry().await.is_some() {
        assert!(begun.elapsed() < LIMIT, "the entry stays");
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_entry_beside_the_clock_ends_the_program() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let tray = Tray::on(desktop.bus()).await;
    let app = with_kept_key(&desktop, &hub).await;
    have_them_looked_at(&app, &hub).await;
    stay_in_background(&app, &desktop).await;

    tray.choose("Quit").await;

    app.ended();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_background_it_locks_and_the_entry_says_that_nothing_is_looked_at() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let tray = Tray::on(desktop.bus()).await;
    let app = App::start(&desktop, &["--hub", hub.hub(), SECONDS, "--lock-seconds=20"]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep(RESTAURANT).await;
    have_them_looked_at(&app, &hub).await;
    stay_in_background(&app, &desktop).await;

    let begun = std::time::Instant::now();
    while !tray.says().await.starts_with("Locked") {
        assert!(begun.elapsed() < LIMIT, "it says: {}", tray.says().await);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }

    tray.choose("Open Channel Keys").await;
    wait_until("the window is back", || window_is_shown(&desktop));
    app.page("locked").await;
    app.read("locked-checks", "nobody looks whether your kept keys still work").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_answer_keeps_no_window_open() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = with_kept_key(&desktop, &hub).await;
    have_them_looked_at(&app, &hub).await;

    app.ask_to_close(&desktop);
    app.see("[data-test=closing]").await;
    assert!(!app.is_there("closing-hide").await, "this desktop has no place for it");

    app.closes(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_places_of_a_new_key_are_ticked_off_one_by_one_until_the_notice_is_gone() {
    // Given a key that is in place in two places
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = with_kept_key(&desktop, &hub).await;
    app.press("suggest-place").await;
    app.read("place", "CRM").await;
    app.type_into("place-name", "Newsletter").await;
    app.press("add-place").await;
    app.read("places-left", "2 of 2 places still to do").await;
    for place in [1, 2] {
        app.press_at(&format!("[data-test=place]:nth-child({place}) [data-test=place-done]")).await;
        app.see(&format!("[data-test=place]:nth-child({place})[data-result=works]")).await;
    }
    app.gone("places-left").await;
    app.gone("places-waiting").await;

    // When she makes another one
    app.make_and_keep(RESTAURANT).await;

    // Then both are still to do: on the row, at the top, on the card, and when the window closes
    app.read("row-places", "2 of 2 places still to do").await;
    app.read("places-waiting", "Still to do: CRM, Newsletter.").await;
    app.passes_axe().await;
    app.ask_to_close(&desktop);
    app.read("closing-stops", "reminding you of the places that need your new key").await;
    app.press("closing-stay").await;

    // and each tick leaves one less, until there is none
    app.press_at("[data-test=place]:nth-child(1) [data-test=place-done]").await;
    app.read("places-waiting", "Still to do: Newsletter.").await;
    app.read("row-places", "1 of 2 places still to do").await;
    app.press_at("[data-test=place]:nth-child(2) [data-test=place-done]").await;
    app.gone("places-waiting").await;
    app.gone("row-places").await;

    // and then nothing would stop, so that closing asks nothing
    app.closes(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_that_stop_by_themselves_are_told_and_go_on() {
    // Given a program whose checks fail as they begin
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let flags = ["--hub", hub.hub(), SECONDS];
    let app = App::start_in(&desktop, "profile", &flags, &[("CHANNEL_KEYS_FAILS_FIRST", "KeyChecks")]).await;

    // Then a person is told so on whichever page they are
    app.read("stopped-task", "Automatic key checks stopped. We started them again.").await;
    app.passes_axe().await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("stopped-task", "You don't need to do anything").await;
    app.press("dismiss-stopped").await;
    app.gone("stopped-task").await;

    // and the checks go on
    app.make_and_keep(RESTAURANT).await;
    have_them_looked_at(&app, &hub).await;
    assert!(!app.is_there("stopped-task").await, "it is told once");
}
