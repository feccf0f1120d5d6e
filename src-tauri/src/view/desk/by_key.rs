//! What the messaging host says of channels whose key lies here.

use serde::Serialize;
use specta::Type;

use channel_keys_core::desk::ByKey;

use super::super::{Seconds, SendingWord, seconds, view};
use crate::failure::Failure;

view! {
    /// What was told of a channel by its key.
    pub struct ByKeyView {
        /// Whether its number can send, and when that was told.
        pub health: Option<ToldHealthView>,
        /// Where its messages are delivered, and when that was told.
        pub webhook: Option<ToldWebhookView>,
        /// Why it could not be asked when it last was.
        pub trouble: Option<Failure>,
    }
}

view! {
    /// Whether a number can send.
    pub struct ToldHealthView {
        /// In a word.
        pub sending: SendingWord,
        /// When.
        pub at: Seconds,
    }
}

view! {
    /// Where a number's messages are delivered.
    pub struct ToldWebhookView {
        /// The host; none where no address is set.
        pub host: Option<String>,
        /// When.
        pub at: Seconds,
    }
}

impl ByKeyView {
    /// What was told.
    pub fn of(told: &ByKey) -> Self {
        Self {
            health: told
                .health
                .told()
                .map(|(sending, at)| ToldHealthView { sending: sending.into(), at: seconds(*at) }),
            webhook: told
                .webhook
                .told()
                .map(|(webhook, at)| ToldWebhookView { host: webhook.host.clone(), at: seconds(*at) }),
            trouble: told.trouble.as_ref().map(Failure::from),
        }
    }
}
