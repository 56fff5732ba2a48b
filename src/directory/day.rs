//! The directory as it was on one day: offices and what they were for, people and their positions, and the list of
//! spokespersons with those that are missing from it.

use super::{Directory, Held, Person, Speaker};
use crate::domain::MandateKind;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::{Anchor, Anchors};
use crate::domain::ids::{OfficeId, PersonId};
use crate::law::Law;
use crate::organisation::{
    AUTHORITY_FUNCTION, Assignment, CHOSEN_FUNCTION, COMMUNE_FUNCTION, Commune, Office, Organisation,
};
use crate::wire::{
    Agency, ChannelRow, CommuneRow, DirectoryDay, Elsewhere, FunctionRow, HolderRow, OfficeRow, PersonRow,
    Spokesperson, SpokespersonList, SpokespersonRow,
};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;

/// The law's clock for making a spokesperson public, by its code in the data.
const PUBLISH_DUTY: &str = "spokesperson_publish";

/// A day by the office's clock: its first moment, and that of the next day.
pub fn bounds(calendar: &WorkingCalendar, on: Date) -> Option<(Timestamp, Timestamp)> {
    let first = |day: Date| calendar.instant(day.to_datetime(jiff::civil::Time::midnight()));
    Some((first(on)?, first(on.tomorrow().ok()?)?))
}

/// The data in force, with which the directory is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// People and the list.
    pub directory: &'a Directory,
    /// Offices.
    pub organisation: &'a Organisation,
    /// Law, and the office's clock.
    pub law: &'a Law,
}

