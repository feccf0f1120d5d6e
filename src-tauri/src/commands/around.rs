//! The clipboard but for copying a key, and 360dialog's own pages.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;

use super::{Answer, ClipboardState};
use crate::failure::{Code, Failure};
use crate::os::clipboard::Clipboard;
use crate::watch;

/// One of 360dialog's own pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PageWord {
    /// The clients' Hub, where one signs in and asks for a new password (documented).
    Hub,
}

/// Copies a text that is not secret. A key on the clipboard that lies nowhere else stays there unless `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn copy_text<R: Runtime>(
    app: AppHandle<R>,
    clipboard: ClipboardState<'_>,
    text: String,
    anyway: bool,
) -> Answer<()> {
    watch::tell(&app, clipboard.copy_text(&text, anyway)?);
    Ok(())
}

/// Takes a copied key off the clipboard now; `unseen`: also where nobody can look whether it is still there.
#[tauri::command]
#[specta::specta]
pub async fn clear_clipboard<R: Runtime>(
    app: AppHandle<R>,
    clipboard: ClipboardState<'_>,
    unseen: bool,
) -> Answer<()> {
    if unseen {
        watch::tell(&app, clipboard.clear_unseen()?);
    } else if !watch::on_clipboard(&app, Clipboard::clear).await {
        return Err(Failure::new(Code::ClipboardRefused));
    }
    Ok(())
}

/// Opens one of 360dialog's own pages in the browser. Addresses stand here alone: a page can't name another one.
#[tauri::command(async)]
#[specta::specta]
pub fn open_page<R: Runtime>(app: AppHandle<R>, page: PageWord) -> Answer<()> {
    let address = match page {
        PageWord::Hub => "https://app.360dialog.com/",
    };
    app.opener().open_url(address, None::<&str>).map_err(|_| Failure::new(Code::BrowserNotOpened))
}
