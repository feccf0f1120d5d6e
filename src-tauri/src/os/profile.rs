//! The profile: the one folder with all that the program remembers, and the lock that lets one program at a time
//! use it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::private_file;
use super::records::BESIDE;

/// The file in which the practice world lasts; a damaged one is set aside under a longer name.
const PRACTICE: &str = "practice.json";
/// The file of records.
const RECORDS: &str = "records.sqlite";
/// How the names of damaged records begin that were set aside.
const DAMAGED: &str = "records.sqlite.damaged-";
/// The file with the lock on it, where the folder itself can't be locked.
const LOCK: &str = "lock";
/// What the web views keep, where they can't keep it in the usual place.
const WEB: &str = "web";
/// What file managers leave in a folder that somebody looked into.
const FILE_MANAGER_FILES: [&str; 5] = [".DS_Store", ".directory", ".localized", "Thumbs.db", "desktop.ini"];

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
    /// The folder is another user's, or holds somebody's files and no profile.
    #[error("this folder is somebody else's")]
    NotOurs,
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

    /// Opens a folder, takes the rights on it from everybody else, and locks it. A folder with somebody's files and no
    /// profile is left as it is.
    pub fn open(folder: PathBuf) -> Result<Profile, ProfileError> {
        make_private(&folder)?;
        let lock = lock(&folder)?;
        Ok(Profile { folder, _lock: lock })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder for what the web views keep, where they can't keep it in the usual place.
    pub fn web(&self) -> PathBuf {
        self.folder.join(WEB)
    }

    /// The file of records.
    pub fn records(&self) -> PathBuf {
        self.folder.join(RECORDS)
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
    BESIDE[1..].iter().any(|end| name.ends_with(end))
}

/// Whether something is there that is no file, or can't be looked at. A pipe would have whoever opens it wait for ever.
pub(super) fn is_no_file(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(there) => !there.is_file(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Makes the folder where there is none. One that belongs to another user is refused, as that user may do anything with
/// what is put there. It is for its owner alone, with all that this program put there; a folder that
/// has other things in it keeps its rights, as those have.
fn make_private(folder: &Path) -> Result<(), ProfileError> {
    if !folder.is_dir() {
        fs::create_dir_all(folder).map_err(|_| ProfileError::NotWritable)?;
    } else if !is_this_user_s(folder) {
        return Err(ProfileError::NotOurs);
    }
    let names = fs::read_dir(folder).map_err(|_| ProfileError::NotWritable)?.flatten();
    let names: Vec<String> = names.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    let holds_only_ours =
        names.iter().all(|name| is_ours(name) || FILE_MANAGER_FILES.contains(&name.as_str()));
    let holds_profile = names.iter().any(|name| [RECORDS, PRACTICE].contains(&name.as_str()));
    if !holds_only_ours && !holds_profile {
        return Err(ProfileError::NotOurs);
    }
    if holds_only_ours {
        private_file::allow_owner_alone(folder, 0o700);
    }
    names.iter().filter(|name| is_ours(name)).for_each(|name| private_file::keep_private(&folder.join(name)));
    Ok(())
}

#[cfg(unix)]
fn is_this_user_s(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).is_ok_and(|it| it.uid() == rustix::process::geteuid().as_raw())
}

/// Elsewhere the rights of a folder are lists, which its owner alone does not decide.
#[cfg(not(unix))]
fn is_this_user_s(_: &Path) -> bool {
    true
}

/// Whether something in a folder is called as this program calls what it puts there.
fn is_ours(name: &str) -> bool {
    let is_records = name.strip_prefix(RECORDS).is_some_and(|rest| rest.is_empty() || beside(name));
    let begins = [DAMAGED, PRACTICE].iter().any(|ours| name.starts_with(ours));
    is_records || begins || [LOCK, WEB, "handover"].contains(&name)
}

/// On Unix the folder itself: nobody takes it away while it is in use. On other systems, and on network disks where a
/// folder can't be locked, a file in it.
fn lock(folder: &Path) -> Result<File, ProfileError> {
    let held = |lock: File| match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(ProfileError::InUse),
        Err(TryLockError::Error(_)) => Err(ProfileError::NotWritable),
    };
    if cfg!(unix) {
        match held(File::open(folder).map_err(|_| ProfileError::NotWritable)?) {
            Err(ProfileError::NotWritable) => {}
            known => return known,
        }
    }
    let file = folder.join(LOCK);
    if is_no_file(&file) {
        return Err(ProfileError::NotAFile(file));
    }
    held(open_lock(&file).map_err(|_| ProfileError::NotWritable)?)
}

/// On a disk that only reads, the file of before can be locked as well.
fn open_lock(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => File::open(file),
        opened => opened,
    }
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
        left.retain(|name| name != LOCK);
        assert_eq!(left, ["records.sqlite", "records.sqlite-wal"]);
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    /// A folder and what is in it, which everybody may read.
    #[cfg(unix)]
    fn open_to_all(names: &[&str]) -> tempfile::TempDir {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        for name in names {
            let file = folder.path().join(name);
            fs::write(&file, "{}").expect("written");
            fs::set_permissions(file, fs::Permissions::from_mode(0o644)).expect("changed");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("changed");
        folder
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::open(folder.path().join("far/profile")).expect("it opens");
        assert_eq!(mode(profile.folder()), 0o700);
        assert_eq!(
            fs::read_dir(profile.folder()).expect("a folder").count(),
            0,
            "the folder itself is locked"
        );
    }

    #[cfg(unix)]
    #[test]
    fn an_earlier_profile_that_everybody_could_read_becomes_its_owner_s_alone() {
        const OURS: [&str; 6] = [
            "lock",
            "records.sqlite",
            "records.sqlite-wal",
            "records.sqlite.damaged-20260101T000000Z-shm",
            "practice.json",
            "practice.json.new",
        ];
        let folder = open_to_all(&OURS);
        let elsewhere = open_to_all(&["another's"]);
        let link = folder.path().join("practice.json.damaged-1");
        std::os::unix::fs::symlink(elsewhere.path().join("another's"), link).expect("a link");

        let _profile = Profile::open(folder.path().to_owned()).expect("it opens");

        assert_eq!(mode(folder.path()), 0o700);
        for name in OURS {
            assert_eq!(mode(&folder.path().join(name)), 0o600, "{name}");
        }
        assert_eq!(mode(&elsewhere.path().join("another's")), 0o644, "a link leads to nothing of ours");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_with_somebody_else_s_files_is_refused_and_not_changed() {
        for theirs in ["letter.odt", "lock.txt", "records", "practice"] {
            let folder = open_to_all(&[theirs, ".DS_Store"]);

            assert_eq!(
                Profile::open(folder.path().to_owned()).err(),
                Some(ProfileError::NotOurs),
                "{theirs}"
            );

            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing was put there");
            assert_eq!((mode(folder.path()), mode(&folder.path().join(theirs))), (0o755, 0o644));
        }
        let new = open_to_all(&[".DS_Store"]);
        assert!(Profile::open(new.path().to_owned()).is_ok(), "what a file manager leaves is nobody's");
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_beside_somebody_else_s_files_opens_and_makes_only_our_own_private() {
        let folder = open_to_all(&["records.sqlite", "letter.odt"]);

        let _profile =
            Profile::open(folder.path().to_owned()).expect("it is where an earlier version put it");

        assert_eq!(mode(&folder.path().join("records.sqlite")), 0o600);
        assert_eq!((mode(folder.path()), mode(&folder.path().join("letter.odt"))), (0o755, 0o644));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_refused_though_it_is_empty_and_open_to_all() {
        // Only root can give a folder away.
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let folder = open_to_all(&[]);
        std::os::unix::fs::chown(folder.path(), Some(12_345), None).expect("it is another's");

        assert_eq!(Profile::open(folder.path().to_owned()).err(), Some(ProfileError::NotOurs));
        assert_eq!((mode(folder.path()), fs::read_dir(folder.path()).expect("a folder").count()), (0o755, 0));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_in_the_folder_or_removed_lets_no_second_program_in_and_keeps_none_out() {
        // Given a profile in use
        let folder = tempfile::tempdir().expect("a folder");
        let lock = folder.path().join("lock");
        fs::create_dir(&lock).expect("another's lock");
        let first = Profile::open(folder.path().to_owned()).expect("the first has it");

        // When all that lies in it is removed, then it is in use all the same
        fs::remove_dir(&lock).expect("it is removed");
        assert_eq!(Profile::open(folder.path().to_owned()).err(), Some(ProfileError::InUse));

        // and free once its program is gone
        drop(first);
        assert!(Profile::open(folder.path().to_owned()).is_ok());
    }
}
