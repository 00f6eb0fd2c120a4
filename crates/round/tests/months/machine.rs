//! Chance that is the same on every machine, and a machine that stops in the middle.

use std::{cell::Cell, future::poll_fn, task::Poll};

use jiff::Timestamp;
use journal::Journal;
use round::{
    month::tick,
    notice::{
        send::{send_due, write_digests},
        transport::Transport,
    },
};

/// A small generator of numbers: the same seed gives the same months on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// Looks at what is due and goes away after so many steps of the machine; how many of its three parts had come
/// to their ends. Nothing leaves by e-mail meanwhile: whoever dies between sending and noting it sends again.
pub async fn stop_after(polls: usize, journal: &Journal, now: Timestamp) -> usize {
    let done = Cell::new(0);
    let mut looking = std::pin::pin!(async {
        tick(journal, now).await.expect("sql");
        done.set(1);
        write_digests(journal, now).await.expect("sql");
        done.set(2);
        send_due(journal, &Transport::Mailbox, now).await.expect("sql");
        done.set(3);
    });
    let mut left = polls;
    poll_fn(|context| match looking.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending if left == 0 => Poll::Ready(()),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await;
    done.get()
}
