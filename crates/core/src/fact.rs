//! Three-valued truth: what the Hub did not say is not told, never a default that means something.

/// A fact that the Hub may or may not have told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fact<T> {
    /// The Hub said so.
    Told(T),
    /// The Hub said nothing of it.
    #[default]
    NotTold,
}

impl<T> Fact<T> {
    /// What was told, if it was.
    pub fn told(&self) -> Option<&T> {
        match self {
            Fact::Told(value) => Some(value),
            Fact::NotTold => None,
        }
    }

    /// The same fact, seen another way.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Told(value) => Fact::Told(change(value)),
            Fact::NotTold => Fact::NotTold,
        }
    }

    /// This fact, or where it was not told, what the other source says.
    pub fn or(self, other: Fact<T>) -> Fact<T> {
        match self {
            Fact::NotTold => other,
            told => told,
        }
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        match value {
            Some(value) => Fact::Told(value),
            None => Fact::NotTold,
        }
    }
}
