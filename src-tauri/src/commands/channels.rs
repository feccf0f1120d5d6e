//! The channels of the client at work.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;

use super::{Answer, App};
use crate::view::{ChannelView, ChannelsView};

/// The channels as last read; read anew where asked for, or where they were not read yet.
#[tauri::command]
#[specta::specta]
pub async fn channels(shell: App<'_>, anew: bool) -> Answer<ChannelsView> {
    let overview = if anew { shell.app.read_channels().await? } else { shell.app.channels().await? };
    Ok(ChannelsView::of(&overview, &shell.app.all_keys_here()?))
}

/// One channel as last read, with the verdict and the keys that lie here.
#[tauri::command]
#[specta::specta]
pub async fn channel(shell: App<'_>, id: String) -> Answer<ChannelView> {
    let id = ChannelId(id);
    let overview = shell.app.channels().await?;
    let channel = overview.channels.iter().find(|channel| channel.id == id).ok_or(Trouble::NoSuchChannel)?;
    Ok(ChannelView::of(&overview, channel, &shell.app.keys_here(&id)?))
}
