//! What events change in statements. Total: it never decides and never fails.

use super::{Citation, Event, Follows, Form, State, Statement, Version, Words};
use crate::domain::approval::{self, Approval, Settlement, Submission, Verdict};
use crate::domain::fact::{self, Fact};
use crate::domain::first_message::missing_parts;
use crate::domain::ids::{Digest, Rev, RowId};
use crate::domain::release::{Agreement, Capture, Document, Ground, Joint, Plan, Release, Tick};
use crate::domain::table::Table;
use crate::domain::words::Splice;
use crate::domain::{Act, Incident};
use std::collections::BTreeMap;

impl Statement {
    /// From now on it reads so.
    fn reads(&mut self, text: String, by: Act) {
        self.digest = Digest::of(text.as_bytes());
        self.text = text;
        if !self.authors.contains(&by.person) {
            self.authors.push(by.person.clone());
        }
        self.written = by;
    }

    /// Brings what follows from the rest up to date.
    fn settle(&mut self) {
        let submission = self.submission.as_ref();
        self.squares =
            submission.map_or_else(Vec::new, |submission| approval::squares(submission, &self.approvals));
        self.state = self.settled();
    }

    /// Takes a verdict on the words as they stand.
    fn judged(&mut self, functions: Vec<String>, by: Act, digest: Digest, verdict: Verdict) {
        if !self.versions.iter().any(|version| version.digest == digest) {
            self.versions.push(Version { digest, text: self.text.clone() });
        }
        let own = self.squares.iter().filter(|square| functions.contains(&square.signatory.function));
        let asked_at = own.filter_map(|square| square.asked_at).min();
        self.approvals.push(Approval { functions, by, asked_at, digest, verdict, voided: None });
    }

    /// How far the facts that it cites are verified.
    fn ground(&self, facts: &Table<Fact>) -> Ground {
        let verified = |citation: &&Citation| {
            let fact = facts.get(&citation.fact);
            fact.is_some_and(|it| it.state == fact::State::Verified && it.sentence() == citation.said)
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let verified = self.citations.iter().filter(verified).count();
        Ground { cited: count(self.citations.len()), verified: count(verified) }
    }
}

impl Form {
    /// The words, with what stands in the blanks.
    fn words(&self) -> String {
        let blank = |name: &String| format!("{{{{{name}}}}}");
        let fill = |text: String, (name, value): (&String, &String)| text.replace(&blank(name), value);
        self.values.iter().fold(self.template.clone(), fill)
    }
}

/// Folds one event in.
pub(in crate::domain) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    let rows = &mut incident.statements;
    let id = event.id().clone();
    match event.clone() {
        Event::Drafted { .. } => drafted(incident, rev, event, act),
        Event::Typed { update, splice, .. } => rows.edit(rev, &id, |row| typed(row, &update, &splice, by)),
        Event::Written { text, .. } => rows.edit(rev, &id, |row| {
            row.words = row.words.replaced(&text);
            row.reads(text, by);
        }),
        Event::Filled { blank, value, .. } => rows.edit(rev, &id, |row| {
            let Some(form) = &mut row.form else { return };
            if value.is_empty() {
                form.values.remove(&blank)
            } else {
                form.values.insert(blank, value)
            };
            let text = form.words();
            row.words = row.words.replaced(&text);
            row.reads(text, by);
        }),
        Event::Cited { fact, said, .. } => rows.edit(rev, &id, |row| {
            row.citations.retain(|citation| citation.fact != fact);
            row.citations.push(Citation { fact, said, changed: false });
        }),
        Event::Uncited { fact, .. } => {
            rows.edit(rev, &id, |row| row.citations.retain(|citation| citation.fact != fact));
        }
        Event::Dropped { .. } => rows.edit(rev, &id, |row| row.dropped = Some(by)),
        Event::Submitted { digest, required, consulted, .. } => rows.edit(rev, &id, |row| {
            row.submission = Some(Submission { digest, by, required, consulted, lapses: vec![] });
        }),
        Event::Reopened { .. } => rows.edit(rev, &id, |row| {
            row.submission = None;
            for given in row.approvals.iter_mut().filter(|given| given.voided.is_none()) {
                given.voided = Some(by.clone());
            }
        }),
        Event::Approved { digest, functions, .. } => rows.edit(rev, &id, |row| {
            row.judged(functions, by, digest, Verdict::Approved);
        }),
        Event::Objected { digest, functions, reason, strong, .. } => rows.edit(rev, &id, |row| {
            let verdict = Verdict::Objected { reason, strong, settled: None };
            row.judged(functions, by, digest, verdict);
        }),
        Event::Settled { digest, reason, .. } => rows.edit(rev, &id, |row| {
            for given in row.approvals.iter_mut().filter(|given| given.holds_for(&digest)) {
                if let Verdict::Objected { strong: true, settled: settled @ None, .. } = &mut given.verdict {
                    *settled = Some(Settlement { by: by.clone(), reason: reason.clone() });
                }
            }
        }),
        Event::Lapsed { function, .. } => rows.edit(rev, &id, |row| {
            if let Some(submission) = &mut row.submission {
                submission.lapses.push((function, by.at));
            }
        }),
        Event::Held { until, offices, .. } => rows.edit(rev, &id, |row| {
            row.joint = Some(Joint { until, offices, agreed: vec![], by, ready: None });
        }),
        Event::Agreed { office, digest, .. } => rows.edit(rev, &id, |row| {
            if let Some(joint) = &mut row.joint {
                joint.agreed.retain(|given| given.office != office);
                joint.agreed.push(Agreement { office, digest, by });
            }
        }),
        Event::Released { .. } => rows.edit(rev, &id, |row| row.joint = None),
        Event::Reached { ready, .. } => rows.edit(rev, &id, |row| {
            if let Some(joint) = &mut row.joint {
                joint.ready = Some(ready);
            }
        }),
        Event::Planned { channel, at, .. } => rows.edit(rev, &id, |row| {
            row.plans.retain(|plan| plan.channel != channel);
            row.plans.push(Plan { channel, at, by });
        }),
        Event::Published { digest, channel, at, link, .. } => {
            let facts = &incident.facts;
            rows.edit(rev, &id, |row| {
                let (capture, tick, rests_on) = (None, None, row.ground(facts));
                row.releases.push(Release { channel, at, link, digest, by, rests_on, capture, tick });
            });
            follow(incident, rev, &id);
        }
        Event::Captured { channel, text, file, compared, .. } => rows.edit(rev, &id, |row| {
            let released = row.releases.iter_mut().find(|release| release.channel == channel);
            if let Some(release) = released {
                release.capture = Some(Capture { text, file, compared, by });
            }
        }),
        Event::Numbered { number, date, .. } => {
            rows.edit(rev, &id, |row| row.document = Some(Document { number, date, by }));
        }
        Event::Ticked { channel, note, .. } => rows.edit(rev, &id, |row| {
            let released = row.releases.iter_mut().find(|release| release.channel == channel);
            if let Some(release) = released {
                release.tick = Some(Tick { by, note });
            }
        }),
    }
    let frame = incident.frame.clone();
    incident.statements.edit(rev, &id, |row| {
        let first = frame.as_ref().map(|frame| &frame.first_message);
        row.lacks = first.map_or_else(Vec::new, |first| {
            missing_parts(first, &row.kind, &row.text).into_iter().map(|part| part.title.clone()).collect()
        });
        row.settle();
    });
}

