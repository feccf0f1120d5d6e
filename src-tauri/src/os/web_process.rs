//! The process that draws a window's page, as far as the system tells of its end.

use tauri::{Runtime, WebviewWindow};

/// Calls back on the main thread each time when the process behind this window's page has ended by itself.
#[cfg(target_os = "linux")]
pub fn on_end<R: Runtime>(window: &WebviewWindow<R>, ended: impl Fn() + Send + 'static) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, _| ended());
    })
}

/// macOS tells the program of it for all windows, where it is built. On Windows nobody listens to WebView2, which shows a
/// page of its own.
#[cfg(not(target_os = "linux"))]
pub fn on_end<R: Runtime>(_: &WebviewWindow<R>, _: impl Fn() + Send + 'static) -> tauri::Result<()> {
    Ok(())
}
