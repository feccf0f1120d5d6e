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

/// How many looks are remembered (ours): as many letters can be taken back.
const MOST_LOOKS: usize = 8;

/// The orders of the last looks at a board, and the sorting that they rest on.
#[derive(Default)]
pub(super) struct Order {
    /// Of which version of the board all of this is.
    version: u64,
    sorted: Option<(Option<Sort>, Vec<u32>)>,
    /// The last one last.
    looked: Vec<(Look, Vec<u32>)>,
}

impl Order {
    /// The positions of all lines that are to be shown.
    pub(super) fn of(&mut self, board: &Board, look: &Look) -> &[u32] {
        if self.version != board.version() {
            *self = Self { version: board.version(), ..Self::default() };
        }
        let looked = match self.looked.iter().position(|(known, _)| known == look) {
            Some(at) => self.looked.remove(at),
            None => (look.clone(), self.found(board, look)),
        };
        if self.looked.len() == MOST_LOOKS {
            self.looked.remove(0);
        }
        self.looked.push(looked);
        self.looked.last().map_or(&[], |(_, found)| found)
    }

    fn found(&mut self, board: &Board, look: &Look) -> Vec<u32> {
        let query = Query::typed(&look.search);
        let wider = self.looked.iter().filter(|(known, _)| narrows(look, query.as_ref(), known));
        let wider = wider.map(|(_, found)| found).min_by_key(|found| found.len());
        match wider {
            Some(wider) => found(board, look, query, wider),
            None => found(board, look, query, self.sorted(board, look.sort)),
        }
    }

    fn sorted(&mut self, board: &Board, sort: Option<Sort>) -> &[u32] {
        if self.sorted.as_ref().is_none_or(|(by, _)| *by != sort) {
            self.sorted = Some((sort, sorted(board, sort)));
        }
        self.sorted.as_ref().map_or(&[], |(_, sorted)| sorted)
    }
}

/// Whether all that is to be shown was also shown by an earlier look, in the same order.
fn narrows(look: &Look, query: Option<&Query>, known: &Look) -> bool {
    let of_search = match (query, Query::typed(&known.search)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(query), Some(before)) => query.narrows(&before),
    };
    of_search && known.saved == look.saved && known.sort == look.sort
}

fn found(board: &Board, look: &Look, query: Option<Query>, wider: &[u32]) -> Vec<u32> {
    let lines = board.lines();
    let of_filter = wider.iter().filter_map(|at| Some((*at, lines.get(*at as usize)?)));
    let of_filter = of_filter.filter(|(_, line)| board.has(look.saved, line));
    let Some(query) = query else { return of_filter.map(|(at, _)| at).collect() };
    let fitting = of_filter.filter_map(|(at, line)| Some((query.fit(&line.folded)?, at)));
    let mut fitting: Vec<(Fit, u32)> = fitting.collect();
    if look.sort.is_none() {
        // What fits alike stands in the order of the list, which is the one of its positions.
        fitting.sort_unstable();
    }
    fitting.into_iter().map(|(_, at)| at).collect()
}

fn sorted(board: &Board, sort: Option<Sort>) -> Vec<u32> {
    let lines = (0_u32..).zip(board.lines());
    let Some(Sort { by, descending }) = sort else { return lines.map(|(at, _)| at).collect() };
    let mut keyed: Vec<_> = lines.map(|(at, line)| (key(board, line, by), at)).collect();
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
