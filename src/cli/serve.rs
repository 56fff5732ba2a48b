//! `serve` and `demo`: start, say where, and go on until told to end.

use crate::api::Links;
use crate::config::Config;
use crate::demo::Demo;
use crate::server::Server;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::signal::unix::{SignalKind, signal};

/// Prints a line. Whoever read the first lines may have closed the pipe; that is no reason to end a server.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn say_public(server: &Server) {
    if let Some(url) = &server.public {
        say(&format!("Trang phát ngôn công khai: {url}"));
    }
}

pub(super) async fn serve(config: &Config) -> anyhow::Result<ExitCode> {
    let server = Server::start(config, None).await?;
    say(&format!("Phòng Trực đang chạy tại {}", server.origin));
    say_public(&server);
    say(&format!("Dữ liệu: {}", config.data.display()));
    if let Some(link) = server.first_administrator().await? {
        say("");
        say(
            "Chưa có quản trị viên. Mở liên kết này (dùng một lần, trong 72 giờ) để đặt mật khẩu cho tài khoản “quantri”:",
        );
        say(&format!("  {link}"));
    }
    until_told(server).await
}

pub(super) async fn demo(config: &Config, colleague: bool) -> anyhow::Result<ExitCode> {
    let switch = Arc::new(AtomicBool::new(colleague));
    let server = Server::start(config, Some(switch.clone())).await?;
    let demo = Demo::prepare(server.rooms.clone()).await?;
    say(&format!("Phòng Trực (bản trình diễn) đang chạy tại {}", server.origin));
    say_public(&server);
    say("");
    say("Mở mỗi liên kết trong một cửa sổ trình duyệt riêng (hoặc cửa sổ ẩn danh) để vào vai một cơ quan:");
    for guest in demo.guests()? {
        let link = Links::to_sign_in(&server.rooms.index, &server.origin, &guest.person)?;
        say(&format!("  {}: {link}", guest.office));
    }
    say("");
    say(&format!("Dữ liệu: {}. Dừng: Ctrl+C. Chạy lại: mọi việc đã ghi vẫn còn.", config.data.display()));
    tokio::spawn(demo.colleague(switch));
    until_told(server).await
}

async fn until_told(server: Server) -> anyhow::Result<ExitCode> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    tracing::info!("Đang dừng; các cửa sổ đang mở sẽ tự nối lại khi máy chủ chạy lại.");
    server.end().await?;
    Ok(ExitCode::SUCCESS)
}
