//! The screen on which windows open. Tauri panics where there is none.

/// How long a screen has to take the program in (ours): long enough for one on a busy computer.
#[cfg(target_os = "linux")]
const LIMIT: std::time::Duration = std::time::Duration::from_secs(15);

/// Whether windows can be opened here; where the screen takes the connection and does not go on, `never` is called, on
/// another thread. Call it on the main thread, after all that changes the environment.
#[cfg(target_os = "linux")]
pub fn opens(never: impl FnOnce() + Send + 'static) -> bool {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    let (opening, opened) = channel::<()>();
    std::thread::spawn(move || {
        if opened.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            never();
        }
    });
    let opens = gtk::init().is_ok();
    drop(opening);
    opens
}

/// Other systems have one.
#[cfg(not(target_os = "linux"))]
pub fn opens(_: impl FnOnce() + Send + 'static) -> bool {
    true
}
