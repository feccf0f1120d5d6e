//! Keys, never the key itself; making, testing and pasting one.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use channel_keys_core::app::{FromFile, Looked};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, HubError, Sending, Webhook};
use channel_keys_core::keychain::{CantLook, Probe};
use channel_keys_core::keys::{Before, KeyTest, ListSays, Outcome, Pasted, Whose};
use channel_keys_core::overview::Overview;
use channel_keys_core::records::{KeyRecord, KeyState, Origin, Tested};
use channel_keys_core::secret::{ApiKey, Passphrase};
use channel_keys_core::text::{for_showing, id_for_showing};
use channel_keys_core::webhook::ExtraWebhooks;

use super::channels::{ChannelRow, VerdictView, partner_name};
use super::{Seconds, Shown, WebhookBeforeView, seconds, view, words};
use crate::failure::Failure;
use crate::numbers;
use crate::seal::seal;

view! {
    /// A key that lies here, or whose fate is open. Never the key itself.
    pub struct KeyView {
        /// Its id here.
        pub id: String,
        /// The channel's id.
        pub channel_id: String,
        /// The channel's name when the key was made.
        pub channel_name: Option<Shown>,
        /// The channel's number when the key was made.
        pub number: Option<String>,
        /// What became of it.
        pub state: KeyWord,
        /// The name that the person gave it.
        pub label: Option<Shown>,
        /// The four characters that tell it from others, and the `AK` behind them where it has one.
        pub tail: Option<String>,
        /// When it was asked for, pasted, opened from a file or found again.
        pub asked_at: Seconds,
        /// When a later key made here killed it.
        pub replaced_at: Option<Seconds>,
        /// Where it comes from.
        pub origin: OriginWord,
        /// Who made or pasted it: their e-mail address.
        pub by: Option<String>,
        /// Where it is used.
        pub places: Vec<PlaceView>,
        /// The last test.
        pub test: Option<TestedView>,
        /// When it was last known to work.
        pub worked_at: Option<Seconds>,
        /// When it was first refused since.
        pub refused_at: Option<Seconds>,
        /// When it was first heard to be for another number, since it was last known to be for its own.
        pub other_number_at: Option<Seconds>,
        /// The person wants no reminder of its places.
        pub not_reminded: bool,
    }
}

view! {
    /// A key as the key window shows it, or the words that open a file with it, sealed for that window alone.
    pub struct ShownKey {
        /// Which of the two.
        pub what: ShownWord,
        /// The program's half of the agreement (P-256, uncompressed), in Base64.
        pub public: String,
        /// The number used once, in Base64.
        pub nonce: String,
        /// The key or the words, sealed with AES-256-GCM, in Base64.
        pub sealed: String,
        /// The channel's name.
        pub channel_name: Option<Shown>,
        /// The channel's number.
        pub number: Option<String>,
        /// The channel's id.
        pub channel_id: String,
        /// Whether the window is left out of screenshots and recordings.
        pub hidden_from_captures: bool,
    }
}

impl ShownKey {
    /// A key, sealed for who gave this public half; none where that is none.
    pub fn of(record: &KeyRecord, key: &ApiKey, public: &str, hidden_from_captures: bool) -> Option<Self> {
        Self::sealed(ShownWord::Key, record, key.expose(), public, hidden_from_captures)
    }

    /// The words that open the file in which a key was saved.
    pub fn words(record: &KeyRecord, words: &Passphrase, public: &str, hidden: bool) -> Option<Self> {
        Self::sealed(ShownWord::Words, record, words.expose(), public, hidden)
    }

    fn sealed(
        what: ShownWord,
        record: &KeyRecord,
        text: &str,
        public: &str,
        hidden_from_captures: bool,
    ) -> Option<Self> {
        let sealed = seal(text, public)?;
        Some(Self {
            what,
            public: sealed.public,
            nonce: sealed.nonce,
            sealed: sealed.text,
            channel_name: record.channel_name.as_ref().and_then(Shown::some),
            number: record.number.as_deref().map(numbers::written),
            channel_id: record.channel.to_string(),
            hidden_from_captures,
        })
    }
}

words! {
    /// What the key window shows.
    pub enum ShownWord {
        /// A key.
        Key,
        /// The words that open a file with one.
        Words,
    }
}

words! {
    /// Where a key comes from.
    pub enum OriginWord {
        /// Made here.
        Made,
        /// Made elsewhere and pasted here.
        Pasted,
        /// Made elsewhere and opened here from a file.
        File,
        /// Found again in the keychain with no record of it.
        Found,
    }
}

