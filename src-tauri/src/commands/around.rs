//! The clipboard for what is not secret, and 360dialog's own pages.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use super::Answer;
use crate::failure::{Code, Failure};

/// One of 360dialog's own pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PageWord {
    /// The clients' Hub, where one signs in and asks for a new password (documented).
    Hub,
}

/// Copies a text that is not secret.
#[tauri::command]
#[specta::specta]
pub fn copy_text<R: Runtime>(app: AppHandle<R>, text: String) -> Answer<()> {
    app.clipboard().write_text(text).map_err(|_| Failure::new(Code::ClipboardRefused))
}

/// Opens one of 360dialog's own pages in the browser. Addresses stand here alone: a page can't name another one.
#[tauri::command]
#[specta::specta]
pub fn open_page<R: Runtime>(app: AppHandle<R>, page: PageWord) -> Answer<()> {
    let address = match page {
        PageWord::Hub => "https://app.360dialog.com/",
    };
    app.opener().open_url(address, None::<&str>).map_err(|_| Failure::new(Code::BrowserNotOpened))
}
