//! The figure as SVG: lines, boxes and words, in one ink. No script, no style sheet, nothing from elsewhere; the words are
//! cleaned by whoever puts it on a page.

use super::{Figure, Mark, Shape};
use crate::export::words::escaped;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Units of the drawing; a page scales it to its width.
const WIDTH: f64 = 1000.0;
const GUTTER: f64 = 84.0;
const AXIS: f64 = 26.0;
const LEVELS: f64 = 64.0;
const PHASES: f64 = 22.0;
const BAR: f64 = 27.0;
const ROW: f64 = 19.0;
const GAP: f64 = 9.0;
const RADIUS: f64 = 7.6;
/// Rows of marks in one track; what does not find room stands on the last one.
const ROWS_MAX: usize = 4;
/// Letters of a bar's title that fit beside its verdict.
const TITLE_MAX: usize = 90;
/// Seconds between marks of the axis, one of which fits every span.
const STRIDES: [i64; 15] = [
    300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
    7_776_000, 31_536_000,
];
/// Units that the words of a moment on the axis take.
const STRIDE_MIN: f64 = 96.0;

impl Figure {
    fn x(&self, at: i64) -> f64 {
        let span = (self.to - self.from).max(1) as f64;
        GUTTER + (at - self.from) as f64 / span * (WIDTH - GUTTER - 6.0)
    }

