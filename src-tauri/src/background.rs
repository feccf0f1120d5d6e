//! Staying in the background: the window is hidden, and an entry beside the clock leads back to it.

use tauri::{AppHandle, Manager, Runtime};

use channel_keys_core::app::WhyNot;

use crate::arriving;
use crate::closing;
use crate::os::background::{Entry, Place, Wish};
use crate::os::clock_words::moment;
use crate::shell::Shell;
use crate::tasks;
use crate::view::TaskWord;
use crate::words::say;

/// The sentences that the entry may say.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[
    "background-open",
    "background-quit",
    "background-locked",
    "background-watches",
    "background-checked",
    "background-checks",
    "background-reminds",
];

/// The entry, and what it says now.
pub struct Staying {
    place: Place,
    tip: String,
}

/// Hides the window, where the desktop has a place to come back from; whether it has.
pub async fn stay<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shell = app.state::<Shell>();
    let tip = tip(&shell);
    let (open, quit) = (say("background-open", &[]), say("background-quit", &[]));
    let entry = Entry { name: say("app-name", &[]), tip: tip.clone(), open, quit };
    let handle = app.clone();
    let taken = Place::take(entry, move |wish| match wish {
        Wish::Open => arriving::bring_forward(&handle),
        Wish::Quit => closing::quit(&handle),
    });
    // Held meanwhile: who presses the entry at once is let in once the window is hidden, and brings it back.
    let mut staying = shell.staying.lock().await;
    let Some(place) = taken.await else { return false };
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.hide();
    }
    *staying = Some(Staying { place, tip });
    true
}

/// The window is there again: the entry goes.
pub fn leave<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    tasks::run(app, TaskWord::Other, async move {
        let app = handle;
        let staying = app.state::<Shell>().staying.lock().await.take();
        if let Some(Staying { place, .. }) = staying {
            // It may have been hidden after it was shown.
            arriving::show(&app);
            place.leave().await;
        }
    });
}

/// Says in the entry how the program stands, where that is otherwise than before.
pub async fn tell<R: Runtime>(app: &AppHandle<R>) {
    let shell = app.state::<Shell>();
    if let Some(staying) = shell.staying.lock().await.as_mut() {
        let tip = tip(&shell);
        if staying.tip != tip {
            staying.tip.clone_from(&tip);
            staying.place.say(tip).await;
        }
    }
}

/// How the program stands, in a sentence: what goes on, and that nothing does while it is locked.
fn tip(shell: &Shell) -> String {
    let checks = shell.key_checks();
    if checks.why_not == Some(WhyNot::Locked) {
        return say("background-locked", &[]);
    }
    if shell.watches() > 0 {
        return say("background-watches", &[]);
    }
    if checks.next.is_none() {
        return say("background-reminds", &[]);
    }
    match checks.checked_at {
        Some(at) => say("background-checked", &[("time", &moment(at, time::OffsetDateTime::now_utc()))]),
        None => say("background-checks", &[]),
    }
}
