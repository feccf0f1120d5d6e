//! Changing the permission on 360dialog's own page, in a real browser: the way there, the way back, and what holds.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use practice_hub::{Do, Fault};
use reqwest::Url;

use crate::app::App;
use crate::browser::Browser;
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::people::{HARBOUR, MARIA, a_hub};

const GIVE: &str = "PUT /clients/*/channels/*/partner_permission";

async fn practising(desktop: &Desktop) -> App {
    let app = App::start(desktop, &["--practice"]).await;
    app.press_at(&format!("[data-test=practice-account][data-email=\"{}\"] button", MARIA.0)).await;
    app.page("channels").await;
    app
}

/// At a Hub that does not offer to give the permission, Maria goes to 360dialog's page for the restaurant.
async fn sent_there(desktop: &Desktop, hub: &practice_hub::PracticeHub, flags: &[&str]) -> App {
    let app = App::start(desktop, &[&["--hub", hub.hub()], flags].concat()).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    hub.set_faults(vec![Fault::new(GIVE, Do::Status).status(405)]);
    app.menu("menu-partner").await;
    let restaurant = hub.channel_id(HARBOUR, "Restaurant bookings").expect("a channel of this name");
    app.press_at(&format!("[data-test=pick][data-id=\"{restaurant}\"]")).await;
    app.press("give").await;
    app.press("change-confirm").await;
    app.page("permission-done").await;
    app.see("[data-code=hubNotOffered]").await;
    app.press("to-own-page").await;
    app.page("own-page").await;
    app.passes_axe().await;
    app.press("own-page-open").await;
    app.page("own-page-waiting").await;
    app.passes_axe().await;
    app
}

fn said(link: &Url, name: &str) -> String {
    let value = link.query_pairs().find(|(said, _)| said == name).map(|(_, value)| value.into_owned());
    value.unwrap_or_else(|| panic!("{link} says no {name}"))
}

/// As a browser asks that was led there: the HTTP status.
fn ask(address: &Url) -> String {
    let host = format!("127.0.0.1:{}", address.port().expect("a port"));
    let mut line = TcpStream::connect(&host).expect("the door is open");
    let target = format!("{}?{}", address.path(), address.query().unwrap_or_default());
    write!(line, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("asked");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("answered");
    answer.split(' ').nth(1).expect("a status").to_owned()
}

fn is_shut(door: &Url) -> bool {
    TcpStream::connect(("127.0.0.1", door.port().expect("a port"))).is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_on_the_practice_page_in_a_browser_comes_back_by_itself_and_is_certain() {
    // Given Maria, who set that permissions are changed on 360dialog's own page, and practises
    let desktop = Desktop::start();
    let app = practising(&desktop).await;
    app.menu("menu-settings").await;
    app.press("setting-own-page").await;
    app.read("settings-saved", "Saved").await;
    app.press("settings-back").await;
    app.menu("menu-partner").await;
    app.page("partner-permissions").await;
    app.passes_axe().await;
    app.press("to-own-page").await;
    app.page("own-page").await;
    app.press("own-page-open").await;
    app.page("own-page-waiting").await;
    app.passes_axe().await;
    app.read("away-practice", MARIA.1).await;
    let link = desktop.browsed("http://127.0.0.1:");
    let door: Url = said(&link.parse().expect("a link"), "redirect_url").parse().expect("an address");

    // When she signs in on the page, chooses the restaurant, and saves
    let browser = Browser::at(&desktop, &link).await;
    browser.type_into("email", MARIA.0).await;
    browser.type_into("password", MARIA.1).await;
    browser.press("//button[@value='sign-in']").await;
    browser.press("//label[contains(., 'Restaurant bookings')]").await;
    browser.press("//button[@value='save']").await;

    // Then the browser is led back to a page of words, and the window shows by itself what is certain
    browser.reads("Thank you").await;
    assert!(browser.address().await.starts_with(door.as_str()), "{}", browser.address().await);
    let page = browser.text().await;
    assert!(page.contains("You can close this page") && !page.contains("CH"), "{page}");
    app.page("own-page-after").await;
    app.passes_axe().await;
    let row = app.text_at("[data-test=after-row][data-holds=asSaid]").await;
    assert!(
        row.contains("Restaurant bookings") && row.contains("Shared") && row.contains("Certain"),
        "{row}"
    );
    wait_until("the door is shut", || is_shut(&door));

    // and it is in the list and in the history
    app.press("after-done").await;
    app.page("channels").await;
    app.open_channel("Restaurant bookings").await;
    assert_eq!(app.text_at(".card [data-test=permission]").await, "Shared");
    app.press("nav-history").await;
    app.says("Permission given outside this app").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_api_does_not_offer_it_the_real_page_opens_and_the_hub_s_word_counts() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = sent_there(&desktop, &hub, &[]).await;

    // Given the link, as the browser was asked to open it
    let link: Url = desktop.browsed("https://hub.360dialog.com/dashboard/app/").parse().expect("a link");
    let state = said(&link, "state");
    let mut back: Url = said(&link, "redirect_url").parse().expect("an address");
    let restaurant = hub.channel_id(HARBOUR, "Restaurant bookings").expect("a channel of this name");

    // When somebody else guesses, then the door stays open and the window waits
    back.set_query(Some(&format!("channels=[{restaurant}]&state=guessed")));
    assert_eq!(ask(&back), "404");
    app.page("own-page-waiting").await;

    // When it comes back saying what the Hub does not say, then that is named, and the Hub's word counts
    back.set_query(Some(&format!("channels=[{restaurant},nobodysCH]&state={state}")));
    assert_eq!(ask(&back), "200");
    app.page("own-page-after").await;
    app.passes_axe().await;
    let row = app.text_at("[data-test=after-row][data-holds=otherwise]").await;
    assert!(row.contains("Missing") && row.contains("Not so"), "{row}");
    app.read("after-strangers", "nobodysCH").await;
    wait_until("the door is shut", || is_shut(&back));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_nobody_came_by_is_shut_in_time_and_at_a_lock() {
    // Given a visit whose time is up
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = sent_there(&desktop, &hub, &["--door-seconds", "6"]).await;
    let link: Url = desktop.browsed("https://hub.360dialog.com/dashboard/app/").parse().expect("a link");
    let back: Url = said(&link, "redirect_url").parse().expect("an address");
    app.read("away-ended", "It does not come back by itself any more.").await;
    app.passes_axe().await;
    assert!(is_shut(&back));

    // Then checking by hand still tells what the Hub says
    app.press("away-check").await;
    app.page("own-page-after").await;
    app.read("after-said", "Nothing came back").await;
    app.press("after-done").await;
    app.quit().await;

    // Given a visit when she locks
    let desktop = Desktop::start();
    let app = sent_there(&desktop, &hub, &[]).await;
    let link: Url = desktop.browsed("https://hub.360dialog.com/dashboard/app/").parse().expect("a link");
    let back: Url = said(&link, "redirect_url").parse().expect("an address");
    assert!(!is_shut(&back));
    app.menu("menu-lock").await;
    app.page("locked").await;
    wait_until("the door is shut", || is_shut(&back));
}

/// A partner's own page on this computer: tells the target of the first request for it.
fn a_partner_s_page() -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let mut asked = vec![0; 1 << 14];
            let length = line.read(&mut asked).unwrap_or_default();
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let target = asked.split(' ').nth(1).unwrap_or_default().to_owned();
            let page = "<!doctype html><title>Welcome</title><h1>Welcome back</h1>";
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close",
                page.len()
            );
            let _ = write!(line, "{head}\r\n\r\n{page}");
            if target.starts_with("/welcome") && tell.send(target).is_err() {
                break;
            }
        }
    });
    (port, told)
}

