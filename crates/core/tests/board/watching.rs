//! Watching marked channels: how often, how politely, and what comes of it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::sync::Notify;

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{Call, Changed, Desk, Look, MOST_WATCHED, Saved, WatchTrouble};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached};
use channel_keys_core::partner_hub::PartnerChannel;
use channel_keys_core::records::RecordsError;

use crate::desk_records::MemoryDeskRecords;
use crate::paper::{Paper, lock, open, usual_list};

const EVERY: Duration = Duration::from_secs(300);

/// What the wall says, and how long the computer was awake: time passes only where a test lets it.
struct Times {
    wall: OffsetDateTime,
    awake: Duration,
    /// When those who wait want to be woken.
    alarms: Vec<Duration>,
}

struct Wall {
    times: Mutex<Times>,
    passed: Notify,
}

impl Wall {
    fn new() -> Self {
        let wall = OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000);
        let times = Times { wall, awake: Duration::ZERO, alarms: Vec::new() };
        Self { times: Mutex::new(times), passed: Notify::new() }
    }

    /// Until the next who waits is woken.
    fn to_next_alarm(&self) {
        let mut times = lock(&self.times);
        let next = times.alarms.iter().min().copied().expect("somebody waits");
        let by = next.saturating_sub(times.awake);
        times.awake += by;
        times.wall += by;
        drop(times);
        self.passed.notify_waiters();
    }

    /// The computer sleeps: the time of day goes on, and nobody is woken.
    fn sleep(&self, by: Duration) {
        lock(&self.times).wall += by;
    }

    /// Somebody waits, and nobody was woken who has not gone on yet.
    fn somebody_waits(&self) -> bool {
        let times = lock(&self.times);
        !times.alarms.is_empty() && times.alarms.iter().all(|alarm| *alarm > times.awake)
    }
}

#[async_trait]
impl Clock for Wall {
    fn now(&self) -> OffsetDateTime {
        lock(&self.times).wall
    }

    async fn wait(&self, time: Duration) {
        struct Alarm<'a>(&'a Wall, Duration);
        impl Drop for Alarm<'_> {
            fn drop(&mut self) {
                let alarms = &mut lock(&self.0.times).alarms;
                if let Some(at) = alarms.iter().position(|alarm| *alarm == self.1) {
                    alarms.remove(at);
                }
            }
        }
        let alarm = {
            let mut times = lock(&self.times);
            let at = times.awake + time;
            times.alarms.push(at);
            Alarm(self, at)
        };
        loop {
            let mut passed = std::pin::pin!(self.passed.notified());
            passed.as_mut().enable();
            if lock(&self.times).awake >= alarm.1 {
                return;
            }
            passed.await;
        }
    }
}

async fn until(what: &str, so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

struct Watched {
    hub: Arc<Paper>,
    clock: Arc<Wall>,
    records: Arc<MemoryDeskRecords>,
    desk: Arc<Desk>,
}

impl Watched {
    /// A desk whose list was read and asked about, with these channels marked.
    async fn of(marked: &[&str]) -> Self {
        let hub = Arc::new(Paper::default());
        *lock(&hub.list) = usual_list();
        let (clock, records) = (Arc::new(Wall::new()), Arc::new(MemoryDeskRecords::default()));
        let desk = open(&hub, &records, &clock, "pT77xPA");
        desk.read().await;
        desk.check().await;
        lock(&hub.asked).clear();
        for channel in marked {
            desk.set_watched(&id(channel), true).expect("it is marked");
        }
        Self { hub, clock, records, desk }
    }

    async fn begin(self) -> Self {
        let desk = self.desk.clone();
        tokio::spawn(async move { desk.watch(|| EVERY, 7).await });
        self.rest().await;
        self
    }

    /// Until nothing is done but wait.
    async fn rest(&self) {
        until("all wait", || self.clock.somebody_waits() && !self.desk.standing().watching.looking).await;
    }

    fn rounds_asked(&self) -> usize {
        lock(&self.hub.looked_at).len()
    }

    /// Lets time pass until something is asked; tells how much passed.
    async fn until_asked(&self) -> time::Duration {
        let (begun, asked) = (self.clock.now(), self.rounds_asked());
        while self.rounds_asked() == asked {
            self.clock.to_next_alarm();
            self.rest().await;
            assert!(self.clock.now() - begun < time::Duration::days(2), "nothing is asked");
        }
        self.clock.now() - begun
    }

    fn looked_at(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.hub.looked_at)).iter().map(ToString::to_string).collect()
    }
}

fn id(channel: &str) -> ChannelId {
    ChannelId(channel.into())
}

