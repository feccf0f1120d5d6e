//! The proxy between this computer and the Hub, where there is one: named by the environment or by the system's
//! settings, as the HTTP client reads them.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use channel_keys_core::hub::ProxyFailure;

use crate::base::is_loopback;

/// The host and port of the proxy through which an address is asked, without the credentials; none where it is asked
/// directly. What is on this computer never has one.
pub(crate) fn on_the_way_to(url: &Url) -> Option<String> {
    if is_loopback(url) {
        return None;
    }
    let proxy = Matcher::from_system().intercept(&url.as_str().parse().ok()?)?;
    proxy.uri().authority().map(|authority| authority.to_string())
}

/// What failed at a proxy, by hyper-util's words: it keeps the types of these errors private. None where the error is
/// of something else.
pub(crate) fn failure(words: &str) -> Option<ProxyFailure> {
    let what = words.strip_prefix("tunnel error: ").or_else(|| words.strip_prefix("SOCKS error: "))?;
    Some(match what {
        "failed to create underlying connection" => ProxyFailure::Unreachable,
        "proxy authorization required"
        | "credentials not accepted"
        | "server does not support user/pass authentication"
        | "server implements authentication incorrectly" => ProxyFailure::SignIn,
        _ => ProxyFailure::Refused,
    })
}
