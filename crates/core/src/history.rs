//! What was done on this computer, by which account, and with which result. Never a secret.

use time::OffsetDateTime;

use crate::channel::ChannelId;
use crate::records::Owner;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Counts up; given by the records when it is written.
    pub id: i64,
    /// When.
    pub at: OffsetDateTime,
    /// By which account.
    pub owner: Owner,
    /// The account's e-mail address.
    pub by: String,
    /// What.
    pub what: What,
    /// With which result.
    pub ended: Ended,
    /// For which client, by name.
    pub client_name: Option<String>,
    /// What it was about, where it was about a number.
    pub about: Option<About>,
}

/// The number that something was about, as it was then, and the key, where it was about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The channel.
    pub channel: ChannelId,
    /// Its name.
    pub channel_name: Option<String>,
    /// Its number, in digits.
    pub number: Option<String>,
    /// The key's name.
    pub label: Option<String>,
    /// The four characters that tell the key from others.
    pub tail: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// The word under which it is stored.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// Reads the stored word.
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What was done.
    pub enum What {
        /// Signed in.
        SignedIn = "signed_in",
        /// Signed out.
        SignedOut = "signed_out",
        /// Gave the partner the permission.
        PermissionGiven = "permission_given",
        /// Removed the permission.
        PermissionRemoved = "permission_removed",
        /// The permission was given on 360dialog's own page, as far as the Hub told.
        PermissionGivenThere = "permission_given_there",
        /// It was removed there.
        PermissionRemovedThere = "permission_removed_there",
        /// Asked for a key.
        KeyMade = "key_made",
        /// Looked for a key that was being made when the program stopped.
        KeyRecovered = "key_recovered",
        /// Pasted a key.
        KeyPasted = "key_pasted",
        /// Opened a file with a key in it.
        KeyOpened = "key_opened",
        /// Kept a key under a name.
        KeyKept = "key_kept",
        /// Looked at a key.
        KeyShown = "key_shown",
        /// Copied a key.
        KeyCopied = "key_copied",
        /// Saved a key as a locked file, to hand it over.
        KeySaved = "key_saved",
        /// Tested a key.
        KeyTested = "key_tested",
        /// The program looked by itself whether a key works, and found it otherwise than before.
        KeyChecked = "key_checked",
        /// Gave a key another name.
        KeyRenamed = "key_renamed",
        /// Let a key go.
        KeyLetGo = "key_let_go",
        /// Handed a key over to the client for which it was made.
        KeyHandedOver = "key_handed_over",
        /// Set a webhook as it was before the key was replaced.
        WebhookSet = "webhook_set",
    }
}

words! {
    /// With which result.
    pub enum Ended {
        /// It was done.
        Done = "done",
        /// It was refused.
        Refused = "refused",
        /// It did not come about.
        NotDone = "not_done",
        /// Nobody can tell.
        Unknown = "unknown",
        /// It turned out to be for another number.
        OtherNumber = "other_number",
    }
}
