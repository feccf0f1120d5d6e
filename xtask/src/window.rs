//! Commands around the built app: screenshots of its pages, and its installer.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use crate::child;
use crate::front_end;
use crate::packages::{self, For};
use crate::place;
use crate::release;
use crate::rust;
use crate::stop::{Outcome, Stop};

/// `cargo xtask shots`: a screenshot of every page and scene, or of the scenes alone whose names contain a text.
pub fn shots(scenes: Option<&str>) -> Outcome<ExitCode> {
    set_up(For::Testing)?;
    front_end::ensure_built()?;
    front_end::build_gallery()?;
    let Some(suite) = rust::build_window_tests()? else {
        return Err(Stop::because(
            "The window's tests can't be built, and they take the screenshots; cargo's reason stands above.",
        ));
    };
    let mut suite = suite.program();
    suite.args(["--ignored", if scenes.is_some() { "scene_shots" } else { "shots" }, "--nocapture"]);
    suite.env("SCENES", scenes.unwrap_or_default());
    if !child::succeeds(&mut suite)? {
        return Err(Stop::because("Not every screenshot was taken; the reason stands above."));
    }
    println!("The screenshots lie in {}", place::target().join("shots").display());
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask package`: the release, and a .deb of it.
pub fn package() -> Outcome<ExitCode> {
    set_up(For::Building)?;
    println!("Building the release; that takes ten minutes and more");
    let start = SystemTime::now();
    // Not asked by the tauri program itself whether to go on: there may be nobody to answer.
    let mut tauri = child::program(tauri_cli()?);
    tauri.args(["build", "--ci"]);
    if cfg!(target_os = "linux") {
        tauri.args(["--bundles", "deb"]);
    }
    if !child::succeeds(&mut tauri)? {
        return Err(Stop::because("The installer was not made; the reason stands above."));
    }
    release::has_no_hook_of_the_tests("release")?;
    let made = made_since(start);
    if made.is_empty() {
        println!("The release is built, without an installer for this system.");
    }
    for installer in made {
        println!("The installer: {}", installer.display());
    }
    Ok(ExitCode::SUCCESS)
}

const TAURI: &str = if cfg!(windows) { "tauri.cmd" } else { "tauri" };

/// Tauri's own program, which only packaging needs. It stands apart from the pages' packages: its binaries come one
/// package a system, and a registry that lacks one of them would keep the pages from being installed.
fn tauri_cli() -> Outcome<std::path::PathBuf> {
    let tools = place::root().join("target/tools");
    let program = tools.join("node_modules/.bin").join(TAURI);
    if !program.exists() {
        let mut npm = child::program(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.args(["install", "--no-save", "--no-fund", "--no-audit", "--prefix"]).arg(&tools);
        npm.arg("@tauri-apps/cli@2.12.5");
        if !child::succeeds(&mut npm)? {
            return Err(Stop::because("Tauri's own program was not installed; the reason stands above."));
        }
    }
    Ok(program)
}

fn set_up(purpose: For) -> Outcome {
    front_end::ensure_node()?;
    packages::ensure(purpose)?;
    front_end::ensure_packages()
}

fn made_since(start: SystemTime) -> Vec<PathBuf> {
    let bundles = place::target().join("release/bundle");
    let folders = fs::read_dir(bundles).into_iter().flatten().flatten();
    let files = folders.filter_map(|folder| fs::read_dir(folder.path()).ok());
    let installers = files.flatten().flatten().filter(|file| {
        let kinds = ["deb", "rpm", "AppImage", "dmg", "msi", "exe"];
        let path = file.path();
        let kind = path.extension().and_then(|kind| kind.to_str());
        let changed = file.metadata().and_then(|found| found.modified());
        kind.is_some_and(|kind| kinds.contains(&kind)) && changed.is_ok_and(|time| time >= start)
    });
    installers.map(|file| file.path()).collect()
}
