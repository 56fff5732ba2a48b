//! Offices, what they are for, places and channels, each with the days on which they exist. Pure. Knows no office by
//! name: whoever is wanted is named by a function, and the day says who holds it.

mod read;

use crate::playbook::page::in_force;
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashSet};

/// The function held by the People's Committee of the commune where something happens.
pub const COMMUNE_FUNCTION: &str = "commune_pc";
/// The function of the authority itself: in its name the task force's own spokespersons speak.
pub const AUTHORITY_FUNCTION: &str = "province_pc";
/// The function whose holder is chosen when an incident opens.
pub const CHOSEN_FUNCTION: &str = "lead_dept";
/// Longest short name of an office that has a seat, characters: it stands in a narrow column.
pub const SEAT_CHARS_MAX: usize = 20;

/// Longest name of the authority, characters: it heads every page that the public reads, on phones too.
pub const AUTHORITY_CHARS_MAX: usize = 120;

/// Everything about who is who, of all times.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// The authority in whose name statements go out, as the public page is headed; none when nobody said.
    pub authority: Option<String>,
    /// Offices, the abolished ones included.
    pub offices: Vec<Office>,
    /// What offices are for.
    pub functions: Vec<Function>,
    /// Which office holds which function when; where two hold it, the first speaks.
    pub assignments: Vec<Assignment>,
    /// The functions that sit in the task force, in order.
    pub seats: Vec<String>,
    /// Communes, wards and towns.
    pub communes: Vec<Commune>,
    /// Where statements go, in the order in which they go out.
    pub channels: Vec<Channel>,
}

/// An office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in a narrow column.
    pub short: String,
    /// A state agency that has to have a spokesperson.
    pub speaks: bool,
    /// It governs a commune.
    pub commune: bool,
    /// First day, when known.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// The offices whose work it took over.
    pub predecessors: Vec<String>,
    /// The decision that made it.
    pub basis: Option<String>,
    /// Something about it has not been checked; the note says what.
    pub uncertain: bool,
    /// For whoever maintains the list.
    pub note: Option<String>,
}

/// What an office is for: the word that playbooks and approval rules use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Code in the data files.
    pub code: String,
    /// As playbooks write it.
    pub name: String,
}

/// A function in the hands of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Which function.
    pub function: String,
    /// Which office.
    pub office: String,
    /// First day, when known.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A commune, ward or town.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    /// Code: the statistical one, or `cu-…` for an old unit whose code we do not have.
    pub code: String,
    /// `commune`, `ward` or `town`.
    pub level: String,
    /// Its name with its kind: «Xã Bảo Nhai».
    pub name: String,
    /// The district it belonged to, until there were none.
    pub district: Option<String>,
    /// First day, when known.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// The decision that made it, or ended it.
    pub basis: String,
}

/// Where statements are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Code in the data files.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What to mind.
    pub hint: String,
    /// The provision that knows this form of speaking.
    pub basis: Option<String>,
    /// There only in exercises, which have no others.
    pub exercise: bool,
}

/// A seat of the task force on some day.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    /// The function.
    pub function: &'a str,
    /// The office that holds it.
    pub office: &'a Office,
}

impl Commune {
    /// The office that governs it.
    pub fn office(&self) -> Office {
        let mut letters = self.name.chars();
        let name: String =
            letters.next().map(char::to_lowercase).into_iter().flatten().chain(letters).collect();
        let name = format!("UBND {name}");
        Office {
            id: format!("ubnd-{}", self.code),
            short: name.clone(),
            name,
            // The People's Committee of every commune is such an agency.
            speaks: true,
            commune: true,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            predecessors: vec![],
            basis: Some(self.basis.clone()),
            uncertain: false,
            note: None,
        }
    }
}

