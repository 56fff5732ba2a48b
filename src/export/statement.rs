//! Statements in an export: state, digest, every verdict and every release; the words of those that are public. Must
//! not show words that were never published.

use super::report::Desk;
use super::words::{Deed, Moment};
use crate::domain::approval::{Answer, Approval, Verdict};
use crate::domain::release::{Comparison, Release};
use crate::domain::statement::{self, State};
use serde::Serialize;

/// A statement.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// How far it is.
    pub state: &'static str,
    /// The digest of the words.
    pub digest: String,
    /// Who began it.
    pub drafted: Deed,
    /// Who wrote in it last.
    pub written: Deed,
    /// Who submitted the words that stand.
    pub submitted: Option<Deed>,
    /// Whose approval is still missing.
    pub waiting: Vec<String>,
    /// Label and value: its place in a series, the registry's number, what else was decided about it.
    pub more: Vec<(&'static str, String)>,
    /// The words, once they are public.
    pub text: Option<String>,
    /// Verdicts, in the order in which they were given.
    pub verdicts: Vec<Given>,
    /// Where it went out.
    pub releases: Vec<Out>,
}

/// A verdict on exact words.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    /// Approved, or objected to with the reason.
    pub verdict: String,
    /// For which functions it counts.
    pub functions: String,
    /// Who gave it.
    pub by: Deed,
    /// The first digits of the words' digest.
    pub digest: String,
    /// Why it no longer counts; empty when it does.
    pub void: String,
}

/// A release on one channel.
#[derive(Clone, Debug, Serialize)]
pub struct Out {
    /// The channel.
    pub channel: String,
    /// When.
    pub at: Moment,
    /// Where it can be read.
    pub link: String,
    /// What was found there, and what became of the old words; empty when nothing was looked for.
    pub found: String,
    /// The spokesperson, and when it was recorded.
    pub by: Deed,
}

impl Statement {
    /// All statements, by number.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.statements.iter().collect();
        rows.sort_by_key(|row| (row.number.len(), row.number.clone()));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    fn of(row: &statement::Statement, desk: &Desk) -> Self {
        let prepared = desk.frame.prepared.iter().find(|prepared| prepared.kind == row.kind);
        let waiting = row.missing().into_iter().map(|square| square.signatory.title.clone()).collect();
        Self {
            number: row.number.clone(),
            title: row.title.clone(),
            kind: prepared.map_or_else(|| row.kind.clone(), |prepared| prepared.title.clone()),
            state: state(row.state),
            digest: row.digest.to_string(),
            drafted: desk.deed(&row.drafted),
            written: desk.deed(&row.written),
            submitted: row.submission.as_ref().map(|submission| desk.deed(&submission.by)),
            waiting,
            more: more(row, desk),
            text: (row.state == State::Published).then(|| row.text.clone()),
            verdicts: row.approvals.iter().map(|given| verdict(given, row, desk)).collect(),
            releases: row.releases.iter().map(|release| out(release, desk)).collect(),
        }
    }
}

fn more(row: &statement::Statement, desk: &Desk) -> Vec<(&'static str, String)> {
    let number = |id| desk.incident.statements.get(id).map_or_else(String::new, |row| row.number.clone());
    let mut more = vec![];
    if let Some(follows) = &row.follows {
        more.push(("Trong chuỗi", format!("{} {}", follows.relation.title(), number(&follows.statement))));
    }
    if let Some(followed) = &row.followed {
        more.push((
            "Bản mới hơn",
            format!("{} ({})", number(&followed.statement), followed.relation.title()),
        ));
    }
    if let Some(document) = &row.document {
        let date = document.date.strftime("%d/%m/%Y");
        more.push(("Số, ký hiệu", format!("{} ngày {date}", document.number)));
    }
    if let Some(form) = &row.form {
        more.push(("Mẫu đã duyệt trước", format!("{}, {}", form.approval.by, form.approval.instrument)));
    }
    let silent = row.squares.iter().filter(|square| square.answer == Answer::Silent);
    let silent: Vec<_> = silent.map(|square| square.signatory.title.as_str()).collect();
    if !silent.is_empty() {
        more.push(("Im lặng, được ghi nhận", silent.join("; ")));
    }
    if let Some(joint) = &row.joint {
        let offices = joint.offices.iter().map(|office| desk.incident.office_name(Some(office)));
        let offices: Vec<_> = offices.collect();
        more.push((
            "Hẹn cùng phát hành",
            format!("{}; {}", desk.moment(joint.until).words, offices.join(", ")),
        ));
    }
    if !row.citations.is_empty() && row.state == State::Published {
        let said: Vec<_> = row.citations.iter().map(|citation| citation.said.as_str()).collect();
        more.push(("Dựa trên dữ kiện", said.join("; ")));
    }
    more
}

