//! Finds the new key in the answer to a request for one, whatever else is wrong with that answer: the Hub shows a key
//! once (documented), and a key that is not read is lost.
//!
//! serde_json gives up a whole answer for a byte order mark, half a surrogate pair, `1e999`, text after the end or a
//! missing end. So the fields are read by hand, as far as they go.

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::NewKey;
use channel_keys_core::secret::ApiKey;

/// How many different keys of one answer are kept (ours): one is the contract, more than one was never seen.
const MOST_KEYS: usize = 5;
/// How deep objects and lists are read (ours); the contract's key lies at the root, or one level deeper.
const DEEPEST: usize = 16;

/// The key in an answer, and with it the other keys where there are several. Only what begins as a JSON object is read,
/// so that a page of documentation has none.
pub(crate) fn new_key(body: &[u8]) -> Option<NewKey> {
    let mut keys = new_keys(body).into_iter();
    let first = keys.next()?;
    Some(NewKey { others: keys.collect(), ..first })
}

fn new_keys(body: &[u8]) -> Vec<NewKey> {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut reader = Reader { rest: text, depth: 0 };
    let mut keys = Vec::new();
    if let Some(Value::Object(fields)) = reader.value() {
        collect(&fields, &Around::default(), &mut keys);
    }
    keys
}

/// What is known of a key from the objects around it.
#[derive(Clone, Default)]
struct Around {
    address: Option<String>,
    id: Option<String>,
}

fn collect(fields: &[(String, Value)], around: &Around, keys: &mut Vec<NewKey>) {
    let text = |wanted: &str| {
        let mut named = fields.iter().filter(|(name, _)| name == wanted);
        named.find_map(|(_, value)| value.text())
    };
    let around = Around {
        address: text("address").or_else(|| around.address.clone()),
        id: text("id").or_else(|| around.id.clone()),
    };
    for (name, value) in fields {
        match value {
            Value::Text(text) if name == "api_key" => take(text, &around, keys),
            Value::Object(fields) => collect(fields, &around, keys),
            Value::List(entries) => {
                for entry in entries {
                    if let Value::Object(fields) = entry {
                        collect(fields, &around, keys);
                    }
                }
            }
            Value::Text(_) | Value::Other(_) => {}
        }
    }
}

fn take(text: &str, around: &Around, keys: &mut Vec<NewKey>) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    // A masked key is none, and what is left of one that no UTF-8 holds neither.
    let is_masked = text.contains(['*', '•', '…', '\u{fffd}']);
    let key = ApiKey::new(text);
    if text.is_empty()
        || is_masked
        || keys.len() == MOST_KEYS
        || keys.iter().any(|known| known.key.same_as(&key))
    {
        return;
    }
    let (address, hub_id) = (Fact::from(around.address.clone()), Fact::from(around.id.clone()));
    keys.push(NewKey { key, address, hub_id, others: Vec::new() });
}

enum Value {
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    Text(String),
    /// A number or a word, as it is written.
    Other(String),
}

impl Value {
    /// A text, or a number as it is written.
    fn text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Other(word) if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                Some(word.clone())
            }
            _ => None,
        }
    }
}

/// Reads JSON as far as it goes. What is incomplete at the end is left out, so that half a key is none.
struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        self.skip_blanks();
        match self.rest.first()? {
            b'"' => self.string().map(Value::Text),
            b'{' | b'[' if self.depth == DEEPEST => None,
            b'{' => Some(self.object()),
            b'[' => Some(self.list()),
            _ => self.word().map(Value::Other),
        }
    }

    fn object(&mut self) -> Value {
        self.enter();
        let mut fields = Vec::new();
        while let Some(name) = self.next_entry(b'}').and_then(|()| self.string()) {
            self.skip_blanks();
            if self.rest.first() != Some(&b':') {
                break;
            }
            self.rest = &self.rest[1..];
            let Some(value) = self.value() else { break };
            fields.push((name, value));
        }
        self.depth -= 1;
        Value::Object(fields)
    }

    fn list(&mut self) -> Value {
        self.enter();
        let mut entries = Vec::new();
        while let Some(value) = self.next_entry(b']').and_then(|()| self.value()) {
            entries.push(value);
        }
        self.depth -= 1;
        Value::List(entries)
    }

    fn enter(&mut self) {
        self.rest = &self.rest[1..];
        self.depth += 1;
    }

    /// Goes to the next entry of an object or a list; none at its end, which is passed.
    fn next_entry(&mut self, end: u8) -> Option<()> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == 0 || byte == b',');
        if *self.rest.first()? == end {
            self.rest = &self.rest[1..];
            return None;
        }
        Some(())
    }

    /// A string that has its end. Half a surrogate pair is U+FFFD.
    fn string(&mut self) -> Option<String> {
        let inner = self.rest.strip_prefix(b"\"")?;
        let mut end = 0;
        loop {
            match inner.get(end)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        self.rest = &inner[end + 1..];
        Some(unescaped(&String::from_utf8_lossy(&inner[..end])))
    }

    /// A number, `true`, `false` or `null`, or whatever stands in such a place.
    fn word(&mut self) -> Option<String> {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:{}[]\"\0".contains(byte);
        let length = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        (length > 0).then(|| String::from_utf8_lossy(word).into_owned())
    }

    fn skip_blanks(&mut self) {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == 0);
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let length = self.rest.iter().position(|&byte| !is_skipped(byte)).unwrap_or(self.rest.len());
        self.rest = &self.rest[length..];
    }
}

fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match (c, if c == '\\' { chars.next() } else { None }) {
            (_, Some('u')) => {
                let digits: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xfffd));
                continue;
            }
            (_, Some('n')) => '\n',
            (_, Some('r')) => '\r',
            (_, Some('t')) => '\t',
            (_, Some('b')) => '\u{8}',
            (_, Some('f')) => '\u{c}',
            (_, Some(escaped)) => escaped,
            (c, None) => c,
        };
        units.extend(c.encode_utf16(&mut [0; 2]).iter());
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "inventedinventedAK";

    fn keys_in(body: impl AsRef<[u8]>) -> Vec<String> {
        new_keys(body.as_ref()).iter().map(|new| new.key.expose().to_owned()).collect()
    }

    #[test]
    fn key_is_found_whatever_else_is_wrong_with_the_json() {
        for body in [
            r#"{"address":"https://waba-v2.360dialog.io","api_key":"KEY","app_id":"1","id":"2"}"#,
            r#"{"api_key":{"address":"https://waba-v2.360dialog.io","api_key":"KEY","id":2}}"#,
            "\u{feff}{\"api_key\":\"KEY\"}",
            " \r\n\0{\"api_key\":\"KEY\"}",
            r#"{"id":1e999,"api_key":"KEY"}"#,
            r#"{"id":NaN,"n":-,"api_key":"KEY"}"#,
            r#"{"api_key":"KEY","api_key":"KEY"}"#,
            r#"{"api_key":null,"api_key":"KEY"}"#,
            r#"{"api_key":"KEY"}<!-- gateway -->"#,
            "{\"api_key\":\"KEY\"}\0\0",
            r#"{"api_key":"KEY"}{"api_key":"anotheranotherAK"}"#,
            r#"{"api_key":"KEY""#,
            r#"{"api_key":"KEY","name":"cut in the mi"#,
            r#"{"api_key":{"api_key":"KEY","addr"#,
            r#"{"name":"Hotel \ud83d","api_key":"KEY"}"#,
            r#"{"\ud83d":"\udc00\ud83d","api_key":"KEY","more":"\u12"}"#,
            "{\"api_key\":\" \\n\tKEY\\u00a0 \"}",
            r#"{"\u0061pi_key":"\u004bEY"}"#,
            r#"{"list":[1,[2],{"a":"}"}],"api_key":"KEY"}"#,
        ] {
            let body = body.replace("\\u004bEY", "\\u0069nventedinventedAK").replace("KEY", KEY);
            assert_eq!(keys_in(&body), [KEY], "{body}");
        }
        let bytes = [b"{\"name\":\"\xff\xfe\",\"api_key\":\"", KEY.as_bytes(), b"\"}"].concat();
        assert_eq!(keys_in(bytes), [KEY]);
    }

    #[test]
    fn no_key_is_read_where_there_is_none() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"api_key":""}"#,
            r#"{"api_key":" \u0000"}"#,
            r#"{"api_key":null}"#,
            r#"{"api_key":7}"#,
            r#"{"api_key":["inventedinventedAK"]}"#,
            r#"{"api_key":"**************kX9pAK"}"#,
            r#"{"api_key":"inventedinvented"#,
            r#"{"api_key":"inventedinvented\"#,
            r#"{"message":"\"api_key\":\"inventedinventedAK\""}"#,
            r#"<pre>{"api_key":"inventedinventedAK"}</pre>"#,
            r#"inventedinventedAK"#,
        ] {
            assert_eq!(keys_in(body), Vec::<String>::new(), "{body}");
        }
        assert_eq!(keys_in([b"{\"api_key\":\"".as_slice(), b"invented\xffinventedAK\"}"].concat()), [""; 0]);
    }

    #[test]
    fn address_and_id_come_from_the_object_that_has_the_key() {
        let body = r#"{"id":1,"address":"https://waba-v2.360dialog.io","api_key":{"api_key":"inventedinventedAK","id":"201126"}}"#;
        let new = new_keys(body.as_bytes()).remove(0);
        assert_eq!(new.address, Fact::Told("https://waba-v2.360dialog.io".into()));
        assert_eq!(new.hub_id, Fact::Told("201126".into()));
    }

    #[test]
    fn different_keys_are_all_returned_in_their_order() {
        let twice = r#"{"api_key":"firstfirstfirstAK","api_key":"secondsecondAK"}"#;
        assert_eq!(keys_in(twice), ["firstfirstfirstAK", "secondsecondAK"]);
        let nested = r#"{"api_key":"firstfirstfirstAK","data":{"api_key":"secondsecondAK"}}"#;
        assert_eq!(keys_in(nested), ["firstfirstfirstAK", "secondsecondAK"]);
        let many: String = (0..100).map(|n| format!("{{\"api_key\":\"invented{n}\"}},")).collect();
        assert_eq!(keys_in(format!("{{\"list\":[{many}]}}")).len(), MOST_KEYS);
    }

    #[test]
    fn deep_nesting_ends_the_reading_without_harm() {
        assert_eq!(keys_in("{\"a\":".repeat(100_000)), [""; 0]);
        assert_eq!(keys_in(format!("{{\"api_key\":\"{KEY}\",\"a\":{}", "[".repeat(100_000))), [KEY]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in any::<Vec<u8>>(), text in "[{}\\[\\]\",:\\\\u0-9a-f \\PC]{0,60}") {
            let _ = new_keys(&bytes);
            let _ = new_keys(format!("{{{text}").as_bytes());
        }

        #[test]
        fn key_of_valid_json_is_the_one_that_serde_reads(key in "[!-)+-~]{1,40}", name in any::<String>()) {
            let body = serde_json::json!({"name": name, "api_key": key, "id": 7}).to_string();
            prop_assert_eq!(keys_in(body), [key]);
        }
    }
}
