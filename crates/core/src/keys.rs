//! What making, testing and keeping a key comes to.

use time::OffsetDateTime;

use crate::access::{Side, Verdict};
use crate::channel::{Channel, ChannelId, Permission};
use crate::fact::Fact;
use crate::hub::{Health, HubError, ListedKey, Sending};
use crate::keychain::{KeychainError, Probe};
use crate::records::{KeyRecord, Origin, Tested};
use crate::webhook::WebhookBefore;

/// What a person reads before a key is replaced. The ticket is good for one request.
#[derive(Debug, Clone)]
pub struct Before {
    /// Handed back to make the key; used up by the first attempt.
    pub ticket: String,
    /// From whose side it is made: by the client itself, or by its partner on its behalf.
    pub side: Side,
    /// The client's name, where told.
    pub client_name: Fact<String>,
    /// The channel, read a moment ago.
    pub channel: Channel,
    /// Whether a key may be made.
    pub verdict: Verdict,
    /// Whether the keychain would take it.
    pub keychain: Probe,
    /// What is known of its webhook, which making a key clears.
    pub webhook: WebhookBefore,
    /// The keys of this channel that lie here and would die.
    pub here: Vec<KeyRecord>,
    /// When the facts were read.
    pub read_at: OffsetDateTime,
}

/// What became of asking for a key.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Made.
    Made(Made),
    /// Not made: every earlier key is as it was.
    NotMade(HubError),
    /// It may have been made: the earlier key may be dead.
    Unknown {
        /// How the answer failed.
        error: HubError,
        /// The record that stays of it.
        record: KeyRecord,
    },
}

/// A key that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its record.
    pub record: KeyRecord,
    /// Whether its safety copy lies in the keychain, or why not.
    pub safety_copy: Result<(), KeychainError>,
    /// The records of other keys in the same answer: each is kept as well, and waits for a decision.
    pub others: Vec<KeyRecord>,
}

/// What a test of a key found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTest {
    /// The messaging host takes it.
    Works {
        /// How its number is.
        health: Health,
        /// The host named the channel's number as the key's. Where it named none, the key may be any number's.
        for_this_number: bool,
    },
    /// It takes it, for another number than the channel's.
    OtherNumber(Health),
    /// It refuses the key.
    Refused,
    /// It could not be asked, which says nothing of the key.
    CouldNotAsk(HubError),
}

impl KeyTest {
    /// Whether the key is known to be this record's number's: the host named that number, or the Hub made the key for it.
    pub fn proves_number(&self, record: &KeyRecord) -> bool {
        let made_for_it = record.origin == Origin::Made && record.other_number_at.is_none();
        matches!(self, KeyTest::Works { for_this_number, .. } if *for_this_number || made_for_it)
    }

    /// The result for this key in a word, to be remembered.
    pub fn word(&self, record: &KeyRecord) -> Tested {
        match self {
            // Keys don't change their number: that the host does not name one now takes nothing back.
            KeyTest::Works { for_this_number: false, .. } if record.other_number_at.is_some() => {
                Tested::OtherNumber
            }
            KeyTest::Works { .. } if !self.proves_number(record) => Tested::NumberUnknown,
            KeyTest::Works { health, .. } => match health.sending {
                Fact::Told(Sending::Limited) => Tested::Limited,
                Fact::Told(Sending::Blocked) => Tested::Blocked,
                _ => Tested::Works,
            },
            KeyTest::OtherNumber(_) => Tested::OtherNumber,
            KeyTest::Refused => Tested::Refused,
            KeyTest::CouldNotAsk(_) => Tested::CouldNotAsk,
        }
    }
}

/// The number that a key turned out to be for, where it is not the one that it lies under.
#[derive(Debug, Clone, PartialEq)]
pub struct Whose {
    /// That channel.
    pub channel: Channel,
    /// It is in the list at work, so that the key can be moved there; else in that of another client of this
    /// account, as last seen.
    pub here: bool,
    /// The client's name, where told.
    pub client_name: Option<String>,
}

/// What the Hub's own list of keys says of a request of which nobody can tell whether a key was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListSays {
    /// It has a key that was not there before the request: one was made, by the request or by somebody since.
    NewKey,
    /// It is as it was before the request: none was made, as far as the Hub lists.
    AsBefore,
    /// It was not read before the request, or it does not tell its keys apart: it decides nothing.
    Undecided,
    /// It could not be read.
    NotRead(HubError),
}

impl ListSays {
    /// Compares what tells the keys apart before the request and now.
    pub fn of(before: Option<&[String]>, now: &[ListedKey]) -> ListSays {
        let marks: Option<Vec<String>> = now.iter().map(ListedKey::mark).collect();
        let (Some(before), Some(now)) = (before, marks) else {
            return ListSays::Undecided;
        };
        // Earlier versions noted the id alone where there was one.
        let is = |mark: &str, known: &str| {
            mark.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if now.iter().any(|mark| !before.iter().any(|known| is(mark, known))) {
            ListSays::NewKey
        } else if now.len() == before.len() {
            ListSays::AsBefore
        } else {
            ListSays::Undecided
        }
    }
}

/// What became of a key that was pasted.
#[derive(Debug, Clone)]
pub enum Pasted {
    /// It lies in the keychain as a safety copy, and was tested.
    Taken {
        /// Its record.
        record: KeyRecord,
        /// What the test found.
        test: KeyTest,
        /// The channel whose key it turned out to be, where that is another one of the same client.
        belongs_to: Option<ChannelId>,
    },
    /// The same key lies here already.
    AlreadyHere(KeyRecord),
}

/// What came of changing a permission. What the Hub says now always wins over what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionChange {
    /// What was asked for.
    pub asked: Permission,
    /// What the Hub says now.
    pub now: Fact<Permission>,
    /// What stood in the way.
    pub why: Option<HubError>,
    /// Nobody can tell whether it took effect, and the Hub does not say what holds now.
    pub is_open: bool,
}

impl PermissionChange {
    /// Whether what was asked for holds now.
    pub fn came_about(&self) -> bool {
        self.now == Fact::Told(self.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(ids: &[&str]) -> Vec<ListedKey> {
        let key = |id: &&str| ListedKey { hub_id: Fact::Told((*id).into()), tail: Fact::NotTold };
        ids.iter().map(key).collect()
    }

    #[test]
    fn only_a_list_that_was_read_before_and_tells_its_keys_apart_decides_anything() {
        let known = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        for (before, now, says) in [
            (Some(known(&["1"])), listed(&["2"]), ListSays::NewKey),
            (Some(known(&["1"])), listed(&["1", "2"]), ListSays::NewKey),
            (Some(known(&[])), listed(&["2"]), ListSays::NewKey),
            (Some(known(&["1"])), listed(&["1"]), ListSays::AsBefore),
            (Some(known(&[])), listed(&[]), ListSays::AsBefore),
            (Some(known(&["1"])), listed(&[]), ListSays::Undecided),
            (None, listed(&["1"]), ListSays::Undecided),
        ] {
            assert_eq!(ListSays::of(before.as_deref(), &now), says, "{before:?} {now:?}");
        }
        let alike = [ListedKey { hub_id: Fact::NotTold, tail: Fact::NotTold }];
        assert_eq!(ListSays::of(Some(&known(&["1"])), &alike), ListSays::Undecided);
    }
}
