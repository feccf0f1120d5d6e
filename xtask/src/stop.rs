//! Why a command ends early: what happened, what it means, what to do.

use std::fmt;

/// The words for a person at a terminal.
#[derive(Debug, PartialEq, Eq)]
pub struct Stop(String);

/// What a part of a command gives, or why the command ends.
pub type Outcome<T = ()> = Result<T, Stop>;

impl Stop {
    /// Stops with these words.
    pub fn because(words: impl Into<String>) -> Stop {
        Stop(words.into())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
