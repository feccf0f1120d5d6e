//! Who works with keys, and for whom: the one place that tells a client's person from a partner's desk.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{ChannelKeys, Route, State, Ticket, Trouble};
use crate::access::{Side, Verdict};
use crate::channel::{Channel, ChannelId, ClientId};
use crate::desk::{Changed, Desk, WritingDesk};
use crate::fact::Fact;
use crate::hub::{ChangeError, HubError, ListedKey, NewKey, Person};
use crate::records::Owner;
use crate::session::{ClientSession, PartnerSession, Session};

/// Whose keys and history are meant, signed in or not.
pub(super) struct Who {
    pub(super) route: Route,
    pub(super) person: Person,
    pub(super) of: Of,
}

/// For whom they are at work.
pub(super) enum Of {
    Client(ClientId),
    Desk(Arc<Desk>),
}

impl Who {
    pub(super) fn owner(&self) -> Owner {
        Owner { realm: self.route.realm, user: self.person.id.clone() }
    }

    /// The one client that they are at work for; a desk has all of its partner's.
    pub(super) fn client(&self) -> Option<&ClientId> {
        match &self.of {
            Of::Client(client) => Some(client),
            Of::Desk(_) => None,
        }
    }
}

impl ClientSession {
    pub(super) fn owner(&self, route: &Route) -> Owner {
        Owner { realm: route.realm, user: self.person.id.clone() }
    }
}

/// What was read a moment ago of a channel for which a key is to be made.
pub(super) struct ReadAnew {
    pub(super) channel: Channel,
    pub(super) client: ClientId,
    pub(super) client_name: Fact<String>,
    pub(super) verdict: Verdict,
    pub(super) read_at: OffsetDateTime,
}

/// Whoever is signed in and can ask the Hub about keys.
#[derive(Clone)]
pub(super) enum Workplace {
    Client(Route, ClientSession),
    Desk(Route, PartnerSession, Arc<Desk>),
}

/// Whoever may ask the Hub for a key.
pub(super) enum Maker {
    Client(Route, ClientSession),
    Desk(Route, PartnerSession, Arc<WritingDesk>),
}

impl Workplace {
    /// From whose side keys are made here.
    pub(super) fn side(&self) -> Side {
        match self {
            Workplace::Client(..) => Side::Client,
            Workplace::Desk(..) => Side::Partner,
        }
    }

    pub(super) async fn key_list(
        &self,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<Vec<ListedKey>, HubError> {
        match self {
            Workplace::Client(route, at_work) => route.hub.key_list(&at_work.token, client, channel).await,
            Workplace::Desk(.., desk) => desk.key_list(channel).await,
        }
    }
}

impl Maker {
    pub(super) fn workplace(&self) -> Workplace {
        match self {
            Maker::Client(route, at_work) => Workplace::Client(route.clone(), at_work.clone()),
            Maker::Desk(route, session, writing) => {
                Workplace::Desk(route.clone(), session.clone(), writing.desk().clone())
            }
        }
    }

    pub(super) fn owner(&self) -> Owner {
        match self {
            Maker::Client(route, at_work) => at_work.owner(route),
            Maker::Desk(route, session, _) => {
                Owner { realm: route.realm, user: session.person_or_partner().id }
            }
        }
    }

    /// Who, as it is remembered: by e-mail address, or the partner by its id.
    pub(super) fn by(&self) -> String {
        match self {
            Maker::Client(_, at_work) => at_work.person.email.clone(),
            Maker::Desk(_, session, _) => session.person_or_partner().email,
        }
    }

    /// Whether a ticket was given to this one.
    pub(super) fn was_given(&self, ticket: &Ticket) -> bool {
        let same_client = match self {
            Maker::Client(_, at_work) => at_work.client == ticket.client,
            Maker::Desk(..) => true,
        };
        same_client && ticket.owner == self.owner()
    }

    /// A desk knows that it was itself who changed a channel's keys just now.
    pub(super) fn made_one(&self, channel: &ChannelId) {
        if let Maker::Desk(.., writing) = self {
            writing.desk().did_here(channel, Changed::Keys);
        }
    }

