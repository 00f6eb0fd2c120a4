//! Telling those who asked of an edition, in the transaction that freezes it.

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Tx};

use super::{letter::News, rows::of_part, rules::Part};

/// Writes a notice to each of them. One statement where nobody asked.
pub async fn tell(tx: &mut Tx, who: &Actor, now: Timestamp, news: &News) -> Result<(), DatabaseError> {
    let part = Part { pack: news.about.pack.clone(), division: news.about.division.clone() };
    let asked = of_part(tx, &part).await?;
    if asked.is_empty() {
        return Ok(());
    }
    let people = users::people(tx).await?;
    let letters = news.readers(&asked, &people).into_iter().map(|to| news.letter(to)).collect();
    round::notice::tell::write(tx, who, now, letters).await
}
