//! Stopping at a named step of making a key, as a power cut would: a build for development does it when its
//! environment says so, for the tests. A release has no code for it and no name of such a variable.

use std::sync::Arc;

use channel_keys_core::steps::{Steps, Untold};

/// Who is told of each step of making a key.
#[cfg(not(debug_assertions))]
pub fn steps() -> Arc<dyn Steps> {
    Arc::new(Untold)
}

/// Who is told of each step of making a key.
#[cfg(debug_assertions)]
pub fn steps() -> Arc<dyn Steps> {
    let named = std::env::var(stop::STOP_AT).ok();
    match named.as_deref().and_then(channel_keys_core::steps::Step::from_word) {
        Some(step) => Arc::new(stop::StopAt(step)),
        None => Arc::new(Untold),
    }
}

#[cfg(debug_assertions)]
mod stop {
    use channel_keys_core::steps::{Step, Steps};

    pub(super) const STOP_AT: &str = "CHANNEL_KEYS_STOP_AT";

    pub(super) struct StopAt(pub(super) Step);

    impl Steps for StopAt {
        fn reached(&self, step: Step) {
            if step == self.0 {
                die();
            }
        }
    }

    /// Nothing is written, wiped or put in order any more.
    fn die() -> ! {
        let this = std::process::id().to_string();
        let _ = std::process::Command::new("kill").args(["-KILL", &this]).status();
        // Where there is no such program.
        std::process::abort()
    }
}
