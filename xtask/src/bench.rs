//! `cargo xtask bench`: figures as ratios against references in the same run, or as distributions.

use std::process::ExitCode;

use crate::child;
use crate::front_end;
use crate::packages::{self, For};
use crate::rust::APP;
use crate::stop::{Outcome, Stop};

/// Measures what is named, or everything; briefly to see that it works.
pub fn bench(what: &[String], brief: bool) -> Outcome<ExitCode> {
    front_end::ensure_node()?;
    packages::ensure(For::Testing)?;
    front_end::ensure_packages()?;
    front_end::ensure_built()?;
    println!("Building what is measured, optimised; the first time takes ten minutes and more");
    let mut cargo = child::cargo();
    // The app and the Hub's client in one call: what is shared between them is built once.
    cargo.args(["bench", "--quiet", "--profile", "measured"]);
    cargo.args(["--package", APP, "--bench", "desk", "--package", "channel-keys-hub", "--bench", "decode"]);
    cargo.arg("--").args(what).args(brief.then_some("--brief"));
    if child::succeeds(&mut cargo)? {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Stop::because("The bench did not run; the reason stands above."))
    }
}
