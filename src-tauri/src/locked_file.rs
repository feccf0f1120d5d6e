//! A text that is locked with words, in the age format (<https://age-encryption.org/v1>): whoever knows the words opens
//! it with this program, or with the `age` tool on any computer.
//!
//! The armored form is written, since it is text: it survives mail programs and messengers that change other files,
//! and can be pasted. Both forms are read.

use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::{fs, io, iter};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::scrypt::{Identity, Recipient};
use age::{DecryptError, Decryptor, EncryptError, Encryptor};
use ring::rand::{SecureRandom as _, SystemRandom};

use channel_keys_core::secret::{Passphrase, Secret};

/// How much work it is to try one passphrase: 2^18 rounds of scrypt, as the `age` tool does it; a second or so, and
/// 256 MB of memory.
const WORK: u8 = 18;

/// The most work that is done to open a file that somebody else made (ours): 1 GB of memory, some seconds.
const MOST_WORK: u8 = 20;

/// The largest file that is read, in bytes (ours); one with a key is a fiftieth of it.
const LARGEST: usize = 64 * 1024;

const BEGINNINGS: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CantOpen {
    /// It could not be read.
    NotRead,
    /// It is too large to be one with a key.
    TooLarge,
    /// It is something else.
    NotAnAgeFile,
    /// It is in a later format.
    LaterFormat,
    /// It is not locked with words, but for somebody's own key.
    ForOthers,
    /// The words are others.
    WrongWords,
    /// It is damaged, or a part of it is missing.
    Damaged,
    /// Whoever made it asks for more work than is done for a file.
    TooHard,
    /// What is in it is no text.
    NotText,
}

/// Words to lock a file with, from the system's own random source; none where that gives none.
pub fn draw_words() -> Option<Passphrase> {
    let random = SystemRandom::new();
    Passphrase::draw(|| {
        let mut bits = [0; 2];
        random.fill(&mut bits).ok().map(|()| u16::from_ne_bytes(bits))
    })
}

/// Locks a text. Takes a second or so.
pub fn lock(text: &Secret, words: &Passphrase) -> io::Result<Vec<u8>> {
    lock_with(text, words, WORK)
}

fn lock_with(text: &Secret, words: &Passphrase, work: u8) -> io::Result<Vec<u8>> {
    let mut recipient = Recipient::new(words.expose().into());
    recipient.set_work_factor(work);
    let lock = Encryptor::with_recipients(iter::once(&recipient as _)).map_err(|error| match error {
        EncryptError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    })?;
    let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
    let mut locked = lock.wrap_output(armor)?;
    locked.write_all(text.expose().as_bytes())?;
    locked.finish()?.finish()
}

/// A file that is locked with words, as far as can be told without them.
#[derive(Debug)]
pub struct Locked(Vec<u8>);

impl Locked {
    /// Reads a file, but no more of one than a key needs, and nothing that is not a file.
    pub fn read(path: &Path) -> Result<Locked, CantOpen> {
        let is_file = fs::metadata(path).is_ok_and(|it| it.is_file());
        let file = fs::File::open(path).ok().filter(|_| is_file).ok_or(CantOpen::NotRead)?;
        let mut bytes = Vec::new();
        let most = u64::try_from(LARGEST + 1).unwrap_or(u64::MAX);
        file.take(most).read_to_end(&mut bytes).map_err(|_| CantOpen::NotRead)?;
        Locked::of(bytes)
    }

    /// Looks at what is not locked: whether words can open it.
    pub fn of(bytes: Vec<u8>) -> Result<Locked, CantOpen> {
        if bytes.len() > LARGEST {
            return Err(CantOpen::TooLarge);
        }
        if !BEGINNINGS.iter().any(|it| bytes.trim_ascii_start().starts_with(it)) {
            return Err(CantOpen::NotAnAgeFile);
        }
        let locked = Locked(bytes);
        if locked.lock()?.is_scrypt() { Ok(locked) } else { Err(CantOpen::ForOthers) }
    }

    /// Opens it with the first of these that fits. Each takes a second or so.
    pub fn open(&self, words: &[Passphrase]) -> Result<Secret, CantOpen> {
        let mut opened = Err(CantOpen::WrongWords);
        for words in words {
            opened = self.open_with(words);
            if opened.as_ref().err() != Some(&CantOpen::WrongWords) {
                break;
            }
        }
        opened
    }

    fn open_with(&self, words: &Passphrase) -> Result<Secret, CantOpen> {
        let mut identity = Identity::new(words.expose().into());
        identity.set_max_work_factor(MOST_WORK);
        let opened = self.lock()?.decrypt(iter::once(&identity as _)).map_err(why);
        let mut text = Vec::with_capacity(self.0.len());
        // What was locked is read to its end, and only then is it known that nothing of it is missing.
        opened?.read_to_end(&mut text).map_err(|_| CantOpen::Damaged)?;
        String::from_utf8(text).map(Secret::new).map_err(|_| CantOpen::NotText)
    }

    fn lock(&self) -> Result<Decryptor<ArmoredReader<BufReader<&[u8]>>>, CantOpen> {
        let bytes = self.0.trim_ascii_start();
        // What is binary is read to the last byte, which may be any.
        let bytes = if bytes.starts_with(BEGINNINGS[0]) { bytes } else { bytes.trim_ascii_end() };
        Decryptor::new_buffered(ArmoredReader::new(bytes)).map_err(why)
    }
}

fn why(error: DecryptError) -> CantOpen {
    match error {
        // A changed file looks the same where the change is in what the words unlock first.
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            CantOpen::WrongWords
        }
        DecryptError::ExcessiveWork { .. } => CantOpen::TooHard,
        DecryptError::UnknownFormat => CantOpen::LaterFormat,
        // The rest is about what can be read without the words, and does not read as it should.
        _ => CantOpen::Damaged,
    }
}

#[cfg(test)]
mod tests;
