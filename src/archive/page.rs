//! The page "CÁCH KIỂM TRA": how whoever gets an archive checks it with what every Linux, macOS or WSL has. Lines that begin
//! with four spaces and `$` are commands, and a test runs every one of them as it stands.

use super::Material;

/// The page, with the names of this archive.
pub(super) fn page(material: &Material) -> String {
    let Material { id, whole, sealings, keys, .. } = material;
    let rev = whole.head.rev;
    let before = rev.saturating_sub(1).max(1);
    let header = whole.incident.header.as_ref();
    let number = header.map_or(id.as_str(), |header| header.number.as_str());
    let newest = sealings.iter().rposition(|it| it.signed.checkpoint.head == whole.head).unwrap_or_default();
    let point = format!("{:04}", newest + 1);
    let key = sealings.get(newest).map(|it| it.signed.checkpoint.key);
    let pem = format!("keys/{}.pem", key.map(|key| key.short()).unwrap_or_default());
    let ids: Vec<_> = keys.iter().map(|key| format!("  {}  {}", key.id().short(), key.id())).collect();
    let ids = ids.join("\n");
    let stamped = sealings.iter().filter(|it| it.token.is_some()).count();
    let stamps = match stamped {
        0 => "Hồ sơ này chưa có dấu thời gian: giờ trong điểm chốt là giờ của máy chủ.".to_owned(),
        _ => format!(
            "Hồ sơ này có {stamped} dấu thời gian. Kiểm tra từng cái với chứng thư gốc của nơi cấp (CA.pem), ví dụ:\n  \
             openssl ts -verify -data checkpoints/NNNN.txt -in checkpoints/NNNN.tsr -CAfile CA.pem"
        ),
    };
    format!(
        "CÁCH KIỂM TRA HỒ SƠ LƯU TRỮ {number}

Không cần phần mềm Phòng Trực. Giải nén, mở cửa sổ dòng lệnh ở thư mục đã giải nén rồi gõ các lệnh dưới đây (dòng có dấu $,
không gõ dấu $). Cần sha256sum và openssl từ bản 3.0; có sẵn trên Linux.

1. Mọi tệp còn đúng như khi lập? Mỗi dòng phải kết thúc bằng OK (hoặc «Thành công»):

    $ sha256sum -c MANIFEST

2. Danh sách ấy có đúng do máy chủ của đơn vị ký? Phải thấy «Signature Verified Successfully»:

    $ openssl pkeyutl -verify -pubin -inkey {pem} -rawin -in MANIFEST -sigfile MANIFEST.sig

3. Khóa có đúng của đơn vị? So mã in ra với mã mà đơn vị công bố ở nơi khác, không phải trong hồ sơ này (khóa có mã đầu {short}):

    $ openssl pkey -pubin -in {pem} -outform DER | sha256sum

Khóa trong hồ sơ này:
{ids}

4. Điểm chốt mới nhất có chữ ký đúng? Phải thấy «Signature Verified Successfully»:

    $ head -n 7 checkpoints/{point}.txt > chot.txt
    $ tail -n 1 checkpoints/{point}.txt | cut -d ' ' -f 2 | base64 -d > chot.sig
    $ openssl pkeyutl -verify -pubin -inkey {pem} -rawin -in chot.txt -sigfile chot.sig
    $ rm chot.txt chot.sig

5. Nhật ký có kết thúc đúng ở dòng mà điểm chốt đã ký? Hai số dòng bằng nhau, hai mã băm bằng nhau:

    $ wc -l < log/{id}.jsonl; grep '^rev: ' checkpoints/{point}.txt
    $ tail -n 1 log/{id}.jsonl | tr -d '\\n' | sha256sum; grep '^digest: ' checkpoints/{point}.txt

6. Mỗi dòng giữ mã băm của dòng trước ở «prev», nên dòng cuối đúng thì mọi dòng trước đều đúng. Xem thử một chỗ: mã băm của dòng {before}
   phải nằm trong dòng sau nó (trừ dòng đã bị xóa bỏ nội dung, có chữ «purged»: mã của nó là giá trị ấy):

    $ sed -n '{before}p' log/{id}.jsonl | tr -d '\\n' | sha256sum; sed -n '{rev}p' log/{id}.jsonl | grep -o '\"prev\":\"[0-9a-f]*\"'

   Cả chuỗi, mọi điểm chốt và mọi tệp cùng một lúc, bằng chương trình kèm theo (cần Python 3, không cần gì thêm):

    $ python3 verify.py

7. Dấu thời gian. {stamps}

Điều gì được chứng minh: nội dung không bị thay đổi kể từ điểm chốt. Không chứng minh được người ghi đã ghi đúng sự thật.
FORMAT.md mô tả mọi tệp và quy tắc, đủ để viết một chương trình kiểm tra khác.
",
        short = key.map(|key| key.short()).unwrap_or_default(),
    )
}