    /// The drawing; `clean` makes words such that the page can show them.
    pub fn svg(&self, clean: impl Fn(&str) -> String) -> String {
        let say = |text: &str| escaped(&clean(text));
        let mut body = String::new();
        let mut y = AXIS;
        let put = |out: &mut String, part: std::fmt::Arguments| {
            // Writing to a string cannot fail.
            let _ = out.write_fmt(part);
        };
        if !self.levels.is_empty() {
            put(&mut body, format_args!("<text x=\"0\" y=\"{:.1}\">{}</text>", y + 12.0, say("Mức độ")));
            for level in 1..=4_u8 {
                let at = level_y(y, level);
                put(
                    &mut body,
                    format_args!(
                        "<path d=\"M{GUTTER} {at:.1}H{WIDTH}\" stroke=\"#999\" stroke-width=\".5\" stroke-dasharray=\"1 4\"/><text \
                         x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\">{level}</text>",
                        GUTTER - 6.0,
                        at + 3.5
                    ),
                );
            }
            self.stairs(&mut body, y);
            y += LEVELS + GAP;
        }
        if !self.phases.is_empty() {
            put(&mut body, format_args!("<text x=\"0\" y=\"{:.1}\">{}</text>", y + 15.0, say("Giai đoạn")));
            for (from, to, title) in &self.phases {
                let (from, to) = (self.x(*from), self.x(*to));
                let width = (to - from).max(1.0);
                put(
                    &mut body,
                    format_args!(
                        "<rect x=\"{from:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{PHASES}\" fill=\"none\" stroke=\"#000\" \
                         stroke-width=\".8\"/>"
                    ),
                );
                // About half a unit of height for each letter.
                let fits = (width / 6.2) as usize;
                if fits > 3 {
                    put(
                        &mut body,
                        format_args!(
                            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\">{}</text>",
                            from + 5.0,
                            y + 15.0,
                            say(&cut(title, fits))
                        ),
                    );
                }
            }
            y += PHASES + GAP;
        }
        if !self.bars.is_empty() {
            put(&mut body, format_args!("<text x=\"0\" y=\"{:.1}\">{}</text>", y + 12.0, say("Thời hạn")));
            for bar in &self.bars {
                self.bar(&mut body, bar, y, &say);
                y += BAR;
            }
            y += GAP;
        }
        for track in &self.tracks {
            put(&mut body, format_args!("<text x=\"0\" y=\"{:.1}\">{}</text>", y + 14.0, say(track.title)));
            y += self.marks(&mut body, &track.marks, y) + GAP;
        }
        let end = y;
        y += 4.0;
        for line in self.legend() {
            y += 15.0;
            put(
                &mut body,
                format_args!("<text x=\"{GUTTER}\" y=\"{y:.1}\" font-size=\"11\">{}</text>", say(&line)),
            );
        }
        y += 8.0;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y:.0}\" width=\"{WIDTH}\" height=\"{y:.0}\" \
             font-family=\"Liberation Serif, Tinos, Times New Roman, serif\" font-size=\"12\" fill=\"#000\" role=\"img\" \
             aria-label=\"{}\">",
            say(&self.said)
        );
        self.axis(&mut out, end, &say);
        out.push_str(&body);
        if let Some(now) = self.now {
            let x = self.x(now);
            put(
                &mut out,
                format_args!(
                    "<path d=\"M{x:.1} {AXIS}V{end:.1}\" stroke=\"#000\" stroke-width=\"1\" stroke-dasharray=\"5 3\"/>"
                ),
            );
        }
        out.push_str("</svg>");
        out
    }

    fn axis(&self, out: &mut String, end: f64, say: &impl Fn(&str) -> String) {
        let span = (self.to - self.from).max(1);
        let least = span as f64 / (WIDTH - GUTTER) * STRIDE_MIN;
        let stride = STRIDES.into_iter().find(|stride| *stride as f64 >= least).unwrap_or(span);
        let mut at = ((self.from + self.offset).div_euclid(stride) + 1) * stride - self.offset;
        let mut day = String::new();
        while at <= self.to {
            let local = Timestamp::from_second(at + self.offset).unwrap_or_default().to_zoned(TimeZone::UTC);
            let today = local.strftime("%d/%m/%Y").to_string();
            let time = local.strftime("%H:%M").to_string();
            let label = match (today == day, stride < 86_400) {
                (true, true) => time,
                (false, true) => format!("{time} {}", local.strftime("%d/%m")),
                (_, false) => today.clone(),
            };
            let ink = if today == day { "#bbb" } else { "#666" };
            day = today;
            let x = self.x(at);
            let _ = write!(
                out,
                "<path d=\"M{x:.1} {:.1}V{end:.1}\" stroke=\"{ink}\" stroke-width=\".6\"/><text x=\"{:.1}\" y=\"14\" \
                 font-size=\"11\">{}</text>",
                AXIS - 8.0,
                x + 2.0,
                say(&label)
            );
            at += stride;
        }
    }

    fn stairs(&self, out: &mut String, y: f64) {
        let mut path = String::new();
        for (index, (at, level)) in self.levels.iter().enumerate() {
            let (x, to) = (self.x(*at), level_y(y, *level));
            let _ =
                if index == 0 { write!(path, "M{x:.1} {to:.1}") } else { write!(path, "H{x:.1}V{to:.1}") };
        }
        let end = self.now.or(self.phases.last().map(|(_, to, _)| *to)).unwrap_or(self.to);
        // A level of this minute is still seen.
        let last = self.levels.last().map_or(0.0, |(at, _)| self.x(*at) + 3.0);
        let _ = write!(
            out,
            "<path d=\"{path}H{:.1}\" fill=\"none\" stroke=\"#000\" stroke-width=\"2.6\" stroke-linejoin=\"round\"/>",
            self.x(end).max(last)
        );
    }

    /// A box up to the limit, grey as far as it ran; hatched where it was overrun.
    fn bar(&self, out: &mut String, bar: &super::Bar, y: f64, say: &impl Fn(&str) -> String) {
        let (from, due, end) = (self.x(bar.from), self.x(bar.due), self.x(bar.end.max(bar.from)));
        let top = y + 15.0;
        let height = 8.0;
        let ran = (end.min(due) - from).max(0.0);
        let fill = if bar.late { "none" } else { "#cfcfcf" };
        let _ = write!(
            out,
            "<rect x=\"{from:.1}\" y=\"{top:.1}\" width=\"{ran:.1}\" height=\"{height}\" fill=\"{fill}\"/><rect x=\"{from:.1}\" \
             y=\"{top:.1}\" width=\"{:.1}\" height=\"{height}\" fill=\"none\" stroke=\"#000\" stroke-width=\".8\"/>",
            (due - from).max(1.0)
        );
        if bar.late {
            let over = (end - due).max(3.0);
            let mut hatch = String::new();
            let mut x = due;
            while x < due + over {
                let _ =
                    write!(hatch, "M{x:.1} {:.1}L{:.1} {top:.1}", top + height, (x + 6.0).min(due + over));
                x += 4.0;
            }
            let _ = write!(
                out,
                "<path d=\"{hatch}\" stroke=\"#000\" stroke-width=\"1.3\"/><rect x=\"{due:.1}\" y=\"{top:.1}\" width=\"{over:.1}\" \
                 height=\"{height}\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.6\"/>"
            );
        }
        let stop = if bar.stopped { "●" } else { "○" };
        let words = format!("{stop} {}: {}", cut(&bar.title, TITLE_MAX), cut(&bar.verdict, 60));
        // Half a unit for each letter: words that would leave the page end where the page does.
        let long = words.chars().count() as f64 * 5.2;
        let x = from.min(WIDTH - long).max(GUTTER);
        let weight = if bar.late { " font-weight=\"bold\"" } else { "" };
        let _ = write!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"11\"{weight}>{}</text>",
            y + 11.0,
            say(&words)
        );
    }

    /// The marks of a track; says how high it is.
    fn marks(&self, out: &mut String, marks: &[Mark], y: f64) -> f64 {
        let mut ends: Vec<f64> = vec![];
        for mark in marks {
            let x = self.x(mark.at);
            let free = ends.iter().position(|end| x - end >= RADIUS * 2.0 + 1.0);
            let row = match free {
                Some(row) => row,
                None if ends.len() < ROWS_MAX => ends.len(),
                None => ROWS_MAX - 1,
            };
            if row == ends.len() {
                ends.push(x)
            } else {
                ends[row] = x
            }
            draw(out, mark, x, y + RADIUS + 2.0 + row as f64 * ROW);
        }
        ends.len().max(1) as f64 * ROW + 2.0
    }

    /// What letters mean, and what is left out, in lines.
    fn legend(&self) -> Vec<String> {
        let mut lines = vec![];
        for track in &self.tracks {
            let means: BTreeMap<char, &str> =
                track.marks.iter().map(|mark| (mark.letter, mark.means)).collect();
            let means: Vec<_> = means.iter().map(|(letter, means)| format!("{letter} {means}")).collect();
            lines.push(format!("{}: {}.", track.title, means.join("; ")));
        }
        if !self.bars.is_empty() {
            lines.push(
                "Thời hạn: khung là thời gian được phép, phần tô là đã dùng, gạch chéo là quá hạn; ● đã dừng, ○ chưa dừng."
                    .into(),
            );
        }
        if !self.left_out.is_empty() {
            lines.push(format!("Không vẽ, xem bảng: {}.", self.left_out.join("; ")));
        }
        lines
    }
}

