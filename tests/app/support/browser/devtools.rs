//! Speaks to Chromium in its DevTools protocol, over a pair of pipes.
//!
//! Pipes rather than a port: nobody else can connect, messages come as they happen, and Chromium quits by itself when
//! the pipes close, which they do with this process whatever becomes of it.

use std::collections::HashMap;
use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Long enough for a machine with everything else to do as well.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

const FLAGS: [&str; 18] = [
    "--headless",
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--mute-audio",
    "--no-first-run",
    "--password-store=basic",
];

/// Chromium expects the pipes as descriptors 3 and 4. `$1` is its profile, which goes when it ends.
const SCRIPT: &str = r#"
profile=$1
shift
"$@" 3<&0 4>&1 </dev/null >/dev/null 2>"$profile/said"
rm -rf -- "$profile"
"#;

pub struct Devtools {
    input: Mutex<ChildStdin>,
    last: AtomicU64,
    calls: Mutex<HashMap<u64, Sender<Value>>>,
    sessions: Mutex<HashMap<String, Sender<Value>>>,
    /// Ends by itself, with our pipes; nobody has to wait for it.
    _process: Child,
}

impl Devtools {
    pub fn start(chromium: &Path) -> Arc<Devtools> {
        let profile =
            env::temp_dir().join(format!("backfill-browser-{:016x}", rand::random::<u64>()));
        fs::create_dir(&profile).expect("the temporary folder is writable");

        let mut process = Command::new("sh")
            .args(["-c", SCRIPT, "backfill-browser"])
            .arg(&profile)
            .arg(chromium)
            .args(FLAGS)
            // Chromium's own sandbox refuses root, and needs rights that containers rarely give.
            .arg("--no-sandbox")
            .arg(format!("--user-data-dir={}", profile.display()))
            // Ctrl-C is for us; it ends when our pipes close.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell can be started");

        let input = process.stdin.take().expect("its input is piped");
        let output = process.stdout.take().expect("its output is piped");

        let devtools = Arc::new(Devtools {
            input: Mutex::new(input),
            last: AtomicU64::new(0),
            calls: Mutex::default(),
            sessions: Mutex::default(),
            _process: process,
        });
        let listener = Arc::clone(&devtools);
        thread::spawn(move || listener.listen(BufReader::new(output)));

        if devtools
            .call(None, "Browser.getVersion", json!({}))
            .is_err()
        {
            panic!("{} did not start:\n{}", chromium.display(), said(&profile));
        }
        devtools
    }

    /// Asks for something and waits for the answer; `Err` has Chromium's reason.
    pub fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let (sender, answer) = channel();
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        lock(&self.calls).insert(id, sender);
        self.send(id, session, method, params)
            .map_err(|why| format!("{method}: the browser is gone ({why})"))?;

        let mut answer = answer
            .recv_timeout(ANSWER_LIMIT)
            .map_err(|why| format!("{method}: no answer ({why})"))?;
        match answer.get("error") {
            Some(error) => Err(format!(
                "{method}: {}",
                error["message"].as_str().unwrap_or("refused")
            )),
            None => Ok(answer["result"].take()),
        }
    }

    /// Everything Chromium tells about one page from now on.
    pub fn events(&self, session: &str) -> Receiver<Value> {
        let (sender, events) = channel();
        lock(&self.sessions).insert(session.to_owned(), sender);
        events
    }

    fn send(&self, id: u64, session: Option<&str>, method: &str, params: Value) -> io::Result<()> {
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        lock(&self.input).write_all(&bytes)
    }

    fn listen(&self, mut output: impl BufRead) {
        let mut bytes = Vec::new();
        while output
            .read_until(0, &mut bytes)
            .is_ok_and(|length| length > 0)
        {
            bytes.pop();
            if let Ok(message) = serde_json::from_slice::<Value>(&bytes) {
                self.receive(message);
            }
            bytes.clear();
        }
        // Nobody shall wait for answers that cannot come any more.
        lock(&self.calls).clear();
    }

    fn receive(&self, message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(call) = lock(&self.calls).remove(&id) {
                _ = call.send(message);
            }
            return;
        }

        let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
        if message["method"] == "Page.javascriptDialogOpening" {
            // It holds up the page and everybody who asks it something.
            _ = self.send(
                0,
                Some(&session),
                "Page.handleJavaScriptDialog",
                json!({ "accept": true }),
            );
        }
        if let Some(events) = lock(&self.sessions).get(&session) {
            _ = events.send(message);
        }
    }
}

/// Chromium, where there is one.
pub fn installed() -> Option<PathBuf> {
    const NAMES: [&str; 4] = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];
    const ELSEWHERE: [&str; 2] = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let on_path = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path
        .chain(ELSEWHERE.map(PathBuf::from))
        .find(|program| program.is_file())
}

fn said(profile: &Path) -> String {
    let mut text = String::new();
    _ = File::open(profile.join("said")).and_then(|mut file| file.read_to_string(&mut text));
    text
}

/// A test that failed while it held the lock has left nothing half-done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
