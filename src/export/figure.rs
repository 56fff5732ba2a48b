//! The drawn line of an incident: levels as steps, phases as a band, clocks as bars up to their limit, and a mark for each
//! moment of statements, claims and duty. Legible in black and white: a mark is known by its shape and its letter, a bar
//! by its pattern and its words. What it shows stands in the tables too.

mod marks;
mod svg;

use super::clock::Clock;
use super::report::Desk;
use crate::domain::deadline::Deadline;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Clocks that are drawn, those that were missed first: more do not fit on a page and stand in the table.
const BARS_MAX: usize = 12;
/// Marks of one track that are drawn: more cover each other.
const MARKS_MAX: usize = 150;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    from: i64,
    to: i64,
    offset: i64,
    levels: Vec<(i64, u8)>,
    phases: Vec<(i64, i64, String)>,
    bars: Vec<Bar>,
    tracks: Vec<Track>,
    /// The moment up to which it is drawn, while the incident is open.
    now: Option<i64>,
    left_out: Vec<String>,
    said: String,
}

#[derive(Clone, Debug)]
struct Bar {
    title: String,
    verdict: String,
    from: i64,
    due: i64,
    end: i64,
    late: bool,
    stopped: bool,
}

#[derive(Clone, Debug)]
struct Track {
    title: &'static str,
    marks: Vec<Mark>,
}

/// How a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Ring,
    Square,
    Disc,
    Diamond,
    Block,
}

/// A moment.
#[derive(Clone, Debug)]
struct Mark {
    at: i64,
    shape: Shape,
    letter: char,
    /// What the letter means.
    means: &'static str,
    /// What it is about.
    of: String,
}

fn seconds(at: Timestamp) -> i64 {
    at.as_second()
}

impl Figure {
    /// The line of an incident.
    pub(super) fn of(desk: &Desk) -> Self {
        let Some(header) = desk.incident.header.as_deref() else { return Self::default() };
        let closed = header.closed.as_ref().map(|closed| seconds(closed.by.at));
        let end = closed.unwrap_or_else(|| seconds(desk.now));
        let levels: Vec<_> =
            header.course.levels.iter().map(|step| (seconds(step.at), step.level.get())).collect();
        let steps = &header.course.phases;
        let phase = |(index, step): (usize, &crate::domain::course::PhaseStep)| {
            let known = desk.frame.phases.iter().find(|phase| phase.code == *step.phase);
            let title = known.map_or_else(|| step.phase.to_string(), |phase| phase.title.clone());
            let until = steps.get(index + 1).map_or(end, |next| seconds(next.at));
            (seconds(step.at), until.max(seconds(step.at)), title)
        };
        let phases: Vec<_> = steps.iter().enumerate().map(phase).collect();
        let mut left_out = vec![];
        let mut bars: Vec<_> = desk.incident.deadlines.iter().filter_map(|row| bar(row, desk, end)).collect();
        bars.sort_by_key(|bar| (!bar.late, bar.due));
        if bars.len() > BARS_MAX {
            left_out.push(format!("{} thời hạn khác", bars.len() - BARS_MAX));
            bars.truncate(BARS_MAX);
        }
        bars.sort_by_key(|bar| bar.due);
        let mut tracks = vec![
            Track { title: "Phát ngôn", marks: marks::statements(desk) },
            Track { title: "Tin đồn", marks: marks::claims(desk) },
            Track { title: "Trực ban", marks: marks::duty(desk) },
        ];
        for track in &mut tracks {
            track.marks.sort_by_key(|mark| mark.at);
            if track.marks.len() > MARKS_MAX {
                left_out.push(format!(
                    "{} mốc của {}",
                    track.marks.len() - MARKS_MAX,
                    track.title.to_lowercase()
                ));
                track.marks.truncate(MARKS_MAX);
            }
        }
        tracks.retain(|track| !track.marks.is_empty());
        let moments: BTreeSet<i64> = header
            .anchors
            .values()
            .map(|at| seconds(*at))
            .chain(tracks.iter().flat_map(|track| track.marks.iter().map(|mark| mark.at)))
            .chain(bars.iter().flat_map(|bar| [bar.from, bar.due, bar.end]))
            .chain([end])
            .collect();
        let (from, to) = (moments.first().copied().unwrap_or(end), moments.last().copied().unwrap_or(end));
        let rim = ((to - from) * 3 / 100).max(300);
        let late = bars.iter().filter(|bar| bar.late).count();
        let said = format!(
            "Hình vẽ dòng thời gian của sự cố: {} mức độ, {} giai đoạn, {} thời hạn ({late} quá hạn){}. Nội dung tương \
             đương ở các bảng thời hạn và dòng thời gian.",
            levels.len(),
            phases.len(),
            bars.len(),
            tracks
                .iter()
                .map(|track| format!(", {} mốc {}", track.marks.len(), track.title.to_lowercase()))
                .collect::<String>()
        );
        Self {
            from: from - rim,
            to: to + rim,
            offset: i64::from(desk.frame.calendar.utc_offset_minutes) * 60,
            levels,
            phases,
            bars,
            tracks,
            now: closed.is_none().then_some(end),
            left_out,
            said,
        }
    }

