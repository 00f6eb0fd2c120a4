//! Whom a post reaches: who holds it, and who is told in its place where nobody who can be told does.

use journal::{Connection, DatabaseError, Id, OPEN_END};
use plan::post::rules::{Post, key};
use users::Person;

/// Who holds which post, and who has an account by which they can be told.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    posts: Vec<(Id, Post)>,
    people: Vec<Person>,
}

impl Reach {
    /// As it is now.
    pub async fn load(conn: &mut Connection) -> Result<Self, DatabaseError> {
        let posts = plan::post::rows::all(&mut *conn, OPEN_END - 1).await?;
        Ok(Self { posts, people: users::people(conn).await? })
    }

    /// The accounts that are told what concerns the post: its holders, else its alternates.
    pub fn of(&self, post: &str) -> Vec<&Id> {
        let can_be_told = |account: &Id| {
            self.people
                .iter()
                .any(|person| person.id == *account && person.is_open && person.role.may("plan.read"))
        };
        self.post(post).map(|(_, post)| post.told(can_be_told)).unwrap_or_default()
    }

    /// The first of the post and those told in its place that reaches somebody, with the accounts it reaches.
    pub fn first<'a>(&'a self, post: &'a str, in_place: &[&'a str]) -> Option<(&'a str, Vec<&'a Id>)> {
        let chain = std::iter::once(post).chain(in_place.iter().copied());
        chain.map(|post| (post, self.of(post))).find(|(_, accounts)| !accounts.is_empty())
    }

    /// Where somebody is named who holds the post.
    pub fn mend(&self, post: &str) -> String {
        self.post(post).map_or_else(
            || format!("/posts/new?{}", serde_html_form::to_string([("title", post)]).unwrap_or_default()),
            |(id, _)| format!("/posts/{id}/holder"),
        )
    }

    fn post(&self, title: &str) -> Option<&(Id, Post)> {
        self.posts.iter().find(|(_, post)| key(&post.title) == key(title))
    }
}
