//! What the process takes over from whoever starts it, and hands on to all that it starts itself: the web view's
//! processes are children of this one. Call all before any thread starts.

use std::ffi::OsString;

/// By these, a program that starts this one may drive its window or look into it: Tauri's two switches, and the two
/// addresses at which WebKit serves its inspector, which its WebDriver uses as well.
const AUTOMATION: [&str; 4] = [
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
];

/// Keeps a crash from writing memory, and the keys in it, to a file. Children inherit the limit.
#[cfg(unix)]
pub fn leave_no_core_files() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Lowering one's own limit is always allowed.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub fn leave_no_core_files() {}

/// How many files, sockets and pipes the program needs to have open at once: a window with its web view takes about 90.
pub const FILES_OPEN: u64 = 256;

/// Whether enough files can be open at once, after raising a low limit as far as is allowed. Libraries below panic
/// where a file can't be opened.
#[cfg(unix)]
pub fn enough_files_can_be_open() -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let enough = |limit: Option<u64>| limit.is_none_or(|limit| limit >= FILES_OPEN);
    enough(current)
        || enough(maximum)
            && setrlimit(Resource::Nofile, Rlimit { current: Some(FILES_OPEN), maximum }).is_ok()
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub fn enough_files_can_be_open() -> bool {
    true
}

/// What is to be read for the certificates and is a queue, at which whoever opens it waits for good.
#[cfg(unix)]
pub fn certificates_that_never_come() -> Option<std::path::PathBuf> {
    use std::os::unix::fs::FileTypeExt;
    let named = std::path::PathBuf::from(std::env::var_os("SSL_CERT_FILE")?);
    let is_queue = std::fs::metadata(&named).is_ok_and(|it| it.file_type().is_fifo());
    is_queue.then_some(named)
}

/// Other systems have their certificates in no file.
#[cfg(not(unix))]
pub fn certificates_that_never_come() -> Option<std::path::PathBuf> {
    None
}

/// Unsets the automation variables where this is a release. Tests drive a debug build; a release is driven as assistive
/// technology does it.
pub fn refuse_automation() {
    let set = std::env::vars_os().map(|(name, _)| name);
    for name in refused(!cfg!(debug_assertions), set) {
        // SAFETY: nothing else runs yet, so nobody reads the environment meanwhile.
        unsafe { std::env::remove_var(name) };
    }
}

/// Whether something may drive this program's windows.
pub fn may_be_driven() -> bool {
    AUTOMATION.iter().any(|name| std::env::var_os(name).is_some())
}

/// Which of the variables that are set a build does not let through.
fn refused(release: bool, set: impl Iterator<Item = OsString>) -> Vec<OsString> {
    set.filter(|name| release && AUTOMATION.iter().any(|refused| name == refused)).collect()
}

#[cfg(test)]
mod tests {
    use super::refused;
    use std::ffi::OsString;

    const SET: [&str; 6] = [
        "DISPLAY",
        "TAURI_AUTOMATION",
        "TAURI_WEBVIEW_AUTOMATION",
        "WEBKIT_INSPECTOR_SERVER",
        "WEBKIT_INSPECTOR_HTTP_SERVER",
        "TAURI_AUTOMATION_OF_SOMEBODY_ELSE",
    ];

    fn set() -> impl Iterator<Item = OsString> {
        SET.into_iter().map(OsString::from)
    }

    #[test]
    fn a_release_lets_no_automation_variable_through_and_leaves_the_others_alone() {
        assert_eq!(refused(true, set()), SET[1..5]);
        assert!(refused(true, ["HOME", "DISPLAY"].into_iter().map(OsString::from)).is_empty());
    }

    #[test]
    fn a_debug_build_can_be_driven() {
        assert!(refused(false, set()).is_empty());
    }
}