    /// What it shows, for whoever cannot see it.
    pub fn alt(&self) -> &str {
        &self.said
    }
}

fn bar(row: &Deadline, desk: &Desk, end: i64) -> Option<Bar> {
    let header = desk.incident.header.as_deref()?;
    // A claim's clock counts from a moment of the claim.
    let from =
        row.of.as_ref().map(|of| of.from).or_else(|| header.anchors.get(&row.clock.due.anchor).copied())?;
    if row.asleep.is_some() || row.lifted.is_some() {
        return None;
    }
    let due = seconds(row.due_at?);
    let clock = Clock::of(row, desk);
    let stop = row.stopped.as_ref().map(|stop| seconds(stop.at));
    Some(Bar {
        title: clock.title,
        verdict: clock.verdict,
        from: seconds(from).min(due),
        due,
        end: stop.unwrap_or(if clock.late { end.max(due) } else { end.min(due) }),
        late: clock.late,
        stopped: stop.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::given;
    use super::super::report::Report;
    use super::*;

    fn figure(case: &given::Case) -> Figure {
        Report::of(&case.incident, &case.records, &given::options()).expect("open").figure
    }

    #[test]
    fn every_moment_of_statements_claims_and_clocks_is_drawn() {
        let figure = figure(&given::an_exercise());
        let marks: Vec<_> = figure.tracks.iter().flat_map(|track| &track.marks).collect();
        for (letter, about) in [('S', "PN-01"), ('T', "PN-01"), ('P', "PN-01"), ('S', "PN-02")] {
            assert!(
                marks.iter().any(|it| it.letter == letter && it.of.starts_with(about)),
                "{letter} {about}"
            );
        }
        assert_eq!(figure.bars.len(), 1);
        assert!(!figure.bars[0].late && figure.bars[0].stopped);
        assert!(figure.alt().contains("1 thời hạn (0 quá hạn)"), "{}", figure.alt());
    }

    #[test]
    fn it_is_xml_without_script_style_or_anything_from_elsewhere() {
        let mut case = given::an_exercise();
        let title = "</svg><script>alert(1)</script>\u{0}\u{202E} \"&";
        case.incident.frame = case.incident.frame.clone().map(|mut frame| {
            std::sync::Arc::make_mut(&mut frame).phases[0].title = title.into();
            frame
        });
        let svg = figure(&case).svg(str::to_owned);
        let tree = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        let names: BTreeSet<_> = tree.descendants().map(|it| it.tag_name().name().to_owned()).collect();
        assert!(
            !names
                .iter()
                .any(|name| ["script", "style", "image", "use", "foreignObject"].contains(&name.as_str()))
        );
        let inside = |it: &roxmltree::Node| it.attributes().all(|one| !one.value().contains("NaN"));
        assert!(tree.descendants().all(|it| inside(&it)));
    }

    #[test]
    fn more_than_fits_is_said() {
        let mut case = given::an_exercise();
        let clock = case.incident.deadlines.iter().next().expect("one").clone();
        for n in 0..20 {
            let mut more = (*clock).clone();
            more.clock.id = given::id(&format!("d-{n}"));
            case.incident.deadlines.put(case.incident.rev, more);
        }
        let figure = figure(&case);
        assert_eq!(
            (figure.bars.len(), figure.left_out.clone()),
            (BARS_MAX, vec!["9 thời hạn khác".to_owned()])
        );
        assert!(figure.svg(str::to_owned).contains("9 thời hạn khác"));
    }
}
