//! Looks whether kept keys still work, where the person wants that, and reminds of places where a key is not in place
//! yet, for as long as the program is open.

use std::convert::Infallible;
use std::time::Duration;

use parking_lot::Mutex;
use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use time::OffsetDateTime;

use channel_keys_core::app::{CheckedKey, Turn};
use channel_keys_core::records::KeyRecord;
use channel_keys_core::text::{id_for_showing, shortened};

use crate::arriving;
use crate::background;
use crate::looking::{LONGEST_NAME, MOST_LINES};
use crate::numbers;
use crate::os::clock_words::moment;
use crate::os::notices::{Notice, Topic};
use crate::settings::Settings;
use crate::shell::Shell;
use crate::view::KeyChecked;
use crate::words::say;

/// How often it is looked whether it is time (ours).
const TICK: Duration = Duration::from_secs(5);
/// At which of these it is looked for reminders, too (ours): that reads the records.
const REMINDS: u32 = 12;

/// The sentences that a notification may say.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[
    "key-notice-refused-title",
    "key-notice-rejected-title",
    "key-notice-other-title",
    "key-notice-again-title",
    "key-notice-several",
    "key-notice-refused-span",
    "key-notice-refused-at",
    "key-notice-refused-here",
    "key-notice-other",
    "key-notice-other-named",
    "key-notice-again",
    "place-notice-title",
    "place-notice-several",
    "place-notice-left",
    "place-notice-named",
];

/// Looks after keys until the program ends.
pub async fn look_after_keys<R: Runtime>(app: AppHandle<R>) -> Infallible {
    let shell = app.state::<Shell>();
    let mut tick = tokio::time::interval(shell.tick().unwrap_or(TICK));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut ticks = 0_u32;
    loop {
        tick.tick().await;
        let told = check(&app).await;
        // Never both at once: what works no longer comes first.
        if !told && ticks.is_multiple_of(REMINDS) {
            remind(&app).await;
        }
        background::tell(&app).await;
        ticks = ticks.wrapping_add(1);
    }
}

/// Asks about the keys where it is time, and tells what turned; whether anything did.
async fn check<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shell = app.state::<Shell>();
    let news = Mutex::new(Vec::new());
    let checked = |checked: &CheckedKey| {
        let _ = KeyChecked::by_itself(checked).emit(app);
        if let Some(turn) = &checked.turn {
            let told = (checked.record.clone(), turn.clone());
            news.lock().push(told);
        }
    };
    shell.app.check_keys_in_time(shell.check_every(), checked).await;
    let news = news.into_inner();
    let Some((first, _)) = news.first() else { return false };
    let named = Settings::of(&shell.records).names_in_notices;
    show(app, notice_of(&news, named, OffsetDateTime::now_utc()), first).await;
    true
}

async fn remind<R: Runtime>(app: &AppHandle<R>) {
    let shell = app.state::<Shell>();
    // Who is at work on the list, or signed out, is not reminded.
    let Ok(due) = shell.app.take_reminders() else { return };
    let Some(first) = due.first() else { return };
    let named = Settings::of(&shell.records).names_in_notices;
    show(app, reminder_of(&due, named), first).await;
}

async fn show<R: Runtime>(app: &AppHandle<R>, notice: Notice, first: &KeyRecord) {
    let shell = app.state::<Shell>();
    let (handle, channel) = (app.clone(), first.channel.clone());
    let shown = shell.notices.show(&notice, move || arriving::pressed(&handle, channel.clone(), 1)).await;
    shell.note_notices(shown.is_ok());
}

/// What is said of keys: where they are named, of which number each is; else what became of them alone.
fn notice_of(news: &[(KeyRecord, Turn)], named: bool, now: OffsetDateTime) -> Notice {
    let lines = news.iter().map(|(key, turn)| {
        let what = sentence(turn, named, now);
        if named { say("notice-named", &[("name", &name_of(key)), ("what", &what)]) } else { what }
    });
    let title = match news {
        // Nobody can say of a key that never worked here that it works no longer.
        [(_, Turn::Refused { worked_at: None, .. })] => say("key-notice-rejected-title", &[]),
        [(_, Turn::Refused { .. })] => say("key-notice-refused-title", &[]),
        [(_, Turn::OtherNumber(_))] => say("key-notice-other-title", &[]),
        [(_, Turn::WorksAgain)] => say("key-notice-again-title", &[]),
        several => say("key-notice-several", &[("count", &several.len().to_string())]),
    };
    notice(Topic::Keys, title, lines.collect())
}

fn sentence(turn: &Turn, named: bool, now: OffsetDateTime) -> String {
    match turn {
        Turn::Refused { asked_here: Some(at), .. } => {
            say("key-notice-refused-here", &[("time", &moment(*at, now))])
        }
        Turn::Refused { worked_at: Some(from), refused_at: to, .. } => {
            say("key-notice-refused-span", &[("from", &moment(*from, now)), ("to", &moment(*to, now))])
        }
        Turn::Refused { worked_at: None, refused_at, .. } => {
            say("key-notice-refused-at", &[("time", &moment(*refused_at, now))])
        }
        Turn::OtherNumber(Some(whose)) if named => {
            let channel = &whose.channel;
            let told = (channel.name.told().map(String::as_str), channel.number.told().map(String::as_str));
            say("key-notice-other-named", &[("other", &written(told, &channel.id.0))])
        }
        Turn::OtherNumber(_) => say("key-notice-other", &[]),
        Turn::WorksAgain => say("key-notice-again", &[]),
    }
}