/// A place where a key is used.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaceView {
    /// What the person calls it.
    pub name: String,
    /// Whether this key is in place there.
    pub done: bool,
}

view! {
    /// The last test of a key.
    pub struct TestedView {
        /// What it found.
        pub result: TestWord,
        /// When.
        pub at: Seconds,
    }
}

words! {
    /// What a test of a key found, in a word.
    pub enum TestWord {
        /// It works.
        Works,
        /// It works, and the number can send with limits.
        Limited,
        /// It works, and the number can't send.
        Blocked,
        /// It works, and the host did not say for which number.
        NumberUnknown,
        /// It works, for another number.
        OtherNumber,
        /// It is refused.
        Refused,
        /// It could not be asked.
        CouldNotAsk,
    }
}

view! {
    /// What came of pasting a key.
    pub enum PastedView {
        /// A safety copy of it lies in the keychain, and it was tested.
        Taken {
            /// The key.
            key: KeyView,
            /// What the test found.
            test: KeyTestView,
            /// The channel whose key it turned out to be, where it is another one of this client's.
            belongs_to: Option<Box<ChannelRow>>,
        },
        /// The same key lies here already.
        AlreadyHere {
            /// That key.
            key: KeyView,
        },
    }
}

view! {
    /// What came of opening a file with a key.
    pub enum OpenedView {
        /// Its key was taken as a pasted one is.
        Taken {
            /// What came of it.
            pasted: Box<PastedView>,
        },
        /// It is for another channel than the one that it was opened for. Nothing was taken.
        ForAnother {
            /// The channel's name, as the file has it.
            name: Option<Shown>,
            /// The channel's number, as the file has it.
            number: Option<String>,
            /// The channel's id.
            channel_id: String,
            /// The channel, where this client has it.
            here: Option<Box<ChannelRow>>,
        },
    }
}

view! {
    /// Where a number's messages are delivered.
    pub enum WebhookView {
        /// An address is set.
        Set {
            /// The host that they go to.
            host: String,
            /// The number's extra webhooks.
            extra: ExtraWebhooksView,
        },
        /// The number itself has no address; its WABA and its partner may have one.
        NotSet {
            /// The number's extra webhooks.
            extra: ExtraWebhooksView,
        },
        /// It could not be asked.
        CouldNotAsk {
            /// Why.
            why: Failure,
        },
    }
}

view! {
    /// A number's extra webhooks.
    pub struct ExtraWebhooksView {
        /// Their names and hosts.
        pub list: Vec<ExtraWebhookView>,
        /// Whether these are all.
        pub complete: bool,
        /// Whether they are known to be switched off.
        pub is_off: bool,
    }
}

view! {
    /// One of a number's extra webhooks.
    pub struct ExtraWebhookView {
        /// Its name.
        pub name: String,
        /// The host of its address.
        pub host: String,
    }
}

view! {
    /// What came of looking through the keychain for keys that have no record here.
    pub struct FoundKeysView {
        /// How many keys are known here that were found again, whoever's.
        pub keys: u32,
        /// Why it could not be looked into, so that there may be more.
        pub cant_look: Option<CantLookWord>,
    }
}

words! {
    /// Why a keychain could not be looked into.
    pub enum CantLookWord {
        /// It is locked.
        Locked,
        /// None was ever set up.
        NotSetUp,
        /// None answers.
        Absent,
        /// This kind can't be looked through.
        NotOffered,
    }
}

words! {
    /// What became of a key.
    pub enum KeyWord {
        /// Being asked for when the program stopped.
        Asked,
        /// May have been made.
        Unknown,
        /// In the keychain as a safety copy.
        SafetyCopy,
        /// In memory alone.
        InMemory,
        /// Kept in the keychain.
        Kept,
        /// Made, and gone before it was stored.
        Lost,
        /// Being asked for when the program stopped: it may have been made.
        Interrupted,
        /// Made, and the keychain was not asked yet whether it has it.
        NotLookedFor,
        /// Not made.
        NotMade,
        /// Let go by choice.
        LetGo,
        /// Handed over to the client for which it was made.
        HandedOver,
    }
}

