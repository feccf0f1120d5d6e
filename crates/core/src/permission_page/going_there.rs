//! The link that a partner sends to a client.

use url::Url;

use super::is_odd;
use crate::channel::PartnerId;

/// Which of 360dialog's forms a link has (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// `https://hub.360dialog.com/dashboard/app/{P}/permissions`: the older official button, which most partners use.
    #[default]
    Older,
    /// `https://hub.360dialog.com/dashboard/app/{P}`: the current official button.
    Current,
    /// `https://app.360dialog.com/onboarding/{P}`: the same, on the pages that clients use today.
    CurrentOnboarding,
}

/// Where people's pages are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pages {
    /// Where 360dialog's are (documented).
    Theirs,
    /// All at this address, where one practises.
    Here(Url),
}

impl Form {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Form; 3] = [Form::Older, Form::Current, Form::CurrentOnboarding];

    fn page(self, partner: &PartnerId) -> Option<Url> {
        let (base, before, after): (_, &[&str], &[&str]) = match self {
            Form::Older => ("https://hub.360dialog.com/", &["dashboard", "app"], &["permissions"]),
            Form::Current => ("https://hub.360dialog.com/", &["dashboard", "app"], &[]),
            Form::CurrentOnboarding => ("https://app.360dialog.com/", &["onboarding"], &[]),
        };
        let mut page = Url::parse(base).ok()?;
        // Each is encoded, so that no id can leave its place.
        page.path_segments_mut().ok()?.pop_if_empty().extend(before).push(&partner.0).extend(after);
        Some(page)
    }
}

/// Why an address is none that people can be sent back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReturnAddress {
    /// Longer than any address that works everywhere (ours).
    #[error("this address is too long")]
    TooLong,
    /// It has characters that no address has, or that hide what it is.
    #[error("this address has odd characters")]
    OddCharacters,
    /// It is no address.
    #[error("this is no address")]
    NotAnAddress,
    /// Whoever comes back is not to be sent over an open line.
    #[error("this address is not https")]
    NotHttps,
    /// It carries a user name or a password.
    #[error("this address carries credentials")]
    Credentials,
    /// It has a part after `#`, behind which what comes back would be lost.
    #[error("this address has a fragment")]
    Fragment,
}

/// The longest address (ours).
const LONGEST: usize = 2_000;

/// Reads an address that people are to come back to: https alone, without credentials.
pub fn return_address(text: &str) -> Result<Url, BadReturnAddress> {
    return_address_that(|url| url.scheme() == "https", text)
}

/// The same for other schemes too, as far as a rule lets them.
pub(super) fn return_address_that(
    may_be: impl Fn(&Url) -> bool,
    text: &str,
) -> Result<Url, BadReturnAddress> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(BadReturnAddress::TooLong);
    }
    // Looked for here, since reading an address leaves some of them out without a word.
    if text.chars().any(|c| is_odd(c) || c.is_whitespace() || c == '\\') {
        return Err(BadReturnAddress::OddCharacters);
    }
    let url = Url::parse(text).map_err(|_| BadReturnAddress::NotAnAddress)?;
    if !may_be(&url) {
        return Err(BadReturnAddress::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadReturnAddress::Credentials);
    }
    if url.fragment().is_some() {
        return Err(BadReturnAddress::Fragment);
    }
    Ok(url)
}

/// What a client is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskFor {
    /// Which partner asks.
    pub partner: PartnerId,
    /// The number, in digits, where told.
    pub number: Option<String>,
    /// The client's name, where told.
    pub name: Option<String>,
    /// Where to write to the client, where told.
    pub email: Option<String>,
    /// By which the answer is recognised.
    pub state: String,
    /// Where people come back to; where nothing is said, 360dialog's page decides.
    pub return_to: Option<Url>,
}

impl AskFor {
    /// The link. Every value is encoded: the `+` of a number goes as `%2B`, since a bare one arrives as a blank.
    pub fn link(&self, form: Form) -> String {
        self.link_at(form, &Pages::Theirs)
    }

