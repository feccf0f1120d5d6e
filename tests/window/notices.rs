//! Whoever shows notifications on a test's desktop: notes what it is told, and presses what it shows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";

/// What was shown.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: u32,
    pub replaced: u32,
    pub title: String,
    pub body: String,
}

#[derive(Clone, Default)]
struct Interface(Arc<Mutex<Vec<Shown>>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Interface {
    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    #[expect(clippy::too_many_arguments, reason = "the interface has them")]
    fn notify(
        &self,
        _program: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _milliseconds: i32,
    ) -> u32 {
        assert_eq!(actions, ["default", "Show"]);
        let mut all = self.0.lock().expect("held by nobody");
        let id = if replaces == 0 { all.len() as u32 + 1 } else { replaces };
        all.push(Shown { id, replaced: replaces, title, body });
        id
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

/// A program that shows notifications.
pub struct Daemon {
    bus: zbus::Connection,
    shown: Interface,
}

impl Daemon {
    pub async fn on(bus: &str) -> Self {
        let shown = Interface::default();
        let builder = zbus::connection::Builder::address(bus).expect("an address").name(NAME);
        let builder = builder.expect("a name").serve_at(PATH, shown.clone()).expect("a place");
        Self { bus: builder.build().await.expect("it is on the bus"), shown }
    }

    pub fn shown(&self) -> Vec<Shown> {
        self.shown.0.lock().expect("held by nobody").clone()
    }

    /// A person presses a notification.
    pub async fn press(&self, id: u32) {
        let emitter = SignalEmitter::new(&self.bus, PATH).expect("a place");
        Interface::action_invoked(&emitter, id, "default").await.expect("it is told");
    }
}
