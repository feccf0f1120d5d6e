//! Errors as they cross to the pages: a code from a closed list and the facts around it. The words for a code
//! stand in one table of the UI; nothing is matched by its text.

use serde::Serialize;
use specta::Type;

use channel_keys_core::app::Trouble;
use channel_keys_core::desk::{NoteTrouble, WatchTrouble};
use channel_keys_core::hub::{HubError, KeyOf, NotReached, ProxyFailure, Quote};
use channel_keys_core::key_file::NotAKeyFile;
use channel_keys_core::keychain::KeychainError;
use channel_keys_core::pasted::NoKey;
use channel_keys_core::records::RecordsError;

use crate::locked_file::CantOpen;
use crate::os::clipboard::{NotCopied, Refused};

/// What went wrong, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// The Hub's name was not found.
    HubNameNotFound,
    /// No connection to the Hub.
    HubNoConnection,
    /// The Hub's certificate is not trusted.
    HubCertificate,
    /// This computer has no list of whom to trust.
    NoCertificates,
    /// The proxy on the way to the Hub can't be reached, or does not answer.
    ProxyUnreachable,
    /// The proxy on the way to the Hub asks for a name and a password.
    ProxySignIn,
    /// The proxy on the way to the Hub lets nothing through.
    ProxyRefused,
    /// The Hub was asked and did not answer.
    HubNoAnswer,
    /// Wrong e-mail or password.
    WrongPassword,
    /// The Hub did not take the partner's API key.
    WrongPartnerKey,
    /// The Hub asks for more than a password.
    SecondFactor,
    /// The session is over.
    SessionEnded,
    /// The messaging host refuses a channel's key.
    KeyRefused,
    /// A key has characters that can't be sent, so nobody was asked.
    KeyNotSendable,
    /// The Hub did not understand this program's request for a session.
    HubBadRequest,
    /// The Hub refused.
    HubRefused,
    /// The Hub does not have this.
    HubNotThere,
    /// The Hub asks to wait.
    HubTooMany,
    /// The Hub is in trouble itself.
    HubInTrouble,
    /// The Hub's answer was not understood.
    HubNotUnderstood,
    /// The host is not trusted with a key.
    HostNotTrusted,
    /// There is no keychain.
    KeychainAbsent,
    /// No keychain was ever set up.
    KeychainNotSetUp,
    /// The keychain stayed locked.
    KeychainStayedLocked,
    /// The keychain asked the person whether it may, in vain.
    KeychainNotAllowed,
    /// The keychain refused.
    KeychainRefused,
    /// The keychain did not keep what it was given.
    KeychainNotKept,
    /// Something else lies in the key's place.
    KeychainGaveAnother,
    /// The program's own records can't be read or written.
    RecordsOut,
    /// There is nothing in the note.
    NoteEmpty,
    /// The note is too long.
    NoteTooLong,
    /// There is no such note any more.
    NoteGone,
    /// Nobody is signed in.
    NotSignedIn,
    /// The account belongs to no client and no partner.
    NoRoles,
    /// No such channel.
    NoSuchChannel,
    /// The Hub did not say whose channel it is.
    ClientNotTold,
    /// The client has no partner.
    NoPartner,
    /// The Hub did not say who the client's partner is.
    PartnerNotTold,
    /// Nobody is on the way to 360dialog's page any more.
    NoPageVisit,
    /// No such key here.
    NoSuchKey,
    /// The request was sent already.
    AlreadyAsked,
    /// It is known to be refused.
    KnownToBeRefused,
    /// This desk only reads.
    DeskReadOnly,
    /// The key lies nowhere but in memory.
    StoredNowhere,
    /// A key is being made.
    KeyBeingMade,
    /// The practice Hub could not start.
    PracticeOut,
    /// The clipboard did not take it.
    ClipboardRefused,
    /// The clipboard has a key that lies nowhere else.
    KeyOnClipboard,
    /// Another account signed in where one was asked to sign in again.
    OtherAccount,
    /// This Hub has no such call: it is done on 360dialog's own page.
    HubNotOffered,
    /// What was pasted is no key.
    NotAKey,
    /// What was pasted is a masked key.
    MaskedKey,
    /// What was pasted is a session token.
    TokenPasted,
    /// What was pasted is an e-mail address.
    EmailPasted,
    /// What was pasted is a web address.
    AddressPasted,
    /// The clipboard holds no text.
    ClipboardEmpty,
    /// The window that shows a key did not open.
    KeyNotShown,
    /// A file could not be written.
    FileNotWritten,
    /// The passphrase of a saved file is not here any more.
    WordsGone,
    /// No words could be drawn to lock a file with.
    NoWordsDrawn,
    /// No file with a key is chosen.
    NoKeyFile,
    /// A file could not be read.
    KeyFileNotRead,
    /// A file is too large to be one with a key.
    KeyFileTooLarge,
    /// A file is none in the age format.
    NotAnAgeFile,
    /// A file in the age format is locked for somebody's own key, not with words.
    KeyFileForOthers,
    /// These words don't open it.
    WrongWords,
    /// It is damaged, or not all of it is there.
    KeyFileDamaged,
    /// Opening it would take more work than is done for a file.
    KeyFileTooHard,
    /// What is in it is no key that was saved here.
    KeyFileSomethingElse,
    /// A later version saved it.
    KeyFileLater,
    /// What is in it has characters that do not belong there.
    KeyFileOdd,
    /// It has a practice key, or a real one in the practice world.
    KeyFileOtherWorld,
    /// The browser could not be opened.
    BrowserNotOpened,
    /// As many channels as may be are watched already.
    TooManyWatched,
    /// There is no request of a partner that could be answered.
    NoRequest,
}

