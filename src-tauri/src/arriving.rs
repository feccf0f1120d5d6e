//! What arrives from outside while the program runs or starts: a link, or a second start.

use std::ffi::OsString;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::link::{Link, Refused};

use crate::background;
use crate::os::handover::Handed;
use crate::shell::Shell;
use crate::view::{LinkCame, LinkView};
use crate::web_process;

/// What the arguments of a start say that are no flags: a link, or nothing.
pub fn link_among(arguments: &[OsString]) -> Option<Result<Link, Refused>> {
    match arguments {
        [] => None,
        [link] => Some(link.to_str().ok_or(Refused::OddCharacters).and_then(Link::read)),
        _ => Some(Err(Refused::BringsMore)),
    }
}

/// Another start handed something over.
pub fn handed<R: Runtime>(app: &AppHandle<R>, handed: Handed) {
    match handed {
        Handed::Forward => bring_forward(app),
        Handed::Link(link) => came(app, link),
    }
}

/// A link came: the window comes to the front, and its pages are told where the link leads.
pub fn came<R: Runtime>(app: &AppHandle<R>, link: Result<Link, Refused>) {
    let shell = app.state::<Shell>();
    shell.app.take_link(link);
    lead(app);
}

/// A notification was pressed.
pub fn pressed<R: Runtime>(app: &AppHandle<R>, channel: ChannelId, several: usize) {
    app.state::<Shell>().app.take_press(channel, several);
    lead(app);
}

fn lead<R: Runtime>(app: &AppHandle<R>) {
    let _ = LinkCame { link: LinkView::of(&app.state::<Shell>().app) }.emit(app);
    bring_forward(app);
}

/// Brings the window to the front, as far as the desktop lets a program do so.
pub fn bring_forward<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Shell>().closing.answered();
    web_process::wanted(app);
    show(app);
    background::leave(app);
}

/// Shows the window, and gives it the focus.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window("main") else { return };
    // Where one of these does not work, the others may.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(all: &[&str]) -> Vec<OsString> {
        all.iter().map(OsString::from).collect()
    }

    #[test]
    fn a_start_without_a_link_leads_nowhere_and_one_with_two_is_refused() {
        let link = "channel-keys://channel/tQ8m2ZCH";
        assert_eq!(link_among(&[]), None);
        let there = Link::Channel(ChannelId("tQ8m2ZCH".into()));
        assert_eq!(link_among(&arguments(&[link])), Some(Ok(there)));
        assert_eq!(link_among(&arguments(&[link, link])), Some(Err(Refused::BringsMore)));
        assert_eq!(link_among(&arguments(&["elsewhere"])), Some(Err(Refused::NotOurs)));
    }

    #[test]
    fn what_is_installed_is_called_for_such_links_with_the_link_as_its_one_argument() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file");
        let config: serde_json::Value = serde_json::from_str(&text("tauri.conf.json")).expect("JSON");
        let schemes = serde_json::json!({ "deep-link": { "desktop": { "schemes": ["channel-keys"] } } });
        assert_eq!(config["plugins"], schemes, "what packages register, on each system");

        for package in ["deb", "rpm"] {
            let file = config["bundle"]["linux"][package]["desktopTemplate"].as_str().expect("a path");
            let file = text(file);
            let starts: Vec<&str> = file.lines().filter(|line| line.starts_with("Exec=")).collect();
            assert_eq!(starts, ["Exec={{exec}} %u"]);
            assert!(file.lines().any(|line| line == "MimeType={{mime_type}}"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_argument_that_is_no_text_is_refused() {
        use std::os::unix::ffi::OsStringExt;
        let odd = OsString::from_vec(b"channel-keys://channel/\xff".to_vec());
        assert_eq!(link_among(&[odd]), Some(Err(Refused::OddCharacters)));
    }
}
