use std::collections::HashMap;
use std::path::Path;

use channel_keys_core::channel::PartnerId;
use channel_keys_core::records::{Realm, Records};

use super::*;
use crate::os::records::OpenError;

const DAY: i64 = 24 * 3_600;

fn desk(realm: Realm, partner: &str) -> AtPartner {
    AtPartner { realm, partner: PartnerId(partner.into()) }
}

fn blue_anchor() -> AtPartner {
    desk(Realm::Real, "pT77xPA")
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_728_291_681 + seconds).expect("a time")
}

fn id(channel: &str) -> ChannelId {
    ChannelId(channel.into())
}

type Fact = (ChannelId, LastTold);

fn fact(channel: &str, what: Changed, word: &str, told: i64, in_list: bool) -> Fact {
    (id(channel), LastTold { what, word: word.into(), at: at(told), in_list, did_at: None })
}

fn told(facts: impl IntoIterator<Item = Fact>) -> HashMap<ChannelId, Vec<Sighting>> {
    let mut by_channel: HashMap<_, Vec<_>> = HashMap::new();
    for (channel, told) in facts {
        by_channel.entry(channel).or_default().push(Sighting::Told(told));
    }
    by_channel
}

/// Each fact that is remembered, by channel and time.
fn remembered(records: &SqliteRecords, desk: &AtPartner) -> Vec<Fact> {
    let all = records.last_seen(desk).expect("read").told;
    let facts = all.into_iter().flat_map(|(id, facts)| facts.into_iter().map(move |fact| (id.clone(), fact)));
    let mut facts: Vec<_> = facts.collect();
    facts.sort_by_key(|(channel, told)| (channel.clone(), told.at));
    facts
}

fn gave(channel: &str, told_now: i64) -> Change {
    Change {
        channel: id(channel),
        what: Changed::Permission,
        before: "missing".into(),
        now: "shared".into(),
        told_before: at(told_now - 1_080),
        told_now: at(told_now),
        here: false,
    }
}

fn in_memory() -> SqliteRecords {
    SqliteRecords::open(Path::new(":memory:")).expect("it opens")
}

fn written_note(text: &str) -> Note {
    Note {
        id: 0,
        channel: id("tQ8m2ZCH"),
        text: text.into(),
        ticket: Some("TCK-4711".into()),
        at: at(0),
        changed_at: None,
        by: Some("jo@blue-anchor.example".into()),
    }
}

#[test]
fn what_was_seen_changed_and_noted_is_there_after_the_file_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.sqlite");
    let mut name = fact("tQ8m2ZCH", Changed::Name, "Front desk — “é” 👋", 0, true);
    name.1.did_at = Some(at(5));
    let keys = fact("tQ8m2ZCH", Changed::Keys, "", 1, false);
    let seen = Sightings {
        facts: told([name.clone(), keys.clone()]),
        changes: vec![gave("tQ8m2ZCH", 10), Change { here: true, ..gave("tQ8m2ZCH", 20) }],
        list_read: Some(at(3)),
    };
    {
        let records = SqliteRecords::open(&file).expect("it opens");
        records.write_sightings(&blue_anchor(), &seen).expect("written");
        records.add_note(&blue_anchor(), &written_note("Asked by phone")).expect("noted");
        records.set_watched(&blue_anchor(), &id("tQ8m2ZCH"), true).expect("marked");
    }
    let records = SqliteRecords::open(&file).expect("it opens again");

    let list_read = records.last_seen(&blue_anchor()).expect("read").list_read;
    assert_eq!((remembered(&records, &blue_anchor()), list_read), (vec![name, keys], Some(at(3))));
    let changes = records.changes(&blue_anchor(), &id("tQ8m2ZCH"), None, 50).expect("read");
    let changes: Vec<_> = changes.into_iter().map(|kept| kept.change).collect();
    assert_eq!(changes, [seen.changes[1].clone(), seen.changes[0].clone()], "newest first");
    let notes = records.notes(&blue_anchor(), &id("tQ8m2ZCH")).expect("read");
    assert_eq!(notes, [Note { id: notes[0].id, ..written_note("Asked by phone") }]);
    assert_eq!(records.watched(&blue_anchor()), Ok(vec![id("tQ8m2ZCH")]));
}

