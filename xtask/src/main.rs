//! The project's commands: `cargo xtask run`, `cargo xtask test`, and the slow ones.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is what a command is for")]

mod audit;
mod bench;
mod child;
mod counts;
#[cfg(test)]
mod docs;
mod front_end;
mod packages;
mod place;
mod record;
mod release;
mod run;
mod rust;
mod stop;
mod test;
mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of Channel Keys.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what is missing, build, and open the window on an embedded practice Hub
    Run {
        /// What the app gets: --hub URL, --profile DIR, --practice, --help
        #[arg(last = true, value_name = "ARGS")]
        args: Vec<OsString>,
    },
    /// Install what is missing, then formatting, lints, and every test
    Test,
    /// Write ui/src/host/bindings.ts anew from the commands in Rust
    Bindings,
    /// Take screenshots of every page, and of every scene of the pages' tests, into target/shots
    Shots {
        /// Take the scenes alone, or those alone whose names contain TEXT
        #[arg(long, value_name = "TEXT", num_args = 0..=1, default_missing_value = "")]
        scenes: Option<String>,
    },
    /// Build the release and its installer (slow)
    Package,
    /// Measure against references in the same run, printed as ratios or distributions (slow)
    Bench {
        /// What alone to measure: decode, sync, memory, first-rows, typing, scrolling, or a number of channels
        what: Vec<String>,
        /// Few rounds, to see that it works
        #[arg(long)]
        brief: bool,
    },
    /// Feed random and damaged input to all that reads from outside, for very many cases (slow)
    Fuzz,
    /// Check licences, sources and versions of all dependencies, and advisories where they can be reached (slow)
    Audit,
}

fn main() -> ExitCode {
    let done = match Flags::parse().command {
        Command::Run { args } => run::run(args),
        Command::Test => test::test(),
        Command::Bindings => rust::bindings(),
        Command::Shots { scenes } => window::shots(scenes.as_deref()),
        Command::Package => window::package(),
        Command::Bench { what, brief } => bench::bench(&what, brief),
        Command::Fuzz => rust::fuzz(),
        Command::Audit => audit::audit(),
    };
    match done {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("\n{stop}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Flags};
    use clap::Parser;

    #[test]
    fn what_follows_two_dashes_goes_to_the_app_untouched() {
        let flags = Flags::parse_from(["xtask", "run", "--", "--hub", "http://127.0.0.1:1/api/v2"]);

        let Command::Run { args } = flags.command else {
            panic!("another command was read");
        };
        assert_eq!(args, ["--hub", "http://127.0.0.1:1/api/v2"]);
    }

    #[test]
    fn scenes_are_taken_alone_when_asked_for_with_a_text_or_without() {
        for (args, wanted) in [
            (&["xtask", "shots"][..], None),
            (&["xtask", "shots", "--scenes"], Some("")),
            (&["xtask", "shots", "--scenes", "desk"], Some("desk")),
        ] {
            let Command::Shots { scenes } = Flags::parse_from(args).command else {
                panic!("another command was read");
            };
            assert_eq!(scenes.as_deref(), wanted);
        }
    }

    #[test]
    fn the_apps_flags_without_two_dashes_are_refused() {
        assert!(Flags::try_parse_from(["xtask", "run", "--hub", "x"]).is_err());
    }
}
