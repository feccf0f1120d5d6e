use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::json;

use channel_keys_core::channel::{ChannelId, HubStatus, Status};
use channel_keys_core::desk::ByKey;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached, ProxyFailure, Quote, Sending, Webhook};
use channel_keys_core::partner_hub::PartnerChannel;

use super::*;
use crate::desk_fixtures::{Told, desk, line};

const FORMS: [Form; 3] = [Form::Text, Form::Markdown, Form::Json];

fn two_hours(_: OffsetDateTime) -> UtcOffset {
    UtcOffset::from_hms(2, 0, 0).expect("an offset")
}

fn around() -> Around<'static> {
    Around { version: "0.1.0", host: "hub.360dialog.io", practice: false, offset: &two_hours }
}

async fn case_of(channel: PartnerChannel, shared: Result<Vec<ChannelId>, HubError>, key: &str) -> Case {
    let id = channel.channel.id.clone();
    desk(Told { channels: vec![channel], shared }, key).await.case(&id).expect("it is on the board")
}

async fn missing() -> Case {
    case_of(line("a1CH", "Front desk", "491705550101"), Ok(Vec::new()), "invented").await
}

fn refused(said: &str) -> HubError {
    HubError::Refused { status: 403, said: Quote::from_text(said) }
}

#[tokio::test]
async fn for_a_chat_it_is_plain_text_in_english() {
    assert_eq!(
        written(&missing().await, &around(), Form::Text, Language::English),
        "WhatsApp channel Front desk, +49 170 5550101

Can a key be made?
- The partner can't make an API key: the client has not shared this number.
- Next: The client gives the permission, in 360dialog's Hub, in the profile menu, under “Partner”.
- Whether the client can make an API key is not certain. Open: who pays.

What 360dialog told
- State: connected and running
- Set-up: set up (the Hub's word: “ready”)
- At 360dialog: served by 360dialog (the Hub's word: “live”)
- Running: yes
- Partner permission: Missing: the partner may not make keys for it, told 2024-10-04 00:00:00 UTC (02:00:00 +02:00), just before
- People it can write to in 24 hours: 1000
- Quality: “High”
- Read from 360dialog: 2024-10-04 00:00:00 UTC (02:00:00 +02:00), just before
- Listed by 360dialog: yes

What is not told on this side
- who pays, health and webhook

Identifiers
- Number: +49 170 5550101
- Name: Front desk
- Client: Harbour Hotel GmbH
- Channel id: a1CH
- Client id: H1CL
- Client's e-mail: m…@harbour-hotel.example
- WhatsApp Business Account: uX3BECWA
- Meta phone number id: 106540352242922
- Partner id: pT77xPA

Calls that failed
- None that is known since this desk was opened.

Made 2024-10-04 00:00:00 UTC (02:00:00 +02:00) with Channel Keys 0.1.0, at the support desk of Blue Anchor.
Hub: hub.360dialog.io
"
    );
}

#[tokio::test]
async fn a_reader_of_german_gets_it_in_german() {
    let case = case_of(
        line("a1CH", "Front desk", "491705550101"),
        Err(refused("Not for jo@blue-anchor.example")),
        "invented",
    )
    .await;

    let text = written(&case, &around(), Form::Text, Language::German);

    for said in [
        "WhatsApp-Kanal Front desk, +49 170 5550101",
        "360dialog hat nicht angegeben, ob der Partner einen API-Schlüssel erstellen kann. Offen: ob der Kunde die \
         Nummer freigegeben hat.",
        "- Nächster Schritt: Der Partner fragt die Freigaben dieses Kunden noch einmal bei 360dialog ab.",
        "- Zustand: verbunden und in Betrieb",
        "- Freigabe für den Partner: noch nicht geprüft",
        "wer bezahlt, Sendefähigkeit, Ziel der Nachrichten (Webhook) und Freigabe für den Partner",
        "2024-10-04 00:00:00 UTC (02:00:00 +02:00): GET /partners/{partner}/clients/{client}/shared_client_numbers: \
         der Hub lehnte ab. HTTP-Status 403. Der Hub sagte: „Not for j…@blue-anchor.example“",
    ] {
        assert!(text.contains(said), "{said}\nnot in\n{text}");
    }
}

#[tokio::test]
async fn what_a_kept_key_tells_is_said_with_its_age_and_is_not_called_not_told() {
    let mut case = missing().await;
    let mut by_key = ByKey::default();
    by_key.health = Fact::Told((Sending::Other("resting".into()), case.at));
    by_key.webhook = Fact::Told((Webhook { host: Some("chat.anchor.example".into()) }, case.at));
    by_key.trouble = Some(HubError::NoAnswer);
    case.line.line.by_key = Some(Box::new(by_key));

    let text = written(&case, &around(), Form::Text, Language::English);
    for said in [
        "- Health (asked with a key that lies on this computer): a word that this program does not know (the Hub's \
         word: “resting”), told 2024-10-04",
        "- Webhook (asked with a key that lies on this computer): “chat.anchor.example”, told 2024-10-04",
        "With the key that lies on this computer it could not be asked the last time: the Hub was asked and did not \
         answer.",
        "What is not told on this side\n- who pays\n",
    ] {
        assert!(text.contains(said), "{said}\nnot in\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&written(&case, &around(), Form::Json, Language::English)).expect("it is JSON");
    let at = json!({"utc": "2024-10-04T00:00:00Z", "local": "2024-10-04T02:00:00+02:00"});
    assert_eq!(
        json["by_key"],
        json!({
            "health": {"code": "other", "word": "resting", "told_at": at},
            "webhook": {"host": "chat.anchor.example", "told_at": at},
            "could_not_ask": {"how": "no_answer", "status": null, "said": null, "retry_after_seconds": null}
        })
    );
    assert_eq!(json["not_told"], json!(["payer"]));
}

#[tokio::test]
async fn for_an_engineer_it_is_json_with_fields_that_stay() {
    let storm = HubError::TooMany {
        wait: Some(std::time::Duration::from_secs(30)),
        said: Quote::from_text("slow down"),
    };
    let mut case = case_of(line("a1CH", "Front desk", "491705550101"), Err(refused("no")), "invented").await;
    case.mishaps[0].error = storm;

    let text = written(&case, &around(), Form::Json, Language::English);

    let at = json!({"utc": "2024-10-04T00:00:00Z", "local": "2024-10-04T02:00:00+02:00"});
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON"),
        json!({
            "schema": "channel-keys/diagnosis/1",
            "language": "en",
            "made_at": at,
            "app": {"name": "Channel Keys", "version": "0.1.0"},
            "hub": {"host": "hub.360dialog.io", "practice": false},
            "partner": {"id": "pT77xPA", "name": "Blue Anchor"},
            "client": {"id": "H1CL", "name": "Harbour Hotel GmbH", "email": "m…@harbour-hotel.example"},
            "channel": {
                "id": "a1CH", "name": "Front desk", "number": "+49 170 5550101", "waba_id": "uX3BECWA",
                "external_id": "106540352242922", "limit": "TIER_1K", "quality": "High", "listed": true,
                "read_at": at
            },
            "state": {
                "code": "running", "words": "connected and running", "status": "ready", "hub_status": "live",
                "running": true, "acts": "nobody"
            },
            "permission": {
                "code": "not_checked", "words": "not checked yet", "told_at": null,
                "could_not_ask": {"how": "refused", "status": 403, "said": "no", "retry_after_seconds": null}
            },
            "by_key": null,
            "verdict": {
                "partner": {
                    "can": "hub_decides", "reason": "not_told", "open": ["permission"],
                    "words": "360dialog did not say whether the partner can make an API key. Open: whether the \
                              client shared the number."
                },
                "client": {
                    "can": "hub_decides", "reason": "not_told", "open": ["permission", "payer"],
                    "words": "Whether the client can make an API key is not certain. Open: whether the client \
                              shared the number, who pays."
                },
                "next": "ask_again",
                "next_words": "The partner asks 360dialog for this client's permissions again."
            },
            "not_told": ["payer", "health", "webhook", "permission"],
            "waits_until": null,
            "failed_calls": [{
                "method": "GET", "path": "/partners/{partner}/clients/{client}/shared_client_numbers",
                "how": "too_many", "status": 429, "said": "slow down", "retry_after_seconds": 30,
                "first_at": at, "last_at": at, "in_a_row": 1, "over": false
            }]
        })
    );
}

#[tokio::test]
async fn a_time_has_the_distance_from_utc_that_held_then_and_another_day_is_named() {
    let summer = |at: OffsetDateTime| {
        UtcOffset::from_hms(if at.month() as u8 > 9 { 1 } else { 2 }, 30, 0).expect("an offset")
    };
    let around = Around { offset: &summer, ..around() };
    let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).expect("a time");
    assert_eq!(around.said(at(1_720_000_000)), "2024-07-03 09:46:40 UTC (12:16:40 +02:30)");
    assert_eq!(around.said(at(1_728_000_000 - 6_000)), "2024-10-03 22:20:00 UTC (23:50:00 +01:30)");
    assert_eq!(
        around.said(at(1_728_000_000 - 1_200)),
        "2024-10-03 23:40:00 UTC (2024-10-04 01:10:00 +01:30)"
    );
    assert!(here(at(1_720_000_000)).whole_hours().abs() <= 14);
}

#[tokio::test]
async fn nothing_that_was_not_told_is_told() {
    let mut silent = line("a1CH", "x", "1");
    silent.channel.name = Fact::NotTold;
    silent.channel.number = Fact::NotTold;
    silent.channel.status = Fact::NotTold;
    silent.channel.hub_status = Fact::NotTold;
    silent.channel.running = Fact::NotTold;
    silent.client = Fact::NotTold;
    let case = case_of(silent, Ok(Vec::new()), "invented").await;

    let text = written(&case, &around(), Form::Text, Language::English);

    assert!(text.starts_with("WhatsApp channel a1CH\n"), "{text}");
    assert!(
        !text.contains("Missing") && !text.contains("Shared") && !text.contains("Running: no\n"),
        "{text}"
    );
    assert!(text.contains("- Partner permission: not checked yet"));
    assert!(
        text.contains("who pays, health, webhook, Client id, Client, Client's e-mail, Name, Number, Set-up")
    );
}

/// Ids, and the names of the facts in each.
fn ids(catalogue: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            last = id.to_owned();
            assert!(ids.insert(last.clone(), BTreeSet::new()).is_none(), "{id} twice");
        }
        let facts = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
        ids.entry(last.clone()).or_default().extend(facts.map(str::to_owned));
    }
    ids.remove("");
    ids
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_facts_and_each_is_said() {
    let (english, german) = (ids(ENGLISH), ids(GERMAN));
    assert_eq!(english, german);
    let code = [
        include_str!("codes.rs"),
        include_str!("report.rs"),
        include_str!("json.rs"),
        include_str!("times.rs"),
    ]
    .concat();
    for id in english.keys() {
        assert!(code.contains(&format!("\"{id}\"")), "nobody says {id}");
    }
    for language in Language::ALL {
        let words = language.words();
        for id in english.keys() {
            assert!(words.say(id, &[]) != *id || ["yes", "no"].contains(&id.as_str()), "{id}");
        }
    }
}

#[test]
fn no_catalogue_says_please_or_shouts() {
    for line in ENGLISH.lines().chain(GERMAN.lines()).filter(|line| !line.starts_with('#')) {
        let line = line.to_lowercase();
        assert!(
            !["please", "simply", "bitte", "einfach", "!"].iter().any(|word| line.contains(word)),
            "{line}"
        );
    }
}

/// Every sentence of a language as it stands between its facts, where it is more than a word.
fn pieces(catalogue: &str) -> BTreeSet<String> {
    let lines =
        catalogue.lines().filter(|line| !line.starts_with('#') && !line.ends_with("->") && *line != "    }");
    let values = lines.filter_map(|line| {
        line.split_once(" = ")
            .map(|(_, value)| value)
            .or_else(|| line.split_once("] ").map(|(_, value)| value))
    });
    values
        .flat_map(|value| value.split(['{', '}']).step_by(2).map(|piece| piece.trim().to_owned()))
        .filter(|piece| piece.len() > 7 && piece.contains(' '))
        .collect()
}

#[tokio::test]
async fn no_sentence_is_in_the_other_language() {
    let (english, german) = (pieces(ENGLISH), pieces(GERMAN));
    let same: Vec<_> = english.intersection(&german).collect();
    assert!(same.is_empty(), "not translated: {same:?}");

    // Whatever is told, in each state and with each failure
    let errors = [
        HubError::NotReached(NotReached::Name),
        HubError::NotReached(NotReached::Connection),
        HubError::NotReached(NotReached::Certificate),
        HubError::NotReached(NotReached::NoCertificates),
        HubError::NotReached(NotReached::Proxy {
            failure: ProxyFailure::Refused,
            address: "proxy.office.example:3128".into(),
        }),
        HubError::NoAnswer,
        HubError::SessionEnded,
        refused("x"),
        HubError::NotThere(None),
        HubError::TooMany { wait: Some(std::time::Duration::from_secs(3)), said: None },
        HubError::InTrouble { status: 503, said: None },
        HubError::NotUnderstood { status: 200 },
    ];
    let statuses = [
        "created",
        "unverified",
        "verified",
        "ready",
        "modified",
        "new_name_requested",
        "certificate_declined",
        "error",
        "porting_ready",
        "waiting_for_migration_code",
        "quantum_flux",
    ];
    let hub_statuses = ["live", "pending_deletion", "terminated", "cancelled", "deleted", "odd"];
    let mut told = 0;
    for (at, status) in statuses.iter().enumerate() {
        for hub_status in hub_statuses {
            let mut channel = line("a1CH", "x", "491705550101");
            channel.channel.status = Fact::Told(Status::from_word(status));
            channel.channel.hub_status = Fact::Told(HubStatus::from_word(hub_status));
            let shared = match at % 3 {
                0 => Ok(vec![ChannelId("a1CH".into())]),
                1 => Ok(Vec::new()),
                _ => Err(refused("x")),
            };
            let mut case = case_of(channel, shared, "invented").await;
            let failed = desk(
                Told {
                    channels: vec![line("a1CH", "x", "1")],
                    shared: Err(errors[at % errors.len()].clone()),
                },
                "invented",
            );
            case.mishaps = failed.await.case(&ChannelId("a1CH".into())).expect("it is there").mishaps;
            for form in FORMS {
                let (en, de) = (
                    written(&case, &around(), form, Language::English),
                    written(&case, &around(), form, Language::German),
                );
                for piece in &german {
                    assert!(!en.contains(piece.as_str()), "{piece} in\n{en}");
                }
                for piece in &english {
                    assert!(!de.contains(piece.as_str()), "{piece} in\n{de}");
                }
                told += 1;
            }
        }
    }
    assert_eq!(told, statuses.len() * hub_statuses.len() * FORMS.len());
}

/// What a ticket shows of a text: the words, and every other thing that Markdown made of it.
fn as_ticket(markdown: &str) -> (String, Vec<String>) {
    let mut options = Options::all();
    options.remove(Options::ENABLE_SMART_PUNCTUATION);
    let (mut text, mut others) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::Start(
                Tag::Heading { .. } | Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong,
            ) => {}
            Event::End(_) => text.push('\n'),
            other => others.push(format!("{other:?}")),
        }
    }
    (text, others)
}

