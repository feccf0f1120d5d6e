//! What is watched while the window is open: the time of a copied key, and whether anybody is there.

use std::convert::Infallible;
use std::sync::mpsc;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use tokio::sync::oneshot;
use tokio::time::{Interval, MissedTickBehavior};

use channel_keys_core::session::Session;

use crate::os::clipboard::{Clipboard, OnClipboard};
use crate::os::key_window;
use crate::shell::Shell;
use crate::tasks;
use crate::view::{BeginsView, ClipboardChanged, ClipboardView, KeychainNamed, ProgramLocked, TaskWord};
use crate::web_process;

const EVERY: Duration = Duration::from_secs(1);

/// How long the end of a session waits for the clipboard: it clears what it can in the meantime.
const MOMENT: Duration = Duration::from_millis(300);

/// How long the end of the program waits for the clipboard: another program that owns it may not answer.
const LIMIT: Duration = Duration::from_secs(1);

/// Clears a copied key from the clipboard when its time is up, until the program ends.
pub async fn clear_clipboard<R: Runtime>(app: AppHandle<R>) -> Infallible {
    let mut tick = each_second();
    loop {
        tick.tick().await;
        let cleared = on_clipboard(&app, Clipboard::clear_in_time).await;
        assert!(cleared, "whoever watches over this task is to notice");
    }
}

/// Locks where nobody has been there for long enough, until the program ends. Not while a key is being made: whoever
/// comes back meanwhile is to see what came of it.
pub async fn lock_unattended<R: Runtime>(app: AppHandle<R>) -> Infallible {
    let mut tick = each_second();
    loop {
        tick.tick().await;
        let shell = app.state::<Shell>();
        if shell.app.is_making_a_key() || !shell.idle.nobody_for(shell.until_lock()) {
            continue;
        }
        if shell.app.may_lock() {
            lock(&app).await;
        } else if shell.idle.was_touched() {
            // Nothing is open, but a password may have been typed and left there.
            web_process::renew(&app).await;
        }
    }
}

fn each_second() -> Interval {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}

/// Locks, and tells the pages. While a key is being made, that is done when its answer is in.
pub async fn lock<R: Runtime>(app: &AppHandle<R>) {
    let shell = app.state::<Shell>();
    if shell.app.may_lock() {
        let begins = BeginsView::after(&shell.app.session());
        shell.app.lock();
        if !shell.app.may_lock() {
            locked(app, begins).await;
        }
    }
}

/// The program became locked: a copied key goes, and the pages are told.
pub async fn locked<R: Runtime>(app: &AppHandle<R>, begins: BeginsView) {
    let shell = app.state::<Shell>();
    shell.remember_lock();
    shell.note_left();
    shell.closing.answered();
    if !session_ended(app, begins).await {
        let _ = ProgramLocked { app: shell.view() }.emit(app);
    }
}

/// A session ended: what it showed or copied goes, and the page with all that was typed there. Whether another page is in
/// its place.
pub async fn session_ended<R: Runtime>(app: &AppHandle<R>, begins: BeginsView) -> bool {
    let shell = app.state::<Shell>();
    shell.note_cleared(take_back(app).await);
    shell.ended(begins);
    web_process::renew(app).await
}

/// A kept session goes from the keychain, which may wait for the person: after a moment nobody waits for it any more, and
/// the pages are told where it stays.
pub async fn forget_kept_session<R: Runtime>(app: &AppHandle<R>) {
    let (handle, (done, forgotten)) = (app.clone(), oneshot::channel());
    tasks::run(app, TaskWord::Other, async move {
        let shell = handle.state::<Shell>();
        let outcome = shell.app.forget_kept_session().await;
        let is_awaited = done.send(()).is_ok();
        if outcome.is_err() && !is_awaited && matches!(shell.app.session(), Session::SignedOut) {
            let _ = ProgramLocked { app: shell.view() }.emit(&handle);
        }
    });
    let _ = tokio::time::timeout(MOMENT, forgotten).await;
}

/// Notes what the keychain gave up after it was waited for, until the program ends: the pages read anew what is so.
pub async fn note_what_came_out_late<R: Runtime>(app: AppHandle<R>) -> Infallible {
    let shell = app.state::<Shell>();
    loop {
        let entry = shell.keychain.came_out_late().await;
        if shell.app.came_out_late(&entry)
            && !shell.page_deaths.asks()
            && let Some(window) = app.get_webview_window("main")
        {
            let _ = window.reload();
        }
    }
}

