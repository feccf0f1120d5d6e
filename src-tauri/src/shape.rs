//! The window's size, remembered in the profile. Its place is the window manager's business.

use serde::{Deserialize, Serialize};
use tauri::{Runtime, Window};

use crate::shell::Shell;

const SETTING: &str = "window";

/// How large the window is, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shape {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) maximized: bool,
}

impl Shape {
    /// The smallest window in which everything can be reached.
    pub(crate) const LEAST: (f64, f64) = (420.0, 480.0);
    const FIRST: Shape = Shape { width: 1120.0, height: 740.0, maximized: false };

    /// The size of last time; a sensible one where there is none, or one that no screen could show.
    pub(crate) fn remembered(shell: &Shell) -> Shape {
        let setting = shell.records.setting(SETTING).ok().flatten();
        setting.and_then(|text| Shape::read(&text)).unwrap_or(Shape::FIRST)
    }

    fn read(text: &str) -> Option<Shape> {
        let shape: Shape = serde_json::from_str(text).ok()?;
        let fits = |length: f64, least: f64| (least..=16_384.0).contains(&length);
        (fits(shape.width, Self::LEAST.0) && fits(shape.height, Self::LEAST.1)).then_some(shape)
    }

    /// The size of a window now.
    pub(crate) fn of<R: Runtime>(window: &Window<R>) -> Shape {
        let size = window.scale_factor().and_then(|scale| Ok(window.inner_size()?.to_logical::<f64>(scale)));
        let maximized = window.is_maximized().unwrap_or_default();
        size.map_or(Shape::FIRST, |size| Shape { width: size.width, height: size.height, maximized })
    }

    /// Remembers it. A size that can't be written is no reason to keep a window open.
    pub(crate) fn remember(self, shell: &Shell) {
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = shell.records.set_setting(SETTING, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_remembered_size_that_no_screen_could_show_is_not_used() {
        assert!(Shape::read(r#"{"width":900,"height":700,"maximized":false}"#).is_some());
        for odd in [
            r#"{"width":1,"height":700,"maximized":false}"#,
            r#"{"width":1e300,"height":700,"maximized":false}"#,
            r#"{"width":null}"#,
            "",
        ] {
            assert_eq!(Shape::read(odd), None, "{odd}");
        }
    }
}
