//! The profile: the one folder with all that the program remembers, and the lock that lets one program at a time
//! use it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

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
    /// The system names no folder for a program's data.
    #[error("no folder for a profile")]
    NoFolder,
}

impl Profile {
    /// Opens the folder named, or the system's own for this program, and locks it.
    pub fn open(named: Option<PathBuf>) -> Result<Profile, ProfileError> {
        let folder = match named {
            Some(folder) => folder,
            None => dirs::data_dir().ok_or(ProfileError::NoFolder)?.join("channel-keys"),
        };
        let lock = make_private(&folder)
            .and_then(|()| {
                OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))
            })
            .map_err(|_| ProfileError::NotWritable)?;
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
        self.folder.join("practice.json")
    }
}

/// Makes the folder, readable by its owner alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
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
        let named = || Some(folder.path().join("profile"));
        let first = Profile::open(named()).expect("the first has it");
        assert_eq!(Profile::open(named()).expect_err("the second has not"), ProfileError::InUse);
        drop(first);
        assert!(Profile::open(named()).is_ok());
    }

    #[test]
    fn a_profile_that_can_t_be_made_says_so() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let below = Some(file.path().join("profile"));
        assert_eq!(Profile::open(below).expect_err("it is a file"), ProfileError::NotWritable);
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::open(Some(folder.path().join("profile"))).expect("it opens");
        let mode = fs::metadata(profile.folder()).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
