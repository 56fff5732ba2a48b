//! The annual report over all rooms: the index knows what every incident adds, the directory what the office does.

use super::{Rooms, problem};
use crate::annual::{Form, Material, Met, Office, Question, Report, years};
use crate::clock;
use crate::directory::press;
use crate::domain::Role;
use crate::domain::ids::{IncidentId, PersonId};
use crate::wire::Problem;
use jiff::Timestamp;
use std::collections::BTreeSet;

impl Rooms {
    /// Whether the person may read the annual report: the leads, those who keep accounts and those who follow, who
    /// speaks, and the duty of the task force's own seats. It names incidents to people who have no part in them, but
    /// nothing that was said there.
    pub fn reads_annual(&self, person: &PersonId) -> bool {
        let Some(actor) = self.actor(person, None) else { return false };
        let readers = [Role::Head, Role::Secretary, Role::Admin, Role::Observer, Role::Spokesperson];
        let seats = self.library.organisation.seats(self.today());
        let seated = actor
            .office
            .as_ref()
            .is_some_and(|office| seats.iter().any(|seat| seat.office.id == office.as_str()));
        readers.iter().any(|role| actor.is(*role)) || (actor.is(Role::Duty) && seated)
    }

    /// Whether the person keeps the office's press log.
    pub fn keeps_press(&self, person: &PersonId) -> bool {
        self.actor(person, None).is_some_and(|actor| press::KEEPERS.iter().any(|role| actor.is(*role)))
    }

    /// The report of a year, or of the one that is owed next, and the years for which there is a form.
    ///
    /// # Errors
    /// In words, when there is no form for the year or the index cannot be read.
    pub fn annual(&self, person: &PersonId, year: Option<i16>) -> Result<(Report, Vec<i16>), Problem> {
        let now = clock::now();
        let (owed, years) = years(&self.library.annual, &self.library.law, now);
        let known = year.or(owed).and_then(|year| Some((year, self.library.annual.form(year)?)));
        let no_form = || {
            let words = match years.last() {
                Some(first) => format!("Chưa có biểu mẫu báo cáo cho năm này. Biểu mẫu dùng từ năm {first}."),
                None => "Dữ liệu chưa có biểu mẫu báo cáo năm. Hãy báo quản trị viên.".to_owned(),
            };
            problem("no_form", &words)
        };
        let (year, form) = known.ok_or_else(no_form)?;
        let report = self.report(person, year, form, now).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "the annual report could not be made");
            problem("unreadable", "Chưa đọc được sổ sự cố. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên.")
        })?;
        Ok((report.ok_or_else(no_form)?, years))
    }

    fn report(
        &self,
        person: &PersonId,
        year: i16,
        form: &Form,
        now: Timestamp,
    ) -> anyhow::Result<Option<Report>> {
        let incidents = self.index.contributions()?;
        let entered: BTreeSet<IncidentId> =
            self.own(person).into_iter().map(|(known, _)| known.summary.id.clone()).collect();
        let directory = self.directory.now();
        let log = &directory.state.press;
        let office = Office {
            enquiries: log.enquiries.iter().filter_map(|row| Question::of(row, |_| String::new())).collect(),
            meetings: log.meetings.iter().filter_map(|row| Met::of(row)).collect(),
        };
        let (law, enters) = (&self.library.law, |id: &IncidentId| entered.contains(id));
        let material = Material { form, law, incidents: &incidents, office: &office, now, enters: &enters };
        Ok(Report::of(year, &material))
    }
}
