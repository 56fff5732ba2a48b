//! The command line: one subcommand per job, each with an example, exit codes that scripts can use.

mod archive;
mod check;
mod errand;
mod export;
mod find;
mod paper;
mod schema;
mod serve;
mod smaller;
mod verify;
mod watch;

use crate::attachments::preview;
use crate::config::Config;
use clap::{Parser, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// Phòng Trực: phòng trực xử lý sự cố, khủng hoảng truyền thông.
#[derive(Debug, Parser)]
#[command(name = "phongtruc", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Chạy máy chủ. Lần đầu in một liên kết dùng một lần để tạo quản trị viên.
    #[command(
        after_help = "Ví dụ: phongtruc serve --data /srv/phongtruc --listen 127.0.0.1:8423 \\\n         --origin https://phongtruc.tinh.vn"
    )]
    Serve(Config),
    /// Chạy bản trình diễn: một sự cố có thật được dựng lại, ba cơ quan để đăng nhập thử.
    #[command(after_help = "Ví dụ: phongtruc demo --data ./data --listen 127.0.0.1:8423")]
    Demo {
        #[command(flatten)]
        config: Config,
        /// Không có đồng nghiệp mô phỏng.
        #[arg(long)]
        no_colleague: bool,
    },
    /// Theo dõi một phòng ngay trong cửa sổ dòng lệnh; tự nối lại sau khi đứt mạng.
    #[command(after_help = "Ví dụ: phongtruc watch 'http://127.0.0.1:8423/vao#…' --incident SC-2026-0001")]
    Watch {
        /// Liên kết đăng nhập.
        link: String,
        /// Số hoặc mã sự cố; bỏ trống khi chỉ có một sự cố đang mở.
        #[arg(long)]
        incident: Option<String>,
        /// In mỗi dòng thành một bản ghi JSON.
        #[arg(long)]
        json: bool,
    },
    /// Xuất hồ sơ của một sự cố ra tệp. Máy chủ không cần chạy.
    #[command(
        after_help = "Ví dụ: phongtruc export SC-2026-0001 --format pdf --variant redacted --out bao-cao.pdf"
    )]
    Export(export::Order),
    /// Lập văn bản để ký từ một sự cố: báo cáo kết quả, biên bản, phát ngôn theo thể thức. Máy chủ không cần chạy.
    #[command(
        after_help = "Ví dụ: phongtruc paper SC-2026-0001 --file docx\n        phongtruc paper SC-2026-0001 --paper PN-01 --issuer province_pc --file pdf"
    )]
    Paper(paper::Order),
    /// Lập hồ sơ lưu trữ: một tệp ZIP có nhật ký, phát ngôn, tệp đính kèm, bản xuất, điểm chốt, khóa công khai và cách kiểm
    /// tra. Máy chủ không cần chạy.
    #[command(after_help = "Ví dụ: phongtruc archive SC-2026-0001 --out SC-2026-0001-luu-tru.zip")]
    Archive(archive::Order),
    /// In khóa công khai dùng để kiểm tra điểm chốt và hồ sơ lưu trữ của máy chủ này (PEM).
    #[command(after_help = "Ví dụ: phongtruc key --data /srv/phongtruc > khoa.pem")]
    Key {
        /// Thư mục dữ liệu.
        #[arg(long, value_name = "DIR", default_value = "./data", env = "PHONGTRUC_DATA")]
        data: PathBuf,
    },
    /// Kiểm tra một nhật ký hay một hồ sơ lưu trữ còn nguyên vẹn không; nêu dòng bị sửa. Mã thoát 0: không thấy gì sai, 1: có,
    /// 2: không kiểm tra được, 3: không thấy gì sai nhưng có chữ ký không tin được.
    #[command(
        after_help = "Ví dụ: phongtruc verify data/incidents/coc-ly-2024.jsonl --key khoa.pem\n         \
                            phongtruc verify SC-2026-0001-luu-tru.zip --key khoa.pem"
    )]
    Verify {
        /// Tệp nhật ký (.jsonl) hoặc hồ sơ lưu trữ (.zip).
        file: PathBuf,
        /// Thư mục điểm chốt, hoặc một tệp điểm chốt giữ ở nơi khác (ghi được nhiều lần); bỏ trống thì tìm bên cạnh nhật ký.
        #[arg(long, value_name = "ĐƯỜNG DẪN")]
        checkpoints: Vec<PathBuf>,
        /// Chỉ tin khóa công khai này (PEM; ghi được nhiều lần); bỏ trống thì tin khóa nằm cùng điểm chốt.
        #[arg(long, value_name = "FILE")]
        key: Vec<PathBuf>,
        /// Mã băm của dòng cuối mà bạn đã lưu ở nơi khác (64 chữ số, in trên mỗi bản xuất).
        #[arg(long, value_name = "MÃ BĂM")]
        head: Option<String>,
        /// In kết quả thành JSON.
        #[arg(long)]
        json: bool,
    },
    /// Kiểm tra kịch bản, pháp luật, tổ chức, lịch: nêu tệp, dòng, lý do. Lời nhắc không phải lỗi. Mã thoát 0: tốt,
    /// 1: có lỗi.
    #[command(after_help = "Ví dụ: phongtruc check --playbooks playbooks --seeds seeds")]
    Check {
        /// Thư mục kịch bản; bỏ trống để kiểm tra dữ liệu có sẵn trong chương trình.
        #[arg(long, value_name = "DIR", requires = "seeds")]
        playbooks: Option<PathBuf>,
        /// Thư mục dữ liệu tổ chức, pháp luật, lịch.
        #[arg(long, value_name = "DIR", requires = "playbooks")]
        seeds: Option<PathBuf>,
        /// Nhắc những gì sắp thiếu tính đến ngày này (năm-tháng-ngày); bỏ trống là hôm nay.
        #[arg(long, value_name = "NGÀY")]
        on: Option<Date>,
        /// In kết quả thành JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ghi lại lược đồ cho trình soạn thảo vào thư mục «schema» của dữ liệu, sau khi thêm vai trò, quy định, mẫu; hoặc in
    /// lược đồ của bản xuất JSON.
    #[command(
        after_help = "Ví dụ: phongtruc schema --playbooks playbooks --seeds seeds\n        phongtruc schema --export > su-co.schema.json"
    )]
    Schema {
        /// Thư mục kịch bản.
        #[arg(long, value_name = "DIR", required_unless_present = "export")]
        playbooks: Option<PathBuf>,
        /// Thư mục dữ liệu tổ chức, pháp luật, lịch.
        #[arg(long, value_name = "DIR", required_unless_present = "export")]
        seeds: Option<PathBuf>,
        /// In lược đồ (JSON Schema) của bản xuất JSON.
        #[arg(long)]
        export: bool,
    },
    /// Makes the smaller pictures of one picture; the server runs it, nobody types it.
    #[command(name = preview::COMMAND, hide = true)]
    SmallerPicture { from: PathBuf, to: PathBuf },
}

