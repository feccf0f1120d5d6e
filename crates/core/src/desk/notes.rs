//! What people note on a channel: a few words, and the number of a ticket or a link to it.

use super::Desk;
use crate::channel::ChannelId;
use crate::desk_records::Note;
use crate::records::RecordsError;
use crate::text::{is_odd, lines_for_showing};

/// The longest note, in characters (ours).
pub const LONGEST_NOTE: usize = 2_000;
/// The longest ticket number or link, in characters (ours).
pub const LONGEST_TICKET: usize = 300;

/// What is to stand in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteText {
    text: String,
    ticket: Option<String>,
}

/// Why something is not noted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteTrouble {
    /// There is nothing in it.
    #[error("the note is empty")]
    Empty,
    /// It is longer than a note may be.
    #[error("the note is too long")]
    TooLong,
    /// There is no such note any more.
    #[error("no such note")]
    Gone,
    /// The memory on disk.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

impl NoteText {
    /// What was typed, without spaces around it and without characters that nobody sees; a ticket alone is enough.
    pub fn typed(text: &str, ticket: &str) -> Result<Self, NoteTrouble> {
        // Line breaks are a note's own; a ticket has none.
        let text = lines_for_showing(text);
        let ticket: String = ticket.chars().filter(|c| !is_odd(*c)).collect();
        let (text, ticket) = (text.trim().to_owned(), ticket.trim().to_owned());
        if text.is_empty() && ticket.is_empty() {
            return Err(NoteTrouble::Empty);
        }
        if text.chars().count() > LONGEST_NOTE || ticket.chars().count() > LONGEST_TICKET {
            return Err(NoteTrouble::TooLong);
        }
        Ok(Self { text, ticket: (!ticket.is_empty()).then_some(ticket) })
    }
}

impl Desk {
    /// The notes on a channel, newest first.
    pub fn notes(&self, channel: &ChannelId) -> Result<Vec<Note>, NoteTrouble> {
        Ok(self.memory.records().notes(&self.memory.whose, channel)?)
    }

    /// Notes something on a channel.
    pub fn add_note(&self, channel: &ChannelId, typed: NoteText) -> Result<(), NoteTrouble> {
        let NoteText { text, ticket } = typed;
        let (at, by) = (self.now(), self.by.clone());
        let note = Note { id: 0, channel: channel.clone(), text, ticket, at, changed_at: None, by };
        self.memory.records().add_note(&self.memory.whose, &note)?;
        self.show_notes(channel);
        Ok(())
    }

    /// Changes what stands in a note. When and by whom it was written stays.
    pub fn change_note(&self, channel: &ChannelId, id: i64, typed: NoteText) -> Result<(), NoteTrouble> {
        let note = self.notes(channel)?.into_iter().find(|note| note.id == id).ok_or(NoteTrouble::Gone)?;
        let NoteText { text, ticket } = typed;
        let note = Note { text, ticket, changed_at: Some(self.now()), ..note };
        let changed = self.memory.records().change_note(&self.memory.whose, &note)?;
        self.show_notes(channel);
        if changed { Ok(()) } else { Err(NoteTrouble::Gone) }
    }

    /// Removes a note from a channel.
    pub fn remove_note(&self, channel: &ChannelId, id: i64) -> Result<(), NoteTrouble> {
        let removed = self.memory.records().remove_note(&self.memory.whose, id)?;
        self.show_notes(channel);
        if removed { Ok(()) } else { Err(NoteTrouble::Gone) }
    }

    /// The board says what is noted on a channel now.
    fn show_notes(&self, channel: &ChannelId) {
        if let Ok(notes) = self.notes(channel) {
            self.state().board.take_notes(channel, notes);
        }
        self.tell();
    }
}
