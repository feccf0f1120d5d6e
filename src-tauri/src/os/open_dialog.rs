//! The system's own dialog for a file that is to be read.

use std::path::PathBuf;

use tauri::{AppHandle, Runtime};
use tokio::sync::oneshot;

/// Asks which file; none where the person chooses none.
pub async fn ask<R: Runtime>(app: &AppHandle<R>, title: String) -> Option<PathBuf> {
    let (tell, asked) = oneshot::channel();
    // Dialogs are opened where the windows live; what comes of them is waited for elsewhere.
    app.run_on_main_thread(move || {
        let _ = tell.send(rfd::AsyncFileDialog::new().set_title(title).pick_file());
    })
    .ok()?;
    let chosen = asked.await.ok()?.await?;
    Some(chosen.path().to_owned())
}
