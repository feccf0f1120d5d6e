//! Memory of the whole tree of processes, with a long list against a short one.

use crate::bench::desk::{Effort, Scene, rest};
use crate::bench::figures::Figures;
use crate::bench::machine;
use crate::processes::Process;

const SHORT: usize = 10;
const LONG: usize = 10_000;

/// Opens a short and a long list in turn, each in a program of its own, and weighs both at rest.
pub async fn measure(effort: Effort) {
    let (short, long) = (Scene::with(SHORT).await, Scene::with(LONG).await);
    let (mut pairs, mut counts) = (Vec::new(), (0, 0));
    for round in 0..effort.rounds.min(3) {
        let (few, light) = weigh(&short, round).await;
        let (many, heavy) = weigh(&long, round).await;
        pairs.push((heavy, light));
        counts = (few, many);
    }
    let (few, many) = counts;
    let heavy = Figures::of(pairs.iter().map(|(heavy, _)| *heavy));
    let light = Figures::of(pairs.iter().map(|(_, light)| *light));
    println!("\nMemory of the program and all that it started, desk at rest ({})", machine::load());
    println!("- {many} channels / {few} channels: {}", Figures::ratios(pairs));
    println!("  {:.0} MB against {:.0} MB, by their medians (PSS)", heavy.median(), light.median());
}

/// How many channels there are, and megabytes.
async fn weigh(scene: &Scene, round: usize) -> (u64, f64) {
    let app = scene.open(&format!("memory-{round}")).await;
    scene.sign_in(&app).await;
    let rows = rest(&app).await;
    let weight = app.processes().iter().map(share).sum();
    app.kill();
    (rows, weight)
}

/// What a process has in memory, what it shares with others divided among them: megabytes.
fn share(process: &Process) -> f64 {
    let told = process.told("smaps_rollup");
    let told = String::from_utf8_lossy(&told).into_owned();
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}
