//! What an earlier copy of Backfill left running on some data when it was killed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::error::{Doing, Error};
use super::pid_file::PidFile;
use super::signals::{STOP_LIMIT, send, wait_until};

/// Ends whatever an earlier copy of us left running on this data when it was killed.
///
/// Only for the holder of the home's lock: then nobody can be using them.
pub fn end(data: &Path) -> Result<(), Error> {
    let Some(file) = end_server(data)? else {
        return Ok(());
    };
    if file
        .sockets
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"backfill-"))
    {
        _ = fs::remove_dir_all(file.sockets);
    }
    Ok(())
}

/// Ends whatever runs on this data, and leaves the folder of its sockets for the next one; gives back
/// the note it left.
pub fn end_server(data: &Path) -> Result<Option<PidFile>, Error> {
    let Some(file) = PidFile::read(data) else {
        return Ok(None);
    };

    for signal in ["INT", "QUIT", "KILL"] {
        let left = servers_on(data, &file);
        if left.is_empty() {
            break;
        }
        left.iter().for_each(|pid| send(signal, *pid));
        wait_until(STOP_LIMIT, || servers_on(data, &file).is_empty());
    }
    if let Some(pid) = servers_on(data, &file).first() {
        return Err(Error::DoesNotEnd(*pid));
    }

    // Its number may meanwhile belong to somebody else, which would keep a new server from starting.
    let path = data.join("postmaster.pid");
    match fs::remove_file(&path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why).doing("remove", &path),
        _ => Ok(Some(file)),
    }
}

/// The server's processes, which all stand in its data folder. A number alone proves nothing: it may have been given anew.
fn servers_on(data: &Path, file: &PidFile) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return server_by_command_line(data, file.pid).into_iter().collect();
    };
    let is_server = |pid: &u32| {
        let process = PathBuf::from(format!("/proc/{pid}"));
        let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
        name.starts_with("postgres")
            && fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == data)
    };
    let pids = processes
        .flatten()
        .filter_map(|process| process.file_name().to_str()?.parse().ok());
    pids.filter(is_server).collect()
}

fn server_by_command_line(data: &Path, pid: u32) -> Option<u32> {
    let output = Command::new("ps")
        .args(["-o", "command=", "-p", &pid.to_string()])
        .output()
        .ok()?;
    let command = String::from_utf8_lossy(&output.stdout).into_owned();
    (command.contains("postgres") && command.contains(&data.display().to_string())).then_some(pid)
}

/// Where a server that runs on this data can be reached.
pub fn ready_sockets(data: &Path) -> Option<PathBuf> {
    let file = PidFile::read(data)?;
    (file.ready && !servers_on(data, &file).is_empty()).then_some(file.sockets)
}
