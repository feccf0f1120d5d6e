//! What differs between the systems and is decided here, so that it is tested for all of them on any.

/// The systems that the program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Linux, whichever desktop.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl System {
    /// The one this was built for.
    pub const HERE: System = if cfg!(target_os = "macos") {
        System::MacOs
    } else if cfg!(target_os = "windows") {
        System::Windows
    } else {
        System::Linux
    };

    /// Whether a window can ask to be left out of screenshots and recordings.
    pub fn can_hide_from_captures(self) -> bool {
        match self {
            System::MacOs | System::Windows => true,
            System::Linux => false,
        }
    }

    /// Whether the window with a key is left out of them, by what the person wants.
    pub fn hides_from_captures(self, wanted: bool) -> bool {
        wanted && self.can_hide_from_captures()
    }
}

#[cfg(test)]
mod tests {
    use super::System::{Linux, MacOs, Windows};

    #[test]
    fn a_shown_key_is_left_out_of_captures_where_the_system_can_and_the_person_wants_it() {
        for (system, wanted, hidden) in [
            (MacOs, true, true),
            (MacOs, false, false),
            (Windows, true, true),
            (Windows, false, false),
            (Linux, true, false),
            (Linux, false, false),
        ] {
            assert_eq!(system.hides_from_captures(wanted), hidden, "{system:?}, wanted: {wanted}");
        }
    }

    #[test]
    fn linux_has_nothing_of_the_kind_and_the_others_have() {
        assert_eq!([Linux, MacOs, Windows].map(super::System::can_hide_from_captures), [false, true, true]);
    }
}
