//! Channel Keys: the desktop shell around the application. Windows, commands, the system's services.

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

mod arriving;
mod background;
pub mod bindings;
mod checking;
mod closing;
mod commands;
#[cfg(test)]
mod desk_fixtures;
mod diagnosis;
mod export;
pub mod failure;
pub mod idle;
pub mod key_files;
mod locked_file;
mod looking;
mod numbers;
pub mod os;
mod run;
mod seal;
pub mod settings;
mod shape;
pub mod shell;
#[cfg(test)]
mod surface;
mod tasks;
pub mod view;
mod watch;
mod way_back;
mod web_process;
pub mod words;

pub use run::run;
