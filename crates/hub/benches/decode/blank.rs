//! Records that keep nothing: what is measured is reading and merging, and not a disk.

use time::OffsetDateTime;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Change, Changed};
use channel_keys_core::desk_records::{
    AtPartner, DeskAmounts, DeskRecords, KeptChange, LastSeen, Note, Sightings,
};
use channel_keys_core::records::RecordsError;

type Answer<T> = Result<T, RecordsError>;

/// Takes everything and remembers nothing.
pub struct Blank;

impl DeskRecords for Blank {
    fn last_seen(&self, _: &AtPartner) -> Answer<LastSeen> {
        Ok(LastSeen::default())
    }

    fn write_sightings(&self, _: &AtPartner, _: &Sightings) -> Answer<()> {
        Ok(())
    }

    fn changes(&self, _: &AtPartner, _: &ChannelId, _: Option<i64>, _: usize) -> Answer<Vec<KeptChange>> {
        Ok(Vec::new())
    }

    fn last_change(&self, _: &AtPartner, _: &ChannelId, _: Changed) -> Answer<Option<Change>> {
        Ok(None)
    }

    fn changed_since(&self, _: &AtPartner, _: OffsetDateTime) -> Answer<Vec<(ChannelId, OffsetDateTime)>> {
        Ok(Vec::new())
    }

    fn notes(&self, _: &AtPartner, _: &ChannelId) -> Answer<Vec<Note>> {
        Ok(Vec::new())
    }

    fn all_notes(&self, _: &AtPartner) -> Answer<Vec<Note>> {
        Ok(Vec::new())
    }

    fn add_note(&self, _: &AtPartner, _: &Note) -> Answer<()> {
        Ok(())
    }

    fn change_note(&self, _: &AtPartner, _: &Note) -> Answer<bool> {
        Ok(false)
    }

    fn remove_note(&self, _: &AtPartner, _: i64) -> Answer<bool> {
        Ok(false)
    }

    fn watched(&self, _: &AtPartner) -> Answer<Vec<ChannelId>> {
        Ok(Vec::new())
    }

    fn set_watched(&self, _: &AtPartner, _: &ChannelId, _: bool) -> Answer<()> {
        Ok(())
    }

    fn prune(&self, _: OffsetDateTime) -> Answer<usize> {
        Ok(0)
    }

    fn desk_amounts(&self) -> Answer<DeskAmounts> {
        Ok(DeskAmounts::default())
    }

    fn forget_desks(&self) -> Answer<()> {
        Ok(())
    }
}
