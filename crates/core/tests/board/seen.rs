//! What was seen before, and what changed since.

use std::time::Duration;

use channel_keys_core::channel::{ChannelId, HubStatus, Permission, Status};
use channel_keys_core::desk::{Change, Changed, Look, MOST_CHANGES, Saved};
use channel_keys_core::desk_records::DeskRecords;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached};
use channel_keys_core::partner_hub::ChannelsPiece;

use crate::paper::{Bench, channel, client, lock};

const A_WHILE: Duration = Duration::from_secs(18 * 60);
const A_DAY: Duration = Duration::from_secs(24 * 3_600);

fn id(channel: &str) -> ChannelId {
    ChannelId(channel.into())
}

impl Bench {
    fn later(self, by: Duration) -> Self {
        self.clock.forward(by);
        self
    }

    async fn check(self) -> Self {
        self.desk.check().await;
        self
    }

    fn changes(&self, channel: &str) -> Vec<Change> {
        let page = self.desk.changes_of(&id(channel), None).expect("they can be read");
        page.changes.into_iter().map(|kept| kept.change).collect()
    }

    fn all_changes(&self) -> Vec<Change> {
        ["a1CH", "a2CH", "a3CH", "a4CH", "b1CH"].iter().flat_map(|channel| self.changes(channel)).collect()
    }
}

fn words(change: &Change) -> (Changed, &str, &str) {
    (change.what, &change.before, &change.now)
}

#[tokio::test]
async fn the_first_look_ever_finds_no_change() {
    let bench = Bench::usual().read().await.check().await;
    assert_eq!(bench.all_changes(), []);
    assert_eq!(bench.count(Saved::ChangedToday), 0);
}

#[tokio::test]
async fn what_is_told_otherwise_changed_between_the_two_looks_and_outside_of_this_program() {
    let bench = Bench::usual().read().await;
    let before = bench.time();
    let bench = bench.later(A_WHILE);
    {
        let mut list = lock(&bench.hub.list);
        list[0].channel.status = Fact::Told(Status::Error);
        list[0].channel.hub_status = Fact::Told(HubStatus::PendingDeletion);
        list[0].channel.running = Fact::Told(false);
        list[1].channel.name = Fact::Told("Front desk, new".into());
        list[1].channel.number = Fact::Told("491705550199".into());
        list[2].channel.limit = Fact::Told("TIER_10K".into());
        list[2].channel.quality = Fact::Told("Low".into());
    }
    let mut news = bench.desk.news();
    let now = bench.time();
    let bench = bench.read().await;

    let all = bench.all_changes();
    let mut told: Vec<_> = all.iter().map(words).collect();
    told.sort_by_key(|(what, ..)| what.word());
    assert_eq!(
        told,
        [
            (Changed::HubStatus, "live", "pending_deletion"),
            (Changed::Limit, "TIER_1K", "TIER_10K"),
            (Changed::Name, "Front desk", "Front desk, new"),
            (Changed::Number, "491705550101", "491705550199"),
            (Changed::Quality, "High", "Low"),
            (Changed::Running, "running", "not_running"),
            (Changed::Status, "ready", "error"),
        ]
    );
    for change in &all {
        assert_eq!((change.told_before, change.told_now, change.here), (before, now, false));
    }
    let sent = news.try_recv().expect("it is told to whoever listens");
    assert_eq!(sent.len(), all.len());
    assert_eq!(bench.count(Saved::ChangedToday), 3);
    assert_eq!(bench.names(&Look { saved: Saved::ChangedToday, ..Look::default() }).len(), 3);
}

