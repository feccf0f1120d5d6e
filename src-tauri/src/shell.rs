//! The shell's own state: the application, the way to the real Hub, and the practice Hub while it runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use practice_hub::{Account, Options, PracticeHub, Role};
use tauri::{AppHandle, Manager, Runtime};
use time::Duration;
use tokio::sync::{Mutex, Notify};

use channel_keys_core::app::{ChannelKeys, KeyChecks, Messaging, Ports, Route};
use channel_keys_core::desk::{Desk, SealedWrites};
use channel_keys_core::hub::HubError;
use channel_keys_core::permission_page::Pages;
use channel_keys_core::records::Realm;
use channel_keys_core::secret::Password;
use channel_keys_core::session::Session;
use channel_keys_hub::{Base, RestHub};

use crate::background::Staying;
use crate::closing::Closing;
use crate::failure::{Code, Failure};
use crate::idle::Idle;
use crate::key_files::KeyFiles;
use crate::os::clipboard::OnClipboard;
use crate::os::clock::SystemClock;
use crate::os::key_window::Shows;
use crate::os::keychain::SystemKeychain;
use crate::os::notices::Notices;
use crate::os::profile::Profile;
use crate::os::records::SqliteRecords;
use crate::os::steps::steps;
use crate::os::system::System;
use crate::settings::Settings;
use crate::tasks::StoppedTasks;
use crate::view::{
    AccountView, AppView, BeginsView, DeskView, ForgottenView, HereView, KeychainName, PracticeAccount,
    PracticePass, PracticeView, SessionView, is_practice,
};
use crate::web_process::PageDeaths;

const LOCKED: &str = "yes";

/// What the commands work on.
pub struct Shell {
    /// The application.
    pub app: ChannelKeys,
    /// The file of records, for the shell's own settings.
    pub records: Arc<SqliteRecords>,
    /// Whether anybody is there.
    pub idle: Idle,
    base: Base,
    practice: Mutex<Option<PracticeHub>>,
    profile: Profile,
    /// What the key window is to show, and whether it has asked for it.
    shows: parking_lot::Mutex<Option<(Shows, bool)>>,
    /// The files with keys that are in hand.
    pub files: KeyFiles,
    /// The system's keychain, of which the pages tell the name.
    pub keychain: SystemKeychain,
    times: Times,
    /// The system's notifications.
    pub notices: Notices,
    /// Whether the last one was shown; not known before the first.
    noticed: parking_lot::Mutex<Option<bool>>,
    /// Where a damaged file of records was set aside at this start, until the person has read so.
    aside: parking_lot::Mutex<Option<PathBuf>>,
    /// Whether closing the window waits for an answer.
    pub closing: Closing,
    /// The entry beside the clock, while the window is hidden.
    pub staying: Mutex<Option<Staying>>,
    /// When the page died.
    pub page_deaths: PageDeaths,
    /// A page begins.
    pub page_begins: Notify,
    /// How the page for signing in begins.
    begins: parking_lot::Mutex<BeginsView>,
    /// What became of a copied key when a session ended, until a page has asked.
    cleared: parking_lot::Mutex<Option<OnClipboard>>,
    /// Somebody signed out or locked: a kept session is not taken up by itself any more.
    left: AtomicBool,
    /// The background tasks that ended by themselves.
    pub stopped_tasks: StoppedTasks,
}

/// Times in the place of those that the person set, for tests that can't wait for them; a release has no flag for
/// them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// How long a copied key stays on the clipboard.
    pub on_clipboard: Option<Duration>,
    /// How long nobody has to be there until the program locks.
    pub until_lock: Option<Duration>,
    /// How often watched channels are looked at.
    pub watch_every: Option<Duration>,
    /// How often it is looked whether kept keys still work.
    pub check_every: Option<Duration>,
    /// How long the way back from 360dialog's page is open.
    pub door: Option<Duration>,
}

/// For how long the browser can come back from 360dialog's page by itself (ours).
const DOOR: Duration = Duration::minutes(5);

