//! What a client does beside making a key: finding and reading about its numbers, the partner's permission, pasted and
//! kept keys, the way back after a mistake, the history, and working without a network or without signing in.

use fantoccini::key::Key;
use practice_hub::{Do, Fault, PracticeHub};
use serde_json::json;

use crate::app::App;
use crate::desktop::{Desktop, wait_until};
use crate::people::{HARBOUR, JONAS, LUCIA, MARIA, Person, a_hub};

/// Owner of Möbel Lindner: forty numbers, in every state that there is.
const PETRA: Person = ("petra@moebel-lindner.example", "practice-lindner");
const CHANGE: &str = "* /clients/*/channels/*/partner_permission";
const TAKE_BACK: &str = "DELETE /clients/*/channels/*/partner_permission";
const HEALTH: &str = "GET /messaging/health_status";

/// Waits until these numbers of the Harbour Hotel are listed from the top, and no others.
async fn lists(app: &App, hub: &PracticeHub, names: &[&str]) {
    for (at, name) in names.iter().enumerate() {
        let id = hub.channel_id(HARBOUR, name).expect("a channel of this name");
        let place = if at + 1 == names.len() { ":last-child" } else { "" };
        app.see(&format!("li:nth-child({}){place} > [data-test=channel-row][data-id=\"{id}\"]", at + 1))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_found_in_another_spelling_and_the_list_is_sorted_by_what_counts() {
    // Given Maria's four numbers by their names
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    let by_name = ["Events Lisbon", "Front desk", "Restaurant bookings", "Spa"];
    lists(&app, &hub, &by_name).await;

    // When she types one as it stands on a letter, then it alone is there
    app.type_into("search", "0049 (0)30 / 555 70 188").await;
    lists(&app, &hub, &["Restaurant bookings"]).await;
    app.says("One of 4 numbers fits").await;
    app.passes_axe().await;

    // When she takes that back, then all are there again
    app.key(Key::Escape).await;
    lists(&app, &hub, &by_name).await;

    // When she sorts by the partner's permission, then what is shared comes first and what is not told last
    app.press_at("[data-test=sort] option[value='permission']").await;
    let by_permission = ["Front desk", "Restaurant bookings", "Spa", "Events Lisbon"];
    lists(&app, &hub, &by_permission).await;
    app.passes_axe().await;

    // and it stays so when she looks at one of them
    app.open_channel("Spa").await;
    lists(&app, &hub, &by_permission).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_details_of_a_number_stand_under_their_headings_and_are_copied_to_be_passed_on() {
    // Given a number that does not run yet
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Spa").await;

    // Then its details stand where 360dialog's document has them
    app.read("details-channel", "Partner API Key Permission").await;
    app.read("details-channel", "Missing").await;
    let read = "const all = document.querySelectorAll('[data-test=details] :is(h2, h3)'); \
                return [...all].map(heading => heading.innerText)";
    let headings = app.run(read, vec![]).await;
    assert_eq!(headings, json!(["Details", "WhatsApp Channel", "States", "Webhook", "Identifiers"]));
    app.passes_axe().await;

    // When she copies an identifier, then it alone is on the clipboard, and named on the page
    let id = hub.channel_id(HARBOUR, "Spa").expect("a channel of this name");
    app.press_at("[data-test=copy-id][data-what=channel]").await;
    app.says("Copied: Channel.").await;
    wait_until("the id is on the clipboard", || desktop.clipboard("UTF8_STRING").as_deref() == Some(&*id));

    // When she copies the text for whoever acts next, then it has what they will ask for
    app.read("contact", "360dialog's support.").await;
    app.press("copy-contact").await;
    app.says("Copied: Text to send.").await;
    let text = || desktop.clipboard("UTF8_STRING").unwrap_or_default();
    wait_until("the text is on the clipboard", || text().contains("+49 30 55570210 does not run"));
    let text = text();
    let channel = format!("Channel: {id}");
    for told in [&*channel, "Client: Harbour Hotel GmbH", "Partner API Key Permission: Missing"] {
        assert!(text.contains(told), "{told} is not in:\n{text}");
    }
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_permission_is_taken_back_and_then_a_key_can_be_made() {
    // Given a number whose keys the partner makes
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.open_channel("Front desk").await;
    app.read("verdict", "Blue Anchor makes the keys for this number.").await;

    // When Maria takes the one next step, then she reads first what it means, and the safe choice has the focus
    app.press("next-step").await;
    app.page("permission-confirm").await;
    app.says("+49 30 55570142").await;
    app.says("may keep working until a new key is made").await;
    app.see("[data-test=not-now]:focus").await;
    app.passes_axe().await;
    app.press("change-confirm").await;

    // Then the result says so, and the number's page knows it
    app.page("permission-done").await;
    app.says("Missing").await;
    app.passes_axe().await;
    app.press("done-permissions").await;
    app.open_channel("Front desk").await;
    app.read("verdict", "You can make a key for this number.").await;
    assert_ne!(app.attribute("make-key", "aria-disabled").await.as_deref(), Some("true"));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_permissions_are_changed_row_by_row_and_a_refusal_is_one_row_s_own() {
    // Given a client whose partner pays: on one number 360dialog refuses the removal
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(LUCIA.0, LUCIA.1).await;
    app.page("channels").await;

    // When Lucía opens the partner's page from the profile menu, as 360dialog's document says
    app.menu("menu-partner").await;
    app.page("partner-permissions").await;
    app.says("Citas").await;
    app.passes_axe().await;
    app.press("pick-all").await;
    app.press("remove").await;
    app.page("permission-confirm").await;
    app.says("may refuse").await;
    app.passes_axe().await;
    app.press("change-confirm").await;

    // Then each row has its own result, the refusal with the Hub's own words
    app.page("permission-done").await;
    app.says("The answer, word for word:").await;
    app.passes_axe().await;
    app.press("done-permissions").await;
    app.page("channels").await;
    app.open_channel("Citas").await;
    assert_eq!(app.text_at(".card [data-test=permission]").await, "Shared");
    app.open_channel("Urgencias").await;
    assert_eq!(app.text_at(".card [data-test=permission]").await, "Missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_changes_are_stopped_midway_and_what_is_not_done_is_tried_again() {
    // Given three numbers that the partner may make keys for; the first is to be refused, the second answered late
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(PETRA.0, PETRA.1).await;
    app.page("channels").await;
    app.menu("menu-partner").await;
    app.page("partner-permissions").await;
    for name in ["Lieferung Köln", "Reklamation", "Beratung Küche"] {
        let id = hub.channel_id("Möbel Lindner", name).expect("a channel of this name");
        app.press_at(&format!("[data-test=pick][data-id=\"{id}\"]")).await;
    }
    app.read("remove", "Take it back for 3 numbers").await;
    app.press("remove").await;
    app.page("permission-confirm").await;
    hub.set_faults(vec![
        Fault::new(TAKE_BACK, Do::Refuse).nth(1),
        Fault::new(TAKE_BACK, Do::Delay).nth(2).ms(8_000),
    ]);

    // When Petra stops them while the second is under way
    let row = |at: usize, step: &str| format!("li:nth-child({at})[data-test=change-row][data-step={step}]");
    app.press("change-confirm").await;
    app.see(&row(2, "asking")).await;
    app.see(&row(3, "waiting")).await;
    app.press("stop").await;
    app.read("change-progress", "The number under way is the last one.").await;

    // Then that one is done, and she reads of each other what became of it
    app.page("permission-done").await;
    app.says("1 of 3 changed").await;
    for (at, step, words) in [(1, "failed", "Not done"), (2, "done", "Done"), (3, "notAsked", "Not asked")] {
        assert!(app.text_at(&row(at, step)).await.contains(words), "row {at} does not say \"{words}\"");
    }
    app.says("The answer, word for word:").await;
    assert_eq!(hub.counts().get(TAKE_BACK), Some(&2));
    app.passes_axe().await;

    // When she tries again, then what is left is asked for, and nothing else
    hub.set_faults(Vec::new());
    app.read("again", "Try again the 2 that are not done").await;
    app.press("again").await;
    app.says("3 of 3 changed").await;
    assert_eq!(hub.counts().get(TAKE_BACK), Some(&4), "what was done is not asked for again");
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_may_not_change_it_reads_the_hub_s_refusal_and_nothing_is_changed() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(JONAS.0, JONAS.1).await;
    app.open_channel("Front desk").await;
    app.press("next-step").await;
    app.press("change-confirm").await;
    app.page("permission-done").await;
    app.says("The answer, word for word:").await;
    app.passes_axe().await;
    app.press("done-permissions").await;
    app.open_channel("Front desk").await;
    assert_eq!(app.text_at(".card [data-test=permission]").await, "Shared");
}

/// In practice, where keys are used at the practice Hub's own messaging host.
async fn practising(desktop: &Desktop) -> App {
    let app = App::start(desktop, &["--practice"]).await;
    app.press_at("[data-test=practice-account][data-email=\"maria@harbour-hotel.example\"] button").await;
    app.page("channels").await;
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_made_elsewhere_is_pasted_tested_kept_and_renamed() {
    // Given a key that Maria has in a letter: she makes one here and forgets it, so that it comes from elsewhere
    let desktop = Desktop::start();
    let app = practising(&desktop).await;
    app.make("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys-practice", "safety-copy/");
    app.press("let-go").await;
    app.press("let-go-confirm").await;
    app.page("channel").await;

    // When what she copied is no key, then she reads so, and nothing is kept
    app.press("paste-key").await;
    app.page("paste").await;
    app.passes_axe().await;
    desktop.copy("Dear Maria, the key is on page two");
    app.press("paste-now").await;
    app.see("[data-test=failure][data-code=notAKey]").await;
    app.passes_axe().await;
    assert!(desktop.kept_under("channel-keys-practice").is_empty());

    // and what is masked is told as that
    desktop.copy("****************kX9pAK");
    app.press("paste-now").await;
    app.see("[data-test=failure][data-code=maskedKey]").await;

    // When she copies a line with the key in it
    desktop.copy(&format!("export D360_API_KEY=\"{key}\"\n"));
    app.press("paste-now").await;

    // Then she sees its last characters alone, and nothing is kept before she says that it is the one
    let last = &key[key.len() - 6..key.len() - 2];
    app.read("found-key", last).await;
    app.passes_axe().await;
    let page = app.run("return document.documentElement.outerHTML", vec![]).await;
    assert!(!page.as_str().expect("a page").contains(&key), "the key is not in the page");
    assert!(desktop.kept_under("channel-keys-practice").is_empty());
    app.press("use-key").await;

    // and then it works, it never stood on the page, and she keeps it under a name
    app.read("paste-result", "works").await;
    app.passes_axe().await;
    let page = app.run("return document.documentElement.outerHTML", vec![]).await;
    assert!(!page.as_str().expect("a page").contains(&key), "the key is not in the page");
    app.press("save-confirm").await;
    app.page("channel").await;
    wait_until("the key is kept", || desktop.has_entry("channel-keys-practice", "kept/"));

    // and gives it another one, here and in the keychain
    app.press("rename-key").await;
    app.clear("rename-label").await;
    app.type_into("rename-label", "Table booking system").await;
    app.press("rename-confirm").await;
    app.read("kept-key", "Table booking system").await;
    app.passes_axe().await;
    let (_, kept) = desktop.only_entry("channel-keys-practice", "kept/");
    assert_eq!(kept, key);
    assert!(desktop.labels("channel-keys-practice").contains("Table booking system"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_key_that_is_refused_says_since_when_and_leads_to_the_way_back() {
    // Given a kept key that works
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;

    // When the messaging host refuses it, then it is not called replaced, since nobody here replaced it
    hub.set_faults(vec![Fault::new(HEALTH, Do::Refuse)]);
    app.open_channel("Restaurant bookings").await;
    app.press("test-key").await;
    app.see("[data-test=refused-since]").await;
    app.read("refused-since", "Refused since").await;
    assert!(!app.is_there("replaced").await);
    app.passes_axe().await;

    // and without a key that works, the way back begins with getting one
    app.press("mistake").await;
    app.page("mistake").await;
    app.says("No working key for this number lies here.").await;
    app.passes_axe().await;
    app.press("back").await;

    // When it works after all, then Maria sees the key, where it goes, the webhook and whom to write to
    hub.set_faults(Vec::new());
    app.press("test-key").await;
    app.gone("refused-since").await;
    app.press("mistake").await;
    app.page("mistake").await;
    app.says("This can be put right.").await;
    app.read("webhook", "No webhook is set on this number itself").await;
    app.passes_axe().await;
    app.press("copy-mistake-text").await;
    wait_until("the text is on the clipboard", || {
        desktop.clipboard("UTF8_STRING").is_some_and(|text| text.contains("+49 30 55570188"))
    });
    let (_, key) = desktop.only_entry("channel-keys", "kept/");
    assert!(!desktop.clipboard("UTF8_STRING").expect("a text").contains(&key), "no key is in the text");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_help_the_way_back_is_walked_place_by_place() {
    // Given a kept key that is used in one place
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    app.type_into("place-name", "Table booking system").await;
    app.press("add-place").await;

    // When Maria looks for help because her chats stopped
    app.press("nav-help").await;
    app.page("help").await;
    app.passes_axe().await;
    app.press("help-mistake").await;
    app.page("mistake").await;
    app.passes_axe().await;
    app.press_in("choose-number", "Restaurant bookings", "*").await;

    // Then each place that she ticks is followed by a test of the key
    app.press("place-done").await;
    app.see("[data-test=place][data-done=true][data-result=works]").await;
    app.see("[data-test=step][data-step=\"2\"][data-state=done]").await;
    app.passes_axe().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_hub_the_numbers_are_there_as_last_seen_and_kept_keys_stay_usable() {
    // Given Maria with a kept key
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");

    // When the Hub can't be reached any more, then the list is marked with its age and with why
    hub.stop().await;
    app.press("refresh").await;
    app.read("not-fresh", "last seen").await;
    app.says("Front desk").await;
    app.passes_axe().await;
    app.quit().await;

    // When she starts again and can't even sign in, then what is kept here opens all the same
    let app = App::start(&desktop, &["--hub", &crate::hosts::nobody()]).await;
    app.page("sign-in").await;
    app.read("account-here", MARIA.0).await;
    app.passes_axe().await;
    app.press("open-here").await;
    app.page("channels").await;
    app.says("Front desk").await;
    app.passes_axe().await;
    app.open_channel("Restaurant bookings").await;
    assert_eq!(app.attribute("make-key", "aria-disabled").await.as_deref(), Some("true"));
    app.passes_axe().await;
    app.press("copy-key").await;
    wait_until("the key is on the clipboard", || {
        desktop.clipboard("UTF8_STRING").as_deref() == Some(key.as_str())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_says_what_was_done_and_is_saved_for_a_spreadsheet() {
    // Given a day's work
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.make_and_keep("Restaurant bookings").await;
    let (_, key) = desktop.only_entry("channel-keys", "kept/");

    // When Maria looks at it, then it is there, and found by any spelling of the number
    app.press("nav-history").await;
    app.page("history").await;
    app.says("Restaurant bookings").await;
    app.passes_axe().await;
    app.type_into("history-search", "030 5557-0188").await;
    app.says("Restaurant bookings").await;

    // and it is saved where she says, without a key in it
    app.press("export-csv").await;
    let file = desktop.folder("home/history.csv");
    desktop.save_as("Save the history", &file).await;
    app.read("exported", "history.csv").await;
    let saved = std::fs::read_to_string(&file).expect("it is written");
    assert!(saved.contains("Restaurant bookings") && saved.contains("\"+49 30 55570188\""), "{saved}");
    assert!(!saved.contains(&key), "no key is in the file");

    // and for a program, read as JSON
    app.press("export-json").await;
    let file = desktop.folder("home/history.json");
    desktop.save_as("Save the history", &file).await;
    app.read("exported", "history.json").await;
    let saved = std::fs::read(&file).expect("it is written");
    let saved: serde_json::Value = serde_json::from_slice(&saved).expect("it is JSON");
    assert_eq!(saved[0]["what"], "key_kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_partner_s_page_is_worked_without_a_mouse() {
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let app = App::start(&desktop, &["--hub", hub.hub()]).await;
    app.sign_in(MARIA.0, MARIA.1).await;
    app.page("channels").await;

    app.tab_to("profile").await;
    app.key(Key::Enter).await;
    app.tab_to("menu-partner").await;
    app.key(Key::Enter).await;
    app.page("partner-permissions").await;
    app.tab_to_at("[data-permission=shared] [data-test=pick]").await;
    app.press_space().await;
    app.tab_to("remove").await;
    app.key(Key::Enter).await;
    app.page("permission-confirm").await;
    app.key(Key::Escape).await;
    app.page("partner-permissions").await;
    assert!(!hub.counts().keys().any(|call| call.ends_with(&CHANGE[1..])), "Escape changes nothing");
}
