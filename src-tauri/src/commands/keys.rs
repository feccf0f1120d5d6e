//! Making a key, and what can be done with one. The key itself crosses to a page in `show_key` alone.

use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;

use channel_keys_core::access::Side;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::history::What;
use channel_keys_core::records::Place;

use super::{Answer, App, ClipboardState};
use crate::failure::{Code, Failure};
use crate::os::clipboard::Clipboard;
use crate::os::key_window::{self, Shows};
use crate::shell::Shell;
use crate::tasks;
use crate::view::{
    BeforeView, BeginsView, FoundKeysView, KeyTestView, KeyView, ListSaysView, OutcomeView, PastedView,
    PlaceView, Shown, ShownKey, TaskWord, WebhookView,
};
use crate::watch;

/// How long the Hub's list of keys may hold up the page before a key is replaced (ours).
const KEY_LIST: Duration = Duration::from_secs(2);

/// Reads the facts anew and prepares the one request for a key.
#[tauri::command]
#[specta::specta]
pub async fn before_making<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    channel_id: String,
) -> Answer<BeforeView> {
    let channel = ChannelId(channel_id);
    let (of, handle) = (channel.clone(), app.clone());
    let noted =
        tasks::run(
            &app,
            TaskWord::Other,
            async move { handle.state::<Shell>().app.note_key_list(&of).await },
        );
    let before = shell.app.before_making(&channel).await?;
    // The list is a help and no more: a Hub that is slow with it keeps nobody waiting.
    let _ = tokio::time::timeout(KEY_LIST, noted).await;
    let own_page_first = shell.app.lacks_key_calls(&channel);
    if before.side == Side::Partner {
        let partner = shell.app.desk()?.standing().partner_name.told().and_then(Shown::some);
        return Ok(BeforeView::at_desk(&before, partner));
    }
    Ok(BeforeView::of(&before, &shell.app.channels().await?, own_page_first))
}

/// Has a locked keychain ask for its password now, before a key is made. Waits for the person.
#[tauri::command]
#[specta::specta]
pub async fn unlock_keychain(shell: App<'_>) -> Answer<()> {
    Ok(shell.app.unlock_keychain().await?)
}

/// Asks the Hub for a key, once. When this returns, the key lies in the keychain or the page says why not.
#[tauri::command]
#[specta::specta]
pub async fn make_key<R: Runtime>(app: AppHandle<R>, shell: App<'_>, ticket: String) -> Answer<OutcomeView> {
    let begins = BeginsView::after(&shell.app.session());
    let outcome = shell.app.make_key(&ticket).await;
    if !shell.app.may_lock() {
        watch::locked(&app, begins).await;
    }
    Ok(OutcomeView::of(&outcome?))
}

/// Whether a key that was made is on its way into the keychain, which may wait for the person.
#[tauri::command(async)]
#[specta::specta]
pub fn is_storing(shell: App<'_>) -> bool {
    shell.app.is_storing()
}

/// Opens the window that shows the key, because the person asked to see it.
#[tauri::command]
#[specta::specta]
pub async fn show_key<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    shell.app.key_record(&id)?;
    open_window(&app, &shell, Shows::Key(id))
}

/// Opens the window that shows something, which it has to ask for.
pub(super) fn open_window<R: Runtime>(app: &AppHandle<R>, shell: &Shell, shows: Shows) -> Answer<()> {
    shell.let_show(shows.clone());
    let opened = key_window::open(app, &shows, shell.hides_from_captures());
    opened.map_err(|_| Failure::new(Code::KeyNotShown))
}

/// What the key window was opened for, for that window alone and once, sealed for who gave this public half.
#[tauri::command]
#[specta::specta]
pub async fn shown_key<R: Runtime>(app: AppHandle<R>, shell: App<'_>, half: String) -> Answer<ShownKey> {
    let hidden = shell.hides_from_captures();
    let shows = shell.to_show().ok_or(Failure::new(Code::NoSuchKey))?;
    let shown = seal_shown(&shell, shows.clone(), &half, hidden).await?;
    key_window::shown(&app, &shows);
    Ok(shown)
}

async fn seal_shown(shell: &Shell, shows: Shows, half: &str, hidden: bool) -> Answer<ShownKey> {
    match shows {
        Shows::Key(id) => {
            let (key, record) = (shell.app.key(&id).await?, shell.app.key_record(&id)?);
            let shown = ShownKey::of(&record, &key, half, hidden);
            let shown = shown.ok_or(Failure::new(Code::KeyNotShown))?;
            shell.app.note_use(&id, What::KeyShown);
            Ok(shown)
        }
        Shows::Words(id) => {
            let record = shell.app.key_record(&id)?;
            let words = shell.files.words_for(&id).ok_or(Failure::new(Code::WordsGone))?;
            let shown = ShownKey::words(&record, &words, half, hidden);
            let shown = shown.ok_or(Failure::new(Code::KeyNotShown))?;
            shell.app.note_can_open_file(&id);
            Ok(shown)
        }
    }
}

/// Closes the key window.
#[tauri::command(async)]
#[specta::specta]
pub fn hide_key<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    key_window::close(&app);
    Ok(())
}

/// Puts the key on the clipboard, marked so that clipboard histories leave it out. Another one that lies nowhere else stays
/// there unless `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn copy_key<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    clipboard: ClipboardState<'_>,
    id: String,
    anyway: bool,
) -> Answer<()> {
    copy(&app, &shell, &clipboard, &id, anyway).await
}

/// Does the same with the key that the window which asks shows. Another one that lies nowhere else stays there.
#[tauri::command]
#[specta::specta]
pub async fn copy_shown_key<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    clipboard: ClipboardState<'_>,
) -> Answer<()> {
    let id = shell.shown_key().ok_or(Failure::new(Code::NoSuchKey))?;
    copy(&app, &shell, &clipboard, &id, false).await
}

