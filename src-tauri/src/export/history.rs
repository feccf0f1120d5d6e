//! The history as a file: for spreadsheets, with words; for programs, with the words under which it is stored.

use serde::Serialize;

use channel_keys_core::history::{Ended, HistoryEntry, What};
use channel_keys_core::text::{for_showing, id_for_showing};

use super::{Kind, Table, utc};
use crate::numbers;
use crate::words::say;

/// The history.
pub(crate) const HISTORY: Kind<[HistoryEntry]> = Kind { title: "export-title", name: "history", table, json };

/// The heads of the columns.
const COLUMNS: [&str; 10] = [
    "export-time",
    "export-what",
    "export-result",
    "export-client",
    "export-name",
    "export-number",
    "export-channel",
    "export-key",
    "export-tail",
    "export-by",
];

fn table(history: &[HistoryEntry]) -> Table {
    Table {
        heads: COLUMNS.iter().map(|id| say(id, &[])).collect(),
        rows: history.iter().map(|entry| Line::of(entry).cells().into()).collect(),
    }
}

fn json(history: &[HistoryEntry]) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&history.iter().map(Line::of).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    what: &'static str,
    result: &'static str,
    client: Option<String>,
    name: Option<String>,
    number: Option<String>,
    channel: Option<&'a str>,
    key: Option<String>,
    key_tail: Option<&'a str>,
    by: String,
    #[serde(skip)]
    words: (String, String),
}

impl<'a> Line<'a> {
    fn of(entry: &'a HistoryEntry) -> Self {
        let about = entry.about.as_ref();
        Self {
            at: utc(entry.at),
            what: entry.what.word(),
            result: entry.ended.word(),
            client: entry.client_name.as_deref().map(for_showing),
            name: about.and_then(|about| about.channel_name.as_deref()).map(for_showing),
            number: about.and_then(|about| about.number.as_deref()).map(numbers::written),
            channel: about.map(|about| about.channel.0.as_str()),
            key: about.and_then(|about| about.label.as_deref()).map(for_showing),
            key_tail: about.and_then(|about| about.tail.as_deref()),
            by: id_for_showing(&entry.by),
            words: (say(&what_id(entry.what), &[]), say(&result_id(entry.what, entry.ended), &[])),
        }
    }

    fn cells(self) -> [String; COLUMNS.len()] {
        let told = |fact: Option<&str>| fact.unwrap_or_default().to_owned();
        [
            self.at,
            self.words.0,
            self.words.1,
            self.client.unwrap_or_default(),
            self.name.unwrap_or_default(),
            self.number.unwrap_or_default(),
            told(self.channel),
            self.key.unwrap_or_default(),
            told(self.key_tail),
            self.by,
        ]
    }
}

fn what_id(what: What) -> String {
    format!("what-{}", what.word().replace('_', "-"))
}

/// A test's result says what was found.
fn result_id(what: What, ended: Ended) -> String {
    match (what, ended) {
        (What::KeyTested | What::KeyChecked, Ended::Done) => "result-works".into(),
        (What::KeyTested, Ended::Unknown) => "result-no-answer".into(),
        _ => format!("result-{}", ended.word().replace('_', "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;
    use super::*;
    use crate::view::ExportFormat;
    use channel_keys_core::channel::ChannelId;
    use channel_keys_core::history::About;
    use channel_keys_core::records::{Owner, Realm};
    use time::OffsetDateTime;

    fn written(history: &[HistoryEntry], format: ExportFormat) -> Vec<u8> {
        HISTORY.written(history, format).expect("it is written")
    }

    fn entry(what: What, ended: Ended, name: &str) -> HistoryEntry {
        HistoryEntry {
            id: 7,
            at: OffsetDateTime::from_unix_timestamp(1_728_291_681).expect("a time"),
            owner: Owner { realm: Realm::Real, user: "maria".into() },
            by: "maria@harbour-hotel.example".into(),
            what,
            ended,
            client_name: Some("Harbour Hotel GmbH".into()),
            about: Some(About {
                channel: ChannelId("rB4k9wCH".into()),
                channel_name: Some(name.into()),
                number: Some("493055570188".into()),
                label: None,
                tail: Some("kX9p".into()),
            }),
        }
    }

    #[test]
    fn no_cell_begins_the_way_a_formula_does_and_numbers_keep_their_plus() {
        let odd = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"];
        let history: Vec<_> = odd.iter().map(|name| entry(What::KeyMade, Ended::Done, name)).collect();

        let rows = cells(&written(&history, ExportFormat::Csv));

        assert_eq!(rows.len(), odd.len() + 1);
        for row in &rows {
            for cell in row {
                let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
                assert!(!begins || cell == "+49 30 55570188", "{cell:?}");
            }
        }
        assert_eq!(rows[1][5], "+49 30 55570188");
    }

    #[test]
    fn a_name_stays_in_its_cell_on_one_line_and_without_what_can_t_be_seen() {
        let name = "Bookings, \"upstairs\"\r\nand\0 \u{202e}down\u{200b}stairs";
        let rows = cells(&written(&[entry(What::KeyMade, Ended::Done, name)], ExportFormat::Csv));
        assert_eq!(rows[1][4], "Bookings, \"upstairs\" and downstairs");
    }

    #[test]
    fn a_history_is_saved_as_a_workbook_too() {
        use calamine::{Data, Reader, Xlsx};
        let history = [entry(What::KeyMade, Ended::Done, "=1+1")];
        let written = std::io::Cursor::new(written(&history, ExportFormat::Xlsx));

        let mut book = Xlsx::new(written).expect("a workbook");
        let (_, sheet) = book.worksheets().remove(0);

        assert_eq!(sheet.get((0, 5)), Some(&Data::String("Number".into())));
        assert_eq!(sheet.get((1, 4)), Some(&Data::String("=1+1".into())));
        assert_eq!(sheet.get((1, 5)), Some(&Data::String("+49 30 55570188".into())));
    }

    #[test]
    fn each_column_has_its_word() {
        for id in COLUMNS {
            assert_ne!(say(id, &[]), id);
        }
    }

    #[test]
    fn each_thing_and_each_result_has_its_words() {
        for what in [
            "signed_in",
            "permission_given",
            "permission_removed_there",
            "key_made",
            "key_tested",
            "key_let_go",
        ] {
            for ended in ["done", "refused", "not_done", "unknown", "other_number"] {
                let (what, ended) =
                    (What::from_word(what).expect("a word"), Ended::from_word(ended).expect("a word"));
                for id in [what_id(what), result_id(what, ended)] {
                    assert_ne!(say(&id, &[]), id);
                }
            }
        }
    }

    #[test]
    fn a_program_reads_the_same_things_as_json() {
        let json: serde_json::Value = serde_json::from_slice(&written(
            &[entry(What::KeyTested, Ended::Refused, "Front desk")],
            ExportFormat::Json,
        ))
        .expect("it is JSON");
        assert_eq!(
            json,
            serde_json::json!([{
                "at": "2024-10-07T09:01:21Z", "what": "key_tested", "result": "refused",
                "client": "Harbour Hotel GmbH", "name": "Front desk", "number": "+49 30 55570188",
                "channel": "rB4k9wCH", "key": null, "key_tail": "kX9p", "by": "maria@harbour-hotel.example"
            }])
        );
    }
}
