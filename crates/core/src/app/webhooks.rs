//! The webhooks around the replacing of a key: read with the key that still works, kept in the keychain meanwhile,
//! compared afterwards, and set again because the person says so.

use std::time::Duration;

use uuid::Uuid;

use super::keeping::{address, label_of};
use super::{ChannelKeys, Ticket, Trouble};
use crate::channel::ChannelId;
use crate::fact::Fact;
use crate::history::{Ended, What};
use crate::hub::{ChangeError, HubError};
use crate::keychain::{KeychainError, Probe};
use crate::keys::KeyTest;
use crate::records::{KeyRecord, KeyState, Owner, Tested};
use crate::secret::ApiKey;
use crate::webhook::{
    ExtraChange, ExtraWebhooks, NotSet, NoteState, ReadNow, SetAgain, WebhookBefore, WebhookNote, WebhookNow,
    WebhookSetting, WebhookStands, Webhooks,
};

/// How long an open keychain may take to give a key for this, where nobody called for it (ours).
const AT_ONCE: Duration = Duration::from_secs(2);
/// How long reading the main one may hold up what a person reads before a key is replaced (ours).
const READING: Duration = Duration::from_secs(8);
/// How long reading the extra ones may hold up whoever wants to know of the main one (ours).
const READING_EXTRA: Duration = Duration::from_secs(4);
/// How long putting them into the keychain may hold up the request for a key (ours).
const PUTTING: Duration = Duration::from_secs(5);

/// How many keys of a number are tried out for one that works, the newest first (ours).
const MOST_TRIED: usize = 3;

/// Why the messaging host was not asked, or what it said.
enum NotAsked {
    NoKey,
    KeychainNotOpen,
    KeyDoesNotWork,
    CouldNotAsk(HubError),
}

/// A key of the number that works, and the main webhook that was read with it.
struct WithMain {
    record: KeyRecord,
    key: ApiKey,
    main: Option<WebhookSetting>,
}

impl ChannelKeys {
    /// Reads the webhooks with the key that lies here, if one does that can. Asks the person nothing.
    pub(super) async fn webhook_before(
        &self,
        channel: &ChannelId,
    ) -> Result<(WebhookBefore, ReadNow), Trouble> {
        let waits = self.webhook_note(channel)?.filter(|note| note.state == NoteState::Noted);
        let read = match tokio::time::timeout(READING, self.read_main_webhook(channel, AT_ONCE)).await {
            Ok(read) => read?,
            Err(_) => Err(NotAsked::CouldNotAsk(HubError::NoAnswer)),
        };
        let now = match read {
            Ok(with) => self.with_extra(with).await.2,
            Err(not) => {
                let before = waits.map_or_else(|| not.before(), |note| WebhookBefore::WaitsSince(note.was));
                return Ok((before, ReadNow::Nothing));
            }
        };
        let Some(note) = waits else { return Ok(self.read_now(now)) };
        match self.noted_if_open(&note).await {
            Ok(Some(earlier)) => {
                // An earlier change cleared them: that they are not set now must not hide what they were.
                let (webhooks, some_wait) = now.with_missing_of(&earlier);
                if !some_wait {
                    return Ok(self.read_now(webhooks));
                }
                if webhooks.all_in(&earlier) {
                    return Ok((WebhookBefore::WaitsSince(note.was), ReadNow::Nothing));
                }
                let was = webhooks.was_at(self.now());
                Ok((WebhookBefore::WaitsSince(was), ReadNow::Told { webhooks, some_wait }))
            }
            Ok(None) if !now.is_empty() => Ok(self.read_now(now)),
            Ok(None) | Err(_) => Ok((WebhookBefore::WaitsSince(note.was), ReadNow::Nothing)),
        }
    }

    fn read_now(&self, webhooks: Webhooks) -> (WebhookBefore, ReadNow) {
        let before = match webhooks.is_empty() {
            true => WebhookBefore::NotSet { complete: webhooks.extra.complete },
            false => WebhookBefore::Read(webhooks.was_at(self.now())),
        };
        (before, ReadNow::Told { webhooks, some_wait: false })
    }

