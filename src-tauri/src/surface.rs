//! What a page can reach, written down a second time: who lets it grow has to say so here too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The commands that the main window may call.
const COMMANDS: &[&str] = &[
    "add-desk-note",
    "after-page",
    "app",
    "ask-by-keys",
    "ask-channel",
    "ask-for-permission",
    "before-making",
    "begin-goal",
    "change-desk-note",
    "change-permission",
    "channel",
    "channels",
    "check-client",
    "check-desk",
    "check-keys",
    "check-picked",
    "choose-client",
    "choose-key-file",
    "clear-clipboard",
    "close-bulk",
    "close-program",
    "copy-diagnosis",
    "copy-key",
    "copy-text",
    "desk",
    "desk-changes",
    "desk-channel",
    "desk-columns",
    "desk-key-list",
    "desk-keys",
    "desk-lines",
    "desk-mode",
    "desk-notes",
    "diagnosis-choice",
    "dismiss-records-aside",
    "dismiss-stopped-tasks",
    "done-with-key",
    "end-page-visit",
    "enter-practice",
    "explain-return",
    "export-board",
    "export-history",
    "find-pasted",
    "forget-everything",
    "forget-file-words",
    "forget-pasted",
    "found-keys",
    "goal",
    "goals",
    "hand-key-over",
    "hide-key",
    "history",
    "is-storing",
    "keep-key",
    "keep-session",
    "key-checks",
    "key-list-says",
    "keys",
    "leave-practice",
    "let-key-go",
    "let-webhook-go",
    "link",
    "lock",
    "make-key",
    "mark-step",
    "move-key",
    "name-client",
    "open-desk-with-key",
    "open-here",
    "open-key-file",
    "open-page",
    "partner-return-address",
    "pick-between",
    "pick-channel",
    "pick-none",
    "pick-shown",
    "picked",
    "practice-accounts",
    "practice-sign-in",
    "put-goal-away",
    "put-link-away",
    "put-request-away",
    "read-desk",
    "read-request",
    "rechecks",
    "remove-desk-note",
    "rename-key",
    "request",
    "resume",
    "resume-bulk",
    "retry-bulk",
    "save-key-as-file",
    "set-desk-columns",
    "set-desk-mode",
    "set-places",
    "set-reminders",
    "set-settings",
    "set-watched",
    "set-webhook-again",
    "settings",
    "show-file-words",
    "show-key",
    "sign-in",
    "sign-in-again",
    "sign-out",
    "somebody-here",
    "stay-in-background",
    "stay-open",
    "stop-bulk",
    "stop-checking",
    "take-page-return",
    "take-pasted",
    "tell-partner",
    "test-key",
    "visit-page",
    "visit-page-again",
    "waiting-keys",
    "webhook",
    "webhook-stands",
    "what-is-here",
];

/// The commands that the window which shows a key may call. It asks nothing of Tauri itself.
const OF_THE_KEY_WINDOW: &[&str] = &["copy-shown-key", "hide-key", "shown-key"];

/// What the main window may ask of Tauri itself.
const OF_TAURI: &[&str] = &["core:event:allow-listen", "core:event:allow-unlisten"];

/// The plugins there are. No page may call them: Rust does, for the commands above.
const PLUGINS: &[&str] = &["tauri-plugin-clipboard-manager", "tauri-plugin-opener"];

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json_of(path: &str) -> Value {
    serde_json::from_str(&text(&project(path))).expect("JSON")
}

fn files_in(folder: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(project(folder)).expect("a folder").flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), text(&entry.path()))).collect()
}

