//! Channel Keys: the desktop shell around the application. Windows, commands, the system's services.

pub mod bindings;
mod commands;
mod export;
pub mod failure;
mod numbers;
pub mod os;
mod run;
mod seal;
mod shape;
pub mod shell;
pub mod view;
pub mod words;

pub use run::run;
