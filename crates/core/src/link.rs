//! A link from outside that leads to a channel, `channel-keys://channel/<id>`, or to what a partner asks for,
//! `channel-keys://permission?…`. Anybody can make one, and any page or message can hold one, so it says where or what, and
//! does nothing.

use url::{Position, Url};

use crate::channel::ChannelId;
use crate::permission_page::{Request, RequestRefused};
use crate::secret::ApiKey;

/// How links of this program begin, in small letters.
const SCHEME: &str = "channel-keys";
/// What stands before a channel's id.
const CHANNEL: &str = "channel";
/// The longest link to a channel that is looked into, in bytes (ours): an id has eight characters (seen).
const LONGEST: usize = 100;

/// A link that leads somewhere in this program. It has no form that acts, and none that holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To a channel.
    Channel(ChannelId),
    /// To what a partner asks a client for. It is read before anybody decides.
    Request(Request),
}

crate::history::words! {
    /// Why a link is not followed. What it said is not told on: it may be made to be read, or to be remembered.
    pub enum Refused {
        /// It is longer than any that leads somewhere.
        TooLong = "too_long",
        /// It is none of this program's.
        NotOurs = "not_ours",
        /// It has characters that no link of this program has, such as blanks, signs that can't be seen, or `%`.
        OddCharacters = "odd_characters",
        /// It leads to something that this version does not know.
        NotKnown = "not_known",
        /// It brings more along than the way to a channel: a name, a password, a port, a question, a further path.
        BringsMore = "brings_more",
        /// It names no channel.
        NoChannel = "no_channel",
        /// Where a channel's id belongs stands what could be a key.
        CouldBeKey = "could_be_key",
        /// It asks for a permission, and not in a form that is read.
        OddRequest = "odd_request",
    }
}

impl Link {
    /// Reads a link. Only what [`Link::text`] could have written leads to a channel, with a scheme in letters of any size;
    /// what a partner asks for is read as [`Request::read`] reads it.
    pub fn read(text: &str) -> Result<Link, Refused> {
        if Request::is_own_form(text) {
            return Request::read(text).map(Link::Request).map_err(Refused::from);
        }
        if text.len() > LONGEST {
            return Err(Refused::TooLong);
        }
        let is_ours = |scheme: &str| scheme.eq_ignore_ascii_case(SCHEME);
        if !text.split_once(':').is_some_and(|(scheme, _)| is_ours(scheme)) {
            return Err(Refused::NotOurs);
        }
        // Before it is taken apart: some of these are dropped or read as something else on the way.
        let belongs = |c: char| c.is_ascii_alphanumeric() || "-_.~:/?#[]@!$&'()*+,;=".contains(c);
        if !text.chars().all(belongs) {
            return Err(Refused::OddCharacters);
        }
        let url = Url::parse(text).map_err(|_| Refused::NotOurs)?;
        if url.host_str() != Some(CHANNEL) {
            return Err(Refused::NotKnown);
        }
        let id = url.path().strip_prefix('/').unwrap_or_default();
        let is_bare = url[Position::BeforeUsername..Position::AfterHost] == *CHANNEL
            && url[Position::AfterHost..Position::BeforePath].is_empty()
            && url[Position::AfterPath..].is_empty();
        if !is_bare || id.contains('/') {
            return Err(Refused::BringsMore);
        }
        if ApiKey::from_pasted(id).is_some() {
            return Err(Refused::CouldBeKey);
        }
        if !id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            return Err(Refused::OddCharacters);
        }
        if id.is_empty() {
            return Err(Refused::NoChannel);
        }
        let link = Link::Channel(ChannelId(id.to_owned()));
        // Whatever a library makes of a text, what is followed is what stood there.
        let rest = |text: &str| text.get(SCHEME.len()..).map(str::to_owned);
        if rest(text) == rest(&link.text()) { Ok(link) } else { Err(Refused::BringsMore) }
    }

    /// The link as it is written.
    pub fn text(&self) -> String {
        match self {
            Link::Channel(ChannelId(id)) => format!("{SCHEME}://{CHANNEL}/{id}"),
            Link::Request(request) => request.text(),
        }
    }
}

