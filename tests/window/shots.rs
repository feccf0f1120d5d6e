//! Pictures of every page, light and dark, wide and narrow, for eyes to look at: `cargo xtask shots`.

use std::path::PathBuf;

use practice_hub::{Do, Fault, Options, PracticeHub};

use crate::app::App;
use crate::desktop::{Desktop, Keyring};
use crate::hosts;
use crate::people::{LUCIA, MARIA, NORA, a_hub};
use crate::support_desk::{JO, SHARED};

pub struct Camera {
    pub folder: PathBuf,
    pub number: usize,
}

impl Camera {
    async fn take_as_it_is(&mut self, app: &App, name: &str) {
        self.number += 1;
        app.picture(&self.folder.join(format!("{:02}-{name}.png", self.number))).await;
    }

    pub async fn take(&mut self, app: &App, name: &str) {
        self.number += 1;
        for (size, width, height) in [("narrow", 440, 760), ("wide", 1120, 740)] {
            app.resize(width, height).await;
            app.picture(&self.folder.join(format!("{:02}-{name}-{size}.png", self.number))).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes pictures; `cargo xtask shots` runs it"]
async fn shots() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/shots").join(theme);
        let mut camera = Camera { folder, number: 0 };
        every_page(&mut camera, dark).await;
        bad_days(&mut camera, dark).await;
        a_client_s_pages(&mut camera, dark).await;
        bad_sign_ins(&mut camera, dark).await;
        copied_and_locked(&mut camera, dark).await;
        passed_on_from_the_desk(&mut camera, dark).await;
    }
}

async fn every_page(camera: &mut Camera, dark: bool) {
    let mut desktop = Desktop::start();
    if dark {
        desktop.darken();
    }
    let hub = PracticeHub::start(Options::default()).await.expect("the practice Hub starts");
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    camera.take(&app, "sign-in").await;
    app.sign_in("maria@harbour-hotel.example", "wrong").await;
    app.read("failure", "password").await;
    camera.take(&app, "wrong-password").await;
    app.run("document.querySelector('[data-test=password]').select()", vec![]).await;
    app.type_into("password", "practice-harbour").await;
    app.press("sign-in").await;
    app.page("channels").await;
    app.see("[data-test=channel-row]").await;
    camera.take(&app, "channels").await;
    for (name, shot) in [
        ("Front desk", "partner-manages"),
        ("Spa", "not-running"),
        ("Events Lisbon", "not-told"),
        ("Restaurant bookings", "may-make"),
    ] {
        app.resize(1120, 740).await;
        app.open_channel(name).await;
        camera.take(&app, shot).await;
    }
    app.press("make-key").await;
    app.page("before").await;
    camera.take(&app, "before").await;
    app.press("replace-key").await;
    app.page("made").await;
    camera.take(&app, "made").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    camera.take(&app, "tested").await;
    app.press("show-key").await;
    let main = app.turn_to_key_window().await;
    app.see("[data-test=key-text]").await;
    camera.take_as_it_is(&app, "key-window").await;
    app.put_key_away(main).await;
    app.press("save-key").await;
    app.see("[data-test=save-label]").await;
    camera.take(&app, "save").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    camera.take(&app, "saved").await;
    app.press("done").await;
    app.page("channel").await;
    camera.take(&app, "kept").await;
    app.resize(1120, 740).await;
    app.sign_out().await;
    app.sign_in("petra@moebel-lindner.example", "practice-lindner").await;
    app.page("channels").await;
    app.see("[data-test=channel-row]").await;
    camera.take(&app, "forty-channels").await;
    app.resize(1120, 740).await;
    app.sign_out().await;
    app.sign_in("sam@two-shops.example", "practice-sam").await;
    app.see("[data-test=client]").await;
    camera.take(&app, "choose").await;
    app.sign_out().await;
    app.sign_in("jo@blue-anchor.example", "practice-anchor").await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    app.see("[data-test=desk-row]").await;
    camera.take(&app, "desk").await;
    app.press("desk-row").await;
    app.page("desk-channel").await;
    camera.take(&app, "desk-channel").await;
    app.press("write-note").await;
    app.type_into("add-note-text", "Asked for the permission by phone").await;
    app.type_into("add-note-ticket", "TCK-4711").await;
    camera.take(&app, "desk-note-begun").await;
    app.press("add-note-save").await;
    app.see("[data-test=desk-note]").await;
    camera.take(&app, "desk-note").await;
    app.press("profile").await;
    camera.take_as_it_is(&app, "desk-menu").await;
    app.press("profile").await;
    app.sign_out().await;
    app.page("sign-in").await;
    app.press("partner-key").await;
    app.see("[data-test=open-desk]").await;
    camera.take(&app, "partner-key").await;
    app.press("back").await;
    app.page("sign-in").await;
    app.press("try-it").await;
    app.see("[data-test=practice-account]").await;
    camera.take(&app, "practice").await;
}

async fn bad_days(camera: &mut Camera, dark: bool) {
    let mut desktop = Desktop::with(Keyring::None);
    if dark {
        desktop.darken();
    }
    let hub = PracticeHub::start(Options::default()).await.expect("the practice Hub starts");
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in("maria@harbour-hotel.example", "practice-harbour").await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.page("before").await;
    camera.take(&app, "before-without-keychain").await;
    app.press("understood").await;
    let faults = |what: &str| {
        let list = format!(r#"[{{"on":"POST /clients/*/channels/*/api_keys","do":"{what}"}}]"#);
        hub.set_faults(serde_json::from_str(&list).expect("faults"));
    };
    faults("refuse");
    app.press("replace-key").await;
    app.page("not-made").await;
    camera.take(&app, "not-made").await;
    faults("reset_after_commit");
    app.press("back").await;
    app.press("make-key").await;
    app.press("understood").await;
    app.press("replace-key").await;
    app.page("unknown").await;
    camera.take(&app, "unknown").await;
    hub.set_faults(Vec::new());
    app.press("back").await;
    app.press("make-key").await;
    app.press("understood").await;
    app.press("replace-key").await;
    app.page("made").await;
    app.press("done").await;
    camera.take(&app, "stored-nowhere").await;
    app.press("let-go").await;
    camera.take(&app, "let-go").await;
    app.press("let-go-confirm").await;
    app.page("channel").await;
    hub.stop().await;
    app.resize(1120, 740).await;
    app.press("refresh").await;
    app.see("[data-test=not-fresh]").await;
    camera.take(&app, "hub-gone").await;
}

pub fn desktop(dark: bool) -> Desktop {
    let mut desktop = Desktop::start();
    if dark {
        desktop.darken();
    }
    desktop
}

async fn a_client_s_pages(camera: &mut Camera, dark: bool) {
    let (desktop, hub) = (desktop(dark), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    app.press("place-name").await;
    app.type_into("place-name", "Table booking system").await;
    app.press("add-place").await;
    app.type_into("place-name", "Chatbot").await;
    app.press("add-place").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    camera.take(&app, "number-with-key").await;
    app.run("document.querySelector('[data-test=details]').scrollIntoView()", vec![]).await;
    camera.take(&app, "details").await;
    app.run("document.querySelector('[data-test=contact]').scrollIntoView()", vec![]).await;
    camera.take(&app, "contact").await;
    app.press("make-key").await;
    app.page("before").await;
    camera.take(&app, "before-with-places").await;
    app.press("not-now").await;
    app.press("paste-key").await;
    app.page("paste").await;
    camera.take(&app, "paste").await;
    desktop.copy("no key at all");
    app.press("paste-now").await;
    app.see("[data-test=failure]").await;
    camera.take(&app, "paste-no-key").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");
    desktop.copy(&key);
    app.press("paste-now").await;
    app.see("[data-test=found-key]").await;
    camera.take(&app, "paste-found").await;
    app.press("use-key").await;
    app.see("[data-test=already-here]").await;
    camera.take(&app, "paste-already-here").await;
    app.press("back").await;
    app.press("mistake").await;
    app.page("mistake").await;
    app.see("[data-test=webhook]").await;
    camera.take(&app, "mistake").await;
    app.press("back").await;
    hub.set_faults(vec![Fault::new("GET /messaging/health_status", Do::Refuse)]);
    app.press("test-key").await;
    app.see("[data-test=refused-since]").await;
    app.resize(1120, 740).await;
    app.press("nav-keys").await;
    app.page("keys").await;
    app.see("[data-test=kept-key]").await;
    camera.take(&app, "keys-refused").await;
    hub.set_faults(Vec::new());
    for (nav, page) in [("nav-history", "history"), ("nav-help", "help")] {
        app.resize(1120, 740).await;
        app.press(nav).await;
        app.page(page).await;
        camera.take(&app, page).await;
    }
    app.press("profile").await;
    camera.take(&app, "profile-menu").await;
    app.press("menu-forget").await;
    app.page("forget").await;
    camera.take(&app, "forget").await;
    app.press("forget-not").await;
    app.menu("menu-partner").await;
    app.page("partner-permissions").await;
    app.press("pick-all").await;
    camera.take(&app, "partner").await;
    app.press("remove").await;
    app.page("permission-confirm").await;
    camera.take(&app, "partner-confirm").await;
    hub.set_faults(vec![Fault::new("GET /clients/*", Do::ExpireToken).nth(1)]);
    app.press("not-now").await;
    app.press("refresh").await;
    app.see("[data-test=sign-in-again-sheet]").await;
    camera.take(&app, "sign-in-again").await;
    app.press("sign-in-again-not-now").await;
    app.sign_out().await;
    app.sign_in_anew(LUCIA).await;
    app.page("channels").await;
    app.menu("menu-partner").await;
    app.press("pick-all").await;
    app.press("remove").await;
    app.press("change-confirm").await;
    app.page("permission-done").await;
    camera.take(&app, "partner-refused").await;
    app.press("done-permissions").await;
    app.page("channels").await;
    hub.stop().await;
    app.resize(1120, 740).await;
    app.press("refresh").await;
    app.see("[data-test=not-fresh]").await;
    camera.take(&app, "not-fresh").await;
    app.sign_out().await;
    app.see("[data-test=account-here]").await;
    camera.take(&app, "sign-in-with-accounts").await;
    app.press("open-here").await;
    app.page("channels").await;
    camera.take(&app, "not-signed-in").await;
    app.resize(1120, 740).await;
    app.press_at("[data-test=channel-row]").await;
    app.page("channel").await;
    camera.take(&app, "number-not-signed-in").await;
}

async fn bad_sign_ins(camera: &mut Camera, dark: bool) {
    let (desktop, hub) = (desktop(dark), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(NORA.0, NORA.1).await;
    app.see("[data-test=failure]").await;
    camera.take(&app, "second-factor").await;
    for (name, code, fault) in [
        (
            "too-many",
            "hubTooMany",
            Fault::new("POST /token", Do::Status).status(429).header("Retry-After", "20"),
        ),
        ("no-hub", "hubNotUnderstood", Fault::new("POST /token", Do::NotJson)),
        ("in-trouble", "hubInTrouble", Fault::new("POST /token", Do::Status).status(503)),
    ] {
        hub.set_faults(vec![fault]);
        app.sign_in_anew(MARIA).await;
        app.see(&format!("[data-test=failure][data-code={code}]")).await;
        camera.take(&app, name).await;
    }
    app.quit().await;
    for (name, hub) in [
        ("no-network", hosts::nobody()),
        ("no-name", hosts::unknown_name()),
        ("certificate", hosts::self_signed()),
    ] {
        let app = App::start(&desktop, &["--hub", &hub]).await;
        app.sign_in(MARIA.0, MARIA.1).await;
        app.see("[data-test=failure]").await;
        camera.take(&app, name).await;
        app.quit().await;
    }
}

async fn copied_and_locked(camera: &mut Camera, dark: bool) {
    for keyring in [Keyring::Open, Keyring::None] {
        let mut desktop = Desktop::with(keyring);
        if dark {
            desktop.darken();
        }
        let hub = a_hub().await;
        let app = App::start(&desktop, &["--hub", hub.hub()]).await;
        app.sign_in(MARIA.0, MARIA.1).await;
        if keyring == Keyring::Open {
            app.page("channels").await;
            app.menu("menu-settings").await;
            app.see("[data-test=setting-lock]").await;
            camera.take(&app, "settings").await;
            app.press("settings-back").await;
            app.resize(1120, 740).await;
        }
        app.make("Restaurant bookings").await;
        app.press("copy-key").await;
        app.see("[data-test=on-clipboard][data-state=key]").await;
        camera.take(&app, "copied").await;
        app.menu("menu-lock").await;
        app.page("locked").await;
        camera.take(&app, "locked").await;
    }
}

async fn passed_on_from_the_desk(camera: &mut Camera, dark: bool) {
    let (desktop, hub) = (desktop(dark), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.see("[data-test=desk-row]").await;
    app.gone("desk-stop").await;
    // Rows move while the list is read.
    app.says("list read").await;
    for row in ["1", "3"] {
        app.press_at(&format!("[data-index=\"{row}\"] [role=gridcell]:first-child")).await;
    }
    app.read("picked-count", "2 channels").await;
    camera.take(&app, "desk-picked").await;
    app.press("desk-save").await;
    app.see("[data-test=desk-save-menu]").await;
    camera.take(&app, "desk-save").await;
    app.press("pick-shown").await;
    hub.set_faults(vec![Fault::new(SHARED, Do::Status).status(403).nth(2)]);
    app.press("check-picked").await;
    app.press("bulk-show").await;
    app.see("[data-test=bulk-retry]").await;
    camera.take(&app, "desk-checked-again").await;
    app.press("bulk-away").await;
    app.press("desk-row").await;
    app.press("diagnosis-markdown").await;
    app.read("diagnosis-copied", "Markdown").await;
    camera.take(&app, "desk-diagnosis").await;
}
