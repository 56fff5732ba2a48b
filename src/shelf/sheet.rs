//! A playbook as it reads on paper: codes become names, as they stand on a day.

use crate::domain::frozen::Phase;
use crate::library::Library;
use crate::opening::plan;
use crate::playbook::Playbook;
use crate::wire::PlaybookSheet;
use jiff::civil::Date;

/// The playbook in words of a day.
pub fn sheet(library: &Library, playbook: &Playbook, on: Date) -> PlaybookSheet {
    let (tasks, clocks) = plan(library, playbook, on);
    let title = |kind: &String| {
        library.template(kind).map_or_else(|| kind.clone(), |template| template.title.clone())
    };
    let Playbook { id, version, title: name, when, triggers, keywords, level, .. } = playbook.clone();
    let Playbook { escalation, strategy, expected, .. } = playbook.clone();
    let phases =
        playbook.phases.iter().map(|phase| Phase { code: phase.code.clone(), title: phase.title.clone() });
    PlaybookSheet {
        id,
        version,
        title: name,
        when,
        triggers,
        keywords,
        level,
        escalation,
        strategy,
        clocks,
        statements: playbook.statements.iter().map(title).collect(),
        phases: phases.collect(),
        tasks,
        expected,
    }
}
