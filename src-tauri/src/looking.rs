//! Looking at the channels that are watched, for as long as a desk is open, and telling what changed at them.

use std::sync::Arc;

use parking_lot::Mutex;
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::broadcast::error::RecvError;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Change, Changed, Desk};
use channel_keys_core::text::{id_for_showing, shortened};

use crate::arriving;
use crate::numbers;
use crate::os::notices::{Notice, Topic};
use crate::settings::Settings;
use crate::shell::Shell;
use crate::tasks;
use crate::view::TaskWord;
use crate::words::say;

/// How many changes a notification spells out (ours).
pub(crate) const MOST_LINES: usize = 4;
/// The longest name that is written into one, in characters (ours).
pub(crate) const LONGEST_NAME: usize = 40;

/// The sentences that a notification may say.
#[cfg(test)]
pub(crate) const SENTENCES: &[&str] = &[
    "notice-one",
    "notice-several",
    "notice-show",
    "notice-more",
    "notice-named",
    "notice-shared",
    "notice-missing",
    "notice-running",
    "notice-not-running",
    "notice-listed",
    "notice-not-listed",
    "notice-client",
    "notice-name",
    "notice-number",
    "notice-status",
    "notice-hub-status",
    "notice-limit",
    "notice-quality",
    "notice-keys",
];

/// Begins to look at them, where that was not begun yet.
pub fn begin<R: Runtime>(app: &AppHandle<R>, desk: &Arc<Desk>) {
    let desk = desk.clone();
    // Subscribes before reading, so that no change is missed.
    let first = Mutex::new(Some(desk.news()));
    tasks::keep_until_done(app, TaskWord::WatchedChannels, move |app| {
        let news = first.lock().take();
        let news = tell(app.clone(), Arc::downgrade(&desk), news.unwrap_or_else(|| desk.news()));
        let desk = desk.clone();
        async move {
            let (seed, _) = uuid::Uuid::new_v4().as_u64_pair();
            let every = || app.state::<Shell>().watch_every().unsigned_abs();
            tokio::select! {
                () = desk.watch(every, seed) => {}
                () = news => {}
            }
        }
    });
}

/// Tells what others changed at watched channels, until the desk is closed.
async fn tell<R: Runtime>(
    app: AppHandle<R>,
    desk: std::sync::Weak<Desk>,
    mut news: tokio::sync::broadcast::Receiver<Arc<[Change]>>,
) {
    loop {
        let changes = match news.recv().await {
            Ok(changes) => changes,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let Some(open) = desk.upgrade() else { return };
        let is_watched = |channel: &ChannelId| open.line(channel).is_some_and(|line| line.line.watched);
        let told: Vec<_> = changes.iter().filter(|it| !it.here && is_watched(&it.channel)).collect();
        let Some(first) = told.first() else { continue };
        let named = Settings::of(&app.state::<Shell>().records).names_in_notices;
        let notice = notice_of(&told, |channel| named.then(|| name_of(&open, channel)));
        let (handle, channel) = (app.clone(), first.channel.clone());
        let several = channels_of(&told).len();
        let shell = app.state::<Shell>();
        let shown =
            shell.notices.show(&notice, move || arriving::pressed(&handle, channel.clone(), several)).await;
        shell.note_notices(shown.is_ok());
        open.stands_otherwise();
    }
}

/// A channel's name and number, short enough for a line.
fn name_of(desk: &Desk, channel: &ChannelId) -> String {
    let id = || id_for_showing(&channel.0);
    let Some(line) = desk.line(channel) else { return id() };
    let told = line.line.channel;
    let name = told.name.told().map(|name| shortened(name, LONGEST_NAME).0).filter(|name| !name.is_empty());
    let number = told.number.told().map(|digits| numbers::written(digits));
    let both: Vec<String> = name.into_iter().chain(number).collect();
    if both.is_empty() { id() } else { both.join(", ") }
}

/// At which channels something changed, each once.
fn channels_of<'a>(changes: &[&'a Change]) -> Vec<&'a ChannelId> {
    let mut channels: Vec<&ChannelId> = Vec::new();
    for change in changes {
        if !channels.contains(&&change.channel) {
            channels.push(&change.channel);
        }
    }
    channels
}