#[tokio::test]
async fn silence_is_no_change_and_what_is_told_after_it_is_compared_with_what_was_told_before_it() {
    let bench = Bench::usual().read().await;
    let first = bench.time();
    let bench = bench.later(A_WHILE);
    lock(&bench.hub.list)[0].channel.quality = Fact::NotTold;
    let bench = bench.read().await.later(A_WHILE);
    assert_eq!(bench.all_changes(), []);

    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;

    let changes = bench.changes("a1CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Quality, "High", "Low")]);
    assert_eq!(changes[0].told_before, first, "when it was last said");
}

#[tokio::test]
async fn what_changed_while_the_program_was_closed_is_found_with_the_time_of_the_day_before() {
    // Given a hotel's channel that was Missing yesterday
    let bench = Bench::usual().read().await.check().await;
    let yesterday = bench.time();
    let bench = bench.opened_again().later(A_DAY);
    bench.hub.shares("H1CL", &["a1CH"]);

    // When the desk is opened today
    let bench = bench.read().await.check().await;

    let changes = bench.changes("a1CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Permission, "missing", "shared")]);
    let Change { told_before, told_now, here, .. } = changes[0];
    assert_eq!((told_before, told_now, here), (yesterday, bench.time(), false));
    assert_eq!(bench.all_changes().len(), 1);
    assert_eq!(bench.count(Saved::ChangedToday), 1);
}

#[tokio::test]
async fn a_list_that_was_read_again_without_news_moves_the_earlier_of_the_two_times() {
    let bench = Bench::usual().read().await.later(A_WHILE).read().await;
    let last = bench.time();
    let bench = bench.opened_again().later(A_DAY);
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;

    assert_eq!(bench.changes("a1CH")[0].told_before, last);
}

#[tokio::test]
async fn a_list_in_which_nothing_changed_writes_no_fact() {
    let bench = Bench::usual().read().await;
    assert!(bench.records.facts_written() > 0);
    let bench = bench.later(A_WHILE).read().await;
    assert_eq!(bench.records.facts_written(), 0);

    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;
    assert_eq!(bench.records.facts_written(), 1);
}

#[tokio::test]
async fn what_was_seen_before_is_compared_and_does_not_stand_on_the_board() {
    let bench = Bench::usual();
    bench.hub.shares("H1CL", &["a1CH"]);
    let bench = bench.read().await.check().await;
    let bench = bench.opened_again();
    assert_eq!(bench.count(Saved::All), 0);
    let bench = bench.read().await;

    // Then nothing is said of a permission that was not asked for anew, neither Shared nor Missing
    assert_eq!(bench.count(Saved::NotChecked), 5);
    assert_eq!(bench.line("a1CH").line.check.permission(), Fact::NotTold);
    assert_eq!(bench.missing(), Vec::<String>::new());
    let bench = bench.check().await;
    assert_eq!(bench.line("a1CH").line.check.permission(), Fact::Told(Permission::Shared));
    assert_eq!(bench.all_changes(), []);
}

#[tokio::test]
async fn a_channel_that_a_whole_list_newly_has_or_has_no_longer_is_a_change() {
    let bench = Bench::usual().read().await;
    let first = bench.time();
    let bench = bench.later(A_WHILE);
    let hotel = client("H1CL", "Harbour Hotel GmbH");
    {
        let mut list = lock(&bench.hub.list);
        list.remove(2);
        list.push(channel("a9CH", &hotel, "New", "493055570199"));
    }
    let bench = bench.read().await;

    let change = |channel: &str| bench.changes(channel).first().cloned().expect("it changed");
    assert_eq!(words(&change("a9CH")), (Changed::Listed, "not_listed", "listed"));
    assert_eq!(words(&change("a3CH")), (Changed::Listed, "listed", "not_listed"));
    for channel in ["a9CH", "a3CH"] {
        assert_eq!((change(channel).told_before, change(channel).told_now), (first, bench.time()));
    }
    assert_eq!(bench.count(Saved::ChangedToday), 2);
}

#[tokio::test]
async fn a_channel_that_went_while_the_program_was_closed_is_on_the_board_and_says_that_it_is_not_listed() {
    let bench = Bench::usual().read().await.check().await;
    let checked = bench.time();
    let bench = bench.opened_again().later(A_DAY);
    lock(&bench.hub.list).remove(2);
    let bench = bench.read().await.check().await;

    let gone = bench.line("a3CH").line;
    assert!(!gone.listed);
    assert_eq!((gone.channel.name, gone.read_at), (Fact::Told("Spa".into()), checked));
    assert_eq!(gone.check.at(), Some(checked), "what was said of it has its age");
    assert_eq!(words(&bench.changes("a3CH")[0]), (Changed::Listed, "listed", "not_listed"));

    // And it is no news a second time, nor when it is listed again later
    let bench = bench.opened_again().later(A_DAY).read().await;
    assert_eq!(bench.changes("a3CH").len(), 1);
    let last_without_it = bench.time();
    lock(&bench.hub.list).push(channel("a3CH", &client("H1CL", "Harbour Hotel GmbH"), "Spa", "493055570190"));
    let bench = bench.later(A_DAY).read().await;
    let again = bench.changes("a3CH")[0].clone();
    assert_eq!(words(&again), (Changed::Listed, "not_listed", "listed"));
    assert_eq!(again.told_before, last_without_it);
}

#[tokio::test]
async fn a_list_that_was_not_read_to_its_end_says_of_nobody_that_they_came_or_went() {
    let bench = Bench::usual().read().await.later(A_WHILE);
    let hotel = client("H1CL", "Harbour Hotel GmbH");
    let new = vec![channel("a9CH", &hotel, "New", "493055570199")];
    let first = ChannelsPiece { entries: 1, channels: new, total: Fact::Told(6) };
    lock(&bench.hub.pieces).extend([Ok(first), Err(HubError::NotReached(NotReached::Connection))]);
    let bench = bench.read().await;

    assert_eq!(bench.all_changes(), []);
    assert_eq!(bench.changes("a9CH"), []);
}

#[tokio::test]
async fn a_channel_that_moved_to_another_client_changed_owners_and_its_permission_is_not_compared_across() {
    // Given "Spa", Shared by the hotel
    let bench = Bench::usual();
    bench.hub.shares("H1CL", &["a3CH"]);
    let bench = bench.read().await.check().await.later(A_WHILE);

    // When it moves to the bakery, which shares nothing
    let bakery = client("B2CL", "Bäckerei Falk");
    lock(&bench.hub.list)[2].client = Fact::Told(bakery);
    bench.hub.shares("H1CL", &[]);
    let bench = bench.read().await.check().await;

    let changes = bench.changes("a3CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Client, "H1CL", "B2CL")]);

    // And a move while the program was closed is the same
    let bench = bench.opened_again();
    lock(&bench.hub.list)[2].client = Fact::Told(client("H1CL", "Harbour Hotel GmbH"));
    bench.hub.shares("H1CL", &["a3CH"]);
    let bench = bench.later(A_DAY).read().await.check().await;
    assert_eq!(words(&bench.changes("a3CH")[0]), (Changed::Client, "B2CL", "H1CL"));
    assert_eq!(bench.changes("a3CH").len(), 2);
}

#[tokio::test]
async fn what_this_program_did_is_told_apart_also_after_a_restart() {
    let bench = Bench::usual().read().await;
    bench.desk.saw_keys(&id("a1CH"), &["20".into(), "11".into()]).await;
    bench.desk.saw_keys(&id("a2CH"), &["30".into()]).await;
    assert_eq!(bench.all_changes(), []);

    // Given that this program makes a key for one, and somebody else for the other
    let bench = bench.later(A_WHILE);
    bench.desk.did_here(&id("a1CH"), Changed::Keys);
    let bench = bench.opened_again().later(A_WHILE).read().await;
    bench.desk.saw_keys(&id("a1CH"), &["77".into()]).await;
    bench.desk.saw_keys(&id("a2CH"), &["78".into()]).await;

    let here = |channel| {
        let changes = bench.changes(channel);
        assert_eq!(changes.len(), 1);
        (changes[0].before.clone(), changes[0].now.clone(), changes[0].here)
    };
    assert_eq!(here("a1CH"), ("11 20".into(), "77".into(), true));
    assert_eq!(here("a2CH"), ("30".into(), "78".into(), false));

    // And what was done once explains nothing that happens later
    let bench = bench.later(A_WHILE);
    bench.desk.saw_keys(&id("a1CH"), &[]).await;
    assert!(!bench.changes("a1CH")[0].here);
}

#[tokio::test]
async fn the_same_keys_in_another_order_are_no_change() {
    let bench = Bench::usual().read().await;
    bench.desk.saw_keys(&id("a1CH"), &["20".into(), "11".into()]).await;
    bench.desk.saw_keys(&id("a1CH"), &["11".into(), "20".into()]).await;
    assert_eq!(bench.changes("a1CH"), []);
}

#[tokio::test]
async fn a_disk_that_takes_nothing_stops_nobody_and_what_was_seen_is_written_when_it_does_again() {
    let bench = Bench::usual().read().await.later(A_WHILE);
    bench.records.break_off();
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let mut news = bench.desk.news();
    let bench = bench.read().await;

    // Then the board goes on, says that it does not remember, and tells the news
    assert!(bench.desk.standing().forgets);
    assert_eq!(bench.line("a1CH").line.channel.quality, Fact::Told("Low".into()));
    assert_eq!(bench.count(Saved::ChangedToday), 1);
    assert_eq!(news.try_recv().expect("it is told").len(), 1);
    assert!(bench.desk.changes_of(&id("a1CH"), None).is_err());

    // And when the disk is there again, nothing is missing
    bench.records.mend();
    let bench = bench.later(A_WHILE).read().await;
    assert!(!bench.desk.standing().forgets);
    assert_eq!(bench.changes("a1CH").len(), 1);
}

#[tokio::test]
async fn what_could_not_be_read_at_the_beginning_is_compared_later_and_not_overwritten() {
    let bench = Bench::usual().read().await;
    let before = bench.time();
    let bench = bench.opened_again().later(A_DAY);
    bench.records.break_off();
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;
    assert!(bench.desk.standing().forgets);
    assert_eq!(bench.count(Saved::All), 5);

    bench.records.mend();
    let bench = bench.read().await;

    assert!(!bench.desk.standing().forgets);
    let changes = bench.changes("a1CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Quality, "High", "Low")]);
    assert_eq!(changes[0].told_before, before);
}

#[tokio::test]
async fn today_is_over_at_midnight_and_begins_where_the_person_is() {
    let bench = Bench::usual().read().await.later(A_WHILE);
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;
    assert_eq!(bench.count(Saved::ChangedToday), 1);

    // Then it is among today's also after a restart, and not on the next day
    let bench = bench.opened_again().read().await;
    assert_eq!(bench.count(Saved::ChangedToday), 1);
    let bench = bench.later(A_DAY);
    assert_eq!(bench.count(Saved::ChangedToday), 0);
    assert_eq!(bench.names(&Look { saved: Saved::ChangedToday, ..Look::default() }), Vec::<String>::new());
}

#[tokio::test]
async fn a_long_history_comes_in_pages() {
    let bench = Bench::usual().read().await;
    bench.desk.saw_keys(&id("a1CH"), &["start".into()]).await;
    for at in 0..MOST_CHANGES + 3 {
        bench.desk.saw_keys(&id("a1CH"), &[at.to_string()]).await;
    }
    let first = bench.desk.changes_of(&id("a1CH"), None).expect("a page");
    assert_eq!((first.changes.len(), first.more), (MOST_CHANGES, true));
    assert_eq!(first.changes[0].change.now, (MOST_CHANGES + 2).to_string());
    let last = first.changes.last().map(|kept| kept.id);
    let rest = bench.desk.changes_of(&id("a1CH"), last).expect("the rest");
    assert!(!rest.more);
    let rest: Vec<_> = rest.changes.into_iter().map(|kept| kept.change.now).collect();
    assert_eq!(rest, ["2", "1", "0"]);
}

#[tokio::test]
async fn another_partner_s_desk_sees_nothing_of_it() {
    let bench = Bench::usual().read().await.later(A_WHILE);
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await;
    bench.desk.set_watched(&id("a1CH"), true).expect("marked");

    let bench = bench.at("otherPA").read().await;

    assert_eq!(bench.all_changes(), []);
    assert_eq!(bench.count(Saved::ChangedToday), 0);
    assert_eq!(bench.desk.watched(), Ok(Vec::new()));
}

#[tokio::test]
async fn marks_last_over_a_restart_and_can_be_taken_away() {
    let bench = Bench::usual();
    for channel in ["a1CH", "b1CH", "a1CH"] {
        bench.desk.set_watched(&id(channel), true).expect("marked");
    }
    let bench = bench.opened_again();
    assert_eq!(bench.desk.watched(), Ok(vec![id("a1CH"), id("b1CH")]));
    bench.desk.set_watched(&id("a1CH"), false).expect("taken away");
    assert_eq!(bench.desk.watched(), Ok(vec![id("b1CH")]));
}

#[tokio::test]
async fn what_is_older_than_it_is_kept_is_forgotten_and_notes_and_marks_stay() {
    let bench = Bench::usual().read().await.check().await.later(A_WHILE);
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("Low".into());
    let bench = bench.read().await.later(A_DAY * 10);
    lock(&bench.hub.list)[0].channel.quality = Fact::Told("High".into());
    let bench = bench.read().await;
    bench.desk.set_watched(&id("b1CH"), true).expect("marked");

    assert_eq!(bench.records.prune(bench.time() - A_DAY), Ok(1));

    let changes = bench.changes("a1CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Quality, "Low", "High")]);
    assert_eq!(bench.desk.watched(), Ok(vec![id("b1CH")]));
    // Then what still stands in the list is known on, and a permission that was told long ago is not
    bench.hub.shares("H1CL", &["a1CH", "a2CH"]);
    let bench = bench.opened_again();
    lock(&bench.hub.list)[1].channel.name = Fact::Told("Reception".into());
    let bench = bench.read().await.check().await;
    let changes = bench.changes("a2CH");
    assert_eq!(changes.iter().map(words).collect::<Vec<_>>(), [(Changed::Name, "Front desk", "Reception")]);
}
