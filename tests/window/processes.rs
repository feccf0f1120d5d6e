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

    /// The ports at which it listens for others, over TCP.
    pub fn ports(&self) -> Vec<u16> {
        let open = fs::read_dir(format!("/proc/{}/fd", self.id)).into_iter().flatten().flatten();
        let open: Vec<String> = open
            .filter_map(|file| {
                fs::read_link(file.path()).ok()?.to_str()?.strip_prefix("socket:").map(str::to_owned)
            })
            .collect();
        let tables = ["net/tcp", "net/tcp6"].map(|table| self.told(table));
        let lines = tables.iter().flat_map(|table| table.split(|byte| *byte == b'\n'));
        lines.filter_map(|line| port_of(&String::from_utf8_lossy(line), &open)).collect()
    }

    fn group(&self) -> Option<u32> {
        let told = self.told("stat");
        // The name stands in brackets and may hold anything; after it come state, parent and group.
        let told = String::from_utf8_lossy(&told).into_owned();
        told.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
    }
}

/// The port in a line of the table of connections, where it is one at which somebody listens through one of these
/// sockets.
fn port_of(line: &str, sockets: &[String]) -> Option<u16> {
    const LISTENS: &str = "0A";
    let columns: Vec<&str> = line.split_whitespace().collect();
    let (here, state, socket) = (columns.get(1)?, columns.get(3)?, columns.get(9)?);
    let ours = *state == LISTENS && sockets.contains(&format!("[{socket}]"));
    let (_, port) = here.rsplit_once(':').filter(|_| ours)?;
    u16::from_str_radix(port, 16).ok()
}
