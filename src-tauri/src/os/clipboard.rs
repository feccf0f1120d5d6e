//! The one owner of what this program puts on the system's clipboard: a copied key is taken off again, on time, when
//! the program locks or ends or somebody signs out, and only where the clipboard still holds that key.
//!
//! Between looking and clearing another program may copy something, and no system offers the two as one step. A key
//! that never lay anywhere else is never cleared unasked, and nothing is copied in its place unasked.

use std::sync::Arc;

use parking_lot::Mutex;
use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use channel_keys_core::clock::Clock;
use channel_keys_core::secret::ApiKey;
use channel_keys_core::times::between;

/// The system's clipboard.
pub trait Board: Send + Sync {
    /// Puts a key there, marked so that clipboard histories leave it out.
    fn put_key(&self, key: &ApiKey) -> Result<(), Refused>;

    /// Puts a text there that is not secret.
    fn put_text(&self, text: &str) -> Result<(), Refused>;

    /// Looks whether this key is there.
    fn holds(&self, key: &ApiKey) -> Holds;

    /// Empties it by giving it up: an empty text in its place may have a clipboard manager offer again what was there before.
    fn clear(&self) -> Result<(), Refused>;
}

/// The clipboard did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clipboard refused")]
pub struct Refused;

/// Why something was not copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCopied {
    /// The clipboard refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A key is there that lies nowhere else, and would be lost.
    #[error("the only copy of a key is on the clipboard")]
    OnlyCopy,
}

/// What looking at the clipboard told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The key is there.
    It,
    /// Something else, or nothing.
    SomethingElse,
    /// The system does not let this program look now.
    CantTell,
}

/// What the person is to know of a copied key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnClipboard {
    /// Nothing of ours.
    Nothing,
    /// A key, for these many more seconds; without end where it lies nowhere else.
    Key {
        /// Its id here.
        id: String,
        /// How many seconds it stays.
        left: Option<u32>,
    },
    /// It was cleared.
    Cleared,
    /// Its time was up, and whether it is still there can't be told: nothing was cleared.
    CantTell,
}

/// Owns what this program put on the clipboard.
pub struct Clipboard {
    board: Box<dyn Board>,
    clock: Arc<dyn Clock>,
    ours: Mutex<Option<Ours>>,
}

struct Ours {
    /// Tells one copy from the next.
    copy: Uuid,
    id: String,
    key: ApiKey,
    /// Whether it lies elsewhere too, or did until somebody did not want it any more.
    stored: bool,
    since: OffsetDateTime,
    lasts: Duration,
    /// It could not be told whether it is still there, and the person knows.
    unclear: bool,
    /// The person was told that it goes with the program.
    warned: bool,
}

impl Ours {
    /// A clock that was set back must not let a key stay longer.
    fn left(&self, now: OffsetDateTime) -> Duration {
        let gone = between(self.since, now);
        if gone.is_negative() { Duration::ZERO } else { self.lasts.saturating_sub(gone).max(Duration::ZERO) }
    }

    fn to_look_for(&self) -> (Uuid, ApiKey) {
        (self.copy, self.key.clone())
    }

    fn told(&self, now: OffsetDateTime) -> OnClipboard {
        if self.unclear {
            return OnClipboard::CantTell;
        }
        let left = self.left(now).as_seconds_f64().ceil();
        OnClipboard::Key { id: self.id.clone(), left: self.stored.then_some(left as u32) }
    }
}

impl Clipboard {
    /// Nothing there is ours yet.
    pub fn new(board: impl Board + 'static, clock: Arc<dyn Clock>) -> Self {
        Self { board: Box::new(board), clock, ours: Mutex::new(None) }
    }

