//! What crosses to the pages: made for reading, not the domain's own types. `null` means "not told".

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use time::OffsetDateTime;

use channel_keys_core::access::{Answer, FactName, NextStep, Reason, Verdict};
use channel_keys_core::app::Overview;
use channel_keys_core::channel::{Actor, Channel, HubStatus, Payer, Permission, State};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Health, Person, Rank, Role, Sending};
use channel_keys_core::keychain::Probe;
use channel_keys_core::keys::{Before, KeyTest, Outcome};
use channel_keys_core::records::{KeyRecord, KeyState, Realm};
use channel_keys_core::session::Session;

use crate::failure::Failure;
use crate::numbers;

macro_rules! view {
    ($(#[$doc:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($body)* }
    };
    ($(#[$doc:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Type)]
        #[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
        pub enum $name { $($body)* }
    };
}

macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}

/// Secondseconds since 1970, as JavaScript counts.
pub type Seconds = u32;

fn seconds(at: OffsetDateTime) -> Seconds {
    at.unix_timestamp().try_into().unwrap_or_default()
}

view! {
    /// What a page needs to know before anybody signs in.
    pub struct AppView {
        /// The program's version.
        pub version: String,
        /// The Hub's host: where a password goes.
        pub host: String,
        /// Whether this is the practice Hub, where nothing is real.
        pub practice: bool,
        /// Which system's keychain it is, for its own name on screen.
        pub keychain: KeychainName,
        /// Who is signed in.
        pub session: SessionView,
    }
}

words! {
    /// The keychain's own name, by system.
    pub enum KeychainName {
        /// macOS.
        Keychain,
        /// Windows.
        CredentialManager,
        /// Linux: a Secret Service, shown by "Passwords and Keys".
        PasswordsAndKeys,
    }
}

view! {
    /// How far signing in is.
    pub enum SessionView {
        /// Nobody.
        SignedOut,
        /// The Hub did not say whose account it is: the person names the client's id.
        ClientIdNeeded {
            /// Who signed in.
            email: String,
        },
        /// The person chooses one of their clients.
        Choosing {
            /// Who.
            person: PersonView,
            /// Which ones there are.
            clients: Vec<ClientChoice>,
        },
        /// At work for a client.
        Client {
            /// Who.
            person: PersonView,
            /// For which client.
            client_id: String,
            /// Owner or member, where told.
            rank: Option<String>,
            /// How many clients this person may choose from.
            clients: Vec<ClientChoice>,
        },
        /// A partner's account: the support desk is not part of the program yet.
        Partner {
            /// Who.
            person: PersonView,
            /// At which partner.
            partner_id: String,
        },
    }
}

view! {
    /// Who signed in.
    pub struct PersonView {
        /// Their e-mail address.
        pub email: String,
        /// Their name.
        pub name: Option<String>,
    }
}

view! {
    /// One of the clients that a person belongs to.
    pub struct ClientChoice {
        /// Its id.
        pub id: String,
        /// Its name, where told.
        pub name: Option<String>,
        /// `owner`, `member`, or the Hub's own word.
        pub rank: String,
    }
}

view! {
    /// An account of the practice Hub.
    pub struct PracticeAccount {
        /// Its e-mail address.
        pub email: String,
        /// What it is good for.
        pub note: String,
        /// `client` or `partner`.
        pub side: String,
        /// `owner` or `member`.
        pub rank: String,
    }
}

view! {
    /// A client's channels.
    pub struct ChannelsView {
        /// The client's name.
        pub client_name: Option<String>,
        /// The partner's name, where there is a partner and it is told.
        pub partner_name: Option<String>,
        /// The channels.
        pub channels: Vec<ChannelRow>,
        /// When the Hub said so.
        pub read_at: Seconds,
    }
}

view! {
    /// A channel in the list.
    pub struct ChannelRow {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: Option<String>,
        /// Its number as people write it.
        pub number: Option<String>,
        /// Its digits, to search by.
        pub digits: Option<String>,
        /// Its state.
        pub state: StateView,
        /// Who pays.
        pub payer: PayerWord,
        /// Whether the partner may make keys.
        pub permission: PermissionWord,
        /// How many keys for it lie here.
        pub keys_here: u32,
    }
}

words! {
    /// Who pays 360dialog.
    pub enum PayerWord {
        /// The client.
        Client,
        /// The partner.
        Partner,
        /// The Hub did not say.
        NotTold,
    }
}

words! {
    /// Whether the partner may make keys.
    pub enum PermissionWord {
        /// It may.
        Shared,
        /// It may not.
        Missing,
        /// There is no partner.
        NoPartner,
        /// The Hub did not say.
        NotTold,
    }
}

view! {
    /// A channel's state.
    pub struct StateView {
        /// What kind of state.
        pub word: StateWord,
        /// The Hub's own word for it, where there is one.
        pub hub_word: Option<String>,
        /// Whether this program knows the Hub's word.
        pub known: bool,
        /// Who acts next.
        pub who_acts: ActorWord,
    }
}

words! {
    /// What kind of state a channel is in.
    pub enum StateWord {
        /// Live and running.
        Running,
        /// Set up, not running.
        NotRunning,
        /// On its way, or stuck: `hub_word` says where.
        SettingUp,
        /// Not served (any more): `hub_word` says how.
        NotLive,
        /// The Hub did not say enough.
        NotTold,
    }
}

words! {
    /// Who acts next.
    pub enum ActorWord {
        /// Nobody.
        Nobody,
        /// The client.
        Client,
        /// Client or partner.
        ClientOrPartner,
        /// Meta.
        Meta,
        /// 360dialog.
        ThreeSixtyDialog,
        /// Not known here: 360dialog can tell.
        AskThreeSixtyDialog,
    }
}

view! {
    /// Everything on a channel's own page.
    pub struct ChannelView {
        /// What the list shows of it.
        pub row: ChannelRow,
        /// The partner's name, where there is a partner and it is told.
        pub partner_name: Option<String>,
        /// May a key be made here, and what next?
        pub verdict: VerdictView,
        /// The keys of this channel that lie here, or whose fate is open.
        pub keys: Vec<KeyView>,
        /// Meta's rating.
        pub quality: Option<String>,
        /// How many people it may write to in 24 hours, in Meta's word.
        pub limit: Option<String>,
        /// Its id at Meta.
        pub external_id: Option<String>,
        /// Its WhatsApp Business Account.
        pub waba_id: Option<String>,
        /// When the Hub said so.
        pub read_at: Seconds,
    }
}

view! {
    /// The verdict on making a key.
    pub struct VerdictView {
        /// May the client make a key?
        pub generate: AnswerWord,
        /// Why.
        pub reason: ReasonWord,
        /// The one next step.
        pub next: NextWord,
        /// What was not told and would decide it.
        pub missing: Vec<FactWord>,
    }
}

words! {
    /// May it be done?
    pub enum AnswerWord {
        /// Yes.
        Yes,
        /// No.
        No,
        /// Not known: offered, and the Hub decides.
        HubDecides,
    }
}

words! {
    /// Why.
    pub enum ReasonWord {
        /// The channel is not live and running.
        NotRunning,
        /// The partner has the permission.
        PartnerManages,
        /// The partner has the permission, and pays.
        PartnerManagesAndPays,
        /// The client has not shared it.
        NotShared,
        /// No answer is documented.
        Undocumented,
        /// The client manages its own keys.
        ClientManages,
        /// There is no partner.
        NoPartner,
        /// The partner has been given the permission.
        SharedWithPartner,
        /// Facts are missing.
        NotTold,
    }
}

words! {
    /// The one next step.
    pub enum NextWord {
        /// Make the key.
        MakeKey,
        /// Take the permission back first.
        TakePermissionBack,
        /// Ask the partner.
        AskPartner,
        /// The client gives the permission.
        ClientGivesPermission,
        /// Get the channel running.
        GetItRunning,
        /// Try it.
        TryIt,
    }
}

words! {
    /// A fact by name.
    pub enum FactWord {
        /// Whether it is live and running.
        Running,
        /// Whether there is a partner.
        HasPartner,
        /// Who pays.
        Payer,
        /// Whether the partner has the permission.
        Permission,
    }
}

view! {
    /// A key that lies here, or whose fate is open. Never the key itself.
    pub struct KeyView {
        /// Its id here.
        pub id: String,
        /// The channel's id.
        pub channel_id: String,
        /// The channel's name when the key was made.
        pub channel_name: Option<String>,
        /// The channel's number when the key was made.
        pub number: Option<String>,
        /// What became of it.
        pub state: KeyWord,
        /// The name that the person gave it.
        pub label: Option<String>,
        /// The four characters that tell it from others.
        pub tail: Option<String>,
        /// When it was asked for.
        pub asked_at: Seconds,
        /// When a later key made here killed it.
        pub replaced_at: Option<Seconds>,
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
        /// Not made.
        NotMade,
        /// Let go by choice.
        LetGo,
    }
}

view! {
    /// What is read before a key is replaced.
    pub struct BeforeView {
        /// Good for one request.
        pub ticket: String,
        /// The channel as it is now.
        pub row: ChannelRow,
        /// The verdict as it is now.
        pub verdict: VerdictView,
        /// The partner's name, where told.
        pub partner_name: Option<String>,
        /// Whether the keychain would take the key.
        pub keychain: ProbeWord,
        /// The keys here that would die.
        pub keys: Vec<KeyView>,
        /// When the facts were read.
        pub read_at: Seconds,
    }
}

words! {
    /// Whether the keychain would take a key.
    pub enum ProbeWord {
        /// It would.
        Ready,
        /// It is locked: the system will ask.
        Locked,
        /// None was ever set up.
        NotSetUp,
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
            key: KeyView,
            /// Why there is no safety copy.
            not_saved: Option<Failure>,
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
        },
        /// It works, for another number.
        OtherNumber {
            /// That number's id at Meta.
            external_id: Option<String>,
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

impl SessionView {
    /// A session as the pages see it.
    pub fn of(session: &Session) -> Self {
        match session {
            Session::SignedOut => SessionView::SignedOut,
            Session::ClientIdNeeded { email, .. } => SessionView::ClientIdNeeded { email: email.clone() },
            Session::Choosing { person, .. } => {
                SessionView::Choosing { person: PersonView::of(person), clients: choices(person) }
            }
            Session::Client(at_work) => SessionView::Client {
                person: PersonView::of(&at_work.person),
                client_id: at_work.client.to_string(),
                rank: at_work.rank.as_ref().map(rank_word),
                clients: choices(&at_work.person),
            },
            Session::Partner { person, partner } => {
                SessionView::Partner { person: PersonView::of(person), partner_id: partner.to_string() }
            }
        }
    }
}

impl PersonView {
    fn of(person: &Person) -> Self {
        Self { email: person.email.clone(), name: person.name.told().cloned() }
    }
}

fn choices(person: &Person) -> Vec<ClientChoice> {
    person
        .roles
        .iter()
        .filter_map(|role| match role {
            Role::Client { client, name, rank } => Some(ClientChoice {
                id: client.to_string(),
                name: name.told().cloned(),
                rank: rank_word(rank),
            }),
            Role::Partner { .. } => None,
        })
        .collect()
}

fn rank_word(rank: &Rank) -> String {
    match rank {
        Rank::Owner => "owner".into(),
        Rank::Member => "member".into(),
        Rank::Other(word) => word.clone(),
    }
}

impl ChannelsView {
    /// All channels of a client; `keys` are the keys that lie here.
    pub fn of(overview: &Overview, keys: &[KeyRecord]) -> Self {
        Self {
            client_name: overview.client.name.told().cloned(),
            partner_name: partner_name(overview),
            channels: overview
                .channels
                .iter()
                .map(|channel| ChannelRow::of(overview, channel, keys))
                .collect(),
            read_at: seconds(overview.read_at),
        }
    }
}

impl ChannelRow {
    fn of(overview: &Overview, channel: &Channel, keys: &[KeyRecord]) -> Self {
        let here = keys.iter().filter(|key| key.channel == channel.id && lies_here(key));
        Self {
            id: channel.id.to_string(),
            name: channel.name.told().cloned(),
            number: channel.number.told().map(|digits| numbers::written(digits)),
            digits: channel.number.told().cloned(),
            state: StateView::of(channel),
            payer: match overview.client.payer {
                Fact::Told(Payer::Client) => PayerWord::Client,
                Fact::Told(Payer::Partner) => PayerWord::Partner,
                Fact::NotTold => PayerWord::NotTold,
            },
            permission: match (&overview.client.partner, channel.permission) {
                (Fact::Told(None), _) => PermissionWord::NoPartner,
                (_, Fact::Told(Permission::Shared)) => PermissionWord::Shared,
                (_, Fact::Told(Permission::Missing)) => PermissionWord::Missing,
                (_, Fact::NotTold) => PermissionWord::NotTold,
            },
            keys_here: here.count().try_into().unwrap_or(u32::MAX),
        }
    }
}

fn lies_here(key: &KeyRecord) -> bool {
    matches!(key.state, KeyState::Kept | KeyState::SafetyCopy | KeyState::InMemory)
        && key.replaced_at.is_none()
}

fn partner_name(overview: &Overview) -> Option<String> {
    overview.partner().and_then(|partner| partner.name.told().cloned())
}

impl StateView {
    fn of(channel: &Channel) -> Self {
        let plain = |word, who_acts| Self { word, hub_word: None, known: true, who_acts };
        match channel.state() {
            State::Running => plain(StateWord::Running, ActorWord::Nobody),
            State::ReadyNotRunning => plain(StateWord::NotRunning, ActorWord::AskThreeSixtyDialog),
            State::NotTold => plain(StateWord::NotTold, ActorWord::AskThreeSixtyDialog),
            State::SettingUp(status) => Self {
                word: StateWord::SettingUp,
                hub_word: Some(status.word().to_owned()),
                known: !matches!(status, channel_keys_core::channel::Status::Other(_)),
                who_acts: match status.who_acts() {
                    Actor::Nobody => ActorWord::Nobody,
                    Actor::Client => ActorWord::Client,
                    Actor::ClientOrPartner => ActorWord::ClientOrPartner,
                    Actor::Meta => ActorWord::Meta,
                    Actor::ThreeSixtyDialog => ActorWord::ThreeSixtyDialog,
                    Actor::AskThreeSixtyDialog => ActorWord::AskThreeSixtyDialog,
                },
            },
            State::NotLive(status) => Self {
                word: StateWord::NotLive,
                hub_word: Some(status.word().to_owned()),
                known: !matches!(status, HubStatus::Other(_)),
                who_acts: ActorWord::AskThreeSixtyDialog,
            },
        }
    }
}

impl ChannelView {
    /// One channel of an overview, with its keys.
    pub fn of(overview: &Overview, channel: &Channel, keys: &[KeyRecord]) -> Self {
        Self {
            row: ChannelRow::of(overview, channel, keys),
            partner_name: partner_name(overview),
            verdict: VerdictView::of(&overview.verdict(channel)),
            keys: keys.iter().map(KeyView::of).collect(),
            quality: channel.quality.told().cloned(),
            limit: channel.limit.told().cloned(),
            external_id: channel.external_id.told().cloned(),
            waba_id: channel.waba_id.told().cloned(),
            read_at: seconds(overview.read_at),
        }
    }
}

impl VerdictView {
    /// A verdict in words' keys.
    pub fn of(verdict: &Verdict) -> Self {
        Self {
            generate: match verdict.generate {
                Answer::Yes => AnswerWord::Yes,
                Answer::No => AnswerWord::No,
                Answer::HubDecides => AnswerWord::HubDecides,
            },
            reason: match verdict.reason {
                Reason::NotRunning => ReasonWord::NotRunning,
                Reason::PartnerManages => ReasonWord::PartnerManages,
                Reason::PartnerManagesAndPays => ReasonWord::PartnerManagesAndPays,
                Reason::NotShared => ReasonWord::NotShared,
                Reason::Undocumented => ReasonWord::Undocumented,
                Reason::ClientManages => ReasonWord::ClientManages,
                Reason::NoPartner => ReasonWord::NoPartner,
                Reason::SharedWithPartner => ReasonWord::SharedWithPartner,
                Reason::NotTold => ReasonWord::NotTold,
            },
            next: match verdict.next {
                NextStep::MakeKey => NextWord::MakeKey,
                NextStep::TakePermissionBack => NextWord::TakePermissionBack,
                NextStep::AskPartner => NextWord::AskPartner,
                NextStep::ClientGivesPermission => NextWord::ClientGivesPermission,
                NextStep::GetItRunning => NextWord::GetItRunning,
                NextStep::TryIt => NextWord::TryIt,
            },
            missing: verdict
                .missing
                .iter()
                .map(|fact| match fact {
                    FactName::Running => FactWord::Running,
                    FactName::HasPartner => FactWord::HasPartner,
                    FactName::Payer => FactWord::Payer,
                    FactName::Permission => FactWord::Permission,
                })
                .collect(),
        }
    }
}

impl KeyView {
    /// A key's record, without anything secret.
    pub fn of(record: &KeyRecord) -> Self {
        Self {
            id: record.id.clone(),
            channel_id: record.channel.to_string(),
            channel_name: record.channel_name.clone(),
            number: record.number.as_deref().map(numbers::written),
            state: match record.state {
                KeyState::Asked => KeyWord::Asked,
                KeyState::Unknown => KeyWord::Unknown,
                KeyState::SafetyCopy => KeyWord::SafetyCopy,
                KeyState::InMemory => KeyWord::InMemory,
                KeyState::Kept => KeyWord::Kept,
                KeyState::Lost => KeyWord::Lost,
                KeyState::NotMade => KeyWord::NotMade,
                KeyState::LetGo => KeyWord::LetGo,
            },
            label: record.label.clone(),
            tail: record.tail.clone(),
            asked_at: seconds(record.asked_at),
            replaced_at: record.replaced_at.map(seconds),
        }
    }
}

impl BeforeView {
    /// What is read before a key is replaced.
    pub fn of(before: &Before, overview: &Overview) -> Self {
        Self {
            ticket: before.ticket.clone(),
            row: ChannelRow::of(overview, &before.channel, &before.here),
            verdict: VerdictView::of(&before.verdict),
            partner_name: partner_name(overview),
            keychain: before.keychain.into(),
            keys: before.here.iter().map(KeyView::of).collect(),
            read_at: seconds(before.read_at),
        }
    }
}

impl From<Probe> for ProbeWord {
    fn from(probe: Probe) -> Self {
        match probe {
            Probe::Ready => ProbeWord::Ready,
            Probe::Locked => ProbeWord::Locked,
            Probe::NotSetUp => ProbeWord::NotSetUp,
            Probe::Absent => ProbeWord::Absent,
        }
    }
}

impl OutcomeView {
    /// What became of asking for a key.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Made(made) => OutcomeView::Made {
                key: KeyView::of(&made.record),
                not_saved: made.safety_copy.err().map(Failure::from),
            },
            Outcome::NotMade(error) => OutcomeView::NotMade { why: Failure::from(error) },
            Outcome::Unknown { error, .. } => OutcomeView::Unknown { why: Failure::from(error) },
        }
    }
}

impl KeyTestView {
    /// What a test of a key found.
    pub fn of(test: &KeyTest) -> Self {
        match test {
            KeyTest::Works(health) => KeyTestView::Works { sending: sending(health) },
            KeyTest::OtherNumber(health) => {
                KeyTestView::OtherNumber { external_id: health.external_id.told().cloned() }
            }
            KeyTest::Refused => KeyTestView::Refused,
            KeyTest::CouldNotAsk(error) => KeyTestView::CouldNotAsk { why: Failure::from(error) },
        }
    }
}

fn sending(health: &Health) -> SendingWord {
    match &health.sending {
        Fact::Told(Sending::Available) => SendingWord::Available,
        Fact::Told(Sending::Limited) => SendingWord::Limited,
        Fact::Told(Sending::Blocked) => SendingWord::Blocked,
        Fact::Told(Sending::Other(_)) | Fact::NotTold => SendingWord::NotTold,
    }
}

/// Whether the practice Hub is meant.
pub fn is_practice(realm: Realm) -> bool {
    realm == Realm::Practice
}
