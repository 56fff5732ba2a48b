//! Decisions: what was decided, why, and when. They are taken once and never changed; a new one replaces the old.

use super::ids::{Rev, RowId};
use super::refusal::{Desks, Refusal};
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident, Origin, incident, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Options that one decision may list as rejected: more than a meeting at night weighs.
pub const REJECTED_MAX: usize = 10;

/// Who decided, free of accounts: the chairman on the telephone decides, the officer on duty records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Decider {
    /// Name.
    pub name: String,
    /// In which capacity: office held, or by whose order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub capacity: Option<String>,
}

/// An option that was weighed and not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "RejectedOption")]
pub struct Rejected {
    /// What would have been done.
    pub option: String,
    /// Why it is not.
    pub reason: String,
}

/// A decision.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Decision {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What was decided.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// When it was taken.
    pub occurred_at: Timestamp,
    /// Who decided, when it is not who recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decider: Option<Decider>,
    /// What was weighed and not taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Rejected>>", optional)]
    pub rejected: Vec<Rejected>,
    /// Who recorded it.
    pub by: Act,
    /// Of the demonstration: on public record, or made for it.
    pub origin: Option<Origin>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
}

row!(Decision, RowId);

/// What people ask of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "DecisionCommand")]
pub enum Command {
    /// Put a decision on record.
    Take {
        /// Its id.
        id: RowId,
        /// What was decided.
        text: String,
        /// Why.
        reason: Option<String>,
        /// When; now when empty.
        occurred_at: Option<Timestamp>,
        /// Who decided; who records it when empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        decider: Option<Decider>,
        /// What was weighed and not taken, each with the reason.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Rejected>>", optional)]
        rejected: Vec<Rejected>,
        /// Of the demonstration: on public record, or made for it.
        #[serde(default)]
        #[ts(optional)]
        origin: Option<Origin>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
}

/// What happened to decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Taken.
    Taken {
        /// Its id.
        id: RowId,
        /// What was decided.
        text: String,
        /// Why.
        reason: Option<String>,
        /// When.
        occurred_at: Timestamp,
        /// Who decided, when it is not who recorded it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decider: Option<Decider>,
        /// What was weighed and not taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rejected: Vec<Rejected>,
        /// Of the demonstration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
}

impl Decider {
    /// The decider in words: `Nguyễn Văn A, Chủ tịch UBND tỉnh`.
    pub fn words(&self) -> String {
        self.capacity
            .as_ref()
            .map_or_else(|| self.name.clone(), |capacity| format!("{}, {capacity}", self.name))
    }

    fn checked(self) -> Result<Self, Refusal> {
        let capacity = self.capacity.filter(|text| !text.trim().is_empty());
        let capacity = capacity.map(|text| text::title(&text)).transpose()?;
        Ok(Self { name: text::title(&self.name)?, capacity })
    }
}

impl Rejected {
    /// The option in words: `rút cả bài (vì đã lan)`.
    pub fn words(&self) -> String {
        format!("{} (vì {})", self.option.trim_end_matches('.'), self.reason.trim_end_matches('.'))
    }

