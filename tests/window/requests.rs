//! A partner's request: pasted, or opened by a link; read, chosen from, given, and answered in the browser.

use practice_hub::PracticeHub;

use crate::app::App;
use crate::desktop::Desktop;
use crate::people::{HARBOUR, MARIA, a_hub};

const CHANGE: &str = "PUT /clients/*/channels/*/partner_permission";
const WELCOME: &str = "https://www.blue-anchor.example/welcome";

fn id_of(hub: &PracticeHub, channel: &str) -> String {
    hub.channel_id(HARBOUR, channel).expect("a channel of this name")
}

fn given(hub: &PracticeHub) -> u64 {
    hub.counts().get(CHANGE).copied().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_request_is_read_chosen_from_given_and_answered_in_the_browser() {
    // Given Maria, and a link of her partner's
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    app.menu("menu-request").await;
    app.page("request").await;
    app.passes_axe().await;

    // When she pastes one that leads to a host which only looks like 360dialog's, then it goes no further
    app.type_into("request-text", "https://hub.360dialog.com.evil.example/dashboard/app/pT77xPA").await;
    app.press("request-read").await;
    app.read("request-refused", "It leads to hub.360dialog.com.evil.example.").await;

    // When she pastes the real one, then it says who asks, for what, and where the answer goes
    app.clear("request-text").await;
    let partner = hub.partner_id();
    let link = format!(
        "https://hub.360dialog.com/dashboard/app/{partner}/permissions?number=+493055570188&state=s1&redirect_url={WELCOME}"
    );
    app.type_into("request-text", &link).await;
    app.press("request-read").await;
    app.page("request-card").await;
    app.read("request-who", "Blue Anchor").await;
    app.read("request-for", "Restaurant bookings").await;
    app.read("request-where", WELCOME).await;
    app.passes_axe().await;
    assert_eq!(given(&hub), 0);

    // When she chooses that number and gives the permission, then the Hub has it
    let restaurant = id_of(&hub, "Restaurant bookings");
    app.press_at(&format!("[data-test=pick][data-id=\"{restaurant}\"]")).await;
    app.press("give").await;
    app.page("permission-confirm").await;
    assert_eq!(given(&hub), 0);
    app.press("change-confirm").await;
    app.page("permission-done").await;
    assert_eq!(given(&hub), 1);

    // and the browser is asked for the address that was shown, when she says so
    let client = hub.client_id(HARBOUR).expect("a client of this name");
    let answer = format!("{WELCOME}?client={client}&channels=[{restaurant}]&state=s1");
    app.read("tell-address", &answer).await;
    app.passes_axe().await;
    app.press("tell-partner").await;
    desktop.browser_opened(&answer);
    app.read("tell-result", "The browser was asked to open it.").await;
    app.press("done-permissions").await;
    app.page("channels").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_asks_waits_for_a_client_to_sign_in_and_opens_what_is_asked() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let link = format!("channel-keys://permission?partner={}&redirect_url={WELCOME}", hub.partner_id());
    let app = App::start(&desktop, &["--hub", hub.hub(), &link]).await;

    app.read("link-waits", "Sign in to read what a partner asks for").await;
    app.sign_in(MARIA.0, MARIA.1).await;

    app.page("request-card").await;
    app.read("request-for", "All your numbers.").await;
    app.passes_axe().await;
    app.press("not-now").await;
    app.page("channels").await;
    assert_eq!(given(&hub), 0);
}
