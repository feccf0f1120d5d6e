//! The support desk's board, against a partner's side of the Hub whose every answer a test writes itself.

#[path = "board/checking.rs"]
mod checking;
#[path = "board/finding.rs"]
mod finding;
#[path = "board/list.rs"]
mod list;
#[path = "board/paper.rs"]
mod paper;
