//! On what was measured.

use std::fs;
use std::path::Path;

/// Says on what is measured.
pub fn print() {
    let cpu = told("/proc/cpuinfo", "model name", ':').unwrap_or_else(|| "an unnamed processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = told("/etc/os-release", "PRETTY_NAME", '=').unwrap_or_else(|| "Linux".to_owned());
    let web_view = tauri::webview_version().unwrap_or_else(|_| "of an unknown version".to_owned());
    println!("{cpu}, {cores} cores, {system}, WebKitGTK {web_view}, virtual screen, software rendering");
    println!("The app's build profile: {}; {}", profile(), load());
}

/// How busy the machine is, by its own account.
pub fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!("load average {}", told.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}

/// The folder in which cargo built the app is named after its profile.
fn profile() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_channel-keys"));
    let folder = program.parent().and_then(Path::file_name).unwrap_or_default();
    folder.to_string_lossy().into_owned()
}

fn told(file: &str, name: &str, before: char) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let (_, value) =
        text.lines().filter_map(|line| line.split_once(before)).find(|(key, _)| key.trim() == name)?;
    Some(value.trim().trim_matches('"').to_owned())
}
