//! The webhook around the replacing of a key: read with the key that still works, kept in the keychain meanwhile,
//! compared afterwards, and set again because the person says so.

use std::time::Duration;

use uuid::Uuid;

use super::keeping::{address, label_of};
use super::{ChannelKeys, Ticket, Trouble};
use crate::channel::ChannelId;
use crate::history::{Ended, What};
use crate::hub::{ChangeError, HubError, WebhookSetting};
use crate::keychain::Probe;
use crate::keys::KeyTest;
use crate::records::{KeyRecord, KeyState, Owner, Tested};
use crate::secret::ApiKey;
use crate::webhook::{NoteState, ReadNow, WebhookBefore, WebhookNote, WebhookStands};

/// How long reading it may hold up what a person reads before a key is replaced (ours).
const READING: Duration = Duration::from_secs(8);
/// How long putting it into the keychain may hold up the request for a key (ours).
const PUTTING: Duration = Duration::from_secs(5);

/// Why the messaging host was not asked, or what it said.
enum NotAsked {
    NoKey,
    KeychainNotOpen,
    KeyDoesNotWork,
    CouldNotAsk(HubError),
}

impl ChannelKeys {
    /// Reads the webhook with the key that lies here, if one does that can. Asks the person nothing.
    pub(super) async fn webhook_before(
        &self,
        channel: &ChannelId,
    ) -> Result<(WebhookBefore, ReadNow), Trouble> {
        let waits = self.webhook_note(channel)?.filter(|note| note.state == NoteState::Noted);
        let waits = waits.map(|note| WebhookBefore::WaitsSince(note.was()));
        let read = match tokio::time::timeout(READING, self.read_webhook(channel)).await {
            Ok(read) => read?,
            Err(_) => Err(NotAsked::CouldNotAsk(HubError::NoAnswer)),
        };
        Ok(match read {
            Ok(Some(setting)) => (WebhookBefore::Read(setting.was_at(self.now())), ReadNow::Set(setting)),
            // An earlier change cleared it: that none is set now must not hide what was.
            Ok(None) => match waits {
                Some(waits) => (waits, ReadNow::Nothing),
                None => (WebhookBefore::NotSet, ReadNow::NotSet),
            },
            Err(not) => (waits.unwrap_or_else(|| not.before()), ReadNow::Nothing),
        })
    }

    /// Puts what was read into the keychain, just before the key is asked for. A keychain that does not take it keeps
    /// nobody from going on: it stays in memory.
    pub(super) async fn note_webhook(&self, ticket: &Ticket) {
        let (state, host, headers) = match &ticket.webhook {
            ReadNow::Nothing => return,
            ReadNow::NotSet => (NoteState::NotSet, None, 0),
            ReadNow::Set(setting) => (NoteState::Noted, Some(setting.host.clone()), setting.headers),
        };
        let _ = self.drop_webhook(&ticket.owner, &ticket.channel.id).await;
        let note = WebhookNote {
            owner: ticket.owner.clone(),
            client: ticket.client.clone(),
            channel: ticket.channel.id.clone(),
            id: Uuid::new_v4().to_string(),
            state,
            host,
            headers,
            read_at: ticket.read_at,
        };
        if let ReadNow::Set(setting) = &ticket.webhook {
            let channel = &ticket.channel;
            let number = (channel.name.told().map(String::as_str), channel.number.told().map(String::as_str));
            let label = label_of(note.owner.realm, number, &channel.id, "webhook");
            let entry = note.entry();
            let put = self.ports.keychain.put(&entry, &label, setting.whole());
            let kept = tokio::time::timeout(PUTTING, put).await;
            if !matches!(kept, Ok(Ok(()))) {
                self.state().webhooks.insert(note.id.clone(), setting.clone());
            }
        }
        let _ = self.ports.records.write_webhook(&note);
    }

    /// No key was made: the webhook is as it was, and nothing of it stays here.
    pub(super) async fn forget_read_webhook(&self, ticket: &Ticket) {
        if !matches!(ticket.webhook, ReadNow::Nothing) {
            let _ = self.drop_webhook(&ticket.owner, &ticket.channel.id).await;
            let _ = self.ports.records.forget_webhook(&ticket.owner, &ticket.channel.id);
        }
    }

