//! A key as a file that words open: saving one, and opening one. Neither the key nor the words that were drawn pass
//! through the page.

use tauri::{AppHandle, Runtime};
use time::OffsetDateTime;
use time::macros::format_description;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::secret::Passphrase;

use super::keys::open_window;
use super::{Answer, App};
use crate::failure::{Code, Failure};
use crate::locked_file::{self, CantOpen, Locked};
use crate::os::key_window::{self, Shows};
use crate::os::{open_dialog, private_file, save_dialog};
use crate::view::{OpenedView, Shown};
use crate::words::say;

/// The titles of dialogs.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[SAVE_TITLE, OPEN_TITLE];

const SAVE_TITLE: &str = "export-key-title";
const OPEN_TITLE: &str = "open-choose";

/// Saves a key as a file where the person chooses, locked with words that are drawn for it, and tells where; none
/// where they choose none.
#[tauri::command]
#[specta::specta]
pub async fn save_key_as_file<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    id: String,
) -> Answer<Option<String>> {
    shell.app.key_record(&id)?;
    let name = file_name(OffsetDateTime::now_utc());
    let Some(path) = save_dialog::ask(&app, say(SAVE_TITLE, &[]), name).await else { return Ok(None) };
    let text = shell.app.text_for_file(&id).await?;
    let words = locked_file::draw_words().ok_or(Failure::new(Code::NoWordsDrawn))?;
    let (with, to) = (words.clone(), path.clone());
    let written = tauri::async_runtime::spawn_blocking(move || {
        private_file::write(&to, &locked_file::lock(&text, &with)?)
    });
    let written = written.await.is_ok_and(|it| it.is_ok());
    written.then_some(()).ok_or(Failure::new(Code::FileNotWritten))?;
    // Who locked the program meanwhile finds a file that nobody can open, and no words in memory.
    shell.app.key_record(&id)?;
    shell.files.was_saved(id.clone(), words);
    shell.app.note_saved_as_file(&id);
    Ok(Some(path.display().to_string()))
}

/// Opens the window that shows the words by which the saved file opens.
#[tauri::command]
#[specta::specta]
pub async fn show_file_words<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    shell.app.key_record(&id)?;
    shell.files.words_for(&id).ok_or(Failure::new(Code::WordsGone))?;
    open_window(&app, &shell, Shows::Words(id))
}

/// The person is done with the words.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_file_words<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<()> {
    key_window::close(&app);
    shell.files.forget_words();
    Ok(())
}

/// Asks which file is to be opened, and tells its name; none where the person chooses none. What no words can open is
/// refused here.
#[tauri::command]
#[specta::specta]
pub async fn choose_key_file<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<Option<Shown>> {
    let Some(path) = open_dialog::ask(&app, say(OPEN_TITLE, &[])).await else { return Ok(None) };
    let name = path.file_name().map(|name| Shown::of(name.to_string_lossy()));
    shell.files.put_away();
    let read = tauri::async_runtime::spawn_blocking(move || Locked::read(&path)).await;
    shell.files.choose(read.unwrap_or(Err(CantOpen::NotRead))?);
    Ok(name)
}

/// Opens the file that was chosen with the words that the person heard, and takes its key for this channel: safety
/// copy first, then tested. The key never passes through the page.
#[tauri::command]
#[specta::specta]
pub async fn open_key_file(shell: App<'_>, channel_id: String, words: String) -> Answer<OpenedView> {
    let words = Passphrase::new(words);
    let file = shell.files.chosen().ok_or(Failure::new(Code::NoKeyFile))?;
    let opened = tauri::async_runtime::spawn_blocking(move || {
        let readings = Passphrase::readings(words.expose());
        file.open(&readings)
    });
    let text = opened.await.unwrap_or(Err(CantOpen::Damaged))?;
    let opened = shell.app.take_from_file(&ChannelId(channel_id), &text).await?;
    let view = OpenedView::of(&opened, &shell.app.channels().await?);
    if matches!(view, OpenedView::Taken { .. }) {
        shell.files.put_away();
    }
    Ok(view)
}

/// The name that is proposed. It says nothing of whose number it is.
fn file_name(now: OffsetDateTime) -> String {
    let day = now.format(format_description!("[year]-[month]-[day]")).unwrap_or_default();
    format!("channel-keys-key-{day}.age")
}
