use super::*;
use proptest::prelude::*;
use time::macros::datetime;

const KEY: &str = "inventedinventedkX9pAK";

fn a_file() -> KeyFile {
    KeyFile {
        realm: Realm::Real,
        channel: ChannelId("rB4k9wCH".into()),
        name: Some("Restaurant bookings".into()),
        number: Some("493055570188".into()),
        address: Some("https://waba-v2.360dialog.io".into()),
        key: ApiKey::new(KEY),
        made: Some(datetime!(2026-11-28 06:50:10 UTC)),
        saved: datetime!(2026-11-28 07:00 UTC),
    }
}

fn text_of(file: &KeyFile) -> String {
    file.text().expect("it can be read back").expose().to_owned()
}

/// What tells two apart, with the key's own text.
fn facts(file: &KeyFile) -> String {
    format!("{file:?} {}", file.key.expose())
}

fn refused(text: &str) -> Option<NotAKeyFile> {
    KeyFile::read(&Secret::new(text)).err()
}

#[test]
fn the_text_is_one_that_a_person_can_read() {
    let expected = format!(
        "An API key for a WhatsApp number, saved by Channel Keys\n\
         \n\
         Form: 1\n\
         Number: +493055570188\n\
         Name: Restaurant bookings\n\
         Channel: rB4k9wCH\n\
         Address: https://waba-v2.360dialog.io\n\
         Key: {KEY}\n\
         Made: 2026-11-28T06:50:10Z\n\
         Saved: 2026-11-28T07:00:00Z\n\
         \n\
         Whoever has this key can send and read the messages of that number. Put it where it is used,\n\
         and delete this text. It works until a new key is made for the number.\n"
    );
    assert_eq!(text_of(&a_file()), expected);
}

#[test]
fn what_is_not_known_is_not_written() {
    let bare = KeyFile { name: None, number: None, address: None, made: None, ..a_file() };
    let text = text_of(&bare);
    for label in ["Name", "Number", "Address", "Made", "not told", "unknown"] {
        assert!(!text.contains(&format!("{label}:")), "{text}");
    }
    let read = KeyFile::read(&Secret::new(text)).expect("it is read back");
    assert_eq!(facts(&read), facts(&bare));
}

#[test]
fn a_practice_key_says_so_first() {
    let text = text_of(&KeyFile { realm: Realm::Practice, ..a_file() });
    assert!(text.starts_with("A practice key"), "{text}");
    assert_eq!(KeyFile::read(&Secret::new(text)).map(|read| read.realm), Ok(Realm::Practice));
}

#[test]
fn the_ends_of_lines_may_have_changed_on_the_way() {
    let text = text_of(&a_file()).replace('\n', "\r\n");
    let read = KeyFile::read(&Secret::new(text)).expect("it is read");
    assert_eq!(facts(&read), facts(&a_file()));
}

#[test]
fn whatever_differs_is_refused() {
    let text = text_of(&a_file());
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for odd in [
        String::new(),
        "\n".into(),
        KEY.into(),
        "hello".into(),
        format!(" {text}"),
        format!("{text}\n"),
        format!("{text}one more\n"),
        text.trim_end().into(),
        changed("Form: 1\n", ""),
        changed("Channel: rB4k9wCH\n", ""),
        changed("rB4k9wCH", ""),
        changed("rB4k9wCH", &"x".repeat(LONGEST + 1)),
        changed("Restaurant bookings", ""),
        changed(&format!("Key: {KEY}\n"), ""),
        changed(KEY, "short"),
        changed(KEY, "two words of it are no key"),
        changed(KEY, &"k".repeat(600)),
        changed("Key: ", "key: "),
        changed("+493055570188", "493055570188"),
        changed("+493055570188", "+49 30 55570188"),
        changed("+493055570188", "+1"),
        changed("https://waba-v2.360dialog.io", "http://waba-v2.360dialog.io"),
        changed("https://waba-v2.360dialog.io", "https://me:secret@waba-v2.360dialog.io"),
        changed("https://waba-v2.360dialog.io", "https://waba-v2.360dialog.io/?to=elsewhere"),
        changed("https://waba-v2.360dialog.io", "file:///etc/passwd"),
        changed("2026-11-28T06:50:10Z", "yesterday"),
        changed("2026-11-28T07:00:00Z", "2026-11-28"),
        changed("Saved: 2026-11-28T07:00:00Z\n", ""),
        changed("Name: ", "Name: x\nName: "),
        changed("and delete this text", "and send it to everybody"),
    ] {
        assert_eq!(refused(&odd), Some(NotAKeyFile::SomethingElse), "{odd}");
    }
}

