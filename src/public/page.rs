//! The pages that the public reads: the list, one statement, and that there is nothing. One file each, with its own
//! style and no script; whatever people wrote is escaped and stays text.

use super::{Neighbour, Published, Replaced, Site, path};
use crate::domain::statement::Relation;
use crate::export::words::{Moment, escaped as esc, zone};

/// Statements on one page of the list: what a reader looks through before they search.
pub const LISTED: usize = 20;
/// Letters of the words that the list shows: enough to know what it is about, on four lines of a phone.
const EXCERPT: usize = 240;
/// The style of every page. It stands in the page itself, and the content policy allows exactly this text.
pub const STYLE: &str = include_str!("page.css");
/// The Atom feed's address.
pub const ATOM: &str = "/atom.xml";
/// The JSON feed's address.
pub const JSON: &str = "/feed.json";
/// Before the number of a page of the list, the first aside.
pub const PAGES: &str = "/trang/";
/// What the site calls itself.
pub const TITLE: &str = "Phát ngôn chính thức";

/// One page of the list, newest first: the page's number from 1, and how many there are.
pub fn list(site: &Site, statements: &[Published], number: usize, of: usize) -> String {
    let items: String = statements.iter().map(item).collect();
    let items = match statements {
        [] => "<p class=\"none\">Chưa có phát ngôn nào.</p>\n".to_owned(),
        _ => format!("<ol class=\"list\">\n{items}</ol>\n"),
    };
    let here = if number == 1 { "/".to_owned() } else { format!("{PAGES}{number}") };
    let title = if number == 1 { TITLE.to_owned() } else { format!("{TITLE}, trang {number}") };
    let body = format!(
        "<h1>{TITLE}</h1>\n<p class=\"lead\">Đăng ngay khi người phát ngôn phát hành, đúng từng chữ bản đã được duyệt, mới \
         nhất ở trên. Bản đã đính chính hoặc rút vẫn còn ở đây và nói rõ điều đó.</p>\n{items}{}",
        pager(number, of)
    );
    whole(site, &Frame { title: &title, path: Some(&here), text: None, main: &body })
}

/// The page of one statement.
pub fn statement(site: &Site, row: &Published) -> String {
    let body = format!(
        "{notice}<article>\n<header>\n<p class=\"number\">Phát ngôn số {number}<span>Sự việc {incident}</span></p>\n\
         <h1>{title}</h1>\n<p class=\"when\">Phát hành lúc {when}</p>\n{replaces}</header>\n\
         <div class=\"words{gone}\">\n{words}</div>\n<p class=\"speaker\">Người phát ngôn <b>{name}</b><span>{post}</span></p>\n\
         </article>\n{document}{outlets}{series}{proof}<p class=\"back\"><a href=\"/\">Tất cả phát ngôn</a></p>\n",
        notice = notice(row),
        number = esc(&row.number),
        incident = esc(&row.incident),
        title = esc(&row.title),
        when = time(row, row.at),
        replaces = replaces(row),
        gone = if is_gone(row) { " gone" } else { "" },
        words = paragraphs(&row.text),
        name = esc(&row.speaker.name),
        post = esc(&row.speaker.title),
        document = document(row),
        outlets = outlets(row),
        series = series(row),
        proof = proof(row),
    );
    let (here, text) = (row.path(), row.text_path());
    whole(site, &Frame { title: &row.name(), path: Some(&here), text: Some(&text), main: &body })
}

/// What stands at an address where there is nothing.
pub fn missing(site: &Site) -> String {
    let body = "<h1>Không có trang này</h1>\n<p class=\"lead\">Địa chỉ có thể bị gõ thiếu hoặc chép sai. Mọi phát ngôn đã \
        phát hành đều có trong danh sách.</p>\n<p class=\"back\"><a href=\"/\">Tất cả phát ngôn</a></p>\n";
    whole(site, &Frame { title: "Không có trang này", path: None, text: None, main: body })
}

/// The words as paragraphs; a blank line parts two of them, and lines within one stay lines.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut lines: Vec<String> = vec![];
    let close = |lines: &mut Vec<String>, out: &mut String| {
        if !lines.is_empty() {
            out.push_str(&format!("<p>{}</p>\n", lines.join("<br>\n")));
            lines.clear();
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() {
            close(&mut lines, &mut out);
        } else {
            lines.push(esc(line));
        }
    }
    close(&mut lines, &mut out);
    out
}

/// A page before it has what all pages have.
struct Frame<'a> {
    title: &'a str,
    path: Option<&'a str>,
    text: Option<&'a str>,
    main: &'a str,
}

