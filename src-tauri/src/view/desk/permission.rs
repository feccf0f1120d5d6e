//! Asking a client for the permission, and the address with which it comes back.

use serde::{Deserialize, Serialize};
use specta::Type;

use channel_keys_core::desk::{Answers, Explained, Mentioned};
use channel_keys_core::fact::Fact;
use channel_keys_core::permission_page::{AskFor, BadReturnAddress, Form, NotAReturn};

use super::super::{PermissionWord, Seconds, Shown, seconds, view, words};
use crate::numbers;

/// Which of 360dialog's forms a link has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FormWord {
    /// The older official button.
    Older,
    /// The current official button.
    Current,
    /// The same, on the pages that clients use today.
    CurrentOnboarding,
}

impl From<FormWord> for Form {
    fn from(word: FormWord) -> Self {
        match word {
            FormWord::Older => Form::Older,
            FormWord::Current => Form::Current,
            FormWord::CurrentOnboarding => Form::CurrentOnboarding,
        }
    }
}

view! {
    /// A link by which a client is asked for the permission.
    pub enum AskView {
        /// The link, and what it carries.
        Link {
            /// It.
            link: String,
            /// The number as people write it.
            number: Option<String>,
            /// The client's name.
            client_name: Option<Shown>,
            /// Where to write to the client.
            client_email: Option<String>,
            /// Where people come back to.
            return_to: Option<String>,
        },
        /// Nobody can be sent back to this address.
        BadAddress {
            /// Why.
            why: BadAddressWord,
        },
    }
}

words! {
    /// Why an address is none that people can be sent back to.
    pub enum BadAddressWord {
        /// It is too long.
        TooLong,
        /// It has odd characters.
        OddCharacters,
        /// It is no address.
        NotAnAddress,
        /// It is not https.
        NotHttps,
        /// It carries credentials.
        Credentials,
        /// It has a part after `#`.
        Fragment,
    }
}

impl AskView {
    /// A link in this form.
    pub fn of(ask: &AskFor, form: Form) -> Self {
        AskView::Link {
            link: ask.link(form),
            number: ask.number.as_deref().map(numbers::written),
            client_name: ask.name.as_ref().and_then(Shown::some),
            client_email: ask.email.clone(),
            return_to: ask.return_to.as_ref().map(ToString::to_string),
        }
    }
}

impl From<BadReturnAddress> for AskView {
    fn from(why: BadReturnAddress) -> Self {
        let why = match why {
            BadReturnAddress::TooLong => BadAddressWord::TooLong,
            BadReturnAddress::OddCharacters => BadAddressWord::OddCharacters,
            BadReturnAddress::NotAnAddress => BadAddressWord::NotAnAddress,
            BadReturnAddress::NotHttps => BadAddressWord::NotHttps,
            BadReturnAddress::Credentials => BadAddressWord::Credentials,
            BadReturnAddress::Fragment => BadAddressWord::Fragment,
        };
        AskView::BadAddress { why }
    }
}

view! {
    /// What an address says with which a client came back.
    pub enum ReturnView {
        /// This.
        Told {
            /// Which client was there, by id.
            client_id: Option<String>,
            /// Its name, where the board has it.
            client_name: Option<Shown>,
            /// Whether the board has this client.
            client_on_board: bool,
            /// What it gave the permission for during that visit; none where nothing is said of it.
            given: Option<Vec<MentionedView>>,
            /// For what it took the permission back.
            revoked: Option<Vec<MentionedView>>,
            /// Whether it answers something that was asked for here.
            asked: AnswersView,
        },
        /// The text is no such address.
        Refused {
            /// Why.
            why: NotAReturnWord,
        },
    }
}

view! {
    /// A channel that an address names.
    pub struct MentionedView {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: Option<Shown>,
        /// Its number.
        pub number: Option<String>,
        /// Whether the board has it.
        pub on_board: bool,
        /// What the board knows of its permission.
        pub permission: PermissionWord,
        /// Whether it belongs to the client that the address names.
        pub is_theirs: Option<bool>,
    }
}

view! {
    /// Whether an address answers something that was asked for here.
    pub enum AnswersView {
        /// It does.
        AskedHere {
            /// For which channel it was asked.
            channel_id: String,
            /// When the link was made.
            at: Seconds,
            /// Whether it was asked of the client that the address names.
            same_client: Option<bool>,
        },
        /// It carries something else.
        NotAskedHere,
        /// It carries nothing.
        SaysNothing,
    }
}

words! {
    /// Why a text is no address with which a client came back.
    pub enum NotAReturnWord {
        /// Nothing was pasted.
        Empty,
        /// It is too long.
        TooLong,
        /// It has odd characters.
        OddCharacters,
        /// It is no address.
        NotAnAddress,
        /// It leads to no web page.
        OtherScheme,
        /// It carries credentials.
        Credentials,
        /// The permission page added nothing to it.
        NothingInIt,
        /// It says one thing twice.
        Twice,
        /// A list in it can't be read.
        OddList,
        /// An id in it is none.
        OddId,
        /// It names too many channels.
        TooMany,
    }
}

impl From<NotAReturn> for ReturnView {
    fn from(why: NotAReturn) -> Self {
        let why = match why {
            NotAReturn::Empty => NotAReturnWord::Empty,
            NotAReturn::TooLong => NotAReturnWord::TooLong,
            NotAReturn::OddCharacters => NotAReturnWord::OddCharacters,
            NotAReturn::NotAnAddress => NotAReturnWord::NotAnAddress,
            NotAReturn::OtherScheme => NotAReturnWord::OtherScheme,
            NotAReturn::Credentials => NotAReturnWord::Credentials,
            NotAReturn::NothingInIt => NotAReturnWord::NothingInIt,
            NotAReturn::Twice => NotAReturnWord::Twice,
            NotAReturn::OddList => NotAReturnWord::OddList,
            NotAReturn::OddId => NotAReturnWord::OddId,
            NotAReturn::TooMany => NotAReturnWord::TooMany,
        };
        ReturnView::Refused { why }
    }
}

impl ReturnView {
    /// What an address says, beside what the board knows.
    pub fn of(explained: &Explained) -> Self {
        ReturnView::Told {
            client_id: explained.client.told().map(ToString::to_string),
            client_name: explained.client_name.as_ref().and_then(Shown::some),
            client_on_board: explained.client_on_board,
            given: list(&explained.given),
            revoked: list(&explained.revoked),
            asked: match &explained.asked {
                Answers::AskedHere { channel, at, same_client } => AnswersView::AskedHere {
                    channel_id: channel.to_string(),
                    at: seconds(*at),
                    same_client: same_client.told().copied(),
                },
                Answers::NotAskedHere => AnswersView::NotAskedHere,
                Answers::SaysNothing => AnswersView::SaysNothing,
            },
        }
    }
}

fn list(mentioned: &Fact<Vec<Mentioned>>) -> Option<Vec<MentionedView>> {
    mentioned.told().map(|all| all.iter().map(MentionedView::of).collect())
}

impl MentionedView {
    fn of(mentioned: &Mentioned) -> Self {
        let line = mentioned.line.as_ref().map(|on_board| &on_board.line);
        let channel = line.map(|line| &line.channel);
        let number = channel.and_then(|channel| channel.number.told());
        Self {
            id: mentioned.id.to_string(),
            name: channel.and_then(|channel| channel.name.told().and_then(Shown::some)),
            number: number.map(|digits| numbers::written(digits)),
            on_board: line.is_some(),
            permission: line.map_or(Fact::NotTold, |line| line.check.permission()).into(),
            is_theirs: mentioned.is_theirs.told().copied(),
        }
    }
}
