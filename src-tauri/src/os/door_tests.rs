use std::sync::Mutex;

use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{oneshot, watch};

use super::*;

/// A clock that a test moves; who waits by it waits for that.
struct Hand(watch::Sender<OffsetDateTime>);

impl Hand {
    fn pass(&self, by: Duration) {
        self.0.send_modify(|now| *now += by);
    }
}

#[async_trait]
impl Clock for Hand {
    fn now(&self) -> OffsetDateTime {
        *self.0.borrow()
    }

    async fn wait(&self, time: Duration) {
        let until = self.now() + time;
        let _ = self.0.subscribe().wait_for(|now| *now >= until).await;
    }
}

/// How long something may take that does not wait for the clock.
const LIMIT: Duration = Duration::from_secs(30);
const FIVE_MINUTES: Duration = Duration::from_secs(300);

struct Scene {
    door: Option<LoopbackDoor>,
    clock: Arc<Hand>,
    heard: Arc<Mutex<Vec<String>>>,
    closed: oneshot::Receiver<Closed>,
    host: String,
    path: String,
}

impl Scene {
    /// A door at which the answer that is waited for has `state=right`, once.
    async fn begin() -> Scene {
        let clock = Arc::new(Hand(watch::Sender::new(OffsetDateTime::UNIX_EPOCH)));
        let (heard, (tell, closed)) = (Arc::new(Mutex::new(Vec::new())), oneshot::channel());
        let hears = {
            let heard = heard.clone();
            move |address: &str| {
                let mut heard = heard.lock().expect("held by nobody");
                let is_first = !heard.iter().any(|earlier: &String| earlier.ends_with("state=right"));
                heard.push(address.to_owned());
                is_first && address.ends_with("state=right")
            }
        };
        let tells = move |why| tell.send(why).expect("somebody listens");
        let door = LoopbackDoor::open(clock.clone(), FIVE_MINUTES, hears, tells).await.expect("a door");
        let address = door.address();
        let host = format!("127.0.0.1:{}", address.port().expect("a port"));
        Scene { path: address.path().to_owned(), door: Some(door), clock, heard, closed, host }
    }

    fn good(&self) -> String {
        self.request("GET", &self.host, &format!("{}?client=xCL&state=right", self.path))
    }

    fn request(&self, method: &str, host: &str, target: &str) -> String {
        format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    }

    async fn call(&self) -> TcpStream {
        TcpStream::connect(&self.host).await.expect("the door is open")
    }

    /// What is answered, until the connection is closed.
    async fn send(&self, request: &str) -> String {
        let mut line = self.call().await;
        // Who is refused for the size of what they send is not heard to the end.
        let _ = line.write_all(request.as_bytes()).await;
        answer_of(&mut line).await
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("held by nobody").clone()
    }

    async fn is_open(&self) {
        assert!(self.send(&self.request("GET", &self.host, "/")).await.starts_with("HTTP/1.1 404"));
    }

    async fn closes(&mut self) -> Closed {
        let told = tokio::time::timeout(LIMIT, &mut self.closed).await;
        let why = told.expect("it is told in time").expect("it is told");
        self.is_shut().await;
        why
    }

    async fn is_shut(&self) {
        let shut = async {
            while TcpStream::connect(&self.host).await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LIMIT, shut).await.expect("the door is shut");
    }
}

async fn answer_of(line: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset comes after the answer, where more was sent than was read.
    let _ = line.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn the_right_answer_is_taken_once_is_thanked_for_and_closes_the_door() {
    let mut scene = Scene::begin().await;

    let answer = scene.send(&scene.good()).await;

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(&say("door-thanks", &[])), "{answer}");
    assert_eq!(scene.closes().await, Closed::Answered);
    assert_eq!(scene.heard(), [format!("http://{}{}?client=xCL&state=right", scene.host, scene.path)]);
}

#[tokio::test]
async fn a_page_that_a_browser_gets_is_words_alone_and_says_nothing_of_what_was_asked_for() {
    for good in [true, false] {
        let scene = Scene::begin().await;
        let target = format!("{}?planted=4711&state={}", scene.path, if good { "right" } else { "wrong" });
        let answer = scene.send(&scene.request("GET", &scene.host, &target)).await.to_lowercase();

        for header in [
            "content-type: text/html; charset=utf-8",
            "content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "connection: close",
        ] {
            assert!(answer.contains(&format!("\r\n{header}\r\n")), "{header}: {answer}");
        }
        for absent in ["planted", "4711", "state=", "script", "style", "href", "src=", "set-cookie"] {
            let (_, page) = answer.split_once("\r\n\r\n").expect("a page");
            assert!(!page.contains(absent), "{absent}: {answer}");
        }
        assert!(!answer.contains(&scene.path.to_lowercase()) && !answer.contains("4711"));
        assert_eq!(answer.starts_with("http/1.1 200"), good, "{answer}");
    }
}

