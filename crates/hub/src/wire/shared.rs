//! Which of a client's channels are shared with the partner. What is not in this list is shown as Missing, so nothing in
//! it is passed over: an answer is understood as a whole or not at all.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::IgnoredAny;

use channel_keys_core::channel::ChannelId;

use super::fields::only_object;
use super::json::{self, UNREADABLE};
use crate::paths::PAGE;

/// The body is ours: a bare list, or one under a key, of channel objects or of plain ids.
pub(crate) struct SharedAnswer {
    pub(crate) channels: Vec<ChannelId>,
    /// How many the answer says that there are.
    pub(crate) announced: Option<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Bare(Vec<Entry>),
    Named(#[serde(deserialize_with = "only_object")] Envelope),
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(alias = "partner_channels", alias = "channels")]
    shared_client_numbers: Vec<Entry>,
    count: Option<usize>,
    total: Option<usize>,
    offset: Option<usize>,
    meta: Option<Meta>,
    has_more: Option<bool>,
    /// Where a list says that it goes on, in the ways that are usual elsewhere; how to follow is not known.
    #[serde(
        alias = "next_page",
        alias = "next_cursor",
        alias = "cursor",
        alias = "paging",
        alias = "pagination",
        alias = "links"
    )]
    next: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Meta {
    success: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Id(String),
    Channel(#[serde(deserialize_with = "only_object")] SharedChannel),
}

#[derive(Deserialize)]
struct SharedChannel {
    id: String,
    /// Fields of the client's side (ours): a list that names what is not shared as well is not this list.
    shared: Option<bool>,
    partner_permission: Option<String>,
}

impl SharedAnswer {
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        // What a gateway made of a list may have lost a part of it: what is no JSON is not mended here.
        serde_json::from_slice::<IgnoredAny>(body).ok()?;
        let (list, announced) = match json::read(body)? {
            Body::Bare(list) => (list, None),
            Body::Named(named) => {
                let goes_on = named.next.is_some() || named.has_more == Some(true);
                let begins_later = named.offset.is_some_and(|offset| offset > 0);
                if goes_on || begins_later || named.meta.is_some_and(|meta| meta.success == Some(false)) {
                    return None;
                }
                (named.shared_client_numbers, named.total.max(named.count))
            }
        };
        let mut known = HashSet::new();
        let mut channels = Vec::with_capacity(list.len());
        for entry in list {
            let id = entry.into_id()?;
            if known.insert(id.clone()) {
                channels.push(ChannelId(id));
            }
        }
        Some(Self { channels, announced })
    }

    /// Whether nothing is left out. As many as were asked for, or as the Hub's usual page holds (seen), may be a page of
    /// more.
    pub(crate) fn is_whole(&self, limit: usize) -> bool {
        let count = self.channels.len();
        self.announced.map_or(count != PAGE && count != limit, |announced| count == announced)
    }
}

