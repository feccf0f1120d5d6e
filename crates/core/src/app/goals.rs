//! Goals of several steps: begun, left, taken up again, and put away.

use super::{ChannelKeys, Trouble};
use crate::access::Verdict;
use crate::channel::{Channel, ChannelId, Permission};
use crate::fact::Fact;
use crate::goal::{Goal, GoalFacts, GoalKind, GoalStep, Stands};
use crate::records::{KeyRecord, Owner};
use crate::webhook::Was;

/// A goal as it stands now.
#[derive(Debug, Clone)]
pub struct GoalNow {
    /// The goal.
    pub goal: Goal,
    /// Its number, where it is still there.
    pub channel: Option<Channel>,
    /// Whether a key may be made, where the number is still there.
    pub verdict: Option<Verdict>,
    /// Its steps, and how far it is with each.
    pub steps: Vec<(GoalStep, Stands)>,
    /// Whether nothing is left that could be done.
    pub is_reached: bool,
    /// The key that was made for it.
    pub new_key: Option<KeyRecord>,
    /// The keys of before that lie here.
    pub earlier_keys: Vec<KeyRecord>,
    /// The webhooks that wait to be set again.
    pub webhook: Option<Was>,
}

impl ChannelKeys {
    /// Begins a goal for a number, in the place of another one. Changes nothing yet.
    pub async fn begin_goal(&self, channel: &ChannelId, kind: GoalKind) -> Result<GoalNow, Trouble> {
        let (route, at_work) = self.at_work()?;
        let overview = self.channels().await?;
        let of = overview.channel(channel).ok_or(Trouble::NoSuchChannel)?;
        let goal = Goal {
            owner: at_work.owner(&route),
            client: at_work.client.clone(),
            channel: channel.clone(),
            channel_name: of.name.told().cloned(),
            number: of.number.told().cloned(),
            kind,
            // As it is kept: in whole seconds.
            begun_at: self.now().replace_nanosecond(0).unwrap_or_else(|_| self.now()),
            keys_before: self.last_sequence()?,
            was_shared: of.permission == Fact::Told(Permission::Shared),
            by_hand: Vec::new(),
        };
        self.records().write_goal(&goal)?;
        self.as_it_stands(goal).await
    }

    /// The goal of a number, as it stands by what was last read; none where none was begun.
    pub async fn goal(&self, channel: &ChannelId) -> Result<Option<GoalNow>, Trouble> {
        match self.goal_of(channel)? {
            Some(goal) => Ok(Some(self.as_it_stands(goal).await?)),
            None => Ok(None),
        }
    }

    /// All goals of who is at work that were begun and not put away, the last one first.
    pub async fn goals(&self) -> Result<Vec<GoalNow>, Trouble> {
        let mut goals = Vec::new();
        for goal in self.goals_at_work()? {
            goals.push(self.as_it_stands(goal).await?);
        }
        Ok(goals)
    }

    /// The person says that a step is done or not wanted, or takes that back.
    pub async fn mark_step(
        &self,
        channel: &ChannelId,
        step: GoalStep,
        by_hand: bool,
    ) -> Result<Option<GoalNow>, Trouble> {
        let Some(mut goal) = self.goal_of(channel)? else { return Ok(None) };
        goal.by_hand.retain(|other| *other != step);
        if by_hand {
            goal.by_hand.push(step);
        }
        self.records().write_goal(&goal)?;
        Ok(Some(self.as_it_stands(goal).await?))
    }

    /// The goal is reached, or nobody wants it any more. What was done stays done.
    pub fn put_goal_away(&self, channel: &ChannelId) -> Result<(), Trouble> {
        match self.goal_of(channel)? {
            Some(goal) => Ok(self.records().forget_goal(&goal.owner, &goal.channel)?),
            None => Ok(()),
        }
    }

    fn goal_of(&self, channel: &ChannelId) -> Result<Option<Goal>, Trouble> {
        Ok(self.goals_at_work()?.into_iter().find(|goal| goal.channel == *channel))
    }

    fn goals_at_work(&self) -> Result<Vec<Goal>, Trouble> {
        let (route, at_work) = self.at_work()?;
        let owner = at_work.owner(&route);
        let mut goals = self.records().goals(&owner)?;
        goals.retain(|goal| goal.client == at_work.client);
        Ok(goals)
    }

    async fn as_it_stands(&self, goal: Goal) -> Result<GoalNow, Trouble> {
        let overview = self.channels().await?;
        let mut keys = self.keys_of_account()?;
        keys.retain(|key| key.channel == goal.channel && is_whose(&goal.owner, key));
        let channel = overview.channel(&goal.channel).cloned();
        let verdict = channel.as_ref().map(|channel| overview.verdict(channel));
        let note = self.webhook_note(&goal.channel)?;
        let has_partner = match &overview.client.partner {
            Fact::Told(partner) => Fact::Told(partner.is_some()),
            Fact::NotTold => Fact::NotTold,
        };
        let facts = GoalFacts {
            permission: channel.as_ref().map_or(Fact::NotTold, |channel| channel.permission),
            has_partner,
            generate: verdict.as_ref().map_or(crate::access::Answer::HubDecides, |verdict| verdict.generate),
            keys: &keys,
            webhook: note.as_ref(),
        };
        let waits = note.as_ref().filter(|note| note.state == crate::webhook::NoteState::Noted);
        Ok(GoalNow {
            steps: goal.steps(facts),
            is_reached: goal.is_reached(facts),
            new_key: goal.new_key(&keys).cloned(),
            earlier_keys: goal.earlier_keys(&keys).into_iter().cloned().collect(),
            webhook: waits.map(|note| note.was.clone()),
            channel,
            verdict,
            goal,
        })
    }
}

/// A key that was found again belongs to whoever uses it first.
fn is_whose(owner: &Owner, key: &KeyRecord) -> bool {
    key.owner == *owner || key.owner == Owner::nobody(owner.realm)
}
