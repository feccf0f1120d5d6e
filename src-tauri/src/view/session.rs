//! Who is signed in, and what this computer remembers of accounts.

use serde::Serialize;
use specta::Type;
use time::OffsetDateTime;

use channel_keys_core::accounts::Account;
use channel_keys_core::hub::{Person, Rank, Role};
use channel_keys_core::partner_hub::Pass;
use channel_keys_core::records::Realm;
use channel_keys_core::session::{LockedPlace, Session};

use super::{ClipboardView, ForgottenView, PassWord, Seconds, Shown, StoppedTaskView, seconds, view, words};
use crate::failure::Failure;
use crate::os::keychain::Program;
use crate::os::system::System;

view! {
    /// What a page needs to know before anybody signs in.
    pub struct AppView {
        /// The program's version.
        pub version: String,
        /// The Hub's host: where a password goes.
        pub host: String,
        /// Whether this is the practice Hub, where nothing is real.
        pub practice: bool,
        /// Which system's keychain it is, for its own name on screen.
        pub keychain: KeychainName,
        /// Whether this system can leave a window out of screenshots and recordings.
        pub can_hide_from_captures: bool,
        /// Who is signed in.
        pub session: SessionView,
        /// The accounts of which this computer remembers something, one a client, the last used first.
        pub accounts: Vec<AccountView>,
        /// Whose session was kept and may be taken up.
        pub kept_session: Option<String>,
        /// Why a kept session could not be taken out of the keychain when signing out, if it could not.
        pub session_stays: Option<Failure>,
        /// Where damaged records were set aside at this start; none where they were well.
        pub records_aside: Option<String>,
        /// The background tasks that ended by themselves, until the person has read so.
        pub stopped_tasks: Vec<StoppedTaskView>,
        /// What is to be known of a copied key where a page begins: there may have been one before it. Nothing where a page
        /// knows by itself.
        pub clipboard: Option<ClipboardView>,
        /// The number for which a key is being made where a page begins: the page that asked for it is gone.
        pub making: Option<Shown>,
        /// How the page for signing in begins.
        pub begins: BeginsView,
    }
}

view! {
    /// How the page for signing in begins, by how the session before it ended.
    #[derive(Default)]
    pub struct BeginsView {
        /// Who is expected.
        pub email: Option<String>,
        /// Whether a partner's key is asked for.
        pub by_key: bool,
        /// What went, where everything was forgotten.
        pub forgotten: Option<ForgottenView>,
    }
}

view! {
    /// An account that this computer remembers, at work for one client.
    pub struct AccountView {
        /// The user's id.
        pub user: String,
        /// Their e-mail address.
        pub email: String,
        /// Their name.
        pub name: Option<Shown>,
        /// The client's id.
        pub client_id: String,
        /// The client's name.
        pub client_name: Option<Shown>,
        /// How many keys lie here.
        pub keys_here: u32,
        /// When the list of numbers was last read.
        pub read_at: Option<Seconds>,
    }
}

words! {
    /// The keychain's own name, by system.
    pub enum KeychainName {
        /// macOS.
        Keychain,
        /// Windows.
        CredentialManager,
        /// Linux: a Secret Service, shown by "Passwords and Keys".
        PasswordsAndKeys,
        /// Linux: KeePassXC.
        KeePassXc,
        /// Linux: KDE's wallet.
        KdeWallet,
    }
}

impl KeychainName {
    /// The one of a system, by the program that answers there.
    pub fn of(system: System, program: Option<Program>) -> Self {
        match (system, program) {
            (System::MacOs, _) => KeychainName::Keychain,
            (System::Windows, _) => KeychainName::CredentialManager,
            (System::Linux, Some(Program::KeePassXc)) => KeychainName::KeePassXc,
            (System::Linux, Some(Program::KdeWallet)) => KeychainName::KdeWallet,
            (System::Linux, Some(Program::Other) | None) => KeychainName::PasswordsAndKeys,
        }
    }
}

view! {
    /// How far signing in is.
    pub enum SessionView {
        /// Nobody.
        SignedOut,
        /// The Hub did not say whose account it is: the person names the client's id.
        ClientIdNeeded {
            /// Who signed in.
            email: String,
        },
        /// The person chooses one of their clients.
        Choosing {
            /// Who.
            person: PersonView,
            /// Which ones there are.
            clients: Vec<ClientChoice>,
        },
        /// At work for a client.
        Client {
            /// Who.
            person: PersonView,
            /// For which client.
            client_id: String,
            /// Owner or member, where told.
            rank: Option<Shown>,
            /// How many clients this person may choose from.
            clients: Vec<ClientChoice>,
        },
        /// What this computer remembers of an account, without being signed in.
        Here {
            /// Whose.
            person: PersonView,
            /// For which client.
            client_id: String,
            /// The client's name.
            client_name: Option<Shown>,
        },
        /// Locked: the person signs in again to go on.
        Locked {
            /// Who.
            person: PersonView,
            /// The user's id.
            user: String,
            /// For which client; none where it was a desk.
            client_id: Option<String>,
            /// At which partner's desk; none where it was a client's work.
            partner_id: Option<String>,
            /// The partner's API key opened the desk, and opens it again.
            by_key: bool,
            /// A key lies in memory alone, hidden until then.
            key_waits: bool,
        },
        /// At a partner's support desk.
        Partner {
            /// Who; nobody in person where the partner's API key opened the desk.
            person: Option<PersonView>,
            /// At which partner.
            partner_id: String,
            /// Owner or member, where told.
            rank: Option<Shown>,
            /// How the desk was opened.
            pass: PassWord,
        },
    }
}

