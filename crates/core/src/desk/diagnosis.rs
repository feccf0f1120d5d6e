//! What a diagnosis of a channel rests on.

use std::sync::Arc;

use time::OffsetDateTime;

use super::find::Folded;
use super::{About, Desk, LineOnBoard, Mishap};
use crate::channel::{ChannelId, HubStatus, PartnerId, Status};
use crate::fact::Fact;
use crate::hub::{HubError, Quote, Sending, Webhook};
use crate::masking::{masked, masked_quote};
use crate::partner_hub::{Caller, Pass};

/// How many failed calls a diagnosis tells (ours).
const MOST_MISHAPS: usize = 5;

/// All that this side knows of a channel at one moment, fit to be told to others: no text in it has a secret, among
/// them what opened the desk, and e-mail addresses are shortened.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The channel, and whose it is.
    pub line: LineOnBoard,
    /// Which partner's desk this is.
    pub partner: PartnerId,
    /// The partner's name.
    pub partner_name: Fact<String>,
    /// Until when the Hub asked to be left alone.
    pub waits_until: Option<OffsetDateTime>,
    /// The latest calls that failed and were about this channel, its client or all, the latest first.
    pub mishaps: Vec<Mishap>,
    /// Now.
    pub at: OffsetDateTime,
}

impl Desk {
    /// What a diagnosis of a channel rests on, where it is on the board.
    pub fn case(&self, channel: &ChannelId) -> Option<Case> {
        let Caller { partner, pass } = self.caller();
        let case = {
            let state = self.state();
            let at = state.board.position(channel)?;
            let line = state.board.on_board(at)?;
            Case {
                partner,
                partner_name: state.partner_name.clone(),
                waits_until: state.checking.seen(&state.board).waits_until,
                mishaps: state.mishaps.about(channel, line.line.client.told(), MOST_MISHAPS),
                at: self.now(),
                line,
            }
        };
        Some(match &pass {
            Pass::Session(token) => case.fit_to_tell(&[token.expose()]),
            Pass::Key(key) => case.fit_to_tell(&[key.expose()]),
        })
    }
}

impl Case {
    fn fit_to_tell(mut self, known: &[&str]) -> Self {
        let fit = |text: &mut String| *text = masked(text, known);
        let told = |fact: &mut Fact<String>| {
            if let Fact::Told(text) = fact {
                fit(text);
            }
        };
        let LineOnBoard { line, client } = &mut self.line;
        // For searching alone, and it has the same texts once more.
        line.folded = Folded::default();
        let channel = &mut line.channel;
        fit(&mut channel.id.0);
        for fact in [
            &mut channel.name,
            &mut channel.number,
            &mut channel.quality,
            &mut channel.limit,
            &mut channel.external_id,
            &mut channel.waba_id,
            &mut self.partner_name,
        ] {
            told(fact);
        }
        if let Fact::Told(Status::Other(word)) = &mut channel.status {
            fit(word);
        }
        if let Fact::Told(HubStatus::Other(word)) = &mut channel.hub_status {
            fit(word);
        }
        if let Fact::Told(id) = &mut line.client {
            fit(&mut id.0);
        }
        if let Some(by_key) = &mut line.by_key {
            if let Fact::Told((Sending::Other(word), _)) = &mut by_key.health {
                fit(word);
            }
            if let Fact::Told((Webhook { host: Some(host) }, _)) = &mut by_key.webhook {
                fit(host);
            }
            by_key.trouble = by_key.trouble.take().map(|error| quoted_fit(error, known));
        }
        if let Some(client) = client.as_mut().map(Arc::make_mut) {
            fit(&mut client.id.0);
            told(&mut client.name);
            told(&mut client.email);
            client.trouble = client.trouble.take().map(|error| quoted_fit(error, known));
        }
        fit(&mut self.partner.0);
        for mishap in &mut self.mishaps {
            mishap.error = quoted_fit(mishap.error.clone(), known);
            match &mut mishap.about {
                About::All => {}
                About::Client(id) => fit(&mut id.0),
                About::Channel(id) => fit(&mut id.0),
            }
        }
        self
    }
}

/// The same failure with a quotation that is fit to be told.
fn quoted_fit(error: HubError, known: &[&str]) -> HubError {
    let fit = |said: Option<Quote>| said.and_then(|said| Quote::from_text(&masked_quote(&said, known)));
    match error {
        HubError::WrongPassword(said) => HubError::WrongPassword(fit(said)),
        HubError::SecondFactor(said) => HubError::SecondFactor(fit(said)),
        HubError::Refused { status, said } => HubError::Refused { status, said: fit(said) },
        HubError::BadRequest { status, said } => HubError::BadRequest { status, said: fit(said) },
        HubError::NotThere(said) => HubError::NotThere(fit(said)),
        HubError::TooMany { wait, said } => HubError::TooMany { wait, said: fit(said) },
        HubError::InTrouble { status, said } => HubError::InTrouble { status, said: fit(said) },
        HubError::NotReached(_)
        | HubError::NoAnswer
        | HubError::SessionEnded
        | HubError::KeyRefused(_)
        | HubError::KeyNotSendable
        | HubError::NotOffered
        | HubError::NotUnderstood { .. }
        | HubError::HostNotTrusted => error,
    }
}
