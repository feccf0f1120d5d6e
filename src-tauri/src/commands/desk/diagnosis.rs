//! Copying the diagnosis of a channel.

use tauri::{AppHandle, Runtime};

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::ChannelId;

use crate::commands::{Answer, App, ClipboardState};
use crate::diagnosis::{self, Around, Form, Language};
use crate::view::{DiagnosisChoice, is_practice};
use crate::watch;

/// In which form a diagnosis was last copied, and for which reader.
#[tauri::command(async)]
#[specta::specta]
pub fn diagnosis_choice(shell: App<'_>) -> DiagnosisChoice {
    DiagnosisChoice::of(&shell.records)
}

/// Copies the diagnosis of a channel. A key on the clipboard that lies nowhere else stays there unless `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn copy_diagnosis<R: Runtime>(
    app: AppHandle<R>,
    shell: App<'_>,
    clipboard: ClipboardState<'_>,
    channel_id: String,
    form: Form,
    language: Language,
    anyway: bool,
) -> Answer<()> {
    let case = shell.app.desk()?.case(&ChannelId(channel_id)).ok_or(Trouble::NoSuchChannel)?;
    let around = Around {
        version: env!("CARGO_PKG_VERSION"),
        host: &shell.app.host(),
        practice: is_practice(shell.app.realm()),
        offset: &diagnosis::here,
    };
    let text = diagnosis::written(&case, &around, form, language);
    DiagnosisChoice { form, language }.remember(&shell.records);
    watch::tell(&app, clipboard.copy_text(&text, anyway)?);
    Ok(())
}
