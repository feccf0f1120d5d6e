//! What a partner asks for: the link that it sent to a client, read.

use std::collections::HashSet;

use url::{Host, Url, form_urlencoded};

use super::going_there::return_address_that;
use super::hosts::{CLIENTS, HUB, looks_like_ours, mixes_scripts};
use super::unwrapping::{Wrapper, unwrapped};
use super::{BadReturnAddress, is_odd};
use crate::channel::{ChannelId, ClientId, PartnerId};
use crate::phone::digits_of;
use crate::text::folded;

/// How this program's own form of the link begins (ours), in small letters.
const OWN: &str = "channel-keys://permission";
/// The longest link that is read, in bytes (ours).
const LONGEST: usize = 16_000;
/// The most numbers that one link may ask for (ours); one that asks for all names none.
pub const MOST_NUMBERS: usize = 500;
/// How many digits a number has (E.164: up to 15; a national prefix that was left in is let pass).
const DIGITS: std::ops::RangeInclusive<usize> = 4..=20;
/// The longest id (ours), as in an address that comes back.
const LONGEST_ID: usize = 64;
/// From how many letters and digits on something that ends as a key does may be one: keys have 26 to 31 (seen).
const KEY: usize = 20;
/// How keys end (seen).
const KEY_END: &str = "AK";
/// The longest name of a host that is told on (ours).
const LONGEST_HOST: usize = 100;
/// What the official button reads in the address back (its published code). It takes the first of a name, so an address
/// that says one of these already would speak for the client.
const SAID_BACK: [&str; 3] = ["client", "channels", "revoked"];

/// What a link asks a client for. Anybody can write one: it says who asks and proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which partner asks.
    pub partner: PartnerId,
    /// For which numbers, in digits; for all where none is named.
    pub numbers: Vec<String>,
    /// What is carried back, encoded as it came, so that it comes back as it was sent whoever decodes it.
    state: Option<String>,
    /// Where the answer goes.
    return_to: Option<Url>,
    /// Whose link it was taken out of, where a mail system had wrapped it.
    pub wrapped_by: Option<Wrapper>,
}

/// Why a link is none of a partner's requests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefused {
    /// Nothing was pasted.
    #[error("there is nothing")]
    Empty,
    /// Longer than any that a partner sends.
    #[error("this is too long")]
    TooLong,
    /// It has characters that no link has, or that hide what it says.
    #[error("this has odd characters")]
    OddCharacters,
    /// It may hold an API key.
    #[error("this may hold a key")]
    CouldBeKey,
    /// It is no link.
    #[error("this is no link")]
    NotALink,
    /// It is no https, nor this program's own form.
    #[error("this has another scheme")]
    OtherScheme,
    /// It carries a user name or a password.
    #[error("this carries credentials")]
    Credentials,
    /// It leads to this host, which can be taken for 360dialog's and is not the one of its permission page.
    #[error("this leads to a host that looks like 360dialog's")]
    LookAlike(String),
    /// It leads to this host, which is none of 360dialog's.
    #[error("this leads elsewhere")]
    UnknownHost(String),
    /// It leads to another page of 360dialog's.
    #[error("this leads to another page")]
    OtherPage,
    /// It does not say which partner asks.
    #[error("this names no partner")]
    NoPartner,
    /// What stands where the partner's id belongs is none.
    #[error("the id in this is none")]
    OddId,
    /// What stands where a number belongs is none.
    #[error("a number in this is none")]
    OddNumber,
    /// It asks for more numbers than are believed.
    #[error("this asks for too many numbers")]
    TooMany,
    /// It says one thing twice.
    #[error("this says one thing twice")]
    Twice,
    /// The answer is to go to an address that none is sent to.
    #[error(transparent)]
    Return(#[from] BadReturn),
}

/// Why no answer is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReturn {
    /// It is none that people can be sent back to.
    #[error(transparent)]
    Address(#[from] BadReturnAddress),
    /// Its host is written in letters of several scripts.
    #[error("the host of this address mixes scripts")]
    MixedScripts,
    /// It says already what only the client can say.
    #[error("this address has an answer in it")]
    HasAnswer,
}

