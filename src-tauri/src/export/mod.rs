//! What the program knows as a file that a person chooses: for spreadsheets, and for programs.

mod board;
mod history;

use std::path::PathBuf;

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tauri::{AppHandle, Runtime};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use channel_keys_core::times::at_offset;

use crate::failure::{Code, Failure};
use crate::os::save_dialog;
use crate::view::ExportFormat;
use crate::words::say;

pub(crate) use board::{BOARD, Board};
pub(crate) use history::HISTORY;

/// The sentences of files, beside those that every word of the history has.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[BOARD.title, HISTORY.title, "result-works", "result-no-answer"];

/// What a file has in it.
pub(crate) struct Kind<T: ?Sized> {
    /// What the dialog is called.
    pub title: &'static str,
    /// What the file's proposed name begins with.
    name: &'static str,
    table: fn(&T) -> Table,
    json: fn(&T) -> serde_json::Result<Vec<u8>>,
}

/// What stands in a file for people: the names of the columns, and rows of as many cells.
struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Writes a file where the person chooses, and tells where; none where they choose none.
pub(crate) async fn save<T: ?Sized, R: Runtime>(
    app: &AppHandle<R>,
    kind: Kind<T>,
    what: &T,
    format: ExportFormat,
) -> Result<Option<String>, Failure> {
    let written = kind.written(what, format)?;
    let name = file_name(kind.name, format, OffsetDateTime::now_utc());
    let Some(path) = save_dialog::ask(app, say(kind.title, &[]), name).await else { return Ok(None) };
    write(&path, written).await?;
    Ok(Some(path.display().to_string()))
}

impl<T: ?Sized> Kind<T> {
    fn written(&self, what: &T, format: ExportFormat) -> Result<Vec<u8>, Failure> {
        let not_written = || Failure::new(Code::FileNotWritten);
        match format {
            ExportFormat::Xlsx => as_workbook(&(self.table)(what)).map_err(|_| not_written()),
            ExportFormat::Csv => as_csv((self.table)(what)).map_err(|_| not_written()),
            ExportFormat::Json => (self.json)(what).map_err(|_| not_written()),
        }
    }
}

async fn write(path: &PathBuf, written: Vec<u8>) -> Result<(), Failure> {
    tokio::fs::write(path, written).await.map_err(|_| Failure::new(Code::FileNotWritten))
}

/// The name that is proposed for a file.
fn file_name(name: &str, format: ExportFormat, now: OffsetDateTime) -> String {
    let day = now.format(format_description!("[year]-[month]-[day]")).unwrap_or_default();
    match format {
        ExportFormat::Xlsx => format!("channel-keys-{name}-{day}.xlsx"),
        ExportFormat::Csv => format!("channel-keys-{name}-{day}.csv"),
        ExportFormat::Json => format!("channel-keys-{name}-{day}.json"),
    }
}

/// A time in UTC, to the second.
fn utc(at: OffsetDateTime) -> String {
    let at = at_offset(at, UtcOffset::UTC);
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}

/// The most characters that a cell of a workbook holds (documented by Microsoft).
const MOST_IN_A_CELL: usize = 32_767;
/// How wide a column of a workbook is, in characters (ours).
const WIDTHS: std::ops::RangeInclusive<usize> = 10..=60;

/// A table as a workbook, in which every cell says that it is text.
fn as_workbook(Table { heads, rows }: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, head) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(0, column, head, &bold)?;
        let cells = rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = cells.chain([head]).map(|cell| cell.chars().count()).max().unwrap_or_default();
        sheet.set_column_width(column, longest.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64)?;
    }
    for (at, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            let whole: String = cell.chars().take(MOST_IN_A_CELL).collect();
            sheet.write_string(at, column, whole)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// A table as plain cells, each in quotation marks. None is taken for a formula, whatever separator it is opened with.
fn as_csv(Table { heads, rows }: Table) -> csv::Result<Vec<u8>> {
    // Spreadsheets take a file for UTF-8 by this mark alone.
    let mut file = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut file);
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(file)
}

/// A text in which nothing begins the way a formula does, neither at its beginning nor behind what may be taken for a
/// separator: an apostrophe stands before it. A phone number stays as people write it, and is none to calculate with.
fn harmless(cell: &str) -> String {
    if let Some(number) = phone_number(cell) {
        return number;
    }
    let mut safe = String::with_capacity(cell.len() + 1);
    let mut before = None;
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        let begins = match character {
            '=' | '@' | '\t' | '\r' | '\n' | '＝' | '＠' => true,
            // A dash between words is no sign.
            '+' | '-' | '＋' | '－' => characters.peek().is_some_and(|next| !next.is_whitespace()),
            _ => false,
        };
        if begins && before.is_none_or(|before: char| !before.is_alphanumeric() && !is_sign(before)) {
            safe.push('\'');
        }
        safe.push(character);
        before = Some(character);
    }
    safe
}

fn is_sign(character: char) -> bool {
    matches!(character, '=' | '@' | '+' | '-' | '＝' | '＠' | '＋' | '－' | '\'')
}

/// A number with its country: in groups, which no spreadsheet calculates with.
fn phone_number(cell: &str) -> Option<String> {
    let rest =
        cell.strip_prefix('+').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))?;
    if !rest.chars().all(|it| it.is_ascii_digit() || " -()".contains(it)) {
        return None;
    }
    if rest.contains(' ') {
        return Some(cell.replace('-', " "));
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let (country, number) = digits.split_at_checked(2).filter(|(_, number)| !number.is_empty())?;
    Some(format!("+{country} {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a file.
    pub(super) fn cells(file: &[u8]) -> Vec<Vec<String>> {
        let text = std::str::from_utf8(file).expect("UTF-8").trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn only_what_could_begin_a_formula_gets_a_mark() {
        for (told, written) in [
            ("Front desk", "Front desk"),
            ("=1+1", "'=1+1"),
            ("Front desk;=1+1;x", "Front desk;'=1+1;x"),
            ("\"quoted\",\"=1\"", "\"quoted\",\"'=1\""),
            ("Sales - Bonn", "Sales - Bonn"),
            ("Sales -2", "Sales '-2"),
            ("walk-in a=b", "walk-in a=b"),
            ("maria@harbour-hotel.example", "maria@harbour-hotel.example"),
            ("+49 30 55570188", "+49 30 55570188"),
            ("+1 415-555-0142", "+1 415 555 0142"),
            ("+0000", "+00 00"),
            ("+49", "'+49"),
            ("+49 30 5557=1", "'+49 30 5557=1"),
        ] {
            assert_eq!(harmless(told), written);
        }
    }

    #[tokio::test]
    async fn a_file_that_can_t_be_written_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = folder.path().join("no such folder/board.csv");
        assert_eq!(write(&nowhere, Vec::new()).await, Err(Failure::new(Code::FileNotWritten)));
    }
}
