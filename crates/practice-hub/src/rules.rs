//! Who may do what: the Hub's side of the contract's table "who may generate a key".
//!
//! Documented: a partner needs the permission; a client with direct payment and Shared takes it back first; nobody makes
//! a key before the channel is live and running. Ours: every sentence, what a Member may do, and the refusal for partner
//! payment and Missing, for which no answer is documented.

use crate::wire::Refusal;
use crate::world::{Belongs, Channel, Client, Payer, Removal, Role, World};

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) enum Caller {
    Person(usize),
    /// The partner's API key, which may do what an Owner may.
    PartnerKey,
}

impl Caller {
    /// The role in a client; whoever has none is refused, and so is a client that does not exist.
    pub(crate) fn role_in_client(self, world: &World, client: usize) -> Result<Role, Refusal> {
        self.belongs(world)
            .find_map(|belongs| match belongs {
                Belongs::ToClient(at, role) if at == client => Some(role),
                _ => None,
            })
            .ok_or_else(Refusal::forbidden)
    }

    /// The role in the partner; whoever has none is refused, and so is a partner that does not exist.
    pub(crate) fn role_in_partner(self, world: &World, partner_id: &str) -> Result<Role, Refusal> {
        let role = match self {
            Self::PartnerKey => Some(Role::Owner),
            Self::Person(_) => self.belongs(world).find_map(|belongs| match belongs {
                Belongs::ToPartner(role) => Some(role),
                Belongs::ToClient(..) => None,
            }),
        };
        role.filter(|_| partner_id == world.partner.id).ok_or_else(Refusal::forbidden)
    }

    fn belongs(self, world: &World) -> impl Iterator<Item = Belongs> {
        let roles = match self {
            Self::Person(person) => world.nth_person(person).roles.as_slice(),
            Self::PartnerKey => &[],
        };
        roles.iter().copied()
    }
}

/// A client's Member may generate too (ours), so the role does not matter here.
pub(crate) fn client_may_generate(client: &Client, channel: &Channel) -> Result<(), Refusal> {
    running(channel)?;
    let shared = channel.live.shared;
    match (client.has_partner, client.payer) {
        (true, _) if shared => Err(Refusal::forbidden_because(
            "Your partner manages the API key of this channel. Remove the partner permission first.",
        )),
        (true, Payer::Partner) => Err(Refusal::forbidden_because(
            "Your partner pays for this channel. Ask your partner or 360dialog for an API key.",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn partner_may_generate(role: Role, channel: &Channel) -> Result<(), Refusal> {
    if role == Role::Member {
        return Err(Refusal::forbidden_because("Only an Owner of the partner may generate API keys."));
    }
    partner_may_see_keys(channel)?;
    running(channel)
}

pub(crate) fn partner_may_see_keys(channel: &Channel) -> Result<(), Refusal> {
    if channel.live.shared {
        return Ok(());
    }
    Err(Refusal::forbidden_because(
        "The client has not shared this channel with you: the partner permission is missing.",
    ))
}

pub(crate) fn client_may_change_permission(
    role: Role,
    client: &Client,
    channel: &Channel,
    to_shared: bool,
) -> Result<(), Refusal> {
    if role == Role::Member {
        return Err(Refusal::forbidden_because("Only an Owner may change the partner permission."));
    }
    if !client.has_partner {
        return Err(Refusal::wrong_payload("This client has no partner."));
    }
    if !to_shared && channel.live.shared && channel.removal == Removal::AskPartner {
        return Err(Refusal::forbidden_because("Ask your partner to remove it."));
    }
    Ok(())
}

fn running(channel: &Channel) -> Result<(), Refusal> {
    if channel.is_live_and_running() {
        return Ok(());
    }
    Err(Refusal::forbidden_because("The channel is not live and running yet."))
}
