//! A diagnosis in sentences, as plain text; what it looks like elsewhere is made of the same.

use time::OffsetDateTime;

use channel_keys_core::access::Verdict;
use channel_keys_core::channel::{Channel, HubStatus, Status};
use channel_keys_core::desk::{Case, LineOnBoard, Mishap};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Sending, Webhook};

use super::codes::{self, UNKNOWN};
use super::times::age;
use super::{Around, Language};
use crate::numbers;
use crate::words::Words;

/// Longer texts of the Hub are cut (ours).
const LONGEST: usize = 300;
const MOST_PEOPLE: &str = "TIER_UNLIMITED";

/// A diagnosis in sentences.
pub(super) struct Report {
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    pub(super) end: Vec<String>,
}

/// A part of it.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A line: a text by itself, or what is told of something.
pub(super) enum Line {
    Text(String),
    Told(String, String),
}

impl Report {
    /// For a chat: nothing but text.
    pub(super) fn as_text(&self) -> String {
        let mut text = self.title.clone();
        for Part { title, lines } in &self.parts {
            text += &format!("\n\n{title}\n");
            let lines = lines.iter().map(|line| match line {
                Line::Text(said) => format!("- {said}"),
                Line::Told(name, said) => format!("- {name}: {said}"),
            });
            text += &lines.collect::<Vec<_>>().join("\n");
        }
        format!("{text}\n\n{}\n", self.end.join("\n"))
    }
}

/// The report of a case in a reader's language.
pub(super) fn of(case: &Case, around: &Around<'_>, language: Language) -> Report {
    let say = Saying { words: language.words(), case, around };
    let parts = vec![
        say.part("section-verdict", say.verdicts()),
        say.part("section-facts", say.facts()),
        say.part("section-open", vec![Line::Text(list(&say.words, &say.open()))]),
        say.part("section-ids", say.ids()),
        say.part("section-errors", say.errors()),
    ];
    let partner = case.partner_name.told().cloned().unwrap_or_else(|| case.partner.to_string());
    let made = [
        ("time", around.said(case.at).into()),
        ("version", around.version.into()),
        ("partner", short(&partner).into()),
    ];
    let hub = if around.practice { "hub-practice" } else { "hub" };
    let end = vec![say.words.say("made", &made), say.words.say(hub, &[("host", around.host.into())])];
    Report { title: say.title(), parts, end }
}

struct Saying<'a> {
    words: Words,
    case: &'a Case,
    around: &'a Around<'a>,
}

