//! Distributions and paired ratios.

use std::fmt;

/// Figures of one kind, in order.
pub struct Figures(Vec<f64>);

impl Figures {
    /// In whatever order they came.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Self(sorted)
    }

    /// Those of pairs, the first by the second.
    pub fn ratios(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self::of(pairs.into_iter().map(|(ours, reference)| ours / reference))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The one below which this share of them lies, or it itself; 0 where there is none.
    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.0.get(at).copied().unwrap_or_default()
    }

    /// The one in the middle.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// What they add up to.
    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = f64> {
        self.0.iter().copied()
    }
}

/// As ratios are printed: the median, and from where to where they go.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.2} (median of {}), {:.2} to {:.2}",
            self.median(),
            self.count(),
            self.at(0.0),
            self.at(1.0)
        )
    }
}

/// A distribution of milliseconds, as it is printed.
pub struct Milliseconds<'a>(pub &'a Figures);

impl fmt::Display for Milliseconds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [least, median, most_of_them, most] = [0.0, 0.5, 0.95, 1.0].map(|share| self.0.at(share));
        write!(f, "median {median:.0} ms, p95 {most_of_them:.0} ms, {least:.0} to {most:.0} ms")?;
        write!(f, " ({} measured)", self.0.count())
    }
}
