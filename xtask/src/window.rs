//! Commands around the built app: screenshots of its pages, and its installer.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use crate::child;
use crate::front_end;
use crate::packages::{self, For};
use crate::place;
use crate::rust;
use crate::stop::{Outcome, Stop};

/// `cargo xtask shots`: a screenshot of every page.
pub fn shots() -> Outcome<ExitCode> {
    set_up(For::Testing)?;
    front_end::ensure_built()?;
    let Some(suite) = rust::build_window_tests()? else {
        return Err(Stop::because(
            "The window's tests can't be built, and they take the screenshots; cargo's reason stands above.",
        ));
    };
    if !child::succeeds(suite.program().args(["--ignored", "shots", "--nocapture"]))? {
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
    has_no_hook_of_the_tests()?;
    let made = made_since(start);
    if made.is_empty() {
        println!("The release is built, without an installer for this system.");
    }
    for installer in made {
        println!("The installer: {}", installer.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// What only a build for development may know: where a test wants the making of a key to be cut short.
const HOOK: &str = "CHANNEL_KEYS_STOP_AT";

fn has_no_hook_of_the_tests() -> Outcome {
    let program =
        place::target().join("release").join(format!("channel-keys{}", std::env::consts::EXE_SUFFIX));
    let bytes = fs::read(&program)
        .map_err(|error| Stop::because(format!("{} can't be read: {error}", program.display())))?;
    if holds(&bytes, HOOK) {
        return Err(Stop::because(format!("The release knows {HOOK}, which is for tests alone.")));
    }
    Ok(())
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
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

#[cfg(test)]
mod tests {
    use super::{HOOK, holds};

    #[test]
    fn the_name_of_the_hook_is_the_one_in_the_program_and_is_found_among_other_bytes() {
        let source = include_bytes!("../../src-tauri/src/os/steps.rs");
        assert!(holds(source, HOOK));
        assert!(!holds(b"\x00CHANNEL_KEYS\xff", HOOK));
    }
}
