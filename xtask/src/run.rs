//! `cargo xtask run`: from a bare machine to an open window.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use crate::child;
use crate::front_end;
use crate::packages::{self, For};
use crate::rust;
use crate::stop::{Outcome, Stop};

/// Installs what is missing, builds what has changed, and starts the app.
pub fn run(args: Vec<OsString>) -> Outcome<ExitCode> {
    front_end::ensure_node()?;
    packages::ensure(For::Building)?;
    front_end::ensure_packages()?;
    if !only_prints(&args) {
        ensure_display()?;
    }
    front_end::ensure_built()?;
    let app = rust::build_app()?;

    let mut command = child::program(&app);
    if let Ok(folder) = std::env::current_dir() {
        // A relative --profile means the folder that the person is in.
        command.current_dir(folder);
    }
    command.args(for_the_app(args));
    start(command)
}

#[cfg(unix)]
fn start(mut command: std::process::Command) -> Outcome<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Stop::because(format!("The app was built and can't be started: {error}.")))
}

#[cfg(not(unix))]
fn start(mut command: std::process::Command) -> Outcome<ExitCode> {
    Ok(match child::succeeds(&mut command)? {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The practice Hub, unless the person has chosen a Hub already.
fn for_the_app(args: Vec<OsString>) -> Vec<OsString> {
    let chosen = args.iter().any(|arg| is_flag(arg, "--hub") || is_flag(arg, "--practice"));
    let practice = (!chosen).then(|| OsString::from("--practice"));
    practice.into_iter().chain(args).collect()
}

/// `--flag`, or `--flag=value`.
fn is_flag(arg: &OsStr, flag: &str) -> bool {
    let rest = arg.to_str().and_then(|arg| arg.strip_prefix(flag));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

/// Whether the app answers in the terminal and opens no window.
fn only_prints(args: &[OsString]) -> bool {
    let prints = ["--help", "-h", "--version", "-V"];
    args.iter().any(|arg| prints.iter().any(|flag| arg == flag))
}

fn ensure_display() -> Outcome {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") {
        return Ok(());
    }
    Err(Stop::because(
        "There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.\n\
         What the app needs is installed; it was not built. To get a display:\n\n  \
         at the machine's own desktop, run this in a terminal there\n  \
         over the network              ssh -X HOST, then run this again\n  \
         without any screen            apt-get install -y --no-install-recommends xvfb xauth\n                                \
         xvfb-run -a cargo xtask run     (a window that nobody sees)",
    ))
}

#[cfg(test)]
mod tests {
    use super::{for_the_app, only_prints};
    use std::ffi::OsString;

    fn args(all: &[&str]) -> Vec<OsString> {
        all.iter().map(OsString::from).collect()
    }

    #[test]
    fn without_a_chosen_hub_the_app_starts_in_practice() {
        assert_eq!(for_the_app(args(&[])), ["--practice"]);
        assert_eq!(for_the_app(args(&["--profile", "/tmp/p"])), ["--practice", "--profile", "/tmp/p"]);
    }

    #[test]
    fn a_chosen_hub_is_left_as_it_is() {
        for chosen in [&["--hub", "https://hub"][..], &["--hub=https://hub"], &["--practice"]] {
            assert_eq!(for_the_app(args(chosen)), args(chosen));
        }
    }

    #[test]
    fn a_flag_that_only_begins_like_one_chooses_nothing() {
        assert_eq!(for_the_app(args(&["--hubris"])), ["--practice", "--hubris"]);
    }

    #[test]
    fn help_and_version_need_no_display() {
        assert!(only_prints(&args(&["--profile", "p", "--version"])));
        assert!(only_prints(&args(&["-h"])));
        assert!(!only_prints(&args(&["--practice"])));
    }
}
