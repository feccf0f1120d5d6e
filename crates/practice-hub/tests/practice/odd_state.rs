//! State files that no practice Hub wrote: random bytes, and a real one with a piece changed. A start panics over none
//! and loses none. `cargo xtask fuzz` tries very many more.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use practice_hub::{Options, PracticeHub, StartError};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::support::*;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// What a practice Hub wrote after a day's work.
static REAL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    RUNTIME.block_on(async {
        let practice = practise_with(Options { state: Some(state.clone()), ..Options::default() }).await;
        let maria = practice.sign_in(MARIA).await;
        let path = practice.client_channel(HARBOUR, "Restaurant bookings");
        let key = maria.post(&format!("{path}/api_keys")).await.expect(201).field("api_key");
        practice.set_webhook(&key, json!({ "url": "https://x.example" })).await.expect(200);
        maria.put(&format!("{path}/partner_permission")).await.expect(200);
        practice.hub.stop().await;
    });
    fs::read(&state).expect("a state file")
});

/// Everything in a folder, by name.
fn all_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|file| (file.clone(), fs::read(&file).expect("a file"))).collect()
}

/// Starts on a state file with these bytes.
fn start_on(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    fs::write(&state, bytes).expect("written");
    let options = Options { state: Some(state.clone()), ..Options::default() };

    let started = RUNTIME.block_on(async {
        let hub = PracticeHub::start(options).await?;
        let notice = hub.notice().map(str::to_owned);
        hub.stop().await;
        Ok(notice)
    });

    let left = all_in(folder.path());
    assert_eq!(left.len(), 1, "there is one file, as before: {left:?}");
    let (file, now) = &left[0];
    assert!(now == bytes, "nothing of it was changed");
    match started {
        // It was set aside, and whoever starts the Hub is told where it lies.
        Ok(Some(notice)) => {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(name.starts_with("practice.json.damaged-"), "{name}");
            assert!(notice.contains(&*name) && notice.contains("anew"), "{notice}");
        }
        // It was read; or it is another world's, which is said.
        Ok(None) | Err(StartError::OtherWorld { .. }) => assert_eq!(*file, state),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_file_that_is_changed_below_is_read_as_it_stands() {
    let text = String::from_utf8(REAL.clone()).expect("text");
    assert!(text.contains("https://x.example") && text.contains("sha256"), "{text}");
    start_on(&REAL);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_in_place_of_the_state_file_are_set_aside_whole(bytes in vec(any::<u8>(), 0..400)) {
        start_on(&bytes);
    }

    #[test]
    fn a_state_file_with_a_piece_changed_is_read_refused_or_set_aside_and_never_lost(
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        piece in prop_oneof![
            Just("null".to_owned()), Just("[]".to_owned()), Just("{}".to_owned()), Just("-1e308".to_owned()),
            Just("\"\\u0000\"".to_owned()), Just("true".to_owned()), Just("[".repeat(2_000)), "[0-9]{1,20}", "\\PC{0,20}",
        ],
    ) {
        let mut bytes = REAL.clone();
        let start = at.index(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, piece.bytes());
        start_on(&bytes);
    }
}
