//! The state file: what happened in a practice Hub lasts, and nothing secret is in it.

use std::fs;
use std::path::Path;

use practice_hub::{Options, PracticeHub, StartError};
use serde_json::{Value, json};

use crate::support::*;

async fn practise_on(state: &Path) -> Practice {
    practise_with(Options { state: Some(state.to_owned()), ..Options::default() }).await
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

#[tokio::test]
async fn given_changes_when_the_practice_hub_starts_again_then_they_are_still_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let practice = practise_on(&state).await;
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let maria = practice.sign_in(MARIA).await;
    let made =
        maria.post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"))).await;
    let key = made.expect(201).field("api_key");
    maria
        .delete(&format!("{}/partner_permission", practice.client_channel(HARBOUR, "Front desk")))
        .await
        .expect(200);
    let kept = practice.hub.earlier_key(&front_desk).expect("an earlier key");
    practice.set_webhook(&kept, json!({ "url": "https://front.example/in" })).await.expect(200);
    practice.hub.stop().await;

    let practice = practise_on(&state).await;
    assert_eq!(practice.hub.notice(), None);
    practice.health(&key).await.expect(200);
    practice.health(&practice.hub.earlier_key(&id).expect("an earlier key")).await.expect(401);
    practice.health(&kept).await.expect(200);
    assert_eq!(practice.hub.webhook(&id), None);
    assert_eq!(practice.hub.webhook(&front_desk).as_deref(), Some("https://front.example/in"));
    let maria = practice.sign_in(MARIA).await;
    let permissions = maria.get(&format!("/clients/{}/partner_permissions", practice.client(HARBOUR))).await;
    let permissions = permissions.expect(200).json();
    assert!(permissions.as_array().expect("a list").iter().all(|row| row["shared"] == false));
    let next =
        maria.post(&format!("{}/api_keys", practice.client_channel(HARBOUR, "Front desk"))).await.expect(201);
    assert_ne!(next.field("api_key"), key, "the seed does not make the same key again");
}

#[tokio::test]
async fn given_the_highest_key_id_there_is_in_the_state_file_then_the_next_key_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let practice = practise_on(&state).await;
    let path = format!("{}/api_keys", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let made = practice.sign_in(MARIA).await.post(&path).await;
    let id = made.expect(201).field("id");
    practice.hub.stop().await;
    let text = fs::read_to_string(&state).expect("a state file");
    fs::write(&state, text.replace(&id, &u64::MAX.to_string())).expect("written");

    let practice = practise_on(&state).await;

    assert_eq!(practice.hub.notice(), None);
    let next = practice.sign_in(MARIA).await.post(&path).await.expect(201).field("api_key");
    practice.health(&next).await.expect(200);
}

#[tokio::test]
async fn neither_keys_nor_passwords_nor_tokens_nor_webhook_headers_are_in_the_state_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let practice = practise_on(&state).await;
    let maria = practice.sign_in(MARIA).await;
    let path = practice.client_channel(HARBOUR, "Restaurant bookings");
    let key = maria.post(&format!("{path}/api_keys")).await.expect(201).field("api_key");
    let webhook =
        json!({ "url": "https://x.example", "headers": { "Authorization": "Bearer webhook-secret" } });
    practice.set_webhook(&key, webhook).await.expect(200);
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let kept = practice.hub.earlier_key(&front_desk).expect("an earlier key");
    practice.set_webhook(&kept, json!({ "url": "https://y.example" })).await.expect(200);
    let extra = json!({
        "enabled": true,
        "destinations": [{ "name": "crm", "url": "https://z.example", "headers": { "X": "webhook-secret" } }],
    });
    practice.extra_webhooks(&kept, reqwest::Method::POST, Some(extra)).await.expect(200);

    let text = fs::read_to_string(&state).expect("a state file");
    let token = maria.credential().strip_prefix("Bearer ").expect("a token");
    for secret in [&*key, &kept, MARIA.1, token, "webhook-secret", practice.partner_key().credential()] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    assert!(text.contains("https://x.example") && text.contains("https://z.example"));
    let saved: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(saved["version"], 1);
    assert_eq!(names_in(folder.path()), ["practice.json"], "nothing is left beside it");
}

