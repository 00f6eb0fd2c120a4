//! Everything that lives beside recommendations: it is in the register or around it, and counts as nothing in it.

use import::{DraftRecommendation, Placed};
use journal::{AsAt, Id, Tx};
use plan::{
    action::{self, rows::ActionsOf},
    area::{self, rows::Areas},
    comment::{self, rows::CommentsOn},
    dependency::{self, rows::DependenciesOf},
    finding::{self, rows::AcceptancesOf},
    inspection::rules::Details as Inspection,
    linter::load_findings,
    measured,
    pages::recall,
    post::{self, rows::Posts},
    programme::{self, rows::Programmes},
    published::carry::{Source as File, When, carry_in},
    source::{self, rows::Sources},
    target,
    underway::{self, rows::InspectionsUnderway},
    update::{self, rows::UpdatesOf},
    view::{self, rows::Views},
};

use crate::world::{OWNERS, Outcome, World};

fn why() -> String {
    "as agreed".to_owned()
}

/// Some of these, if there are any; a new one every now and then.
macro_rules! old_or_new {
    ($world:expr, $all:ident) => {{
        let had = $world.beside.$all.len();
        let chosen = $world.chance.below(had + 1 + had / 3);
        if chosen < had { ($world.beside.$all[chosen].clone(), false) } else { (Id::new($world.now), true) }
    }};
}

impl World {
    /// One command beside the recommendation whose history it is.
    pub async fn beside(&mut self, tx: &mut Tx) -> Outcome {
        match self.chance.below(21) {
            0..=3 => self.action(tx).await,
            4 => self.update(tx).await,
            5 | 6 => self.dependency(tx).await,
            7 | 8 => self.area(tx).await,
            9 => self.programme(tx).await,
            10 => self.under_way(tx).await,
            11 | 12 => self.post(tx).await,
            13..=15 => self.source(tx).await,
            16 => self.finding(tx).await,
            17 => self.comment(tx).await,
            18 => self.view(tx).await,
            19 => self.import(tx).await,
            _ => self.measured(tx).await,
        }
    }

    async fn action(&mut self, tx: &mut Tx) -> Outcome {
        use action::rules::{Command, Known};
        let id = self.some();
        let recommendation = recall(tx, &id).await.expect("sql");
        let of_target = target::pages::known_of(tx, recommendation).await.expect("sql");
        let known = Known {
            published_on: of_target.published_on,
            ..Known::on(self.today(), of_target.recommendation)
        };
        let number = format!("{}.1", self.chance.below(10) + 1);
        let year = self.today().year();
        let target = [None, format!("{}-05", year + 1).parse().ok()];
        let command = match self.chance.below(7) {
            0..=2 => Command::Add {
                number: String::new(),
                text: "Act.".into(),
                owner: self.chance.one(&["", "Head of Diaries"]).into(),
                target: self.chance.one(&target),
            },
            3 => Command::Finish { number, note: why() },
            4 => Command::Reopen { number, reason: why() },
            5 => Command::Stage { number, stage: self.chance.one(&["design", "deliver", "dream"]).into() },
            _ => Command::MoveTarget {
                number,
                to: format!("May {}", year + self.chance.one(&[2, 3, -20])),
                reason: why(),
                delay_reason: "technical_development".into(),
            },
        };
        self.act::<ActionsOf>(tx, &id, &known, command).await
    }

    async fn update(&mut self, tx: &mut Tx) -> Outcome {
        use update::rules::{Command, Known};
        let (id, from) = (self.some(), self.some());
        let mut known = Known { recommendation: recall(tx, &id).await.expect("sql"), other: None };
        let command = if self.chance.below(3) == 0 {
            known.other = update::pages::other(tx, &from).await.expect("sql");
            Command::Inherit { from, note: why() }
        } else {
            Command::Add { text: "The work goes on.".into() }
        };
        self.act::<UpdatesOf>(tx, &id, &known, command).await
    }