fn about(passed: time::Duration, wanted: Duration) -> bool {
    let (passed, wanted) = (passed.as_seconds_f64(), wanted.as_secs_f64());
    (0.85 * wanted..=1.15 * wanted).contains(&passed)
}

#[tokio::test]
async fn what_changes_at_a_marked_channel_is_found_and_told_and_the_others_are_left_alone() {
    let desk = Watched::of(&["a1CH", "b1CH"]).await.begin().await;
    let mut news = desk.desk.news();
    assert!(desk.desk.standing().watching.looked_at.is_none());
    lock(&desk.hub.list)[0].channel.quality = Fact::Told("Low".into());
    desk.hub.shares("H1CL", &["a1CH"]);

    let passed = desk.until_asked().await;

    assert!(about(passed, EVERY), "{passed}");
    assert_eq!(desk.looked_at(), ["a1CH", "b1CH"]);
    let told = news.recv().await.expect("it is told");
    let told: Vec<_> = told.iter().map(|change| (change.channel.to_string(), change.what)).collect();
    assert_eq!(told, [("a1CH".into(), Changed::Quality), ("a1CH".into(), Changed::Permission)]);
    let watching = desk.desk.standing().watching;
    assert_eq!((watching.marked, watching.looked_at), (2, Some(desk.clock.now())));
    assert!(watching.next > watching.looked_at);
}

#[tokio::test]
async fn what_a_client_shared_is_asked_once_a_round_for_all_of_its_marked_channels() {
    let desk = Watched::of(&["a1CH", "a2CH", "a3CH"]).await.begin().await;
    desk.until_asked().await;
    assert_eq!(desk.looked_at(), ["a1CH", "a2CH", "a3CH"]);
    assert_eq!(*lock(&desk.hub.asked), [ClientId("H1CL".into())]);
}

#[tokio::test]
async fn pauses_differ_at_random_and_the_same_seed_gives_the_same() {
    let mut pauses = Vec::new();
    for _ in 0..2 {
        let desk = Watched::of(&["a1CH"]).await.begin().await;
        let mut of_one = Vec::new();
        for _ in 0..5 {
            of_one.push(desk.until_asked().await);
        }
        assert!(of_one.iter().all(|pause| about(*pause, EVERY)), "{of_one:?}");
        assert!(of_one.iter().any(|pause| *pause != of_one[0]), "{of_one:?}");
        pauses.push(of_one);
    }
    assert_eq!(pauses[0], pauses[1]);
}

#[tokio::test]
async fn where_nothing_is_marked_nothing_is_asked_until_something_is() {
    let desk = Watched::of(&[]).await;
    let watched = desk.desk.clone();
    tokio::spawn(async move { watched.watch(|| EVERY, 7).await });
    tokio::task::yield_now().await;
    assert!(!desk.clock.somebody_waits());
    assert_eq!(desk.desk.standing().watching.next, None);

    desk.desk.set_watched(&id("a2CH"), true).expect("marked");
    desk.rest().await;
    assert!(about(desk.until_asked().await, EVERY));

    desk.desk.set_watched(&id("a2CH"), false).expect("not marked any more");
    until("nobody waits", || !desk.clock.somebody_waits()).await;
    assert_eq!(desk.looked_at(), ["a2CH"]);
}

#[tokio::test]
async fn a_hub_in_trouble_is_asked_more_and_more_seldom_and_as_usual_when_it_is_well_again() {
    let desk = Watched::of(&["a1CH", "b1CH"]).await.begin().await;
    let trouble = || Err(HubError::InTrouble { status: 503, said: None });
    lock(&desk.hub.ones).extend([trouble(), trouble(), Err(HubError::NotReached(NotReached::Connection))]);

    desk.until_asked().await;
    // The rest of the round is not asked for: it would get no better answer.
    assert_eq!(desk.looked_at(), ["a1CH"]);
    assert!(matches!(desk.desk.standing().watching.failed, Some(HubError::InTrouble { .. })));
    assert!(about(desk.until_asked().await, EVERY * 2));
    assert!(about(desk.until_asked().await, EVERY * 4));
    assert!(about(desk.until_asked().await, EVERY * 8));

    assert_eq!(desk.desk.standing().watching.failed, None);
    assert!(about(desk.until_asked().await, EVERY));
}

#[tokio::test]
async fn a_hub_that_asks_to_wait_is_left_alone_for_as_long_as_it_asks() {
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    let wait = Duration::from_secs(7_000);
    lock(&desk.hub.ones).push_back(Err(HubError::TooMany { wait: Some(wait), said: None }));

    desk.until_asked().await;

    assert!(desk.until_asked().await >= wait);
}

