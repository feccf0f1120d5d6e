//! What stays of a key in the memory of the program and of all that it started.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};

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
pub fn processes(profile: &Path) -> Vec<Process> {
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

/// Which of these secrets lie in the memory of the program and of all that it started: what each is, the process, and how
/// often it is there, as UTF-8 and as UTF-16.
pub fn traces(profile: &Path, secrets: &[(&str, String)]) -> Vec<(String, String, usize)> {
    let mut needles = tempfile::NamedTempFile::new().expect("a file");
    for (_, secret) in secrets {
        let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        needles.write_all(&[secret.as_bytes(), b"\n", &wide, b"\n"].concat()).expect("written");
    }
    let mut found = Vec::new();
    for process in processes(profile) {
        let seen = found_in(&process, needles.path());
        let seen: Vec<Vec<u8>> =
            seen.into_iter().map(|it| it.into_iter().filter(|byte| *byte != 0).collect()).collect();
        for (what, secret) in secrets {
            let copies = seen.iter().filter(|it| *it == secret.as_bytes()).count();
            if copies > 0 {
                found.push(((*what).to_owned(), process.name.clone(), copies));
            }
        }
    }
    found
}

/// What of these lies in the memory that a process has written. `grep` looks for it, which is built to be quick, as the
/// libraries of a test are not.
fn found_in(process: &Process, needles: &Path) -> Vec<Vec<u8>> {
    let (Ok(maps), Ok(memory), Ok(pages)) = (
        fs::read_to_string(format!("/proc/{}/maps", process.id)),
        File::open(format!("/proc/{}/mem", process.id)),
        File::open(format!("/proc/{}/pagemap", process.id)),
    ) else {
        return Vec::new();
    };
    let mut grep = Command::new("grep")
        .env("LC_ALL", "C")
        .args(["--text", "--only-matching", "--fixed-strings", "--file"])
        .arg(needles)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("grep runs");
    let mut into = grep.stdin.take().expect("its input");
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        // The program's own file, too, holds the passwords of its practice Hub.
        let is_as_on_disk = line.contains('/') && !rights.contains('w');
        let is_closed = !rights.starts_with('r') || line.ends_with("[vvar]") || line.ends_with("[vsyscall]");
        if is_closed || is_as_on_disk {
            continue;
        }
        let Some((from, to)) = range.split_once('-') else { continue };
        let (Ok(from), Ok(to)) = (usize::from_str_radix(from, 16), usize::from_str_radix(to, 16)) else {
            continue;
        };
        pass_on(&memory, &pages, from, to, &mut into);
    }
    drop(into);
    let found = grep.wait_with_output().expect("grep ends").stdout;
    found.split(|byte| *byte == b'\n').filter(|it| !it.is_empty()).map(<[u8]>::to_vec).collect()
}

/// Passes on what lies between two addresses, with an end of line wherever something is not there.
fn pass_on(memory: &File, pages: &File, from: usize, to: usize, into: &mut impl Write) {
    let mut at = from;
    while at < to {
        let count = ((to - at) / PAGE).min(RUN);
        let mut entries = vec![0u8; count * 8];
        if pages.read_exact_at(&mut entries, (at / PAGE * 8) as u64).is_err() {
            return;
        }
        // Present in memory, or put out to swap.
        let is_there = |entry: &[u8]| u64::from_le_bytes(entry.try_into().expect("eight bytes")) >> 62 != 0;
        let there: Vec<bool> = entries.chunks_exact(8).map(is_there).collect();
        let mut start = at;
        for run in there.chunk_by(|one, next| one == next) {
            let mut piece = vec![0; run.len() * PAGE];
            if !run[0] || memory.read_exact_at(&mut piece, start as u64).is_err() {
                piece = b"\n".to_vec();
            }
            into.write_all(&piece).expect("grep reads");
            start += run.len() * PAGE;
        }
        at += count * PAGE;
    }
    into.write_all(b"\n").expect("grep reads");
}
