//! The system's own dialog for where a file goes.

use std::path::PathBuf;

use tauri::{AppHandle, Runtime};
use tokio::sync::oneshot;

/// Asks where a file goes, with a name proposed; none where the person chooses none.
pub async fn ask<R: Runtime>(app: &AppHandle<R>, title: String, name: String) -> Option<PathBuf> {
    let (tell, asked) = oneshot::channel();
    // Dialogs are opened where the windows live; what comes of them is waited for elsewhere.
    app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new().set_title(title).set_file_name(name);
        let _ = tell.send(dialog.save_file());
    })
    .ok()?;
    let chosen = asked.await.ok()?.await?;
    Some(chosen.path().to_owned())
}
