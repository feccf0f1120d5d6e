//! A key that the desk makes on a client's behalf, in the real window: from the board to the client, and nothing left behind.

use fantoccini::key::Key;
use practice_hub::{Do, Fault};

use crate::app::App;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{Person, a_hub};
use crate::scene::Scene;
use crate::search::Kind;

pub const JO: Person = ("jo@blue-anchor.example", "practice-anchor");
/// Works at Blue Anchor too, as a Member.
pub const TIM: Person = ("tim@blue-anchor.example", "practice-tim");
const MAKE: &str = "POST /partners/*/channels/*/api_keys";

/// Finds a channel and opens it.
pub async fn open(app: &App, name: &str) {
    app.key_with(Key::Control, 'k').await;
    app.key(Key::Escape).await;
    app.key_with(Key::Control, 'k').await;
    app.type_into("desk-search", name).await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.press("desk-row").await;
    app.see("[data-test=desk-make]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_for_a_client_handed_over_and_forgotten_and_nothing_of_it_stays() {
    let mut scene = Scene::begin(Keyring::Open).await;
    scene.watch.know(Kind::Password, JO.1);
    scene.app.sign_in(JO.0, JO.1).await;
    scene.app.page("desk").await;
    scene.app.gone("desk-stop").await;

    scene.look("at the desk").await;

    // When Jo opens a number that its client shared, and reads what a new key stops
    open(&scene.app, "Front desk").await;
    scene.app.read("desk-key-list", "A key exists").await;
    scene.app.press("make-key").await;
    scene.app.page("before").await;
    scene.app.read("before-client", "Harbour Hotel GmbH").await;
    scene.app.read("before-facts", "Tell Harbour Hotel GmbH before you start.").await;
    scene.app.passes_axe().await;
    scene.app.press("replace-key").await;

    // Then the key is there, with a safety copy of it in the keychain
    scene.app.page("made").await;
    let (_, key) = scene.desktop.only_entry("channel-keys", "safety-copy/");
    scene.watch.know(Kind::Key, &key);
    scene.look("a key was made for a client").await;
    scene.app.passes_axe().await;

    // is shown in a window of its own
    scene.app.press("show-key").await;
    let main = scene.app.turn_to_key_window().await;
    scene.app.read("key-text", &key).await;
    scene.watch.look_at_shown(&scene.app).await;
    scene.app.put_key_away(main).await;
    scene.look("the key was shown and hidden").await;

    // and works, is copied, and after a lock still waits to be handed over
    scene.app.press("test-key").await;
    scene.app.read("test-result", "works").await;
    scene.app.press("done").await;
    scene.app.read("desk-keys-waiting", "A key waits to be handed over.").await;
    scene.app.menu("menu-lock").await;
    scene.app.page("sign-in").await;
    scene.look("the desk was locked over a key that waits").await;
    scene.app.sign_in_anew(JO).await;
    scene.app.press("look-at-desk-keys").await;
    scene.app.page("desk-keys").await;
    scene.app.press("copy-key").await;
    wait_until("the key is copied", || scene.desktop.clipboard("UTF8_STRING").as_deref() == Some(&*key));
    scene.look("the key was copied").await;

    // When it was handed over, then it is forgotten here, and the history says so
    scene.app.press("hand-over-begin").await;
    scene.app.press("hand-over-confirm").await;
    scene.app.read("keys-empty", "No key that was made here").await;
    scene.desktop.copy("what somebody copied elsewhere");
    scene.app.menu("menu-desk-history").await;
    scene.app.says("Key handed over to the client").await;
    scene.app.says("Harbour Hotel GmbH").await;
    scene.look("the key was handed over").await;
    assert!(scene.desktop.kept_under("channel-keys").is_empty());
    assert_eq!(scene.hub.counts().get(MAKE), Some(&1));

    // and a lost answer leaves it open, sent once
    scene.app.press("to-board").await;
    open(&scene.app, "Urgencias").await;
    scene.spoil(MAKE, Do::ResetAfterCommit);
    scene.app.press("make-key").await;
    scene.app.page("before").await;
    scene.app.press("replace-key").await;
    scene.app.page("unknown").await;
    scene.look("the answer was lost").await;
    scene.app.press("back").await;
    scene.app.sign_out().await;
    scene.app.page("sign-in").await;
    scene.look("signed out").await;
    scene.app.close().await;

    scene.end().saw(&[
        ("calls", Kind::Password),
        ("requests", Kind::Password),
        ("requests", Kind::Session),
        ("requests", Kind::Key),
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_s_desk_only_reads_until_it_is_let_and_then_360dialog_decides() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(TIM.0, TIM.1).await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    app.read("read-only", "Read-only").await;

    // When Tim wants a key, then the button is off with its reason, and pressing it sends nothing
    open(&app, "Front desk").await;
    app.read("make-key-reason", "This desk only reads").await;
    app.press("make-key").await;
    let writes =
        || hub.counts().into_keys().filter(|call| !call.starts_with("GET ") && call != "POST /token").count();
    assert_eq!(writes(), 0);

    // When he lets the desk make keys, then he is told what it means, and staying is chosen
    app.press("let-write-here").await;
    app.page("may-write").await;
    app.read("may-write-points", "You are a Member.").await;
    app.passes_axe().await;
    app.key(Key::Enter).await;
    app.read("read-only", "Read-only").await;
    app.press("let-write").await;
    app.press("allow-writing").await;
    app.read("may-write", "May make keys").await;

    // and it is 360dialog that refuses, once
    app.press("make-key").await;
    app.page("before").await;
    app.press("replace-key").await;
    app.page("not-made").await;
    app.says("Only an Owner of the partner may generate API keys.").await;
    assert_eq!((hub.counts().get(MAKE), writes()), (Some(&1), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_asked_for_the_permission_and_what_it_sends_back_is_explained() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.gone("desk-stop").await;

    // When Jo asks for a number that is Missing, then the link leads to 360dialog's page with all that is known
    open(&app, "Restaurant bookings").await;
    app.press("ask-permission").await;
    app.page("desk-ask").await;
    app.read("ask-text", "redirect_url=https%3A%2F%2Fwww.blue-anchor.example%2Fwelcome").await;
    let link = app.text("ask-text").await;
    assert!(link.starts_with("https://hub.360dialog.com/dashboard/app/"), "{link}");
    assert!(link.contains("/permissions?number=%2B493055570188&name=Harbour%20Hotel%20GmbH"), "{link}");
    app.passes_axe().await;
    app.press("copy-ask-letter").await;
    let has_link = |text: Option<String>| text.is_some_and(|text| text.contains(&link));
    wait_until("the letter is copied", || has_link(desktop.clipboard("UTF8_STRING")));

    // When the client sends an address back, then it is said what it says, and that it is a hint
    let state = link.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
    let client = hub.client_id("Harbour Hotel GmbH").expect("a client");
    let channel = hub.channel_id("Harbour Hotel GmbH", "Restaurant bookings").expect("a channel");
    app.press("ask-returned").await;
    app.page("desk-returned").await;
    let address = format!("https://x.example/?client={client}&channels=[{channel}]&state={state}");
    app.type_into("return-text", &address).await;
    app.press("return-explain").await;
    app.read("return-result", "Harbour Hotel GmbH was on the permission page").await;
    app.read("return-asked", "It answers the link that was made here").await;
    app.read("return-result", "the board says Missing").await;
    app.passes_axe().await;

    // and 360dialog, asked again, says otherwise only where it is so
    hub.set_faults(vec![Fault::new("GET /partners/*/clients/*/shared_client_numbers", Do::Delay).ms(50)]);
    app.press("return-check").await;
    app.read("return-checked", "is being asked").await;
    app.read("return-result", "the board says Missing").await;

    // and what is no such address is refused in words
    app.clear("return-text").await;
    app.type_into("return-text", "javascript:alert(1)").await;
    app.press("return-explain").await;
    app.read("return-result", "It does not lead to a web page.").await;
}
