//! The sentence of a diagnosis for each of the closed words that core has, and what stands for it in JSON.

use channel_keys_core::access::{Answer, FactName, NextStep, Reason, Verdict};
use channel_keys_core::channel::{Actor, Channel, HubStatus, Permission, State, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached, Sending};

pub(super) const UNKNOWN: &str = "unknown-word";

/// The sentence for a status; [`UNKNOWN`] for a word that this program does not know.
pub(crate) fn status_id(status: &Status) -> &'static str {
    match status {
        Status::Created => "status-created",
        Status::Unverified => "status-unverified",
        Status::Verified => "status-verified",
        Status::Ready => "status-ready",
        Status::Modified | Status::Imported | Status::ConsentsSigned => "status-setting-up",
        Status::NewNameRequested => "status-name-review",
        Status::CertificateDeclined => "status-name-declined",
        Status::Error => "status-error",
        Status::PortingReady | Status::ReadyForMigration => "status-to-move",
        Status::WaitingForMigrationCode | Status::MigrationCodeRequested => "status-code-sent",
        Status::Other(_) => UNKNOWN,
    }
}

/// The same for whether 360dialog serves a channel.
pub(crate) fn hub_status_id(status: &HubStatus) -> &'static str {
    match status {
        HubStatus::Live => "hub-live",
        HubStatus::PendingDeletion => "hub-pending-deletion",
        HubStatus::Terminated => "hub-terminated",
        HubStatus::Cancelled => "hub-cancelled",
        HubStatus::Deleted => "hub-deleted",
        HubStatus::Other(_) => UNKNOWN,
    }
}

/// The sentence for a state, and the Hub's own word for it where there is one.
pub(crate) fn state_id(channel: &Channel) -> (&'static str, Option<String>) {
    match channel.state() {
        State::Running => ("state-running", None),
        State::ReadyNotRunning => ("state-not-running", None),
        State::SettingUp(status) => (status_id(&status), Some(status.word().to_owned())),
        State::NotLive(status) => (hub_status_id(&status), Some(status.word().to_owned())),
        State::NotTold => ("state-not-told", None),
    }
}

pub(super) fn state_code(channel: &Channel) -> &'static str {
    match channel.state() {
        State::Running => "running",
        State::ReadyNotRunning => "not_running",
        State::SettingUp(_) => "setting_up",
        State::NotLive(_) => "not_live",
        State::NotTold => "not_told",
    }
}

/// The sentence and the code for whether a number can send.
pub(super) fn health(sending: &Sending) -> (&'static str, &'static str) {
    match sending {
        Sending::Available => ("health-available", "available"),
        Sending::Limited => ("health-limited", "limited"),
        Sending::Blocked => ("health-blocked", "blocked"),
        Sending::Other(_) => (UNKNOWN, "other"),
    }
}

/// The sentence for whether a number can send.
pub(crate) fn health_id(sending: &Sending) -> &'static str {
    health(sending).0
}

/// Who acts on a channel's state.
pub(super) fn actor(channel: &Channel) -> Actor {
    match channel.state() {
        State::Running => Actor::Nobody,
        State::SettingUp(status) => status.who_acts(),
        State::ReadyNotRunning | State::NotLive(_) | State::NotTold => Actor::AskThreeSixtyDialog,
    }
}

pub(super) fn actor_words(actor: Actor) -> (&'static str, &'static str) {
    match actor {
        Actor::Nobody => ("actor-nobody", "nobody"),
        Actor::Client => ("actor-client", "client"),
        Actor::ClientOrPartner => ("actor-client-or-partner", "client_or_partner"),
        Actor::Meta => ("actor-meta", "meta"),
        Actor::ThreeSixtyDialog => ("actor-360dialog", "360dialog"),
        Actor::AskThreeSixtyDialog => ("actor-ask-360dialog", "ask_360dialog"),
    }
}

pub(super) fn permission(permission: Fact<Permission>) -> (&'static str, &'static str) {
    match permission {
        Fact::Told(Permission::Shared) => ("permission-shared", "shared"),
        Fact::Told(Permission::Missing) => ("permission-missing", "missing"),
        Fact::NotTold => ("not-checked", "not_checked"),
    }
}

