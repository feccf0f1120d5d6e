//! A file for its owner alone, which is there whole or not at all.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// What a file is called while it is written; a crash may leave one behind.
const UNFINISHED: &str = ".channel-keys-unfinished-";

/// Writes a file beside the place where it goes, and puts it there once all of it lies on the disk. What was there
/// before stays until then, and stays where that fails.
pub fn write(path: &Path, what: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The rights that such a file has from the beginning are those of its owner alone.
    let unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    fill(unfinished.as_file(), what)?;
    unfinished.persist(path).map(drop).map_err(|failed| failed.error)
}

/// Takes the rights on a file from everybody but its owner, where there is one and the system has such rights. Never on
/// what a link leads to.
pub fn keep_private(path: &Path) {
    if std::fs::symlink_metadata(path).is_ok_and(|it| it.is_file()) {
        allow_owner_alone(path, 0o600);
    }
}

/// Where that is not ours to say, as on a disk that only reads or has no such rights, it stays as it is.
#[cfg(unix)]
pub(super) fn allow_owner_alone(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
pub(super) fn allow_owner_alone(_: &Path, _: u32) {}

fn fill(mut file: &File, what: &[u8]) -> io::Result<()> {
    file.write_all(what)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_there_whole_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key.age");
        fs::write(&path, "what was there before").expect("it is written");

        write(&path, b"invented").expect("it is written");

        assert_eq!(fs::read(&path).expect("it is there"), b"invented");
        assert_eq!(names(folder.path()), ["key.age"], "and nothing besides");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn where_it_can_t_be_written_nothing_is_left_and_what_was_there_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(write(&folder.path().join("no such folder/key.age"), b"invented").is_err());
        // and a folder that stands where the file is to go can't be replaced by one
        let taken = folder.path().join("key.age");
        fs::create_dir_all(taken.join("kept")).expect("a folder");

        assert!(write(&taken, b"invented").is_err());

        assert_eq!(names(folder.path()), ["key.age"], "nothing unfinished stays");
        assert_eq!(names(&taken), ["kept"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_from_a_file_that_was_written() {
        let full = fs::File::options().write(true).open("/dev/full").expect("Linux has such a device");
        assert_eq!(fill(&full, b"invented").map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
    }
}
