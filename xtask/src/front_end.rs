//! The pages: Node, their packages, their build.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::child;
use crate::place;
use crate::stop::{Outcome, Stop};

/// Sees to it that Node can build the pages, or stops and says what to install.
pub fn ensure_node() -> Outcome {
    let Some(version) = child::quietly(child::program("node").arg("--version")) else {
        return Err(Stop::because(format!(
            "Node is missing: there is no program `node` on the PATH. The pages of the app can't be built without it.\n{GET_NODE}"
        )));
    };
    let version = version.trim();
    if !suffices(version) {
        return Err(Stop::because(format!(
            "Node {version} is too old for the tools that build the pages: they want 20.19 or later.\n{GET_NODE}"
        )));
    }
    if child::quietly(child::npm().arg("--version")).is_none() {
        return Err(Stop::because(
            "npm is missing: Node is there without it, as Debian's own package is. The pages' packages can't be\n\
             fetched. Install it, then start again: apt-get install -y --no-install-recommends npm",
        ));
    }
    Ok(())
}

const GET_NODE: &str = "\
Install Node 20.19 or later, then start again: https://nodejs.org/en/download has it for every system,
and on Debian 13 this does: apt-get install -y --no-install-recommends nodejs npm";

/// The versions that vite takes: 20 from 20.19 on, 22 from 22.12 on, and all later ones.
fn suffices(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.');
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    match (next(), next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), _) => major > 22,
        _ => false,
    }
}

/// Fetches the pages' packages when the lock file is younger than what is there.
pub fn ensure_packages() -> Outcome {
    let ui = place::ui();
    let lock = changed(&ui.join("package-lock.json"));
    // npm writes this one last, so a fetch that was cut off leaves none.
    let fetched = changed(&ui.join("node_modules/.package-lock.json"));
    if !is_stale(fetched, lock) {
        return Ok(());
    }
    println!("Fetching the pages' packages");
    if child::succeeds(child::npm().args(["ci", "--no-fund", "--no-audit"]))? {
        return Ok(());
    }
    Err(Stop::because(
        "npm did not fetch the pages' packages; its own words stand above. Nothing was built.\n\
         Is the npm registry reachable? To see it alone: cd ui && npm ci",
    ))
}

/// Whether the pages have changed since they were last built.
pub fn has_changed() -> bool {
    let ui = place::ui();
    is_stale(changed(&ui.join("dist/index.html")), youngest_source(&ui))
}

/// Builds the pages.
pub fn build() -> Outcome<bool> {
    child::succeeds(child::npm().args(["run", "--silent", "build"]))
}

/// Builds the pages when they have changed, or stops.
pub fn ensure_built() -> Outcome {
    if !has_changed() {
        return Ok(());
    }
    println!("Building the pages");
    if build()? {
        return Ok(());
    }
    Err(Stop::because(
        "The pages can't be built; the reason stands above. The app was not built: it carries the pages inside.",
    ))
}

/// Builds the gallery: every scene of the pages' tests, to look at.
pub fn build_gallery() -> Outcome {
    let vite = ["exec", "--", "vite", "build", "--config", "tests/gallery.config.ts", "--logLevel", "error"];
    if child::succeeds(child::npm().args(vite))? {
        return Ok(());
    }
    Err(Stop::because("The pages' scenes can't be built to be looked at; the reason stands above."))
}

fn is_stale(made: Option<SystemTime>, from: Option<SystemTime>) -> bool {
    match (made, from) {
        (Some(made), Some(from)) => from > made,
        (Some(_), None) => false,
        (None, _) => true,
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

/// The time of the youngest file or folder in it. Folders count, as they tell of a file that went; the pages' own
/// does not, as every build writes into it.
fn youngest_source(ui: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(ui).ok()?.flatten();
    let sources = entries.filter(|entry| {
        let name = entry.file_name();
        !["node_modules", "dist"].iter().any(|made| name == *made)
    });
    sources
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() { youngest_source(&path).max(changed(&path)) } else { changed(&path) }
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::{is_stale, suffices};
    use std::time::{Duration, SystemTime};

    #[test]
    fn node_is_new_enough_from_20_19_on() {
        for version in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0", "v23.0.0"] {
            assert!(suffices(version), "{version}");
        }
        for version in ["v18.20.4", "v20.9.0", "v22.3.0", "v21.7.0", "", "node"] {
            assert!(!suffices(version), "{version}");
        }
    }

    #[test]
    fn a_thing_is_stale_when_its_source_is_younger_or_it_was_never_made() {
        let then = SystemTime::UNIX_EPOCH;
        let later = then + Duration::from_secs(1);

        assert!(is_stale(Some(then), Some(later)));
        assert!(is_stale(None, Some(then)));
        assert!(is_stale(None, None));
        assert!(!is_stale(Some(later), Some(then)));
        assert!(!is_stale(Some(then), Some(then)));
        assert!(!is_stale(Some(then), None));
    }
}
