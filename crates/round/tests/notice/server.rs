//! A mail server in small, that writes down what it is told.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How it behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It takes all mail.
    Takes,
    /// It knows no recipient.
    Refuses,
    /// It answers the telephone and says nothing.
    Hangs,
}

/// One conversation.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The commands, in order.
    pub commands: Vec<String>,
    /// The mail as it came over the line, without the dot that ends it.
    pub mail: String,
}

pub struct Server {
    pub port: u16,
    said: Arc<Mutex<Vec<Said>>>,
    listening: JoinHandle<()>,
}

impl Server {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let said = Arc::new(Mutex::new(Vec::new()));
        let kept = said.clone();
        let listening = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                if manner == Manner::Hangs {
                    held.push(stream); // not closed, not answered
                    continue;
                }
                let kept = kept.clone();
                tokio::spawn(async move {
                    let said = converse(stream, manner).await;
                    kept.lock().unwrap().push(said);
                });
                tokio::task::yield_now().await;
            }
        });
        Self { port, said, listening }
    }

    /// The conversations that are over.
    pub fn said(&self) -> Vec<Said> {
        self.said.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn converse(stream: TcpStream, manner: Manner) -> Said {
    let mut said = Said::default();
    let mut stream = BufReader::new(stream);
    answer(&mut stream, "220 mail.example ready").await;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return said;
        }
        let command = line.trim_end().to_owned();
        said.commands.push(command.clone());
        let word = command.split(' ').next().unwrap_or_default();
        match word {
            "EHLO" => answer(&mut stream, "250-mail.example\r\n250 SIZE 1000000").await,
            "RCPT" if manner == Manner::Refuses => {
                answer(&mut stream, "550 no such user m.ban@police.example").await;
            }
            "DATA" => {
                answer(&mut stream, "354 go on").await;
                said.mail = data(&mut stream).await;
                answer(&mut stream, "250 taken").await;
            }
            "QUIT" => {
                answer(&mut stream, "221 goodbye").await;
                return said;
            }
            _ => answer(&mut stream, "250 well").await,
        }
    }
}

async fn data(stream: &mut BufReader<TcpStream>) -> String {
    let mut mail = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 || line == ".\r\n" {
            return mail;
        }
        mail.push_str(&line);
    }
}

async fn answer(stream: &mut BufReader<TcpStream>, words: &str) {
    let _ = stream.get_mut().write_all(format!("{words}\r\n").as_bytes()).await; // it may have hung up
}
