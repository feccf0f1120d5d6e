//! The calls of the desk that failed, as far back as a diagnosis tells them: which call, when, how often in a row, and
//! what the Hub said. Neither headers nor secrets are in it.

use std::collections::VecDeque;

use time::OffsetDateTime;

use crate::channel::ClientId;
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
}

impl Call {
    /// How it is asked.
    pub fn method(self) -> &'static str {
        "GET"
    }

    /// The path with names for the ids in it.
    pub fn path(self) -> &'static str {
        match self {
            Call::Partner => "/partners/{partner}",
            Call::Clients => "/partners/{partner}/clients",
            Call::Channels => "/partners/{partner}/channels",
            Call::Shared => "/partners/{partner}/clients/{client}/shared_client_numbers",
        }
    }
}

/// A call that failed, once or several times in a row in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mishap {
    /// Which call.
    pub call: Call,
    /// About which client, where it was about one.
    pub client: Option<ClientId>,
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
    fn is_of(&self, call: Call, client: Option<&ClientId>) -> bool {
        self.call == call && self.client.as_ref() == client
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
        client: Option<&ClientId>,
        came: &Result<T, HubError>,
        now: OffsetDateTime,
    ) {
        let Err(error) = came else {
            for mishap in self.0.iter_mut().filter(|mishap| mishap.is_of(call, client)) {
                mishap.over = true;
            }
            return;
        };
        let before = self.0.iter().rposition(|mishap| mishap.is_of(call, client));
        let row = before.filter(|at| !self.0[*at].over && self.0[*at].error == *error);
        let mishap = match row.and_then(|at| self.0.remove(at)) {
            Some(row) => Mishap { last: now, in_a_row: row.in_a_row.saturating_add(1), ..row },
            None => Mishap {
                call,
                client: client.cloned(),
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

    /// Those about a client and those about all, the latest first.
    pub(super) fn about(&self, client: Option<&ClientId>, most: usize) -> Vec<Mishap> {
        let about = |mishap: &&Mishap| mishap.client.is_none() || mishap.client.as_ref() == client;
        self.0.iter().rev().filter(about).take(most).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn client(id: usize) -> ClientId {
        ClientId(format!("C{id}CL"))
    }

    fn failed(error: HubError) -> Result<(), HubError> {
        Err(error)
    }

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    #[test]
    fn the_same_failure_in_a_row_is_one_and_counted_until_the_call_goes_well() {
        let mut mishaps = Mishaps::default();
        let one = client(1);
        let mut at = START;
        for came in [
            failed(HubError::NoAnswer),
            failed(HubError::NoAnswer),
            failed(HubError::SessionEnded),
            Ok(()),
            failed(HubError::SessionEnded),
        ] {
            mishaps.take(Call::Shared, Some(&one), &came, at);
            at += Duration::from_secs(1);
        }

        let told = mishaps.about(Some(&one), 9);
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
    fn another_client_s_failures_are_not_told_and_those_of_the_lists_are() {
        let mut mishaps = Mishaps::default();
        let lost = failed(HubError::NoAnswer);
        mishaps.take(Call::Channels, None, &lost, START);
        mishaps.take(Call::Shared, Some(&client(1)), &lost, START);
        mishaps.take(Call::Shared, Some(&client(2)), &lost, START);

        let calls =
            |of: Option<&ClientId>| mishaps.about(of, 9).iter().map(|mishap| mishap.call).collect::<Vec<_>>();
        assert_eq!(calls(Some(&client(1))), [Call::Shared, Call::Channels]);
        assert_eq!(calls(None), [Call::Channels]);
    }

    #[test]
    fn a_storm_over_all_clients_keeps_the_latest_and_no_more() {
        let mut mishaps = Mishaps::default();
        for at in 0..10_000 {
            mishaps.take(Call::Shared, Some(&client(at)), &failed(HubError::NoAnswer), START);
        }
        assert_eq!(mishaps.0.len(), MOST);
        assert_eq!(mishaps.about(Some(&client(9_999)), 9).len(), 1);
        assert_eq!(mishaps.about(Some(&client(1)), 9), []);
    }
}