#[cfg(unix)]
#[tokio::test]
async fn the_state_file_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let practice = practise_on(&state).await;
    let ayse = practice.sign_in(AYSE).await;
    ayse.post(&format!("{}/api_keys", practice.client_channel(KIOSK, "Kiosk Yildiz"))).await.expect(201);
    assert_eq!(fs::metadata(&state).expect("a state file").permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn given_a_damaged_state_file_when_starting_then_it_is_set_aside_and_the_world_is_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    for (round, damaged) in ["", "{\"version\":1,\"seed\":", "[]"].into_iter().enumerate() {
        fs::write(&state, damaged).expect("written");
        let practice = practise_on(&state).await;
        let notice = practice.hub.notice().expect("a notice").to_owned();
        let aside = practice.hub.set_aside().expect("it is named").to_owned();
        assert!(aside.exists() && notice.contains(&*aside.to_string_lossy()), "{notice}");
        assert!(notice.contains(".damaged-") && notice.contains("anew"), "{notice}");
        practice.sign_in(MARIA).await.get("/users/me").await.expect(200);
        let names = names_in(folder.path());
        assert_eq!(names.len(), round + 1, "each is kept: {names:?}");
        assert!(names.iter().all(|name| name.starts_with("practice.json.damaged-")), "{names:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn given_no_file_in_the_place_of_the_state_when_starting_then_it_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    std::os::unix::fs::symlink(&link, &link).expect("a link to itself");
    let before = names_in(folder.path());
    for state in [pipe, link, folder.path().to_owned()] {
        let options = Options { state: Some(state.clone()), ..Options::default() };
        let started = PracticeHub::start(options).await;
        assert!(matches!(started, Err(StartError::State { .. })), "{}", state.display());
    }
    assert_eq!(names_in(folder.path()), before);
}

#[cfg(unix)]
#[tokio::test]
async fn given_a_pipe_where_the_state_is_written_when_something_changes_then_it_lasts_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("practice.json.new")).status();
    assert!(made.expect("mkfifo runs").success());
    let practice = practise_on(&state).await;
    let ayse = practice.sign_in(AYSE).await;
    ayse.post(&format!("{}/api_keys", practice.client_channel(KIOSK, "Kiosk Yildiz"))).await.expect(201);
    assert_eq!(names_in(folder.path()), ["practice.json"]);
}

#[tokio::test]
async fn given_a_state_file_of_a_newer_version_when_starting_then_it_is_set_aside_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let newer = r#"{"version":2,"seed":1,"world":"small","channels":{},"more":true}"#;
    fs::write(&state, newer).expect("written");
    let practice = practise_on(&state).await;
    assert!(practice.hub.notice().is_some_and(|notice| notice.contains("version 2")));
    let aside = names_in(folder.path()).remove(0);
    assert_eq!(fs::read_to_string(folder.path().join(aside)).expect("kept"), newer);
}

#[tokio::test]
async fn given_a_state_file_of_another_world_when_starting_then_it_is_refused_and_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("practice.json");
    let practice = practise_on(&state).await;
    let ayse = practice.sign_in(AYSE).await;
    ayse.post(&format!("{}/api_keys", practice.client_channel(KIOSK, "Kiosk Yildiz"))).await.expect(201);
    practice.hub.stop().await;
    let before = fs::read(&state).expect("a state file");
    let other = Options { seed: 2, state: Some(state.clone()), ..Options::default() };
    assert!(matches!(PracticeHub::start(other).await, Err(StartError::OtherWorld { seed: 1, .. })));
    assert_eq!(fs::read(&state).expect("a state file"), before);
}

#[tokio::test]
async fn given_a_change_that_can_not_be_saved_then_it_does_not_happen_and_the_answer_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let practice = practise_on(&folder.path().join("gone").join("practice.json")).await;
    let id = practice.channel(HARBOUR, "Restaurant bookings");
    let maria = practice.sign_in(MARIA).await;
    let path = practice.client_channel(HARBOUR, "Restaurant bookings");
    maria.post(&format!("{path}/api_keys")).await.expect(500).reason();
    practice.health(&practice.hub.earlier_key(&id).expect("an earlier key")).await.expect(200);
    fs::create_dir(folder.path().join("gone")).expect("a folder");
    let key = maria.post(&format!("{path}/api_keys")).await.expect(201).field("api_key");

    fs::rename(folder.path().join("gone"), folder.path().join("elsewhere")).expect("moved");
    maria.post(&format!("{path}/api_keys")).await.expect(500);
    practice.health(&key).await.expect(200);
    fs::rename(folder.path().join("elsewhere"), folder.path().join("gone")).expect("moved back");
    maria.put(&format!("{path}/partner_permission")).await.expect(200);
    practice.hub.stop().await;
    let practice = practise_on(&folder.path().join("gone").join("practice.json")).await;
    practice.health(&key).await.expect(200);
}
