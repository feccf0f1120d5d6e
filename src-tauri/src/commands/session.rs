//! Signing in and out.

use channel_keys_core::channel::ClientId;
use channel_keys_core::secret::Password;

use super::{Answer, App};
use crate::view::{AppView, SessionView};

/// What a page needs to know before anybody signs in. Waits for nothing.
#[tauri::command]
#[specta::specta]
pub fn app(shell: App<'_>) -> AppView {
    shell.view()
}

/// Exchanges a password for a session.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(shell: App<'_>, email: String, password: String) -> Answer<SessionView> {
    let session = shell.app.sign_in(&email, &Password::new(password)).await?;
    Ok(SessionView::of(&session))
}

/// Names the client where the Hub did not say whose account it is.
#[tauri::command]
#[specta::specta]
pub async fn name_client(shell: App<'_>, client_id: String) -> Answer<SessionView> {
    let session = shell.app.name_client(ClientId(client_id.trim().to_owned())).await?;
    Ok(SessionView::of(&session))
}

/// Chooses one of the person's clients.
#[tauri::command]
#[specta::specta]
pub fn choose_client(shell: App<'_>, client_id: String) -> Answer<SessionView> {
    let session = shell.app.choose_client(&ClientId(client_id))?;
    Ok(SessionView::of(&session))
}

/// Forgets the session.
#[tauri::command]
#[specta::specta]
pub fn sign_out(shell: App<'_>) -> Answer<SessionView> {
    shell.app.sign_out()?;
    Ok(SessionView::SignedOut)
}
