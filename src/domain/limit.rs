//! A limit in words: how long, counted how, from when, and whose it is. One wording for every screen, document and
//! comparison.

use super::deadline::{Counted, Due, Source};

/// Hours that are spoken of as hours; longer ones are spoken of as days where they come out even.
const HOURS_SPOKEN_MAX: u32 = 72;

impl Due {
    /// It in words: `24 giờ kể từ khi phát hiện (theo luật)`, `ngay sau khi gắn nhãn (theo luật)`.
    pub fn words(&self) -> String {
        let amount = match self.counted {
            Counted::Elapsed => hours(self.amount),
            Counted::WorkingHours => format!("{} làm việc", hours(self.amount)),
            Counted::WorkingDays => format!("{} ngày làm việc", self.amount),
            Counted::CalendarDays => format!("{} ngày", self.amount),
        };
        let whose = match self.source {
            Source::Law => "theo luật",
            Source::Policy => "mục tiêu nội bộ",
        };
        let from = self.anchor.title();
        match (self.amount, self.before) {
            (0, _) => format!("ngay sau khi {from} ({whose})"),
            (_, true) => format!("{amount} trước khi {from} ({whose})"),
            (_, false) => format!("{amount} kể từ khi {from} ({whose})"),
        }
    }
}

/// Hours and minutes, as limits are spoken of: `24 giờ`, `30 phút`; days only beyond three.
pub(super) fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) if hours > HOURS_SPOKEN_MAX && hours % 24 == 0 => format!("{} ngày", hours / 24),
        (0, rest) => format!("{rest} phút"),
        (hours, 0) => format!("{hours} giờ"),
        (hours, rest) => format!("{hours} giờ {rest} phút"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::anchor::Anchor;

    #[test]
    fn a_limit_says_how_long_from_when_and_whose_it_is() {
        use {Anchor::*, Counted::*, Source::*};
        for (anchor, amount, counted, source, before, words) in [
            (DetectedAt, 15, Elapsed, Policy, false, "15 phút kể từ khi phát hiện (mục tiêu nội bộ)"),
            (DetectedAt, 90, Elapsed, Policy, false, "1 giờ 30 phút kể từ khi phát hiện (mục tiêu nội bộ)"),
            (ConferenceAt, 1440, Elapsed, Law, true, "24 giờ trước khi họp báo (theo luật)"),
            (
                BreachDetectedAt,
                4320,
                Elapsed,
                Law,
                false,
                "72 giờ kể từ khi phát hiện vi phạm dữ liệu (theo luật)",
            ),
            (ClosedAt, 14_400, Elapsed, Policy, false, "10 ngày kể từ khi kết thúc sự cố (mục tiêu nội bộ)"),
            (LabelledAt, 720, WorkingHours, Law, false, "12 giờ làm việc kể từ khi gắn nhãn (theo luật)"),
            (
                VerdictAt,
                5,
                WorkingDays,
                Law,
                false,
                "5 ngày làm việc kể từ khi kết luận kiểm chứng (theo luật)",
            ),
            (
                RequestSentAt,
                2,
                CalendarDays,
                Law,
                false,
                "2 ngày kể từ khi gửi yêu cầu gỡ, cải chính (theo luật)",
            ),
            (LabelledAt, 0, Elapsed, Law, false, "ngay sau khi gắn nhãn (theo luật)"),
        ] {
            assert_eq!(Due { anchor, amount, counted, source, before }.words(), words);
        }
    }
}
