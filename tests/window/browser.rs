//! The person's browser: a real Chromium, without a screen, driven as a person would.

use std::os::unix::process::CommandExt;
use std::process::Child;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::desktop::{Desktop, LIMIT, end_group, port_of};

/// A browser with nothing in it.
pub struct Browser {
    client: Client,
    driver: Child,
}

impl Browser {
    /// Starts a browser at a page.
    pub async fn at(desktop: &Desktop, address: &str) -> Browser {
        let driver = desktop
            .command("chromedriver")
            .arg("--port=0")
            .process_group(0)
            .stdout(desktop.output())
            .stderr(desktop.output())
            .spawn()
            .expect("chromedriver starts");
        let port = port_of(&driver);
        let folder = format!("--user-data-dir={}", desktop.folder("chromium").display());
        let arguments = [
            "--headless=new",
            // Tests may run as root, whom its sandbox refuses.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-proxy-server",
            &folder,
        ];
        let options = json!({"goog:chromeOptions": {"binary": "/usr/bin/chromium", "args": arguments}});
        let Value::Object(options) = options else { unreachable!("it is an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(options)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser opens");
        client.goto(address).await.expect("it goes there");
        Browser { client, driver }
    }

    /// Types into the field with this id.
    pub async fn type_into(&self, id: &str, text: &str) {
        let field = self.client.wait().at_most(LIMIT).for_element(Locator::Id(id)).await.expect("the field");
        field.send_keys(text).await.expect("it takes the keys");
    }

    /// Presses what is found by an XPath.
    pub async fn press(&self, path: &str) {
        match self.client.wait().at_most(LIMIT).for_element(Locator::XPath(path)).await {
            Ok(found) => found.click().await.expect("it can be pressed"),
            Err(_) => panic!("waited in vain for {path} on:\n{}", self.text().await),
        }
    }

    /// Waits until the page has this heading.
    pub async fn reads(&self, heading: &str) {
        let path = format!("//h1[contains(., \"{heading}\")]");
        let found = self.client.wait().at_most(LIMIT).for_element(Locator::XPath(&path)).await;
        assert!(found.is_ok(), "{heading} is not the heading of:\n{}", self.text().await);
    }

    /// Where it is.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("an address").into()
    }

    /// All that the page says.
    pub async fn text(&self) -> String {
        let text = self.client.execute("return document.body.innerText", vec![]).await.expect("a page");
        text.as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        end_group(&mut self.driver);
    }
}
