//! Blanks of prepared words: what may be put into one, and what the record already knows of it. Only facts of the
//! record are filled in, verbatim; what it does not know stays a blank.

use super::Incident;
use super::anchor::Anchor;
use super::frozen::{Answer, Blank, Given};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// Most digits of a telephone number, worldwide.
const PHONE_DIGITS_MAX: usize = 15;
/// Fewest: the emergency numbers.
const PHONE_DIGITS_MIN: usize = 3;
/// Longest value of a blank that is no free words, characters: the longest choice is a line.
pub const VALUE_CHARS_MAX: usize = 200;

/// What the ledger of facts knows when a draft begins; what is empty leaves its blanks as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// The verified facts, as they are to be read.
    pub verified: &'a str,
    /// The facts that are not verified or are disputed.
    pub open: &'a str,
    /// The newest time of a verified figure.
    pub as_of: Option<Timestamp>,
}

/// Whether a value may be put into a blank that asks for this answer.
pub fn fits(answer: &Answer, value: &str) -> bool {
    match answer {
        Answer::Words => !value.trim().is_empty() && !value.contains("{{"),
        Answer::Moment => is_moment(value),
        Answer::Number => is_number(value),
        Answer::Phone => is_phone(value),
        Answer::Choice { of } => of.iter().any(|choice| choice == value),
    }
}

/// Only digits, not more than `most` of them.
fn digits<N: std::str::FromStr>(text: &str, most: usize) -> Option<N> {
    let plain = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// `07:30 ngày 10/9/2024`, and a time and a day that there are.
fn is_moment(value: &str) -> bool {
    let read = || {
        let (time, day) = value.split_once(" ngày ")?;
        let (hour, minute) = time.split_once(':').filter(|(_, minute)| minute.len() == 2)?;
        Time::new(digits(hour, 2)?, digits(minute, 2)?, 0, 0).ok()?;
        let (day, rest) = day.split_once('/')?;
        let (month, year) = rest.split_once('/').filter(|(_, year)| year.len() == 4)?;
        Date::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?).ok()
    };
    read().is_some()
}

