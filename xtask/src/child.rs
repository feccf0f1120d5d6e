//! The programs that a command starts.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::place;
use crate::stop::{Outcome, Stop};

/// A program in the project's folder.
///
/// `cargo xtask` describes the xtask crate to us in the environment. Handed on to another cargo, these variables look
/// like changed input to build scripts that read them (ring's does), and half the tree would be built again.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(place::root());
    for (variable, _) in std::env::vars_os() {
        if describes_a_crate(&variable) {
            command.env_remove(variable);
        }
    }
    command
}

fn describes_a_crate(variable: &OsStr) -> bool {
    variable.to_str().is_some_and(|name| {
        name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"].contains(&name)
    })
}

/// The cargo that started us.
pub fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm in the pages' folder.
pub fn npm() -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(place::ui());
    command
}

/// Runs it to its end, its output going where ours goes, and tells whether it was content.
pub fn succeeds(command: &mut Command) -> Outcome<bool> {
    Ok(ended(command, Command::status)?.success())
}

/// Runs it to its end without showing its output; nothing when it can't be started or complains.
pub fn quietly(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs it to its end and shows each line of its standard output while it comes, and gives them all.
pub fn shown(command: &mut Command) -> Outcome<(ExitStatus, String)> {
    collected(command, true)
}

/// Runs it to its end and gives its standard output; what it complains about is shown.
pub fn read(command: &mut Command) -> Outcome<(ExitStatus, String)> {
    collected(command, false)
}

fn collected(command: &mut Command, show: bool) -> Outcome<(ExitStatus, String)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = ended(command, Command::spawn)?;
    let mut all = String::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            if show {
                println!("{line}");
            }
            all.push_str(&line);
            all.push('\n');
        }
        let _ = std::io::stdout().flush();
    }
    let status = ended(command, |_| child.wait())?;
    Ok((status, all))
}

/// Whether a program of this name can be started.
pub fn on_path(name: &str) -> bool {
    let Some(paths) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&paths).any(|folder| is_file(&folder.join(name)))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file())
}

fn ended<T>(command: &mut Command, start: impl FnOnce(&mut Command) -> std::io::Result<T>) -> Outcome<T> {
    let result = start(command);
    result.map_err(|error| {
        let name = command.get_program().display();
        Stop::because(format!("{name} can't be started: {error}. Is it installed, and on the PATH?"))
    })
}

#[cfg(test)]
mod tests {
    use super::describes_a_crate;
    use std::ffi::OsStr;

    #[test]
    fn only_the_description_of_our_own_crate_is_kept_from_children() {
        for ours in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_BIN_NAME"] {
            assert!(describes_a_crate(OsStr::new(ours)), "{ours}");
        }
        for theirs in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "PATH"] {
            assert!(!describes_a_crate(OsStr::new(theirs)), "{theirs}");
        }
    }
}
