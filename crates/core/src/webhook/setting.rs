//! A number's webhooks, whole: the main one and the extra ones beside it. Addresses may carry a token and headers a
//! password, so all of it is a secret but hosts, names and how many headers there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use super::{Was, WasSet};
use crate::fact::Fact;
use crate::secret::Secret;
use crate::text::for_showing;

/// All webhooks of a number.
#[derive(Debug, Clone, Default)]
pub struct Webhooks {
    /// The main one (`/v1/configs/webhook`, seen); none where no address is set.
    pub main: Option<WebhookSetting>,
    /// The ones beside it.
    pub extra: ExtraWebhooks,
}

/// The extra webhooks of a number (`/multi_webhook`, documented): served only while the main one answers 200. As a
/// default: nothing is known of them.
#[derive(Debug, Clone, Default)]
pub struct ExtraWebhooks {
    /// Whether they are switched on.
    pub enabled: Fact<bool>,
    /// Those that were read, each with another name.
    pub list: Vec<ExtraWebhook>,
    /// Whether these are all: a host without such a call does not tell, nor does an entry that can't be read.
    pub complete: bool,
}

/// One of the extra webhooks.
#[derive(Debug, Clone)]
pub struct ExtraWebhook {
    /// Its name, by which it is changed: case-sensitive and unique in its number (documented).
    pub name: String,
    /// Where it delivers.
    pub setting: WebhookSetting,
}

/// One step in changing a number's extra webhooks.
#[derive(Debug, Clone, Copy)]
pub enum ExtraChange<'a> {
    /// Switches all of them on (`POST`, documented).
    Enable,
    /// Appends one (`PUT`, documented; the body's form is ours, after the one documented for `POST`).
    Append(&'a ExtraWebhook),
    /// Changes the one of this name (`PATCH`, documented; the body's form is ours).
    Change(&'a ExtraWebhook),
}

/// Where messages are delivered, with all that goes along.
#[derive(Debug, Clone)]
pub struct WebhookSetting {
    /// The host of the address, or an address that is none; cleaned and cut.
    pub host: String,
    /// How many headers go along.
    pub headers: u32,
    /// Why 360dialog refuses the address, where that is documented.
    pub refused: Option<AddressRefused>,
    whole: Secret,
}

/// Why 360dialog refuses a webhook's address (documented for all webhooks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRefused {
    /// It does not begin with https.
    NotHttps,
    /// Its host has an underscore.
    Underscore,
    /// Its host is followed by a port.
    Port,
}

/// A webhook as the messaging host takes it. Two that set the same are written alike.
#[derive(Serialize, Deserialize)]
struct Whole {
    #[serde(default)]
    headers: BTreeMap<String, String>,
    url: String,
}

/// All webhooks of a number as they lie in the keychain. Versions before the extra ones were read wrote [`Whole`].
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    main: Option<Whole>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<StoredExtra>,
}

#[derive(Serialize, Deserialize)]
struct StoredExtra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<StoredOne>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    complete: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredOne {
    name: String,
    #[serde(flatten)]
    whole: Whole,
}

impl WebhookSetting {
    /// A webhook with this address and these headers; none where the address is empty, by which none is set (ours).
    pub fn of(url: &str, headers: BTreeMap<String, String>) -> Option<Self> {
        let url = url.trim();
        let host = host_of(url)?;
        let count = u32::try_from(headers.len()).ok()?;
        let refused = AddressRefused::of(url);
        let whole = Secret::new(json(&Whole { headers, url: url.to_owned() }));
        Some(Self { host, headers: count, refused, whole })
    }

    /// Address and headers as JSON: `{"headers":{…},"url":"…"}`.
    pub fn whole(&self) -> &Secret {
        &self.whole
    }

    /// Whether both set the same.
    pub fn same_as(&self, other: &WebhookSetting) -> bool {
        self.whole.expose() == other.whole.expose()
    }

    #[expect(clippy::unreachable, reason = "it was written by `of`, in this form")]
    fn parts(&self) -> Whole {
        serde_json::from_str(self.whole.expose()).unwrap_or_else(|_| unreachable!())
    }

    fn was(&self, name: Option<&str>) -> WasSet {
        WasSet {
            name: name.map(for_showing),
            host: self.host.clone(),
            headers: self.headers,
            refused: self.refused,
        }
    }
}