impl From<RequestRefused> for Refused {
    fn from(refused: RequestRefused) -> Self {
        match refused {
            RequestRefused::TooLong => Refused::TooLong,
            RequestRefused::OddCharacters => Refused::OddCharacters,
            RequestRefused::CouldBeKey => Refused::CouldBeKey,
            _ => Refused::OddRequest,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn to(id: &str) -> Result<Link, Refused> {
        Ok(Link::Channel(ChannelId(id.into())))
    }

    #[test]
    fn a_link_to_a_channel_is_read_whatever_the_size_of_the_letters_of_its_scheme() {
        assert_eq!(Link::read("channel-keys://channel/tQ8m2ZCH"), to("tQ8m2ZCH"));
        assert_eq!(Link::read("Channel-Keys://channel/tQ8m2ZCH"), to("tQ8m2ZCH"));
        assert_eq!(Link::read("channel-keys://channel/a-b_c"), to("a-b_c"));
    }

    #[test]
    fn whatever_else_a_link_says_is_refused_by_its_kind() {
        use Refused::{
            BringsMore, CouldBeKey, NoChannel, NotKnown, NotOurs, OddCharacters, OddRequest, TooLong,
        };
        let key = "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK";
        for (link, why) in [
            ("", NotOurs),
            ("tQ8m2ZCH", NotOurs),
            ("https://channel/tQ8m2ZCH", NotOurs),
            ("file:///etc/passwd", NotOurs),
            ("xchannel-keys://channel/tQ8m2ZCH", NotOurs),
            (" channel-keys://channel/tQ8m2ZCH", NotOurs),
            ("channel-keys:tQ8m2ZCH", NotKnown),
            ("channel-keys:/channel/tQ8m2ZCH", NotKnown),
            ("channel-keys:///tQ8m2ZCH", NotKnown),
            ("channel-keys://", NotKnown),
            ("channel-keys://Channel/tQ8m2ZCH", NotKnown),
            ("channel-keys://channels/tQ8m2ZCH", NotKnown),
            ("channel-keys://permission?client=Zx81kQCL&channels=[tQ8m2ZCH]", OddRequest),
            ("channel-keys://permission", OddRequest),
            ("channel-keys://permission/tQ8m2ZCH", OddRequest),
            ("channel-keys://permission?partner=pT77xPA&redirect_url=http://x.example/", OddRequest),
            ("channel-keys://permission?partner=pT77xPA&redirect_url=%00", OddCharacters),
            ("channel-keys://permissions?partner=pT77xPA", NotKnown),
            ("channel-keys://Permission?partner=\tpT77xPA", OddCharacters),
            (&format!("channel-keys://permission?partner={key}"), CouldBeKey),
            (&format!("channel-keys://permission?partner=pT77xPA&state={}", "a".repeat(100_000)), TooLong),
            ("channel-keys://make-key/tQ8m2ZCH", NotKnown),
            ("channel-keys://channel", NoChannel),
            ("channel-keys://channel/", NoChannel),
            ("channel-keys://channel/tQ8m2ZCH/", BringsMore),
            ("channel-keys://channel//tQ8m2ZCH", BringsMore),
            ("channel-keys://channel/tQ8m2ZCH/key", BringsMore),
            ("channel-keys://channel/x/../tQ8m2ZCH", BringsMore),
            ("channel-keys://channel/./tQ8m2ZCH", BringsMore),
            ("channel-keys://channel/..", NoChannel),
            ("channel-keys://channel/tQ8m2ZCH?", BringsMore),
            ("channel-keys://channel/tQ8m2ZCH?make=1", BringsMore),
            ("channel-keys://channel/tQ8m2ZCH#", BringsMore),
            ("channel-keys://channel/tQ8m2ZCH#make", BringsMore),
            ("channel-keys://maria@channel/tQ8m2ZCH", BringsMore),
            ("channel-keys://maria:practice@channel/tQ8m2ZCH", BringsMore),
            ("channel-keys://@channel/tQ8m2ZCH", BringsMore),
            ("channel-keys://channel:443/tQ8m2ZCH", BringsMore),
            ("channel-keys://channel:/tQ8m2ZCH", BringsMore),
            ("channel-keys://channel/tQ8m2Z%43H", OddCharacters),
            ("channel-keys://channel/tQ8m2ZCH%00", OddCharacters),
            ("channel-keys://channel/%2e%2e", OddCharacters),
            ("channel-keys://channel/tQ8m2Z CH", OddCharacters),
            ("channel-keys://channel/tQ8m2ZCH ", OddCharacters),
            ("channel-keys://channel/tQ8m\t2ZCH", OddCharacters),
            ("channel-keys://channel/tQ8m2ZCH\n", OddCharacters),
            ("channel-keys://channel/tQ8m2ZCH\0", OddCharacters),
            ("channel-keys://channel\\tQ8m2ZCH", OddCharacters),
            ("channel-keys://channel/tQ8m\u{202e}2ZCH", OddCharacters),
            ("channel-keys://ch\u{430}nnel/tQ8m2ZCH", OddCharacters),
            ("channel-keys://channel/a.b", OddCharacters),
            ("channel-keys://channel/'a'", OddCharacters),
            (&format!("channel-keys://channel/{key}"), CouldBeKey),
            (&format!("channel-keys://channel/tQ8m2ZCH?key={key}"), BringsMore),
            (&format!("channel-keys://channel/{}", "a".repeat(100)), TooLong),
        ] {
            assert_eq!(Link::read(link), Err(why), "{link:?}");
        }
    }

    #[test]
    fn a_link_can_ask_for_what_a_partner_asks_for_on_360dialog_s_page() {
        let query = "number=%2B493055570188&state=s1&redirect_url=https%3A%2F%2Fx.example%2F";
        let page = Request::read(&format!("https://hub.360dialog.com/dashboard/app/pT77xPA?{query}"));
        let link = Link::read(&format!("channel-keys://permission?partner=pT77xPA&{query}"));
        assert_eq!(link, page.map(Link::Request).map_err(Refused::from));
        let link = link.expect("it reads");
        assert_eq!(Link::read(&link.text()), Ok(link));
    }

    proptest! {
        #[test]
        fn a_link_that_was_written_is_read_as_what_it_leads_to(id in "[A-Za-z0-9_-]{1,15}") {
            let link = Link::Channel(ChannelId(id));
            prop_assert_eq!(Link::read(&link.text()), Ok(link));
        }

        #[test]
        fn what_is_read_is_what_stood_there_whatever_stood_there(text in any::<String>()) {
            if let Ok(link @ Link::Channel(_)) = Link::read(&text) {
                prop_assert!(text.eq_ignore_ascii_case(&link.text()));
            }
        }

        #[test]
        fn whatever_follows_the_way_to_a_channel_leads_to_what_stood_there_or_nowhere(
            before in "[ -~]{0,6}", after in "[ -~\\PC]{0,24}",
        ) {
            let text = format!("channel-keys://{before}channel/{after}");
            if let Ok(link) = Link::read(&text) {
                prop_assert_eq!(&text, &link.text());
                let Link::Channel(ChannelId(id)) = link else { panic!("it asks for something") };
                prop_assert!(before.is_empty() && id == after);
                prop_assert!(id.len() < 16 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
            }
        }

        #[test]
        fn nothing_that_could_be_pasted_as_a_key_is_followed(key in "[A-Za-z0-9]{14,60}AK") {
            let link = format!("channel-keys://channel/{key}");
            prop_assert!(Link::read(&link).is_err());
        }
    }
}
