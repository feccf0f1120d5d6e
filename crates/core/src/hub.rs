//! The port to the Hub: what the application may ask, and every way an answer can fail.

use std::time::Duration;

use async_trait::async_trait;

use crate::channel::{Channel, ChannelId, Client, ClientId, PartnerId, Permission};
use crate::fact::Fact;
use crate::secret::{ApiKey, Password, SessionToken};
use crate::text;
use crate::webhook::{ExtraChange, ExtraWebhooks, WebhookSetting};

/// A route to the Hub. It first says what it can do; what it can't is done elsewhere, and no page assumes more.
#[async_trait]
pub trait Hub: Send + Sync {
    /// What this route offers.
    fn offers(&self) -> Offers;

    /// The host's name, to tell people where their password goes.
    fn host(&self) -> String;

    /// Ends the connections that are kept for the next call, of the partner's side too: the last request on each is still in
    /// memory, and what opens an account with it.
    fn close_connections(&self);

    /// Exchanges a password for a session (`POST /token`, seen).
    async fn sign_in(&self, email: &str, password: &Password) -> Result<NewSession, HubError>;

    /// Whose session it is (`GET /users/me`, ours).
    async fn person(&self, token: &SessionToken) -> Result<Person, HubError>;

    /// A client as a whole (`GET /clients/{L}`, ours).
    async fn client(&self, token: &SessionToken, client: &ClientId) -> Result<Client, HubError>;

    /// All channels of a client, over all pages (`GET /clients/{L}/channels`, ours), the permissions filled in
    /// from `GET /clients/{L}/partner_permissions` (ours) where the list does not tell them.
    async fn channels(&self, token: &SessionToken, client: &ClientId) -> Result<Listed<Channel>, HubError>;

    /// Gives the partner the permission for a channel, or removes it (`PUT` and `DELETE
    /// /clients/{L}/channels/{C}/partner_permission`, ours), and tells what holds now.
    async fn set_permission(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
        to: Permission,
    ) -> Result<Fact<Permission>, ChangeError>;

    /// Makes a key (`POST /clients/{L}/channels/{C}/api_keys`, ours), which kills every earlier one (documented).
    /// Sends the request once, whatever happens to it.
    async fn make_key(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<NewKey, ChangeError>;

    /// The keys that the Hub lists for a channel, never whole (`GET /clients/{L}/channels/{C}/api_keys`, ours, after
    /// the partner's call, which was seen once).
    async fn key_list(
        &self,
        token: &SessionToken,
        client: &ClientId,
        channel: &ChannelId,
    ) -> Result<Vec<ListedKey>, HubError>;

    /// Asks the messaging host how a key's number is (`GET /health_status`, documented). No message is sent.
    async fn health(&self, address: &str, key: &ApiKey) -> Result<Health, HubError>;

    /// Asks the messaging host where a key's number delivers its messages (`GET /v1/configs/webhook`, seen).
    async fn webhook(&self, address: &str, key: &ApiKey) -> Result<Webhook, HubError>;

    /// The same with all that is needed to set it again; none where no address is set.
    async fn webhook_setting(&self, address: &str, key: &ApiKey) -> Result<Option<WebhookSetting>, HubError>;

    /// Reads the number's extra webhooks (`GET /multi_webhook`, documented; the list's field name is ours).
    async fn extra_webhooks(&self, address: &str, key: &ApiKey) -> Result<ExtraWebhooks, HubError>;

    /// Changes the number's extra webhooks, one step at a time.
    async fn change_extra_webhooks(
        &self,
        address: &str,
        key: &ApiKey,
        change: ExtraChange<'_>,
    ) -> Result<(), ChangeError>;

    /// Sets where a number's messages are delivered (`POST /v1/configs/webhook`, seen). Setting the same twice comes to
    /// the same (ours).
    async fn set_webhook(
        &self,
        address: &str,
        key: &ApiKey,
        setting: &WebhookSetting,
    ) -> Result<(), ChangeError>;
}

/// What a route to the Hub can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offers {
    /// Making keys; where not, it is done on 360dialog's own page.
    pub make_key: bool,
}

/// A session that the Hub gave for a password.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What opens the account.
    pub token: SessionToken,
    /// How long it lasts (`expires_in`, seen: 24 hours).
    pub lasts: Fact<Duration>,
}

/// A list, read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// What could be read of it.
    pub items: Vec<T>,
    /// The Hub announced more than that.
    pub short: Option<Short>,
}

/// Fewer entries came, or could be read, than the Hub announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// How many it announced.
    pub announced: usize,
    /// How many came and could be read.
    pub came: usize,
}

impl Short {
    /// Compares what came with what was announced, where it was.
    pub fn of(announced: Option<usize>, came: usize) -> Option<Short> {
        announced.filter(|announced| came < *announced).map(|announced| Short { announced, came })
    }
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user's id, `…U` (seen).
    pub id: String,
    /// Their e-mail address.
    pub email: String,
    /// Their name, where told.
    pub name: Fact<String>,
    /// What they are, and where: one person may belong to several clients and partners.
    pub roles: Vec<Role>,
}

