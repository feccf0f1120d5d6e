//! Changing the permission on 360dialog's own page, where the API does not offer it or somebody prefers it: the way
//! there, the way back, and what holds afterwards. What comes back is signed by nobody: it is a hint, and the Hub is asked.

use std::collections::{HashMap, HashSet};

use time::OffsetDateTime;
use url::Url;
use uuid::Uuid;

use super::{ChannelKeys, State, Trouble};
use crate::channel::{ChannelId, ClientId, PartnerId, Permission};
use crate::door::Door;
use crate::fact::Fact;
use crate::history::{About, Ended, What};
use crate::hub::HubError;
use crate::keys::PermissionChange;
use crate::overview::{Listing, Overview};
use crate::permission_page::{AskFor, Form, NotAReturn, Returned};

/// The longest text in which it is looked for what a link carried, in bytes (ours).
const LONGEST: usize = 256 * 1024;

/// Somebody is on the way to 360dialog's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// The link that leads there.
    pub link: String,
    /// Which partner it is about.
    pub partner: PartnerId,
    /// The Hub did not tell who that is: a link said so that is looked at.
    pub by_link: bool,
    /// About which of the client's numbers, if about one.
    pub channel: Option<ChannelId>,
    /// Whether the page is told a way back to this program.
    pub leads_back: bool,
}

/// What the page said, as far as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageSaid {
    /// Nothing came back.
    Nothing,
    /// What came back can't be read, and nothing of it is believed.
    Unreadable(NotAReturn),
    /// It was there for another client than the one at work, and nothing of it is believed.
    OtherClient(ClientId),
    /// It told.
    Told,
}

/// What holds for a number after the page was visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The page said so, and the Hub says the same: certain.
    AsSaid,
    /// The page said so, and the Hub did not tell: uncertain.
    PageOnly,
    /// The Hub says otherwise than the page.
    Otherwise,
    /// The page said nothing of it, and the Hub says otherwise than before.
    Changed,
    /// The page said nothing of it, and the Hub says the same as before, or says it for the first time.
    HubAlone,
    /// Nobody told.
    NotTold,
}

/// A number after the page was visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Which.
    pub channel: ChannelId,
    /// What the page said of it.
    pub page: Fact<Permission>,
    /// What the Hub says now.
    pub now: Fact<Permission>,
    /// What that comes to.
    pub holds: Holds,
}

/// What is known after the page was visited.
#[derive(Debug, Clone, PartialEq)]
pub struct AfterPage {
    /// What the page said.
    pub said: PageSaid,
    /// The client's numbers of which the page said something, that changed, or for which it was visited.
    pub rows: Vec<PageRow>,
    /// What the page named and is none of the client's: named, and not believed.
    pub strangers: Vec<ChannelId>,
    /// Of how many of the client's numbers the Hub does not tell the permission.
    pub not_told: usize,
    /// When the Hub was asked, or why it could not be.
    pub asked: Result<OffsetDateTime, HubError>,
}

/// Why an address is none with which this visit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReturnRefused {
    /// Nobody went there.
    #[error("nobody is on the way")]
    NoVisit,
    /// It does not carry what the link had carried along.
    #[error("this does not carry the one-time value")]
    NoState,
    /// It carries something else: it belongs to another visit, or nobody's.
    #[error("this carries another one-time value")]
    OtherState,
    /// One came back already.
    #[error("this visit was answered already")]
    Answered,
    /// It is no address that comes back from there.
    #[error(transparent)]
    NotAReturn(#[from] NotAReturn),
}

/// A visit that is under way. It ends when it is given up, at another one, or with the session; the door with it.
pub(super) struct PageVisit {
    client: ClientId,
    away: Away,
    state: String,
    before: HashMap<ChannelId, Permission>,
    said: Option<Result<Returned, NotAReturn>>,
    _door: Option<Box<dyn Door>>,
}

