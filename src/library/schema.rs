//! Schemas for editors: while one types in a data file, an editor completes the keys and the codes that exist, says
//! what an entry is for, and marks what the reader would refuse. Made from the types that read the files.

use super::Library;
use crate::domain::deadline::Anchor;
use crate::law::{self, ANY_KIND};
use crate::{annual, levels, organisation, paper::form, template::first_message};
use serde_json::Value;

/// The folder of the schemas, inside that of the seeds.
pub const FOLDER: &str = "schema";

/// What the entries of the files are for, by file and place.
const WORDS: &[(&str, &str)] = &[
    ("law.instrument", "Văn bản: luật, nghị định, thông tư, kế hoạch."),
    ("law.instrument.code", "Mã ngắn, dùng trong các quy định bên dưới."),
    ("law.instrument.number", "Số, ký hiệu, như khi trích dẫn."),
    ("law.instrument.title", "Về việc gì."),
    ("law.instrument.valid_from", "Ngày có hiệu lực."),
    ("law.instrument.valid_to", "Ngày cuối cùng còn hiệu lực."),
    ("law.instrument.verified", "true chỉ khi đã so từng câu với bản ký."),
    ("law.instrument.source", "Đã đọc ở đâu, tin cậy đến đâu."),
    ("law.provision", "Quy định: điều, khoản, điểm của một văn bản."),
    ("law.provision.code", "Mã, dùng ở «basis» và «căn cứ» của kịch bản."),
    ("law.provision.instrument", "Mã của văn bản."),
    ("law.provision.cite", "Điều, khoản, điểm; để trống là cả văn bản."),
    ("law.provision.text", "Nội dung, ngắn gọn."),
    (
        "law.duty",
        "Đồng hồ: việc phải làm trong một thời hạn kể từ một mốc. Mỗi phiên bản một mục, không chồng ngày.",
    ),
    ("law.duty.code", "Mã; các phiên bản của một đồng hồ chung một mã."),
    ("law.duty.title", "Việc phải làm; kịch bản gọi đồng hồ bằng tên này."),
    ("law.duty.anchor", "Mốc bắt đầu tính."),
    (
        "law.duty.within",
        "Thời hạn: «24 giờ», «30 ngày», «12 giờ làm việc», «15 ngày làm việc», «ngay», «24 giờ trước».",
    ),
    ("law.duty.valid_from", "Sự cố từ ngày này theo phiên bản này."),
    ("law.duty.valid_to", "Sự cố đến hết ngày này theo phiên bản này."),
    ("law.duty.basis", "Mã các quy định làm căn cứ."),
    ("law.duty.verified", "true chỉ khi đã so từng câu với bản ký."),
    ("law.duty.stopped_by", "Loại phát ngôn mà khi phát hành thì đồng hồ dừng."),
    ("law.duty.stopped_when", "Mốc mà khi ghi nhận thì đồng hồ dừng."),
    ("law.duty.stopped_on", "Việc khác làm đồng hồ dừng, bằng lời; có người ghi nhận."),
    (
        "law.duty.only_if",
        "Điều kiện: «mức từ 3», «số người chết từ 1», hoặc một câu hỏi; ngăn cách bằng dấu chấm phẩy.",
    ),
    (
        "law.duty.per",
        "«claim»: mỗi tin trong sổ tin đồn (hoặc mỗi yêu cầu gỡ) một đồng hồ; bỏ trống: của cả sự cố.",
    ),
    ("law.duty.only", "Chỉ cho tin loại «severe», «harmful», hoặc yêu cầu «urgent»."),
    ("law.duty.obligor", "Vai trò phải thực hiện; bỏ trống là bên ngoài thực hiện, ta theo dõi."),
    ("law.duty.note", "Điều chưa chắc chắn."),
    ("law.claims", "Chữ hiện trong sổ tin đồn. Mỗi phiên bản một mục, không chồng ngày."),
    ("law.claims.label", "Chữ của nhãn."),
    ("law.claims.working", "Trạng thái trên cổng khi đang xử lý."),
    ("law.claims.done", "Trạng thái trên cổng khi đã xong."),
    ("law.claims.reported_to", "Kết quả gửi tới đâu."),
    ("law.claims.valid_from", "Sự cố từ ngày này theo phiên bản này."),
    ("law.claims.valid_to", "Sự cố đến hết ngày này theo phiên bản này."),
    ("law.claims.basis", "Mã các quy định làm căn cứ."),
    ("law.claims.verified", "true chỉ khi đã so từng câu với bản ký."),
    ("law.claims.kind", "Các loại tin giả, tin sai sự thật."),
    ("law.claims.kind.code", "Mã: chữ thường không dấu."),
    ("law.claims.kind.title", "Tên loại."),
    ("law.claims.class", "Các phân loại, đủ năm mã: severe, harmful, open, conditional, closed."),
    ("law.claims.class.code", "severe, harmful: mức nguy hại; open, conditional, closed: quyền tiếp cận."),
    ("law.claims.class.title", "Tên phân loại."),
    ("approvals.approval", "Ai soạn, ai duyệt, ai phát hành một loại phát ngôn."),
    ("approvals.approval.kind", "Loại phát ngôn; «*» là mọi loại không có quy tắc riêng."),
    ("approvals.approval.levels", "Các mức áp dụng, từ 1 đến 4."),
    ("approvals.approval.drafters", "Vai trò được soạn; ít nhất một vai trò không nằm trong số phải duyệt."),
    ("approvals.approval.asks", "Hỏi ai, theo lượt."),
    ("approvals.approval.asks.turn", "Lượt, từ 1; cùng lượt thì hỏi cùng lúc."),
    ("approvals.approval.asks.of", "Hỏi vai trò nào."),
    ("approvals.approval.asks.must", "true: phải duyệt mới được phát hành; false: tham khảo."),
    ("approvals.approval.asks.minutes", "Số phút để trả lời."),
    ("approvals.approval.asks.silence", "«noted»: hết giờ mà im lặng thì ghi nhận, không giữ lại."),
    ("approvals.approval.publisher", "Vai trò phát hành."),
    ("approvals.approval.target_minutes", "Mục tiêu nội bộ từ bản đầu đến khi phát hành, phút."),
    ("calendar.utc_offset_minutes", "Giờ địa phương lệch giờ UTC bao nhiêu phút; Việt Nam là 420."),
    ("calendar.weekdays", "Ngày làm việc trong tuần: 1 là thứ Hai, 7 là Chủ nhật."),
    ("calendar.spans", "Các buổi làm việc, từ giờ đến giờ."),
    ("calendar.years", "Những năm đã có đủ thông báo lịch nghỉ và hoán đổi."),
    ("calendar.day_off", "Ngày chắc chắn nghỉ. Cuối tuần không cần ghi."),
    ("calendar.make_up_day", "Ngày làm bù."),
    ("calendar.doubtful_day", "Ngày chưa chắc nghỉ: vẫn tính là ngày làm việc."),
    ("calendar.*.from", "Ngày đầu."),
    ("calendar.*.to", "Ngày cuối; một ngày thì bỏ trống."),
    ("calendar.*.name", "Tên kỳ nghỉ."),
    ("calendar.*.note", "Nguồn, điều chưa chắc chắn."),
    ("organisation.authority", "Tên cơ quan phát ngôn, đầu trang công khai."),
    ("organisation.seats", "Các vai trò có ghế trong mọi phòng, theo thứ tự."),
    ("organisation.function", "Vai trò: kịch bản và quy tắc phê duyệt chỉ gọi tên vai trò."),
    ("organisation.function.code", "Mã vai trò."),
    ("organisation.function.name", "Tên vai trò, như kịch bản viết."),
    ("organisation.office", "Cơ quan; cơ quan đã giải thể vẫn ở lại."),
    ("organisation.office.id", "Mã cơ quan: chữ thường không dấu, chữ số, gạch nối."),
    ("organisation.office.name", "Tên đầy đủ."),
    ("organisation.office.short", "Tên ngắn, cho màn hình."),
    ("organisation.office.valid_from", "Ngày thành lập."),
    ("organisation.office.valid_to", "Ngày cuối cùng còn hoạt động."),
    ("organisation.office.predecessors", "Mã các cơ quan tiền thân."),
    (
        "organisation.office.speaks",
        "Cơ quan phải có người phát ngôn (cơ quan hành chính); thiếu thì nằm trong danh sách còn trống.",
    ),
    ("organisation.office.basis", "Văn bản thành lập, sáp nhập."),
    ("organisation.office.uncertain", "true: có điều chưa chắc, ghi ở «note»."),
    ("organisation.office.note", "Điều chưa chắc chắn."),
    ("organisation.assignment", "Cơ quan giữ một vai trò từ ngày nào đến ngày nào."),
    ("organisation.assignment.function", "Mã vai trò."),
    ("organisation.assignment.office", "Mã cơ quan."),
    ("organisation.assignment.from", "Từ ngày; bỏ trống là từ khi cơ quan thành lập."),
    ("organisation.assignment.to", "Đến hết ngày."),
    ("channels.channel", "Kênh phát hành, theo thứ tự phát."),
    ("channels.channel.code", "Mã kênh."),
    ("channels.channel.title", "Tên kênh."),
    ("channels.channel.hint", "Gợi ý khi phát trên kênh này."),
    ("channels.channel.basis", "Quy định biết đến hình thức này."),
    ("channels.channel.exercise", "true: chỉ có trong diễn tập."),
    ("first-message.kinds", "Những loại phát ngôn được kiểm tra."),
    ("first-message.part", "Một phần mà bản đầu tiên cần có."),
    ("first-message.part.code", "Mã: chữ thường không dấu, chữ số, gạch dưới."),
    ("first-message.part.title", "Tên của phần."),
    ("first-message.part.hint", "Gợi ý khi thiếu."),
    ("first-message.part.words", "Có một trong các từ này là có phần ấy; viết thường."),
    ("annual.form", "Biểu mẫu báo cáo năm, dùng cho kỳ kết thúc trong thời gian hiệu lực của nó."),
    ("annual.form.code", "Mã; các bản của một biểu mẫu chung một mã."),
    ("annual.form.title", "Tên báo cáo."),
    ("annual.form.valid_from", "Dùng từ ngày."),
    ("annual.form.valid_to", "Dùng đến hết ngày."),
    ("annual.form.verified", "true chỉ khi đã so từng câu với phụ lục của bản ký."),
    ("annual.form.basis", "Mã các quy định làm căn cứ."),
    ("annual.form.duty", "Đồng hồ cho biết hạn gửi."),
    ("annual.form.begins", "Ngày đầu kỳ, tháng-ngày: «12-15»."),
    ("annual.form.conference_months", "Ít nhất một cuộc họp báo trong mỗi chừng này tháng."),
    ("annual.form.conference_note", "Câu nói về họp báo định kỳ."),
    ("annual.form.notes", "Ghi chú in dưới biểu mẫu."),
    ("annual.form.row", "Một mục của biểu mẫu."),
    ("annual.form.row.number", "Số thứ tự của mục."),
    ("annual.form.row.title", "Tên mục."),
    ("annual.form.row.counts", "Đếm cái gì cho mục này."),
    ("annual.form.clause", "Một khoản làm cho sự cố thành vụ việc đột xuất, bất thường."),
    ("annual.form.clause.title", "Tên ngắn của khoản."),
    ("annual.form.clause.basis", "Mã quy định."),
    ("annual.form.clause.duty", "Đồng hồ của sự cố đã chạy; có thì vụ việc có thời hạn."),
    ("annual.form.clause.asked", "true: tính khi báo chí có hỏi."),
    ("annual.form.clause.question", "Câu hỏi đánh giá được trả lời có."),
    ("annual.form.corrections", "Vụ việc báo chí đăng sai, và văn bản đòi cải chính."),
    ("annual.form.corrections.basis", "Mã quy định."),
    ("annual.form.corrections.statements", "Loại phát ngôn là yêu cầu cải chính."),
    ("annual.form.corrections.playbooks", "Kịch bản của vụ việc báo chí đăng sai."),
    ("annual.refusal", "Căn cứ được từ chối cung cấp thông tin."),
    ("annual.refusal.code", "Mã."),
    ("annual.refusal.title", "Căn cứ, bằng lời."),
    ("annual.refusal.basis", "Mã quy định."),
    ("annual.refusal.valid_from", "Có hiệu lực từ ngày."),
    ("annual.refusal.valid_to", "Có hiệu lực đến hết ngày."),
    ("annual.refusal.verified", "true chỉ khi đã so từng câu với bản ký."),
    ("levels.lowering", "Những câu hỏi phải được trả lời có thì mới hạ mức."),
    ("levels.closing", "Những câu hỏi phải được trả lời có thì mới kết thúc."),
    ("levels.last_words", "Những loại phát ngôn là lời cuối."),
    ("levels.level", "Một mức, từ 1 đến 4, theo thứ tự."),
    ("levels.level.level", "Mức."),
    ("levels.level.criteria", "Dấu hiệu của mức này."),
    ("levels.level.speaks", "Ai phát ngôn."),
    ("levels.level.rhythm", "Nhịp làm việc."),
    ("levels.level.first_word", "Phát ngôn đầu tiên trong bao lâu."),
    ("levels.rule", "Quy tắc giữa các mức: chỉ đề xuất, Tổ trưởng quyết định."),
    ("levels.rule.code", "Mã: chữ thường không dấu, chữ số, gạch dưới."),
    ("levels.rule.title", "Tên quy tắc."),
    ("levels.rule.when", "Điều kiện, như trong kịch bản."),
    ("levels.rule.sent_back", "Một phát ngôn bị phản đối ở từng này bản."),
    (
        "levels.rule.claim",
        "Có tin trong sổ tin đồn: «severe» đặc biệt nghiêm trọng, «recurring» thấy lại sau kết luận.",
    ),
    ("levels.rule.propose_level", "Đề xuất mức này."),
    ("levels.rule.hold_publishing_until", "Giữ phát hành đến khi câu hỏi này được trả lời có."),
    ("levels.rule.ask_head", "true: hỏi Tổ trưởng."),
    ("papers.layout", "Thể thức: số đo của trang và cách viết đầu, cuối văn bản. Mỗi phiên bản một mục."),
    ("papers.layout.code", "Mã, dùng ở «layout» của cơ quan ban hành."),
    ("papers.layout.title", "Tên thể thức."),
    ("papers.layout.source", "Đã đọc ở đâu."),
    ("papers.layout.valid_from", "Ngày có hiệu lực."),
    ("papers.layout.valid_to", "Ngày cuối cùng còn hiệu lực."),
    ("papers.layout.verified", "true chỉ khi đã so từng số đo với bản ký."),
    ("papers.layout.margins_mm", "Lề, mm."),
    ("papers.layout.margins_mm.top", "Lề trên, mm."),
    ("papers.layout.margins_mm.bottom", "Lề dưới, mm."),
    ("papers.layout.margins_mm.left", "Lề trái, mm."),
    ("papers.layout.margins_mm.right", "Lề phải, mm."),
    ("papers.layout.body_pt", "Cỡ chữ nội dung, pt."),
    ("papers.layout.line_pt", "Khoảng cách dòng, pt."),
    ("papers.layout.gap_pt", "Khoảng cách đoạn, pt."),
    ("papers.layout.indent_mm", "Thụt dòng đầu đoạn, mm."),
    ("papers.layout.nation", "Các dòng bên phải ở đầu văn bản."),
    ("papers.layout.annex", "Cách gọi và đánh số phụ lục."),
    ("papers.layout.annex.roman", "Số La Mã (I, II) khi có từ hai phụ lục; false là 1, 2."),
    ("papers.layout.annex.capitals", "Tên phụ lục viết hoa."),
    ("papers.layout.annex.own_pages", "Mỗi phụ lục đánh số trang riêng từ 1."),
    (
        "papers.layout.annex.with",
        "Dòng chỉ dẫn dưới tên phụ lục, có thể có {kind}, {number}, {day}, {month}, {year}, {issuer}; bỏ trống là không có.",
    ),
    ("papers.layout.under_issuer", "Dưới tên cơ quan: «rule» nét kẻ, «star» dấu sao."),
    ("papers.layout.number", "Dòng số khi văn thư chưa cấp số: {n}, {kind}, {issuer}."),
    ("papers.layout.number_of_letter", "Dòng số của công văn khi chưa cấp số."),
    ("papers.layout.number_prefix", "Chữ trước số mà văn thư đã cấp."),
    ("papers.layout.date", "Địa danh, ngày: {place}, {day}, {month}, {year}."),
    ("papers.layout.to", "Chữ trước nơi được gửi."),
    ("papers.layout.recipients", "Chữ trên danh sách nơi nhận."),
    ("papers.layout.kept", "Dòng lưu: {kept}."),
    ("papers.layout.end", "Dấu kết thúc, thay dấu chấm của câu cuối."),
    ("papers.issuer", "Cơ quan ban hành."),
    ("papers.issuer.code", "Mã, dùng ở «issuers» của loại văn bản."),
    ("papers.issuer.title", "Tên trong danh sách chọn."),
    ("papers.issuer.layout", "Mã thể thức."),
    ("papers.issuer.valid_from", "Ban hành văn bản từ ngày này."),
    ("papers.issuer.valid_to", "Ban hành văn bản đến hết ngày này."),
    ("papers.issuer.superior", "Các dòng tên cơ quan cấp trên."),
    ("papers.issuer.name", "Các dòng tên cơ quan."),
    ("papers.issuer.symbol", "Chữ viết tắt trong ký hiệu."),
    ("papers.issuer.place", "Địa danh."),
    ("papers.issuer.kept", "Nơi lưu."),
    ("papers.issuer.signs", "Các cách ghi quyền hạn, chức vụ người ký; mỗi cách một danh sách dòng."),
    ("papers.paper", "Loại văn bản."),
    ("papers.paper.code", "Loại phát ngôn, hoặc «result», «minutes», «meeting», «*»."),
    ("papers.paper.name", "Tên loại, chữ in hoa."),
    ("papers.paper.about", "Trích yếu; {title} là tên sự cố."),
    ("papers.paper.kind", "Chữ viết tắt tên loại trong ký hiệu."),
    ("papers.paper.letter", "true: công văn, không có tên loại."),
    ("papers.paper.issuers", "Mã những cơ quan thường ban hành, nơi thường dùng đứng trước."),
    ("papers.paper.recipients", "Nơi nhận."),
    ("papers.paper.ends", "true: câu cuối mang dấu kết thúc của thể thức."),
    ("papers.paper.sections", "Tên bảy phần của báo cáo kết quả."),
    ("papers.paper.annexes", "Tên sáu phụ lục của báo cáo kết quả."),
];

