//! Health and webhook of the desk's channels, asked with the keys that lie here.

use tauri::{AppHandle, Runtime};

use channel_keys_core::channel::ChannelId;

use super::super::{Answer, App};
use super::watch;

/// Asks about those of these channels that have a key here; `anew`: also where that was done a short while ago. Rows tell
/// what came of it.
#[tauri::command]
#[specta::specta]
pub async fn ask_by_keys<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    channel_ids: Vec<String>,
    anew: bool,
) -> Answer<()> {
    watch(&app, &shell.app.desk()?);
    let channels: Vec<_> = channel_ids.into_iter().map(ChannelId).collect();
    Ok(shell.app.ask_by_keys(&channels, anew).await?)
}
