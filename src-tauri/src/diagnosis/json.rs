//! A diagnosis for an engineer. What its fields mean is in `docs/diagnosis.md`; a field whose meaning changes raises the
//! number in `schema`.

use serde::Serialize;
use time::OffsetDateTime;

use channel_keys_core::access::Verdict;
use channel_keys_core::channel::{HubStatus, Status};
use channel_keys_core::desk::{Case, Mishap};
use channel_keys_core::hub::{HubError, Sending};

use super::report::LineFacts;
use super::{Around, Language, codes};
use crate::numbers;

const SCHEMA: &str = "channel-keys/diagnosis/1";

#[derive(Serialize)]
struct Diagnosis<'a> {
    schema: &'static str,
    language: &'static str,
    made_at: At,
    app: App<'a>,
    hub: Hub<'a>,
    partner: Named<'a>,
    client: Client<'a>,
    channel: Channel<'a>,
    state: State<'a>,
    permission: Told,
    by_key: Option<Asked>,
    verdict: Verdicts,
    not_told: Vec<&'static str>,
    waits_until: Option<At>,
    failed_calls: Vec<Failed>,
}

#[derive(Serialize)]
struct At {
    utc: String,
    local: String,
}

#[derive(Serialize)]
struct App<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct Hub<'a> {
    host: &'a str,
    practice: bool,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: Option<&'a String>,
}

#[derive(Serialize)]
struct Client<'a> {
    id: Option<&'a String>,
    name: Option<&'a String>,
    email: Option<&'a String>,
}

#[derive(Serialize)]
struct Channel<'a> {
    id: &'a str,
    name: Option<&'a String>,
    number: Option<String>,
    waba_id: Option<&'a String>,
    external_id: Option<&'a String>,
    limit: Option<&'a String>,
    quality: Option<&'a String>,
    listed: bool,
    read_at: At,
}

#[derive(Serialize)]
struct State<'a> {
    code: &'static str,
    words: String,
    status: Option<&'a str>,
    hub_status: Option<&'a str>,
    running: Option<bool>,
    acts: &'static str,
}

#[derive(Serialize)]
struct Told {
    code: &'static str,
    words: String,
    told_at: Option<At>,
    could_not_ask: Option<How>,
}

#[derive(Serialize)]
struct Asked {
    health: Option<Health>,
    webhook: Option<Delivered>,
    could_not_ask: Option<How>,
}

#[derive(Serialize)]
struct Health {
    code: &'static str,
    word: Option<String>,
    told_at: At,
}

#[derive(Serialize)]
struct Delivered {
    host: Option<String>,
    told_at: At,
}

#[derive(Serialize)]
struct Verdicts {
    partner: OneVerdict,
    client: OneVerdict,
    next: &'static str,
    next_words: String,
}

#[derive(Serialize)]
struct OneVerdict {
    can: &'static str,
    reason: &'static str,
    open: Vec<&'static str>,
    words: String,
}

#[derive(Serialize)]
struct How {
    how: &'static str,
    status: Option<u16>,
    said: Option<String>,
    retry_after_seconds: Option<u64>,
}

#[derive(Serialize)]
struct Failed {
    method: &'static str,
    path: &'static str,
    #[serde(flatten)]
    how: How,
    first_at: At,
    last_at: At,
    in_a_row: u32,
    over: bool,
}

