//! A mail relay for one connection: answers as its script says and keeps what it was given.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What the relay says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Script {
    /// Answer to RCPT.
    pub(crate) rcpt: &'static str,
    /// Answer after the message.
    pub(crate) message: &'static str,
    /// Hang up instead of answering this command; `.` is the end of the message.
    pub(crate) hang_up_at: Option<&'static str>,
}

impl Default for Script {
    fn default() -> Self {
        Self { rcpt: "250 ok", message: "250 queued", hang_up_at: None }
    }
}

/// A running relay; it ends with the value.
pub(crate) struct Relay {
    /// Where it listens on the loopback.
    pub(crate) port: u16,
    kept: Arc<Mutex<Option<String>>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Clone)]
struct Tls {
    config: Arc<ServerConfig>,
    at_once: bool,
}

impl Relay {
    /// Without TLS.
    pub(crate) fn start(script: Script) -> Self {
        Self::run(script, None)
    }

    /// With a certificate of its own authority, whose PEM file is returned.
    pub(crate) fn start_with_tls(script: Script, at_once: bool, folder: &Path) -> (Self, PathBuf) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let pem = folder.join("ca.pem");
        std::fs::write(&pem, made.cert.pem()).unwrap();
        let certificate = CertificateDer::from(made.cert.der().to_vec());
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        (Self::run(script, Some(Tls { config: Arc::new(config), at_once })), pem)
    }

    fn run(script: Script, tls: Option<Tls>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept = Arc::new(Mutex::new(None));
        let shelf = Arc::clone(&kept);
        let thread = std::thread::spawn(move || {
            if let Ok((stream, _)) = listener.accept() {
                // The peer may hang up at any point: that is what some tests are about.
                let _ = talk(stream, script, tls, &shelf);
            }
        });
        Self { port, kept, thread: Some(thread) }
    }

    /// The message that was handed over, when one was.
    pub(crate) fn message(&self) -> Option<String> {
        self.kept.lock().unwrap().clone()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // Wakes a relay that nobody ever called.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

fn talk(
    stream: TcpStream,
    script: Script,
    tls: Option<Tls>,
    kept: &Mutex<Option<String>>,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10)))?;
    let secure = |stream: TcpStream, tls: &Tls| {
        let session = ServerConnection::new(Arc::clone(&tls.config)).unwrap();
        Box::new(StreamOwned::new(session, stream)) as Box<dyn Wire>
    };
    let at_once = tls.as_ref().is_some_and(|tls| tls.at_once);
    let second = stream.try_clone()?;
    let mut wire = BufReader::new(match &tls {
        Some(tls) if at_once => secure(stream, tls),
        _ => Box::new(stream) as Box<dyn Wire>,
    });
    say(&mut wire, "220 relay")?;
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let command = line.split([' ', '\r', '\n']).next().unwrap_or_default().to_uppercase();
        if script.hang_up_at == Some(command.as_str()) {
            return Ok(());
        }
        match command.as_str() {
            "EHLO" if tls.is_some() && !at_once => say(&mut wire, "250-relay\r\n250 STARTTLS")?,
            "EHLO" => say(&mut wire, "250 relay")?,
            "STARTTLS" => {
                say(&mut wire, "220 go on")?;
                let tls = tls.as_ref().expect("only offered with TLS");
                wire = BufReader::new(secure(second.try_clone()?, tls));
            }
            "RCPT" => say(&mut wire, script.rcpt)?,
            "DATA" => {
                say(&mut wire, "354 go on")?;
                *kept.lock().unwrap() = Some(message(&mut wire)?);
                if script.hang_up_at == Some(".") {
                    return Ok(());
                }
                say(&mut wire, script.message)?;
            }
            "QUIT" => return say(&mut wire, "221 bye"),
            _ => say(&mut wire, "250 ok")?,
        }
    }
}

fn say(wire: &mut BufReader<Box<dyn Wire>>, answer: &str) -> std::io::Result<()> {
    wire.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
    wire.get_mut().flush()
}

/// Everything up to the line that is a single dot.
fn message(wire: &mut BufReader<Box<dyn Wire>>) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(message);
        }
        message += &line;
    }
}