fn holds_these(window: &str, commands: &[&str], of_tauri: &[&str]) {
    let capability = json_of(&format!("src-tauri/capabilities/{window}.json"));
    let listed = capability["permissions"].as_array().expect("a list").iter();
    let mut granted: Vec<&str> = listed.map(|it| it.as_str().expect("a name")).collect();
    granted.sort_unstable();
    let own = commands.iter().map(|command| format!("allow-{command}"));
    let expected: Vec<String> = own.chain(of_tauri.iter().map(|it| (*it).to_owned())).collect();
    assert_eq!(granted, expected);

    assert_eq!(capability["windows"], json!([window]));
    let fields: Vec<_> = capability.as_object().expect("an object").keys().map(String::as_str).collect();
    let known = ["$schema", "identifier", "description", "windows", "permissions"];
    assert!(fields.iter().all(|field| known.contains(field)), "{fields:?}: pages from elsewhere among them?");
}

#[test]
fn each_window_has_these_permissions_by_name_and_no_bundle_of_them() {
    let capabilities = files_in("src-tauri/capabilities");
    assert_eq!(capabilities.keys().collect::<Vec<_>>(), ["key.json", "main.json"]);
    holds_these("main", COMMANDS, OF_TAURI);
    holds_these("key", OF_THE_KEY_WINDOW, &[]);
}

#[test]
fn a_permission_is_for_one_command_and_none_is_made_by_hand() {
    let folders = fs::read_dir(project("permissions")).expect("a folder").flatten();
    assert_eq!(folders.map(|entry| entry.file_name()).collect::<Vec<_>>(), ["autogenerated"]);
    let files = files_in("permissions/autogenerated");
    let all = COMMANDS.iter().chain(OF_THE_KEY_WINDOW);
    let expected: Vec<String> = all.map(|command| format!("{}.toml", command.replace('-', "_"))).collect();
    for name in files.keys() {
        assert!(expected.contains(name), "a permission for a command that nobody named: {name}");
    }
    for (name, text) in &files {
        let command = name.trim_end_matches(".toml");
        for line in text.lines().filter(|line| line.starts_with("commands.")) {
            assert!(line.ends_with(&format!("= [\"{command}\"]")), "{name}: {line}");
        }
        assert!(!text.contains("[[set]]") && !text.contains("[default]"), "{name} bundles permissions");
    }
}

#[test]
fn the_page_s_policy_and_all_that_holds_for_it_is_as_written_here() {
    let app = json_of("tauri.conf.json")["app"].take();
    assert_eq!(
        app,
        json!({
            "windows": [],
            "withGlobalTauri": false,
            "security": {
                "csp": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                        font-src 'self'; connect-src ipc: http://ipc.localhost; base-uri 'none'; \
                        form-action 'none'; object-src 'none'",
                "freezePrototype": true,
                "capabilities": ["main", "key"],
                "dangerousDisableAssetCspModification": false,
                "pattern": { "use": "isolation", "options": { "dir": "ui/isolation" } },
            },
        })
    );
}

#[test]
fn there_is_no_plugin_but_these() {
    let manifest = text(&project("Cargo.toml"));
    let mut plugins: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.split(['=', ' ']).next())
        .filter(|name| name.starts_with("tauri-plugin-"))
        .collect();
    plugins.sort_unstable();
    assert_eq!(plugins, PLUGINS);

    let started = text(&project("src-tauri/src/run.rs"));
    assert_eq!(started.matches(".plugin(").count(), PLUGINS.len(), "plugins that the window starts with");
}

#[test]
fn each_window_is_opened_closed_in() {
    for file in ["src-tauri/src/run.rs", "src-tauri/src/os/key_window.rs"] {
        let opened = text(&project(file));
        assert_eq!(opened.matches("WebviewWindowBuilder::new(").count(), 1, "windows of {file}");
        for kept in [
            ".on_navigation(|url| url.scheme() == \"tauri\" || url.host_str() == Some(\"tauri.localhost\"))",
            ".on_new_window(|_, _| NewWindowResponse::Deny)",
            ".general_autofill_enabled(false)",
            ".devtools(cfg!(debug_assertions))",
        ] {
            assert!(opened.contains(kept), "{file} opens a window without {kept}");
        }
    }
    let of_the_key = text(&project("src-tauri/src/os/key_window.rs"));
    assert!(of_the_key.contains(".content_protected(hidden_from_captures)"));
}
