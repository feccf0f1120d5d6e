//! Watching marked channels.

use serde::Serialize;
use specta::Type;

use channel_keys_core::desk::Watching;

use super::count;
use crate::failure::Failure;
use crate::view::{Seconds, seconds, view};

view! {
    /// How far watching the marked channels is.
    pub struct WatchingView {
        /// How many are marked.
        pub marked: u32,
        /// They are looked at just now.
        pub looking: bool,
        /// When all of them were last looked at.
        pub looked_at: Option<Seconds>,
        /// When they will be looked at next.
        pub next: Option<Seconds>,
        /// Why the last look was broken off.
        pub failed: Option<Failure>,
        /// The system takes no notifications from this program.
        pub no_notices: bool,
    }
}

impl WatchingView {
    /// How far it is; whether the system takes notifications is the shell's to say.
    pub fn of(watching: &Watching) -> Self {
        let Watching { marked, looking, looked_at, next, failed } = watching;
        Self {
            marked: count(*marked),
            looking: *looking,
            looked_at: looked_at.map(seconds),
            next: next.map(seconds),
            failed: failed.as_ref().map(Failure::from),
            no_notices: false,
        }
    }
}
