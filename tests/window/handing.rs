//! A key that one person hands to another as a locked file, with the `age` tool beside it, which shares no code with
//! the program.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;

use fantoccini::key::Key;
use serde_json::Value;

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::people::{JONAS, MARIA, a_hub};

const SAVE: &str = "Save the locked file";
const CHOOSE: &str = "Choose the file";

/// Opens a locked file with the `age` tool, which asks for the words at a terminal.
fn opened_by_age(desktop: &Desktop, file: &Path, words: &str) -> String {
    let text = desktop.folder("home/opened-by-age.txt");
    let ask = format!("age -d -o {} {}", text.display(), file.display());
    let mut age = desktop
        .command("script")
        .args(["-qec", &ask, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("script runs");
    let mut terminal = age.stdin.take().expect("a pipe");
    writeln!(terminal, "{words}").expect("it listens");
    assert!(age.wait().expect("it ends").success(), "age opens it");
    std::fs::read_to_string(&text).expect("it wrote what was in it")
}

/// The words in the window of their own.
pub async fn shown_words(app: &App) -> Vec<String> {
    app.see("[data-test=words] li:nth-child(6)").await;
    let words = app.run(
        "return [...document.querySelectorAll('[data-test=words] li')].map(li => li.textContent)",
        vec![],
    );
    let words = words.await;
    words.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_were_not_said_are_not_left_without_a_question() {
    // Given a file that Maria has just saved, whose words nobody has heard
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    app.press("hand-key").await;
    app.page("hand-key-over").await;
    app.press("save-as-file").await;
    desktop.save_as(SAVE, &desktop.folder("home/key.age")).await;
    app.read("file-saved", "key.age").await;

    // When she closes the window, then it says what would be lost, and stays
    app.close_is_refused(
        &desktop,
        "closing-file-words",
        "The six words of the file you saved are gone then.",
    )
    .await;
    app.passes_axe().await;
    app.press("closing-stay").await;
    app.gone("closing").await;

    // When she goes back, signs out or locks, then she is asked, and stays where she wants that
    for way in ["back", "sign-out", "menu-lock"] {
        if way != "back" {
            app.press("profile").await;
        }
        app.press(way).await;
        app.read("leave-words", "Without them nobody can open it.").await;
        app.see("[data-test=leave-words-stay]:focus").await;
        app.key(Key::Escape).await;
        app.gone("leave-words").await;
        app.page("hand-key-over").await;
    }

    // and the words are still there to be said; after that nothing asks
    app.press("show-words").await;
    let page = app.turn_to_key_window().await;
    assert_eq!(shown_words(&app).await.len(), 6);
    app.put_key_away(page).await;
    app.press("words-said").await;
    app.see("[data-test=file-said]").await;
    app.press("back").await;
    app.page("channel").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_goes_as_a_locked_file_to_the_age_tool_and_to_another_computer() {
    // Given a key that Maria made and keeps
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");

    // When she saves it as a locked file
    app.press("hand-key").await;
    app.page("hand-key-over").await;
    app.passes_axe().await;
    app.press("save-as-file").await;
    let file = desktop.folder("home/key.age");
    desktop.save_as(SAVE, &file).await;
    app.read("file-saved", "key.age").await;
    app.passes_axe().await;

    // Then it is for its owner alone, and the key is not to be read in it
    let locked = std::fs::read_to_string(&file).expect("it is text");
    assert!(locked.starts_with("-----BEGIN AGE ENCRYPTED FILE-----") && !locked.contains(&key));
    assert_eq!(std::fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);

    // and the words are in a window of their own, and nowhere else
    app.press("show-words").await;
    let main = app.turn_to_key_window().await;
    let said = shown_words(&app).await;
    assert_eq!(said.len(), 6, "{said:?}");
    app.passes_axe().await;
    app.put_key_away(main).await;
    app.read("show-words", "once more").await;
    assert_ne!(desktop.clipboard("UTF8_STRING").as_deref(), Some(said.join(" ").as_str()));

    // When somebody opens it with the age tool, then they read whose key it is, and the key
    let text = opened_by_age(&desktop, &file, &said.join(" "));
    assert!(text.contains("Name: Restaurant bookings\n") && text.contains(&format!("Key: {key}\n")));

    // When Jonas opens it on another computer, typing the words as he heard them
    app.press("words-said").await;
    app.read("file-said", "nobody else").await;
    app.quit().await;
    let other = Desktop::start();
    let copy = other.folder("home/from-maria.age");
    std::fs::copy(&file, &copy).expect("it is sent");
    let app = App::start(&other, &["--hub", hub.hub()]).await;
    app.sign_in(JONAS.0, JONAS.1).await;
    app.open_channel("Front desk").await;
    app.press("paste-key").await;
    app.press("from-file").await;
    app.press("choose-file").await;
    other.choose_file(CHOOSE, &copy).await;
    app.read("file-name", "from-maria.age").await;
    app.passes_axe().await;

    // and gets a word wrong, then it says so and nothing is lost
    app.type_into("file-words", &said[1..].join(" ")).await;
    app.key(Key::Enter).await;
    app.read("failure", "These words don't open the file.").await;
    app.clear("file-words").await;
    let heard = said.join("-").to_uppercase();
    app.type_into("file-words", &heard).await;
    assert_eq!(app.value("file-words").await, heard, "that is what he typed");
    app.press("open-file").await;

    // Then it says that the key is for another number, and takes it there when he says so
    app.read("for-another", "Restaurant bookings").await;
    assert!(!other.has_entry("channel-keys", ""), "nothing was taken");
    app.press("take-for-other").await;
    app.read("paste-result", "This key is for Restaurant bookings").await;
    other.wait_for_entry("channel-keys", "safety-copy/");
    app.press("save-confirm").await;
    app.page("channel").await;
    assert_eq!(other.only_entry("channel-keys", "kept/").1, key, "the very key");
    assert!(!app.page_text().await.contains(&key));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_age_tool_made_is_opened_and_what_is_none_of_it_is_refused() {
    // Given a computer with a file that is no locked one
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let file = desktop.folder("home/odd.age");
    std::fs::write(&file, "This is a letter.").expect("it is written");
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Restaurant bookings").await;
    app.press("paste-key").await;
    app.press("from-file").await;

    // When Maria chooses it, then it is refused before she is asked for words
    app.press("choose-file").await;
    desktop.choose_file(CHOOSE, &file).await;
    app.read("failure", "This is no locked file.").await;
    assert!(!app.is_there("file-words").await);

    // When she chooses one that the age tool made, then it opens, and what is in it is told
    let made = desktop.folder("home/letter.age");
    let lock = format!("age -p -o {} {}", made.display(), file.display());
    let mut age = desktop
        .command("script")
        .args(["-qec", &lock, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("script runs");
    let mut terminal = age.stdin.take().expect("a pipe");
    writeln!(terminal, "one two three\none two three").expect("it listens");
    assert!(age.wait().expect("it ends").success(), "age locks it");
    app.press("choose-file").await;
    desktop.choose_file(CHOOSE, &made).await;
    app.type_into("file-words", "one two three").await;
    app.key(Key::Enter).await;
    app.read("failure", "what is in it is no key").await;
    assert!(!desktop.has_entry("channel-keys", ""), "nothing was taken");
    wait_until("the Hub was asked for no key", || !hub.counts().keys().any(|call| call.contains("health")));
}
