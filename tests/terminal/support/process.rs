//! A running process, as the system sees it.

use std::collections::HashMap;
use std::fs;

use super::until::until;

/// One process, by its number.
#[derive(Clone, Copy, Debug)]
pub struct Process(pub u32);

impl Process {
    /// Processor time used so far by all threads, in hundredths of a second.
    pub fn ticks(self) -> u64 {
        let fields = self.fields();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    /// How often each of its threads went to sleep of its own accord so far: each time means that something
    /// had woken it.
    pub fn naps(self) -> HashMap<String, u64> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.0)).unwrap();
        let naps = |task: fs::DirEntry| {
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            Some((task.file_name().into_string().ok()?, line.trim().parse().ok()?))
        };
        tasks.filter_map(|task| naps(task.ok()?)).collect()
    }

    pub fn is_stopped(self) -> bool {
        self.fields()[0] == "T"
    }

    /// It has ended, and its parent knows.
    pub fn is_gone(self) -> bool {
        self.try_fields().is_none()
    }

    /// It has ended, whether or not anybody looks after it.
    pub fn has_ended(self) -> bool {
        self.try_fields().is_none_or(|fields| fields[0] == "Z")
    }

    pub fn wait_until_stopped(self) {
        until("the process to stop", || self.is_stopped().then_some(()));
    }

    /// Each thread with its state, the signals that wait for it, and what it waits for in the kernel.
    pub fn threads(self) -> String {
        let read = |path: std::path::PathBuf| fs::read_to_string(path).unwrap_or_default();
        let tasks = fs::read_dir(format!("/proc/{}/task", self.0)).into_iter().flatten().flatten();
        let lines = tasks.map(|task| {
            let status = read(task.path().join("status"));
            let told = ["Name", "State", "SigPnd", "ShdPnd", "SigBlk"];
            let told = status.lines().filter(|line| told.iter().any(|name| line.starts_with(name)));
            let wchan = read(task.path().join("wchan"));
            format!("{} waits in {wchan}", told.collect::<Vec<_>>().join(", "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Waits until the process has a child, and gives it.
    pub fn wait_for_child(self) -> Self {
        until("the process to start another", || {
            let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.0)).ok()?;
            children.split_whitespace().next()?.parse().ok().map(Self)
        })
    }

    /// The fields of its line in /proc, from the third on: the second, a name, may hold anything.
    fn fields(self) -> Vec<String> {
        self.try_fields().expect("the process is gone")
    }

    fn try_fields(self) -> Option<Vec<String>> {
        let line = fs::read_to_string(format!("/proc/{}/stat", self.0)).ok()?;
        let (_, fields) = line.rsplit_once(") ")?;
        Some(fields.split(' ').map(str::to_owned).collect())
    }
}