    /// Puts what was read into the keychain, just before the key is asked for. A keychain that does not take it keeps
    /// nobody from going on: it stays in memory.
    pub(super) async fn note_webhook(&self, ticket: &Ticket) {
        let ReadNow::Told { webhooks, .. } = &ticket.webhook else { return };
        let channel = &ticket.channel;
        // What waits is written over in its place, so that nothing is ever in the keychain twice, or not at all.
        let waits =
            self.notes_of(&ticket.owner, &channel.id).into_iter().find(|note| note.state == NoteState::Noted);
        let note = WebhookNote {
            owner: ticket.owner.clone(),
            client: ticket.client.clone(),
            channel: channel.id.clone(),
            id: waits.map_or_else(|| Uuid::new_v4().to_string(), |note| note.id),
            state: if webhooks.is_empty() { NoteState::NotSet } else { NoteState::Noted },
            was: webhooks.was_at(ticket.read_at),
        };
        if webhooks.is_empty() {
            let _ = self.drop_webhook(&ticket.owner, &channel.id).await;
        } else {
            let number = (channel.name.told().map(String::as_str), channel.number.told().map(String::as_str));
            let label = label_of(note.owner.realm, number, &channel.id, "webhook");
            let (entry, stored) = (note.entry(), webhooks.stored());
            let put = self.ports.keychain.put(&entry, &label, &stored);
            let kept = tokio::time::timeout(PUTTING, put).await;
            if matches!(kept, Ok(Ok(()))) {
                self.state().webhooks.remove(&note.id);
            } else {
                self.state().webhooks.insert(note.id.clone(), webhooks.clone());
            }
        }
        let _ = self.records().write_webhook(&note);
    }

    /// No key was made: the webhooks are as they were, and nothing of them stays here but what an earlier change cleared.
    pub(super) async fn forget_read_webhook(&self, ticket: &Ticket) {
        if !matches!(ticket.webhook, ReadNow::Nothing | ReadNow::Told { some_wait: true, .. }) {
            let _ = self.drop_webhook(&ticket.owner, &ticket.channel.id).await;
            let _ = self.records().forget_webhook(&ticket.owner, &ticket.channel.id);
        }
    }

    /// How the webhooks stand, compared with what they were before the key was replaced. Where all are as they were,
    /// what was noted leaves the keychain.
    pub async fn webhook_stands(&self, channel: &ChannelId) -> Result<WebhookStands, Trouble> {
        let Some(note) = self.webhook_note(channel)? else { return Ok(WebhookStands::NothingNoted) };
        let was = note.was.clone();
        match note.state {
            NoteState::Noted => {}
            NoteState::NotSet => return Ok(WebhookStands::NoneBefore { complete: was.complete }),
            NoteState::Restored => return Ok(WebhookStands::AsBefore { was }),
            NoteState::LetGo => return Ok(WebhookStands::LetGo),
        }
        // Nobody asked for it: a locked keychain is left alone.
        let in_memory = self.state().webhooks.contains_key(&note.id);
        if !in_memory && self.ports.keychain.probe().await != Probe::Ready {
            return Ok(WebhookStands::NoKey { was });
        }
        let before = self.noted_webhooks(&note).await?;
        let with = match self.read_main_webhook(channel, Duration::MAX).await? {
            Ok(with) => with,
            Err(NotAsked::NoKey | NotAsked::KeychainNotOpen) => return Ok(WebhookStands::NoKey { was }),
            Err(NotAsked::KeyDoesNotWork) => return Ok(WebhookStands::KeyDoesNotWork { was }),
            Err(NotAsked::CouldNotAsk(why)) => return Ok(WebhookStands::CouldNotAsk { was, why }),
        };
        let Some(before) = before else { return Ok(WebhookStands::Gone { was }) };
        let (_, _, now, _) = self.with_extra(with).await;
        let now = compare(&before, &now);
        if now.iter().all(|now| *now == WebhookNow::AsBefore) {
            self.settle(note, NoteState::Restored).await?;
            return Ok(WebhookStands::AsBefore { was });
        }
        Ok(WebhookStands::Differs { was: before.was_at(was.read_at), now })
    }

