//! The accounts that were at work on this computer, and the session of one that wants to stay signed in.

use time::OffsetDateTime;

use crate::channel::ClientId;
use crate::records::{Owner, Realm};

/// An account that was at work here for a client: what it made and saw here is found again under this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub owner: Owner,
    /// Their e-mail address.
    pub email: String,
    /// Their name, where told.
    pub name: Option<String>,
    /// For which client.
    pub client: ClientId,
    /// The client's name, where told.
    pub client_name: Option<String>,
    /// When it was last at work.
    pub used_at: OffsetDateTime,
}

/// What is known of a session that lies in the keychain, without the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// Real or practice.
    pub realm: Realm,
    /// The Hub that gave it: it is sent nowhere else.
    pub host: String,
    /// The user's id at the Hub.
    pub user: String,
    /// For which client they were at work.
    pub client: ClientId,
    /// When the Hub ends it, where told.
    pub until: Option<OffsetDateTime>,
    /// The person signed out, and the keychain did not give it up: it is never used again.
    pub ended: bool,
}
