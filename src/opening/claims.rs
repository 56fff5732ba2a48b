//! What an incident freezes for its register of claims: the words of the day's law, the rules of which claims get
//! clocks of their own, and the moments that a playbook counts from.

use super::Day;
use crate::domain::claim::{Book, Rule};
use crate::domain::deadline::{Anchor, Clock};
use crate::law::{Duty, Per};
use crate::library::Library;
use crate::playbook::Playbook;
use jiff::civil::Date;

/// The clocks that a playbook names and that begin with a claim, as the law stands on a day.
pub fn claim_clocks_on(library: &Library, playbook: &Playbook, on: Date) -> Vec<Clock> {
    let day = Day { library, on, commune: None, opener: None };
    day.named(playbook).filter_map(|duty| day.clock(duty)).collect()
}

impl Day<'_> {
    /// The register's words and rules, and the moments that this playbook counts from.
    pub(super) fn book(&self, playbook: &Playbook) -> Book {
        let law = &self.library.law;
        let rule = |duty| Some(Rule { clock: self.clock(duty)?, only: duty.only });
        let rules = law.per_claim(self.on).filter_map(rule).collect();
        let anchors = self.claim_anchors(playbook);
        let Some(words) = law.claims(self.on) else { return Book { rules, anchors, ..Book::default() } };
        let mut basis = self.basis(&words.basis);
        basis.iter_mut().for_each(|basis| basis.verified &= words.verified);
        Book {
            working: words.working.clone(),
            done: words.done.clone(),
            label: words.label.clone(),
            reported_to: words.reported_to.clone(),
            kinds: words.kinds.clone(),
            classes: words.classes.clone(),
            basis,
            rules,
            anchors,
        }
    }

    /// The moments from which the clocks of claims count that this playbook names: its tasks count from them too.
    pub(super) fn claim_anchors(&self, playbook: &Playbook) -> Vec<Anchor> {
        let mut anchors: Vec<_> = self.named(playbook).map(|duty| duty.anchor).collect();
        anchors.sort_unstable();
        anchors.dedup();
        anchors
    }

    /// The duties of claims that a playbook names.
    fn named<'a>(&'a self, playbook: &'a Playbook) -> impl Iterator<Item = &'a Duty> {
        let duties = playbook.clocks.iter().filter_map(|code| self.library.law.duty(code, self.on));
        duties.filter(|duty| duty.per == Some(Per::Claim))
    }
}
