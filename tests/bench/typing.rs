//! From a key stroke in the search to the rows that it asks for on the screen.

use fantoccini::key::Key;
use serde::Deserialize;

use crate::app::App;
use crate::bench::desk::{Effort, Scene};
use crate::bench::figures::{Figures, Milliseconds};
use crate::bench::processor::Used;
use crate::desktop::PROGRAM;

/// How fast somebody types. Rows that take longer would be taken for those of the next stroke.
const PACE: u32 = 200;
/// What is typed: clients, names, numbers in several spellings, addresses, ids. Of each the last letters are taken back.
const TEXTS: [&str; 30] = [
    "hotel", "030 7", "client-4", "4711", "vogt", "+49307", "0815", "falk", "99042", "night", "xq", "optik",
    "12321", "oliva", "7007", "greif", "zk7", "fahrs", "31415", "marten", "events", "5558 2", "santos",
    "office@c", "8842", "blumen", "lorenz", "2718", "klinik a", "0170",
];
const TAKEN_BACK: usize = 2;

/// A key stroke as the page noted it, in milliseconds of its own clock.
#[derive(Deserialize)]
struct Stroke {
    at: f64,
    letter: Option<f64>,
    rows: Option<f64>,
}

/// Types with the keys of the screen's own keyboard into the search of a desk at rest.
pub async fn measure(scene: &Scene, app: &App, effort: Effort) {
    app.run("bench.watchTyping()", vec![]).await;
    let before = Used::by(app);
    for text in TEXTS.iter().take(effort.texts) {
        app.key_with(Key::Control, 'k').await;
        app.see("[data-test=desk-search]:focus").await;
        type_and_take_back(scene, app, text).await;
        app.key(Key::Escape).await;
        app.see("[data-test=desk-row][data-id]").await;
    }
    let used = Used::by(app);
    let strokes = app.run("return bench.strokes", vec![]).await;
    let strokes: Vec<Stroke> = serde_json::from_value(strokes).expect("strokes");
    let rows = Figures::of(strokes.iter().filter_map(|stroke| Some(stroke.rows? - stroke.at)));
    let letters = Figures::of(strokes.iter().filter_map(|stroke| Some(stroke.letter? - stroke.at)));
    let behind = strokes.iter().filter_map(|stroke| Some(stroke.rows? - stroke.letter?));
    let behind = Figures::of(behind);
    println!("- key stroke to filtered rows drawn: {}", Milliseconds(&rows));
    println!("  of {} strokes; the others changed no row", strokes.len());
    let late = rows.iter().filter(|time| *time > f64::from(PACE)).count();
    if late > 0 {
        println!(
            "  {late} took longer than until the next stroke, which their rows may count for: too busy a machine"
        );
    }
    println!("  the letter itself, which waits for nothing: {}", Milliseconds(&letters));
    println!("  rows behind their letter: {}", Milliseconds(&behind));
    println!("  rows / letter, by their medians: {:.2}", rows.median() / letters.median());
    println!("  processor time, ms a stroke: {}", used.since(&before, strokes.len()));
}

async fn type_and_take_back(scene: &Scene, app: &App, text: &str) {
    let (back, pace) = (TAKEN_BACK.to_string(), PACE.to_string());
    scene.desktop.in_front(&PROGRAM, &["type", "--delay", &pace, text]);
    let back = ["key", "--delay", &pace, "--repeat", &back, "--repeat-delay", &pace, "BackSpace"];
    scene.desktop.in_front(&PROGRAM, &back);
    let left: String = text.chars().take(text.chars().count() - TAKEN_BACK).collect();
    assert_eq!(app.value("desk-search").await, left, "what was typed and not taken back stands there");
}
