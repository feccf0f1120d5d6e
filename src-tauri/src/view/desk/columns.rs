//! The board's columns as the person left them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ColumnWord, SortView};

/// The board's columns: which are shown, how wide, and by which it is sorted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnsView {
    /// The columns.
    pub columns: Vec<ColumnLeft>,
    /// By which the board is sorted.
    pub sort: Option<SortView>,
}

/// A column as it was left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnLeft {
    /// Which.
    pub word: ColumnWord,
    /// Whether it is shown.
    pub shown: bool,
    /// How wide it is, in pixels.
    pub width: u16,
}

impl ColumnsView {
    /// The setting under which they are remembered.
    pub const SETTING: &str = "desk-columns";

    /// Reads what was remembered; nothing where it is damaged, or a column stands in it twice.
    pub fn read(text: &str) -> Option<Self> {
        let read: Self = serde_json::from_str(text).ok()?;
        let stands_before = |at: usize, word| read.columns.iter().take(at).any(|before| before.word == word);
        let twice = read.columns.iter().enumerate().any(|(at, column)| stands_before(at, column.word));
        (!twice).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_as_they_were_left_and_what_is_damaged_is_not() {
        let left = ColumnsView {
            columns: vec![
                ColumnLeft { word: ColumnWord::Number, shown: true, width: 178 },
                ColumnLeft { word: ColumnWord::HubStatus, shown: false, width: 150 },
            ],
            sort: Some(SortView { by: ColumnWord::Seen, descending: true }),
        };
        let written = serde_json::to_string(&left).expect("written");
        assert_eq!(ColumnsView::read(&written), Some(left));

        for damaged in [
            "",
            "null",
            "[]",
            &written[..written.len() - 2],
            &written.replace("hubStatus", "moonrise"),
            &written.replace("hubStatus", "number"),
            &written.replace("150", "-1"),
            &written.replace("150", "1e9"),
        ] {
            assert_eq!(ColumnsView::read(damaged), None, "{damaged}");
        }
    }
}
