//! What changed at a channel between two looks at it.

use time::OffsetDateTime;

use crate::channel::ChannelId;
use crate::history::words;

/// Something that was told otherwise than before. Silence is no change: what was not told before, or is not told now,
/// is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// At which channel.
    pub channel: ChannelId,
    /// What of it.
    pub what: Changed,
    /// What was told before, in the word under which it is stored.
    pub before: String,
    /// What is told now, in the word under which it is stored.
    pub now: String,
    /// When the Hub last told what was before.
    pub told_before: OffsetDateTime,
    /// When the Hub first told what is now: it changed between these two times.
    pub told_now: OffsetDateTime,
    /// Whether this program did it; else it happened outside of it.
    pub here: bool,
}

words! {
    /// What of a channel can change.
    pub enum Changed {
        /// Whether the Hub lists it: `listed`, `not_listed`.
        Listed = "listed",
        /// Whose it is, by id.
        Client = "client",
        /// Its name.
        Name = "name",
        /// Its number.
        Number = "number",
        /// How far its set-up is, in the Hub's word.
        Status = "status",
        /// Whether 360dialog serves it, in the Hub's word.
        HubStatus = "hub_status",
        /// Whether it runs: `running`, `not_running`.
        Running = "running",
        /// The partner permission: `shared`, `missing`.
        Permission = "permission",
        /// How many people it may write to, in Meta's word.
        Limit = "limit",
        /// Meta's rating.
        Quality = "quality",
        /// What tells its keys apart, where the Hub lists them.
        Keys = "keys",
    }
}

impl Changed {
    /// All of them.
    pub const ALL: [Changed; 11] = [
        Changed::Listed,
        Changed::Client,
        Changed::Name,
        Changed::Number,
        Changed::Status,
        Changed::HubStatus,
        Changed::Running,
        Changed::Permission,
        Changed::Limit,
        Changed::Quality,
        Changed::Keys,
    ];
}
