//! Draws from a seed: the same seed and label always give the same ids, keys and numbers.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

const LETTERS_AND_DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A stream of draws that belongs to one label, so that adding something to the world changes nothing else in it.
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(label.as_bytes());
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// A number below `end`. The remainder is used on purpose: rand's own ranges may change from release to release.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0.next_u32() % end.max(1)
    }

    pub(crate) fn word(&mut self, choices: &[&'static str]) -> &'static str {
        choices.get(self.below(choices.len() as u32) as usize).copied().unwrap_or_default()
    }

    pub(crate) fn letters(&mut self, count: usize) -> String {
        letters_from(&mut self.0, count)
    }

    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|place| match place {
                0 => char::from(b'1' + self.below(9) as u8),
                _ => char::from(b'0' + self.below(10) as u8),
            })
            .collect()
    }

    /// Random letters and digits with a suffix that tells the kind, as the Hub's ids look (seen).
    pub(crate) fn id(&mut self, count: usize, suffix: &str) -> String {
        self.letters(count) + suffix
    }

    /// An API key: 26 to 31 characters that end in `AK` (seen).
    pub(crate) fn api_key(&mut self) -> String {
        let count = 24 + self.below(6) as usize;
        self.id(count, "AK")
    }
}

/// Letters and digits that nobody can foretell.
pub(crate) fn unforeseen_letters(count: usize) -> String {
    letters_from(&mut rand::rng(), count)
}

/// A new API key, different on every call and after every start: 26 to 31 characters that end in `AK` (seen).
pub(crate) fn unforeseen_api_key() -> String {
    let count = 24 + (rand::rng().next_u32() % 6) as usize;
    unforeseen_letters(count) + "AK"
}

/// What is kept of a secret instead of the secret.
pub(crate) fn sha256_hex(secret: &str) -> String {
    use std::fmt::Write;

    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(secret.as_bytes()) {
        // Writing to a String never fails.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn letters_from(random: &mut impl Rng, count: usize) -> String {
    (0..count)
        .filter_map(|_| LETTERS_AND_DIGITS.get(random.next_u32() as usize % LETTERS_AND_DIGITS.len()))
        .map(|character| char::from(*character))
        .collect()
}