    /// The same link, at the pages of the Hub that is spoken to.
    pub fn link_at(&self, form: Form, pages: &Pages) -> String {
        let Some(mut page) = form.page(&self.partner) else { return String::new() };
        if let Pages::Here(here) = pages {
            let mut moved = here.clone();
            moved.set_path(page.path());
            page = moved;
        }
        {
            let mut query = page.query_pairs_mut();
            if let Some(number) = &self.number {
                query.append_pair("number", &format!("+{}", number.trim_start_matches('+')));
            }
            if let Some(name) = &self.name {
                query.append_pair("name", name);
            }
            if let Some(email) = &self.email {
                query.append_pair("email", email);
            }
            query.append_pair("state", &self.state);
            if let Some(return_to) = &self.return_to {
                query.append_pair("redirect_url", return_to.as_str());
            }
        }
        // Forms write a blank as `+`; not every page reads it so, and all read this.
        let query = page.query().unwrap_or_default().replace('+', "%20");
        page.set_query(Some(&query));
        page.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(facts: impl FnOnce(&mut AskFor)) -> AskFor {
        let mut ask = AskFor {
            partner: PartnerId("pT77xPA".into()),
            number: Some("493055570188".into()),
            name: None,
            email: None,
            state: "s1".into(),
            return_to: None,
        };
        facts(&mut ask);
        ask
    }

    #[test]
    fn each_form_has_its_own_page_and_a_number_with_its_plus() {
        let links = Form::ALL.map(|form| ask(|_| {}).link(form));
        let query = "number=%2B493055570188&state=s1";
        assert_eq!(
            links,
            [
                format!("https://hub.360dialog.com/dashboard/app/pT77xPA/permissions?{query}"),
                format!("https://hub.360dialog.com/dashboard/app/pT77xPA?{query}"),
                format!("https://app.360dialog.com/onboarding/pT77xPA?{query}"),
            ]
        );
        assert_eq!(Form::default(), Form::Older);
    }

    #[test]
    fn an_id_that_looks_like_a_path_does_not_leave_its_place() {
        for id in ["../../x", "a/b?c#d", "a b", "ä%2F", "//evil.example"] {
            for form in Form::ALL {
                let link = ask(|ask| ask.partner = PartnerId(id.into())).link(form);
                let url = Url::parse(&link).expect("an address");
                let host = url.host_str().expect("a host");
                assert!(["hub.360dialog.com", "app.360dialog.com"].contains(&host), "{link}");
                let depth = url.path_segments().expect("a path").count();
                let expected = match form {
                    Form::Older => 4,
                    Form::Current => 3,
                    Form::CurrentOnboarding => 2,
                };
                assert_eq!((depth, url.fragment()), (expected, None), "{link}");
            }
        }
    }

    #[test]
    fn people_are_sent_back_to_https_alone_and_with_no_credentials() {
        for good in [
            "https://www.blue-anchor.example/welcome",
            " https://x.example?a=b&c=%20 ",
            "https://x.example:8443/",
        ] {
            assert!(return_address(good).is_ok(), "{good}");
        }
        let long = format!("https://x.example/{}", "a".repeat(LONGEST));
        for (bad, why) in [
            ("", BadReturnAddress::NotAnAddress),
            ("welcome", BadReturnAddress::NotAnAddress),
            ("https://", BadReturnAddress::NotAnAddress),
            ("http://www.blue-anchor.example/", BadReturnAddress::NotHttps),
            ("javascript:alert(1)", BadReturnAddress::NotHttps),
            ("data:text/html,x", BadReturnAddress::NotHttps),
            ("https://jo:secret@x.example/", BadReturnAddress::Credentials),
            ("https://jo@x.example/", BadReturnAddress::Credentials),
            ("https://x.example/#a", BadReturnAddress::Fragment),
            ("https://x.example/\na", BadReturnAddress::OddCharacters),
            ("https://x.ex\tample/", BadReturnAddress::OddCharacters),
            ("https://x.example\\@evil.example/", BadReturnAddress::OddCharacters),
            ("https://x.example/\u{202e}gpj", BadReturnAddress::OddCharacters),
            (long.as_str(), BadReturnAddress::TooLong),
        ] {
            assert_eq!(return_address(bad), Err(why), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_is_read_back_from_the_link_as_it_was(
            number in proptest::option::of("[0-9]{4,15}"),
            name in proptest::option::of("\\PC{0,40}"),
            email in proptest::option::of("\\PC{1,40}"),
            state in "[ -~]{1,40}",
            path in "[a-z0-9/+&=%?]{0,30}",
        ) {
            let return_to = return_address(&format!("https://x.example/{path}")).ok();
            let ask = ask(|ask| {
                (ask.number, ask.name, ask.email) = (number.clone(), name.clone(), email.clone());
                (ask.state, ask.return_to) = (state.clone(), return_to.clone());
            });
            for form in Form::ALL {
                let link = ask.link(form);
                prop_assert!(link.is_ascii() && !link.contains(['+', ' ']), "{}", link);
                let url = Url::parse(&link).expect("an address");
                let read: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
                prop_assert_eq!(read.get("number").cloned(), number.as_ref().map(|digits| format!("+{digits}")));
                prop_assert_eq!(read.get("name"), name.as_ref());
                prop_assert_eq!(read.get("email"), email.as_ref());
                prop_assert_eq!(read.get("state"), Some(&state));
                prop_assert_eq!(read.get("redirect_url").map(String::as_str), return_to.as_ref().map(Url::as_str));
            }
        }

        #[test]
        fn whatever_is_typed_as_an_address_is_https_without_credentials_or_refused(text in "\\PC{0,60}") {
            if let Ok(url) = return_address(&text) {
                prop_assert_eq!(url.scheme(), "https");
                prop_assert!(url.username().is_empty() && url.password().is_none() && url.has_host());
            }
        }
    }
}