impl Reading<'_> {
    /// Offices, functions, people, places and channels of a day; none for a day that no calendar has.
    pub fn day(&self, on: Date) -> Option<DirectoryDay> {
        let organisation = self.organisation;
        let functions = organisation.functions.iter().map(|function| self.function(&function.code, on));
        let channels = organisation.channels.iter().map(|channel| ChannelRow {
            code: channel.code.clone(),
            title: channel.title.clone(),
            hint: channel.hint.clone(),
            basis: channel.basis.as_ref().map(|basis| self.law.cite(basis)),
            exercise: channel.exercise,
        });
        Some(DirectoryDay {
            on,
            changed_on: organisation.changed_on(),
            functions: functions.collect(),
            offices: organisation.offices_on(on).into_iter().map(|office| self.office(office, on)).collect(),
            people: self.people(on)?,
            communes: organisation.communes_on(on).into_iter().map(commune).collect(),
            channels: channels.collect(),
        })
    }

    fn function(&self, code: &str, on: Date) -> FunctionRow {
        let organisation = self.organisation;
        let now: HashSet<_> = organisation.holders(code, on).into_iter().map(|office| &office.id).collect();
        let held = organisation.assignments.iter().filter(|held| held.function == code);
        let holder = |held: &Assignment| {
            let office = organisation.office(&held.office)?;
            Some(HolderRow {
                office: office.id.clone(),
                name: office.name.clone(),
                from: held.from,
                to: held.to,
                uncertain: office.uncertain,
                note: office.note.clone(),
                now: now.contains(&office.id),
            })
        };
        let mut holders: Vec<_> = held.filter_map(holder).collect();
        holders.sort_by_key(|holder| holder.from);
        let elsewhere = match code {
            COMMUNE_FUNCTION => Some(Elsewhere::ByPlace),
            CHOSEN_FUNCTION => Some(Elsewhere::ByChoice),
            _ => None,
        };
        let name = organisation.function(code).map(|function| function.name.clone()).unwrap_or_default();
        FunctionRow { code: code.to_owned(), name, elsewhere, holders }
    }

    fn office(&self, office: &Office, on: Date) -> OfficeRow {
        let organisation = self.organisation;
        let name_of = |code: &str| organisation.function(code).map(|function| function.name.clone());
        let before = office.predecessors.iter().filter_map(|id| organisation.office(id));
        let after = organisation.successors_of(&office.id);
        OfficeRow {
            id: office.id.clone(),
            name: office.name.clone(),
            functions: organisation.functions_of(&office.id, on).into_iter().filter_map(name_of).collect(),
            from: office.valid_from,
            to: office.valid_to,
            before: before.map(|office| office.name.clone()).collect(),
            after: after.into_iter().map(|office| office.name.clone()).collect(),
            basis: office.basis.clone(),
            uncertain: office.uncertain,
            note: office.note.clone(),
            speaks: office.speaks,
        }
    }

    fn people(&self, on: Date) -> Option<Vec<PersonRow>> {
        let (begin, end) = bounds(&self.law.calendar, on)?;
        let row = |person: &Person| {
            let held = person.posts.iter().filter(|post| post.held(begin, end));
            let rows = held.map(|post| {
                let code = post.position.function.as_deref();
                let function = code.and_then(|code| self.organisation.function(code));
                let office = code.and_then(|code| self.organisation.holder(code, on));
                PersonRow {
                    person: person.id.clone(),
                    name: person.profile.name.clone(),
                    position: post.position.clone(),
                    function: function.map(|function| function.name.clone()).unwrap_or_default(),
                    office: office.map(|office| office.name.clone()).unwrap_or_default(),
                    since_account: post.number == 1 && post.position.from == Some(post.recorded.at),
                }
            });
            rows.collect::<Vec<_>>()
        };
        Some(self.directory.people.iter().flat_map(|person| row(person)).collect())
    }

    /// The list of spokespersons of a day, in the order of the agencies; none for a day that no calendar has.
    pub fn spokespersons(&self, on: Date) -> Option<SpokespersonList> {
        let (begin, end) = bounds(&self.law.calendar, on)?;
        let agencies = self.organisation.agencies_on(on);
        let speaks = |row: &&Arc<Speaker>| self.directory.speaks(row, begin, end);
        let listed: Vec<_> = self.directory.speakers.iter().filter(speaks).collect();
        let authority = self.organisation.holder(AUTHORITY_FUNCTION, on);
        let (mut rows, mut all, mut gaps, mut regular) = (vec![], vec![], vec![], 0_u32);
        for office in &agencies {
            let Some(id) = OfficeId::new(&office.id) else { continue };
            let of_it = listed.iter().filter(|row| row.entry.office == id);
            let mut found: Vec<_> = of_it.map(|row| self.row(row, &office.name)).collect();
            if authority.is_some_and(|authority| authority.id == office.id) {
                found.extend(self.unlisted(&listed, &id, &office.name, begin, end));
            }
            found.sort_by_key(|row| row.entry.kind);
            regular += u32::from(found.iter().any(|row| row.entry.kind == MandateKind::Regular));
            let agency = Agency { id, name: office.name.clone(), commune: office.commune };
            if found.is_empty() {
                gaps.push(agency.clone());
            }
            all.push(agency);
            rows.extend(found);
        }
        let duty = self.law.duty(PUBLISH_DUTY, on);
        let basis = duty.map(|duty| duty.basis.iter().map(|code| self.law.cite(code)).collect::<Vec<_>>());
        let count = |list: &[Agency]| u32::try_from(list.len()).unwrap_or(u32::MAX);
        Some(SpokespersonList {
            on,
            authority: self.organisation.authority.clone().unwrap_or_default(),
            basis: basis.map(|cites| cites.join("; ")),
            verified: duty.is_some_and(|duty| duty.verified),
            agencies: count(&all),
            covered: count(&all) - count(&gaps),
            regular,
            rows,
            gaps,
            all,
        })
    }

    fn row(&self, row: &Speaker, agency: &str) -> SpokespersonRow {
        SpokespersonRow {
            id: Some(row.id.clone()),
            agency: agency.to_owned(),
            due_at: self.due_at(&row.entry),
            entry: row.entry.clone(),
            published: row.published.clone(),
            stale: row.is_stale(),
        }
    }

    /// When the regular spokesperson must be public, by the law of the day of the decision.
    pub fn due_at(&self, entry: &Spokesperson) -> Option<Timestamp> {
        let decided = entry.designated_at.filter(|_| entry.kind == MandateKind::Regular)?;
        let duty = self.law.duty(PUBLISH_DUTY, self.law.calendar.local(decided).date())?;
        duty.due().at(&Anchors::from([(Anchor::DesignatedAt, decided)]), &self.law.calendar)
    }

    /// Those who speak for the authority here and of whom the list does not say yet how they are reached.
    fn unlisted(
        &self,
        listed: &[&Arc<Speaker>],
        authority: &OfficeId,
        agency: &str,
        begin: Timestamp,
        end: Timestamp,
    ) -> Vec<SpokespersonRow> {
        let known = |person: &PersonId, number: u32| {
            let same = Some((person.clone(), number));
            listed.iter().any(|row| row.entry.designation == same)
        };
        let of = |person: &Person, held: &Held| SpokespersonRow {
            id: None,
            agency: agency.to_owned(),
            entry: Spokesperson {
                office: authority.clone(),
                kind: held.designation.kind,
                name: person.profile.name.clone(),
                title: person.profile.title.clone(),
                phone: String::new(),
                email: String::new(),
                instrument: held.designation.instrument.clone(),
                designated_at: None,
                from: held.designation.from,
                until: held.designation.until,
                designation: Some((person.id.clone(), held.number)),
            },
            due_at: None,
            published: None,
            stale: false,
        };
        let mut rows = vec![];
        for person in self.directory.people.iter() {
            let lasting = |held: &&Held| {
                held.designation.kind != MandateKind::Delegated
                    && held.designation.incident.is_none()
                    && held.held(begin, end)
                    && !known(&person.id, held.number)
            };
            rows.extend(person.designations.iter().filter(lasting).map(|held| of(person, held)));
        }
        rows
    }
}

