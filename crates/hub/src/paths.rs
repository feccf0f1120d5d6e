//! The one table of the Hub's paths, each with where it is known from. A path that is ours may be replaced here
//! and nowhere else.

use reqwest::Url;

use crate::base::Base;

/// `POST`: a password for a session (seen).
pub(crate) fn token(base: &Base) -> Url {
    base.join(&["token"])
}

/// `GET`: whose session this is (ours).
pub(crate) fn person(base: &Base) -> Url {
    base.join(&["users", "me"])
}

/// `GET`: a client as a whole (ours).
pub(crate) fn client(base: &Base, client: &str) -> Url {
    base.join(&["clients", client])
}

/// `GET`: a client's channels, in pages (ours).
pub(crate) fn client_channels(base: &Base, client: &str, offset: usize, limit: usize) -> Url {
    let mut url = base.join(&["clients", client, "channels"]);
    url.query_pairs_mut().append_pair("limit", &limit.to_string()).append_pair("offset", &offset.to_string());
    url
}

/// `GET`: the permissions that a client has given (ours).
pub(crate) fn partner_permissions(base: &Base, client: &str) -> Url {
    base.join(&["clients", client, "partner_permissions"])
}

/// `PUT` gives the partner the permission for a channel, `DELETE` removes it (ours).
pub(crate) fn partner_permission(base: &Base, client: &str, channel: &str) -> Url {
    base.join(&["clients", client, "channels", channel, "partner_permission"])
}

/// `POST`: a new key for a client's channel (ours, after the partner's call, which is documented).
pub(crate) fn client_api_keys(base: &Base, client: &str, channel: &str) -> Url {
    base.join(&["clients", client, "channels", channel, "api_keys"])
}

/// `GET`: the keys of a client's channel, masked (ours, after the partner's call, which was seen once).
pub(crate) fn client_key_list(base: &Base, client: &str, channel: &str) -> Url {
    client_api_keys(base, client, channel)
}

/// `GET` at the messaging host: how a key's number is (documented).
pub(crate) fn health(base: &Base, address: &str) -> Option<Url> {
    base.messaging(address, &["health_status"])
}

/// `GET` at the messaging host: where a key's number delivers its messages (seen).
pub(crate) fn webhook(base: &Base, address: &str) -> Option<Url> {
    base.messaging(address, &["v1", "configs", "webhook"])
}