    /// Copies a key, but not in the place of another one that lies nowhere else, unless `anyway`. `stored`: it lies
    /// elsewhere too, so that it is cleared after `lasts`.
    pub fn copy_key(
        &self,
        id: &str,
        key: ApiKey,
        stored: bool,
        lasts: Duration,
        anyway: bool,
    ) -> Result<OnClipboard, NotCopied> {
        if !anyway && self.has_the_only_copy(Some(id)) {
            return Err(NotCopied::OnlyCopy);
        }
        let mut ours = self.ours.lock();
        self.board.put_key(&key)?;
        let since = self.clock.now();
        let new = Ours {
            copy: Uuid::new_v4(),
            id: id.to_owned(),
            key,
            stored,
            since,
            lasts,
            unclear: false,
            warned: false,
        };
        let told = new.told(since);
        *ours = Some(new);
        Ok(told)
    }

    /// Copies a text that is not secret, but not in the place of a key that lies nowhere else, unless `anyway`: a person
    /// who copies something else may not think of what is on the clipboard.
    pub fn copy_text(&self, text: &str, anyway: bool) -> Result<OnClipboard, NotCopied> {
        if !anyway && self.has_the_only_copy(None) {
            return Err(NotCopied::OnlyCopy);
        }
        let mut ours = self.ours.lock();
        self.board.put_text(text)?;
        *ours = None;
        Ok(OnClipboard::Nothing)
    }

    /// Whether a key is there that lies nowhere else, and is not this one.
    fn has_the_only_copy(&self, but: Option<&str>) -> bool {
        let key = {
            let ours = self.ours.lock();
            let other = ours.as_ref().filter(|ours| !ours.stored && Some(&*ours.id) != but);
            other.map(|ours| ours.key.clone())
        };
        key.is_some_and(|key| self.board.holds(&key) != Holds::SomethingElse)
    }

    /// What the person is to know now.
    pub fn told(&self) -> OnClipboard {
        self.ours.lock().as_ref().map_or(OnClipboard::Nothing, |ours| ours.told(self.clock.now()))
    }

    /// Asks again whether the key lies elsewhere: its time begins when it was stored, and goes on where it was forgotten
    /// since, as nobody wants it back. None where nothing changed.
    pub fn ask_if_stored(&self, is_stored: impl Fn(&str) -> bool) -> Option<OnClipboard> {
        let mut ours = self.ours.lock();
        let ours = ours.as_mut().filter(|ours| !ours.stored)?;
        if !is_stored(&ours.id) {
            return None;
        }
        ours.stored = true;
        ours.since = self.clock.now();
        Some(ours.told(ours.since))
    }

    /// Clears the key when its time is up. None where it is not, or where that was tried in vain.
    pub fn clear_in_time(&self) -> Option<OnClipboard> {
        let due = self.ours.lock().as_ref().is_some_and(|ours| {
            ours.stored && !ours.unclear && ours.left(self.clock.now()) == Duration::ZERO
        });
        if due { self.clear() } else { None }
    }

    /// Clears the key now, where it still is there and lies elsewhere too. None where nothing of ours may be cleared.
    pub fn clear(&self) -> Option<OnClipboard> {
        let (copy, key) = self.ours.lock().as_ref().filter(|ours| ours.stored)?.to_look_for();
        // Looking may take seconds, where another program has to answer.
        let holds = self.board.holds(&key);
        let mut ours = self.ours.lock();
        let mine = ours.as_mut().filter(|mine| mine.copy == copy && mine.stored)?;
        let told = match holds {
            Holds::It if self.board.clear().is_ok() => OnClipboard::Cleared,
            Holds::SomethingElse => OnClipboard::Nothing,
            Holds::It | Holds::CantTell => {
                mine.unclear = true;
                return Some(OnClipboard::CantTell);
            }
        };
        *ours = None;
        Some(told)
    }

    /// Clears whatever is there, because the person said so who knows that nobody could look.
    pub fn clear_unseen(&self) -> Result<OnClipboard, Refused> {
        let mut ours = self.ours.lock();
        if ours.is_none() {
            return Ok(OnClipboard::Nothing);
        }
        self.board.clear()?;
        *ours = None;
        Ok(OnClipboard::Cleared)
    }