/// What the official button makes of a list (its published code): what stands in the brackets, between commas.
fn as_the_button_reads(url: &Url, name: &str) -> Vec<String> {
    let list = said(url, name);
    let inner = list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).expect("a list in brackets");
    inner.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_s_request_is_answered_and_its_page_gets_the_answer_by_a_real_browser() {
    // Given Maria, who practises, and a link of her partner's that leads back to a page on this computer
    let desktop = Desktop::start();
    let app = practising(&desktop).await;
    // The practice world is the same everywhere.
    let hub = a_hub().await;
    let (port, told) = a_partner_s_page();
    let link = format!(
        "https://hub.360dialog.com/dashboard/app/{}/permissions?state=a%26b%2Bc&redirect_url=http%3A%2F%2F127.0.0.1%3A{port}%2Fwelcome%3Fshop%3D7",
        hub.partner_id()
    );
    let id = |name: &str| hub.channel_id(HARBOUR, name).expect("a channel of this name");
    let pick = |name: &str| format!("[data-test=pick][data-id=\"{}\"]", id(name));
    app.menu("menu-request").await;
    app.type_into("request-text", &link).await;
    app.press("request-read").await;
    app.page("request-card").await;

    // When she gives one number, removes another, and tells her partner
    app.press_at(&pick("Restaurant bookings")).await;
    app.press("give").await;
    app.press("change-confirm").await;
    app.press("request-more").await;
    app.page("request-card").await;
    app.press_at(&pick("Front desk")).await;
    app.press("remove").await;
    app.press("change-confirm").await;
    app.page("permission-done").await;
    app.press("tell-partner").await;
    let answer = desktop.browsed(&format!("http://127.0.0.1:{port}/welcome"));
    let browser = Browser::at(&desktop, &answer).await;
    browser.reads("Welcome back").await;

    // Then the partner's page gets what the official button reads, and its own word as it was
    let target = told.recv_timeout(LIMIT).expect("it was asked for");
    let url = Url::parse(&format!("http://127.0.0.1:{port}{target}")).expect("an address");
    assert_eq!(said(&url, "shop"), "7");
    assert_eq!(said(&url, "client"), hub.client_id(HARBOUR).expect("a client of this name"));
    assert_eq!(as_the_button_reads(&url, "channels"), [id("Restaurant bookings")]);
    assert_eq!(as_the_button_reads(&url, "revoked"), [id("Front desk")]);
    assert_eq!(said(&url, "state"), "a&b+c");
    assert_eq!(url.query_pairs().count(), 5);
}
