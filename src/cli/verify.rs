//! `verify`: is this log what it was? Needs no server and nothing but the file.

use crate::domain::ids::Digest;
use crate::log::file::FileLog;
use crate::log::{Head, chain};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn verify(file: &Path, head: Option<String>, json: bool) -> anyhow::Result<ExitCode> {
    let stored = FileLog::stored(file);
    let (kept, bytes) = stored.with_context(|| format!("không đọc được {}", file.display()))?;
    let expected = head.map(Digest::try_from).transpose().map_err(anyhow::Error::msg)?;
    let mut verified = chain::verify(&bytes, kept);
    if verified.damage.is_none()
        && let Some(expected) = expected.filter(|expected| *expected != verified.head.digest)
    {
        let reason = format!("mã băm dòng cuối không phải {expected}");
        verified.damage = Some(crate::log::Damage { line: verified.head.rev, reason });
    }
    let chain::Verified { head: Head { rev, digest }, damage, .. } = &verified;
    let purged = verified.purged();
    if json {
        let damage =
            damage.as_ref().map(|damage| serde_json::json!({ "line": damage.line, "reason": damage.reason }));
        let whole = damage.is_none();
        println!(
            "{}",
            serde_json::json!({ "whole": whole, "lines": rev, "head": digest, "damage": damage, "purged": purged })
        );
    } else if let Some(damage) = damage {
        println!("KHÔNG NGUYÊN VẸN: {}: dòng {}: {}", file.display(), damage.line, damage.reason);
    } else {
        println!("Nguyên vẹn: {}: {rev} dòng, mã băm dòng cuối {digest}", file.display());
        if purged > 0 {
            println!("Trong đó {purged} dòng đã bị xóa bỏ nội dung, có biên bản trong nhật ký.");
        }
        if kept.is_none() && expected.is_none() {
            println!(
                "Chưa đối chiếu được dòng cuối: không có tệp .head bên cạnh. So mã băm trên với bản xuất đã lưu, hoặc dùng --head."
            );
        }
    }
    Ok(if damage.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
