//! What people note on a channel.

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{LONGEST_NOTE, LONGEST_TICKET, NoteText, NoteTrouble};
use channel_keys_core::desk_records::Note;
use channel_keys_core::records::RecordsError;

use crate::paper::Bench;

fn spa() -> ChannelId {
    ChannelId("a3CH".into())
}

fn typed(text: &str, ticket: &str) -> NoteText {
    NoteText::typed(text, ticket).expect("it is a note")
}

impl Bench {
    fn notes(&self) -> Vec<Note> {
        self.desk.notes(&spa()).expect("they can be read")
    }
}

#[tokio::test]
async fn a_note_with_its_ticket_says_when_and_by_whom_and_lasts_over_a_restart() {
    let bench = Bench::usual();
    let before = bench.time();
    bench.desk.add_note(&spa(), typed("Asked for the permission by phone", "TCK-4711")).expect("noted");
    bench.clock.forward(std::time::Duration::from_secs(60));
    bench.desk.add_note(&spa(), typed("", "https://tickets.example/4712")).expect("a ticket alone is enough");
    let bench = bench.opened_again();

    let notes = bench.notes();
    assert_eq!(
        notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["", "Asked for the permission by phone"]
    );
    assert_eq!(notes[0].ticket.as_deref(), Some("https://tickets.example/4712"));
    assert_eq!((notes[1].at, notes[1].by.as_deref()), (before, Some("jo@blue-anchor.example")));
    assert_eq!(bench.desk.notes(&ChannelId("a1CH".into())), Ok(Vec::new()));
}

#[tokio::test]
async fn a_note_can_be_changed_and_removed_and_keeps_when_it_was_written() {
    let bench = Bench::usual();
    bench.desk.add_note(&spa(), typed("Waits for Meta", "")).expect("noted");
    let first = bench.notes().remove(0);
    bench.clock.forward(std::time::Duration::from_secs(60));

    bench.desk.change_note(&spa(), first.id, typed("Meta agreed", "TCK-9")).expect("changed");
    let changed = bench.notes().remove(0);
    assert_eq!((changed.text.as_str(), changed.ticket.as_deref()), ("Meta agreed", Some("TCK-9")));
    assert_eq!((changed.at, changed.changed_at), (first.at, Some(bench.time())));

    bench.desk.remove_note(&spa(), first.id).expect("removed");
    assert_eq!(bench.notes(), []);
    assert_eq!(bench.desk.remove_note(&spa(), first.id), Err(NoteTrouble::Gone));
    assert_eq!(bench.desk.change_note(&spa(), first.id, typed("x", "")), Err(NoteTrouble::Gone));
}

#[tokio::test]
async fn nothing_and_too_much_are_not_noted_and_characters_that_nobody_sees_are_left_out() {
    for (text, ticket) in [("", ""), (" \n ", "\t"), ("\u{202e}", "\u{0}")] {
        assert_eq!(NoteText::typed(text, ticket), Err(NoteTrouble::Empty));
    }
    let just_right = "ü".repeat(LONGEST_NOTE);
    assert!(NoteText::typed(&just_right, &"x".repeat(LONGEST_TICKET)).is_ok());
    assert_eq!(NoteText::typed(&format!("{just_right}ü"), ""), Err(NoteTrouble::TooLong));
    assert_eq!(NoteText::typed("", &"x".repeat(LONGEST_TICKET + 1)), Err(NoteTrouble::TooLong));

    let bench = Bench::usual();
    let odd = "Line one\r\nline \u{202e}two\u{7} — <b>\"quoted\"</b> 👩‍🔧\t';--";
    bench.desk.add_note(&spa(), typed(odd, " TCK\n-1 ")).expect("noted");
    let note = bench.notes().remove(0);
    assert_eq!(note.text, "Line one\nline two — <b>\"quoted\"</b> 👩‍🔧 ';--");
    assert_eq!(note.ticket.as_deref(), Some("TCK-1"));
}

#[tokio::test]
async fn a_disk_that_takes_nothing_says_so_and_notes_nothing_by_halves() {
    let bench = Bench::usual();
    bench.records.break_off();
    let out = || NoteTrouble::Records(RecordsError);
    assert_eq!(bench.desk.add_note(&spa(), typed("Gone?", "")), Err(out()));
    assert_eq!(bench.desk.notes(&spa()), Err(out()));
    bench.records.mend();
    assert_eq!(bench.notes(), []);
}

#[tokio::test]
async fn a_channel_is_found_by_the_ticket_that_is_noted_on_it_for_as_long_as_it_is() {
    let bench = Bench::usual().read().await;
    bench.desk.add_note(&spa(), typed("Asked by phone", "TCK-4711")).expect("noted");
    assert_eq!(bench.finds("tck-4711"), ["Spa"]);
    assert_eq!(bench.finds("by phone"), Vec::<String>::new(), "notes are read, not searched");

    let bench = bench.opened_again().read().await;
    assert_eq!(bench.finds("4711"), ["Spa"]);
    bench.desk.remove_note(&spa(), bench.notes()[0].id).expect("removed");
    assert_eq!(bench.finds("tck-4711"), Vec::<String>::new());
}

#[tokio::test]
async fn a_line_of_the_board_says_that_there_are_notes_for_as_long_as_there_are() {
    let bench = Bench::usual().read().await;
    let is_noted = |bench: &Bench| bench.desk.line(&spa()).expect("it is there").line.noted;
    let version = bench.desk.standing().version;
    assert!(!is_noted(&bench));
    bench.desk.add_note(&spa(), typed("Asked by phone", "")).expect("noted");
    assert!(is_noted(&bench));
    assert_ne!(bench.desk.standing().version, version, "whoever shows lines looks anew");

    let bench = bench.opened_again().read().await;
    assert!(is_noted(&bench));
    bench.desk.remove_note(&spa(), bench.notes()[0].id).expect("removed");
    assert!(!is_noted(&bench));
}
