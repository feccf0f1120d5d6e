//! What the messaging host says of channels whose key lies on this computer. The partner's side tells neither health nor
//! webhook, so of all other channels neither is known.

use time::{Duration, OffsetDateTime};

use super::Desk;
use crate::channel::ChannelId;
use crate::fact::Fact;
use crate::hub::{HubError, Sending, Webhook};
use crate::times::between;

/// How long what was told counts as new (ours): a row that comes into view again is not asked about before.
const NEW_FOR: Duration = Duration::minutes(5);

/// What was told of one channel, each with when it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByKey {
    /// Whether its number can send.
    pub health: Fact<(Sending, OffsetDateTime)>,
    /// Where its messages are delivered. Its headers may be secrets and are not read.
    pub webhook: Fact<(Webhook, OffsetDateTime)>,
    /// Why it could not be asked when it last was.
    pub trouble: Option<HubError>,
    asked_at: Option<OffsetDateTime>,
}

impl Desk {
    /// Whether it is time to ask about a channel, or asked for by a person. From then on it counts as asked.
    pub(crate) fn begin_asking_by_key(&self, channel: &ChannelId, anew: bool) -> bool {
        let now = self.now();
        let mut state = self.state();
        if state.closed {
            return false;
        }
        let Some(of) = state.board.by_key(channel) else { return false };
        let is_new = of.asked_at.is_some_and(|asked| asked <= now && between(asked, now) < NEW_FOR);
        if is_new && !anew {
            return false;
        }
        of.asked_at = Some(now);
        true
    }

    /// Takes in what the messaging host said. What it did not say leaves what it said before, with its age.
    pub(crate) fn take_by_key(
        &self,
        channel: &ChannelId,
        health: Result<Fact<Sending>, HubError>,
        webhook: Result<Webhook, HubError>,
    ) {
        let now = self.now();
        {
            let mut state = self.state();
            let Some(of) = state.board.by_key(channel) else { return };
            of.trouble = health.as_ref().err().or(webhook.as_ref().err()).cloned();
            if let Ok(sending) = health {
                of.health = sending.map(|sending| (sending, now)).or(of.health.clone());
            }
            if let Ok(webhook) = webhook {
                of.webhook = Fact::Told((webhook, now));
            }
        }
        self.tell();
    }
}
