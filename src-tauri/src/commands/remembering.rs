//! The history, and forgetting everything.

use tauri::{AppHandle, Manager, Runtime};

use super::{Answer, App};
use crate::export;
use crate::view::{AppView, BeginsView, ExportFormat, HereView, HistoryView};
use crate::watch;

/// What was done here by this account, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn history(shell: App<'_>) -> Answer<Vec<HistoryView>> {
    Ok(shell.app.history()?.iter().map(HistoryView::of).collect())
}

/// Writes the history to a file that the person chooses; nothing where they choose none.
#[tauri::command]
#[specta::specta]
pub async fn export_history<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    format: ExportFormat,
) -> Answer<Option<String>> {
    export::save(&app, export::HISTORY, &shell.app.history()?, format).await
}

/// All that this program remembers on this computer, of every account.
#[tauri::command]
#[specta::specta]
pub async fn what_is_here(shell: App<'_>) -> Answer<HereView> {
    shell.look_for_keys().await;
    shell.remembered()
}

/// Forgets everything on this computer; of the keys, those named.
#[tauri::command]
#[specta::specta]
pub async fn forget_everything<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    keys: Vec<String>,
) -> Answer<AppView> {
    let forgotten = shell.forget_everything(&keys).await?;
    shell.note_left();
    for window in app.webview_windows().values() {
        // The pages store nothing; what the web view keeps by itself goes too, as far as it lets go.
        let _ = window.clear_all_browsing_data();
    }
    watch::session_ended(&app, BeginsView { forgotten: Some(forgotten), ..BeginsView::default() }).await;
    Ok(shell.view())
}
