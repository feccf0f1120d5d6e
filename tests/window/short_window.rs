//! A window that is short and narrow, and text that is twice as large.

use serde_json::{Value, json};

use crate::app::App;
use crate::desktop::Desktop;
use crate::people::{MARIA, a_hub};
use crate::support_desk::JO;

/// Text at 200 %: where its size stands in a style, it is doubled there.
const LARGE_TEXT: &str = "\
    for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {\
        const size = rule.style?.fontSize;\
        if (size?.endsWith('px')) rule.style.fontSize = `${2 * parseFloat(size)}px`;\
    }\
    for (const name of ['', '-title', '-small', '-tiny', '-key']) {\
        const size = parseFloat(getComputedStyle(document.documentElement).getPropertyValue(`--text${name}`));\
        document.documentElement.style.setProperty(`--text${name}`, `${2 * size}px`);\
    }";

/// How far the page is scrolled, and whether its heading is to be seen.
async fn opens_at_its_top(app: &App) {
    let at = app
        .run(
            "const page = document.querySelector('main'); const of = page.getBoundingClientRect(); \
             const head = page.querySelector('h1').getBoundingClientRect(); \
             return [page.scrollTop, head.top >= of.top && head.top < of.bottom, \
                     document.activeElement.dataset.test ?? document.activeElement.tagName]",
            vec![],
        )
        .await;
    assert_eq!((&at[0], &at[1]), (&json!(0), &json!(true)), "the focus is on {}", at[2]);
}

/// Whether a menu ends within the window, and scrolls where it has more than that.
async fn fits(app: &App, menu: &str) {
    let at = app
        .run(
            "const menu = document.querySelector(arguments[0]); const of = menu.getBoundingClientRect(); \
             menu.scrollTop = 100_000; \
             const last = [...menu.querySelectorAll('button, input')].at(-1).getBoundingClientRect(); \
             return { top: of.top, bottom: of.bottom, last: last.bottom, window: innerHeight }",
            vec![json!(format!("[data-test={menu}]"))],
        )
        .await;
    let number = |name: &str| at[name].as_f64().unwrap_or_else(|| panic!("no {name} in {at}"));
    assert!(number("top") >= 0.0 && number("bottom") <= number("window"), "{menu}: {at}");
    assert!(number("last") <= number("window"), "the last of {menu} is out of reach: {at}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_opens_at_its_top_and_menus_scroll() {
    // Given Maria in a window as short and narrow as it gets, and then with text twice as large
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;
    app.resize(480, 480).await;
    for large in [false, true] {
        if large {
            app.run(LARGE_TEXT, vec![]).await;
        }
        // When she is asked something, then she reads it from its beginning, with the harmless answer at hand
        app.open_channel("Restaurant bookings").await;
        app.press("make-key").await;
        app.page("before").await;
        app.see("[data-test=not-now]:focus").await;
        opens_at_its_top(&app).await;
        app.press("not-now").await;
        app.page("channel").await;
        app.press("change-permission").await;
        app.page("permission-confirm").await;
        app.see("[data-test=not-now]:focus").await;
        opens_at_its_top(&app).await;
        app.press("not-now").await;
        app.page("channel").await;
        app.press("back").await;
        app.page("channels").await;
        app.menu("menu-forget").await;
        app.see("[data-test=forget-not]:focus").await;
        opens_at_its_top(&app).await;
        app.press("forget-not").await;
        app.page("channels").await;

        // And the profile menu ends within the window
        app.press("profile").await;
        app.see("[data-test=profile-menu]").await;
        fits(&app, "profile-menu").await;
        app.press("profile").await;
    }

    // When a key was made, then its page opens at its top, too
    app.make("Restaurant bookings").await;
    app.see("[data-test=save-key]:focus").await;
    opens_at_its_top(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_s_menus_scroll_and_its_question_opens_at_its_top() {
    // Given Jo, likewise
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JO.0, JO.1).await;
    app.page("desk").await;
    app.gone("desk-stop").await;
    app.resize(480, 480).await;
    for large in [false, true] {
        if large {
            app.run(LARGE_TEXT, vec![]).await;
        }
        for menu in ["columns", "desk-save", "profile"] {
            app.press(menu).await;
            app.see(&format!("[data-test={menu}-menu]")).await;
            fits(&app, &format!("{menu}-menu")).await;
            app.press(menu).await;
            app.gone(&format!("{menu}-menu")).await;
        }
        app.press("only-read").await;
        app.press("let-write").await;
        app.page("may-write").await;
        app.see("[data-test=stay-read-only]:focus").await;
        opens_at_its_top(&app).await;
        app.press("allow-writing").await;
        app.page("desk").await;
    }
}

/// Where the middle of something is on the screen.
async fn middle_of(app: &App, name: &str) -> Value {
    app.run(
        "const of = document.querySelector(arguments[0]).getBoundingClientRect(); \
         return [Math.round(of.x + of.width / 2), Math.round(of.y + of.height / 2)]",
        vec![json!(format!("[data-test={name}]"))],
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pressed_stays_where_it_is_and_nothing_that_can_t_be_taken_back_comes_there() {
    // Given a new key, in a window that is higher than its page
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.resize(1120, 1000).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("make-key").await;
    app.press("replace-key").await;
    app.page("made").await;
    let (test, copy) = (middle_of(&app, "test-key").await, middle_of(&app, "copy-key").await);

    // When it is tested and copied, then neither button has moved, and nothing else lies there
    app.press("test-key").await;
    app.read("test-result", "works").await;
    app.press("copy-key").await;
    app.says("Keep this window open until you have pasted it.").await;
    assert_eq!(middle_of(&app, "test-key").await, test);
    assert_eq!(middle_of(&app, "copy-key").await, copy);

    // and when it is saved, then what comes in their place can be taken back
    app.press("save-key").await;
    app.press("save-confirm").await;
    app.gone("save-confirm").await;
    for at in [test, copy] {
        let there = app
            .run(
                "return document.elementFromPoint(...arguments[0])?.closest('button')?.dataset.test ?? null",
                vec![at],
            )
            .await;
        assert!(there != json!("let-go") && there != json!("let-go-confirm"), "{there}");
    }
}
