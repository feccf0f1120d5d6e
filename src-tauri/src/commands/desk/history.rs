//! What changed at a channel, and how long that is kept.

use std::sync::Arc;

use tauri::{AppHandle, Manager, Runtime};

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::Desk;

use crate::commands::{Answer, App};
use crate::settings::Settings;
use crate::shell::Shell;
use crate::tasks;
use crate::view::{ChangesView, TaskWord};

/// What changed at a channel, newest first: older than the one with the id `before` where one is named.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_changes(shell: App<'_>, channel_id: String, before: Option<u32>) -> Answer<ChangesView> {
    let desk = shell.app.desk()?;
    let page = desk.changes_of(&ChannelId(channel_id), before.map(i64::from))?;
    Ok(ChangesView::of(&page, &desk))
}

/// Forgets what was seen longer ago than the person wants it kept, now and each day while the desk is open.
pub(super) async fn forget_old<R: Runtime>(app: &AppHandle<R>, desk: &Arc<Desk>) {
    let here = app.clone();
    let kept = move || Settings::of(&here.state::<Shell>().records).seen_kept();
    desk.forget_old(kept()).await;
    let desk = desk.clone();
    tasks::keep_until_done(app, TaskWord::Other, move |_| {
        let (desk, kept) = (desk.clone(), kept.clone());
        async move { desk.forget_old_each_day(kept).await }
    });
}