/// `5`, `05`, `1234`, `1.234`, `12,5`: a point between thousands, a comma before decimals.
fn is_number(value: &str) -> bool {
    let (whole, decimals) = value.split_once(',').unwrap_or((value, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split('.').collect();
    let in_thousands = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => {
            first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    // Officials write «05 nhà»; a longer number that begins with nought is a telephone's.
    let padded = groups.len() == 1 && whole.starts_with('0') && whole.len() > 2;
    in_thousands && !padded && groups.iter().all(|group| all_digits(group)) && all_digits(decimals)
}

/// Groups of digits with one space, point or hyphen between; `+84` or `(0214)` may come first.
fn is_phone(value: &str) -> bool {
    let area = value.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let area = area.map(|(area, rest)| format!("{area} {}", rest.trim_start_matches(' ')));
    let number = area.as_deref().unwrap_or(value);
    let number = number.strip_prefix('+').unwrap_or(number);
    let groups_ok = number
        .split([' ', '.', '-'])
        .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let count = number.bytes().filter(u8::is_ascii_digit).count();
    groups_ok && (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&count)
}

/// A piece of prepared words: as they stand, or a blank by its name.
enum Piece<'a> {
    Words(&'a str),
    Blank { name: &'a str, written: &'a str },
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let mut rest = text;
    while let Some(opens) = rest.find("{{") {
        let Some(length) = rest[opens..].find("}}") else { break };
        let end = opens + length + "}}".len();
        let written = &rest[opens..end];
        pieces.push(Piece::Words(&rest[..opens]));
        pieces.push(Piece::Blank { name: written[2..written.len() - 2].trim(), written });
        rest = &rest[end..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// The words with every blank filled in that the record knows. The sentences around a blank have their own full
/// stop: that of the fact is then left out.
pub fn fill(text: &str, blanks: &[Blank], incident: &Incident, now: Timestamp, facts: &Facts<'_>) -> String {
    let pieces = pieces(text);
    let stops =
        |place: usize| matches!(pieces.get(place + 1), Some(Piece::Words(words)) if words.starts_with('.'));
    let filled = pieces.iter().enumerate().map(|(place, piece)| match piece {
        Piece::Words(words) => (*words).to_owned(),
        Piece::Blank { name, written } => {
            let blank = blanks.iter().find(|blank| blank.name == *name);
            let known = blank.and_then(|blank| blank.from).and_then(|from| given(from, incident, now, facts));
            match known {
                Some(value) if stops(place) => value.strip_suffix('.').unwrap_or(&value).to_owned(),
                Some(value) => value,
                None => (*written).to_owned(),
            }
        }
    });
    filled.collect()
}

/// What the record says; none when it says nothing, or something that would itself be a blank.
fn given(from: Given, incident: &Incident, now: Timestamp, facts: &Facts<'_>) -> Option<String> {
    let header = incident.header.as_ref()?;
    let anchor = |anchor: Anchor| header.anchors.get(&anchor).and_then(|at| moment(incident, *at));
    let value = match from {
        Given::Title => Some(header.title.clone()),
        Given::Place => header.place.as_ref().map(|place| place.name.clone()),
        Given::OccurredAt => anchor(Anchor::OccurredAt),
        Given::ReceivedAt => anchor(Anchor::ReceivedAt),
        Given::Now => moment(incident, now),
        Given::FactsVerified => Some(facts.verified.trim().to_owned()),
        Given::FactsOpen => Some(facts.open.trim().to_owned()),
        Given::FactsAsOf => facts.as_of.and_then(|at| moment(incident, at)),
    };
    value.filter(|value| !value.is_empty() && !value.contains("{{"))
}

/// A moment as a blank holds it, on the office's wall clock.
fn moment(incident: &Incident, at: Timestamp) -> Option<String> {
    let local = incident.frame.as_ref()?.calendar.local(at);
    let (time, date) = (local.time(), local.date());
    Some(format!(
        "{:02}:{:02} ngày {}/{}/{}",
        time.hour(),
        time.minute(),
        date.day(),
        date.month(),
        date.year()
    ))
}

/// Whether a text is the prepared words and nothing else: every blank still open, or filled with what fits it, the
/// same wherever it stands twice.
pub fn keeps_to(prepared: &str, blanks: &[Blank], text: &str) -> bool {
    fits_pieces(&pieces(prepared), blanks, text, &mut vec![])
}

fn fits_pieces<'t>(
    pieces: &[Piece<'t>],
    blanks: &[Blank],
    text: &'t str,
    said: &mut Vec<(&'t str, &'t str)>,
) -> bool {
    let (piece, rest) = match pieces.split_first() {
        None => return text.is_empty(),
        Some(split) => split,
    };
    match piece {
        Piece::Words(words) => {
            text.strip_prefix(words).is_some_and(|after| fits_pieces(rest, blanks, after, said))
        }
        Piece::Blank { name, written } => {
            let answer = blanks.iter().find(|blank| blank.name == *name).map(|blank| &blank.answer);
            let ends = text.char_indices().map(|(end, _)| end).chain([text.len()]);
            ends.take(VALUE_CHARS_MAX + 1).any(|end| {
                let (value, after) = text.split_at(end);
                let before = said.iter().find(|(of, _)| of == name).map(|(_, value)| *value);
                let good = value == *written || answer.is_some_and(|answer| fits(answer, value));
                if !good || before.is_some_and(|before| before != value) {
                    return false;
                }
                said.push((name, value));
                let all = fits_pieces(rest, blanks, after, said);
                said.pop();
                all
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{an_incident, at, nothing};
    use crate::domain::statement::blanks as left;

    fn choice() -> Answer {
        Answer::Choice { of: vec!["mưa lũ".into(), "mưa lũ, sạt lở".into()] }
    }

    #[test]
    fn a_value_fits_its_blank_or_it_does_not() {
        for (answer, good, bad) in [
            (Answer::Words, vec!["Đập an toàn"], vec!["", " ", "{{tên}}"]),
            (
                Answer::Moment,
                vec!["07:30 ngày 10/9/2024", "7:05 ngày 01/09/2024", "23:59 ngày 29/2/2024"],
                vec![
                    "",
                    "07:30",
                    "24:00 ngày 10/9/2024",
                    "07:30 ngày 31/9/2024",
                    "07:30 ngày 29/2/2023",
                    "07:3 ngày 10/9/2024",
                    "07:30 ngày 10/9/24",
                    "07:30 ngày 10-9-2024",
                    " 07:30 ngày 10/9/2024",
                    "07:30 ngày 10/9/2024.",
                    "+7:30 ngày 10/9/2024",
                    "tối 10/9/2024",
                ],
            ),
            (
                Answer::Number,
                vec!["0", "05", "5", "1234", "1.234", "12,5", "1.234.567,89"],
                vec!["", "1,234.5", "1.23", ".234", "12,", ",5", "-5", "năm", "0.123", "0912345678", "1 234"],
            ),
            (
                Answer::Phone,
                vec![
                    "113",
                    "1900 1234",
                    "0214.3840.888",
                    "(0214) 3840888",
                    "+84 912 345 678",
                    "0912-345-678",
                ],
                vec!["", "12", "0912  345", "gọi 113", "0912345678901234", "113.", "113; 114", "(0214", "+"],
            ),
            (choice(), vec!["mưa lũ", "mưa lũ, sạt lở"], vec!["", "Mưa lũ", "mưa lũ ", "cháy"]),
        ] {
            for value in good {
                assert!(fits(&answer, value), "{answer:?} {value:?}");
            }
            for value in bad {
                assert!(!fits(&answer, value), "{answer:?} {value:?}");
            }
        }
    }

    fn blank(name: &str, answer: Answer, from: Option<Given>) -> Blank {
        Blank { name: name.into(), label: name.into(), hint: String::new(), answer, from }
    }

    fn all() -> Vec<Blank> {
        vec![
            blank("tên", Answer::Words, Some(Given::Title)),
            blank("nơi", Answer::Words, Some(Given::Place)),
            blank("xảy_ra", Answer::Moment, Some(Given::OccurredAt)),
            blank("tiếp_nhận", Answer::Moment, Some(Given::ReceivedAt)),
            blank("giờ", Answer::Moment, Some(Given::Now)),
            blank("rõ", Answer::Words, Some(Given::FactsVerified)),
            blank("chưa_rõ", Answer::Words, Some(Given::FactsOpen)),
            blank("chốt", Answer::Moment, Some(Given::FactsAsOf)),
            blank("tự_viết", Answer::Words, None),
        ]
    }

    #[test]
    fn the_record_fills_what_it_knows_and_nothing_else() {
        let case = an_incident();
        let text = "{{tên}} tại {{ nơi }}: {{xảy_ra}}, {{tiếp_nhận}}, {{giờ}}. {{rõ}}. {{chưa_rõ}}! {{chốt}} {{tự_viết}} {{lạ}} {{hở";
        let facts = Facts {
            verified: "Đập an toàn. Không ai bị nạn.",
            open: "Nguyên nhân.",
            as_of: Some(at("12:05:00")),
        };
        assert_eq!(
            fill(text, &all(), case.incident(), at("12:30:59"), &facts),
            "Tin đồn vỡ đập tại Xã Thử: 11:00 ngày 1/3/2026, 12:00 ngày 1/3/2026, 12:30 ngày 1/3/2026. \
             Đập an toàn. Không ai bị nạn. Nguyên nhân.! 12:05 ngày 1/3/2026 {{tự_viết}} {{lạ}} {{hở"
        );
        let unknown = fill(text, &all(), case.incident(), at("12:30:00"), &Facts::default());
        assert_eq!(left(&unknown), ["rõ", "chưa_rõ", "chốt", "tự_viết", "lạ"]);
        // An incident that was never opened knows nothing.
        assert_eq!(fill(text, &all(), nothing().incident(), at("12:30:00"), &facts), text);
    }

    #[test]
    fn a_fact_that_looks_like_a_blank_is_not_filled_in_and_nothing_is_filled_twice() {
        let case = an_incident();
        let facts = Facts { verified: "xem {{giờ}}", open: "{{tên}}", as_of: None };
        let text = "{{rõ}}; {{chưa_rõ}}";
        assert_eq!(fill(text, &all(), case.incident(), at("12:30:00"), &facts), text);
    }

    #[test]
    fn every_moment_that_is_filled_in_fits() {
        let case = an_incident();
        for from in [Given::OccurredAt, Given::ReceivedAt, Given::Now] {
            let blanks = [blank("x", Answer::Moment, Some(from))];
            let value = fill("{{x}}", &blanks, case.incident(), at("00:05:00"), &Facts::default());
            assert!(fits(&Answer::Moment, &value), "{value}");
        }
    }

    #[test]
    fn prepared_words_are_kept_or_they_are_not() {
        let blanks = [
            blank("loại", choice(), None),
            blank("giờ", Answer::Moment, None),
            blank("số", Answer::Number, None),
            blank("máy", Answer::Phone, None),
        ];
        let prepared = "Lúc {{giờ}}: {{loại}}, {{số}} xã. Gọi {{máy}}. Đến {{giờ}}.";
        let good = "Lúc 07:30 ngày 10/9/2024: mưa lũ, sạt lở, 1.234 xã. Gọi 113. Đến 07:30 ngày 10/9/2024.";
        assert!(keeps_to(prepared, &blanks, prepared), "still open");
        assert!(keeps_to(prepared, &blanks, good));
        assert!(keeps_to(prepared, &blanks, &good.replace("113", "{{máy}}")), "half done");
        for (from, to) in [
            ("xã", "huyện"),
            ("113", "0912  345"),
            ("mưa lũ, sạt lở", "cháy rừng"),
            ("1.234", "rất nhiều"),
            ("Đến 07:30", "Đến 08:30"),
            (".", ". Thêm một câu."),
            ("Lúc ", ""),
            ("Đến 07:30 ngày 10/9/2024.", ""),
        ] {
            let text = good.replacen(from, to, 1);
            assert_ne!(text, good, "{from}");
            assert!(!keeps_to(prepared, &blanks, &text), "{text}");
        }
        assert!(!keeps_to("{{lạ}}", &blanks, "bất cứ gì"), "a blank that nobody described takes nothing");
        assert!(!keeps_to(prepared, &blanks, &"7".repeat(40_000)));
    }
}
