//! What an incident offers to sign: which documents, how far their words are, who may issue and sign them.

use super::form::{self, Forms};
use super::{RESULT_TEXT, Which, is_draft, kind_title, result_text};
use crate::domain::approval::{Approval, Verdict};
use crate::domain::statement::{State, Statement};
use crate::export::Source;
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

/// A document that an incident offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PaperOffer")]
pub struct Offer {
    /// Its code in addresses.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Not approved yet: the document says that it is a draft.
    pub draft: bool,
    /// Codes of who usually issues it, the first one first.
    pub issuers: Vec<String>,
    /// Minutes are signed by two, whoever issues them.
    pub minutes: bool,
    /// People who approved its words, by name.
    pub approvers: Vec<String>,
}

/// Who may issue a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PaperIssuer")]
pub struct IssuerOffer {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Its layout, and whether that was compared with the signed text.
    pub layout: String,
    /// The layout was compared with the signed text.
    pub verified: bool,
    /// The ways of signing for it.
    pub signs: Vec<String>,
}

/// All that an incident offers to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PaperOffers")]
pub struct Offers {
    /// The documents.
    pub papers: Vec<Offer>,
    /// Who may issue them today.
    pub issuers: Vec<IssuerOffer>,
}

/// What an incident offers to sign on a day.
pub fn offers(source: Source, forms: &Forms, on: Date) -> Offers {
    let incident = source.incident;
    let kind = |code: &str| forms.kind(code);
    let usual = |code: &str| kind(code).map(|kind| kind.issuers.clone()).unwrap_or_default();
    let title = incident.header.as_ref().map_or("", |header| header.title.as_str());
    let text = result_text(incident);
    let made = |which: Which, name: &str, draft: bool, minutes: bool| Offer {
        code: which.code(),
        title: name.into(),
        about: title.into(),
        draft,
        issuers: usual(if minutes { form::MINUTES } else { form::RESULT }),
        minutes,
        approvers: if minutes { vec![] } else { text.map(approvers).unwrap_or_default() },
    };
    let mut papers = vec![
        made(Which::Result, "Báo cáo kết quả xử lý sự cố", text.is_none_or(is_draft), false),
        made(Which::Minutes, "Biên bản làm việc của Tổ công tác", false, true),
    ];
    let mut meetings: Vec<_> = incident.meetings.iter().filter(|row| row.struck.is_none()).collect();
    meetings.sort_by_key(|row| (row.held.held_at, row.id.clone()));
    papers.extend(meetings.into_iter().map(|row| Offer {
        about: row.held.place.clone().unwrap_or_default(),
        issuers: usual(form::MEETING),
        ..made(Which::Meeting(row.id.clone()), &format!("Biên bản: {}", row.held.kind.title()), false, true)
    }));
    let mut statements: Vec<_> = incident
        .statements
        .iter()
        .filter(|row| row.state != State::Dropped && row.kind != RESULT_TEXT)
        .collect();
    statements.sort_by_key(|row| (row.number.len(), row.number.clone()));
    papers.extend(statements.into_iter().map(|row| Offer {
        code: Which::Statement(row.id.clone()).code(),
        title: format!("{}. {}", row.number, row.title),
        about: kind_title(source, row),
        draft: is_draft(row),
        issuers: usual(&row.kind),
        minutes: false,
        approvers: approvers(row),
    }));
    let issuer = |issuer: &form::Issuer| {
        let (_, layout) = forms.issuer(Some(&issuer.code), kind(form::ANY)?, on)?;
        Some(IssuerOffer {
            code: issuer.code.clone(),
            title: issuer.title.clone(),
            layout: layout.title.clone(),
            verified: layout.verified,
            signs: issuer.signs.iter().map(|lines| lines.join(" / ")).collect(),
        })
    };
    Offers { papers, issuers: forms.issuers(on).filter_map(issuer).collect() }
}

/// Who approved the words as they stand; whoever objects signs nothing.
fn approvers(row: &Statement) -> Vec<String> {
    let approves = |given: &Approval| given.verdict == Verdict::Approved && given.holds_for(&row.digest);
    let mut names: Vec<String> = vec![];
    for given in row.approvals.iter().filter(|given| approves(given)) {
        if !names.contains(&given.by.name) {
            names.push(given.by.name.clone());
        }
    }
    names
}
