//! What the support desk remembers on disk, in memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard};

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Change, Changed};
use channel_keys_core::desk_records::{
    AtPartner, DeskAmounts, DeskRecords, KeptChange, LastSeen, LastTold, Note, Sighting, Sightings,
};
use channel_keys_core::records::RecordsError;
use time::OffsetDateTime;

/// Desks' records that last as long as the test, over every restart of the application.
#[derive(Default)]
pub struct MemoryDeskRecords {
    inside: Mutex<Inside>,
    /// Whoever has this keeps what was seen from being written.
    pub disk: Mutex<()>,
}

#[derive(Default)]
struct Inside {
    seen: HashMap<(AtPartner, ChannelId, Changed), LastTold>,
    list_read: HashMap<AtPartner, OffsetDateTime>,
    changes: Vec<(AtPartner, KeptChange)>,
    notes: Vec<(AtPartner, Note)>,
    watched: BTreeSet<(String, ChannelId)>,
    numbers: i64,
    /// The disk takes and gives nothing.
    broken: bool,
    /// How many facts were written.
    facts_written: usize,
}

impl MemoryDeskRecords {
    pub fn break_off(&self) {
        self.inside().broken = true;
    }

    pub fn mend(&self) {
        self.inside().broken = false;
    }

    /// How many facts were written since this was last asked.
    pub fn facts_written(&self) -> usize {
        std::mem::take(&mut self.inside().facts_written)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("no test panicked with it in hand")
    }

    fn working(&self) -> Result<MutexGuard<'_, Inside>, RecordsError> {
        let inside = self.inside();
        if inside.broken { Err(RecordsError) } else { Ok(inside) }
    }
}

impl Inside {
    fn number(&mut self) -> i64 {
        self.numbers += 1;
        self.numbers
    }
}

impl DeskRecords for MemoryDeskRecords {
    fn last_seen(&self, desk: &AtPartner) -> Result<LastSeen, RecordsError> {
        let inside = self.working()?;
        let of_desk = inside.seen.iter().filter(|((of, ..), _)| of == desk);
        let mut told: HashMap<ChannelId, Vec<LastTold>> = HashMap::new();
        for ((_, channel, _), last) in of_desk {
            told.entry(channel.clone()).or_default().push(last.clone());
        }
        Ok(LastSeen { told: told.into_iter().collect(), list_read: inside.list_read.get(desk).copied() })
    }

    fn write_sightings(&self, desk: &AtPartner, seen: &Sightings) -> Result<(), RecordsError> {
        let _disk = self.disk.lock().expect("no test panicked with it in hand");
        let mut inside = self.working()?;
        for (channel, facts) in &seen.facts {
            let key = |what| (desk.clone(), channel.clone(), what);
            for fact in facts {
                match fact {
                    Sighting::Dropped(what) => drop(inside.seen.remove(&key(*what))),
                    Sighting::Told(told) => {
                        inside.seen.insert(key(told.what), told.clone());
                        inside.facts_written += 1;
                    }
                }
            }
        }
        for change in seen.changes.clone() {
            let id = inside.number();
            inside.changes.push((desk.clone(), KeptChange { id, change }));
        }
        if let Some(read) = seen.list_read {
            inside.list_read.insert(desk.clone(), read);
        }
        Ok(())
    }

    fn changes(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        before: Option<i64>,
        most: usize,
    ) -> Result<Vec<KeptChange>, RecordsError> {
        let inside = self.working()?;
        let is_of = |(of, kept): &&(AtPartner, KeptChange)| {
            of == desk && kept.change.channel == *channel && before.is_none_or(|before| kept.id < before)
        };
        let newest_first = inside.changes.iter().rev().filter(is_of);
        Ok(newest_first.take(most).map(|(_, kept)| kept.clone()).collect())
    }

