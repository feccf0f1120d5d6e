//! The program in its window, driven as a person would: look for something, press it, type, read.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use channel_keys_core::steps::Step;

use crate::desktop::{Desktop, LIMIT, PROGRAM, end_group, port_of, wait_until};
use crate::processes::Process;

const AXE: &str = include_str!("../../ui/node_modules/axe-core/axe.min.js");

/// The program, its window open.
pub struct App {
    client: Client,
    driver: Child,
    profile: PathBuf,
}

impl App {
    /// Starts the program on a desktop with a profile of that desktop's.
    pub async fn start(desktop: &Desktop, flags: &[&str]) -> App {
        Self::start_in(desktop, "profile", flags, &[]).await
    }

    /// Starts the program so that it dies at a named step of making a key.
    pub async fn start_to_die_at(desktop: &Desktop, step: Step, flags: &[&str]) -> App {
        Self::start_in(desktop, "profile", flags, &[("CHANNEL_KEYS_STOP_AT", step.word())]).await
    }

    /// Starts the program on a desktop with a named profile and more variables in its environment.
    pub async fn start_in(
        desktop: &Desktop,
        profile: &str,
        flags: &[&str],
        variables: &[(&str, &str)],
    ) -> App {
        let profile = desktop.folder(profile);
        let mut all = vec!["--profile".to_owned(), profile.display().to_string()];
        all.extend(flags.iter().map(|flag| (*flag).to_owned()));
        for _ in 0..2 {
            let mut driver = desktop
                .command("WebKitWebDriver")
                .arg("--port=0")
                .env("TAURI_AUTOMATION", "true")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .envs(variables.iter().copied())
                .process_group(0)
                .stdout(desktop.output())
                .stderr(desktop.output())
                .spawn()
                .expect("WebKitWebDriver starts");
            // Once in a few thousand starts the driver waits for ever for the web view of a window that is there.
            if let Ok(client) = tokio::time::timeout(LIMIT, driven(port_of(&driver), &all)).await {
                return App { client, driver, profile };
            }
            end_group(&mut driver);
        }
        panic!("the driver never has the window");
    }

    /// Closes the program and waits until its profile is free.
    pub async fn quit(mut self) {
        self.close().await;
    }

    /// Waits until the program has ended by itself.
    pub fn ended(mut self) {
        self.wait_for_the_profile();
        end_group(&mut self.driver);
    }

    /// Kills the program, as a power cut would, and waits until its profile is free.
    pub fn kill(mut self) {
        self.end_at_once();
    }

    /// Like [`App::quit`], where what was driven is still asked about.
    pub async fn close(&mut self) {
        let _ = self.client.clone().close().await;
        self.end_at_once();
    }

    /// Like [`App::kill`], where what was driven is still asked about.
    pub fn end_at_once(&mut self) {
        end_group(&mut self.driver);
        self.wait_for_the_profile();
    }

    /// Waits until the program is dead, by its own doing.
    pub fn dies(mut self) {
        wait_until("the program is dead", || self.profile_is_free());
        end_group(&mut self.driver);
    }

    fn wait_for_the_profile(&self) {
        wait_until("the profile is free", || self.profile_is_free());
    }

    fn profile_is_free(&self) -> bool {
        std::fs::File::open(&self.profile).is_ok_and(|folder| folder.try_lock().is_ok())
    }

