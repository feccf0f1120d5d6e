//! Notes on a channel.

use serde::Serialize;
use specta::Type;

use channel_keys_core::desk::{LONGEST_NOTE, LONGEST_TICKET};
use channel_keys_core::desk_records::Note;
use channel_keys_core::text::{id_for_showing, lines_for_showing};

use super::count;
use crate::view::{Seconds, seconds, view};

view! {
    /// The notes on a channel.
    pub struct NotesView {
        /// The notes, newest first.
        pub notes: Vec<NoteView>,
        /// How long a note may be, in characters.
        pub longest: u32,
        /// How long a ticket's number or link may be.
        pub longest_ticket: u32,
    }
}

view! {
    /// A note.
    pub struct NoteView {
        /// Its number.
        pub id: u32,
        /// What stands in it.
        pub text: String,
        /// A ticket's number or link.
        pub ticket: Option<String>,
        /// When it was written.
        pub at: Seconds,
        /// When it was last changed, where it was.
        pub changed_at: Option<Seconds>,
        /// By whom: their e-mail address; nobody in person where a partner's API key opened the desk.
        pub by: Option<String>,
    }
}

impl NotesView {
    /// These notes.
    pub fn of(notes: Vec<Note>) -> Self {
        Self {
            notes: notes.into_iter().map(NoteView::of).collect(),
            longest: count(LONGEST_NOTE),
            longest_ticket: count(LONGEST_TICKET),
        }
    }
}

impl NoteView {
    fn of(note: Note) -> Self {
        let Note { id, channel: _, text, ticket, at, changed_at, by } = note;
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        // An earlier version may have written it.
        let text = lines_for_showing(&text);
        let by = by.as_deref().map(id_for_showing);
        Self { id, text, ticket, at: seconds(at), changed_at: changed_at.map(seconds), by }
    }
}
