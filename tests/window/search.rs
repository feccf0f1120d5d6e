//! Looking for known secrets in whatever bytes there are, as they are and in the simple ways in which programs write
//! them.

use std::collections::BTreeSet;
use std::path::Path;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What somebody typed to sign in, right or wrong.
    Password,
    /// What the Hub gives for it.
    Session,
    /// An API key.
    Key,
    /// A partner's API key for the Hub.
    PartnerKey,
    /// What goes along with a webhook, in its address or its headers.
    Webhook,
    /// What somebody had on the clipboard, and is no business of the program's.
    Clipboard,
}

/// A secret that was found. It never says the secret itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Which of those that are known, in the order in which they became so.
    pub number: usize,
    /// How it is written.
    pub form: &'static str,
}

impl std::fmt::Display for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "secret {}, {:?}, {}", self.number, self.kind, self.form)
    }
}

/// The secrets that are known so far.
#[derive(Default)]
pub struct Secrets {
    known: Vec<(Kind, String)>,
    /// What each pattern of the searcher is.
    hits: Vec<Hit>,
    searcher: Option<AhoCorasick>,
}

impl Secrets {
    /// A secret to look for from now on.
    pub fn know(&mut self, kind: Kind, secret: &str) {
        assert!(secret.len() >= 8, "too short to be told from chance");
        if self.known.iter().any(|(_, known)| known == secret) {
            return;
        }
        self.known.push((kind, secret.to_owned()));
        let mut patterns = Vec::new();
        self.hits.clear();
        for (number, (kind, secret)) in self.known.iter().enumerate() {
            for (form, bytes) in forms_of(secret) {
                patterns.push(bytes);
                self.hits.push(Hit { kind: *kind, number, form });
            }
        }
        self.searcher = Some(AhoCorasick::new(patterns).expect("a searcher"));
    }

    /// How many secrets of a kind are known.
    pub fn count(&self, kind: Kind) -> usize {
        self.known.iter().filter(|(known, _)| *known == kind).count()
    }

    /// What is found in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> BTreeSet<Hit> {
        let Some(searcher) = &self.searcher else { return BTreeSet::new() };
        searcher.find_overlapping_iter(bytes).map(|found| self.hits[found.pattern().as_usize()]).collect()
    }

    /// What is found in a folder and all below it, with the file, names of files among it; and how many files there are.
    pub fn found_below(&self, folder: &Path) -> (usize, Vec<(String, Hit)>) {
        let (mut files, mut found) = (0, Vec::new());
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, kind) = (entry.path(), entry.file_type());
                let mut there = self.found_in(entry.file_name().as_encoded_bytes());
                if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) {
                    folders.push(path.clone());
                } else if kind.is_ok_and(|kind| kind.is_file()) {
                    // One that goes while it is looked for holds nothing any more.
                    there.extend(self.found_in(&std::fs::read(&path).unwrap_or_default()));
                    files += 1;
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.extend(there.into_iter().map(|hit| (name.clone(), hit)));
            }
        }
        (files, found)
    }
}

fn forms_of(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = secret.as_bytes();
    let each = |write: fn(&u8) -> String| bytes.iter().map(write).collect::<String>().into_bytes();
    let mut forms = vec![
        ("as it is", bytes.to_vec()),
        ("UTF-16", secret.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16, high byte first", secret.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hexadecimal", each(|byte| format!("{byte:02x}"))),
        ("HEXADECIMAL", each(|byte| format!("{byte:02X}"))),
        ("percent-encoded", each(|byte| format!("%{byte:02X}"))),
        (
            "percent-encoded in part",
            each(|byte| {
                if byte.is_ascii_alphanumeric() { char::from(*byte).into() } else { format!("%{byte:02X}") }
            }),
        ),
        ("as numbers", bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(",").into_bytes()),
        ("as Rust prints bytes", format!("{bytes:?}").trim_matches(['[', ']']).as_bytes().to_vec()),
    ];
    forms.retain(|(form, written)| *form == "as it is" || written != bytes);
    // What stands in front of it decides how Base64 writes it; the first and last letters depend on its neighbours.
    for before in 0..3 {
        let shifted = [&b"___"[..before], bytes].concat();
        for (name, engine) in [("Base64", &STANDARD_NO_PAD), ("Base64 for addresses", &URL_SAFE_NO_PAD)] {
            let text = engine.encode(&shifted);
            let (first, last) = ((before * 8).div_ceil(6), shifted.len() * 8 / 6);
            forms.push((name, text.as_bytes()[first..last].to_vec()));
        }
    }
    forms
}

#[test]
fn a_secret_is_found_in_each_way_in_which_it_may_be_written() {
    let secret = "per cent & Käse 4711";
    let mut secrets = Secrets::default();
    secrets.know(Kind::Password, secret);
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let mut written = vec![
        secret.as_bytes().to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        percent.into_bytes(),
        b"per%20cent%20%26%20K%C3%A4se%204711".to_vec(),
        format!("{bytes:?}").into_bytes(),
        format!("{bytes:?}").replace(' ', "").into_bytes(),
    ];
    for before in ["", "a", "ab", "abc", "Basic maria:"] {
        let text = format!("{before}{secret}, and more");
        written
            .extend([STANDARD_NO_PAD.encode(&text).into_bytes(), URL_SAFE_NO_PAD.encode(&text).into_bytes()]);
    }
    for bytes in written {
        let around = [b"{\"x\":\"".to_vec(), bytes, b"\"}\n".to_vec()].concat();
        assert!(!secrets.found_in(&around).is_empty(), "not found in {}", String::from_utf8_lossy(&around));
    }
}

#[test]
fn what_is_no_secret_is_not_found() {
    let mut secrets = Secrets::default();
    secrets.know(Kind::Key, "inventedinventedkX9pAK");
    let innocent = "invented kX9p INVENTEDINVENTEDKX9PAK inventedinventedkX9p aW52ZW50ZWQ";
    assert!(secrets.found_in(innocent.as_bytes()).is_empty());
}