    /// How the webhook stands, compared with what it was before the key was replaced. Where it is as it was, what was
    /// noted leaves the keychain.
    pub async fn webhook_stands(&self, channel: &ChannelId) -> Result<WebhookStands, Trouble> {
        let Some(note) = self.webhook_note(channel)? else { return Ok(WebhookStands::NothingNoted) };
        let was = note.was();
        match note.state {
            NoteState::Noted => {}
            NoteState::NotSet => return Ok(WebhookStands::NoneBefore),
            NoteState::Restored => return Ok(WebhookStands::AsBefore { host: was.host }),
            NoteState::LetGo => return Ok(WebhookStands::LetGo),
        }
        // Nobody asked for it: a locked keychain is left alone.
        let in_memory = self.state().webhooks.contains_key(&note.id);
        if !in_memory && self.ports.keychain.probe().await != Probe::Ready {
            return Ok(WebhookStands::NoKey { was });
        }
        let before = self.noted_webhook(&note).await?;
        Ok(match self.read_webhook(channel).await? {
            Ok(now) => match (before, now) {
                (Some(before), Some(now)) if now.same_as(&before) => {
                    self.settle(note, NoteState::Restored).await?;
                    WebhookStands::AsBefore { host: was.host }
                }
                (Some(_), now) => WebhookStands::Differs { was, now: now.map(|now| now.host) },
                (None, _) => WebhookStands::Gone { was },
            },
            Err(NotAsked::NoKey | NotAsked::KeychainNotOpen) => WebhookStands::NoKey { was },
            Err(NotAsked::KeyDoesNotWork) => WebhookStands::KeyDoesNotWork { was },
            Err(NotAsked::CouldNotAsk(why)) => WebhookStands::CouldNotAsk { was, why },
        })
    }

    /// Sets the webhook as it was before the key was replaced, and tells how it stands then, and what stood in the way.
    pub async fn set_webhook_again(
        &self,
        channel: &ChannelId,
    ) -> Result<(WebhookStands, Option<HubError>), Trouble> {
        let waits = self.webhook_note(channel)?.filter(|note| note.state == NoteState::Noted);
        let Some(note) = waits else { return Ok((self.webhook_stands(channel).await?, None)) };
        let Some(before) = self.noted_webhook(&note).await? else {
            return Ok((WebhookStands::Gone { was: note.was() }, None));
        };
        let (record, key) = match self.key_that_works(channel).await? {
            Ok(key) => key,
            Err(_) => return Ok((self.webhook_stands(channel).await?, None)),
        };
        let route = self.route();
        let set = route.hub.set_webhook(address(&route.messaging, &record), &key, &before).await;
        let stands = self.webhook_stands(channel).await?;
        let ended = match (&stands, &set) {
            (WebhookStands::AsBefore { .. }, _) => Ended::Done,
            (_, Err(ChangeError::Unchanged(HubError::Refused { .. } | HubError::SessionEnded))) => {
                Ended::Refused
            }
            (WebhookStands::Differs { .. }, _) => Ended::NotDone,
            _ => Ended::Unknown,
        };
        self.note_key(&record, What::WebhookSet, ended);
        // A key that is refused is told by how the webhook stands.
        let says_all =
            matches!(stands, WebhookStands::AsBefore { .. } | WebhookStands::KeyDoesNotWork { .. });
        Ok((stands, set.err().filter(|_| !says_all).map(|failed| failed.error().clone())))
    }

    /// The person does not want it set again: what was noted leaves the keychain.
    pub async fn let_webhook_go(&self, channel: &ChannelId) -> Result<(), Trouble> {
        match self.webhook_note(channel)? {
            Some(note) if note.state == NoteState::Noted => self.settle(note, NoteState::LetGo).await,
            _ => Ok(()),
        }
    }

    /// What is known of a number's webhook from before its key was replaced by this account.
    pub(super) fn webhook_note(&self, channel: &ChannelId) -> Result<Option<WebhookNote>, Trouble> {
        let notes = self.ports.records.webhooks(&self.owner()?)?;
        Ok(notes.into_iter().find(|note| note.channel == *channel))
    }

