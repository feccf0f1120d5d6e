//! Background tasks that ended by themselves.

use super::App;

/// The person has read which tasks ended by themselves.
#[tauri::command(async)]
#[specta::specta]
pub fn dismiss_stopped_tasks(shell: App<'_>) {
    shell.stopped_tasks.dismiss();
}
