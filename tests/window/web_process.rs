//! The web view's processes die: the window comes back as the program knows it, and never stays blank without words.

use std::process::Command;
use std::time::{Duration, Instant};

use atspi::Role;
use practice_hub::{Do, Fault, PracticeHub};

use crate::app::taken_by_the_first;
use crate::desktop::{Desktop, Keyring, wait_until};
use crate::people::{MAKE_KEY, MARIA, a_hub, requests_for_a_key};
use crate::reader::Reader;
use crate::undriven::{Program, developed, make_key, sign_in};

const NUMBER: &str = "Restaurant bookings";
const NUMBERS: &str = "4 numbers, checked";
/// How often a window is built again within a minute.
const MOST: usize = 3;

async fn signed_in(desktop: &Desktop, hub: &PracticeHub) -> (Program, Reader) {
    let program = Program::start(desktop, developed(), &["--hub", hub.hub()], &[]);
    let reader = Reader::on(desktop).await;
    sign_in(&reader, desktop, MARIA).await;
    reader.reads(NUMBERS).await;
    (program, reader)
}

async fn with_a_key_in_memory() -> (Desktop, PracticeHub, Program, Reader) {
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let (program, reader) = signed_in(&desktop, &hub).await;
    reader.press(Role::Button, NUMBER).await;
    reader.press(Role::Button, "Make a new key").await;
    reader.press(Role::CheckBox, "I understand").await;
    reader.press(Role::Button, "Replace the key of").await;
    reader.reads("This key is stored nowhere.").await;
    (desktop, hub, program, reader)
}

fn kill(process: u32) {
    let killed = Command::new("kill").args(["-KILL", &process.to_string()]).status();
    assert!(killed.expect("kill runs").success());
}

/// Kills the one web process, and waits until another one is there in its place.
fn kill_the_page(program: &Program) {
    let [page] = program.web_processes()[..] else { panic!("there is one page") };
    kill(page);
    wait_until(
        "another web process is there",
        || matches!(program.web_processes()[..], [another] if another != page),
    );
}

/// Kills it once more than it is built again.
async fn kill_until_it_is_given_up(program: &Program, reader: &Reader, words: &str) {
    for _ in 0..MOST {
        kill_the_page(program);
        reader.reads(words).await;
    }
    program.web_processes().into_iter().for_each(kill);
}

