//! Whom a message names: people and offices of the incident. What names somebody waits for them until they have read it
//! or answered. Who has a part in the incident, the server knows; the name in the words and on the row are the same.

use super::Message;
use crate::domain::ids::{OfficeId, PersonId};
use crate::domain::refusal::{Refusal, Talk};
use crate::domain::{Act, Actor, Incident};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// People and offices that one message names; who calls more of them calls the whole room.
pub const MENTIONS_MAX: usize = 20;

/// Whom a message names. In the words it stands as `@` and the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "MessageMention")]
pub enum Mention {
    /// A person.
    Person {
        /// Who.
        person: PersonId,
        /// Their name, without a note in brackets; the server fills it in.
        #[serde(default)]
        name: String,
    },
    /// An office: whoever is on duty there.
    Office {
        /// Which.
        office: OfficeId,
        /// Its short name in the incident; the server fills it in.
        #[serde(default)]
        name: String,
    },
}

/// Whom a message names, and whether they have read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "MessageMentioned")]
pub struct Mentioned {
    /// Whom.
    pub whom: Mention,
    /// Who read it, for themselves or for the office.
    pub seen: Option<Act>,
}

/// A name as it is spoken: without a note in brackets behind it.
pub fn spoken(name: &str) -> &str {
    match name.rfind(" (").filter(|_| name.ends_with(')')) {
        Some(end) => &name[..end],
        None => name,
    }
}

impl Mention {
    /// How it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Office { name, .. } => name,
        }
    }
    /// Whether it means the person who did something, or their office.
    pub(super) fn is(&self, act: &Act) -> bool {
        self.means(&act.person, act.office.as_ref())
    }
    fn means(&self, who: &PersonId, at: Option<&OfficeId>) -> bool {
        match self {
            Self::Person { person, .. } => person == who,
            Self::Office { office, .. } => at == Some(office),
        }
    }
}

impl Message {
    /// How the message names the actor or their office, if they have not read it yet. Nobody calls themselves.
    pub fn call(&self, actor: &Actor) -> Option<&Mention> {
        let open = self.mentions.iter().filter(|_| self.by.person != actor.person);
        let mut mine =
            open.filter(|it| it.seen.is_none() && it.whom.means(&actor.person, actor.office.as_ref()));
        mine.next().map(|mention| &mention.whom)
    }
    pub(super) fn calls(&self, actor: &Actor) -> bool {
        self.call(actor).is_some()
    }
}

/// Each once, of the incident, and named in the words: who is called is read by everybody.
pub(super) fn checked(
    incident: &Incident,
    text: &str,
    mentions: Vec<Mention>,
) -> Result<Vec<Mention>, Refusal> {
    let mut checked: Vec<Mention> = vec![];
    for mention in mentions {
        let mention = match mention {
            Mention::Person { .. } => mention,
            Mention::Office { office, name } => match incident.offices.get(&office) {
                Some(known) => Mention::Office { name: known.short.clone(), office },
                None => return Err(Refusal::Talk(Talk::OfficeOutside { office: name })),
            },
        };
        if !text.contains(&format!("@{}", mention.name())) {
            return Err(Refusal::Talk(Talk::NotNamed { name: mention.name().to_owned() }));
        }
        if !checked.contains(&mention) {
            checked.push(mention);
        }
    }
    let fit = checked.len() <= MENTIONS_MAX;
    if fit { Ok(checked) } else { Err(Refusal::Talk(Talk::TooManyMentions { max: MENTIONS_MAX })) }
}
