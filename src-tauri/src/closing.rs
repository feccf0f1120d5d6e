//! Closing the window: what would be lost keeps it open, and what would stop is said, once.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use crate::arriving;
use crate::os::background;
use crate::shell::Shell;
use crate::tasks;
use crate::view::{CloseRefused, CloseWaits, ClosingAsks, KeyView, StopsView, TaskWord};
use crate::watch;

/// Whether the person was asked, and has not answered.
#[derive(Default)]
pub struct Closing(AtomicBool);

impl Closing {
    /// Notes that they are asked; whether they were not yet.
    fn asks(&self) -> bool {
        !self.0.swap(true, Ordering::SeqCst)
    }

    /// They answered, or look at something else.
    pub fn answered(&self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// Whether the window has to stay: a key is being made, or closing would lose one that no keychain took, or take it off
/// the clipboard. The page then says so.
pub fn must_stay<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shell = app.state::<Shell>();
    if shell.app.is_making_a_key() {
        let _ = CloseWaits {}.emit(app);
        return true;
    }
    let Some(key) = shell.app.stored_nowhere() else {
        return watch::keeps_the_program(app);
    };
    let _ = CloseRefused { key: KeyView::of(&key) }.emit(app);
    true
}

/// Whether the window stays for now, since something would stop and the page asks about it. Asked a second time without
/// an answer, it closes: a page that hangs keeps nobody.
pub fn asks_first<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shell = app.state::<Shell>();
    let stops = StopsView::of(&shell);
    if !stops.any() || !shell.closing.asks() {
        return false;
    }
    let handle = app.clone();
    tasks::run(app, TaskWord::Other, async move {
        let can_stay = background::is_there().await;
        let _ = ClosingAsks { stops, can_stay }.emit(&handle);
    });
    true
}

/// Ends the program, unless it has to stay: then the window says why.
pub fn quit<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    // Beside whoever asked: what is looked at may have to wait for the clipboard.
    std::thread::spawn(move || {
        if must_stay(&app) {
            arriving::bring_forward(&app);
        } else {
            app.exit(0);
        }
    });
}
