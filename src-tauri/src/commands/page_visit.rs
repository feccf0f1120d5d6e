//! Changing the permission on 360dialog's own page.

use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;
use time::OffsetDateTime;

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::times::later;

use super::{Answer, App};
use crate::failure::{Code, Failure};
use crate::view::{AfterPageView, AwayView, ReturnRefusedWord};
use crate::way_back;

/// Opens 360dialog's page in the browser, about one number or about all, and a door by which it comes back. A browser that
/// does not open is told in the view: the link can be copied.
#[tauri::command]
#[specta::specta]
pub async fn visit_page<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    channel_id: Option<String>,
) -> Answer<AwayView> {
    let channel = channel_id.map(ChannelId);
    let door = way_back::open(&app).await;
    let until = later(OffsetDateTime::now_utc(), shell.door_open_for());
    let away = shell.app.visit_page(channel.as_ref(), door).await?;
    let opened = app.opener().open_url(&away.link, None::<&str>).is_ok();
    Ok(AwayView::of(&away, until, opened, shell.practice_pass().await))
}

/// Opens the same link once more.
#[tauri::command(async)]
#[specta::specta]
pub fn visit_page_again<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<()> {
    let away = shell.app.page_visit().ok_or(Trouble::NoPageVisit)?;
    app.opener().open_url(away.link, None::<&str>).map_err(|_| Failure::new(Code::BrowserNotOpened))
}

/// Takes the address with which somebody came back by hand; why it is none of this visit's, if so. Asks nobody.
#[tauri::command(async)]
#[specta::specta]
pub fn take_page_return(shell: App<'_>, address: String) -> Option<ReturnRefusedWord> {
    shell.app.come_back(&address).err().map(ReturnRefusedWord::from)
}

/// Asks the Hub what holds now, and says what of it is certain.
#[tauri::command]
#[specta::specta]
pub async fn after_page(shell: App<'_>) -> Answer<AfterPageView> {
    Ok(AfterPageView::of(&shell.app.after_page().await?))
}

/// The visit is over, or given up: the door is closed.
#[tauri::command(async)]
#[specta::specta]
pub fn end_page_visit(shell: App<'_>) {
    shell.app.end_page_visit();
}
