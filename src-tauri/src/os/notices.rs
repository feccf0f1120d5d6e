//! The system's notifications: one at a time of each kind from this program, which leads somewhere when it is pressed.
//!
//! Nothing is asked of the system before the first one. On Linux that is the desktop's own interface
//! (`org.freedesktop.Notifications`, documented), over the library that asks for the keychain too; each question is
//! limited in time. The library for all systems is used elsewhere alone: on Linux it brings a second version of the
//! same one, and a thread that waits for each notification for ever.

/// What a notification is about: it takes the place of the one before that is about the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Channels that a desk watches.
    Channels,
    /// Whether kept keys still work.
    Keys,
    /// Places where a key is not in place yet.
    Places,
}

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub topic: Topic,
    /// In one line.
    pub title: String,
    /// What else, a line each.
    pub lines: Vec<String>,
    /// What a press on it leads to, in words.
    pub show: String,
}

/// The system takes no notification: there is nobody who shows any, or they refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoNotices;

pub use here::Notices;

#[cfg(target_os = "linux")]
mod here {
    use std::collections::HashMap;
    use std::sync::Arc;
    use std::time::Duration;

    use futures_util::StreamExt;
    use tokio::sync::Mutex;
    use tokio::task::JoinHandle;
    use zbus::zvariant::Value;

    use super::{NoNotices, Notice, Topic};

    /// How long the desktop has to answer.
    const LIMIT: Duration = Duration::from_secs(5);
    const PROGRAM: &str = "Channel Keys";
    /// What the interface calls a press on the notification itself.
    const PRESSED: &str = "default";

    #[zbus::proxy(
        interface = "org.freedesktop.Notifications",
        default_service = "org.freedesktop.Notifications",
        default_path = "/org/freedesktop/Notifications"
    )]
    trait Desktop {
        fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

        #[expect(clippy::too_many_arguments, reason = "the interface has them")]
        fn notify(
            &self,
            program: &str,
            replaces: u32,
            icon: &str,
            title: &str,
            body: &str,
            actions: &[&str],
            hints: &HashMap<&str, Value<'_>>,
            milliseconds: i32,
        ) -> zbus::Result<u32>;

        #[zbus(signal)]
        fn action_invoked(&self, id: u32, action: String) -> zbus::Result<()>;
    }

    type Pressed = Arc<dyn Fn() + Send + Sync>;
    /// The notifications that are shown last, and what a press on one does.
    type Shown = HashMap<Topic, (u32, Pressed)>;

    /// The way to whoever shows notifications.
    #[derive(Default)]
    pub struct Notices {
        open: Mutex<Option<Open>>,
        shown: Arc<Mutex<Shown>>,
    }

    struct Open {
        desktop: DesktopProxy<'static>,
        capabilities: Vec<String>,
        listening: JoinHandle<()>,
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.listening.abort();
        }
    }

    impl Notices {
        /// Shows a notification in the place of the one before about the same. Pressed, it calls back.
        pub async fn show(
            &self,
            notice: &Notice,
            pressed: impl Fn() + Send + Sync + 'static,
        ) -> Result<(), NoNotices> {
            let mut open = self.open.lock().await;
            // The desktop's program was started anew, or a press ended the listening.
            open.take_if(|open| open.listening.is_finished());
            // A press may arrive before the notification's id does: it waits for this.
            let mut shown = self.shown.lock().await;
            let before = shown.get(&notice.topic).map(|(id, _)| *id);
            let Ok(Ok(id)) = tokio::time::timeout(LIMIT, self.try_to_show(&mut open, notice, before)).await
            else {
                // Whoever shows them may be there the next time.
                *open = None;
                return Err(NoNotices);
            };
            shown.insert(notice.topic, (id, Arc::new(pressed)));
            Ok(())
        }

        async fn try_to_show(
            &self,
            open: &mut Option<Open>,
            notice: &Notice,
            before: Option<u32>,
        ) -> zbus::Result<u32> {
            let Open { desktop, capabilities, .. } = match open {
                Some(open) => open,
                None => open.insert(self.begin().await?),
            };
            let can = |what: &str| capabilities.iter().any(|can| can == what);
            let body = notice.lines.join("\n");
            let body = if can("body-markup") { without_markup(&body) } else { body };
            let actions = [PRESSED, &notice.show];
            let hints = HashMap::from([("desktop-entry", Value::from(PROGRAM)), ("urgency", Value::U8(1))]);
            let actions: &[&str] = if can("actions") { &actions } else { &[] };
            let replaces = before.unwrap_or_default();
            desktop.notify(PROGRAM, replaces, "channel-keys", &notice.title, &body, actions, &hints, -1).await
        }

        async fn begin(&self) -> zbus::Result<Open> {
            let bus = zbus::connection::Builder::session()?.method_timeout(LIMIT).build().await?;
            let desktop = DesktopProxy::new(&bus).await?;
            let capabilities = desktop.get_capabilities().await?;
            // From whoever shows notifications alone: the library drops what others send under that name.
            let mut invoked = desktop.receive_action_invoked().await?;
            let shown = self.shown.clone();
            let listening = tokio::spawn(async move {
                while let Some(signal) = invoked.next().await {
                    let Ok(told) = signal.args() else { continue };
                    if told.action() != PRESSED {
                        continue;
                    }
                    let shown = shown.lock().await;
                    if let Some((_, pressed)) = shown.values().find(|(id, _)| id == told.id()) {
                        pressed();
                    }
                }
            });
            Ok(Open { desktop, capabilities, listening })
        }
    }

    /// A name is no markup: it is shown as it is written.
    fn without_markup(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn a_name_that_looks_like_markup_is_shown_as_it_is_written() {
            let shown = super::without_markup("Fish & <a href=x>Chips</a>");
            assert_eq!(shown, "Fish &amp; &lt;a href=x&gt;Chips&lt;/a&gt;");
        }
    }
}

/// As the library offers it; not tried.
#[cfg(not(target_os = "linux"))]
mod here {
    use super::{NoNotices, Notice};

    /// The way to whoever shows notifications.
    #[derive(Default)]
    pub struct Notices;

    impl Notices {
        /// Shows a notification. Pressed, it calls back, where the system tells of that.
        pub async fn show(
            &self,
            notice: &Notice,
            pressed: impl Fn() + Send + Sync + 'static,
        ) -> Result<(), NoNotices> {
            let mut note = notify_rust::Notification::new();
            note.appname("Channel Keys").summary(&notice.title).body(&notice.lines.join("\n"));
            let (told, shown) = tokio::sync::oneshot::channel();
            std::thread::spawn(move || match note.show() {
                Err(_) => drop(told.send(Err(NoNotices))),
                Ok(handle) => {
                    let _ = told.send(Ok(()));
                    let pressed = |response: &notify_rust::NotificationResponse| {
                        if response.is_default_action() {
                            pressed();
                        }
                    };
                    let _ = handle.wait_for_response(pressed);
                }
            });
            shown.await.unwrap_or(Err(NoNotices))
        }
    }
}
