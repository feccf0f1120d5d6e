//! Choosing channels on the board, asking about them again, and the board as a file.

use tauri::{AppHandle, Runtime};

use channel_keys_core::channel::ChannelId;

use crate::commands::{Answer, App};
use crate::export;
use crate::tasks;
use crate::view::{
    ColumnWord, ExportFormat, LookView, PaceWord, PickedView, RechecksView, RowsWord, TaskWord, WhichWord,
};

/// Chooses a channel, or chooses it no longer.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_channel(shell: App<'_>, channel_id: String, picked: bool) -> Answer<()> {
    shell.app.desk()?.pick(&ChannelId(channel_id), picked);
    Ok(())
}

/// Chooses all channels from one to another, as a look shows them.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_between(shell: App<'_>, look: LookView, from_id: String, to_id: String) -> Answer<()> {
    shell.app.desk()?.pick_between(&look.into(), &ChannelId(from_id), &ChannelId(to_id));
    Ok(())
}

/// Chooses all channels that a look shows, or chooses them no longer.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_shown(shell: App<'_>, look: LookView, picked: bool) -> Answer<()> {
    shell.app.desk()?.pick_shown(&look.into(), picked);
    Ok(())
}

/// Chooses no channel any more.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_none(shell: App<'_>) -> Answer<()> {
    shell.app.desk()?.pick_none();
    Ok(())
}

/// What is chosen, and how far asking about it again has come.
#[tauri::command(async)]
#[specta::specta]
pub fn picked(shell: App<'_>, look: LookView) -> Answer<PickedView> {
    let desk = shell.app.desk()?;
    Ok(PickedView::of(desk.picked(&look.into()), desk.bulk().as_ref()))
}

/// Asks about the chosen channels again. Returns at once; an event tells what changes.
#[tauri::command(async)]
#[specta::specta]
pub fn check_picked<R: Runtime>(app: AppHandle<R>, shell: App<'_>, pace: PaceWord) -> Answer<()> {
    let desk = shell.app.desk()?;
    tasks::run(&app, TaskWord::Desk, async move { desk.check_picked_again(pace.gap()).await });
    Ok(())
}

/// Stops asking about them; what is still to come stays.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_bulk(shell: App<'_>) -> Answer<()> {
    shell.app.desk()?.stop_bulk();
    Ok(())
}

/// Goes on asking about them.
#[tauri::command(async)]
#[specta::specta]
pub fn resume_bulk<R: Runtime>(app: AppHandle<R>, shell: App<'_>, pace: PaceWord) -> Answer<()> {
    let desk = shell.app.desk()?;
    tasks::run(&app, TaskWord::Desk, async move { desk.resume_bulk(pace.gap()).await });
    Ok(())
}

/// Asks once more about those that could not be found out about.
#[tauri::command(async)]
#[specta::specta]
pub fn retry_bulk<R: Runtime>(app: AppHandle<R>, shell: App<'_>, pace: PaceWord) -> Answer<()> {
    let desk = shell.app.desk()?;
    tasks::run(&app, TaskWord::Desk, async move { desk.retry_bulk(pace.gap()).await });
    Ok(())
}

/// Puts the results away.
#[tauri::command(async)]
#[specta::specta]
pub fn close_bulk(shell: App<'_>) -> Answer<()> {
    shell.app.desk()?.close_bulk();
    Ok(())
}

/// Some of what came of it.
#[tauri::command(async)]
#[specta::specta]
pub fn rechecks(shell: App<'_>, rows: RowsWord, from: u32, count: u32) -> Answer<RechecksView> {
    let rechecks = shell.app.desk()?.rechecks(rows.into(), from as usize, count as usize);
    Ok(RechecksView::of(rechecks, from))
}

/// Writes channels of the board to a file that the person chooses, with the columns that are shown; nothing where they
/// choose none.
#[tauri::command]
#[specta::specta]
pub async fn export_board<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    which: WhichWord,
    look: LookView,
    columns: Vec<ColumnWord>,
    format: ExportFormat,
) -> Answer<Option<String>> {
    let lines = shell.app.desk()?.all(&which.with(look));
    export::save(&app, export::BOARD, &export::Board { lines, columns }, format).await
}
