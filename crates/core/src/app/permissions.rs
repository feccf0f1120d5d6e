//! Giving the partner the permission to make keys, and taking it back.

use super::{ChannelKeys, Route, Trouble};
use crate::channel::{Channel, ChannelId, Permission};
use crate::fact::Fact;
use crate::history::{About, Ended, What};
use crate::hub::{ChangeError, HubError};
use crate::keys::PermissionChange;
use crate::session::ClientSession;

impl ChannelKeys {
    /// Changes the permission for one channel. Where the answer does not tell what holds now, the Hub is asked.
    pub async fn change_permission(
        &self,
        id: &ChannelId,
        to: Permission,
    ) -> Result<PermissionChange, Trouble> {
        let (route, at_work) = self.at_work()?;
        let overview = self.channels().await?;
        let channel = overview.channel(id).ok_or(Trouble::NoSuchChannel)?;
        let asked = route.hub.set_permission(&at_work.token, &at_work.client, id, to).await;
        let is_unchanged = matches!(asked, Err(ChangeError::Unchanged(_)));
        let (now, why) = match asked {
            Ok(Fact::Told(now)) => (Fact::Told(now), None),
            Ok(Fact::NotTold) => (self.permission_now(&route, &at_work, id).await, None),
            Err(ChangeError::Unchanged(HubError::SessionEnded)) => return Err(HubError::SessionEnded.into()),
            Err(ChangeError::Unchanged(error)) => {
                (channel.permission, Some(self.tell_apart(error, &route, &at_work, id).await))
            }
            Err(ChangeError::Unknown(error)) => {
                (self.permission_now(&route, &at_work, id).await, Some(error))
            }
        };
        let is_open = !is_unchanged && now == Fact::NotTold;
        let change = PermissionChange { asked: to, now, why, is_open };
        self.note_for_answer(&route, &at_work, id, &change);
        self.show_permission(&route, &at_work, id, now);
        self.note_change(&route, &at_work, channel, &change);
        Ok(change)
    }

    async fn permission_now(
        &self,
        route: &Route,
        at_work: &ClientSession,
        id: &ChannelId,
    ) -> Fact<Permission> {
        match self.read(route, at_work).await {
            Ok(overview) => overview.channel(id).map_or(Fact::NotTold, |channel| channel.permission),
            Err(_) => Fact::NotTold,
        }
    }

    /// What came of it is what the partner is told who asked for it.
    fn note_for_answer(
        &self,
        route: &Route,
        at_work: &ClientSession,
        id: &ChannelId,
        change: &PermissionChange,
    ) {
        let mut state = self.state();
        if state.is_at_work(route, at_work) {
            state.note_in_visit(&at_work.client, id, change);
        }
    }

    /// What the Hub told is on screen, and is what was last seen.
    fn show_permission(&self, route: &Route, at_work: &ClientSession, id: &ChannelId, now: Fact<Permission>) {
        let seen = {
            let mut state = self.state();
            if !state.is_at_work(route, at_work) {
                return;
            }
            // An answer to what was asked before this change tells what was before it.
            state.shown_reading = state.begin_reading();
            let Some(listing) = &mut state.listing else { return };
            let mut channels = listing.overview.channels.iter_mut();
            let Some(channel) = channels.find(|channel| channel.id == *id) else { return };
            if channel.permission == now {
                return;
            }
            channel.permission = now;
            listing.overview.clone()
        };
        let _ = self.records().write_seen(&at_work.owner(route), &seen);
    }

    fn note_change(
        &self,
        route: &Route,
        at_work: &ClientSession,
        channel: &Channel,
        change: &PermissionChange,
    ) {
        let what = match change.asked {
            Permission::Shared => What::PermissionGiven,
            Permission::Missing => What::PermissionRemoved,
        };
        let ended = match &change.why {
            _ if change.came_about() => Ended::Done,
            Some(HubError::Refused { .. }) => Ended::Refused,
            _ if change.is_open => Ended::Unknown,
            _ => Ended::NotDone,
        };
        let (owner, by) = (at_work.owner(route), at_work.person.email.clone());
        self.note_of(owner, by, &at_work.client, (what, ended), Some(About::number(channel)));
    }
}
