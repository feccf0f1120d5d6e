//! Starting: flags, profile, records, then the window. Nothing here waits for the network or the keychain, and
//! for a bus a moment alone.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, WindowEvent, Wry};
#[cfg(debug_assertions)]
use time::Duration;
use time::OffsetDateTime;

use channel_keys_core::link::{Link, Refused};
use channel_keys_hub::Base;

use crate::arriving;
use crate::bindings;
use crate::checking;
use crate::closing;
use crate::os::bus;
use crate::os::clipboard::{Clipboard, SystemBoard};
use crate::os::clock::SystemClock;
use crate::os::drawing;
use crate::os::handover::{self, Handed};
use crate::os::key_window;
use crate::os::message;
use crate::os::profile::{Profile, ProfileError};
use crate::os::records::{OpenError, SqliteRecords};
use crate::os::screen;
use crate::os::surroundings;
use crate::shape::Shape;
use crate::shell::{Shell, Times};
use crate::tasks;
use crate::view::TaskWord;
use crate::watch;
use crate::web_process;
use crate::words::say;

/// See who can make API keys for your WhatsApp numbers, and make one yourself.
#[derive(Debug, Parser)]
#[command(name = "channel-keys", version)]
struct Flags {
    /// The Hub's base address with /api/v2: https, or http on this computer only
    #[arg(long, value_name = "URL", conflicts_with = "practice")]
    hub: Option<Base>,
    /// The folder for all that the app remembers, instead of the system's own
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
    /// Start with the practice Hub: an invented business, where nothing is real
    #[arg(long)]
    practice: bool,
    /// A link that leads to a channel: channel-keys://channel/ID
    #[arg(value_name = "LINK")]
    links: Vec<OsString>,
    /// How many seconds a copied key stays on the clipboard, instead of the setting: for tests, in no release
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "SECONDS", hide = true)]
    clipboard_seconds: Option<u32>,
    /// After how many seconds without anybody the program locks, instead of the setting: for tests, in no release
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "SECONDS", hide = true)]
    lock_seconds: Option<u32>,
    /// How many seconds lie between two looks at watched channels, instead of the setting: for tests, in no release
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "SECONDS", hide = true)]
    watch_seconds: Option<u32>,
    /// How many seconds lie between two looks at kept keys, instead of the setting: for tests, in no release
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "SECONDS", hide = true)]
    check_seconds: Option<u32>,
    /// How many seconds the browser can come back from 360dialog's page, instead of five minutes: for tests, in no release
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "SECONDS", hide = true)]
    door_seconds: Option<u32>,
}

impl Flags {
    #[cfg(debug_assertions)]
    fn times(&self) -> Times {
        let seconds = |given: Option<u32>| given.map(|seconds| Duration::seconds(seconds.into()));
        Times {
            on_clipboard: seconds(self.clipboard_seconds),
            until_lock: seconds(self.lock_seconds),
            watch_every: seconds(self.watch_seconds),
            check_every: seconds(self.check_seconds),
            door: seconds(self.door_seconds),
        }
    }

    #[cfg(not(debug_assertions))]
    fn times(&self) -> Times {
        Times::default()
    }
}

/// The sentences that starting may say.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[
    "app-name",
    "start-brought-forward",
    "start-profile-in-use",
    "start-profile-not-ours",
    "start-profile-no-folder",
    "start-profile-not-writable",
    "start-records-newer",
    "start-records-unreadable",
    "start-disk-full",
    "start-certificates",
    "start-no-window",
    "start-no-practice",
    "start-not-a-file",
    "start-few-files",
    "start-not",
];

const TOO_EARLY: u8 = 1;

/// What there is to say where no window is: a sentence, and the file that it is about.
struct Stop(&'static str, Option<PathBuf>);

const NO_WINDOW: Stop = Stop("start-no-window", None);

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    surroundings::leave_no_core_files();
    surroundings::refuse_automation();
    let flags = Flags::parse();
    let times = flags.times();
    if !surroundings::enough_files_can_be_open() {
        return stop(Stop("start-few-files", None));
    }
    if let Some(file) = surroundings::certificates_that_never_come() {
        return stop(Stop("start-certificates", Some(file)));
    }
    bus::leave_a_hung_bus();
    drawing::suit_the_computer();
    let link = arriving::link_among(&flags.links);
    let Ok(folder) = Profile::folder_for(flags.profile) else {
        return stop(Stop("start-profile-no-folder", None));
    };
    let profile = match Profile::open(folder.clone()) {
        Ok(profile) => profile,
        Err(ProfileError::InUse) => return hand_over(&folder, link),
        Err(ProfileError::NotOurs) => return stop(Stop("start-profile-not-ours", Some(folder))),
        Err(ProfileError::NotAFile(file)) => return stop(Stop("start-not-a-file", Some(file))),
        Err(ProfileError::NotWritable | ProfileError::NoFolder) => {
            return stop(Stop("start-profile-not-writable", Some(folder)));
        }
    };
    let file = profile.records();
    let (records, aside) = match SqliteRecords::open_or_set_aside(&file, OffsetDateTime::now_utc()) {
        Ok(opened) => opened,
        Err(error) => {
            let sentence = match error {
                OpenError::Newer => "start-records-newer",
                OpenError::Full => "start-disk-full",
                OpenError::Damaged | OpenError::Unreadable => "start-records-unreadable",
            };
            return stop(Stop(sentence, Some(file)));
        }
    };
    let shell =
        Shell::new(flags.hub.unwrap_or_else(Base::live), profile, records, times).with_records_aside(aside);
    shell.keychain.detect_provider();
    if let Some(link) = link {
        shell.app.take_link(link);
    }
    open_window(shell, flags.practice)
}