/// What is said of changes: where they are named, of which channel each is; else what changed alone. None of it is the
/// Hub's own word.
fn notice_of(changes: &[&Change], name: impl Fn(&ChannelId) -> Option<String>) -> Notice {
    let mut lines: Vec<String> = Vec::new();
    for change in changes {
        let what = say(sentence(change), &[]);
        let line = match name(&change.channel) {
            Some(name) => say("notice-named", &[("name", &name), ("what", &what)]),
            None => what,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.len() > MOST_LINES {
        let more = (lines.len() - MOST_LINES + 1).to_string();
        lines.truncate(MOST_LINES - 1);
        lines.push(say("notice-more", &[("count", &more)]));
    }
    let title = match channels_of(changes).len() {
        1 => say("notice-one", &[]),
        several => say("notice-several", &[("count", &several.to_string())]),
    };
    Notice { topic: Topic::Channels, title, lines, show: say("notice-show", &[]) }
}

fn sentence(change: &Change) -> &'static str {
    let now = change.now.as_str();
    match change.what {
        Changed::Permission if now == "shared" => "notice-shared",
        Changed::Permission => "notice-missing",
        Changed::Running if now == "running" => "notice-running",
        Changed::Running => "notice-not-running",
        Changed::Listed if now == "listed" => "notice-listed",
        Changed::Listed => "notice-not-listed",
        Changed::Client => "notice-client",
        Changed::Name => "notice-name",
        Changed::Number => "notice-number",
        Changed::Status => "notice-status",
        Changed::HubStatus => "notice-hub-status",
        Changed::Limit => "notice-limit",
        Changed::Quality => "notice-quality",
        Changed::Keys => "notice-keys",
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn change(channel: &str, what: Changed, now: &str) -> Change {
        let at = OffsetDateTime::UNIX_EPOCH;
        Change {
            channel: ChannelId(channel.into()),
            what,
            before: "something else".into(),
            now: now.into(),
            told_before: at,
            told_now: at,
            here: false,
        }
    }

    fn notice(changes: &[Change], named: bool) -> Notice {
        let all: Vec<_> = changes.iter().collect();
        notice_of(&all, |channel| named.then(|| format!("Desk {channel}")))
    }

    #[test]
    fn one_change_is_told_in_words_without_saying_where() {
        let told = notice(&[change("a1CH", Changed::Permission, "missing")], false);
        assert_eq!(told.title, "A channel that you watch changed");
        assert_eq!(told.lines, ["The partner permission is Missing now."]);
    }

    #[test]
    fn where_names_are_wanted_they_stand_before_what_changed() {
        let told = notice(&[change("a1CH", Changed::Running, "not_running")], true);
        assert_eq!(told.lines, ["Desk a1CH: It does not run any more."]);
    }

    #[test]
    fn several_are_told_together_and_not_all_of_many() {
        let same = [change("a1CH", Changed::Quality, "Low"), change("a2CH", Changed::Quality, "Low")];
        let told = notice(&same, false);
        assert_eq!(told.title, "2 channels that you watch changed");
        assert_eq!(told.lines, ["Its quality rating changed."]);

        let many: Vec<_> = (0..9).map(|n| change(&format!("{n}CH"), Changed::Name, "new")).collect();
        let told = notice(&many, true);
        assert_eq!((told.lines.len(), told.lines[3].as_str()), (4, "And 6 more."));
    }

    #[test]
    fn nothing_that_the_hub_says_is_said_again() {
        for what in Changed::ALL {
            for named in [false, true] {
                let told = notice(&[change("a1CH", what, "<b>oDdAnDlOnG</b>")], named);
                assert!(!format!("{told:?}").contains("oDdAnDlOnG"), "{told:?}");
            }
        }
    }
}