impl ExtraWebhook {
    /// Its name, fit to be shown.
    pub fn shown_name(&self) -> String {
        for_showing(&self.name)
    }

    /// Name, address and headers as JSON, as the messaging host takes them.
    pub fn whole(&self) -> Secret {
        let one = StoredOne { name: self.name.clone(), whole: self.setting.parts() };
        Secret::new(json(&one))
    }
}

impl ExtraWebhooks {
    /// The one of this name.
    pub fn named(&self, name: &str) -> Option<&ExtraWebhook> {
        self.list.iter().find(|extra| extra.name == name)
    }
}

impl Webhooks {
    /// Whether none is set, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.main.is_none() && self.extra.list.is_empty()
    }

    /// What may be told of them, in their order: the main one first.
    pub fn was_at(&self, read_at: OffsetDateTime) -> Was {
        let main = self.main.iter().map(|main| main.was(None));
        let extra = self.extra.list.iter().map(|extra| extra.setting.was(Some(&extra.name)));
        Was { webhooks: main.chain(extra).collect(), complete: self.extra.complete, read_at }
    }

    /// These, and of the earlier ones those in whose place nothing is set now. Also says whether there were such.
    pub(crate) fn with_missing_of(mut self, earlier: &Webhooks) -> (Webhooks, bool) {
        let had = self.main.is_some() as usize + self.extra.list.len();
        self.main = self.main.or_else(|| earlier.main.clone());
        for extra in &earlier.extra.list {
            if self.extra.named(&extra.name).is_none() {
                self.extra.list.push(extra.clone());
                // Whether they were on before they were cleared.
                self.extra.enabled = earlier.extra.enabled;
            }
        }
        let has = self.main.is_some() as usize + self.extra.list.len();
        (self, has > had)
    }

    /// Whether each of these is set in the others just so.
    pub(crate) fn all_in(&self, others: &Webhooks) -> bool {
        let main =
            self.main.as_ref().is_none_or(|main| others.main.as_ref().is_some_and(|it| it.same_as(main)));
        let is_in = |extra: &ExtraWebhook| {
            others.extra.named(&extra.name).is_some_and(|it| it.setting.same_as(&extra.setting))
        };
        main && self.extra.list.iter().all(is_in)
    }

    /// As they lie in the keychain.
    pub(crate) fn stored(&self) -> Secret {
        let one = |extra: &ExtraWebhook| StoredOne { name: extra.name.clone(), whole: extra.setting.parts() };
        let main = self.main.as_ref().map(WebhookSetting::parts);
        let extra = StoredExtra {
            enabled: self.extra.enabled.told().copied(),
            list: self.extra.list.iter().map(one).collect(),
            complete: self.extra.complete,
        };
        let known = extra.complete || !extra.list.is_empty();
        Secret::new(json(&Stored { main, extra: known.then_some(extra) }))
    }

    /// Reads what lies in the keychain; none where it is nothing that could be set again.
    pub(crate) fn from_stored(stored: &Secret) -> Option<Webhooks> {
        let Stored { main, extra } = serde_json::from_str(stored.expose()).ok()?;
        let main = main.and_then(|main| WebhookSetting::of(&main.url, main.headers));
        let extra = extra.map(|extra| ExtraWebhooks {
            enabled: extra.enabled.into(),
            list: extra.list.into_iter().filter_map(StoredOne::into_extra).collect(),
            complete: extra.complete,
        });
        Some(Webhooks { main, extra: extra.unwrap_or_default() }).filter(|webhooks| !webhooks.is_empty())
    }
}

impl StoredOne {
    fn into_extra(self) -> Option<ExtraWebhook> {
        let setting = WebhookSetting::of(&self.whole.url, self.whole.headers)?;
        Some(ExtraWebhook { name: self.name, setting })
    }
}

impl AddressRefused {
    /// Why 360dialog refuses this address; none where it is not known to.
    pub fn of(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        if url.scheme() != "https" {
            return Some(AddressRefused::NotHttps);
        }
        if url.host_str().is_some_and(|host| host.contains('_')) {
            return Some(AddressRefused::Underscore);
        }
        // The usual port counts too, which a parsed address leaves out.
        let after_scheme = address.split_once("://").map_or("", |(_, rest)| rest);
        let authority = after_scheme.split(['/', '\\', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let after_host = host.rsplit(']').next().unwrap_or_default();
        after_host.contains(':').then_some(AddressRefused::Port)
    }
}

#[expect(clippy::unreachable, reason = "texts and lists can be written as JSON")]
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| unreachable!())
}

