//! Asking the messaging host, with the keys that lie here, how the desk's channels are and where they deliver.

use super::{ChannelKeys, Trouble};
use crate::channel::ChannelId;
use crate::fact::Fact;
use crate::hub::HubError;
use crate::keychain::Probe;
use crate::keys::KeyTest;
use crate::records::KeyRecord;

impl ChannelKeys {
    /// Asks about those of these channels for which this account has a key in the keychain, two at a time, and not about
    /// what was asked a short while ago, but where `anew`. Only an open keychain is asked for keys that nobody called
    /// for. Returns when all are answered; nothing is noted in the history, since nobody did anything.
    pub async fn ask_by_keys(&self, channels: &[ChannelId], anew: bool) -> Result<(), Trouble> {
        let desk = self.desk()?;
        let keys: Vec<_> = self.desk_keys()?.into_iter().map(|key| key.record).filter(may_ask_with).collect();
        let newest = |channel: &ChannelId| keys.iter().find(|key| key.channel == *channel);
        let mut wanted: Vec<&KeyRecord> = channels.iter().filter_map(newest).collect();
        wanted.dedup_by_key(|key| &key.id);
        if wanted.is_empty() || self.ports.keychain.probe().await != Probe::Ready {
            return Ok(());
        }
        wanted.retain(|key| desk.begin_asking_by_key(&key.channel, anew));
        for two in wanted.chunks(2) {
            let answers = match two {
                [one, other] => {
                    let (one, other) = tokio::join!(self.ask_by_key(one), self.ask_by_key(other));
                    vec![one, other]
                }
                [one] => vec![self.ask_by_key(one).await],
                _ => Vec::new(),
            };
            // A host that asks to wait is asked nothing more until the rows come into view another time.
            if answers.into_iter().any(|answer| matches!(answer, Some(HubError::TooMany { .. }))) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Asks about one; tells why that could not be done, if it could not.
    async fn ask_by_key(&self, record: &KeyRecord) -> Option<HubError> {
        let Ok(key) = self.key_in_keychain(record).await else { return None };
        // Whoever asked may be gone since the keychain was asked.
        let desk = self.desk().ok()?;
        let test = self.ask_health(record, &key).await;
        let proven = test.proves_number(record);
        let health = match test {
            KeyTest::Works { health, .. } if proven => Ok(health.sending),
            // It says nothing of this number.
            KeyTest::Works { .. } | KeyTest::OtherNumber(_) | KeyTest::Refused => Ok(Fact::NotTold),
            KeyTest::CouldNotAsk(error) => Err(error),
        };
        if matches!(health, Ok(Fact::NotTold)) {
            return None;
        }
        let webhook = match &health {
            Err(error @ HubError::TooMany { .. }) => Err(error.clone()),
            _ => self.ask_webhook(record, &key).await,
        };
        let trouble = health.as_ref().err().or(webhook.as_ref().err()).cloned();
        desk.take_by_key(&record.channel, health, webhook);
        trouble
    }
}

/// A key that is known to be dead says nothing.
pub(super) fn may_ask_with(key: &KeyRecord) -> bool {
    key.state.in_keychain() && key.replaced_at.is_none() && key.refused_at.is_none()
}
