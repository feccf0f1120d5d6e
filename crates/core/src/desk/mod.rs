//! The support desk.
