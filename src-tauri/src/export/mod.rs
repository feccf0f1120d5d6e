//! What the program knows as a file that a person chooses: for spreadsheets, and for programs.

mod board;
mod history;

use std::path::PathBuf;

use tauri::{AppHandle, Runtime};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use channel_keys_core::times::at_offset;

use crate::failure::{Code, Failure};
use crate::os::save_dialog;
use crate::view::ExportFormat;
use crate::words::say;

pub(crate) use board::BOARD;
pub(crate) use history::HISTORY;

/// The sentences of files, beside those that every word of the history has.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[BOARD.title, HISTORY.title, "result-works", "result-no-answer"];

/// What a file has in it.
pub(crate) struct Kind<T> {
    /// What the dialog is called.
    pub title: &'static str,
    /// What the file's proposed name begins with.
    name: &'static str,
    written: fn(&[T], ExportFormat) -> Vec<u8>,
}

/// Writes a file where the person chooses, and tells where; none where they choose none.
pub(crate) async fn save<T, R: Runtime>(
    app: &AppHandle<R>,
    kind: Kind<T>,
    what: &[T],
    format: ExportFormat,
) -> Result<Option<String>, Failure> {
    let written = (kind.written)(what, format);
    let name = file_name(kind.name, format, OffsetDateTime::now_utc());
    let Some(path) = save_dialog::ask(app, say(kind.title, &[]), name).await else { return Ok(None) };
    write(&path, written).await?;
    Ok(Some(path.display().to_string()))
}

async fn write(path: &PathBuf, written: Vec<u8>) -> Result<(), Failure> {
    tokio::fs::write(path, written).await.map_err(|_| Failure::new(Code::FileNotWritten))
}

/// The name that is proposed for a file.
fn file_name(name: &str, format: ExportFormat, now: OffsetDateTime) -> String {
    let day = now.format(format_description!("[year]-[month]-[day]")).unwrap_or_default();
    match format {
        ExportFormat::Csv => format!("channel-keys-{name}-{day}.csv"),
        ExportFormat::Json => format!("channel-keys-{name}-{day}.json"),
    }
}

/// A time in UTC, to the second.
fn utc(at: OffsetDateTime) -> String {
    let at = at_offset(at, UtcOffset::UTC);
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}

/// A table as spreadsheets read it. No cell is taken for a formula.
fn as_csv<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    // Spreadsheets take a file for UTF-8 by this mark alone.
    let mut file = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut file);
    // Writing to memory does not fail.
    let _ = writer.write_record(heads.map(|id| say(id, &[])));
    for row in rows {
        let _ = writer.write_record(row.map(harmless));
    }
    let _ = writer.flush();
    drop(writer);
    file
}

/// A cell that no spreadsheet takes for a formula: what could begin one gets an apostrophe before it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
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

    #[tokio::test]
    async fn a_file_that_can_t_be_written_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = folder.path().join("no such folder/board.csv");
        assert_eq!(write(&nowhere, Vec::new()).await, Err(Failure::new(Code::FileNotWritten)));
    }
}
