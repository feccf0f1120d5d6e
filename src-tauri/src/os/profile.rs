//! The profile: the one folder with all that the program remembers, and the lock that lets one program at a time
//! use it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The file in which the practice world lasts; a damaged one is set aside under a longer name.
const PRACTICE: &str = "practice.json";
/// How the names of damaged records begin that were set aside.
const DAMAGED: &str = "records.sqlite.damaged-";

/// An open profile. The lock goes when this is dropped, or when the process ends in whatever way.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    _lock: File,
}

/// Why a profile can't be opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Another running program has it.
    #[error("this profile is in use")]
    InUse,
    /// It can't be made or written.
    #[error("this profile can't be written")]
    NotWritable,
    /// Something that is no file has the place of one.
    #[error("{} is not a file", .0.display())]
    NotAFile(PathBuf),
    /// The system names no folder for a program's data.
    #[error("no folder for a profile")]
    NoFolder,
}

impl Profile {
    /// The folder named, or the system's own for this program.
    pub fn folder_for(named: Option<PathBuf>) -> Result<PathBuf, ProfileError> {
        match named {
            Some(folder) => Ok(folder),
            None => Ok(dirs::data_dir().ok_or(ProfileError::NoFolder)?.join("channel-keys")),
        }
    }

    /// Opens a folder and locks it.
    pub fn open(folder: PathBuf) -> Result<Profile, ProfileError> {
        make_private(&folder).map_err(|_| ProfileError::NotWritable)?;
        let file = folder.join("lock");
        if is_no_file(&file) {
            return Err(ProfileError::NotAFile(file));
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(file);
        let lock = lock.map_err(|_| ProfileError::NotWritable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Profile { folder, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(ProfileError::InUse),
            Err(TryLockError::Error(_)) => Err(ProfileError::NotWritable),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of records.
    pub fn records(&self) -> PathBuf {
        self.folder.join("records.sqlite")
    }

    /// What the practice Hub remembers.
    pub fn practice(&self) -> PathBuf {
        self.folder.join(PRACTICE)
    }

    /// Whether there is anything of a practice world, damaged ones that were set aside among them.
    pub fn has_practice_world(&self) -> bool {
        !self.practice_files().is_empty()
    }

    /// Forgets the practice world. The practice Hub must not be running.
    pub fn forget_practice_world(&self) -> io::Result<()> {
        self.practice_files().iter().try_for_each(fs::remove_file)
    }

    /// The names of damaged records that were set aside, the oldest first; not those of what lies beside each.
    pub fn damaged_records(&self) -> Vec<String> {
        let files = self.files_called(DAMAGED);
        let names = files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
        let mut names: Vec<String> = names.filter(|name| !beside(name)).collect();
        names.sort();
        names
    }

    /// Forgets damaged records that were set aside.
    pub fn forget_damaged_records(&self) -> io::Result<()> {
        self.files_called(DAMAGED).iter().try_for_each(fs::remove_file)
    }

    fn practice_files(&self) -> Vec<PathBuf> {
        self.files_called(PRACTICE)
    }

    fn files_called(&self, beginning: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files
            .filter(|file| file.file_name().to_string_lossy().starts_with(beginning))
            .map(|file| file.path())
            .collect()
    }
}

/// Whether a name is of what SQLite keeps beside a file.
fn beside(name: &str) -> bool {
    ["-wal", "-shm"].iter().any(|end| name.ends_with(end))
}

/// Whether something is there that is no file, or can't be looked at. A pipe would have whoever opens it wait for ever.
pub(super) fn is_no_file(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(there) => !there.is_file(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Makes the folder, readable by its owner alone.
fn make_private(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_serves_one_program_at_a_time_and_the_next_one_after_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = || folder.path().join("profile");
        let first = Profile::open(named()).expect("the first has it");
        assert_eq!(Profile::open(named()).expect_err("the second has not"), ProfileError::InUse);
        drop(first);
        assert!(Profile::open(named()).is_ok());
    }

    #[test]
    fn a_profile_that_can_t_be_made_says_so() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let below = file.path().join("profile");
        assert_eq!(Profile::open(below).expect_err("it is a file"), ProfileError::NotWritable);
    }

    #[test]
    fn a_practice_world_is_forgotten_with_what_was_set_aside_of_it_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::open(folder.path().to_owned()).expect("it opens");
        assert!(!profile.has_practice_world());
        for name in ["practice.json", "practice.json.damaged-2026", "records.sqlite"] {
            fs::write(folder.path().join(name), "{}").expect("written");
        }
        assert!(profile.has_practice_world());

        profile.forget_practice_world().expect("forgotten");

        assert!(!profile.has_practice_world());
        assert!(profile.records().exists());
    }

    #[test]
    fn damaged_records_that_were_set_aside_are_named_and_forgotten_and_those_in_use_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::open(folder.path().to_owned()).expect("it opens");
        for name in [
            "records.sqlite",
            "records.sqlite-wal",
            "records.sqlite.damaged-2",
            "records.sqlite.damaged-1",
            "records.sqlite.damaged-1-wal",
        ] {
            fs::write(folder.path().join(name), "{}").expect("written");
        }

        assert_eq!(profile.damaged_records(), ["records.sqlite.damaged-1", "records.sqlite.damaged-2"]);

        profile.forget_damaged_records().expect("forgotten");

        assert!(profile.damaged_records().is_empty());
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).expect("a folder").flatten().map(|file| file.file_name()).collect();
        left.sort();
        assert_eq!(left, ["lock", "records.sqlite", "records.sqlite-wal"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::open(folder.path().join("profile")).expect("it opens");
        let mode = fs::metadata(profile.folder()).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
