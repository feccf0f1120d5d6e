//! In which order the lines stand, remembered from one look to the next: scrolling and typing sort nothing anew.

use super::Look;
use super::board::{Board, Check, Line};
use super::find::{Fit, Query};
use crate::channel::{HubStatus, Permission, Status};
use crate::fact::Fact;
use crate::hub::Sending;

/// What a board can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The client's name.
    Client,
    /// The number.
    Number,
    /// The channel's name.
    Name,
    /// Its state.
    State,
    /// The partner permission.
    Permission,
    /// How many people it may write to in a day.
    Limit,
    /// Meta's rating.
    Quality,
    /// Whether 360dialog serves it.
    HubStatus,
    /// When it was last seen.
    Seen,
    /// Whether its number can send, where its key lies here.
    Health,
    /// Where its messages are delivered, where its key lies here.
    Webhook,
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// From the end.
    pub descending: bool,
}

/// The order of the last look, and the sorting that it rests on.
#[derive(Default)]
pub(super) struct Order {
    sorted: Option<(u64, Option<Sort>, Vec<u32>)>,
    looked: Option<(u64, Look, Vec<u32>)>,
}

impl Order {
    /// The positions of all lines that are to be shown.
    pub(super) fn of(&mut self, board: &Board, look: &Look) -> &[u32] {
        let version = board.version();
        let is_known = self.looked.as_ref().is_some_and(|(made, known, _)| *made == version && known == look);
        if !is_known {
            let found = found(board, look, self.sorted(board, look.sort));
            self.looked = Some((version, look.clone(), found));
        }
        self.looked.as_ref().map_or(&[], |(.., found)| found)
    }

    fn sorted(&mut self, board: &Board, sort: Option<Sort>) -> &[u32] {
        let version = board.version();
        let is_known = self.sorted.as_ref().is_some_and(|(made, by, _)| *made == version && *by == sort);
        if !is_known {
            self.sorted = Some((version, sort, sorted(board, sort)));
        }
        self.sorted.as_ref().map_or(&[], |(.., sorted)| sorted)
    }
}

fn found(board: &Board, look: &Look, sorted: &[u32]) -> Vec<u32> {
    let lines = board.lines();
    let of_filter = sorted.iter().copied().filter(|at| board.has(look.saved, &lines[*at as usize]));
    let Some(query) = Query::typed(&look.search) else { return of_filter.collect() };
    let fitting = of_filter.filter_map(|at| Some((query.fit(&lines[at as usize].folded)?, at)));
    let mut fitting: Vec<(Fit, u32)> = fitting.collect();
    if look.sort.is_none() {
        // Stable: what fits alike stays in its order.
        fitting.sort_by_key(|(fit, _)| *fit);
    }
    fitting.into_iter().map(|(_, at)| at).collect()
}

fn sorted(board: &Board, sort: Option<Sort>) -> Vec<u32> {
    let lines = board.lines();
    let positions: Vec<u32> = (0..lines.len()).map_while(|at| u32::try_from(at).ok()).collect();
    let Some(Sort { by, descending }) = sort else { return positions };
    let mut keyed: Vec<_> =
        positions.into_iter().map(|at| (key(board, &lines[at as usize], by), at)).collect();
    // What is told stands before what is not, in either direction; what is alike stays in the order of the list.
    keyed.sort_by(|((untold, text, number), _), ((other_untold, other_text, other_number), _)| {
        let order = text.cmp(other_text).then(number.cmp(other_number));
        untold.cmp(other_untold).then(if descending { order.reverse() } else { order })
    });
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// Whether it is not told, and what it is sorted by.
fn key(board: &Board, line: &Line, by: Column) -> (bool, String, i64) {
    let channel = &line.channel;
    let text = |told: Option<&str>| (told.is_none(), told.unwrap_or_default().to_lowercase(), 0);
    let number = |told: Option<i64>| (told.is_none(), String::new(), told.unwrap_or_default());
    match by {
        Column::Client => {
            let client = board.client_of(line);
            text(client.and_then(|client| client.name.told()).map(String::as_str))
        }
        Column::Number => text(channel.number.told().map(String::as_str)),
        Column::Name => text(channel.name.told().map(String::as_str)),
        Column::State => {
            let (untold, word, _) = text(channel.status.told().map(Status::word));
            (untold, word, i64::from(channel.live_and_running() != Fact::Told(true)))
        }
        Column::Permission => number(match line.check {
            Check::Told { permission: Permission::Shared, .. } => Some(0),
            Check::Told { permission: Permission::Missing, .. } => Some(1),
            Check::NotYet => None,
        }),
        Column::Limit => number(channel.limit.told().map(|word| people(word))),
        Column::Quality => number(channel.quality.told().map(|word| rating(word))),
        Column::HubStatus => text(channel.hub_status.told().map(HubStatus::word)),
        Column::Health => {
            number(line.by_key.as_ref().and_then(|of| of.health.told()).map(|(told, _)| sending(told)))
        }
        Column::Webhook => {
            let told = line.by_key.as_ref().and_then(|of| of.webhook.told());
            text(told.map(|(webhook, _)| webhook.host.as_deref().unwrap_or_default()))
        }
        Column::Seen => number(Some(-line.read_at.unix_timestamp())),
    }
}

/// What can send before what can't; a word that is not known stands at the end.
fn sending(told: &Sending) -> i64 {
    match told {
        Sending::Available => 0,
        Sending::Limited => 1,
        Sending::Blocked => 2,
        Sending::Other(_) => 3,
    }
}

/// How many people a limit's word lets a number write to (Meta's words: `TIER_250`, `TIER_1K`, `TIER_UNLIMITED`).
fn people(word: &str) -> i64 {
    let amount = word.strip_prefix("TIER_").unwrap_or(word);
    if amount.eq_ignore_ascii_case("unlimited") {
        return i64::MAX;
    }
    let (digits, thousands) = match amount.strip_suffix(['K', 'k']) {
        Some(digits) => (digits, 1_000),
        None => (amount, 1),
    };
    digits.parse::<i64>().map_or(-1, |amount| amount.saturating_mul(thousands))
}

/// Ratings from good to bad; a word that is not known stands at the end.
fn rating(word: &str) -> i64 {
    const WORDS: [(&str, i64); 6] =
        [("high", 0), ("green", 0), ("medium", 1), ("yellow", 1), ("low", 2), ("red", 2)];
    WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map_or(3, |(_, rank)| *rank)
}
