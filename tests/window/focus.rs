//! Where the focus goes with each act, read as a screen reader reads it: the rows of docs/focus.md.

use std::time::{Duration, Instant};

use atspi::{Role, State};
use fantoccini::key::Key;
use practice_hub::{Do, Fault};

use crate::app::{App, taken_by_the_first};
use crate::checking::{have_them_looked_at, with_kept_key};
use crate::desktop::{Desktop, LIMIT};
use crate::people::{HARBOUR, MARIA, a_hub};
use crate::reader::{Part, Reader, said};
use crate::support_desk::{JO, search};

const TABLE: &str = include_str!("../../docs/focus.md");
const PAGE: &str = "main h1";
const OPEN_NUMBER: &str = "article h1";
/// A screen reader reads a paragraph, too, and no word of it is on a field.
const LABEL: &str = "label[for]";

/// One part of the table, of which every row has to be walked.
struct Walk<'a> {
    app: &'a App,
    reader: Reader,
    ahead: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    async fn through(part: &str, desktop: &Desktop, app: &'a App) -> Walk<'a> {
        let (_, rows) = TABLE.split_once(&format!("## {part}\n")).expect("a part of the table");
        let rows = rows.split("\n## ").next().expect("its rows").lines().filter(|row| row.starts_with("| "));
        let ahead = rows.skip(2).filter_map(|row| row.split('|').nth(1)).map(str::trim).collect();
        Walk { app, reader: Reader::on(desktop).await, ahead }
    }

    /// After this act, what has the focus is called by the words at a place of the page.
    async fn leads_to(&mut self, act: &str, css: &str) {
        let is_it = |part: &Part, words: &str| !words.is_empty() && plain(part.name()).starts_with(words);
        self.walk(act, css, is_it).await;
    }

    /// After this act, a row of the board has the focus. It has no name, and its cells are read.
    async fn leads_to_row(&mut self, act: &str) {
        self.walk(act, "[data-test=desk-row]:focus", |part, _| part.is(Role::TableRow, "")).await;
    }

    async fn walk(&mut self, act: &str, css: &str, is_it: impl Fn(&Part, &str) -> bool) {
        let at = self.ahead.iter().position(|row| *row == act);
        self.ahead.remove(at.unwrap_or_else(|| panic!("\"{act}\" is no row of the table")));
        let begun = Instant::now();
        loop {
            let wanted = plain(&self.app.text_at(css).await);
            let parts = self.reader.parts().await;
            let focus = parts.iter().rev().find(|part| part.has(State::Focused));
            let on_page = focus.filter(|part| !part.is(Role::DocumentWeb, ""));
            if on_page.is_some_and(|part| is_it(part, &wanted)) {
                return;
            }
            assert!(
                begun.elapsed() < LIMIT,
                "after \"{act}\" the focus is on {focus:?}, not on \"{wanted}\":\n{}",
                said(&parts)
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn is_done(&self) {
        assert!(self.ahead.is_empty(), "not walked: {:?}", self.ahead);
    }
}

fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn on(name: &str) -> String {
    format!("[data-test={name}]")
}

/// The words above a field.
fn label_of(name: &str) -> String {
    format!("div:has(> .field > [data-test={name}]) > {LABEL}")
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_client_s_pages() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let mut walk = Walk::through("At a client's pages", &desktop, &app).await;

    walk.leads_to("The program starts and nobody is signed in", &label_of("email")).await;
    app.type_into("email", MARIA.0).await;
    app.press("sign-in").await;
    walk.leads_to("Sign in with an empty field", &label_of("password")).await;
    app.type_into("password", MARIA.1).await;
    app.press("sign-in").await;
    app.page("channels").await;
    walk.leads_to("Sign in", PAGE).await;

    app.open_channel("Restaurant bookings").await;
    walk.leads_to("Open a number", OPEN_NUMBER).await;
    app.press("nav-keys").await;
    app.page("keys").await;
    walk.leads_to("Open another page from the header", PAGE).await;
    app.press("nav-numbers").await;
    app.page("channel").await;
    walk.leads_to("Back to the numbers from the header", OPEN_NUMBER).await;
    app.menu("menu-settings").await;
    app.page("settings").await;
    walk.leads_to("Open the settings from the profile menu", PAGE).await;
    app.key(Key::Escape).await;
    app.page("channel").await;
    walk.leads_to("Escape in the settings", OPEN_NUMBER).await;
    app.press("profile").await;
    app.tab_to("menu-partner").await;
    app.key(Key::Escape).await;
    walk.walk("Escape in the profile menu", &on("profile"), |part, _| part.is(Role::Button, MARIA.0)).await;

    app.press("make-key").await;
    app.page("before").await;
    walk.leads_to("Ask for a new key", &on("not-now")).await;
    app.press("replace-key").await;
    app.page("made").await;
    walk.leads_to("Confirm it", &on("save-key")).await;
    app.press("save-key").await;
    walk.leads_to("Save it", &label_of("save-label")).await;
    app.press("save-confirm").await;
    walk.leads_to("Confirm the name", &on("done")).await;
    app.press("done").await;
    app.page("channel").await;
    walk.leads_to("Done", OPEN_NUMBER).await;
    app.press("hand-key").await;
    app.page("hand-key-over").await;
    walk.leads_to("Give the key to somebody", PAGE).await;
    app.press("back").await;
    app.page("channel").await;
    walk.leads_to("Back from there", OPEN_NUMBER).await;
    app.press("let-go").await;
    app.press("let-go-stay").await;
    walk.leads_to("Delete the key, and not after all", &on("let-go")).await;
    app.press("change-permission").await;
    app.page("permission-confirm").await;
    walk.leads_to("Give or take back a permission", &on("not-now")).await;
    app.press("not-now").await;
    app.page("channel").await;
    app.press("nav-keys").await;
    app.page("keys").await;
    app.press("check-keys").await;
    app.see("[data-test=check-round]:not(:empty)").await;
    walk.leads_to("Check all kept keys", &on("check-keys")).await;

    app.menu("menu-lock").await;
    app.page("locked").await;
    walk.leads_to("Lock", &label_of("unlock-password")).await;
    app.type_into("unlock-password", MARIA.1).await;
    app.press("unlock").await;
    app.page("channels").await;
    walk.leads_to("Unlock", PAGE).await;
    app.sign_out().await;
    app.page("sign-in").await;
    walk.leads_to("Sign out", &label_of("email")).await;
    walk.is_done();
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_desk() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    let mut walk = Walk::through("At the desk", &desktop, &app).await;

    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    walk.leads_to("Sign in at the desk", PAGE).await;
    app.gone("desk-stop").await;

    app.press("only-read").await;
    app.see(&on("read-only")).await;
    walk.leads_to("Let the desk only read", &on("let-write")).await;
    app.press("let-write").await;
    app.page("may-write").await;
    walk.leads_to("Ask to let it make keys", &on("stay-read-only")).await;
    app.press("allow-writing").await;
    app.page("desk").await;
    walk.leads_to("Let it make keys", PAGE).await;
    app.press("columns").await;
    app.tab_to("column-shown").await;
    app.key(Key::Escape).await;
    walk.leads_to("Escape in the menu of columns", &on("columns")).await;

    search(&app, "Restaurant bookings").await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.press("pick-shown").await;
    app.press("check-picked").await;
    app.see(&on("bulk-standing")).await;
    let region = on("desk-picked");
    walk.leads_to("Check the chosen channels again", &on("check-picked")).await;
    app.press("bulk-show").await;
    app.see(&on("rechecks")).await;
    app.press("bulk-show").await;
    walk.leads_to("Back to the board from the results", &on("bulk-show")).await;
    app.press("bulk-away").await;
    app.gone("bulk-standing").await;
    walk.leads_to("Dismiss the results", &format!("{region} {}", on("picked-count"))).await;
    app.press("pick-none").await;
    app.gone("desk-picked").await;
    walk.leads_to("Choose none", PAGE).await;

    search(&app, "Front desk").await;
    app.see("[data-test=desk-grid][aria-rowcount=\"2\"]").await;
    app.key(Key::Down).await;
    app.see("[data-test=desk-row]:focus").await;
    app.key(Key::Enter).await;
    app.page("desk-channel").await;
    app.see(&on("desk-make")).await;
    walk.leads_to_row("Open a channel from its row").await;
    app.tab_to("make-key").await;
    app.key(Key::Escape).await;
    app.page("desk").await;
    walk.leads_to_row("Close the channel with Escape").await;
    app.key(Key::Enter).await;
    app.press("make-key").await;
    app.page("before").await;
    app.press("replace-key").await;
    app.page("made").await;
    walk.leads_to("Make a key for a client", &on("save-key")).await;
    app.press("copy-key").await;
    app.press("hand-over-begin").await;
    app.press("hand-over-confirm").await;
    app.page("desk-channel").await;
    walk.leads_to("Hand it over", PAGE).await;

    search(&app, "Front").await;
    let channel = hub.channel_id(HARBOUR, "Restaurant bookings").expect("a channel");
    taken_by_the_first(&desktop, &[&format!("channel-keys://channel/{channel}")], &[]);
    walk.leads_to("A link opens a channel", "[data-test=desk-panel] h2").await;
    walk.is_done();
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_pages() {
    // Given Maria, who keeps a key, so that closing the window stops something
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = with_kept_key(&desktop, &hub).await;
    have_them_looked_at(&app, &hub).await;
    let mut walk = Walk::through("Over the pages", &desktop, &app).await;
    let link = |name: &str| {
        let channel = hub.channel_id(HARBOUR, name).expect("a channel");
        taken_by_the_first(&desktop, &[&format!("channel-keys://channel/{channel}")], &[]);
    };

    app.press("search").await;
    link("Front desk");
    app.see(&on("link-opened")).await;
    walk.leads_to("A link opens a number", OPEN_NUMBER).await;
    app.press("search").await;
    link("Front desk");
    walk.leads_to("A link opens the number that is open", OPEN_NUMBER).await;
    app.press("link-put-away").await;
    app.gone("link-opened").await;
    walk.leads_to("Dismiss what a link says", PAGE).await;

    app.press("refresh").await;
    app.ask_to_close(&desktop);
    walk.leads_to("The window is asked to close", &on("closing-stay")).await;
    app.key(Key::Escape).await;
    app.gone("closing").await;
    walk.leads_to("Escape there", &on("refresh")).await;

    hub.set_faults(vec![Fault::new("GET /clients/*", Do::ExpireToken).nth(1)]);
    app.press("refresh").await;
    app.see(&on("sign-in-again-sheet")).await;
    walk.leads_to("The session ends", &label_of("password-again")).await;
    app.key(Key::Escape).await;
    app.gone("sign-in-again-sheet").await;
    walk.leads_to("Escape there, too", "[data-code=sessionEnded] b").await;
    app.press("refresh").await;
    app.see(&on("sign-in-again-sheet")).await;
    app.ask_to_close(&desktop);
    walk.leads_to("The window is asked to close over the password", &on("closing-stay")).await;
    app.key(Key::Escape).await;
    app.gone("closing").await;
    walk.leads_to("Escape from that", &on("refresh")).await;
    walk.is_done();
}