view! {
    /// What is read before a key is replaced.
    pub struct BeforeView {
        /// Good for one request.
        pub ticket: String,
        /// From whose side it is made.
        pub side: SideWord,
        /// The client's name, where told.
        pub client_name: Option<Shown>,
        /// The channel as it is now.
        pub row: ChannelRow,
        /// The verdict as it is now.
        pub verdict: VerdictView,
        /// The partner's name, where told.
        pub partner_name: Option<Shown>,
        /// Whether the keychain would take the key.
        pub keychain: ProbeWord,
        /// What is known of the webhook, which making a key clears.
        pub webhook: WebhookBeforeView,
        /// The keys here that would die.
        pub keys: Vec<KeyView>,
        /// When the facts were read.
        pub read_at: Seconds,
        /// This Hub seems to have no calls for keys, so 360dialog's own page comes first.
        pub own_page_first: bool,
    }
}

words! {
    /// From whose side a key is made.
    pub enum SideWord {
        /// By the client itself.
        Client,
        /// By its partner, on its behalf.
        Partner,
    }
}

words! {
    /// Whether the keychain would take a key.
    pub enum ProbeWord {
        /// It would.
        Ready,
        /// It is locked: the system will ask.
        Locked,
        /// It is open, and waits for the person's answer.
        Asking,
        /// None was ever set up.
        NotSetUp,
        /// It is open, and takes nothing.
        Refusing,
        /// None answers.
        Absent,
    }
}

view! {
    /// What became of asking for a key.
    pub enum OutcomeView {
        /// Made. `not_saved` says why no safety copy lies in the keychain, if none does.
        Made {
            /// The key, without the key.
            key: Box<KeyView>,
            /// Why there is no safety copy.
            not_saved: Option<Failure>,
            /// Other keys that came in the same answer, kept as well.
            others: Vec<KeyView>,
        },
        /// Not made: every earlier key is as it was.
        NotMade {
            /// Why.
            why: Failure,
        },
        /// It may have been made.
        Unknown {
            /// How the answer failed.
            why: Failure,
            /// What is known of the key that may exist.
            key: Box<KeyView>,
        },
    }
}

view! {
    /// What the Hub's own list of keys says of a request whose outcome is open.
    pub enum ListSaysView {
        /// It has a key that was not there before the request.
        NewKey,
        /// It is as it was before the request.
        AsBefore,
        /// It decides nothing.
        Undecided,
        /// It could not be read.
        NotRead {
            /// Why.
            why: Failure,
        },
    }
}

view! {
    /// What a test of a key found.
    pub enum KeyTestView {
        /// It works.
        Works {
            /// Whether the number can send.
            sending: SendingWord,
            /// Whether it is known that the key is this number's: the messaging host named it, or 360dialog made it for it.
            number_known: bool,
        },
        /// It works, for another number.
        OtherNumber {
            /// That number's id at Meta.
            external_id: Option<String>,
            /// Whose it is, as far as this account's lists tell.
            whose: Option<WhoseView>,
        },
        /// It is refused.
        Refused,
        /// It could not be tested, which says nothing of the key.
        CouldNotAsk {
            /// Why.
            why: Failure,
        },
    }
}

view! {
    /// The number that a key turned out to be for.
    pub struct WhoseView {
        /// The channel's id.
        pub channel_id: String,
        /// The channel's name.
        pub name: Option<Shown>,
        /// The channel's number.
        pub number: Option<String>,
        /// It is in the list at work, so that the key can be moved there; else it is another client's.
        pub here: bool,
        /// The client's name.
        pub client_name: Option<Shown>,
    }
}

words! {
    /// Whether a number can send.
    pub enum SendingWord {
        /// It can.
        Available,
        /// With limits.
        Limited,
        /// It can't.
        Blocked,
        /// Not told, or in a word that is not known here.
        NotTold,
    }
}

/// The window was asked to close, and did not: this key lies nowhere but in memory.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct CloseRefused {
    /// The key.
    pub key: KeyView,
}

/// The window was asked to close, and stays until a key that is being made is there.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct CloseWaits {}

