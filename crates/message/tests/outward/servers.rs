//! A mail server and a webhook in small, that write down every byte that they are told.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use carrier::{
    Carriers,
    mail::{Security, Settings, Smtp},
    text::Webhook,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Everything that was told to either.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<String>>);

impl Told {
    fn note(&self, words: &str) {
        self.0.lock().unwrap().push_str(words);
    }

    /// All of it so far.
    pub fn all(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

/// Carriers that hand over to two servers on this machine, and what those are told.
pub async fn carriers() -> (Carriers, Told) {
    let told = Told::default();
    let (mail, text) = (listen(&told, converse).await, listen(&told, answer_text).await);
    let smtp = Smtp::new(&Settings {
        host: "127.0.0.1".into(),
        port: mail,
        security: Security::None,
        credentials: None,
        from: "answerable@caledonia.example".into(),
        discreet_from: Some("post@messages.example".into()),
        public_address: "https://answerable.example".into(),
        patience: Duration::from_secs(5),
    });
    let webhook = Webhook::new(&format!("http://127.0.0.1:{text}/send"), None, Duration::from_secs(5));
    (Carriers { mail: Some(smtp.unwrap()), text: Some(webhook.unwrap()) }, told)
}

async fn listen<F>(told: &Told, serve: fn(TcpStream, Told) -> F) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let told = told.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, told.clone()));
        }
    });
    port
}

async fn converse(stream: TcpStream, told: Told) {
    let mut stream = BufReader::new(stream);
    let mut is_data = false;
    let mut say = "220 ready\r\n";
    loop {
        if stream.get_mut().write_all(say.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            told.note(&line);
            if !is_data || line == ".\r\n" {
                break;
            }
        }
        is_data = line.starts_with("DATA");
        say = match &line[..4] {
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 goodbye\r\n",
            _ => "250 well\r\n",
        };
    }
}

async fn answer_text(mut stream: TcpStream, told: Told) {
    let (mut read, mut bytes) = (String::new(), [0; 4_096]);
    while !read.ends_with('}') {
        match stream.read(&mut bytes).await {
            Ok(length) if length > 0 => read.push_str(&String::from_utf8_lossy(&bytes[..length])),
            _ => return,
        }
    }
    told.note(&read);
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"id\":\"c-1\"}").await;
}
