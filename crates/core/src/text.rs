//! Texts from outside, made fit for showing: names, quotations and whatever else people read and nobody sends back.
//!
//! Cleaned once, where a text leaves for a page, a notification, a menu, a file for people or the keychain's label. What
//! is sent or compared (ids, addresses, headers, `state`) is never cleaned; see [`id_for_showing`].

use icu_properties::props::{BidiClass, DefaultIgnorableCodePoint, ExtendedPictographic, JoiningType};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// The longest name, in characters as people count them (ours).
pub const LONGEST_NAME: usize = 200;
/// The longest quotation (ours).
pub const LONGEST_QUOTE: usize = 2_000;
/// The most code points of one character (ours): the longest emoji has ten, and towers of accents have no end.
const MOST_OF_ONE: usize = 16;
/// The combining class of the sign that joins consonants in the scripts of India.
const VIRAMA: u8 = 9;

/// A name as it is shown: one line, nothing in it that can't be seen or that turns the direction of the text around it, at
/// most [`LONGEST_NAME`] characters. Empty where nothing is left.
///
/// Characters that can't be seen stay where they make a difference to what is seen: a joiner between Arabic letters, beside
/// the virama of Indian scripts and within an emoji, and a variation selector behind what it varies.
pub fn for_showing(text: &str) -> String {
    shortened(text, LONGEST_NAME).0
}

/// A text as [`for_showing`] makes it, of at most so many characters, and whether it was cut, which an ellipsis shows.
pub fn shortened(text: &str, most: usize) -> (String, bool) {
    let line = one_line(text, most);
    if line.is_ascii() && line.len() <= most {
        return (line, false);
    }
    let mut shown = String::with_capacity(line.len());
    let mut characters = line.graphemes(true);
    for character in characters.by_ref().take(most.saturating_sub(1)) {
        shown.extend(character.chars().take(MOST_OF_ONE));
    }
    match (characters.next(), characters.next()) {
        (last, None) => {
            shown.extend(last.into_iter().flat_map(str::chars).take(MOST_OF_ONE));
            (shown, false)
        }
        _ => {
            shown.truncate(shown.trim_end().len());
            shown.push('…');
            (shown, true)
        }
    }
}

/// An id as it is shown: whole, and what could not be seen or could mislead is written as `\u{202e}`. For showing alone:
/// what is sent, stored and copied is the id itself.
pub fn id_for_showing(id: &str) -> String {
    let mut shown = String::with_capacity(id.len());
    for c in id.chars() {
        if is_blank(c) || is_unseen(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

/// What a person wrote in several lines, as it is shown: without characters that nobody sees and no name needs.
pub fn lines_for_showing(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    text.chars().filter(|c| *c == '\n' || !is_odd(*c)).collect()
}

/// Whether a text has letters that run from right to left. Then it is set apart where it stands in a sentence that runs from
/// left to right; any other text reads the same either way.
pub fn runs_right_to_left(text: &str) -> bool {
    let class = CodePointMapData::<BidiClass>::new();
    !text.is_ascii()
        && text.chars().any(|c| [BidiClass::RightToLeft, BidiClass::ArabicLetter].contains(&class.get(c)))
}

/// A text in one spelling, to search by: lower case, no accents, nothing that can't be seen, common digits and dashes. So a
/// name is found by what is shown of it.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    folded
}

/// The same, put behind another text.
pub(crate) fn fold(text: &str, onto: &mut String) {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        let at = onto.len();
        onto.push_str(text);
        if let Some(new) = onto.get_mut(at..) {
            new.make_ascii_lowercase();
        }
        return;
    }
    let seen = text.nfkd().filter(|c| is_blank(*c) || !(is_unseen(*c) || is_combining_mark(*c)));
    onto.extend(seen.map(common).flat_map(char::to_lowercase));
}

/// Digits, dashes and blanks of all kinds as the common ones.
fn common(c: char) -> char {
    // The zeros of the scripts whose digits people type numbers with here; NFKD undoes those of full width.
    const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'];
    match c {
        _ if is_blank(c) => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => {
            let values = ZEROS.iter().map(|zero| u32::from(c).wrapping_sub(u32::from(*zero)));
            let digit = values.filter(|value| *value < 10).find_map(|value| char::from_digit(value, 10));
            digit.unwrap_or(c)
        }
    }
}

/// The characters that stay, with one blank for each row of blanks. Stops once there is more than will be shown.
fn one_line(text: &str, most: usize) -> String {
    let enough = most.saturating_add(1).saturating_mul(MOST_OF_ONE * 4);
    let mut line = String::with_capacity(text.len().min(enough));
    // The last character, and the last that is no mark on another one.
    let (mut before, mut letter) = (None, None);
    let mut blank = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if line.len() > enough {
            break;
        }
        if is_blank(c) {
            blank = !line.is_empty();
            (before, letter) = (None, None);
            continue;
        }
        let stays = !is_unseen(c) || makes_a_difference(c, before, letter, rest.as_str());
        // A mark on nothing would stand on whatever comes before the name.
        if !stays || (line.is_empty() && is_combining_mark(c)) {
            continue;
        }
        if std::mem::take(&mut blank) {
            line.push(' ');
        }
        line.push(c);
        before = Some(c);
        if !is_mark(c) {
            letter = Some(c);
        }
    }
    line
}

