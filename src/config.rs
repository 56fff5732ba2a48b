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
    /// Mở trang công khai ở địa chỉ và cổng riêng này: chỉ có phát ngôn đã phát hành. Không ghi thì không mở.
    #[arg(long, value_name = "ADDR:PORT", env = "PHONGTRUC_PUBLIC")]
    pub public: Option<SocketAddr>,
    /// Địa chỉ mà người dân gõ để đọc trang công khai (ví dụ https://phatngon.tinh.vn); đi cùng --public.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_PUBLIC_URL", requires = "public")]
    pub public_url: Option<String>,
    /// Máy chủ thư để báo tin, ví dụ smtps://ten:mat-khau@thu.tinh.vn; không ghi thì không gửi thư. Nên đặt bằng biến
    /// môi trường, vì dòng lệnh ai trên máy cũng đọc được.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_SMTP", hide_env_values = true, requires = "mail_from")]
    pub smtp: Option<String>,
    /// Địa chỉ gửi của thư báo tin.
    #[arg(long, value_name = "ADDRESS", env = "PHONGTRUC_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Việc chờ ai bao nhiêu giây mà chưa ai làm thì mới báo ra ngoài phòng.
    #[arg(long, value_name = "SECONDS", default_value_t = 15, env = "PHONGTRUC_NOTICE_AFTER")]
    pub notice_after: u32,
    /// Thêm một dịch vụ báo tin của trình duyệt ngoài các dịch vụ đã biết, ví dụ https://push.tinh.vn; ghi được nhiều lần.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_PUSH_SERVICE", value_delimiter = ',')]
    pub push_service: Vec<String>,
    /// Thư mục điểm chốt (đầu nhật ký đã ký), nên ở ổ đĩa hoặc máy khác; không ghi thì nằm trong thư mục dữ liệu.
    #[arg(long, value_name = "DIR", env = "PHONGTRUC_CHECKPOINTS")]
    pub checkpoints: Option<PathBuf>,
    /// Gửi mỗi điểm chốt đến một bên làm chứng giữ hộ, bằng POST.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_WITNESS")]
    pub witness: Option<String>,
    /// Máy chủ cấp dấu thời gian theo RFC 3161 cho mỗi điểm chốt.
    #[arg(long, value_name = "URL", env = "PHONGTRUC_TSA")]
    pub tsa: Option<String>,
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

    /// The address of the public page, with which its links begin, once the port is known. It is said here and never
    /// taken from a request: the name in a request is its sender's to choose, and one answer is kept for all readers.
    ///
    /// # Errors
    /// When it is no plain web address, or nobody said it and the page listens on every address.
    pub fn public_url(&self, bound: SocketAddr) -> anyhow::Result<String> {
        match self.public_url.as_deref().map(|url| url.trim_end_matches('/')) {
            Some(url) if is_origin(url) => Ok(url.to_owned()),
            Some(url) => anyhow::bail!(
                "--public-url phải là địa chỉ không kèm đường dẫn, ví dụ https://phatngon.tinh.vn; đang là «{url}»"
            ),
            None if bound.ip().is_unspecified() => anyhow::bail!(
                "trang công khai lắng nghe trên mọi địa chỉ thì phải cho biết người dân đọc ở địa chỉ nào, \
                 ví dụ: --public-url https://phatngon.tinh.vn"
            ),
            None => Ok(format!("http://{bound}")),
        }
    }
}

/// Whether it is a scheme, a host and perhaps a port: pages link from the root, so nothing may stand behind.
fn is_origin(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    host.is_some_and(|host| !host.is_empty() && host.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::is_origin;

    #[test]
    fn a_public_address_is_scheme_host_and_port() {
        for good in ["https://phatngon.tinh.vn", "http://127.0.0.1:8424", "http://[::1]:8424"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "",
            "phatngon.tinh.vn",
            "https://",
            "https://a.vn/x",
            "https://a@b.vn",
            "ftp://a.vn",
            "https://a.vn?x",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
