//! The real window on a desktop of its own: a virtual screen, a session bus, a keychain, a practice Hub beside it.
//!
//! What a person does and sees, and what can be read back from outside: the keychain by `secret-tool`, the clipboard
//! by `xclip`, the Hub by its own counts.
#![cfg(target_os = "linux")]

#[path = "window/app.rs"]
mod app;
#[path = "window/at_the_desk.rs"]
mod at_the_desk;
#[path = "window/browser.rs"]
mod browser;
#[path = "window/checking.rs"]
mod checking;
#[path = "window/client.rs"]
mod client;
#[path = "window/clipboard_keeper.rs"]
mod clipboard_keeper;
#[path = "window/copied_key.rs"]
mod copied_key;
#[path = "window/desk_agrees.rs"]
mod desk_agrees;
#[path = "window/desk_aloud.rs"]
mod desk_aloud;
#[path = "window/desk_making.rs"]
mod desk_making;
#[path = "window/desk_seen.rs"]
mod desk_seen;
#[path = "window/desk_shots.rs"]
mod desk_shots;
#[path = "window/desktop.rs"]
mod desktop;
#[path = "window/dialogs.rs"]
mod dialogs;
#[path = "window/focus.rs"]
mod focus;
#[path = "window/goals.rs"]
mod goals;
#[path = "window/handing.rs"]
mod handing;
#[path = "window/hosts.rs"]
mod hosts;
#[path = "window/keychains.rs"]
mod keychains;
#[path = "window/leaks.rs"]
mod leaks;
#[path = "window/left_behind.rs"]
mod left_behind;
#[path = "window/linking.rs"]
mod linking;
#[path = "window/lock.rs"]
mod lock;
#[path = "window/long_names.rs"]
mod long_names;
#[path = "window/memory.rs"]
mod memory;
#[path = "window/never_lost.rs"]
mod never_lost;
#[path = "window/notices.rs"]
mod notices;
#[path = "window/outlived.rs"]
mod outlived;
#[path = "window/own_page.rs"]
mod own_page;
#[path = "window/people.rs"]
mod people;
#[path = "window/processes.rs"]
mod processes;
#[path = "window/reader.rs"]
mod reader;
#[path = "window/relay.rs"]
mod relay;
#[path = "window/requests.rs"]
mod requests;
#[path = "window/scene.rs"]
mod scene;
#[path = "window/scene_shots.rs"]
mod scene_shots;
#[path = "window/search.rs"]
mod search;
#[path = "window/shipped.rs"]
mod shipped;
#[path = "window/short_window.rs"]
mod short_window;
#[path = "window/shots.rs"]
mod shots;
#[path = "window/showing.rs"]
mod showing;
#[path = "window/signing_in.rs"]
mod signing_in;
#[path = "window/starts.rs"]
mod starts;
#[path = "window/stories.rs"]
mod stories;
#[path = "window/support_desk.rs"]
mod support_desk;
#[path = "window/surface.rs"]
mod surface;
#[path = "window/tray.rs"]
mod tray;
#[path = "window/undriven.rs"]
mod undriven;
#[path = "window/watch.rs"]
mod watch;
#[path = "window/watching.rs"]
mod watching;
#[path = "window/wayland.rs"]
mod wayland;
#[path = "window/web_process.rs"]
mod web_process;
