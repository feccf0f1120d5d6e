//! How evenly frames come while the list is scrolled, against the same window with nothing in it to draw.

use serde::Deserialize;

use crate::app::App;
use crate::bench::desk::{Effort, Scene};
use crate::bench::figures::{Figures, Milliseconds};
use crate::bench::processor::Used;

/// Turns of the wheel in a round, and milliseconds between two of them: a hand that hurries.
const TURNS: &str = "120";
const PACE: &str = "20";
const EMPTY: &str = "document.body.style.display = arguments[0] ? 'none' : ''";

/// The frames of one round.
#[derive(Deserialize)]
struct Frames {
    at: Vec<f64>,
    bare: usize,
    scrolled: f64,
}

impl Frames {
    fn intervals(&self) -> impl Iterator<Item = f64> {
        self.at.windows(2).map(|pair| pair[1] - pair[0])
    }
}

/// Turns the mouse's wheel over the list, and over nothing, in turn.
pub async fn measure(scene: &Scene, app: &App, effort: Effort) {
    let (mut list, mut empty, mut used) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        app.run(EMPTY, vec![true.into()]).await;
        empty.push(frames(scene, app).await);
        app.run(EMPTY, vec![false.into()]).await;
        app.run("document.querySelector('[data-test=desk-grid]').scrollTop = 0", vec![]).await;
        let before = Used::by(app);
        list.push(frames(scene, app).await);
        used.push(Used::by(app).since(&before, list[list.len() - 1].at.len()));
    }
    assert!(list.iter().all(|frames| frames.scrolled > 0.0), "the wheel scrolls the list");
    let reference = Figures::of(empty.iter().flat_map(Frames::intervals));
    let scrolling = Figures::of(list.iter().flat_map(Frames::intervals));
    let usual = reference.median();
    println!("- time between two frames while the wheel turns: {}", Milliseconds(&scrolling));
    println!("  with nothing to draw: {}", Milliseconds(&reference));
    println!(
        "  frames left out, in a hundred: {:.1}; with nothing to draw {:.1}",
        left_out(&scrolling, usual),
        left_out(&reference, usual)
    );
    let (all, bare) = list.iter().fold((0, 0), |(all, bare), it| (all + it.at.len(), bare + it.bare));
    println!("  frames with a row in view that was not there yet: {bare} of {all}");
    let scrolled = Figures::of(list.iter().map(|frames| frames.scrolled));
    println!("  processor time, ms a frame: {}", used.last().map_or("", String::as_str));
    println!("  scrolled by {:.0} px in {TURNS} turns", scrolled.median());
}

/// How many frames in a hundred did not come, where one comes after this many milliseconds.
fn left_out(intervals: &Figures, usual: f64) -> f64 {
    let due = intervals.sum() / usual;
    let left_out: f64 = intervals.iter().map(|interval| ((interval / usual).round() - 1.0).max(0.0)).sum();
    100.0 * left_out / due
}

async fn frames(scene: &Scene, app: &App) -> Frames {
    app.run("bench.beginFrames()", vec![]).await;
    let turned = scene
        .desktop
        .command("xdotool")
        .args(["search", "--sync", "--onlyvisible", "--name", "^Channel Keys"])
        .args(["mousemove", "--window", "%1", "400", "450"])
        .args(["click", "--repeat", TURNS, "--delay", PACE, "5"])
        .status();
    assert!(turned.expect("xdotool runs").success(), "the wheel turns");
    serde_json::from_value(app.run("return bench.endFrames()", vec![]).await).expect("frames")
}
