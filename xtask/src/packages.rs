//! The system's packages: which are missing, and how they are installed.

use std::io::IsTerminal;
use std::process::Command;

use crate::child;
use crate::stop::{Outcome, Stop};

/// What the app is built and run with.
const BUILD: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libsoup-3.0-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libssl-dev",
    "libxdo-dev",
    "pkg-config",
];

/// What the tests need besides: a screen, a bus and a keychain of their own, and what looks at them from outside.
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    // Another keychain program, which asks before it gives.
    "keepassxc",
    "libsecret-tools",
    "xclip",
    // A compositor without a screen, and what looks at the clipboard there.
    "sway",
    "wl-clipboard",
    "xdotool",
    "x11-utils",
    "openbox",
    "at-spi2-core",
    "imagemagick",
    // A real browser, for the pages that lead out of the app and back.
    "chromium",
    "chromium-driver",
    // Real spreadsheet programs, to open what is saved for one.
    "gnumeric",
    "libreoffice-calc-nogui",
    // The other implementation of the age format, and a terminal for it to ask at.
    "age",
    "bsdutils",
];

/// A third one, KDE's, with what it encrypts by: the older and the newer by name.
const KDE_WALLETS: [[&str; 2]; 2] =
    [["libkf5wallet-bin", "libqca-qt5-2-plugins"], ["kwallet6", "libqca-qt6-plugins"]];

/// The libraries of [`BUILD`] by the names that pkg-config knows, the same on every Linux.
const LIBRARIES: &[&str] = &["webkit2gtk-4.1", "libsoup-3.0", "librsvg-2.0"];

/// What the packages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Building and running the app.
    Building,
    /// The tests too.
    Testing,
}

/// Sees to it that the packages are there, or stops and says what to install.
pub fn ensure(purpose: For) -> Outcome {
    match std::env::consts::OS {
        "linux" => ensure_on_linux(purpose),
        "macos" => {
            println!(
                "On macOS the app needs Xcode's command line tools: xcode-select --install\n\
                 Going on as if they were there. Nobody has tried this app on macOS yet."
            );
            Ok(())
        }
        _ => {
            println!(
                "On Windows the app needs the C++ build tools of Visual Studio and the WebView2 runtime.\n\
                 Going on as if they were there. Nobody has tried this app on Windows yet."
            );
            Ok(())
        }
    }
}

fn ensure_on_linux(purpose: For) -> Outcome {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let wanted = match purpose {
        For::Building => BUILD.to_vec(),
        For::Testing => [BUILD, TESTS, &KDE_WALLETS[usize::from(has_plasma_6(&release))]].concat(),
    };
    if !has_apt(&release) || !child::on_path("dpkg-query") {
        return ensure_elsewhere(&wanted);
    }
    let missing = missing(&wanted, &installed(&wanted));
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    install(&missing)
}

/// Whether this is Debian, Ubuntu, or a child of theirs, by its /etc/os-release.
fn has_apt(release: &str) -> bool {
    release
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| ["ID", "ID_LIKE"].contains(name))
        .flat_map(|(_, value)| value.trim_matches(['"', '\'']).split_whitespace())
        .any(|id| ["debian", "ubuntu"].contains(&id))
}

/// Whether a Debian, or a child of its, has KDE's programs of the sixth generation, by its /etc/os-release.
fn has_plasma_6(release: &str) -> bool {
    let is = |name: &str, value: &str| release.lines().any(|line| line == format!("{name}={value}"));
    let is_old = ["11", "12"].iter().any(|version| is("VERSION_ID", &format!("\"{version}\"")));
    is("ID", "debian") && !is_old
}

/// dpkg's words on these packages, one line each; it says nothing of those that it never heard of.
fn installed(wanted: &[&str]) -> String {
    let output =
        child::program("dpkg-query").args(["-W", "-f", "${Package} ${Status}\n"]).args(wanted).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn missing<'a>(wanted: &[&'a str], installed: &str) -> Vec<&'a str> {
    let is_there = |package: &str| {
        installed.lines().any(|line| {
            line.strip_prefix(package)
                .is_some_and(|status| status.starts_with(' ') && status.ends_with(" ok installed"))
        })
    };
    let gone = wanted.iter().filter(|package| !is_there(package));
    gone.copied().collect()
}

/// Who may run apt-get here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    Root,
    /// At a terminal, where a password can be typed.
    Sudo,
    /// Without a terminal: works where no password is asked for.
    SudoUnasked,
    None,
}

fn right(root: bool, sudo: bool, terminal: bool) -> Right {
    match (root, sudo, terminal) {
        (true, ..) => Right::Root,
        (_, true, true) => Right::Sudo,
        (_, true, false) => Right::SudoUnasked,
        (_, false, _) => Right::None,
    }
}

