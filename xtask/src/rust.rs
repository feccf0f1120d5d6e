//! What cargo builds. One selection of features for app and tests, so that Tauri is built once.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::child;
use crate::counts::Counts;
use crate::front_end;
use crate::packages::{self, For};
use crate::stop::{Outcome, Stop};

/// The app, as package and as program.
pub const APP: &str = "channel-keys";

/// A program that holds tests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suite {
    place: Place,
    package: String,
    target: String,
    kind: String,
    program: PathBuf,
    folder: PathBuf,
}

/// When it runs: the fast ones first, the window last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Unit,
    Integration,
    Window,
}

impl Suite {
    /// Its name for a person.
    pub fn name(&self) -> String {
        match self.kind.as_str() {
            "lib" => format!("{}: its own", self.package),
            "bin" => format!("{}: its program", self.package),
            _ => format!("{}: {}", self.package, self.target),
        }
    }

    /// Its program, as cargo would start it.
    pub fn program(&self) -> Command {
        let mut command = child::program(&self.program);
        command.current_dir(&self.folder);
        command.env("CARGO_MANIFEST_DIR", &self.folder);
        if self.place == Place::Window {
            // Each of the two has a screen, a bus and a keychain of its own; more would starve one another.
            command.arg("--test-threads=2");
        }
        command
    }

    /// Runs its tests.
    pub fn run(&self) -> Outcome<Counts> {
        let (status, output) = child::shown(&mut self.program())?;
        Ok(Counts::of_rust(&output).ended(status.success()))
    }
}

/// Builds all tests and gives their programs in the order to run them; `None` when they can't be built.
pub fn build_tests() -> Outcome<Option<Vec<Suite>>> {
    build_suites(&["--workspace"])
}

/// Builds the window's tests alone.
pub fn build_window_tests() -> Outcome<Option<Suite>> {
    let suites = build_suites(&["--package", APP, "--test", "window"])?;
    Ok(suites.and_then(|suites| suites.into_iter().next()))
}

fn build_suites(selection: &[&str]) -> Outcome<Option<Vec<Suite>>> {
    let (status, messages) = child::read(
        child::cargo().args(["test", "--no-run", "--message-format=json-render-diagnostics"]).args(selection),
    )?;
    Ok(status.success().then(|| suites(&messages)))
}

/// Builds the app and gives its program.
///
/// The window test is asked for too, for its features alone: without it cargo leaves out what only tests switch on in
/// shared crates, and builds Tauri a second time for `cargo xtask test`. It costs some twenty small crates.
pub fn build_app() -> Outcome<PathBuf> {
    println!("Building the app; the first time takes some minutes, later ones seconds");
    let (status, messages) = child::read(child::cargo().args([
        "build",
        "--message-format=json-render-diagnostics",
        "--workspace",
        "--exclude=xtask",
        "--bins",
        "--test=window",
    ]))?;
    let program = programs(&messages).find_map(|(message, program)| {
        let is_app = message["target"]["name"] == APP && message["target"]["kind"][0] == "bin";
        is_app.then_some(program)
    });
    program
        .filter(|_| status.success())
        .ok_or_else(|| Stop::because("The app can't be built; cargo's reason stands above."))
}

/// Runs the tests in documentation, among them the proofs that something does not compile.
pub fn test_documentation() -> Outcome<Counts> {
    let (status, output) =
        child::shown(child::cargo().args(["test", "--workspace", "--doc", "--no-fail-fast"]))?;
    Ok(Counts::of_rust(&output).ended(status.success()))
}

/// `cargo xtask bindings`: lets the test that compares the bindings write them instead.
pub fn bindings() -> Outcome<ExitCode> {
    front_end::ensure_node()?;
    packages::ensure(For::Building)?;
    front_end::ensure_packages()?;
    front_end::ensure_built()?;
    let written = child::succeeds(
        child::cargo()
            .args(["test", "--package", APP, "--lib", "--", "bindings::"])
            .env("UPDATE_BINDINGS", "1"),
    )?;
    if !written {
        return Err(Stop::because("ui/src/host/bindings.ts was not written; the reason stands above."));
    }
    println!("ui/src/host/bindings.ts says what the commands are.");
    Ok(ExitCode::SUCCESS)
}

/// The lines of cargo's report that name a program.
fn programs(messages: &str) -> impl Iterator<Item = (Value, PathBuf)> {
    messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let program = PathBuf::from(message["executable"].as_str()?);
        Some((message, program))
    })
}