impl Entry {
    fn into_id(self) -> Option<String> {
        let id = match self {
            Entry::Id(id) => id,
            Entry::Channel(channel) => {
                let is_shared = channel.shared != Some(false)
                    && channel.partner_permission.is_none_or(|word| word == "shared");
                is_shared.then_some(channel.id)?
            }
        };
        // An id that is not as the Hub writes ids would be found in no list.
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || c == UNREADABLE;
        (!id.is_empty() && !id.contains(is_odd)).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Vec<String>> {
        let answer = SharedAnswer::read(json.as_bytes())?;
        answer.is_whole(PAGE).then(|| answer.channels.into_iter().map(|id| id.0).collect())
    }

    #[test]
    fn every_form_of_the_list_says_the_same() {
        let both = Some(vec!["aCH".to_owned(), "bCH".to_owned()]);
        for form in [
            r#"["aCH","bCH"]"#,
            r#"["aCH",{"id":"bCH"},"aCH"]"#,
            r#"[{"id":"aCH","status":7,"client":null},{"id":"bCH","shared":true,"partner_permission":"shared"}]"#,
            r#"{"shared_client_numbers":[{"id":"aCH"},{"id":"bCH"}]}"#,
            r#"{"partner_channels":["aCH","bCH"],"count":2,"total":2,"limit":1000,"offset":0,"sort":["id"],"filters":{}}"#,
            r#"{"channels":["aCH","bCH"],"next":null,"has_more":false,"total":null,"meta":{"success":true}}"#,
            r#"[{"id":"aCH","setup_info":{"phone_name":"Hotel \ud83d"}},{"id":"bCH","current_limit":1e999}]"#,
            r#"{"channels":[{"id":"aCH","status":"error","status":"ready"},"bCH"],"sort":["\udc00"]}"#,
        ] {
            assert_eq!(read(form), both, "{form}");
        }
        assert_eq!(read("[]"), Some(Vec::new()));
        assert_eq!(read(r#"{"channels":[],"total":0}"#), Some(Vec::new()));
    }

    #[test]
    fn what_is_not_wholly_understood_is_no_list() {
        for odd in [
            "",
            "null",
            "{}",
            r#""aCH""#,
            r#"["aCH",null]"#,
            r#"["aCH",7]"#,
            r#"["aCH",""]"#,
            r#"["aCH"," bCH"]"#,
            r#"["aCH",["bCH"]]"#,
            r#"["aCH",["bCH",true,"shared"]]"#,
            r#"[["aCH"],1,1,0,null,false,null]"#,
            r#"["aCH",{}]"#,
            r#"["aCH",{"id":null}]"#,
            r#"["aCH",{"id":7}]"#,
            r#"["aCH",{"id":""}]"#,
            r#"["aCH",{"channel_id":"bCH"}]"#,
            r#"["aCH",{"id":"bCH","id":"cCH"}]"#,
            r#"["aCH","b\ud83dCH"]"#,
            r#"["aCH",{"id":"bCH","status":ready}]"#,
            r#"["aCH",{"id":"bCH","shared":false,"shared":true},{"id":1e999}]"#,
            r#"["aCH",{"id":"bCH","shared":false}]"#,
            r#"["aCH",{"id":"bCH","shared":"yes"}]"#,
            r#"["aCH",{"id":"bCH","partner_permission":"missing"}]"#,
            r#"["aCH"] and more"#,
            r#"["aCH""#,
            r#"{"shared_client_numbers":null}"#,
            r#"{"shared_client_numbers":{"aCH":true}}"#,
            r#"{"channels":["aCH"],"partner_channels":["bCH"]}"#,
            r#"{"numbers":["aCH"]}"#,
            r#"{"channels":["aCH"],"next":"/2"}"#,
            r#"{"channels":["aCH"],"paging":{"after":"x"}}"#,
            r#"{"channels":["aCH"],"has_more":true}"#,
            r#"{"channels":["aCH"],"offset":1}"#,
            r#"{"channels":["aCH"],"total":"many"}"#,
            r#"{"channels":["aCH"],"total":2}"#,
            r#"{"channels":["aCH"],"count":2}"#,
            r#"{"channels":["aCH","aCH"],"total":2}"#,
            r#"{"channels":["aCH"],"total":0}"#,
            r#"{"channels":[],"meta":{"success":false,"http_code":403}}"#,
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn as_many_as_a_usual_page_holds_may_be_a_page_of_more() {
        let list = |count: usize| {
            let ids: Vec<String> = (0..count).map(|at| format!(r#""{at}CH""#)).collect();
            format!("[{}]", ids.join(","))
        };
        assert_eq!(read(&list(PAGE - 1)).map(|ids| ids.len()), Some(PAGE - 1));
        assert_eq!(read(&list(PAGE)), None);
        assert_eq!(read(&list(PAGE + 1)).map(|ids| ids.len()), Some(PAGE + 1));
    }
}
