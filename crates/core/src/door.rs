//! The way back from a browser, from outside: this crate opens no socket.

use url::Url;

/// An address of this computer's at which one answer is waited for. It is closed where this is dropped, so that no door
/// outlives what it was opened for.
pub trait Door: Send + Sync {
    /// Where the browser is to come back to, without an answer in it.
    fn address(&self) -> Url;
}
