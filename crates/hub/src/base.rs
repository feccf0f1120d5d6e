//! Where the Hub is, and which hosts may be told a secret.

use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// The Hub's base address, with `/api/v2`: https anywhere, http on this computer alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(Url);

/// 360dialog's messaging host (documented).
const MESSAGING: &str = "https://waba-v2.360dialog.io";

/// Why an address can't be the Hub's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBase {
    /// It is no address.
    #[error("this is not an address")]
    NotAnAddress,
    /// It is http, and not on this computer.
    #[error("only https is allowed, or http on this computer")]
    NotEncrypted,
    /// It carries a user name, a password, a query or a fragment.
    #[error("the address has parts that do not belong there")]
    Extras,
}

impl Base {
    /// 360dialog's own (documented).
    pub const LIVE: &str = "https://hub.360dialog.io/api/v2";

    /// 360dialog's own.
    #[expect(clippy::unreachable, reason = "the constant is an address, and a test reads it")]
    pub fn live() -> Self {
        Self::LIVE.parse().unwrap_or_else(|_| unreachable!())
    }

    /// The host, with the port where it is not the usual one.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The messaging host of keys that came without an address: 360dialog's (documented), or of a Hub on this computer
    /// the one that the practice Hub has beside it (ours).
    pub fn usual_messaging(&self) -> String {
        if !self.is_here() {
            return MESSAGING.to_owned();
        }
        let mut here = self.0.clone();
        here.set_path("/messaging");
        here.to_string()
    }

    /// Whether the Hub is on this computer.
    pub(crate) fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }

    /// An address below the base. The segments are encoded, so that no id can leave its place.
    pub(crate) fn join(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// The messaging host's address for a path, if that host may be told a key: 360dialog's over https, or this
    /// computer where the Hub itself is on this computer.
    pub(crate) fn messaging(&self, address: &str, segments: &[&str]) -> Option<Url> {
        let mut url: Url = address.parse().ok()?;
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let host = url.host_str()?;
        let three_sixty = url.scheme() == "https"
            && url.port().is_none()
            && (host == "360dialog.io" || host.ends_with(".360dialog.io"));
        let here = matches!(url.scheme(), "http" | "https") && is_loopback(&url) && self.is_here();
        if !three_sixty && !here {
            return None;
        }
        url.set_query(None);
        url.set_fragment(None);
        url.path_segments_mut().ok()?.pop_if_empty().extend(segments);
        Some(url)
    }
}

impl FromStr for Base {
    type Err = BadBase;

    fn from_str(text: &str) -> Result<Self, BadBase> {
        let url: Url = text.trim().parse().map_err(|_| BadBase::NotAnAddress)?;
        match url.scheme() {
            "https" if url.host_str().is_some() => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(BadBase::NotEncrypted),
            _ => return Err(BadBase::NotAnAddress),
        }
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(BadBase::Extras);
        }
        Ok(Self(url))
    }
}

/// Whether an address is on this computer, by its host as it is written.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hub_is_https_or_on_this_computer() {
        assert!("https://hub.360dialog.io/api/v2".parse::<Base>().is_ok());
        assert!("http://127.0.0.1:4600/api/v2".parse::<Base>().is_ok());
        assert!("http://[::1]:4600/api/v2/".parse::<Base>().is_ok());
        assert!("http://localhost/api/v2".parse::<Base>().is_ok());
        let refused = |text: &str| text.parse::<Base>().expect_err(text);
        assert_eq!(refused("http://hub.360dialog.io/api/v2"), BadBase::NotEncrypted);
        assert_eq!(refused("http://127.0.0.1.example.com/"), BadBase::NotEncrypted);
        assert_eq!(refused("file:///etc/passwd"), BadBase::NotAnAddress);
        assert_eq!(refused("hub"), BadBase::NotAnAddress);
        assert_eq!(refused("https://maria:secret@hub.360dialog.io/"), BadBase::Extras);
        assert_eq!(refused("https://hub.360dialog.io/?a=b"), BadBase::Extras);
    }

    #[test]
    fn an_id_can_t_leave_its_place_in_a_path() {
        let url = Base::live().join(&["clients", "../../token?x#y", "channels"]);
        assert_eq!(url.as_str(), "https://hub.360dialog.io/api/v2/clients/..%2F..%2Ftoken%3Fx%23y/channels");
    }

    #[test]
    fn a_key_goes_to_360dialog_alone() {
        let live = Base::live();
        let told = |address| live.messaging(address, &["health_status"]).map(String::from);
        assert_eq!(
            told("https://waba-v2.360dialog.io"),
            Some("https://waba-v2.360dialog.io/health_status".into())
        );
        for refused in [
            "http://waba-v2.360dialog.io",
            "https://waba-v2.360dialog.io.example.com",
            "https://360dialog.io@example.com",
            "https://evil360dialog.io",
            "https://waba-v2.360dialog.io:8443",
            "http://127.0.0.1:9/messaging",
            "",
        ] {
            assert_eq!(told(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_hub_on_this_computer_has_its_messaging_host_here_too() {
        let here: Base = "http://127.0.0.1:4600/api/v2".parse().expect("it is here");
        assert_eq!(here.usual_messaging(), "http://127.0.0.1:4600/messaging");
        assert_eq!(Base::live().usual_messaging(), "https://waba-v2.360dialog.io");
        let url = here.messaging("http://127.0.0.1:4600/messaging", &["v1", "configs", "webhook"]);
        assert_eq!(
            url.map(String::from).as_deref(),
            Some("http://127.0.0.1:4600/messaging/v1/configs/webhook")
        );
    }
}
