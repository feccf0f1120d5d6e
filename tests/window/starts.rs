//! Starts that can't go on say why, in words and where there is a screen in a dialog, and never hang.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use atspi::Role;

use crate::app::{App, on_profile, program};
use crate::desktop::{Desktop, end_group, wait_until};
use crate::people::{MARIA, a_hub};
use crate::reader::Reader;

/// Starts the program as an icon does, with nobody at a terminal; it ends by itself, and says these words.
async fn ends_in_words(desktop: &Desktop, start: &mut Command, dialog: bool, words: &[&str]) {
    let mut started = start
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    if dialog {
        desktop.answer_dialog("does not start", "OK").await;
    }
    let mut ended = None;
    wait_until("the program has ended", || {
        ended = started.try_wait().expect("it can be asked");
        ended.is_some()
    });
    let mut said = String::new();
    started.stderr.take().expect("its output").read_to_string(&mut said).expect("it is text");
    end_group(&mut started);
    for words in words {
        assert!(said.contains(words), "\"{words}\" is not in: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(ended.expect("it has ended").code(), Some(1), "{said}");
}

const NO_WINDOW: &str = "Channel Keys can't open a window here.";

#[tokio::test(flavor = "multi_thread")]
async fn display_that_can_t_be_used_ends_in_words() {
    let desktop = Desktop::start();
    for (name, value) in [
        ("DISPLAY", None),
        ("DISPLAY", Some("")),
        ("DISPLAY", Some("nonsense")),
        ("DISPLAY", Some(":54321")),
        ("GDK_BACKEND", Some("nonsense")),
        ("GDK_BACKEND", Some("wayland")),
    ] {
        let mut start = on_profile(&desktop, &[]);
        match value {
            Some(value) => start.env(name, value),
            None => start.env_remove(name),
        };
        ends_in_words(&desktop, &mut start, false, &[NO_WINDOW]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn screen_that_takes_the_connection_and_never_answers_ends_in_words() {
    // Given a screen of which nothing ever comes
    let desktop = Desktop::start();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let screen = silent.local_addr().expect("its number").port() - 6_000;

    // Then the program does not wait for it for ever
    let mut start = on_profile(&desktop, &[]);
    start.env("DISPLAY", format!("127.0.0.1:{screen}"));
    ends_in_words(&desktop, &mut start, false, &[NO_WINDOW]).await;
}

#[test]
fn start_whose_words_nobody_takes_ends_all_the_same() {
    let desktop = Desktop::start();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a place that takes nothing");
    let ended = on_profile(&desktop, &[]).env_remove("DISPLAY").stderr(full).status();
    assert_eq!(ended.expect("it runs").code(), Some(1));
}

/// Puts something in the place of a file.
fn put(what: &str, file: &Path) {
    match what {
        "folder" => fs::create_dir(file).expect("a folder"),
        "loop" => symlink(file, file).expect("a link to itself"),
        "pipe" => {
            let made = Command::new("mkfifo").arg(file).status();
            assert!(made.expect("mkfifo runs").success());
        }
        // It is a file, and the first byte of it can't be read.
        "unreadable" => symlink("/proc/self/mem", file).expect("a link"),
        _ => unreachable!("{what}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_in_the_profile_is_named_and_left_alone() {
    for name in ["records.sqlite", "practice.json"] {
        for what in ["folder", "loop", "pipe", "unreadable"] {
            // Records are opened to be written too.
            if what == "unreadable" && name != "practice.json" {
                continue;
            }
            // Given something else in the place of a file of the profile's
            let desktop = Desktop::start();
            fs::create_dir(desktop.folder("profile")).expect("a profile");
            let file = desktop.folder("profile").join(name);
            put(what, &file);

            // Then a dialog and the terminal say which, and nothing was changed there
            let said = ["Channel Keys can't", &file.display().to_string()];
            ends_in_words(&desktop, &mut on_profile(&desktop, &["--practice"]), true, &said).await;
            assert!(file.symlink_metadata().is_ok(), "{name}: {what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_hub_that_can_t_start_from_the_sign_in_page_is_told_there() {
    // Given something that never answers in the place of the practice world
    let desktop = Desktop::start();
    let app = App::start(&desktop, &[]).await;
    app.page("sign-in").await;
    put("pipe", &desktop.folder("profile").join("practice.json"));

    // When somebody wants to practise, then the page says that it can't be
    app.press("try-it").await;
    app.see("[data-test=failure][data-code=practiceOut]").await;
    app.page("sign-in").await;
}

/// A session bus that says this much to whoever comes, and no more.
fn bus_that_says(path: &Path, says: &'static [u8]) {
    let bus = UnixListener::bind(path).expect("a socket");
    std::thread::spawn(move || {
        let mut callers = Vec::new();
        while let Ok((mut caller, _)) = bus.accept() {
            let _ = caller.write_all(says);
            callers.push(caller);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn window_opens_past_each_session_bus_that_hangs() {
    let desktop = Desktop::start();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("its number").port();
    bus_that_says(&desktop.folder("one byte"), b"R");
    bus_that_says(&desktop.folder("refuses"), b"REJECTED EXTERNAL\r\n");
    bus_that_says(&desktop.folder("lets in"), b"OK 0123456789abcdef0123456789abcdef\r\n");
    let at = |name: &str| {
        format!("unix:path={}", desktop.folder(name).display()).replace(' ', "%20").replace('-', "%2d")
    };
    for address in [
        at("one byte"),
        at("refuses"),
        at("lets in"),
        format!("unix:path=/nonexistent;{}", at("one byte")),
        format!("tcp:host=127.0.0.1,port={port}"),
    ] {
        // Given a session bus that hangs, in all ways in which its address can be written
        let variables = [("DBUS_SESSION_BUS_ADDRESS", &*address)];

        // Then the window opens
        let app = App::start_in(&desktop, "profile", &[], &variables).await;
        app.page("sign-in").await;
        app.kill();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_too_few_files_may_be_open_at_once_it_is_said_and_where_more_are_allowed_they_are_used() {
    let limited = |desktop: &Desktop, limit: &str| {
        let mut start = desktop.command("sh");
        start.args([
            "-c",
            &format!("ulimit {limit}; exec \"$0\" \"$@\""),
            env!("CARGO_BIN_EXE_channel-keys"),
        ]);
        start.arg("--profile").arg(desktop.folder("profile"));
        start
    };
    // Given a limit that nobody may raise, then the words say which one would do
    let desktop = Desktop::start();
    ends_in_words(&desktop, &mut limited(&desktop, "-n 60"), true, &["files open at once", "256"]).await;

    // Given one that may be raised, then the window opens
    let mut start = limited(&desktop, "-Sn 60").process_group(0).spawn().expect("it starts");
    Reader::on(&desktop).await.see(Role::Heading, "Sign in to 360dialog").await;
    end_group(&mut start);
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_that_never_come_are_not_waited_for() {
    // Given a variable that names a queue in the place of certificates
    let desktop = Desktop::start();
    let queue = desktop.folder("certificates");
    put("pipe", &queue);

    // Then it is said which one, in place of a window that never comes
    let mut start = on_profile(&desktop, &[]);
    start.env("SSL_CERT_FILE", &queue);
    ends_in_words(&desktop, &mut start, true, &["SSL_CERT_FILE", &queue.display().to_string()]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn window_opens_where_the_usual_folder_for_data_can_t_be_made() {
    // Given a file where the folder would be
    let desktop = Desktop::start();
    let file = desktop.folder("file");
    fs::write(&file, "").expect("a file");
    let data = file.join("data").display().to_string();

    // When the program is started with a profile elsewhere, then its window opens
    let app = App::start_in(&desktop, "profile", &[], &[("XDG_DATA_HOME", &data)]).await;
    app.page("sign-in").await;
    app.quit().await;

    // and again, with what the web view left in the profile
    let app = App::start_in(&desktop, "profile", &[], &[("XDG_DATA_HOME", &data)]).await;
    app.page("sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keychain_is_found_on_the_one_session_bus_of_several_that_answers() {
    // Given a session bus that hangs, one that is not there, and one that answers
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    bus_that_says(&desktop.folder("hangs"), b"R");
    let hangs = desktop.folder("hangs");
    let address = format!("unix:path={};unix:path=/nonexistent;{}", hangs.display(), desktop.bus());
    let variables = [("DBUS_SESSION_BUS_ADDRESS", &*address)];

    // When a key is made
    let app = App::start_in(&desktop, "profile", &["--hub", hub.hub()], &variables).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;

    // Then its safety copy lies in the keychain
    desktop.only_entry("channel-keys", "safety-copy/");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_somebody_else_s_files_is_no_profile_and_stays_as_it_is() {
    // Given a folder of documents, and a profile that a newer version wrote
    let desktop = Desktop::start();
    let (documents, newer) = (desktop.folder("documents"), desktop.folder("newer"));
    for folder in [&documents, &newer] {
        fs::create_dir(folder).expect("a folder");
    }
    fs::write(documents.join("letter.odt"), "Dear").expect("written");
    let records = rusqlite::Connection::open(newer.join("records.sqlite")).expect("a file");
    records.pragma_update(None, "user_version", 99).expect("written");
    drop(records);

    for (folder, words, left) in [
        (&documents, "belongs to another user, so Channel Keys keeps nothing there", vec!["letter.odt"]),
        (&newer, "A newer Channel Keys wrote", vec!["records.sqlite"]),
    ] {
        // When the program is started there
        let mut start = program(&desktop);
        ends_in_words(&desktop, start.arg("--profile").arg(folder), true, &[words]).await;

        // Then a dialog has said why it does not go on, and all is as it was
        let names = fs::read_dir(folder).expect("a folder").flatten().map(|it| it.file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, left);
    }
}
