//! Texts by a webhook: one POST of JSON for each, to whoever carries texts for the force.
//!
//! The body is `{"id": …, "to": "+447700900123", "text": …, "discreet": false}`; `discreet` asks for a sender that does
//! not say who writes. The message’s identity stands in `Idempotency-Key` as well, so that a carrier can know a text
//! again. An answer of 2xx has taken it; its body may name it: `{"id": …}`.

use std::time::Duration;

use journal::Refusal;
use serde_json::{Value, json};
use ureq::{Agent, Error, Timeout, http::StatusCode};

use crate::Failure;

/// How long the webhook may take for one text.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const ANSWER: u64 = 10_000;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The message’s identity.
    pub id: String,
    /// A number in E.164.
    pub to: String,
    /// The words.
    pub text: String,
    /// Whether the sender must not say who writes.
    pub is_discreet: bool,
}

/// A webhook that carries texts.
#[derive(Clone)]
pub struct Webhook {
    agent: Agent,
    address: String,
    token: Option<String>,
}

impl std::fmt::Debug for Webhook {
    /// Without its token, and without its address, which may hold one.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Webhook")
    }
}

impl Webhook {
    /// A webhook at `address`, which must be secured unless it is on this machine. Nothing is connected yet.
    pub fn new(address: &str, token: Option<String>, patience: Duration) -> Result<Self, Refusal> {
        let is_here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        let is_secured = address.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
        let is_odd = address.chars().any(|c| c.is_whitespace() || c.is_control());
        if is_odd || !(is_secured || is_here.iter().any(|start| address.starts_with(start))) {
            let sentence = "The webhook for texts must have an address that is secured. Give it as https://texts.example/send.";
            return Err(Refusal::of("address", sentence));
        }
        if token.as_ref().is_some_and(|token| token.chars().any(|c| !c.is_ascii_graphic())) {
            let sentence = "The token of the webhook has a character that no header can hold. Copy it again.";
            return Err(Refusal::of("token", sentence));
        }
        let agent = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            // Our own answer to what its status means.
            .http_status_as_error(false)
            .user_agent("answerable")
            .build()
            .new_agent();
        Ok(Self { agent, address: address.to_owned(), token })
    }

    /// Hands one text over; gives the carrier’s own identity of it, empty where it gives none.
    pub async fn send(&self, text: &Text) -> Result<String, Failure> {
        let (webhook, text) = (self.clone(), text.clone());
        let handed = tokio::task::spawn_blocking(move || webhook.post(&text)).await;
        handed.unwrap_or_else(|error| Err(unknown(error.to_string())))
    }

    fn post(&self, text: &Text) -> Result<String, Failure> {
        let body = json!({ "id": text.id, "to": text.to, "text": text.text, "discreet": text.is_discreet })
            .to_string();
        let mut request = self
            .agent
            .post(&self.address)
            .header("content-type", "application/json")
            .header("idempotency-key", &text.id);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = request.send(body).map_err(|error| failure(&error))?;
        let status = answer.status();
        if status.is_success() {
            let told = answer.body_mut().with_config().limit(ANSWER).read_to_string().unwrap_or_default();
            return Ok(identity(&told));
        }
        // What stands between us and the carrier does not know what became of it.
        let is_between = matches!(status, StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
        Err(Failure {
            why: format!("The webhook answered {}.", status.as_u16()),
            is_unreachable: false,
            is_certain: !is_between,
        })
    }
}

/// The identity that an answer names.
fn identity(told: &str) -> String {
    let read: Option<Value> = serde_json::from_str(told).ok();
    let named = read.as_ref().and_then(|read| read.get("id")).and_then(Value::as_str);
    named.unwrap_or_default().chars().filter(|c| !c.is_control()).take(100).collect()
}

fn unknown(why: String) -> Failure {
    Failure { why, is_unreachable: true, is_certain: false }
}

/// Only where nothing was said yet is it certain that nothing left.
fn failure(error: &Error) -> Failure {
    let is_certain = match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) | Error::Tls(_) => true,
        Error::Timeout(when) => matches!(when, Timeout::Resolve | Timeout::Connect),
        Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    };
    Failure { is_certain, ..unknown(format!("The webhook could not be reached: {error}.")) }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        sync::mpsc,
    };

    use super::*;

    fn text() -> Text {
        Text {
            id: "m-1".into(),
            to: "+447700900123".into(),
            text: "“Hello”\r\nX: y".into(),
            is_discreet: true,
        }
    }

    /// A server that reads one request, answers so, and gives what it read; nothing to answer hangs up.
    fn server(answer: &'static str) -> (String, mpsc::Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://127.0.0.1:{}/send", listener.local_addr().unwrap().port());
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut read, mut bytes) = (String::new(), [0; 4_096]);
            while !read.ends_with('}') {
                let length = stream.read(&mut bytes).unwrap();
                read.push_str(&String::from_utf8_lossy(&bytes[..length]));
            }
            tell.send(read).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        (address, told)
    }

    #[tokio::test]
    async fn a_text_is_one_request_and_the_answer_names_it() {
        let (address, told) = server("HTTP/1.1 202 Accepted\r\ncontent-length: 13\r\n\r\n{\"id\":\"c-77\"}");
        let webhook = Webhook::new(&address, Some("sesame".into()), PATIENCE).unwrap();
        assert_eq!(webhook.send(&text()).await.unwrap(), "c-77");
        let request = told.recv().unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /send HTTP/1.1"), "{head}");
        assert!(head.contains("Bearer sesame") && head.contains("idempotency-key: m-1"), "{head}");
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            body,
            json!({ "id": "m-1", "to": "+447700900123", "text": "“Hello”\r\nX: y", "discreet": true })
        );
        assert!(!format!("{webhook:?}").contains("sesame"));
    }

    #[tokio::test]
    async fn what_certainly_did_not_leave_is_told_from_what_nobody_knows() {
        for (answer, is_certain) in [
            ("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", true),
            ("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", true),
            ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", false),
            ("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", true),
            ("", false),
        ] {
            let (address, _told) = server(answer);
            let webhook = Webhook::new(&address, None, PATIENCE).unwrap();
            let failure = webhook.send(&text()).await.unwrap_err();
            assert_eq!(failure.is_certain, is_certain, "{answer:?}: {failure:?}");
        }
        let nobody = Webhook::new("http://127.0.0.1:1/send", None, PATIENCE).unwrap();
        let failure = nobody.send(&text()).await.unwrap_err();
        assert!(failure.is_certain && failure.is_unreachable, "{failure:?}");
    }

    #[test]
    fn an_address_that_is_not_secured_is_refused() {
        assert!(Webhook::new("https://texts.example/send", None, PATIENCE).is_ok());
        for bad in
            ["http://texts.example/send", "https://", "texts.example", "https://a b/", "ftp://127.0.0.1:1/"]
        {
            assert_eq!(Webhook::new(bad, None, PATIENCE).map(drop).unwrap_err().field, "address", "{bad}");
        }
        let odd = Webhook::new("https://texts.example/send", Some("a\r\nb".into()), PATIENCE);
        assert_eq!(odd.map(drop).unwrap_err().field, "token");
    }
}
