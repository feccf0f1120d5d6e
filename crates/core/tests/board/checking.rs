use std::time::Duration;

use channel_keys_core::access::{Answer, NextStep, Reason};
use channel_keys_core::channel::{ChannelId, ClientId, Permission};
use channel_keys_core::desk::{Check, Look, Saved};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached};
use channel_keys_core::partner_hub::PartnerChannel;

use crate::paper::{Bench, channel, client, lock};

/// A list of so many clients with a channel each.
pub fn clients(count: usize) -> Vec<PartnerChannel> {
    let of = |at: usize| {
        let client = client(&format!("C{at}CL"), &format!("Client {at}"));
        channel(&format!("{at}CH"), &client, &format!("Desk {at}"), &format!("49305558{at:06}"))
    };
    (0..count).map(of).collect()
}

#[tokio::test]
async fn what_is_in_the_answer_is_shared_and_what_is_not_is_missing() {
    let bench = Bench::usual().read().await;
    bench.hub.shares("H1CL", &["a1CH"]);

    // Before anybody asked, nothing is called Missing
    assert_eq!(bench.missing(), Vec::<String>::new());
    assert_eq!(bench.count(Saved::NotChecked), 5);
    let open = bench.line("a1CH").verdict();
    assert_eq!((open.generate, open.reason), (Answer::HubDecides, Reason::NotTold));

    bench.desk.check().await;

    assert_eq!(bench.line("a1CH").line.check.permission(), Fact::Told(Permission::Shared));
    assert_eq!(bench.missing(), ["a2CH", "a3CH", "b1CH", "a4CH"]);
    assert_eq!(bench.count(Saved::NotChecked), 0);
    assert_eq!(bench.count(Saved::RunningButMissing), 4);
    assert_eq!(bench.line("a1CH").verdict().next, NextStep::MakeKey);
    let off = bench.line("a2CH").verdict();
    assert_eq!((off.generate, off.next), (Answer::No, NextStep::ClientGivesPermission));
}

#[tokio::test]
async fn each_client_is_asked_about_once_and_only_a_few_at_a_time() {
    let bench = Bench::with(clients(40)).read().await;
    bench.desk.check().await;

    assert_eq!(lock(&bench.hub.asked).len(), 40);
    let most = lock(&bench.hub.at_once).1;
    assert!((2..=4).contains(&most), "{most} at once");
    let checking = bench.desk.standing().checking;
    assert_eq!((checking.under_way, checking.clients_to_go), (false, 0));
}

#[tokio::test]
#[expect(clippy::await_holding_lock, reason = "it keeps the disk busy")]
async fn a_check_that_waits_for_the_disk_does_not_end_the_next_one() {
    let bench = Bench::with(clients(8)).read().await;
    let asked = || lock(&bench.hub.asked).len();
    let is_under_way = || bench.desk.standing().checking.under_way;

    // Given a check whose answers are all in, while the disk takes its time
    let disk = lock(&bench.records.disk);
    let desk = bench.desk.clone();
    let first = tokio::spawn(async move { desk.check().await });
    while asked() < 8 || is_under_way() {
        tokio::task::yield_now().await;
    }

    // When it is asked again, and the disk goes on before the Hub answers
    let answers = bench.hub.answers.lock().await;
    let (desk, everybody) = (bench.desk.clone(), (0..8).map(|at| ClientId(format!("C{at}CL"))).collect());
    let second = tokio::spawn(async move { desk.check_again(everybody).await });
    while asked() < 12 {
        tokio::task::yield_now().await;
    }
    drop(disk);
    first.await.expect("it ends");

    // Then the second one goes on, and no third one is begun beside it
    assert!(is_under_way());
    bench.desk.check().await;
    assert_eq!(asked(), 12);
    drop(answers);
    second.await.expect("it ends");
    assert_eq!(asked(), 16);
}

#[tokio::test]
async fn what_is_in_view_is_asked_about_first() {
    let bench = Bench::with(clients(100)).read().await;
    bench.desk.lines(&Look::default(), 90, 5);
    bench.desk.check().await;

    let asked = lock(&bench.hub.asked);
    let mut first: Vec<_> = asked[..5].iter().map(ToString::to_string).collect();
    first.sort();
    assert_eq!(first, ["C90CL", "C91CL", "C92CL", "C93CL", "C94CL"]);
}