impl Saying<'_> {
    fn channel(&self) -> &Channel {
        &self.case.line.line.channel
    }

    fn part(&self, title: &str, lines: Vec<Line>) -> Part {
        Part { title: self.words.say(title, &[]), lines }
    }

    fn told(&self, name: &str, said: String) -> Line {
        Line::Told(self.words.say(name, &[]), said)
    }

    fn title(&self) -> String {
        let channel = self.channel();
        let known = [channel.name.told().map(|name| short(name)), self.number()];
        let known: Vec<String> = known.into_iter().flatten().collect();
        let what = if known.is_empty() { channel.id.to_string() } else { known.join(", ") };
        self.words.say("title", &[("channel", what.into())])
    }

    fn number(&self) -> Option<String> {
        self.channel().number.told().map(|digits| short(&numbers::written(digits)))
    }

    fn verdicts(&self) -> Vec<Line> {
        let client = self.case.line.verdict_of_client();
        vec![
            Line::Text(verdict_words(&self.words, &self.case.line)),
            self.told("label-next", next_words(&self.words, &self.case.line)),
            Line::Text(said_of(&self.words, codes::of_client(&client), &client)),
        ]
    }

    fn facts(&self) -> Vec<Line> {
        let line = &self.case.line.line;
        let channel = &line.channel;
        let (state, hub_word) = codes::state_id(channel);
        let permission = self.words.say(codes::permission(line.check.permission()).0, &[]);
        let permission = match line.check.at() {
            None => permission,
            Some(at) => self.with_age(permission, at),
        };
        let yes_or_no = |yes: &bool| self.words.say(if *yes { "yes" } else { "no" }, &[]);
        let status = channel.status.told().map(|it| self.known(codes::status_id(it), Status::word(it)));
        let hub_status =
            channel.hub_status.told().map(|it| self.known(codes::hub_status_id(it), HubStatus::word(it)));
        let mut lines = vec![
            self.told("label-state", self.hub_word(state, hub_word.as_deref())),
            self.told("label-status", self.or_not_told(status)),
            self.told("label-hub-status", self.or_not_told(hub_status)),
            self.told("label-running", self.or_not_told(channel.running.told().map(yes_or_no))),
            self.told("label-permission", permission),
        ];
        if let Some(why) = self.case.line.trouble() {
            lines.push(Line::Text(self.words.say("could-not-ask", &[("why", self.how(why).into())])));
        }
        lines.extend([
            self.told("label-limit", self.or_not_told(channel.limit.told().map(|word| self.limit(word)))),
            self.told(
                "label-quality",
                self.or_not_told(channel.quality.told().map(|word| self.quoted(word))),
            ),
            self.told("label-read", self.when(line.read_at)),
            self.told("label-listed", self.words.say(if line.listed { "yes" } else { "not-listed" }, &[])),
        ]);
        lines.extend(self.by_key());
        lines
    }

    /// What the messaging host told of a channel whose key lies on this computer.
    fn by_key(&self) -> Vec<Line> {
        let Some(by_key) = &self.case.line.line.by_key else { return Vec::new() };
        let mut lines = Vec::new();
        if let Fact::Told((sending, at)) = &by_key.health {
            let (id, _) = codes::health(sending);
            let said = match sending {
                Sending::Other(word) => self.known(id, word),
                Sending::Available | Sending::Limited | Sending::Blocked => self.words.say(id, &[]),
            };
            lines.push(self.told("label-health", self.with_age(said, *at)));
        }
        if let Fact::Told((Webhook { host }, at)) = &by_key.webhook {
            let said = match host {
                Some(host) => self.quoted(host),
                None => self.words.say("webhook-not-set", &[]),
            };
            lines.push(self.told("label-webhook", self.with_age(said, *at)));
        }
        if let Some(why) = &by_key.trouble {
            lines.push(Line::Text(self.words.say("could-not-ask-by-key", &[("why", self.how(why).into())])));
        }
        lines
    }

    /// What this side does not tell at all, and what was not told of this channel.
    fn open(&self) -> Vec<String> {
        super::json::open(self.case).into_iter().map(|(id, _)| self.words.say(id, &[])).collect()
    }

    fn ids(&self) -> Vec<Line> {
        let LineFacts { client_id, client_name, client_email } = LineFacts::of(self.case);
        let channel = self.channel();
        let told = |fact: Option<&String>| self.or_not_told(fact.map(|text| short(text)));
        vec![
            self.told("label-number", self.or_not_told(self.number())),
            self.told("label-name", told(channel.name.told())),
            self.told("label-client-name", told(client_name)),
            self.told("label-channel-id", short(&channel.id.0)),
            self.told("label-client-id", told(client_id)),
            self.told("label-client-email", told(client_email)),
            self.told("label-waba-id", told(channel.waba_id.told())),
            self.told("label-external-id", told(channel.external_id.told())),
            self.told("label-partner-id", short(&self.case.partner.0)),
        ]
    }

    fn errors(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = self.case.mishaps.iter().map(|it| Line::Text(self.mishap(it))).collect();
        if lines.is_empty() {
            lines.push(Line::Text(self.words.say("errors-none", &[])));
        }
        if let Some(until) = self.case.waits_until {
            let facts = [("time", self.around.said(until).into())];
            lines.push(Line::Text(self.words.say("waits", &facts)));
        }
        lines
    }

    fn mishap(&self, mishap: &Mishap) -> String {
        let call = format!("{} {}", mishap.call.method(), mishap.call.path());
        let facts = [
            ("time", self.around.said(mishap.last).into()),
            ("call", call.into()),
            ("how", self.how(&mishap.error).into()),
        ];
        let mut said = vec![self.words.say("error", &facts)];
        if mishap.in_a_row > 1 {
            let facts = [("count", mishap.in_a_row.into()), ("time", self.around.said(mishap.first).into())];
            said.push(self.words.say("error-rows", &facts));
        }
        if mishap.over {
            said.push(self.words.say("error-over", &[]));
        }
        said.join(" ")
    }

    /// How a call failed, with its status, what the Hub said, and for how long it asked to wait.
    fn how(&self, error: &HubError) -> String {
        let mut said = vec![self.words.say(codes::how(error).0, &[])];
        if let Some(status) = error.status() {
            said.push(self.words.say("error-status", &[("status", status.into())]));
        }
        if let HubError::TooMany { wait: Some(wait), .. } = error {
            said.push(self.words.say("error-wait", &[("count", wait.as_secs().into())]));
        }
        if let Some(quote) = error.said() {
            said.push(self.words.say("error-said", &[("said", self.quoted(quote.as_str()).into())]));
        }
        said.join(" ")
    }

    fn with_age(&self, what: String, at: OffsetDateTime) -> String {
        self.words.say("with-age", &[("what", what.into()), ("age", self.when(at).into())])
    }

    fn when(&self, at: OffsetDateTime) -> String {
        format!("{}, {}", self.around.said(at), age(&self.words, at, self.case.at))
    }

    fn or_not_told(&self, told: Option<String>) -> String {
        told.unwrap_or_else(|| self.words.say("not-told", &[]))
    }

    fn known(&self, id: &str, word: &str) -> String {
        self.hub_word(id, Some(word))
    }

    fn hub_word(&self, id: &str, word: Option<&str>) -> String {
        let what = self.words.say(if id.is_empty() { UNKNOWN } else { id }, &[]);
        match word {
            None => what,
            Some(word) => {
                let facts = [("what", what.into()), ("word", self.quoted(word).into())];
                self.words.say("with-hub-word", &facts)
            }
        }
    }

    fn quoted(&self, text: &str) -> String {
        self.words.say("quoted", &[("said", short(text).into())])
    }

    /// Meta's word for how many people may be written to; an unknown one is quoted.
    fn limit(&self, word: &str) -> String {
        if word == MOST_PEOPLE {
            return self.words.say("limit-none", &[]);
        }
        match people(word) {
            Some(count) => self.words.say("limit-people", &[("count", count.into())]),
            None => self.quoted(word),
        }
    }
}

