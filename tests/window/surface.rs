//! What the page can reach: the program's own commands, by name, and nothing else.

use practice_hub::{Options, PracticeHub};
use serde_json::json;

use crate::app::App;
use crate::desktop::Desktop;
use crate::processes::Process;

async fn an_open_window() -> (Desktop, PracticeHub, App) {
    let desktop = Desktop::start();
    let hub = PracticeHub::start(Options::default()).await.expect("the practice Hub starts");
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.page("sign-in").await;
    (desktop, hub, app)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_host_is_global_and_prototypes_are_frozen() {
    let (_desktop, _hub, app) = an_open_window().await;

    assert_eq!(app.run("return typeof window.__TAURI__", vec![]).await, json!("undefined"));
    assert_eq!(app.run("return Object.isFrozen(Object.prototype)", vec![]).await, json!(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_got_in_can_t_run_its_own_code_load_from_elsewhere_or_call_plugins() {
    let (_desktop, hub, app) = an_open_window().await;

    // When a script tries to make code out of text, to put code in the page, and to talk to a server
    let found = app
        .run_until_answered(&format!(
            "const done = arguments[arguments.length - 1]; const out = {{}}; \
             try {{ out.eval = (0, eval)('1 + 1') }} catch (e) {{ out.eval = 'refused' }} \
             window.__ran = false; const s = document.createElement('script'); \
             s.textContent = 'window.__ran = true'; document.head.append(s); out.inline = window.__ran; \
             fetch('{}/counts').then(() => 'reached', () => 'refused').then(r => {{ out.fetch = r; done(out) }})",
            hub.pages()
        ))
        .await;

    // Then none of it works
    assert_eq!(found, json!({"eval": "refused", "inline": false, "fetch": "refused"}));

    // and neither do commands of plugins that were not granted, while the program's own is answered
    assert_eq!(app.run_until_answered(&call("app")).await, json!("answered"));
    for command in [
        "plugin:clipboard-manager|read_text",
        "plugin:window|close",
        "plugin:app|version",
        "plugin:webview|create_webview",
    ] {
        assert_ne!(app.run_until_answered(&call(command)).await, json!("answered"), "{command}");
    }
}

/// A script that calls a command. The isolation frame drops what it refuses, so silence long after the program answered
/// a later call counts as no answer.
fn call(command: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1]; const {{ invoke }} = window.__TAURI_INTERNALS__; \
         invoke('{command}', {{}}).then(() => done('answered'), () => done('refused')); \
         invoke('app', {{}}).then(() => setTimeout(() => done('no answer'), 1500))"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_goes_nowhere_else_and_opens_no_other() {
    let (_desktop, hub, app) = an_open_window().await;
    let here = app.run("return location.href", vec![]).await;

    // When a script opens a window and then leads this one away
    let away = format!("{}/users/me", hub.hub());
    app.run(&format!("window.open('{away}'); location.href = '{away}'"), vec![]).await;

    // Then the page is where it was and still answers, and nothing outside was asked for
    assert_eq!(app.run_until_answered(&call("app")).await, json!("answered"));
    app.page("sign-in").await;
    assert_eq!(app.run("return location.href", vec![]).await, here);
    assert_eq!(hub.counts().get("GET /users/me"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_process_of_the_program_may_write_its_memory_to_a_file() {
    let (_desktop, _hub, app) = an_open_window().await;

    let processes = app.processes();

    let names: Vec<String> = processes.iter().map(Process::name).collect();
    for wanted in ["channel-keys", "WebKitWebProces", "WebKitNetworkPr"] {
        assert!(names.iter().any(|name| name == wanted), "no {wanted} among {names:?}");
    }
    for process in processes {
        let limits = String::from_utf8(process.told("limits")).expect("a table");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
        let columns: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
        assert_eq!(columns, ["0", "0"], "{}: {core}", process.name());
    }
}
