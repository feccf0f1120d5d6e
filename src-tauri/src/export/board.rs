//! The support desk's board: for spreadsheets, with words; for programs, with the Hub's own.
//!
//! It is the desk's own data, so that e-mail addresses are whole. A fact that was not told says so.

use serde::Serialize;

use channel_keys_core::channel::Permission;
use channel_keys_core::desk::LineOnBoard;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::Sending;
use channel_keys_core::text::{for_showing, id_for_showing};

use super::{Kind, Table, utc};
use crate::diagnosis::{Language, health_id, hub_status_id, next_words, state_id, status_id, verdict_words};
use crate::numbers;
use crate::view::ColumnWord;
use crate::words::{Words, say};

/// Channels of the board, and the columns that a person shows.
pub(crate) struct Board {
    pub(crate) lines: Vec<LineOnBoard>,
    pub(crate) columns: Vec<ColumnWord>,
}

/// The board.
pub(crate) const BOARD: Kind<Board> = Kind { title: "export-board-title", name: "board", table, json };

/// What stands behind the columns that are shown: what follows for the channel, and what else is known of it.
const ALWAYS: [&str; 12] = [
    "export-board-verdict",
    "export-board-next",
    "export-board-checked",
    "export-board-trouble",
    "export-board-status",
    "export-board-running",
    "export-board-listed",
    "export-board-seen",
    "export-board-channel-id",
    "export-board-client-id",
    "export-board-email",
    "export-board-waba",
];

fn head(column: ColumnWord) -> &'static str {
    match column {
        ColumnWord::Client => "export-board-client",
        ColumnWord::Number => "export-board-number",
        ColumnWord::Name => "export-board-name",
        ColumnWord::State => "export-board-state",
        ColumnWord::Permission => "export-board-permission",
        ColumnWord::Limit => "export-board-limit",
        ColumnWord::Quality => "export-board-quality",
        ColumnWord::HubStatus => "export-board-hub-status",
        ColumnWord::Seen => "export-board-seen",
        ColumnWord::Health => "export-board-health",
        ColumnWord::Webhook => "export-board-webhook",
    }
}

fn table(Board { lines, columns }: &Board) -> Table {
    // When a channel was last seen stands behind the others in any case.
    let columns: Vec<_> = columns.iter().copied().filter(|column| *column != ColumnWord::Seen).collect();
    let saying = Saying::new();
    Table {
        heads: columns.iter().map(|column| head(*column)).chain(ALWAYS).map(|id| say(id, &[])).collect(),
        rows: lines.iter().map(|line| saying.cells(line, &columns)).collect(),
    }
}