    /// Asks the Hub for a key, once.
    pub(super) async fn make_key(&self, channel: &ChannelId) -> Result<NewKey, ChangeError> {
        match self {
            Maker::Client(route, at_work) => {
                route.hub.make_key(&at_work.token, &at_work.client, channel).await
            }
            Maker::Desk(.., writing) => writing.make_key(channel).await,
        }
    }
}

impl ChannelKeys {
    pub(super) fn workplace(&self) -> Result<Workplace, Trouble> {
        self.workplace_in(&mut self.state())
    }

    fn workplace_in(&self, state: &mut State) -> Result<Workplace, Trouble> {
        let route = state.route.clone();
        match state.session.clone() {
            Session::Client(at_work) => Ok(Workplace::Client(route, at_work)),
            Session::Partner(session) => Ok(Workplace::Desk(route, session, self.open_desk(state)?)),
            _ => Err(Trouble::NotSignedIn),
        }
    }

    pub(super) fn maker(&self) -> Result<Maker, Trouble> {
        let mut state = self.state();
        match self.workplace_in(&mut state)? {
            Workplace::Client(route, at_work) => Ok(Maker::Client(route, at_work)),
            Workplace::Desk(route, session, _) => {
                Ok(Maker::Desk(route, session, state.writing.clone().ok_or(Trouble::ReadOnly)?))
            }
        }
    }

    /// Reads from the Hub what decides whether a key may be made.
    pub(super) async fn read_anew(&self, channel: &ChannelId) -> Result<ReadAnew, Trouble> {
        match self.maker()? {
            Maker::Client(..) => {
                let overview = self.read_channels().await?;
                let channel = overview.channel(channel).ok_or(Trouble::NoSuchChannel)?.clone();
                Ok(ReadAnew {
                    verdict: overview.verdict(&channel),
                    client: overview.client.id,
                    client_name: overview.client.name,
                    read_at: overview.read_at,
                    channel,
                })
            }
            Maker::Desk(.., writing) => {
                let read = writing.desk().read_anew(channel).await?;
                let (verdict, read_at) = (read.verdict(), read.line.read_at);
                // A key has to be handed to somebody: whose channel it is must be known.
                let client = read.client.ok_or(Trouble::ClientNotTold)?;
                let permission = read.line.check.permission();
                Ok(ReadAnew {
                    verdict,
                    client: client.id.clone(),
                    client_name: client.name.clone(),
                    read_at,
                    channel: Channel { permission, ..read.line.channel },
                })
            }
        }
    }

    /// Whether a Hub that does not have something lacks the thing or the call (ours): where it knows the channel, it is
    /// the call.
    pub(super) async fn tell_apart_at(
        &self,
        workplace: &Workplace,
        error: HubError,
        channel: &ChannelId,
    ) -> HubError {
        match workplace {
            Workplace::Client(route, at_work) => self.tell_apart(error, route, at_work, channel).await,
            Workplace::Desk(.., desk) => {
                // The Hub refuses where the client took the permission back, or where the channel stopped: the board is
                // to say so too.
                let read = match error {
                    HubError::NotThere(_) | HubError::Refused { .. } => desk.read_anew(channel).await,
                    _ => return error,
                };
                match error {
                    HubError::NotThere(_) if read.is_ok() => HubError::NotOffered,
                    error => error,
                }
            }
        }
    }

    pub(super) fn who(&self) -> Result<Who, Trouble> {
        let mut state = self.state();
        let (person, of) = match state.session.clone() {
            Session::Client(ClientSession { person, client, .. }) | Session::Here { person, client, .. } => {
                (person, Of::Client(client))
            }
            Session::Partner(session) => (session.person_or_partner(), Of::Desk(self.open_desk(&mut state)?)),
            _ => return Err(Trouble::NotSignedIn),
        };
        Ok(Who { route: state.route.clone(), person, of })
    }

    pub(super) fn owner(&self) -> Result<Owner, Trouble> {
        Ok(self.who()?.owner())
    }
}
