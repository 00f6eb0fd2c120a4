//! What waits, followed from entry to entry beside a life of incidents, and held against all of it read anew.

use contact::thrive::rules::Element;
use incident::{
    incident::rows::all_open,
    queue::worklist::{
        choices::Risk,
        rows::{Worklist, follow, load},
    },
    recall,
};
use journal::{Journal, head};

/// What waited when it was last looked at; nothing at first.
#[derive(Default)]
pub struct Followed(Worklist);

impl Followed {
    /// Follows the journal once some entries have gathered: the same as reading it all, the same queues as every list
    /// has, and the risk that the journal says.
    pub async fn keep_up(&mut self, journal: &Journal) {
        let mut read = journal.read().await.expect("a reading begins");
        let seq = head(&mut read).await.expect("sql");
        if seq < self.0.seq + 4 {
            return;
        }
        self.0 = follow(&mut read, &self.0, seq).await.expect("sql");
        assert_eq!(self.0, load(&mut read, seq).await.expect("sql"), "followed to entry {seq}");
        let open = all_open(&mut read).await.expect("sql");
        let queues: Vec<_> = open.iter().map(|one| (&one.id, one.seq, one.queued.as_ref())).collect();
        let waiting: Vec<_> = self.0.all().map(|one| (&one.id, one.seq, Some(&one.queued))).collect();
        assert_eq!(waiting, queues, "at entry {seq}");
        for one in self.0.all() {
            let standing = recall(&mut read, &one.id).await.expect("sql").expect("it was opened");
            let levels = standing
                .assessment
                .iter()
                .flat_map(|(made, _)| Element::ALL.into_iter().filter_map(|element| made.level(element)));
            assert_eq!(one.risk, Risk::of_levels(levels), "{} at entry {seq}", one.id);
        }
    }
}