fn json(board: &Board) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&board.lines.iter().map(Row::of).collect::<Vec<_>>())
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

    fn cells(&self, on_board: &LineOnBoard, columns: &[ColumnWord]) -> Vec<String> {
        let row = Row::of(on_board);
        let channel = &on_board.line.channel;
        let shown = columns.iter().map(|column| self.cell(on_board, &row, *column));
        let mut cells: Vec<_> = shown.collect();
        cells.extend([
            verdict_words(&self.words, on_board),
            next_words(&self.words, on_board),
            row.checked_at.clone().unwrap_or_else(|| self.not_checked.clone()),
            if row.could_not_ask { self.could_not_ask.clone() } else { self.no.clone() },
            channel.status.told().map_or_else(
                || self.not_told.clone(),
                |status| self.known(status_id(status), Some(status.word())),
            ),
            row.running.map_or_else(|| self.not_told.clone(), |runs| self.yes_or_no(runs)),
            self.yes_or_no(row.listed),
            row.seen_at.clone(),
            row.channel_id.to_owned(),
            self.told(row.client_id),
            self.told(row.email.as_deref()),
            self.told(row.waba_id),
        ]);
        cells
    }

    fn cell(&self, on_board: &LineOnBoard, row: &Row<'_>, column: ColumnWord) -> String {
        let line = &on_board.line;
        let by_key = line.by_key.as_deref();
        match column {
            ColumnWord::Client => self.told(row.client.as_deref()),
            ColumnWord::Number => self.told(row.number.as_deref()),
            ColumnWord::Name => self.told(row.name.as_deref()),
            ColumnWord::State => {
                let (state, word) = state_id(&line.channel);
                self.known(state, word.as_deref())
            }
            ColumnWord::Permission => match line.check.permission() {
                Fact::Told(Permission::Shared) => self.shared.clone(),
                Fact::Told(Permission::Missing) => self.missing.clone(),
                Fact::NotTold => self.not_checked.clone(),
            },
            ColumnWord::Limit => self.told(row.limit.as_deref()),
            ColumnWord::Quality => self.told(row.quality.as_deref()),
            ColumnWord::HubStatus => line.channel.hub_status.told().map_or_else(
                || self.not_told.clone(),
                |status| self.known(hub_status_id(status), Some(status.word())),
            ),
            ColumnWord::Seen => row.seen_at.clone(),
            ColumnWord::Health => match by_key.and_then(|of| of.health.told()) {
                None => self.not_told.clone(),
                Some((Sending::Other(word), _)) => self.told(Some(&for_showing(word))),
                Some((sending, _)) => self.words.say(health_id(sending), &[]),
            },
            ColumnWord::Webhook => match by_key.and_then(|of| of.webhook.told()) {
                None => self.not_told.clone(),
                Some((webhook, _)) => match &webhook.host {
                    Some(host) => for_showing(host),
                    None => self.words.say("webhook-not-set", &[]),
                },
            },
        }
    }

    fn told(&self, fact: Option<&str>) -> String {
        fact.unwrap_or(&self.not_told).to_owned()
    }

    fn yes_or_no(&self, yes: bool) -> String {
        if yes { self.yes.clone() } else { self.no.clone() }
    }

    /// What a word of the Hub means, and the word itself.
    fn known(&self, id: &str, word: Option<&str>) -> String {
        let means = self.words.say(id, &[]);
        word.map_or(means.clone(), |word| format!("{means} ({})", for_showing(word)))
    }
}

#[cfg(test)]
const SHOWN: [ColumnWord; 11] = [
    ColumnWord::Client,
    ColumnWord::Number,
    ColumnWord::Permission,
    ColumnWord::State,
    ColumnWord::Name,
    ColumnWord::Limit,
    ColumnWord::Quality,
    ColumnWord::HubStatus,
    ColumnWord::Seen,
    ColumnWord::Health,
    ColumnWord::Webhook,
];