#[test]
fn a_later_form_is_told_from_something_else() {
    let later = text_of(&a_file()).replace("Form: 1", "Form: 2").replace("Number", "Numbers");
    assert_eq!(refused(&later), Some(NotAKeyFile::LaterForm));
}

#[test]
fn what_can_t_be_seen_or_turns_the_text_around_it_is_refused() {
    for odd in [
        '\0', '\r', '\u{7}', '\u{1b}', '\t', '\u{85}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}',
        '\u{2028}',
    ] {
        let text = text_of(&a_file()).replace("bookings", &format!("book{odd}ings"));
        assert_eq!(refused(&text), Some(NotAKeyFile::OddCharacters), "{odd:?}");
    }
}

#[test]
fn a_key_that_no_header_could_carry_is_not_written() {
    let odd = KeyFile { key: ApiKey::new("two words\nof a key that is none"), ..a_file() };
    assert!(odd.text().is_none());
}

#[test]
fn nothing_of_it_tells_the_key_when_debugged() {
    assert!(!format!("{:?}", a_file()).contains("invented"));
}

fn files() -> impl Strategy<Value = KeyFile> {
    let maybe = |pattern: &'static str| prop::option::of(pattern);
    let times = (0i64..4_000_000_000).prop_map(|at| OffsetDateTime::from_unix_timestamp(at).expect("a time"));
    (
        any::<bool>(),
        "[!-~]{1,40}",
        maybe("\\PC{1,200}"),
        maybe("[0-9]{5,20}"),
        maybe("https://[a-z]{1,10}\\.360dialog\\.io(/[a-z]{1,5})?"),
        "[!-~]{16,200}",
        prop::option::of(times.clone()),
        times,
    )
        .prop_map(|(real, channel, name, number, address, key, made, saved)| KeyFile {
            realm: if real { Realm::Real } else { Realm::Practice },
            channel: ChannelId(channel),
            name: name.map(|it| for_showing(&it)).filter(|it| !it.is_empty()),
            number,
            address,
            key: ApiKey::new(key.replace("://", "kkk")),
            made,
            saved,
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_as_it_was(file in files()) {
        let text = file.text().expect("it can be read back");
        let read = KeyFile::read(&text).expect("it is read");
        prop_assert_eq!(facts(&read), facts(&file));
        prop_assert_eq!(text_of(&read), text.expose(), "and written again the same");
    }

    #[test]
    fn whatever_is_read_is_what_would_be_written(text in any::<String>()) {
        prop_assert!(KeyFile::read(&Secret::new(text)).is_err(), "by chance nothing is a key");
    }

    #[test]
    fn a_text_with_something_changed_is_refused_or_says_what_it_says(
        at in any::<prop::sample::Index>(),
        with in any::<char>(),
    ) {
        let text = text_of(&a_file());
        let at = at.index(text.len());
        let changed = format!("{}{with}{}", &text[..at], &text[at + 1..]);
        if let Ok(read) = KeyFile::read(&Secret::new(changed.clone())) {
            // Line ends of another system are read as well.
            prop_assert_eq!(text_of(&read), changed.replace("\r\n", "\n"));
        }
    }
}