fn in_a_ticket(case: &Case) -> (String, Vec<String>) {
    as_ticket(&written(case, &around(), Form::Markdown, Language::English))
}

#[tokio::test]
async fn in_a_ticket_what_the_hub_says_is_words_and_nothing_else() {
    for name in [
        "a | b | c",
        "`rm -rf` ``x``",
        "[click](https://evil.example) ![x](y)",
        "<img src=x onerror=alert(1)> &lt; <!-- x",
        "**bold** _it_ ~~no~~ # head",
        "https://evil.example www.evil.example mailto:x",
        "1. one - two + three",
        "[^1] $x$ \\ ^up^ ==mark==",
        "line\nbreak\r\n# head\n\n---",
    ] {
        let case = case_of(line("a1CH", name, "491705550101"), Err(refused(name)), "invented").await;
        let (text, others) = in_a_ticket(&case);
        assert_eq!(others, Vec::<String>::new(), "{name}");
        let shown = case.line.line.channel.name.told().expect("told");
        assert!(text.matches(shown.as_str()).count() >= 2, "{shown} not in\n{text}");
        let markdown = written(&case, &around(), Form::Markdown, Language::English);
        assert!(!markdown.contains("https://evil") && !markdown.contains("www.evil"), "{markdown}");
    }
}

