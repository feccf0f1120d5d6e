//! What is told above every page until the person has read it: it stays dismissed when the page is loaded again.

use super::App;

/// The person has read which tasks ended by themselves.
#[tauri::command(async)]
#[specta::specta]
pub fn dismiss_stopped_tasks(shell: App<'_>) {
    shell.stopped_tasks.dismiss();
}

/// The person has read that damaged records were set aside.
#[tauri::command(async)]
#[specta::specta]
pub fn dismiss_records_aside(shell: App<'_>) {
    shell.dismiss_records_aside();
}