/// What was shown or copied with a session goes, and so does what was in hand of files. What became of a copied key, where
/// that is known at once.
pub async fn take_back<R: Runtime>(app: &AppHandle<R>) -> Option<OnClipboard> {
    key_window::close(app);
    app.state::<Shell>().files.forget();
    let owner = app.clone();
    let mut clearing = tauri::async_runtime::spawn_blocking(move || ask_and(&owner, Clipboard::clear));
    if let Ok(cleared) = tokio::time::timeout(MOMENT, &mut clearing).await {
        // Where this fails, what clears the clipboard in time will fail as well, and is watched over.
        let told = cleared.unwrap_or_default();
        told.iter().cloned().for_each(|told| tell(app, told));
        return told.into_iter().next_back();
    }
    let handle = app.clone();
    tasks::run(app, TaskWord::Clipboard, async move {
        clearing.await.unwrap_or_default().into_iter().for_each(|told| tell(&handle, told));
    });
    None
}

/// The window has the focus: what it says of a copied key is to be so.
pub fn look_again<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    tasks::run(app, TaskWord::Clipboard, async move {
        on_clipboard(&handle, Clipboard::look_again).await;
    });
}

/// Does something with the clipboard, which may make one wait, and tells the pages what came of it; whether that was done,
/// and did not panic.
pub async fn on_clipboard<R: Runtime>(
    app: &AppHandle<R>,
    act: impl FnOnce(&Clipboard) -> Option<OnClipboard> + Send + 'static,
) -> bool {
    let owner = app.clone();
    let told = tauri::async_runtime::spawn_blocking(move || ask_and(&owner, act)).await;
    let is_done = told.is_ok();
    told.into_iter().flatten().for_each(|told| tell(app, told));
    is_done
}

/// Tells the pages what the keychain is called, whenever another program answers as the keychain.
pub async fn name_keychain<R: Runtime>(app: AppHandle<R>) -> Infallible {
    let shell = app.state::<Shell>();
    let mut named = shell.keychain.named();
    while named.changed().await.is_ok() {
        let _ = KeychainNamed { keychain: shell.keychain_name() }.emit(&app);
    }
    std::future::pending().await
}

/// Tells the pages what became of a copied key.
pub fn tell<R: Runtime>(app: &AppHandle<R>, told: OnClipboard) {
    let _ = ClipboardChanged { clipboard: ClipboardView::of(told) }.emit(app);
}

/// Whether the program must not end yet, as the only copy of a key would go with it; the page says so, once.
pub fn keeps_the_program<R: Runtime>(app: &AppHandle<R>) -> bool {
    let goes = at_the_end(app, |app| {
        ask_and(app, |_| None);
        app.state::<Clipboard>().goes_with_the_program()
    });
    if goes.unwrap_or_default() {
        let _ = ClipboardChanged { clipboard: ClipboardView::GoesWithProgram }.emit(app);
        return true;
    }
    false
}

/// The program ends: a copied key does not stay behind.
pub fn clear_at_the_end<R: Runtime>(app: &AppHandle<R>) {
    at_the_end(app, |app| drop(ask_and(app, Clipboard::clear)));
}

/// What can be told changes with where the key lies, so that is asked first.
fn ask_and<R: Runtime>(
    app: &AppHandle<R>,
    act: impl FnOnce(&Clipboard) -> Option<OnClipboard>,
) -> Vec<OnClipboard> {
    let (shell, clipboard) = (app.state::<Shell>(), app.state::<Clipboard>());
    let stored = clipboard.ask_if_stored(|id| shell.app.lies_elsewhere(id));
    stored.into_iter().chain(act(&clipboard)).collect()
}

/// Beside the main thread, which may be the one that another program's clipboard waits for.
fn at_the_end<R: Runtime, T: Send + 'static>(
    app: &AppHandle<R>,
    act: impl FnOnce(&AppHandle<R>) -> T + Send + 'static,
) -> Option<T> {
    let (done, answer) = mpsc::channel();
    let app = app.clone();
    std::thread::spawn(move || done.send(act(&app)));
    answer.recv_timeout(LIMIT).ok()
}
