//! How a notice leaves: not at all (the demonstration: the mailbox page is the mailbox), or by SMTP.

use std::time::{Duration, SystemTime};

use journal::Refusal;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};

use super::rows::Due;

/// How long the mail server may take for one notice, all its answers together.
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
    /// How long the server may take for one notice.
    pub patience: Duration,
}

impl std::fmt::Debug for Settings {
    /// Without name and password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?}), from {}", self.host, self.port, self.security, self.from)
    }
}

/// How notices leave.
#[derive(Debug)]
pub enum Transport {
    /// They do not: everybody reads them on the mailbox page.
    Mailbox,
    /// By e-mail to whoever gave an address.
    Smtp(Box<Smtp>),
}

/// A mail server that takes our mail.
#[derive(Debug)]
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    public_address: String,
    host: String,
    patience: Duration,
}

/// Why a notice did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In the words of the mail server, or of the connection to it.
    pub why: String,
    /// Whether the server could not be reached at all: then the next notice will fail as well.
    pub is_unreachable: bool,
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
        let from: Address = settings.from.trim().parse().map_err(|_| {
            let sentence = format!("“{}” is not an address that mail can be sent from.", settings.from);
            Refusal::of("from", sentence)
        })?;
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
        let (server, from, patience) = (server.build(), Mailbox::new(None, from), settings.patience);
        Ok(Self { server, from, public_address, host, patience })
    }

    /// Hands one notice over.
    pub async fn send(&self, notice: &Due, to: &str) -> Result<(), Failure> {
        let message = self.message(notice, to).map_err(|why| Failure { why, is_unreachable: false })?;
        // The transport's own patience is only for being connected; a server that then says nothing would
        // hold us for ever.
        let Ok(sent) = tokio::time::timeout(self.patience, self.server.send(message)).await else {
            return Err(Failure {
                why: "The mail server gave no answer in time.".into(),
                is_unreachable: true,
            });
        };
        sent.map(drop).map_err(|error| Failure {
            // A server's "no" has a number; whatever has none is the way to it.
            is_unreachable: error.status().is_none(),
            why: error.to_string(),
        })
    }

    /// The notice as mail: plain text, the same Message-ID however often it is tried, and no word in a header
    /// that is not one line of ours.
    fn message(&self, notice: &Due, to: &str) -> Result<Message, String> {
        let to: Address = to.parse().map_err(|error| format!("the address cannot be used: {error}"))?;
        let header =
            |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(super::rules::one_line(&notice.subject))
            .date(SystemTime::from(notice.written_at))
            .message_id(Some(format!("<{}@{}>", notice.id, self.host)))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("List-Unsubscribe", format!("<{}/mailbox/settings>", self.public_address)))
            .header(ContentType::TEXT_PLAIN)
            .body(absolute(&notice.body, &self.public_address))
            .map_err(|error| error.to_string())
    }
}

/// The text with its links as they are found from anywhere: a line that begins with "/" is one.
fn absolute(body: &str, public_address: &str) -> String {
    let line =
        |line: &str| if line.starts_with('/') { format!("{public_address}{line}") } else { line.to_owned() };
    body.lines().map(line).collect::<Vec<_>>().join("\n")
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
            patience: PATIENCE,
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_by_name() {
        assert!(Smtp::new(&settings()).is_ok());
        for (field, wrong) in [
            ("from", Settings { from: "nobody".into(), ..settings() }),
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
    fn a_line_that_is_a_path_of_ours_becomes_a_whole_address() {
        let body = "Look:\n/recommendations/7\n//evil.example\nand/or";
        let expected = "Look:\nhttps://a.example/recommendations/7\nhttps://a.example//evil.example\nand/or";
        assert_eq!(absolute(body, "https://a.example"), expected);
    }
}
