//! The port to what the support desk remembers on disk: what was seen, what changed, and what people noted.

use std::collections::HashMap;
use std::sync::Arc;

use time::OffsetDateTime;

use crate::channel::{ChannelId, PartnerId};
use crate::desk::{Change, Changed};
use crate::records::{Realm, RecordsError};

/// Whose desk it is: what one partner's desk saw is not shown at another's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AtPartner {
    /// Real or practice.
    pub realm: Realm,
    /// The partner.
    pub partner: PartnerId,
}

/// What the desks remember. Never a secret.
pub trait DeskRecords: Send + Sync {
    /// What was last told of all channels of this desk.
    fn last_seen(&self, desk: &AtPartner) -> Result<LastSeen, RecordsError>;

    /// Remembers what was told now together with what changed: all of it, or nothing.
    fn write_sightings(&self, desk: &AtPartner, seen: &Sightings) -> Result<(), RecordsError>;

    /// What changed at a channel, newest first: at most `most`, older than the one with the id `before` where one is
    /// named.
    fn changes(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        before: Option<i64>,
        most: usize,
    ) -> Result<Vec<KeptChange>, RecordsError>;

    /// The newest change of one thing at a channel.
    fn last_change(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        what: Changed,
    ) -> Result<Option<Change>, RecordsError>;

    /// At which channels something was told anew at this time or later, each once, with when it last was.
    fn changed_since(
        &self,
        desk: &AtPartner,
        since: OffsetDateTime,
    ) -> Result<Vec<(ChannelId, OffsetDateTime)>, RecordsError>;

    /// The notes on a channel, newest first.
    fn notes(&self, desk: &AtPartner, channel: &ChannelId) -> Result<Vec<Note>, RecordsError>;

    /// The notes of all channels of this desk.
    fn all_notes(&self, desk: &AtPartner) -> Result<Vec<Note>, RecordsError>;

    /// Adds a note, and returns only when it is durable; its id is given here.
    fn add_note(&self, desk: &AtPartner, note: &Note) -> Result<(), RecordsError>;

    /// Changes what stands in a note, by its id. Tells whether there is one.
    fn change_note(&self, desk: &AtPartner, note: &Note) -> Result<bool, RecordsError>;

    /// Removes a note. Tells whether there was one.
    fn remove_note(&self, desk: &AtPartner, note: i64) -> Result<bool, RecordsError>;

    /// The channels that are marked to be watched.
    fn watched(&self, desk: &AtPartner) -> Result<Vec<ChannelId>, RecordsError>;

    /// Marks a channel to be watched, or takes the mark away.
    fn set_watched(&self, desk: &AtPartner, channel: &ChannelId, watched: bool) -> Result<(), RecordsError>;

    /// Forgets what was last seen and what changed before this time, of all desks. Notes and marks stay: people made
    /// them. Tells how many changes were forgotten.
    fn prune(&self, before: OffsetDateTime) -> Result<usize, RecordsError>;

    /// How much is remembered, of all desks.
    fn desk_amounts(&self) -> Result<DeskAmounts, RecordsError>;

    /// Forgets everything of all desks.
    fn forget_desks(&self) -> Result<(), RecordsError>;
}

/// How much the desks remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeskAmounts {
    /// Channels of which it is known what was last seen.
    pub channels: usize,
    /// Changes.
    pub changes: usize,
    /// Notes.
    pub notes: usize,
    /// Channels that are marked to be watched.
    pub watched: usize,
}

/// What was last told of the channels of a desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastSeen {
    /// Each channel, once, with what was told of it.
    pub told: Vec<(ChannelId, Vec<LastTold>)>,
    /// When the list was last begun to be read that was then read to its end; none where none ever was.
    pub list_read: Option<OffsetDateTime>,
}

/// A fact of a channel as it was last told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastTold {
    /// What of it.
    pub what: Changed,
    /// In the word under which it is stored.
    pub word: Arc<str>,
    /// When it was told; where it stands in the list, it may have been told again since.
    pub at: OffsetDateTime,
    /// Whether each whole list since then told it again: a list in which nothing changed writes nothing but its time.
    pub in_list: bool,
    /// When this program itself last changed it.
    pub did_at: Option<OffsetDateTime>,
}

/// What was told now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sightings {
    /// By channel, what is otherwise than it is remembered; each thing once.
    pub facts: HashMap<ChannelId, Vec<Sighting>>,
    /// What changed.
    pub changes: Vec<Change>,
    /// When the whole list was begun to be read, where one was.
    pub list_read: Option<OffsetDateTime>,
}

/// What is to be remembered of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sighting {
    /// It was told.
    Told(LastTold),
    /// It says nothing any more.
    Dropped(Changed),
}

/// A change as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptChange {
    /// Counts up.
    pub id: i64,
    /// What changed.
    pub change: Change,
}

/// What a person noted on a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Given by the records.
    pub id: i64,
    /// On which channel.
    pub channel: ChannelId,
    /// In the person's own words.
    pub text: String,
    /// A ticket's number or link.
    pub ticket: Option<String>,
    /// When it was written.
    pub at: OffsetDateTime,
    /// When it was last changed, where it was.
    pub changed_at: Option<OffsetDateTime>,
    /// Who wrote it: an e-mail address; nobody in person where a partner's API key opened the desk.
    pub by: Option<String>,
}
