use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::Look;
use channel_keys_core::text::for_showing;

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
async fn a_number_is_found_as_people_paste_it() {
    let anna = client("A1CL", "Harbour Hotel");
    let bench = Bench::with(vec![
        channel("a1CH", &anna, "Front desk", "493055570142"),
        channel("a2CH", &anna, "Spa", "493055570188"),
    ])
    .read()
    .await;

    for pasted in [
        "+49 30 55570142",
        "0049 30 55570142",
        "030 / 5557 0142",
        "(030) 5557-0142",
        "+49 (0)30 5557 0142",
        "+49 030 5557 0142",
        "\u{202a}+49 30 55570142\u{202c}",
        "\u{2068}+49\u{00a0}30\u{00a0}55570142\u{2069}",
        "\u{feff}+49\u{200b}3055570142",
        "+49\u{2212}30\u{2212}55570142",
        "+49 30 5557\u{2014}0142",
        "\u{ff0b}\u{ff14}\u{ff19}\u{ff13}\u{ff10}\u{ff15}\u{ff15}\u{ff15}\u{ff17}\u{ff10}\u{ff11}\u{ff14}\u{ff12}",
        "\u{0664}\u{0669}\u{0663}\u{0660}\u{0665}\u{0665}\u{0665}\u{0667}\u{0660}\u{0661}\u{0664}\u{0662}",
        "tel:+493055570142",
        "https://wa.me/493055570142",
        "493055570142@s.whatsapp.net",
        "WhatsApp: +49 30 55570142",
    ] {
        assert_eq!(bench.finds(pasted), ["Front desk"], "{pasted:?}");
    }
}

#[tokio::test]
async fn a_number_is_found_by_another_of_the_same_line() {
    let anna = client("A1CL", "Harbour Hotel");
    for (one, other) in [("525512345678", "5215512345678"), ("5511988887777", "551188887777")] {
        for (listed, typed) in [(one, other), (other, one)] {
            let bench = Bench::with(vec![channel("a1CH", &anna, "Front desk", listed)]).read().await;
            for typed in [typed.to_owned(), format!("+{typed}"), format!("00{typed}")] {
                assert_eq!(bench.finds(&typed), ["Front desk"], "{typed} for {listed}");
            }
        }
    }
}

#[tokio::test]
async fn a_name_is_found_by_what_is_shown_of_it() {
    let anna = client("A1CL", "Harbour\u{0} Hotel\u{202e}");
    let long = "long ".repeat(100);
    for name in
        ["live \u{202e}elif\u{202c} name", "Front\r\ndesk", "pay\u{200d}pal", "می\u{200c}خواهم", &long]
    {
        let bench = Bench::with(vec![channel("a1CH", &anna, name, "493055570142")]).read().await;
        for typed in [for_showing(name), name.to_owned(), "Harbour Hotel".to_owned()] {
            assert_eq!(bench.finds(&typed), [name], "{typed:?}");
        }
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

#[tokio::test]
async fn a_name_that_was_typed_in_full_fits_better_than_its_words_here_and_there() {
    let (inn, hotel) = (client("R3CL", "Restaurant Petersen"), client("H1CL", "Harbour Hotel GmbH"));
    let scattered = channel("r1CH", &inn, "Bookings", "4930555800845");
    let named = channel("a1CH", &hotel, "Restaurant bookings", "493055570188");
    let bench = Bench::with(vec![scattered, named]).read().await;

    assert_eq!(bench.finds("restaurant bookings"), ["Restaurant bookings", "Bookings"]);
    assert_eq!(bench.finds("restaurant book"), ["Restaurant bookings", "Bookings"]);
}

#[tokio::test]
async fn a_channel_has_its_place_in_what_is_shown_and_none_in_what_does_not_show_it() {
    let bench = Bench::usual().read().await;
    let place = |look: &Look, id: &str| bench.desk.place(look, &ChannelId(id.into()));

    assert_eq!(place(&Look::default(), "b1CH"), Some(3));
    let hotel = Look { search: "harbour".into(), ..Look::default() };
    assert_eq!(place(&hotel, "a4CH"), Some(3));
    assert_eq!(place(&hotel, "b1CH"), None, "the bakery's");
    assert_eq!(place(&Look::default(), "nobodyCH"), None);
}
