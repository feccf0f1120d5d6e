use super::*;
use proptest::prelude::*;
use std::process::{Command, Stdio};

const TEXT: &str = "An invented text\nof two lines\n";
const WORDS: &str = "brave otter lunar fudge tidy canoe";
/// As little work as the format knows, for what has nothing to do with work.
const LITTLE: u8 = 1;

fn locked(words: &str) -> Vec<u8> {
    lock_with(&Secret::new(TEXT), &Passphrase::new(words), LITTLE).expect("it is locked")
}

fn opened(bytes: &[u8], typed: &str) -> Result<String, CantOpen> {
    let text = Locked::of(bytes.to_vec())?.open(&Passphrase::readings(typed))?;
    Ok(text.expose().to_owned())
}

/// The armor around these bytes, as they stand.
fn armored(bytes: &[u8]) -> Vec<u8> {
    let mut armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).expect("memory");
    armor.write_all(bytes).expect("memory");
    armor.finish().expect("memory")
}

fn without_armor(bytes: &[u8]) -> Vec<u8> {
    let mut bare = Vec::new();
    ArmoredReader::new(bytes).read_to_end(&mut bare).expect("armor");
    bare
}

#[test]
fn what_is_locked_opens_with_the_words_however_they_are_typed_and_with_no_others() {
    let file = locked(WORDS);
    for typed in
        [WORDS, "  Brave OTTER, lunar-fudge   tidy canoe\n", "1. brave 2. otter 3. lunar fudge tidy canoe"]
    {
        assert_eq!(opened(&file, typed).as_deref(), Ok(TEXT), "{typed}");
    }
    for typed in ["", "brave otter lunar fudge tidy", "otter brave lunar fudge tidy canoe"] {
        assert_eq!(opened(&file, typed), Err(CantOpen::WrongWords), "{typed}");
    }
}

#[test]
fn a_file_that_is_locked_with_something_else_than_words_opens_with_it() {
    assert_eq!(opened(&locked("Tr0ub4dor&3"), "Tr0ub4dor&3").as_deref(), Ok(TEXT));
}

#[test]
fn what_is_written_is_text_and_has_neither_words_nor_text_in_it() {
    let file = String::from_utf8(locked(WORDS)).expect("text");
    assert!(file.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"), "{file}");
    let bare = without_armor(file.as_bytes());
    let bare = String::from_utf8_lossy(&bare);
    for secret in WORDS.split(' ').chain(["invented", "lines"]) {
        assert!(!file.contains(secret) && !bare.contains(secret), "{secret}");
    }
}

#[test]
fn the_same_text_is_never_locked_alike() {
    assert_ne!(locked(WORDS), locked(WORDS));
}

#[test]
fn what_mail_programs_do_to_a_text_is_no_harm() {
    let file = String::from_utf8(locked(WORDS)).expect("text");
    for changed in [file.replace('\n', "\r\n"), format!("\n\n{file}\n\n"), file.trim_end().to_owned()] {
        assert_eq!(opened(changed.as_bytes(), WORDS).as_deref(), Ok(TEXT), "{changed:?}");
    }
    assert_eq!(opened(&without_armor(file.as_bytes()), WORDS).as_deref(), Ok(TEXT), "and the bare form");
}

#[test]
fn what_is_no_file_of_this_kind_is_refused_before_anybody_is_asked_for_words() {
    let for_others = {
        let theirs = age::x25519::Identity::generate().to_public();
        let lock = Encryptor::with_recipients(iter::once(&theirs as _)).expect("a recipient");
        let mut file = Vec::new();
        let mut locked = lock.wrap_output(&mut file).expect("memory");
        locked.write_all(TEXT.as_bytes()).expect("memory");
        locked.finish().expect("memory");
        file
    };
    for (bytes, why) in [
        (Vec::new(), CantOpen::NotAnAgeFile),
        (b"%PDF-1.7".to_vec(), CantOpen::NotAnAgeFile),
        (TEXT.into(), CantOpen::NotAnAgeFile),
        (vec![b' '; LARGEST], CantOpen::NotAnAgeFile),
        (vec![b' '; LARGEST + 1], CantOpen::TooLarge),
        (for_others, CantOpen::ForOthers),
        (b"age-encryption.org/v9\n-> scrypt x\nx\n--- x\n".to_vec(), CantOpen::LaterFormat),
        (b"age-encryption.org/v1\n".to_vec(), CantOpen::Damaged),
        (b"age-encryption.org/v1\n-> scrypt\n\n--- \n".to_vec(), CantOpen::Damaged),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n!!!\n".to_vec(), CantOpen::Damaged),
    ] {
        let told = Locked::of(bytes.clone()).map(drop);
        assert_eq!(told, Err(why), "{}", String::from_utf8_lossy(&bytes).trim());
    }
}

#[test]
fn a_file_with_a_part_missing_or_changed_is_damaged_and_gives_nothing() {
    let bare = without_armor(&locked(WORDS));
    for cut in 1..bare.len() {
        let told = opened(&bare[..cut], WORDS);
        assert!(matches!(told, Err(CantOpen::Damaged | CantOpen::NotAnAgeFile)), "{cut}: {told:?}");
    }
    let file = locked(WORDS);
    for cut in [file.len() / 3, file.len() / 2, file.len() - 40] {
        assert_eq!(opened(&file[..cut], WORDS), Err(CantOpen::Damaged), "{cut}");
    }
    let last = bare.len() - 1;
    let mut changed = bare.clone();
    changed[last] ^= 1;
    assert_eq!(opened(&changed, WORDS), Err(CantOpen::Damaged));
    assert_eq!(opened(&[&bare[..], b"more"].concat(), WORDS), Err(CantOpen::Damaged));
}

#[test]
fn a_file_that_asks_for_too_much_work_is_refused_at_once() {
    let bare = without_armor(&locked(WORDS));
    let text = String::from_utf8_lossy(&bare).into_owned();
    let (begin, _) = text.split_once(&format!(" {LITTLE}\n")).expect("the work is written there");
    for work in ["21", "30", "63"] {
        let hard = [begin.as_bytes(), b" ", work.as_bytes(), b"\n", &bare[begin.len() + 3..]].concat();
        assert_eq!(opened(&armored(&hard), WORDS), Err(CantOpen::TooHard), "2^{work}");
    }
}

#[test]
fn what_is_locked_but_no_text_is_told() {
    let mut recipient = Recipient::new(WORDS.into());
    recipient.set_work_factor(LITTLE);
    let lock = Encryptor::with_recipients(iter::once(&recipient as _)).expect("a recipient");
    let mut file = Vec::new();
    let mut locked = lock.wrap_output(&mut file).expect("memory");
    locked.write_all(&[0xff, 0xfe, 0]).expect("memory");
    locked.finish().expect("memory");
    assert_eq!(opened(&file, WORDS), Err(CantOpen::NotText));
}

#[test]
fn only_a_file_is_read_and_no_more_of_it_than_a_key_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = folder.path().join("large.age");
    fs::write(&large, vec![b'x'; LARGEST * 4]).expect("it is written");
    let told = |path: &Path| Locked::read(path).map(drop);
    assert_eq!(told(&large), Err(CantOpen::TooLarge));
    assert_eq!(told(folder.path()), Err(CantOpen::NotRead));
    assert_eq!(told(&folder.path().join("gone.age")), Err(CantOpen::NotRead));
    #[cfg(unix)]
    assert_eq!(told(Path::new("/dev/zero")), Err(CantOpen::NotRead), "which has no end");
}

