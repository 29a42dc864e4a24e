//! The least that speaks HTTP/1.1: it shares two cores with the server that it measures, so it must cost little.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// After an answer „busy” a client comes back so much later. The service asks people for five seconds.
const LATER: Duration = Duration::from_millis(50);

/// How often a crowd was told to come back later.
#[derive(Clone, Default)]
pub(crate) struct Refusals(Arc<AtomicUsize>);

impl Refusals {
    /// The number so far.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// One kept connection with its cookie.
pub(crate) struct Browser {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: Option<String>,
    refusals: Refusals,
    /// Whether it asks for gzip, as browsers do; bodies are then left packed.
    pub(crate) gzip: bool,
}

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: Vec<u8>,
    /// Bytes that came over the wire, the head included.
    pub(crate) wire: usize,
}

impl Reply {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let begin = format!("name=\"{name}\" value=\"");
        let (_, rest) = text
            .split_once(&begin)
            .unwrap_or_else(|| panic!("no {name} in a page of status {}", self.status));
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Browser {
    /// Connects to `http://host:port`.
    pub(crate) fn at(address: &str, refusals: &Refusals) -> Self {
        let host = address.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            host,
            cookie: None,
            refusals: refusals.clone(),
            gzip: false,
        }
    }

    /// Takes a session that exists already.
    pub(crate) fn with_session(mut self, secret: &str) -> Self {
        self.cookie = Some(format!("sesja={secret}"));
        self
    }

    pub(crate) fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, "")
    }

    /// Posts an encoded form.
    pub(crate) fn post(&mut self, path: &str, form: &str) -> Reply {
        self.send("POST", path, form)
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        if let Some(cookie) = &self.cookie {
            head += &format!("Cookie: {cookie}\r\n");
        }
        if self.gzip {
            head += "Accept-Encoding: gzip\r\n";
        }
        if method == "POST" {
            head += &format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
        }
        let request = format!("{head}\r\n{body}");
        loop {
            self.stream.get_mut().write_all(request.as_bytes()).unwrap();
            let reply = self.receive();
            if reply.status != 503 {
                return reply;
            }
            self.refusals.0.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(LATER);
        }
    }

    fn receive(&mut self) -> Reply {
        let mut reply = Reply::default();
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line(&mut reply);
            if line.is_empty() {
                break;
            }
            if let Some(status) = line.strip_prefix("HTTP/1.1 ") {
                reply.status = status[..3].parse().unwrap();
            }
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "transfer-encoding" => chunked = value == "chunked",
                "location" => value.clone_into(&mut reply.location),
                "set-cookie" => self.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        if chunked {
            self.chunks(&mut reply)
        } else {
            self.bytes(&mut reply, length)
        }
        reply
    }

    fn line(&mut self, reply: &mut Reply) -> String {
        let mut line = String::new();
        reply.wire += self.stream.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the server closed the connection");
        line.trim_end().to_owned()
    }

    fn bytes(&mut self, reply: &mut Reply, length: usize) {
        let from = reply.body.len();
        reply.body.resize(from + length, 0);
        self.stream.read_exact(&mut reply.body[from..]).unwrap();
        reply.wire += length;
    }

    fn chunks(&mut self, reply: &mut Reply) {
        loop {
            let line = self.line(reply);
            let length = usize::from_str_radix(&line, 16).unwrap();
            self.bytes(reply, length);
            self.line(reply);
            if length == 0 {
                break;
            }
        }
    }
}

/// A form as a browser encodes it.
pub(crate) fn encoded<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = pairs.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}