impl Shell {
    /// Puts the application together, turned to the real Hub. Asks nobody anything.
    pub fn new(base: Base, profile: Profile, records: SqliteRecords, times: Times) -> Self {
        let records = Arc::new(records);
        let clock = Arc::new(SystemClock);
        let keychain = SystemKeychain::default();
        let ports = Ports {
            keychain: Arc::new(keychain.clone()),
            records: records.clone(),
            desk_records: records.clone(),
            clock: clock.clone(),
            steps: steps(),
        };
        let app = ChannelKeys::new(ports, real_route(&base));
        Self {
            app,
            keychain,
            records,
            idle: Idle::new(clock),
            base,
            practice: Mutex::new(None),
            profile,
            shows: parking_lot::Mutex::default(),
            files: KeyFiles::default(),
            times,
            notices: Notices::default(),
            noticed: parking_lot::Mutex::default(),
            aside: parking_lot::Mutex::default(),
            closing: Closing::default(),
            staying: Mutex::default(),
            page_deaths: PageDeaths::default(),
            page_begins: Notify::new(),
            begins: parking_lot::Mutex::default(),
            cleared: parking_lot::Mutex::default(),
            left: AtomicBool::new(false),
            stopped_tasks: StoppedTasks::default(),
        }
    }

    /// Notes where a damaged file of records was set aside at this start.
    pub fn with_records_aside(self, aside: Option<PathBuf>) -> Self {
        Self { aside: parking_lot::Mutex::new(aside), ..self }
    }

    /// The person has read that damaged records were set aside.
    pub fn dismiss_records_aside(&self) {
        *self.aside.lock() = None;
    }

    /// Where the web views keep what they need, where the usual folder can't be made: no window would open.
    pub fn web_folder<R: Runtime>(&self, app: &AppHandle<R>) -> Option<PathBuf> {
        let usual = app.path().app_local_data_dir().ok()?;
        std::fs::create_dir_all(usual).is_err().then(|| self.profile.web())
    }

    /// What the keychain is called that answered last.
    pub fn keychain_name(&self) -> KeychainName {
        KeychainName::of(System::HERE, self.keychain.program())
    }

    /// The folder of the profile.
    pub fn profile(&self) -> &Path {
        self.profile.folder()
    }

    /// The file in which the practice world lasts.
    pub fn practice_world(&self) -> PathBuf {
        self.profile.practice()
    }

    /// Notes what the key window is to show.
    pub fn let_show(&self, what: Shows) {
        *self.shows.lock() = Some((what, false));
    }

    /// What the key window is to show: told once.
    pub fn to_show(&self) -> Option<Shows> {
        let mut shows = self.shows.lock();
        let (what, asked) = shows.as_mut()?;
        (!std::mem::replace(asked, true)).then(|| what.clone())
    }

    /// The key that the key window shows, if it is one.
    pub fn shown_key(&self) -> Option<String> {
        match &*self.shows.lock() {
            Some((Shows::Key(id), true)) => Some(id.clone()),
            _ => None,
        }
    }

    /// How long a copied key stays on the clipboard.
    pub fn on_clipboard(&self) -> Duration {
        self.times.on_clipboard.unwrap_or_else(|| Settings::of(&self.records).on_clipboard())
    }

    /// How long nobody has to be there until the program locks.
    pub fn until_lock(&self) -> Duration {
        self.times.until_lock.unwrap_or_else(|| Settings::of(&self.records).until_lock())
    }

    /// Notes whether the system took a notification.
    pub fn note_notices(&self, shown: bool) {
        *self.noticed.lock() = Some(shown);
    }

    /// Whether the system takes notifications; not known before the first.
    pub fn takes_notices(&self) -> Option<bool> {
        *self.noticed.lock()
    }

    /// How a desk stands, with what the shell knows of it.
    pub fn desk_view(&self, desk: &Desk) -> DeskView {
        let mut view = DeskView::of(&desk.standing());
        view.watching.no_notices = self.takes_notices() == Some(false);
        view
    }

    /// How often watched channels are looked at.
    pub fn watch_every(&self) -> Duration {
        self.times.watch_every.unwrap_or_else(|| Settings::of(&self.records).watch_every())
    }

    /// How many channels are watched.
    pub fn watches(&self) -> usize {
        self.app.desk().map(|desk| desk.standing().watching.marked).unwrap_or_default()
    }

    /// How often it is looked whether kept keys still work; none where nobody wants that.
    pub fn check_every(&self) -> Option<std::time::Duration> {
        let chosen = Settings::of(&self.records).check_every()?;
        Some(self.times.check_every.unwrap_or(chosen).unsigned_abs())
    }

