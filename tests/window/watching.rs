//! Watching a channel: a notification tells what changed, and leads there.

use practice_hub::PracticeHub;

use channel_keys_core::channel::{ChannelId, ClientId, Permission};
use channel_keys_core::hub::Hub;
use channel_keys_core::secret::Password;
use channel_keys_hub::RestHub;

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::notices::Daemon;
use crate::people::{HARBOUR, MARIA, a_hub};

/// Works at Blue Anchor, the partner.
const JO: (&str, &str) = ("jo@blue-anchor.example", "practice-anchor");
const RESTAURANT: &str = "Restaurant bookings";
const SHARED: &str = "GET /partners/*/clients/*/shared_client_numbers";
const SECONDS: &str = "--watch-seconds=2";

/// Maria of the hotel gives the permission for a channel, or takes it back, in her own program.
pub async fn maria_changes(hub: &PracticeHub, channel: &str, permission: Permission) {
    let rest = RestHub::new(hub.hub().parse().expect("an address"));
    let session = rest.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is her");
    let client = ClientId(hub.client_id(HARBOUR).expect("her client"));
    let channel = ChannelId(hub.channel_id(HARBOUR, channel).expect("a channel"));
    rest.set_permission(&session.token, &client, &channel, permission).await.expect("it is changed");
}

/// Jo is at the desk, and all is read.
async fn at_the_desk(desktop: &Desktop, hub: &PracticeHub, flags: &[&str]) -> App {
    let all: Vec<&str> = ["--hub", hub.hub(), SECONDS].into_iter().chain(flags.iter().copied()).collect();
    let app = App::start(desktop, &all).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    all_is_read(&app, hub).await;
    app
}

async fn all_is_read(app: &App, hub: &PracticeHub) {
    let checked = || hub.counts().get(SHARED).copied().unwrap_or(0);
    wait_until("all five clients were asked about", || checked() >= 5);
    app.gone("desk-stop").await;
}

async fn watch(app: &App, hub: &PracticeHub, channel: &str) {
    let id = hub.channel_id(HARBOUR, channel).expect("a channel");
    let row = format!("[data-test=desk-row][data-id=\"{id}\"]");
    app.type_into("desk-search", channel).await;
    app.press_at(&format!("{row} [data-test=watch-row]")).await;
    app.see(&format!("{row} [data-test=watch-row][aria-pressed=true]")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_at_a_watched_channel_is_notified_and_a_press_leads_there() {
    // Given Jo, who watches the restaurant and does something else
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let daemon = Daemon::on(desktop.bus()).await;
    let app = at_the_desk(&desktop, &hub, &[]).await;
    watch(&app, &hub, RESTAURANT).await;
    app.read("desk-watching", "One channel is watched while this app is open.").await;
    app.passes_axe().await;
    assert!(daemon.shown().is_empty(), "before anything changed, nothing is said");

    // When Maria of the hotel gives the permission
    maria_changes(&hub, RESTAURANT, Permission::Shared).await;

    // Then a notification says what changed, and not where
    wait_until("it is notified", || !daemon.shown().is_empty());
    let shown = daemon.shown().remove(0);
    assert_eq!(shown.title, "A channel that you watch changed");
    assert_eq!(shown.body, "The partner permission is Shared now.");

    // and pressed, it leads to the channel
    daemon.press(shown.id).await;
    app.page("desk-channel").await;
    app.read("desk-panel", RESTAURANT).await;
    app.read("link-opened", "Opened from a notification").await;
    app.read("desk-watch", "Stop watching").await;
    app.passes_axe().await;

    // and the next change takes its place, with the channel's name where Jo wants that
    app.menu("menu-settings").await;
    app.press("setting-names").await;
    app.press("settings-back").await;
    maria_changes(&hub, RESTAURANT, Permission::Missing).await;
    wait_until("it is notified again", || daemon.shown().len() == 2);
    let next = daemon.shown().remove(1);
    assert_eq!(next.replaced, shown.id);
    assert!(next.body.contains(RESTAURANT) && next.body.contains("is Missing now"), "{}", next.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_shows_notifications_the_change_is_on_the_page_and_the_page_says_so() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = at_the_desk(&desktop, &hub, &[]).await;
    watch(&app, &hub, RESTAURANT).await;

    maria_changes(&hub, RESTAURANT, Permission::Shared).await;

    app.read("watching-no-notices", "Changes are told on this page alone.").await;
    let id = hub.channel_id(HARBOUR, RESTAURANT).expect("a channel");
    let row = format!("[data-test=desk-row][data-id=\"{id}\"]");
    assert!(app.text_at(&row).await.contains("Shared"));
    app.passes_axe().await;

    // and marks last: watching goes on at the next start
    app.quit().await;
    let app = at_the_desk(&desktop, &hub, &[]).await;
    app.read("desk-watching", "One channel is watched").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_bus_watching_goes_on_and_says_that_nothing_is_notified() {
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let nowhere = ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let app = App::start_in(&desktop, "profile", &["--hub", hub.hub(), SECONDS], &[nowhere]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    all_is_read(&app, &hub).await;
    watch(&app, &hub, RESTAURANT).await;

    maria_changes(&hub, RESTAURANT, Permission::Shared).await;

    app.read("watching-no-notices", "Changes are told on this page alone.").await;
}
