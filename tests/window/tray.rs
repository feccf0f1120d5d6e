//! Whoever shows entries beside the clock on a test's desktop: notes which there are, reads them, and presses them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, fdo};

use crate::desktop::LIMIT;

const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

#[derive(Clone, Default)]
struct Interface(Arc<Mutex<Vec<String>>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Interface {
    fn register_status_notifier_item(&self, service: String) {
        self.0.lock().expect("held by nobody").push(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().expect("held by nobody").clone()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// An image: width, height, pixels.
type Image = (i32, i32, Vec<u8>);
/// A line of a menu: its number, and what it is like.
type Line = (i32, HashMap<String, OwnedValue>);

#[zbus::proxy(interface = "org.kde.StatusNotifierItem", default_path = "/StatusNotifierItem")]
trait Item {
    fn activate(&self, x: i32, y: i32) -> zbus::Result<()>;

    #[zbus(property(emits_changed_signal = "false"))]
    fn tool_tip(&self) -> zbus::Result<(String, Vec<Image>, String, String)>;
}

#[zbus::proxy(interface = "com.canonical.dbusmenu", default_path = "/MenuBar")]
trait Menu {
    fn get_group_properties(&self, ids: &[i32], names: &[&str]) -> zbus::Result<Vec<Line>>;

    fn event(&self, id: i32, what: &str, data: &Value<'_>, at: u32) -> zbus::Result<()>;
}

/// A program that shows entries beside the clock.
pub struct Tray {
    bus: Connection,
    items: Interface,
}

impl Tray {
    pub async fn on(bus: &str) -> Self {
        let items = Interface::default();
        let builder = zbus::connection::Builder::address(bus).expect("an address").name(NAME);
        let builder = builder.expect("a name").serve_at(PATH, items.clone()).expect("a place");
        Self { bus: builder.build().await.expect("it is on the bus"), items }
    }

    /// The entry that was put there last, while its program has it.
    pub async fn entry(&self) -> Option<String> {
        let last = self.items.0.lock().expect("held by nobody").last().cloned()?;
        let bus = fdo::DBusProxy::new(&self.bus).await.expect("the bus");
        let there = bus.name_has_owner(last.as_str().try_into().expect("a name")).await.expect("it is told");
        there.then_some(last)
    }

    /// Waits until an entry is there, and gives what it says.
    pub async fn says(&self) -> String {
        let item = ItemProxy::builder(&self.bus).destination(self.wait().await).expect("a name");
        let item = item.build().await.expect("an entry");
        item.tool_tip().await.expect("it says something").3
    }

    /// A person presses the entry itself.
    pub async fn press(&self) {
        let item = ItemProxy::builder(&self.bus).destination(self.wait().await).expect("a name");
        item.build().await.expect("an entry").activate(0, 0).await.expect("it is pressed");
    }

    /// A person chooses something from its menu.
    pub async fn choose(&self, label: &str) {
        let menu = MenuProxy::builder(&self.bus).destination(self.wait().await).expect("a name");
        let menu = menu.build().await.expect("a menu");
        let ids: Vec<i32> = (1..9).collect();
        let lines = menu.get_group_properties(&ids, &["label"]).await.expect("lines");
        let is_it = |(_, facts): &&Line| {
            facts.get("label").is_some_and(|it| <&str>::try_from(&**it).is_ok_and(|it| it == label))
        };
        let (id, _) = lines.iter().find(is_it).unwrap_or_else(|| panic!("no {label} in {lines:?}"));
        menu.event(*id, "clicked", &Value::I32(0), 0).await.expect("it is pressed");
    }

    /// Nobody shows entries any more.
    pub async fn ends(self) {
        let bus = fdo::DBusProxy::new(&self.bus).await.expect("the bus");
        let mut gone = bus.receive_name_owner_changed().await.expect("it is told");
        self.bus.release_name(NAME).await.expect("it is released");
        while let Some(change) = gone.next().await {
            if change.args().is_ok_and(|it| it.name() == NAME) {
                break;
            }
        }
    }

    async fn wait(&self) -> String {
        let begun = std::time::Instant::now();
        loop {
            if let Some(entry) = self.entry().await {
                return entry;
            }
            assert!(begun.elapsed() < LIMIT, "no entry beside the clock");
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
    }
}
