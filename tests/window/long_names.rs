//! Names that are as long as they may be, without a place at which a line could break.

use serde_json::json;

use crate::app::App;
use crate::desktop::Desktop;
use crate::people::{MARIA, a_hub};

const LIMIT: usize = 80;

/// Fails with what reaches out of the page, or out of the card that it lies in.
async fn breaks_nothing(app: &App, place: &str) {
    for width in [1120, 480] {
        app.resize(width, 740).await;
        let found = app
            .run(
                "const cards = 'main, .card, .notice, .box, .detail, .list, li, fieldset'; \
                 const out = []; \
                 for (const it of document.querySelectorAll('main *')) { \
                     const of = it.getBoundingClientRect(); \
                     const card = it.parentElement.closest(cards)?.getBoundingClientRect(); \
                     if (!of.width || !card?.width || it.closest('.unseen')) continue; \
                     if (of.right > card.right + 1) out.push(it.tagName + ' ' + it.className + ': ' + it.textContent.slice(0, 40)); \
                 } \
                 return out",
                vec![],
            )
            .await;
        assert_eq!(found, json!([]), "{place}, {width} wide, on:\n{}", app.page_text().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_at_its_limit_says_so_and_breaks_no_card() {
    // Given a key that Maria makes
    let name = "W".repeat(LIMIT);
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;

    // When she gives it a name that is longer than it may be, then the field says where it ends
    app.press("save-key").await;
    app.clear("save-label").await;
    app.type_into("save-label", &name).await;
    app.read("save-label-full", "80").await;
    breaks_nothing(&app, "naming").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;

    // and a place, likewise
    app.type_into("place-name", &name).await;
    app.read("place-name-full", "80").await;
    app.press("add-place").await;
    app.see("[data-test=place]").await;
    app.gone("place-name-full").await;
    breaks_nothing(&app, "the new key's page").await;
    app.press("done").await;
    app.page("channel").await;

    // Then neither breaks a page that names it
    app.see("[data-test=kept-key]").await;
    breaks_nothing(&app, "the number's page").await;
    app.press("let-go").await;
    breaks_nothing(&app, "before the key is deleted").await;
    app.press("let-go-stay").await;
    app.press("rename-key").await;
    breaks_nothing(&app, "another name").await;
    app.press("rename-not-now").await;
    app.press("hand-key").await;
    app.page("hand-key-over").await;
    breaks_nothing(&app, "giving it to somebody").await;
    app.press("back").await;
    app.press("make-key").await;
    app.page("before").await;
    breaks_nothing(&app, "before another key").await;
    app.press("not-now").await;
    app.press("mistake").await;
    app.page("mistake").await;
    breaks_nothing(&app, "the way back").await;
    app.resize(1120, 740).await;
    app.press("nav-keys").await;
    app.page("keys").await;
    app.press("check-keys").await;
    app.see("[data-test=check-row]").await;
    breaks_nothing(&app, "all keys").await;
    app.menu("menu-forget").await;
    app.page("forget").await;
    breaks_nothing(&app, "what is remembered").await;
    app.press("forget-not").await;
    app.resize(1120, 740).await;
    app.press("nav-history").await;
    app.page("history").await;
    breaks_nothing(&app, "the history").await;
}
