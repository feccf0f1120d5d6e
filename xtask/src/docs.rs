//! `docs/intended-behaviour.md` and `docs/security.md` name the tests that hold them: each name has to be a test's.

use std::fs;
use std::path::PathBuf;

use crate::place;

const PAGE: &str = "docs/intended-behaviour.md";
/// Further pages that name tests in the same way.
const OTHERS: [&str; 4] =
    ["docs/hub-api.md", "docs/making-a-key.md", "docs/performance.md", "docs/security.md"];

/// Where tests of a kind may lie, by the name of their module or file.
fn files(kind: &str, module: &str) -> Option<Vec<PathBuf>> {
    let places: &[&str] = match kind {
        "window" => &["tests/window/{}.rs"],
        "core" => &["crates/core/tests/stories/{}.rs", "crates/core/tests/{}.rs", "crates/core/src/{}.rs"],
        "contract" => &["crates/hub/tests/contract/{}.rs", "crates/hub/src/{}.rs"],
        "shell" => &["src-tauri/src/{}.rs", "src-tauri/src/os/{}.rs", "src-tauri/src/os/{}/mod.rs"],
        "pages" => &["ui/tests/{}"],
        _ => return None,
    };
    Some(places.iter().map(|place| place::root().join(place.replace("{}", module))).collect())
}

/// The names between backticks: a word, a colon and a blank in front, broken over lines or not.
fn names(page: &str) -> Vec<String> {
    let quoted = page.split('`').skip(1).step_by(2);
    let words = quoted.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|text| kind_of(text).is_some()).collect()
}

fn kind_of(name: &str) -> Option<(&str, &str)> {
    let (kind, rest) = name.split_once(": ")?;
    kind.chars().all(|c| c.is_ascii_lowercase()).then_some((kind, rest))
}

/// Whether exactly one test has this name. A kind that nobody knows has no tests.
fn is_a_test(name: &str) -> bool {
    let Some((kind, rest)) = kind_of(name) else { return false };
    let (module, test) =
        if kind == "pages" { rest.split_once(": ") } else { rest.split_once("::") }.unwrap_or((rest, ""));
    let sources = files(kind, module).unwrap_or_default().into_iter().filter_map(|file| fs::read(file).ok());
    let found = sources.map(|source| {
        let source = String::from_utf8_lossy(&source);
        if kind == "pages" { titles_like(&source, test) } else { functions_called(&source, test) }
    });
    !test.is_empty() && found.sum::<usize>() == 1
}

/// How many tests that run by themselves are functions of this name.
fn functions_called(source: &str, name: &str) -> usize {
    let function = format!("fn {name}(");
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let places = lines.iter().enumerate().filter(|(_, line)| line.contains(&function));
    let tests = places.filter(|(at, _)| {
        let attributes = || lines[..*at].iter().rev().take_while(|line| line.starts_with("#["));
        attributes().any(|it| it.ends_with("test]") || it.starts_with("#[tokio::test("))
            && !attributes().any(|it| it.starts_with("#[ignore"))
    });
    tests.count()
}

/// How many titles of page tests begin like this.
fn titles_like(source: &str, beginning: &str) -> usize {
    let title = format!("(\"{beginning}");
    let before = source.lines().filter_map(|line| line.split_once(&title)).map(|(before, _)| before.trim());
    before
        .filter(|before| *before == "it" || before.starts_with("it.each(") || before.starts_with(']'))
        .count()
}

#[test]
fn every_test_that_a_page_names_is_there() {
    for page in OTHERS.into_iter().chain([PAGE]) {
        let text = fs::read_to_string(place::root().join(page)).expect("the page");
        let names = names(&text);
        assert!(!names.is_empty(), "{page} names no tests");

        let missing: Vec<_> = names.into_iter().filter(|name| !is_a_test(name)).collect();

        assert!(
            missing.is_empty(),
            "no test, or more than one, is what {page} calls:\n{}",
            missing.join("\n")
        );
    }
}

#[test]
fn every_story_of_the_intended_behaviour_names_a_test() {
    let page = fs::read_to_string(place::root().join(PAGE)).expect("the page");
    let stories: Vec<&str> = page.split("\n- Given ").skip(1).collect();
    assert!(!stories.is_empty(), "{PAGE} tells no stories");

    let mut bare = stories;
    bare.retain(|story| {
        let story = story.split("\n\n").next().unwrap_or(story);
        !story.contains("Held by: ") || names(story).is_empty()
    });

    assert!(bare.is_empty(), "nothing holds:\n{}", bare.join("\n"));
}

#[test]
fn a_name_is_read_over_the_end_of_a_line_and_other_code_is_no_name() {
    let page = "Run `--hub URL`. Held by: `core: sign_in::a`, `pages: session.test.ts: is off\n    unless`.";

    assert_eq!(names(page), ["core: sign_in::a", "pages: session.test.ts: is off unless"]);
}

#[test]
fn what_is_no_test_or_not_one_alone_is_no_name_of_a_test() {
    for name in [
        "core: docs::files",
        "core: sign_in::a_name_that_no_test_has",
        "core: sign_in",
        "shell: export/history::written",
        "window: shots::shots",
        "windows: signing_in::without_a_network_it_says_that_nothing_was_sent",
        "pages: sign-in.test.ts: Maria",
        "pages: sign-in.test.ts: ",
        "pages: sign-in.test.ts: with",
        "pages: no-such.test.ts: shows the password when asked to, and hides it again",
    ] {
        assert!(!is_a_test(name), "{name}");
    }
    for name in [
        "window: signing_in::without_a_network_it_says_that_nothing_was_sent",
        "core: access::off_is_only_what_every_way_to_read_the_facts_refuses",
        "shell: export/history::a_program_reads_the_same_things_as_json",
        "pages: sign-in.test.ts: shows the password when asked to",
        "pages: search.test.ts: where the zero belongs to it",
    ] {
        assert!(is_a_test(name), "{name}");
    }
}