#[cfg(test)]
fn written(lines: Vec<LineOnBoard>, columns: &[ColumnWord], format: crate::view::ExportFormat) -> Vec<u8> {
    BOARD.written(&Board { lines, columns: columns.to_vec() }, format).expect("it is written")
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;
    use super::*;
    use crate::desk_fixtures::{board, line};
    use crate::view::ExportFormat;

    #[test]
    fn each_column_and_each_word_has_its_sentence() {
        for id in SHOWN.map(head).into_iter().chain(ALWAYS) {
            assert_ne!(say(id, &[]), id);
        }
        let saying = Saying::new();
        for said in [saying.not_told, saying.not_checked, saying.yes, saying.no, saying.could_not_ask] {
            assert!(!said.starts_with("export-board"), "{said}");
        }
    }

    #[tokio::test]
    async fn a_row_says_in_words_what_is_shown_what_follows_who_acts_and_of_the_rest_that_it_was_not_told() {
        let told = line("a1CH", "Front desk", "491705550101");
        let mut untold = line("a2CH", "x", "1");
        let facts = &mut untold.channel;
        (facts.name, facts.number, facts.quality) = (Fact::NotTold, Fact::NotTold, Fact::NotTold);
        (facts.status, facts.hub_status, facts.running) = (Fact::NotTold, Fact::NotTold, Fact::NotTold);
        let mut stands_still = line("a3CH", "Spa", "491705550102");
        stands_still.channel.running = Fact::Told(false);
        let lines = board(vec![told, untold, stands_still], &["a1CH"]).await;

        let rows = cells(&written(lines, &SHOWN, ExportFormat::Csv));

        let time = "2024-10-04T00:00:00Z";
        assert_eq!(rows[0][..4], ["Client", "Number", "Partner permission", "State"]);
        assert_eq!(rows[0][10..13], ["Verdict", "Who acts next", "Permission told (UTC)"]);
        assert_eq!(
            rows[1],
            [
                "Harbour Hotel GmbH",
                "+49 170 5550101",
                "Shared",
                "connected and running",
                "Front desk",
                "TIER_1K",
                "High",
                "served by 360dialog (live)",
                "not told",
                "not told",
                "The partner can make an API key: the client shared this number.",
                "The partner makes the key. A new key ends today's key at once.",
                time,
                "no",
                "set up (ready)",
                "yes",
                "yes",
                time,
                "a1CH",
                "H1CL",
                "maria@harbour-hotel.example",
                "uX3BECWA",
            ]
        );
        assert_eq!(rows[2][1..5], ["not told", "Missing", "not told", "not told"]);
        assert_eq!(rows[3][10], "The partner can't make an API key: this number is not live and running.");
        assert_eq!(rows[3][11], "The partner asks 360dialog. When the number runs, a key can be made.");
    }

    #[tokio::test]
    async fn a_file_has_the_columns_that_are_shown_in_their_order_and_no_hidden_one() {
        let lines = board(vec![line("a1CH", "Front desk", "491705550101")], &[]).await;
        let shown = [ColumnWord::Name, ColumnWord::Number];

        let rows = cells(&written(lines, &shown, ExportFormat::Csv));

        assert_eq!(rows[0][..4], ["Name", "Number", "Verdict", "Who acts next"]);
        assert_eq!(rows[1][..2], ["Front desk", "+49 170 5550101"]);
        assert!(!rows[0].contains(&"Limit".into()), "{:?}", rows[0]);
    }

    #[tokio::test]
    async fn a_program_reads_the_same_as_json() {
        let lines = board(vec![line("a1CH", "Front desk", "491705550101")], &[]).await;
        let mut lines = lines;
        lines[0].line.check = channel_keys_core::desk::Check::NotYet;

        let json: serde_json::Value =
            serde_json::from_slice(&written(lines, &[], ExportFormat::Json)).expect("it is JSON");

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
    use crate::view::ExportFormat;

    /// What a spreadsheet program made of a file: the cells, and the formulas among them.
    type Opened = (Range<Data>, Range<String>);

    /// The programs that people open such files with.
    const PROGRAMS: [fn(&Path, &Path, &Path); 2] = [libre_office, gnumeric];
    const SEPARATORS: [char; 6] = [',', ';', '\t', '|', ':', ' '];
    /// What LibreOffice is told in the dialog that it shows: the separator, `"`, UTF-8, from the first line on, cells in
    /// quotation marks are like any other, numbers are looked for, and formulas are evaluated.
    const ASKED: &str = ",34,76,1,,0,false,true,false,false,0,true";

    const ODD: [&str; 19] = [
        "=1+1",
        "=HYPERLINK(\"http://evil.example\",\"Click\")",
        "+49",
        "-2",
        "@SUM(A1:A9)",
        "\t=1+1",
        "Bäckerei, \"oben\"\nund unten; 中文",
        "Front desk;=1+1;x",
        "Bookings;=HYPERLINK(\"http://a.example\";\"x\");x",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "-2+3",
        "\"quoted\",\"=1\"",
        "a|=1+1|b",
        "a\t=1+1",
        "a =1+1",
        "a:-2+3",
        "Restaurant\0bookings",
        "live \u{202e}elif\u{202c} name",
    ];

    fn ran(command: &mut Command) {
        let done = command.output().expect("it is there: `cargo xtask test` installs it");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn libre_office(folder: &Path, file: &Path, _: &Path) {
        libre_office_with(folder, file, None);
    }

    fn libre_office_with(folder: &Path, file: &Path, separator: Option<char>) {
        let separator = u32::from(separator.unwrap_or(','));
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}/profile", folder.display()));
        if file.extension().is_some_and(|it| it == "csv") {
            command.arg(format!("--infilter=CSV:{separator}{ASKED}"));
        }
        command.args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
        ran(command.arg(folder.join("made")).arg(file));
    }

    fn gnumeric(_: &Path, file: &Path, made: &Path) {
        let mut command = Command::new("ssconvert");
        if file.extension().is_some_and(|it| it == "csv") {
            command.arg("--import-type=Gnumeric_stf:stf_csvtab");
        }
        ran(command.arg(file).arg(made));
    }

    /// Opens a file in a program, as a person's double click would.
    fn opened(written: &[u8], name: &str, folder: &Path, program: impl Fn(&Path, &Path, &Path)) -> Opened {
        let (file, made) = (folder.join(name), folder.join("made/board.xlsx"));
        std::fs::create_dir_all(folder.join("made")).expect("a folder");
        let _ = std::fs::remove_file(&made);
        std::fs::write(&file, written).expect("written");
        program(folder, &file, &made);
        let mut book: Xlsx<_> = open_workbook(&made).expect("a workbook");
        let sheet = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&sheet).expect("a sheet");
        (book.worksheet_range(&sheet).expect("a sheet"), formulas)
    }

    fn no_formula(opened: &Opened, what: &str) {
        let found: Vec<_> = opened.1.used_cells().collect();
        assert!(found.is_empty(), "{what}: {found:?}");
    }

    fn text(cell: &Data) -> String {
        match cell {
            Data::String(text) => text.clone(),
            other => panic!("no text: {other:?}"),
        }
    }

    async fn odd() -> Vec<LineOnBoard> {
        let lines = ODD.iter().enumerate().map(|(at, name)| line(&format!("a{at}CH"), name, "491705550101"));
        board(lines.collect(), &["a0CH"]).await
    }

    #[tokio::test]
    async fn a_spreadsheet_program_finds_the_rows_as_they_are_and_no_formula() {
        // Given channels whose names are what makes spreadsheets do something
        let folder = tempfile::tempdir().expect("a folder");
        let written = written(odd().await, &SHOWN, ExportFormat::Csv);

        for program in PROGRAMS {
            // When the board is opened in a spreadsheet program
            let (cells, formulas) = opened(&written, "board.csv", folder.path(), program);

            // Then it has a row for each, no formula, and numbers with their plus, as text without a mark
            assert_eq!((cells.height(), cells.width()), (ODD.len() + 1, SHOWN.len() - 1 + ALWAYS.len()));
            no_formula(&(cells.clone(), formulas), "with commas");
            for (row, name) in cells.rows().skip(1).zip(ODD) {
                assert_eq!(text(&row[1]), "+49 170 5550101");
                assert_eq!(text(&row[21]), "uX3BECWA");
                if name.starts_with(['=', '-', '@', '\t']) {
                    // A program may keep the apostrophe or take it for the mark of a text.
                    assert_eq!(text(&row[4]).trim_start_matches('\'').trim(), name.trim());
                }
            }
            let name = ODD[6].replace('\n', " ");
            let found = text(&cells.rows().nth(7).expect("a row")[4]);
            assert_eq!(found, name, "accents and commas survive, on one line");
        }
    }

    #[tokio::test]
    async fn with_whatever_separator_a_file_is_opened_nothing_in_it_is_a_formula() {
        let folder = tempfile::tempdir().expect("a folder");
        let written = written(odd().await, &SHOWN, ExportFormat::Csv);
        for separator in SEPARATORS {
            // Given LibreOffice, told in its dialog to separate so
            let told =
                |folder: &Path, file: &Path, _: &Path| libre_office_with(folder, file, Some(separator));
            no_formula(&opened(&written, "board.csv", folder.path(), told), &format!("{separator:?}"));

            // and Gnumeric, which shows no dialog here: each piece that such a separator leaves is a cell
            let whole = std::str::from_utf8(&written).expect("UTF-8");
            let pieces = whole.lines().flat_map(|line| line.split(separator));
            let mut cells = csv::Writer::from_writer(Vec::new());
            for piece in pieces {
                for cell in [piece, piece.trim_matches('"')] {
                    cells.write_record([cell, "."]).expect("written");
                }
            }
            let cells = cells.into_inner().expect("written");
            no_formula(&opened(&cells, "board.csv", folder.path(), gnumeric), &format!("{separator:?}"));
        }
    }

    #[tokio::test]
    async fn a_number_in_any_country_s_groups_is_text_and_one_without_groups_gets_some() {
        let numbers = ["14155550142", "49305557", "0000", "4917055501", "351215550167", "91987654321"];
        let lines = numbers.iter().enumerate().map(|(at, number)| line(&format!("a{at}CH"), "x", number));
        let lines = board(lines.collect(), &[]).await;
        let folder = tempfile::tempdir().expect("a folder");
        let written = written(lines, &[ColumnWord::Number], ExportFormat::Csv);
        for program in PROGRAMS {
            let (cells, formulas) = opened(&written, "board.csv", folder.path(), program);
            no_formula(&(cells.clone(), formulas), "numbers");
            for (row, number) in cells.rows().skip(1).zip(numbers) {
                let found = text(&row[0]);
                assert!(found.starts_with('+'), "{found}");
                assert_eq!(found.replace(['+', ' '], ""), number);
            }
        }
    }

    #[tokio::test]
    async fn a_workbook_has_every_cell_as_text_and_as_it_was_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let written = written(odd().await, &SHOWN, ExportFormat::Xlsx);
        let as_is = |_: &Path, file: &Path, made: &Path| {
            std::fs::copy(file, made).expect("copied");
        };
        let read = |program: &dyn Fn(&Path, &Path, &Path)| {
            let opened = opened(&written, "board.xlsx", folder.path(), program);
            no_formula(&opened, "a workbook");
            opened.0.rows().map(|row| row.iter().map(text).collect::<Vec<_>>()).collect::<Vec<_>>()
        };

        let rows = read(&as_is);

        assert_eq!(rows.len(), ODD.len() + 1);
        assert_eq!(rows[0][10..12], ["Verdict", "Who acts next"]);
        assert_eq!((rows[1][1].as_str(), rows[1][4].as_str()), ("+49 170 5550101", "=1+1"));
        assert_eq!(rows[10][4], "=cmd|' /C calc'!A0");
        for program in PROGRAMS {
            assert_eq!(read(&program), rows);
        }
    }

    #[tokio::test]
    async fn the_same_names_written_without_care_would_have_been_formulas() {
        // What the tests above find would be found: the programs do take such cells for formulas
        let folder = tempfile::tempdir().expect("a folder");
        for program in PROGRAMS {
            let careless = "Name,Number\r\n=1+1,x\r\n".as_bytes();
            let (_, formulas) = opened(careless, "board.csv", folder.path(), program);
            assert_eq!(formulas.used_cells().count(), 1);
        }
        let told = |folder: &Path, file: &Path, _: &Path| libre_office_with(folder, file, Some(';'));
        let careless = "Number,Name\r\nx,Front desk;=1+1;x\r\n".as_bytes();
        let (_, formulas) = opened(careless, "board.csv", folder.path(), told);
        assert_eq!(formulas.used_cells().count(), 1);
    }
}
