//! Who is signed in: an enum of states, not flags.

use std::sync::Arc;

use crate::channel::{ClientId, PartnerId};
use crate::hub::{Person, Rank, Role};
use crate::partner_hub::{Caller, Pass};
use crate::secret::SessionToken;

/// How far signing in is.
#[derive(Debug, Clone, Default)]
pub enum Session {
    /// Nobody is signed in.
    #[default]
    SignedOut,
    /// The Hub took the password, and did not say whose account it is (`/users/me` is ours): the person has to.
    ClientIdNeeded {
        /// The session.
        token: Arc<SessionToken>,
        /// Who signed in, as far as known.
        email: String,
    },
    /// The person belongs to several clients, and chooses.
    Choosing {
        /// The session.
        token: Arc<SessionToken>,
        /// Who.
        person: Person,
    },
    /// At work for a client.
    Client(ClientSession),
    /// What this computer remembers of an account, without being signed in.
    Here {
        /// Whose.
        person: Person,
        /// For which client.
        client: ClientId,
        /// The client's name, where it was told.
        client_name: Option<String>,
    },
    /// Locked: whoever was at work signs in again to go on. No session is in memory.
    Locked(Locked),
    /// At a partner's support desk.
    Partner(PartnerSession),
}

/// A person at work for one client.
#[derive(Debug, Clone)]
pub struct ClientSession {
    /// The session at the Hub.
    pub token: Arc<SessionToken>,
    /// Who.
    pub person: Person,
    /// For which client.
    pub client: ClientId,
    /// How much they may there, where told.
    pub rank: Option<Rank>,
}

/// Whoever works at a partner's support desk.
#[derive(Debug, Clone)]
pub struct PartnerSession {
    /// At which partner, and what opens its account.
    pub caller: Caller,
    /// Who; nobody in person where the partner's API key opened the desk.
    pub person: Option<Person>,
    /// How much they may at the partner, where told.
    pub rank: Option<Rank>,
}

impl PartnerSession {
    /// Whether the desk may write without anybody having said so: for an Owner alone. What a Member may is not
    /// documented, a word that is not known says nothing, and a partner's API key opens the desk for whoever was handed
    /// it, so that nobody in person stands for what is done: there, somebody has to say so first.
    pub fn may_write_by_default(&self) -> bool {
        self.rank == Some(Rank::Owner)
    }

    /// Who is at the desk; where the partner's API key opened it, the partner itself.
    pub fn person_or_partner(&self) -> Person {
        let partner = self.caller.partner.to_string();
        self.person.clone().unwrap_or_else(|| Person {
            id: partner.clone(),
            email: partner,
            name: crate::fact::Fact::NotTold,
            roles: Vec::new(),
        })
    }
}

/// Who was at work when the program locked.
#[derive(Debug, Clone)]
pub struct Locked {
    /// Who; the partner itself where its API key opened the desk.
    pub person: Person,
    /// Where.
    pub place: LockedPlace,
    /// How much they may there, where told.
    pub rank: Option<Rank>,
    /// A key lies in memory alone: it is hidden, and there again afterwards.
    pub key_waits: bool,
}

/// Where somebody was at work when the program locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockedPlace {
    /// For a client.
    Client(ClientId),
    /// At a desk, which is held on to for the sake of a key that lies in memory alone.
    Desk {
        /// At which partner.
        partner: PartnerId,
        /// Its API key opened the desk, and opens it again.
        by_key: bool,
    },
}

impl Locked {
    /// At work again, with a fresh session.
    pub fn unlock(self, token: Arc<SessionToken>) -> Session {
        let Locked { person, place, rank, .. } = self;
        match place {
            LockedPlace::Client(client) => Session::Client(ClientSession { token, person, client, rank }),
            LockedPlace::Desk { partner, .. } => Session::Partner(PartnerSession {
                caller: Caller { partner, pass: Pass::Session(token) },
                person: Some(person),
                rank,
            }),
        }
    }

    /// Whether this partner's API key opens it again.
    pub fn opens_with_key_of(&self, partner: &PartnerId) -> bool {
        matches!(&self.place, LockedPlace::Desk { partner: locked, by_key: true } if locked == partner)
    }
}

impl ClientSession {
    /// The client's name, where it was told on signing in.
    pub fn client_name(&self) -> Option<String> {
        self.person.roles.iter().find_map(|role| match role {
            Role::Client { client, name, .. } if *client == self.client => name.told().cloned(),
            _ => None,
        })
    }
}

impl Session {
    /// What a fresh session of this person is: with one client at work, with several choosing.
    /// None where the person belongs to nothing.
    pub fn for_person(token: SessionToken, person: Person) -> Option<Session> {
        let token = Arc::new(token);
        let mut clients = person.roles.iter().filter(|role| matches!(role, Role::Client { .. }));
        match (clients.next(), clients.next()) {
            (Some(Role::Client { client, rank, .. }), None) => {
                let (client, rank) = (client.clone(), Some(rank.clone()));
                Some(Session::Client(ClientSession { token, person, client, rank }))
            }
            (Some(_), Some(_)) => Some(Session::Choosing { token, person }),
            _ => person.roles.iter().find_map(|role| match role {
                Role::Partner { partner, rank } => Some(Session::Partner(PartnerSession {
                    caller: Caller { partner: partner.clone(), pass: Pass::Session(token.clone()) },
                    person: Some(person.clone()),
                    rank: Some(rank.clone()),
                })),
                Role::Client { .. } => None,
            }),
        }
    }

    /// The session after the person chose one of their clients; none where it is not theirs.
    pub fn choose(&self, chosen: &ClientId) -> Option<Session> {
        let (token, person) = match self {
            Session::Choosing { token, person } => (token, person),
            Session::Client(at_work) => (&at_work.token, &at_work.person),
            _ => return None,
        };
        person.roles.iter().find_map(|role| match role {
            Role::Client { client, rank, .. } if client == chosen => Some(Session::Client(ClientSession {
                token: token.clone(),
                person: person.clone(),
                client: client.clone(),
                rank: Some(rank.clone()),
            })),
            _ => None,
        })
    }

    /// The session after the person named the client where the Hub did not.
    pub fn name_client(&self, named: ClientId) -> Option<Session> {
        let Session::ClientIdNeeded { token, email } = self else {
            return None;
        };
        let person = Person {
            id: email.clone(),
            email: email.clone(),
            name: crate::fact::Fact::NotTold,
            roles: Vec::new(),
        };
        Some(Session::Client(ClientSession { token: token.clone(), person, client: named, rank: None }))
    }
}
