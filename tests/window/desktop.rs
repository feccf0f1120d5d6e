//! A desktop of its own for one test: nothing of it is shared with another test or with the person's own desktop.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

use crate::keychains::RefusingKeychain;
use crate::processes::Process;

/// How long anything may take to be so. Only what never comes is to fail for its time, not what comes late on a busy
/// computer.
pub const LIMIT: Duration = Duration::from_secs(60);
/// The same, for `timeout`.
const LIMIT_IN_SECONDS: &str = "60";
/// The program's window, as `xdotool` looks for it.
pub const PROGRAM: [&str; 2] = ["--name", "^Channel Keys"];

/// What a desktop is like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// A keychain that is there and open.
    Open,
    /// A keychain that is there and locked, with the system's own program that asks for its password.
    Locked,
    /// A keychain program in which no keychain was ever set up.
    NotSetUp,
    /// KeePassXC, open, which asks before it gives a program an entry.
    KeePassXc,
    /// KDE's wallet, open.
    KdeWallet,
    /// A keychain that is there and open, and takes nothing.
    Refusing,
    /// No keychain program at all.
    None,
}

/// What opens the keychain.
pub const PASSWORD: &str = "test-keyring";

/// A virtual screen, a session bus, a window manager, and a keychain if asked for.
pub struct Desktop {
    root: TempDir,
    display: String,
    bus: String,
    dark: bool,
    parts: Vec<Child>,
    refusing: Option<RefusingKeychain>,
}

impl Desktop {
    /// A light desktop with an open keychain.
    pub fn start() -> Self {
        Self::with(Keyring::Open)
    }

    /// A light desktop.
    pub fn with(keyring: Keyring) -> Self {
        let root = tempfile::tempdir().expect("a folder for the desktop");
        for folder in ["home/.config", "home/.local/share", "home/.cache", "run", "bin", "services", "tmp"] {
            std::fs::create_dir_all(root.path().join(folder)).expect("the home");
        }
        stand_in_for_a_browser(root.path());
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(root.path().join("run"), private).expect("a private runtime folder");
        let mut desktop = Self {
            root,
            display: String::new(),
            bus: String::new(),
            dark: false,
            parts: Vec::new(),
            refusing: None,
        };
        desktop.start_screen();
        // Over it each dialog tells what has the focus and what stands there.
        offer(desktop.root.path(), "org.a11y.Bus", "/usr/libexec/at-spi-bus-launcher");
        if keyring == Keyring::Locked {
            offer(desktop.root.path(), "org.gnome.keyring.SystemPrompter", "/usr/libexec/gcr-prompter");
        }
        desktop.start_bus();
        desktop.start_window_manager();
        match keyring {
            Keyring::Open | Keyring::Locked => desktop.start_keyring(),
            Keyring::NotSetUp => desktop.start_keyring_without_a_keychain(),
            Keyring::KeePassXc => desktop.start_keepassxc(),
            Keyring::KdeWallet => desktop.start_kde_wallet(),
            Keyring::Refusing => desktop.refusing = Some(RefusingKeychain::on(&desktop.bus)),
            Keyring::None => {}
        }
        if keyring == Keyring::Locked {
            desktop.lock_keyring();
        }
        desktop
    }

    /// The same desktop, dark from now on.
    pub fn darken(&mut self) {
        self.dark = true;
    }

    /// The name of its screen.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// A folder that no other test has.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The address of its session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Types a text into the program's window, wherever the focus is there.
    pub fn type_in_window(&self, text: &str) {
        self.in_front(&PROGRAM, &["type", "--delay", "15", text]);
    }

    /// Presses a key in the program's window, by its name.
    pub fn press_in_window(&self, key: &str) {
        self.in_front(&PROGRAM, &["key", key]);
    }

    /// Presses a key in another program's window, once it is there.
    pub fn press_in(&self, window: &[&str], key: &str) {
        // To no window in particular: this one may be gone before the key is up again.
        self.in_front(window, &["key", "--window", "0", key]);
    }

    /// Presses the right button of the mouse at a place on the screen.
    pub fn press_right(&self, (x, y): (i32, i32)) {
        let place = [x.to_string(), y.to_string()];
        self.in_front(&PROGRAM, &["mousemove", &place[0], &place[1], "click", "3"]);
    }

