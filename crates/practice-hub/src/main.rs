//! The practice Hub on its own: its first line on stdout tells where it is and who may sign in, as JSON.

// No panic by the world; a test may.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use practice_hub::{Account, Fault, Options, PracticeHub, RequestLog, WorldSize};
use serde::Serialize;

/// A local Hub to practise with: nothing in it is real.
#[derive(Parser)]
#[command(name = "practice-hub", version)]
struct Arguments {
    /// The port on 127.0.0.1; any free one when absent.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// How many channels there are: small, or large:N.
    #[arg(long, value_name = "small|large:N", default_value_t = WorldSize::Small)]
    world: WorldSize,
    /// The same seed makes the same world.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A JSON list of what goes wrong, and where.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// The file in which changes last.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

#[derive(Serialize)]
struct FirstLine<'a> {
    hub: &'a str,
    messaging: &'a str,
    pages: &'a str,
    permission_page: &'a str,
    accounts: Vec<Account>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(io::stderr(), "practice-hub: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let faults = match &arguments.faults {
        Some(path) => read_faults(path)?,
        None => Vec::new(),
    };
    let hub = PracticeHub::start(Options {
        port: arguments.port,
        messaging_apart: false,
        world: arguments.world,
        seed: arguments.seed,
        faults,
        state: arguments.state,
        log: RequestLog::Stderr,
    })
    .await?;
    let first_line = serde_json::to_string(&FirstLine {
        hub: hub.hub(),
        messaging: hub.messaging(),
        pages: hub.pages(),
        permission_page: &hub.permission_page(),
        accounts: hub.accounts(),
    })?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{first_line}")?;
    stdout.flush()?;
    told_to_stop().await?;
    hub.stop().await;
    Ok(())
}

fn read_faults(path: &Path) -> Result<Vec<Fault>, String> {
    let told =
        |reason: &dyn std::fmt::Display| format!("can't use the faults in {}: {reason}", path.display());
    let text = fs::read(path).map_err(|error| told(&error))?;
    serde_json::from_slice(&text).map_err(|error| told(&error))
}

#[cfg(unix)]
async fn told_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
