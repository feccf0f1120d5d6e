//! What a partner asks for.

use serde::Serialize;
use specta::Type;

use channel_keys_core::app::{AskedNow, AskedNumber, Asker, Asks};
use channel_keys_core::permission_page::{BadReturn, BadReturnAddress, RequestRefused, Wrapper};

use super::{view, words};
use crate::numbers;

view! {
    /// The request that is looked at now.
    pub enum RequestView {
        /// There is none.
        Nothing,
        /// What was pasted is none. What it said is not told, but for the host that it leads to.
        Refused {
            /// Why.
            why: RequestRefusedWord,
            /// The host that it leads to, where that is why.
            host: Option<String>,
        },
        /// There is one.
        Asks {
            /// Who asks, as the Hub knows them.
            asker: AskerWord,
            /// The id of who asks, as the link says it.
            partner_id: String,
            /// Whose link it was taken out of, where a mail system had wrapped it.
            wrapped_by: Option<WrapperWord>,
            /// For which numbers; for all where there is none.
            numbers: Vec<AskedNumberView>,
            /// Of how many of the client's channels the number is not told.
            not_told: u32,
            /// Where the answer goes, in full.
            return_to: Option<String>,
            /// The answer goes to a program on this computer.
            returns_here: bool,
            /// Whether something can be given or removed here for who asks.
            can_go_on: bool,
            /// For how many numbers the permission was given since.
            given: u32,
            /// For how many it was removed.
            revoked: u32,
            /// The address that tells the partner so, in full.
            answer: Option<String>,
        },
    }
}

words! {
    /// Who asks, as the Hub knows them.
    pub enum AskerWord {
        /// The client's own partner.
        Theirs,
        /// Another than the client's partner.
        Another,
        /// The client has no partner.
        NoPartner,
        /// The Hub did not say who the partner is.
        NotTold,
    }
}

words! {
    /// Who wraps links, to check them when somebody follows one.
    pub enum WrapperWord {
        /// Microsoft's Safe Links.
        SafeLinks,
        /// Proofpoint's URL Defense.
        UrlDefense,
    }
}

view! {
    /// A number that is asked for.
    pub struct AskedNumberView {
        /// As people write it.
        pub number: String,
        /// The client's channel that has it.
        pub channel_id: Option<String>,
    }
}

words! {
    /// Why something is none of a partner's requests.
    pub enum RequestRefusedWord {
        /// Nothing was pasted.
        Empty,
        /// It is too long.
        TooLong,
        /// It has characters that no link has.
        OddCharacters,
        /// It may hold a key.
        CouldBeKey,
        /// It is no link.
        NotALink,
        /// It is no https.
        OtherScheme,
        /// It carries a user name or a password.
        Credentials,
        /// Its host looks like 360dialog's.
        LookAlike,
        /// Its host is none of 360dialog's.
        UnknownHost,
        /// It leads to another page of 360dialog's.
        OtherPage,
        /// It names no partner.
        NoPartner,
        /// Where the partner's id belongs stands something else.
        OddId,
        /// Where a number belongs stands something else.
        OddNumber,
        /// It asks for too many numbers.
        TooMany,
        /// It says one thing twice.
        Twice,
        /// The address for the answer is too long.
        ReturnTooLong,
        /// The address for the answer has odd characters.
        ReturnOddCharacters,
        /// What stands where the address for the answer belongs is none.
        ReturnNotAnAddress,
        /// The answer would go over an open line.
        ReturnNotHttps,
        /// The address for the answer carries a user name or a password.
        ReturnCredentials,
        /// The address for the answer has a part behind which it would be lost.
        ReturnFragment,
        /// The host of the address for the answer mixes scripts.
        ReturnMixedScripts,
        /// The address for the answer has one in it already.
        ReturnHasAnswer,
    }
}

impl RequestView {
    /// The request that is looked at now.
    pub fn of(now: AskedNow) -> Self {
        match now {
            AskedNow::Nothing => RequestView::Nothing,
            AskedNow::Refused(why) => {
                let word = RequestRefusedWord::from(&why);
                let host = match why {
                    RequestRefused::LookAlike(host) | RequestRefused::UnknownHost(host) => Some(host),
                    _ => None,
                };
                RequestView::Refused { why: word, host }
            }
            AskedNow::Asks(asks) => RequestView::asks(&asks),
        }
    }

    fn asks(asks: &Asks) -> Self {
        let count = |many: usize| many.try_into().unwrap_or(u32::MAX);
        RequestView::Asks {
            asker: match asks.asker {
                Asker::Theirs(_) => AskerWord::Theirs,
                Asker::Another(_) => AskerWord::Another,
                Asker::NoPartner => AskerWord::NoPartner,
                Asker::NotTold => AskerWord::NotTold,
            },
            partner_id: asks.request.partner.0.clone(),
            wrapped_by: asks.request.wrapped_by.map(|by| match by {
                Wrapper::SafeLinks => WrapperWord::SafeLinks,
                Wrapper::UrlDefense => WrapperWord::UrlDefense,
            }),
            numbers: asks.numbers.iter().map(AskedNumberView::of).collect(),
            not_told: count(asks.not_told),
            return_to: asks.request.return_to().map(|url| url.to_string()),
            returns_here: asks.request.returns_here(),
            can_go_on: asks.can_go_on(),
            given: count(asks.given.len()),
            revoked: count(asks.revoked.len()),
            answer: asks.answer.as_ref().map(|url| url.to_string()),
        }
    }
}

impl AskedNumberView {
    fn of(number: &AskedNumber) -> Self {
        Self {
            number: numbers::written(&number.digits),
            channel_id: number.channel.as_ref().map(|channel| channel.0.clone()),
        }
    }
}

impl From<&RequestRefused> for RequestRefusedWord {
    fn from(refused: &RequestRefused) -> Self {
        match refused {
            RequestRefused::Empty => Self::Empty,
            RequestRefused::TooLong => Self::TooLong,
            RequestRefused::OddCharacters => Self::OddCharacters,
            RequestRefused::CouldBeKey => Self::CouldBeKey,
            RequestRefused::NotALink => Self::NotALink,
            RequestRefused::OtherScheme => Self::OtherScheme,
            RequestRefused::Credentials => Self::Credentials,
            RequestRefused::LookAlike(_) => Self::LookAlike,
            RequestRefused::UnknownHost(_) => Self::UnknownHost,
            RequestRefused::OtherPage => Self::OtherPage,
            RequestRefused::NoPartner => Self::NoPartner,
            RequestRefused::OddId => Self::OddId,
            RequestRefused::OddNumber => Self::OddNumber,
            RequestRefused::TooMany => Self::TooMany,
            RequestRefused::Twice => Self::Twice,
            RequestRefused::Return(BadReturn::MixedScripts) => Self::ReturnMixedScripts,
            RequestRefused::Return(BadReturn::HasAnswer) => Self::ReturnHasAnswer,
            RequestRefused::Return(BadReturn::Address(why)) => match why {
                BadReturnAddress::TooLong => Self::ReturnTooLong,
                BadReturnAddress::OddCharacters => Self::ReturnOddCharacters,
                BadReturnAddress::NotAnAddress => Self::ReturnNotAnAddress,
                BadReturnAddress::NotHttps => Self::ReturnNotHttps,
                BadReturnAddress::Credentials => Self::ReturnCredentials,
                BadReturnAddress::Fragment => Self::ReturnFragment,
            },
        }
    }
}