/// Leaves it all to the program that runs already, whose window comes to the front.
fn hand_over(profile: &Path, link: Option<Result<Link, Refused>>) -> ExitCode {
    if !handover::hand_over(profile, &link.map_or(Handed::Forward, Handed::Link)) {
        return stop(Stop("start-profile-in-use", None));
    }
    say_in_terminal(&Stop("start-brought-forward", None));
    ExitCode::SUCCESS
}

fn open_window(shell: Shell, practice: bool) -> ExitCode {
    if !screen::opens(no_answer) {
        return stop(NO_WINDOW);
    }
    let bindings = bindings::commands();
    let builder = tauri::Builder::<Wry>::default();
    #[cfg(target_os = "macos")]
    let builder =
        builder.on_web_content_process_terminate(|view| web_process::died(view.app_handle(), view.label()));
    let built = builder
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        // Before anything else: on macOS a link may come while the window is still to be opened.
        .manage(shell)
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(Clipboard::new(SystemBoard(app.handle().clone()), Arc::new(SystemClock)));
            match set_up(app, practice) {
                Ok(()) => begin_tasks(app.handle()),
                // Tauri panics over an error.
                Err(why) => {
                    stop(why);
                    app.handle().exit(TOO_EARLY.into());
                }
            }
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } if window.label() != key_window::LABEL => {
                if window.state::<Shell>().page_deaths.asks() {
                    return api.prevent_close();
                }
                key_window::close(window.app_handle());
                Shape::of(window).remember(&window.state::<Shell>());
                if closing::must_stay(window.app_handle()) || closing::asks_first(window.app_handle()) {
                    api.prevent_close();
                }
            }
            WindowEvent::Focused(true) => watch::look_again(window.app_handle()),
            _ => {}
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                #[cfg(target_os = "macos")]
                if let RunEvent::Opened { urls } = &event {
                    urls.iter().for_each(|url| arriving::came(handle, Link::read(url.as_str())));
                }
                let RunEvent::ExitRequested { api, code, .. } = event else { return };
                if code.is_none() && closing::must_stay(handle) {
                    api.prevent_exit();
                } else {
                    watch::clear_at_the_end(handle);
                }
            });
            ExitCode::SUCCESS
        }
        Err(_) => stop(NO_WINDOW),
    }
}

fn set_up(app: &tauri::App, practice: bool) -> Result<(), Stop> {
    if practice {
        let shell = app.state::<Shell>();
        // Never the real Hub where somebody asked for the practice one.
        let entered = tauri::async_runtime::block_on(shell.enter_practice());
        entered.map_err(|_| Stop("start-no-practice", Some(shell.practice_world())))?;
    }
    open_main_window(app).map_err(|_| NO_WINDOW)
}

fn begin_tasks(app: &AppHandle) {
    let handle = app.clone();
    tasks::run(app, TaskWord::Other, async move {
        let shell = handle.state::<Shell>();
        shell.app.put_away_ended_sessions().await;
        shell.look_for_keys().await;
    });
    tasks::keep(app, TaskWord::Clipboard, watch::clear_clipboard);
    tasks::keep(app, TaskWord::Other, watch::name_keychain);
    tasks::keep(app, TaskWord::Other, watch::note_what_came_out_late);
    tasks::keep(app, TaskWord::AutoLock, watch::lock_unattended);
    tasks::keep(app, TaskWord::KeyChecks, checking::look_after_keys);
    tasks::keep(app, TaskWord::SecondStarts, |app| async move {
        let profile = app.state::<Shell>().profile().to_owned();
        handover::take(profile, move |it| arriving::handed(&app, it)).await
    });
}

/// The one window, as large as it was. It shows what the program brought along and goes nowhere else.
fn open_main_window(app: &tauri::App) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let shape = Shape::remembered(&shell);
    let mut window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(say("app-name", &[]))
        .inner_size(shape.width, shape.height)
        .min_inner_size(Shape::LEAST.0, Shape::LEAST.1)
        .maximized(shape.maximized)
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .general_autofill_enabled(false)
        .devtools(cfg!(debug_assertions));
    if let Some(folder) = shell.web_folder(app.handle()) {
        window = window.data_directory(folder);
    }
    web_process::look_after(&window.build()?)
}

/// Says why the program does not start: in the terminal, and to a person who pressed an icon, in a dialog.
fn stop(why: Stop) -> ExitCode {
    let words = say_in_terminal(&why);
    if !std::io::stderr().is_terminal() && screen::opens(|| std::process::exit(TOO_EARLY.into())) {
        message::show(&say("start-not", &[]), &words);
    }
    ExitCode::from(TOO_EARLY)
}

/// The screen took the program in and does not go on: the main thread waits for it, so the program ends here.
fn no_answer() {
    say_in_terminal(&NO_WINDOW);
    std::process::exit(TOO_EARLY.into());
}

fn say_in_terminal(Stop(sentence, file): &Stop) -> String {
    let file = file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    let words = say(sentence, &[("file", &file)]);
    // There may be nobody to read it.
    let _ = writeln!(std::io::stderr(), "{words}");
    words
}
