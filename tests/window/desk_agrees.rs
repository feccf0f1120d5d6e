//! At the desk, what stands beside each other agrees, and what is called asked was asked.

use channel_keys_core::channel::Permission;
use fantoccini::key::Key;
use practice_hub::{Options, PracticeHub, WorldSize};
use serde_json::{Value, json};

use crate::app::App;
use crate::at_the_desk::at_the_desk;
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::people::{HARBOUR, a_hub};
use crate::support_desk::{SHARED, search};
use crate::watching::maria_changes;

const RESTAURANT: &str = "Restaurant bookings";
const ONE: &str = "GET /partners/*/channels/*";

/// How far the board is scrolled.
async fn scrolled(app: &App) -> i64 {
    let script = "return document.querySelector('[data-test=desk-grid]').scrollTop";
    app.run(script, vec![]).await.as_f64().expect("a number") as i64
}

/// Waits until the board is scrolled so far.
async fn is_scrolled(app: &App, to: i64) {
    let there = async { while scrolled(app).await != to {} };
    assert!(tokio::time::timeout(LIMIT, there).await.is_ok(), "at {}, not at {to}", scrolled(app).await);
}

async fn focused(app: &App, what: &str) -> Value {
    app.run("return document.activeElement?.dataset[arguments[0]] ?? null", vec![json!(what)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_says_when_the_search_does_not_show_its_channel_and_shows_it_in_the_list() {
    // Given Jo, who types a name and presses Enter
    let world = Options { world: WorldSize::Large(1_000), ..Options::default() };
    let (desktop, hub) = (Desktop::start(), PracticeHub::start(world).await.expect("a practice Hub"));
    let app = at_the_desk(&desktop, &hub).await;
    search(&app, RESTAURANT).await;
    app.key(Key::Enter).await;
    app.page("desk-channel").await;
    app.read("desk-panel", RESTAURANT).await;
    app.read("desk-verdict", "make a key").await;
    assert!(!app.is_there("desk-hidden").await);

    // When she searches for something else
    search(&app, "Front desk").await;

    // Then the panel says that it is not among what was found, and leads to where it stands
    app.read("desk-hidden", "Your search or filter does not show this channel.").await;
    app.passes_axe().await;
    app.press("desk-show-in-list").await;
    app.see("[data-test=desk-row][aria-current=true]").await;
    app.gone("desk-hidden").await;
    let id = hub.channel_id(HARBOUR, RESTAURANT).expect("a channel");
    let there = async { while focused(&app, "id").await != json!(id) {} };
    tokio::time::timeout(LIMIT, there).await.expect("the keyboard is at its row");
}

#[tokio::test(flavor = "multi_thread")]
async fn checking_chosen_channels_again_leaves_the_board_where_it_was() {
    // Given a board of a thousand channels, far down, with one channel open and one chosen
    let world = Options { world: WorldSize::Large(1_000), ..Options::default() };
    let (desktop, hub) = (Desktop::start(), PracticeHub::start(world).await.expect("a practice Hub"));
    let app = at_the_desk(&desktop, &hub).await;
    search(&app, "+49 30").await;
    app.read("desk-found", "of 1,050").await;
    app.see("[data-test=desk-row][data-index='5'][data-id]").await;
    app.run("document.querySelector('[data-test=desk-grid]').scrollTop = 4400", vec![]).await;
    app.see("[data-test=desk-row][data-index='101'][data-id]").await;
    app.press_at("[data-test=desk-row][data-index='101'] [data-column=client]").await;
    app.see("[data-test=desk-verdict]").await;
    app.press_at("[data-test=desk-row][data-index='101'] .pick").await;
    app.read("picked-count", "One channel chosen").await;
    let before = scrolled(&app).await;
    assert!(before > 0);

    // When she checks it again, looks at the results, and comes back
    app.press("check-picked").await;
    app.read("bulk-standing", "1 of 1 channels").await;
    is_scrolled(&app, before).await;
    app.press("bulk-show").await;
    app.see("[data-test=recheck]").await;
    app.press("bulk-show").await;

    // Then all is as it was
    app.see("[data-test=desk-row][data-index='101'][aria-current=true]").await;
    is_scrolled(&app, before).await;
    app.read("picked-count", "One channel chosen").await;

    // And so it is after another page of the desk
    app.menu("menu-desk-keys").await;
    app.page("desk-keys").await;
    app.press("to-board").await;
    app.see("[data-test=desk-row][data-index='101'][aria-current=true]").await;
    is_scrolled(&app, before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn checking_again_finds_the_permission_that_a_client_gave_meanwhile() {
    // Given Jo's board, on which the restaurant is open and Missing
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = at_the_desk(&desktop, &hub).await;
    search(&app, RESTAURANT).await;
    app.key(Key::Enter).await;
    app.read("desk-verdict", "You can't make a key: the client has not shared this number.").await;

    // When Maria gives the permission, and Jo checks again
    maria_changes(&hub, RESTAURANT, Permission::Shared).await;
    app.press("desk-read").await;

    // Then row and panel say so
    app.read("desk-verdict", "You can make a key: the client shared this number.").await;
    app.read("desk-row", "Shared").await;

    // And when she takes it back, asking about this channel alone finds that out in two questions
    app.gone("desk-stop").await;
    maria_changes(&hub, RESTAURANT, Permission::Missing).await;
    let asked = |call: &str| hub.counts().get(call).copied().unwrap_or(0);
    let before = (asked(ONE), asked(SHARED));
    app.press("desk-ask-now").await;
    app.read("desk-verdict", "You can't make a key").await;
    wait_until("it was asked", || asked(SHARED) > before.1);
    assert_eq!((asked(ONE), asked(SHARED)), (before.0 + 1, before.1 + 1));
    app.passes_axe().await;
}
