//! Watching a program at work for secrets where they do not belong: its pages, what they store, what crosses between
//! them and Rust, what reaches the Hub, windows' titles, processes, files, output, the clipboard.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::app::App;
use crate::desktop::{Desktop, LIMIT, wait_until};
use crate::relay::Relay;
use crate::search::{Kind, Secrets};

/// A watch over one desktop.
pub struct Watch {
    secrets: Secrets,
    found: BTreeSet<String>,
    belonged: BTreeSet<(&'static str, Kind)>,
    looked: BTreeMap<&'static str, usize>,
    titles: Vec<PathBuf>,
}

/// All that a page is and stores, but for what stands in the fields for a password.
const PAGE: &str = "
    const fields = [...document.querySelectorAll('input:not([data-test*=password], [data-test=partner-key-secret]), textarea')];
    return JSON.stringify([
        document.documentElement.outerHTML, document.body.innerText, document.title, location.href, history.state,
        fields.map((field) => field.value), { ...localStorage }, { ...sessionStorage }, document.cookie,
    ])";

/// Notes each answer that crosses to the page, as text, and each event; one that is under way is waited for. A page that is
/// loaded anew leaves them to the next one.
const NOTE_ANSWERS: &str = "
    window.__crossed = { under_way: 0, answers: JSON.parse(window.name || '[]') };
    window.name = '';
    window.addEventListener('pagehide', () => { window.name = JSON.stringify(__crossed.answers) });
    const real = window.fetch;
    window.fetch = async (...asked) => {
        __crossed.under_way += 1;
        try {
            const answer = await real(...asked);
            const text = await answer.clone().text();
            __crossed.answers.push([decodeURIComponent(String(asked[0]).split('/').pop()), text]);
            return answer;
        } finally { __crossed.under_way -= 1 }
    };
    const inside = window.__TAURI_INTERNALS__;
    const handler = inside.transformCallback((event) => __crossed.answers.push(['event', JSON.stringify(event)]));
    inside.invoke('plugin:event|listen', { event: 'close-refused', target: { kind: 'Any' }, handler });
    inside.invoke('app');";

/// Notes each call as the frame gets it, before it is encrypted.
const NOTE_CALLS: &str = "
    window.__calls = [];
    window.addEventListener('message', ({ data }) => {
        if (data && data.cmd) window.__calls.push([data.cmd, JSON.stringify(data)]);
    });";

impl Watch {
    /// A watch that knows no secret yet.
    pub fn begin() -> Self {
        Self {
            secrets: Secrets::default(),
            found: BTreeSet::new(),
            belonged: BTreeSet::new(),
            looked: BTreeMap::new(),
            titles: Vec::new(),
        }
    }

    /// A secret to look for from now on. What was written down before is still searched for it.
    pub fn know(&mut self, kind: Kind, secret: &str) {
        self.secrets.know(kind, secret);
    }

    /// Learns what the Hub gave out: sessions and keys.
    pub fn learn(&mut self, relay: &Relay) {
        for (field, kind) in
            [("access_token", Kind::Session), ("refresh_token", Kind::Session), ("api_key", Kind::Key)]
        {
            for secret in relay.answered(field) {
                self.secrets.know(kind, &secret);
            }
        }
    }

    /// How many secrets of a kind are known.
    pub fn knows(&self, kind: Kind) -> usize {
        self.secrets.count(kind)
    }

    /// Looks at something; secrets of these kinds belong there.
    pub fn look(&mut self, place: &'static str, where_there: &str, bytes: &[u8], belong: &[Kind]) {
        *self.looked.entry(place).or_default() += usize::from(!bytes.is_empty());
        for hit in self.secrets.found_in(bytes) {
            if belong.contains(&hit.kind) {
                self.belonged.insert((place, hit.kind));
            } else {
                self.found.insert(format!("{place}, {where_there}: {hit}"));
            }
        }
    }

    /// Begins to note what crosses between the page and Rust, and how the window is called.
    pub async fn listen(&mut self, desktop: &mut Desktop, app: &App) {
        self.note(app).await;
        let window = desktop
            .command("xdotool")
            .args(["search", "--sync", "--onlyvisible", "--name", "^Channel Keys"])
            .output()
            .expect("xdotool runs");
        let window = String::from_utf8_lossy(&window.stdout).lines().next().unwrap_or_default().to_owned();
        let titles = desktop.folder(&format!("titles-{}", self.titles.len()));
        let mut told = desktop.command("xprop");
        told.args(["-spy", "-id", &window, "WM_NAME", "_NET_WM_NAME"]);
        told.stdout(std::fs::File::create(&titles).expect("a file"));
        desktop.start_heard_part(told);
        self.titles.push(titles.clone());
        wait_until("the title is told", || std::fs::metadata(&titles).is_ok_and(|file| file.len() > 0));
    }

    /// Notes what crosses, unless this page does so already.
    async fn note(&self, app: &App) {
        if app.run("return window.__crossed === undefined", vec![]).await == true {
            app.run_in_frame(NOTE_CALLS).await;
            app.run(NOTE_ANSWERS, vec![]).await;
        }
    }