    fn last_change(
        &self,
        desk: &AtPartner,
        channel: &ChannelId,
        what: Changed,
    ) -> Result<Option<Change>, RecordsError> {
        let changes = self.changes(desk, channel, None, usize::MAX)?;
        Ok(changes.into_iter().map(|kept| kept.change).find(|change| change.what == what))
    }

    fn changed_since(
        &self,
        desk: &AtPartner,
        since: OffsetDateTime,
    ) -> Result<Vec<(ChannelId, OffsetDateTime)>, RecordsError> {
        let mut last = HashMap::new();
        for (of, KeptChange { change, .. }) in &self.working()?.changes {
            if of == desk && change.told_now >= since {
                last.insert(change.channel.clone(), change.told_now);
            }
        }
        Ok(last.into_iter().collect())
    }

    fn notes(&self, desk: &AtPartner, channel: &ChannelId) -> Result<Vec<Note>, RecordsError> {
        let mut notes = self.all_notes(desk)?;
        notes.retain(|note| note.channel == *channel);
        Ok(notes)
    }

    fn all_notes(&self, desk: &AtPartner) -> Result<Vec<Note>, RecordsError> {
        let inside = self.working()?;
        let of_desk = inside.notes.iter().rev().filter(|(of, _)| of == desk);
        Ok(of_desk.map(|(_, note)| note.clone()).collect())
    }

    fn add_note(&self, desk: &AtPartner, note: &Note) -> Result<(), RecordsError> {
        let mut inside = self.working()?;
        let id = inside.number();
        inside.notes.push((desk.clone(), Note { id, ..note.clone() }));
        Ok(())
    }

    fn change_note(&self, desk: &AtPartner, note: &Note) -> Result<bool, RecordsError> {
        let mut inside = self.working()?;
        let known = inside.notes.iter_mut().find(|(of, known)| of == desk && known.id == note.id);
        Ok(known.map(|(_, known)| *known = note.clone()).is_some())
    }

    fn remove_note(&self, desk: &AtPartner, id: i64) -> Result<bool, RecordsError> {
        let notes = &mut self.working()?.notes;
        let before = notes.len();
        notes.retain(|(of, note)| of != desk || note.id != id);
        Ok(notes.len() < before)
    }

    fn watched(&self, desk: &AtPartner) -> Result<Vec<ChannelId>, RecordsError> {
        let inside = self.working()?;
        let of_desk = inside.watched.iter().filter(|(of, _)| *of == format!("{desk:?}"));
        Ok(of_desk.map(|(_, channel)| channel.clone()).collect())
    }

    fn set_watched(&self, desk: &AtPartner, channel: &ChannelId, watched: bool) -> Result<(), RecordsError> {
        let mut inside = self.working()?;
        let mark = (format!("{desk:?}"), channel.clone());
        if watched {
            inside.watched.insert(mark)
        } else {
            inside.watched.remove(&mark)
        };
        Ok(())
    }

    fn prune(&self, before: OffsetDateTime) -> Result<usize, RecordsError> {
        let mut inside = self.working()?;
        let all = inside.changes.len();
        inside.changes.retain(|(_, kept)| kept.change.told_now >= before);
        let list_read = inside.list_read.clone();
        inside.seen.retain(|(desk, ..), told| {
            let stands = told.in_list && list_read.get(desk).is_some_and(|read| *read >= before);
            told.at >= before || stands
        });
        Ok(all - inside.changes.len())
    }

    fn desk_amounts(&self) -> Result<DeskAmounts, RecordsError> {
        let inside = self.working()?;
        let channels: BTreeSet<_> = inside.seen.keys().map(|(_, channel, _)| channel).collect();
        Ok(DeskAmounts {
            channels: channels.len(),
            changes: inside.changes.len(),
            notes: inside.notes.len(),
            watched: inside.watched.len(),
        })
    }

    fn forget_desks(&self) -> Result<(), RecordsError> {
        *self.working()? = Inside::default();
        Ok(())
    }
}
