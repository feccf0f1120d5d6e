//! Notes on a channel.

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::NoteText;

use crate::commands::{Answer, App};
use crate::view::NotesView;

/// The notes on a channel, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_notes(shell: App<'_>, channel_id: String) -> Answer<NotesView> {
    Ok(NotesView::of(shell.app.desk()?.notes(&ChannelId(channel_id))?))
}

/// Notes something on a channel: a text, a ticket's number or link, or both.
#[tauri::command(async)]
#[specta::specta]
pub fn add_desk_note(shell: App<'_>, channel_id: String, text: String, ticket: String) -> Answer<NotesView> {
    let (desk, channel) = (shell.app.desk()?, ChannelId(channel_id));
    desk.add_note(&channel, NoteText::typed(&text, &ticket)?)?;
    Ok(NotesView::of(desk.notes(&channel)?))
}

/// Changes what stands in a note.
#[tauri::command(async)]
#[specta::specta]
pub fn change_desk_note(
    shell: App<'_>,
    channel_id: String,
    id: u32,
    text: String,
    ticket: String,
) -> Answer<NotesView> {
    let (desk, channel) = (shell.app.desk()?, ChannelId(channel_id));
    desk.change_note(&channel, id.into(), NoteText::typed(&text, &ticket)?)?;
    Ok(NotesView::of(desk.notes(&channel)?))
}

/// Removes a note.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_desk_note(shell: App<'_>, channel_id: String, id: u32) -> Answer<NotesView> {
    let (desk, channel) = (shell.app.desk()?, ChannelId(channel_id));
    desk.remove_note(&channel, id.into())?;
    Ok(NotesView::of(desk.notes(&channel)?))
}
