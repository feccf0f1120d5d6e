//! Channels that a person chose on the board: kept at the desk, since a page knows only the lines that it shows.

use super::{Desk, LineOnBoard, Look, State};
use crate::channel::ChannelId;

/// Which channels of the board are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Those that a look shows, in its order.
    Shown(Look),
    /// Those that were chosen.
    Picked,
    /// All.
    All,
}

impl Desk {
    /// Chooses a channel, or chooses it no longer.
    pub fn pick(&self, channel: &ChannelId, picked: bool) {
        self.picking(|state| {
            if let Some(at) = state.board.position(channel) {
                state.board.pick(at, picked);
            }
        });
    }

    /// Chooses all from one channel to another as a look shows them, both included; the second alone where the first
    /// is not shown.
    pub fn pick_between(&self, look: &Look, from: &ChannelId, to: &ChannelId) {
        self.picking(|state| {
            let State { board, order, .. } = state;
            let (Some(from), Some(to)) = (board.position(from), board.position(to)) else { return };
            let shown = order.of(board, look);
            let place = |at: usize| shown.iter().position(|shown| *shown as usize == at);
            let meant = match (place(from), place(to)) {
                (Some(one), Some(other)) => {
                    shown.get(one.min(other)..=one.max(other)).unwrap_or_default().to_vec()
                }
                _ => u32::try_from(to).into_iter().collect(),
            };
            for at in meant {
                board.pick(at as usize, true);
            }
        });
    }

    /// Chooses all that a look shows, also those that no page has, or chooses them no longer.
    pub fn pick_shown(&self, look: &Look, picked: bool) {
        self.picking(|state| {
            let State { board, order, .. } = state;
            for at in order.of(board, look).to_vec() {
                board.pick(at as usize, picked);
            }
        });
    }

    /// Chooses none any more.
    pub fn pick_none(&self) {
        self.picking(|state| {
            for at in 0..state.board.len() {
                state.board.pick(at, false);
            }
        });
    }

    /// How many channels are chosen, and how many of them a look shows.
    pub fn picked(&self, look: &Look) -> (usize, usize) {
        let mut state = self.state();
        let State { board, order, .. } = &mut *state;
        let shown = order.of(board, look);
        let shown = shown.iter().filter_map(|at| board.lines().get(*at as usize));
        let shown = shown.filter(|line| line.picked).count();
        (board.picked().count(), shown)
    }

    /// Whole lines, however many: for what is not shown on a page.
    pub fn all(&self, which: &Which) -> Vec<LineOnBoard> {
        let mut state = self.state();
        let State { board, order, .. } = &mut *state;
        let on_board = |at: usize| board.on_board(at);
        match which {
            Which::Shown(look) => {
                order.of(board, look).iter().filter_map(|at| on_board(*at as usize)).collect()
            }
            Which::Picked => board.picked().filter_map(|(at, _)| on_board(at)).collect(),
            Which::All => (0..board.len()).filter_map(on_board).collect(),
        }
    }

    fn picking(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.tell();
    }
}
