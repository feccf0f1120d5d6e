//! Every body is read here: as JSON, and where that fails once more, mended. What serde_json stops at is then unknown by
//! itself, and hides nothing that stands beside it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// Stands in a mended body for what can't be read: half of a character, a number beyond all bounds.
pub(crate) const UNREADABLE: char = char::REPLACEMENT_CHARACTER;
/// How deep a mended body is looked into: nothing that is read lies deeper.
const DEEPEST: usize = 16;

/// Reads a whole body; none where there is no such thing in it.
pub(crate) fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Option<T> {
    match serde_json::from_slice(body) {
        Ok(read) => Some(read),
        Err(_) => T::deserialize(mended(body)?).ok(),
    }
}

/// A body without what serde_json stops at:
/// - halves of characters that take two (`"\ud83d"`, as a name ends that was cut in the middle of a symbol), bytes that
///   are no UTF-8, unknown escapes, control characters: replaced in their text;
/// - numbers beyond all bounds or with leading zeros, words that JSON does not have: a text that is unreadable;
/// - a field that stands twice: counts once if both are alike, and is unreadable if they contradict each other;
/// - a byte order mark, and what is nested too deep.
pub(crate) fn mended(body: &[u8]) -> Option<Value> {
    let Tree(value) = serde_json::from_str(&readable(body)?).ok()?;
    Some(value)
}

/// The text of a body, in which each token can be read. None where it is something else, such as a page.
pub(crate) fn readable(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace() || c.is_control());
    // Some put a line before it, so that no page takes it for a script.
    let text = text.strip_prefix(")]}'").map_or(text, |rest| rest.trim_start_matches([',', ' ', '\r', '\n']));
    text.starts_with(['{', '[']).then(|| with_readable_tokens(text))
}

fn with_readable_tokens(mut rest: &str) -> String {
    let mut mended = String::with_capacity(rest.len());
    let mut depth = 0_usize;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text_length(rest),
            _ if is_between(first) => first.len_utf8(),
            _ => rest.find(is_between).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if matches!(first, '[' | '{') {
            depth += 1;
            if depth == DEEPEST + 1 {
                mended.extend(['"', UNREADABLE, '"']);
            }
        }
        if depth <= DEEPEST {
            match first {
                '"' => mended.push_str(&readable_text(token)),
                _ if is_between(first) => mended.push(if first.is_control() { ' ' } else { first }),
                _ if serde_json::from_str::<Value>(token).is_ok() => mended.push_str(token),
                _ => mended.extend(['"', UNREADABLE, '"']),
            }
        }
        if matches!(first, ']' | '}') {
            depth = depth.saturating_sub(1);
        }
    }
    mended
}

/// What ends a number or a word.
fn is_between(c: char) -> bool {
    matches!(c, '[' | ']' | '{' | '}' | ',' | ':' | '"' | ' ') || c.is_control()
}

/// The length of the text in quotation marks that begins here, or of all there is where it does not end.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

fn readable_text(text: &str) -> Cow<'_, str> {
    if serde_json::from_str::<Cow<'_, str>>(text).is_ok() {
        return text.into();
    }
    let mut readable = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, is_readable) = match (first, rest.as_bytes().get(1)) {
            ('\\', Some(b'u')) => match (unit(rest), rest.get(6..).and_then(unit)) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, true),
                (Some(0xd800..=0xdfff), _) => (6, false),
                (Some(_), _) => (6, true),
                (None, _) => (2, false),
            },
            ('\\', Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => (2, true),
            ('\\', _) => (1, false),
            _ => (first.len_utf8(), !first.is_control()),
        };
        let (token, after) = rest.split_at(length);
        match token {
            // Meant as it stands, by whoever forgot to escape it.
            "\n" => readable.push_str("\\n"),
            "\r" => readable.push_str("\\r"),
            "\t" => readable.push_str("\\t"),
            _ if is_readable => readable.push_str(token),
            _ => readable.push(UNREADABLE),
        }
        rest = after;
    }
    readable.into()
}

/// The UTF-16 unit that is written here as `\u1f0c`.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// A value in which no field contradicts another.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Tree(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Tree(value))) = fields.next_entry::<String, Tree>()? {
            let contradicts = object.get(&name).is_some_and(|earlier| *earlier != value);
            object.insert(name, if contradicts { UNREADABLE.to_string().into() } else { value });
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read_mended(body: &str) -> Value {
        mended(body.as_bytes()).unwrap_or_else(|| panic!("{body} is not read"))
    }

    #[test]
    fn half_characters_are_replaced_and_whole_ones_stay() {
        for (body, value) in [
            (r#""Caf\u00e9 \ud83d""#, json!("Café \u{fffd}")),
            (r#""\ud83c Maria""#, json!("\u{fffd} Maria")),
            (r#""\ude00\ud83d\ud83d\ude00""#, json!("\u{fffd}\u{fffd}😀")),
            (r#""\ud83d\u0041 \ud83d\n""#, json!("\u{fffd}A \u{fffd}\n")),
            (r#""a\\ud83d \"b\"""#, json!(r#"a\ud83d "b""#)),
            (r#""it\'s \u12 \ud8""#, json!("it\u{fffd}'s \u{fffd}12 \u{fffd}d8")),
            ("\"a line\nbreak\"", json!("a line\nbreak")),
            ("\"a\u{0}b\"", json!("a\u{fffd}b")),
        ] {
            assert_eq!(read_mended(&format!("[{body}]")), json!([value]), "{body}");
        }
    }

    #[test]
    fn numbers_and_words_outside_of_json_are_unreadable_and_spoil_nothing() {
        let value = read_mended(r#"{"a":1e999,"b":0493055570142,"c":[NaN,7,None],"d":true,"e":-1.5e3}"#);
        let odd = json!("\u{fffd}");
        assert_eq!(value, json!({"a": odd, "b": odd, "c": [odd, 7, odd], "d": true, "e": -1500.0}));
    }

    #[test]
    fn a_repeated_field_counts_once_and_a_contradicted_one_is_unreadable() {
        let value = read_mended(r#"{"id":"a","id":"a","name":"b","name":"c","name":"b","of":{"x":1,"x":2}}"#);
        assert_eq!(value, json!({"id": "a", "name": "\u{fffd}", "of": {"x": "\u{fffd}"}}));
    }

    #[test]
    fn marks_and_depth_around_a_body_hide_nothing_in_it() {
        assert_eq!(read_mended("\u{feff}{\"id\":\"a\"}\u{0}\r\n"), json!({"id": "a"}));
        let deep = format!(r#"{{"id":"a","of":{}1{}}}"#, "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(read_mended(&deep)["id"], "a");
    }

    #[test]
    fn cut_or_doubled_bodies_are_not_read() {
        for body in ["", "{", r#"{"a":"b"#, r#"{"a":1,}"#, "[1 2]", "[1]]", "{} {}", "<html>", "a b"] {
            assert_eq!(mended(body.as_bytes()), None, "{body}");
        }
    }

    proptest! {
        #[test]
        fn a_sound_body_stays_as_it_is(names in prop::collection::vec("\\PC{0,9}", 0..9), number in any::<i64>()) {
            let value = json!({"names": names, "number": number, "more": [null, true, {"of": names}]});
            prop_assert_eq!(mended(value.to_string().as_bytes()), Some(value));
        }
    }
}
