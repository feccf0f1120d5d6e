//! Words in a dialog of the system's, where no page can say them.

use tauri::{Runtime, WebviewWindow};

/// What is asked in a dialog.
pub struct Question {
    /// The program's name.
    pub title: String,
    /// What happened, and what can be done.
    pub words: String,
    /// The answer that goes on.
    pub yes: String,
    /// The other one.
    pub no: String,
}

pub use here::{ask, show};

/// By GTK itself, on the main thread, where it runs already or can be started: rfd's dialogs run GTK on a thread of their
/// own, and wait for ever where the main thread is in GTK's hands or there is no screen.
#[cfg(target_os = "linux")]
mod here {
    use gtk::prelude::*;
    use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType, Window};

    use super::{Question, Runtime, WebviewWindow};

    /// Says something, and waits until it was read. There has to be a screen.
    pub fn show(title: &str, words: &str) {
        let dialog = MessageDialog::new(
            Window::NONE,
            DialogFlags::empty(),
            MessageType::Warning,
            ButtonsType::Ok,
            words,
        );
        dialog.set_title(title);
        dialog.run();
        dialog.close();
    }

    /// Asks over a window, which is not to be used meanwhile, and does not wait; `answered` hears whether it was yes.
    pub fn ask<R: Runtime>(
        window: &WebviewWindow<R>,
        question: Question,
        answered: impl Fn(bool) + Send + 'static,
    ) {
        let parent = window.gtk_window().ok();
        let dialog = MessageDialog::new(
            parent.as_ref(),
            DialogFlags::MODAL | DialogFlags::DESTROY_WITH_PARENT,
            MessageType::Warning,
            ButtonsType::None,
            &question.words,
        );
        dialog.set_title(&question.title);
        dialog.add_button(&question.no, ResponseType::No);
        dialog.add_button(&question.yes, ResponseType::Yes);
        dialog.set_default_response(ResponseType::Yes);
        dialog.connect_response(move |dialog, response| {
            dialog.close();
            answered(response != ResponseType::No);
        });
        dialog.present();
    }
}

/// Not tried.
#[cfg(not(target_os = "linux"))]
mod here {
    use rfd::{AsyncMessageDialog, MessageButtons, MessageDialog, MessageDialogResult, MessageLevel};

    use tauri::Manager;

    use super::{Question, Runtime, WebviewWindow};
    use crate::tasks;
    use crate::view::TaskWord;

    /// Says something, and waits until it was read.
    pub fn show(title: &str, words: &str) {
        MessageDialog::new().set_level(MessageLevel::Warning).set_title(title).set_description(words).show();
    }

    /// Asks, and does not wait; `answered` hears whether it was yes.
    pub fn ask<R: Runtime>(
        window: &WebviewWindow<R>,
        question: Question,
        answered: impl Fn(bool) + Send + 'static,
    ) {
        let Question { title, words, yes, no } = question;
        let dialog = AsyncMessageDialog::new()
            .set_level(MessageLevel::Warning)
            .set_title(title)
            .set_description(words)
            .set_buttons(MessageButtons::OkCancelCustom(yes, no.clone()))
            .set_parent(window)
            .show();
        tasks::run(window.app_handle(), TaskWord::Other, async move {
            let answer = dialog.await;
            answered(answer != MessageDialogResult::Custom(no));
        });
    }
}