impl Request {
    /// Whether a link has this program's own form for it, readable or not.
    pub(crate) fn is_own_form(text: &str) -> bool {
        let begins = text.get(..OWN.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(OWN));
        begins
            && text.get(OWN.len()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }

    /// Reads a link: all forms of 360dialog's permission page (documented), and this program's own (ours),
    /// `channel-keys://permission?partner={P}` with the same query. What is not known in the query is passed over.
    ///
    /// Many partners write it badly (seen), so blanks for `+`, `&amp;`, values that were encoded twice or not at all, and
    /// a missing `https://` are read as what they were meant to be, and a link that a mail system wrapped is taken out.
    ///
    /// `state` is kept as it came, whatever it looks like: it is the partner's, and nobody else reads it.
    pub fn read(text: &str) -> Result<Request, RequestRefused> {
        let text = text.trim();
        if text.is_empty() {
            return Err(RequestRefused::Empty);
        }
        if text.len() > LONGEST {
            return Err(RequestRefused::TooLong);
        }
        // Looked for here, since reading an address leaves some of them out without a word. A blank alone is let pass.
        let is_out_of_place = |c: char| is_odd(c) || (c.is_whitespace() && c != ' ') || c == '\\';
        if text.contains(is_out_of_place) {
            return Err(RequestRefused::OddCharacters);
        }
        let (text, wrapped_by) = match unwrapped(text) {
            Some((inner, _)) if inner.contains(is_out_of_place) => return Err(RequestRefused::OddCharacters),
            Some((inner, by)) => (inner, Some(by)),
            None => (text.to_owned(), None),
        };
        let text = text.replace("&amp;", "&");
        let bare = |host: &str| text.get(host.len()..).is_some_and(|rest| rest.starts_with('/'));
        let text = match [HUB, CLIENTS].into_iter().find(|host| text.starts_with(host) && bare(host)) {
            Some(_) => format!("https://{text}"),
            None => text,
        };
        let url = Url::parse(&text).ok().filter(|_| !holds_key(before_query(&text)));
        let url = url.ok_or_else(|| not_a_link(&text))?;
        let own = Request::is_own_form(&text);
        if !own && url.scheme() != "https" {
            return Err(RequestRefused::OtherScheme);
        }
        // A library reads more as an address than people write.
        if !text.contains("://") {
            return Err(RequestRefused::NotALink);
        }
        let authority = text.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        if !url.username().is_empty()
            || url.password().is_some()
            || authority.is_some_and(|it| it.contains('@'))
        {
            return Err(RequestRefused::Credentials);
        }
        let said = Said::of(&url);
        if said.could_be_key() || url.fragment().is_some_and(holds_key) {
            return Err(RequestRefused::CouldBeKey);
        }
        let partner = if own { own_partner(&url, &said)? } else { partner_of_page(&url)? };
        if !is_id(&partner) {
            return Err(RequestRefused::OddId);
        }
        let state = said.as_it_came("state")?.cloned();
        let return_to =
            said.one("redirect_url")?.map(|text| return_of(&text, state.is_some())).transpose()?;
        Ok(Request { partner: PartnerId(partner), numbers: said.numbers()?, state, return_to, wrapped_by })
    }

    /// Where the answer goes, where the link says so.
    pub fn return_to(&self) -> Option<&Url> {
        self.return_to.as_ref()
    }

    /// Whether the answer goes to a program on this computer, over an open line. In practice alone.
    pub fn returns_here(&self) -> bool {
        self.return_to.as_ref().is_some_and(|url| url.scheme() == "http")
    }

    /// The address that tells the partner what came of it, in the form that 360dialog's page writes (documented) and
    /// its official button reads (its published code): lists in brackets, with commas and bare. Who gave nothing says
    /// `channels=[]`; `revoked` is left out where nothing was removed.
    pub fn answer(&self, client: &ClientId, given: &[ChannelId], revoked: &[ChannelId]) -> Option<Url> {
        let mut url = self.return_to.clone()?;
        let list = |ids: &[ChannelId]| {
            let ids: Vec<String> = ids.iter().map(|id| encoded(&id.0)).collect();
            format!("[{}]", ids.join(","))
        };
        let mut query =
            url.query().filter(|query| !query.is_empty()).map(|it| format!("{it}&")).unwrap_or_default();
        query.push_str(&format!("client={}&channels={}", encoded(&client.0), list(given)));
        if !revoked.is_empty() {
            query.push_str(&format!("&revoked={}", list(revoked)));
        }
        if let Some(state) = &self.state {
            query.push_str(&format!("&state={state}"));
        }
        url.set_query(Some(&query));
        Some(url)
    }

    /// The same request in this program's own form: what one start hands over to another.
    pub fn text(&self) -> String {
        let mut said = vec![format!("partner={}", encoded(&self.partner.0))];
        if !self.numbers.is_empty() {
            said.push(format!("number={}", self.numbers.join(",")));
        }
        said.extend(self.state.iter().map(|state| format!("state={state}")));
        said.extend(self.return_to.iter().map(|url| format!("redirect_url={}", encoded(url.as_str()))));
        format!("{OWN}?{}", said.join("&"))
    }
}

/// What the query of a link says, piece by piece.
struct Said(Vec<(String, String)>);

impl Said {
    /// Names read, values as they came.
    fn of(url: &Url) -> Said {
        let pieces = url.query().unwrap_or_default().split('&').filter(|piece| !piece.is_empty());
        let pair = |piece: &str| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decoded(name), value.to_owned())
        };
        Said(pieces.map(pair).collect())
    }

    /// Whether a secret is called by its name.
    fn names_secret(&self) -> bool {
        let is_one = |name: &str| {
            let name: String =
                name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
            name.ends_with("apikey") || ["password", "accesstoken", "secret"].contains(&name.as_str())
        };
        self.0.iter().any(|(name, value)| is_one(name) && !value.is_empty())
    }

    /// Whether a secret is called by its name, or something that could be a key stands where it would be shown or be taken
    /// for something else. A signature or a `state` may look like a key as well.
    fn could_be_key(&self) -> bool {
        let of =
            |name: &'static str| self.0.iter().filter(move |(said, _)| said == name).map(|(_, value)| value);
        let holds_one = |value: &String| holds_key(value) || holds_key(&twice_decoded(value));
        let return_could = |value: &String| {
            let address = twice_decoded(value);
            let names_one = Url::parse(&address).is_ok_and(|url| Said::of(&url).names_secret());
            holds_key(before_query(&address)) || names_one
        };
        self.names_secret()
            || of("number").chain(of("partner")).any(holds_one)
            || of("redirect_url").any(return_could)
    }

    /// A value as it came. Partners' pages write `undefined` and `null` where they have none (ours).
    fn as_it_came(&self, name: &str) -> Result<Option<&String>, RequestRefused> {
        let mut values = self.0.iter().filter(|(said, _)| said == name).map(|(_, value)| value);
        let first = values.next();
        if values.next().is_some() {
            return Err(RequestRefused::Twice);
        }
        Ok(first.filter(|value| !is_nothing(value)))
    }

    /// A value, read.
    fn one(&self, name: &str) -> Result<Option<String>, RequestRefused> {
        let Some(value) = self.as_it_came(name)?.map(|value| decoded(value)) else { return Ok(None) };
        if value.contains(|c| is_odd(c) || c == char::REPLACEMENT_CHARACTER) {
            return Err(RequestRefused::OddCharacters);
        }
        Ok(Some(value))
    }

    /// Each number once, in digits, in the order in which they came.
    fn numbers(&self) -> Result<Vec<String>, RequestRefused> {
        let mut known = HashSet::new();
        let mut numbers = Vec::new();
        let values = self.0.iter().filter(|(name, _)| name == "number").map(|(_, value)| decoded(value));
        // Encoded twice, it has signs in it still.
        let values = values.map(|value| if value.contains('%') { decoded(&value) } else { value });
        for (at, number) in
            values.flat_map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>()).enumerate()
        {
            if at >= MOST_NUMBERS {
                return Err(RequestRefused::TooMany);
            }
            // 360dialog's own demo puts it in quotation marks.
            let number = number.trim_matches([' ', '"', '\'', '“', '”', '[', ']']);
            if is_nothing(number) {
                continue;
            }
            let digits = digits_in(number).ok_or(RequestRefused::OddNumber)?;
            if known.insert(digits.clone()) {
                numbers.push(digits);
            }
        }
        Ok(numbers)
    }
}

fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "undefined" | "null")
}

/// A number in digits alone. A `+` may have arrived as a blank (seen), and `00` stands for it in many countries.
fn digits_in(number: &str) -> Option<String> {
    let number = folded(number);
    let belongs = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '/');
    if !number.chars().all(belongs) {
        return None;
    }
    let digits = digits_of(&number);
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    DIGITS.contains(&digits.len()).then(|| digits.to_owned())
}

/// Ids are never validated strictly; what could be anything else than an id is none.
fn is_id(text: &str) -> bool {
    let is_one = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (1..=LONGEST_ID).contains(&text.len()) && text.chars().all(is_one)
}

/// Who asks, by the path of 360dialog's page.
fn partner_of_page(url: &Url) -> Result<String, RequestRefused> {
    let host = url.host_str().unwrap_or_default();
    if ![HUB, CLIENTS].contains(&host) || url.port().is_some() {
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let short: String = host.chars().take(LONGEST_HOST).collect();
        let named = format!("{short}{port}");
        return Err(if looks_like_ours(host) {
            RequestRefused::LookAlike(named)
        } else {
            RequestRefused::UnknownHost(named)
        });
    }
    let path: Vec<&str> = url.path().trim_end_matches('/').split('/').skip(1).collect();
    let partner = match (host, path.as_slice()) {
        (HUB, ["dashboard", "app", partner] | ["dashboard", "app", partner, "permissions"]) => partner,
        (CLIENTS, ["onboarding", partner]) => partner,
        (HUB, ["dashboard", "app"]) | (CLIENTS, ["onboarding"]) => return Err(RequestRefused::NoPartner),
        _ => return Err(RequestRefused::OtherPage),
    };
    Ok(percent_decoded(partner))
}

/// Who asks, by this program's own form.
fn own_partner(url: &Url, said: &Said) -> Result<String, RequestRefused> {
    if !matches!(url.path(), "" | "/") || url.port().is_some() || url.fragment().is_some() {
        return Err(RequestRefused::OtherPage);
    }
    said.one("partner")?.ok_or(RequestRefused::NoPartner)
}