#[tokio::test(flavor = "multi_thread")]
async fn window_comes_back_with_who_is_signed_in_and_the_key_that_lies_in_memory_alone() {
    // Given a key that no keychain took
    let (desktop, hub, program, reader) = with_a_key_in_memory().await;

    // When the web process is killed
    kill_the_page(&program);

    // Then her numbers are there again, and the key is said to be stored nowhere yet
    reader.reads(NUMBERS).await;
    reader.reads("A key is stored nowhere yet.").await;

    // and the window does not close over it, and says why
    wait_until("there is a window to close", || desktop.close_window());
    reader.reads("The window stays open, because this key would be lost.").await;

    // and the key is copied as ever, since the page's calls arrive; the next page knows of it too
    reader.press(Role::Button, "Copy").await;
    wait_until("the clipboard holds the key", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.ends_with("AK"))
    });
    kill_the_page(&program);
    reader.reads("stored nowhere else, so it is not cleared").await;
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn key_that_was_on_its_way_when_the_page_died_is_shown_once_it_is_there() {
    // Given a Hub that takes its time with a key
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let (program, reader) = signed_in(&desktop, &hub).await;
    hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(5_000)]);
    make_key(&reader, NUMBER).await;
    wait_until("the Hub is asked for a key", || requests_for_a_key(&hub) == 1);

    // When the web process is killed meanwhile
    kill_the_page(&program);

    // Then the page says what goes on, and that the window stays for it
    reader.reads("Asking 360dialog for the key").await;
    desktop.close_window();
    reader.reads("The window can't close yet.").await;

    // and once it is there, the key waits for her on the page, though nobody asked that page for it
    reader.reads("A key waits for your decision.").await;
    desktop.only_entry("channel-keys", "safety-copy/");
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn key_window_that_dies_is_gone_and_the_key_can_be_shown_again() {
    // Given a key that is shown
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let (program, reader) = signed_in(&desktop, &hub).await;
    make_key(&reader, NUMBER).await;
    let page = program.web_processes();
    reader.press(Role::Button, "Show").await;
    reader.reads("Hides itself after 30 seconds.").await;
    let begun = Instant::now();
    let shows = program.web_processes().into_iter().find(|process| !page.contains(process));

    // When the process that shows it is killed
    kill(shows.expect("the key is shown by a process of its own"));

    // Then its window is gone, the page is as it was, and shows the key again
    wait_until("the key window is gone", || !desktop.titles().contains("Your API key"));
    assert!(begun.elapsed() < Duration::from_secs(30), "it was not its time that was up");
    wait_until("its process is gone too", || program.web_processes() == page);
    reader.press(Role::Button, "Show").await;
    reader.reads("Hides itself after 30 seconds.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_dies_again_and_again_says_so_in_a_dialog_and_opens_again() {
    // Given a page that died as often as it is built again within a minute
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let (mut program, reader) = signed_in(&desktop, &hub).await;

    // When it dies once more
    kill_until_it_is_given_up(&program, &reader, NUMBERS).await;

    // Then a dialog says so, and neither a second start nor closing leaves the window without it
    reader.reads("The window of Channel Keys stopped several times.").await;
    taken_by_the_first(&desktop, &[], &[]);
    wait_until("there is a window to close", || desktop.close_window());
    reader.reads("The window of Channel Keys stopped several times.").await;
    assert!(program.runs());

    // and from it the window opens again, with who is signed in
    reader.press(Role::Button, "Open again").await;
    reader.reads(NUMBERS).await;

    // When it dies again and again after that, and she has enough
    kill_until_it_is_given_up(&program, &reader, NUMBERS).await;
    reader.press(Role::Button, "Quit").await;

    // Then the program ends
    wait_until("the program has ended", || !program.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn dialog_of_a_dead_page_says_that_a_key_would_be_lost() {
    // Given a key that no keychain took, and a page that died as often as it is built again
    let (_desktop, _hub, program, reader) = with_a_key_in_memory().await;

    // When it dies once more
    kill_until_it_is_given_up(&program, &reader, "A key is stored nowhere yet.").await;

    // Then the dialog says what quitting would lose, and the key is there when the window opens again
    reader.reads("If you quit now, you lose a key that is saved nowhere.").await;
    reader.press(Role::Button, "Open again").await;
    reader.reads("A key is stored nowhere yet.").await;
}

/// Asks for a key that takes this long, and kills the page while it is on its way until it is given up.
async fn given_up_while_a_key_is_made(program: &Program, reader: &Reader, hub: &PracticeHub, ticks: bool) {
    const LONG: u64 = 40_000;
    hub.set_faults(vec![Fault::new(MAKE_KEY, Do::Delay).ms(LONG)]);
    reader.press(Role::Button, NUMBER).await;
    reader.press(Role::Button, "Make a new key").await;
    if ticks {
        reader.press(Role::CheckBox, "I understand").await;
    }
    reader.press(Role::Button, "Replace the key of").await;
    wait_until("the Hub is asked for a key", || requests_for_a_key(hub) == 1);
    kill_until_it_is_given_up(program, reader, "Asking 360dialog for the key").await;
    reader.reads("If you quit, Channel Keys saves the key first and then ends.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_over_a_dead_page_waits_for_the_key_that_is_being_made() {
    // Given a page that died again and again while a key is on its way
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let (mut program, reader) = signed_in(&desktop, &hub).await;
    given_up_while_a_key_is_made(&program, &reader, &hub, false).await;

    // When she quits
    reader.press(Role::Button, "Quit").await;

    // Then the window goes, and the program ends once the key is safe
    wait_until("the window is gone", || !desktop.titles().contains("Channel Keys"));
    assert!(program.runs(), "it waits for the key");
    wait_until("the program has ended", || !program.runs());
    desktop.only_entry("channel-keys", "safety-copy/");
    assert_eq!(requests_for_a_key(&hub), 1);

    // and the next start offers it
    let (_program, reader) = signed_in(&desktop, &hub).await;
    reader.reads("A key waits for your decision.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_over_a_dead_page_loses_no_key_that_no_keychain_took() {
    // Given the same where there is no keychain
    let (desktop, hub) = (Desktop::with(Keyring::None), a_hub().await);
    let (mut program, reader) = signed_in(&desktop, &hub).await;
    given_up_while_a_key_is_made(&program, &reader, &hub, true).await;

    // When she quits
    reader.press(Role::Button, "Quit").await;

    // Then the window comes back with the key, which lies in memory alone
    reader.reads("A key is stored nowhere yet.").await;
    assert!(program.runs());
    assert_eq!(requests_for_a_key(&hub), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn page_goes_on_when_the_network_process_of_the_web_view_dies() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let (program, reader) = signed_in(&desktop, &hub).await;
    let network = |process: &&crate::processes::Process| process.name() == "WebKitNetworkPr";
    let network = program.processes().iter().find(network).expect("there is one").id;

    // When the process that loads the pages is killed
    kill(network);

    // Then the page's calls arrive as before
    make_key(&reader, NUMBER).await;
    reader.see(Role::Heading, "The new key is here").await;
}