/// What is said of an entry; a star stands for any one name.
fn words(path: &str) -> Option<&'static str> {
    let fits = |pattern: &str| {
        let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('.').collect(), path.split('.').collect());
        pattern.len() == path.len() && pattern.iter().zip(&path).all(|(want, is)| *want == "*" || want == is)
    };
    WORDS.iter().find(|(pattern, _)| fits(pattern)).map(|(_, words)| *words)
}

impl Library {
    /// The schemas of the seeds, with the codes that exist in this library: name of the seed, and JSON text.
    pub fn schemas(&self) -> Vec<(&'static str, String)> {
        let one = [
            ("first-message", first_message::shape()),
            ("levels", levels::shape()),
            ("annual", annual::shape()),
            ("papers", form::shape()),
        ];
        let all = law::shapes().into_iter().chain(organisation::shapes()).chain(one);
        all.map(|(name, shape)| {
            let mut schema = shape.to_value();
            self.finish(&mut schema, name);
            (name, format!("{schema:#}\n"))
        })
        .collect()
    }

    /// Puts in the codes and the words, and takes out what is the program's own.
    fn finish(&self, schema: &mut Value, path: &str) {
        let Some(object) = schema.as_object_mut() else { return };
        for own in ["title", "description", "default", "format"] {
            if object.get(own).is_some_and(|value| value != "date") {
                object.remove(own);
            }
        }
        // TOML has no null: what may be left out is left out.
        if let Some([kind, Value::String(null)]) =
            object.get("type").and_then(Value::as_array).map(Vec::as_slice)
            && null == "null"
        {
            let kind = kind.clone();
            object.insert("type".into(), kind);
        }
        if let Some(values) = object.get_mut("enum").and_then(Value::as_array_mut) {
            values.retain(|value| !value.is_null());
        }
        if let Some(whose) = object.remove("codes") {
            let codes: Value = self.codes(whose.as_str().unwrap_or_default()).into();
            match object.get_mut("items").and_then(Value::as_object_mut) {
                Some(items) => items.insert("enum".into(), codes),
                None => object.insert("enum".into(), codes),
            };
        }
        if let Some(words) = words(path) {
            object.insert("description".into(), words.into());
        }
        if let Some(items) = object.get_mut("items") {
            self.finish(items, path);
        }
        for (name, property) in
            object.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
        {
            self.finish(property, &format!("{path}.{name}"));
        }
    }

    fn codes(&self, whose: &str) -> Vec<String> {
        let mut codes: Vec<String> = match whose {
            "anchor" => Anchor::ALL.iter().map(|anchor| anchor.code().to_owned()).collect(),
            "duty" => self.law.duties.iter().map(|known| known.code.clone()).collect(),
            "playbook" => self.playbooks.iter().map(|known| known.id.clone()).collect(),
            "function" => self.organisation.functions.iter().map(|known| known.code.clone()).collect(),
            "instrument" => self.law.instruments.iter().map(|known| known.code.clone()).collect(),
            "kind" => self.templates.iter().map(|known| known.kind.clone()).collect(),
            "kind_or_any" => {
                let kinds = self.templates.iter().map(|known| known.kind.clone());
                std::iter::once(ANY_KIND.to_owned()).chain(kinds).collect()
            }
            "office" => self.organisation.offices.iter().map(|known| known.id.clone()).collect(),
            "provision" => self.law.provisions.iter().map(|known| known.code.clone()).collect(),
            _ => vec![],
        };
        let mut seen = std::collections::BTreeSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        codes
    }
}