pub(super) fn of(case: &Case, around: &Around<'_>, language: Language) -> String {
    let words = language.words();
    let at = |at: OffsetDateTime| {
        let (utc, local) = around.written(at);
        At { utc, local }
    };
    let (line, channel) = (&case.line.line, &case.line.line.channel);
    let LineFacts { client_id, client_name, client_email } = LineFacts::of(case);
    let (permission, permission_code) = codes::permission(line.check.permission());
    let partner = case.line.verdict();
    let (next, next_code) = codes::next(&partner);
    let (actor, actor_code) = codes::actor_words(codes::actor(channel));
    let one = |id: &str, verdict: &Verdict| {
        let open: Vec<_> = verdict.missing.iter().map(|fact| codes::fact(*fact)).collect();
        let facts = open.iter().map(|(id, _)| words.say(id, &[])).collect::<Vec<_>>().join(", ");
        OneVerdict {
            can: codes::answer(verdict.generate),
            reason: codes::reason(verdict.reason),
            open: open.into_iter().map(|(_, code)| code).collect(),
            words: words.say(id, &[("facts", facts.into())]),
        }
    };
    let client = case.line.verdict_of_client();
    let diagnosis = Diagnosis {
        schema: SCHEMA,
        language: language.code(),
        made_at: at(case.at),
        app: App { name: "Channel Keys", version: around.version },
        hub: Hub { host: around.host, practice: around.practice },
        partner: Named { id: &case.partner.0, name: case.partner_name.told() },
        client: Client { id: client_id, name: client_name, email: client_email },
        channel: Channel {
            id: &channel.id.0,
            name: channel.name.told(),
            number: channel.number.told().map(|digits| numbers::written(digits)),
            waba_id: channel.waba_id.told(),
            external_id: channel.external_id.told(),
            limit: channel.limit.told(),
            quality: channel.quality.told(),
            listed: line.listed,
            read_at: at(line.read_at),
        },
        state: State {
            code: codes::state_code(channel),
            words: words.say(codes::state_id(channel).0, &[]),
            status: channel.status.told().map(Status::word),
            hub_status: channel.hub_status.told().map(HubStatus::word),
            running: channel.running.told().copied(),
            acts: actor_code,
        },
        permission: Told {
            code: permission_code,
            words: words.say(permission, &[]),
            told_at: line.check.at().map(at),
            could_not_ask: case.line.trouble().map(how),
        },
        by_key: line.by_key.as_deref().map(|by_key| Asked {
            health: by_key.health.told().map(|(sending, told_at)| Health {
                code: codes::health(sending).1,
                word: match sending {
                    Sending::Other(word) => Some(word.clone()),
                    Sending::Available | Sending::Limited | Sending::Blocked => None,
                },
                told_at: at(*told_at),
            }),
            webhook: by_key
                .webhook
                .told()
                .map(|(webhook, told_at)| Delivered { host: webhook.host.clone(), told_at: at(*told_at) }),
            could_not_ask: by_key.trouble.as_ref().map(how),
        }),
        verdict: Verdicts {
            partner: one(codes::of_partner(&partner), &partner),
            client: one(codes::of_client(&client), &client),
            next: next_code,
            next_words: words.say(next, &[("actor", words.say(actor, &[]).into())]),
        },
        not_told: open(case).into_iter().map(|(_, code)| code).collect(),
        waits_until: case.waits_until.map(at),
        failed_calls: case.mishaps.iter().map(|mishap| failed(mishap, at)).collect(),
    };
    serde_json::to_string_pretty(&diagnosis).unwrap_or_default()
}

fn failed(mishap: &Mishap, at: impl Fn(OffsetDateTime) -> At) -> Failed {
    Failed {
        method: mishap.call.method(),
        path: mishap.call.path(),
        how: how(&mishap.error),
        first_at: at(mishap.first),
        last_at: at(mishap.last),
        in_a_row: mishap.in_a_row,
        over: mishap.over,
    }
}

fn how(error: &HubError) -> How {
    How {
        how: codes::how(error).1,
        status: error.status(),
        said: error.said().map(|said| said.as_str().to_owned()),
        retry_after_seconds: match error {
            HubError::TooMany { wait, .. } => wait.map(|wait| wait.as_secs()),
            _ => None,
        },
    }
}

/// What is not told, each as a sentence and as a word: first what this side never tells.
pub(super) fn open(case: &Case) -> Vec<(&'static str, &'static str)> {
    let (line, channel) = (&case.line.line, &case.line.line.channel);
    let LineFacts { client_id, client_name, client_email } = LineFacts::of(case);
    let of_channel = [
        (client_id.is_some(), "label-client-id", "client_id"),
        (client_name.is_some(), "label-client-name", "client_name"),
        (client_email.is_some(), "label-client-email", "client_email"),
        (channel.name.told().is_some(), "label-name", "name"),
        (channel.number.told().is_some(), "label-number", "number"),
        (channel.status.told().is_some(), "label-status", "status"),
        (channel.hub_status.told().is_some(), "label-hub-status", "hub_status"),
        (channel.running.told().is_some(), "label-running", "running"),
        (line.check.at().is_some(), "label-permission", "permission"),
        (channel.limit.told().is_some(), "label-limit", "limit"),
        (channel.quality.told().is_some(), "label-quality", "quality"),
        (channel.waba_id.told().is_some(), "label-waba-id", "waba_id"),
        (channel.external_id.told().is_some(), "label-external-id", "external_id"),
    ];
    let by_key = line.by_key.as_deref();
    let by_key = [
        (by_key.is_some_and(|told| told.health.told().is_some()), "open-health", "health"),
        (by_key.is_some_and(|told| told.webhook.told().is_some()), "open-webhook", "webhook"),
    ];
    let never = [(false, "open-payer", "payer")];
    let all = never.into_iter().chain(by_key).chain(of_channel);
    all.filter(|(told, ..)| !told).map(|(_, id, code)| (id, code)).collect()
}
