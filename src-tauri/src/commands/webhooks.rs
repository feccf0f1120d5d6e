//! The webhooks around the replacing of a key.

use channel_keys_core::channel::ChannelId;

use super::{Answer, App};
use crate::view::{WebhookSetView, WebhookStandsView};

/// How a number's webhooks stand, compared with what they were before its key was replaced.
#[tauri::command]
#[specta::specta]
pub async fn webhook_stands(shell: App<'_>, channel_id: String) -> Answer<WebhookStandsView> {
    Ok(WebhookStandsView::of(shell.app.webhook_stands(&ChannelId(channel_id)).await?))
}

/// Sets each webhook as it was before the key was replaced.
#[tauri::command]
#[specta::specta]
pub async fn set_webhook_again(shell: App<'_>, channel_id: String) -> Answer<WebhookSetView> {
    Ok(WebhookSetView::of(shell.app.set_webhook_again(&ChannelId(channel_id)).await?))
}

/// The person does not want them set again: what was noted leaves the keychain.
#[tauri::command]
#[specta::specta]
pub async fn let_webhook_go(shell: App<'_>, channel_id: String) -> Answer<()> {
    Ok(shell.app.let_webhook_go(&ChannelId(channel_id)).await?)
}