/// One thing that a person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Owner or member of a client.
    Client {
        /// Which.
        client: ClientId,
        /// Its name, where it was asked for and told.
        name: Fact<String>,
        /// How much they may.
        rank: Rank,
    },
    /// Owner or member of a partner.
    Partner {
        /// Which.
        partner: PartnerId,
        /// How much they may.
        rank: Rank,
    },
}

impl Role {
    /// Whether both are roles at the same client, or at the same partner.
    pub fn is_at_the_place_of(&self, other: &Role) -> bool {
        match (self, other) {
            (Role::Client { client, .. }, Role::Client { client: other, .. }) => client == other,
            (Role::Partner { partner, .. }, Role::Partner { partner: other, .. }) => partner == other,
            _ => false,
        }
    }
}

/// A person's role in an account (documented). What a member may is not documented: the Hub decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rank {
    /// Owner.
    Owner,
    /// Member.
    Member,
    /// A word that this program does not know.
    Other(String),
}

/// What the Hub answers when it has made a key.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The key, told this once.
    pub key: ApiKey,
    /// The messaging host that it is for (documented).
    pub address: Fact<String>,
    /// The key's id at the Hub (documented).
    pub hub_id: Fact<String>,
    /// Other keys in the same answer: none by the contract, and never seen.
    pub others: Vec<NewKey>,
}

/// A key as the Hub lists it: masked (seen once).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedKey {
    /// The key's id at the Hub.
    pub hub_id: Fact<String>,
    /// The four characters that tell it from others.
    pub tail: Fact<String>,
}

impl ListedKey {
    /// What tells it from other keys of its channel, if anything does.
    pub fn mark(&self) -> Option<String> {
        let told = [self.hub_id.told(), self.tail.told()].into_iter().flatten();
        // A key that is made anew may keep the id of the one before.
        told.cloned().reduce(|id, tail| format!("{id} {tail}"))
    }
}

/// What the messaging host says of a key's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The number's id at Meta: it says whose key this is (ours: it should equal the channel's `external_id`).
    pub external_id: Fact<String>,
    /// Whether it can send.
    pub sending: Fact<Sending>,
}

/// Where a number's messages are delivered. Its headers may be secrets and are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The host of the address; none where no address is set.
    pub host: Option<String>,
}

/// Whether a number can send (documented).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    /// It can.
    Available,
    /// It can, with limits.
    Limited,
    /// It can't.
    Blocked,
    /// A word that this program does not know.
    Other(String),
}

/// What the Hub itself said, fit to be quoted: cleaned as every text from outside ([`text`]), and cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    words: String,
    is_cut: bool,
}

impl Quote {
    /// The longest quotation, in characters as people count them.
    pub const LONGEST: usize = text::LONGEST_QUOTE;

    /// Cleans and caps a text; nothing where nothing is left.
    pub fn from_text(text: &str) -> Option<Quote> {
        let (words, is_cut) = text::shortened(text, Self::LONGEST);
        (!words.is_empty()).then_some(Quote { words, is_cut })
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Whether more was said than is quoted.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }
}

/// Every way in which asking the Hub can fail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// Nothing was sent: no way to the host.
    #[error("the Hub was not reached: {0:?}")]
    NotReached(NotReached),
    /// It was sent, and no whole answer came back.
    #[error("the Hub was asked and did not answer")]
    NoAnswer,
    /// E-mail or password are wrong (the form is ours).
    #[error("the Hub refused this sign-in")]
    WrongPassword(Option<Quote>),
    /// The Hub asks for a second factor (how it does that is unknown; ours).
    #[error("the Hub asks for more than a password")]
    SecondFactor(Option<Quote>),
    /// The session is over (401 on a call that carries one).
    #[error("the session is over")]
    SessionEnded,
    /// The key that the request carried is refused (401). No session is over.
    #[error("the key is refused")]
    KeyRefused(KeyOf),
    /// Nobody was asked: no header can carry the key's characters.
    #[error("the key has characters that can't be sent")]
    KeyNotSendable,
    /// The Hub did not understand this program's request for a session. Neither the password nor the person is at fault
    /// (400, documented as "Wrong payload"; which words mean it is ours).
    #[error("the Hub did not understand the request ({status})")]
    BadRequest {
        /// The HTTP status.
        status: u16,
        /// What the Hub said.
        said: Option<Quote>,
    },
    /// Not allowed (403, documented), or another answer of the 400s.
    #[error("the Hub refused ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What the Hub said.
        said: Option<Quote>,
    },
    /// No such thing, or no such path (404, documented; 405).
    #[error("the Hub does not have this")]
    NotThere(Option<Quote>),
    /// It knows the thing, so what it doesn't have is the call (the rule that tells them apart is ours).
    #[error("the Hub has no such call")]
    NotOffered,
    /// Too many requests (429, seen).
    #[error("the Hub asks to wait")]
    TooMany {
        /// How long the Hub asks to wait.
        wait: Option<Duration>,
        /// What the Hub said.
        said: Option<Quote>,
    },
    /// The Hub is in trouble itself (500s).
    #[error("the Hub is in trouble ({status})")]
    InTrouble {
        /// The HTTP status.
        status: u16,
        /// What the Hub said.
        said: Option<Quote>,
    },
    /// It answered something that is not the contract.
    #[error("the Hub's answer was not understood ({status})")]
    NotUnderstood {
        /// The HTTP status.
        status: u16,
    },
    /// A key was about to be sent to a host that is not 360dialog's over https.
    #[error("this host is not trusted with a key")]
    HostNotTrusted,
}

