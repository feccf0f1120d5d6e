//! A partner's request: who asks whoever is at work, for which of their numbers, and the answer that is told back. Reading
//! one changes nothing; the permission is given and removed as everywhere, number by number.

use url::Url;

use super::linking::Came;
use super::{ChannelKeys, Route, State, Trouble};
use crate::channel::{ChannelId, ClientId, Partner, PartnerId, Permission};
use crate::fact::Fact;
use crate::keys::PermissionChange;
use crate::link::Link;
use crate::overview::Overview;
use crate::permission_page::{BadReturn, BadReturnAddress, Request, RequestRefused};
use crate::phone::same_line;
use crate::records::Realm;
use crate::session::{ClientSession, Session};

/// Who asks, as the Hub knows them. It names a client's own partner and no other (ours).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// The client's own partner.
    Theirs(Partner),
    /// Not the client's partner, which is this one: the Hub does not know who asks.
    Another(Partner),
    /// The client has no partner.
    NoPartner,
    /// The Hub did not say who the client's partner is.
    NotTold,
}

/// A number that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedNumber {
    /// In digits.
    pub digits: String,
    /// The client's channel that has it, where the Hub told of one.
    pub channel: Option<ChannelId>,
}

/// What is asked of whom, and what was done about it since it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// What the link says.
    pub request: Request,
    /// Who asks.
    pub asker: Asker,
    /// For which numbers; for all where there is none.
    pub numbers: Vec<AskedNumber>,
    /// Of how many of the client's channels the number is not told: one of them may be asked for.
    pub not_told: usize,
    /// For which the Hub said that the permission was given meanwhile.
    pub given: Vec<ChannelId>,
    /// For which it said that it was removed.
    pub revoked: Vec<ChannelId>,
    /// The address that tells the partner so; none where nothing was changed or nowhere is named.
    pub answer: Option<Url>,
}

/// The request that is looked at now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedNow {
    /// There is none.
    Nothing,
    /// What was pasted is none, or is none for here.
    Refused(RequestRefused),
    /// There is one.
    Asks(Box<Asks>),
}

/// A request that somebody looks at, and what they did about it. It ends when it is put away, or with their session.
pub(super) struct Visit {
    request: Request,
    client: ClientId,
    given: Vec<ChannelId>,
    revoked: Vec<ChannelId>,
}

impl Asks {
    /// Whether what is given here would go to who asks, as far as is known. The Hub has a permission for the client's own
    /// partner alone (ours), so for another nothing can be done here.
    pub fn can_go_on(&self) -> bool {
        matches!(self.asker, Asker::Theirs(_) | Asker::NotTold)
    }
}

impl ChannelKeys {
    /// Reads a link that a partner sent, for whoever is at work, in the place of an earlier one. Changes nothing.
    pub async fn read_request(&self, text: &str) -> Result<AskedNow, Trouble> {
        let (route, at_work) = self.at_work()?;
        self.put_request_away();
        match Request::read(text).and_then(|request| for_realm(request, route.realm)) {
            Ok(request) => self.visit(request, &route, &at_work),
            Err(refused) => return Ok(AskedNow::Refused(refused)),
        }
        self.request().await
    }

    /// The request that came by a link and waited for whoever is at work, or else the one that is looked at.
    pub async fn request(&self) -> Result<AskedNow, Trouble> {
        let (route, at_work) = self.at_work()?;
        if let Some(request) = self.take_asked_by_link() {
            match for_realm(request, route.realm) {
                Ok(request) => self.visit(request, &route, &at_work),
                Err(refused) => return Ok(AskedNow::Refused(refused)),
            }
        }
        let overview = self.channels().await?;
        let state = self.state();
        let visit = state.visit.as_ref().filter(|visit| visit.client == overview.client.id);
        Ok(visit.map_or(AskedNow::Nothing, |visit| AskedNow::Asks(Box::new(visit.as_seen_in(&overview)))))
    }

