//! From what a person ticked to what changes: the same as each call of the API would change, in one step.

use std::collections::HashSet;

use super::form::Form;
use super::visit::Seat;
use crate::hub::Hub;
use crate::rules;
use crate::wire::Refusal;
use crate::world::Live;

/// What a person chose.
pub(super) struct Choice<'a> {
    all: bool,
    ticked: HashSet<&'a str>,
    /// What was ticked when the page was made. Only what a person saw as given, and unticked, is taken back.
    shown_shared: HashSet<&'a str>,
}

impl<'a> Choice<'a> {
    pub(super) fn of(form: &'a Form) -> Self {
        Self {
            all: form.one("which") == "all",
            ticked: form.all("channel").into_iter().collect(),
            shown_shared: form.all("shared").into_iter().collect(),
        }
    }
}

/// What changed, by the ids of the channels.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    pub given: Vec<String>,
    pub revoked: Vec<String>,
}

/// Why nothing changed.
pub(super) enum NotChanged {
    /// A number is none of this client's.
    NotTheirs,
    /// The Hub refuses these numbers, by channel id.
    Refused(Vec<(String, Refusal)>),
    /// The Hub refuses the whole.
    Failed(Refusal),
}

/// Changes all that was chosen, or nothing.
pub(super) fn carry_out(hub: &mut Hub, seat: Seat, choice: &Choice<'_>) -> Result<Changed, NotChanged> {
    let world = &hub.world;
    let client = world.nth_client(seat.client);
    let theirs: HashSet<&str> = world.channels_of(seat.client).map(|channel| &*channel.id).collect();
    if choice.ticked.iter().chain(&choice.shown_shared).any(|id| !theirs.contains(id)) {
        return Err(NotChanged::NotTheirs);
    }
    let (mut changed, mut lives, mut refused) = (Changed::default(), Vec::new(), Vec::new());
    for channel in world.channels_of(seat.client) {
        let id = channel.id.as_str();
        let wanted = choice.all || choice.ticked.contains(id);
        let is_change = if wanted {
            !channel.live.shared
        } else {
            channel.live.shared && choice.shown_shared.contains(id)
        };
        if !is_change {
            continue;
        }
        if let Err(refusal) = rules::client_may_change_permission(seat.role, client, channel, wanted) {
            refused.push((id.to_owned(), refusal));
            continue;
        }
        let ids = if wanted { &mut changed.given } else { &mut changed.revoked };
        ids.push(id.to_owned());
        let live = Live { shared: wanted, permission_told: true, ..channel.live.clone() };
        lives.extend(world.channel_at(id).map(|at| (at, live)));
    }
    if !refused.is_empty() {
        return Err(NotChanged::Refused(refused));
    }
    if !lives.is_empty() {
        hub.commit_all(lives).map_err(NotChanged::Failed)?;
    }
    Ok(changed)
}
