//! The support desk.

pub mod bulk;
pub mod by_key;
pub mod columns;
pub mod diagnosis;
pub mod history;
pub mod notes;
pub mod permission;
pub mod watching;
pub mod writing;

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::Desk;
use channel_keys_core::pasted::partner_key_in;

use super::{Answer, App};
use crate::failure::Failure;
use crate::looking;
use crate::shell::Shell;
use crate::tasks;
use crate::view::{DeskChanged, DeskChannelView, DeskView, LinesView, LookView, SessionView, TaskWord};
use crate::watch;

/// How long the pages are left alone between two tellings of what changed.
const TELLING: Duration = Duration::from_millis(150);

/// Opens the desk with the partner's API key, which takes the place of signing in.
#[tauri::command]
#[specta::specta]
pub async fn open_desk_with_key<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    partner_id: String,
    key: String,
) -> Answer<SessionView> {
    let key = partner_key_in(&key).map_err(Failure::from)?;
    let session = shell.app.open_desk_with_key(&partner_id, key).await?;
    shell.forget_lock();
    watch::take_back(&app).await;
    Ok(SessionView::of(&session))
}

/// How the desk stands.
#[tauri::command(async)]
#[specta::specta]
pub fn desk(shell: App<'_>) -> Answer<DeskView> {
    Ok(shell.desk_view(&*shell.app.desk()?))
}

/// Reads the list, and asks for the permissions of these channels again, in their order, and for all that were not told
/// yet. Returns at once; an event tells what changes.
#[tauri::command(async)]
#[specta::specta]
pub fn read_desk<R: Runtime>(app: AppHandle<R>, shell: App<'_>, first: Vec<String>) -> Answer<()> {
    let desk = shell.app.desk()?;
    go_on(app, desk, Some(first.into_iter().map(ChannelId).collect()));
    Ok(())
}

/// Asks 360dialog about one channel now: what it says of it, and whether its client shares it.
#[tauri::command]
#[specta::specta]
pub async fn ask_channel<R: Runtime>(app: AppHandle<R>, shell: App<'_>, channel_id: String) -> Answer<()> {
    let desk = shell.app.desk()?;
    watch(&app, &desk);
    desk.read_anew(&ChannelId(channel_id)).await.map_err(Trouble::from)?;
    Ok(())
}

/// Goes on asking for permissions where that was stopped.
#[tauri::command(async)]
#[specta::specta]
pub fn check_desk<R: Runtime>(app: AppHandle<R>, shell: App<'_>) -> Answer<()> {
    go_on(app, shell.app.desk()?, None);
    Ok(())
}

/// Stops asking for permissions.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_checking(shell: App<'_>) -> Answer<()> {
    shell.app.desk()?.stop_checking();
    Ok(())
}

/// Some lines of the board. Looked for beside the window's own thread, which is wanted for the next key stroke.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_lines(shell: App<'_>, look: LookView, from: u32, count: u32) -> Answer<LinesView> {
    let lines = shell.app.desk()?.lines(&look.into(), from as usize, count as usize);
    Ok(LinesView::of(&lines, from))
}

/// All that the desk knows of a channel, and where the board shows it. Looked for as the lines are.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_channel(shell: App<'_>, channel_id: String, look: Option<LookView>) -> Answer<DeskChannelView> {
    let (desk, channel) = (shell.app.desk()?, ChannelId(channel_id));
    let place = look.and_then(|look| desk.place(&look.into(), &channel));
    let line = desk.line(&channel).ok_or(Trouble::NoSuchChannel)?;
    Ok(DeskChannelView::of(&line, place))
}

/// `read`: the list too, and again about these channels.
fn go_on<R: Runtime>(app: AppHandle<R>, desk: Arc<Desk>, read: Option<Vec<ChannelId>>) {
    let is_new = watch(&app, &desk);
    looking::begin(&app, &desk);
    let handle = app.clone();
    tasks::run(&app, TaskWord::Desk, async move {
        if is_new {
            history::forget_old(&handle, &desk).await;
        }
        match read {
            Some(first) => desk.read_and_check(&first).await,
            None => desk.check().await,
        }
    });
}

/// Has the pages told what changes, where they are not already; whether that is new.
fn watch<R: Runtime>(app: &AppHandle<R>, desk: &Arc<Desk>) -> bool {
    let is_new = !desk.is_watched();
    if is_new {
        // Subscribes now, so that nobody begins a second one meanwhile.
        let (told, of) = (desk.changes(), Arc::downgrade(desk));
        tasks::keep_until_done(app, TaskWord::Desk, move |app| tell(app, of.clone(), told.clone()));
    }
    is_new
}

/// Tells the pages what changes, until the desk is closed.
async fn tell<R: Runtime>(
    app: AppHandle<R>,
    desk: std::sync::Weak<Desk>,
    mut changes: tokio::sync::watch::Receiver<u64>,
) {
    while changes.changed().await.is_ok() {
        let Some(open) = desk.upgrade() else { return };
        let desk = app.state::<Shell>().desk_view(&open);
        let is_empty = desk.saved.iter().all(|saved| saved.count == 0);
        let _ = DeskChanged { desk }.emit(&app);
        drop(open);
        // The first lines are waited for.
        if !is_empty {
            tokio::time::sleep(TELLING).await;
        }
    }
}