fn whole(site: &Site, frame: &Frame) -> String {
    let (authority, url) = (esc(&site.authority), esc(&site.url));
    let alternate = |media: &str, title: &str, path: &str| {
        format!("<link rel=\"alternate\" type=\"{media}\" title=\"{title}\" href=\"{url}{path}\">\n")
    };
    let mut links = alternate("application/atom+xml", "Atom", ATOM);
    links += &alternate("application/feed+json", "JSON Feed", JSON);
    links += &frame.text.map_or_else(String::new, |path| alternate("text/plain", "Bản chữ", &esc(path)));
    let canonical = frame.path.map_or_else(
        || "<meta name=\"robots\" content=\"noindex\">\n".to_owned(),
        |path| format!("<link rel=\"canonical\" href=\"{url}{}\">\n", esc(path)),
    );
    format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} – {authority}</title>\n{canonical}{links}\
         <style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#noi-dung\">Đến nội dung</a>\n\
         <div class=\"mast\"><p class=\"authority\">{authority}</p><p class=\"site\"><a href=\"/\">{TITLE}</a></p></div>\n\
         <main id=\"noi-dung\">\n{main}</main>\n<footer>\n\
         <p>Nhận phát ngôn mới: <a href=\"{ATOM}\">Atom</a>, <a href=\"{JSON}\">JSON Feed</a>.</p>\n\
         <p>Trang này không dùng cookie, không có mã chạy và không tải gì từ nơi khác.</p>\n</footer>\n</body>\n</html>\n",
        title = esc(frame.title),
        main = frame.main,
    )
}

fn pager(number: usize, of: usize) -> String {
    if of < 2 {
        return String::new();
    }
    let newer = match number {
        1 => "<span></span>".to_owned(),
        2 => "<a rel=\"prev\" href=\"/\">Mới hơn</a>".to_owned(),
        _ => format!("<a rel=\"prev\" href=\"{PAGES}{}\">Mới hơn</a>", number - 1),
    };
    let older = if number < of {
        format!("<a rel=\"next\" href=\"{PAGES}{}\">Cũ hơn</a>", number + 1)
    } else {
        "<span></span>".to_owned()
    };
    format!(
        "<nav class=\"pager\" aria-label=\"Trang\">{newer}<span>Trang {number}/{of}</span>{older}</nav>\n"
    )
}

fn item(row: &Published) -> String {
    let standing = match (&row.replaced, &row.replaces) {
        (Some(replaced), _) => {
            let by = replaced.by.as_ref().map_or_else(String::new, |by| format!(": {}", link(row, by)));
            format!("<p class=\"{}\">{}{by}</p>\n", class(replaced.relation), short(replaced.relation))
        }
        (None, Some(older)) => {
            let relation = older.relation.map_or("", Relation::title);
            format!("<p class=\"newer\">Bản {relation} của {}</p>\n", link(row, older))
        }
        (None, None) => String::new(),
    };
    // Words that are wrong or withdrawn are for who asks for them, not for a list.
    let excerpt = if is_gone(row) { String::new() } else { format!("<p>{}</p>\n", esc(&excerpt(&row.text))) };
    format!(
        "<li>\n<p class=\"when\">{}<span>{}</span></p>\n<div>\n<h2><a href=\"{}\">{}</a></h2>\n{standing}{excerpt}</div>\n</li>\n",
        time(row, row.at),
        esc(&row.number),
        esc(&row.path()),
        esc(&row.title),
    )
}

/// The beginning of the words on one line, cut between two of them.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(EXCERPT) else { return line };
    let cut = &line[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{} …", cut.trim_end_matches([',', ';', ':', '.']))
}

fn is_gone(row: &Published) -> bool {
    row.replaced.as_ref().is_some_and(|replaced| replaced.relation != Relation::Update)
}

fn class(relation: Relation) -> &'static str {
    match relation {
        Relation::Update => "newer",
        Relation::Correction | Relation::Withdrawal => "wrong",
    }
}

fn short(relation: Relation) -> &'static str {
    match relation {
        Relation::Update => "Đã có bản cập nhật",
        Relation::Correction => "Đã được đính chính",
        Relation::Withdrawal => "Đã được rút",
    }
}

/// A link to a statement of the same incident.
fn link(row: &Published, to: &Neighbour) -> String {
    format!("<a href=\"{}\">{}</a>", esc(&path(&row.incident, &to.number)), esc(&to.number))
}

