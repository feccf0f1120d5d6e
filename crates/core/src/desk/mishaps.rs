//! The calls of the desk that failed, as far back as a diagnosis tells them: which call, when, how often in a row, and
//! what the Hub said. Neither headers nor secrets are in it.

use std::collections::VecDeque;

use time::OffsetDateTime;

use super::Desk;
use crate::channel::{ChannelId, ClientId};
use crate::hub::HubError;

/// How many are remembered (ours).
const MOST: usize = 200;

/// A call of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The partner's own record.
    Partner,
    /// The list of clients.
    Clients,
    /// A piece of the list of channels.
    Channels,
    /// Which of a client's channels are shared.
    Shared,
    /// One channel.
    Channel,
    /// The keys that are listed for a channel.
    Keys,
    /// A new key.
    MakeKey,
}

impl Call {
    /// How it is asked.
    pub fn method(self) -> &'static str {
        match self {
            Call::MakeKey => "POST",
            Call::Partner | Call::Clients | Call::Channels | Call::Shared | Call::Channel | Call::Keys => {
                "GET"
            }
        }
    }

    /// The path with names for the ids in it.
    pub fn path(self) -> &'static str {
        match self {
            Call::Partner => "/partners/{partner}",
            Call::Clients => "/partners/{partner}/clients",
            Call::Channels => "/partners/{partner}/channels",
            Call::Shared => "/partners/{partner}/clients/{client}/shared_client_numbers",
            Call::Channel => "/partners/{partner}/channels/{channel}",
            Call::Keys | Call::MakeKey => "/partners/{partner}/channels/{channel}/api_keys",
        }
    }
}

/// What a call was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Everything that the partner has.
    All,
    /// A client and its channels.
    Client(ClientId),
    /// One channel.
    Channel(ChannelId),
}

/// A call that failed, once or several times in a row in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mishap {
    /// Which call.
    pub call: Call,
    /// What it was about.
    pub about: About,
    /// How it failed.
    pub error: HubError,
    /// When it did so first.
    pub first: OffsetDateTime,
    /// When it last did.
    pub last: OffsetDateTime,
    /// How often in a row.
    pub in_a_row: u32,
    /// The same call went well since.
    pub over: bool,
}

impl Mishap {
    fn is_of(&self, call: Call, about: &About) -> bool {
        self.call == call && self.about == *about
    }

    fn concerns(&self, channel: &ChannelId, client: Option<&ClientId>) -> bool {
        match &self.about {
            About::All => true,
            About::Client(about) => Some(about) == client,
            About::Channel(about) => about == channel,
        }
    }
}

/// The latest ones, the oldest first.
#[derive(Default)]
pub(super) struct Mishaps(VecDeque<Mishap>);

impl Mishaps {
    /// Takes note of what came of a call.
    pub(super) fn take<T>(
        &mut self,
        call: Call,
        about: &About,
        came: &Result<T, HubError>,
        now: OffsetDateTime,
    ) {
        let Err(error) = came else {
            for mishap in self.0.iter_mut().filter(|mishap| mishap.is_of(call, about)) {
                mishap.over = true;
            }
            return;
        };
        let before = self.0.iter().rposition(|mishap| mishap.is_of(call, about));
        let goes_on = |at: &usize| self.0.get(*at).is_some_and(|row| !row.over && row.error == *error);
        let mishap = match before.filter(goes_on).and_then(|at| self.0.remove(at)) {
            Some(row) => Mishap { last: now, in_a_row: row.in_a_row.saturating_add(1), ..row },
            None => Mishap {
                call,
                about: about.clone(),
                error: error.clone(),
                first: now,
                last: now,
                in_a_row: 1,
                over: false,
            },
        };
        self.0.push_back(mishap);
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    /// Those about a channel, about its client, and about all, the latest first.
    pub(super) fn about(&self, channel: &ChannelId, client: Option<&ClientId>, most: usize) -> Vec<Mishap> {
        self.0.iter().rev().filter(|mishap| mishap.concerns(channel, client)).take(most).cloned().collect()
    }
}

impl Desk {
    /// Takes note of what came of a call, and gives it back.
    pub(super) fn noted<T>(
        &self,
        call: Call,
        about: About,
        came: Result<T, HubError>,
    ) -> Result<T, HubError> {
        let now = self.now();
        self.state().mishaps.take(call, &about, &came, now);
        came
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn client(id: usize) -> ClientId {
        ClientId(format!("C{id}CL"))
    }

    fn about(id: usize) -> About {
        About::Client(client(id))
    }

    fn channel(id: &str) -> ChannelId {
        ChannelId(id.into())
    }

    fn failed(error: HubError) -> Result<(), HubError> {
        Err(error)
    }

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    #[test]
    fn the_same_failure_in_a_row_is_one_and_counted_until_the_call_goes_well() {
        let mut mishaps = Mishaps::default();
        let mut at = START;
        for came in [
            failed(HubError::NoAnswer),
            failed(HubError::NoAnswer),
            failed(HubError::SessionEnded),
            Ok(()),
            failed(HubError::SessionEnded),
        ] {
            mishaps.take(Call::Shared, &about(1), &came, at);
            at += Duration::from_secs(1);
        }

        let told = mishaps.about(&channel("a1CH"), Some(&client(1)), 9);
        let rows: Vec<_> =
            told.iter().map(|it| (it.error.clone(), it.in_a_row, it.over, it.last - it.first)).collect();
        assert_eq!(
            rows,
            [
                (HubError::SessionEnded, 1, false, time::Duration::ZERO),
                (HubError::SessionEnded, 1, true, time::Duration::ZERO),
                (HubError::NoAnswer, 2, true, time::Duration::SECOND),
            ]
        );
    }

    #[test]
    fn failures_of_another_channel_or_client_are_not_told_and_those_of_the_lists_are() {
        let mut mishaps = Mishaps::default();
        let lost = failed(HubError::NoAnswer);
        mishaps.take(Call::Channels, &About::All, &lost, START);
        mishaps.take(Call::Shared, &about(1), &lost, START);
        mishaps.take(Call::Shared, &about(2), &lost, START);
        mishaps.take(Call::Keys, &About::Channel(channel("a1CH")), &lost, START);

        let calls = |id: &str, of: Option<&ClientId>| {
            mishaps.about(&channel(id), of, 9).iter().map(|mishap| mishap.call).collect::<Vec<_>>()
        };
        assert_eq!(calls("a1CH", Some(&client(1))), [Call::Keys, Call::Shared, Call::Channels]);
        assert_eq!(calls("a2CH", Some(&client(1))), [Call::Shared, Call::Channels]);
        assert_eq!(calls("a2CH", None), [Call::Channels]);
    }

    #[test]
    fn a_storm_over_all_clients_keeps_the_latest_and_no_more() {
        let mut mishaps = Mishaps::default();
        for at in 0..10_000 {
            mishaps.take(Call::Shared, &about(at), &failed(HubError::NoAnswer), START);
        }
        assert_eq!(mishaps.0.len(), MOST);
        assert_eq!(mishaps.about(&channel("a1CH"), Some(&client(9_999)), 9).len(), 1);
        assert_eq!(mishaps.about(&channel("a1CH"), Some(&client(1)), 9), []);
    }
}