#[tokio::test]
async fn it_goes_on_once_however_often_it_is_begun() {
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    desk.desk.watch(|| Duration::from_secs(1), 3).await;

    assert!(about(desk.until_asked().await, EVERY));
    assert_eq!(desk.looked_at(), ["a1CH"]);
}

#[tokio::test]
async fn a_computer_that_slept_makes_up_for_nothing() {
    let desk = Watched::of(&["a1CH"]).await.begin().await;

    desk.clock.sleep(Duration::from_secs(8 * 3_600));
    // What was left of the slice passes, awake again.
    desk.clock.to_next_alarm();
    desk.rest().await;

    assert_eq!(desk.rounds_asked(), 0, "it is not asked in the moment of waking");
    assert!(about(desk.until_asked().await, EVERY), "and then once, after a usual pause");
    assert_eq!(desk.looked_at(), ["a1CH"]);
    assert!(about(desk.until_asked().await, EVERY));
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_put_the_look_off() {
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    lock(&desk.clock.times).wall -= Duration::from_secs(24 * 3_600);

    let before = lock(&desk.clock.times).awake;
    desk.until_asked().await;

    assert!(lock(&desk.clock.times).awake - before < EVERY * 2);
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_no_list_from_being_read() {
    // Given a list whose reading waits for the Hub
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    let wait = Duration::from_secs(110);
    lock(&desk.hub.pieces).push_back(Err(HubError::TooMany { wait: Some(wait), said: None }));
    let reading = desk.desk.clone();
    let read = tokio::spawn(async move { reading.read().await });
    let is_read = || desk.desk.standing().reading.under_way.is_none();
    until("it waits", || !is_read() && lock(&desk.hub.pieces).is_empty()).await;
    desk.rest().await;

    // When the clock is set back
    lock(&desk.clock.times).wall -= Duration::from_secs(24 * 3_600);

    // Then it waits no longer for that
    let before = lock(&desk.clock.times).awake;
    while !is_read() {
        desk.clock.to_next_alarm();
        until("somebody waits or it was read", || desk.clock.somebody_waits() || is_read()).await;
    }
    assert!(lock(&desk.clock.times).awake - before < wait * 2);
    read.await.expect("it ends");
}

#[tokio::test]
async fn a_clock_that_is_set_back_leaves_no_client_unasked_about_for_longer() {
    // Given a client that is asked about, and a Hub that wants to be left alone
    let desk = Watched::of(&[]).await;
    let wait = Duration::from_secs(110);
    desk.hub.refuses("H1CL", [HubError::TooMany { wait: Some(wait), said: None }]);
    let checking = desk.desk.clone();
    let check = tokio::spawn(async move { checking.check_again(vec![ClientId("H1CL".into())]).await });
    let waits = || desk.desk.standing().checking.waits_until.is_some();
    until("it waits", || waits() && desk.clock.somebody_waits()).await;

    // When the clock is set back
    lock(&desk.clock.times).wall -= Duration::from_secs(24 * 3_600);

    // Then it waits no longer for that
    let before = lock(&desk.clock.times).awake;
    while !check.is_finished() {
        desk.clock.to_next_alarm();
        until("somebody waits or it is over", || desk.clock.somebody_waits() || check.is_finished()).await;
    }
    assert!(lock(&desk.clock.times).awake - before < wait * 2);
    check.await.expect("it ends");
}

#[tokio::test]
async fn nothing_is_looked_at_while_the_list_is_read() {
    // Given a list whose reading waits for the Hub
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    let wait = Duration::from_secs(110);
    for _ in 0..2 {
        lock(&desk.hub.pieces).push_back(Err(HubError::TooMany { wait: Some(wait), said: None }));
    }
    let due = desk.desk.standing().watching.next.expect("it is known");
    while desk.clock.now() < due - Duration::from_secs(60) {
        desk.clock.to_next_alarm();
        desk.rest().await;
    }
    let reading = desk.desk.clone();
    let read = tokio::spawn(async move { reading.read().await });
    until("it is being read", || desk.desk.standing().reading.under_way.is_some()).await;

    // When the next look is due
    while desk.desk.standing().reading.under_way.is_some() {
        assert_eq!(desk.rounds_asked(), 0);
        desk.clock.to_next_alarm();
        until("somebody waits or it was read", || {
            desk.clock.somebody_waits() || desk.desk.standing().reading.under_way.is_none()
        })
        .await;
    }
    read.await.expect("it was read");

    // Then it comes soon after the list
    assert!(desk.until_asked().await < EVERY);
}

#[tokio::test]
async fn a_look_that_a_reading_of_the_list_broke_off_is_not_called_a_look_at_all() {
    // Given a look that has asked about the first of two clients, while the Hub takes its time
    let desk = Watched::of(&["a1CH", "b1CH"]).await.begin().await;
    let answers = desk.hub.answers.lock().await;
    while lock(&desk.hub.asked).is_empty() {
        desk.clock.to_next_alarm();
        until("it is asked or waits again", || {
            !lock(&desk.hub.asked).is_empty() || desk.clock.somebody_waits()
        })
        .await;
    }

    // When the list begins to be read meanwhile
    let wait = Some(Duration::from_secs(60));
    lock(&desk.hub.pieces).push_back(Err(HubError::TooMany { wait, said: None }));
    let reading = desk.desk.clone();
    let read = tokio::spawn(async move { reading.read().await });
    until("it is being read", || desk.desk.standing().reading.under_way.is_some()).await;
    drop(answers);
    desk.rest().await;

    // Then the other client was not asked about, and no time says that both were
    assert_eq!(lock(&desk.hub.asked).len(), 1);
    assert_eq!(desk.desk.standing().watching.looked_at, None);
    desk.clock.to_next_alarm();
    read.await.expect("it was read");
}

#[tokio::test]
async fn what_one_answer_is_silent_about_stays_on_the_board_and_is_no_change() {
    let desk = Watched::of(&["a1CH"]).await.begin().await;
    let told = lock(&desk.hub.list)[0].clone();
    let mut silent = PartnerChannel { client: Fact::NotTold, ..told };
    silent.channel.quality = Fact::NotTold;
    silent.channel.name = Fact::NotTold;
    lock(&desk.hub.ones).push_back(Ok(silent));
    let mut news = desk.desk.news();

    desk.until_asked().await;

    let line = desk.desk.line(&id("a1CH")).expect("it is there").line;
    assert_eq!(line.channel.quality, Fact::Told("High".into()));
    assert_eq!(line.client, Fact::Told(ClientId("H1CL".into())));
    assert!(line.listed && news.try_recv().is_err());
}

#[tokio::test]
async fn a_channel_of_which_the_hub_knows_nothing_stays_and_keeps_no_other_from_being_looked_at() {
    let desk = Watched::of(&["a1CH", "b1CH"]).await.begin().await;
    lock(&desk.hub.ones).push_back(Err(HubError::NotThere(None)));

    desk.until_asked().await;

    assert_eq!(desk.looked_at(), ["a1CH", "b1CH"]);
    assert!(desk.desk.line(&id("a1CH")).expect("it is there").line.listed);
    assert_eq!(desk.desk.standing().watching.failed, None);
    let failed = |of: &str| desk.desk.case(&id(of)).expect("it is there").mishaps;
    assert_eq!(failed("a1CH").iter().map(|it| it.call).collect::<Vec<_>>(), [Call::Channel]);
    assert_eq!(failed("b1CH"), [], "a diagnosis of another channel tells nothing of it");
}

#[tokio::test]
async fn marks_are_a_filter_and_last_over_a_restart() {
    let desk = Watched::of(&["a2CH"]).await;
    let watched = Look { saved: Saved::Watched, ..Look::default() };
    assert_eq!(desk.desk.lines(&watched, 0, 60).total, 1);

    let again = open(&desk.hub, &desk.records, &desk.clock, "pT77xPA");
    again.read().await;
    assert_eq!(again.lines(&watched, 0, 60).lines[0].line.channel.id, id("a2CH"));
    assert_eq!(again.standing().watching.marked, 1);

    let elsewhere = open(&desk.hub, &desk.records, &desk.clock, "oTh3rPA");
    elsewhere.read().await;
    assert_eq!(elsewhere.lines(&watched, 0, 60).total, 0);
}

#[tokio::test]
async fn no_more_are_marked_than_may_be_and_none_that_the_disk_does_not_take() {
    let desk = Watched::of(&["a1CH"]).await;
    for number in 1..MOST_WATCHED {
        desk.desk.set_watched(&id(&format!("{number}CH")), true).expect("marked");
    }
    assert_eq!(desk.desk.set_watched(&id("a2CH"), true), Err(WatchTrouble::TooMany));
    desk.desk.set_watched(&id("a1CH"), true).expect("it is one of them already");
    desk.desk.set_watched(&id("a1CH"), false).expect("not marked any more");

    desk.records.break_off();
    assert_eq!(desk.desk.set_watched(&id("a2CH"), true), Err(WatchTrouble::Records(RecordsError)));
    assert!(!desk.desk.line(&id("a2CH")).expect("it is there").line.watched);
    desk.records.mend();
    desk.desk.set_watched(&id("a2CH"), true).expect("marked");
}
