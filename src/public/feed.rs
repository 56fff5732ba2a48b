//! The feeds: Atom (RFC 4287) and JSON Feed 1.1. Every statement is its own entry with an id that stays; a correction
//! says what it corrects, and the corrected one moves up because its standing changed. All links are absolute.

use super::page::{ATOM, JSON, TITLE, paragraphs};
use super::{Neighbour, Published, Site, path};
use crate::domain::incident::EARLIEST;
use crate::domain::statement::Relation;
use crate::export::words::escaped as esc;
use serde_json::{Value, json};

/// Entries of a feed: a reader that was away for a crisis still gets all of it.
pub const ENTRIES: usize = 50;

/// The newest statements as an Atom feed.
pub fn atom(site: &Site, statements: &[Published]) -> String {
    let (url, authority) = (esc(&site.url), esc(&site.authority));
    // A feed without entries was never updated; a date is required, so it is the earliest that there is.
    let newest = statements.iter().max_by_key(|row| row.updated);
    let updated = newest.map_or_else(|| EARLIEST.to_string(), |row| row.stamp(row.updated));
    let entries: String = statements.iter().map(|row| entry(site, row)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n\
         <id>{url}{ATOM}</id>\n<title>{TITLE} – {authority}</title>\n<updated>{updated}</updated>\n\
         <author><name>{authority}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{url}{ATOM}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}/\"/>\n{entries}</feed>\n"
    )
}

/// The newest statements as a JSON feed.
pub fn json(site: &Site, statements: &[Published]) -> String {
    let author = json!({ "name": site.authority, "url": format!("{}/", site.url) });
    let items: Vec<_> = statements.iter().map(|row| item(site, row)).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("{TITLE} – {}", site.authority),
        "home_page_url": format!("{}/", site.url),
        "feed_url": format!("{}{JSON}", site.url),
        "language": "vi",
        "authors": [author],
        "items": items,
    });
    format!("{feed:#}\n")
}

fn id(row: &Published) -> String {
    format!("urn:sha256:{}", row.id)
}

/// Number and title, and what it does to the one before.
fn title(row: &Published) -> String {
    let older = row.replaces.as_ref().and_then(|older| Some((older.relation?, &older.number)));
    let relation = older.map(|(relation, number)| format!(" ({} {number})", relation.title()));
    row.name() + &relation.unwrap_or_default()
}

/// What a reader has to know before the words: that newer ones are out, and what these replace. With the address of
/// the other statement.
fn standing(site: &Site, row: &Published) -> Vec<(String, Option<String>)> {
    let address = |other: &Neighbour| site.url.clone() + &path(&row.incident, &other.number);
    let replaced = row.replaced.as_ref().map(|replaced| match &replaced.by {
        Some(by) => (format!("{}: {}, {}.", replaced.sentence(), by.number, by.title), Some(address(by))),
        None => (format!("{}.", replaced.sentence()), None),
    });
    let replaces = row.replaces.as_ref().map(|older| {
        let relation = older.relation.map_or("cập nhật", Relation::title);
        (format!("Bản này {relation} {}, {}.", older.number, older.title), Some(address(older)))
    });
    replaced.into_iter().chain(replaces).collect()
}

/// What stands before the words, then the words, as HTML.
fn html(site: &Site, row: &Published) -> String {
    let standing = standing(site, row).into_iter().map(|(words, link)| match link {
        Some(link) => format!("<p><strong><a href=\"{}\">{}</a></strong></p>\n", esc(&link), esc(&words)),
        None => format!("<p><strong>{}</strong></p>\n", esc(&words)),
    });
    standing.collect::<String>() + &paragraphs(&row.text)
}

fn entry(site: &Site, row: &Published) -> String {
    let url = esc(&site.url);
    let related = [&row.replaces, &row.replaced.as_ref().and_then(|replaced| replaced.by.clone())];
    let related = related.into_iter().flatten().map(|other| {
        let (address, number) = (esc(&path(&row.incident, &other.number)), esc(&other.number));
        format!("<link rel=\"related\" type=\"text/html\" title=\"{number}\" href=\"{url}{address}\"/>\n")
    });
    format!(
        "<entry>\n<id>{id}</id>\n<title>{title}</title>\n<published>{published}</published>\n<updated>{updated}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}{path}\"/>\n\
         <link rel=\"alternate\" type=\"text/plain\" href=\"{url}{text}\"/>\n{related}\
         <content type=\"html\">{content}</content>\n</entry>\n",
        id = id(row),
        title = esc(&title(row)),
        published = row.stamp(row.at),
        updated = row.stamp(row.updated),
        path = esc(&row.path()),
        text = esc(&row.text_path()),
        related = related.collect::<String>(),
        content = esc(&html(site, row)),
    )
}

fn item(site: &Site, row: &Published) -> Value {
    let address = |other: &Neighbour| site.url.clone() + &path(&row.incident, &other.number);
    let standing: Vec<_> = standing(site, row).into_iter().map(|(words, _)| words).collect();
    let by = row.replaced.as_ref().and_then(|replaced| replaced.by.as_ref());
    let mut item = json!({
        "id": id(row),
        "url": site.url.clone() + &row.path(),
        "title": title(row),
        "content_html": html(site, row),
        "content_text": row.text,
        "date_published": row.stamp(row.at),
        "date_modified": row.stamp(row.updated),
        "authors": [{ "name": format!("{}, {}", row.speaker.name, row.speaker.title) }],
        "_statement": {
            "about": site.url.clone() + "/",
            "number": row.number,
            "incident": row.incident,
            "sha256": row.digest,
            "text_url": site.url.clone() + &row.text_path(),
            "replaces": row.replaces.as_ref().map(address),
            "replaced_by": by.map(address),
            "relation": row.replaced.as_ref().map(|replaced| replaced.relation),
        },
    });
    if !standing.is_empty() {
        item["summary"] = standing.join(" ").into();
    }
    item
}
