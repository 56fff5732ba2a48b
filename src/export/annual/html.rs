//! The annual report as one self-contained page to read and to print: the form on the first sheet, then the lists and
//! how it was counted. No script, nothing from elsewhere; whatever people wrote is escaped.

use super::{Entry, Line, Sheet};
use crate::export::html::{STYLE, table};
use crate::export::words::escaped as esc;

const FORM_STYLE: &str = include_str!("form.css");

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let title = format!("{} năm {}", sheet.title, sheet.year);
    let page = format!(
        "<!DOCTYPE html>\n<html lang=vi>\n<head>\n<meta charset=utf-8>\n\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}{FORM_STYLE}</style>\n</head>\n<body>\n<main>\n{}{}</main>\n</body>\n</html>\n",
        esc(&title),
        form(sheet),
        appendix(sheet),
    );
    page.into_bytes()
}

fn paragraphs(class: &str, texts: &[String]) -> String {
    texts.iter().map(|text| format!("<p class={class}>{}</p>\n", esc(text))).collect()
}

fn form(sheet: &Sheet) -> String {
    let row = |line: &Line| {
        let (number, title, value) = (line.number, esc(&line.title), esc(&line.value));
        let basis =
            if line.basis.is_empty() { String::new() } else { format!("<br><em>{}</em>", esc(&line.basis)) };
        format!("<td class=no>{number}</td><td>{title}{basis}</td><td class=value>{value}</td>")
    };
    let rows: Vec<_> = sheet.rows.iter().map(row).collect();
    format!(
        "<div class=letterhead><p><b>{authority}</b></p><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>\
         <b class=motto>Độc lập - Tự do - Hạnh phúc</b></p>\n\
         <p>Số: ………</p><p><i>………, ngày …… tháng …… năm ………</i></p></div>\n\
         <header><p>BÁO CÁO</p><h1>{title} năm {year}</h1><p class=made>{period}</p></header>\n{warnings}\
         <p>Căn cứ: {basis}.</p>\n{table}\
         <div class=signature><p><b>Nơi nhận:</b><br>………</p><p><b>NGƯỜI ĐỨNG ĐẦU CƠ QUAN</b><br><i>(Ký, đóng dấu, ghi rõ họ tên)</i></p></div>\n",
        authority = esc(&sheet.authority),
        title = esc(&sheet.title),
        year = sheet.year,
        period = esc(&sheet.period),
        warnings = paragraphs("warning", &sheet.warnings),
        basis = esc(&sheet.basis),
        table = table("form", &["TT", "Nội dung", "Kết quả"], &rows),
    )
}

fn appendix(sheet: &Sheet) -> String {
    let lists: String = sheet.rows.iter().map(list).collect();
    let quarter = |(days, state): &(String, String)| format!("<td>{}</td><td>{}</td>", esc(days), esc(state));
    let quarters: Vec<_> = sheet.quarters.iter().map(quarter).collect();
    let method: String =
        sheet.method.iter().map(|sentence| format!("<li>{}</li>\n", esc(sentence))).collect();
    format!(
        "<div class=appendix>\n<h2>Phụ lục 1. Các vụ việc đứng sau từng số liệu</h2>\n{lists}\
         <h2>Phụ lục 2. {note}</h2>\n{quarters}<h2>Phụ lục 3. Cách tính</h2>\n<ul>\n{method}</ul>\n\
         <p class=made>Lập lúc {made} ({zone}), {by}.</p>\n</div>\n",
        note = esc(&sheet.conference_note),
        quarters = table("quarters", &["Khoảng thời gian", "Họp báo"], &quarters),
        made = esc(&sheet.made_at.words),
        zone = esc(&sheet.zone),
        by = esc(&sheet.made_by),
    )
}

fn list(line: &Line) -> String {
    let row = |counts: &'static str| {
        move |entry: &Entry| {
            let mark = if entry.under_way { "<br><em>đang xử lý</em>" } else { "" };
            format!("<td>{}{mark}</td><td>{counts}</td><td>{}</td>", esc(&entry.what), esc(&entry.why))
        }
    };
    let rows: Vec<_> =
        line.counted.iter().map(row("có")).chain(line.missed.iter().map(row("<b>không</b>"))).collect();
    format!(
        "<h3>Mục {}. {}: {}</h3>\n{}",
        line.number,
        esc(&line.title),
        esc(&line.value),
        table("list", &["Vụ việc", "Được tính", "Vì sao"], &rows)
    )
}
