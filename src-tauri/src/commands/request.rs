//! What a partner asks for, and the answer to it.

use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;

use channel_keys_core::app::AskedNow;

use super::{Answer, App};
use crate::failure::{Code, Failure};
use crate::view::RequestView;

/// Reads a link that a partner sent. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn read_request(shell: App<'_>, text: String) -> Answer<RequestView> {
    Ok(RequestView::of(shell.app.read_request(&text).await?))
}

/// What a partner asks for now, by a link that came or by one that was pasted.
#[tauri::command]
#[specta::specta]
pub async fn request(shell: App<'_>) -> Answer<RequestView> {
    Ok(RequestView::of(shell.app.request().await?))
}

/// The request is dealt with, or nobody wants it.
#[tauri::command(async)]
#[specta::specta]
pub fn put_request_away(shell: App<'_>) {
    shell.app.put_request_away();
}

/// Opens the address in the browser that tells the partner what was given and removed. It is the one that was shown:
/// core makes it, and a page can't name another one.
#[tauri::command]
#[specta::specta]
pub async fn tell_partner<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<()> {
    let AskedNow::Asks(asks) = shell.app.request().await? else {
        return Err(Failure::new(Code::NoRequest));
    };
    let address = asks.answer.ok_or(Failure::new(Code::NoRequest))?;
    app.opener().open_url(address, None::<&str>).map_err(|_| Failure::new(Code::BrowserNotOpened))
}
