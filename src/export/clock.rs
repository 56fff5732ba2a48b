//! The clocks of the law in an export: what was due when, on what basis, and whether it was met. Must not decide: a
//! clock was stopped, or it was not, by what the log says.

use super::report::Desk;
use super::words::Moment;
use crate::domain::deadline::{Basis, Deadline};
use serde::Serialize;

/// A clock of the law.
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    /// The duty.
    pub title: String,
    /// Its limit in words.
    pub limit: String,
    /// What it rests on.
    pub bases: Vec<String>,
    /// When time was up; none while the moment that it counts from is not known.
    pub due: Option<Moment>,
    /// The statement that stopped it.
    pub stopped_by: String,
    /// When that went out.
    pub stopped: Option<Moment>,
    /// Met, missed, running.
    pub verdict: String,
    /// Missed.
    pub late: bool,
}

impl Clock {
    pub(super) fn of(row: &Deadline, desk: &Desk) -> Self {
        let stop = row.stopped.as_ref();
        let by = stop.and_then(|stop| desk.incident.statements.get(stop.statement.as_ref()?));
        let on = stop.and_then(|stop| stop.on.clone()).unwrap_or_default();
        let (verdict, late) = verdict(row, desk);
        Self {
            title: row.clock.title.clone(),
            limit: row.clock.due.words(),
            bases: row.clock.basis.iter().map(basis).collect(),
            due: row.due_at.map(|at| desk.moment(at)),
            stopped_by: by.map_or(on, |by| format!("{} “{}”", by.number, by.title)),
            stopped: row.stopped.as_ref().map(|stop| desk.moment(stop.at)),
            verdict,
            late,
        }
    }
}

fn verdict(row: &Deadline, desk: &Desk) -> (String, bool) {
    let closed = desk.incident.header.as_ref().and_then(|header| header.closed.as_ref());
    match (&row.stopped, row.due_at) {
        (Some(stop), Some(due)) if stop.at > due => ("QUÁ HẠN".into(), true),
        (Some(_), _) if row.missed_at.is_some() => ("đúng hạn (ghi nhận sau khi hết hạn)".into(), false),
        (Some(_), _) => ("đúng hạn".into(), false),
        (None, _) if row.lifted.is_some() => {
            let why = row.lifted.as_deref().unwrap_or_default();
            let late = row.missed_at.is_some();
            (format!("{}thôi áp dụng: {why}", if late { "QUÁ HẠN; " } else { "" }), late)
        }
        (None, _) if row.asleep.is_some() => {
            (format!("không áp dụng, chờ {}", row.asleep.as_deref().unwrap_or_default()), false)
        }
        (None, None) => (format!("chưa tính: chờ mốc “{}”", row.clock.due.anchor.title()), false),
        (None, Some(due)) if row.missed_at.is_some() || due < desk.now => {
            let lacks = if row.of.is_some() { "chưa thực hiện" } else { "chưa có phát ngôn" };
            (format!("QUÁ HẠN, {lacks}"), true)
        }
        (None, Some(_)) if closed.is_some() => ("còn chạy khi sự cố kết thúc".into(), false),
        (None, Some(_)) => ("còn chạy".into(), false),
    }
}

fn basis(basis: &Basis) -> String {
    let unread = if basis.verified { "" } else { " (chưa đối chiếu văn bản gốc)" };
    format!("{}{unread}", basis.cite)
}

#[cfg(test)]
mod tests {
    use super::super::given::{self, Case};
    use super::super::report::Report;
    use super::*;
    use crate::domain::deadline::{Anchor, Command};
    use crate::domain::ids::RowId;

    fn clocks(case: &Case, now: &str) -> Vec<Clock> {
        let options = super::super::Options { made_at: now.parse().expect("a date"), ..given::options() };
        Report::of(&case.incident, &case.records, &options).expect("open").clocks
    }

    #[test]
    fn a_clock_says_when_it_was_due_and_what_stopped_it() {
        let clocks = clocks(&given::an_exercise(), "2026-03-05T12:00:00+07:00");
        assert_eq!(clocks[0].verdict, "đúng hạn");
        assert_eq!(clocks[0].limit, "24 giờ kể từ khi tiếp nhận, xử lý theo thẩm quyền (theo luật)");
        assert_eq!(clocks[0].bases, ["Điều 7 (chưa đối chiếu văn bản gốc)"]);
        assert!(clocks[0].stopped_by.starts_with("PN-01"), "{}", clocks[0].stopped_by);
        assert_eq!(clocks[0].stopped.as_ref().map(|at| at.sorts.as_str()), Some("2026-03-01 13:30"));
    }

    #[test]
    fn a_clock_that_nothing_stopped_runs_until_it_is_due() {
        let open = Case::opened(given::an_opening());
        assert_eq!(clocks(&open, "2026-03-02T11:59:00+07:00")[0].verdict, "còn chạy");
        assert_eq!(clocks(&open, "2026-03-02T12:01:00+07:00")[0].verdict, "QUÁ HẠN, chưa có phát ngôn");
        let miss = Command::Miss { id: RowId::new("initial").expect("an id") };
        let mut missed = open;
        missed.then("2026-03-02T12:00:00+07:00", "room", crate::domain::Command::Deadline(miss));
        assert!(clocks(&missed, "2026-03-02T12:00:00+07:00")[0].late);
        let mut opening = given::an_opening();
        opening.clocks[0].due.anchor = Anchor::ImpactAssessedAt;
        let waiting = clocks(&Case::opened(opening), "2026-03-02T12:01:00+07:00");
        assert_eq!(waiting[0].verdict, "chưa tính: chờ mốc “xác định có tác động dư luận”");
    }
}
