use crate::paper::{Bench, channel, client};

#[tokio::test]
async fn a_number_is_found_in_whatever_way_it_is_written() {
    let bench = Bench::usual().read().await;

    for written in [
        "+49 170 5550101",
        "0170 555 01 01",
        "491705550101",
        "0049 170 5550101",
        "+49 (0)170 555-01.01",
        "(0170) 5550101",
        "0170/5550101",
        "5550101",
        "+49170",
    ] {
        assert_eq!(bench.finds(written)[0], "Front desk", "{written}");
    }
}

#[tokio::test]
async fn a_number_from_elsewhere_is_not_found() {
    let bench = Bench::usual().read().await;
    for written in ["+34 170 5550101", "0171 555", "0055", "99999"] {
        assert_eq!(bench.finds(written), Vec::<String>::new(), "{written}");
    }
}

#[tokio::test]
async fn names_clients_addresses_and_ids_are_found_whatever_their_case_and_accents() {
    let bench = Bench::usual().read().await;
    for (typed, first) in [
        ("backerei", "Orders"),
        ("BÄCKEREI falk", "Orders"),
        ("falk orders", "Orders"),
        ("office@b2cl", "Orders"),
        ("B2CL", "Orders"),
        ("b1ch", "Orders"),
        ("spa", "Spa"),
        ("1065493055570190", "Spa"),
        ("night", "Night desk"),
    ] {
        assert_eq!(bench.finds(typed).first().map(String::as_str), Some(first), "{typed}");
    }
    assert_eq!(bench.finds("falk spa"), Vec::<String>::new(), "no channel has both");
    assert_eq!(bench.finds("uX3BEC").len(), 5);
}

#[tokio::test]
async fn what_fits_best_stands_first() {
    let (one, other) = (client("C1CL", "Seaside spare parts"), client("C2CL", "Otto"));
    let bench = Bench::with(vec![
        channel("a1CH", &one, "Workshop", "493055580001"),
        channel("a2CH", &other, "Crispar", "493055580002"),
        channel("a3CH", &other, "Spare room", "493055580003"),
        channel("a4CH", &other, "Spar", "493055580004"),
    ])
    .read()
    .await;

    assert_eq!(bench.finds("spar"), ["Spar", "Spare room", "Workshop", "Crispar"]);
}

#[tokio::test]
async fn nothing_typed_shows_everything() {
    let bench = Bench::usual().read().await;
    assert_eq!(bench.finds("  ").len(), 5);
}