    /// Sets each webhook that is not as it was before the key was replaced, and tells how all stand then, and what
    /// stood in the way of each.
    pub async fn set_webhook_again(&self, channel: &ChannelId) -> Result<SetAgain, Trouble> {
        let waits = self.webhook_note(channel)?.filter(|note| note.state == NoteState::Noted);
        let before = match &waits {
            Some(note) => self.noted_webhooks(note).await?,
            None => None,
        };
        let before = match (waits, before) {
            (Some(_), Some(before)) => before,
            (Some(note), None) => return Ok(WebhookStands::Gone { was: note.was }.into()),
            (None, _) => return Ok(self.webhook_stands(channel).await?.into()),
        };
        let Ok(with) = self.read_main_webhook(channel, Duration::MAX).await? else {
            return Ok(self.webhook_stands(channel).await?.into());
        };
        let (record, key, now, why_no_extra) = self.with_extra(with).await;
        let mut not_set = self.set_what_differs(&record, &key, &before, &now, why_no_extra).await;
        let stands = self.webhook_stands(channel).await?;
        let was_refused = |not: &NotSet| {
            matches!(not.why, ChangeError::Unchanged(HubError::Refused { .. } | HubError::KeyRefused(_)))
        };
        let ended = match &stands {
            WebhookStands::AsBefore { .. } => Ended::Done,
            _ if not_set.iter().any(was_refused) => Ended::Refused,
            WebhookStands::Differs { .. } => Ended::NotDone,
            _ => Ended::Unknown,
        };
        self.note_key(&record, What::WebhookSet, ended);
        match &stands {
            // What was set all the same is no news, and a key that is refused is told by how the webhooks stand.
            WebhookStands::AsBefore { .. } | WebhookStands::KeyDoesNotWork { .. } => not_set.clear(),
            WebhookStands::Differs { now, .. } => {
                not_set.retain(|not| now.get(not.at) != Some(&WebhookNow::AsBefore));
            }
            _ => {}
        }
        Ok(SetAgain { stands, not_set })
    }

    async fn set_what_differs(
        &self,
        record: &KeyRecord,
        key: &ApiKey,
        before: &Webhooks,
        now: &Webhooks,
        why_no_extra: Option<HubError>,
    ) -> Vec<NotSet> {
        let route = self.route();
        let host = address(&route.messaging, record);
        let mut stands = compare(before, now).into_iter().enumerate();
        let mut not_set = Vec::new();
        if let Some(main) = &before.main {
            let (at, now) = stands.next().unwrap_or((0, WebhookNow::AsBefore));
            if now != WebhookNow::AsBefore
                && main.refused.is_none()
                && let Err(why) = route.hub.set_webhook(host, key, main).await
            {
                not_set.push(NotSet { at, why });
            }
        }
        let is_off = before.extra.enabled == Fact::Told(true) && now.extra.enabled != Fact::Told(true);
        let mut enabled = None;
        for (extra, (at, now)) in before.extra.list.iter().zip(stands) {
            let change = match now {
                WebhookNow::AsBefore => continue,
                WebhookNow::NotTold => {
                    let why = why_no_extra.clone().unwrap_or(HubError::NotUnderstood { status: 200 });
                    not_set.push(NotSet { at, why: ChangeError::Unchanged(why) });
                    continue;
                }
                WebhookNow::SwitchedOff => None,
                _ if extra.setting.refused.is_some() => continue,
                WebhookNow::NotSet => Some(ExtraChange::Append(extra)),
                WebhookNow::Other { .. } => Some(ExtraChange::Change(extra)),
            };
            if is_off && enabled.is_none() {
                enabled = Some(route.hub.change_extra_webhooks(host, key, ExtraChange::Enable).await);
            }
            let done = match (&enabled, change) {
                (Some(Err(why)), _) => Err(why.clone()),
                (_, Some(change)) => route.hub.change_extra_webhooks(host, key, change).await,
                (_, None) => Ok(()),
            };
            if let Err(why) = done {
                not_set.push(NotSet { at, why });
            }
        }
        not_set
    }