fn suites(messages: &str) -> Vec<Suite> {
    let tests = programs(messages).filter(|(message, _)| message["profile"]["test"] == true);
    let mut suites: Vec<Suite> = tests
        .filter_map(|(message, program)| {
            let manifest = Path::new(message["manifest_path"].as_str()?);
            let package = package_name(message["package_id"].as_str()?).to_owned();
            let target = message["target"]["name"].as_str()?.to_owned();
            let kind = message["target"]["kind"][0].as_str()?.to_owned();
            let place = match (package.as_str(), target.as_str(), kind.as_str()) {
                (APP, "window", "test") => Place::Window,
                (_, _, "test") => Place::Integration,
                _ => Place::Unit,
            };
            Some(Suite { place, package, target, kind, program, folder: manifest.parent()?.to_path_buf() })
        })
        .collect();
    suites.sort();
    suites
}

/// `cargo xtask fuzz`: the property tests over outside input, with very many cases.
pub fn fuzz() -> Outcome<ExitCode> {
    let targets: [(&[&str], &str); 4] = [
        // What the Hub answers, and its address in `--hub`.
        (&["--package", "channel-keys-hub", "--test", "odd_input"], "20000"),
        // What is pasted as a key.
        (&["--package", "channel-keys-core", "--lib", "secret::"], "20000"),
        // A damaged file of records: each is a file of its own on disk.
        (&["--package", APP, "--lib", "damage::"], "4000"),
        // A damaged file of the practice Hub: each is a Hub that starts.
        (&["--package", "practice-hub", "--test", "practice", "odd_state::"], "4000"),
    ];
    let mut well = true;
    for (target, cases) in targets {
        well &= child::succeeds(child::cargo().env("PROPTEST_CASES", cases).arg("test").args(target))?;
    }
    // What is typed to find a number.
    front_end::ensure_node()?;
    front_end::ensure_packages()?;
    let search = ["run", "--silent", "test", "--", "tests/odd-search.test.ts"];
    well &= child::succeeds(child::npm().args(search).env("FUZZ_CASES", "200000"))?;
    if !well {
        return Err(Stop::because("Some input was not taken as it should be; it stands above."));
    }
    Ok(ExitCode::SUCCESS)
}

/// The name in `path+file:///src/crates/core#channel-keys-core@0.1.0`, or, where the folder has the package's
/// name, in `path+file:///src/xtask#0.1.0`.
fn package_name(id: &str) -> &str {
    let (source, rest) = id.rsplit_once('#').unwrap_or(("", id));
    match rest.split_once('@') {
        Some((name, _)) => name,
        None => source.rsplit('/').next().unwrap_or(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::{package_name, suites};

    const REPORT: &str = r#"
{"reason":"compiler-artifact","package_id":"registry+https://github.com/rust-lang/crates.io-index#serde@1.0.0","manifest_path":"/c/serde/Cargo.toml","target":{"kind":["lib"],"name":"serde"},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","package_id":"path+file:///src#channel-keys@0.1.0","manifest_path":"/src/Cargo.toml","target":{"kind":["test"],"name":"window"},"profile":{"test":true},"executable":"/src/target/debug/deps/window-1"}
{"reason":"compiler-artifact","package_id":"path+file:///src#channel-keys@0.1.0","manifest_path":"/src/Cargo.toml","target":{"kind":["bin"],"name":"channel-keys"},"profile":{"test":false},"executable":"/src/target/debug/channel-keys"}
{"reason":"compiler-artifact","package_id":"path+file:///src/crates/hub#channel-keys-hub@0.1.0","manifest_path":"/src/crates/hub/Cargo.toml","target":{"kind":["test"],"name":"contract"},"profile":{"test":true},"executable":"/src/target/debug/deps/contract-1"}
{"reason":"compiler-artifact","package_id":"path+file:///src/xtask#0.1.0","manifest_path":"/src/xtask/Cargo.toml","target":{"kind":["bin"],"name":"xtask"},"profile":{"test":true},"executable":"/src/target/debug/deps/xtask-1"}
{"reason":"build-finished","success":true}
"#;

    #[test]
    fn the_programs_with_tests_are_found_and_the_window_comes_last() {
        let names: Vec<_> = suites(REPORT).iter().map(super::Suite::name).collect();

        assert_eq!(names, ["xtask: its program", "channel-keys-hub: contract", "channel-keys: window"]);
    }

    #[test]
    fn a_suite_runs_in_its_own_packages_folder() {
        let contract = suites(REPORT).remove(1);

        assert_eq!(contract.program().get_current_dir(), Some(std::path::Path::new("/src/crates/hub")));
    }

    #[test]
    fn only_the_window_is_held_to_two_at_a_time() {
        let arguments = |index: usize| suites(REPORT)[index].program().get_args().count();

        assert_eq!(arguments(1), 0);
        assert_eq!(arguments(2), 1);
    }

    #[test]
    fn a_package_is_named_by_its_id() {
        assert_eq!(package_name("path+file:///w/crates/core#channel-keys-core@0.1.0"), "channel-keys-core");
        assert_eq!(package_name("path+file:///w/xtask#0.1.0"), "xtask");
    }
}
