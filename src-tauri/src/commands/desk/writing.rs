//! Whether the desk may write, and the keys that it made on clients' behalf.

use tauri::{AppHandle, Runtime};

use channel_keys_core::channel::ChannelId;

use super::super::keys::look_for_keys;
use super::super::{Answer, App};
use crate::os::key_window;
use crate::view::{DeskKeyView, KeyListView, ModeWord};

/// Whether the desk only reads.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_mode(shell: App<'_>) -> Answer<ModeWord> {
    shell.app.desk()?;
    Ok(ModeWord::of(shell.app.only_reads()))
}

/// Lets the desk write, because the person was told what that means and said so; or lets it only read.
#[tauri::command(async)]
#[specta::specta]
pub fn set_desk_mode(shell: App<'_>, mode: ModeWord) -> Answer<ModeWord> {
    match mode {
        ModeWord::ReadOnly => shell.app.read_only()?,
        ModeWord::MayWrite => shell.app.let_write()?,
    }
    Ok(ModeWord::of(shell.app.only_reads()))
}

/// All keys that were made at the desk and lie here, or whose fate is open, newest first.
#[tauri::command]
#[specta::specta]
pub async fn desk_keys(shell: App<'_>) -> Answer<Vec<DeskKeyView>> {
    look_for_keys(&shell).await?;
    Ok(shell.app.desk_keys()?.iter().map(DeskKeyView::of).collect())
}

/// Notes that the client has the key, and forgets it here.
#[tauri::command]
#[specta::specta]
pub async fn hand_key_over<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    key_window::close(&app);
    Ok(shell.app.hand_over(&id).await?)
}

/// Which keys the Hub lists for a channel, never whole.
#[tauri::command]
#[specta::specta]
pub async fn desk_key_list(shell: App<'_>, channel_id: String) -> Answer<KeyListView> {
    let (desk, channel) = (shell.app.desk()?, ChannelId(channel_id));
    let listed = desk.key_list(&channel).await;
    Ok(KeyListView::of(&listed, desk.keys_changed(&channel)))
}
