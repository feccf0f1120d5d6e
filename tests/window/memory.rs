//! What stays of a key in the memory of the program and of all that it started.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

const PAGE: usize = 4096;
/// Pages that are read at once.
const RUN: usize = 256;

/// One process of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    pub id: u32,
    pub name: String,
}

/// The program that works on a profile, and all that it started.
pub fn processes(profile: &std::path::Path) -> Vec<Process> {
    let profile = profile.display().to_string();
    let all: Vec<(u32, u32, String, String)> = fs::read_dir("/proc")
        .expect("the processes")
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
            let parent = rest.split_whitespace().nth(1)?.parse().ok()?;
            let command = fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
            Some((id, parent, name.to_owned(), command))
        })
        .collect();
    let is_program = |command: &str| {
        command.contains(&profile)
            && command.split('\0').next().is_some_and(|it| it.ends_with("channel-keys"))
    };
    let mut ids: Vec<u32> =
        all.iter().filter(|(.., command)| is_program(command)).map(|(id, ..)| *id).collect();
    let mut at = 0;
    while at < ids.len() {
        let children = all.iter().filter(|(_, parent, ..)| *parent == ids[at]).map(|(id, ..)| *id);
        let children: Vec<u32> = children.collect();
        ids.extend(children);
        at += 1;
    }
    let mut found: Vec<Process> = all
        .into_iter()
        .filter(|(id, ..)| ids.contains(id))
        .map(|(id, _, name, _)| Process { id, name })
        .collect();
    found.sort_by_key(|process| process.id);
    found
}

/// How often a text lies in a process's memory, as UTF-8 and as UTF-16.
pub fn copies(process: &Process, text: &str) -> usize {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let needles = [text.as_bytes(), &wide];
    let (Ok(maps), Ok(memory), Ok(pages)) = (
        fs::read_to_string(format!("/proc/{}/maps", process.id)),
        File::open(format!("/proc/{}/mem", process.id)),
        File::open(format!("/proc/{}/pagemap", process.id)),
    ) else {
        return 0;
    };
    let mut found = 0;
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        if !rights.starts_with('r') || line.ends_with("[vvar]") || line.ends_with("[vsyscall]") {
            continue;
        }
        let Some((from, to)) = range.split_once('-') else { continue };
        let (Ok(from), Ok(to)) = (usize::from_str_radix(from, 16), usize::from_str_radix(to, 16)) else {
            continue;
        };
        found += copies_between(&memory, &pages, from, to, &needles);
    }
    found
}

fn copies_between(memory: &File, pages: &File, from: usize, to: usize, needles: &[&[u8]]) -> usize {
    let mut found = 0;
    // What lies over the edge of two runs is found through what is kept of the one before.
    let mut tail: Vec<u8> = Vec::new();
    let mut at = from;
    while at < to {
        let count = ((to - at) / PAGE).min(RUN);
        let mut entries = vec![0u8; count * 8];
        if pages.read_exact_at(&mut entries, (at / PAGE * 8) as u64).is_err() {
            return found;
        }
        for (index, entry) in entries.chunks_exact(8).enumerate() {
            let entry = u64::from_le_bytes(entry.try_into().expect("eight bytes"));
            // Present in memory, or put out to swap.
            if entry >> 62 == 0 {
                tail.clear();
                continue;
            }
            let mut page = [0u8; PAGE];
            if memory.read_exact_at(&mut page, (at + index * PAGE) as u64).is_err() {
                tail.clear();
                continue;
            }
            let kept = tail.len();
            tail.extend_from_slice(&page);
            for needle in needles {
                let ends_here = |start: &usize| start + needle.len() > kept;
                found += memchr::memmem::find_iter(&tail, needle).filter(ends_here).count();
            }
            let keep = needles.iter().map(|needle| needle.len()).max().unwrap_or(0) - 1;
            tail.drain(..tail.len() - keep);
        }
        at += count * PAGE;
    }
    found
}
