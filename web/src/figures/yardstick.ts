// The incident against what was prescribed: words, and how a difference reads.
import { yardstickVerdictTitle, type YardstickReading, type YardstickVerdict } from "../wire";
import { figureWords } from "./words";

export const yardstick = {
  title: "So với quy định và kịch bản",
  lead: "Mỗi thời hạn theo quy định, mỗi nhiệm vụ của kịch bản, mỗi lượt duyệt (lần trình mới nhất): quy định gì, thực tế lúc nào, chênh bao nhiêu. Máy tính từ nhật ký; nhiệm vụ thêm tay không tính.",
  filter: "Xem những dòng nào",
  all: "Tất cả",
  short: "Muộn, chưa làm",
  what: "Việc, của ai",
  prescribed: "Quy định",
  happened: "Thực tế",
  verdict: "Kết quả",
  done: (at: string) => `xong lúc ${at}`,
  due: (at: string) => `hạn ${at}`,
  left: (length: string) => `sớm ${length}`,
} as const;

/** Late, or not done when its time was over. */
export const isShort = (one: YardstickReading): boolean => one.verdict === "late" || one.verdict === "not_done";

/** How far from its limit something was done; that it was late, its verdict says. */
export function apart(seconds: number): string {
  const length = figureWords({ is: "length", seconds: Math.abs(seconds) }, "margin");
  return seconds < 0 ? length : yardstick.left(length);
}

/** How many went how, in the order of the verdicts: `3 trong hạn · 1 muộn`. */
export function tally(readings: readonly YardstickReading[]): string {
  const count = new Map<YardstickVerdict, number>();
  for (const { verdict } of readings) count.set(verdict, (count.get(verdict) ?? 0) + 1);
  const verdicts = Object.keys(yardstickVerdictTitle) as YardstickVerdict[];
  return verdicts.flatMap((verdict) => (count.has(verdict) ? [`${count.get(verdict)} ${yardstickVerdictTitle[verdict].toLowerCase()}`] : [])).join(" · ");
}
