//! The page of the window, loaded anew: where a session ended, so that nothing typed there stays in memory; and where the
//! process that draws it died, a few times; then a dialog asks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};
use time::OffsetDateTime;

use channel_keys_core::clock::Clock;
use channel_keys_core::times::earlier;

use crate::arriving;
use crate::os::clock::SystemClock;
use crate::os::key_window;
use crate::os::message::{self, Question};
use crate::os::web_process::{self, on_end};
use crate::shell::Shell;
use crate::tasks;
use crate::view::TaskWord;
use crate::watch;
use crate::words::say;

/// The sentences that the dialog may say.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[
    "page-stopped-lead",
    "page-stopped-key",
    "page-stopped-making",
    "page-stopped-open",
    "page-stopped-quit",
];

/// How often a page is built again by itself within [`A_MINUTE`] (ours): one that dies each time is not to fill the
/// processor.
const MOST: usize = 3;
const A_MINUTE: Duration = Duration::from_secs(60);

/// How often it is looked whether a key is there.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a page has to begin that is loaded anew (ours). After that the one before is taken to be still there.
const LIMIT: Duration = Duration::from_secs(5);

/// When the page died, whether the person is asked what is to happen, and whether they quit and a key is waited for.
#[derive(Default)]
pub struct PageDeaths {
    lately: Mutex<Vec<OffsetDateTime>>,
    asks: AtomicBool,
    quits: AtomicBool,
}

impl PageDeaths {
    /// Notes one; whether the page is to be built again unasked.
    fn may_build_again(&self, now: OffsetDateTime) -> bool {
        let mut lately = self.lately.lock();
        lately.retain(|death| *death > earlier(now, A_MINUTE) && *death <= now);
        if lately.len() >= MOST {
            return false;
        }
        lately.push(now);
        true
    }

    /// Whether the page is dead and a dialog says so.
    pub fn asks(&self) -> bool {
        self.asks.load(Ordering::SeqCst)
    }

    fn answered(&self) {
        self.lately.lock().clear();
        self.asks.store(false, Ordering::SeqCst);
    }
}

/// Loads the window's page anew, since JavaScript can't wipe what was typed into one. Comes back when the new one asks how
/// things stand, so that whoever asked for this answers no page that is about to go; whether it does.
///
/// Over a key that lies in memory alone the process stays: where the system can't start another one, WebKit ends the whole
/// program, and the key with it.
pub async fn renew<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shell = app.state::<Shell>();
    let Some(window) = app.get_webview_window("main") else { return false };
    if shell.page_deaths.asks() {
        return false;
    }
    let begins = shell.page_begins.notified();
    let loads = match shell.app.stored_nowhere() {
        Some(_) => window.reload(),
        None => web_process::renew(&window),
    };
    loads.is_ok() && tokio::time::timeout(LIMIT, begins).await.is_ok()
}

/// Builds the page of a window again whenever its process dies.
pub fn look_after<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    on_end(window, move || died(&app, &label))
}

/// The process behind the page of this window died.
pub fn died<R: Runtime>(app: &AppHandle<R>, label: &str) {
    if label == key_window::LABEL {
        // What it shows is told once; the page that opened it opens it again.
        return key_window::close(app);
    }
    let Some(window) = app.get_webview_window(label) else { return };
    let shell = app.state::<Shell>();
    // What the page asked, and the files that it had in hand, went with it.
    shell.closing.answered();
    shell.files.forget();
    if shell.page_deaths.may_build_again(SystemClock.now()) {
        let _ = window.reload();
    } else if !shell.page_deaths.asks.swap(true, Ordering::SeqCst) {
        ask(&window);
    }
}

/// A page begins while a key is made. The answer goes to the page that asked, which is gone: loaded anew once the key is
/// there, this one finds it where it reads what waits.
pub fn begin_again_once_made<R: Runtime>(app: &AppHandle<R>) {
    let there = app.clone();
    tasks::run(app, TaskWord::Other, async move {
        while there.state::<Shell>().app.is_making_a_key() {
            tokio::time::sleep(PAUSE).await;
        }
        // Behind the dialog over a dead page nothing comes back unasked.
        if let Some(window) = there.get_webview_window("main")
            && !there.state::<Shell>().page_deaths.asks()
        {
            let _ = window.reload();
        }
    });
}

/// Ends the program, once the key that is being made is there: nothing ends that early. One that no keychain took keeps the
/// program, and the window comes back for it.
fn quit_once_made<R: Runtime>(window: &WebviewWindow<R>) {
    let _ = window.hide();
    window.state::<Shell>().page_deaths.quits.store(true, Ordering::SeqCst);
    let there = window.clone();
    tasks::run(window.app_handle(), TaskWord::Other, async move {
        let (shell, app) = (there.state::<Shell>(), there.app_handle());
        while shell.app.is_making_a_key() {
            tokio::time::sleep(PAUSE).await;
        }
        if shell.app.stored_nowhere().is_some() {
            let _ = there.reload();
            arriving::bring_forward(app);
        } else if shell.page_deaths.quits.load(Ordering::SeqCst) {
            app.exit(0);
        }
    });
}

/// The window is wanted: who quit, and whose key is still waited for, wants the page back.
pub fn wanted<R: Runtime>(app: &AppHandle<R>) {
    if app.state::<Shell>().page_deaths.quits.swap(false, Ordering::SeqCst)
        && let Some(window) = app.get_webview_window("main")
    {
        let _ = window.reload();
    }
}

fn ask<R: Runtime>(window: &WebviewWindow<R>) {
    let (app, there) = (window.app_handle(), window.clone());
    let shell = app.state::<Shell>();
    let words = if shell.app.is_making_a_key() {
        "page-stopped-making"
    } else if shell.app.stored_nowhere().is_some() || watch::keeps_the_program(app) {
        "page-stopped-key"
    } else {
        "page-stopped-lead"
    };
    let question = Question {
        title: say("app-name", &[]),
        words: say(words, &[]),
        yes: say("page-stopped-open", &[]),
        no: say("page-stopped-quit", &[]),
    };
    message::ask(window, question, move |open| {
        there.state::<Shell>().page_deaths.answered();
        if open {
            let _ = there.reload();
        } else if words == "page-stopped-making" {
            quit_once_made(&there);
        } else {
            there.app_handle().exit(0);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_built_again_three_times_a_minute_and_after_an_answer_anew() {
        let (deaths, begun) = (PageDeaths::default(), OffsetDateTime::UNIX_EPOCH);
        let at = |seconds| begun + time::Duration::seconds(seconds);
        let built: Vec<bool> =
            [0, 10, 20, 30, 59, 60, 61].map(|seconds| deaths.may_build_again(at(seconds))).into();
        assert_eq!(built, [true, true, true, false, false, true, false]);
        deaths.answered();
        assert!(deaths.may_build_again(at(62)));
    }

    #[test]
    fn clock_that_was_set_back_counts_no_death_to_come() {
        let (deaths, now) = (PageDeaths::default(), OffsetDateTime::UNIX_EPOCH + time::Duration::days(1));
        for _ in 0..=MOST {
            deaths.may_build_again(now);
        }
        assert!(deaths.may_build_again(OffsetDateTime::UNIX_EPOCH));
    }
}