#[tokio::test]
async fn plain_text_has_no_mark_that_turns_or_hides_a_text() {
    let name = "Front\u{202e}ksed\u{2066} \u{200b}\u{feff}desk\u{7}";
    let case = case_of(line("a1CH", name, "491705550101"), Err(refused(name)), "invented").await;
    for form in FORMS {
        for language in Language::ALL {
            let text = written(&case, &around(), form, language);
            let odd = |c: char| {
                c.is_control() && c != '\n'
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            };
            assert!(!text.contains(odd), "{text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_secret_is_in_a_diagnosis_wherever_the_hub_echoes_it(
        key in "[A-Za-z0-9]{24,29}AK",
        token in "eyJ[A-Za-z0-9_-]{20,40}\\.[A-Za-z0-9_-]{20,60}\\.[A-Za-z0-9_-]{20,43}",
        partner_key in "[A-Za-z0-9_-]{12,40}",
        padding in 0_usize..240,
    ) {
        let echo = format!("{key} {token} {partner_key}");
        let said = format!("{}{echo}", "x ".repeat(padding / 2));
        let mut channel = line("a1CH", &echo, "491705550101");
        channel.channel.quality = Fact::Told(echo.clone());
        channel.channel.status = Fact::Told(Status::Other(echo));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let case = runtime.block_on(case_of(channel, Err(refused(&said)), &partner_key));
        for form in FORMS {
            for language in Language::ALL {
                let text = written(&case, &around(), form, language).replace('\\', "");
                for secret in [&key, &token, &partner_key] {
                    for part in secret.as_bytes().windows(10) {
                        let part = std::str::from_utf8(part).expect("ASCII");
                        prop_assert!(!text.contains(part), "{} in {}", part, text);
                    }
                }
            }
        }
    }

    #[test]
    fn any_text_of_the_hub_is_words_in_a_ticket(name in "\\PC{0,40}", mark in "[`*_<>\\[\\]()#|~!&:.@$^=+\\-]{1,6}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let name = format!("{mark}{name}{mark}");
        let case = runtime.block_on(case_of(line("a1CH", &name, "4917"), Err(refused(&name)), "invented"));
        let (_, others) = in_a_ticket(&case);
        prop_assert!(others.is_empty(), "{:?} of {:?}", others, name);
    }
}
