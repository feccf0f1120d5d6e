//! What the system tells of a process.

use std::fs;

/// A process that runs.
pub struct Process {
    /// Its id.
    pub id: u32,
}

impl Process {
    /// All that run in a group.
    pub fn of_group(group: u32) -> Vec<Process> {
        let running = fs::read_dir("/proc").expect("a list of processes").flatten();
        running
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .map(|id| Process { id })
            .filter(|process| process.group() == Some(group))
            .collect()
    }

    /// Its short name.
    pub fn name(&self) -> String {
        String::from_utf8_lossy(&self.told("comm")).trim().to_owned()
    }

    /// One of the files in which the system tells of it; nothing where it has ended.
    pub fn told(&self, what: &str) -> Vec<u8> {
        fs::read(format!("/proc/{}/{what}", self.id)).unwrap_or_default()
    }

    fn group(&self) -> Option<u32> {
        let told = self.told("stat");
        // The name stands in brackets and may hold anything; after it come state, parent and group.
        let told = String::from_utf8_lossy(&told).into_owned();
        told.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
    }
}
