//! The program without a driver: read and pressed as a screen reader does it.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Child;

use atspi::Role;

use crate::desktop::{Desktop, end_group};
use crate::processes::Process;
use crate::reader::Reader;

/// The build for development.
pub fn developed() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_channel-keys"))
}

/// The program, or what starts it.
pub struct Program {
    /// The first of its processes.
    pub process: Child,
}

impl Program {
    /// Starts a build of it on a desktop, with a profile of that desktop's.
    pub fn start(desktop: &Desktop, program: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Program {
        let started = desktop
            .command(program)
            .arg("--profile")
            .arg(desktop.folder("profile"))
            .args(flags)
            .envs(variables.iter().copied())
            .process_group(0)
            .stdout(desktop.output())
            .stderr(desktop.output())
            .spawn();
        Program { process: started.expect("the program starts") }
    }

    /// It and all that it started.
    pub fn processes(&self) -> Vec<Process> {
        Process::of_group(self.process.id())
    }

    /// The ports at which it or anything that it started listens.
    pub fn ports(&self) -> Vec<u16> {
        self.processes().iter().flat_map(Process::ports).collect()
    }

    /// Those that draw its windows, the latest last.
    pub fn web_processes(&self) -> Vec<u32> {
        let all = self.processes().into_iter().filter(|process| process.name() == "WebKitWebProces");
        let mut all: Vec<u32> = all.map(|process| process.id).collect();
        all.sort_unstable();
        all
    }

    /// Whether it has not ended.
    pub fn runs(&mut self) -> bool {
        self.process.try_wait().expect("it can be asked").is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        end_group(&mut self.process);
    }
}

/// Makes a key for a number of the list.
pub async fn make_key(reader: &Reader, number: &str) {
    reader.press(Role::Button, number).await;
    reader.press(Role::Button, "Make a new key").await;
    reader.press(Role::Button, "Replace the key of").await;
}

/// Signs in by hand, on the sign-in page.
pub async fn sign_in(reader: &Reader, desktop: &Desktop, (email, password): (&str, &str)) {
    reader.type_into(desktop, Role::Entry, "E-mail", email).await;
    reader.type_into(desktop, Role::PasswordText, "Password", password).await;
    reader.press(Role::Button, "Sign in").await;
}