    /// How far looking whether kept keys still work is.
    pub fn key_checks(&self) -> KeyChecks {
        self.app.key_checks(self.check_every())
    }

    /// How often a test has the program look whether it is time for anything.
    pub fn tick(&self) -> Option<std::time::Duration> {
        self.times.check_every.map(|_| std::time::Duration::from_millis(250))
    }

    /// For how long the browser can come back from 360dialog's page by itself.
    pub fn door_open_for(&self) -> std::time::Duration {
        self.times.door.unwrap_or(DOOR).unsigned_abs()
    }

    /// Whether the window with a key is left out of screenshots and recordings.
    pub fn hides_from_captures(&self) -> bool {
        System::HERE.hides_from_captures(Settings::of(&self.records).hide_from_captures)
    }

    /// Notes how a session ended.
    pub fn ended(&self, begins: BeginsView) {
        *self.begins.lock() = begins;
    }

    /// Notes what became of a copied key then, if anything did.
    pub fn note_cleared(&self, told: Option<OnClipboard>) {
        if told.is_some() {
            *self.cleared.lock() = told;
        }
    }

    /// What became of a copied key when a session ended: told once.
    pub fn cleared(&self) -> Option<OnClipboard> {
        self.cleared.lock().take()
    }

    /// Notes that somebody signed out or locked: until the program is started again no kept session is offered.
    pub fn note_left(&self) {
        self.left.store(true, Ordering::SeqCst);
    }

    /// Notes that the program is locked, for its next start: a kept session is not taken up without the password.
    pub fn remember_lock(&self) {
        let _ = self.records.set_setting(self.locked(), LOCKED);
    }

    /// The password was given, or there is nothing left that it would open.
    pub fn forget_lock(&self) {
        if self.was_locked() {
            let _ = self.records.set_setting(self.locked(), "no");
        }
    }

    /// Whether the program was locked when it was last used.
    pub fn was_locked(&self) -> bool {
        self.records.setting(self.locked()).ok().flatten().as_deref() == Some(LOCKED)
    }

