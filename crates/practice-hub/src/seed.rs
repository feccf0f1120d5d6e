//! The small world: a handful of invented businesses that between them show every case of the contract.
//!
//! Names, numbers and addresses are made up (`.example` domains, `555` numbers).

use std::borrow::Cow;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::draw::Draw;
use crate::world::{
    Belongs, Channel, Client, ExtraWebhooks, Gap, Health, Key, Live, Partner, Payer, Person, Removal, Role,
    Waba, Webhook, World,
};

/// The parts of a world, before they are indexed; [`crate::large`] adds to them.
pub(crate) struct Parts {
    pub seed: u64,
    pub partner: Partner,
    pub clients: Vec<Client>,
    pub channels: Vec<Channel>,
    pub people: Vec<Person>,
}

/// The clients by their place in [`Parts::clients`].
const HARBOUR: usize = 0;
const AURORA: usize = 1;
const PADARIA: usize = 2;
const KIOSK: usize = 3;
const LINDNER: usize = 4;
const SAMS_BIKES: usize = 5;
const SAMS_COFFEE: usize = 6;
const NORDLICHT: usize = 7;

/// The key that a seeded channel had before anyone made one here.
pub(crate) fn earlier_key(seed: u64, channel_id: &str) -> String {
    Draw::new(seed, &format!("earlier key of {channel_id}")).api_key()
}

impl Parts {
    pub(crate) fn small(seed: u64) -> Self {
        let mut parts = Self {
            seed,
            partner: blue_anchor(seed),
            clients: clients(seed),
            channels: Vec::new(),
            people: people(seed),
        };
        parts.harbour_hotel();
        parts.clinica_aurora();
        parts.padaria_do_sol();
        parts.sams_shops();
        parts.one_channel_clients();
        parts.moebel_lindner();
        parts
    }

    pub(crate) fn into_world(self) -> World {
        World::new(self.partner, self.clients, self.channels, self.people)
    }

    /// Direct payment: Shared, Missing, not running, and a permission that the Hub does not tell.
    fn harbour_hotel(&mut self) {
        let mut front_desk = self.channel(HARBOUR, "Front desk", "493055570142");
        front_desk.live.shared = true;
        front_desk.live.webhook = Some(Webhook::to("https://wa.blue-anchor.example/hooks/front-desk"));
        self.with_earlier_key(front_desk);

        let mut restaurant = self.channel(HARBOUR, "Restaurant bookings", "493055570188");
        restaurant.live.webhook = Some(Webhook::to("https://hooks.tablewise.example/whatsapp"));
        self.with_earlier_key(restaurant);

        let mut spa = self.channel(HARBOUR, "Spa", "493055570210");
        spa.status = "verified".into();
        spa.stop();
        self.channels.push(spa);

        let mut events = self.channel(HARBOUR, "Events Lisbon", "351215550167");
        events.limit = "TIER_250";
        events.live.permission_told = false;
        self.with_earlier_key(events);
    }

    /// Partner payment: Shared and not to be removed here, Shared and removable, Missing.
    fn clinica_aurora(&mut self) {
        let mut citas = self.channel(AURORA, "Citas", "34915550131");
        citas.live.shared = true;
        citas.live.webhook = Some(Webhook::to("https://wa.blue-anchor.example/hooks/citas"));
        citas.limit = "TIER_10K";
        citas.removal = Removal::AskPartner;
        self.with_earlier_key(citas);

        let mut urgencias = self.channel(AURORA, "Urgencias", "34915550164");
        urgencias.live.shared = true;
        urgencias.live.webhook = Some(Webhook::to("https://wa.blue-anchor.example/hooks/urgencias"));
        self.with_earlier_key(urgencias);

        let laboratorio = self.channel(AURORA, "Laboratorio", "34915550198");
        self.with_earlier_key(laboratorio);
    }