/// The shapes of the two TOML files, for editors.
pub(crate) fn shapes() -> [(&'static str, schemars::Schema); 2] {
    read::shapes()
}

impl Organisation {
    /// The organisation of the three files, or everything that is wrong in them.
    pub fn parse(
        organisation: Text<'_>,
        communes: Text<'_>,
        channels: Text<'_>,
    ) -> Result<Self, Vec<Problem>> {
        read::organisation(organisation, communes, channels)
    }
    /// The office with this id. Offices of communes are asked with [`Self::holder_at`] or [`Commune::office`].
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == id)
    }
    /// The offices that exist on a day, those of communes left out.
    pub fn offices_on(&self, on: Date) -> Vec<&Office> {
        self.offices.iter().filter(|office| in_force(office.valid_from, office.valid_to, on)).collect()
    }
    /// The days on which offices began or took a function over, those of communes left out, oldest first.
    pub fn changed_on(&self) -> Vec<Date> {
        let began = self.offices.iter().filter_map(|office| office.valid_from);
        let took_over = self.assignments.iter().filter_map(|held| held.from);
        BTreeSet::from_iter(began.chain(took_over)).into_iter().collect()
    }
    /// The office with this id if it exists on a day, those of communes included.
    pub fn office_on(&self, id: &str, on: Date) -> Option<Office> {
        let office = self.offices_on(on).into_iter().find(|office| office.id == id).cloned();
        office
            .or_else(|| self.communes_on(on).into_iter().map(Commune::office).find(|office| office.id == id))
    }
    /// The agencies of a day that have to have a spokesperson: the province's own first, then those of communes.
    pub fn agencies_on(&self, on: Date) -> Vec<Office> {
        let province = self.offices_on(on).into_iter().cloned();
        let communes = self.communes_on(on).into_iter().map(Commune::office);
        province.chain(communes).filter(|office| office.speaks).collect()
    }
    /// The offices that took over an office's work.
    pub fn successors_of(&self, id: &str) -> Vec<&Office> {
        self.offices.iter().filter(|office| office.predecessors.iter().any(|before| before == id)).collect()
    }
    /// The function with this code.
    pub fn function(&self, code: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.code == code)
    }
    /// All offices that hold a function on a day.
    pub fn holders(&self, function: &str, on: Date) -> Vec<&Office> {
        let held = |held: &&Assignment| held.function == function && in_force(held.from, held.to, on);
        self.assignments.iter().filter(held).filter_map(|held| self.office(&held.office)).collect()
    }
    /// The office that holds a function on a day.
    pub fn holder(&self, function: &str, on: Date) -> Option<&Office> {
        self.holders(function, on).into_iter().next()
    }
    /// The office that holds a function on a day, for something that happens in a commune.
    pub fn holder_at(&self, function: &str, on: Date, commune: Option<&Commune>) -> Option<Office> {
        if function == COMMUNE_FUNCTION {
            let there = commune.filter(|commune| in_force(commune.valid_from, commune.valid_to, on));
            return there.map(Commune::office);
        }
        self.holder(function, on).cloned()
    }
    /// The functions that an office holds on a day.
    pub fn functions_of(&self, office: &str, on: Date) -> Vec<&str> {
        let held = |held: &&Assignment| held.office == office && in_force(held.from, held.to, on);
        self.assignments.iter().filter(held).map(|held| held.function.as_str()).collect()
    }
    /// The communes that exist on a day.
    pub fn communes_on(&self, on: Date) -> Vec<&Commune> {
        self.communes.iter().filter(|commune| in_force(commune.valid_from, commune.valid_to, on)).collect()
    }
    /// The commune with this code.
    pub fn commune(&self, code: &str) -> Option<&Commune> {
        self.communes.iter().find(|commune| commune.code == code)
    }
    /// The channel with this code.
    pub fn channel(&self, code: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.code == code)
    }
    /// The channels of an exercise, or those of everything else: an exercise cannot reach a real one by mistake.
    pub fn channels_for(&self, exercise: bool) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(move |channel| channel.exercise == exercise)
    }
    /// Who sits in the task force on a day.
    pub fn seats(&self, on: Date) -> Vec<Seat<'_>> {
        let seats = self.seats.iter().filter_map(|function| {
            let office = self.holder(function, on)?;
            Some(Seat { function: function.as_str(), office })
        });
        seats.collect()
    }
    /// An office and all that came before it, itself first: whose acts a successor answers for.
    pub fn line_of(&self, id: &str) -> Vec<&Office> {
        let mut seen = HashSet::new();
        let mut line = vec![];
        let mut ahead = vec![id];
        while let Some(id) = ahead.pop() {
            if let Some(office) = self.office(id).filter(|office| seen.insert(office.id.as_str())) {
                ahead.extend(office.predecessors.iter().map(String::as_str));
                line.push(office);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests;
