//! What is taken away from the support desk: a diagnosis, results of asking again, the board as a file.

use std::process::Command;

use fantoccini::key::Key;
use practice_hub::{Do, Fault, Options, PracticeHub, WorldSize};
use serde_json::{Value, json};

use crate::app::App;
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::people::a_hub;
use crate::support_desk::{JO, SHARED, rows, search};

const COPY: &str = "ctrl+shift+c";

pub async fn at_the_desk(desktop: &Desktop, hub: &PracticeHub) -> App {
    let app = App::start(desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    app
}

/// Finds a channel and puts the keyboard on its row.
async fn to_row(app: &App, name: &str) {
    search(app, name).await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.key(Key::Down).await;
    app.see("[data-test=desk-row]:focus").await;
}

fn copied(desktop: &Desktop, begins: &str) -> String {
    let text = || desktop.clipboard("UTF8_STRING").filter(|text| text.starts_with(begins));
    wait_until("the diagnosis is copied", || text().is_some());
    text().expect("it was there")
}

#[tokio::test(flavor = "multi_thread")]
async fn one_keystroke_copies_a_diagnosis_that_others_can_read() {
    // Given a client that the Hub refuses to be asked about
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = at_the_desk(&desktop, &hub).await;
    app.read("diagnosis-keys", "Ctrl Shift C").await;

    // When Jo presses the keys at a row, nothing else is needed
    to_row(&app, "Restaurant bookings").await;
    desktop.press_in_window(COPY);
    app.read("diagnosis-copied", "Copied: the diagnosis of Restaurant bookings, as plain text").await;

    // Then a chat gets identifiers, verdict, next step, times and what is not told, and no whole address
    let text = copied(&desktop, "WhatsApp channel Restaurant bookings");
    for said in [
        "The partner can't make an API key: the client has not shared this number.",
        "- Next: The client gives the permission",
        "- who pays, health and webhook",
        "- Client's e-mail: m…@",
        " UTC (",
        "Channel Keys 0.1.0",
        "Hub: 127.0.0.1",
    ] {
        assert!(text.contains(said), "{said} not in\n{text}");
    }
    assert!(!text.contains("maria@"), "{text}");

    // And from the panel, in German for a ticket, and for an engineer
    app.press("desk-row").await;
    app.see("[data-test=diagnosis-language]").await;
    app.run("const it = document.querySelector('[data-test=diagnosis-language]'); it.value = 'german'; it.dispatchEvent(new Event('change', { bubbles: true }));", vec![]).await;
    app.press("diagnosis-markdown").await;
    let ticket = copied(&desktop, "### WhatsApp-Kanal Restaurant bookings");
    assert!(ticket.contains("**Nächster Schritt:** Der Kunde erteilt die Freigabe"), "{ticket}");
    app.press("diagnosis-json").await;
    let json: Value = serde_json::from_str(&copied(&desktop, "{")).expect("it is JSON");
    assert_eq!((&json["permission"]["code"], &json["language"]), (&"missing".into(), &"de".into()));
    app.passes_axe().await;

    // And the keys copy the form that was used last, after the next start too
    app.quit().await;
    let app = at_the_desk(&desktop, &hub).await;
    app.read("diagnosis-keys", "as JSON").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_tells_which_call_failed_how_and_what_the_hub_said() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(SHARED, Do::Status).status(403)]);
    let app = at_the_desk(&desktop, &hub).await;

    to_row(&app, "Restaurant bookings").await;
    desktop.press_in_window(COPY);

    let text = copied(&desktop, "WhatsApp channel");
    let call = "GET /partners/{partner}/clients/{client}/shared_client_numbers: the Hub refused. HTTP 403.";
    assert!(text.contains(call) && text.contains("Partner permission: not checked yet"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_chosen_channels_are_asked_about_again_stopped_and_taken_up() {
    // Given Jo at a desk with a thousand channels, each client of which was asked about once
    let world = Options { world: WorldSize::Large(1_000), ..Options::default() };
    let (desktop, hub) = (Desktop::start(), PracticeHub::start(world).await.expect("a practice Hub"));
    let app = at_the_desk(&desktop, &hub).await;
    app.see("[data-test=desk-grid][aria-rowcount=\"1051\"]").await;
    let open =
        "return [...document.querySelectorAll('[data-saved=notChecked] span')].map((it) => it.innerText)";
    let told = async { while app.run(open, vec![]).await != json!(["1"]) {} };
    tokio::time::timeout(LIMIT, told).await.expect("all but one were told");
    app.gone("desk-stop").await;
    let asked = || hub.counts().get(SHARED).copied().unwrap_or(0);
    let before = asked();

    // When she chooses one with Space, a row of them with Shift, and then all that are shown
    desktop.press_in_window("ctrl+k");
    app.see("[data-test=desk-search]:focus").await;
    desktop.press_in_window("Down");
    app.see("[data-test=desk-row]:focus").await;
    desktop.press_in_window("space");
    app.read("picked-count", "One channel chosen").await;
    desktop.press_in_window("shift+Down");
    app.read("picked-count", "2 channels chosen").await;
    desktop.press_in_window("ctrl+a");
    app.read("picked-count", "1,050 channels chosen").await;
    assert!(rows(&app).await <= 60);
    app.passes_axe().await;

    // and asks about them again at a pace, stops, and goes on as quickly as the Hub answers
    app.run("const it = document.querySelector('[data-test=desk-pace]'); it.value = 'steady'; it.dispatchEvent(new Event('change', { bubbles: true }));", vec![]).await;
    app.press("check-picked").await;
    app.press("bulk-show").await;
    app.see("[data-test=recheck]").await;
    wait_until("somebody was asked about", || asked() > before);
    app.press("bulk-stop").await;
    app.read("bulk-standing", "Stopped").await;
    app.see("[data-test=bulk-resume]").await;
    app.press("bulk-show").await;
    app.run("const it = document.querySelector('[data-test=desk-pace]'); it.value = 'quick'; it.dispatchEvent(new Event('change', { bubbles: true }));", vec![]).await;
    app.press("bulk-resume").await;
    app.press("bulk-show").await;

    // Then each channel has its result, in fewer calls than there are channels, and few rows in the page
    app.read("bulk-standing", "1,050 of 1,050 channels").await;
    assert_eq!(asked() - before, 505, "a call a client");
    let results = app.run("return document.querySelectorAll('[data-test=recheck]').length", vec![]).await;
    assert!(results.as_u64().expect("a number") <= 60, "{results}");
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_saved_and_a_spreadsheet_program_opens_it() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = at_the_desk(&desktop, &hub).await;
    let shown = app.attribute("desk-grid", "aria-rowcount").await.expect("it is told");
    let shown: usize = shown.parse().expect("a number");

    let file = desktop.folder("home/board.csv");
    app.press("desk-save").await;
    app.press("board-csv").await;
    desktop.save_as("Save the board", &file).await;
    app.read("board-saved", "board.csv").await;
    app.passes_axe().await;

    // and as a workbook
    let book = desktop.folder("home/board.xlsx");
    app.press("board-xlsx").await;
    desktop.save_as("Save the board", &book).await;
    app.read("board-saved", "board.xlsx").await;

    // A row for each channel, below the row of names, with what follows, and numbers with their plus and no mark
    let opened = desktop.folder("home/opened.csv");
    for saved in [&file, &book] {
        let done = Command::new("ssconvert").args([saved, &opened]).output().expect("Gnumeric is there");
        assert!(done.status.success(), "{done:?}");
        let read = std::fs::read_to_string(&opened).expect("it was written");
        assert_eq!(read.lines().count(), shown, "{read}");
        for told in
            ["\n\"Harbour Hotel GmbH\",\"+49 30 55570188\",", "maria@", "The client gives the permission"]
        {
            assert!(read.contains(told), "{told}: {read}");
        }
    }
}
