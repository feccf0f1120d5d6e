//! Channels, as both sides of the Hub tell of them (seen).

use std::borrow::Cow;

use serde::Deserialize;

use channel_keys_core::channel::{Channel, ChannelId, HubStatus, Permission, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::partner_hub::PartnerChannel;
use channel_keys_core::text::folded;

use super::fields::{id, object, words};
use super::lists::{self, Page};
use super::partner::{ClientAnswer, filled};

/// A page of channels; none where it is no such page.
pub(crate) fn channels_page(body: &[u8]) -> Option<Page<ChannelAnswer<'_>>> {
    lists::page(body, &["client_channels", "partner_channels", "channels"])
}

#[derive(Deserialize)]
pub(crate) struct ChannelAnswer<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    id: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    status: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    hub_status: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    partner_permission: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    current_quality_rating: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    current_limit: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    external_id: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    waba_account_id: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "object")]
    setup_info: Option<SetupInfo<'a>>,
    #[serde(default, borrow, deserialize_with = "object")]
    integration: Option<Integration<'a>>,
    #[serde(default, borrow, deserialize_with = "object")]
    client: Option<ClientAnswer<'a>>,
    #[serde(default, borrow, deserialize_with = "words")]
    client_id: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct SetupInfo<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    phone_name: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    phone_number: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Integration<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    state: Option<Cow<'a, str>>,
}

impl ChannelAnswer<'_> {
    /// A channel; none where not even its id was told, since nothing could be asked of it.
    pub(crate) fn into_channel(self) -> Option<Channel> {
        let (name, number) = match self.setup_info {
            Some(info) => (info.phone_name, info.phone_number),
            None => (None, None),
        };
        Some(Channel {
            id: ChannelId(id(self.id)?),
            name: filled(name),
            number: number.as_deref().and_then(digits).into(),
            status: self.status.as_deref().map(Status::from_word).into(),
            hub_status: self.hub_status.as_deref().map(HubStatus::from_word).into(),
            running: self.integration.and_then(|it| it.state).map(|state| state == "running").into(),
            permission: permission(self.partner_permission.as_deref()),
            quality: self.current_quality_rating.map(Cow::into_owned).into(),
            limit: self.current_limit.map(Cow::into_owned).into(),
            external_id: id(self.external_id).into(),
            waba_id: id(self.waba_account_id).into(),
        })
    }

    /// The channel as its partner sees it. Who it belongs to is told twice (seen); where the two differ, it is not told.
    pub(crate) fn into_partner_channel(mut self) -> Option<PartnerChannel> {
        let client_id = id(self.client_id.take());
        let client = self.client.take().unwrap_or_default().into_client(client_id).into();
        let channel = self.into_channel()?;
        // A permission that this side's list tells is none that is known of (documented by silence).
        Some(PartnerChannel { channel: Channel { permission: Fact::NotTold, ..channel }, client })
    }
}

/// The digits of a number, as WhatsApp has them: with the country's code, which never begins with a zero. None where
/// what stands there is not clearly one, since half a number would be somebody else's.
fn digits(number: &str) -> Option<String> {
    let number = folded(number);
    let number = match number.trim().split_once('.') {
        // A table wrote it as a decimal.
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => whole,
        _ => &number,
    };
    let only_a_number = number.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (only_a_number && !digits.is_empty() && !digits.starts_with('0')).then(|| digits.to_owned())
}

fn permission(word: Option<&str>) -> Fact<Permission> {
    match word {
        Some("shared") => Fact::Told(Permission::Shared),
        Some("missing") => Fact::Told(Permission::Missing),
        _ => Fact::NotTold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(json: &str) -> Option<Channel> {
        lists::one::<ChannelAnswer<'_>>(json.as_bytes()).expect("it reads").into_channel()
    }

    #[test]
    fn a_channel_with_nothing_but_an_id_is_a_channel_of_which_nothing_is_told() {
        let bare = channel(r#"{"id":"tQ8m2ZCH"}"#).expect("a channel");
        assert_eq!(bare.name, Fact::NotTold);
        assert_eq!(bare.permission, Fact::NotTold);
        assert_eq!(bare.live_and_running(), Fact::NotTold);
    }

    #[test]
    fn fields_of_another_type_than_expected_are_not_told_and_spoil_nothing_else() {
        let odd = channel(
            r#"{"id":"tQ8m2ZCH","status":7,"setup_info":"none","integration":[],"hub_status":null,"new_field":{}}"#,
        );
        let odd = odd.expect("a channel");
        assert_eq!(odd.status, Fact::Told(Status::Other("7".into())));
        assert_eq!((odd.name, odd.running, odd.hub_status), (Fact::NotTold, Fact::NotTold, Fact::NotTold));
    }

    #[test]
    fn a_number_reads_the_same_with_and_without_its_plus() {
        let with = channel(r#"{"id":"a","setup_info":{"phone_number":"+49 30 55570142"}}"#);
        let without = channel(r#"{"id":"a","setup_info":{"phone_number":"493055570142"}}"#);
        assert_eq!(with.expect("one").number, without.expect("other").number);
    }

    #[test]
    fn a_number_in_an_odd_form_is_the_same_number_or_unknown() {
        let number = |written: &str| {
            let odd = format!(
                r#"{{"id":"a","setup_info":{{"phone_number":{written},"phone_name":"Hotel \ud83d"}}}}"#
            );
            channel(&odd).expect("a channel").number
        };
        for same in [
            "493055570142",
            "493055570142.0",
            "4.93055570142e11",
            r#""493055570142.0""#,
            r#""00493055570142""#,
            r#""+49 (30) 555-70142""#,
            r#""49.30.555.70142""#,
            r#""\u202a+49 30 55570142\u202c""#,
        ] {
            assert_eq!(number(same), Fact::Told("493055570142".into()), "{same}");
        }
        for unclear in [
            "0493055570142",
            "493055570142.5",
            "4.93055570142e300",
            "1e999",
            "-0.0",
            r#""030 55570142""#,
            r#""4.93E+11""#,
            r#""+49 30 55570142 ext. 7""#,
            r#""49305557\ud83d0142""#,
            r#""+""#,
            r#""""#,
            "true",
        ] {
            assert_eq!(number(unclear), Fact::NotTold, "{unclear}");
        }
    }

    #[test]
    fn an_unknown_permission_word_is_neither_shared_nor_missing() {
        let odd = channel(r#"{"id":"a","partner_permission":"SHARED-ISH"}"#).expect("a channel");
        assert_eq!(odd.permission, Fact::NotTold);
    }
}
