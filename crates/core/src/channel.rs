//! A channel: one WhatsApp number, as the Hub describes it.

use crate::fact::Fact;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A channel's id, `…CH` (seen). Never validated.
    ChannelId
}
id! {
    /// A client's id, `…CL` (seen). Never validated.
    ClientId
}
id! {
    /// A partner's id, `…PA` (seen). Never validated.
    PartnerId
}

/// One WhatsApp number. All but the id may be missing in what the Hub answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// The name that people gave it (`setup_info.phone_name`, seen).
    pub name: Fact<String>,
    /// Its phone number, digits alone (`setup_info.phone_number`; the Hub writes it with or without `+`, seen).
    pub number: Fact<String>,
    /// How far its set-up is (`status`, seen).
    pub status: Fact<Status>,
    /// Whether 360dialog serves it (`hub_status`, seen).
    pub hub_status: Fact<HubStatus>,
    /// Whether it is running: most likely `integration.state`; that this is what the documentation calls
    /// "running" is ours.
    pub running: Fact<bool>,
    /// Whether the partner may make keys for it (`partner_permission`, ours).
    pub permission: Fact<Permission>,
    /// Meta's rating of what it sends (`current_quality_rating`, seen).
    pub quality: Fact<String>,
    /// How many people it may write to in 24 hours, in Meta's word (`current_limit`, seen).
    pub limit: Fact<String>,
    /// Its id at Meta (`external_id`, seen), by which a key's health answer says whose key it is.
    pub external_id: Fact<String>,
    /// Its WhatsApp Business Account (`waba_account_id`, seen).
    pub waba_id: Fact<String>,
}

impl Channel {
    /// Whether the channel is live and running, which it must be before anybody may make a key (documented).
    pub fn live_and_running(&self) -> Fact<bool> {
        let live = match &self.hub_status {
            Fact::Told(status) => Fact::Told(*status == HubStatus::Live),
            Fact::NotTold => Fact::NotTold,
        };
        match (live, self.running) {
            (Fact::Told(false), _) | (_, Fact::Told(false)) => Fact::Told(false),
            (Fact::Told(true), Fact::Told(true)) => Fact::Told(true),
            _ => Fact::NotTold,
        }
    }

    /// The one state that a person wants to know of, and who has to act.
    pub fn state(&self) -> State {
        match &self.hub_status {
            Fact::Told(HubStatus::Live) | Fact::NotTold => {}
            Fact::Told(ended) => return State::NotLive(ended.clone()),
        }
        match (self.live_and_running(), &self.status) {
            (Fact::Told(true), Fact::Told(Status::Ready) | Fact::NotTold) => State::Running,
            (_, Fact::Told(Status::Ready)) => match self.running {
                Fact::Told(false) => State::ReadyNotRunning,
                _ => State::NotTold,
            },
            (_, Fact::Told(status)) => State::SettingUp(status.clone()),
            (Fact::Told(false), Fact::NotTold) => State::ReadyNotRunning,
            (Fact::NotTold, Fact::NotTold) => State::NotTold,
        }
    }
}

/// A channel's state in one word, made of its status, its hub status and whether it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Set up, live and running.
    Running,
    /// Set up, but not running.
    ReadyNotRunning,
    /// Somewhere on its way, or stuck: the status says where.
    SettingUp(Status),
    /// 360dialog does not serve it (any more).
    NotLive(HubStatus),
    /// The Hub did not say enough.
    NotTold,
}

/// How far a channel's set-up is. The words are seen; what they mean is documented for `created`,
/// `unverified` and `verified`, and our reading of the word for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Set-up has begun (documented).
    Created,
    /// At Meta, the display name is not verified yet (documented).
    Unverified,
    /// The display name is verified, the number is not connected yet (documented).
    Verified,
    /// Set up; usable when live and running.
    Ready,
    /// Set-up is going on.
    Modified,
    /// Set-up is going on.
    Imported,
    /// Set-up is going on.
    ConsentsSigned,
    /// A new display name is being reviewed.
    NewNameRequested,
    /// Meta declined the display name.
    CertificateDeclined,
    /// Something keeps this number from working.
    Error,
    /// Ready to be moved here.
    PortingReady,
    /// Ready to be moved here.
    ReadyForMigration,
    /// A code was sent to the number.
    WaitingForMigrationCode,
    /// A code was sent to the number.
    MigrationCodeRequested,
    /// A word that this program does not know, `unknown` among them: shown as it is.
    Other(String),
}

/// Who has to act for a channel to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Nothing to do.
    Nobody,
    /// The client.
    Client,
    /// The client or the partner.
    ClientOrPartner,
    /// Meta; the others wait.
    Meta,
    /// 360dialog; the others wait.
    ThreeSixtyDialog,
    /// Not known to us: 360dialog can tell.
    AskThreeSixtyDialog,
}

const STATUS_WORDS: [(&str, Status, Actor); 14] = {
    use Actor::*;
    [
        ("created", Status::Created, Client),
        ("unverified", Status::Unverified, Meta),
        ("verified", Status::Verified, ThreeSixtyDialog),
        ("ready", Status::Ready, Nobody),
        ("modified", Status::Modified, ThreeSixtyDialog),
        ("imported", Status::Imported, ThreeSixtyDialog),
        ("consents_signed", Status::ConsentsSigned, ThreeSixtyDialog),
        ("new_name_requested", Status::NewNameRequested, Meta),
        ("certificate_declined", Status::CertificateDeclined, Client),
        ("error", Status::Error, ClientOrPartner),
        ("porting_ready", Status::PortingReady, ClientOrPartner),
        ("ready_for_migration", Status::ReadyForMigration, ClientOrPartner),
        ("waiting_for_migration_code", Status::WaitingForMigrationCode, Client),
        ("migration_code_requested", Status::MigrationCodeRequested, Client),
    ]
};