impl KeyView {
    /// A key's record, without anything secret.
    pub fn of(record: &KeyRecord) -> Self {
        Self {
            id: record.id.clone(),
            channel_id: record.channel.to_string(),
            channel_name: record.channel_name.as_ref().and_then(Shown::some),
            number: record.number.as_deref().map(numbers::written),
            state: match record.state {
                KeyState::Asked => KeyWord::Asked,
                KeyState::Unknown => KeyWord::Unknown,
                KeyState::SafetyCopy => KeyWord::SafetyCopy,
                KeyState::InMemory => KeyWord::InMemory,
                KeyState::Kept => KeyWord::Kept,
                KeyState::Lost => KeyWord::Lost,
                KeyState::Interrupted => KeyWord::Interrupted,
                KeyState::NotLookedFor => KeyWord::NotLookedFor,
                KeyState::NotMade => KeyWord::NotMade,
                KeyState::LetGo => KeyWord::LetGo,
                KeyState::HandedOver => KeyWord::HandedOver,
            },
            label: record.label.as_ref().and_then(Shown::some),
            tail: record.tail.clone(),
            asked_at: seconds(record.asked_at),
            replaced_at: record.replaced_at.map(seconds),
            origin: match record.origin {
                Origin::Made => OriginWord::Made,
                Origin::Pasted => OriginWord::Pasted,
                Origin::File => OriginWord::File,
                Origin::Found => OriginWord::Found,
            },
            by: record.by.as_deref().map(id_for_showing),
            places: record
                .places
                .iter()
                .map(|place| PlaceView { name: for_showing(&place.name), done: place.done })
                .collect(),
            test: record.tested.map(|(tested, at)| TestedView { result: tested.into(), at: seconds(at) }),
            worked_at: record.worked_at.map(seconds),
            refused_at: record.refused_at.map(seconds),
            other_number_at: record.other_number_at.map(seconds),
            not_reminded: record.reminders.off,
        }
    }
}

impl FoundKeysView {
    /// What came of looking.
    pub fn of(looked: Looked) -> Self {
        let cant_look = looked.cant_look.map(|why| match why {
            CantLook::Locked => CantLookWord::Locked,
            CantLook::NotSetUp => CantLookWord::NotSetUp,
            CantLook::Absent => CantLookWord::Absent,
            CantLook::NotOffered => CantLookWord::NotOffered,
        });
        Self { keys: looked.keys.try_into().unwrap_or(u32::MAX), cant_look }
    }
}

impl From<Tested> for TestWord {
    fn from(tested: Tested) -> Self {
        match tested {
            Tested::Works => TestWord::Works,
            Tested::Limited => TestWord::Limited,
            Tested::Blocked => TestWord::Blocked,
            Tested::NumberUnknown => TestWord::NumberUnknown,
            Tested::OtherNumber => TestWord::OtherNumber,
            Tested::Refused => TestWord::Refused,
            Tested::CouldNotAsk => TestWord::CouldNotAsk,
        }
    }
}

impl PastedView {
    /// What came of pasting a key.
    pub fn of(pasted: &Pasted, overview: &Overview) -> Self {
        match pasted {
            Pasted::Taken { record, test, belongs_to } => PastedView::Taken {
                key: KeyView::of(record),
                test: KeyTestView::of(test, record, None),
                belongs_to: belongs_to
                    .as_ref()
                    .and_then(|id| overview.channel(id))
                    .map(|channel| Box::new(ChannelRow::of(overview, channel, &[]))),
            },
            Pasted::AlreadyHere(record) => PastedView::AlreadyHere { key: KeyView::of(record) },
        }
    }
}

impl OpenedView {
    /// What came of opening a file.
    pub fn of(opened: &FromFile, overview: &Overview) -> Self {
        match opened {
            FromFile::Taken(pasted) => {
                OpenedView::Taken { pasted: Box::new(PastedView::of(pasted, overview)) }
            }
            FromFile::ForAnother { named, here } => OpenedView::ForAnother {
                name: named.name.as_ref().and_then(Shown::some),
                number: named.number.as_deref().map(numbers::written),
                channel_id: named.id.to_string(),
                here: here.as_ref().map(|channel| Box::new(ChannelRow::of(overview, channel, &[]))),
            },
        }
    }
}

impl WebhookView {
    /// Where a number's messages are delivered, or why that could not be asked.
    pub fn of(told: &Result<(Webhook, ExtraWebhooks), HubError>) -> Self {
        match told {
            Ok((Webhook { host: Some(host) }, extra)) => {
                WebhookView::Set { host: host.clone(), extra: ExtraWebhooksView::of(extra) }
            }
            Ok((Webhook { host: None }, extra)) => {
                WebhookView::NotSet { extra: ExtraWebhooksView::of(extra) }
            }
            Err(error) => WebhookView::CouldNotAsk { why: Failure::from(error) },
        }
    }
}