#[tokio::test]
async fn a_hub_that_asks_to_wait_is_not_asked_meanwhile_and_nothing_is_lost() {
    // Given a storm of "too many"
    let bench = Bench::with(clients(20)).read().await;
    let storm = || HubError::TooMany { wait: Some(Duration::from_secs(30)), said: None };
    for at in 0..3 {
        bench.hub.refuses(&format!("C{at}CL"), [storm()]);
    }
    let before = bench.time();

    // When the permissions are asked for
    bench.desk.check().await;

    // Then time passed, and in the end each was told
    assert!(bench.time() - before >= Duration::from_secs(30));
    assert_eq!(bench.count(Saved::NotChecked), 0);
    assert_eq!(bench.desk.standing().checking.stopped, None);
}

#[tokio::test]
async fn a_storm_without_end_stops_the_asking_and_calls_nothing_missing() {
    let bench = Bench::with(clients(8)).read().await;
    for at in 0..8 {
        let storm = || HubError::TooMany { wait: Some(Duration::from_secs(30)), said: None };
        bench.hub.refuses(&format!("C{at}CL"), (0..50).map(|_| storm()));
    }
    bench.desk.check().await;

    assert!(matches!(bench.desk.standing().checking.stopped, Some(HubError::TooMany { .. })));
    assert_eq!(bench.missing(), Vec::<String>::new());
    assert_eq!(bench.count(Saved::NotChecked), 8);
    assert!(lock(&bench.hub.asked).len() <= 12, "it goes on asking");
}

#[tokio::test]
async fn a_client_that_is_gone_half_way_is_told_and_the_others_are_asked_about() {
    let bench = Bench::usual().read().await;
    bench.hub.shares("H1CL", &["a1CH"]);
    bench.hub.refuses("B2CL", [HubError::NotThere(None)]);
    bench.desk.check().await;

    let gone = bench.line("b1CH");
    assert_eq!(gone.line.check, Check::NotYet);
    assert_eq!(gone.trouble(), Some(&HubError::NotThere(None)));
    assert_eq!(bench.missing(), ["a2CH", "a3CH", "a4CH"]);
    assert_eq!(bench.desk.standing().checking.failed, 1);
}

#[tokio::test]
async fn what_was_told_stays_when_asking_again_fails() {
    let bench = Bench::usual().read().await;
    bench.hub.shares("B2CL", &["b1CH"]);
    bench.desk.check().await;
    let told = bench.line("b1CH").line.check;

    bench.hub.refuses("B2CL", [HubError::NotUnderstood { status: 200 }]);
    bench.clock.forward(Duration::from_secs(60));
    bench.desk.check_again(vec![channel_keys_core::channel::ClientId("B2CL".into())]).await;

    let line = bench.line("b1CH");
    assert_eq!(line.line.check, told, "with the age that it has");
    assert_eq!(line.trouble(), Some(&HubError::NotUnderstood { status: 200 }));
}

#[tokio::test]
async fn a_channel_that_came_while_its_client_was_asked_about_is_not_called_missing() {
    // Given that the list is read again while the question is on its way, and brings a new channel
    let bench = Bench::usual().read().await;
    let (desk, clock, hub) = (bench.desk.clone(), bench.clock.clone(), bench.hub.clone());
    *lock(&bench.hub.meanwhile) = Some(Box::new(move || {
        clock.forward(Duration::from_secs(1));
        lock(&hub.list).push(channel("a9CH", &client("H1CL", "Harbour Hotel GmbH"), "New", "493055570199"));
        let reading = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            runtime.block_on(desk.read());
        });
        reading.join().expect("it is read");
    }));

    // When the answer, which knows nothing of it, arrives
    bench.desk.check().await;

    // Then it was asked about once more, and only that answer counts
    let asked = lock(&bench.hub.asked).iter().filter(|client| client.0 == "H1CL").count();
    assert_eq!(asked, 2);
    assert!(matches!(bench.line("a9CH").line.check, Check::Told { permission: Permission::Missing, .. }));
}

#[tokio::test]
async fn a_session_that_ends_stops_the_asking_and_it_goes_on_afterwards() {
    let bench = Bench::with(clients(30)).read().await;
    bench.hub.refuses("C4CL", [HubError::SessionEnded]);
    bench.desk.check().await;

    let checking = bench.desk.standing().checking;
    assert_eq!(checking.stopped, Some(HubError::SessionEnded));
    assert!(checking.clients_to_go > 0);
    assert!(lock(&bench.hub.asked).len() < 12, "nobody else is asked with a dead session");

    bench.desk.check().await;
    assert_eq!(bench.count(Saved::NotChecked), 0);
}

