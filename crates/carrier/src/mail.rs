//! Mail by a mail server (SMTP).

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use journal::Refusal;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};

use crate::Failure;

/// How long the mail server may take for one mail, all its answers together.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How the connection to the mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: a mail server on the same machine or network.
    None,
    /// Begun in the clear and then secured (port 587); refused where the server cannot.
    StartTls,
    /// Secured from the start (port 465).
    Tls,
}

/// Where mail is handed over.
#[derive(Clone)]
pub struct Settings {
    /// The mail server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Name and password, where the server wants them.
    pub credentials: Option<(String, String)>,
    /// The address it is sent from.
    pub from: String,
    /// Where people find this site: `https://answerable.example`. Links in mail begin with it.
    pub public_address: String,
    /// The address from which goes what must not say who writes; nothing where there is none.
    pub discreet_from: Option<String>,
    /// How long the server may take for one mail.
    pub patience: Duration,
}

impl std::fmt::Debug for Settings {
    /// Without name and password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?}), from {}", self.host, self.port, self.security, self.from)
    }
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its identity: the same however often it is tried.
    pub id: String,
    /// One address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same as a page of HTML, for mail programs that show one; nothing where it is sent as text only.
    pub html: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// The page of ours on which it can be unsubscribed, as "/mailbox/settings"; nothing where it cannot.
    pub unsubscribe: Option<String>,
    /// Whether the sender must not say who writes.
    pub is_discreet: bool,
}

/// A mail server that takes our mail.
#[derive(Debug, Clone)]
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    discreet_from: Option<Mailbox>,
    public_address: String,
    host: String,
    patience: Duration,
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

