//! The support desk's board: for spreadsheets, with words; for programs, with the Hub's own.
//!
//! It is the desk's own data, so that e-mail addresses are whole. A fact that was not told says so.

use serde::Serialize;

use channel_keys_core::channel::Permission;
use channel_keys_core::desk::LineOnBoard;
use channel_keys_core::fact::Fact;
use channel_keys_core::text::{for_showing, id_for_showing};

use super::{Kind, as_csv, utc};
use crate::diagnosis::{Language, hub_status_id, state_id, status_id};
use crate::numbers;
use crate::view::ExportFormat;
use crate::words::{Words, say};

/// The board.
pub(crate) const BOARD: Kind<LineOnBoard> = Kind { title: "export-board-title", name: "board", written };

/// The heads of the columns.
const COLUMNS: [&str; 18] = [
    "export-board-client",
    "export-board-number",
    "export-board-name",
    "export-board-state",
    "export-board-permission",
    "export-board-checked",
    "export-board-trouble",
    "export-board-limit",
    "export-board-quality",
    "export-board-status",
    "export-board-hub-status",
    "export-board-running",
    "export-board-listed",
    "export-board-seen",
    "export-board-channel-id",
    "export-board-client-id",
    "export-board-email",
    "export-board-waba",
];

fn written(lines: &[LineOnBoard], format: ExportFormat) -> Vec<u8> {
    match format {
        ExportFormat::Csv => {
            let saying = Saying::new();
            as_csv(COLUMNS, lines.iter().map(|line| saying.cells(line)))
        }
        ExportFormat::Json => {
            let rows: Vec<_> = lines.iter().map(Row::of).collect();
            serde_json::to_vec_pretty(&rows).unwrap_or_default()
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    channel_id: &'a str,
    client_id: Option<&'a str>,
    client: Option<String>,
    email: Option<String>,
    number: Option<String>,
    name: Option<String>,
    status: Option<String>,
    hub_status: Option<String>,
    running: Option<bool>,
    permission: &'static str,
    checked_at: Option<String>,
    could_not_ask: bool,
    limit: Option<String>,
    quality: Option<String>,
    listed: bool,
    seen_at: String,
    waba_id: Option<&'a str>,
    external_id: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(on_board: &'a LineOnBoard) -> Self {
        let LineOnBoard { line, client } = on_board;
        let channel = &line.channel;
        let client = client.as_ref();
        Self {
            channel_id: &channel.id.0,
            client_id: line.client.told().map(|id| id.0.as_str()),
            client: client.and_then(|client| shown(&client.name)),
            email: client.and_then(|client| text(&client.email)).map(id_for_showing),
            number: channel.number.told().map(|digits| numbers::written(digits)),
            name: shown(&channel.name),
            status: channel.status.told().map(|status| for_showing(status.word())),
            hub_status: channel.hub_status.told().map(|status| for_showing(status.word())),
            running: channel.running.told().copied(),
            permission: match line.check.permission() {
                Fact::Told(Permission::Shared) => "shared",
                Fact::Told(Permission::Missing) => "missing",
                Fact::NotTold => "not_checked",
            },
            checked_at: line.check.at().map(utc),
            could_not_ask: on_board.trouble().is_some(),
            limit: shown(&channel.limit),
            quality: shown(&channel.quality),
            listed: line.listed,
            seen_at: utc(line.read_at),
            waba_id: text(&channel.waba_id),
            external_id: text(&channel.external_id),
        }
    }
}

fn text(fact: &Fact<String>) -> Option<&str> {
    fact.told().map(String::as_str)
}

fn shown(fact: &Fact<String>) -> Option<String> {
    fact.told().map(|text| for_showing(text))
}

/// Words that stand in thousands of rows.
struct Saying {
    words: Words,
    not_told: String,
    not_checked: String,
    shared: String,
    missing: String,
    yes: String,
    no: String,
    could_not_ask: String,
}

impl Saying {
    fn new() -> Self {
        let say = |id| say(id, &[]);
        Self {
            words: Language::English.words(),
            not_told: say("export-board-not-told"),
            not_checked: say("export-board-not-checked"),
            shared: say("permission-shared"),
            missing: say("permission-missing"),
            yes: say("export-board-yes"),
            no: say("export-board-no"),
            could_not_ask: say("export-board-could-not-ask"),
        }
    }

    fn cells(&self, on_board: &LineOnBoard) -> [String; COLUMNS.len()] {
        let row = Row::of(on_board);
        let channel = &on_board.line.channel;
        let told = |fact: Option<&str>| fact.unwrap_or(&self.not_told).to_owned();
        let yes_or_no = |yes: bool| if yes { self.yes.clone() } else { self.no.clone() };
        let (state, word) = state_id(channel);
        [
            told(row.client.as_deref()),
            told(row.number.as_deref()),
            told(row.name.as_deref()),
            self.known(state, word.as_deref()),
            match on_board.line.check.permission() {
                Fact::Told(Permission::Shared) => self.shared.clone(),
                Fact::Told(Permission::Missing) => self.missing.clone(),
                Fact::NotTold => self.not_checked.clone(),
            },
            row.checked_at.unwrap_or_else(|| self.not_checked.clone()),
            if row.could_not_ask { self.could_not_ask.clone() } else { self.no.clone() },
            told(row.limit.as_deref()),
            told(row.quality.as_deref()),
            channel.status.told().map_or_else(
                || self.not_told.clone(),
                |status| self.known(status_id(status), Some(status.word())),
            ),
            channel.hub_status.told().map_or_else(
                || self.not_told.clone(),
                |status| self.known(hub_status_id(status), Some(status.word())),
            ),
            row.running.map_or_else(|| self.not_told.clone(), yes_or_no),
            yes_or_no(row.listed),
            row.seen_at,
            row.channel_id.to_owned(),
            told(row.client_id),
            told(row.email.as_deref()),
            told(row.waba_id),
        ]
    }

    /// What a word of the Hub means, and the word itself.
    fn known(&self, id: &str, word: Option<&str>) -> String {
        let means = self.words.say(id, &[]);
        word.map_or(means.clone(), |word| format!("{means} ({})", for_showing(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;
    use super::*;
    use crate::desk_fixtures::{board, line};

    #[test]
    fn each_column_and_each_word_has_its_sentence() {
        for id in COLUMNS {
            assert_ne!(say(id, &[]), id);
        }
        let saying = Saying::new();
        for said in [saying.not_told, saying.not_checked, saying.yes, saying.no, saying.could_not_ask] {
            assert!(!said.starts_with("export-board"), "{said}");
        }
    }

    #[tokio::test]
    async fn a_row_says_in_words_what_is_known_and_of_the_rest_that_it_was_not_told() {
        let told = line("a1CH", "Front desk", "491705550101");
        let mut untold = line("a2CH", "x", "1");
        let facts = &mut untold.channel;
        (facts.name, facts.number, facts.quality) = (Fact::NotTold, Fact::NotTold, Fact::NotTold);
        (facts.status, facts.hub_status, facts.running) = (Fact::NotTold, Fact::NotTold, Fact::NotTold);
        let lines = board(vec![told, untold], &["a1CH"]).await;

        let rows = cells(&written(&lines, ExportFormat::Csv));

        let time = "2024-10-04T00:00:00Z";
        assert_eq!(
            rows[0][..6],
            ["Client", "Number", "Name", "State", "Partner permission", "Permission told (UTC)"]
        );
        assert_eq!(
            rows[1],
            [
                "Harbour Hotel GmbH",
                "'+49 170 5550101",
                "Front desk",
                "connected and running",
                "Shared",
                time,
                "no",
                "TIER_1K",
                "High",
                "set up (ready)",
                "served by 360dialog (live)",
                "yes",
                "yes",
                time,
                "a1CH",
                "H1CL",
                "maria@harbour-hotel.example",
                "uX3BECWA",
            ]
        );
        assert_eq!(rows[2][1..5], ["not told", "not told", "not told", "Missing"]);
        assert_eq!(rows[2][8..12], ["not told", "not told", "not told", "not told"]);
    }

    #[tokio::test]
    async fn a_program_reads_the_same_as_json() {
        let lines = board(vec![line("a1CH", "Front desk", "491705550101")], &[]).await;
        let mut lines = lines;
        lines[0].line.check = channel_keys_core::desk::Check::NotYet;

        let json: serde_json::Value =
            serde_json::from_slice(&written(&lines, ExportFormat::Json)).expect("it is JSON");

        assert_eq!(
            json,
            serde_json::json!([{
                "channel_id": "a1CH", "client_id": "H1CL", "client": "Harbour Hotel GmbH",
                "email": "maria@harbour-hotel.example", "number": "+49 170 5550101", "name": "Front desk",
                "status": "ready", "hub_status": "live", "running": true, "permission": "not_checked",
                "checked_at": null, "could_not_ask": false, "limit": "TIER_1K", "quality": "High",
                "listed": true, "seen_at": "2024-10-04T00:00:00Z", "waba_id": "uX3BECWA",
                "external_id": "106540352242922"
            }])
        );
    }
}

#[cfg(all(test, target_os = "linux"))]
mod in_a_spreadsheet {
    use std::path::Path;
    use std::process::Command;

    use calamine::{Data, Range, Reader, Xlsx, open_workbook};

    use super::*;
    use crate::desk_fixtures::{board, line};

    /// Opens a file in Gnumeric, a spreadsheet program, as a person's double click would, and gives what it made of it:
    /// the cells, and the formulas among them.
    fn opened(csv: &[u8], folder: &Path) -> (Range<Data>, Range<String>) {
        let (file, made) = (folder.join("board.csv"), folder.join("board.xlsx"));
        std::fs::write(&file, csv).expect("written");
        let done = Command::new("ssconvert").arg(&file).arg(&made).output();
        let done = done.expect("Gnumeric is there: `cargo xtask test` installs it");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut book: Xlsx<_> = open_workbook(&made).expect("a workbook");
        let sheet = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&sheet).expect("a sheet");
        (book.worksheet_range(&sheet).expect("a sheet"), formulas)
    }

    fn text(cell: &Data) -> String {
        match cell {
            Data::String(text) => text.clone(),
            other => panic!("no text: {other:?}"),
        }
    }

    const ODD: [&str; 9] = [
        "=1+1",
        "=HYPERLINK(\"http://evil.example\",\"Click\")",
        "+49",
        "-2",
        "@SUM(A1:A9)",
        "\t=1+1",
        "Bäckerei, \"oben\"\nund unten; 中文",
        "00170",
        "1e5",
    ];

    #[tokio::test]
    async fn a_spreadsheet_program_finds_the_rows_as_they_are_and_no_formula() {
        // Given channels whose names are what makes spreadsheets do something
        let lines = ODD.iter().enumerate().map(|(at, name)| line(&format!("a{at}CH"), name, "491705550101"));
        let lines = board(lines.collect(), &["a0CH"]).await;
        let folder = tempfile::tempdir().expect("a folder");

        // When the board is opened in a spreadsheet program
        let (cells, formulas) = opened(&written(&lines, ExportFormat::Csv), folder.path());

        // Then it has a row for each, no formula, and numbers with their plus, as text
        assert_eq!(cells.height(), ODD.len() + 1);
        assert_eq!(cells.width(), COLUMNS.len());
        assert!(formulas.used_cells().next().is_none(), "{:?}", formulas.used_cells().collect::<Vec<_>>());
        for (row, name) in cells.rows().skip(1).zip(ODD) {
            // The program may keep the apostrophe or take it for the mark of a text.
            assert_eq!(text(&row[1]).trim_start_matches('\''), "+49 170 5550101");
            assert_eq!(text(&row[17]), "uX3BECWA");
            if name.starts_with(['=', '+', '-', '@', '\t']) {
                assert_eq!(text(&row[2]).trim_start_matches('\'').trim(), name.trim());
            }
        }
        let name = ODD[6].replace('\n', " ");
        assert_eq!(
            text(&cells.rows().nth(7).expect("a row")[2]),
            name,
            "accents and commas survive, on one line"
        );
    }

    #[tokio::test]
    async fn the_same_names_written_without_care_would_have_been_formulas() {
        // What the test above finds would be found: the program does take such cells for formulas
        let folder = tempfile::tempdir().expect("a folder");
        let (_, formulas) = opened("Name,Number\r\n=1+1,x\r\n".as_bytes(), folder.path());
        assert_eq!(formulas.used_cells().count(), 1);
    }
}
