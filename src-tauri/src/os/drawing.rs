//! How the web view draws. Where there is no graphics card, WebKit composes each frame of the whole window by a graphics
//! card that the processor plays: scrolling the board left out two frames of three (seen, `docs/performance.md`). Without
//! composing it draws what changed and nothing else.

/// By this, WebKit draws without composing layers (in its list of environment variables). Without a graphics card some
/// windows stay empty otherwise (reported to Tauri and to distributions; not seen by us).
#[cfg(target_os = "linux")]
const WITHOUT_LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Lets the web view draw without layers where this computer has no graphics card, unless somebody said how it is to
/// draw. Call it before any thread starts.
#[cfg(target_os = "linux")]
pub fn suit_the_computer() {
    let said = std::env::var_os(WITHOUT_LAYERS).is_some();
    if !said && !has_a_card(std::path::Path::new("/dev")) {
        // SAFETY: nothing else runs yet, so nobody reads the environment meanwhile.
        unsafe { std::env::set_var(WITHOUT_LAYERS, "1") };
    }
}

/// Other systems' web views see to it themselves.
#[cfg(not(target_os = "linux"))]
pub fn suit_the_computer() {}

/// Whether there is something that draws: a render node of the kernel's, or a card whose driver has its own way, as
/// NVIDIA's has, and Windows' for the Linux within it.
#[cfg(target_os = "linux")]
fn has_a_card(devices: &std::path::Path) -> bool {
    let nodes = std::fs::read_dir(devices.join("dri")).into_iter().flatten().flatten();
    nodes.into_iter().any(|node| node.file_name().as_encoded_bytes().starts_with(b"renderD"))
        || ["nvidiactl", "dxg"].iter().any(|device| devices.join(device).exists())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::has_a_card;

    #[test]
    fn a_card_is_seen_by_its_render_node_or_its_driver_and_a_screen_alone_is_none() {
        for (device, is_card) in [
            ("dri/renderD128", true),
            ("nvidiactl", true),
            ("dxg", true),
            ("dri/card0", false),
            ("fb0", false),
        ] {
            let devices = tempfile::tempdir().expect("a folder");
            let file = devices.path().join(device);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(&file, "").expect("a device");
            assert_eq!(has_a_card(devices.path()), is_card, "{device}");
        }
        let none = tempfile::tempdir().expect("a folder");
        assert!(!has_a_card(none.path()));
    }
}