    /// Takes every webhook of every account out of the keychain.
    pub(super) async fn forget_webhooks(&self) {
        for note in self.ports.records.all_webhooks().unwrap_or_default() {
            let _ = self.ports.keychain.remove(&note.entry()).await;
        }
        self.state().webhooks.clear();
    }

    async fn settle(&self, mut note: WebhookNote, state: NoteState) -> Result<(), Trouble> {
        self.ports.keychain.remove(&note.entry()).await?;
        self.state().webhooks.remove(&note.id);
        note.state = state;
        Ok(self.ports.records.write_webhook(&note)?)
    }

    async fn drop_webhook(&self, owner: &Owner, channel: &ChannelId) -> Result<(), Trouble> {
        let notes = self.ports.records.webhooks(owner)?;
        for note in notes.into_iter().filter(|note| note.channel == *channel) {
            self.state().webhooks.remove(&note.id);
            if note.state == NoteState::Noted {
                self.ports.keychain.remove(&note.entry()).await?;
            }
        }
        Ok(())
    }

    async fn noted_webhook(&self, note: &WebhookNote) -> Result<Option<WebhookSetting>, Trouble> {
        let in_memory = self.state().webhooks.get(&note.id).cloned();
        if in_memory.is_some() {
            return Ok(in_memory);
        }
        let whole = self.ports.keychain.get(&note.entry()).await?;
        let was = note.was();
        Ok(whole.map(|whole| WebhookSetting::new(was.host, was.headers, whole)))
    }

    async fn read_webhook(
        &self,
        channel: &ChannelId,
    ) -> Result<Result<Option<WebhookSetting>, NotAsked>, Trouble> {
        let (record, key) = match self.key_that_works(channel).await? {
            Ok(key) => key,
            Err(not) => return Ok(Err(not)),
        };
        let route = self.route();
        let told = route.hub.webhook_setting(address(&route.messaging, &record), &key).await;
        Ok(told.map_err(|error| match error {
            HubError::SessionEnded => NotAsked::KeyDoesNotWork,
            error => NotAsked::CouldNotAsk(error),
        }))
    }

    /// The newest key of a number that lies here and that the messaging host takes for this number: with another
    /// number's key, another number's webhook would be read, or set.
    async fn key_that_works(
        &self,
        channel: &ChannelId,
    ) -> Result<Result<(KeyRecord, ApiKey), NotAsked>, Trouble> {
        let keys = self.keys_here(channel)?;
        let Some(record) = keys.into_iter().find(may_be_the_one) else { return Ok(Err(NotAsked::NoKey)) };
        let held = self.state().held.get(&record.id).map(|held| held.key.clone());
        let key = match held {
            Some(key) => key,
            None if self.ports.keychain.probe().await != Probe::Ready => {
                return Ok(Err(NotAsked::KeychainNotOpen));
            }
            None => match self.key_in_keychain(&record).await {
                Ok(key) => key,
                Err(_) => return Ok(Err(NotAsked::NoKey)),
            },
        };
        Ok(match self.ask_health(&record, &key).await {
            KeyTest::Works(_) => Ok((record, key)),
            KeyTest::Refused | KeyTest::OtherNumber(_) => Err(NotAsked::KeyDoesNotWork),
            KeyTest::CouldNotAsk(error) => Err(NotAsked::CouldNotAsk(error)),
        })
    }
}

impl NotAsked {
    fn before(self) -> WebhookBefore {
        match self {
            NotAsked::NoKey => WebhookBefore::NoKey,
            NotAsked::KeychainNotOpen => WebhookBefore::KeychainNotOpen,
            NotAsked::KeyDoesNotWork => WebhookBefore::KeyDoesNotWork,
            NotAsked::CouldNotAsk(error) => WebhookBefore::CouldNotAsk(error),
        }
    }
}

impl WebhookSetting {
    fn was_at(&self, read_at: time::OffsetDateTime) -> crate::webhook::Was {
        crate::webhook::Was { host: self.host.clone(), headers: self.headers, read_at }
    }
}

fn may_be_the_one(key: &KeyRecord) -> bool {
    let lies_here = key.state.in_keychain() || key.state == KeyState::InMemory;
    let of_another_number = matches!(key.tested, Some((Tested::OtherNumber, _)));
    lies_here && key.replaced_at.is_none() && key.refused_at.is_none() && !of_another_number
}
