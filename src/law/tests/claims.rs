//! What the reader of the law says about the register of claims.

use super::*;

#[test]
fn a_duty_says_whose_clock_it_is_and_the_words_of_a_day_are_one() {
    for (from, to, says) in [
        ("per = \"claim\"\nonly = \"severe\"", "only = \"severe\"", "chỉ đi cùng"),
        ("only = \"harmful\"", "only = \"urgent\"", "tính từ khi gửi yêu cầu"),
        (
            "anchor = \"verdict_at\"\nwithin = \"24 giờ\"\nvalid",
            "anchor = \"received_at\"\nwithin = \"24 giờ\"\nvalid",
            "chỉ tính từ",
        ),
        ("[[claims]]\n", "[[claims]]\nvalid_to = 2026-12-31\n", ""),
        ("  { code = \"open\", title = \"Công dân được tiếp cận\" },\n", "", "phải có đủ các phân loại"),
    ] {
        let text = LAW.text.replace(from, to);
        assert_ne!(text, LAW.text, "{from}");
        let parsed = Law::parse(Text { text: &text, ..LAW }, APPROVALS, CALENDAR);
        let reasons: Vec<_> =
            parsed.err().unwrap_or_default().into_iter().map(|problem| problem.reason).collect();
        assert_eq!(says.is_empty(), reasons.is_empty(), "{to}: {reasons:?}");
        assert!(says.is_empty() || reasons.iter().any(|reason| reason.contains(says)), "{to}: {reasons:?}");
    }
    let law = shipped();
    assert_eq!(law.claims(date(2026, 10, 4)), None);
    assert_eq!(law.claims(date(2026, 10, 5)).map(|words| words.kinds.len()), Some(7));
}