fn install(missing: &[&str]) -> Outcome {
    let root = child::quietly(child::program("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let terminal = std::io::stdin().is_terminal();
    let right = right(root, child::on_path("sudo"), terminal);
    if right == Right::None {
        return Err(Stop::because(format!(
            "They can't be installed from here: this is not root, and there is no sudo. Nothing was built.\n{}",
            by_hand(missing)
        )));
    }
    println!("Installing them with apt-get; that takes about a minute.");
    // A mirror that does not answer is no reason to stop while the packages may be at hand.
    if !child::succeeds(apt_get(right).args(["-qq", "update"]))? {
        println!("apt-get update did not end well; trying to install all the same.");
    }
    let installed = child::succeeds(
        apt_get(right).args(["-qq", "-y", "--no-install-recommends", "install"]).args(missing),
    )?;
    if installed {
        return Ok(());
    }
    Err(Stop::because(format!(
        "apt-get did not install them; its own words stand above. Nothing was built.\n{}",
        by_hand(missing)
    )))
}

fn apt_get(right: Right) -> Command {
    let environment = "DEBIAN_FRONTEND=noninteractive";
    let mut command = match right {
        Right::Root | Right::None => child::program("env"),
        Right::Sudo => child::program("sudo"),
        Right::SudoUnasked => {
            let mut sudo = child::program("sudo");
            sudo.arg("-n");
            sudo
        }
    };
    if command.get_program() == "sudo" {
        command.arg("env");
    }
    command.args([environment, "apt-get"]);
    // Another apt may be at work, such as a new machine's own updates.
    command.args(["-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]);
    command
}

fn by_hand(missing: &[&str]) -> String {
    format!(
        "To install them, run this as root, then start again:\n\n  \
         apt-get update && apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    )
}

fn ensure_elsewhere(wanted: &[&str]) -> Outcome {
    let there = child::quietly(child::program("pkg-config").arg("--exists").args(LIBRARIES));
    if there.is_some() {
        println!(
            "This is neither Debian nor Ubuntu: WebKitGTK and its company are there, so going on.\n\
             What may still be missing, by Debian's names: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    Err(Stop::because(format!(
        "WebKitGTK 4.1 and its company are missing, and this is neither Debian nor Ubuntu, so they are not\n\
         installed by themselves. Nothing was built. Install these with your system's own tools, then start again;\n\
         the names are Debian's, where the whole command is\n\n  \
         apt-get install -y --no-install-recommends {}",
        wanted.join(" ")
    )))
}

#[cfg(test)]
mod tests {
    use super::{BUILD, Right, TESTS, by_hand, has_apt, has_plasma_6, missing, right};

    #[test]
    fn debian_13_has_the_newer_wallet_and_debian_12_and_ubuntu_the_older() {
        let release = |id: &str, version: &str| format!("NAME=\"It\"\nID={id}\nVERSION_ID=\"{version}\"\n");
        assert!(has_plasma_6(&release("debian", "13")));
        assert!(!has_plasma_6(&release("debian", "12")));
        assert!(!has_plasma_6(&release("ubuntu", "24.04")));
    }

    #[test]
    fn debian_ubuntu_and_their_children_have_apt() {
        assert!(has_apt("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(has_apt("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(has_apt("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
    }

    #[test]
    fn other_systems_have_none() {
        assert!(!has_apt("ID=fedora\n"));
        assert!(!has_apt("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n"));
        assert!(!has_apt("ID=arch\nHOME_URL=\"https://debian.example/\"\n"));
        assert!(!has_apt(""));
    }

    #[test]
    fn a_package_is_there_only_when_dpkg_says_that_it_is_installed() {
        let installed = "\
dbus install ok installed
xclip deinstall ok config-files
openbox hold ok installed
";

        let missing = missing(&["dbus", "dbus-x11", "xclip", "openbox"], installed);

        assert_eq!(missing, ["dbus-x11", "xclip"]);
    }

    #[test]
    fn a_longer_name_does_not_stand_for_a_shorter_one() {
        assert_eq!(missing(&["dbus"], "dbus-x11 install ok installed\n"), ["dbus"]);
    }

    #[test]
    fn a_machine_without_dpkg_misses_everything() {
        assert_eq!(missing(BUILD, ""), BUILD);
    }

    #[test]
    fn sudo_asks_for_a_password_only_where_someone_can_type_it() {
        assert_eq!(right(true, true, false), Right::Root);
        assert_eq!(right(false, true, true), Right::Sudo);
        assert_eq!(right(false, true, false), Right::SudoUnasked);
        assert_eq!(right(false, false, true), Right::None);
    }

    #[test]
    fn the_words_give_the_whole_command() {
        let words = by_hand(&["xclip", "openbox"]);

        assert!(words.ends_with("install -y --no-install-recommends xclip openbox"));
    }

    #[test]
    fn no_package_is_listed_twice() {
        let mut all = [BUILD, TESTS].concat();
        all.sort_unstable();
        let before = all.len();
        all.dedup();

        assert_eq!(all.len(), before);
    }
}