/// Where the answer goes: https alone, or a program on this computer.
fn return_of(text: &str, with_state: bool) -> Result<Url, BadReturn> {
    let begins = text.get(..9).unwrap_or_default().to_ascii_lowercase();
    // Encoded twice.
    let again = begins.starts_with("https%3a") || begins.starts_with("http%3a");
    let text = if again { decoded(text) } else { text.to_owned() };
    let url = return_address_that(|url| url.scheme() == "https" || is_loopback(url), &text)?;
    if mixes_scripts(url.host_str().unwrap_or_default()) {
        return Err(BadReturn::MixedScripts);
    }
    let answers = |name: &str| SAID_BACK.contains(&name) || (with_state && name == "state");
    if url.query_pairs().any(|(name, _)| answers(&name)) {
        return Err(BadReturn::HasAnswer);
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && here
}

/// Whether something in a text ends as keys do and is as long as they are, as it stands or decoded.
fn holds_key(text: &str) -> bool {
    let holds = |text: &str| {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| word.len() >= KEY && word.ends_with(KEY_END))
    };
    holds(text) || (text.contains('%') && holds(&twice_decoded(text)))
}

/// What is no link: a key that was pasted here by mistake is told as that.
fn not_a_link(text: &str) -> RequestRefused {
    if holds_key(before_query(text)) { RequestRefused::CouldBeKey } else { RequestRefused::NotALink }
}

/// An address without what it says.
fn before_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// A value, read; once more where it was encoded twice.
fn twice_decoded(value: &str) -> String {
    let once = decoded(value);
    if once.contains('%') { decoded(&once) } else { once }
}

/// A value of a form, read: `+` is a blank.
fn decoded(value: &str) -> String {
    percent_decoded(&value.replace('+', " "))
}

/// Signs written as `%` and two digits, read; what is none stays.
pub(super) fn percent_decoded(text: &str) -> String {
    // A form's reader takes a blank for `+`, separates at `&`, and splits at the first `=`: none of them is in here.
    let kept = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(kept.as_bytes()).map(|(name, _)| name.into_owned()).next().unwrap_or_default()
}

