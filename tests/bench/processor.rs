//! How long processors were at work, which says more than the time that passed where a machine is busy.

use std::collections::BTreeMap;

use crate::app::App;
use crate::processes::Process;

/// Milliseconds in a tick: the kernel tells a hundred a second, whatever its own clock is.
const TICK: f64 = 10.0;

/// Milliseconds of a processor that each part of the program has used, by the part's name.
pub struct Used(BTreeMap<String, f64>);

impl Used {
    /// So far.
    pub fn by(app: &App) -> Self {
        let mut used = BTreeMap::new();
        for process in app.processes() {
            *used.entry(process.name()).or_default() += ticks(&process) * TICK;
        }
        Self(used)
    }

    /// Since an earlier look, for each of so many: "channel-keys 1.2, WebKitWebProces 3.4".
    pub fn since(&self, earlier: &Used, count: usize) -> String {
        let parts = self.0.iter().map(|(name, used)| {
            let before = earlier.0.get(name).copied().unwrap_or_default();
            format!("{name} {:.1}", (used - before) / count.max(1) as f64)
        });
        parts.collect::<Vec<_>>().join(", ")
    }
}

fn ticks(process: &Process) -> f64 {
    let told = process.told("stat");
    let told = String::from_utf8_lossy(&told).into_owned();
    let fields = told.rsplit_once(')').map_or("", |(_, after)| after).split_whitespace();
    // In user mode and in the kernel.
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum()
}
