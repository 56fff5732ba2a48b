//! `export`: an incident's record as a file, from its log, without a server. Reads only, so it may run beside one.

use super::errand::Errand;
use crate::export::{self, Format, View};
use anyhow::Context as _;
use std::process::ExitCode;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    #[command(flatten)]
    errand: Errand,
    /// Định dạng: html, pdf, xlsx, csv, md, ics, cap hoặc json.
    #[arg(long, default_value = "html")]
    format: String,
}

pub(super) fn export(order: &Order) -> anyhow::Result<ExitCode> {
    let codes = || Format::ALL.iter().map(|format| format.code()).collect::<Vec<_>>().join(", ");
    let format = Format::from_code(&order.format)
        .with_context(|| format!("không có định dạng “{}”; có: {}", order.format, codes()))?;
    let (_, whole, options) = order.errand.begin()?;
    let view = View::of(whole.source(), &options)?;
    let name = export::file_name(&whole.incident, format, options.variant);
    order.errand.make(&name, options.head, |out| export::write(format, &view, out))?;
    Ok(ExitCode::SUCCESS)
}