view! {
    /// Who signed in.
    pub struct PersonView {
        /// Their e-mail address.
        pub email: String,
        /// Their name.
        pub name: Option<Shown>,
    }
}

view! {
    /// One of the clients that a person belongs to.
    pub struct ClientChoice {
        /// Its id.
        pub id: String,
        /// Its name, where told.
        pub name: Option<Shown>,
        /// `owner`, `member`, or the Hub's own word.
        pub rank: Shown,
    }
}

view! {
    /// Who can be, to practise.
    pub struct PracticeView {
        /// The accounts.
        pub accounts: Vec<PracticeAccount>,
        /// Where a practice world that could not be read was set aside; none where it was well.
        pub set_aside: Option<String>,
    }
}

view! {
    /// An account of the practice Hub.
    pub struct PracticeAccount {
        /// Its e-mail address.
        pub email: String,
        /// What it is good for.
        pub note: String,
        /// `client` or `partner`.
        pub side: String,
        /// `owner` or `member`.
        pub rank: String,
    }
}

impl BeginsView {
    /// How it begins where this session locks and leaves nothing to unlock.
    pub fn after(session: &Session) -> Self {
        let person = match session {
            Session::Here { person, .. } => Some(person),
            Session::Partner(at_desk) => at_desk.person.as_ref(),
            _ => None,
        };
        Self { email: person.map(|person| person.email.clone()), ..Self::default() }
    }
}

impl AccountView {
    /// An account, with how many keys lie here and when its channels were last read.
    pub fn of(account: Account, keys: usize, read_at: Option<OffsetDateTime>) -> Self {
        Self {
            user: account.owner.user,
            email: account.email,
            name: account.name.and_then(Shown::some),
            client_id: account.client.to_string(),
            client_name: account.client_name.and_then(Shown::some),
            keys_here: keys.try_into().unwrap_or(u32::MAX),
            read_at: read_at.map(seconds),
        }
    }
}

impl SessionView {
    /// A session as the pages see it.
    pub fn of(session: &Session) -> Self {
        match session {
            Session::SignedOut => SessionView::SignedOut,
            Session::ClientIdNeeded { email, .. } => SessionView::ClientIdNeeded { email: email.clone() },
            Session::Choosing { person, .. } => {
                SessionView::Choosing { person: PersonView::of(person), clients: choices(person) }
            }
            Session::Client(at_work) => SessionView::Client {
                person: PersonView::of(&at_work.person),
                client_id: at_work.client.to_string(),
                rank: at_work.rank.as_ref().map(rank_word),
                clients: choices(&at_work.person),
            },
            Session::Here { person, client, client_name } => SessionView::Here {
                person: PersonView::of(person),
                client_id: client.to_string(),
                client_name: client_name.as_ref().and_then(Shown::some),
            },
            Session::Locked(locked) => {
                let (client_id, partner_id, by_key) = match &locked.place {
                    LockedPlace::Client(client) => (Some(client.to_string()), None, false),
                    LockedPlace::Desk { partner, by_key } => (None, Some(partner.to_string()), *by_key),
                };
                SessionView::Locked {
                    person: PersonView::of(&locked.person),
                    user: locked.person.id.clone(),
                    client_id,
                    partner_id,
                    by_key,
                    key_waits: locked.key_waits,
                }
            }
            Session::Partner(at_desk) => SessionView::Partner {
                person: at_desk.person.as_ref().map(PersonView::of),
                partner_id: at_desk.caller.partner.to_string(),
                rank: at_desk.rank.as_ref().map(rank_word),
                pass: match at_desk.caller.pass {
                    Pass::Session(_) => PassWord::Password,
                    Pass::Key(_) => PassWord::PartnerKey,
                },
            },
        }
    }
}

impl PersonView {
    fn of(person: &Person) -> Self {
        Self { email: person.email.clone(), name: person.name.told().and_then(Shown::some) }
    }
}

fn choices(person: &Person) -> Vec<ClientChoice> {
    person
        .roles
        .iter()
        .filter_map(|role| match role {
            Role::Client { client, name, rank } => Some(ClientChoice {
                id: client.to_string(),
                name: name.told().and_then(Shown::some),
                rank: rank_word(rank),
            }),
            Role::Partner { .. } => None,
        })
        .collect()
}

fn rank_word(rank: &Rank) -> Shown {
    Shown::of(match rank {
        Rank::Owner => "owner",
        Rank::Member => "member",
        Rank::Other(word) => word,
    })
}

/// Whether the practice Hub is meant.
pub fn is_practice(realm: Realm) -> bool {
    realm == Realm::Practice
}
