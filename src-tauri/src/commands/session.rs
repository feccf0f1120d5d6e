//! Signing in and out.

use tauri::{AppHandle, Runtime};

use channel_keys_core::channel::ClientId;
use channel_keys_core::secret::Password;

use super::{Answer, App, ClipboardState};
use crate::checking::name_of;
use crate::os::key_window;
use crate::view::{AppView, BeginsView, ClipboardView, SessionView, Shown};
use crate::watch;
use crate::web_process;

/// What a page needs to know before anybody signs in. Waits for nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn app<R: Runtime>(app: AppHandle<R>, shell: App<'_>, clipboard: ClipboardState<'_>) -> AppView {
    shell.page_begins.notify_waiters();
    // A page that begins has no file in hand, and nothing to ask about when the window closes.
    shell.files.forget();
    let on_clipboard = shell.cleared().unwrap_or_else(|| clipboard.told());
    let making = shell.app.being_made().map(|key| Shown::of(name_of(&key)));
    if making.is_some() {
        web_process::begin_again_once_made(&app);
    }
    AppView { clipboard: Some(ClipboardView::of(on_clipboard)), making, ..shell.view() }
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
pub async fn open_here<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    user: String,
    client_id: String,
) -> Answer<SessionView> {
    let session = shell.app.open_here(&user, &ClientId(client_id))?;
    // A password may have been typed, in vain where the Hub does not answer.
    web_process::renew(&app).await;
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
#[tauri::command(async)]
#[specta::specta]
pub fn choose_client(shell: App<'_>, client_id: String) -> Answer<SessionView> {
    let session = shell.app.choose_client(&ClientId(client_id))?;
    Ok(SessionView::of(&session))
}

/// Forgets the session, in the keychain too. What the keychain does not give up is told in the view. `email`: who is
/// expected to sign in next; `by_key`: a partner's key is asked for.
#[tauri::command]
#[specta::specta]
pub async fn sign_out<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    email: Option<String>,
    by_key: bool,
) -> Answer<AppView> {
    key_window::close(&app);
    shell.app.sign_out()?;
    shell.note_left();
    // At once: the keychain may wait for the person.
    shell.note_cleared(watch::take_back(&app).await);
    watch::forget_kept_session(&app).await;
    shell.forget_lock();
    watch::session_ended(&app, BeginsView { email, by_key, forgotten: None }).await;
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
#[tauri::command(async)]
#[specta::specta]
pub fn somebody_here(shell: App<'_>) {
    shell.idle.somebody_here();
}