    async fn dependency(&mut self, tx: &mut Tx) -> Outcome {
        use dependency::rules::{Awaited, Command, Outside};
        let (id, other) = (self.some(), self.some());
        let programme = self.beside.programmes.first().cloned();
        let on = match (self.chance.below(5), programme) {
            (0, _) => {
                let names = ["Scottish Government", "scottish  government", "The councils", " "];
                Awaited::Other(Outside::Body(self.chance.one(&names).into()))
            }
            (1, _) => Awaited::Other(Outside::Action { recommendation: other, number: "1.1".into() }),
            (2, Some(programme)) => Awaited::Other(Outside::Programme(programme)),
            _ => Awaited::Recommendation(other),
        };
        let known = dependency::pages::known(tx, self.today(), &id, &on).await.expect("sql");
        let command = match self.chance.below(4) {
            0 => Command::Remove { on, reason: why() },
            _ => Command::Add { on, reason: why(), since: Some(self.today()) },
        };
        self.act::<DependenciesOf>(tx, &id, &known, command).await
    }

    async fn area(&mut self, tx: &mut Tx) -> Outcome {
        use area::rules::{Command, Printed};
        let (id, is_new) = old_or_new!(self, areas);
        let plan = self.chance.below(self.oracle.plans.len());
        let inspection = self.oracle.plans[plan].0.clone();
        let (recommendation, action) = (self.some(), "1.1".to_owned());
        let known = area::rows::known(tx, Some(&inspection), &id, Some(&recommendation), self.today());
        let known = known.await.expect("sql");
        let command = match self.chance.below(7) {
            _ if is_new => Command::Make {
                inspection: Some(inspection),
                printed: Printed { text: "Partners should be heard.".into(), ..Printed::default() },
            },
            0..=2 => Command::Map { recommendation, action, note: String::new() },
            3 => Command::Contest { recommendation, action, by: OWNERS[0].into(), words: why() },
            4 => Command::Close { reason: why(), on: self.today().to_string() },
            5 => Command::Reopen { reason: why() },
            _ => Command::Unmap { recommendation, action, reason: why() },
        };
        self.act::<Areas>(tx, &id, &known, command).await?;
        self.beside.areas.extend(is_new.then_some(id));
        Ok(())
    }

    async fn programme(&mut self, tx: &mut Tx) -> Outcome {
        use programme::rules::Command;
        let (id, is_new) = old_or_new!(self, programmes);
        let known = programme::rows::known(tx, &id, self.today()).await.expect("sql");
        let name = self.chance.one(&["Platform", "One Platform", "Diaries", "Modern Contact", "Custody"]);
        let (name, from) = (name.to_owned(), self.today().to_string());
        let command = match self.chance.below(3) {
            _ if is_new => Command::Register { name, from, bodies: "Scottish Government".into() },
            0 => Command::End { on: from, reason: why() },
            _ => Command::Rename { name, from, reason: why() },
        };
        self.act::<Programmes>(tx, &id, &known, command).await?;
        self.beside.programmes.extend(is_new.then_some(id));
        Ok(())
    }

    async fn under_way(&mut self, tx: &mut Tx) -> Outcome {
        use underway::rules::{Command, Details};
        let (id, is_new) = old_or_new!(self, underway);
        let plan = self.chance.below(self.oracle.plans.len());
        let inspection = self.oracle.plans[plan].0.clone();
        let known = underway::rows::known(tx, &id, Some(&inspection), self.today()).await.expect("sql");
        let on = self.today().to_string();
        let details = Details {
            title: format!("Inspection of {}", self.chance.one(&["drugs", "citations", "conduct"])),
            kind: "thematic".into(),
            inspectorate: "HMICS".into(),
            partners: String::new(),
            announced_on: on.clone(),
        };
        let command = match self.chance.below(4) {
            _ if is_new => Command::Announce { details },
            0 => Command::Abandon { reason: why(), on },
            1 => Command::Publish { inspection: Some(inspection) },
            _ => Command::Advance { stage: self.chance.one(&["fieldwork", "drafting"]).into(), on },
        };
        self.act::<InspectionsUnderway>(tx, &id, &known, command).await?;
        self.beside.underway.extend(is_new.then_some(id));
        Ok(())
    }