impl Cli {
    /// Carries the command out. Exit code 0: done; 1: no (a damaged log, bad data); 2: it could not be tried.
    pub async fn run(self) -> ExitCode {
        let outcome = match self.command {
            Command::Serve(config) => serve::serve(&config).await,
            Command::Demo { config, no_colleague } => serve::demo(&config, !no_colleague).await,
            Command::Watch { link, incident, json } => watch::watch(&link, incident.as_deref(), json).await,
            Command::Export(order) => export::export(&order),
            Command::Archive(order) => archive::archive(&order),
            Command::Key { data } => archive::key(&data),
            Command::Verify { file, checkpoints, key, head, json } => {
                verify::verify(&verify::Asked { file, checkpoints, keys: key, head, json })
            }
            Command::Paper(order) => paper::paper(&order),
            Command::Check { playbooks, seeds, on, json } => {
                check::check(playbooks.as_deref().zip(seeds.as_deref()), on, json)
            }
            Command::Schema { playbooks: Some(playbooks), seeds: Some(seeds), .. } => {
                schema::schema(&playbooks, &seeds)
            }
            Command::Schema { .. } => schema::of_exports(),
            Command::SmallerPicture { from, to } => Ok(smaller::smaller(&from, &to)),
        };
        outcome.unwrap_or_else(|error| {
            eprintln!("Không thực hiện được: {error:#}");
            ExitCode::from(2)
        })
    }
}