    /// A direct client without a partner; one channel has extra webhooks, one is limited, one blocked.
    fn padaria_do_sol(&mut self) {
        let mut encomendas = self.channel(PADARIA, "Encomendas", "5511705550122");
        encomendas.live.webhook = Some(Webhook::to("https://pedidos.padaria-do-sol.example/whatsapp"));
        encomendas.live.extra = ExtraWebhooks {
            enabled: true,
            destinations: vec![
                ("crm".to_owned(), Webhook::to("https://crm.padaria-do-sol.example/in")),
                ("Archive".to_owned(), Webhook::to("https://archive.example/padaria-do-sol")),
            ],
        };
        self.with_earlier_key(encomendas);

        let mut balcao = self.channel(PADARIA, "Balcão", "5511705550139");
        balcao.health = Health::Limited;
        balcao.quality = "Medium";
        balcao.limit = "TIER_250";
        self.with_earlier_key(balcao);

        let mut entregas = self.channel(PADARIA, "Entregas", "5511705550173");
        entregas.health = Health::Blocked;
        entregas.quality = "Low";
        entregas.limit = "TIER_250";
        self.with_earlier_key(entregas);
    }

    fn sams_shops(&mut self) {
        let mut shop_floor = self.channel(SAMS_BIKES, "Shop floor", "447700900131");
        shop_floor.live.shared = true;
        self.with_earlier_key(shop_floor);

        let workshop = self.channel(SAMS_BIKES, "Workshop", "447700900158");
        self.with_earlier_key(workshop);

        let roastery = self.channel(SAMS_COFFEE, "Roastery", "447700900184");
        self.with_earlier_key(roastery);
    }

    /// The kiosk never had a key: its first one replaces nothing.
    fn one_channel_clients(&mut self) {
        let kiosk = self.channel(KIOSK, "Kiosk Yildiz", "491705550177");
        self.channels.push(kiosk);

        let reisebuero = self.channel(NORDLICHT, "Reisebüro", "494055570126");
        self.with_earlier_key(reisebuero);
    }

    /// Forty channels: every status word, an unknown one, every end of a channel, and every gap in what is told.
    fn moebel_lindner(&mut self) {
        for (at, &name) in LINDNER_CHANNELS.iter().enumerate() {
            let phone = format!("4921155570{:03}", 100 + 7 * at);
            let mut channel = self.channel(LINDNER, name, &phone);
            channel.live.shared = at % 3 == 0;
            match LINDNER_SPECIALS.get(at) {
                Some(special) => special.apply(&mut channel),
                None => {
                    channel.limit = match at % 3 {
                        0 => "TIER_1K",
                        1 => "TIER_10K",
                        _ => "TIER_100K",
                    }
                }
            }
            if channel.is_live_and_running() {
                self.with_earlier_key(channel);
            } else {
                self.channels.push(channel);
            }
        }
    }

    /// A channel that is ready, live and running, Missing, without key or webhook.
    #[expect(clippy::indexing_slicing, reason = "it is asked with the constants above alone")]
    fn channel(&self, client: usize, name: &str, phone: &str) -> Channel {
        let owner = &self.clients[client];
        let mut draw = Draw::new(self.seed, &format!("channel {name} of {}", owner.name));
        let mut waba = Draw::new(self.seed, &format!("waba of {}", owner.name));
        let waba = Waba { id: waba.id(6, "WA"), external_id: waba.digits(15) };
        new_channel(&mut draw, client, owner.has_partner, name.to_owned(), phone.to_owned(), waba)
    }

    fn with_earlier_key(&mut self, mut channel: Channel) {
        let plain = earlier_key(self.seed, &channel.id);
        let key_id = (201_000 + self.channels.len()).to_string();
        channel.live.key = Some(Key::of(&plain, key_id));
        self.channels.push(channel);
    }
}

impl Channel {
    fn stop(&mut self) {
        self.integration_state = "stopped";
        self.billing_started_at = None;
    }
}

pub(crate) fn new_channel(
    draw: &mut Draw,
    client: usize,
    has_partner: bool,
    name: String,
    phone: String,
    waba: Waba,
) -> Channel {
    let created = i64::from(draw.below(700));
    Channel {
        id: draw.id(6, "CH"),
        client,
        name,
        phone,
        status: Cow::Borrowed("ready"),
        hub_status: "live",
        integration_state: "running",
        limit: "TIER_1K",
        quality: "High",
        external_id: draw.digits(15),
        app_id: draw.digits(6),
        waba,
        created_at: day(created),
        modified_at: day(created + 4 + i64::from(draw.below(200))),
        billing_started_at: Some(day(created + 3)),
        cancelled_at: None,
        terminated_at: None,
        removal: Removal::Allowed,
        health: Health::Available,
        gaps: Vec::new(),
        live: Live { permission_told: has_partner, ..Live::default() },
    }
}

