//! The board's columns as the person left them.

use crate::commands::{Answer, App};
use crate::view::ColumnsView;

/// The columns as they were left in this profile; nothing where they never were, or where that can't be read.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_columns(shell: App<'_>) -> Answer<Option<ColumnsView>> {
    Ok(shell.records.setting(ColumnsView::SETTING)?.as_deref().and_then(ColumnsView::read))
}

/// Remembers the columns as they are left.
#[tauri::command(async)]
#[specta::specta]
pub fn set_desk_columns(shell: App<'_>, columns: ColumnsView) -> Answer<()> {
    let written = serde_json::to_string(&columns).unwrap_or_default();
    Ok(shell.records.set_setting(ColumnsView::SETTING, &written)?)
}
