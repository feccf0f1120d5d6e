//! Finds the new key in the answer to a request for one, whatever else is wrong with that answer: the Hub shows a key
//! once (documented), and a key that is not read is lost. So the answer is read as far as it goes.

use std::fmt;
use std::mem::take;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::NewKey;
use channel_keys_core::pasted::key_in_field;

use super::fields::id;
use super::json;

/// How many different keys of one answer are kept (ours): one is the contract, more than one was never seen.
const MOST_KEYS: usize = 5;

/// The key in an answer, and with it the other keys where there are several. Only what begins as JSON is read, so that a
/// page of documentation has none.
pub(crate) fn new_key(body: &[u8], in_refusal: bool) -> Option<NewKey> {
    let mut keys = new_keys(body, in_refusal).into_iter();
    let first = keys.next()?;
    Some(NewKey { others: keys.collect(), ..first })
}

fn new_keys(body: &[u8], in_refusal: bool) -> Vec<NewKey> {
    let mut keys = Vec::new();
    if let Some(text) = json::readable(body) {
        let mut reader = serde_json::Deserializer::from_str(&text);
        // Where the reading ends, what was found until then stands.
        while (Found { keys: &mut keys, in_refusal }).deserialize(&mut reader).is_ok() {}
    }
    keys
}

/// Reads a value, and adds the keys that the objects in it name.
struct Found<'a> {
    keys: &'a mut Vec<NewKey>,
    in_refusal: bool,
}

/// What an object's field says.
enum Told {
    Text(String),
    Number(String),
    Other,
}

impl Told {
    fn words(self) -> Option<String> {
        match self {
            Told::Text(words) | Told::Number(words) => id(Some(words)),
            Told::Other => None,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Found<'_> {
    type Value = Told;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Told, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Found<'_> {
    type Value = Told;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Told, E> {
        Ok(Told::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Told, E> {
        Ok(Told::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Told, E> {
        Ok(Told::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Told, E> {
        Ok(Told::Number(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Told, E> {
        Ok(Told::Other)
    }

    fn visit_unit<E>(self) -> Result<Told, E> {
        Ok(Told::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Told, A::Error> {
        while list.next_element_seed(Found { keys: self.keys, ..self })?.is_some() {}
        Ok(Told::Other)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Told, A::Error> {
        let first = self.keys.len();
        let (mut address, mut hub_id) = (None, None);
        let ended = loop {
            let name = match fields.next_key::<String>() {
                Ok(Some(name)) => name,
                Ok(None) => break Ok(Told::Other),
                Err(error) => break Err(error),
            };
            let told = fields.next_value_seed(Found { keys: self.keys, ..self });
            match (name.as_str(), told) {
                ("api_key" | "apiKey", Ok(Told::Text(key))) => self.add(&key),
                ("address", Ok(told)) => address = address.or(told.words()),
                ("id", Ok(told)) => hub_id = hub_id.or(told.words()),
                (_, Ok(_)) => {}
                (_, Err(error)) => break Err(error),
            }
        };
        // What the object that has the key does not tell, the one around it may.
        for key in self.keys.iter_mut().skip(first) {
            key.address = take(&mut key.address).or(address.clone().into());
            key.hub_id = take(&mut key.hub_id).or(hub_id.clone().into());
        }
        ended
    }
}

impl Found<'_> {
    fn add(&mut self, text: &str) {
        let Some(key) = key_in_field(text, self.in_refusal) else { return };
        if self.keys.len() < MOST_KEYS && !self.keys.iter().any(|known| known.key.same_as(&key)) {
            self.keys.push(NewKey { key, address: Fact::NotTold, hub_id: Fact::NotTold, others: Vec::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "inventedinventedAK";

    fn keys_in(body: impl AsRef<[u8]>) -> Vec<String> {
        new_keys(body.as_ref(), false).iter().map(|new| new.key.expose().to_owned()).collect()
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
            r#"{"api_key":"KEY"}{"error":"too late"} {"api_key":"KEY"}"#,
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
            r#"{"api_key":"limit of keys reached"}"#,
            "{\"api_key\":\"####################kX9pAK\"}",
            r#"{"api_key":"xxxxxxxxxxxxxxxxxxxxkX9pAK"}"#,
            r#"{"api_key":"[FILTERED]"}"#,
            r#"{"api_key":"pending"}"#,
            r#"{"errors":{"api_key":"required"}}"#,
            r#"{"detail":[{"api_key":"required"}]}"#,
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
        let new = new_keys(body.as_bytes(), false).remove(0);
        assert_eq!(new.address, Fact::Told("https://waba-v2.360dialog.io".into()));
        assert_eq!(new.hub_id, Fact::Told("201126".into()));
    }

    #[test]
    fn different_keys_are_all_returned_in_their_order() {
        let twice = r#"{"api_key":"firstfirstfirstAK","api_key":"secondsecondsecondAK"}"#;
        assert_eq!(keys_in(twice), ["firstfirstfirstAK", "secondsecondsecondAK"]);
        let nested = r#"{"api_key":"firstfirstfirstAK","data":{"api_key":"secondsecondsecondAK"}}"#;
        assert_eq!(keys_in(nested), ["firstfirstfirstAK", "secondsecondsecondAK"]);
        assert_eq!(keys_in(r#"{"api_key":"firstfirstfirstAK"}{"api_key":"secondsecondsecondAK"}"#).len(), 2);
        let many: String = (0..100).map(|n| format!("{{\"api_key\":\"inventedinvented{n}AK\"}},")).collect();
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
            let _ = new_keys(&bytes, false);
            let _ = new_keys(format!("{{{text}").as_bytes(), false);
        }

        #[test]
        fn key_of_valid_json_is_the_one_that_serde_reads(key in "[A-Za-z0-9]{14,29}AK", name in any::<String>()) {
            let body = serde_json::json!({"name": name, "api_key": key, "id": 7}).to_string();
            prop_assert_eq!(keys_in(body), [key]);
        }
    }
}