/// Whose key a request carried, and so who may refuse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOf {
    /// A channel's, which the messaging host takes.
    Channel,
    /// The partner's own, which the Hub takes in place of a session.
    Partner,
}

/// Why a host was not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReached {
    /// Its name was not found.
    Name,
    /// No connection.
    Connection,
    /// Its certificate is not trusted.
    Certificate,
    /// This computer has no list of whom to trust, so no certificate can be looked at.
    NoCertificates,
    /// A proxy stands between, and the way led no further.
    Proxy {
        /// What became of it there.
        failure: ProxyFailure,
        /// The proxy's host and port, without what opens it.
        address: String,
    },
}

/// What kept a proxy from letting a request through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyFailure {
    /// It can't be reached, or does not answer.
    Unreachable,
    /// It asks for a name and a password (407).
    SignIn,
    /// It refused, or answered something else.
    Refused,
}

impl HubError {
    /// The HTTP status, where it is known which.
    pub fn status(&self) -> Option<u16> {
        match self {
            HubError::Refused { status, .. }
            | HubError::BadRequest { status, .. }
            | HubError::InTrouble { status, .. }
            | HubError::NotUnderstood { status } => Some(*status),
            HubError::SessionEnded | HubError::KeyRefused(_) => Some(401),
            HubError::TooMany { .. } => Some(429),
            // 404 or 405.
            HubError::NotThere(_) | HubError::NotOffered => None,
            HubError::NotReached(_)
            | HubError::NoAnswer
            | HubError::WrongPassword(_)
            | HubError::SecondFactor(_)
            | HubError::KeyNotSendable
            | HubError::HostNotTrusted => None,
        }
    }

    /// Whether what opens an account at the Hub does not open it any more.
    pub fn locks_out(&self) -> bool {
        matches!(self, HubError::SessionEnded | HubError::KeyRefused(KeyOf::Partner))
    }

    /// Whether it may be gone a while later.
    pub fn passes(&self) -> bool {
        matches!(self, HubError::NoAnswer | HubError::TooMany { .. } | HubError::InTrouble { .. })
    }

    /// What the Hub itself said.
    pub fn said(&self) -> Option<&Quote> {
        match self {
            HubError::WrongPassword(said) | HubError::SecondFactor(said) | HubError::NotThere(said) => {
                said.as_ref()
            }
            HubError::Refused { said, .. }
            | HubError::BadRequest { said, .. }
            | HubError::TooMany { said, .. }
            | HubError::InTrouble { said, .. } => said.as_ref(),
            _ => None,
        }
    }
}

/// Why a request that changes something brought no success, and what that proves. Only [`ChangeError::Unchanged`] lets a
/// page say that everything is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Proven: nothing was sent, or the Hub itself refused.
    #[error("nothing was changed: {0}")]
    Unchanged(HubError),
    /// Nobody can tell whether it took effect.
    #[error("it may have taken effect: {0}")]
    Unknown(HubError),
}

impl ChangeError {
    /// How the request failed.
    pub fn error(&self) -> &HubError {
        match self {
            ChangeError::Unchanged(error) | ChangeError::Unknown(error) => error,
        }
    }

    /// Whether the request may have taken effect all the same.
    pub fn may_have_taken_effect(&self) -> bool {
        matches!(self, ChangeError::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_capped_and_carries_no_control_characters() {
        let said = Quote::from_text(&format!("No\u{1b}[31m way,\r\nout\u{202e} of it{}", "!".repeat(5_000)));
        let said = said.expect("something is left");
        assert!(said.as_str().starts_with("No[31m way, out of it"), "{said:?}");
        assert!(said.is_cut() && said.as_str().ends_with("!…"));
        assert_eq!(said.as_str().chars().count(), Quote::LONGEST);
    }

    #[test]
    fn silence_is_not_quoted() {
        assert_eq!(Quote::from_text(" \n\u{0} "), None);
    }
}
