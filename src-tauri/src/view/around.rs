//! A copied key, the lock, and the settings.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::session::{AppView, KeychainName};
use super::view;
use crate::os::clipboard::OnClipboard;
use crate::settings::Settings;

view! {
    /// What the person is to know of a copied key.
    pub enum ClipboardView {
        /// No key of this program's is there.
        Nothing,
        /// A copied key is there.
        Key {
            /// Its id here.
            id: String,
            /// How many seconds it stays; none where it lies nowhere else, and is not cleared.
            left: Option<u32>,
        },
        /// It was cleared.
        Cleared,
        /// Its time is up, and the system does not say whether it is still there.
        CantTell,
        /// The window was asked to close, and the only copy of the key goes with it.
        GoesWithProgram,
    }
}

/// Something became of a copied key.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct ClipboardChanged {
    /// What.
    pub clipboard: ClipboardView,
}

/// Another program answers as the keychain.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct KeychainNamed {
    /// What it is called.
    pub keychain: KeychainName,
}

/// The program locked.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct ProgramLocked {
    /// The program as it is now.
    pub app: AppView,
}

/// What the person may set.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// How many seconds a copied key stays on the clipboard.
    pub clipboard_seconds: u32,
    /// After how many minutes without anybody the program locks.
    pub lock_minutes: u32,
    /// Whether a shown key is kept out of screenshots and recordings, where the system can.
    pub hide_from_captures: bool,
    /// For how many days it is kept what the support desk saw.
    pub seen_days: u32,
    /// How many minutes lie between two looks at watched channels.
    pub watch_minutes: u32,
    /// Whether a notification names the channel.
    pub names_in_notices: bool,
    /// How many minutes lie between two looks whether kept keys still work; none where nobody looks.
    pub check_minutes: u32,
    /// Whether a client changes the partner's permission on 360dialog's own page.
    pub on_own_page: bool,
}

impl ClipboardView {
    /// What became of a copied key.
    pub fn of(told: OnClipboard) -> Self {
        match told {
            OnClipboard::Nothing => ClipboardView::Nothing,
            OnClipboard::Key { id, left } => ClipboardView::Key { id, left },
            OnClipboard::Cleared => ClipboardView::Cleared,
            OnClipboard::CantTell => ClipboardView::CantTell,
        }
    }
}

impl SettingsView {
    /// The settings as the pages see them.
    pub fn of(settings: Settings) -> Self {
        let Settings {
            clipboard_seconds,
            lock_minutes,
            hide_from_captures,
            seen_days,
            watch_minutes,
            names_in_notices,
            check_minutes,
            on_own_page,
        } = settings;
        Self {
            clipboard_seconds,
            lock_minutes,
            hide_from_captures,
            seen_days,
            watch_minutes,
            names_in_notices,
            check_minutes,
            on_own_page,
        }
    }
}

impl From<SettingsView> for Settings {
    fn from(view: SettingsView) -> Settings {
        let SettingsView {
            clipboard_seconds,
            lock_minutes,
            hide_from_captures,
            seen_days,
            watch_minutes,
            names_in_notices,
            check_minutes,
            on_own_page,
        } = view;
        Settings {
            clipboard_seconds,
            lock_minutes,
            hide_from_captures,
            seen_days,
            watch_minutes,
            names_in_notices,
            check_minutes,
            on_own_page,
        }
    }
}
