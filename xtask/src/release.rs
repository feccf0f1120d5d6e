//! The program as a release has it: built quickly for the tests, and searched for what only a build for development may
//! know.

use std::fs;
use std::path::{Path, PathBuf};

use crate::child;
use crate::place;
use crate::rust::APP;
use crate::stop::{Outcome, Stop};

/// What only a build for development may know: where a test wants the making of a key to be cut short, and which task of
/// the background is to fail.
const HOOKS: [&str; 2] = ["CHANNEL_KEYS_STOP_AT", "CHANNEL_KEYS_FAILS_FIRST"];

/// Builds it for the tests and searches it; tells whether it is as it should be.
pub fn build_for_tests() -> Outcome<bool> {
    let built =
        child::succeeds(child::cargo().args(["build", "--profile=shipped", "--package", APP, "--bin", APP]))?;
    if built {
        has_no_hook_of_the_tests("shipped")?;
    }
    Ok(built)
}

/// Stops where the program that was built under a profile knows the hook of the tests.
pub fn has_no_hook_of_the_tests(profile: &str) -> Outcome {
    let program = program(profile);
    let bytes = fs::read(&program)
        .map_err(|error| Stop::because(format!("{} can't be read: {error}", program.display())))?;
    if let Some(hook) = HOOKS.iter().find(|hook| holds(&bytes, hook)) {
        return Err(Stop::because(format!(
            "{} knows {hook}, which is for tests alone: it is no release.",
            program.display()
        )));
    }
    Ok(())
}

fn program(profile: &str) -> PathBuf {
    let name = Path::new(APP).with_extension(std::env::consts::EXE_EXTENSION);
    place::target().join(profile).join(name)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{HOOKS, holds};

    #[test]
    fn the_names_of_the_hooks_are_those_in_the_program_and_are_found_among_other_bytes() {
        let sources: [&[u8]; 2] = [
            include_bytes!("../../src-tauri/src/os/steps.rs"),
            include_bytes!("../../src-tauri/src/tasks.rs"),
        ];
        for (hook, source) in HOOKS.iter().zip(sources) {
            assert!(holds(source, hook));
            assert!(!holds(b"\x00CHANNEL_KEYS\xff", hook));
        }
    }
}
