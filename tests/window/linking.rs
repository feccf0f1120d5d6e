//! Links from outside, and a second start: to the window that is there, or to one that opens.

use std::os::unix::fs::PermissionsExt;

use practice_hub::PracticeHub;

use crate::app::{App, start_again, taken_by_the_first};
use crate::desktop::{Desktop, wait_until};
use crate::people::{MARIA, a_hub};

/// Works at Blue Anchor, the partner.
const JO: (&str, &str) = ("jo@blue-anchor.example", "practice-anchor");
const SHARED: &str = "GET /partners/*/clients/*/shared_client_numbers";
const HARBOUR: &str = "Harbour Hotel GmbH";
/// As the .deb has it; a package was made and looked into once.
const DESKTOP_FILE: &str = include_str!("../../src-tauri/channel-keys.desktop");

fn link_to(hub: &PracticeHub, channel: &str) -> String {
    format!("channel-keys://channel/{}", hub.channel_id(HARBOUR, channel).expect("a channel of this name"))
}

fn titles_of_the_front(desktop: &Desktop) -> String {
    let front = desktop.command("xdotool").args(["getactivewindow", "getwindowname"]).output();
    String::from_utf8_lossy(&front.expect("xdotool runs").stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_started_the_program_waits_for_a_person_and_opens_their_channel() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let link = link_to(&hub, "Restaurant bookings");
    let app = App::start(&desktop, &["--hub", hub.hub(), &link]).await;

    app.read("link-waits", "Sign in to open channel").await;
    app.passes_axe().await;
    app.sign_in(MARIA.0, MARIA.1).await;

    app.page("channel").await;
    app.read("link-opened", "A link shows a channel and does nothing else.").await;
    app.says("Restaurant bookings").await;
    app.passes_axe().await;

    // And locked, the next one waits again
    app.menu("menu-lock").await;
    app.page("locked").await;
    taken_by_the_first(&desktop, &[&link_to(&hub, "Front desk")], &[]);
    app.read("link-waits", "Unlock to open channel").await;
    app.type_into("unlock-password", MARIA.1).await;
    app.press("unlock").await;
    app.page("channel").await;
    app.says("Front desk").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_brings_the_window_forward_and_hands_it_the_link() {
    // Given Jo at the desk, and another window over it
    let (mut desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    let checked = || hub.counts().get(SHARED).copied().unwrap_or(0);
    wait_until("all five clients were asked about", || checked() == 5);
    app.gone("desk-stop").await;
    let mut other = desktop.command("xmessage");
    other.args(["-title", "Another window", "-geometry", "1280x900+0+0", "in front"]);
    desktop.start_part(other);
    wait_until("another window is in front", || titles_of_the_front(&desktop).contains("Another window"));
    let asked = hub.counts();

    // When somebody follows a link
    let said = taken_by_the_first(&desktop, &[&link_to(&hub, "Front desk")], &[]);

    // Then it is opened there, with no second window and no call that acts, and the window comes forward
    assert!(said.contains("running already"), "{said}");
    app.page("desk-channel").await;
    app.read("desk-panel", "Front desk").await;
    app.see("[data-test=link-opened]").await;
    wait_until("it is in front", || titles_of_the_front(&desktop).contains("Channel Keys"));
    let mut now = hub.counts();
    // Whoever opens a channel at the desk reads which keys the Hub lists for it.
    now.remove("GET /partners/*/channels/*/api_keys");
    assert_eq!(now, asked, "opening it asks the Hub for nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_a_link_says_is_refused_in_words_and_shown_and_written_nowhere() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;

    for (rest, words) in [
        ("permission?client=oDdAnDlOnG", "something in it is not as it should be"),
        ("make-key/oDdAnDlOnG", "not known to this version"),
        ("channel/tQ8m2ZCH?x=oDdAnDlOnG", "more than which channel"),
        ("channel/oDdAnDlOnG%00", "characters that no link"),
        ("channel/oDdAnDlOnGoDdAnDlOnGAK", "It may hold an API key"),
    ] {
        let said = taken_by_the_first(&desktop, &[&format!("channel-keys://{rest}")], &[]);
        app.read("link-refused", words).await;
        app.read("link-refused", "Nothing was opened or changed.").await;
        assert!(!said.contains("oDdAnDlOnG"));
        assert!(!app.page_text().await.contains("oDdAnDlOnG"));
    }
    app.passes_axe().await;
    app.page("channels").await;

    // and a channel that is not hers is not opened either
    taken_by_the_first(&desktop, &["channel-keys://channel/nOtH3rCH"], &[]);
    app.read("link-not-listed", "Channel nOtH3rCH is not among your numbers.").await;

    // and none of it is in any file
    let found = desktop.command("grep").arg("-rla").arg("oDdAnDlOnG").arg(desktop.folder("")).output();
    assert_eq!(String::from_utf8_lossy(&found.expect("grep runs").stdout), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_followed_without_a_bus() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let nowhere = ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let app = App::start_in(&desktop, "profile", &["--hub", hub.hub()], &[nowhere]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;

    taken_by_the_first(&desktop, &[&link_to(&hub, "Spa")], &[]);

    app.page("channel").await;
    app.says("Spa").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_program_is_given_up_with_words_and_follows_nothing_when_it_goes_on() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    app.signal("STOP");

    let second = start_again(&desktop, &[&link_to(&hub, "Spa")], &[]);

    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("running already") && said.contains("does not answer"));
    app.signal("CONT");
    // The next one is taken, so the first was dealt with by then.
    taken_by_the_first(&desktop, &[&link_to(&hub, "Front desk")], &[]);
    app.read("page", "Front desk").await;
    app.see("[data-test=link-opened]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desktop_hands_links_to_what_is_installed() {
    // Given the program as a package installs it: its file for the desktop
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let applications = desktop.folder("home/.local/share/applications");
    std::fs::create_dir_all(&applications).expect("a folder");
    let start = desktop.folder("bin/channel-keys-installed");
    let profile = desktop.folder("profile").display().to_string();
    let script = format!(
        "#!/bin/sh\n# More than once, as the one that runs may answer late on a busy computer.\nfor try in 1 2 3 4 5; do\n'{}' --profile '{profile}' \"$@\" && exit\ndone\n",
        env!("CARGO_BIN_EXE_channel-keys")
    );
    std::fs::write(&start, script).expect("a program");
    std::fs::set_permissions(&start, std::fs::Permissions::from_mode(0o755)).expect("it can be started");
    let lines = DESKTOP_FILE.lines().filter(|line| !line.starts_with("{{"));
    let file = lines.collect::<Vec<_>>().join("\n");
    let file = [
        ("{{categories}}", "Office;"),
        ("{{comment}}", "a test"),
        ("{{exec}}", "channel-keys-installed"),
        ("{{icon}}", "channel-keys"),
        ("{{name}}", "Channel Keys"),
        ("{{mime_type}}", "x-scheme-handler/channel-keys"),
    ]
    .into_iter()
    .fold(file, |file, (name, value)| file.replace(name, value));
    std::fs::write(applications.join("Channel Keys.desktop"), file).expect("a file");
    let cache = "[MIME Cache]\nx-scheme-handler/channel-keys=Channel Keys.desktop;\n";
    std::fs::write(applications.join("mimeinfo.cache"), cache).expect("a file");
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;

    // When the desktop is asked to open a link
    let opened = desktop.command("gio").args(["open", &link_to(&hub, "Spa")]).status();

    // Then it is in the window that is open
    assert!(opened.expect("gio runs").success());
    app.page("channel").await;
    app.says("Spa").await;
}
