//! The link with which a partner sends a client to the permission page.

use super::text::{decoded, is_odd, undone};

/// The longest query that is read, in bytes (ours).
const LONGEST: usize = 8_000;

/// What a link says (documented names). Nothing in it is signed: anybody can write one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// The number that is asked for, in digits.
    pub number: Option<String>,
    /// Of whom the permission is asked.
    pub name: Option<String>,
    /// With which address to sign in, most likely.
    pub email: Option<String>,
    /// What goes back as it came, encoded as it came: partners differ in how they write a blank or a `+`.
    pub state: Option<String>,
    /// Where people are sent back to.
    pub redirect_url: Option<String>,
}

/// Why a link is not followed (ours).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadLink {
    TooLong,
    OddCharacters,
    /// It says this twice, and which one holds nobody can tell.
    Twice(&'static str),
}

impl Link {
    /// Reads the query of a link. Names that are not known are passed over, and so is what is badly encoded; a `&` that
    /// was copied as `&amp;` is one.
    pub(super) fn read(query: &str) -> Result<Self, BadLink> {
        if query.len() > LONGEST {
            return Err(BadLink::TooLong);
        }
        let mut link = Self::default();
        for piece in query.split('&') {
            let piece = piece.strip_prefix("amp;").unwrap_or(piece);
            let (name, value) = decoded(piece);
            if name.chars().chain(value.chars()).any(is_odd) {
                return Err(BadLink::OddCharacters);
            }
            let value = value.trim().to_owned();
            if value.is_empty() {
                continue;
            }
            match &*name {
                "number" => set(&mut link.number, digits(&undone(value, "%2b"))),
                "name" => set(&mut link.name, Some(value)),
                "email" => set(&mut link.email, Some(undone(value, "%40"))),
                "state" if link.state.is_some() => return Err(BadLink::Twice("state")),
                "state" => link.state = piece.split_once('=').map(|(_, raw)| raw.to_owned()),
                "redirect_url" if link.redirect_url.is_some() => return Err(BadLink::Twice("redirect_url")),
                "redirect_url" if value.contains("://") => link.redirect_url = Some(value),
                "redirect_url" => link.redirect_url = Some(undone(value, "%3a%2f")),
                _ => {}
            }
        }
        let undone = [&link.name, &link.email, &link.redirect_url];
        if undone.into_iter().flatten().any(|value| value.chars().any(is_odd)) {
            return Err(BadLink::OddCharacters);
        }
        Ok(link)
    }
}

/// Of what is said twice and decides nothing, the first holds.
fn set(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value;
    }
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (!digits.is_empty()).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(query: &str) -> Option<String> {
        Link::read(query).expect("a link that reads").number
    }

    #[test]
    fn a_number_is_read_in_every_way_in_which_it_comes() {
        for written in [
            "%2B493055570188",
            "+493055570188",
            "493055570188",
            "0049 3055570188",
            "%2B49%2030%20555-70188",
            "%252B493055570188",
        ] {
            assert_eq!(
                number(&format!("number={written}&x=1")).as_deref(),
                Some("493055570188"),
                "{written}"
            );
            assert_eq!(
                number(&format!("x=1&amp;number={written}")).as_deref(),
                Some("493055570188"),
                "{written}"
            );
        }
        for none in ["", "number", "number=", "number=abc", "%zz=%&&=&number=%"] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    #[test]
    fn a_state_stays_as_it_stands_and_an_address_is_read_in_every_encoding() {
        let link = Link::read("state=a+b%2Bc%20d'&next=/x&partner=y&lang=de").expect("a link");
        assert_eq!(link, Link { state: Some("a+b%2Bc%20d'".into()), ..Link::default() });
        for written in [
            "https://x.example/?a=b",
            "https%3A%2F%2Fx.example%2F%3Fa%3Db",
            "https%253A%252F%252Fx.example/?a=b",
        ] {
            let link = Link::read(&format!("redirect_url={written}")).expect("a link");
            assert_eq!(link.redirect_url.as_deref(), Some("https://x.example/?a=b"), "{written}");
        }
        let inner = "redirect_url=https%3A%2F%2Fx.example%2F%3Fto%3Dhttps%253A%252F%252Fy.example";
        let kept = Link::read(inner).expect("a link").redirect_url;
        assert_eq!(kept.as_deref(), Some("https://x.example/?to=https%3A%2F%2Fy.example"));
    }

    #[test]
    fn what_is_hostile_is_refused_by_its_kind() {
        let long = format!("state={}", "a".repeat(100_000));
        for (query, why) in [
            (&*long, BadLink::TooLong),
            ("state=%00", BadLink::OddCharacters),
            ("redirect_url=https://x.example/%0d%0aSet-Cookie:a=b", BadLink::OddCharacters),
            ("redirect_url=https%253A%252F%252Fx.example%250A", BadLink::OddCharacters),
            ("name=%E2%80%AEexe", BadLink::OddCharacters),
            ("unheard%1B=1", BadLink::OddCharacters),
            ("state=a&state=b", BadLink::Twice("state")),
            ("redirect_url=https://x.example&redirect_url=https://y.example", BadLink::Twice("redirect_url")),
        ] {
            assert_eq!(Link::read(query), Err(why), "{query:.60}");
        }
    }
}
