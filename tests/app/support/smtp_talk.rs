//! What a mail server and one who came say to each other, line by line.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use mailin::{Action, Handler, Session};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Talks until the other leaves; in private from the moment it asks for that.
pub fn talk<H: Handler>(
    stream: TcpStream,
    mut session: Session<H>,
    privacy: Option<Arc<ServerConfig>>,
) -> io::Result<()> {
    let mut open = BufReader::new(stream);
    let greeting = session.greeting().buffer()?;
    open.get_mut().write_all(&greeting)?;
    if answer(&mut open, &mut session)? != Action::UpgradeTls {
        return Ok(());
    }
    let privacy = privacy.expect("STARTTLS is offered with a certificate only");
    let encryption = ServerConnection::new(privacy).map_err(io::Error::other)?;
    session.tls_active();
    let mut private = BufReader::new(StreamOwned::new(encryption, open.into_inner()));
    answer(&mut private, &mut session).map(drop)
}

/// Answers until there is nothing more to say, or nothing more to say in the open.
fn answer<H: Handler>(
    stream: &mut BufReader<impl Read + Write>,
    session: &mut Session<H>,
) -> io::Result<Action> {
    let mut line = vec![];
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Ok(Action::Close);
        }
        let response = session.process(&line);
        // In one piece: the second of two waits until the other has seen the first.
        stream.get_mut().write_all(&response.buffer()?)?;
        stream.get_mut().flush()?;
        if matches!(response.action, Action::Close | Action::UpgradeTls) {
            return Ok(response.action);
        }
    }
}