#[tokio::test]
async fn whatever_else_comes_is_refused_in_the_same_words_and_leaves_the_door_open() {
    let mut scene = Scene::begin().await;
    let (host, path) = (scene.host.clone(), scene.path.clone());
    let port = host.split(':').next_back().expect("a port");
    let right = format!("{path}?state=right");
    let two_hosts = format!("GET {right} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n");
    let mut refusals = Vec::new();
    for (what, request) in [
        ("another name for this host", scene.request("GET", &format!("localhost:{port}"), &right)),
        ("a name that was made to lead here", scene.request("GET", &format!("evil.example:{port}"), &right)),
        ("no port", scene.request("GET", "127.0.0.1", &right)),
        ("another port", scene.request("GET", "127.0.0.1:1", &right)),
        ("another spelling", scene.request("GET", &format!("127.1:{port}"), &right)),
        ("no host", format!("GET {right} HTTP/1.1\r\n\r\n")),
        ("two hosts", two_hosts),
        ("as a proxy is asked", scene.request("GET", &host, &format!("http://{host}{right}"))),
        ("the root", scene.request("GET", &host, "/?state=right")),
        ("another path", scene.request("GET", &host, "/favicon.ico")),
        ("a longer path", scene.request("GET", &host, &format!("{path}/?state=right"))),
        ("a shorter path", scene.request("GET", &host, &path[..path.len() - 1])),
        ("a form", format!("POST {right} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n")),
        ("only a look", scene.request("OPTIONS", &host, &right)),
        ("no state", scene.request("GET", &host, &path)),
        ("another state", scene.request("GET", &host, &format!("{path}?state=guessed"))),
    ] {
        let answer = scene.send(&request).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{what}: {answer}");
        refusals.push(answer.split_once("\r\n\r\n").expect("a page").1.to_owned());
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "nobody learns how near they came");
    let asked: Vec<String> = scene.heard();
    assert_eq!(asked, [format!("http://{host}{path}?"), format!("http://{host}{path}?state=guessed")]);

    assert!(scene.send(&scene.good()).await.starts_with("HTTP/1.1 200"));
    assert_eq!(scene.closes().await, Closed::Answered);
}

#[tokio::test]
async fn a_second_answer_finds_the_door_closed_or_is_refused() {
    let mut scene = Scene::begin().await;
    // Given two that knock at once, and the second is heard while the first is still being thanked
    let mut second = scene.call().await;
    second.write_all(b"GET ").await.expect("it begins");
    assert!(scene.send(&scene.good()).await.starts_with("HTTP/1.1 200"));
    let _ = second.write_all(&scene.good().as_bytes()[4..]).await;

    let answer = answer_of(&mut second).await;

    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert_eq!(scene.closes().await, Closed::Answered);
}

#[tokio::test]
async fn what_is_huge_or_no_http_is_refused_early() {
    let mut scene = Scene::begin().await;
    let long = "a".repeat(1 << 20);
    for (what, request) in [
        ("a long address", scene.request("GET", &scene.host, &format!("{}?{long}&state=right", scene.path))),
        (
            "a long header",
            format!("GET {} HTTP/1.1\r\nHost: {}\r\nX: {long}\r\n\r\n", scene.path, scene.host),
        ),
        ("a long method", scene.request(&long, &scene.host, &scene.path)),
        ("no HTTP", "\u{16}\u{3}\u{1}\u{0}hello".repeat(1000)),
    ] {
        let answer = scene.send(&request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["", "400", "414", "431"].contains(&status), "{what}: {answer:.200}");
    }
    let many: String = (0..5000).map(|at| format!("x{at}: y\r\n")).collect();
    let target = format!("{}?state=right", scene.path);
    let headers = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{many}\r\n", scene.host);
    assert!(!scene.send(&headers).await.starts_with("HTTP/1.1 200"));
    assert_eq!(scene.heard(), Vec::<String>::new());

    assert!(scene.send(&scene.good()).await.starts_with("HTTP/1.1 200"));
    assert_eq!(scene.closes().await, Closed::Answered);
}

#[tokio::test]
async fn who_dawdles_is_hung_up_on_and_holds_nobody_up_for_longer() {
    // Given as many as are served at once, none of which says anything to the end
    let scene = Scene::begin().await;
    let mut slow = Vec::new();
    for _ in 0..AT_ONCE {
        let mut line = scene.call().await;
        line.write_all(b"GET / HTTP/1.1\r\nHost: ").await.expect("it begins");
        slow.push(line);
    }
    let mut waiting = scene.call().await;
    waiting.write_all(scene.good().as_bytes()).await.expect("it is written");

    // When their time is up, which begins for each where it is served
    let mut hand_up = async || {
        for line in &mut slow {
            answer_of(line).await;
        }
    };
    let clock = scene.clock.clone();
    let passing = async {
        loop {
            clock.pass(PATIENCE / 4);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = hand_up() => {}
        () = passing => {}
    }

    // Then who waited is served
    let answer = answer_of(&mut waiting).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn after_five_minutes_the_door_is_closed_and_what_is_still_served_ends() {
    let mut scene = Scene::begin().await;
    scene.clock.pass(FIVE_MINUTES - Duration::from_secs(1));
    scene.is_open().await;
    let mut line = scene.call().await;
    line.write_all(b"GET ").await.expect("it begins");

    scene.clock.pass(Duration::from_secs(1));

    assert_eq!(scene.closes().await, Closed::TimeUp);
    assert_eq!(answer_of(&mut line).await, "");
    assert_eq!(scene.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_door_that_nobody_holds_any_more_is_closed_without_a_word() {
    let mut scene = Scene::begin().await;
    scene.is_open().await;

    scene.door = None;

    scene.is_shut().await;
    assert!((&mut scene.closed).await.is_err(), "who dropped it knows");
}

#[tokio::test]
async fn no_two_doors_have_the_same_address_and_each_is_on_this_computer_alone() {
    let (one, other) = (Scene::begin().await, Scene::begin().await);
    assert_ne!(one.path, other.path);
    for scene in [one, other] {
        let address = scene.door.as_ref().expect("it is open").address();
        assert_eq!((address.scheme(), address.host_str()), ("http", Some("127.0.0.1")));
        // 256 bits, six a letter.
        assert_eq!(scene.path.trim_start_matches('/').len(), 43, "{}", scene.path);
    }
}
