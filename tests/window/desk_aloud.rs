//! The board of the desk as a screen reader reads it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use atspi::{Role, State};

use crate::desktop::{Desktop, LIMIT};
use crate::people::a_hub;
use crate::reader::{Part, Reader, said};
use crate::support_desk::JO;
use crate::undriven::{Program, developed, sign_in};

/// The row that has this button.
fn row_of<'a>(parts: &'a [Part], button: &str) -> Option<&'a Part> {
    let at = parts.iter().position(|part| part.is(Role::ToggleButton, button))?;
    parts[..at].iter().rfind(|part| part.is(Role::TableRow, ""))
}

/// Waits until it is so of the row that has this button.
async fn row_is(reader: &Reader, button: &str, what: &str, so: impl Fn(&Part) -> bool) {
    let begun = Instant::now();
    loop {
        let parts = reader.parts().await;
        if row_of(&parts, button).is_some_and(&so) {
            return;
        }
        assert!(
            begun.elapsed() < LIMIT,
            "the row of \"{button}\" is not {what}: {:?}",
            row_of(&parts, button)
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_say_what_they_are_which_are_chosen_and_which_is_open_and_buttons_say_for_which_channel() {
    // Given Jo at the desk, with nothing chosen and nothing open
    let (desktop, hub) = (Desktop::start(), a_hub().await);
    let _program = Program::start(&desktop, developed(), &["--hub", hub.hub()], &[]);
    let reader = Reader::on(&desktop).await;
    sign_in(&reader, &desktop, JO).await;
    reader.see(Role::ToggleButton, "Watch Beratung").await;

    // Then each row has a header, and each button says for which channel it is
    let parts = reader.parts().await;
    let count = |role: Role, words: &str| parts.iter().filter(|part| part.is(role, words)).count();
    let watched = count(Role::ToggleButton, "Watch ");
    assert!(watched > 8 && watched == count(Role::RowHeader, ""), "{}", said(&parts));
    let names = reader.names(Role::ToggleButton).await;
    let of_rows: Vec<_> = names.iter().filter(|name| name.starts_with("Watch")).collect();
    let apart: BTreeSet<_> = of_rows.iter().collect();
    assert_eq!(apart.len(), of_rows.len(), "{names:?}");

    // When she chooses one and opens another
    reader.press(Role::CheckBox, "Choose Beratung").await;
    row_is(&reader, "Watch Beratung", "chosen", |row| row.has(State::Selected)).await;
    let parts = reader.parts().await;
    let urgencias = row_of(&parts, "Watch Urgencias").expect("its row");
    assert!(reader.press_part(urgencias).await, "it is not pressed");
    reader.see(Role::Heading, "Urgencias").await;

    // Then the one is chosen and not open, and the other is open and not chosen
    let is = |row: &Part, open, chosen| row.has(State::Active) == open && row.has(State::Selected) == chosen;
    row_is(&reader, "Watch Urgencias", "open alone", |row| is(row, true, false)).await;
    row_is(&reader, "Watch Beratung", "chosen alone", |row| is(row, false, true)).await;
}
