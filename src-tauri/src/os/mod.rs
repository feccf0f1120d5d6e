//! What only the operating system can do: the keychain, the clipboard, the file of records, the profile, the session bus,
//! how windows are drawn.

pub mod background;
pub mod bus;
pub mod clipboard;
pub mod clock;
pub mod clock_words;
pub mod door;
pub mod drawing;
pub mod handover;
pub mod key_window;
pub mod keychain;
pub mod message;
pub mod notices;
pub mod open_dialog;
pub mod private_file;
pub mod profile;
pub mod records;
pub mod save_dialog;
pub mod screen;
pub mod steps;
pub mod surroundings;
pub mod system;
pub mod web_process;