pub(super) fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::HubDecides => "hub_decides",
    }
}

/// The partner's sentence; reasons that stand on the client's side alone are open here.
pub(super) fn of_partner(verdict: &Verdict) -> &'static str {
    match verdict.reason {
        Reason::SharedWithPartner => "partner-yes",
        Reason::NotRunning => "partner-not-running",
        Reason::NotShared => "partner-not-shared",
        Reason::PartnerManages
        | Reason::PartnerManagesAndPays
        | Reason::Undocumented
        | Reason::ClientManages
        | Reason::NoPartner
        | Reason::NotTold => "partner-open",
    }
}

pub(super) fn of_client(verdict: &Verdict) -> &'static str {
    match verdict.reason {
        Reason::NotRunning => "client-not-running",
        Reason::PartnerManages => "client-partner-manages",
        Reason::PartnerManagesAndPays => "client-partner-manages-and-pays",
        Reason::Undocumented => "client-undocumented",
        Reason::ClientManages | Reason::NoPartner => "client-manages",
        Reason::NotShared | Reason::SharedWithPartner | Reason::NotTold => "client-open",
    }
}

pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotRunning => "not_running",
        Reason::PartnerManages => "partner_manages",
        Reason::PartnerManagesAndPays => "partner_manages_and_pays",
        Reason::NotShared => "not_shared",
        Reason::Undocumented => "undocumented",
        Reason::ClientManages => "client_manages",
        Reason::NoPartner => "no_partner",
        Reason::SharedWithPartner => "shared_with_partner",
        Reason::NotTold => "not_told",
    }
}

/// What comes next from the partner's side: its sentence, and its word.
pub(super) fn next(verdict: &Verdict) -> (&'static str, &'static str) {
    match verdict.next {
        NextStep::MakeKey => ("next-make-key", "make_key"),
        NextStep::ClientGivesPermission => ("next-client-gives", "client_gives_permission"),
        NextStep::GetItRunning => ("next-get-running", "get_it_running"),
        NextStep::TryIt if verdict.missing.contains(&FactName::Permission) => ("next-check", "ask_again"),
        NextStep::TryIt | NextStep::TakePermissionBack | NextStep::AskPartner => {
            ("next-hub-decides", "try_it")
        }
    }
}

pub(super) fn fact(fact: FactName) -> (&'static str, &'static str) {
    match fact {
        FactName::Running => ("fact-running", "running"),
        FactName::HasPartner => ("fact-has-partner", "has_partner"),
        FactName::Payer => ("fact-payer", "payer"),
        FactName::Permission => ("fact-permission", "permission"),
    }
}

/// How a call failed: its sentence, and its word.
pub(super) fn how(error: &HubError) -> (&'static str, &'static str) {
    match error {
        HubError::NotReached(NotReached::Name) => ("how-name-not-found", "name_not_found"),
        HubError::NotReached(NotReached::Connection) => ("how-no-connection", "no_connection"),
        HubError::NotReached(NotReached::Certificate) => ("how-certificate", "certificate"),
        HubError::NotReached(NotReached::NoCertificates) => ("how-no-certificates", "no_certificates"),
        HubError::NotReached(NotReached::Proxy { .. }) => ("how-proxy", "proxy"),
        HubError::NoAnswer => ("how-no-answer", "no_answer"),
        HubError::SessionEnded => ("how-session-ended", "session_ended"),
        HubError::KeyRefused(_) => ("how-key-refused", "key_refused"),
        HubError::Refused { .. } => ("how-refused", "refused"),
        HubError::NotThere(_) | HubError::NotOffered => ("how-not-there", "not_there"),
        HubError::TooMany { .. } => ("how-too-many", "too_many"),
        HubError::InTrouble { .. } => ("how-in-trouble", "in_trouble"),
        HubError::NotUnderstood { .. } => ("how-not-understood", "not_understood"),
        HubError::WrongPassword(_)
        | HubError::SecondFactor(_)
        | HubError::BadRequest { .. }
        | HubError::KeyNotSendable
        | HubError::HostNotTrusted => ("how-other", "other"),
    }
}
