//! A key is never lost: the program dies at every step of making one, and the next start has the key or the truth.
//!
//! At every step the program dies without its window: its shell in a process of its own, on a real keychain and
//! file of records. What a person then reads is looked at in the window, once for each way in which it can end.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Instant;

use channel_keys::os::profile::Profile;
use channel_keys::os::records::SqliteRecords;
use channel_keys::shell::{Shell, Times};
use channel_keys_core::channel::ChannelId;
use channel_keys_core::history::What;
use channel_keys_core::keys::{KeyTest, Outcome};
use channel_keys_core::records::KeyState;
use channel_keys_core::secret::Password;
use channel_keys_core::steps::Step;
use practice_hub::{Do, Fault, PracticeHub};

use crate::app::{App, start_again, taken_by_the_first};
use crate::desktop::{Desktop, Keyring, LIMIT, wait_until};
use crate::people::{HARBOUR, MAKE_KEY, MARIA, a_hub, ask_with, requests_for_a_key};

const KEY_LIST: &str = "GET /clients/*/channels/*/api_keys";
const NUMBER: &str = "Restaurant bookings";
const SIGKILL: i32 = 9;

/// What a person has after the next start, and how often the Hub was asked.
fn after(step: Step) -> (KeyState, u64) {
    match step {
        Step::NoteWritten | Step::RequestGoesOut => (KeyState::Interrupted, 0),
        Step::AnswerReceived => (KeyState::Interrupted, 1),
        Step::SafetyCopyPut
        | Step::SafetyCopyReadBack
        | Step::RecordWritten
        | Step::EarlierMarked
        | Step::Shown
        | Step::KeptKeyPut
        | Step::KeptKeyReadBack => (KeyState::SafetyCopy, 1),
        Step::KeptRecordWritten | Step::SafetyCopyRemoved => (KeyState::Kept, 1),
    }
}

/// What the process without a window does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errand {
    /// Makes a key, shows and keeps it.
    Make,
    /// Starts again and looks at what is there.
    Look,
}

/// Runs the program without its window, in a process of its own: whether it was killed, and what it said.
async fn without_a_window(
    desktop: &Desktop,
    hub: &PracticeHub,
    errand: Errand,
    step: Step,
) -> (ExitStatus, String) {
    let mut command = desktop.command(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", "never_lost::the_program_without_its_window", "--ignored", "--nocapture"])
        .env("TEST_HUB", hub.hub())
        .env("TEST_CHANNEL", hub.channel_id(HARBOUR, NUMBER).expect("a channel of this name"))
        .env("TEST_PROFILE", desktop.folder(step.word()))
        .env("TEST_ERRAND", if errand == Errand::Make { "make" } else { "look" })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if errand == Errand::Make {
        command.env("CHANNEL_KEYS_STOP_AT", step.word());
    }
    let running = command.spawn().expect("it starts");
    let ended = tokio::task::spawn_blocking(|| running.wait_with_output()).await.expect("it is waited for");
    let ended = ended.expect("it ends");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr);
    (ended.status, said)
}

#[test]
#[ignore = "not a test: the process that a test of this file starts"]
fn the_program_without_its_window() {
    let told = |name: &str| std::env::var(name).expect("told by the test");
    let profile = Profile::open(PathBuf::from(told("TEST_PROFILE"))).expect("the profile is free");
    let records = SqliteRecords::open(&profile.records()).expect("the records");
    let shell = Shell::new(told("TEST_HUB").parse().expect("an address"), profile, records, Times::default());
    let channel = ChannelId(told("TEST_CHANNEL"));
    let errand = async {
        shell.app.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("the password is right");
        if told("TEST_ERRAND") == "make" {
            make_show_and_keep(&shell, &channel).await;
        } else {
            say_what_is_here(&shell, &channel).await;
        }
    };
    tokio::runtime::Runtime::new().expect("a runtime").block_on(errand);
}