    /// The person does not want them set again: what was noted leaves the keychain.
    pub async fn let_webhook_go(&self, channel: &ChannelId) -> Result<(), Trouble> {
        match self.webhook_note(channel)? {
            Some(note) if note.state == NoteState::Noted => self.settle(note, NoteState::LetGo).await,
            _ => Ok(()),
        }
    }

    /// What is known of a number's webhooks from before its key was replaced by this account.
    pub(super) fn webhook_note(&self, channel: &ChannelId) -> Result<Option<WebhookNote>, Trouble> {
        let notes = self.records().webhooks(&self.owner()?)?;
        Ok(notes.into_iter().find(|note| note.channel == *channel))
    }

    /// Takes every webhook of every account out of the keychain.
    pub(super) async fn forget_webhooks(&self) {
        for note in self.records().all_webhooks().unwrap_or_default() {
            let _ = self.ports.keychain.remove(&note.entry()).await;
        }
        self.state().webhooks.clear();
    }

    async fn settle(&self, mut note: WebhookNote, state: NoteState) -> Result<(), Trouble> {
        self.ports.keychain.remove(&note.entry()).await?;
        self.state().webhooks.remove(&note.id);
        note.state = state;
        Ok(self.records().write_webhook(&note)?)
    }

    fn notes_of(&self, owner: &Owner, channel: &ChannelId) -> Vec<WebhookNote> {
        let mut notes = self.records().webhooks(owner).unwrap_or_default();
        notes.retain(|note| note.channel == *channel);
        notes
    }

    async fn drop_webhook(&self, owner: &Owner, channel: &ChannelId) -> Result<(), Trouble> {
        for note in self.notes_of(owner, channel) {
            self.state().webhooks.remove(&note.id);
            if note.state == NoteState::Noted {
                self.ports.keychain.remove(&note.entry()).await?;
            }
        }
        Ok(())
    }

    async fn noted_webhooks(&self, note: &WebhookNote) -> Result<Option<Webhooks>, Trouble> {
        let in_memory = self.state().webhooks.get(&note.id).cloned();
        if in_memory.is_some() {
            return Ok(in_memory);
        }
        let stored = self.ports.keychain.get(&note.entry()).await?;
        Ok(stored.as_ref().and_then(Webhooks::from_stored))
    }

    /// The same where the keychain is open, as nobody called for it.
    async fn noted_if_open(&self, note: &WebhookNote) -> Result<Option<Webhooks>, NotAsked> {
        let in_memory = self.state().webhooks.contains_key(&note.id);
        if !in_memory && self.ports.keychain.probe().await != Probe::Ready {
            return Err(NotAsked::KeychainNotOpen);
        }
        let noted = tokio::time::timeout(AT_ONCE, self.noted_webhooks(note)).await;
        noted.ok().and_then(Result::ok).ok_or(NotAsked::KeychainNotOpen)
    }

    async fn read_main_webhook(
        &self,
        channel: &ChannelId,
        patience: Duration,
    ) -> Result<Result<WithMain, NotAsked>, Trouble> {
        let (record, key) = match self.key_that_works(channel, patience).await? {
            Ok(key) => key,
            Err(not) => return Ok(Err(not)),
        };
        let route = self.route();
        let told = route.hub.webhook_setting(address(&route.messaging, &record), &key).await;
        Ok(match told {
            Ok(main) => Ok(WithMain { record, key, main }),
            Err(HubError::KeyRefused(_)) => Err(NotAsked::KeyDoesNotWork),
            Err(error) => Err(NotAsked::CouldNotAsk(error)),
        })
    }

    /// Reads the extra webhooks too. That they are not told is no trouble: many messaging hosts may have no such call.
    async fn with_extra(&self, with: WithMain) -> (KeyRecord, ApiKey, Webhooks, Option<HubError>) {
        let WithMain { record, key, main } = with;
        let (extra, why) = match self.ask_extra_webhooks(&record, &key).await {
            Ok(extra) => (extra, None),
            Err(why) => (ExtraWebhooks::default(), Some(why)),
        };
        (record, key, Webhooks { main, extra }, why)
    }