#[tokio::test]
async fn without_a_network_the_asking_stops_at_once() {
    let bench = Bench::with(clients(30)).read().await;
    for at in 0..30 {
        bench.hub.refuses(&format!("C{at}CL"), [HubError::NotReached(NotReached::Connection)]);
    }
    bench.desk.check().await;

    assert!(lock(&bench.hub.asked).len() <= 4);
    assert_eq!(bench.missing(), Vec::<String>::new());
}

#[tokio::test]
async fn a_hub_that_asks_for_a_long_wait_is_left_alone_for_all_of_it() {
    let bench = Bench::usual().read().await;
    let wait = Some(Duration::from_secs(3_600));
    bench.hub.refuses("H1CL", [HubError::TooMany { wait, said: None }]);
    let before = bench.time();

    bench.desk.check().await;

    assert!(bench.time() - before >= Duration::from_secs(3_600));
    assert_eq!(bench.count(Saved::NotChecked), 0);
}

#[tokio::test]
async fn a_wait_without_measure_harms_nobody() {
    let bench = Bench::usual().read().await;
    bench.hub.refuses("H1CL", [HubError::TooMany { wait: Some(Duration::MAX), said: None }]);
    bench.desk.check().await;
    assert_eq!(bench.count(Saved::NotChecked), 0);
}

#[tokio::test]
async fn checking_again_asks_about_the_open_channel_first_then_about_what_is_in_view_and_about_nobody_else() {
    // Given a board of which every permission was told
    let bench = Bench::with(clients(40)).read().await;
    bench.desk.check().await;
    let first_told = bench.line("31CH").line.check.at();
    bench.hub.shares("C31CL", &["31CH"]);
    lock(&bench.hub.asked).clear();
    bench.clock.forward(Duration::from_secs(600));

    // When a person checks again, with the channel 31 open and three others in view, of which one is open too
    let ids = ["31CH", "7CH", "31CH", "8CH", "9CH"].map(|id| ChannelId(id.into()));
    bench.desk.read_and_check(&ids).await;

    // Then these are asked about, in that order, and the list is read
    let asked: Vec<_> = lock(&bench.hub.asked).iter().map(ToString::to_string).collect();
    assert_eq!(asked, ["C31CL", "C7CL", "C8CL", "C9CL"]);
    let line = bench.line("31CH").line;
    assert_eq!(line.check, Check::Told { permission: Permission::Shared, at: bench.time() });
    assert_eq!(line.read_at, bench.time());

    // And a time stands only beside what was asked: the others keep their earlier one
    assert_eq!(bench.line("30CH").line.check.at(), first_told);
    assert_eq!(bench.desk.standing().checking.clients_to_go, 0);
}

#[tokio::test]
async fn what_is_asked_about_again_counts_as_still_to_be_asked_about_until_it_is() {
    // Given a Hub that takes its time
    let bench = Bench::with(clients(8)).read().await;
    bench.desk.check().await;
    let answers = bench.hub.answers.lock().await;

    // When six channels are checked again
    let ids: Vec<_> = (0..6).map(|at| ChannelId(format!("{at}CH"))).collect();
    let desk = bench.desk.clone();
    let again = tokio::spawn(async move { desk.read_and_check(&ids).await });
    while lock(&bench.hub.asked).len() < 12 {
        tokio::task::yield_now().await;
    }

    // Then the bar tells that it goes on, and how many wait
    let checking = bench.desk.standing().checking;
    assert_eq!((checking.under_way, checking.clients_to_go), (true, 2));
    drop(answers);
    again.await.expect("it ends");
    assert_eq!(bench.desk.standing().checking.clients_to_go, 0);
}

#[tokio::test]
async fn asking_about_one_channel_tells_each_of_its_times_only_where_that_was_asked() {
    // Given a channel of which everything was told
    let bench = Bench::usual().read().await;
    bench.desk.check().await;
    let before = bench.line("b1CH").line;
    bench.clock.forward(Duration::from_secs(600));

    // When 360dialog tells its facts and not whether it is shared
    let mut changes = bench.desk.changes();
    changes.mark_unchanged();
    bench.hub.refuses("B2CL", [HubError::NotThere(None)]);
    let asked = bench.desk.read_anew(&ChannelId("b1CH".into())).await;

    // Then the person is told so, the facts are new and the permission has the age that it has
    assert_eq!(asked.expect_err("it is not told"), HubError::NotThere(None));
    let line = bench.line("b1CH").line;
    assert_eq!((line.read_at, line.check), (bench.time(), before.check));
    assert!(changes.has_changed().expect("the desk is open"), "the pages are told");

    // And when it tells both, both are new
    bench.desk.read_anew(&ChannelId("b1CH".into())).await.expect("it is told");
    assert_eq!(bench.line("b1CH").line.check.at(), Some(bench.time()));
}