/// A value in a query. Forms write a blank as `+`; not every page reads it so, and all read this.
fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::Returned;
    use super::*;
    use crate::fact::Fact;

    const PAGE: &str = "https://hub.360dialog.com/dashboard/app/pT77xPA/permissions";
    const WELCOME: &str = "https://www.blue-anchor.example/welcome";

    fn read(query: &str) -> Result<Request, RequestRefused> {
        Request::read(&format!("{PAGE}?{query}"))
    }

    fn numbers(query: &str) -> Result<Vec<String>, RequestRefused> {
        read(query).map(|request| request.numbers)
    }

    fn ids(ids: &[&str]) -> Vec<ChannelId> {
        ids.iter().map(|id| ChannelId((*id).to_owned())).collect()
    }

    /// What the official button finds under a name in an address back: its published code, line by line.
    fn button_reads(address: &Url, name: &str) -> String {
        let search = format!("?{}", address.query().unwrap_or_default());
        let found = Regex::new(&format!("[\\?&]{name}=([^&#]*)")).expect("it is well formed");
        let value = found.captures(&search).map(|it| it[1].to_owned()).unwrap_or_default();
        let mut bytes = Vec::new();
        let value = value.replace('+', " ");
        let mut rest = value.bytes();
        while let Some(byte) = rest.next() {
            let mut digits = || rest.next().map(char::from);
            bytes.push(match byte {
                b'%' => {
                    let text: String = [digits(), digits()].into_iter().flatten().collect();
                    u8::from_str_radix(&text, 16).expect("it would throw")
                }
                byte => byte,
            });
        }
        String::from_utf8(bytes).expect("it would throw")
    }

    /// What it makes of a list: all between the first and the last character, at each comma.
    fn button_lists(address: &Url, name: &str) -> Vec<String> {
        let value = button_reads(address, name);
        let inner = value.get(1..value.len() - 1).expect("brackets");
        inner.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn each_form_of_the_link_says_who_asks_for_which_number_and_where_the_answer_goes() {
        let query =
            "number=%2B493055570188&state=s1&redirect_url=https%3A%2F%2Fwww.blue-anchor.example%2Fwelcome";
        for page in [
            PAGE,
            "https://hub.360dialog.com/dashboard/app/pT77xPA",
            "https://hub.360dialog.com/dashboard/app/pT77xPA/",
            "https://app.360dialog.com/onboarding/pT77xPA",
            "HTTPS://HUB.360dialog.com/dashboard/app/pT77xPA/permissions",
            "https://hub.360dialog.com:443/dashboard/app/pT77xPA",
            "hub.360dialog.com/dashboard/app/pT77xPA/permissions",
            "app.360dialog.com/onboarding/pT77xPA",
            "  https://app.360dialog.com/onboarding/pT77xPA",
        ] {
            let request = Request::read(&format!("{page}?{query}")).expect(page);
            assert_eq!(request.partner, PartnerId("pT77xPA".into()), "{page}");
            assert_eq!(request.numbers, ["493055570188"]);
            assert_eq!(request.return_to().map(Url::as_str), Some(WELCOME));
        }
        for own in ["channel-keys://permission", "channel-keys://permission/", "Channel-Keys://permission"] {
            let request = Request::read(&format!("{own}?partner=pT77xPA&{query}"));
            assert_eq!(request, Request::read(&format!("{PAGE}?{query}")), "{own}");
        }
        let all = Request::read(PAGE).expect("it asks for all");
        assert_eq!((all.numbers.len(), all.return_to()), (0, None));
    }

    #[test]
    fn what_partners_write_badly_is_read_as_it_was_meant() {
        for number in [
            "number=+493055570188",
            "number= 493055570188",
            "number=%2B493055570188",
            "number=%252B493055570188",
            "number=493055570188",
            "number=00493055570188",
            "number=%2B49%2030%20(5557)-0188",
            "number=+49 30 5557 0188",
            "number=493055570188&number=%2B493055570188",
            "name=Harbour Hotel&number=493055570188&lang=de&next=x&partner=Blue%20Anchor&utm_source=%FC",
            "email=maria@harbour-hotel.example&amp;number=493055570188&amp;state=s1",
            "&&number=493055570188&",
            "number=493055570188#top",
            "number=\"493055570188\"",
            "number=%22493055570188%22",
            "number='+49 30 5557-0188'",
            "number=%5B%22493055570188%22%5D",
            "number=%EF%BC%8B493055570188",
        ] {
            assert_eq!(numbers(number), Ok(vec!["493055570188".into()]), "{number}");
        }
        for none in ["", "number=", "number=undefined", "number=null", "number=&name=x", "%"] {
            assert_eq!(numbers(none), Ok(Vec::new()), "{none}");
        }
        let two = Ok(vec!["493055570188".into(), "351215550167".into()]);
        assert_eq!(numbers("number=%2B493055570188,%2B351215550167"), two);
        assert_eq!(numbers("number=+493055570188&number=+351215550167"), two);

        for (written, meant) in [
            ("https://www.blue-anchor.example/welcome", WELCOME),
            ("https%253A%252F%252Fwww.blue-anchor.example%252Fwelcome", WELCOME),
            ("https://x.example/back?shop=7", "https://x.example/back?shop=7"),
            ("https%3A%2F%2Fx.example%2F%3Fa%3Db%26c%3Dd", "https://x.example/?a=b&c=d"),
        ] {
            let request = read(&format!("state=s1&redirect_url={written}")).expect(written);
            assert_eq!(request.return_to().map(Url::as_str), Some(meant), "{written}");
        }
        for none in ["redirect_url=", "redirect_url=undefined", "redirect_url=null"] {
            assert_eq!(read(none).map(|it| it.return_to), Ok(None));
        }
    }

    #[test]
    fn whatever_else_is_pasted_is_refused_by_its_kind() {
        use RequestRefused::*;
        let key = "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK";
        let many: Vec<String> = (0..10_000).map(|at| format!("{at}")).collect();
        let more_than_believed = vec!["4930"; MOST_NUMBERS + 1].join(",");
        let alike = |host: &str| LookAlike(host.into());
        let address = |why| Return(BadReturn::Address(why));
        for (text, why) in [
            ("", Empty),
            (" \n ", Empty),
            ("the link", NotALink),
            ("pT77xPA", NotALink),
            ("//hub.360dialog.com/dashboard/app/pT77xPA", NotALink),
            ("https:hub.360dialog.com/dashboard/app/pT77xPA", NotALink),
            ("https://", NotALink),
            ("http://hub.360dialog.com/dashboard/app/pT77xPA", OtherScheme),
            ("javascript:alert(1)", OtherScheme),
            ("data:text/html,x", OtherScheme),
            ("file:///etc/passwd", OtherScheme),
            ("ftp://hub.360dialog.com/dashboard/app/pT77xPA", OtherScheme),
            ("channel-keys://channel/tQ8m2ZCH", OtherScheme),
            ("channel-keys://permissions?partner=pT77xPA", OtherScheme),
            ("channel-keys://permission?client=Zx81kQCL&channels=[tQ8m2ZCH]", NoPartner),
            ("channel-keys://permission/pT77xPA", OtherPage),
            ("channel-keys://permission?partner=pT77xPA#x", OtherPage),
            ("channel-keys://permission?partner=a&partner=b", Twice),
            ("channel-keys://maria@permission?partner=pT77xPA", OtherScheme),
            ("https://jo:secret@hub.360dialog.com/dashboard/app/pT77xPA", Credentials),
            ("https://hub.360dialog.com@evil.example/dashboard/app/pT77xPA", Credentials),
            ("https://@hub.360dialog.com/dashboard/app/pT77xPA", Credentials),
            ("https://evil.example/dashboard/app/pT77xPA", UnknownHost("evil.example".into())),
            ("https://127.0.0.1:8080/dashboard/app/pT77xPA", UnknownHost("127.0.0.1:8080".into())),
            ("https://hub.360dialog.com:8443/dashboard/app/pT77xPA", alike("hub.360dialog.com:8443")),
            ("https://hub.360dialog.com./dashboard/app/pT77xPA", alike("hub.360dialog.com.")),
            (
                "https://hub.360dialog.com.evil.example/dashboard/app/pT77xPA",
                alike("hub.360dialog.com.evil.example"),
            ),
            ("https://hub.360dia1og.com/dashboard/app/pT77xPA", alike("hub.360dia1og.com")),
            ("https://hub.360di\u{430}log.com/dashboard/app/pT77xPA", alike("hub.xn--360dilog-56g.com")),
            ("https://hub.360dialog.com/", OtherPage),
            ("https://hub.360dialog.com/onboarding/pT77xPA", OtherPage),
            ("https://app.360dialog.com/dashboard/app/pT77xPA", OtherPage),
            ("https://hub.360dialog.com/dashboard/app/pT77xPA/keys", OtherPage),
            ("https://hub.360dialog.com/dashboard/app/", NoPartner),
            ("https://app.360dialog.com/onboarding", NoPartner),
            ("https://hub.360dialog.com/dashboard/app/a%20b", OddId),
            ("https://hub.360dialog.com/dashboard/app/a b", OddId),
            ("https://hub.360dialog.com/dashboard/app/..%2f..%2fx", OddId),
            ("https://hub.360dialog.com/dashboard/app/%00", OddId),
            (&format!("{PAGE}?number=restaurant"), OddNumber),
            (&format!("{PAGE}?number=tQ8m2ZCH"), OddNumber),
            (&format!("{PAGE}?number=12"), OddNumber),
            (&format!("{PAGE}?number=123456789012345678901"), OddNumber),
            (&format!("{PAGE}?number=%FF4930"), OddNumber),
            (&format!("{PAGE}?number={more_than_believed}"), TooMany),
            (&format!("{PAGE}?number={}", many.join(",")), TooLong),
            (&format!("{PAGE}?state={}", "a".repeat(100_000)), TooLong),
            (&format!("{PAGE}?state=a&state=b"), Twice),
            (&format!("{PAGE}?redirect_url={WELCOME}&redirect_url={WELCOME}"), Twice),
            (&format!("{PAGE}?redirect_url=%1b[31m"), OddCharacters),
            (&format!("{PAGE}?redirect_url=%FC"), OddCharacters),
            (&format!("{PAGE}\n?number=4930"), OddCharacters),
            (&format!("{PAGE}?x=\u{0}"), OddCharacters),
            (&format!("{PAGE}?x=\u{202e}"), OddCharacters),
            ("https:\\\\hub.360dialog.com\\dashboard\\app\\pT77xPA", OddCharacters),
            (key, CouldBeKey),
            (&format!("{PAGE}?number={key}"), CouldBeKey),
            (&format!("{PAGE}#{key}"), CouldBeKey),
            (&format!("{PAGE}?redirect_url=https%253A%252F%252Fx.example%252F{key}"), CouldBeKey),
            (&format!("{PAGE}?redirect_url=https://x.example/Zk4TqLw82VbNcXe7PdRsYu31kX9p%41K"), CouldBeKey),
            (&format!("{PAGE}?redirect_url=https%3A%2F%2Fx.example%2F%3Fapi_key%3Dx"), CouldBeKey),
            (&format!("https://{key}.example/"), CouldBeKey),
            (&format!("https://hub.360dialog.com/dashboard/app/{key}"), CouldBeKey),
            (&format!("{PAGE}?api_key=x"), CouldBeKey),
            (&format!("{PAGE}?D360-API-KEY=x"), CouldBeKey),
            (&format!("{PAGE}?password=x"), CouldBeKey),
            (&format!("{PAGE}?redirect_url=welcome"), address(BadReturnAddress::NotAnAddress)),
            (&format!("{PAGE}?redirect_url=javascript:alert(1)"), address(BadReturnAddress::NotHttps)),
            (&format!("{PAGE}?redirect_url=http://x.example/"), address(BadReturnAddress::NotHttps)),
            (
                &format!("{PAGE}?redirect_url=http://127.0.0.1.x.example/"),
                address(BadReturnAddress::NotHttps),
            ),
            (
                &format!("{PAGE}?redirect_url=https://jo:secret@x.example/"),
                address(BadReturnAddress::Credentials),
            ),
            (&format!("{PAGE}?redirect_url=https://x.example/%23a"), address(BadReturnAddress::Fragment)),
            (&format!("{PAGE}?redirect_url=https://x.example/%0aa"), OddCharacters),
            (&format!("{PAGE}?redirect_url=https://\u{430}nchor.example/"), Return(BadReturn::MixedScripts)),
            (&format!("{PAGE}?redirect_url=https://x.example/%3Fclient=aCL"), Return(BadReturn::HasAnswer)),
            (&format!("{PAGE}?redirect_url=https://x.example/?channels=[a]"), Return(BadReturn::HasAnswer)),
            (
                &format!("{PAGE}?state=a&redirect_url=https://x.example/?state=b"),
                Return(BadReturn::HasAnswer),
            ),
        ] {
            assert_eq!(Request::read(text), Err(why), "{text:.120}");
        }
    }

    #[test]
    fn state_is_kept_as_it_came_whatever_it_looks_like() {
        for state in [
            "3fA9c1B7e2D4f6A8b0C1d2AK",
            "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK",
            "a%0Ab",
            "a%0D%0Ab",
            "%1b[31m",
            "%FC",
            "%00",
            "%E2%80%AE",
            "a%2Bb+c%2526d",
            "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln",
        ] {
            let link =
                format!("state={state}&signature=Zk4TqLw82VbNcXe7PdRsYu31kX9pAK&redirect_url={WELCOME}");
            let request = read(&link).expect(state);
            let answer = request.answer(&ClientId("Zx81kQCL".into()), &[], &[]).expect("an address");
            assert!(answer.as_str().ends_with(&format!("&state={state}")), "{answer}");
            assert_eq!(Request::read(&request.text()), Ok(request));
        }
        // A signature in the address for the answer may look like one, too.
        let signed = format!("{WELCOME}?sig=Zk4TqLw82VbNcXe7PdRsYu31kX9pAK");
        let request = read(&format!("redirect_url={}", encoded(&signed))).expect("it reads");
        assert_eq!(request.return_to().map(Url::as_str), Some(signed.as_str()));
    }

    #[test]
    fn a_link_that_a_mail_system_wrapped_is_read_as_what_is_in_it() {
        let query = "number=%2B493055570188&state=a%0Ab";
        let bare = read(query).expect("it reads");
        let safe = |link: &str| {
            let link: String = form_urlencoded::byte_serialize(link.as_bytes()).collect();
            format!(
                "https://eur01.safelinks.protection.outlook.com/?url={link}&data=Zk4TqLw82VbNcXe7PdRsYu31kX9pAK"
            )
        };
        let link = format!("{PAGE}?{query}");
        let defended = format!("https://urldefense.com/v3/__{}__;JSU!!x$", link.replace('%', "*"));
        for (wrapped, by) in [
            (safe(&link), Wrapper::SafeLinks),
            (defended.clone(), Wrapper::UrlDefense),
            (safe(&defended), Wrapper::SafeLinks),
        ] {
            let read = Request::read(&wrapped).expect(&wrapped);
            assert_eq!(read, Request { wrapped_by: Some(by), ..bare.clone() });
        }

        use RequestRefused::{CouldBeKey, LookAlike, OddCharacters, UnknownHost};
        let key = "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK";
        for (inner, why) in [
            ("https://evil.example/dashboard/app/pT77xPA", UnknownHost("evil.example".into())),
            ("https://hub.360dia1og.com/dashboard/app/pT77xPA", LookAlike("hub.360dia1og.com".into())),
            ("https://hub.360dialog.com/dashboard/app/pT77xPA?number=1\n2", OddCharacters),
            (&format!("https://hub.360dialog.com/dashboard/app/{key}"), CouldBeKey),
            (&format!("{PAGE}?api_key={key}"), CouldBeKey),
        ] {
            assert_eq!(Request::read(&safe(inner)), Err(why), "{inner}");
        }
        let own = safe("channel-keys://permission?partner=pT77xPA");
        let outer = "eur01.safelinks.protection.outlook.com";
        assert_eq!(
            Request::read(&own),
            Err(UnknownHost(outer.into())),
            "360dialog's pages alone are unwrapped"
        );
    }

    #[test]
    fn an_answer_goes_to_a_program_on_this_computer_over_an_open_line_and_to_nobody_else() {
        for here in ["http://127.0.0.1:4321/back", "http://localhost:4321/", "http://[::1]:4321/"] {
            let request = read(&format!("redirect_url={here}")).expect(here);
            assert!(request.returns_here(), "{here}");
        }
        assert!(!read(&format!("redirect_url={WELCOME}")).expect("it reads").returns_here());
        assert!(!Request::read(PAGE).expect("it reads").returns_here());
    }

    #[test]
    fn the_answer_is_what_the_official_button_reads_and_leaves_out_what_was_not_done() {
        let client = ClientId("Zx81kQCL".into());
        let request = read("state=a%26b+c%2B/=&redirect_url=https%3A%2F%2Fx.example%2Fback%3Fshop%3D7")
            .expect("it reads");

        let both = request.answer(&client, &ids(&["aCH", "bCH"]), &ids(&["cCH"])).expect("an address");
        assert_eq!(
            both.as_str(),
            "https://x.example/back?shop=7&client=Zx81kQCL&channels=[aCH,bCH]&revoked=[cCH]&state=a%26b+c%2B/="
        );
        assert_eq!(
            (button_reads(&both, "client"), button_reads(&both, "state")),
            ("Zx81kQCL".into(), "a&b c+/=".into())
        );
        assert_eq!(
            (button_lists(&both, "channels"), button_lists(&both, "revoked")),
            (vec!["aCH".to_owned(), "bCH".to_owned()], vec!["cCH".to_owned()],)
        );

        let none = request.answer(&client, &[], &ids(&["cCH"])).expect("an address");
        assert_eq!(button_reads(&none, "channels"), "[]");
        let given = request.answer(&client, &ids(&["aCH"]), &[]).expect("an address");
        assert!(!given.as_str().contains("revoked"));
        let bare = read(&format!("redirect_url={WELCOME}")).expect("it reads");
        let bare = bare.answer(&client, &ids(&["aCH"]), &[]).expect("an address");
        assert_eq!(bare.as_str(), format!("{WELCOME}?client=Zx81kQCL&channels=[aCH]"));
        assert_eq!(Request::read(PAGE).map(|it| it.answer(&client, &ids(&["aCH"]), &[])), Ok(None));
    }

    fn any_ids() -> impl Strategy<Value = Vec<ChannelId>> {
        let set = proptest::collection::hash_set("[A-Za-z0-9]{1,16}CH", 0..20);
        set.prop_map(|set| set.into_iter().map(ChannelId).collect())
    }

    proptest! {
        #[test]
        fn an_answer_reads_as_it_was_meant_here_and_at_the_official_button(
            client in "[A-Za-z0-9]{4,16}CL",
            given in any_ids(),
            revoked in any_ids(),
            state in proptest::option::of("[ -~]{1,19}"),
            path in "[a-z0-9/]{0,12}(\\?[a-z]{1,3}=[a-z0-9]{0,5}(&[a-z]{1,3}=[a-z%2]{0,3})?)?",
        ) {
            let mut link = Url::parse(PAGE).expect("an address");
            link.query_pairs_mut().append_pair("redirect_url", &format!("https://x.example/{path}"));
            if let Some(state) = &state {
                link.query_pairs_mut().append_pair("state", state);
            }
            let request = Request::read(link.as_str()).expect("it reads");
            let client = ClientId(client);
            let answer = request.answer(&client, &given, &revoked).expect("an address");
            prop_assert!(answer.as_str().starts_with("https://x.example/"));

            let told = Returned::read(answer.as_str()).expect("it reads");
            prop_assert_eq!(told.client, Fact::Told(client.clone()));
            prop_assert_eq!(told.given, Fact::Told(given.clone()));
            let removed = if revoked.is_empty() { Fact::NotTold } else { Fact::Told(revoked) };
            prop_assert_eq!(told.revoked, removed);
            let said = state.filter(|state| !is_nothing(state));
            prop_assert_eq!(told.state, said);

            prop_assert_eq!(button_reads(&answer, "client"), client.0);
            if !given.is_empty() {
                let ids: Vec<String> = given.into_iter().map(|id| id.0).collect();
                prop_assert_eq!(button_lists(&answer, "channels"), ids);
            }
        }

        #[test]
        fn whatever_is_pasted_is_read_or_refused_and_what_is_read_leads_to_no_other_host(
            text in "\\PC{0,80}",
            host in "[a-z0-9.@:/\\-\u{430}\u{43e}]{0,20}",
            any in any::<String>(),
        ) {
            let own = ["hub.360dialog.com", "app.360dialog.com"];
            for text in [
                text.clone(),
                any,
                format!("https://{host}"),
                format!("https://{host}/dashboard/app/pT77xPA?{text}"),
                format!("https://{host}hub.360dialog.com/dashboard/app/pT77xPA"),
                format!("https://hub.360dialog.com{host}/dashboard/app/pT77xPA"),
                format!("https://app.360dialog.com{host}/onboarding/pT77xPA?{text}"),
                format!("{PAGE}?{text}"),
                format!("channel-keys://permission?partner=pT77xPA&{text}"),
            ] {
                let Ok(request) = Request::read(&text) else { continue };
                prop_assert!(is_id(&request.partner.0));
                prop_assert_eq!(request.wrapped_by, None);
                let digits = |number: &String| number.chars().all(|c| c.is_ascii_digit());
                prop_assert!(request.numbers.iter().all(digits));
                if !Request::is_own_form(text.trim()) {
                    let read = Url::parse(text.trim()).or_else(|_| Url::parse(&format!("https://{}", text.trim())));
                    let read = read.expect("an address");
                    prop_assert!(own.contains(&read.host_str().expect("a host")), "{}", text);
                }
                if let Some(back) = request.return_to() {
                    prop_assert!(back.scheme() == "https" || is_loopback(back));
                    prop_assert!(back.username().is_empty() && back.password().is_none());
                }
            }
        }

        #[test]
        fn a_request_that_is_handed_over_is_read_as_it_was(
            numbers in proptest::collection::vec("[1-9][0-9]{5,14}", 0..5),
            state in "[ -~]{0,19}",
            path in "[a-z0-9/&=]{0,12}",
        ) {
            let mut link = Url::parse(PAGE).expect("an address");
            link.query_pairs_mut()
                .append_pair("number", &numbers.join(","))
                .append_pair("state", &state)
                .append_pair("redirect_url", &format!("https://x.example/{path}"));
            if let Ok(request) = Request::read(link.as_str()) {
                prop_assert_eq!(Request::read(&request.text()), Ok(request));
            }
        }

        #[test]
        fn no_key_is_taken_where_it_would_be_shown_or_taken_for_something_else(
            key in "[A-Za-z0-9]{18,40}AK", place in 0_usize..5,
        ) {
            let link = match place {
                0 => key,
                1 => format!("{PAGE}?number={key}"),
                2 => format!("https://{key}/dashboard/app/pT77xPA"),
                3 => format!("{PAGE}?redirect_url=https%3A%2F%2Fx.example%2F{key}"),
                _ => format!("channel-keys://permission?partner={key}"),
            };
            prop_assert_eq!(Request::read(&link), Err(RequestRefused::CouldBeKey));
        }
    }
}
