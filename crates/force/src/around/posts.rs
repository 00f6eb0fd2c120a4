//! Who holds which post, as far as they have an account in the demonstration.

use ::plan::post::{
    rows::{Posts, known},
    rules::Command,
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use journal::Id;

use crate::{
    portfolio::Post,
    stage::{AUDIT_MANAGER, Doing, Stage},
};

/// A post is created and given to who holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a>(&'a Post);

/// Each on its day.
pub fn steps(posts: &[Post]) -> impl Iterator<Item = (Date, Step<'_>)> {
    posts.iter().map(|post| (post.from, Step(post)))
}

impl Stage<'_> {
    /// Plays what happens to a post.
    pub async fn post(&mut self, Step(post): &Step<'_>) -> Result<()> {
        let id = self.new_id();
        let doing = |task| Doing { role: AUDIT_MANAGER, permission: "plan.groups", task };
        let create = Command::Create { title: post.post.clone() };
        let of_none = known(self.tx, None).await?;
        let done = self.act::<Posts>(doing("Create a post"), &id, &of_none, create).await;
        done.with_context(|| format!("the post {}", post.post))?;
        for (role, alternate) in [(&post.account, false), (&post.alternate_account, true)] {
            let Some(role) = role else { continue };
            let account = Id::read(self.people.account(role)?);
            let of_account = known(self.tx, account.as_ref()).await?;
            let give = Command::Give { account, alternate };
            let done = self.act::<Posts>(doing("Say who holds a post"), &id, &of_account, give).await;
            done.with_context(|| format!("the post {} and {role}", post.post))?;
        }
        Ok(())
    }
}
