//! Pictures of every page, light and dark, wide and narrow, for eyes to look at: `cargo xtask shots`.

use std::path::PathBuf;

use practice_hub::{Options, PracticeHub};

use crate::app::App;
use crate::desktop::{Desktop, Keyring};

struct Camera {
    folder: PathBuf,
    number: usize,
}

impl Camera {
    async fn take(&mut self, app: &App, name: &str) {
        self.number += 1;
        for (size, width, height) in [("narrow", 440, 760), ("wide", 1120, 740)] {
            app.resize(width, height).await;
            app.picture(&self.folder.join(format!("{:02}-{name}-{size}.png", self.number))).await;
        }
    }
}

#[tokio::test]
#[ignore = "it takes pictures; `cargo xtask shots` runs it"]
async fn shots() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/shots").join(theme);
        let mut camera = Camera { folder, number: 0 };
        every_page(&mut camera, dark).await;
        bad_days(&mut camera, dark).await;
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
    app.press("show-key").await;
    app.see("[data-test=key-text]").await;
    camera.take(&app, "shown-and-tested").await;
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
    app.press("sign-out").await;
    app.sign_in("petra@moebel-lindner.example", "practice-lindner").await;
    app.page("channels").await;
    app.see("[data-test=channel-row]").await;
    camera.take(&app, "forty-channels").await;
    app.resize(1120, 740).await;
    app.press("sign-out").await;
    app.sign_in("sam@two-shops.example", "practice-sam").await;
    app.see("[data-test=client]").await;
    camera.take(&app, "choose").await;
    app.press("sign-out").await;
    app.sign_in("jo@blue-anchor.example", "practice-anchor").await;
    app.page("partner").await;
    camera.take(&app, "partner").await;
    app.press("sign-out").await;
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
    app.see("[data-test=failure]").await;
    camera.take(&app, "hub-gone").await;
}