#[test]
fn a_fact_takes_the_place_of_the_one_before_and_a_dropped_one_goes() {
    let records = in_memory();
    let write = |facts| {
        let seen = Sightings { facts, ..Sightings::default() };
        records.write_sightings(&blue_anchor(), &seen).expect("written");
        remembered(&records, &blue_anchor())
    };
    write(told([fact("a", Changed::Quality, "High", 0, true)]));
    let low = fact("a", Changed::Quality, "Low", 9, false);
    assert_eq!(write(told([low.clone()])), [low]);
    assert_eq!(write(HashMap::from([(id("a"), vec![Sighting::Dropped(Changed::Quality)])])), []);
}

#[test]
fn notes_are_changed_and_removed_by_their_number_and_only_at_their_own_desk() {
    let records = in_memory();
    records.add_note(&blue_anchor(), &written_note("Waits for Meta")).expect("noted");
    let note = records.all_notes(&blue_anchor()).expect("read").remove(0);
    let changed = Note { text: "Meta agreed".into(), ticket: None, changed_at: Some(at(60)), ..note.clone() };
    for other in [desk(Realm::Practice, "pT77xPA"), desk(Realm::Real, "otherPA")] {
        records.set_watched(&other, &id("x"), true).expect("it is known");
        assert_eq!(records.change_note(&other, &changed), Ok(false));
        assert_eq!(records.remove_note(&other, note.id), Ok(false));
        assert_eq!(records.all_notes(&other), Ok(Vec::new()));
    }
    assert_eq!(records.change_note(&blue_anchor(), &changed), Ok(true));
    assert_eq!(records.notes(&blue_anchor(), &note.channel), Ok(vec![changed]));
    assert_eq!(records.remove_note(&blue_anchor(), note.id), Ok(true));
    assert_eq!(records.remove_note(&blue_anchor(), note.id), Ok(false));
}

#[test]
fn desks_and_realms_never_see_each_other_s() {
    let records = in_memory();
    let seen = Sightings {
        facts: told([fact("a", Changed::Name, "Spa", 0, true)]),
        changes: vec![gave("a", 10)],
        ..Sightings::default()
    };
    records.write_sightings(&blue_anchor(), &seen).expect("written");
    for other in [desk(Realm::Practice, "pT77xPA"), desk(Realm::Real, "otherPA")] {
        records.write_sightings(&other, &Sightings::default()).expect("it is known");
        assert_eq!(records.last_seen(&other), Ok(LastSeen::default()));
        assert_eq!(records.changes(&other, &id("a"), None, 50), Ok(Vec::new()));
        assert_eq!(records.changed_since(&other, at(0)), Ok(Vec::new()));
    }
    assert_eq!(records.changed_since(&blue_anchor(), at(10)), Ok(vec![(id("a"), at(10))]));
    assert_eq!(records.changed_since(&blue_anchor(), at(11)), Ok(Vec::new()));
}

#[test]
fn pruning_takes_what_is_old_and_leaves_what_still_stands_in_a_list_and_what_people_made() {
    let records = in_memory();
    let seen = Sightings {
        facts: told([
            fact("a", Changed::Name, "Spa", 0, true),
            fact("a", Changed::Permission, "missing", 0, false),
            fact("b", Changed::Permission, "missing", 50 * DAY, false),
        ]),
        changes: vec![gave("a", 0), gave("a", 50 * DAY)],
        list_read: Some(at(50 * DAY)),
    };
    records.write_sightings(&blue_anchor(), &seen).expect("written");
    let left = desk(Realm::Real, "leftPA");
    records.write_sightings(&left, &Sightings { list_read: Some(at(1)), ..seen.clone() }).expect("written");
    records.add_note(&blue_anchor(), &written_note("Asked by phone")).expect("noted");
    records.set_watched(&blue_anchor(), &id("a"), true).expect("marked");

    assert_eq!(records.prune(at(30 * DAY)), Ok(2));

    let left_over = |desk: &AtPartner| {
        remembered(&records, desk).into_iter().map(|(id, told)| (id.0, told.what)).collect::<Vec<_>>()
    };
    assert_eq!(left_over(&blue_anchor()), [("a".into(), Changed::Name), ("b".into(), Changed::Permission)]);
    assert_eq!(left_over(&left), [("b".into(), Changed::Permission)], "its list was not read for long");
    assert_eq!(records.changes(&blue_anchor(), &id("a"), None, 50).map(|page| page.len()), Ok(1));
    assert_eq!(records.all_notes(&blue_anchor()).map(|notes| notes.len()), Ok(1));
    assert_eq!(records.watched(&blue_anchor()), Ok(vec![id("a")]));
    assert_eq!(records.prune(at(30 * DAY)), Ok(0));
}