impl Smtp {
    /// A mail server as the settings describe it. Nothing is connected yet.
    pub fn new(settings: &Settings) -> Result<Self, Refusal> {
        let public_address = settings.public_address.trim_end_matches('/').to_owned();
        let host = public_address
            .strip_prefix("https://")
            .or_else(|| public_address.strip_prefix("http://"))
            .and_then(|rest| rest.split(['/', ':']).next())
            .filter(|host| is_name(host))
            .ok_or_else(|| {
                let sentence = "The public address is not one that links in mail can begin with. Give it as https://answerable.example.";
                Refusal::of("public_address", sentence)
            })?
            .to_owned();
        if !is_name(&settings.host) {
            let sentence =
                format!("“{}” is not the name of a mail server. Give it as mail.example.", settings.host);
            return Err(Refusal::of("host", sentence));
        }
        let sender = |field: &'static str, from: &str| {
            let address: Result<Address, _> = from.trim().parse();
            address.map(|address| Mailbox::new(None, address)).map_err(|_| {
                Refusal::of(field, format!("“{from}” is not an address that mail can be sent from."))
            })
        };
        let from = sender("from", &settings.from)?;
        let discreet_from =
            settings.discreet_from.as_ref().map(|from| sender("discreet_from", from)).transpose()?;
        let parameters = || {
            TlsParameters::new(settings.host.clone()).map_err(|error| {
                Refusal::of(
                    "host",
                    format!("The connection to {} cannot be secured: {error}.", settings.host),
                )
            })
        };
        let tls = match settings.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.patience))
            .hello_name(ClientId::Domain(host.clone()));
        if let Some((name, password)) = &settings.credentials {
            server = server.credentials(Credentials::new(name.clone(), password.clone()));
        }
        let (server, patience) = (server.build(), settings.patience);
        Ok(Self { server, from, discreet_from, public_address, host, patience })
    }

    /// Where people find this site.
    pub fn public_address(&self) -> &str {
        &self.public_address
    }

    /// Whether it can send what must not say who writes.
    pub fn is_discreet(&self) -> bool {
        self.discreet_from.is_some()
    }

    /// Whether the server can be reached: where it cannot, nothing was handed over.
    pub async fn reach(&self) -> Result<(), Failure> {
        let unreachable = |why| Failure { why, is_unreachable: true, is_certain: true };
        match tokio::time::timeout(self.patience, self.server.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(unreachable("The mail server is not ready.".to_owned())),
            Ok(Err(error)) => Err(unreachable(error.to_string())),
            Err(_) => Err(unreachable("The mail server gave no answer in time.".to_owned())),
        }
    }

    /// Hands one mail over.
    pub async fn send(&self, mail: &Mail) -> Result<(), Failure> {
        let message =
            self.message(mail).map_err(|why| Failure { why, is_unreachable: false, is_certain: true })?;
        // The transport's own patience is only for being connected; a server that then says nothing would
        // hold us for ever.
        let Ok(sent) = tokio::time::timeout(self.patience, self.server.send(message)).await else {
            return Err(Failure {
                why: "The mail server gave no answer in time.".into(),
                is_unreachable: true,
                is_certain: false,
            });
        };
        // A server's "no" has a number; whatever has none is the way to it, and may have broken after it was read.
        sent.map(drop).map_err(|error| Failure {
            is_unreachable: error.status().is_none(),
            is_certain: error.status().is_some(),
            why: error.to_string(),
        })
    }

    /// Plain text and HTML beside it, the same Message-ID however often it is tried, and no word in a header that is not one line of
    /// ours.
    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let to: Address = mail.to.parse().map_err(|error| format!("the address cannot be used: {error}"))?;
        let from = if mail.is_discreet { self.discreet_from.as_ref() } else { Some(&self.from) };
        let from = from.ok_or("there is no address that does not say who writes")?;
        // The name of this site in the identity would say it as well.
        let host = if mail.is_discreet { from.email.domain() } else { &self.host };
        let header =
            |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        let subject = mail.subject.split(char::is_control).collect::<Vec<_>>().join(" ");
        let mut message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date(SystemTime::from(mail.written_at))
            .message_id(Some(format!("<{}@{host}>", mail.id)))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(page) = mail.unsubscribe.as_ref().filter(|_| !mail.is_discreet) {
            message =
                message.raw_header(header("List-Unsubscribe", format!("<{}{page}>", self.public_address)));
        }
        let message = match &mail.html {
            Some(html) => {
                message.multipart(MultiPart::alternative_plain_html(mail.body.clone(), html.clone()))
            }
            None => message.header(ContentType::TEXT_PLAIN).body(mail.body.clone()),
        };
        message.map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            host: "mail.example.org".into(),
            port: 587,
            security: Security::StartTls,
            credentials: Some(("answerable".into(), "open sesame".into())),
            from: "answerable@example.org".into(),
            public_address: "https://answerable.example.org/".into(),
            discreet_from: None,
            patience: PATIENCE,
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_by_name() {
        assert!(Smtp::new(&settings()).is_ok());
        for (field, wrong) in [
            ("from", Settings { from: "nobody".into(), ..settings() }),
            ("discreet_from", Settings { discreet_from: Some("nobody".into()), ..settings() }),
            ("public_address", Settings { public_address: "answerable.example.org".into(), ..settings() }),
            ("public_address", Settings { public_address: "https://a b/".into(), ..settings() }),
            ("public_address", Settings { public_address: "https://".into(), ..settings() }),
            ("host", Settings { host: "not a name".into(), ..settings() }),
        ] {
            assert_eq!(Smtp::new(&wrong).map(drop).unwrap_err().field, field, "{wrong:?}");
        }
        assert!(!format!("{:?}", settings()).contains("sesame"));
    }

    #[test]
    fn what_is_discreet_names_nobody_who_writes() {
        let mail = Mail {
            id: "m-1".into(),
            to: "m.reid@example.net".into(),
            subject: "A message\r\nBcc: eve@example.net".into(),
            body: "Hello".into(),
            html: None,
            written_at: Timestamp::UNIX_EPOCH,
            unsubscribe: Some("/mailbox/settings".into()),
            is_discreet: true,
        };
        assert!(Smtp::new(&settings()).unwrap().message(&mail).is_err(), "it has no such address");
        let discreet = Settings { discreet_from: Some("post@messages.example.net".into()), ..settings() };
        let smtp = Smtp::new(&discreet).unwrap();
        let written = String::from_utf8(smtp.message(&mail).unwrap().formatted()).unwrap();
        assert!(!written.contains("example.org") && !written.contains("\nBcc:"), "{written}");
        let plain = Mail { is_discreet: false, ..mail.clone() };
        let written = String::from_utf8(smtp.message(&plain).unwrap().formatted()).unwrap();
        assert!(
            written.contains("From: answerable@example.org") && written.contains("List-Unsubscribe"),
            "{written}"
        );
        assert!(written.contains("Content-Type: text/plain") && !written.contains("multipart"), "{written}");
        // The same words twice, as RFC 2046 has it: the text first, what a mail program likes better last.
        let both = Mail { html: Some("<p>Hello</p>".into()), is_discreet: false, ..mail };
        let written = String::from_utf8(smtp.message(&both).unwrap().formatted()).unwrap();
        let text = written.find("Content-Type: text/plain").expect("a text");
        let html = written.find("Content-Type: text/html").expect("a page");
        assert!(written.contains("Content-Type: multipart/alternative;") && text < html, "{written}");
        assert!(
            written[text..html].contains("Hello") && written[html..].contains("<p>Hello</p>"),
            "{written}"
        );
    }
}