    /// Looks whether the key still is there: the system may let this program look again, as some do only while its window
    /// has the focus. None where it may.
    pub fn look_again(&self) -> Option<OnClipboard> {
        let (copy, key) = {
            let mut ours = self.ours.lock();
            let ours = ours.as_mut()?;
            ours.unclear = false;
            ours.to_look_for()
        };
        let is_gone = self.board.holds(&key) == Holds::SomethingElse;
        let mut ours = self.ours.lock();
        let still_ours = ours.as_ref().is_some_and(|ours| ours.copy == copy);
        if !is_gone || !still_ours {
            return None;
        }
        *ours = None;
        Some(OnClipboard::Nothing)
    }

    /// Whether the person has still to be told that the only copy of a key goes with this program. Says so once.
    pub fn goes_with_the_program(&self) -> bool {
        let (copy, key) = {
            let ours = self.ours.lock();
            let Some(ours) = ours.as_ref().filter(|ours| !ours.stored && !ours.warned) else { return false };
            ours.to_look_for()
        };
        let goes = self.board.holds(&key) != Holds::SomethingElse;
        let mut ours = self.ours.lock();
        let Some(ours) = ours.as_mut().filter(|ours| ours.copy == copy) else { return false };
        ours.warned = goes;
        goes
    }
}

/// The system's clipboard, through Tauri's plugin.
pub struct SystemBoard<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> Board for SystemBoard<R> {
    fn put_key(&self, key: &ApiKey) -> Result<(), Refused> {
        self.0.clipboard().write_secret(key.expose()).map_err(|_| Refused)
    }

    fn put_text(&self, text: &str) -> Result<(), Refused> {
        self.0.clipboard().write_text(text).map_err(|_| Refused)
    }