    fn locked(&self) -> &'static str {
        if is_practice(self.app.realm()) { "locked-practice" } else { "locked" }
    }

    /// What a page needs to know before anybody signs in.
    pub fn view(&self) -> AppView {
        AppView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            host: self.app.host(),
            practice: is_practice(self.app.realm()),
            keychain: self.keychain_name(),
            can_hide_from_captures: System::HERE.can_hide_from_captures(),
            session: SessionView::of(&self.app.session()),
            accounts: self.accounts(),
            kept_session: self
                .app
                .may_resume()
                .filter(|_| !self.was_locked() && !self.left.load(Ordering::SeqCst)),
            session_stays: self.app.session_stays().map(Failure::from),
            records_aside: self.aside.lock().as_ref().map(|file| file.display().to_string()),
            stopped_tasks: self.stopped_tasks.all(),
            clipboard: None,
            making: None,
            begins: self.begins.lock().clone(),
        }
    }

    /// The accounts that are remembered here. Where the records can't be read, none can be offered.
    fn accounts(&self) -> Vec<AccountView> {
        let accounts = self.app.accounts().unwrap_or_default();
        let with_amounts = accounts.into_iter().filter_map(|account| {
            let (keys, read_at) = self.app.of_account(&account).ok()?;
            Some(AccountView::of(account, keys, read_at))
        });
        with_amounts.collect()
    }

    /// Looks through the keychain for keys, real and practice ones, that have no record here. What can't be written
    /// is looked for again when a list of keys is opened.
    pub async fn look_for_keys(&self) {
        for realm in [Realm::Real, Realm::Practice] {
            let _ = self.app.find_again(realm).await;
        }
    }

    /// All that is remembered on this computer, of every account.
    pub fn remembered(&self) -> Result<HereView, Failure> {
        Ok(HereView::of(&self.app.remembered()?, &self.profile))
    }

    /// Forgets everything, and of the keys those that are named. The practice world starts anew.
    pub async fn forget_everything(&self, keys: &[String]) -> Result<ForgottenView, Failure> {
        let before = self.remembered()?;
        let stayed = self.app.forget_everything(keys).await?;
        self.leave_practice().await?;
        let forgotten = self.profile.forget_practice_world().and(self.profile.forget_damaged_records());
        forgotten.map_err(|_| Failure::new(Code::RecordsOut))?;
        Ok(ForgottenView::of(&before, keys, stayed))
    }

    /// Starts the practice Hub where it does not run yet, and turns to it.
    pub async fn enter_practice(&self) -> Result<(), Failure> {
        let mut practice = self.practice.lock().await;
        let hub = match practice.take() {
            Some(running) => running,
            None => {
                let options = Options { state: Some(self.profile.practice()), ..Options::default() };
                PracticeHub::start(options).await.map_err(|_| Failure::new(Code::PracticeOut))?
            }
        };
        let hub = practice.insert(hub);
        let base = hub.hub().parse::<Base>().map_err(|_| Failure::new(Code::PracticeOut))?;
        let hub_there = Arc::new(RestHub::new(base));
        self.app.turn_to(Route {
            hub: hub_there.clone(),
            partner_writes: SealedWrites::new(hub_there.clone()),
            partner_side: hub_there,
            realm: Realm::Practice,
            messaging: Messaging::Here(hub.messaging().to_owned()),
            pages: Pages::Here(hub.pages().parse().map_err(|_| Failure::new(Code::PracticeOut))?),
        })?;
        Ok(())
    }

    /// Turns back to the real Hub and stops the practice Hub.
    pub async fn leave_practice(&self) -> Result<(), Failure> {
        self.app.turn_to(real_route(&self.base))?;
        if let Some(practice) = self.practice.lock().await.take() {
            practice.stop().await;
        }
        Ok(())
    }

    /// The practice Hub's accounts that have a password, and what became of its world.
    pub async fn practice_accounts(&self) -> PracticeView {
        let practice = self.practice.lock().await;
        let accounts = practice.as_ref().map(PracticeHub::accounts).unwrap_or_default();
        PracticeView {
            accounts: accounts.into_iter().filter_map(practice_account).map(|(account, _)| account).collect(),
            set_aside: practice
                .as_ref()
                .and_then(PracticeHub::set_aside)
                .map(|file| file.display().to_string()),
        }
    }

    /// What opens the practice account that is at work, on the practice Hub's page as well.
    pub async fn practice_pass(&self) -> Option<PracticePass> {
        let Session::Client(at_work) = self.app.session() else { return None };
        let accounts = self.practice.lock().await.as_ref().map(PracticeHub::accounts)?;
        accounts.into_iter().find_map(|account| match account {
            Account::Client { email, password, .. } if email == at_work.person.email => {
                Some(PracticePass { email, password })
            }
            _ => None,
        })
    }

    /// Signs in to a practice account with its own password.
    pub async fn practice_sign_in(&self, email: &str) -> Result<Session, Failure> {
        let accounts = self.practice.lock().await.as_ref().map(PracticeHub::accounts).unwrap_or_default();
        let found =
            accounts.into_iter().filter_map(practice_account).find(|(account, _)| account.email == email);
        let Some((_, password)) = found else {
            return Err(Failure::from(&HubError::WrongPassword(None)));
        };
        Ok(self.app.sign_in(email, &password).await?)
    }
}

fn real_route(base: &Base) -> Route {
    let messaging = Messaging::ComesWithKey(base.usual_messaging());
    let hub = Arc::new(RestHub::new(base.clone()));
    let partner_writes = SealedWrites::new(hub.clone());
    Route {
        hub: hub.clone(),
        partner_side: hub,
        partner_writes,
        realm: Realm::Real,
        messaging,
        pages: Pages::Theirs,
    }
}

/// An account that signs in with a password; a partner's API key does not.
fn practice_account(account: Account) -> Option<(PracticeAccount, Password)> {
    let (side, role, email, password, note) = match account {
        Account::Client { role, email, password, note } => ("client", role, email, password, note),
        Account::Partner { role, email, password, note } => ("partner", role, email, password, note),
        Account::PartnerKey { .. } => return None,
    };
    let rank = match role {
        Role::Owner => "owner",
        Role::Member => "member",
    };
    let account = PracticeAccount { email, note, side: side.into(), rank: rank.into() };
    Some((account, Password::new(password)))
}