    /// Does something with `xdotool` once a window is in front and has the keyboard.
    pub fn in_front(&self, window: &[&str], what: &[&str]) {
        let done = self
            .command("timeout")
            .args([LIMIT_IN_SECONDS, "xdotool", "search", "--sync", "--onlyvisible"])
            .args(window)
            .args(["windowactivate", "--sync", "windowfocus", "--sync"])
            .args(what)
            .output()
            .expect("xdotool runs");
        assert!(
            done.status.success(),
            "{what:?}: {window:?} does not come in front of:\n{}\n{}",
            self.titles(),
            String::from_utf8_lossy(&done.stderr)
        );
    }

    /// Turns to a window of another program, and back.
    pub fn look_away_and_back(&self) {
        const OTHER: &[u8] = b"Another program";
        let (x, screen) = x11rb::connect(Some(&self.display)).expect("the screen");
        let (window, root) = (x.generate_id().expect("an id"), x.setup().roots[screen].root);
        let plain = CreateWindowAux::new();
        x.create_window(0, window, root, 0, 0, 200, 100, 0, WindowClass::INPUT_OUTPUT, 0, &plain)
            .expect("asked");
        x.change_property8(PropMode::REPLACE, window, AtomEnum::WM_NAME, AtomEnum::STRING, OTHER)
            .expect("asked");
        x.map_window(window).expect("asked").check().expect("it is shown");
        self.in_front(&["--name", "^Another program"], &[]);
        self.in_front(&PROGRAM, &[]);
    }

    /// Asks the window manager to close the program's window, as the button in its frame does; whether there is one.
    pub fn close_window(&self) -> bool {
        let found = self
            .command("xdotool")
            .args(["search", "--onlyvisible"])
            .args(PROGRAM)
            .output()
            .expect("xdotool runs");
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let Some(window) = found.lines().next().and_then(|line| line.trim().parse().ok()) else {
            return false;
        };
        let (x, screen) = x11rb::connect(Some(&self.display)).expect("the screen");
        let root = x.setup().roots[screen].root;
        let close = x.intern_atom(false, b"_NET_CLOSE_WINDOW").expect("asked").reply().expect("an atom").atom;
        let by_a_person = 2;
        let event = ClientMessageEvent::new(32, window, close, [x11rb::CURRENT_TIME, by_a_person, 0, 0, 0]);
        let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        x.send_event(false, root, to, event).expect("asked").check().expect("the window manager is asked");
        true
    }

    /// The file to which the programs that are started by a driver write what they say.
    pub fn output(&self) -> File {
        let file = self.root.path().join("output");
        OpenOptions::new().create(true).append(true).open(file).expect("a file for the output")
    }

    /// The titles of all windows that are shown.
    pub fn titles(&self) -> String {
        let found = self
            .command("xdotool")
            .args(["search", "--onlyvisible", "--name", "", "getwindowname", "%@"])
            .output()
            .expect("xdotool runs");
        String::from_utf8_lossy(&found.stdout).into_owned()
    }