#[test]
fn the_newest_change_of_one_thing_is_found_behind_any_number_of_others() {
    let records = in_memory();
    let keys =
        |told_now: i64| Change { what: Changed::Keys, now: format!("{told_now}"), ..gave("a", told_now) };
    let mut changes = vec![keys(1), keys(2)];
    changes.extend((3..100).map(|at| gave("a", at)));
    changes.push(Change { channel: id("b"), ..keys(101) });
    let seen = Sightings { changes, ..Sightings::default() };
    records.write_sightings(&blue_anchor(), &seen).expect("written");

    assert_eq!(records.last_change(&blue_anchor(), &id("a"), Changed::Keys), Ok(Some(keys(2))));
    assert_eq!(records.last_change(&blue_anchor(), &id("a"), Changed::Quality), Ok(None));
    assert_eq!(records.last_change(&desk(Realm::Practice, "pT77xPA"), &id("a"), Changed::Keys), Ok(None));
}

/// How SQLite says that it goes about a query.
fn plan(records: &SqliteRecords, query: &str) -> String {
    records
        .with(|connection| {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?;
            let none = vec![rusqlite::types::Value::Null; statement.parameter_count()];
            let lines =
                statement.query_map(rusqlite::params_from_iter(none), |row| row.get::<_, String>(3))?;
            Ok(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("\n"))
        })
        .expect("a plan")
}

#[test]
fn with_millions_of_changes_a_page_today_and_pruning_are_looked_up_and_nothing_is_gone_through() {
    let records = in_memory();
    for (query, index) in [
        (
            CHANGES,
            "SEARCH desk_changes USING INDEX desk_changes_of_channel (desk=? AND channel=? AND rowid<?)",
        ),
        (LAST_CHANGE, "SEARCH desk_changes USING INDEX desk_changes_of_channel (desk=? AND channel=?)"),
        (CHANGED, "SEARCH desk_changes USING COVERING INDEX desk_changes_by_time (desk=? AND told_now>?)"),
        (
            PRUNE_CHANGES,
            "SEARCH desk_changes USING COVERING INDEX desk_changes_by_time (desk=? AND told_now<?)",
        ),
        (PRUNE_SEEN, "SEARCH desk_seen USING INDEX desk_seen_by_time (told_at<?)"),
        (PRUNE_LISTS, "SEARCH desk_seen USING PRIMARY KEY (desk=?)"),
        (LAST_SEEN, "SEARCH desk_seen USING PRIMARY KEY (desk=?)"),
        (NOTES, "SEARCH desk_notes USING INDEX desk_notes_of_channel (desk=? AND channel=?)"),
    ] {
        let plan = plan(&records, query);
        assert!(plan.contains(index), "{query}:\n{plan}");
        for table in ["desk_changes", "desk_seen", "desk_notes"] {
            assert!(!plan.contains(&format!("SCAN {table}")), "{query}:\n{plan}");
        }
        // The order comes from the index too.
        assert!(query == CHANGED || !plan.contains("TEMP B-TREE"), "{query}:\n{plan}");
    }
}

