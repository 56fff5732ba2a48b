//! What a server is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Where a server listens unless told otherwise: this machine only.
pub const LISTEN: &str = "127.0.0.1:8423";

/// The server's settings, from the command line or the environment.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Thư mục dữ liệu: nhật ký và chỉ mục.
    #[arg(long, value_name = "DIR", default_value = "./data", env = "PHONGTRUC_DATA")]
    pub data: PathBuf,
    /// Địa chỉ và cổng lắng nghe; cổng 0 để máy tự chọn.
    #[arg(long, value_name = "ADDR:PORT", default_value = LISTEN, env = "PHONGTRUC_LISTEN")]
    pub listen: SocketAddr,
    /// Địa chỉ mà trình duyệt dùng, nếu khác địa chỉ lắng nghe (ví dụ https://phongtruc.tinh.vn); ghi được nhiều lần.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_ORIGIN", value_delimiter = ',')]
    pub origin: Vec<String>,
    /// Thư mục kịch bản, thay cho các kịch bản có sẵn trong chương trình (đi cùng --seeds).
    #[arg(long, value_name = "DIR", env = "PHONGTRUC_PLAYBOOKS", requires = "seeds")]
    pub playbooks: Option<PathBuf>,
    /// Thư mục dữ liệu tổ chức, pháp luật, lịch (đi cùng --playbooks).
    #[arg(long, value_name = "DIR", env = "PHONGTRUC_SEEDS", requires = "playbooks")]
    pub seeds: Option<PathBuf>,
}

impl Config {
    /// The origins that browsers may come from, once the port is known.
    ///
    /// # Errors
    /// When it listens on every address and nobody said what the browsers call it.
    pub fn origins(&self, bound: SocketAddr) -> anyhow::Result<Vec<String>> {
        if !self.origin.is_empty() {
            return Ok(self.origin.iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect());
        }
        if bound.ip().is_unspecified() {
            anyhow::bail!(
                "lắng nghe trên mọi địa chỉ thì phải cho biết trình duyệt dùng địa chỉ nào, \
                 ví dụ: --origin https://phongtruc.tinh.vn"
            );
        }
        let mut origins = vec![format!("http://{bound}")];
        if bound.ip().is_loopback() {
            origins.push(format!("http://localhost:{}", bound.port()));
        }
        Ok(origins)
    }
}
