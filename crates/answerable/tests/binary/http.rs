//! As much of an HTTP client as the tests need: one connection kept open, an answer is had whole or not at all.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// Somebody who calls with a token, or without one.
pub struct Client {
    address: SocketAddr,
    pub token: String,
    open: Option<BufReader<TcpStream>>,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The first part of the content type.
    pub fn kind(&self) -> &str {
        let kind = self.headers.get("content-type").map_or("", String::as_str);
        kind.split(';').next().unwrap_or_default()
    }
}

impl Client {
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self { address, token: token.to_owned(), open: None }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[("accept", "application/json")], b"").expect("an answer")
    }

    pub fn page(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[("accept", "text/html")], b"").expect("an answer")
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body).expect("an answer")
    }

    /// Like [`Client::post`] where the server may be gone.
    pub fn try_post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string().as_bytes())
    }

    /// Posts, and expects that it is done; gives the identity in the answer.
    pub fn make(&mut self, path: &str, body: &Value) -> String {
        let answer = self.post(path, body);
        assert!(matches!(answer.status, 200 | 201), "{path} {body}: {} {}", answer.status, answer.text());
        answer.json()["id"].as_str().expect("an identity").to_owned()
    }

    /// Sends a request and reads its answer.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        if !self.token.is_empty() {
            head.extend(["authorization: Bearer ", &self.token, "\r\n"]);
        }
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.extend(["content-length: ", &body.len().to_string(), "\r\n\r\n"]);
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => BufReader::new(connect(self.address)?),
        };
        // Whoever sends more than is taken is answered before all of it is sent.
        let sent = stream.get_mut().write_all(&[head.as_bytes(), body].concat());
        let answer = read(&mut stream).map_err(|error| sent.err().unwrap_or(error))?;
        let goes_on = answer.headers.get("connection").is_none_or(|value| value != "close");
        self.open = (goes_on && answer.status != 413).then_some(stream);
        Ok(answer)
    }
}

fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    Ok(stream)
}

fn read(stream: &mut BufReader<TcpStream>) -> Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, first))?;
    let mut headers = BTreeMap::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    if headers.get("transfer-encoding").is_some_and(|value| value == "chunked") {
        loop {
            let length = usize::from_str_radix(&line(stream)?, 16)
                .map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
            let start = body.len();
            body.resize(start + length, 0);
            stream.read_exact(&mut body[start..])?;
            line(stream)?;
            if length == 0 {
                break;
            }
        }
    } else {
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    }
    Ok(Answer { status, headers, body })
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
