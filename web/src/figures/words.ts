// Words of an incident's figures, and how a figure reads.
import { lengthInWords } from "../lib/time";
import type { FigureValue } from "../wire";

export const words = {
  title: "Số liệu",
  lead: "Máy tính từ nhật ký, không ai gõ tay. Chỗ không có số thì nói vì sao.",
  during: "Sự cố chưa kết thúc: số liệu đến lúc này.",
  notYet: "chưa có",
  notApplicable: "không áp dụng",
  late: (length: string) => `muộn ${length}`,
  before: (length: string) => `trước mốc ${length}`,
  share: (part: number, whole: number) => `${part}/${whole} (${Math.round((100 * part) / whole)}%)`,
  counted: "Tính từ",
  of: "Của",
  value: "Số liệu",
  print: "In",
  exports: "Xuất hồ sơ",
  room: "Về phòng",
  json: "Bản xuất JSON có cùng các số liệu này.",
  row: {
    first: (length: string) => `nói lần đầu sau ${length}`,
    silent: "không phát ngôn",
    corrections: (count: number) => `${count} đính chính`,
    clocks: (met: number, all: number) => `${met}/${all} thời hạn kịp`,
  },
} as const;

/** A length with its seconds while it is short: a minute and a half is not a minute. */
function said(seconds: number): string {
  const length = Math.abs(seconds);
  return length < 60 ? `${length} giây` : lengthInWords(length * 1000);
}

/** A figure in words; below nought says what that means for its measure. */
export function figureWords(value: FigureValue, measure: string): string {
  switch (value.is) {
    case "length":
      if (value.seconds >= 0) return said(value.seconds);
      return measure === "margin" ? words.late(said(value.seconds)) : words.before(said(value.seconds));
    case "count":
      return String(value.count);
    case "share":
      return words.share(value.part, value.whole);
    case "not_yet":
      return words.notYet;
    case "not_applicable":
      return words.notApplicable;
  }
}
