//! The view in which a key is shown: a window of its own, whose web process goes with it. The main window's page never
//! holds a key.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindowBuilder};

use crate::words::say;

/// The window's name, by which the access list knows it.
pub const LABEL: &str = "key";

const SIZE: (f64, f64) = (620.0, 260.0);

/// How long a key may be shown at the most, should the page that hides it after 30 seconds hang.
const LONGEST: Duration = Duration::from_secs(40);

/// Counts the openings, so that one that is over does not close a later one.
static OPENINGS: AtomicU64 = AtomicU64::new(0);

/// Opens the window, in the place of one that is open, and asks the system to leave it out of screenshots and
/// recordings if so wanted. Which key it shows is the shell's to know.
pub fn open<R: Runtime>(app: &AppHandle<R>, hidden_from_captures: bool) -> tauri::Result<()> {
    close(app);
    close_in_time(app.clone(), OPENINGS.fetch_add(1, Ordering::Relaxed) + 1);
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("key.html".into()))
        .title(say("key-window-title", &[]))
        .inner_size(SIZE.0, SIZE.1)
        .resizable(false)
        .minimizable(false)
        .maximizable(false)
        .center()
        .content_protected(hidden_from_captures)
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .general_autofill_enabled(false)
        .devtools(cfg!(debug_assertions));
    if let Some(main) = app.get_webview_window("main") {
        window = window.parent(&main)?;
    }
    window.build().map(drop)
}

fn close_in_time<R: Runtime>(app: AppHandle<R>, opening: u64) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LONGEST).await;
        if OPENINGS.load(Ordering::Relaxed) == opening {
            close(&app);
        }
    });
}

/// Closes the window and ends its web process, if it is open.
pub fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.destroy();
    }
}