    /// Looks at the page, at all that crossed since the last look, at titles and processes.
    pub async fn look_at(&mut self, desktop: &Desktop, app: &App, when: &str) {
        self.look_at_page(app, when).await;
        self.look_at_calls(app, when).await;
        self.look("titles", when, desktop.titles().as_bytes(), &[]);
        for process in app.processes() {
            for (place, what) in [("command lines", "cmdline"), ("environments", "environ")] {
                self.look(place, &process.name(), &process.told(what), &[]);
            }
        }
    }

    /// Looks at the window that shows a key: the one place where it is to be read.
    pub async fn look_at_shown(&mut self, app: &App) {
        let page = app.run(PAGE, vec![]).await;
        let page = page.as_str().expect("a page").as_bytes().to_vec();
        self.look("key window", "while the key is shown", &page, &[Kind::Key]);
    }

    async fn look_at_page(&mut self, app: &App, when: &str) {
        let page = app.run(PAGE, vec![]).await;
        self.look("page", when, page.as_str().expect("a page").as_bytes(), &[]);
    }

    async fn look_at_calls(&mut self, app: &App, when: &str) {
        self.note(app).await;
        let begun = Instant::now();
        while app.run("return __crossed.under_way", vec![]).await != 0 {
            assert!(begun.elapsed() < LIMIT, "an answer does not come");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let calls = app.run_in_frame("return window.__calls.splice(0)").await;
        let answers = app.run("return __crossed.answers.splice(0)", vec![]).await;
        for (call, text) in pairs(&calls) {
            let belong: &[Kind] = match &*call {
                "sign_in" | "sign_in_again" => &[Kind::Password],
                "open_desk_with_key" => &[Kind::Password, Kind::PartnerKey],
                _ => &[],
            };
            self.look("calls", &format!("{call} {when}"), text.as_bytes(), belong);
        }
        for (call, text) in pairs(&answers) {
            self.look("answers", &format!("{call} {when}"), text.as_bytes(), &[]);
        }
    }

    /// Looks at what is on the clipboard now.
    pub fn look_at_clipboard(&mut self, desktop: &Desktop, when: &str) {
        let text = desktop.clipboard("UTF8_STRING").unwrap_or_default();
        self.look("clipboard", when, text.as_bytes(), &[]);
    }

    /// Looks at each request that came: a password in the call that signs in, a session in its header, a key in its
    /// own at the messaging host.
    pub fn look_at_requests(&mut self, relay: &Relay) {
        for request in relay.requests() {
            // What is found must not stand in what is said of it.
            let line = request.line.split('?').next().unwrap_or_default().to_owned();
            self.look("requests", &line, request.line.as_bytes(), &[]);
            for (name, value) in &request.headers {
                let belong: &[Kind] = match name.as_str() {
                    "authorization" if line.contains(" /api/v2/") => &[Kind::Session],
                    "x-api-key" if line.contains(" /api/v2/partners/") => &[Kind::Password, Kind::PartnerKey],
                    "d360-api-key" if line.contains(" /messaging/") => &[Kind::Key],
                    _ => &[],
                };
                self.look("requests", &format!("{line}, {name}"), value.as_bytes(), belong);
            }
            let belong: &[Kind] = match () {
                () if line.starts_with("POST /api/v2/token ") => &[Kind::Password],
                () if line.starts_with("POST /messaging/v1/configs/webhook ") => &[Kind::Webhook],
                () if line.contains(" /messaging/multi_webhook ") => &[Kind::Webhook],
                () => &[],
            };
            self.look("requests", &format!("{line}, body"), &request.body, belong);
        }
    }

    /// Looks at all that is left once the program has ended: files, output, what the keychain shows beside the
    /// secrets themselves, the titles that its window had, the clipboard.
    pub fn look_at_what_is_left(&mut self, desktop: &Desktop) {
        for (place, folder) in [("profile", "profile"), ("home", "home"), ("all files", "")] {
            let (files, found) = self.secrets.found_below(&desktop.folder(folder));
            *self.looked.entry(place).or_default() += files;
            self.found.extend(found.iter().map(|(file, hit)| format!("{place}, {file}: {hit}")));
        }
        let output = std::fs::read(desktop.folder("output")).unwrap_or_default();
        self.look("output", "of program and driver", &output, &[]);
        for titles in self.titles.clone() {
            self.look("titles", "over time", &std::fs::read(titles).unwrap_or_default(), &[]);
        }
        for service in ["channel-keys", "channel-keys-practice"] {
            self.look("labels", service, desktop.labels(service).as_bytes(), &[]);
        }
        self.look_at_clipboard(desktop, "once the program has ended");
    }

    /// Where secrets are that do not belong there.
    pub fn found(&self) -> Vec<&str> {
        self.found.iter().map(String::as_str).collect()
    }

    /// Whether a secret of this kind was seen where it belongs: a watch that never sees one is blind.
    pub fn saw(&self, place: &'static str, kind: Kind) -> bool {
        self.belonged.contains(&(place, kind))
    }

    /// How much there was to look at in a place.
    pub fn looked(&self, place: &str) -> usize {
        self.looked.get(place).copied().unwrap_or_default()
    }
}

fn pairs(noted: &Value) -> Vec<(String, String)> {
    serde_json::from_value(noted.clone()).expect("pairs of texts")
}
