//! A program at work, watched for secrets where they do not belong.

use practice_hub::{Do, Fault, PracticeHub};

use crate::app::App;
use crate::desktop::{Desktop, Keyring};
use crate::people::{MARIA, NORA, a_hub};
use crate::relay::Relay;
use crate::search::Kind;
use crate::watch::Watch;

/// What is typed in the place of Maria's password.
pub const WRONG: &str = "not-hers-4711";
/// What somebody has on the clipboard that is no key.
pub const LETTER: &str = "Dear Maria, the key is on page two of the blue folder";

/// A program at work, watched.
pub struct Scene {
    pub desktop: Desktop,
    pub hub: PracticeHub,
    pub relay: Relay,
    pub watch: Watch,
    pub app: App,
}

impl Scene {
    /// A program on a desktop of its own, before anybody signs in.
    pub async fn begin(keyring: Keyring) -> Self {
        let mut desktop = Desktop::with(keyring);
        let hub = a_hub().await;
        let relay = Relay::to(hub.hub());
        let mut watch = Watch::begin();
        for password in [MARIA.1, NORA.1, WRONG] {
            watch.know(Kind::Password, password);
        }
        watch.know(Kind::Clipboard, LETTER);
        let app = App::start(&desktop, &["--hub", relay.hub()]).await;
        app.page("sign-in").await;
        watch.listen(&mut desktop, &app).await;
        Self { desktop, hub, relay, watch, app }
    }

    /// Starts the program again on the same profile.
    pub async fn start_again(&mut self) {
        self.app = App::start(&self.desktop, &["--hub", self.relay.hub()]).await;
        self.app.see("main[data-page]:not([data-page=starting])").await;
        self.watch.listen(&mut self.desktop, &self.app).await;
    }

    /// Spoils the answers to a call.
    pub fn spoil(&self, call: &str, how: Do) {
        self.hub.set_faults(vec![Fault::new(call, how)]);
    }

    /// Looks everywhere for what is known so far.
    pub async fn look(&mut self, when: &str) {
        self.watch.learn(&self.relay);
        self.watch.look_at(&self.desktop, &self.app, when).await;
    }

    /// Asks for a key for a channel.
    pub async fn ask_for_a_key(&mut self, channel: &str) {
        self.app.open_channel(channel).await;
        self.app.press("make-key").await;
        self.app.page("before").await;
        self.app.press("replace-key").await;
    }

    /// Asks for a key where no keychain would take it.
    pub async fn agree_to_a_key(&mut self) {
        self.app.page("channel").await;
        self.app.press("make-key").await;
        self.app.page("before").await;
        self.app.press("understood").await;
        self.app.press("replace-key").await;
    }

    /// The program has ended: nothing of what it knew is left where it does not belong.
    pub fn end(mut self) -> Self {
        self.watch.learn(&self.relay);
        self.watch.look_at_requests(&self.relay);
        self.watch.look_at_what_is_left(&self.desktop);
        let found = self.watch.found();
        assert!(found.is_empty(), "secrets are where they do not belong:\n{}", found.join("\n"));
        for place in ["page", "calls", "answers", "titles", "command lines", "environments", "requests"] {
            assert!(self.watch.looked(place) > 5, "there was nothing to look at in {place}");
        }
        for place in ["profile", "home"] {
            assert!(self.watch.looked(place) > 0, "there was nothing to look at in {place}");
        }
        self
    }

    /// Fails where one of these was not seen where it belongs.
    pub fn saw(&self, places: &[(&'static str, Kind)]) {
        for (place, kind) in places {
            assert!(self.watch.saw(place, *kind), "the watch is blind: no {kind:?} was seen in {place}");
        }
    }
}
