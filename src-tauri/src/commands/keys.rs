//! Making a key, and what can be done with one. The key itself crosses to a page in `show_key` alone.

use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;

use channel_keys_core::channel::ChannelId;

use super::{Answer, App};
use crate::failure::{Code, Failure};
use crate::view::{BeforeView, KeyTestView, KeyView, OutcomeView};

/// Reads the facts anew and prepares the one request for a key.
#[tauri::command]
#[specta::specta]
pub async fn before_making(shell: App<'_>, channel_id: String) -> Answer<BeforeView> {
    let before = shell.app.before_making(&ChannelId(channel_id)).await?;
    Ok(BeforeView::of(&before, &shell.app.channels().await?))
}

/// Asks the Hub for a key, once. When this returns, the key lies in the keychain or the page says why not.
#[tauri::command]
#[specta::specta]
pub async fn make_key(shell: App<'_>, ticket: String) -> Answer<OutcomeView> {
    let outcome = shell.app.make_key(&ticket).await?;
    Ok(OutcomeView::of(&outcome))
}

/// The key itself, because the person asked to see it.
#[tauri::command]
#[specta::specta]
pub async fn show_key(shell: App<'_>, id: String) -> Answer<String> {
    Ok(shell.app.key(&id).await?.expose().to_owned())
}

/// Puts the key on the clipboard, marked so that clipboard histories leave it out.
#[tauri::command]
#[specta::specta]
pub async fn copy_key<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    let key = shell.app.key(&id).await?;
    app.clipboard().write_secret(key.expose()).map_err(|_| Failure::new(Code::ClipboardRefused))
}

/// Keeps the key in the keychain under a name.
#[tauri::command]
#[specta::specta]
pub async fn keep_key(shell: App<'_>, id: String, label: String) -> Answer<KeyView> {
    Ok(KeyView::of(&shell.app.keep_key(&id, &label).await?))
}

/// Takes the key out of the keychain and of memory, because the person said so.
#[tauri::command]
#[specta::specta]
pub async fn let_key_go(shell: App<'_>, id: String) -> Answer<()> {
    Ok(shell.app.let_go(&id).await?)
}

/// The person is done with a new key.
#[tauri::command]
#[specta::specta]
pub fn done_with_key(shell: App<'_>, id: String) -> Answer<()> {
    Ok(shell.app.done(&id)?)
}

/// Asks the messaging host whether the key works.
#[tauri::command]
#[specta::specta]
pub async fn test_key(shell: App<'_>, id: String) -> Answer<KeyTestView> {
    Ok(KeyTestView::of(&shell.app.test_key(&id).await?))
}

/// The keys that wait for a decision: safety copies, and keys whose fate is open.
#[tauri::command]
#[specta::specta]
pub async fn waiting_keys(shell: App<'_>) -> Answer<Vec<KeyView>> {
    shell.app.recover().await?;
    Ok(shell.app.waiting_keys()?.iter().map(KeyView::of).collect())
}
