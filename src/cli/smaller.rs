//! The smaller pictures of one picture, made in a process that may take so much memory and no more: what a crafted file
//! does to a decoder ends here.

use crate::attachments::picture;
use crate::attachments::preview::NoPreview;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn smaller(from: &Path, to: &Path) -> ExitCode {
    picture::confine();
    match picture::make(from, to) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{}", NoPreview::Unfit(why).written());
            ExitCode::FAILURE
        }
    }
}