/// The host of an address, by which people know it, or an address that is none; cleaned and cut either way. None where
/// nothing is left.
pub fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or(address);
    Some(for_showing(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(url: &str) -> WebhookSetting {
        WebhookSetting::of(url, [("x-b".to_owned(), "invented".to_owned())].into())
            .expect("it has an address")
    }

    fn extra(name: &str, url: &str) -> ExtraWebhook {
        ExtraWebhook { name: name.into(), setting: setting(url) }
    }

    #[test]
    fn underscore_port_and_missing_https_are_known_to_be_refused() {
        for (address, refused) in [
            ("https://your_webhook.example/in", Some(AddressRefused::Underscore)),
            ("https://hooks.your_webhook.example:3000", Some(AddressRefused::Underscore)),
            ("https://hooks.example:3000/in", Some(AddressRefused::Port)),
            ("https://hooks.example:443/in", Some(AddressRefused::Port)),
            ("https://[::1]:9/", Some(AddressRefused::Port)),
            ("http://hooks.example/in", Some(AddressRefused::NotHttps)),
            ("https://hooks.example/in_tray:3000?to=a_b:1#c:2", None),
            ("https://maria:invented@hooks.example/", None),
            ("https://[::1]/", None),
            ("HTTPS://HOOKS.example/", None),
            ("not an address", None),
        ] {
            assert_eq!(AddressRefused::of(address), refused, "{address}");
        }
    }

    #[test]
    fn webhooks_come_back_from_the_keychain_as_they_were_put() {
        let all = Webhooks {
            main: Some(setting("https://main.example/in?t=invented")),
            extra: ExtraWebhooks {
                enabled: Fact::Told(true),
                list: vec![extra("crm", "https://crm.example"), extra("CRM", "https://two.example")],
                complete: true,
            },
        };
        let none_main = Webhooks { main: None, ..all.clone() };
        let not_known = Webhooks { extra: ExtraWebhooks::default(), ..all.clone() };

        for webhooks in [all, none_main, not_known] {
            let stored = webhooks.stored();
            let back = Webhooks::from_stored(&stored).expect("it is read");
            assert!(webhooks.all_in(&back) && back.all_in(&webhooks), "{}", stored.expose());
            assert_eq!(back.extra.enabled, webhooks.extra.enabled);
            assert_eq!(back.extra.complete, webhooks.extra.complete);
        }
    }

    #[test]
    fn a_webhook_stored_by_an_earlier_version_is_read() {
        let old = Secret::new(
            r#"{"headers":{"Authorization":"invented"},"url":"https://main.example/in?t=invented"}"#,
        );

        let webhooks = Webhooks::from_stored(&old).expect("it is read");

        let main = webhooks.main.expect("it is set");
        assert_eq!((main.host.as_str(), main.headers), ("main.example", 1));
        assert_eq!(main.whole().expose(), old.expose());
        assert!(!webhooks.extra.complete, "nothing was read of the extra ones then");
    }

    #[test]
    fn one_webhook_and_no_extra_ones_take_little_more_room_than_before() {
        let one = Webhooks {
            main: Some(setting("https://main.example/in")),
            extra: ExtraWebhooks { complete: true, ..ExtraWebhooks::default() },
        };
        assert_eq!(
            one.stored().expose(),
            r#"{"headers":{"x-b":"invented"},"url":"https://main.example/in","extra":{"complete":true}}"#
        );
    }

    #[test]
    fn what_lies_in_the_keychain_and_is_no_webhook_is_none() {
        for odd in ["", "{}", "[]", "null", r#"{"url":""}"#, r#"{"url":7}"#, "<html>"] {
            assert!(Webhooks::from_stored(&Secret::new(odd)).is_none(), "{odd}");
        }
    }

    #[test]
    fn a_webhook_is_not_told_where_it_may_be_logged() {
        let told = format!("{:?}", extra("crm", "https://crm.example/in?t=invented"));
        assert!(!told.contains("invented") && !told.contains("/in"), "{told}");
    }
}
