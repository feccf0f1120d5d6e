//! Whether kept keys still work, the places where a key is not in place yet, and what closing stops.

use tauri::{AppHandle, Runtime};
use tauri_specta::Event;

use channel_keys_core::app::Asked;

use super::{Answer, App};
use crate::background;
use crate::closing;
use crate::view::{KeyChecked, KeyChecksView, KeyView, RoundView};

/// Asks the messaging host about all kept keys; each is told by an event.
#[tauri::command]
#[specta::specta]
pub async fn check_keys<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<RoundView> {
    let tell = |checked: &_| drop(KeyChecked::of(checked, Asked::ByPerson).emit(&app));
    Ok(RoundView::of(&shell.app.check_keys(Asked::ByPerson, tell).await?))
}

/// How far looking by itself is.
#[tauri::command(async)]
#[specta::specta]
pub fn key_checks(shell: App<'_>) -> KeyChecksView {
    KeyChecksView::of(&shell)
}

/// Reminds of a key's places, or not any more.
#[tauri::command(async)]
#[specta::specta]
pub fn set_reminders(shell: App<'_>, id: String, on: bool) -> Answer<KeyView> {
    Ok(KeyView::of(&shell.app.set_reminders(&id, on)?))
}

/// The window stays open, after it was asked to close.
#[tauri::command(async)]
#[specta::specta]
pub fn stay_open(shell: App<'_>) {
    shell.closing.answered();
}

/// The window closes and the program ends, after the person read what stops.
#[tauri::command(async)]
#[specta::specta]
pub fn close_program<R: Runtime>(app: AppHandle<R>) {
    closing::quit(&app);
}

/// The window goes and the program stays; false where the desktop has no place for it any more.
#[tauri::command]
#[specta::specta]
pub async fn stay_in_background<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<bool> {
    shell.closing.answered();
    Ok(background::stay(&app).await)
}
