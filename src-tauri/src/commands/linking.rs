//! A link from outside.

use super::App;
use crate::view::LinkView;

/// Where the last link leads now. Asks the Hub nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn link(shell: App<'_>) -> LinkView {
    LinkView::of(&shell.app)
}

/// The link was followed, or nobody wants it.
#[tauri::command(async)]
#[specta::specta]
pub fn put_link_away(shell: App<'_>) {
    shell.app.put_link_away();
}