    pub(super) async fn ask_extra_webhooks(
        &self,
        record: &KeyRecord,
        key: &ApiKey,
    ) -> Result<ExtraWebhooks, HubError> {
        let route = self.route();
        let asked = route.hub.extra_webhooks(address(&route.messaging, record), key);
        tokio::time::timeout(READING_EXTRA, asked).await.unwrap_or(Err(HubError::NoAnswer))
    }

    /// The newest key of a number that lies here and that the messaging host takes for this number: with another
    /// number's key, another number's webhook would be read, or set.
    async fn key_that_works(
        &self,
        channel: &ChannelId,
        patience: Duration,
    ) -> Result<Result<(KeyRecord, ApiKey), NotAsked>, Trouble> {
        let mut why = NotAsked::NoKey;
        for record in self.keys_here(channel)?.into_iter().filter(may_be_the_one).take(MOST_TRIED) {
            match self.working_key(record, patience).await {
                Ok(works) => return Ok(Ok(works)),
                Err(NotAsked::NoKey) => {}
                Err(other) => why = other,
            }
            // Whatever keeps the one from being asked keeps the next one too.
            if matches!(why, NotAsked::KeychainNotOpen | NotAsked::CouldNotAsk(_)) {
                break;
            }
        }
        Ok(Err(why))
    }

    async fn working_key(
        &self,
        record: KeyRecord,
        patience: Duration,
    ) -> Result<(KeyRecord, ApiKey), NotAsked> {
        let held = self.state().held.get(&record.id).map(|held| held.key.clone());
        let key = match held {
            Some(key) => key,
            None => {
                let reading = async {
                    let open = self.ports.keychain.probe().await == Probe::Ready;
                    if open { Some(self.key_in_keychain(&record).await) } else { None }
                };
                match tokio::time::timeout(patience, reading).await {
                    Ok(Some(Ok(key))) => key,
                    Ok(Some(Err(Trouble::Keychain(KeychainError::NotAllowed))) | None) | Err(_) => {
                        return Err(NotAsked::KeychainNotOpen);
                    }
                    Ok(Some(Err(_))) => return Err(NotAsked::NoKey),
                }
            }
        };
        let test = self.ask_health(&record, &key).await;
        match test {
            KeyTest::Works { .. } if test.proves_number(&record) => Ok((record, key)),
            KeyTest::Works { .. } => Err(NotAsked::NoKey),
            KeyTest::Refused | KeyTest::OtherNumber(_) => Err(NotAsked::KeyDoesNotWork),
            KeyTest::CouldNotAsk(error) => Err(NotAsked::CouldNotAsk(error)),
        }
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

/// How each webhook of before stands now, in its order.
fn compare(before: &Webhooks, now: &Webhooks) -> Vec<WebhookNow> {
    let one = |before: &WebhookSetting, now: Option<&WebhookSetting>| match now {
        Some(now) if now.same_as(before) => WebhookNow::AsBefore,
        Some(now) => WebhookNow::Other { host: now.host.clone() },
        None => WebhookNow::NotSet,
    };
    let main = before.main.iter().map(|main| one(main, now.main.as_ref()));
    let went_off = before.extra.enabled == Fact::Told(true) && now.extra.enabled == Fact::Told(false);
    let extra = before.extra.list.iter().map(|extra| {
        match one(&extra.setting, now.extra.named(&extra.name).map(|extra| &extra.setting)) {
            WebhookNow::NotSet if !now.extra.complete => WebhookNow::NotTold,
            WebhookNow::AsBefore if went_off => WebhookNow::SwitchedOff,
            stands => stands,
        }
    });
    main.chain(extra).collect()
}

fn may_be_the_one(key: &KeyRecord) -> bool {
    let lies_here = key.state.in_keychain() || key.state == KeyState::InMemory;
    let number_unknown = matches!(key.tested, Some((Tested::NumberUnknown, _)));
    let of_another_number = key.other_number_at.is_some() || number_unknown;
    lies_here && key.replaced_at.is_none() && key.refused_at.is_none() && !of_another_number
}
