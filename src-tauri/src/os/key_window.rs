//! The view in which a key is shown, or the words that open a file with one: a window of its own, whose web process
//! goes with it. The main window's page never holds either.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindowBuilder};

use crate::shell::Shell;
use crate::tasks;
use crate::view::TaskWord;
use crate::web_process;
use crate::words::say;

/// The window's name, by which the access list knows it.
pub const LABEL: &str = "key";

const SIZE: (f64, f64) = (620.0, 260.0);

/// How long what is to be shown may take to come: the keychain waits for the person, and its failure is shown too.
const COMING: Duration = Duration::from_secs(100);

/// How long a key may be shown at the most, should the page that hides it after 30 seconds hang.
const LONGEST_KEY: Duration = Duration::from_secs(40);

/// The same for words, which the page hides after five minutes: they are said to somebody who writes them down.
const LONGEST_WORDS: Duration = Duration::from_secs(310);

/// What the window shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// The key with this id.
    Key(String),
    /// What opens the file in which the key with this id was saved.
    Words(String),
}

impl Shows {
    fn longest(&self) -> Duration {
        match self {
            Shows::Key(_) => LONGEST_KEY,
            Shows::Words(_) => LONGEST_WORDS,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Shows::Key(_) => "key-window-title",
            Shows::Words(_) => "words-window-title",
        }
    }
}

/// Counts the openings and what was shown, so that a time that is over does not close a later window.
static OPENINGS: AtomicU64 = AtomicU64::new(0);

/// Opens the window, in the place of one that is open, and asks the system to leave it out of screenshots and
/// recordings if so wanted. What it shows, it has to ask the shell for.
pub fn open<R: Runtime>(app: &AppHandle<R>, shows: &Shows, hidden_from_captures: bool) -> tauri::Result<()> {
    close(app);
    close_in_time(app, COMING.saturating_add(shows.longest()));
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("key.html".into()))
        .title(say(shows.title(), &[]))
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
    if let Some(folder) = app.state::<Shell>().web_folder(app) {
        window = window.data_directory(folder);
    }
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    release_view_with(&window)?;
    web_process::look_after(&window)
}

/// Gives the view back when its window goes. wry's handler of the page's messages and the view hold on to each other, so
/// that some memory of each view that was shown, and a descriptor for it, would stay.
#[cfg(target_os = "linux")]
fn release_view_with<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use gtk::prelude::{ObjectExt, WidgetExt};
    use webkit2gtk::WebViewExt;
    window.with_webview(|view| {
        let view = view.inner();
        let Some(messages) = view.user_content_manager() else { return };
        view.connect_destroy(move |_| {
            // SAFETY: it hears the messages of this view alone, which ends now, and nobody asks it for anything any more.
            unsafe { messages.run_dispose() };
        });
    })
}

/// What the window shows is there now.
pub fn shown<R: Runtime>(app: &AppHandle<R>, shows: &Shows) {
    close_in_time(app, shows.longest());
}

fn close_in_time<R: Runtime>(app: &AppHandle<R>, longest: Duration) {
    let (handle, opening) = (app.clone(), OPENINGS.fetch_add(1, Ordering::Relaxed) + 1);
    tasks::run(app, TaskWord::Other, async move {
        tokio::time::sleep(longest).await;
        if OPENINGS.load(Ordering::Relaxed) == opening {
            close(&handle);
        }
    });
}

/// Closes the window and ends its web process, if it is open.
pub fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.destroy();
    }
}
