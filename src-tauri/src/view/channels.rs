//! Channels, their states, and the verdict on making a key.

use serde::Serialize;
use specta::Type;

use channel_keys_core::access::{Answer, FactName, NextStep, Reason, Verdict};
use channel_keys_core::channel::{Actor, Channel, HubStatus, Payer, Permission, State, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::Short;
use channel_keys_core::keys::PermissionChange;
use channel_keys_core::overview::{Listing, Overview};
use channel_keys_core::records::KeyRecord;

use super::keys::KeyView;
use super::{Seconds, Shown, seconds, view, words};
use crate::failure::Failure;
use crate::numbers;

view! {
    /// A client's channels.
    pub struct ChannelsView {
        /// The client's name.
        pub client_name: Option<Shown>,
        /// The partner's name, where there is a partner and it is told.
        pub partner_name: Option<Shown>,
        /// The channels.
        pub channels: Vec<ChannelRow>,
        /// The Hub announced more than it listed.
        pub short: Option<ShortView>,
        /// When the Hub said so.
        pub read_at: Seconds,
        /// The client's id.
        pub client_id: String,
        /// Whether there is a partner.
        pub partner: PartnerWord,
        /// Why this is the list as last seen, where the Hub could not be asked just now.
        pub not_fresh: Option<Failure>,
    }
}

words! {
    /// Whether the client has a partner.
    pub enum PartnerWord {
        /// It has one.
        Some,
        /// It has none.
        None,
        /// The Hub did not say.
        NotTold,
    }
}

view! {
    /// Fewer came, or could be read, than were announced.
    pub struct ShortView {
        /// How many were announced.
        pub announced: u32,
        /// How many came and could be read.
        pub came: u32,
    }
}

view! {
    /// A channel in the list.
    pub struct ChannelRow {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: Option<Shown>,
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
        /// Where a key that lies here is not in place yet.
        pub places: Option<PlacesLeft>,
        /// A key that lies here is refused, by no doing of this program, and none works.
        pub refused: bool,
        /// A key of it waits for a decision, or nobody can tell what became of it.
        pub waits: bool,
    }
}

view! {
    /// How far a key is in place where it is used.
    pub struct PlacesLeft {
        /// The key's id.
        pub key_id: String,
        /// The places that are still to do.
        pub left: Vec<Shown>,
        /// How many there are.
        pub all: u32,
        /// The person wants no reminder of them.
        pub not_reminded: bool,
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
        pub hub_word: Option<Shown>,
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
        pub partner_name: Option<Shown>,
        /// May a key be made here, and what next?
        pub verdict: VerdictView,
        /// The keys of this channel that lie here, or whose fate is open.
        pub keys: Vec<KeyView>,
        /// Meta's rating.
        pub quality: Option<Shown>,
        /// How many people it may write to in 24 hours, in Meta's word.
        pub limit: Option<Shown>,
        /// Its id at Meta.
        pub external_id: Option<String>,
        /// Its WhatsApp Business Account.
        pub waba_id: Option<String>,
        /// When the Hub said so.
        pub read_at: Seconds,
        /// The Hub's own words of its state.
        pub details: DetailsView,
        /// Why this is not fresh, where the Hub could not be asked.
        pub not_fresh: Option<Failure>,
    }
}

view! {
    /// What the Hub says of a channel's state, in its own words.
    pub struct DetailsView {
        /// How far the set-up is.
        pub status: Option<Shown>,
        /// Who acts next on that.
        pub status_acts: ActorWord,
        /// Whether 360dialog serves it.
        pub hub_status: Option<Shown>,
        /// Whether it is running.
        pub running: Option<bool>,
        /// The client's id.
        pub client_id: String,
        /// The client's name.
        pub client_name: Option<Shown>,
        /// The partner's id.
        pub partner_id: Option<String>,
    }
}

view! {
    /// What came of changing a permission.
    pub struct PermissionChangeView {
        /// What was asked for.
        pub asked: PermissionWord,
        /// What the Hub says now: that alone counts.
        pub now: PermissionWord,
        /// What stood in the way.
        pub why: Option<Failure>,
        /// Nobody can tell whether it took effect.
        pub is_open: bool,
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

impl ChannelsView {
    /// All channels of a client; `keys` are the keys that lie here.
    pub fn of(listing: &Listing, keys: &[KeyRecord]) -> Self {
        let overview = &listing.overview;
        Self {
            client_name: overview.client.name.told().and_then(Shown::some),
            partner_name: partner_name(overview),
            channels: overview
                .channels
                .iter()
                .map(|channel| ChannelRow::of(overview, channel, keys))
                .collect(),
            short: overview.short.map(ShortView::of),
            read_at: seconds(overview.read_at),
            client_id: overview.client.id.to_string(),
            partner: match &overview.client.partner {
                Fact::Told(Some(_)) => PartnerWord::Some,
                Fact::Told(None) => PartnerWord::None,
                Fact::NotTold => PartnerWord::NotTold,
            },
            not_fresh: listing.not_fresh.as_ref().map(Failure::from),
        }
    }
}

impl ShortView {
    /// Both counts.
    pub fn of(short: Short) -> Self {
        let count = |all: usize| all.try_into().unwrap_or(u32::MAX);
        Self { announced: count(short.announced), came: count(short.came) }
    }
}

impl ChannelRow {
    /// A channel as the list shows it.
    pub fn of(overview: &Overview, channel: &Channel, keys: &[KeyRecord]) -> Self {
        let has_none = overview.client.partner == Fact::Told(None);
        Self::paid_by(overview.client.payer, has_none, channel, keys)
    }

    /// A channel as its partner's desk knows it: who pays is not told there.
    pub fn at_desk(channel: &Channel, keys: &[KeyRecord]) -> Self {
        // The client knows the places.
        Self { places: None, ..Self::paid_by(Fact::NotTold, false, channel, keys) }
    }

    fn paid_by(payer: Fact<Payer>, has_no_partner: bool, channel: &Channel, keys: &[KeyRecord]) -> Self {
        let here = || keys.iter().filter(|key| key.channel == channel.id && lies_here(key));
        let count = |all: usize| all.try_into().unwrap_or(u32::MAX);
        let waiting = here().find(|key| key.waits_for_places());
        Self {
            id: channel.id.to_string(),
            name: channel.name.told().and_then(Shown::some),
            number: channel.number.told().map(|digits| numbers::written(digits)),
            digits: channel.number.told().cloned(),
            state: StateView::of(channel),
            payer: match payer {
                Fact::Told(Payer::Client) => PayerWord::Client,
                Fact::Told(Payer::Partner) => PayerWord::Partner,
                Fact::NotTold => PayerWord::NotTold,
            },
            permission: if has_no_partner { PermissionWord::NoPartner } else { channel.permission.into() },
            keys_here: count(here().count()),
            places: waiting.map(|key| PlacesLeft {
                key_id: key.id.clone(),
                left: key
                    .places
                    .iter()
                    .filter(|place| !place.done)
                    .map(|place| Shown::of(&place.name))
                    .collect(),
                all: count(key.places.len()),
                not_reminded: key.reminders.off,
            }),
            waits: keys.iter().any(|key| key.channel == channel.id && key.waits_for_person()),
            refused: here().count() > 0 && here().all(|key| key.refused_at.is_some()),
        }
    }
}

impl From<Fact<Permission>> for PermissionWord {
    fn from(permission: Fact<Permission>) -> Self {
        match permission {
            Fact::Told(Permission::Shared) => PermissionWord::Shared,
            Fact::Told(Permission::Missing) => PermissionWord::Missing,
            Fact::NotTold => PermissionWord::NotTold,
        }
    }
}

fn lies_here(key: &KeyRecord) -> bool {
    key.lies_here() && key.replaced_at.is_none()
}

pub(super) fn partner_name(overview: &Overview) -> Option<Shown> {
    overview.partner().and_then(|partner| partner.name.told().and_then(Shown::some))
}

impl StateView {
    /// A channel's state, in one word.
    pub fn of(channel: &Channel) -> Self {
        let plain = |word, who_acts| Self { word, hub_word: None, known: true, who_acts };
        match channel.state() {
            State::Running => plain(StateWord::Running, ActorWord::Nobody),
            State::ReadyNotRunning => plain(StateWord::NotRunning, ActorWord::AskThreeSixtyDialog),
            State::NotTold => plain(StateWord::NotTold, ActorWord::AskThreeSixtyDialog),
            State::SettingUp(status) => Self {
                word: StateWord::SettingUp,
                hub_word: Some(Shown::of(status.word())),
                known: !matches!(status, Status::Other(_)),
                who_acts: status.who_acts().into(),
            },
            State::NotLive(status) => Self {
                word: StateWord::NotLive,
                hub_word: Some(Shown::of(status.word())),
                known: !matches!(status, HubStatus::Other(_)),
                who_acts: ActorWord::AskThreeSixtyDialog,
            },
        }
    }
}

impl From<Actor> for ActorWord {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Nobody => ActorWord::Nobody,
            Actor::Client => ActorWord::Client,
            Actor::ClientOrPartner => ActorWord::ClientOrPartner,
            Actor::Meta => ActorWord::Meta,
            Actor::ThreeSixtyDialog => ActorWord::ThreeSixtyDialog,
            Actor::AskThreeSixtyDialog => ActorWord::AskThreeSixtyDialog,
        }
    }
}

impl DetailsView {
    fn of(overview: &Overview, channel: &Channel) -> Self {
        let status = channel.status.told();
        Self {
            status: status.map(|status| Shown::of(status.word())),
            status_acts: status.map_or(Actor::AskThreeSixtyDialog, Status::who_acts).into(),
            hub_status: channel.hub_status.told().map(|status| Shown::of(status.word())),
            running: channel.running.told().copied(),
            client_id: overview.client.id.to_string(),
            client_name: overview.client.name.told().and_then(Shown::some),
            partner_id: overview.partner().map(|partner| partner.id.to_string()),
        }
    }
}

impl ChannelView {
    /// One channel of a list, with its keys.
    pub fn of(listing: &Listing, channel: &Channel, keys: &[KeyRecord]) -> Self {
        let overview = &listing.overview;
        Self {
            row: ChannelRow::of(overview, channel, keys),
            partner_name: partner_name(overview),
            verdict: VerdictView::of(&overview.verdict(channel)),
            keys: keys.iter().map(KeyView::of).collect(),
            quality: channel.quality.told().and_then(Shown::some),
            limit: channel.limit.told().and_then(Shown::some),
            external_id: channel.external_id.told().cloned(),
            waba_id: channel.waba_id.told().cloned(),
            read_at: seconds(overview.read_at),
            details: DetailsView::of(overview, channel),
            not_fresh: listing.not_fresh.as_ref().map(Failure::from),
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

impl PermissionChangeView {
    /// What came of changing a permission.
    pub fn of(change: &PermissionChange) -> Self {
        Self {
            asked: Fact::Told(change.asked).into(),
            now: change.now.into(),
            why: change.why.as_ref().map(Failure::from),
            is_open: change.is_open,
        }
    }
}