#[test]
fn ten_thousand_channels_are_written_in_one_piece_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
    let facts = told((0..10_000).map(|at| fact(&format!("c{at}CH"), Changed::Quality, "High", 0, true)));
    let changes: Vec<_> = (0..10_000).map(|at| gave(&format!("c{at}CH"), at)).collect();
    let seen = Sightings { facts, changes, list_read: Some(at(1)) };

    // Given a file that can't grow
    let pages = records.with(|it| it.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0)));
    let set = |most: i64| records.with(|it| it.pragma_update(None, "max_page_count", most)).expect("set");
    set(pages.expect("counted") + 20);
    assert_eq!(records.write_sightings(&blue_anchor(), &seen), Err(RecordsError));
    assert_eq!(records.desk_amounts(), Ok(DeskAmounts::default()));
    assert_eq!(records.last_seen(&blue_anchor()), Ok(LastSeen::default()));

    // When it can
    set(1_000_000);
    assert_eq!(records.write_sightings(&blue_anchor(), &seen), Ok(()));
    let DeskAmounts { channels, changes, .. } = records.desk_amounts().expect("counted");
    assert_eq!((channels, changes), (10_000, 10_000));

    // Then a long pruning takes all of it
    assert_eq!(records.prune(at(20_000)), Ok(10_000));
}

#[test]
fn forgetting_leaves_no_word_of_the_desk_in_any_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = SqliteRecords::open(&folder.path().join("records.sqlite")).expect("it opens");
    let seen = Sightings {
        facts: told([fact("Forgettable1CH", Changed::Name, "Forgettable spa", 0, true)]),
        changes: vec![gave("Forgettable1CH", 10)],
        list_read: Some(at(1)),
    };
    records.write_sightings(&desk(Realm::Real, "ForgettablePA"), &seen).expect("written");
    records.add_note(&blue_anchor(), &written_note("Forgettable words")).expect("noted");
    records.set_watched(&blue_anchor(), &id("Forgettable1CH"), true).expect("marked");

    records.forget_desks().expect("forgotten");
    records.forget_all_but(&[]).expect("forgotten");

    assert_eq!(records.desk_amounts(), Ok(DeskAmounts::default()));
    for file in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("a file");
        let word = b"Forgettable";
        let holds = bytes.windows(word.len()).any(|window| window == word);
        assert!(!holds, "{} still says it", file.path().display());
    }
}

#[test]
fn a_word_that_this_version_does_not_know_is_passed_over_and_all_else_is_read() {
    let records = in_memory();
    let seen = Sightings {
        facts: told([
            fact("a", Changed::Name, "Spa", 0, true),
            fact("a", Changed::Limit, "TIER_1K", 0, true),
        ]),
        changes: vec![gave("a", 10), gave("a", 20)],
        ..Sightings::default()
    };
    records.write_sightings(&blue_anchor(), &seen).expect("written");
    let damage = "UPDATE desk_seen SET what = 'moonrise' WHERE what = 'limit'; \
                  UPDATE desk_changes SET told_now = 9223372036854775807 WHERE id = 2;";
    records.with(|connection| connection.execute_batch(damage)).expect("by hand");

    assert_eq!(remembered(&records, &blue_anchor()), [fact("a", Changed::Name, "Spa", 0, true)]);
    let changes = records.changes(&blue_anchor(), &id("a"), None, 50).expect("read");
    assert_eq!(changes.iter().map(|kept| kept.id).collect::<Vec<_>>(), [1]);
    assert_eq!(records.changed_since(&blue_anchor(), at(0)).map(|all| all.len()), Ok(0));
}

#[test]
fn a_file_of_before_the_desk_remembered_is_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.sqlite");
    let mut before = Connection::open(&file).expect("a file");
    crate::os::records::schema::MIGRATIONS.to_version(&mut before, 3).expect("as it was");
    drop(before);

    let records = SqliteRecords::open(&file).expect("it opens");
    assert_eq!(records.write_sightings(&blue_anchor(), &Sightings::default()), Ok(()));
    drop(records);
    assert!(!matches!(SqliteRecords::open(&file), Err(OpenError::Newer)));
}