    /// The plugin tells an empty clipboard from one that can't be read by its words alone, and arboard under it by a
    /// type.
    fn holds(&self, key: &ApiKey) -> Holds {
        let text = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text());
        match text.map(|text| ApiKey::new(text).same_as(key)) {
            Ok(true) => Holds::It,
            Ok(false) | Err(arboard::Error::ContentNotAvailable) => Holds::SomethingElse,
            Err(_) => Holds::CantTell,
        }
    }

    fn clear(&self) -> Result<(), Refused> {
        self.0.clipboard().clear().map_err(|_| Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::minutes(1);

    /// A clipboard that other programs use too.
    #[derive(Default)]
    struct Shared {
        text: Mutex<Option<String>>,
        hidden: Mutex<bool>,
        now: Mutex<Duration>,
    }

    impl Shared {
        fn text(&self) -> Option<String> {
            self.text.lock().clone()
        }

        fn copied_elsewhere(&self, text: &str) {
            *self.text.lock() = Some(text.to_owned());
        }

        fn hide(&self, hidden: bool) {
            *self.hidden.lock() = hidden;
        }

        fn pass(&self, by: Duration) {
            *self.now.lock() += by;
        }
    }

    impl Board for Arc<Shared> {
        fn put_key(&self, key: &ApiKey) -> Result<(), Refused> {
            self.put_text(key.expose())
        }

        fn put_text(&self, text: &str) -> Result<(), Refused> {
            self.copied_elsewhere(text);
            Ok(())
        }

        fn holds(&self, key: &ApiKey) -> Holds {
            if *self.hidden.lock() {
                return Holds::CantTell;
            }
            if self.text().as_deref() == Some(key.expose()) { Holds::It } else { Holds::SomethingElse }
        }

        fn clear(&self) -> Result<(), Refused> {
            *self.text.lock() = None;
            Ok(())
        }
    }

    struct OnShared(Arc<Shared>);

    #[async_trait::async_trait]
    impl Clock for OnShared {
        fn now(&self) -> OffsetDateTime {
            OffsetDateTime::UNIX_EPOCH + Duration::days(20_000) + *self.0.now.lock()
        }

        async fn wait(&self, _: std::time::Duration) {
            unreachable!("nothing here waits");
        }
    }

    fn a_clipboard() -> (Clipboard, Arc<Shared>) {
        let shared = Arc::new(Shared::default());
        let clock = Arc::new(OnShared(Arc::clone(&shared)));
        (Clipboard::new(Arc::clone(&shared), clock), shared)
    }

    fn key() -> ApiKey {
        ApiKey::new("inventedinventedkX9pAK")
    }

    fn with_a_key(stored: bool) -> (Clipboard, Arc<Shared>) {
        let (clipboard, shared) = a_clipboard();
        let told = clipboard.copy_key("one", key(), stored, MINUTE, false).expect("it is taken");
        assert_eq!(told, for_more(stored.then_some(60)));
        (clipboard, shared)
    }

    fn for_more(left: Option<u32>) -> OnClipboard {
        OnClipboard::Key { id: "one".into(), left }
    }

    #[test]
    fn a_copied_key_is_cleared_when_its_time_is_up_and_not_before() {
        let (clipboard, shared) = with_a_key(true);
        shared.pass(MINUTE - Duration::SECOND);
        assert_eq!(clipboard.clear_in_time(), None);
        assert!(shared.text().is_some());

        shared.pass(Duration::SECOND);

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::Cleared));
        assert_eq!(shared.text(), None);
        assert_eq!(clipboard.clear_in_time(), None, "and it is done with");
    }

    #[test]
    fn what_was_copied_elsewhere_meanwhile_is_left_alone() {
        let (clipboard, shared) = with_a_key(true);
        shared.copied_elsewhere("a shopping list");
        shared.pass(MINUTE);

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::Nothing));
        assert_eq!(shared.text().as_deref(), Some("a shopping list"));
        assert_eq!(clipboard.clear(), None);
    }

    #[test]
    fn where_nobody_can_look_nothing_is_cleared_unless_the_person_says_so() {
        let (clipboard, shared) = with_a_key(true);
        shared.hide(true);
        shared.pass(MINUTE);

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::CantTell));
        assert!(shared.text().is_some());
        assert_eq!(clipboard.clear_in_time(), None, "that is told once");
        assert_eq!(clipboard.told(), OnClipboard::CantTell, "and whoever asks hears it");

        assert_eq!(clipboard.clear_unseen(), Ok(OnClipboard::Cleared));
        assert_eq!(shared.text(), None);
        shared.copied_elsewhere("a shopping list");
        assert_eq!(clipboard.clear_unseen(), Ok(OnClipboard::Nothing), "it is nothing of ours");
        assert!(shared.text().is_some());
    }

    #[test]
    fn what_could_not_be_seen_is_cleared_as_soon_as_it_can() {
        let (clipboard, shared) = with_a_key(true);
        shared.hide(true);
        shared.pass(MINUTE);
        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::CantTell));

        shared.hide(false);
        assert_eq!(clipboard.look_again(), None);

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::Cleared));
    }

    #[test]
    fn what_is_said_of_a_key_ends_when_the_clipboard_holds_something_else() {
        for stored in [true, false] {
            let (clipboard, shared) = with_a_key(stored);
            assert_eq!(clipboard.look_again(), None, "it is there");

            shared.copied_elsewhere("a shopping list");

            assert_eq!(clipboard.look_again(), Some(OnClipboard::Nothing));
            assert_eq!(clipboard.look_again(), None, "that is told once");
        }
    }

    #[test]
    fn a_key_that_lies_nowhere_else_is_never_cleared_unasked() {
        let (clipboard, shared) = with_a_key(false);
        shared.pass(Duration::days(1));

        assert_eq!(clipboard.clear_in_time(), None);
        assert_eq!(clipboard.clear(), None, "not when the program locks or ends either");
        assert_eq!(shared.text().as_deref(), Some(key().expose()));
    }

    #[test]
    fn the_time_begins_when_the_key_is_stored_and_goes_on_once_it_is_forgotten() {
        let (clipboard, shared) = with_a_key(false);
        shared.pass(Duration::hours(1));
        assert_eq!(clipboard.ask_if_stored(|_| false), None);
        assert_eq!(clipboard.ask_if_stored(|_| true), Some(for_more(Some(60))));
        assert_eq!(clipboard.clear_in_time(), None);

        shared.pass(MINUTE - Duration::SECOND);
        assert_eq!(clipboard.ask_if_stored(|_| false), None);
        assert_eq!(clipboard.clear_in_time(), None);
        shared.pass(Duration::SECOND);

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::Cleared));
        assert_eq!(shared.text(), None);
    }

    #[test]
    fn a_key_that_was_forgotten_is_cleared_when_the_person_says_so() {
        let (clipboard, shared) = with_a_key(true);
        assert_eq!(clipboard.ask_if_stored(|_| false), None);

        assert_eq!(clipboard.clear(), Some(OnClipboard::Cleared));
        assert_eq!(shared.text(), None);
    }

    #[test]
    fn another_copy_takes_the_place_of_a_key_and_its_time() {
        let (clipboard, shared) = with_a_key(true);
        shared.pass(Duration::seconds(50));
        let other = ApiKey::new("inventedinventedmQ2rAK");
        clipboard.copy_key("two", other, true, MINUTE, false).expect("it is taken");
        shared.pass(Duration::seconds(50));
        assert_eq!(clipboard.clear_in_time(), None, "the second one has its own time");

        assert_eq!(clipboard.copy_text("+49 30 55570188", false), Ok(OnClipboard::Nothing));
        shared.pass(MINUTE);

        assert_eq!(clipboard.clear_in_time(), None);
        assert_eq!(shared.text().as_deref(), Some("+49 30 55570188"));
    }

    #[test]
    fn a_text_does_not_take_the_place_of_the_only_copy_of_a_key_unless_the_person_says_so() {
        let (clipboard, shared) = with_a_key(false);
        assert_eq!(clipboard.copy_text("a diagnosis", false), Err(NotCopied::OnlyCopy));
        assert_eq!(shared.text().as_deref(), Some(key().expose()));

        assert_eq!(clipboard.copy_text("a diagnosis", true), Ok(OnClipboard::Nothing));
        assert_eq!(shared.text().as_deref(), Some("a diagnosis"));
    }

    #[test]
    fn another_key_does_not_take_the_place_of_the_only_copy_either_and_the_same_one_does() {
        let (clipboard, shared) = with_a_key(false);
        let other = || ApiKey::new("inventedinventedmQ2rAK");
        let copied = clipboard.copy_key("two", other(), true, MINUTE, false);
        assert_eq!(copied, Err(NotCopied::OnlyCopy));
        assert_eq!(clipboard.copy_key("one", key(), false, MINUTE, false), Ok(for_more(None)));
        assert_eq!(shared.text().as_deref(), Some(key().expose()));

        assert!(clipboard.copy_key("two", other(), true, MINUTE, true).is_ok());
        assert_eq!(shared.text().as_deref(), Some(other().expose()));
    }

    #[test]
    fn a_text_takes_the_place_of_a_key_that_is_stored_and_of_one_that_is_gone_from_the_clipboard() {
        let (clipboard, _) = with_a_key(true);
        assert_eq!(clipboard.copy_text("a diagnosis", false), Ok(OnClipboard::Nothing));

        let (clipboard, shared) = with_a_key(false);
        shared.copied_elsewhere("a shopping list");
        assert_eq!(clipboard.copy_text("a diagnosis", false), Ok(OnClipboard::Nothing));
    }

    #[test]
    fn a_clock_that_is_set_back_lets_no_key_stay_longer() {
        let (clipboard, shared) = with_a_key(true);
        shared.pass(-Duration::hours(1));

        assert_eq!(clipboard.clear_in_time(), Some(OnClipboard::Cleared));
        assert_eq!(shared.text(), None);
    }

    #[test]
    fn that_the_only_copy_goes_with_the_program_is_said_once_and_only_while_it_is_there() {
        let (clipboard, _shared) = with_a_key(true);
        assert!(!clipboard.goes_with_the_program(), "it lies in the keychain");
        let (clipboard, shared) = with_a_key(false);
        shared.copied_elsewhere("something else");
        assert!(!clipboard.goes_with_the_program(), "it is gone already");

        let (clipboard, _shared) = with_a_key(false);
        assert!(clipboard.goes_with_the_program());
        assert!(!clipboard.goes_with_the_program(), "who closes once more knows");
    }
}
