//! Secrets have types of their own. They have no `Serialize`, no `Display`, a `Debug` that says nothing,
//! and are wiped when dropped; whoever needs the text has to say [`expose`](ApiKey::expose), which is
//! easy to search for.

use secrecy::{ExposeSecret, SecretString};

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the text over. The caller's own copies are the caller's to wipe.
            pub fn new(text: impl Into<String>) -> Self {
                Self(SecretString::from(text.into()))
            }

            /// The text itself, for the one place that needs it.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    };
}

secret! {
    /// A channel's API key: whoever holds it can send and read that number's messages.
    ///
    /// It cannot be printed:
    /// ```compile_fail
    /// let key = channel_keys_core::secret::ApiKey::new("invented");
    /// println!("{key}");
    /// ```
    /// nor sent anywhere as data:
    /// ```compile_fail
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable(channel_keys_core::secret::ApiKey::new("invented"));
    /// ```
    /// while this, which differs only in what it does with the key, compiles:
    /// ```
    /// let key = channel_keys_core::secret::ApiKey::new("invented");
    /// assert_eq!(format!("{key:?}"), "ApiKey(hidden)");
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable("what is not secret");
    /// ```
    ApiKey
}

secret! {
    /// A password, for as long as signing in takes.
    ///
    /// ```compile_fail
    /// println!("{}", channel_keys_core::secret::Password::new("invented"));
    /// ```
    /// ```compile_fail
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable(channel_keys_core::secret::Password::new("invented"));
    /// ```
    Password
}

secret! {
    /// A partner's API key for the Hub (documented): whoever holds it can read all of the partner's clients and make
    /// keys for the channels that they share. It is never used for messaging.
    ///
    /// ```compile_fail
    /// println!("{}", channel_keys_core::secret::PartnerKey::new("invented"));
    /// ```
    /// ```compile_fail
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable(channel_keys_core::secret::PartnerKey::new("invented"));
    /// ```
    PartnerKey
}

secret! {
    /// What the Hub gives for a password: it opens the account for 24 hours (seen).
    ///
    /// ```compile_fail
    /// println!("{}", channel_keys_core::secret::SessionToken::new("invented"));
    /// ```
    /// ```compile_fail
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable(channel_keys_core::secret::SessionToken::new("invented"));
    /// ```
    SessionToken
}

secret! {
    /// What opens a file with a key in it. It is spoken by one person to another, and is in no file, no record and on
    /// no clipboard.
    ///
    /// ```compile_fail
    /// println!("{}", channel_keys_core::secret::Passphrase::new("invented"));
    /// ```
    /// ```compile_fail
    /// fn sendable<T: serde::Serialize>(_: T) {}
    /// sendable(channel_keys_core::secret::Passphrase::new("invented"));
    /// ```
    Passphrase
}

secret! {
    /// A secret as it lies in the keychain, whatever kind it is.
    Secret
}

macro_rules! lies_in_the_keychain {
    ($name:ident) => {
        impl From<&$name> for Secret {
            fn from(secret: &$name) -> Secret {
                Secret(secret.0.clone())
            }
        }

        impl From<Secret> for $name {
            fn from(secret: Secret) -> $name {
                $name(secret.0)
            }
        }
    };
}

lies_in_the_keychain!(ApiKey);
lies_in_the_keychain!(SessionToken);

/// How many characters of a key may be shown to tell it from another one.
const TAIL: usize = 4;

impl ApiKey {
    /// The four characters by which people tell keys apart: since all keys end in `AK` (seen), the four
    /// before it. Shorter or other keys give what there is, never more than four of at least twelve characters.
    pub fn tail(&self) -> String {
        let text = self.expose();
        let body = text.strip_suffix("AK").unwrap_or(text);
        let length = body.chars().count();
        if length < TAIL * 3 {
            return String::new();
        }
        body.chars().skip(length - TAIL).collect()
    }

    /// The same, with the `AK` behind it where there is one: how the key ends for whoever sees it.
    pub fn ending(&self) -> String {
        let tail = self.tail();
        let ends_so = !tail.is_empty() && self.expose().ends_with("AK");
        if ends_so { tail + "AK" } else { tail }
    }

    /// Whether both are the same key.
    pub fn same_as(&self, other: &ApiKey) -> bool {
        self.expose() == other.expose()
    }

    /// Reads a key as people paste it, with blanks around it; none where it can't be one. What a key looks like is
    /// seen, not documented, so only what no header could carry and what nobody would call a key is refused.
    pub fn from_pasted(text: &str) -> Option<ApiKey> {
        const LENGTHS: std::ops::RangeInclusive<usize> = 16..=512;
        let text = text.trim();
        let looks_like_one = LENGTHS.contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic());
        (looks_like_one && !text.contains("://")).then(|| ApiKey::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_recognised_by_the_four_characters_before_its_suffix() {
        assert_eq!(ApiKey::new("inventedinventedkX9pAK").tail(), "kX9p");
        assert_eq!(ApiKey::new("inventedinventedkX9p").tail(), "kX9p");
    }

    #[test]
    fn a_key_too_short_to_hide_shows_nothing_of_itself() {
        assert_eq!(ApiKey::new("shortAK").tail(), "");
        assert_eq!(ApiKey::new("").tail(), "");
    }

    #[test]
    fn a_pasted_key_loses_the_blanks_around_it_and_nothing_else() {
        let key = ApiKey::from_pasted("  inventedinventedkX9pAK\r\n").expect("a key");
        assert!(key.same_as(&ApiKey::new("inventedinventedkX9pAK")));
    }

    #[test]
    fn what_nobody_would_call_a_key_is_none() {
        let long = "k".repeat(513);
        for text in [
            "",
            "shortAK",
            "two words of a sentence",
            "https://hooks.example/whatsapp",
            "käseinventedAK12",
            &long,
        ] {
            assert!(ApiKey::from_pasted(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_a_key_is_one_word_that_a_header_can_carry(text in "\\PC{0,600}|\\s*[!-~]{10,20}\\s*") {
            if let Some(key) = ApiKey::from_pasted(&text) {
                prop_assert_eq!(key.expose(), text.trim());
                prop_assert!(key.expose().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(key.tail().len() <= TAIL);
            }
        }

        #[test]
        fn a_tail_is_never_more_than_four_characters_of_at_least_twelve(text in any::<String>()) {
            let tail = ApiKey::new(text.clone()).tail().chars().count();
            prop_assert!(tail == 0 || (tail == TAIL && text.chars().count() >= TAIL * 3));
        }
    }

    #[test]
    fn no_secret_tells_itself_when_debugged() {
        let said = format!(
            "{:?} {:?} {:?} {:?}",
            ApiKey::new("invented-key"),
            Password::new("invented-password"),
            SessionToken::new("invented-token"),
            Passphrase::new("invented words")
        );
        assert!(!said.contains("invented"), "{said}");
    }
}
