//! One key as a text that a person can read and this program reads back strictly: what lies in a file by which a key
//! is handed over, below the lock.

use std::iter::Peekable;
use std::str::Split;

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};
use url::Url;

use crate::channel::ChannelId;
use crate::records::{KeyRecord, Origin, Realm};
use crate::secret::{ApiKey, Secret};
use crate::text::{for_showing, is_odd};
use crate::times::at_offset;

/// The form of what is written here (ours).
const FORM: &str = "1";
const REAL: &str = "An API key for a WhatsApp number, saved by Channel Keys";
const PRACTICE: &str = "A practice key, saved by Channel Keys: it works in the practice world alone";
const ENDING: [&str; 2] = [
    "Whoever has this key can send and read the messages of that number. Put it where it is used,",
    "and delete this text. It works until a new key is made for the number.",
];

/// The longest value that is written and read, in characters (ours).
const LONGEST: usize = 200;

/// What is written about a key that is handed over. What is not known is not written.
#[derive(Debug, Clone)]
pub struct KeyFile {
    /// Real or practice.
    pub realm: Realm,
    /// The channel.
    pub channel: ChannelId,
    /// The channel's name.
    pub name: Option<String>,
    /// The channel's number, in digits.
    pub number: Option<String>,
    /// The messaging host that came with the key.
    pub address: Option<String>,
    /// The key.
    pub key: ApiKey,
    /// When it was made.
    pub made: Option<OffsetDateTime>,
    /// When this was written.
    pub saved: OffsetDateTime,
}

/// Why a text is not taken for one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKeyFile {
    /// It is something else.
    #[error("this is no key as it is written here")]
    SomethingElse,
    /// A later version wrote it, in a form that is not known here.
    #[error("this is in a later form")]
    LaterForm,
    /// It has characters in it that can't be seen or turn the text around them.
    #[error("this has characters that do not belong there")]
    OddCharacters,
    /// It is a practice key and the real world is at work, or the other way round.
    #[error("this is of another world")]
    OtherRealm,
}

impl KeyFile {
    /// What is to be written of a key.
    pub fn of(record: &KeyRecord, key: &ApiKey, saved: OffsetDateTime) -> KeyFile {
        let address = record.address.clone().filter(|it| is_address(it));
        KeyFile {
            realm: record.owner.realm,
            channel: record.channel.clone(),
            name: record.channel_name.as_deref().map(for_showing).filter(|it| !it.is_empty()),
            number: record.number.clone().filter(|it| is_number(it)),
            // The practice Hub moves at each start.
            address: address.filter(|_| record.owner.realm == Realm::Real),
            key: key.clone(),
            // Of others it is known when they came here alone.
            made: (record.origin == Origin::Made).then(|| to_the_second(record.asked_at)),
            saved: to_the_second(saved),
        }
    }

    /// The text; none where it could not be read back, as with a key that no header could carry.
    pub fn text(&self) -> Option<Secret> {
        let mut text = String::with_capacity(4096);
        let mut line = |parts: [&str; 2]| {
            text.push_str(parts[0]);
            text.push_str(parts[1]);
            text.push('\n');
        };
        line([if self.realm == Realm::Real { REAL } else { PRACTICE }, ""]);
        line(["", ""]);
        line(["Form: ", FORM]);
        if let Some(number) = &self.number {
            line(["Number: +", number]);
        }
        if let Some(name) = &self.name {
            line(["Name: ", name]);
        }
        line(["Channel: ", &self.channel.0]);
        if let Some(address) = &self.address {
            line(["Address: ", address]);
        }
        line(["Key: ", self.key.expose()]);
        if let Some(made) = self.made {
            line(["Made: ", &written(made)]);
        }
        line(["Saved: ", &written(self.saved)]);
        line(["", ""]);
        ENDING.into_iter().for_each(|words| line([words, ""]));
        let text = Secret::new(text);
        Self::read(&text).is_ok().then_some(text)
    }

    /// Reads a text that was written here, and nothing else.
    pub fn read(text: &Secret) -> Result<KeyFile, NotAKeyFile> {
        let lines = text.expose().strip_suffix('\n').ok_or(NotAKeyFile::SomethingElse)?;
        let mut lines = Lines(lines.split('\n').peekable());
        let realm = match lines.next() {
            Some(REAL) => Realm::Real,
            Some(PRACTICE) => Realm::Practice,
            _ => return Err(NotAKeyFile::SomethingElse),
        };
        if text.expose().lines().any(|line| line.chars().any(is_odd)) {
            return Err(NotAKeyFile::OddCharacters);
        }
        lines.expect("")?;
        if lines.value("Form: ").ok_or(NotAKeyFile::SomethingElse)? != FORM {
            return Err(NotAKeyFile::LaterForm);
        }
        let read = lines.rest_of(realm).ok_or(NotAKeyFile::SomethingElse)?;
        lines.expect("")?;
        for words in ENDING {
            lines.expect(words)?;
        }
        if lines.next().is_some() { Err(NotAKeyFile::SomethingElse) } else { Ok(read) }
    }
}

/// The lines that are still to be read. What a mail program made of their ends is no harm.
struct Lines<'a>(Peekable<Split<'a, char>>);

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.0.next().map(without_end)
    }

    fn expect(&mut self, words: &str) -> Result<(), NotAKeyFile> {
        if self.next() == Some(words) { Ok(()) } else { Err(NotAKeyFile::SomethingElse) }
    }

    /// The value of the next line, where it has this label.
    fn value(&mut self, label: &str) -> Option<&'a str> {
        let value = without_end(self.0.peek()?).strip_prefix(label)?;
        self.0.next();
        Some(value)
    }

    fn rest_of(&mut self, realm: Realm) -> Option<KeyFile> {
        let number = self.value("Number: +");
        let name = self.value("Name: ");
        let channel = self.value("Channel: ").filter(|it| is_value(it))?;
        let address = self.value("Address: ");
        let key = ApiKey::from_pasted(self.value("Key: ")?)?;
        let made = self.value("Made: ").map(read_time);
        let saved = self.value("Saved: ").and_then(read_time)?;
        let good =
            number.is_none_or(is_number) && name.is_none_or(is_value) && address.is_none_or(is_address);
        Some(KeyFile {
            realm,
            channel: ChannelId(channel.to_owned()),
            name: name.map(str::to_owned),
            number: number.map(str::to_owned),
            address: address.map(str::to_owned),
            key,
            made: made.map_or(Some(None), |read| read.map(Some))?,
            saved,
        })
        .filter(|_| good)
    }
}

fn without_end(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

fn is_value(value: &str) -> bool {
    !value.is_empty() && value.chars().count() <= LONGEST
}

fn is_number(value: &str) -> bool {
    (5..=20).contains(&value.len()) && value.bytes().all(|digit| digit.is_ascii_digit())
}

/// A messaging host's address as it comes with keys: https, and nothing besides. Whether that host may be told a key
/// is decided where it would be asked.
fn is_address(value: &str) -> bool {
    let plain = |url: &Url| {
        url.scheme() == "https"
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    };
    is_value(value) && value.is_ascii() && Url::parse(value).is_ok_and(|url| plain(&url))
}

fn to_the_second(at: OffsetDateTime) -> OffsetDateTime {
    let at = at_offset(at, UtcOffset::UTC);
    at.replace_nanosecond(0).unwrap_or(at)
}

fn written(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

fn read_time(value: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(value, &Rfc3339).ok().filter(|at| written(*at) == value)
}

#[cfg(test)]
mod tests;