impl ExtraWebhooksView {
    fn of(extra: &ExtraWebhooks) -> Self {
        let list = extra
            .list
            .iter()
            .map(|extra| ExtraWebhookView { name: extra.shown_name(), host: extra.setting.host.clone() });
        Self { list: list.collect(), complete: extra.complete, is_off: extra.enabled == Fact::Told(false) }
    }
}

impl BeforeView {
    /// What is read before a key is replaced.
    pub fn of(before: &Before, overview: &Overview, own_page_first: bool) -> Self {
        let row = ChannelRow::of(overview, &before.channel, &before.here);
        Self { own_page_first, ..Self::with(before, row, SideWord::Client, partner_name(overview)) }
    }

    /// The same at a partner's desk, whose name is its own.
    pub fn at_desk(before: &Before, partner_name: Option<Shown>) -> Self {
        let row = ChannelRow::at_desk(&before.channel, &before.here);
        Self::with(before, row, SideWord::Partner, partner_name)
    }

    fn with(before: &Before, row: ChannelRow, side: SideWord, partner_name: Option<Shown>) -> Self {
        Self {
            ticket: before.ticket.clone(),
            side,
            client_name: before.client_name.told().and_then(Shown::some),
            row,
            verdict: VerdictView::of(&before.verdict),
            partner_name,
            keychain: before.keychain.into(),
            webhook: WebhookBeforeView::of(before.webhook.clone()),
            keys: before.here.iter().map(KeyView::of).collect(),
            read_at: seconds(before.read_at),
            own_page_first: false,
        }
    }
}

impl From<Probe> for ProbeWord {
    fn from(probe: Probe) -> Self {
        match probe {
            Probe::Ready => ProbeWord::Ready,
            Probe::Locked => ProbeWord::Locked,
            Probe::Asking => ProbeWord::Asking,
            Probe::NotSetUp => ProbeWord::NotSetUp,
            Probe::Refusing => ProbeWord::Refusing,
            Probe::Absent => ProbeWord::Absent,
        }
    }
}

impl OutcomeView {
    /// What became of asking for a key.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Made(made) => OutcomeView::Made {
                key: Box::new(KeyView::of(&made.record)),
                not_saved: made.safety_copy.err().map(Failure::from),
                others: made.others.iter().map(KeyView::of).collect(),
            },
            Outcome::NotMade(error) => OutcomeView::NotMade { why: Failure::from(error) },
            Outcome::Unknown { error, record } => {
                OutcomeView::Unknown { why: Failure::from(error), key: Box::new(KeyView::of(record)) }
            }
        }
    }
}

impl ListSaysView {
    /// What the Hub's own list of keys says.
    pub fn of(says: &ListSays) -> Self {
        match says {
            ListSays::NewKey => ListSaysView::NewKey,
            ListSays::AsBefore => ListSaysView::AsBefore,
            ListSays::Undecided => ListSaysView::Undecided,
            ListSays::NotRead(error) => ListSaysView::NotRead { why: Failure::from(error) },
        }
    }
}

impl WhoseView {
    /// A number and its client.
    pub fn of(whose: Whose) -> Self {
        Self {
            channel_id: whose.channel.id.to_string(),
            name: whose.channel.name.told().and_then(Shown::some),
            number: whose.channel.number.told().map(String::as_str).map(numbers::written),
            here: whose.here,
            client_name: whose.client_name.and_then(Shown::some),
        }
    }
}

impl KeyTestView {
    /// What a test of a key found.
    pub fn of(test: &KeyTest, record: &KeyRecord, whose: Option<Whose>) -> Self {
        match test {
            KeyTest::Works { health, .. } => {
                KeyTestView::Works { sending: sending(health), number_known: test.proves_number(record) }
            }
            KeyTest::OtherNumber(health) => {
                let external_id = health.external_id.told().cloned();
                KeyTestView::OtherNumber { external_id, whose: whose.map(WhoseView::of) }
            }
            KeyTest::Refused => KeyTestView::Refused,
            KeyTest::CouldNotAsk(error) => KeyTestView::CouldNotAsk { why: Failure::from(error) },
        }
    }
}

fn sending(health: &Health) -> SendingWord {
    health.sending.told().map_or(SendingWord::NotTold, SendingWord::from)
}

impl From<&Sending> for SendingWord {
    fn from(sending: &Sending) -> Self {
        match sending {
            Sending::Available => SendingWord::Available,
            Sending::Limited => SendingWord::Limited,
            Sending::Blocked => SendingWord::Blocked,
            Sending::Other(_) => SendingWord::NotTold,
        }
    }
}
