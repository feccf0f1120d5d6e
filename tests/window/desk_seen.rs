//! What the support desk remembers: changes between two looks, notes, and the columns as they were left.

use channel_keys_core::channel::{ChannelId, ClientId, Permission};
use channel_keys_core::hub::Hub;
use channel_keys_core::secret::Password;
use channel_keys_hub::RestHub;
use fantoccini::key::Key;
use practice_hub::PracticeHub;

use crate::app::App;
use crate::desktop::Desktop;
use crate::people::{HARBOUR, MARIA, Person, a_hub};

/// Works at Blue Anchor, the partner.
const JO: Person = ("jo@blue-anchor.example", "practice-anchor");
const RESTAURANT: &str = "Restaurant bookings";

/// Jo signs in, and all permissions were told.
async fn at_the_desk(desktop: &Desktop, hub: &PracticeHub) -> App {
    let app = App::start(desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.see("[data-test=desk-row]").await;
    app.gone("desk-stop").await;
    app
}

async fn open_restaurant(app: &App) {
    app.key_with(Key::Control, 'k').await;
    app.type_into("desk-search", RESTAURANT).await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.press("desk-row").await;
    app.page("desk-channel").await;
}

/// Maria of the Harbour Hotel gives the partner the permission, somewhere else.
async fn maria_gives_the_permission(hub: &PracticeHub) {
    let rest = RestHub::new(hub.hub().parse().expect("an address"));
    let session = rest.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("she signs in");
    let client = ClientId(hub.client_id(HARBOUR).expect("her client"));
    let channel = ChannelId(hub.channel_id(HARBOUR, RESTAURANT).expect("a channel"));
    rest.set_permission(&session.token, &client, &channel, Permission::Shared).await.expect("given");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_given_while_the_app_was_closed_is_told_and_notes_and_columns_are_still_there() {
    // Given Jo, who saw that the restaurant is Missing, notes the ticket, and shows one column more
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = at_the_desk(&desktop, &hub).await;
    open_restaurant(&app).await;
    app.see("[data-test=desk-panel] [data-test=permission]").await;
    app.see("[data-test=desk-no-changes]").await;
    app.press("write-note").await;
    app.type_into("add-note-text", "Asked for the permission by phone").await;
    app.type_into("add-note-ticket", "TCK-4711").await;
    app.press("add-note-save").await;
    app.read("note-said", "The note is saved.").await;
    app.press("columns").await;
    app.press_at("[data-test=column-shown][data-column=quality]").await;
    app.see("[data-test=column][data-column=quality]").await;
    app.key(Key::Escape).await;
    app.passes_axe().await;
    app.quit().await;

    // When the client gives the permission, and Jo opens the desk again
    maria_gives_the_permission(&hub).await;
    let app = at_the_desk(&desktop, &hub).await;

    // Then it is among today's changes, told with both times, and nobody here did it
    app.see("[data-test=column][data-column=quality]").await;
    app.says("Changed today 1").await;
    app.press_at("[data-test=saved][data-saved=changedToday]").await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.press("desk-row").await;
    app.read("desk-change", "Partner permission: Missing to Shared").await;
    let told = app.text("desk-change").await;
    // One time is told where both are of the same minute.
    let when = told.contains("Between ") || told.contains("At ");
    assert!(when && told.contains(", outside this app."), "{told}");

    // And the note is there, and goes when she says so twice
    app.read("note-text", "Asked for the permission by phone").await;
    app.read("note-ticket", "TCK-4711").await;
    app.passes_axe().await;
    app.press("remove-note").await;
    app.press("remove-note-confirm").await;
    app.read("note-said", "The note is removed.").await;
    app.gone("desk-note").await;
    app.quit().await;
}
