//! The support desk's board, against a partner's side of the Hub whose every answer a test writes itself.

#[path = "board/bulk.rs"]
mod bulk;
#[path = "board/checking.rs"]
mod checking;
#[path = "stories/desk_records.rs"]
mod desk_records;
#[path = "board/diagnosis.rs"]
mod diagnosis;
#[path = "board/finding.rs"]
mod finding;
#[path = "board/list.rs"]
mod list;
#[path = "board/notes.rs"]
mod notes;
#[path = "board/paper.rs"]
mod paper;
#[path = "board/permission.rs"]
mod permission;
#[path = "board/picking.rs"]
mod picking;
#[path = "board/seen.rs"]
mod seen;
#[path = "board/typing.rs"]
mod typing;
#[path = "board/watching.rs"]
mod watching;
