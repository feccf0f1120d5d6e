//! Where people are sent back to, and what the address then says.
//!
//! Documented: `{redirect_url}?client=…CL&channels=[…CH,…CH]&revoked=[…CH]` and `state`, with lists in brackets that are
//! not JSON. Which addresses the page follows is ours.

use url::{Host, Url};

use super::look_alike::is_look_alike;
use super::text::{decoded, is_odd};

/// The longest address (ours).
const LONGEST: usize = 2_000;
/// Hosts that a return address could be dressed up as, besides the partner's own.
const HUBS: [&str; 2] = ["360dialog.com", "360dialog.io"];

/// An address that people may be sent back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReturnAddress {
    url: Url,
    pub whose: Whose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The host that the Hub knows for the partner.
    Partner,
    /// A program on this computer: that it is the one that sent the link, nobody can tell.
    ThisComputer,
    /// Another host, which is named as such before anybody goes there.
    Other,
}

/// Why an address is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadReturn {
    TooLong,
    OddCharacters,
    NotAnAddress,
    /// Neither https nor a program on this computer.
    OpenLine,
    Credentials,
    /// It has a part after `#`, behind which the answer would be lost.
    Fragment,
    /// Its host has letters that can't be told from others by eye.
    OtherLetters,
    /// Its host is made to be taken for another.
    LookAlike,
}

/// What goes back.
pub(super) struct Told<'a> {
    pub client: Option<&'a str>,
    /// For which channels the permission was given during this visit, and for no others.
    pub given: &'a [String],
    pub revoked: &'a [String],
    /// As it came, still encoded.
    pub state: Option<&'a str>,
}

impl ReturnAddress {
    /// Reads an address. `registered` is the one that the Hub knows for the partner.
    pub(super) fn read(text: &str, registered: Option<&str>) -> Result<Self, BadReturn> {
        let url = judged(text)?;
        let host = url.host_str().unwrap_or_default();
        let known = registered.and_then(|text| judged(text).ok());
        if known.as_ref().is_some_and(|known| known.origin() == url.origin()) {
            return Ok(Self { url, whose: Whose::Partner });
        }
        if is_this_computer(&url) {
            return Ok(Self { url, whose: Whose::ThisComputer });
        }
        if host.split('.').any(|label| label.starts_with("xn--")) {
            return Err(BadReturn::OtherLetters);
        }
        let known = known.as_ref().and_then(Url::host_str);
        if known.into_iter().chain(HUBS).any(|known| is_look_alike(host, known)) {
            return Err(BadReturn::LookAlike);
        }
        Ok(Self { url, whose: Whose::Other })
    }

    pub(super) fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// How a Content-Security-Policy names its host. Browsers hold a form to it along every redirect.
    pub(super) fn source(&self) -> String {
        match self.url.host() {
            // A policy has no words for such a host.
            Some(Host::Ipv6(_)) => format!("{}:", self.url.scheme()),
            _ => self.url.origin().ascii_serialization(),
        }
    }

    /// The address with the answer. What it says of the answer by itself is left out: nobody writes that beforehand.
    pub(super) fn with(&self, told: &Told<'_>) -> String {
        let is_its_own = |piece: &&str| match &*decoded(piece).0 {
            "client" | "channels" | "revoked" => false,
            "state" => told.state.is_none(),
            _ => !piece.is_empty(),
        };
        let own = self.url.query().unwrap_or_default().split('&').filter(is_its_own).map(str::to_owned);
        let list = |ids: &[String]| format!("[{}]", ids.join(","));
        let mut pieces: Vec<String> = own.collect();
        pieces.extend(told.client.map(|id| format!("client={id}")));
        pieces.push(format!("channels={}", list(told.given)));
        if !told.revoked.is_empty() {
            pieces.push(format!("revoked={}", list(told.revoked)));
        }
        pieces.extend(told.state.map(|state| format!("state={state}")));
        let mut url = self.url.clone();
        url.set_query(Some(&pieces.join("&")));
        url.into()
    }
}

fn judged(text: &str) -> Result<Url, BadReturn> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(BadReturn::TooLong);
    }
    // Looked for here, since reading an address leaves some of them out without a word.
    if text.chars().any(|c| is_odd(c) || c.is_whitespace() || c == '\\' || c == '\u{fffd}') {
        return Err(BadReturn::OddCharacters);
    }
    let url = Url::parse(text).map_err(|_| BadReturn::NotAnAddress)?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_this_computer(&url)) {
        return Err(BadReturn::OpenLine);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadReturn::Credentials);
    }
    if url.fragment().is_some() {
        return Err(BadReturn::Fragment);
    }
    // Hosts may hold `;` and `'`, which would end a word of the policy in which the host is named.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    match url.host() {
        Some(Host::Domain(name)) if !name.chars().all(is_plain) => Err(BadReturn::NotAnAddress),
        Some(_) => Ok(url),
        None => Err(BadReturn::NotAnAddress),
    }
}

fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: &str = "https://www.blue-anchor.example/welcome";

    fn read(text: &str) -> Result<ReturnAddress, BadReturn> {
        ReturnAddress::read(text, Some(KNOWN))
    }

    fn back(address: &str, state: Option<&str>) -> String {
        let (given, revoked) = (["aCH".to_owned(), "bCH".to_owned()], ["cCH".to_owned()]);
        let told = Told { client: Some("xCL"), given: &given, revoked: &revoked, state };
        read(address).expect("an address").with(&told)
    }

    #[test]
    fn the_answer_has_the_documented_form_and_says_nothing_twice() {
        for (address, state, expected) in [
            ("", None, "?client=xCL&channels=[aCH,bCH]&revoked=[cCH]"),
            ("?", Some("s"), "?client=xCL&channels=[aCH,bCH]&revoked=[cCH]&state=s"),
            ("?a=b&c", Some("a+b%2B"), "?a=b&c&client=xCL&channels=[aCH,bCH]&revoked=[cCH]&state=a+b%2B"),
            (
                "?client=evil&channels=[zCH]&a=b&revoked=",
                None,
                "?a=b&client=xCL&channels=[aCH,bCH]&revoked=[cCH]",
            ),
            ("?state=old", Some("new"), "?client=xCL&channels=[aCH,bCH]&revoked=[cCH]&state=new"),
            ("?state=old", None, "?state=old&client=xCL&channels=[aCH,bCH]&revoked=[cCH]"),
        ] {
            assert_eq!(back(&format!("{KNOWN}{address}"), state), format!("{KNOWN}{expected}"));
        }
        let told = Told { client: None, given: &[], revoked: &[], state: None };
        assert_eq!(read(KNOWN).expect("an address").with(&told), format!("{KNOWN}?channels=[]"));
    }

    #[test]
    fn whose_an_address_is_decides_what_is_said_of_it() {
        for (text, whose) in [
            (KNOWN, Whose::Partner),
            ("https://www.blue-anchor.example/elsewhere?x=y", Whose::Partner),
            ("https://front.example/", Whose::Other),
            ("https://app.blue-anchor.example/", Whose::Other),
            ("http://127.0.0.1:4000/back", Whose::ThisComputer),
            ("http://localhost:4000/", Whose::ThisComputer),
            ("http://[::1]:4000/", Whose::ThisComputer),
        ] {
            assert_eq!(read(text).map(|address| address.whose), Ok(whose), "{text}");
        }
        let bad = ReturnAddress::read("https://front.example/", Some("javascript:x"));
        assert_eq!(bad.map(|address| address.whose), Ok(Whose::Other));
    }

    #[test]
    fn addresses_that_are_not_followed_are_told_by_their_kind() {
        let long = format!("https://x.example/{}", "a".repeat(LONGEST));
        for (text, why) in [
            ("welcome", BadReturn::NotAnAddress),
            ("https://", BadReturn::NotAnAddress),
            ("https://x;script-src/", BadReturn::NotAnAddress),
            ("https://x'unsafe-inline'.example/", BadReturn::NotAnAddress),
            ("http://www.blue-anchor.example/welcome", BadReturn::OpenLine),
            ("http://127.0.0.1.evil.example/", BadReturn::OpenLine),
            ("http://localhost.evil.example/", BadReturn::OpenLine),
            ("javascript:alert(1)", BadReturn::OpenLine),
            ("data:text/html,x", BadReturn::OpenLine),
            ("channel-keys://channel/x", BadReturn::OpenLine),
            ("https://jo:secret@x.example/", BadReturn::Credentials),
            ("https://www.blue-anchor.example@evil.example/", BadReturn::Credentials),
            ("https://x.example/#a", BadReturn::Fragment),
            ("https://x.example\\@evil.example/", BadReturn::OddCharacters),
            ("https://x.example/\u{202e}gpj", BadReturn::OddCharacters),
            ("https://x.example/a b", BadReturn::OddCharacters),
            ("https://www.b1ue-anchor.example/welcome", BadReturn::LookAlike),
            ("https://www.blue-anchor.example.evil.example/", BadReturn::LookAlike),
            ("https://hub.360dialog.com.evil.example/", BadReturn::LookAlike),
            ("https://www.blue-\u{430}nchor.example/", BadReturn::OtherLetters),
            ("https://xn--bcker-gra.example/", BadReturn::OtherLetters),
            (&*long, BadReturn::TooLong),
        ] {
            assert_eq!(read(text), Err(why), "{text:.80}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_is_refused_or_leads_to_https_or_this_computer_with_one_answer(
            text in prop_oneof!["\\PC{0,60}", "https://[a-z0-9.;'-]{1,20}/[ -~]{0,30}", "http://(127.0.0.1|localhost|x)[ -~]{0,30}"],
            state in proptest::option::of("[!-%'-~]{1,30}"),
        ) {
            let Ok(address) = read(&text) else { return Ok(()) };
            let given = ["aCH".to_owned()];
            let told = Told { client: Some("xCL"), given: &given, revoked: &[], state: state.as_deref() };
            let back = Url::parse(&address.with(&told)).expect("an address");
            prop_assert!(back.scheme() == "https" || is_this_computer(&back));
            prop_assert_eq!(back.origin(), address.url.origin());
            prop_assert!(back.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert!(!address.source().contains([';', ',', ' ', '\'']));
            for name in ["client", "channels"] {
                prop_assert_eq!(back.query_pairs().filter(|(key, _)| key == name).count(), 1);
            }
        }
    }
}
