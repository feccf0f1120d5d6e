//! Signing in and out.

use tauri::{AppHandle, Runtime};

use channel_keys_core::channel::ClientId;
use channel_keys_core::secret::Password;

use super::{Answer, App, ClipboardState};
use crate::os::key_window;
use crate::view::{AppView, ClipboardView, SessionView};
use crate::watch;

/// What a page needs to know before anybody signs in. Waits for nothing.
#[tauri::command]
#[specta::specta]
pub fn app(shell: App<'_>, clipboard: ClipboardState<'_>) -> AppView {
    AppView { clipboard: Some(ClipboardView::of(clipboard.told())), ..shell.view() }
}

/// Exchanges a password for a session.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(shell: App<'_>, email: String, password: String) -> Answer<SessionView> {
    let session = shell.app.sign_in(&email, &Password::new(password)).await?;
    shell.forget_lock();
    Ok(SessionView::of(&session))
}

/// Signs in again where a session ended in mid-work: the same account, and everything goes on where it was.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_again(shell: App<'_>, password: String) -> Answer<SessionView> {
    let session = shell.app.sign_in_again(&Password::new(password)).await?;
    shell.forget_lock();
    Ok(SessionView::of(&session))
}

/// Keeps the session in the keychain, for as long as the Hub lets it live.
#[tauri::command]
#[specta::specta]
pub async fn keep_session(shell: App<'_>) -> Answer<()> {
    Ok(shell.app.keep_session().await?)
}

/// Takes up the session that was kept; signed out where there is none. Who locked the program, or left it, gives the
/// password, also after it was started again.
#[tauri::command]
#[specta::specta]
pub async fn resume(shell: App<'_>) -> Answer<SessionView> {
    if shell.was_locked() {
        return Ok(SessionView::of(&shell.app.session()));
    }
    let session = shell.app.resume().await?;
    Ok(SessionView::of(&session))
}

/// Opens what this computer remembers of an account, without signing in.
#[tauri::command]
#[specta::specta]
pub fn open_here(shell: App<'_>, user: String, client_id: String) -> Answer<SessionView> {
    let session = shell.app.open_here(&user, &ClientId(client_id))?;
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

/// Forgets the session, in the keychain too. What the keychain does not give up is told in the view.
#[tauri::command]
#[specta::specta]
pub async fn sign_out<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<AppView> {
    key_window::close(&app);
    shell.app.sign_out()?;
    watch::session_ended(&app).await;
    let _ = shell.app.forget_kept_session().await;
    shell.forget_lock();
    Ok(shell.view())
}

/// Locks, because the person said so. The pages are told by an event.
#[tauri::command]
#[specta::specta]
pub async fn lock<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    watch::lock(&app).await;
    Ok(())
}

/// Somebody is there: pressed a key, or moved.
#[tauri::command]
#[specta::specta]
pub fn somebody_here(shell: App<'_>) {
    shell.idle.somebody_here();
}