    fn checked(self) -> Result<Self, Refusal> {
        Ok(Self { option: text::note(&self.option)?, reason: text::note(&self.reason)? })
    }
}

impl Event {
    /// The sentence of the timeline.
    pub(super) fn sentence(&self) -> String {
        let Self::Taken { text, reason, decider, rejected, .. } = self;
        let part = |label: &str, said: String| format!(". {label}: {}", said.trim_end_matches('.'));
        let decider = decider.as_ref().map(|decider| part("Người quyết định", decider.words()));
        let why = reason.as_ref().map(|reason| part("Lý do", reason.clone()));
        let options: Vec<_> = rejected.iter().map(Rejected::words).collect();
        let options = (!options.is_empty()).then(|| part("Phương án không chọn", options.join("; ")));
        let parts: Vec<_> = decider.into_iter().chain(why).chain(options).collect();
        if parts.is_empty() {
            text.clone()
        } else {
            format!("{}{}", text.trim_end_matches('.'), parts.concat())
        }
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Take { id, text, reason, occurred_at, decider, rejected, origin, from } = command;
    if incident.decisions.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let occurred_at = incident::typed(occurred_at.unwrap_or(context.acted_at()), context)?;
    let (text, reason) = (text::entry(&text)?, text::note_if_any(reason.as_deref())?);
    if rejected.len() > REJECTED_MAX {
        return Err(Refusal::Desks(Desks::TooManyOptions { max: REJECTED_MAX }));
    }
    let decider = decider.map(Decider::checked).transpose()?;
    let rejected = rejected.into_iter().map(Rejected::checked).collect::<Result<_, _>>()?;
    Ok(vec![AnyEvent::Decision(Event::Taken {
        id,
        text,
        reason,
        occurred_at,
        decider,
        rejected,
        origin,
        from,
    })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Taken { id, text, reason, occurred_at, decider, rejected, origin, from } = event.clone();
    let by = act.clone();
    let row = Decision { id, rev, text, reason, occurred_at, decider, rejected, by, origin, from };
    incident.decisions.put(rev, row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn take(id: &str, text: &str, when: Option<&str>) -> AnyCommand {
        let occurred_at = when.map(given::at);
        let id = RowId::new(id).expect("an id");
        let (text, reason, decider, rejected) = (text.into(), None, None, vec![]);
        AnyCommand::Decision(Command::Take {
            id,
            text,
            reason,
            occurred_at,
            decider,
            rejected,
            origin: None,
            from: None,
        })
    }

    #[test]
    fn a_decision_is_taken_once_at_a_time_that_has_come() {
        let taken = given::an_incident().by("party").when(take("d-1", "Lập tổ xác minh", None)).accepted();
        let row = taken.incident().decisions.get(&RowId::new("d-1").expect("an id")).expect("taken").clone();
        assert_eq!(row.occurred_at, row.by.at);
        taken.clone().when(take("d-1", "khác", None)).refused(Refusal::AlreadyThere);
        taken.clone().when(take("d-2", "khác", Some("23:59:59"))).refused(Refusal::InTheFuture);
        taken.when(take("d-2", "", None)).refused(Refusal::Empty);
    }

    #[test]
    fn who_decided_and_what_was_weighed_stand_in_one_sentence() {
        let with = |capacity: Option<&str>, rejected: Vec<Rejected>| {
            let decider = Some(Decider { name: "Lê Văn Thử".into(), capacity: capacity.map(Into::into) });
            let (id, text) = (RowId::new("d-1").expect("an id"), "Phát thông tin ban đầu ngay.".into());
            let (reason, occurred_at, origin) = (Some("dân đang rời nhà".into()), None, None);
            AnyCommand::Decision(Command::Take {
                id,
                text,
                reason,
                occurred_at,
                decider,
                rejected,
                origin,
                from: None,
            })
        };
        let option = |option: &str, reason: &str| Rejected { option: option.into(), reason: reason.into() };
        let case = given::an_incident().by("drafter");
        case.clone().when(with(None, vec![option("Chờ sáng", " ")])).refused(Refusal::Empty);
        let many = vec![option("Chờ", "muộn"); REJECTED_MAX + 1];
        case.clone()
            .when(with(None, many))
            .refused(Refusal::Desks(Desks::TooManyOptions { max: REJECTED_MAX }));
        let options =
            vec![option("Chờ sáng.", "tin lan trong đêm."), option("Chỉ đăng mạng xã hội", "dân mất điện")];
        let taken = case.when(with(Some("Phó Chủ tịch, qua điện thoại"), options)).accepted();
        assert_eq!(
            taken.incident().lines.newest().expect("a line").text,
            "Phát thông tin ban đầu ngay. Người quyết định: Lê Văn Thử, Phó Chủ tịch, qua điện thoại. Lý do: dân \
             đang rời nhà. Phương án không chọn: Chờ sáng (vì tin lan trong đêm); Chỉ đăng mạng xã hội (vì dân mất điện)"
        );
        let row = taken.incident().decisions.iter().next().expect("taken").clone();
        assert_eq!((row.by.person.as_str(), row.rejected.len()), ("drafter", 2), "who records is another");
    }
}
