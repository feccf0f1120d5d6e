//! The one table of the Hub's paths, each with where it is known from. A path that is ours may be replaced here
//! and nowhere else.

use reqwest::Url;

use crate::base::Base;

/// Entries of a list asked for at once: the Hub's own default (seen).
pub(crate) const PAGE: usize = 1_000;

/// A piece of a list (`limit` and `offset`, documented).
fn piece(mut list: Url, offset: usize, limit: usize) -> Url {
    list.query_pairs_mut()
        .append_pair("limit", &limit.to_string())
        .append_pair("offset", &offset.to_string());
    list
}

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
pub(crate) fn client_channels(base: &Base, client: &str, offset: usize) -> Url {
    piece(base.join(&["clients", client, "channels"]), offset, PAGE)
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

/// `GET`: a partner's own record (documented).
pub(crate) fn partner(base: &Base, partner: &str) -> Url {
    base.join(&["partners", partner])
}

/// `GET`: a partner's clients, in pages (documented).
pub(crate) fn partner_clients(base: &Base, partner: &str, offset: usize) -> Url {
    piece(base.join(&["partners", partner, "clients"]), offset, PAGE)
}

/// `GET`: the channels of all clients of a partner, in pages (documented).
pub(crate) fn partner_channels(base: &Base, partner: &str, offset: usize) -> Url {
    piece(base.join(&["partners", partner, "channels"]), offset, PAGE)
}

/// `GET`: one channel of a partner's client (seen).
pub(crate) fn partner_channel(base: &Base, partner: &str, channel: &str) -> Url {
    base.join(&["partners", partner, "channels", channel])
}

/// `POST`: a new key for a channel, on its client's behalf (documented).
pub(crate) fn partner_api_keys(base: &Base, partner: &str, channel: &str) -> Url {
    base.join(&["partners", partner, "channels", channel, "api_keys"])
}

/// `GET`: the keys of a channel, masked (seen once).
pub(crate) fn partner_key_list(base: &Base, partner: &str, channel: &str) -> Url {
    partner_api_keys(base, partner, channel)
}

/// `GET`: which of a client's channels are shared with the partner (documented).
pub(crate) fn shared_client_numbers(base: &Base, partner: &str, client: &str) -> Url {
    base.join(&["partners", partner, "clients", client, "shared_client_numbers"])
}

/// `GET`: the same in one piece of so many (ours: whether this list knows pages is not documented).
pub(crate) fn most_shared_client_numbers(base: &Base, partner: &str, client: &str, limit: usize) -> Url {
    piece(shared_client_numbers(base, partner, client), 0, limit)
}

/// `GET` at the messaging host: how a key's number is (documented).
pub(crate) fn health(base: &Base, address: &str) -> Option<Url> {
    base.messaging(address, &["health_status"])
}

/// `GET` at the messaging host: the extra webhooks of a key's number; `POST` switches them on and off, `PUT` appends one,
/// `PATCH` changes one (documented).
pub(crate) fn extra_webhooks(base: &Base, address: &str) -> Option<Url> {
    base.messaging(address, &["multi_webhook"])
}

/// `GET` at the messaging host: where a key's number delivers its messages; `POST` sets it (seen).
pub(crate) fn webhook(base: &Base, address: &str) -> Option<Url> {
    base.messaging(address, &["v1", "configs", "webhook"])
}
