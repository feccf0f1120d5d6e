//! Pictures of every scene of `ui/tests`, light and dark, wide and narrow: `cargo xtask shots`.
//!
//! A scene is a page with a stand-in for the program, which answers as on that day; so bad days can be seen that no
//! Hub, keychain or file of a test's brings about. The app has no such stand-in: what shows it is WebKitGTK's own
//! browser, which its driver starts when it is told of no other program.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::desktop::{Desktop, LIMIT, port_of};
use crate::shots::desktop;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes pictures; `cargo xtask shots` runs it"]
async fn light() {
    take("light", false).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes pictures; `cargo xtask shots` runs it"]
async fn dark() {
    take("dark", true).await;
}

/// Takes every scene in one theme.
async fn take(theme: &str, dark: bool) {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target");
    // Said by `cargo xtask shots --scenes TEXT`.
    let wanted = std::env::var("SCENES").unwrap_or_default();
    let mut restless = Vec::new();
    let mut desktop = desktop(dark);
    let gallery = Gallery::open(&mut desktop, &target.join("gallery/gallery.html")).await;
    let scenes = gallery.scenes(&wanted).await;
    assert!(!scenes.is_empty(), "no scene's name contains \"{wanted}\"");
    for (size, width, height) in [("narrow", 520, 760), ("wide", 1120, 740)] {
        gallery.resize(width, height).await;
        let folder = target.join("shots/scenes").join(theme).join(size);
        std::fs::create_dir_all(&folder).expect("the folder");
        for scene in &scenes {
            if !gallery.show(scene).await {
                restless.push(format!("{size}/{scene}"));
            }
            let picture = gallery.client.screenshot().await.expect("a picture");
            std::fs::write(folder.join(format!("{scene}.png")), picture).expect("it is written");
        }
    }
    gallery.client.close().await.expect("the browser closes");
    assert!(
        restless.is_empty(),
        "these never came to rest, and their pictures are not what was meant: {restless:?}"
    );
}

/// All scenes, in a browser.
struct Gallery {
    client: Client,
    address: String,
}

impl Gallery {
    async fn open(desktop: &mut Desktop, page: &Path) -> Gallery {
        let mut driver = desktop.command("WebKitWebDriver");
        driver.arg("--port=0");
        let port = port_of(desktop.start_part(driver));
        // The page is a file, and so are the scripts that it loads.
        let flags = ["--automation", "--allow-file-access-from-file-urls=true"];
        let options = json!({"webkitgtk:browserOptions": {"args": flags}});
        let Value::Object(options) = options else { unreachable!("it is an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(options)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser opens");
        Gallery { client, address: format!("file://{}", page.display()) }
    }

    /// The names of the scenes that contain a text.
    async fn scenes(&self, wanted: &str) -> Vec<String> {
        self.client.goto(&self.address).await.expect("the gallery opens");
        let names = "return [...document.links].map((link) => link.textContent)";
        let names = self.client.execute(names, vec![]).await.expect("the gallery lists them");
        let mut names: Vec<String> = serde_json::from_value(names).expect("names");
        names.retain(|name| name.contains(wanted));
        names
    }

    /// Shows a scene, and tells whether it came to rest.
    async fn show(&self, scene: &str) -> bool {
        self.client.goto(&format!("{}?scene={scene}", self.address)).await.expect("the scene opens");
        let at_rest = format!("[data-at-rest=\"{scene}\"]");
        let wait = self.client.wait().at_most(LIMIT).every(Duration::from_millis(25));
        wait.for_element(Locator::Css(&at_rest)).await.is_ok()
    }

    /// Makes the page this large. The browser's window is higher, by its bar.
    async fn resize(&self, width: u32, height: u32) {
        let bar = self.client.execute("return outerHeight - innerHeight", vec![]).await.expect("its bar");
        let bar = u32::try_from(bar.as_u64().expect("a height")).expect("a height");
        self.client.set_window_size(width, height + bar).await.expect("the window takes a size");
        let look = "const [width, height, done] = arguments; \
                    const look = () => \
                      innerWidth === width && innerHeight === height ? done() : requestAnimationFrame(look); \
                    look()";
        self.client.execute_async(look, vec![json!(width), json!(height)]).await.expect("it has this size");
    }
}
