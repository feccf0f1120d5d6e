//! The channels of the client at work.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, Permission};

use super::{Answer, App};
use crate::view::{ChannelView, ChannelsView, PermissionChangeView};

/// The channels as last read; read anew where asked for, or where they were not read yet.
#[tauri::command]
#[specta::specta]
pub async fn channels(shell: App<'_>, anew: bool) -> Answer<ChannelsView> {
    let listing = shell.app.listing(anew).await?;
    Ok(ChannelsView::of(&listing, &shell.app.all_keys_here()?))
}

/// One channel as last read, with the verdict and the keys that lie here.
#[tauri::command]
#[specta::specta]
pub async fn channel(shell: App<'_>, id: String) -> Answer<ChannelView> {
    let id = ChannelId(id);
    let listing = shell.app.listing(false).await?;
    let channel = listing.overview.channel(&id).ok_or(Trouble::NoSuchChannel)?;
    Ok(ChannelView::of(&listing, channel, &shell.app.keys_here(&id)?))
}

/// Gives or removes the partner's permission for one channel, and says what the Hub says now.
#[tauri::command]
#[specta::specta]
pub async fn change_permission(
    shell: App<'_>,
    channel_id: String,
    share: bool,
) -> Answer<PermissionChangeView> {
    // Many are changed in a row, and nobody has to move meanwhile.
    shell.idle.somebody_here();
    let to = if share { Permission::Shared } else { Permission::Missing };
    let change = shell.app.change_permission(&ChannelId(channel_id), to).await?;
    Ok(PermissionChangeView::of(&change))
}