fn level_y(y: f64, level: u8) -> f64 {
    y + LEVELS - 6.0 - f64::from(level.clamp(1, 4) - 1) * (LEVELS - 14.0) / 3.0
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A shape with its letter in it.
fn draw(out: &mut String, mark: &Mark, x: f64, y: f64) {
    let r = RADIUS;
    let (shape, ink) = match mark.shape {
        Shape::Ring => {
            (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\" fill=\"#fff\" stroke=\"#000\"/>"), "#000")
        }
        Shape::Disc => {
            (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\" fill=\"#000\" stroke=\"#000\"/>"), "#fff")
        }
        Shape::Square => (
            format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#fff\" stroke=\"#000\"/>",
                x - r + 0.6,
                y - r + 0.6,
                r * 2.0 - 1.2,
                r * 2.0 - 1.2
            ),
            "#000",
        ),
        Shape::Diamond => (
            format!(
                "<path d=\"M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}Z\" fill=\"#fff\" stroke=\"#000\"/>",
                y - r - 1.4,
                x + r + 1.4,
                y + r + 1.4,
                x - r - 1.4
            ),
            "#000",
        ),
        Shape::Block => (
            format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#000\" stroke=\"#000\"/>",
                x - r + 0.6,
                y - r + 0.6,
                r * 2.0 - 1.2,
                r * 2.0 - 1.2
            ),
            "#fff",
        ),
    };
    let letter = mark.letter;
    let _ = write!(
        out,
        "<g><title>{}</title>{shape}<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"10\" font-weight=\"bold\" text-anchor=\"middle\" \
         fill=\"{ink}\">{letter}</text></g>",
        escaped(&format!("{}: {}", mark.of, mark.means)),
        y + 3.4
    );
}