impl ChannelKeys {
    /// Begins a visit to 360dialog's page, in the place of an earlier one. Changes nothing. Without a door, people come
    /// back by hand.
    pub async fn visit_page(
        &self,
        channel: Option<&ChannelId>,
        door: Option<Box<dyn Door>>,
    ) -> Result<Away, Trouble> {
        let (route, at_work) = self.at_work()?;
        // Read now, so that what changes there is not taken for what had changed before.
        let Listing { overview, not_fresh } = self.listing(true).await?;
        let number = match channel {
            Some(id) => overview.channel(id).ok_or(Trouble::NoSuchChannel)?.number.told().cloned(),
            None => None,
        };
        let mut state = self.state();
        if !state.is_at_work(&route, &at_work) {
            return Err(Trouble::NotSignedIn);
        }
        let (partner, by_link) = state.partner_of_page(&overview)?;
        let word = Uuid::new_v4().simple().to_string();
        let ask = AskFor {
            partner: partner.clone(),
            number,
            name: None,
            email: None,
            state: word.clone(),
            return_to: door.as_ref().map(|door| door.address()),
        };
        let away = Away {
            link: ask.link_at(Form::default(), &route.pages),
            partner,
            by_link,
            channel: channel.cloned(),
            leads_back: door.is_some(),
        };
        let before = if not_fresh.is_none() { told_in(&overview) } else { HashMap::new() };
        state.page_visit = Some(PageVisit {
            client: at_work.client,
            away: away.clone(),
            state: word,
            before,
            said: None,
            _door: door,
        });
        Ok(away)
    }

    /// The visit that is under way.
    pub fn page_visit(&self) -> Option<Away> {
        self.state().page_visit.as_ref().map(|visit| visit.away.clone())
    }

    /// Takes the address with which somebody comes back, by the door or by hand: once, and only with what the link had
    /// carried along. Asks nobody, and changes nothing. What can't be read is taken as well, since it answers this visit,
    /// and nothing of it is believed.
    pub fn come_back(&self, address: &str) -> Result<(), ReturnRefused> {
        let read = Returned::read(address);
        let carried = match &read {
            Ok(read) => read.state.clone(),
            Err(_) => carried_in(address.trim()),
        };
        let mut state = self.state();
        let visit = state.page_visit.as_mut().ok_or(ReturnRefused::NoVisit)?;
        match (carried, &read) {
            (Some(carried), _) if carried == visit.state => {}
            (Some(_), _) => return Err(ReturnRefused::OtherState),
            (None, Err(why)) => return Err((*why).into()),
            (None, Ok(_)) => return Err(ReturnRefused::NoState),
        }
        if visit.said.is_some() {
            return Err(ReturnRefused::Answered);
        }
        visit.said = Some(read);
        Ok(())
    }

    /// Asks the Hub what holds now, and puts it beside what the page said, if anything came back. What is certain is
    /// noted, once.
    pub async fn after_page(&self) -> Result<AfterPage, Trouble> {
        let (route, at_work) = self.at_work()?;
        let Listing { overview, not_fresh } = self.listing(true).await?;
        let (after, changes) = {
            let mut state = self.state();
            if !state.is_at_work(&route, &at_work) {
                return Err(Trouble::NotSignedIn);
            }
            let visit = state.page_visit.as_mut().ok_or(Trouble::NoPageVisit)?;
            let after = visit.beside(&overview, not_fresh);
            let changes = visit.certain_changes(&after);
            for (id, now) in &changes {
                let change =
                    PermissionChange { asked: *now, now: Fact::Told(*now), why: None, is_open: false };
                // Who asked for it is told so too.
                state.note_in_visit(&at_work.client, id, &change);
            }
            (after, changes)
        };
        for (id, now) in changes {
            let what = match now {
                Permission::Shared => What::PermissionGivenThere,
                Permission::Missing => What::PermissionRemovedThere,
            };
            let about = overview.channel(&id).map(About::number);
            let (owner, by) = (at_work.owner(&route), at_work.person.email.clone());
            self.note_of(owner, by, &at_work.client, (what, Ended::Done), about);
        }
        Ok(after)
    }

    /// The visit is over, or given up; nothing that comes back is taken any more.
    pub fn end_page_visit(&self) {
        self.state().page_visit = None;
    }
}

impl State {
    /// Whose page it is: the client's own partner's. Where the Hub does not tell who that is, that of a link that is
    /// looked at; none is made up.
    fn partner_of_page(&self, overview: &Overview) -> Result<(PartnerId, bool), Trouble> {
        match &overview.client.partner {
            Fact::Told(Some(partner)) => Ok((partner.id.clone(), false)),
            Fact::Told(None) => Err(Trouble::NoPartner),
            Fact::NotTold => match self.asked_by(&overview.client.id) {
                Some(partner) => Ok((partner, true)),
                None => Err(Trouble::PartnerNotTold),
            },
        }
    }
}