/// Days after the first of January 2023, at about nine in the morning, as the Hub writes a time (seen).
pub(crate) fn day(number: i64) -> String {
    let since_1970 = time::Duration::seconds(1_672_563_600 + number * 86_400 + number % 60 * 61);
    OffsetDateTime::UNIX_EPOCH.saturating_add(since_1970).format(&Rfc3339).unwrap_or_default()
}

fn blue_anchor(seed: u64) -> Partner {
    let mut draw = Draw::new(seed, "partner Blue Anchor");
    Partner {
        id: draw.id(6, "PA"),
        brand_name: "Blue Anchor".to_owned(),
        api_key: draw.letters(32),
        redirect_url: Some("https://www.blue-anchor.example/welcome".to_owned()),
        created_at: day(0),
    }
}

fn clients(seed: u64) -> Vec<Client> {
    let client = |name: &str, email: &str, payer, has_partner| Client {
        id: Draw::new(seed, &format!("client {name}")).id(8, "CL"),
        name: name.to_owned(),
        email: email.to_owned(),
        created_at: day(i64::from(Draw::new(seed, &format!("first day of {name}")).below(300))),
        payer,
        payer_told: true,
        has_partner,
    };
    let mut clients = vec![
        client("Harbour Hotel GmbH", "maria@harbour-hotel.example", Payer::Client, true),
        client("Clínica Aurora", "lucia@clinica-aurora.example", Payer::Partner, true),
        client("Padaria do Sol", "rui@padaria-do-sol.example", Payer::Client, false),
        client("Kiosk Yildiz", "ayse@kiosk-yildiz.example", Payer::Client, true),
        client("Möbel Lindner", "petra@moebel-lindner.example", Payer::Client, true),
        client("Sam's Bikes", "sam@two-shops.example", Payer::Client, true),
        client("Sam's Coffee", "office@sams-coffee.example", Payer::Client, false),
        client("Nordlicht Reisen", "nora@two-factor.example", Payer::Client, false),
    ];
    if let Some(lindner) = clients.get_mut(LINDNER) {
        lindner.payer_told = false;
    }
    clients
}

fn people(seed: u64) -> Vec<Person> {
    use Belongs::{ToClient, ToPartner};
    use Role::{Member, Owner};

    let person = |name: &str, email: &str, password: &str, roles: &[Belongs], note| Person {
        id: Draw::new(seed, &format!("person {email}")).id(6, "U"),
        name: name.to_owned(),
        email: email.to_owned(),
        password: password.to_owned(),
        second_factor: false,
        roles: roles.to_vec(),
        note,
    };
    let nora = person(
        "Nora Lund",
        "nora@two-factor.example",
        "practice-nora",
        &[ToClient(NORDLICHT, Owner)],
        "Nordlicht Reisen: a second factor is asked for, so the password alone does not sign in.",
    );
    vec![
        person(
            "Maria Koch",
            "maria@harbour-hotel.example",
            "practice-harbour",
            &[ToClient(HARBOUR, Owner)],
            "Harbour Hotel GmbH: four numbers, direct payment, partner Blue Anchor.",
        ),
        person(
            "Jonas Brandt",
            "jonas@harbour-hotel.example",
            "practice-jonas",
            &[ToClient(HARBOUR, Member)],
            "Harbour Hotel GmbH, as a Member: may make keys, may not change the partner permission.",
        ),
        person(
            "Lucía Herrera",
            "lucia@clinica-aurora.example",
            "practice-aurora",
            &[ToClient(AURORA, Owner)],
            "Clínica Aurora: the partner pays. Removing the permission is refused on Citas, allowed on Urgencias.",
        ),
        person(
            "Rui Tavares",
            "rui@padaria-do-sol.example",
            "practice-padaria",
            &[ToClient(PADARIA, Owner)],
            "Padaria do Sol: no partner. Encomendas has three webhooks, Balcão is limited, Entregas is blocked.",
        ),
        person(
            "Ayşe Yıldız",
            "ayse@kiosk-yildiz.example",
            "practice-kiosk",
            &[ToClient(KIOSK, Owner)],
            "Kiosk Yildiz: one number that never had a key.",
        ),
        person(
            "Petra Lindner",
            "petra@moebel-lindner.example",
            "practice-lindner",
            &[ToClient(LINDNER, Owner)],
            "Möbel Lindner: forty numbers in every state there is; who pays is not told.",
        ),
        person(
            "Sam Okafor",
            "sam@two-shops.example",
            "practice-sam",
            &[ToClient(SAMS_BIKES, Owner), ToClient(SAMS_COFFEE, Member)],
            "One person in two clients: Owner of Sam's Bikes, Member of Sam's Coffee.",
        ),
        Person { second_factor: true, ..nora },
        person(
            "Jo Tanner",
            "jo@blue-anchor.example",
            "practice-anchor",
            &[ToPartner(Owner)],
            "Blue Anchor, a partner: sees its clients' numbers and makes keys where the permission is Shared.",
        ),
        person(
            "Tim Reuter",
            "tim@blue-anchor.example",
            "practice-tim",
            &[ToPartner(Member)],
            "Blue Anchor, as a Member: sees everything, may not make keys.",
        ),
    ]
}

