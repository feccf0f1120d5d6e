//! Marking channels to be watched.

use channel_keys_core::channel::ChannelId;

use crate::commands::{Answer, App};

/// Marks a channel to be watched, or takes the mark away.
#[tauri::command(async)]
#[specta::specta]
pub fn set_watched(shell: App<'_>, channel_id: String, watched: bool) -> Answer<()> {
    Ok(shell.app.desk()?.set_watched(&ChannelId(channel_id), watched)?)
}
