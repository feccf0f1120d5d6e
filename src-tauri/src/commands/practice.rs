//! The practice Hub: going there and back, and its accounts.

use tauri::{AppHandle, Runtime};

use super::{Answer, App};
use crate::view::{AppView, BeginsView, PracticeView, SessionView};
use crate::watch;

/// Starts the practice Hub and turns to it, signed out.
#[tauri::command]
#[specta::specta]
pub async fn enter_practice<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<AppView> {
    shell.enter_practice().await?;
    watch::session_ended(&app, BeginsView::default()).await;
    Ok(shell.view())
}

/// Turns back to the real Hub, signed out.
#[tauri::command]
#[specta::specta]
pub async fn leave_practice<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<AppView> {
    shell.leave_practice().await?;
    watch::session_ended(&app, BeginsView::default()).await;
    Ok(shell.view())
}

/// The accounts of the practice Hub, without their passwords; none where it does not run. Tells where its world could
/// not be read.
#[tauri::command]
#[specta::specta]
pub async fn practice_accounts(shell: App<'_>) -> Answer<PracticeView> {
    Ok(shell.practice_accounts().await)
}

/// Signs in to one of the practice accounts, as a person with its password would.
#[tauri::command]
#[specta::specta]
pub async fn practice_sign_in(shell: App<'_>, email: String) -> Answer<SessionView> {
    let session = shell.practice_sign_in(&email).await?;
    shell.forget_lock();
    Ok(SessionView::of(&session))
}
