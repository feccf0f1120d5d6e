//! The place that a desktop has for programs without a window: an entry beside the clock.
//!
//! On Linux that is the StatusNotifierItem interface (freedesktop.org and KDE, documented), which KDE, Cinnamon, XFCE,
//! Ubuntu's GNOME and others show; where nobody shows such entries there is no place, and none is offered. Tauri's own
//! tray needs a library at run time there that many desktops have not, and can't tell whether anybody shows the entry.
//! On macOS and Windows nothing is offered yet.

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How the program is called.
    pub name: String,
    /// How it stands, in a sentence.
    pub tip: String,
    /// What opens the window, in words.
    pub open: String,
    /// What ends the program, in words.
    pub quit: String,
}

/// What a person does with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To have the window.
    Open,
    /// To end the program.
    Quit,
}

pub use here::{Place, is_there};

#[cfg(target_os = "linux")]
mod here {
    use std::sync::Arc;
    use std::time::Duration;

    use ksni::menu::StandardItem;
    use ksni::{MenuItem, OfflineReason, ToolTip, Tray, TrayMethods};

    use super::{Entry, Wish};

    /// How long the desktop has to answer.
    const LIMIT: Duration = Duration::from_secs(5);

    #[zbus::proxy(
        interface = "org.kde.StatusNotifierWatcher",
        default_service = "org.kde.StatusNotifierWatcher",
        default_path = "/StatusNotifierWatcher"
    )]
    trait Watcher {
        #[zbus(property)]
        fn is_status_notifier_host_registered(&self) -> zbus::Result<bool>;
    }

    /// Whether the desktop has such a place, and shows it.
    pub async fn is_there() -> bool {
        matches!(tokio::time::timeout(LIMIT, ask()).await, Ok(Ok(true)))
    }

    async fn ask() -> zbus::Result<bool> {
        let bus = zbus::connection::Builder::session()?.method_timeout(LIMIT).build().await?;
        WatcherProxy::new(&bus).await?.is_status_notifier_host_registered().await
    }

    type Act = Arc<dyn Fn(Wish) + Send + Sync>;

    struct Shown {
        entry: Entry,
        act: Act,
    }

    impl Tray for Shown {
        fn id(&self) -> String {
            "channel-keys".into()
        }

        fn title(&self) -> String {
            self.entry.name.clone()
        }

        fn icon_name(&self) -> String {
            "channel-keys".into()
        }

        fn tool_tip(&self) -> ToolTip {
            let (title, description) = (self.entry.name.clone(), self.entry.tip.clone());
            ToolTip { title, description, ..ToolTip::default() }
        }

        fn activate(&mut self, _x: i32, _y: i32) {
            (self.act)(Wish::Open);
        }

        fn menu(&self) -> Vec<MenuItem<Self>> {
            let item = |label: &str, enabled: bool, wish: Option<Wish>| {
                // An underscore would mark a key.
                let label = label.replace('_', "__");
                let activate =
                    Box::new(move |shown: &mut Self| wish.into_iter().for_each(|it| (shown.act)(it)));
                MenuItem::from(StandardItem { label, enabled, activate, ..StandardItem::default() })
            };
            vec![
                item(&self.entry.tip, false, None),
                MenuItem::Separator,
                item(&self.entry.open, true, Some(Wish::Open)),
                item(&self.entry.quit, true, Some(Wish::Quit)),
            ]
        }

        fn watcher_offline(&self, _reason: OfflineReason) -> bool {
            // Nobody shows the entry any more: the window is the one way left to the program.
            (self.act)(Wish::Open);
            false
        }
    }

    /// The program's entry, for as long as it is there.
    pub struct Place(ksni::Handle<Shown>);

    impl Place {
        /// Takes the place; none where the desktop has none. Called back for each wish, on another thread.
        pub async fn take(entry: Entry, act: impl Fn(Wish) + Send + Sync + 'static) -> Option<Place> {
            let shown = Shown { entry, act: Arc::new(act) };
            let taken = tokio::time::timeout(LIMIT, shown.spawn()).await;
            taken.ok()?.ok().map(Place)
        }

        /// Says how the program stands now.
        pub async fn say(&self, tip: String) {
            let said = self.0.update(|shown| shown.entry.tip = tip);
            let _ = tokio::time::timeout(LIMIT, said).await;
        }

        /// Leaves the place.
        pub async fn leave(self) {
            let _ = tokio::time::timeout(LIMIT, self.0.shutdown()).await;
        }
    }
}

/// Nothing is offered.
#[cfg(not(target_os = "linux"))]
mod here {
    use super::{Entry, Wish};

    /// Whether the desktop has such a place: none that is used here.
    #[expect(clippy::unused_async, reason = "the same on all systems")]
    pub async fn is_there() -> bool {
        false
    }

    /// The program's entry: there is none.
    pub enum Place {}

    impl Place {
        /// Takes the place; none where the desktop has none.
        #[expect(clippy::unused_async, reason = "the same on all systems")]
        pub async fn take(_: Entry, _: impl Fn(Wish) + Send + Sync + 'static) -> Option<Place> {
            None
        }

        /// Says how the program stands now.
        #[expect(clippy::unused_async, reason = "the same on all systems")]
        pub async fn say(&self, _: String) {
            match *self {}
        }

        /// Leaves the place.
        #[expect(clippy::unused_async, reason = "the same on all systems")]
        pub async fn leave(self) {
            match self {}
        }
    }
}