async fn copy<R: Runtime>(
    app: &AppHandle<R>,
    shell: &Shell,
    clipboard: &Clipboard,
    id: &str,
    anyway: bool,
) -> Answer<()> {
    let key = shell.app.key(id).await?;
    let stored = shell.app.lies_elsewhere(id);
    watch::tell(app, clipboard.copy_key(id, key, stored, shell.on_clipboard(), anyway)?);
    shell.app.note_use(id, What::KeyCopied);
    Ok(())
}

/// Keeps the key in the keychain under a name.
#[tauri::command]
#[specta::specta]
pub async fn keep_key(shell: App<'_>, id: String, label: String) -> Answer<KeyView> {
    Ok(KeyView::of(&shell.app.keep_key(&id, &label).await?))
}

/// Takes the key out of the keychain and of memory, because the person said so.
#[tauri::command]
#[specta::specta]
pub async fn let_key_go<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    key_window::close(&app);
    Ok(shell.app.let_go(&id).await?)
}

/// The person is done with a new key.
#[tauri::command]
#[specta::specta]
pub async fn done_with_key<R: Runtime>(app: AppHandle<R>, shell: App<'_>, id: String) -> Answer<()> {
    key_window::close(&app);
    Ok(shell.app.done(&id).await?)
}

/// Asks the messaging host whether the key works.
#[tauri::command]
#[specta::specta]
pub async fn test_key(shell: App<'_>, id: String) -> Answer<KeyTestView> {
    let test = shell.app.test_key(&id).await?;
    Ok(KeyTestView::of(&test, &shell.app.key_record(&id)?, shell.app.whose(&test)))
}

/// Looks into the Hub's own list of keys whether one was made by a request whose outcome is open.
#[tauri::command]
#[specta::specta]
pub async fn key_list_says(shell: App<'_>, id: String) -> Answer<ListSaysView> {
    Ok(ListSaysView::of(&shell.app.key_list_says(&id).await?))
}

/// The keys that wait for a decision: safety copies, and keys whose fate is open.
#[tauri::command]
#[specta::specta]
pub async fn waiting_keys(shell: App<'_>) -> Answer<Vec<KeyView>> {
    look_for_keys(&shell).await?;
    Ok(shell.app.waiting_keys()?.iter().map(KeyView::of).collect())
}

/// Looks through the keychain for keys that have no record here, whoever's they are.
#[tauri::command]
#[specta::specta]
pub async fn found_keys(shell: App<'_>) -> Answer<FoundKeysView> {
    Ok(FoundKeysView::of(shell.app.find_again(shell.app.realm()).await?))
}

/// All keys of the account that lie here or whose fate is open, newest first.
#[tauri::command]
#[specta::specta]
pub async fn keys(shell: App<'_>) -> Answer<Vec<KeyView>> {
    look_for_keys(&shell).await?;
    Ok(shell.app.all_keys_here()?.iter().map(KeyView::of).collect())
}

/// Finds again what the program held when it stopped, and what lies in the keychain without a record.
pub(super) async fn look_for_keys(shell: &Shell) -> Answer<()> {
    shell.app.recover().await?;
    shell.app.find_again(shell.app.realm()).await?;
    Ok(())
}

/// Looks on the clipboard for a key that was made elsewhere, and tells the four characters that tell each of those found
/// from others. Nothing is stored or asked before the person says which one is meant, and none passes through the page.
#[tauri::command]
#[specta::specta]
pub async fn find_pasted<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    channel_id: String,
) -> Answer<Vec<Option<String>>> {
    let text = app.clipboard().read_text().map_err(|_| Failure::new(Code::ClipboardEmpty))?;
    Ok(shell.app.find_pasted(&ChannelId(channel_id), &text)?)
}

/// Takes one of the keys that were found: safety copy first, then tested.
#[tauri::command]
#[specta::specta]
pub async fn take_pasted(shell: App<'_>, channel_id: String, which: u32) -> Answer<PastedView> {
    let which = usize::try_from(which).unwrap_or(usize::MAX);
    let pasted = shell.app.take_pasted(&ChannelId(channel_id), which).await?;
    Ok(PastedView::of(&pasted, &shell.app.channels().await?))
}

/// None of the keys that were found is meant.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_pasted(shell: App<'_>) {
    shell.app.forget_pasted();
}

/// Puts a pasted key under the channel that it turned out to be for.
#[tauri::command]
#[specta::specta]
pub async fn move_key(shell: App<'_>, id: String, channel_id: String) -> Answer<KeyView> {
    Ok(KeyView::of(&shell.app.move_key(&id, &ChannelId(channel_id)).await?))
}

/// Gives a kept key another name, here and in the keychain.
#[tauri::command]
#[specta::specta]
pub async fn rename_key(shell: App<'_>, id: String, label: String) -> Answer<KeyView> {
    Ok(KeyView::of(&shell.app.rename_key(&id, &label).await?))
}

/// Notes where a key is used, and in which of these places it is in place.
#[tauri::command(async)]
#[specta::specta]
pub fn set_places(shell: App<'_>, id: String, places: Vec<PlaceView>) -> Answer<KeyView> {
    let places = places.into_iter().map(|place| Place { name: place.name, done: place.done });
    Ok(KeyView::of(&shell.app.set_places(&id, places.collect())?))
}

/// Asks the messaging host, with a key kept here, where the number's messages are delivered.
#[tauri::command]
#[specta::specta]
pub async fn webhook(shell: App<'_>, id: String) -> Answer<WebhookView> {
    Ok(WebhookView::of(&shell.app.webhook(&id).await?))
}
