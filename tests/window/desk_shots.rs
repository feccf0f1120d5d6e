//! Pictures of what is done at the desk, light and dark, wide and narrow: `cargo xtask shots`.

use std::path::PathBuf;

use crate::app::App;
use crate::desk_making::{JO, TIM, open};
use crate::desktop::Desktop;
use crate::people::a_hub;
use crate::shots::Camera;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes pictures; `cargo xtask shots` runs it"]
async fn shots() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/shots").join(theme).join("desk");
        let mut camera = Camera { folder, number: 0 };
        making(&mut camera, dark).await;
    }
}

async fn making(camera: &mut Camera, dark: bool) {
    let mut desktop = Desktop::start();
    if dark {
        desktop.darken();
    }
    let hub = a_hub().await;
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(TIM.0, TIM.1).await;
    app.page("desk").await;
    app.see("[data-test=desk-row]").await;
    app.gone("desk-stop").await;
    open(&app, "Front desk").await;
    camera.take(&app, "read-only").await;
    app.press("let-write-here").await;
    app.page("may-write").await;
    camera.take(&app, "may-write").await;
    app.resize(1120, 740).await;
    app.press("stay-read-only").await;
    app.sign_out().await;

    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.see("[data-test=desk-row]").await;
    app.gone("desk-stop").await;
    open(&app, "Restaurant bookings").await;
    camera.take(&app, "missing").await;
    app.press("ask-permission").await;
    app.see("[data-test=ask-text]").await;
    camera.take(&app, "ask").await;
    app.press("ask-returned").await;
    app.type_into("return-text", "https://x.example/?client=xCL&channels=[aCH,bCH]&state=s1").await;
    app.press("return-explain").await;
    app.see("[data-test=return-asked]").await;
    camera.take(&app, "returned").await;
    app.resize(1120, 740).await;
    app.press("to-board").await;
    open(&app, "Front desk").await;
    app.read("desk-key-list", "A key exists").await;
    camera.take(&app, "shared").await;
    app.press("make-key").await;
    app.page("before").await;
    camera.take(&app, "before").await;
    app.press("replace-key").await;
    app.page("made").await;
    camera.take(&app, "made").await;
    app.press("copy-key").await;
    app.see("[data-test=copied]").await;
    app.press("hand-over-begin").await;
    app.see("[data-test=hand-over-confirm]").await;
    camera.take(&app, "handing-over").await;
    app.press("hand-over-stay").await;
    app.press("done").await;
    app.see("[data-test=desk-keys-waiting]").await;
    app.read("desk-health", "Can send").await;
    camera.take(&app, "waiting").await;
    app.press("look-at-desk-keys").await;
    app.page("desk-keys").await;
    camera.take(&app, "keys").await;
}
