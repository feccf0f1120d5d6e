//! Background tasks that ended by themselves.

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

use super::{Seconds, view, words};

words! {
    /// A background task, by what a person knows of it.
    pub enum TaskWord {
        /// Locking where nobody is there.
        AutoLock,
        /// Clearing a copied key from the clipboard.
        Clipboard,
        /// Checking kept keys, and reminding of places.
        KeyChecks,
        /// Taking a link or a second start to this window.
        SecondStarts,
        /// Watching channels at the desk, and telling of changes.
        WatchedChannels,
        /// Reading at the desk, and showing what comes.
        Desk,
        /// Anything else.
        Other,
    }
}

view! {
    /// A task that ended by itself.
    pub struct StoppedTaskView {
        /// Which.
        pub task: TaskWord,
        /// When.
        pub at: Seconds,
        /// Whether it was started again.
        pub again: bool,
    }
}

/// A task ended by itself: all of those of which the person has not read so yet.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct TasksStopped {
    /// They.
    pub tasks: Vec<StoppedTaskView>,
}