    /// Waits until the program has this many windows open.
    pub async fn has_windows(&self, count: usize) {
        let begun = Instant::now();
        while self.client.windows().await.expect("the windows").len() != count {
            assert!(begun.elapsed() < LIMIT, "there are not {count} windows");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Turns to the window that shows a key, and gives the one to come back to.
    pub async fn turn_to_key_window(&self) -> WindowHandle {
        self.has_windows(2).await;
        let main = self.client.window().await.expect("this window");
        let all = self.client.windows().await.expect("the windows");
        let other = all.into_iter().find(|window| *window != main).expect("another window");
        self.client.switch_to_window(other).await.expect("it can be turned to");
        main
    }

    /// Turns back to a window.
    pub async fn turn_back(&self, window: WindowHandle) {
        self.client.switch_to_window(window).await.expect("it is still there");
    }

    /// The processes of the program: itself and all that it started.
    pub fn processes(&self) -> Vec<Process> {
        Process::of_group(self.driver.id()).into_iter().filter(|it| it.id != self.driver.id()).collect()
    }

    /// Runs a script in the frame through which all calls pass. From WebKitGTK 2.52 on, the driver gives the keyboard's
    /// focus to the frame that it enters and leaves it there, so the page takes it back.
    pub async fn run_in_frame(&self, script: &str) -> Value {
        self.client.enter_frame(0).await.expect("there is a frame");
        let answer = self.run(script, vec![]).await;
        self.client.enter_parent_frame().await.expect("the page is there");
        self.run("window.focus()", vec![]).await;
        answer
    }

    /// Waits until an element is there.
    pub async fn see(&self, css: &str) -> Element {
        match self.client.wait().at_most(LIMIT).for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(_) => panic!("waited in vain for {css} on:\n{}", self.page_text().await),
        }
    }

    /// Waits until a named element holds these words.
    pub async fn read(&self, name: &str, words: &str) {
        let begun = Instant::now();
        loop {
            let text = self.text(name).await;
            if text.contains(words) {
                return;
            }
            assert!(begun.elapsed() < LIMIT, "{name} says \"{text}\", not \"{words}\"");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until no such element is there.
    pub async fn gone(&self, name: &str) {
        let begun = Instant::now();
        while self.is_there(name).await {
            assert!(begun.elapsed() < LIMIT, "{name} is still there");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Whether a named element is there now.
    pub async fn is_there(&self, name: &str) -> bool {
        self.client.find(Locator::Css(&named(name))).await.is_ok()
    }

    /// Presses a named element, as soon as it is there.
    pub async fn press(&self, name: &str) {
        self.press_at(&named(name)).await;
    }

    /// Presses the element at a place, until the press arrives there: a page that moves or redraws between looking and
    /// pressing gets the press elsewhere.
    pub async fn press_at(&self, css: &str) {
        let begun = Instant::now();
        while let Err(why) = self.press_element(&self.see(css).await).await {
            assert!(begun.elapsed() < LIMIT, "{css} can't be pressed: {why}");
            // The driver scrolls only to what is out of the window, not to what lies under a bar at its foot.
            let scroll = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' })";
            self.run(scroll, vec![json!(css)]).await;
        }
    }

    /// Presses an element once, and fails where it did not hear of it, or is busy: a person waits then.
    async fn press_element(&self, element: &Element) -> Result<(), String> {
        /// How long a press may be on its way.
        const ON_ITS_WAY: Duration = Duration::from_secs(2);
        // An option is chosen by the driver, without a press.
        let listen = "const [it] = arguments; if (it.ariaBusy === 'true') return 'it is busy'; \
                      window.__pressed = it.tagName === 'OPTION'; it.addEventListener('click', () => { window.__pressed = true }, { capture: true, once: true })";
        let asked = vec![json!(element)];
        let told = self.client.execute(listen, asked).await.map_err(|why| format!("{why:?}"))?;
        if let Value::String(why) = told {
            return Err(why);
        }
        element.click().await.map_err(|why| format!("{why:?}"))?;
        let begun = Instant::now();
        // What can't be asked any more was closed by the press.
        while let Ok(Value::Bool(false)) = self.client.execute("return window.__pressed", vec![]).await {
            if begun.elapsed() > ON_ITS_WAY {
                return Err("the press went elsewhere".to_owned());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Ok(())
    }

    /// Presses a named element and does not wait for what comes of it: the program may not be there any more.
    pub async fn press_and_not_wait(&self, name: &str) {
        self.see(&named(name)).await;
        let press = "const named = document.querySelector(arguments[0]); setTimeout(() => named.click())";
        self.run(press, vec![json!(named(name))]).await;
    }

    /// Types into a named field, after what stands in it or, where that is selected, in its place; waits until it stands
    /// there, or the page has gone on.
    pub async fn type_into(&self, name: &str, text: &str) {
        let after = self.value(name).await + text;
        self.see(&named(name)).await.send_keys(text).await.expect("it takes the keys");
        let begun = Instant::now();
        while self.value_now(name).await.is_some_and(|value| value != after && value != text) {
            if begun.elapsed() > LIMIT {
                let is_secret = self.attribute(name, "type").await.as_deref() == Some("password");
                let held = self.value(name).await;
                let held = if is_secret { "\u{2022}".repeat(held.chars().count()) } else { held };
                let focus =
                    "const at = document.activeElement; return at?.dataset.test ?? at?.tagName ?? null";
                let focus = self.run(focus, vec![]).await;
                panic!("{name} holds \"{held}\", not what was typed; the focus is on {focus}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// What stands in a field, where the field is still there.
    async fn value_now(&self, name: &str) -> Option<String> {
        self.client.find(Locator::Css(&named(name))).await.ok()?.prop("value").await.ok()?
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: Key) {
        let focus = self.client.active_element().await.expect("something has the focus");
        let text: char = key.into();
        focus.send_keys(&text.to_string()).await.expect("it takes the key");
    }

    /// The words in a named element.
    pub async fn text(&self, name: &str) -> String {
        self.text_at(&named(name)).await
    }

    /// The words at a place.
    pub async fn text_at(&self, css: &str) -> String {
        let begun = Instant::now();
        loop {
            if let Ok(text) = self.see(css).await.text().await {
                return text;
            }
            assert!(begun.elapsed() < LIMIT, "{css} can't be read");
        }
    }

    /// An attribute of a named element.
    pub async fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        self.see(&named(name)).await.attr(attribute).await.expect("it can be asked")
    }

    /// Waits until a page is shown.
    pub async fn page(&self, name: &str) {
        self.see(&format!("main[data-page=\"{name}\"]")).await;
    }

    /// All that the page says; a blank at which no line breaks counts as a blank.
    pub async fn page_text(&self) -> String {
        let text = self.run("return document.body.innerText", vec![]).await;
        text.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Waits until a text is nowhere in the page.
    pub async fn gone_from_page(&self, text: &str) {
        let begun = Instant::now();
        let there = "return document.documentElement.outerHTML.includes(arguments[0])";
        while self.run(there, vec![json!(text)]).await == json!(true) {
            assert!(begun.elapsed() < LIMIT, "it is still on the page");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until the page says these words.
    pub async fn says(&self, words: &str) {
        let begun = Instant::now();
        loop {
            let text = self.page_text().await;
            if text.contains(words) {
                return;
            }
            assert!(begun.elapsed() < LIMIT, "\"{words}\" is not on:\n{text}");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// Runs a script that hands its answer to its last argument.
    pub async fn run_until_answered(&self, script: &str) -> Value {
        self.client.execute_async(script, vec![]).await.expect("the script answers")
    }

    /// Asks axe-core about the page as it is once its colours have come to rest, and fails with what it found.
    pub async fn passes_axe(&self) {
        self.run(AXE, vec![]).await;
        let found = self
            .run_until_answered(
                "const done = arguments[arguments.length - 1]; \
                 const fading = () => document.getAnimations().filter(a => a instanceof CSSTransition); \
                 const atRest = async () => { \
                     while (fading().length) await Promise.allSettled(fading().map(a => a.finished)) }; \
                 atRest().then(() => axe.run()).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))), \
                 e => done(['axe did not run: ' + e]))",
            )
            .await;
        let found: Vec<String> = serde_json::from_value(found).expect("a list");
        assert!(found.is_empty(), "axe found: {found:#?}\non:\n{}", self.page_text().await);
    }

    /// Writes a picture of the window's content.
    pub async fn picture(&self, file: &Path) {
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
        std::fs::write(file, picture).expect("the picture is written");
    }

    /// Makes the window this large, and waits until the page has its new width and has drawn it.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("the window takes a size");
        let begun = Instant::now();
        while self.run("return innerWidth", vec![]).await != json!(width) {
            assert!(begun.elapsed() < LIMIT, "the window does not become {width} wide");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        self.run_until_answered(
            "const done = arguments[arguments.length - 1]; \
             requestAnimationFrame(() => requestAnimationFrame(() => done(true)))",
        )
        .await;
    }

    /// Asks for the window to be closed and waits until a named element says why it stays.
    pub async fn close_is_refused(&self, desktop: &Desktop, name: &str, words: &str) {
        self.ask_to_close(desktop);
        self.read(name, words).await;
    }

    /// Asks for the window to be closed, and waits until the program has ended.
    pub fn closes(self, desktop: &Desktop) {
        self.ask_to_close(desktop);
        self.ended();
    }

    /// Asks for the window to be closed.
    pub fn ask_to_close(&self, desktop: &Desktop) {
        wait_until("there is a window to close", || desktop.close_window());
    }

    /// Puts away the key that is shown, unless its time was up meanwhile, and turns back to the page.
    pub async fn put_key_away(&self, page: WindowHandle) {
        let hide = "const hide = document.querySelector('[data-test=hide-key]'); \
                    const press = hide.click.bind(hide); setTimeout(press)";
        if let Err(why) = self.client.execute(hide, vec![]).await {
            assert!(format!("{why:?}").contains("NoSuchWindow"), "it can't be put away: {why:?}");
        }
        self.turn_back(page).await;
        self.has_windows(1).await;
    }

    /// Holds Enter down: it comes as often as a keyboard repeats it in a second.
    pub fn hold_enter(&self, desktop: &Desktop) {
        desktop.in_front(&PROGRAM, &[]);
        let held = desktop
            .command("xdotool")
            .args(["key", "--repeat", "30", "--repeat-delay", "33", "Return"])
            .spawn();
        drop(held.expect("xdotool runs"));
    }

    /// Sends the program a signal, as `kill` names it.
    pub fn signal(&self, signal: &str) {
        let profile = self.profile.display().to_string();
        let is_it = |folder: &Path| {
            let arguments = std::fs::read(folder.join("cmdline")).unwrap_or_default();
            let mut arguments = arguments.split(|byte| *byte == 0);
            arguments.next() == Some(env!("CARGO_BIN_EXE_channel-keys").as_bytes())
                && arguments.any(|argument| argument == profile.as_bytes())
        };
        let folders = std::fs::read_dir("/proc").expect("the processes").flatten();
        let found =
            folders.map(|folder| folder.path()).find(|folder| is_it(folder)).expect("the program runs");
        let id = found.file_name().expect("a process").to_owned();
        let sent = Command::new("kill").arg(format!("-{signal}")).arg(id).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Signs in by hand on the sign-in page.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.page("sign-in").await;
        self.type_into("email", email).await;
        self.type_into("password", password).await;
        self.press("sign-in").await;
    }

    /// Signs in after a try that failed, or where an address stands in the form already.
    pub async fn sign_in_anew(&self, (email, password): (&str, &str)) {
        self.page("sign-in").await;
        self.clear("email").await;
        self.clear("password").await;
        self.sign_in(email, password).await;
    }

    /// Signs out, by the profile menu.
    pub async fn sign_out(&self) {
        self.menu("sign-out").await;
    }

    /// Chooses something from the profile menu.
    pub async fn menu(&self, name: &str) {
        self.press("profile").await;
        self.press(name).await;
    }

    /// Makes a key for a channel, and is on its page.
    pub async fn make(&self, channel: &str) {
        self.open_channel(channel).await;
        self.press("make-key").await;
        self.page("before").await;
        if self.is_there("understood").await {
            self.press("understood").await;
        }
        self.press("replace-key").await;
        self.page("made").await;
    }

    /// Makes a key for a channel, keeps it under the name that is proposed, and is back among the numbers.
    pub async fn make_and_keep(&self, channel: &str) {
        self.make(channel).await;
        self.press("save-key").await;
        self.press("save-confirm").await;
        self.gone("save-confirm").await;
        self.press("done").await;
        self.page("channel").await;
    }

    /// Empties a field.
    pub async fn clear(&self, name: &str) {
        self.see(&named(name)).await.clear().await.expect("it can be emptied");
    }

    /// What stands in a field.
    pub async fn value(&self, name: &str) -> String {
        self.see(&named(name)).await.prop("value").await.expect("it can be asked").unwrap_or_default()
    }

    /// Presses a key while another one is held, wherever the focus is.
    pub async fn key_with(&self, held: Key, key: char) {
        let focus = self.client.active_element().await.expect("something has the focus");
        focus.send_keys(&format!("{}{key}", char::from(held))).await.expect("it takes the keys");
    }

    /// Presses the space bar, wherever the focus is.
    pub async fn press_space(&self) {
        let focus = self.client.active_element().await.expect("something has the focus");
        focus.send_keys(" ").await.expect("it takes the key");
    }

    /// Walks to a named element with the Tab key, as soon as it is there.
    pub async fn tab_to(&self, name: &str) {
        self.tab_to_at(&named(name)).await;
    }

    /// Walks to the element at a place with the Tab key, as soon as it is there.
    pub async fn tab_to_at(&self, css: &str) {
        self.see(css).await;
        for _ in 0..60 {
            if self.client.find(Locator::Css(&format!("{css}:focus"))).await.is_ok() {
                return;
            }
            self.key(Key::Tab).await;
        }
        panic!("the keyboard does not reach {css} on:\n{}", self.page_text().await);
    }

    /// Presses what lies in that one of several named elements which holds these words.
    pub async fn press_in(&self, name: &str, words: &str, css: &str) {
        let begun = Instant::now();
        loop {
            for element in self.client.find_all(Locator::Css(&named(name))).await.unwrap_or_default() {
                let text = element.text().await.unwrap_or_default();
                if text.contains(words)
                    && let Ok(inner) = element.find(Locator::Css(css)).await
                    && self.press_element(&inner).await.is_ok()
                {
                    return;
                }
            }
            assert!(begun.elapsed() < LIMIT, "no {name} with {words} on:\n{}", self.page_text().await);
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Opens a channel of the list by its name.
    pub async fn open_channel(&self, name: &str) {
        let begun = Instant::now();
        loop {
            let rows =
                self.client.find_all(Locator::Css("[data-test=channel-row]")).await.unwrap_or_default();
            for row in rows {
                let text = row.text().await.unwrap_or_default();
                if text.contains(name) && self.press_element(&row).await.is_ok() {
                    return self.wait_for_heading(name).await;
                }
            }
            assert!(begun.elapsed() < LIMIT, "no channel {name} on:\n{}", self.page_text().await);
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    async fn wait_for_heading(&self, words: &str) {
        let begun = Instant::now();
        while !self.text_at("h1").await.contains(words) {
            assert!(begun.elapsed() < LIMIT, "no heading {words}");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        end_group(&mut self.driver);
    }
}

fn named(name: &str) -> String {
    format!("[data-test=\"{name}\"]")
}

/// Starts the program once more on the profile that it runs on, without a screen; how that ends.
pub fn start_again(desktop: &Desktop, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut second = on_profile(desktop, arguments);
    second.env_remove("DISPLAY").envs(variables.iter().copied());
    second.output().expect("it runs")
}

/// The same, until the program that runs takes what is handed to it; what the second start says. On a busy computer it
/// may answer later than a second start waits.
pub fn taken_by_the_first(desktop: &Desktop, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let begun = Instant::now();
    loop {
        let second = start_again(desktop, arguments, variables);
        let said = String::from_utf8_lossy(&second.stderr).into_owned();
        if second.status.success() {
            return said;
        }
        assert!(said.contains("does not answer") && begun.elapsed() < LIMIT, "it is not taken: {said}");
    }
}

/// The program's own binary on a desktop, without driving it.
pub fn program(desktop: &Desktop) -> Command {
    desktop.command(env!("CARGO_BIN_EXE_channel-keys"))
}

/// The same on a profile of that desktop's.
pub fn on_profile(desktop: &Desktop, flags: &[&str]) -> Command {
    let mut program = program(desktop);
    program.arg("--profile").arg(desktop.folder("profile")).args(flags);
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_from_under_which_the_page_moves_is_pressed_again() {
    // Given a page that moves down once, as soon as the mouse is down
    let desktop = Desktop::start();
    let app = App::start(&desktop, &[]).await;
    app.see(&named("try-it")).await;
    let moves = "document.addEventListener('mousedown', () => { \
                     window.__moved = true; document.body.style.paddingTop = '120px'; \
                 }, { capture: true, once: true })";
    app.run(moves, vec![]).await;

    // When a button is pressed
    app.press("try-it").await;

    // Then it heard of it all the same
    assert_eq!(app.run("return window.__moved", vec![]).await, json!(true), "the page did not move");
    app.see(&named("practice-account")).await;
}

/// The program's window, once its driver on this port has it.
async fn driven(port: u16, arguments: &[String]) -> Client {
    let options = json!({
        "webkitgtk:browserOptions": {"binary": env!("CARGO_BIN_EXE_channel-keys"), "args": arguments},
        // For axe on a busy computer.
        "timeouts": {"script": 4 * LIMIT.as_millis()},
    });
    let Value::Object(options) = options else { unreachable!("it is an object") };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(options)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the window opens")
}