    /// The request is dealt with, or nobody wants it.
    pub fn put_request_away(&self) {
        self.state().visit = None;
    }

    fn visit(&self, request: Request, route: &Route, at_work: &ClientSession) {
        let mut state = self.state();
        if state.is_at_work(route, at_work) {
            let client = at_work.client.clone();
            state.visit = Some(Visit { request, client, given: Vec::new(), revoked: Vec::new() });
        }
    }

    /// Takes the request out of a link that came, if one did and still waits.
    fn take_asked_by_link(&self) -> Option<Request> {
        let now = self.now();
        let mut state = self.state();
        let Some(Came { link: Ok(Link::Request(request)), .. }) = &state.link else { return None };
        let request = request.clone();
        let waits = state.link.take().is_some_and(|came| came.waits_at(now));
        waits.then_some(request)
    }
}

impl State {
    /// Notes what a change came to, for the answer. Only what the Hub said counts.
    pub(super) fn note_in_visit(&mut self, client: &ClientId, id: &ChannelId, change: &PermissionChange) {
        let Some(visit) = self.visit.as_mut().filter(|visit| visit.client == *client) else { return };
        let Fact::Told(now) = change.now else { return };
        if !change.came_about() {
            return;
        }
        let (into, out_of) = match now {
            Permission::Shared => (&mut visit.given, &mut visit.revoked),
            Permission::Missing => (&mut visit.revoked, &mut visit.given),
        };
        out_of.retain(|other| other != id);
        if !into.contains(id) {
            into.push(id.clone());
        }
    }

    /// Who asks, by the request that is looked at.
    pub(super) fn asked_by(&self, client: &ClientId) -> Option<PartnerId> {
        let visit = self.visit.as_ref().filter(|visit| visit.client == *client)?;
        Some(visit.request.partner.clone())
    }

    /// Whether somebody is at work whom a partner can ask for something.
    pub(super) fn can_be_asked(&self) -> bool {
        matches!(self.session, Session::Client(_))
    }
}

impl Visit {
    fn as_seen_in(&self, overview: &Overview) -> Asks {
        let asker = match &overview.client.partner {
            Fact::Told(Some(partner)) if partner.id == self.request.partner => Asker::Theirs(partner.clone()),
            Fact::Told(Some(partner)) => Asker::Another(partner.clone()),
            Fact::Told(None) => Asker::NoPartner,
            Fact::NotTold => Asker::NotTold,
        };
        let has = |digits: &str| {
            let with = |digits: &str| {
                let mut channels = overview.channels.iter();
                channels.find(|channel| channel.number.told().is_some_and(|it| plain(it) == digits))
            };
            let found = with(digits).or_else(|| with(&same_line(digits)?));
            found.map(|channel| channel.id.clone())
        };
        let numbers = self.request.numbers.iter();
        let numbers =
            numbers.map(|digits| AskedNumber { digits: digits.clone(), channel: has(digits) }).collect();
        let changed = !self.given.is_empty() || !self.revoked.is_empty();
        let mut asks = Asks {
            request: self.request.clone(),
            asker,
            numbers,
            not_told: overview.channels.iter().filter(|channel| channel.number == Fact::NotTold).count(),
            given: self.given.clone(),
            revoked: self.revoked.clone(),
            answer: None,
        };
        if changed && asks.can_go_on() {
            asks.answer = self.request.answer(&self.client, &self.given, &self.revoked);
        }
        asks
    }
}

/// The Hub writes numbers with and without `+` (seen).
fn plain(number: &str) -> &str {
    number.trim_start_matches('+')
}

/// An answer goes over an open line in practice alone, where nothing is real.
fn for_realm(request: Request, realm: Realm) -> Result<Request, RequestRefused> {
    if request.returns_here() && realm != Realm::Practice {
        return Err(RequestRefused::Return(BadReturn::Address(BadReturnAddress::NotHttps)));
    }
    Ok(request)
}
