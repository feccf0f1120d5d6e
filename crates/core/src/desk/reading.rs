//! Reading the whole list of the partner's channels, piece by piece: what came is shown at once.

use std::time::Duration;

use time::OffsetDateTime;

use super::{About, Call, Desk};
use crate::fact::Fact;
use crate::hub::{HubError, Listed, Short};
use crate::partner_hub::{ChannelsPiece, PartnerClient};
use crate::times::later;

/// How often the whole list is read once more where fewer channels came than were announced: one that moves between
/// two pieces while they are read is missed (ours).
const ONCE_MORE: usize = 2;
/// How often a piece is asked for again where the Hub asks to wait or gave no answer (ours).
const TRIES: u32 = 3;
/// The longest list that is read (ours), so that a Hub that never ends its list does not either.
const MOST_PIECES: usize = 1_000;
/// How long the Hub is left alone where it does not say for how long (ours).
const PAUSE: Duration = Duration::from_secs(5);
/// No session lives longer: who is asked to wait for more is told until then (ours).
const A_DAY: Duration = Duration::from_secs(24 * 3_600);
/// The longest that reading waits for the Hub (ours). Where it asks for more, the list is read another time.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// How far the list is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// How many channels came so far and how many there are in all, while it is being read.
    pub under_way: Option<(usize, Fact<usize>)>,
    /// When the list was last read to its end.
    pub read_at: Option<OffsetDateTime>,
    /// Why it could not be read to its end when it last was.
    pub failed: Option<HubError>,
    /// Fewer channels came than were announced, also after reading once more.
    pub short: Option<Short>,
    /// The same of the clients.
    pub clients_short: Option<Short>,
    /// Counts the readings.
    number: u64,
}

/// A reading is under way no longer than this lives, however it ends: it can be begun again.
struct UnderWay<'a>(&'a Desk);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if self.0.state().reading.under_way.take().is_some() {
            self.0.tell();
        }
    }
}

impl Desk {
    /// Reads clients and channels from the Hub. A reading that is under way is not begun a second time.
    pub async fn read(&self) {
        {
            let mut state = self.state();
            if state.reading.under_way.is_some() {
                return;
            }
            state.reading.under_way = Some((0, Fact::NotTold));
        }
        let under_way = UnderWay(self);
        self.tell();
        self.remember().await;
        self.remember_marks().await;
        let read = self.read_all().await;
        {
            let mut state = self.state();
            match read {
                Ok(short) => {
                    state.reading.read_at = Some(self.now());
                    state.reading.failed = None;
                    state.reading.short = short;
                }
                Err(error) => state.reading.failed = Some(error),
            }
        }
        // The board does not wait for the disk.
        drop(under_way);
        self.keep().await;
        self.tell();
    }

    async fn read_all(&self) -> Result<Option<Short>, HubError> {
        if self.is_closed() {
            return Err(HubError::SessionEnded);
        }
        match self.all_clients().await {
            Ok(clients) => {
                let mut state = self.state();
                state.board.take_clients(clients.items);
                state.reading.clients_short = clients.short;
            }
            Err(error @ (HubError::NotReached(_) | HubError::TooMany { .. })) => return Err(error),
            Err(error) if error.locks_out() => return Err(error),
            // The list of channels names its clients too, and says by itself what stands in its own way.
            Err(_) => {}
        }
        let name = self.hub.partner_name(&self.caller()).await;
        if let Ok(name) = self.noted(Call::Partner, About::All, name) {
            self.state().partner_name = name;
        }
        let mut short = None;
        for _ in 0..=ONCE_MORE {
            let is_whole;
            (short, is_whole) = self.read_list().await?;
            if is_whole {
                break;
            }
        }
        Ok(short)
    }

    /// Reads the list once, from its beginning to its end. Tells whether all of it came, and whether it stood still
    /// meanwhile by its own count: else reading it once more may bring more.
    async fn read_list(&self) -> Result<(Option<Short>, bool), HubError> {
        let number = {
            let mut state = self.state();
            state.reading.number += 1;
            state.reading.number
        };
        let begun = self.now();
        let (mut offset, mut came, mut unread) = (0, 0, 0);
        let (mut total, mut stood_still) = (Fact::NotTold, true);
        for _ in 0..MOST_PIECES {
            if self.is_closed() {
                return Err(HubError::SessionEnded);
            }
            let piece = self.piece(offset).await?;
            offset += piece.entries;
            unread += piece.entries.saturating_sub(piece.channels.len());
            // What went away moved all that stands behind it between two pieces.
            stood_still &= total == Fact::NotTold || piece.total == Fact::NotTold || piece.total == total;
            total = piece.total.or(total);
            let new = {
                let mut state = self.state();
                let new = state.board.take(piece.channels, number, self.now());
                came += new;
                state.reading.under_way = Some((came, total));
                new
            };
            self.tell();
            // Where the total is not told, the list ends with the first piece that brings nothing new.
            if piece.entries == 0 || total.told().map_or(new == 0, |total| offset >= *total) {
                break;
            }
        }
        let all_came = total.told().is_none_or(|announced| came + unread >= *announced);
        // A channel of which the entry can't be read is listed all the same.
        if all_came && stood_still && unread == 0 {
            self.state().board.end_of_list(number, begun, self.now());
        }
        Ok((Short::of(total.told().copied(), came), all_came && stood_still))
    }

    async fn all_clients(&self) -> Result<Listed<PartnerClient>, HubError> {
        let mut tries = 0;
        loop {
            let clients = self.hub.clients(&self.caller()).await;
            match self.noted(Call::Clients, About::All, clients) {
                Ok(clients) => return Ok(clients),
                Err(error) => self.wait_after(error, &mut tries).await?,
            }
        }
    }

    async fn piece(&self, offset: usize) -> Result<ChannelsPiece, HubError> {
        let mut tries = 0;
        loop {
            let piece = self.hub.channels_from(&self.caller(), offset).await;
            match self.noted(Call::Channels, About::All, piece) {
                Ok(piece) => return Ok(piece),
                Err(error) => self.wait_after(error, &mut tries).await?,
            }
        }
    }

    /// Leaves the Hub alone for a while before it is asked again; gives the error back where that is of no use.
    async fn wait_after(&self, error: HubError, tries: &mut u32) -> Result<(), HubError> {
        *tries += 1;
        let pause = pause_after(&error, *tries).filter(|pause| *tries < TRIES && *pause <= LONGEST_PAUSE);
        let Some(pause) = pause else { return Err(error) };
        self.wait_until(later(self.now(), pause), |state| state.closed).await;
        if self.is_closed() { Err(error) } else { Ok(()) }
    }
}

/// How long to leave the Hub alone after an answer that is worth asking again for; none where it is not.
pub(super) fn pause_after(error: &HubError, failures: u32) -> Option<Duration> {
    match error {
        HubError::TooMany { wait, .. } => Some(wait.unwrap_or(PAUSE).min(A_DAY)),
        HubError::NoAnswer | HubError::InTrouble { .. } => {
            Some(PAUSE.saturating_mul(2_u32.pow(failures.clamp(1, 6) - 1)).min(LONGEST_PAUSE))
        }
        _ => None,
    }
}