#[test]
fn words_are_drawn_anew_each_time() {
    let (one, other) = (draw_words().expect("words"), draw_words().expect("words"));
    assert_ne!(one.expose(), other.expose());
    assert_eq!(one.expose().split(' ').count(), 6);
}

proptest! {
    #[test]
    fn whatever_bytes_come_they_are_opened_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for begin in [&b""[..], b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n"] {
            let told = opened(&[begin, &bytes].concat(), WORDS);
            prop_assert!(told.is_err());
        }
    }
}

/// The `age` tool, which is written in Go and shares nothing with the library here. It asks for the passphrase at a
/// terminal and takes it from nowhere else; `script` is one.
fn age_tool(folder: &Path, arguments: &str, answers: &[&str]) -> String {
    let mut asked = Command::new("script")
        .args(["-qec", &format!("age {arguments}"), "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script runs");
    let mut input = asked.stdin.take().expect("a pipe");
    for answer in answers {
        writeln!(input, "{answer}").expect("it listens");
    }
    let done = asked.wait_with_output().expect("it ends");
    drop(input);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "age {arguments}: {said}");
    said
}

#[cfg(target_os = "linux")]
#[test]
fn the_age_tool_opens_what_is_locked_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = draw_words().expect("words");
    let file = lock(&Secret::new(TEXT), &words).expect("it is locked");
    fs::write(folder.path().join("key.age"), file).expect("it is written");

    age_tool(folder.path(), "-d -o key.txt key.age", &[words.expose()]);

    assert_eq!(fs::read_to_string(folder.path().join("key.txt")).expect("it is written"), TEXT);
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_age_tool_locked_opens_here() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("key.txt"), TEXT).expect("it is written");
    for (how, file) in [("-p", "key.age"), ("-p -a", "key.txt.age")] {
        age_tool(folder.path(), &format!("{how} -o {file} key.txt"), &[WORDS, WORDS]);

        let locked = Locked::read(&folder.path().join(file)).expect("it is one");
        let text = locked.open(&Passphrase::readings("Brave otter lunar fudge, tidy canoe"));

        assert_eq!(text.expect("it opens").expose(), TEXT, "{how}");
    }
}