const LINDNER_CHANNELS: [&str; 40] = [
    "Küchen Düsseldorf",
    "Küchen Köln",
    "Küchen Bonn",
    "Küchen Essen",
    "Küchen Dortmund",
    "Polster Düsseldorf",
    "Polster Köln",
    "Polster Bonn",
    "Polster Essen",
    "Polster Dortmund",
    "Betten Düsseldorf",
    "Betten Köln",
    "Betten Bonn",
    "Betten Essen",
    "Betten Dortmund",
    "Leuchten",
    "Teppiche",
    "Gartenmöbel",
    "Kinderzimmer",
    "Büromöbel",
    "Badmöbel",
    "Lager Neuss",
    "Lager Ratingen",
    "Fundgrube",
    "Antiquitäten",
    "Ersatzteile",
    "Lieferung",
    "Lieferung Köln",
    "Montage",
    "Montage Köln",
    "Reklamation",
    "Kundendienst",
    "Beratung",
    "Beratung Küche",
    "Hochzeitstisch",
    "Gutscheine",
    "Restaurant Lindner",
    "Personal",
    "Einkauf",
    "Presse",
];

/// The first channels of Möbel Lindner in order; those after them are ready, live and running.
const LINDNER_SPECIALS: &[Special] = &[
    Special::Status("created", "stopped"),
    Special::Status("unverified", "stopped"),
    Special::Status("verified", "stopped"),
    Special::Status("ready", "running"),
    Special::Status("modified", "running"),
    Special::Status("imported", "stopped"),
    Special::Status("new_name_requested", "running"),
    Special::Status("certificate_declined", "stopped"),
    Special::Status("consents_signed", "stopped"),
    Special::Status("error", "stopped"),
    Special::Status("porting_ready", "stopped"),
    Special::Status("ready_for_migration", "stopped"),
    Special::Status("waiting_for_migration_code", "stopped"),
    Special::Status("migration_code_requested", "stopped"),
    Special::Status("unknown", "running"),
    Special::Status("awaiting_moonrise", "running"),
    Special::HubStatus("pending_deletion"),
    Special::HubStatus("terminated"),
    Special::HubStatus("cancelled"),
    Special::HubStatus("deleted"),
    Special::Gap(Gap::AllButId),
    Special::Gap(Gap::Null("setup_info")),
    Special::Gap(Gap::LeftOut("status")),
    Special::Gap(Gap::LeftOut("integration")),
    Special::Gap(Gap::Null("hub_status")),
    Special::Gap(Gap::LeftOut("partner_permission")),
    Special::Gap(Gap::LeftOut("current_limit")),
];

enum Special {
    Status(&'static str, &'static str),
    HubStatus(&'static str),
    Gap(Gap),
}

impl Special {
    fn apply(&self, channel: &mut Channel) {
        match *self {
            Self::Status(word, integration_state) => {
                channel.status = Cow::Borrowed(word);
                if integration_state == "running" {
                    return;
                }
                channel.stop();
            }
            Self::HubStatus(word) => {
                channel.hub_status = word;
                let ended = Some(day(1_000));
                match word {
                    "cancelled" => channel.cancelled_at = ended,
                    "terminated" | "deleted" => {
                        channel.cancelled_at = Some(day(980));
                        channel.terminated_at = ended;
                        channel.integration_state = "stopped";
                    }
                    _ => channel.cancelled_at = ended,
                }
            }
            Self::Gap(Gap::LeftOut("partner_permission")) => channel.live.permission_told = false,
            Self::Gap(gap @ Gap::AllButId) => {
                channel.live.permission_told = false;
                channel.gaps.push(gap);
            }
            Self::Gap(gap) => channel.gaps.push(gap),
        }
    }
}