impl Status {
    /// Reads the Hub's word; one that is not known is kept as it is.
    pub fn from_word(word: &str) -> Status {
        STATUS_WORDS
            .iter()
            .find(|(known, ..)| *known == word)
            .map_or_else(|| Status::Other(word.to_owned()), |(_, status, _)| status.clone())
    }

    /// The Hub's word for it.
    pub fn word(&self) -> &str {
        match self {
            Status::Other(word) => word,
            known => STATUS_WORDS.iter().find(|(_, status, _)| status == known).map_or("", |(word, ..)| word),
        }
    }

    /// Who acts next.
    pub fn who_acts(&self) -> Actor {
        STATUS_WORDS
            .iter()
            .find(|(_, status, _)| status == self)
            .map_or(Actor::AskThreeSixtyDialog, |(.., actor)| *actor)
    }
}

/// Whether 360dialog serves a channel (the words are seen).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubStatus {
    /// It does.
    Live,
    /// It is about to end.
    PendingDeletion,
    /// It ended.
    Terminated,
    /// It was cancelled.
    Cancelled,
    /// It was deleted.
    Deleted,
    /// A word that this program does not know.
    Other(String),
}

impl HubStatus {
    /// Reads the Hub's word; one that is not known is kept as it is.
    pub fn from_word(word: &str) -> HubStatus {
        match word {
            "live" => HubStatus::Live,
            "pending_deletion" => HubStatus::PendingDeletion,
            "terminated" => HubStatus::Terminated,
            "cancelled" => HubStatus::Cancelled,
            "deleted" => HubStatus::Deleted,
            other => HubStatus::Other(other.to_owned()),
        }
    }

    /// The Hub's word for it.
    pub fn word(&self) -> &str {
        match self {
            HubStatus::Live => "live",
            HubStatus::PendingDeletion => "pending_deletion",
            HubStatus::Terminated => "terminated",
            HubStatus::Cancelled => "cancelled",
            HubStatus::Deleted => "deleted",
            HubStatus::Other(word) => word,
        }
    }
}

/// Whether the client's partner may make keys for a channel. 360dialog calls it "Partner API Key Permission"
/// (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// It may.
    Shared,
    /// It may not.
    Missing,
}

/// Who pays 360dialog for a client's channels (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    /// The client itself: direct payment.
    Client,
    /// Its partner: partner payment.
    Partner,
}

/// A client's partner, as far as the Hub names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// The name it goes by (`brand_name`, documented).
    pub name: Fact<String>,
}

/// What the Hub says of a client as a whole (`GET /clients/{L}`, ours).
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: Fact<String>,
    /// Who pays.
    pub payer: Fact<Payer>,
    /// Its partner; told and none for a direct client.
    pub partner: Fact<Option<Partner>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_word_survives_being_read_and_written() {
        for (word, status, _) in STATUS_WORDS {
            assert_eq!(Status::from_word(word), status);
            assert_eq!(status.word(), word);
        }
    }

    #[test]
    fn a_status_word_that_nobody_knows_is_kept_and_sends_people_to_360dialog() {
        for word in ["unknown", "awaiting_moonrise", ""] {
            let status = Status::from_word(word);
            assert_eq!(status.word(), word);
            assert_eq!(status.who_acts(), Actor::AskThreeSixtyDialog);
        }
    }

    fn channel(hub_status: Option<&str>, running: Option<bool>, status: Option<&str>) -> Channel {
        Channel {
            id: ChannelId("tQ8m2ZCH".into()),
            name: Fact::NotTold,
            number: Fact::NotTold,
            status: status.map(Status::from_word).into(),
            hub_status: hub_status.map(HubStatus::from_word).into(),
            running: running.into(),
            permission: Fact::NotTold,
            quality: Fact::NotTold,
            limit: Fact::NotTold,
            external_id: Fact::NotTold,
            waba_id: Fact::NotTold,
        }
    }

    #[test]
    fn a_channel_of_which_nothing_was_told_is_not_called_running_or_broken() {
        let silent = channel(None, None, None);
        assert_eq!(silent.state(), State::NotTold);
        assert_eq!(silent.live_and_running(), Fact::NotTold);
    }

    #[test]
    fn a_channel_that_ends_says_so_whatever_else_is_told() {
        let ending = channel(Some("pending_deletion"), Some(true), Some("ready"));
        assert_eq!(ending.state(), State::NotLive(HubStatus::PendingDeletion));
        assert_eq!(ending.live_and_running(), Fact::Told(false));
    }

    #[test]
    fn a_channel_that_is_ready_but_stands_still_is_not_called_running() {
        assert_eq!(channel(Some("live"), Some(false), Some("ready")).state(), State::ReadyNotRunning);
        assert_eq!(channel(Some("live"), None, Some("ready")).state(), State::NotTold);
        assert_eq!(channel(Some("live"), Some(true), Some("ready")).state(), State::Running);
    }
}
