//! The address with which a client comes back from the permission page.

use std::collections::HashSet;

use url::Url;

use super::is_odd;
use super::unwrapping::unwrapped;
use crate::channel::{ChannelId, ClientId};
use crate::fact::Fact;

/// The most channels that one address may name (ours).
pub const MOST_IDS: usize = 500;
/// The longest address that is read, in bytes (ours): as many ids as that, and some more.
const LONGEST: usize = 32_000;
/// The longest id (ours): those that were seen have 31 characters at most.
const LONGEST_ID: usize = 64;

/// What an address says that leads back from the permission page (documented). It is a hint: anybody can write one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Which client was there.
    pub client: Fact<ClientId>,
    /// Which channels it gave the permission for during that visit; all that it gave earlier is not among them.
    pub given: Fact<Vec<ChannelId>>,
    /// For which it took the permission back.
    pub revoked: Fact<Vec<ChannelId>>,
    /// What the link had carried along.
    pub state: Option<String>,
}

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReturn {
    /// Nothing was pasted.
    #[error("there is nothing")]
    Empty,
    /// Longer than any that 360dialog makes.
    #[error("this is too long")]
    TooLong,
    /// It has characters that no address has, or that hide what it says.
    #[error("this has odd characters")]
    OddCharacters,
    /// It is no address.
    #[error("this is no address")]
    NotAnAddress,
    /// It is no address of a web page.
    #[error("this leads to no web page")]
    OtherScheme,
    /// It carries a user name or a password.
    #[error("this carries credentials")]
    Credentials,
    /// It says nothing that the permission page adds.
    #[error("the permission page added nothing to this")]
    NothingInIt,
    /// It says one thing twice.
    #[error("this says one thing twice")]
    Twice,
    /// A list in it is none of the forms that are known.
    #[error("a list in this can't be read")]
    OddList,
    /// An id in it is none.
    #[error("an id in this is none")]
    OddId,
    /// It names more channels than are believed.
    #[error("this names too many channels")]
    TooMany,
}

impl Returned {
    /// Reads an address that a client sent in.
    pub fn read(text: &str) -> Result<Returned, NotAReturn> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAReturn::Empty);
        }
        if text.len() > LONGEST {
            return Err(NotAReturn::TooLong);
        }
        // Looked for here, since reading an address leaves some of them out without a word.
        let is_out_of_place = |c: char| is_odd(c) || c.is_whitespace();
        if text.contains(is_out_of_place) {
            return Err(NotAReturn::OddCharacters);
        }
        // A client sends it by mail, and a mail system wraps it.
        let text = unwrapped(text).map_or_else(|| text.to_owned(), |(inner, _)| inner);
        if text.contains(is_out_of_place) {
            return Err(NotAReturn::OddCharacters);
        }
        let url = Url::parse(&text).map_err(|_| NotAReturn::NotAnAddress)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(NotAReturn::OtherScheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotAReturn::Credentials);
        }
        let said = |name: &str| -> Result<Option<String>, NotAReturn> {
            let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value);
            let first = values.next();
            if values.next().is_some() {
                return Err(NotAReturn::Twice);
            }
            let first = first.map(|value| value.into_owned()).filter(|value| !value.is_empty());
            match first {
                // What a link had carried along is the partner's own, and is only compared.
                Some(value) if name != "state" && value.contains(is_odd) => Err(NotAReturn::OddCharacters),
                first => Ok(first),
            }
        };
        let (client, state) = (said("client")?, said("state")?);
        let (given, revoked) = (said("channels")?, said("revoked")?);
        if client.is_none() && given.is_none() && revoked.is_none() {
            return Err(NotAReturn::NothingInIt);
        }
        let client = client.map(|id| is_id(&id).then_some(ClientId(id)).ok_or(NotAReturn::OddId));
        let list = |text: Option<String>| text.map(|text| ids(&text)).transpose().map(Fact::from);
        Ok(Returned {
            client: client.transpose()?.into(),
            given: list(given)?,
            revoked: list(revoked)?,
            state,
        })
    }
}

/// Ids are never validated strictly; what could be anything else than an id is none.
fn is_id(text: &str) -> bool {
    let is_one = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (1..=LONGEST_ID).contains(&text.len()) && text.chars().all(is_one)
}