/// The change that was decided on this very state. Were the log damaged, the words still follow the splice.
fn typed(row: &mut Statement, update: &super::super::words::Update, splice: &Splice, by: Act) {
    let text = splice.onto(&row.text);
    let typed = row.words.typed(update).map(|(words, _)| words);
    row.words = typed.unwrap_or_else(|_| row.words.replaced(&text));
    row.reads(text, by);
}

fn drafted(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Drafted { id, number, kind, title, public, text, follows, preapproved } = event.clone() else {
        return;
    };
    let before = follows.as_ref().and_then(|follows| incident.statements.get(&follows.statement));
    let series = before.map_or_else(|| id.clone(), |before| before.series.clone());
    let form = |approval| Form { approval, template: text.clone(), values: BTreeMap::new() };
    let row = Statement {
        rev,
        number,
        kind,
        title,
        public,
        state: State::Draft,
        digest: Digest::of(text.as_bytes()),
        drafted: act.clone(),
        written: act.clone(),
        authors: vec![act.person.clone()],
        series,
        follows,
        followed: None,
        form: preapproved.map(form),
        citations: vec![],
        lacks: vec![],
        submission: None,
        squares: vec![],
        approvals: vec![],
        versions: vec![],
        joint: None,
        plans: vec![],
        releases: vec![],
        document: None,
        dropped: None,
        words: Words::begin(&text),
        text,
        id,
    };
    incident.statements.put(rev, row);
}

/// The newer words are out: the older statement points at them.
fn follow(incident: &mut Incident, rev: Rev, id: &RowId) {
    let follows = incident.statements.get(id).and_then(|row| row.follows.clone());
    if let Some(Follows { statement, relation }) = follows {
        let followed = Some(Follows { statement: id.clone(), relation });
        incident.statements.edit(rev, &statement, |row| row.followed = followed);
    }
}

/// A fact is another one now: statements that rest on it say so.
pub(in crate::domain) fn facts_changed(incident: &mut Incident, rev: Rev, fact: &RowId) {
    let cites =
        |row: &&std::sync::Arc<Statement>| row.citations.iter().any(|citation| citation.fact == *fact);
    let shaken: Vec<_> = incident.statements.iter().filter(cites).map(|row| row.id.clone()).collect();
    for id in shaken {
        incident.statements.edit(rev, &id, |row| {
            row.citations.iter_mut().filter(|it| it.fact == *fact).for_each(|it| it.changed = true);
        });
    }
}

/// The level is another one now: submitted words answer to the matrix of that level. Verdicts on them stand.
pub(in crate::domain) fn level_changed(incident: &mut Incident, rev: Rev) {
    let (Some(header), Some(frame)) = (incident.header.clone(), incident.frame.clone()) else { return };
    let submitted: Vec<_> = incident.statements.iter().filter(|row| row.is_in_review()).cloned().collect();
    for row in submitted {
        let Some(rule) = approval::rule(&frame.approvals, &row.kind, header.level) else { continue };
        incident.statements.edit(rev, &row.id, |row| {
            if let Some(submission) = &mut row.submission {
                (submission.required, submission.consulted) = (rule.required.clone(), rule.consulted.clone());
            }
            row.settle();
        });
    }
}