fn commune(commune: &Commune) -> CommuneRow {
    let Commune { code, name, district, valid_from: from, valid_to: to, basis, .. } = commune.clone();
    CommuneRow { code, name, district, from, to, basis }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadline::Counted;
    use crate::law::Duty;
    use crate::library::Library;
    use jiff::civil::date;

    /// The law as shipped, with a clock of our own in place of whatever it says about publishing the list.
    fn law() -> Law {
        let mut law = Library::embedded().law;
        let any = law.duties.first().cloned().expect("some duty");
        law.duties.retain(|duty| duty.code != PUBLISH_DUTY);
        law.duties.push(Duty {
            code: PUBLISH_DUTY.into(),
            anchor: Anchor::DesignatedAt,
            amount: 24 * 60,
            counted: Counted::Elapsed,
            valid_from: Some(date(2026, 7, 1)),
            valid_to: None,
            before: false,
            ..any
        });
        law
    }
    fn entry(kind: MandateKind, decided: Option<&str>) -> Spokesperson {
        let decided = decided.map(|at| at.parse().expect("a moment"));
        Spokesperson {
            office: OfficeId::new("so-y-te-2025-07").expect("an id"),
            kind,
            name: "Người Thử".into(),
            title: "Giám đốc".into(),
            phone: String::new(),
            email: String::new(),
            instrument: String::new(),
            designated_at: decided,
            from: decided.unwrap_or(Timestamp::UNIX_EPOCH),
            until: None,
            designation: None,
        }
    }

    #[test]
    fn the_limit_for_making_public_counts_from_the_decision_by_the_law_of_its_day() {
        let (law, library, directory) = (law(), Library::embedded(), Directory::default());
        let reading = Reading { directory: &directory, organisation: &library.organisation, law: &law };
        let due = |kind, decided| reading.due_at(&entry(kind, decided)).map(|at| at.to_string());
        let regular = MandateKind::Regular;
        assert_eq!(due(regular, Some("2026-11-10T03:00:00Z")).as_deref(), Some("2026-11-11T03:00:00Z"));
        // Half past midnight in the office is the evening before at Greenwich: the new law's first day.
        assert!(due(regular, Some("2026-06-30T17:30:00Z")).is_some());
        assert_eq!(due(regular, Some("2026-06-30T16:30:00Z")), None, "the law of that day set no such limit");
        assert_eq!(due(regular, None), None);
        assert_eq!(due(MandateKind::Head, Some("2026-11-10T03:00:00Z")), None);
        let silent = Law::none();
        let reading = Reading { law: &silent, ..reading };
        assert_eq!(reading.due_at(&entry(regular, Some("2026-11-10T03:00:00Z"))), None, "no duty, no limit");
    }

    #[test]
    fn a_day_begins_and_ends_by_the_offices_clock() {
        let calendar = Library::embedded().law.calendar;
        let (begin, end) = bounds(&calendar, date(2025, 7, 1)).expect("a day");
        assert_eq!(
            (begin.to_string(), end.to_string()),
            ("2025-06-30T17:00:00Z".into(), "2025-07-01T17:00:00Z".into())
        );
    }

    #[test]
    fn agencies_of_the_day_are_counted_and_the_old_ones_are_not_todays() {
        let (library, directory) = (Library::embedded(), Directory::default());
        let reading =
            Reading { directory: &directory, organisation: &library.organisation, law: &library.law };
        let ids = |on| -> Vec<String> {
            let list = reading.spokespersons(on).expect("a day");
            assert_eq!((list.gaps.len(), list.covered), (list.all.len(), 0));
            list.gaps.iter().map(|gap| gap.id.to_string()).collect()
        };
        let (then, now) = (ids(date(2025, 6, 30)), ids(date(2025, 7, 1)));
        assert!(then.contains(&"so-y-te".to_owned()) && !now.contains(&"so-y-te".to_owned()));
        assert!(then.iter().all(|id| !now.contains(id)), "every agency of the new province is a new one");
    }
}