    async fn post(&mut self, tx: &mut Tx) -> Outcome {
        use post::rules::Command;
        let (id, is_new) = old_or_new!(self, posts);
        let account = Some(self.account.clone());
        let known = post::rows::known(tx, account.as_ref()).await.expect("sql");
        let command = match self.chance.below(3) {
            _ if is_new => Command::Create { title: self.chance.one(&OWNERS).into() },
            0 => Command::Release { account, reason: why() },
            _ => Command::Give { account, alternate: self.chance.below(2) == 0 },
        };
        self.act::<Posts>(tx, &id, &known, command).await?;
        self.beside.posts.extend(is_new.then_some(id));
        Ok(())
    }

    async fn source(&mut self, tx: &mut Tx) -> Outcome {
        use source::rules::{Citation, Command, Details, Known};
        let (id, is_new) = old_or_new!(self, sources);
        let references = source::rows::references(tx, &id).await.expect("sql");
        let register = self.oracle.the_identity_holds(tx, self.today()).await;
        let known = Known::of(&register, references);
        let details = Details {
            title: "Progress Summary".into(),
            meeting_on: self.today().to_string(),
            published_on: String::new(),
            reference: format!("S{}", self.chance.below(9)),
        };
        let about = self.chance.one(&["portfolio", "I0", "I1", "I0-R1", "nothing"]);
        let cited = Citation {
            about: about.into(),
            quantity: self.chance.one(&["open", "delayed", "total", "first_target"]).into(),
            value: self.chance.one(&["", "4", "May 2031"]).into(),
            words: "as printed".into(),
            as_on: self.chance.one(&["", "2101-01-01"]).into(),
        };
        let command = match self.chance.below(6) {
            _ if is_new => Command::Register(details),
            0 => Command::Correct(details, why()),
            1 => Command::Withdraw { no: 1, reason: why() },
            _ => Command::Cite(cited),
        };
        self.act::<Sources>(tx, &id, &known, command).await?;
        self.beside.sources.extend(is_new.then_some(id));
        Ok(())
    }

    /// Accepts something that the check finds now, or takes the last acceptance back.
    async fn finding(&mut self, tx: &mut Tx) -> Outcome {
        use finding::rules::{Command, Known};
        if self.chance.below(4) == 0
            && let Some((subject, check, fingerprint)) = self.beside.accepted.last().cloned()
        {
            let command = Command::Withdraw { check, fingerprint, reason: why() };
            return self.act::<AcceptancesOf>(tx, &subject, &Known { sentence: None }, command).await;
        }
        let checked = load_findings(tx, AsAt::Now, self.now).await.expect("it is checked");
        let open: Vec<_> = checked.open().collect();
        if open.is_empty() {
            return Err(journal::Refusal::of("finding", "Nothing is found that could be accepted."));
        }
        let found = open[self.chance.below(open.len())];
        let (check, fingerprint) = (found.check.to_owned(), found.fingerprint.clone());
        let known = Known { sentence: Some(found.sentence.clone()) };
        let command =
            Command::Accept { check: check.clone(), fingerprint: fingerprint.clone(), reason: why() };
        self.act::<AcceptancesOf>(tx, &found.subject, &known, command).await?;
        self.beside.accepted.push((found.subject.clone(), check, fingerprint));
        Ok(())
    }

    async fn comment(&mut self, tx: &mut Tx) -> Outcome {
        use comment::rules::{Command, Known};
        let mut known = Known {
            recommendation: None,
            who: self.who.who.clone(),
            may_strike_any: false,
            author: Some(self.who.who.clone()),
        };
        if self.chance.below(3) == 0
            && let Some((id, entry)) = self.beside.comments.last().cloned()
        {
            known.recommendation = recall(tx, &id).await.expect("sql");
            return self.act::<CommentsOn>(tx, &id, &known, Command::Strike { entry, reason: why() }).await;
        }
        let id = self.some();
        known.recommendation = recall(tx, &id).await.expect("sql");
        self.act::<CommentsOn>(tx, &id, &known, Command::Say { text: "Who does it?".into() }).await?;
        self.beside.comments.push((id, journal::head(tx).await.expect("sql")));
        Ok(())
    }

