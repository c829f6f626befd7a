use std::io;
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::System;

/// A server on a free port, in a thread of its own, so that a test may block while it answers. Stops when dropped.
pub struct Served {
    url: String,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// The closure makes the server, such as `HttpServer::new(..).workers(1).disable_signals().listen(listener)?.run()`.
    pub fn start(make: impl FnOnce(TcpListener) -> io::Result<Server> + Send + 'static) -> Served {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = listener.local_addr().expect("it has one");

        let (sender, handle) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            System::new().block_on(async {
                let server = make(listener).expect("the server takes its port");
                sender.send(server.handle()).expect("the test waits for it");
                server.await.expect("the server ends well");
            });
        });
        let handle = handle.recv().expect("the server starts");
        Served {
            url: format!("http://{address}"),
            handle,
            thread: Some(thread),
        }
    }

    /// Without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // The request to stop is sent by the call; its future only tells when it was heard.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            _ = thread.join();
        }
    }
}
