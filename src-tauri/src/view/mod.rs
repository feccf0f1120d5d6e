//! What crosses to the pages: made for reading, not the domain's own types. `null` means "not told".

mod around;
mod channels;
mod checking;
mod desk;
mod goals;
mod keys;
mod linking;
mod page_visit;
mod remembering;
mod request;
mod session;
mod webhooks;

use time::OffsetDateTime;

pub use around::*;
pub use channels::*;
pub use checking::*;
pub use desk::*;
pub use goals::*;
pub use keys::*;
pub use linking::*;
pub use page_visit::*;
pub use remembering::*;
pub use request::*;
pub use session::*;
pub use webhooks::*;

macro_rules! view {
    ($(#[$doc:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($body)* }
    };
    ($(#[$doc:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
        pub enum $name { $($body)* }
    };
}

macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}

use {view, words};

/// Seconds since 1970, as JavaScript counts.
pub type Seconds = u32;

pub(super) fn seconds(at: OffsetDateTime) -> Seconds {
    at.unix_timestamp().try_into().unwrap_or_default()
}
