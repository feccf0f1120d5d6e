//! `cargo xtask test`: all that has to be green.

use std::fs;
use std::process::ExitCode;

use crate::child;
use crate::counts::Counts;
use crate::front_end;
use crate::packages::{self, For};
use crate::place;
use crate::record::Record;
use crate::release;
use crate::rust;
use crate::stop::{Outcome, Stop};

/// Runs everything and says how much of it passed.
pub fn test() -> Outcome<ExitCode> {
    let mut record = Record::default();
    let ended = run_all(&mut record);
    println!();
    if let Err(stop) = ended {
        println!("{stop}\n");
    }
    println!("{}", record.summary());
    Ok(match record.counts() {
        Counts { failed: 0, .. } => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// A suite that fails does not keep the others from running; a build that fails does.
fn run_all(record: &mut Record) -> Outcome {
    record.step("set up", || {
        front_end::ensure_node()?;
        packages::ensure(For::Testing)?;
        ensure_rust_parts()?;
        front_end::ensure_packages()?;
        Ok(true)
    })?;
    record.step("Rust formatting", || child::succeeds(child::cargo().args(["fmt", "--all", "--check"])))?;
    // Before anything that compiles the app, as it carries the pages inside.
    if !record.step("pages: build", build_pages)? {
        return Err(Stop::because(
            "The pages can't be built, and the app carries them inside: the rest was not run.",
        ));
    }
    record.step("pages: formatting and types", || {
        child::succeeds(child::npm().args(["run", "--silent", "check"]))
    })?;
    record.suite("pages: tests", test_pages)?;
    record.step("Rust lints", || {
        child::succeeds(child::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny=warnings",
        ]))
    })?;
    let mut suites = Vec::new();
    let built = record.step("Rust build", || {
        let built = rust::build_tests()?;
        let well = built.is_some();
        suites = built.unwrap_or_default();
        Ok(well)
    })?;
    if !built {
        return Err(Stop::because(
            "The Rust tests can't be built; cargo's reason stands above. They were not run.",
        ));
    }
    // The window's tests run it too, and would build it themselves; here what it costs is told.
    if cfg!(target_os = "linux") {
        record.step("the program as it is shipped: build", release::build_for_tests)?;
    }
    for suite in &suites {
        record.suite(&suite.name(), || suite.run())?;
    }
    record.suite("documentation", rust::test_documentation)
}

fn build_pages() -> Outcome<bool> {
    if !front_end::has_changed() {
        println!("They have not changed since they were built.");
        return Ok(true);
    }
    front_end::build()
}

fn test_pages() -> Outcome<Counts> {
    let report = place::target().join("pages.json");
    // One of an earlier run would pass for this one's.
    let _ = fs::remove_file(&report);
    let well = child::succeeds(
        child::npm()
            .args(["run", "--silent", "test", "--", "--reporter=default", "--reporter=json"])
            .arg(format!("--outputFile.json={}", report.display())),
    )?;
    let counts = fs::read_to_string(&report).ok();
    let counts = counts.as_deref().and_then(Counts::of_vitest);
    let told = counts.is_some();
    Ok(counts.unwrap_or_default().ended(well && told))
}

/// rustup's smallest choice comes without the two that this needs.
fn ensure_rust_parts() -> Outcome {
    let there = |part: &str| child::quietly(child::cargo().args([part, "--version"])).is_some();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    if child::on_path("rustup")
        && child::succeeds(child::program("rustup").args(["component", "add", "rustfmt", "clippy"]))?
    {
        return Ok(());
    }
    Err(Stop::because(
        "rustfmt or clippy is missing, which check the code. Nothing was tested.\n\
         Install them, then start again: rustup component add rustfmt clippy",
    ))
}
