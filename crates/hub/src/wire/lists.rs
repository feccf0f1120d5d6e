//! Lists, in pages: read in one pass, in which one odd entry hides no other.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::fields::{count, object};
use super::json;

/// A page of a list: `total` counts all matches (seen).
pub(crate) struct Page<T> {
    pub(crate) total: Option<usize>,
    /// Those that could be read.
    pub(crate) items: Vec<T>,
    /// How many there were, read or not.
    pub(crate) entries: usize,
}

impl<T> Page<T> {
    /// A page of what can be made of the items.
    pub(crate) fn filter_map<U>(self, make: impl FnMut(T) -> Option<U>) -> Page<U> {
        let items = self.items.into_iter().filter_map(make).collect();
        Page { total: self.total, items, entries: self.entries }
    }
}

/// Reads a page whose list stands under one of the keys; none where there is no such list, or more than one.
pub(crate) fn page<'a, T: Deserialize<'a>>(body: &'a [u8], keys: &'static [&'static str]) -> Option<Page<T>> {
    let mut reading = serde_json::Deserializer::from_slice(body);
    let read = PageUnder(keys, PhantomData).deserialize(&mut reading);
    match read.and_then(|page| reading.end().map(|()| page)) {
        Ok(page) => Some(page),
        Err(_) => PageUnder(keys, PhantomData).deserialize(json::mended(body)?).ok(),
    }
}

/// Reads one object, with the same care.
pub(crate) fn one<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Option<T> {
    json::read(body).and_then(|Entry(read)| read)
}

struct PageUnder<T>(&'static [&'static str], PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for PageUnder<T> {
    type Value = Page<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Page<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageUnder<T> {
    type Value = Page<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Page<T>, A::Error> {
        let (mut total, mut failed) = (None, false);
        let mut list: Option<Entries<T>> = None;
        while let Some(Key(key)) = fields.next_key()? {
            if self.0.contains(&&*key) {
                if list.replace(fields.next_value()?).is_some() {
                    return Err(A::Error::custom("two lists"));
                }
            } else if key == "total" {
                total = fields.next_value::<Total>()?.0;
            } else if matches!(&*key, "meta" | "error") {
                failed |= fields.next_value::<SaysFailed>()?.0;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        let Entries { items, entries } = list.ok_or_else(|| A::Error::custom("no list"))?;
        // An empty list beside a trouble does not say that there is none.
        if failed && entries == 0 {
            return Err(A::Error::custom("no list"));
        }
        Ok(Page { total, items, entries })
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Total(#[serde(deserialize_with = "count")] Option<usize>);

/// Whether something beside a list says that it failed.
struct SaysFailed(bool);

impl<'de> Deserialize<'de> for SaysFailed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = Value::deserialize(deserializer)?;
        Ok(SaysFailed(match said.get("success") {
            Some(success) => success == false,
            None => said.is_string() || said.get("message").is_some(),
        }))
    }
}

struct Entries<T> {
    items: Vec<T>,
    entries: usize,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EachEntry(PhantomData))
    }
}

struct EachEntry<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EachEntry<T> {
    type Value = Entries<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entries<T>, A::Error> {
        let (mut items, mut entries) = (Vec::new(), 0);
        while let Some(Entry(item)) = list.next_element()? {
            items.extend(item);
            entries += 1;
        }
        Ok(Entries { items, entries })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct Entry<T>(#[serde(deserialize_with = "object")] Option<T>);
