//! What a diagnosis of a channel rests on.

use time::OffsetDateTime;

use super::{Desk, LineOnBoard, Mishap, Reading};
use crate::channel::{ChannelId, PartnerId};
use crate::fact::Fact;
use crate::hub::Quote;
use crate::masking::{masked, masked_quote};
use crate::partner_hub::Pass;

/// How many failed calls a diagnosis tells (ours).
const MOST_MISHAPS: usize = 5;

/// All that this side knows of a channel at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The channel, and whose it is.
    pub line: LineOnBoard,
    /// Which partner's desk this is.
    pub partner: PartnerId,
    /// The partner's name.
    pub partner_name: Fact<String>,
    /// How far the list was read.
    pub reading: Reading,
    /// Until when the Hub asked to be left alone.
    pub waits_until: Option<OffsetDateTime>,
    /// The latest calls that failed and were about this channel's client or about all, the latest first.
    pub mishaps: Vec<Mishap>,
    /// Now.
    pub at: OffsetDateTime,
}

impl Desk {
    /// What a diagnosis of a channel rests on, where it is on the board.
    pub fn case(&self, channel: &ChannelId) -> Option<Case> {
        let partner = self.caller().partner;
        let state = self.state();
        let at = state.board.position(channel)?;
        let line = state.board.on_board(at)?;
        let mishaps = state.mishaps.about(line.line.client.told(), MOST_MISHAPS);
        Some(Case {
            partner,
            partner_name: state.partner_name.clone(),
            reading: state.reading.clone(),
            waits_until: state.checking.seen(&state.board).waits_until,
            mishaps,
            at: self.now(),
            line,
        })
    }

    /// A text from the Hub as it may be told to others: what opened this desk is hidden whatever it looks like.
    pub fn fit_to_tell(&self, text: &str) -> String {
        self.knowing_secrets(|known| masked(text, known))
    }

    /// A quotation as it may be told to others.
    pub fn fit_to_quote(&self, quote: &Quote) -> String {
        self.knowing_secrets(|known| masked_quote(quote, known))
    }

    fn knowing_secrets<T>(&self, work: impl FnOnce(&[&str]) -> T) -> T {
        match self.caller().pass {
            Pass::Session(token) => work(&[token.expose()]),
            Pass::Key(key) => work(&[key.expose()]),
        }
    }
}
