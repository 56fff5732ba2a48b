//! `paper`: a document to be signed, from an incident's log, without a server. Reads only, so it may run beside one.

use super::errand::Errand;
use crate::library::Library;
use crate::paper::{self, Ask, File, House, Which};
use anyhow::Context as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    #[command(flatten)]
    errand: Errand,
    /// Văn bản: result (báo cáo kết quả), minutes (biên bản), số phát ngôn (PN-01), hoặc mã của cuộc họp báo.
    #[arg(long, default_value = "result")]
    paper: String,
    /// Loại tệp: docx hoặc pdf.
    #[arg(long, default_value = "docx")]
    file: String,
    /// Mã cơ quan ban hành; bỏ trống là cơ quan thường dùng.
    #[arg(long, value_name = "MÃ")]
    issuer: Option<String>,
    /// Cách ghi chức vụ người ký, đếm từ 1.
    #[arg(long, default_value_t = 1)]
    sign: usize,
    /// Họ tên người ký; bỏ trống thì để trống trên văn bản.
    #[arg(long, default_value = "")]
    signer: String,
    /// Thư mục kịch bản; bỏ trống để dùng dữ liệu có sẵn trong chương trình.
    #[arg(long, value_name = "DIR", requires = "seeds")]
    playbooks: Option<PathBuf>,
    /// Thư mục dữ liệu, có papers.toml.
    #[arg(long, value_name = "DIR", requires = "playbooks")]
    seeds: Option<PathBuf>,
}

pub(super) fn paper(order: &Order) -> anyhow::Result<ExitCode> {
    let file = File::from_code(&order.file)
        .with_context(|| format!("không có loại tệp “{}”; có: docx, pdf", order.file))?;
    let library = match order.playbooks.as_deref().zip(order.seeds.as_deref()) {
        Some((playbooks, seeds)) => Library::from_dirs(playbooks, seeds)
            .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display()))?,
        None => Library::embedded(),
    };
    let (_, whole, options) = order.errand.begin()?;
    let source = whole.source();
    let mut statements = whole.incident.statements.iter();
    let numbered = statements.find(|row| row.number.eq_ignore_ascii_case(&order.paper));
    let which =
        numbered.map(|row| Which::Statement(row.id.clone())).or_else(|| Which::from_code(&order.paper));
    let which = which.with_context(|| {
        let today = library.law.calendar.local(options.made_at).date();
        let offers = paper::offers(source, &library.papers, today).papers;
        let codes: Vec<_> = offers.iter().map(|offer| format!("{} ({})", offer.code, offer.title)).collect();
        format!("không có văn bản này; có: {}", codes.join(", "))
    })?;
    let house = House { forms: &library.papers, annual: &library.annual, law: &library.law };
    let ask = Ask {
        issuer: order.issuer.clone(),
        sign: order.sign.saturating_sub(1),
        signer: order.signer.clone(),
    };
    let name = paper::file_name(&which, file, &whole.incident, options.variant);
    order
        .errand
        .make(&name, options.head, |out| paper::write(&which, file, source, house, &ask, &options, out))?;
    Ok(ExitCode::SUCCESS)
}
