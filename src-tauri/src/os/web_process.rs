//! The process that draws a window's page, as far as the system tells of its end.

#[cfg(target_os = "linux")]
use super::surroundings;
use tauri::{Runtime, WebviewWindow};
#[cfg(target_os = "linux")]
use webkit2gtk::WebViewExt;

/// Calls back on the main thread each time when the process behind this window's page has ended by itself.
#[cfg(target_os = "linux")]
pub fn on_end<R: Runtime>(window: &WebviewWindow<R>, ended: impl Fn() + Send + 'static) -> tauri::Result<()> {
    use webkit2gtk::WebProcessTerminationReason::TerminatedByApi;
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, reason| {
            if reason != TerminatedByApi {
                ended();
            }
        });
    })
}

/// Ends the process behind this window's page, with all that lies in its memory, and loads the page in another one. What
/// drives a window would end with that process, so a window that is driven, which none of a release is, keeps it.
#[cfg(target_os = "linux")]
pub fn renew<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if surroundings::may_be_driven() {
        return window.reload();
    }
    window.with_webview(|view| {
        let view = view.inner();
        view.terminate_web_process();
        view.reload();
    })
}

/// Elsewhere the page is loaded anew in the same process, which wipes nothing at once.
#[cfg(not(target_os = "linux"))]
pub fn renew<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.reload()
}

/// macOS tells the program of it for all windows, where it is built. On Windows nobody listens to WebView2, which shows a
/// page of its own.
#[cfg(not(target_os = "linux"))]
pub fn on_end<R: Runtime>(_: &WebviewWindow<R>, _: impl Fn() + Send + 'static) -> tauri::Result<()> {
    Ok(())
}