/// A list in brackets, whose entries are separated by commas and stand bare (documented) or in quotes (seen).
fn ids(text: &str) -> Result<Vec<ChannelId>, NotAReturn> {
    let bare = unquoted(text.trim());
    let inner = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or(NotAReturn::OddList)?;
    if inner.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut known = HashSet::new();
    let mut ids = Vec::new();
    for entry in inner.split(',') {
        let id = unquoted(entry.trim());
        if !is_id(id) {
            return Err(NotAReturn::OddId);
        }
        if known.insert(id) {
            ids.push(ChannelId(id.to_owned()));
        }
        if ids.len() > MOST_IDS {
            return Err(NotAReturn::TooMany);
        }
    }
    Ok(ids)
}

fn unquoted(text: &str) -> &str {
    let between = |quote| text.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    between('"').or_else(|| between('\'')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> Result<Returned, NotAReturn> {
        Returned::read(&format!("https://www.blue-anchor.example/welcome?{query}"))
    }

    fn channels(ids: &[&str]) -> Fact<Vec<ChannelId>> {
        Fact::Told(ids.iter().map(|id| ChannelId((*id).to_owned())).collect())
    }

    #[test]
    fn all_forms_of_a_list_say_the_same() {
        for list in [
            "[aCH,bCH]",
            "[aCH, bCH]",
            "%5BaCH%2CbCH%5D",
            "[%22aCH%22,%22bCH%22]",
            "[\"aCH\",\"bCH\"]",
            "['aCH','bCH']",
            "%22[aCH,bCH]%22",
            "[aCH,bCH,aCH]",
        ] {
            let list = list.replace(' ', "%20");
            assert_eq!(
                read(&format!("client=xCL&channels={list}")).map(|it| it.given),
                Ok(channels(&["aCH", "bCH"])),
                "{list}"
            );
        }
    }

    #[test]
    fn an_empty_list_is_none_given_and_an_absent_one_says_nothing() {
        let told = read("client=xCL&channels=[]&revoked=[bCH]&state=s1").expect("it reads");
        assert_eq!(told.client, Fact::Told(ClientId("xCL".into())));
        assert_eq!((told.given, told.revoked), (channels(&[]), channels(&["bCH"])));
        assert_eq!(told.state.as_deref(), Some("s1"));

        let told = read("client=xCL").expect("it reads");
        assert_eq!((told.given, told.revoked, told.state), (Fact::NotTold, Fact::NotTold, None));
        let told = read("channels=[aCH]&utm_source=x&lang=de").expect("what is not known is passed over");
        assert_eq!((told.client, told.given), (Fact::NotTold, channels(&["aCH"])));
        assert_eq!(read("client=xCL&channels=").map(|it| it.given), Ok(Fact::NotTold));
        assert_eq!(read("client=xCL&channels=[%20]").map(|it| it.given), Ok(channels(&[])));
    }

    #[test]
    fn what_is_odd_is_refused_in_a_word() {
        let many: Vec<String> = (0..=MOST_IDS).map(|at| format!("c{at}CH")).collect();
        let too_many = format!("https://x.example/?channels=[{}]", many.join(","));
        let huge = format!("https://x.example/?channels=[{}]", "a".repeat(100_000));
        for (text, why) in [
            ("", NotAReturn::Empty),
            (" \n ", NotAReturn::Empty),
            ("it worked", NotAReturn::OddCharacters),
            ("worked", NotAReturn::NotAnAddress),
            ("//x.example/?client=xCL", NotAReturn::NotAnAddress),
            ("javascript:alert(1)", NotAReturn::OtherScheme),
            ("file:///etc/passwd?client=xCL", NotAReturn::OtherScheme),
            ("channel-keys://x?client=xCL", NotAReturn::OtherScheme),
            ("https://jo:secret@x.example/?client=xCL", NotAReturn::Credentials),
            ("https://jo@x.example/?client=xCL", NotAReturn::Credentials),
            ("https://x.example/", NotAReturn::NothingInIt),
            ("https://x.example/?state=s1", NotAReturn::NothingInIt),
            ("https://x.example/#client=xCL", NotAReturn::NothingInIt),
            ("https://x.example/?client=xCL&client=yCL", NotAReturn::Twice),
            ("https://x.example/?channels=[aCH]&channels=[bCH]", NotAReturn::Twice),
            ("https://x.example/?client=xCL&state=a&state=b", NotAReturn::Twice),
            ("https://x.example/?channels=aCH,bCH", NotAReturn::OddList),
            ("https://x.example/?channels=[aCH", NotAReturn::OddList),
            ("https://x.example/?channels=[aCH,,bCH]", NotAReturn::OddId),
            ("https://x.example/?channels=[[aCH]]", NotAReturn::OddId),
            ("https://x.example/?channels=[{%22id%22:1}]", NotAReturn::OddId),
            ("https://x.example/?channels=[../x]", NotAReturn::OddId),
            ("https://x.example/?client=a%20b", NotAReturn::OddId),
            ("https://x.example/?client=x%00CL", NotAReturn::OddCharacters),
            ("https://x.example/?client=xCL\u{202e}", NotAReturn::OddCharacters),
            ("https://x.example/?client=x\u{0}CL", NotAReturn::OddCharacters),
            (too_many.as_str(), NotAReturn::TooMany),
            (huge.as_str(), NotAReturn::TooLong),
        ] {
            assert_eq!(Returned::read(text), Err(why), "{text:.80}");
        }
    }

    #[test]
    fn an_address_that_a_mail_system_wrapped_is_read_as_what_is_in_it() {
        let address = "https://www.blue-anchor.example/welcome?client=xCL&channels=[aCH]&state=a%0Ab";
        let encoded: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
        let wrapped = format!("https://eur01.safelinks.protection.outlook.com/?url={encoded}&data=x");
        let told = Returned::read(&wrapped).expect("it reads");
        assert_eq!(Ok(&told), Returned::read(address).as_ref());
        assert_eq!(told.state.as_deref(), Some("a\nb"), "what a link had carried along is compared as it is");
    }

    fn any_ids() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::hash_set("[A-Za-z0-9]{1,28}CH", 0..30).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn whatever_the_permission_page_writes_is_read_back_as_it_was(
            client in "[A-Za-z0-9]{4,28}CL",
            given in any_ids(),
            revoked in any_ids(),
            state in "[!-~]{1,60}",
            quoted in any::<bool>(),
            encoded in any::<bool>(),
        ) {
            let written = |ids: &[String]| {
                let entries = ids.iter().map(|id| if quoted { format!("\"{id}\"") } else { id.clone() });
                format!("[{}]", entries.collect::<Vec<_>>().join(","))
            };
            let mut url = Url::parse("https://www.blue-anchor.example/welcome").expect("an address");
            url.query_pairs_mut().append_pair("client", &client).append_pair("state", &state);
            let query = url.query().unwrap_or_default().to_owned();
            if encoded {
                url.query_pairs_mut()
                    .append_pair("channels", &written(&given))
                    .append_pair("revoked", &written(&revoked));
            } else {
                url.set_query(Some(&format!("{query}&channels={}&revoked={}", written(&given), written(&revoked))));
            }
            let told = Returned::read(url.as_str()).expect("it reads");
            let ids = |ids: &[String]| Fact::Told(ids.iter().cloned().map(ChannelId).collect::<Vec<_>>());
            prop_assert_eq!(told.client, Fact::Told(ClientId(client)));
            prop_assert_eq!((told.given, told.revoked), (ids(&given), ids(&revoked)));
            prop_assert_eq!(told.state, Some(state));
        }

        #[test]
        fn whatever_is_pasted_is_read_or_refused_and_what_is_read_holds_ids_alone(text in "\\PC{0,200}") {
            for text in [text.clone(), format!("https://x.example/?client=xCL&channels={text}")] {
                if let Ok(told) = Returned::read(&text) {
                    let lists = [told.given, told.revoked];
                    let ids = lists.iter().filter_map(|list| list.told()).flatten().map(|id| id.0.as_str());
                    let all: Vec<&str> = ids.chain(told.client.told().map(|id| id.0.as_str())).collect();
                    prop_assert!(all.iter().all(|id| is_id(id)), "{:?}", all);
                }
            }
        }
    }
}
