//! The program as it is shipped: with all that a release leaves out, read and pressed as a screen reader does it. What
//! holds of it is held against the build for development, so that each test is seen to be able to fail.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atspi::Role;
use channel_keys_core::steps::Step;
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use memchr::memmem::find;
use serde_json::json;

use crate::desktop::{Desktop, free_port, port_of, wait_until};
use crate::people::{MARIA, a_hub, requests_for_a_key};
use crate::reader::Reader;
use crate::search::{Kind, Secrets};
use crate::undriven::{Program, developed, make_key, sign_in};

const AUTOMATION: [&str; 4] = [
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
];
/// What WebKit calls its developer tools in the menu under the mouse.
const INSPECT: &str = "Inspect Element";
const STOP_AT: &str = "CHANNEL_KEYS_STOP_AT";

/// The program as it is shipped, but for how well it is optimised: never an older one.
fn shipped() -> &'static Path {
    static SHIPPED: OnceLock<PathBuf> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let target = developed().ancestors().nth(2).expect("the folder in which cargo builds");
        let mut cargo = Command::new(env!("CARGO"));
        // They describe these tests, and build scripts would take them for changed input.
        let describes = |name: &str| {
            name == "OUT_DIR" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(describes)) {
            cargo.env_remove(name);
        }
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo.args(["build", "--quiet", "--profile=shipped", "--package=channel-keys", "--bin=channel-keys"]);
        let built = cargo.arg("--target-dir").arg(target).status();
        assert!(built.expect("cargo runs").success(), "it can't be built; cargo's reason stands above");
        target.join("shipped/channel-keys")
    })
}

