//! A partner and its clients, as the partner's side tells of them.

use std::borrow::Cow;

use serde::Deserialize;

use channel_keys_core::channel::{ClientId, PartnerId};
use channel_keys_core::fact::Fact;
use channel_keys_core::partner_hub::PartnerClient;

use super::fields::{id, object, words};
use super::lists::{self, Page};

/// A page of a partner's clients (key documented); none where it is no such page.
pub(crate) fn clients_page(body: &[u8]) -> Option<Page<PartnerClient>> {
    let page: Page<ClientAnswer<'_>> = lists::page(body, &["clients"])?;
    Some(page.filter_map(|client| client.into_client(None)))
}

/// A client in a list, or beside a channel (seen).
#[derive(Default, Deserialize)]
pub(super) struct ClientAnswer<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    id: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    name: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "object")]
    contact_info: Option<ContactInfo<'a>>,
}

#[derive(Deserialize)]
struct ContactInfo<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    email: Option<Cow<'a, str>>,
}

impl ClientAnswer<'_> {
    /// A client; none where its id was not told, here or beside, or where the two differ.
    pub(super) fn into_client(self, id_beside: Option<String>) -> Option<PartnerClient> {
        let id = match (id(self.id), id_beside) {
            (Some(own), Some(beside)) if own != beside => return None,
            (own, beside) => own.or(beside)?,
        };
        Some(PartnerClient {
            id: ClientId(id),
            name: filled(self.name),
            email: filled(self.contact_info.and_then(|info| info.email)),
        })
    }
}

/// A text of blanks tells nothing.
pub(super) fn filled(text: Option<Cow<'_, str>>) -> Fact<String> {
    text.filter(|text| !text.trim().is_empty()).map(Cow::into_owned).into()
}

/// A partner's own record (documented), of which its name and the address that people come back to are read.
#[derive(Deserialize)]
pub(crate) struct PartnerAnswer<'a> {
    #[serde(default, borrow, deserialize_with = "words")]
    id: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    brand_name: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "words")]
    partner_redirect_url: Option<Cow<'a, str>>,
}

impl<'a> PartnerAnswer<'a> {
    pub(crate) fn read(body: &'a [u8]) -> Option<Self> {
        lists::one(body)
    }

    /// This record; none where it is another partner's.
    pub(crate) fn of(self, partner: &PartnerId) -> Option<Self> {
        match &self.id {
            Some(id) if *id != partner.0 => None,
            _ => Some(self),
        }
    }

    pub(crate) fn name(self) -> Fact<String> {
        filled(self.brand_name)
    }

    pub(crate) fn return_address(self) -> Fact<String> {
        filled(self.partner_redirect_url)
    }
}
