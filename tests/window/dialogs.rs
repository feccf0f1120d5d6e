//! The system's own dialogs on a test's desktop, answered over AT-SPI: a key is pressed only once the dialog is in front
//! and something in it has the focus, and what was put into a field is read back before a button is pressed by its name.

use std::path::Path;
use std::time::{Duration, Instant};

use atspi::{Role, State};

use crate::desktop::{Desktop, LIMIT, PASSWORD};
use crate::reader::{Part, Reader, Window, said};

/// What a screen reader hears instead of the title of a message: its kind.
const MESSAGES: [&str; 4] = ["Information", "Question", "Warning", "Error"];

/// A dialog that is in front.
struct Dialog<'a> {
    reader: Reader,
    /// What is in its title, or how its program is called.
    name: &'a str,
    /// How `xdotool` looks for it.
    window: [&'a str; 2],
}

impl<'a> Dialog<'a> {
    /// Waits until there is a dialog with these words in its title.
    async fn titled(desktop: &'a Desktop, title: &'a str) -> Self {
        Self::at(desktop, title, ["--name", title]).await
    }

    /// Waits until a program shows its dialog.
    async fn of(desktop: &'a Desktop, program: &'a str) -> Self {
        Self::at(desktop, program, ["--class", program]).await
    }

    async fn at(desktop: &'a Desktop, name: &'a str, window: [&'a str; 2]) -> Self {
        let dialog = Self { reader: Reader::on(desktop).await, name, window };
        // The window manager does not bring every new window forward.
        desktop.in_front(&dialog.window, &[]);
        dialog.find("something that has the focus", |part| part.has(State::Focused)).await;
        dialog
    }

    async fn windows(&self) -> Vec<Window> {
        let mut windows = self.reader.windows().await;
        windows.retain(|window| {
            let is_message = MESSAGES.contains(&window.title.as_str());
            is_message || window.title.contains(self.name) || window.program.contains(self.name)
        });
        windows
    }

    /// What can be read in it while it is in front.
    async fn parts(&self) -> Vec<Part> {
        match self.windows().await.into_iter().find(|window| window.is_active) {
            Some(window) => self.reader.parts_of(&window).await,
            None => Vec::new(),
        }
    }

    /// Waits until there is such a part in it.
    async fn find(&self, what: &str, is_it: impl Fn(&Part) -> bool) -> Part {
        let begun = Instant::now();
        loop {
            let mut parts = self.parts().await;
            if let Some(at) = parts.iter().position(&is_it) {
                return parts.swap_remove(at);
            }
            if begun.elapsed() > LIMIT {
                let windows = self.reader.windows().await;
                panic!("no {what} in \"{}\":\n{}of {windows:#?}", self.name, said(&parts));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a field in it has the focus.
    async fn field(&self, role: Role) -> Part {
        let what = format!("{role} that has the focus");
        self.find(&what, |part| part.is(role, "") && part.has(State::Editable) && part.has(State::Focused))
            .await
    }

    /// Presses a button, as soon as it can be pressed, and waits until the dialog is gone.
    async fn press(&self, button: &str) {
        let is_it = |part: &Part| part.is(Role::Button, button) && part.has(State::Sensitive);
        let part = self.find(&format!("button \"{button}\""), is_it).await;
        assert!(self.reader.press_part(&part).await, "\"{button}\" is not pressed");
        let begun = Instant::now();
        while !self.windows().await.is_empty() {
            let there = self.parts().await;
            assert!(begun.elapsed() < LIMIT, "\"{button}\" does not close it:\n{}", said(&there));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Desktop {
    /// Answers the system's dialog for where a file goes.
    pub async fn save_as(&self, title: &str, file: &Path) {
        let dialog = Dialog::titled(self, title).await;
        let name = dialog.field(Role::Text).await;
        dialog.reader.write(&name, &file.display().to_string()).await;
        dialog.press("Save").await;
    }

    /// Answers the system's dialog for which file is meant, by its path.
    pub async fn choose_file(&self, title: &str, file: &Path) {
        let dialog = Dialog::titled(self, title).await;
        self.in_front(&dialog.window, &["key", "ctrl+l"]);
        let location = dialog.field(Role::Text).await;
        dialog.reader.write(&location, &file.display().to_string()).await;
        dialog.press("Open").await;
    }

    /// Waits for a dialog with these words in its title, and presses a button in it.
    pub async fn answer_dialog(&self, title: &str, button: &str) {
        Dialog::titled(self, title).await.press(button).await;
    }

    /// Waits until the system asks for the keychain's password, and gives it.
    pub async fn unlock_keyring(&self) {
        let dialog = Dialog::of(self, "gcr-prompter").await;
        let password = dialog.field(Role::PasswordText).await;
        dialog.reader.write(&password, PASSWORD).await;
        dialog.press("Unlock").await;
    }
}