fn named(row: &Published, to: &Neighbour) -> String {
    let (address, name) =
        (esc(&path(&row.incident, &to.number)), esc(&format!("{}: {}", to.number, to.title)));
    format!("<a href=\"{address}\">{name}</a>")
}

fn time(row: &Published, at: jiff::Timestamp) -> String {
    let Moment { time, day, .. } = row.moment(at);
    format!("<time datetime=\"{}\">{time} ngày {day}</time>", row.stamp(at))
}

/// At the very top: newer words stand elsewhere.
fn notice(row: &Published) -> String {
    let newest = row.newest().map(|newest| format!("Bản mới nhất: {}.", named(row, newest)));
    let Some(replaced) = &row.replaced else {
        let newest = newest.map(|newest| format!("<aside class=\"notice newer\"><p>{newest}</p></aside>\n"));
        return newest.unwrap_or_default();
    };
    let Replaced { relation, by } = replaced;
    let by = by.as_ref().map(|by| format!("Xem {}, phát hành lúc {}.", named(row, by), time(row, by.at)));
    let more: Vec<_> = by.into_iter().chain(newest).collect();
    let more = if more.is_empty() { String::new() } else { format!("<p>{}</p>", more.join(" ")) };
    format!(
        "<aside class=\"notice {}\"><p><strong>{}.</strong></p>{more}</aside>\n",
        class(*relation),
        replaced.sentence()
    )
}

/// What this one does to the words before it.
fn replaces(row: &Published) -> String {
    let Some(older) = &row.replaces else { return String::new() };
    let verb = match older.relation {
        Some(Relation::Correction) => "Bản này đính chính",
        Some(Relation::Withdrawal) => "Bản này rút",
        Some(Relation::Update) | None => "Bản này cập nhật",
    };
    let (older, at) = (named(row, older), time(row, older.at));
    format!("<p class=\"replaces\">{verb} {older}, phát hành lúc {at}.</p>\n")
}

fn section(id: &str, title: &str, body: &str) -> String {
    format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{body}</section>\n")
}

fn document(row: &Published) -> String {
    let Some((number, date)) = &row.document else { return String::new() };
    let body = format!("<p>Số {} ngày {}</p>\n", esc(number), date.strftime("%d/%m/%Y"));
    section("van-ban", "Văn bản", &body)
}

fn outlets(row: &Published) -> String {
    let outlets = row.outlets.iter().map(|outlet| {
        let title = esc(&outlet.title);
        let title = outlet.link.as_ref().map_or_else(
            || title.clone(),
            |link| format!("<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>", esc(link)),
        );
        format!("<li>{title}<span>{}</span></li>\n", time(row, outlet.at))
    });
    let body = format!("<ul class=\"rows\">\n{}</ul>\n", outlets.collect::<String>());
    section("kenh", "Đã phát hành trên", &body)
}

fn series(row: &Published) -> String {
    if row.series.len() < 2 {
        return String::new();
    }
    let rows = row.series.iter().map(|one| {
        let what = one.relation.map_or("bản đầu", Relation::title);
        let name = if one.number == row.number {
            format!("<b aria-current=\"page\">{}</b>", esc(&format!("{}: {}", one.number, one.title)))
        } else {
            named(row, one)
        };
        format!("<li><div>{name} <em>{what}</em></div><span>{}</span></li>\n", time(row, one.at))
    });
    let body = format!("<ol class=\"rows\">\n{}</ol>\n", rows.collect::<String>());
    section("chuoi", "Các bản về cùng một nội dung", &body)
}

/// How a reader makes sure that these are the words that went out.
fn proof(row: &Published) -> String {
    let file = format!("{}{}", row.number, super::TEXT_ENDING);
    let body = format!(
        "<p>Mã băm SHA-256 của đúng nội dung đã duyệt và phát hành:</p>\n<p class=\"digest\"><code>{digest}</code></p>\n\
         <p>Tự kiểm tra: tải <a href=\"{path}\" type=\"text/plain\">bản chữ {file}</a>, chạy <code>sha256sum {file}</code> (trên \
         Windows: <code>certutil -hashfile {file} SHA256</code>). Kết quả phải trùng từng chữ số với mã ở trên; khác một chữ \
         số là nội dung đã bị sửa. Mọi giờ trên trang theo {zone}.</p>\n",
        digest = row.digest,
        path = esc(&row.text_path()),
        file = esc(&file),
        zone = zone(&row.calendar()),
    );
    section("kiem-tra", "Kiểm tra nội dung", &body)
}
