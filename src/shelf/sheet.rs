//! A playbook as it reads on paper: codes become names, as they stand on a day.

use crate::domain::plan::Plan;
use crate::library::Library;
use crate::opening::{claim_clocks_on, plan_on};
use crate::playbook::Playbook;
use crate::wire::PlaybookSheet;
use jiff::civil::Date;

/// The playbook in words of a day.
pub fn sheet(library: &Library, playbook: &Playbook, on: Date) -> PlaybookSheet {
    let Plan { phases, mut tasks, mut clocks, expected, .. } = plan_on(library, playbook, on);
    clocks.extend(claim_clocks_on(library, playbook, on));
    let title = |kind: &String| library.template(kind).map_or(kind, |template| &template.title).clone();
    for task in &mut tasks {
        task.output = task.output.as_ref().map(title);
    }
    let statements = playbook.statements.iter().map(title).collect();
    let Playbook { id, version, title, when, triggers, keywords, level, escalation, strategy, .. } =
        playbook.clone();
    PlaybookSheet {
        id,
        version,
        title,
        when,
        triggers,
        keywords,
        level,
        escalation,
        strategy,
        clocks,
        statements,
        phases,
        tasks,
        expected,
    }
}
