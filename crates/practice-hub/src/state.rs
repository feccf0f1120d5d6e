//! The state file: what people changed, so that a later start shows the same world.
//!
//! Keys stand in it as hashes. Passwords, tokens and the webhooks' headers (which may carry secrets) never do.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::world::{ExtraWebhooks, Key, Live, Webhook};

const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Saved {
    version: u32,
    pub seed: u64,
    pub world: String,
    /// Channels that were changed since the world was made, by id.
    pub channels: BTreeMap<String, SavedChannel>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SavedChannel {
    shared: bool,
    permission_told: bool,
    key: Option<Key>,
    webhook: Option<String>,
    #[serde(default)]
    extra_enabled: bool,
    /// Names and addresses.
    #[serde(default)]
    extra: Vec<(String, String)>,
}

impl Saved {
    pub(crate) fn new(seed: u64, world: String) -> Self {
        Self { version: VERSION, seed, world, channels: BTreeMap::new() }
    }
}

impl From<&Live> for SavedChannel {
    fn from(live: &Live) -> Self {
        Self {
            shared: live.shared,
            permission_told: live.permission_told,
            key: live.key.clone(),
            webhook: live.webhook.as_ref().map(|webhook| webhook.url.clone()),
            extra_enabled: live.extra.enabled,
            extra: live
                .extra
                .destinations
                .iter()
                .map(|(name, webhook)| (name.clone(), webhook.url.clone()))
                .collect(),
        }
    }
}

impl From<&SavedChannel> for Live {
    fn from(saved: &SavedChannel) -> Self {
        Self {
            shared: saved.shared,
            permission_told: saved.permission_told,
            key: saved.key.clone(),
            webhook: saved.webhook.as_deref().map(Webhook::to),
            extra: ExtraWebhooks {
                enabled: saved.extra_enabled,
                destinations: saved
                    .extra
                    .iter()
                    .map(|(name, url)| (name.clone(), Webhook::to(url)))
                    .collect(),
            },
        }
    }
}

/// What a start found in the state file's place.
pub(crate) enum Found {
    Nothing,
    Saved(Saved),
    /// Not to be read; it was set aside under this name.
    SetAside {
        to: PathBuf,
        because: String,
    },
}

pub(crate) fn read(path: &Path, now: OffsetDateTime) -> io::Result<Found> {
    // A pipe would have anybody who opens it wait for ever.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let because = match serde_json::from_slice::<Saved>(&bytes) {
        Ok(saved) if saved.version == VERSION => return Ok(Found::Saved(saved)),
        Ok(saved) => format!("it has version {}, and this program writes version {VERSION}", saved.version),
        Err(error) => format!("it can't be read: {error}"),
    };
    let to = aside(path, now);
    fs::rename(path, &to)?;
    Ok(Found::SetAside { to, because })
}

/// Writes beside the file and puts the new one in its place, so that a crash leaves the old one or the new one.
pub(crate) fn write(path: &Path, saved: &Saved) -> io::Result<()> {
    let beside = with_suffix(path, ".new");
    // Whatever lies there is left over from an earlier try, or would not be written to.
    let _ = fs::remove_file(&beside);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(&serde_json::to_vec_pretty(saved)?)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// On Unix the new name lasts only once its folder is on disk; elsewhere a folder can't be opened for that.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// A name that is free: two damaged files within a second must not become one.
fn aside(path: &Path, now: OffsetDateTime) -> PathBuf {
    let time = now
        .format(format_description!("[year][month][day]T[hour][minute][second]Z"))
        .unwrap_or_else(|_| now.unix_timestamp().to_string());
    let first = with_suffix(path, &format!(".damaged-{time}"));
    (1..)
        .map(|number| if number == 1 { first.clone() } else { with_suffix(&first, &format!("-{number}")) })
        .find(|candidate| !candidate.exists())
        .unwrap_or(first)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
