//! The program as typed at a terminal.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// More than enough for every command; reached only by one that hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// What a finished command left behind.
#[derive(Debug)]
pub struct Finished {
    pub status: ExitStatus,
    pub output: String,
    pub errors: String,
}

/// `backfill` with these words, and nothing of our environment that it would listen to.
pub fn backfill(words: &[&str]) -> Typed {
    Typed::program(Path::new(env!("CARGO_BIN_EXE_backfill")), words)
}

/// A server of this database, on a free port.
pub fn serve(database: &str) -> Typed {
    backfill(&["serve"])
        .with_env("DATABASE_URL", database)
        .with_env("PUBLIC_URL", "http://localhost")
        .with_env("SESSION_KEY", &"4c1b9a7f03de2856".repeat(4))
        .with_env("BIND", "127.0.0.1:0")
}

/// A command before it is started.
pub struct Typed {
    command: Command,
    input: String,
    limit: Duration,
}

impl Typed {
    pub fn program(program: &Path, words: &[&str]) -> Typed {
        let mut command = Command::new(program);
        command.args(words).env_clear();
        for name in ["PATH", "HOME", "TMPDIR", "LANG"] {
            if let Some(value) = env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        Typed {
            command,
            input: String::new(),
            limit: LIMIT,
        }
    }

    pub fn with_env(mut self, name: &str, value: &str) -> Typed {
        self.command.env(name, value);
        self
    }

    /// With one more word, such as the name of a file.
    pub fn with_word(mut self, word: impl AsRef<OsStr>) -> Typed {
        self.command.arg(word);
        self
    }

    /// Typed in this folder.
    pub fn in_folder(mut self, folder: &Path) -> Typed {
        self.command.current_dir(folder);
        self
    }

    pub fn with_input(mut self, input: &str) -> Typed {
        self.input = input.to_owned();
        self
    }

    /// One that takes longer than others.
    pub fn within(mut self, limit: Duration) -> Typed {
        self.limit = limit;
        self
    }

    /// As another account, which root may do.
    pub fn under_account(mut self, uid: u32, gid: u32) -> Typed {
        self.command.uid(uid).gid(gid).current_dir("/");
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Finished {
        self.start().finish()
    }

    pub fn start(mut self) -> Running {
        let mut process = spawn(&mut self.command);
        let mut input = process.stdin.take().expect("its input is piped");
        // A program that ends without reading its input is no failure of ours.
        _ = input.write_all(self.input.as_bytes());

        let output = lines_of(process.stdout.take().expect("its output is piped"));
        let errors = lines_of(process.stderr.take().expect("its errors are piped"));
        Running {
            process,
            output,
            errors,
            said: String::new(),
            limit: self.limit,
        }
    }
}

/// A command that goes on, such as a server.
pub struct Running {
    process: Child,
    output: Receiver<String>,
    errors: Receiver<String>,
    said: String,
    limit: Duration,
}

impl Running {
    /// Waits for a line that contains these words, and gives it back.
    pub fn says(&mut self, words: &str) -> String {
        let deadline = Instant::now() + LIMIT;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(line) => {
                    self.said.push_str(&line);
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(why) => {
                    let errors: String = self.errors.try_iter().collect();
                    panic!(
                        "never said {words:?} ({why}), but:\n{}\n{errors}",
                        self.said
                    );
                }
            }
        }
    }

    /// Where a server listens that was started a moment ago.
    pub fn address(&mut self) -> String {
        let line = self.says("Backfill listens on");
        let address = line
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://127.0.0.1:"));
        format!("127.0.0.1:{}", address.expect("it names its port"))
    }

    /// Ctrl-C.
    pub fn interrupt(&self) {
        send("INT", self.process.id());
    }

    /// `kill -9`: no chance to tidy up.
    pub fn kill(&mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends when killed");
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Finished {
        let errors = drain(&self.errors, self.limit);
        self.said.push_str(&drain(&self.output, self.limit));
        let status = self.process.wait().expect("its end can be awaited");
        Finished {
            status,
            output: std::mem::take(&mut self.said),
            errors,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

pub fn send(signal: &str, pid: u32) {
    let status = Command::new("sh")
        .args(["-c", "kill \"-$0\" \"$1\"", signal, &pid.to_string()])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "process {pid} is there to be signalled"
    );
}

fn lines_of(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = String::new();
        while pipe.read_line(&mut line).is_ok_and(|length| length > 0) {
            if sender.send(std::mem::take(&mut line)).is_err() {
                break;
            }
        }
    });
    receiver
}

/// A program just copied may still be open for writing in a process another test is starting: the
/// system then calls it busy until that process has become its own program.
fn spawn(command: &mut Command) -> Child {
    let deadline = Instant::now() + LIMIT;
    loop {
        match command.spawn() {
            Err(error)
                if error.kind() == ErrorKind::ExecutableFileBusy && Instant::now() < deadline =>
            {
                thread::yield_now();
            }
            started => return started.expect("the program can be started"),
        }
    }
}

/// Everything until the pipe is closed.
fn drain(lines: &Receiver<String>, limit: Duration) -> String {
    let deadline = Instant::now() + limit;
    let mut text = String::new();
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => text.push_str(&line),
            Err(RecvTimeoutError::Disconnected) => return text,
            Err(RecvTimeoutError::Timeout) => panic!("the program does not end; it said:\n{text}"),
        }
    }
}

#[test]
fn a_finished_command_leaves_its_words_and_its_status() {
    let shell = Typed::program(
        Path::new("sh"),
        &["-c", "read -r word; echo got $word; echo no >&2; exit 3"],
    );

    let finished = shell.with_input("this\n").run();

    assert_eq!(finished.output, "got this\n");
    assert_eq!(finished.errors, "no\n");
    assert_eq!(finished.status.code(), Some(3));
}

#[test]
fn a_running_command_is_heard_and_interrupted() {
    // A shell started where Ctrl-C is ignored, as in a background job, cannot listen to it: so TERM.
    let script = "trap 'echo stopped; exit' TERM; echo ready; while :; do sleep 0.1; done";
    let mut running = Typed::program(Path::new("sh"), &["-c", script]).start();
    running.says("ready");

    send("TERM", running.process.id());

    let finished = running.finish();
    assert_eq!(finished.output, "ready\nstopped\n");
    assert!(finished.status.success());
}
