//! A copied key on Wayland, in a compositor without a screen, as another program sees the clipboard there.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Stdio;

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::people::{MARIA, a_hub};

/// Nobody's account: the compositor refuses to run as root.
const NOBODY: u32 = 65_534;

/// Starts a compositor beside the desktop's screen, and gives the socket at which it is found.
fn start_compositor(desktop: &mut Desktop) -> PathBuf {
    let folder = desktop.folder("wayland");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).expect("a private folder");
    let mut command = if rustix::process::geteuid().is_root() {
        chown(&folder, Some(NOBODY), Some(NOBODY)).expect("a folder of nobody's");
        let passable = Permissions::from_mode(0o711);
        std::fs::set_permissions(desktop.folder(""), passable).expect("a way to it");
        let mut command = desktop.command("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sway"]);
        command
    } else {
        desktop.command("sway")
    };
    command.args(["--config", "/dev/null"]).env("XDG_RUNTIME_DIR", &folder).env("HOME", &folder).envs([
        ("WLR_BACKENDS", "headless"),
        ("WLR_LIBINPUT_NO_DEVICES", "1"),
        ("WLR_RENDERER", "pixman"),
    ]);
    desktop.start_part(command);
    let socket = folder.join("wayland-1");
    wait_until("the compositor is there", || socket.exists());
    socket
}

#[tokio::test(flavor = "multi_thread")]
async fn on_wayland_a_copied_key_is_given_up_on_time_and_no_text_is_put_in_its_place() {
    let (mut desktop, hub) = (Desktop::start(), a_hub().await);
    let socket = start_compositor(&mut desktop);
    let display = socket.display().to_string();
    let here = [("WAYLAND_DISPLAY", display.as_str()), ("GDK_BACKEND", "wayland")];
    let paste = |arguments: &[&str]| {
        let found = desktop.command("wl-paste").env(here[0].0, here[0].1).args(arguments).output();
        let found = found.expect("wl-paste runs");
        found.status.success().then(|| String::from_utf8_lossy(&found.stdout).into_owned())
    };

    // Given a program whose window is there, and a new key
    let flags = ["--hub", hub.hub(), "--clipboard-seconds", "10"];
    let app = App::start_in(&desktop, "profile", &flags, &here).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "safety-copy/");

    // When it is copied, then another program can paste it, and histories are told to leave it out
    app.press("copy-key").await;
    wait_until("it is copied", || paste(&["--no-newline"]).as_deref() == Some(&key));
    let offered = paste(&["--list-types"]).expect("what is offered");
    assert!(offered.contains("x-kde-passwordManagerHint"), "{offered}");

    // When its time is up, then nothing is offered any more, not even a text without letters
    app.read("on-clipboard", "The key is cleared from the clipboard.").await;
    assert_eq!(paste(&["--list-types"]), None);

    // And what another program copied meanwhile is left alone
    app.press("copy-key").await;
    wait_until("it is copied", || paste(&["--no-newline"]).as_deref() == Some(&key));
    let copied =
        desktop.command("wl-copy").env(here[0].0, here[0].1).arg("ten rolls").stderr(Stdio::null()).status();
    assert!(copied.expect("wl-copy runs").success());
    app.see("[data-test=on-clipboard][data-state=nothing]").await;
    assert_eq!(paste(&["--no-newline"]).as_deref(), Some("ten rolls"));
}
