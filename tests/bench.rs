//! The support desk measured: in its real window, and against the Hub. `cargo xtask bench`.
//!
//! Each figure is a ratio against a reference in the same run, or a distribution; docs/performance.md says of what.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[cfg(target_os = "linux")]
mod bench {
    pub mod desk;
    pub mod figures;
    pub mod first_rows;
    pub mod machine;
    pub mod memory;
    pub mod processor;
    pub mod relay;
    pub mod scrolling;
    pub mod sync;
    pub mod typing;
}

// The desktop and the driver of the window's tests, which use more of them.
#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "window/app.rs"]
mod app;
#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "window/desktop.rs"]
mod desktop;
#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "window/keychains.rs"]
mod keychains;
#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "window/people.rs"]
mod people;
#[cfg(target_os = "linux")]
#[path = "window/processes.rs"]
mod processes;

/// How many channels the desk is measured with.
#[cfg(target_os = "linux")]
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    use bench::desk::{Effort, Scene};
    use bench::{first_rows, machine, memory, scrolling, sync, typing};

    let _ = rustls::crypto::ring::default_provider().install_default();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let effort = if words.iter().any(|word| word == "--brief") { Effort::BRIEF } else { Effort::FULL };
    // Parts and sizes by name; all of them where none is named.
    let is_named = |name: &String, names: &[&str]| names.contains(&name.as_str());
    let parts = ["decode", "sync", "memory", "first-rows", "typing", "scrolling"];
    let all_parts = !words.iter().any(|word| is_named(word, &parts));
    let wants = |part: &str| all_parts || words.iter().any(|word| word == part);
    let sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();

    machine::print();
    if wants("sync") {
        sync::measure(effort).await;
    }
    if wants("memory") {
        memory::measure(effort).await;
    }
    let of_the_window = wants("first-rows") || wants("typing") || wants("scrolling");
    let sizes = if sizes.is_empty() { &SIZES } else { sizes.as_slice() };
    for channels in sizes.iter().filter(|_| of_the_window) {
        let scene = Scene::with(*channels).await;
        println!("\nThe window at {channels} channels ({})", machine::load());
        if wants("first-rows") {
            first_rows::measure(&scene, effort).await;
        }
        let app = scene.at_rest().await;
        if wants("typing") {
            typing::measure(&scene, &app, effort).await;
        }
        if wants("scrolling") {
            scrolling::measure(&scene, &app, effort).await;
        }
        app.quit().await;
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The window is measured on Linux alone, as it is tested there alone.");
}
