//! What is remembered from one key stroke to the next shows nothing else than looking anew would.

use proptest::prelude::*;

use channel_keys_core::desk::{Column, Look, Saved, Sort};
use channel_keys_core::fact::Fact;

use crate::paper::{Bench, channel, client, lock};

fn searching(search: &str) -> Look {
    Look { search: search.into(), ..Look::default() }
}

/// A desk with everything that makes a search differ: numbers with and without zeros, accents, words in words.
fn a_desk() -> Bench {
    let (hotel, bakery) = (client("H1CL", "Harbour Hotel GmbH"), client("B2CL", "Bäckerei Falk 04"));
    let mut list = vec![
        channel("a1CH", &hotel, "Front desk 1", "4917155512"),
        channel("a2CH", &hotel, "Frontier", "4930555701"),
        channel("a3CH", &bakery, "Désk front", "4940170004"),
        channel("a4CH", &bakery, "04 fro", "35121555016"),
        channel("a5CH", &hotel, "+49 shop", "490170555"),
        channel("a6CH", &bakery, "Front", "12125550"),
    ];
    for told in &mut list {
        (told.channel.external_id, told.channel.waba_id) = (Fact::NotTold, Fact::NotTold);
    }
    Bench::with(list)
}

#[tokio::test]
async fn a_zero_that_is_the_beginning_of_a_number_finds_more_when_the_number_goes_on() {
    // Given a number without any zero in it, which a single zero does not find
    let bench = a_desk().read().await;
    assert!(!bench.finds("0").contains(&"Front desk 1".to_owned()));

    // When it is dialled as at home, letter by letter, then it is found
    assert!(bench.finds("01").contains(&"Front desk 1".to_owned()));
    assert_eq!(bench.finds("017155"), ["Front desk 1"]);

    // and so is one with a country in front
    assert!(!bench.finds("00").contains(&"Front desk 1".to_owned()));
    assert!(bench.finds("0049").contains(&"Front desk 1".to_owned()));
}

#[tokio::test]
async fn letters_that_are_taken_back_bring_back_what_they_hid() {
    let bench = a_desk().read().await;
    let all = bench.finds("fro");

    assert_eq!(bench.finds("front d"), ["Front desk 1", "Désk front"]);
    assert_eq!(bench.finds("front desk 1"), ["Front desk 1"]);

    assert_eq!(bench.finds("fro"), all);
    assert_eq!(all.len(), 5);
    assert_eq!(bench.finds("").len(), 6);
}

#[tokio::test]
async fn a_permission_that_comes_counts_at_once_and_is_found_at_once() {
    // Given somebody who looked for what runs and is Missing, before anything was asked
    let bench = Bench::usual().read().await;
    bench.hub.shares("H1CL", &["a1CH", "a2CH"]);
    let missing = Look { saved: Saved::RunningButMissing, ..searching("desk") };
    let unchecked = Look { saved: Saved::NotChecked, ..searching("desk") };
    assert_eq!(bench.names(&missing), Vec::<String>::new());
    assert_eq!(bench.names(&unchecked), ["Front desk", "Night desk"]);
    assert_eq!(bench.desk.standing().checking.clients_to_go, 2);

    // When the permissions come
    bench.desk.check().await;

    // Then list and counts say so
    assert_eq!(bench.names(&missing), ["Night desk"]);
    assert_eq!(bench.names(&unchecked), Vec::<String>::new());
    assert_eq!((bench.count(Saved::RunningButMissing), bench.count(Saved::NotChecked)), (3, 0));
    assert_eq!(bench.desk.standing().checking.clients_to_go, 0);
}

#[tokio::test]
async fn a_name_that_changes_is_found_by_the_new_one_alone() {
    let bench = Bench::usual().read().await;
    assert_eq!(bench.finds("fro"), ["Front desk"]);
    assert_eq!(bench.finds("front"), ["Front desk"]);

    // When the Hub tells another name, of the channel and of its client
    for told in lock(&bench.hub.list).iter_mut().filter(|told| told.channel.id.0.starts_with('a')) {
        told.client = Fact::Told(client("H1CL", "Lake Hotel"));
    }
    lock(&bench.hub.list)[1].channel.name = Fact::Told("Reception".into());
    let bench = bench.read().await;

    assert_eq!(bench.finds("front"), Vec::<String>::new());
    assert_eq!(bench.finds("recep"), ["Reception"]);
    assert_eq!((bench.finds("harbour").len(), bench.finds("lake").len()), (0, 4));
}

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let letters =
        prop::sample::select("0 1 4 9 5 7 + ( ) - f r o n t d e s k é B".split(' ').collect::<Vec<_>>());
    let edit = prop_oneof![
        6 => letters.prop_map(Some),
        1 => Just(Some(" ")),
        3 => Just(None),
    ];
    let saved = prop::sample::select(vec![Saved::All, Saved::All, Saved::All, Saved::LowQuality]);
    let sort = prop::sample::select(vec![
        None,
        None,
        Some(Sort { by: Column::Name, descending: false }),
        Some(Sort { by: Column::Number, descending: true }),
    ]);
    prop::collection::vec((edit, saved, sort), 1..24).prop_map(|edits| {
        let mut search = String::new();
        let looks = edits.into_iter().map(|(edit, saved, sort)| {
            match edit {
                Some(letter) => search.push_str(letter),
                None => drop(search.pop()),
            }
            Look { saved, search: search.clone(), sort }
        });
        looks.collect()
    })
}

proptest! {
    #[test]
    fn whatever_is_typed_and_taken_back_finds_what_it_finds_when_typed_at_once(looks in looks()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let bench = runtime.block_on(a_desk().read());
        for look in looks {
            let anew = runtime.block_on(a_desk().read());
            prop_assert_eq!(bench.names(&look), anew.names(&look), "{:?}", look);
        }
    }
}
