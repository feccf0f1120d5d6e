//! The large world: the small one, and many more channels of invented clients of Blue Anchor.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::draw::Draw;
use crate::seed::{Parts, day, new_channel};
use crate::world::{Client, Payer, Waba};

const MOST_CLIENTS: usize = 500;

const TRADES: [&str; 25] = [
    "Bäckerei",
    "Apotheke",
    "Autohaus",
    "Blumen",
    "Buchhandlung",
    "Café",
    "Copyshop",
    "Dental",
    "Fahrschule",
    "Fitness",
    "Friseur",
    "Gartenbau",
    "Goldschmiede",
    "Hotel",
    "Immobilien",
    "Kinderarzt",
    "Klinik",
    "Optik",
    "Physio",
    "Reisen",
    "Restaurant",
    "Schreinerei",
    "Tierarzt",
    "Weinhandel",
    "Zweirad",
];

const NAMES: [&str; 20] = [
    "Adler",
    "Birkenhof",
    "Brunner",
    "Falk",
    "Fontana",
    "Greif",
    "Hansa",
    "Kessler",
    "Lindenhof",
    "Lorenz",
    "Marten",
    "Nordstern",
    "Oliva",
    "Petersen",
    "Rosengarten",
    "Santos",
    "Schubert",
    "Sonnental",
    "Vogt",
    "Weber",
];

const DESKS: [&str; 12] = [
    "Front desk",
    "Bookings",
    "Support",
    "Orders",
    "Delivery",
    "Accounts",
    "Appointments",
    "Advice",
    "Events",
    "Returns",
    "Workshop",
    "Night desk",
];

/// Words and how often they come, in hundredths.
const STATUSES: [(&str, u32); 6] = [
    ("ready", 88),
    ("verified", 92),
    ("unverified", 95),
    ("new_name_requested", 97),
    ("error", 99),
    ("created", 100),
];

/// One stream of draws serves all of them: a stream for each would cost more than all else together.
pub(crate) fn add_channels(parts: &mut Parts, count: usize) {
    let mut draw = Draw::new(parts.seed, "large");
    let first = parts.clients.len();
    let clients = count.min(MOST_CLIENTS);
    let mut wabas = Vec::with_capacity(clients);
    let mut ids: HashSet<String> = parts.clients.iter().map(|client| client.id.clone()).collect();
    let names = NAMES.iter().flat_map(|name| TRADES.iter().map(move |trade| format!("{trade} {name}")));
    for (at, name) in names.take(clients).enumerate() {
        let mut id = draw.id(8, "CL");
        while !ids.insert(id.clone()) {
            id = draw.id(8, "CL");
        }
        wabas.push(Waba { id: draw.id(6, "WA"), external_id: draw.digits(15) });
        parts.clients.push(Client {
            id,
            name,
            email: format!("office@client-{:03}.example", at + 1),
            created_at: day(i64::from(draw.below(300))),
            payer: if draw.below(100) < 70 { Payer::Client } else { Payer::Partner },
            payer_told: true,
            has_partner: true,
        });
    }

    let mut ids: HashSet<String> = parts.channels.iter().map(|channel| channel.id.clone()).collect();
    parts.channels.reserve(count);
    // Each client has one of the first desk before any has one of the next.
    let desks = DESKS.iter().cycle().flat_map(|desk| wabas.iter().enumerate().map(move |waba| (desk, waba)));
    for (at, (desk, (client, waba))) in desks.take(count).enumerate() {
        let (client, name) = (first + client, (*desk).to_owned());
        let phone = format!("49305558{at:06}");
        let mut channel = new_channel(&mut draw, client, true, name, phone, waba.clone());
        while !ids.insert(channel.id.clone()) {
            channel.id = draw.id(6, "CH");
        }
        channel.live.shared = draw.below(100) < 70;
        let chance = draw.below(100);
        let (status, _) = STATUSES.iter().find(|(_, up_to)| chance < *up_to).unwrap_or(&STATUSES[0]);
        channel.status = Cow::Borrowed(status);
        if !matches!(*status, "ready" | "new_name_requested") {
            channel.integration_state = "stopped";
            channel.billing_started_at = None;
        }
        channel.limit = draw.word(&["TIER_250", "TIER_1K", "TIER_1K", "TIER_10K"]);
        channel.quality = draw.word(&["High", "High", "High", "Medium", "Low"]);
        parts.channels.push(channel);
    }
}