/// Whether the partner can make a key, and why not.
pub(crate) fn verdict_words(words: &Words, line: &LineOnBoard) -> String {
    let verdict = line.verdict();
    said_of(words, codes::of_partner(&verdict), &verdict)
}

/// What comes next, and who does it.
pub(crate) fn next_words(words: &Words, line: &LineOnBoard) -> String {
    let actor = words.say(codes::actor_words(codes::actor(&line.line.channel)).0, &[]);
    words.say(codes::next(&line.verdict()).0, &[("actor", actor.into())])
}

fn said_of(words: &Words, id: &str, verdict: &Verdict) -> String {
    let open = verdict.missing.iter().map(|fact| words.say(codes::fact(*fact).0, &[]));
    words.say(id, &[("facts", list(words, &open.collect::<Vec<_>>()).into())])
}

fn list(words: &Words, items: &[String]) -> String {
    let Some((last, before)) = items.split_last() else { return String::new() };
    let Some((first, middle)) = before.split_first() else { return last.clone() };
    let join = |id: &str, name: &'static str, before: String, next: &String| {
        words.say(id, &[("before", before.into()), (name, next.as_str().into())])
    };
    let before = middle.iter().fold(first.clone(), |before, next| join("list", "next", before, next));
    join("list-last", "last", before, last)
}

/// Whose channel it is.
pub(super) struct LineFacts<'a> {
    pub(super) client_id: Option<&'a String>,
    pub(super) client_name: Option<&'a String>,
    pub(super) client_email: Option<&'a String>,
}

impl<'a> LineFacts<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        let client = case.line.client.as_ref();
        Self {
            client_id: case.line.line.client.told().map(|id| &id.0),
            client_name: client.and_then(|client| Fact::told(&client.name)),
            client_email: client.and_then(|client| Fact::told(&client.email)),
        }
    }
}

/// `TIER_1K` (Meta's words).
fn people(word: &str) -> Option<u32> {
    let amount = word.strip_prefix("TIER_")?;
    let (digits, thousands) = match amount.strip_suffix('K') {
        Some(digits) => (digits, 1_000),
        None => (amount, 1),
    };
    digits.parse::<u32>().ok()?.checked_mul(thousands)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
