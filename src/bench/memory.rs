//! How much memory a program takes.

use std::fs;

/// The most this process ever had in memory, in MiB; 0 where the system does not say.
pub fn peak_mb() -> u64 {
    of(std::process::id(), "VmHWM:")
}

/// What another process has in memory now, in MiB; 0 where the system does not say.
pub fn resident_mb(process: u32) -> u64 {
    of(process, "VmRSS:")
}

/// The most another process ever had in memory, in MiB; 0 where the system does not say.
pub fn peak_of_mb(process: u32) -> u64 {
    of(process, "VmHWM:")
}

fn of(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// Lets the count of the most begin anew, from what is there now; where the system can.
pub fn forget_peak() {
    // Where it cannot, the most is that of the whole run: more, never less.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
