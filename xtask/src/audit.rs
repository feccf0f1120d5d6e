//! `cargo xtask audit`: what the dependencies are, where they come from, what is known against them.

use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::child;
use crate::front_end;
use crate::place;
use crate::stop::{Outcome, Stop};

/// The cargo-deny that deny.toml is written for.
const CARGO_DENY: &str = "0.20";

/// Checks all of it; databases that can't be reached are told, and fail nothing.
pub fn audit() -> Outcome<ExitCode> {
    ensure_cargo_deny()?;
    let mut well = true;

    println!("\n── Rust: bans, licences, sources");
    well &= child::succeeds(cargo_deny().args(["check", "bans", "licenses", "sources"]))?;

    println!("\n── Rust: advisories");
    if child::succeeds(cargo_deny().args(["fetch", "db"]))? {
        well &= child::succeeds(cargo_deny().args(["check", "--disable-fetch", "advisories"]))?;
    } else {
        println!("NOT CHECKED: the RustSec advisory database can't be reached from here.");
    }

    println!("\n── pages: advisories");
    front_end::ensure_node()?;
    let output = child::npm().args(["audit", "--json"]).output();
    let report = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match known_against(&report.unwrap_or_default()) {
        Some(0) => println!("Nothing is known against the pages' packages."),
        Some(known) => {
            println!("{known} advisories stand against the pages' packages: cd ui && npm audit");
            well = false;
        }
        None => println!("NOT CHECKED: npm's advisory database can't be reached from here."),
    }

    if well {
        println!("\nWhat could be checked is in order.");
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Stop::because(
            "Something is not in order; it stands above. Change the dependency, or say in deny.toml why it may stay.",
        ))
    }
}

/// How many advisories npm counts; `None` when it could not ask.
fn known_against(report: &str) -> Option<u64> {
    let report: Value = serde_json::from_str(report).ok()?;
    report["metadata"]["vulnerabilities"]["total"].as_u64()
}

fn tools() -> std::path::PathBuf {
    place::target().join("tools")
}

fn cargo_deny() -> Command {
    child::program(tools().join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX)))
}

fn ensure_cargo_deny() -> Outcome {
    let version = child::quietly(cargo_deny().arg("--version"));
    let wanted = format!("cargo-deny {CARGO_DENY}.");
    if version.is_some_and(|version| version.starts_with(&wanted)) {
        return Ok(());
    }
    println!("Installing cargo-deny {CARGO_DENY} into target/tools; that takes some minutes");
    let mut install = child::cargo();
    install.args(["install", "cargo-deny", "--locked", "--version"]);
    install.arg(format!("^{CARGO_DENY}")).arg("--root").arg(tools());
    if child::succeeds(install.arg("--target-dir").arg(tools().join("build")))? {
        return Ok(());
    }
    Err(Stop::because(
        "cargo-deny can't be installed, which checks the dependencies; cargo's reason stands above. Nothing was checked.",
    ))
}

#[cfg(test)]
mod tests {
    use super::known_against;

    #[test]
    fn npms_count_is_read() {
        let report = r#"{"metadata":{"vulnerabilities":{"low":1,"high":2,"total":3}}}"#;

        assert_eq!(known_against(report), Some(3));
    }

    #[test]
    fn a_database_out_of_reach_is_not_taken_for_no_advisories() {
        assert_eq!(known_against(""), None);
        assert_eq!(known_against(r#"{"message":"request failed","error":{"summary":"","detail":""}}"#), None);
    }
}