async fn make_show_and_keep(shell: &Shell, channel: &ChannelId) {
    let before = shell.app.before_making(channel).await.expect("the facts");
    let outcome = shell.app.make_key(&before.ticket).await.expect("it is asked for");
    let Outcome::Made(made) = outcome else { panic!("no key was made: {outcome:?}") };
    shell.app.note_use(&made.record.id, What::KeyShown);
    shell.app.keep_key(&made.record.id, "Table booking").await.expect("it is kept");
}

#[expect(clippy::print_stdout, reason = "the test that started this process reads it")]
async fn say_what_is_here(shell: &Shell, channel: &ChannelId) {
    shell.app.recover().await.expect("the records can be written");
    for key in shell.app.keys_here(channel).expect("the records can be read") {
        let works = matches!(shell.app.test_key(&key.id).await, Ok(KeyTest::Works { .. }));
        println!("found: {} {works}", key.state.word());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whichever_step_the_program_dies_at_the_next_start_has_the_key_or_the_truth() {
    let desktop = Desktop::start();
    for step in Step::ALL {
        // Given a profile of its own, and a number whose earlier key works
        let hub = a_hub().await;
        let id = hub.channel_id(HARBOUR, NUMBER).expect("a channel of this name");
        let earlier = hub.earlier_key(&id).expect("an earlier key");

        // When the program is killed at a step of making and keeping a key
        let (status, said) = without_a_window(&desktop, &hub, Errand::Make, step).await;
        assert_eq!(status.signal(), Some(SIGKILL), "{step:?}: {said}");

        // Then the next start has the key, and it works; or the truth, and never that nothing happened
        let (status, said) = without_a_window(&desktop, &hub, Errand::Look, step).await;
        assert!(status.success(), "{step:?}: {said}");
        let (state, requests) = after(step);
        let found: Vec<&str> = said.lines().filter_map(|line| line.split("found: ").nth(1)).collect();
        assert_eq!(found, [format!("{} {}", state.word(), state.in_keychain())], "{step:?}");

        // and the Hub was asked at most once, by its own count
        assert_eq!(requests_for_a_key(&hub), requests, "{step:?}");
        let earlier_works = if requests == 0 { 200 } else { 401 };
        assert_eq!(ask_with(&hub, &earlier).await, earlier_works, "{step:?}: the earlier key");
    }
}

/// Opens the number and reads what a new key would do.
async fn to_before(app: &App) {
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel(NUMBER).await;
    app.press("make-key").await;
    app.page("before").await;
}

/// What a person reads where nobody can tell, and how to find out.
async fn says_that_it_is_open(app: &App) {
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "A key was being made when the program stopped.").await;
    app.read("waiting-key", "+49 30 55570188").await;
    app.read("waiting-key", "We can't tell whether it was made.").await;
    app.press("look-at-key").await;
    app.page("channel").await;
    app.read("kept-key", "This is how to find out:").await;
    app.read("kept-key", "See whether messages still go out and come in.").await;
    let text = app.page_text().await.to_lowercase();
    for never in ["no key was made", "nothing was sent", "lost"] {
        assert!(!text.contains(never), "\"{never}\" is on:\n{text}");
    }
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_the_answer_is_on_its_way_the_next_start_says_that_nobody_can_tell() {
    // Given a Hub that makes the key at once and answers much later, whatever it is asked about keys
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let late = |call: &str| Fault::new(call, Do::Delay).ms(600_000);
    hub.set_faults(vec![late(MAKE_KEY), late(KEY_LIST)]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    app.press("replace-key").await;
    app.page("sending").await;
    wait_until("the Hub is asked", || requests_for_a_key(&hub) == 1);

    // When the program is killed meanwhile
    app.kill();

    // Then the next start says so, and nothing is asked for by itself
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    says_that_it_is_open(&app).await;

    // and its list of keys, which nobody waited for, decides nothing
    hub.set_faults(Vec::new());
    app.press("look-at-list").await;
    app.read("list-says", "so it decides nothing").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_anybody_saw_the_key_the_next_start_offers_it_and_it_works() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start_to_die_at(&desktop, Step::SafetyCopyPut, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    app.press_and_not_wait("replace-key").await;
    app.dies();

    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "A key waits for your decision").await;
    app.press("look-at-key").await;
    app.page("made").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_held_down_makes_one_key() {
    // Given the page before a key is replaced, with the button under the keyboard, and a Hub that takes its time
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(2_000)]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    app.tab_to("replace-key").await;
    let count = "const told = document.body.dataset; told.enters = 0; \
                 addEventListener('keydown', ({key}) => { if (key === 'Enter') told.enters++; }, true)";
    app.run(count, vec![]).await;

    // When Enter is held down
    app.hold_enter(&desktop);
    let begun = Instant::now();
    while app.run("return Number(document.body.dataset.enters)", vec![]).await.as_u64() < Some(30) {
        assert!(begun.elapsed() < LIMIT, "Enter does not come that often");
    }

    // Then one key is made, by the Hub's own count, whatever page the last presses met
    wait_until("the key lies in the keychain", || desktop.has_entry("channel-keys", ""));
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_asks_for_nothing_whatever_the_bus_and_the_first_do() {
    // Given a program with a new key on its page, and the same without a bus
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;

    for frozen in [false, true] {
        if frozen {
            app.signal("STOP");
        }
        for nowhere in [&[][..], &[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")]] {
            // When it is started again on the same profile
            let flags = ["--hub", hub.hub()];

            // Then it stops with words; the first one comes forward, unless it is frozen
            let said = if frozen {
                let second = start_again(&desktop, &flags, nowhere);
                assert!(!second.status.success());
                String::from_utf8_lossy(&second.stderr).into_owned()
            } else {
                taken_by_the_first(&desktop, &flags, nowhere)
            };
            assert!(said.contains("running already"), "frozen {frozen}, {nowhere:?}: {said}");
        }
    }
    app.signal("CONT");

    // and the first one goes on, and is the only one that asks
    app.press("replace-key").await;
    app.page("made").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_while_a_new_key_is_on_the_page_loses_nothing() {
    let hub = a_hub().await;
    for signal in ["TERM", "HUP"] {
        // Given a new key on the page, of a person whose keychain holds no other
        let desktop = Desktop::start();
        let app = App::start(&desktop, &["--hub", hub.hub()]).await;
        to_before(&app).await;
        app.press("replace-key").await;
        app.page("made").await;

        // When the session of the computer ends
        app.signal(signal);
        app.dies();

        // Then the next start offers the key, and it works
        let app = App::start(&desktop, &["--hub", hub.hub()]).await;
        app.sign_in(MARIA.0, MARIA.1).await;
        app.read("waiting-key", "A key waits for your decision").await;
        app.press("look-at-key").await;
        app.page("made").await;
        app.press("test-key").await;
        app.read("test-result", "works").await;
        app.quit().await;
    }
    assert_eq!(requests_for_a_key(&hub), 2, "one for each");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_is_not_called_an_empty_one() {
    let (desktop, hub) = (Desktop::with(Keyring::Locked), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;

    app.press("nav-keys").await;

    app.page("keys").await;
    app.read("cant-look", "Passwords and Keys is locked.").await;
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_is_announced_and_what_waits_for_its_password_is_said() {
    // Given a keychain that is locked, which is said before
    let (desktop, hub) = (Desktop::with(Keyring::Locked), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    app.says("Passwords and Keys is locked.").await;

    // When the key is made, then the page says that the keychain is waited for, and no longer the Hub
    app.press("replace-key").await;
    app.says("The key was made").await;
    app.says("If Passwords and Keys asks for its password").await;
    app.passes_axe().await;
    assert_eq!(requests_for_a_key(&hub), 1);

    // When the person unlocks it
    desktop.unlock_keyring().await;

    // Then the key is there, and so is its safety copy
    app.page("made").await;
    app.says("A safety copy is in Passwords and Keys.").await;
    desktop.only_entry("channel-keys", "safety-copy/");
    assert_eq!(requests_for_a_key(&hub), 1);
}

/// From now on the records take no key's record of which this holds, as on a full disk or a read-only profile.
fn fail_records(desktop: &Desktop, when: &str) {
    let file = desktop.folder("profile").join("records.sqlite");
    let records = rusqlite::Connection::open(file).expect("the records");
    let fails = format!(
        "CREATE TRIGGER fails BEFORE INSERT ON keys WHEN {when} BEGIN SELECT RAISE(ABORT, 'full'); END"
    );
    records.execute_batch(&fails).expect("it is set up");
}

/// The page that says what a new key does, over records that fail from now on.
async fn before_over_failing_records(when: &str) -> (Desktop, PracticeHub, App) {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    fail_records(&desktop, when);
    (desktop, hub, app)
}

fn mend_records(desktop: &Desktop) {
    let file = desktop.folder("profile").join("records.sqlite");
    let records = rusqlite::Connection::open(file).expect("the records");
    records.execute_batch("DROP TRIGGER fails").expect("it is mended");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_request_can_t_be_written_down_nothing_is_sent_and_that_is_said() {
    let (desktop, hub, app) = before_over_failing_records("true").await;

    app.press("replace-key").await;

    app.page("not-made").await;
    app.says("Today's key still works.").await;
    app.says("full, damaged or not writable").await;
    assert_eq!(requests_for_a_key(&hub), 0);

    // When there is room again, then it goes on from the facts
    mend_records(&desktop);
    app.press("retry").await;
    app.press("replace-key").await;
    app.page("made").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_before_anybody_is_asked_whether_to_replace_a_key() {
    let (desktop, hub, app) = before_over_failing_records("true").await;

    // When the person turns back and comes once more
    app.press("not-now").await;
    app.press("make-key").await;

    // Then it is said there, and when there is room again it goes on from there
    app.page("reading").await;
    app.says("full, damaged or not writable").await;
    mend_records(&desktop);
    app.press("retry").await;
    app.page("before").await;
    assert_eq!(requests_for_a_key(&hub), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_fail_after_the_answer_hide_no_key_and_the_next_start_has_it() {
    let (desktop, hub, app) = before_over_failing_records("NEW.state <> 'asked'").await;

    // When the key is made, then it is there, safe in the keychain, and can be tested
    app.press("replace-key").await;
    app.page("made").await;
    app.says("A safety copy is in Passwords and Keys.").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;
    desktop.only_entry("channel-keys", "safety-copy/");

    // When the program is killed, then the next start finds it in the keychain, though the disk is as full as before
    app.kill();
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "A key waits for your decision").await;
    app.press("look-at-key").await;
    app.page("made").await;
    app.press("test-key").await;
    app.read("test-result", "works").await;

    // And when there is room again, the start after that has it too
    app.kill();
    mend_records(&desktop);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.read("waiting-key", "A key waits for your decision").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn window_stays_open_until_a_slow_hub_has_answered() {
    // Given a Hub that takes longer than usual
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(25_000)]);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    to_before(&app).await;
    app.press("replace-key").await;
    app.page("sending").await;
    wait_until("the Hub is asked", || requests_for_a_key(&hub) == 1);

    // When she closes the window, and starts the program once more
    app.close_is_refused(&desktop, "sending-stays", "The window can't close yet.").await;
    taken_by_the_first(&desktop, &[], &[]);

    // Then it stays, and says after a while how long it waits
    app.page("sending").await;
    app.says("We wait up to two minutes.").await;
    app.passes_axe().await;

    // and the key is there, asked for once, and nothing keeps the window any longer
    app.page("made").await;
    assert_eq!(requests_for_a_key(&hub), 1);
    assert!(desktop.has_entry("channel-keys", "safety-copy/"));
    app.closes(&desktop);
}