    /// What measured evidence says of a recommendation, and that it is overlooked.
    async fn measured(&mut self, tx: &mut Tx) -> Outcome {
        use measured::{
            rows::MeasuredOf,
            rules::{Closing, Command},
        };
        let id = self.some();
        let known = recall(tx, &id).await.expect("sql");
        let told = measured::rows::standing(tx, &id).await.expect("sql");
        let command = match (self.chance.below(4), told.all.first_key_value()) {
            (0, Some((evidence, _))) => Command::TakeBack { evidence: evidence.clone(), reason: why() },
            (1, Some(_)) => Command::Overlook { step: Closing::Discharge, reason: why() },
            (number, _) => Command::Tell {
                evidence: Id::new(self.now),
                sentence: "Appointments kept went up.".into(),
                is_shown: number == 2,
            },
        };
        self.act::<MeasuredOf>(tx, &id, &known, command).await
    }

    async fn view(&mut self, tx: &mut Tx) -> Outcome {
        use view::rules::Command;
        let (id, is_new) = old_or_new!(self, views);
        let account = self.account.clone();
        let known = view::rows::known(tx, &account, &id).await.expect("sql");
        let name = format!("View {}", self.chance.below(5));
        let (query, shared) = ("status=open".to_owned(), self.chance.below(2) == 0);
        let command = match self.chance.below(3) {
            _ if is_new => Command::Save { name, query, shared },
            0 => Command::Delete,
            _ => Command::Change { name, query, shared },
        };
        self.act::<Views>(tx, &id, &known, command).await?;
        self.beside.views.extend(is_new.then_some(id));
        Ok(())
    }

    /// A plan of one recommendation is carried in for the newest inspection; the same one again changes nothing.
    async fn import(&mut self, tx: &mut Tx) -> Outcome {
        let plan = self.oracle.plans.len() - 1;
        let reference = format!("X{}", self.chance.below(6));
        let owner = self.chance.one(&OWNERS);
        let file = File {
            inspection: Some(self.oracle.plans[plan].0.clone()),
            details: Inspection::default(),
            file: "plan.csv".into(),
            digest: format!("{plan}{reference}"),
        };
        let placed = Placed {
            title: None,
            recommendations: vec![drafted(&reference, owner, self.today().year())],
            unsure: Vec::new(),
            cells: Vec::new(),
            cells_read: 0,
        };
        let (who, today) = (self.who.clone(), self.today());
        let when = When { who: &who, now: self.now, today };
        let (_, comparison) = carry_in(tx, &when, &file, &placed).await.expect("the database answers")?;
        if comparison.is_idle() {
            return Err(journal::Refusal::of("file", "The register has all of it."));
        }
        let position = journal::position(tx, AsAt::Now, self.now).await.expect("sql");
        let register = plan::register::rows::load_at(tx, position).await.expect("it loads");
        let inspection = self.oracle.plans[plan].0.clone();
        let mut carried = register.of_inspection(&inspection);
        let item = carried.find(|item| item.recommendation.reference == reference);
        let id = item.expect("it was carried in").id.clone();
        match self.oracle.recommendations.get_mut(&id) {
            Some(mine) => mine.owner = owner,
            None => self.knows(id, plan, owner),
        }
        Ok(())
    }
}

fn drafted(reference: &str, owner: &str, year: i16) -> DraftRecommendation {
    DraftRecommendation {
        reference: reference.into(),
        key: import::normal_reference(reference),
        text: "Do it too.".into(),
        risk_exposure: Some("High".into()),
        risk_statement: None,
        owner: Some(owner.into()),
        impact: None,
        first_target: format!("{}-05", year + 1).parse().ok(),
        current_target: format!("{}-05", year + 2).parse().ok(),
        target_words: None,
        status: None,
        updates: vec!["It began.".into()],
        actions: Vec::new(),
        at: "row 2".into(),
    }
}