/// White space, line ends among it, and a pattern of Braille without dots.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Characters that have no place in a link or in a file that is read strictly: nobody sees them, and no name needs them.
pub(crate) fn is_odd(c: char) -> bool {
    is_unseen(c) && !may_matter(c)
}

/// Characters that nobody sees and that can change how their neighbours are seen.
fn may_matter(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}') || is_selector(c)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters that nobody sees, or that only turn the direction of others: controls, what Unicode calls default ignorable
/// (zero width, direction, joiners, selectors, tags, fillers), ends of lines, and the marks of annotations.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
        || (!c.is_ascii() && CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c))
}

/// Whether a character that nobody sees changes how its neighbours are seen, so that a name would be misspelt without it.
fn makes_a_difference(c: char, before: Option<char>, letter: Option<char>, after: &str) -> bool {
    match c {
        '\u{200c}' | '\u{200d}' => {
            let is_virama = |c: Option<char>| c.is_some_and(|c| canonical_combining_class(c) == VIRAMA);
            let joins = |c: Option<char>| c.is_some_and(is_joining_letter);
            let pictures = |c: Option<char>| c.is_some_and(is_picture);
            let next = after.chars().next();
            if matches!(before, Some('\u{200c}' | '\u{200d}')) {
                return false;
            }
            is_virama(before)
                || (before.is_some() && is_virama(next))
                || (joins(letter) && joins(after.chars().find(|c| !is_mark(*c))))
                || (c == '\u{200d}' && pictures(letter) && pictures(next))
        }
        selector if is_selector(selector) => before.is_some_and(|before| !is_unseen(before)),
        // The flags of England, Scotland and Wales are a black flag and tags.
        '\u{e0020}'..='\u{e007f}' => {
            before.is_some_and(|before| matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'))
        }
        _ => false,
    }
}

/// A letter of those scripts whose letters join, such as Arabic.
fn is_joining_letter(c: char) -> bool {
    let kind = CodePointMapData::<JoiningType>::new().get(c);
    [JoiningType::DualJoining, JoiningType::RightJoining, JoiningType::LeftJoining].contains(&kind)
}

fn is_picture(c: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(c)
}

/// What stands on or behind another character: accents, selectors, and the colours of skin.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || is_unseen(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_without_anything_odd_is_shown_as_it_is() {
        for name in
            ["Restaurant bookings", "Bäckerei Jörg", "山田 太郎", "مطعم الميناء", "Ресторан", "☎ 24/7", "a…b"]
        {
            assert_eq!(for_showing(name), name);
        }
    }

    #[test]
    fn what_can_t_be_seen_is_left_out_and_lines_become_one() {
        for (name, shown) in [
            ("Restaurant\u{0}bookings", "Restaurantbookings"),
            ("live \u{202e}elif\u{202c} name", "live elif name"),
            ("\u{2066}Front\u{2069} \u{200e}desk\u{200f}\u{61c}", "Front desk"),
            ("Front\r\ndesk\u{2028}one\u{85}two\tthree", "Front desk one two three"),
            ("Front\u{200b}\u{feff}\u{2060}\u{ad}\u{34f}\u{115f}\u{3164} desk", "Front desk"),
            ("No\u{1b}[31m way\u{9b}", "No[31m way"),
            ("  Front \u{200b} \u{a0}desk  ", "Front desk"),
            ("\u{fff9}Front\u{fffa}x\u{fffb}", "Frontx"),
            ("hidden\u{e0001}\u{e0068}\u{e0069}", "hidden"),
            ("\u{301}\u{302}Front", "Front"),
            ("", ""),
            (" \u{0}\u{200b}\n\u{2800}", ""),
        ] {
            assert_eq!(for_showing(name), shown, "{name:?}");
        }
    }

    #[test]
    fn joiners_stay_where_a_name_would_be_misspelt_without_them() {
        for name in [
            // Persian: "I want", "houses", "a house".
            "می\u{200c}خواهم",
            "خانه\u{200c}ها",
            "خانه\u{200c}ای",
            "بِ\u{200c}بِ",
            // Hindi and Marathi conjuncts, Bengali "Radisson", Sinhala "Sri".
            "क्\u{200d}ष",
            "श्री क्\u{200c}ष",
            "র\u{200d}্যাডিসন",
            "ශ්\u{200d}රී",
            // A family, a kiss in two skin colours, a rainbow flag, England.
            "Kita 👨\u{200d}👩\u{200d}👧\u{200d}👦",
            "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏼",
            "🏳\u{fe0f}\u{200d}🌈",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "☎\u{fe0f}",
            // A family name with its own form of a letter, Mongolian.
            "葛\u{e0100}城",
            "ᠠ\u{180b}",
        ] {
            assert_eq!(for_showing(name), name);
        }
    }

    #[test]
    fn joiners_and_selectors_that_only_hide_are_left_out() {
        for (name, shown) in [
            ("pay\u{200d}pal", "paypal"),
            ("Front\u{200c} desk", "Front desk"),
            ("\u{200d}Front\u{200d}", "Front"),
            ("می\u{200c}\u{200c}\u{200c}خواهم", "می\u{200c}خواهم"),
            ("می\u{200c}", "می"),
            ("👨\u{200d}x", "👨x"),
            ("a\u{fe0f}\u{fe0f}\u{fe0e}b", "a\u{fe0f}b"),
            ("\u{fe0f}Front", "Front"),
            ("Front \u{fe0f}desk", "Front desk"),
        ] {
            assert_eq!(for_showing(name), shown, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters_and_shows_it() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        for character in ["x", "ü", "u\u{308}", family, "क्\u{200d}ष"] {
            let whole = character.repeat(LONGEST_NAME);
            assert_eq!(shortened(&whole, LONGEST_NAME), (whole.clone(), false));
            let (cut, was_cut) = shortened(&format!("{whole}{character}"), LONGEST_NAME);
            assert!(was_cut);
            assert_eq!(cut, format!("{}…", character.repeat(LONGEST_NAME - 1)));
        }
        let (quote, _) = shortened(&"long ".repeat(10_000), LONGEST_QUOTE);
        assert_eq!(quote.graphemes(true).count(), LONGEST_QUOTE);
    }

    #[test]
    fn a_tower_of_accents_is_no_way_around_the_limit() {
        let shown = for_showing(&format!("a{}b", "\u{301}".repeat(100_000)));
        assert!(shown.chars().count() <= MOST_OF_ONE + 1, "{}", shown.len());
    }

    #[test]
    fn a_text_that_runs_from_right_to_left_is_told_from_one_that_does_not() {
        assert!(runs_right_to_left("مطعم 24") && runs_right_to_left("Café מלון"));
        assert!(
            !runs_right_to_left("Café 山田 +49 (30)") && !runs_right_to_left("") && !runs_right_to_left("١٢")
        );
    }

    #[test]
    fn names_are_found_by_what_is_shown_of_them() {
        for name in [
            "live \u{202e}elif\u{202c} name",
            "Restaurant\u{0}bookings",
            "Front\r\ndesk",
            "می\u{200c}خواهم",
            "Bäckerei ☎\u{fe0f}",
            "Front\u{2014}desk \u{664}\u{669}",
        ] {
            let (whole, shown) = (folded(name), folded(&for_showing(name)));
            assert!(shown.split(' ').all(|word| whole.contains(word)), "{name:?}: {whole:?}, {shown:?}");
        }
        assert_eq!(folded("BÄCKEREI \u{ff14}\u{0669} a\u{2212}b"), "backerei 49 a-b");
    }

    #[test]
    fn an_id_is_shown_whole_with_what_can_t_be_seen_written_out() {
        for (id, shown) in [
            ("tQ8m2ZCH", "tQ8m2ZCH"),
            ("tQ8\u{202e}m2ZCH", "tQ8\\u{202e}m2ZCH"),
            ("a b\u{0}\n", "a\\u{20}b\\u{0}\\u{a}"),
            ("a\u{200d}b", "a\\u{200d}b"),
            ("ü", "ü"),
        ] {
            assert_eq!(id_for_showing(id), shown);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_shown_as_one_line_of_bounded_length(text in any::<String>()) {
            let shown = for_showing(&text);
            prop_assert!(shown.graphemes(true).count() <= LONGEST_NAME);
            prop_assert!(!shown.chars().any(|c| c.is_control() || (is_blank(c) && c != ' ')));
            prop_assert_eq!(shown.trim(), &shown);
            let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!shown.contains(turns));
            prop_assert_eq!(for_showing(&shown), shown.clone());
        }

        #[test]
        fn whatever_hides_among_letters_is_gone(
            text in "[ab \u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{e0000}-\u{e007f}\u{0}-\u{1f}]{0,40}",
        ) {
            let shown = for_showing(&text);
            prop_assert!(shown.chars().all(|c| matches!(c, 'a' | 'b' | ' ')), "{:?}", shown);
        }

        #[test]
        fn an_id_that_is_shown_tells_every_character(id in any::<String>()) {
            let shown = id_for_showing(&id);
            prop_assert!(!shown.chars().any(|c| is_blank(c) || is_unseen(c)));
            prop_assert!(shown.chars().count() >= id.chars().count());
        }
    }
}