/// The automation variables that anything which it started was given.
fn handed_on(program: &Program) -> Vec<&'static str> {
    let started = program.processes().into_iter().filter(|process| process.id != program.process.id());
    let given: Vec<u8> = started.flat_map(|process| process.told("environ")).collect();
    AUTOMATION.into_iter().filter(|name| find(&given, format!("{name}=").as_bytes()).is_some()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_makes_a_key_and_no_hook_of_the_tests_stops_the_program() {
    // Given a program as it is shipped, in an environment in which the build for development would die over a new key
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let hook = [(STOP_AT, Step::AnswerReceived.word())];
    let mut program = Program::start(&desktop, shipped(), &["--hub", hub.hub()], &hook);
    let reader = Reader::on(&desktop).await;

    // When she signs in
    sign_in(&reader, &desktop, MARIA).await;

    // Then she hears her numbers
    reader.reads("4 numbers, checked").await;
    for number in ["Events Lisbon", "Front desk", "Restaurant bookings", "Spa"] {
        reader.see(Role::Button, number).await;
    }

    // When she makes a key
    make_key(&reader, "Restaurant bookings").await;

    // Then it is made and lies in the keychain, and the program runs on
    reader.see(Role::Heading, "The new key is here").await;
    desktop.only_entry("channel-keys", "safety-copy/");
    assert_eq!(requests_for_a_key(&hub), 1);
    assert!(program.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_listens_to_nobody_who_would_look_into_it_and_hands_no_automation_variable_on() {
    let [tauri, web_view, inspectors @ ..] = AUTOMATION;
    for (program, inspector) in
        [developed(), shipped()].into_iter().flat_map(|it| inspectors.map(|var| (it, var)))
    {
        // Given an environment that asks for the program to be driven and looked into
        let (desktop, hub, port) = (Desktop::start(), a_hub().await, free_port());
        let address = format!("127.0.0.1:{port}");
        let variables = [(tauri, "true"), (web_view, "true"), (inspector, &*address)];

        // When it is open
        let is_release = program == shipped();
        let program = Program::start(&desktop, program, &["--hub", hub.hub()], &variables);
        Reader::on(&desktop).await.see(Role::Heading, "Sign in to 360dialog").await;

        // Then a build for development listens, and all that it starts is told, and a release does neither
        let (listening, told) = (program.ports(), handed_on(&program));
        if is_release {
            assert_eq!(listening, [0_u16; 0], "{inspector}");
            assert_eq!(told, [""; 0], "{inspector}");
        } else {
            assert!(listening.contains(&port), "{inspector}: {port} in {listening:?}");
            assert_eq!(told, [tauri, web_view, inspector]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_has_no_developer_tools() {
    for program in [developed(), shipped()] {
        let (desktop, hub) = (Desktop::start(), a_hub().await);
        let is_release = program == shipped();
        let program = Program::start(&desktop, program, &["--hub", hub.hub()], &[]);
        let reader = Reader::on(&desktop).await;
        let heading = reader.see(Role::Heading, "Sign in to 360dialog").await;

        // When somebody presses the right button on the page, then the menu offers to look into it in no release
        desktop.press_right(reader.middle_of(&heading).await);
        reader.see(Role::MenuItem, "Reload").await;
        let offered = reader.names(Role::MenuItem).await;
        assert_eq!(offered.iter().any(|item| item == INSPECT), !is_release, "{offered:?}");

        // and the keys for it do nothing, where the menu of a build for development does
        if is_release {
            desktop.press_in_window("Escape");
            reader.gone(Role::MenuItem, "Reload").await;
            desktop.press_in_window("F12");
            desktop.press_in_window("ctrl+shift+i");
            reader.type_into(&desktop, Role::Entry, "E-mail", MARIA.0).await;
            assert_eq!(program.web_processes().len(), 1);
        } else {
            assert_eq!(program.web_processes().len(), 1);
            reader.press(Role::MenuItem, INSPECT).await;
            wait_until("the developer tools are there", || program.web_processes().len() > 1);
        }
    }
}

#[test]
fn a_release_takes_no_flag_of_the_tests_and_does_not_know_their_hook() {
    for flag in ["--clipboard-seconds", "--lock-seconds", "--watch-seconds", "--door-seconds"] {
        let takes = |program: &Path| {
            let output = Command::new(program).args([flag, "5", "--version"]).output().expect("it runs");
            (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        assert!(takes(developed()).0, "{flag}");
        let (taken, said) = takes(shipped());
        assert!(!taken && said.contains(&format!("unexpected argument '{flag}'")), "{flag}: {said}");
    }

    let knows =
        |program: &Path| find(&std::fs::read(program).expect("a program"), STOP_AT.as_bytes()).is_some();
    assert!(knows(developed()));
    assert!(!knows(shipped()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_typed_to_sign_in_is_offered_again_or_stored_by_the_web_view() {
    // Given somebody who signed in
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let program = Program::start(&desktop, shipped(), &["--hub", hub.hub()], &[]);
    let reader = Reader::on(&desktop).await;
    sign_in(&reader, &desktop, MARIA).await;
    reader.reads("4 numbers, checked").await;

    // When the program is started again
    drop(program);
    let program = Program::start(&desktop, shipped(), &["--hub", hub.hub()], &[]);
    reader.see(Role::Heading, "Sign in to 360dialog").await;

    // Then the password is not there, nor offered when its field is at work
    reader.type_into(&desktop, Role::PasswordText, "Password", &MARIA.1[..1]).await;
    assert_eq!(reader.names(Role::MenuItem).await, [""; 0]);
    assert_eq!(reader.value(Role::PasswordText, "Password").await, "\u{2022}");

    // and it lies in no file of the person's, while her address lies in the records
    drop(program);
    for (kind, what, belongs) in [(Kind::Password, MARIA.1, false), (Kind::Clipboard, MARIA.0, true)] {
        let mut secrets = Secrets::default();
        secrets.know(kind, what);
        let found = ["home", "profile"].map(|folder| secrets.found_below(&desktop.folder(folder)));
        assert!(found.iter().all(|(files, _)| *files > 0), "something is stored");
        assert_eq!(found.iter().any(|(_, hits)| !hits.is_empty()), belongs, "{kind:?}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_attaches_to_no_release() {
    for binary in [developed(), shipped()] {
        // Given a driver that is asked to open the program
        let (desktop, hub) = (Desktop::start(), a_hub().await);
        let mut driver = desktop.command("WebKitWebDriver");
        driver.arg("--port=0").env(AUTOMATION[0], "true").env(AUTOMATION[1], "true");
        driver.process_group(0).stdout(desktop.output()).stderr(desktop.output());
        let driver = Program { process: driver.spawn().expect("WebKitWebDriver starts") };
        let port = port_of(&driver.process);
        let profile = desktop.folder("profile");
        let options = json!({"binary": binary, "args": ["--profile", profile, "--hub", hub.hub()]});
        let options = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let session = tokio::spawn(async move {
            let mut session = ClientBuilder::new(HttpConnector::new());
            session.capabilities(options).connect(&format!("http://127.0.0.1:{port}")).await
        });

        // When its window is open
        Reader::on(&desktop).await.see(Role::Heading, "Sign in to 360dialog").await;

        // Then it can drive a build for development, and in a release there is nobody for it to talk to
        if binary == developed() {
            assert!(session.await.expect("an answer").is_ok());
        } else {
            let program = driver.processes().into_iter().filter(|process| process.id != driver.process.id());
            assert_eq!(program.flat_map(|process| process.ports()).collect::<Vec<_>>(), [0_u16; 0]);
            assert!(!session.is_finished());
            session.abort();
        }
    }
}