/// What is said of keys that are not in place everywhere: where they are named, where not.
fn reminder_of(due: &[KeyRecord], named: bool) -> Notice {
    let lines = due.iter().map(|key| {
        let left: Vec<String> =
            key.places.iter().filter(|place| !place.done).map(|place| short(&place.name)).collect();
        if named {
            say("place-notice-named", &[("name", &name_of(key)), ("places", &left.join(", "))])
        } else {
            let (left, all) = (left.len().to_string(), key.places.len().to_string());
            say("place-notice-left", &[("left", &left), ("all", &all)])
        }
    });
    let title = match due.len() {
        1 => say("place-notice-title", &[]),
        several => say("place-notice-several", &[("count", &several.to_string())]),
    };
    notice(Topic::Places, title, lines.collect())
}

fn notice(topic: Topic, title: String, all: Vec<String>) -> Notice {
    let mut lines: Vec<String> = Vec::new();
    for line in all {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.len() > MOST_LINES {
        let more = (lines.len() - MOST_LINES + 1).to_string();
        lines.truncate(MOST_LINES - 1);
        lines.push(say("notice-more", &[("count", &more)]));
    }
    Notice { topic, title, lines, show: say("notice-show", &[]) }
}

/// A key's number by name, short enough for a line.
pub(crate) fn name_of(key: &KeyRecord) -> String {
    written((key.channel_name.as_deref(), key.number.as_deref()), &key.channel.0)
}

fn written((name, number): (Option<&str>, Option<&str>), id: &str) -> String {
    let name = name.map(short).filter(|name| !name.is_empty());
    let both: Vec<String> = name.into_iter().chain(number.map(numbers::written)).collect();
    if both.is_empty() { id_for_showing(id) } else { both.join(", ") }
}

fn short(name: &str) -> String {
    shortened(name, LONGEST_NAME).0
}

#[cfg(test)]
mod tests {
    use channel_keys_core::channel::{ChannelId, ClientId};
    use channel_keys_core::records::{KeyState, Origin, Owner, Place, Realm, Reminders};

    use super::*;

    fn now() -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(1_728_302_400).expect("a time")
    }

    fn key(places: &[(&str, bool)]) -> KeyRecord {
        KeyRecord {
            id: "one".into(),
            sequence: 1,
            owner: Owner { realm: Realm::Real, user: "maria".into() },
            client: ClientId("Zx81kQw2CL".into()),
            channel: ChannelId("tQ8m2ZCH".into()),
            channel_name: Some("Shop Support".into()),
            number: Some("493055570142".into()),
            external_id: None,
            state: KeyState::Kept,
            label: None,
            address: None,
            tail: None,
            asked_at: now(),
            changed_at: now(),
            replaced_at: None,
            origin: Origin::Made,
            by: None,
            places: places.iter().map(|(name, done)| Place { name: (*name).into(), done: *done }).collect(),
            tested: None,
            worked_at: None,
            refused_at: None,
            listed_before: None,
            other_number_at: None,
            reminders: Reminders::default(),
        }
    }

    fn refused(worked_at: Option<OffsetDateTime>) -> Turn {
        Turn::Refused { worked_at, refused_at: now(), asked_here: None }
    }

    #[test]
    fn a_refusal_is_told_with_the_time_between_which_the_key_stopped_and_without_saying_where() {
        let from = now() - time::Duration::hours(1);
        let told = notice_of(&[(key(&[]), refused(Some(from)))], false, now());
        assert_eq!(told.title, "A kept key works no longer");
        let (from, to) = (moment(from, now()), moment(now(), now()));
        let said = format!("Refused since between {from} and {to}. A new one was probably made elsewhere.");
        assert_eq!(told.lines, [said]);
    }

    #[test]
    fn where_names_are_wanted_the_number_stands_before_it() {
        let told = notice_of(&[(key(&[]), refused(None))], true, now());
        assert_eq!(told.title, "360dialog rejected a kept key");
        let start = "Shop Support, +49 30 55570142: Rejected ";
        assert!(told.lines[0].starts_with(start), "{told:?}");
    }

    #[test]
    fn what_this_program_asked_for_itself_is_not_blamed_on_others() {
        let turn = Turn::Refused { worked_at: None, refused_at: now(), asked_here: Some(now()) };
        let told = notice_of(&[(key(&[]), turn)], true, now());
        assert!(told.lines[0].contains("asked for here") && !told.lines[0].contains("elsewhere"), "{told:?}");
    }

    #[test]
    fn news_of_several_keys_comes_in_one_and_not_all_of_many() {
        let news: Vec<_> = (0..7)
            .map(|n| (KeyRecord { channel_name: Some(format!("No {n}")), ..key(&[]) }, Turn::WorksAgain))
            .collect();
        let told = notice_of(&news, true, now());
        assert_eq!(told.title, "News of 7 kept keys");
        assert_eq!((told.lines.len(), told.lines[3].as_str()), (4, "And 4 more."));
        assert_eq!(notice_of(&news, false, now()).lines.len(), 1, "what is the same is said once");
    }

    #[test]
    fn a_reminder_names_the_places_that_are_left_only_where_names_are_wanted() {
        let due = [key(&[("Shop", true), ("CRM", false), ("Chatbot", false)])];
        let told = reminder_of(&due, false);
        assert_eq!(told.title, "A new key is not in place everywhere");
        assert_eq!(told.lines, ["2 of 3 places are still to do."]);
        let told = reminder_of(&due, true);
        assert_eq!(told.lines, ["Shop Support, +49 30 55570142: still to do in CRM, Chatbot."]);
    }
}