/// An error as the pages get it.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What went wrong.
    pub code: Code,
    /// The HTTP status, where the Hub gave one.
    pub status: Option<u16>,
    /// What the Hub itself said, fit to be quoted.
    pub said: Option<String>,
    /// How many seconds the Hub asks to wait.
    pub wait: Option<u32>,
    /// The proxy that stands in the way, by host and port.
    pub proxy: Option<String>,
}

impl Failure {
    /// A failure without further facts.
    pub fn new(code: Code) -> Self {
        Self { code, status: None, said: None, wait: None, proxy: None }
    }

    fn said(mut self, said: &Option<Quote>) -> Self {
        self.said = said.as_ref().map(|quote| quote.as_str().to_owned());
        self
    }

    fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

impl From<&HubError> for Failure {
    fn from(error: &HubError) -> Self {
        match error {
            HubError::NotReached(NotReached::Name) => Failure::new(Code::HubNameNotFound),
            HubError::NotReached(NotReached::Connection) => Failure::new(Code::HubNoConnection),
            HubError::NotReached(NotReached::Certificate) => Failure::new(Code::HubCertificate),
            HubError::NotReached(NotReached::NoCertificates) => Failure::new(Code::NoCertificates),
            HubError::NotReached(NotReached::Proxy { failure, address }) => {
                let code = match failure {
                    ProxyFailure::Unreachable => Code::ProxyUnreachable,
                    ProxyFailure::SignIn => Code::ProxySignIn,
                    ProxyFailure::Refused => Code::ProxyRefused,
                };
                Failure { proxy: Some(address.clone()), ..Failure::new(code) }
            }
            HubError::NoAnswer => Failure::new(Code::HubNoAnswer),
            HubError::WrongPassword(said) => Failure::new(Code::WrongPassword).said(said),
            HubError::SecondFactor(said) => Failure::new(Code::SecondFactor).said(said),
            HubError::SessionEnded => Failure::new(Code::SessionEnded),
            HubError::KeyRefused(KeyOf::Channel) => Failure::new(Code::KeyRefused),
            HubError::KeyRefused(KeyOf::Partner) => Failure::new(Code::WrongPartnerKey),
            HubError::KeyNotSendable => Failure::new(Code::KeyNotSendable),
            HubError::BadRequest { status, said } => {
                Failure::new(Code::HubBadRequest).status(*status).said(said)
            }
            HubError::Refused { status, said } => Failure::new(Code::HubRefused).status(*status).said(said),
            HubError::NotThere(said) => Failure::new(Code::HubNotThere).said(said),
            HubError::NotOffered => Failure::new(Code::HubNotOffered),
            HubError::TooMany { wait, said } => {
                let wait = wait.map(|wait| wait.as_secs().try_into().unwrap_or(u32::MAX));
                Failure { wait, ..Failure::new(Code::HubTooMany).said(said) }
            }
            HubError::InTrouble { status, said } => {
                Failure::new(Code::HubInTrouble).status(*status).said(said)
            }
            HubError::NotUnderstood { status } => Failure::new(Code::HubNotUnderstood).status(*status),
            HubError::HostNotTrusted => Failure::new(Code::HostNotTrusted),
        }
    }
}

impl From<KeychainError> for Failure {
    fn from(error: KeychainError) -> Self {
        Failure::new(match error {
            KeychainError::Absent => Code::KeychainAbsent,
            KeychainError::NotSetUp => Code::KeychainNotSetUp,
            KeychainError::StayedLocked => Code::KeychainStayedLocked,
            KeychainError::NotAllowed => Code::KeychainNotAllowed,
            KeychainError::Refused => Code::KeychainRefused,
            KeychainError::NotKept => Code::KeychainNotKept,
            KeychainError::GaveAnother => Code::KeychainGaveAnother,
        })
    }
}

impl From<Refused> for Failure {
    fn from(_: Refused) -> Self {
        Failure::new(Code::ClipboardRefused)
    }
}

impl From<NotCopied> for Failure {
    fn from(why: NotCopied) -> Self {
        match why {
            NotCopied::Refused(refused) => refused.into(),
            NotCopied::OnlyCopy => Failure::new(Code::KeyOnClipboard),
        }
    }
}

impl From<RecordsError> for Failure {
    fn from(_: RecordsError) -> Self {
        Failure::new(Code::RecordsOut)
    }
}

impl From<NoteTrouble> for Failure {
    fn from(trouble: NoteTrouble) -> Self {
        Failure::new(match trouble {
            NoteTrouble::Empty => Code::NoteEmpty,
            NoteTrouble::TooLong => Code::NoteTooLong,
            NoteTrouble::Gone => Code::NoteGone,
            NoteTrouble::Records(_) => Code::RecordsOut,
        })
    }
}

impl From<WatchTrouble> for Failure {
    fn from(trouble: WatchTrouble) -> Self {
        Failure::new(match trouble {
            WatchTrouble::TooMany => Code::TooManyWatched,
            WatchTrouble::Records(_) => Code::RecordsOut,
        })
    }
}

impl From<NotAKeyFile> for Failure {
    fn from(why: NotAKeyFile) -> Self {
        Failure::new(match why {
            NotAKeyFile::SomethingElse => Code::KeyFileSomethingElse,
            NotAKeyFile::LaterForm => Code::KeyFileLater,
            NotAKeyFile::OddCharacters => Code::KeyFileOdd,
            NotAKeyFile::OtherRealm => Code::KeyFileOtherWorld,
        })
    }
}

impl From<CantOpen> for Failure {
    fn from(why: CantOpen) -> Self {
        Failure::new(match why {
            CantOpen::NotRead => Code::KeyFileNotRead,
            CantOpen::TooLarge => Code::KeyFileTooLarge,
            CantOpen::NotAnAgeFile => Code::NotAnAgeFile,
            CantOpen::LaterFormat => Code::KeyFileLater,
            CantOpen::ForOthers => Code::KeyFileForOthers,
            CantOpen::WrongWords => Code::WrongWords,
            CantOpen::Damaged => Code::KeyFileDamaged,
            CantOpen::TooHard => Code::KeyFileTooHard,
            CantOpen::NotText => Code::KeyFileSomethingElse,
        })
    }
}

impl From<NoKey> for Failure {
    fn from(instead: NoKey) -> Self {
        Failure::new(match instead {
            NoKey::Masked => Code::MaskedKey,
            NoKey::SessionToken => Code::TokenPasted,
            NoKey::Email => Code::EmailPasted,
            NoKey::WebAddress => Code::AddressPasted,
            NoKey::Nothing => Code::NotAKey,
        })
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Hub(error) => Failure::from(&error),
            Trouble::Keychain(error) => Failure::from(error),
            Trouble::Records(_) => Failure::new(Code::RecordsOut),
            Trouble::NotSignedIn => Failure::new(Code::NotSignedIn),
            Trouble::WrongPartnerKey => Failure::new(Code::WrongPartnerKey),
            Trouble::NoRoles => Failure::new(Code::NoRoles),
            Trouble::NoSuchChannel => Failure::new(Code::NoSuchChannel),
            Trouble::ClientNotTold => Failure::new(Code::ClientNotTold),
            Trouble::NoPartner => Failure::new(Code::NoPartner),
            Trouble::PartnerNotTold => Failure::new(Code::PartnerNotTold),
            Trouble::NoPageVisit => Failure::new(Code::NoPageVisit),
            Trouble::ReadOnly => Failure::new(Code::DeskReadOnly),
            Trouble::NoSuchKey => Failure::new(Code::NoSuchKey),
            Trouble::AlreadyAsked => Failure::new(Code::AlreadyAsked),
            Trouble::KnownToBeRefused(_) => Failure::new(Code::KnownToBeRefused),
            Trouble::OtherAccount => Failure::new(Code::OtherAccount),
            Trouble::NotAKey(instead) => Failure::from(instead),
            Trouble::NotWritable => Failure::new(Code::KeyNotSendable),
            Trouble::NotAKeyFile(why) => Failure::from(why),
            Trouble::StoredNowhere => Failure::new(Code::StoredNowhere),
            Trouble::KeyBeingMade => Failure::new(Code::KeyBeingMade),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_crosses_as_a_code_with_its_facts_and_nothing_else() {
        let error = HubError::Refused { status: 403, said: Quote::from_text("Forbidden") };
        let wire = serde_json::to_value(Failure::from(&error)).expect("it is JSON");
        assert_eq!(
            wire,
            serde_json::json!({"code": "hubRefused", "status": 403, "said": "Forbidden", "wait": null, "proxy": null})
        );
    }

    #[test]
    fn proxy_in_the_way_crosses_with_its_address() {
        for (failure, code) in [
            (ProxyFailure::Unreachable, "proxyUnreachable"),
            (ProxyFailure::SignIn, "proxySignIn"),
            (ProxyFailure::Refused, "proxyRefused"),
        ] {
            let address = "proxy.office.example:3128".to_owned();
            let failure = Failure::from(&HubError::NotReached(NotReached::Proxy { failure, address }));
            let wire = serde_json::to_value(failure).expect("it is JSON");
            assert_eq!((&wire["code"], &wire["proxy"]), (&code.into(), &"proxy.office.example:3128".into()));
        }
    }
}
