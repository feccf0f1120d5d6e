//! The named steps of making and keeping a key, in their order: the places at which a program may stop, and after
//! each of which nothing is lost.

use crate::history::words;

words! {
    /// A step that is done.
    pub enum Step {
        /// The note that a key is asked for is durable; nothing was sent.
        NoteWritten = "note_written",
        /// The request is about to go out.
        RequestGoesOut = "request_goes_out",
        /// The Hub's answer is in: the key lies in memory alone.
        AnswerReceived = "answer_received",
        /// The keychain took the safety copy.
        SafetyCopyPut = "safety_copy_put",
        /// The safety copy was read back.
        SafetyCopyReadBack = "safety_copy_read_back",
        /// The record says where the key lies.
        RecordWritten = "record_written",
        /// The earlier keys of the channel are marked as replaced.
        EarlierMarked = "earlier_marked",
        /// The key was shown.
        Shown = "shown",
        /// The keychain took the key under its name; the safety copy is there too.
        KeptKeyPut = "kept_key_put",
        /// The kept key was read back.
        KeptKeyReadBack = "kept_key_read_back",
        /// The record says that the key is kept; the safety copy is still there.
        KeptRecordWritten = "kept_record_written",
        /// The safety copy of a kept key is gone.
        SafetyCopyRemoved = "safety_copy_removed",
    }
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Step; 12] = [
        Step::NoteWritten,
        Step::RequestGoesOut,
        Step::AnswerReceived,
        Step::SafetyCopyPut,
        Step::SafetyCopyReadBack,
        Step::RecordWritten,
        Step::EarlierMarked,
        Step::Shown,
        Step::KeptKeyPut,
        Step::KeptKeyReadBack,
        Step::KeptRecordWritten,
        Step::SafetyCopyRemoved,
    ];
}

/// Is told of each step as it is done, and comes back before the next one is taken.
pub trait Steps: Send + Sync {
    /// A step is done.
    fn reached(&self, step: Step);
}

/// Nobody is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Untold;

impl Steps for Untold {
    fn reached(&self, _: Step) {}
}
