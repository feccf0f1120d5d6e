//! The program `practice-hub`.

use std::fs;
use std::process::Stdio;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use crate::support::*;

struct Program {
    child: Child,
    _stdout: BufReader<ChildStdout>,
    first_line: Value,
}

impl Program {
    async fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).spawn().expect("the program");
        let mut stdout = BufReader::new(child.stdout.take().expect("its stdout"));
        let mut line = String::new();
        stdout.read_line(&mut line).await.expect("a first line");
        let first_line = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Self { child, _stdout: stdout, first_line }
    }

    fn url(&self, name: &str) -> &str {
        self.first_line[name].as_str().unwrap_or_else(|| panic!("no {name}"))
    }

    /// Ends it as a shell or a service would, and gives what it wrote to stderr.
    #[cfg(unix)]
    async fn end(mut self) -> String {
        let id = self.child.id().expect("a process that runs");
        assert!(
            Command::new("sh").arg("-c").arg(format!("kill {id}")).status().await.expect("kill").success()
        );
        let mut log = String::new();
        self.child.stderr.take().expect("its stderr").read_to_string(&mut log).await.expect("its log");
        let status = self.child.wait().await.expect("an end");
        assert!(status.success(), "{status}: {log}");
        log
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_practice-hub"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn post(url: String, authorization: &str, body: Value) -> (u16, Value) {
    let request = http().request(Method::POST, url).header("Authorization", authorization).json(&body);
    let response = request.send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn its_first_line_tells_where_it_is_and_who_may_sign_in() {
    let program = Program::start(&[]).await;
    let pages = program.url("pages");
    assert!(pages.starts_with("http://127.0.0.1:"));
    assert_eq!(program.url("hub"), format!("{pages}/api/v2"));
    assert_eq!(program.url("messaging"), format!("{pages}/messaging"));
    assert!(program.url("permission_page").starts_with(&format!("{pages}/dashboard/app/")));
    let accounts = program.first_line["accounts"].as_array().expect("accounts");
    let maria = accounts.iter().find(|account| account["email"] == MARIA.0).expect("Maria");
    let fields: Vec<&str> = maria.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(fields, ["email", "kind", "note", "password", "role"]);
    assert_eq!((&maria["kind"], &maria["role"]), (&json!("client"), &json!("owner")));
    let jo = accounts.iter().find(|account| account["email"] == JO.0).expect("Jo");
    assert_eq!((&jo["kind"], &jo["role"]), (&json!("partner"), &json!("owner")));
    let key = accounts.iter().find(|account| account["kind"] == "partner_key").expect("a partner API key");
    let fields: Vec<&str> = key.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(fields, ["api_key", "kind", "note", "partner_id"]);
}

#[cfg(unix)]
#[tokio::test]
async fn its_log_tells_method_path_and_status_and_no_secret() {
    let program = Program::start(&[]).await;
    let hub = program.url("hub").to_owned();
    let credentials = json!({ "username": MARIA.0, "password": MARIA.1 });
    let (status, token) = post(format!("{hub}/token?password=in-a-query"), "", credentials).await;
    assert_eq!(status, 200);
    let token = token["access_token"].as_str().expect("a token").to_owned();
    let counts = http().get(format!("{}/counts", program.url("pages"))).send().await.expect("an answer");
    assert_eq!(counts.json::<Value>().await.expect("JSON"), json!({ "POST /token": 1 }));
    let log = program.end().await;
    assert!(log.lines().any(|line| line == "POST /api/v2/token 200"), "{log}");
    for secret in [MARIA.0, MARIA.1, &token, "in-a-query"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn its_options_reach_the_world_the_faults_and_the_state_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (faults, state) = (folder.path().join("faults.json"), folder.path().join("state.json"));
    fs::write(
        &faults,
        r#"[{"on":"POST /partners/*/channels/*/api_keys","nth":1,"do":"status","status":503}]"#,
    )
    .expect("written");
    let arguments = [
        "--world",
        "large:600",
        "--seed",
        "9",
        "--faults",
        faults.to_str().expect("a path"),
        "--state",
        state.to_str().expect("a path"),
    ];
    let first = Program::start(&arguments).await;
    let account =
        first.first_line["accounts"].as_array().expect("accounts").last().expect("a partner key").clone();
    let (partner, key) =
        (account["partner_id"].as_str().expect("an id"), account["api_key"].as_str().expect("a key"));
    let channels = format!("{}/partners/{partner}/channels", first.url("hub"));
    let query = "filters=%7B%22q%22:%22Front%20desk%22,%22hub_status%22:%22live%22%7D&limit=1000";
    let list =
        http().get(format!("{channels}?{query}")).header("X-API-Key", key).send().await.expect("an answer");
    let list: Value = list.json().await.expect("JSON");
    assert!(list["total"].as_u64() > Some(400), "{}", list["total"]);

    let harbour = list["partner_channels"].as_array().expect("a list").iter();
    let front_desk =
        harbour.clone().find(|channel| channel["client"]["name"] == HARBOUR).expect("the front desk");
    let generate = format!("{channels}/{}/api_keys", front_desk["id"].as_str().expect("an id"));
    let send = async |url: &str| http().post(url).header("X-API-Key", key).send().await.expect("an answer");
    assert_eq!(send(&generate).await.status(), 503);
    let made: Value = send(&generate).await.json().await.expect("JSON");
    let new_key = made["api_key"].as_str().expect("a key").to_owned();
    first.end().await;

    let second = Program::start(&arguments).await;
    let health =
        http().get(format!("{}/health_status", second.url("messaging"))).header("D360-API-KEY", new_key);
    assert_eq!(health.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn what_keeps_it_from_starting_is_told_on_stderr() {
    let folder = tempfile::tempdir().expect("a folder");
    let faults = folder.path().join("faults.json");
    fs::write(&faults, r#"[{"on":"GET /nowhere","do":"refuse"}]"#).expect("written");
    let faults = faults.to_str().expect("a path");
    let taken = Program::start(&[]).await;
    let port = taken.url("pages").rsplit(':').next().expect("a port");
    for (arguments, told) in [
        (&["--port", port][..], "can't listen on 127.0.0.1"),
        (&["--faults", faults], "no call of the practice Hub has this method and path"),
        (&["--faults", "/nowhere/faults.json"], "can't use the faults in /nowhere/faults.json"),
        (&["--world", "huge"], "a world is `small` or `large:N`"),
    ] {
        let output = command(arguments).output().await.expect("the program");
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(log.contains(told), "{log}");
    }
}
