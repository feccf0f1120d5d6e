//! The files with keys that are in hand, between two presses: what opens the one that was saved, and the one that is
//! to be opened.

use std::sync::Arc;

use parking_lot::Mutex;

use channel_keys_core::secret::Passphrase;

use crate::locked_file::Locked;

/// What is known of them. In memory alone, and no longer than the page is open.
#[derive(Default)]
pub struct KeyFiles(Mutex<InHand>);

#[derive(Default)]
struct InHand {
    /// The key that was saved last, and what opens its file.
    saved: Option<(String, Passphrase)>,
    chosen: Option<Arc<Locked>>,
}

impl KeyFiles {
    /// A key was saved in a file that these words open.
    pub fn was_saved(&self, id: String, words: Passphrase) {
        self.with(|in_hand| in_hand.saved = Some((id, words)));
    }

    /// What opens the file in which a key was saved last.
    pub fn words_for(&self, id: &str) -> Option<Passphrase> {
        self.with(|in_hand| in_hand.saved.clone()).filter(|(saved, _)| saved == id).map(|(_, words)| words)
    }

    /// Whether a file was saved whose words nobody has said yet.
    pub fn has_words(&self) -> bool {
        self.with(|in_hand| in_hand.saved.is_some())
    }

    /// The words were said to whom they are for.
    pub fn forget_words(&self) {
        self.with(|in_hand| in_hand.saved = None);
    }

    /// A file was chosen to be opened.
    pub(crate) fn choose(&self, file: Locked) {
        self.with(|in_hand| in_hand.chosen = Some(Arc::new(file)));
    }

    /// The file that is to be opened.
    pub(crate) fn chosen(&self) -> Option<Arc<Locked>> {
        self.with(|in_hand| in_hand.chosen.clone())
    }

    /// The file was opened.
    pub fn put_away(&self) {
        self.with(|in_hand| in_hand.chosen = None);
    }

    /// Nobody is at work any more.
    pub fn forget(&self) {
        self.with(|in_hand| *in_hand = InHand::default());
    }

    fn with<T>(&self, act: impl FnOnce(&mut InHand) -> T) -> T {
        act(&mut self.0.lock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_for_the_key_that_was_saved_last_until_they_are_forgotten() {
        let files = KeyFiles::default();
        files.was_saved("one".into(), Passphrase::new("invented words"));
        assert!(files.words_for("one").is_some_and(|words| words.expose() == "invented words"));
        assert!(files.words_for("other").is_none());

        files.was_saved("other".into(), Passphrase::new("others"));
        assert!(files.words_for("one").is_none(), "of the earlier file nobody can tell any more");
        assert!(files.has_words());
        files.forget_words();
        assert!(files.words_for("other").is_none() && !files.has_words());

        files.was_saved("one".into(), Passphrase::new("invented words"));
        files.forget();
        assert!(files.words_for("one").is_none() && files.chosen().is_none());
    }
}