    /// A command that sees this desktop and no other.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let home = self.root.path().join("home");
        let mut path = self.root.path().join("bin").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = Command::new(program.as_ref());
        command
            .env("PATH", path)
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", &home)
            .env("XDG_RUNTIME_DIR", self.root.path().join("run"))
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("TMPDIR", self.root.path().join("tmp"))
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null());
        if self.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        command
    }

    /// Starts something that ends with the desktop.
    pub fn start_part(&mut self, mut command: Command) -> &Child {
        command.stdout(Stdio::null());
        self.start_heard_part(command)
    }

    /// Starts something that ends with the desktop, and writes where its command says.
    pub fn start_heard_part(&mut self, mut command: Command) -> &Child {
        // A group of its own, so that what it starts ends with it.
        let part = command.process_group(0).stderr(Stdio::null()).spawn();
        self.parts.push(part.expect("a part of the desktop starts"));
        &self.parts[self.parts.len() - 1]
    }

    /// What the keychain holds under a service, by `secret-tool`: pairs of user name and secret.
    pub fn kept_under(&self, service: &str) -> Vec<(String, String)> {
        let found = self
            .command("secret-tool")
            .args(["search", "--all", "--unlock", "service", service])
            .output()
            .expect("secret-tool runs");
        // It writes secrets to its output and attributes to its error output.
        let said =
            String::from_utf8_lossy(&found.stderr).into_owned() + &String::from_utf8_lossy(&found.stdout);
        let usernames = said.lines().filter_map(|line| line.strip_prefix("attribute.username = "));
        let mut kept: Vec<(String, String)> = usernames
            .map(|username| (username.to_owned(), self.secret(service, username).unwrap_or_default()))
            .collect();
        kept.sort();
        kept.dedup();
        kept
    }

    /// The one secret under a purpose in the keychain: its user name and itself.
    pub fn only_entry(&self, service: &str, purpose: &str) -> (String, String) {
        let mut kept = self.kept_under(service);
        kept.retain(|(name, _)| name.starts_with(purpose));
        assert_eq!(kept.len(), 1, "secrets under {purpose} in {service}");
        kept.remove(0)
    }

    /// Whether anything lies under a purpose in the keychain.
    pub fn has_entry(&self, service: &str, purpose: &str) -> bool {
        self.kept_under(service).iter().any(|(name, _)| name.starts_with(purpose))
    }

    /// Waits until something lies under a purpose in the keychain.
    pub fn wait_for_entry(&self, service: &str, purpose: &str) {
        wait_until("something is kept", || self.has_entry(service, purpose));
    }

    /// All that the keychain says of a service's entries but the secrets: labels among them.
    pub fn labels(&self, service: &str) -> String {
        let found = self
            .command("secret-tool")
            .args(["search", "--all", "--unlock", "service", service])
            .output()
            .expect("secret-tool runs");
        let said = String::from_utf8_lossy(&found.stdout).into_owned();
        said.lines().filter(|line| line.starts_with("label = ")).collect::<Vec<_>>().join("\n")
    }

    /// Copies a text, as another program would.
    pub fn copy(&self, text: &str) {
        let mut copying = self
            .command("xclip")
            .args(["-selection", "clipboard", "-i"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("xclip runs");
        let mut input = copying.stdin.take().expect("its input");
        input.write_all(text.as_bytes()).expect("it takes the text");
        drop(input);
        assert!(copying.wait().expect("it ends").success());
        wait_until("the clipboard holds it", || self.clipboard("UTF8_STRING").as_deref() == Some(text));
    }

    fn secret(&self, service: &str, username: &str) -> Option<String> {
        let look = || {
            let mut tool = self.command("secret-tool");
            let found = tool.args(["lookup", "service", service, "username", username]).output();
            let found = found.expect("secret-tool runs");
            found.status.success().then(|| String::from_utf8_lossy(&found.stdout).into_owned())
        };
        // KDE's wallet fails about one look in forty of a program that connects anew for each.
        look().or_else(look)
    }

    /// What the clipboard holds, by `xclip`; none where nobody offers anything.
    pub fn clipboard(&self, target: &str) -> Option<String> {
        self.selection("clipboard", target)
    }

    /// The same for another of the places by which programs hand things to each other.
    pub fn selection(&self, selection: &str, target: &str) -> Option<String> {
        let found = self
            .command("timeout")
            .args(["30", "xclip", "-selection", selection, "-o", "-t", target])
            .output()
            .expect("xclip runs");
        found.status.success().then(|| String::from_utf8_lossy(&found.stdout).into_owned())
    }

    /// Whether any program offers something at one of the places by which programs hand things to each other.
    pub fn is_offered(&self, selection: &str) -> bool {
        let (x, _) = x11rb::connect(Some(&self.display)).expect("the screen");
        let atom = x.intern_atom(false, selection.as_bytes()).expect("asked").reply().expect("an atom").atom;
        let owner = x.get_selection_owner(atom).expect("asked").reply().expect("an answer").owner;
        owner != x11rb::NONE
    }

    /// Waits until the browser was asked for this page.
    pub fn browser_opened(&self, address: &str) {
        let asked = self.root.path().join("browsed");
        wait_until("the browser is asked", || {
            std::fs::read_to_string(&asked).is_ok_and(|pages| pages.lines().any(|page| page == address))
        });
    }

    /// Waits until the browser was asked for a page whose address begins so, and tells its whole address.
    pub fn browsed(&self, beginning: &str) -> String {
        let asked = self.root.path().join("browsed");
        let mut found = None;
        wait_until("the browser is asked", || {
            let pages = std::fs::read_to_string(&asked).unwrap_or_default();
            found = pages.lines().rfind(|page| page.starts_with(beginning)).map(str::to_owned);
            found.is_some()
        });
        found.expect("it was found")
    }

    fn start_screen(&mut self) {
        let mut screen = Command::new("Xvfb")
            // It would begin anew when its last client leaves it, and end whoever comes in at that moment.
            .args(["-noreset", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        self.display = format!(":{}", first_line(&mut screen));
        self.parts.push(screen);
    }

    /// Starts it and waits until it manages windows: what it is asked before is lost.
    fn start_window_manager(&mut self) {
        self.start_part(self.command("openbox"));
        wait_until("the window manager is there", || {
            let asked = self
                .command("xprop")
                .args(["-root", "_NET_SUPPORTING_WM_CHECK"])
                .output()
                .expect("xprop runs");
            String::from_utf8_lossy(&asked.stdout).contains("window id")
        });
    }

    fn start_bus(&mut self) {
        let config = self.root.path().join("bus.conf");
        // A folder that is empty but for a test's wish: the only keychain is the one started below.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen><servicedir>{}</servicedir>\
             <policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/>\
             <allow own=\"*\"/></policy></busconfig>",
            self.root.path().join("run").display(),
            self.root.path().join("services").display()
        );
        std::fs::write(&config, text).expect("the bus's configuration");
        let mut bus = self
            .command("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts");
        self.bus = first_line(&mut bus);
        self.parts.push(bus);
    }

    fn lock_keyring(&self) {
        let locked = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets",
            ])
            .args(["org.freedesktop.Secret.Service.Lock"])
            .arg("array:objpath:/org/freedesktop/secrets/collection/login")
            .stdout(Stdio::null())
            .status();
        assert!(locked.expect("dbus-send runs").success(), "the keychain can be locked");
    }

    fn start_keyring_without_a_keychain(&mut self) {
        let mut keyring = self.command("gnome-keyring-daemon");
        keyring.args(["--foreground", "--components=secrets"]);
        self.start_part(keyring);
        wait_until("the keychain program answers", || self.default_keychain().is_some());
    }

    fn start_keepassxc(&mut self) {
        const GROUP: &str = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
        let settings = self.root.path().join("home/.config/keepassxc");
        std::fs::create_dir_all(&settings).expect("a folder for its settings");
        let asks = "[General]\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n\
                    [FdoSecrets]\nEnabled=true\nConfirmAccessItem=true\nShowNotification=false\n";
        std::fs::write(settings.join("keepassxc.ini"), asks).expect("its settings");
        // The entries of one group alone are offered, which is named in the file.
        let (xml, file) = (self.root.path().join("db.xml"), self.root.path().join("db.kdbx"));
        let text = format!(
            "<KeePassFile><Meta><CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{{{GROUP}}}</Value></Item>\
             </CustomData></Meta><Root><Group><UUID>b5YZ/4uG0BG0LQDAT8lk/w==</UUID><Name>Root</Name></Group></Root>\
             </KeePassFile>"
        );
        std::fs::write(&xml, text).expect("a file to import");
        let mut import = self.command("keepassxc-cli");
        import.args(["import", "-p"]).args([&xml, &file]);
        let imported = say(import, &format!("{PASSWORD}\n{PASSWORD}\n")).wait().expect("it ends");
        assert!(imported.success(), "KeePassXC makes a file");
        let keepassxc = self.command("keepassxc");
        self.start_part(keepassxc);
        // Over the bus: version 2.7.10 crashes on a password at its standard input.
        wait_until("KeePassXC opens its file", || {
            let mut open = self.command("dbus-send");
            open.args([
                "--session",
                "--print-reply",
                "--dest=org.keepassxc.KeePassXC.MainWindow",
                "/keepassxc",
            ]);
            open.arg("org.keepassxc.KeePassXC.MainWindow.openDatabase");
            open.arg(format!("string:{}", file.display())).arg(format!("string:{PASSWORD}"));
            open.output().expect("dbus-send runs").status.success()
        });
        wait_until("KeePassXC answers", || self.default_keychain().is_some_and(|path| path != "/"));
    }

    fn start_kde_wallet(&mut self) {
        let settings = "[Wallet]\nFirst Use=false\nPrompt on Open=false\nDefault Wallet=kdewallet\n\
                        [org.freedesktop.secrets]\napiEnabled=true\n";
        std::fs::write(self.root.path().join("home/.config/kwalletrc"), settings).expect("its settings");
        std::fs::create_dir_all(self.root.path().join("home/.local/share/kwalletd")).expect("its folder");
        // The first time it makes the wallet; as the Secret Service it offers those that it found when it started.
        self.open_kde_wallet();
        self.restart_kde_wallet();
        wait_until("KDE's wallet is open", || self.default_keychain().is_some_and(|path| path != "/"));
    }

    /// KDE's wallet ends, is started anew, and opened as a sign-in to the system opens it.
    pub fn restart_kde_wallet(&mut self) {
        // It writes a secret to disk some seconds after it took it, and what says where it lies at once.
        let wallets = self.root.path().join("home/.local/share/kwalletd");
        let written = |name: &str| wallets.join(name).metadata().and_then(|file| file.modified()).ok();
        wait_until("KDE's wallet has written all", || {
            written("kdewallet.kwl") >= written("kdewallet_attributes.json")
        });
        if let Some(mut wallet) = self.parts.pop() {
            end_group(&mut wallet);
        }
        self.open_kde_wallet();
    }

    fn open_kde_wallet(&mut self) {
        // Each Debian has one of the two.
        let is_there = |program: &&str| Path::new("/usr/bin").join(program).exists();
        let program = ["kwalletd5", "kwalletd6"].into_iter().find(is_there).expect("KDE's wallet");
        self.start_part(self.command(program));
        let ask = |what: &[&str]| {
            let mut ask = self.command("dbus-send");
            ask.args(["--session", "--print-reply"]).arg(format!("--dest=org.kde.{program}"));
            let answer = ask.arg(format!("/modules/{program}")).args(what).output().expect("dbus-send runs");
            String::from_utf8_lossy(&answer.stdout).into_owned()
        };
        let password = format!("array:byte:{}", ["7"; 56].join(","));
        wait_until("KDE's wallet is open", || {
            // It answers the same where it could not open it.
            ask(&["org.kde.KWallet.pamOpen", "string:kdewallet", &password, "int32:0"]);
            ask(&["org.kde.KWallet.isOpen", "string:kdewallet"]).contains("boolean true")
        });
    }

    /// The keychain program hangs from now on: it has its name on the bus, and answers nothing.
    pub fn freeze_keyring(&self) {
        let keyring = self.parts.last().expect("a keychain program").id().to_string();
        let frozen = Command::new("kill").args(["-STOP", &keyring]).status();
        assert!(frozen.expect("kill runs").success());
    }

    /// The keychain program ends, and another one takes its place with the same keychain.
    pub fn restart_keyring(&mut self) {
        // The last part that was started with a keychain is its program.
        if let Some(mut keyring) = self.parts.pop() {
            end_group(&mut keyring);
        }
        self.start_keyring();
    }

    fn start_keyring(&mut self) {
        let mut keyring = self.command("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        self.parts.push(say(keyring, PASSWORD));
        wait_until("the keychain answers", || self.default_keychain().is_some_and(|path| path != "/"));
    }

    /// What the keychain program calls its default keychain: `/` where it has none; nothing where none answers.
    fn default_keychain(&self) -> Option<String> {
        let asked = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets",
            ])
            .args(["org.freedesktop.Secret.Service.ReadAlias", "string:default"])
            .output()
            .expect("dbus-send runs");
        let said = String::from_utf8_lossy(&asked.stdout).into_owned();
        let path = said.split_once("object path \"")?.1.split_once('"')?.0.to_owned();
        asked.status.success().then_some(path)
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for part in self.parts.iter_mut().rev() {
            end_group(part);
        }
    }
}

