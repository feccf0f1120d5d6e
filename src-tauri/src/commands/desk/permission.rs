//! Asking a client for the permission on 360dialog's own page, and reading the address with which it comes back.

use tauri::{AppHandle, Runtime};

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::permission_page::{Returned, return_address};

use super::super::{Answer, App};
use super::watch;
use crate::tasks;
use crate::view::{AskView, FormWord, ReturnView, TaskWord};

/// Makes the link by which a channel's client is asked for the permission. Asks nobody.
#[tauri::command(async)]
#[specta::specta]
pub fn ask_for_permission(
    shell: App<'_>,
    channel_id: String,
    form: FormWord,
    return_to: Option<String>,
) -> Answer<AskView> {
    let return_to = match return_to.map(|text| return_address(&text)).transpose() {
        Ok(return_to) => return_to,
        Err(why) => return Ok(why.into()),
    };
    let ask = shell.app.desk()?.ask_for(&ChannelId(channel_id), return_to);
    Ok(AskView::of(&ask.ok_or(Trouble::NoSuchChannel)?, form.into()))
}

/// Where the partner lets people come back to from the permission page, where the Hub tells it and it is good for that.
#[tauri::command]
#[specta::specta]
pub async fn partner_return_address(shell: App<'_>) -> Answer<Option<String>> {
    let told = shell.app.desk()?.return_address().await.map_err(Trouble::from)?;
    Ok(told.told().and_then(|text| return_address(text).ok()).map(Into::into))
}

/// Reads an address that a client sent in. It is a hint, and changes nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn explain_return(shell: App<'_>, text: String) -> Answer<ReturnView> {
    let desk = shell.app.desk()?;
    Ok(match Returned::read(&text) {
        Ok(returned) => ReturnView::of(&desk.explain(&returned)),
        Err(why) => why.into(),
    })
}

/// Asks the Hub again what a client shares. Returns at once; an event tells what changes.
#[tauri::command(async)]
#[specta::specta]
pub fn check_client<R: Runtime>(app: AppHandle<R>, shell: App<'_>, client_id: String) -> Answer<()> {
    let desk = shell.app.desk()?;
    watch(&app, &desk);
    tasks::run(&app, TaskWord::Desk, async move { desk.check_again(vec![ClientId(client_id)]).await });
    Ok(())
}
