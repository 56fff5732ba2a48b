// Limits and conditions of a playbook in words.
import { anchorTitle, type Condition, type ConditionPart, type DeadlineDue } from "../wire";
import { dayTyped, timeOnly } from "../lib/time";
import { words } from "./words";

const HOUR = 60;

/** How long, in the unit that the office wrote: minutes, hours, days. */
export function lengthOf({ amount, counted }: Pick<DeadlineDue, "amount" | "counted">): string {
  if (counted === "calendar_days") return `${amount} ngày`;
  if (counted === "working_days") return `${amount} ngày làm việc`;
  const unit = counted === "working_hours" ? " làm việc" : "";
  return amount % HOUR === 0 ? `${amount / HOUR} giờ${unit}` : `${amount} phút${unit}`;
}

/** «24 giờ kể từ khi tiếp nhận», «24 giờ trước khi họp báo», «ngay khi gắn nhãn». */
export function limitOf(due: DeadlineDue): string {
  const anchor = anchorTitle[due.anchor];
  if (due.amount === 0) return `${words.limits.now} ${anchor}`;
  return `${lengthOf(due)} ${due.before ? "trước khi" : "kể từ khi"} ${anchor}`;
}

/** «10:44 24/11/2026»: versions and examples may be of any year. */
export const dayAndTime = (moment: string): string => `${timeOnly(moment)} ${dayTyped(moment)}`;

/** A condition, to stand after «khi». */
export function conditionOf({ any }: Condition): string {
  return any.map(partOf).join("; hoặc ");
}

function partOf(part: ConditionPart): string {
  switch (part.kind) {
    case "level":
      return `mức từ ${part.at_least}`;
    case "figure":
      return `${part.label} từ ${part.at_least}`;
    case "answer":
      return `trả lời ${part.yes ? "có" : "không"}: «${part.question}»`;
    case "sent_back":
      return `một phát ngôn bị trả lại từ ${part.times} lần`;
    case "claim":
      return part.is === "severe" ? "sổ tin đồn có tin thuộc loại đặc biệt nghiêm trọng" : "tin đã kết luận là giả được thấy trở lại";
  }
}
