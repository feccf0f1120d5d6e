//! What the pages may ask for: each command takes the state, does one thing, and returns what is to be seen.

#![expect(clippy::unreachable, reason = "Tauri's macro writes one that is compiled and never run")]

use tauri::State;

use crate::failure::Failure;
use crate::os::clipboard::Clipboard;
use crate::shell::Shell;

pub mod around;
pub mod channels;
pub mod checking;
pub mod desk;
pub mod goals;
pub mod key_files;
pub mod keys;
pub mod linking;
pub mod page_visit;
pub mod practice;
pub mod remembering;
pub mod request;
pub mod session;
pub mod settings;
pub mod tasks;
pub mod webhooks;

type Answer<T> = Result<T, Failure>;
type App<'a> = State<'a, Shell>;
type ClipboardState<'a> = State<'a, Clipboard>;
