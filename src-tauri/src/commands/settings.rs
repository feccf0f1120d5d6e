//! What the person may set.

use super::{Answer, App};
use crate::settings::Settings;
use crate::view::SettingsView;

/// The settings.
#[tauri::command(async)]
#[specta::specta]
pub fn settings(shell: App<'_>) -> SettingsView {
    SettingsView::of(Settings::of(&shell.records))
}

/// Changes the settings, and says what holds now.
#[tauri::command(async)]
#[specta::specta]
pub fn set_settings(shell: App<'_>, settings: SettingsView) -> Answer<SettingsView> {
    Ok(SettingsView::of(Settings::from(settings).remember(&shell.records)?))
}