impl PageVisit {
    fn beside(&self, overview: &Overview, not_fresh: Option<HubError>) -> AfterPage {
        let (said, page) = self.page_said();
        let own: HashSet<&ChannelId> = overview.channels.iter().map(|channel| &channel.id).collect();
        let mut strangers: Vec<_> = page.keys().filter(|id| !own.contains(id)).cloned().collect();
        strangers.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let row = |id: &ChannelId, told: Fact<Permission>| {
            // What was seen before is no answer.
            let now = if not_fresh.is_none() { told } else { Fact::NotTold };
            let page = page.get(id).copied().unwrap_or(Fact::NotTold);
            let holds = match (page, now, self.before.get(id)) {
                (Fact::Told(page), Fact::Told(now), _) if page == now => Holds::AsSaid,
                (Fact::Told(_), Fact::Told(_), _) => Holds::Otherwise,
                (Fact::Told(_), Fact::NotTold, _) => Holds::PageOnly,
                (Fact::NotTold, Fact::NotTold, _) => Holds::NotTold,
                (Fact::NotTold, Fact::Told(now), Some(before)) if *before != now => Holds::Changed,
                (Fact::NotTold, Fact::Told(_), _) => Holds::HubAlone,
            };
            PageRow { channel: id.clone(), page, now, holds }
        };
        let is_shown = |row: &PageRow| {
            page.contains_key(&row.channel)
                || row.holds == Holds::Changed
                || self.away.channel.as_ref() == Some(&row.channel)
        };
        let all: Vec<PageRow> =
            overview.channels.iter().map(|channel| row(&channel.id, channel.permission)).collect();
        AfterPage {
            said,
            not_told: all.iter().filter(|row| row.now == Fact::NotTold).count(),
            rows: all.into_iter().filter(is_shown).collect(),
            strangers,
            asked: not_fresh.map_or(Ok(overview.read_at), Err),
        }
    }

    /// What came back, as far as it is about this client. Of a number that it names as given and as removed, it says
    /// nothing.
    fn page_said(&self) -> (PageSaid, HashMap<ChannelId, Fact<Permission>>) {
        let returned = match &self.said {
            None => return (PageSaid::Nothing, HashMap::new()),
            Some(Err(why)) => return (PageSaid::Unreadable(*why), HashMap::new()),
            Some(Ok(returned)) => returned,
        };
        if let Fact::Told(client) = &returned.client
            && *client != self.client
        {
            return (PageSaid::OtherClient(client.clone()), HashMap::new());
        }
        let mut page = HashMap::new();
        for (ids, permission) in
            [(&returned.given, Permission::Shared), (&returned.revoked, Permission::Missing)]
        {
            for id in ids.told().into_iter().flatten() {
                page.entry(id.clone())
                    .and_modify(|said| *said = Fact::NotTold)
                    .or_insert(Fact::Told(permission));
            }
        }
        (PageSaid::Told, page)
    }

    /// What the Hub says otherwise than when the visit began, or than was last noted: where the page said nothing of it,
    /// only what was told before as well.
    fn certain_changes(&mut self, after: &AfterPage) -> Vec<(ChannelId, Permission)> {
        let mut changes = Vec::new();
        for row in &after.rows {
            let Fact::Told(now) = row.now else { continue };
            let certain = match row.holds {
                Holds::AsSaid => self.before.get(&row.channel) != Some(&now),
                Holds::Changed => true,
                _ => false,
            };
            if certain {
                self.before.insert(row.channel.clone(), now);
                changes.push((row.channel.clone(), now));
            }
        }
        changes
    }
}

fn told_in(overview: &Overview) -> HashMap<ChannelId, Permission> {
    let told = |permission: Fact<Permission>| permission.told().copied();
    let channels = overview.channels.iter();
    channels.filter_map(|channel| Some((channel.id.clone(), told(channel.permission)?))).collect()
}

/// What a link had carried along, in an address that can't be read otherwise; nothing where it is said twice.
fn carried_in(address: &str) -> Option<String> {
    if address.len() > LONGEST {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let mut said = url.query_pairs().filter(|(name, _)| name == "state").map(|(_, value)| value.into_owned());
    let first = said.next();
    first.filter(|_| said.next().is_none())
}