/// Starts a program that hears this on its input.
fn say(mut command: Command, text: &str) -> Child {
    let mut child = command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(text.as_bytes()).expect("it hears");
    child
}

/// Has the bus start a program of the system's whenever it is wanted: some end by themselves when they have nothing to
/// do.
fn offer(root: &Path, name: &str, program: &str) {
    let service = format!("[D-BUS Service]\nName={name}\nExec={program}\n");
    std::fs::write(root.join("services").join(format!("{name}.service")), service).expect("a service");
}

/// A program in the place of the system's own that opens pages: it notes which.
fn stand_in_for_a_browser(root: &Path) {
    let program = root.join("bin/xdg-open");
    let notes = root.join("browsed");
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", notes.display());
    std::fs::write(&program, script).expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it can be started");
}

/// Ends a process and all that it started.
pub fn end_group(part: &mut Child) {
    let _ =
        Command::new("kill").args(["-KILL", "--", &format!("-{}", part.id())]).stderr(Stdio::null()).status();
    let _ = part.wait();
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number").port()
}

/// Waits until a process listens at a port that it chose itself, and gives it.
pub fn port_of(process: &Child) -> u16 {
    let process = Process { id: process.id() };
    let mut port = None;
    wait_until("it listens", || {
        port = process.ports().first().copied();
        port.is_some()
    });
    port.expect("it listens")
}

/// Waits until something is so; fails with its name where it does not become so.
pub fn wait_until(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < LIMIT, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

fn first_line(process: &mut Child) -> String {
    let mut line = String::new();
    let output = process.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("a line");
    line.trim().to_owned()
}