fn found(release: &Release) -> String {
    let compared = release.capture.as_ref().map(|capture| match capture.compared {
        Comparison::Matches => "khớp với bản đã duyệt",
        Comparison::Within => "có nguyên văn bản đã duyệt",
        Comparison::Differs => "KHÁC BẢN ĐÃ DUYỆT",
        Comparison::NotCompared => "có bản chụp, chưa so lời",
    });
    let ticked = release.tick.as_ref().map(|tick| match &tick.note {
        Some(note) => format!("đã xử lý bản cũ: {note}"),
        None => "đã xử lý bản cũ".into(),
    });
    compared.map(str::to_owned).into_iter().chain(ticked).collect::<Vec<_>>().join("; ")
}

fn state(state: State) -> &'static str {
    match state {
        State::Draft => "Dự thảo",
        State::InReview => "Đang trình duyệt",
        State::Approved => "Đã duyệt, chưa phát hành",
        State::Published => "Đã phát hành",
        State::Dropped => "Đã xếp lại",
    }
}

fn verdict(given: &Approval, row: &statement::Statement, desk: &Desk) -> Given {
    let asked = row.squares.iter().map(|square| &square.signatory);
    let frozen = desk.frame.approvals.iter().flat_map(|rule| rule.required.iter().chain(&rule.consulted));
    let signatories: Vec<_> = asked.chain(frozen).collect();
    let name = |code: &String| {
        let known = signatories.iter().find(|signatory| signatory.function == *code);
        known.map_or_else(|| code.clone(), |signatory| signatory.title.clone())
    };
    let void = match &given.voided {
        Some(act) => {
            let deed = desk.deed(act);
            format!("hết hiệu lực lúc {}: {} mở lại để sửa", deed.at.words, deed.name)
        }
        None if given.digest != row.digest => "hết hiệu lực: lời đã đổi".into(),
        None => String::new(),
    };
    Given {
        verdict: match &given.verdict {
            Verdict::Approved => "Phê duyệt".into(),
            Verdict::Objected { reason, strong, settled } => {
                let verb = if *strong { "Phản đối mạnh" } else { "Phản đối" };
                let settled = settled.as_ref().map_or_else(String::new, |settlement| {
                    format!(" Tổ trưởng quyết định cho phát hành: {}", settlement.reason)
                });
                format!("{verb}. Lý do: {reason}{settled}")
            }
        },
        functions: given.functions.iter().map(name).collect::<Vec<_>>().join("; "),
        by: desk.deed(&given.by),
        digest: given.digest.short(),
        void,
    }
}

fn out(release: &Release, desk: &Desk) -> Out {
    let channel = desk.frame.channels.iter().find(|channel| channel.code == release.channel);
    Out {
        channel: channel.map_or_else(|| release.channel.clone(), |channel| channel.title.clone()),
        at: desk.moment(release.at),
        link: release.link.clone().unwrap_or_default(),
        found: found(release),
        by: desk.deed(&release.by),
    }
}

#[cfg(test)]
mod tests {
    use super::super::given;
    use super::super::report::Report;

    #[test]
    fn public_words_are_shown_and_drafts_are_not() {
        let case = given::an_exercise();
        let statements =
            Report::of(&case.incident, &case.records, &given::options()).expect("open").statements;
        let [first, second] = &statements[..] else { panic!("two statements") };
        assert_eq!((first.number.as_str(), first.state), ("PN-01", "Đã phát hành"));
        assert!(first.text.as_ref().is_some_and(|text| text.contains("Đập Thử an toàn")));
        assert_eq!((second.state, &second.text), ("Dự thảo", &None));
        let void: Vec<_> = first.verdicts.iter().map(|given| given.void.is_empty()).collect();
        assert_eq!(void, [false, true, true]);
        assert_eq!(first.releases[0].channel, "Cổng thông tin");
        assert_eq!(first.kind, "Thông tin ban đầu");
        assert_eq!(first.releases[0].found, "KHÁC BẢN ĐÃ DUYỆT");
    }
}
