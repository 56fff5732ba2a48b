// The after-action review as the room shows it: which dialog is open, what stands where, what is late.
import type { Finding, OpenAction, ReviewAction, ReviewQuestion } from "../wire";

export const QUESTIONS: readonly ReviewQuestion[] = ["planned", "happened", "why", "next"];

export type ReviewAsk =
  | { act: "find"; question: ReviewQuestion }
  | { act: "reword" | "strike"; finding: Finding }
  | { act: "assign"; finding?: Finding }
  | { act: "move" | "finish" | "drop"; action: ReviewAction };

export const isOpen = (action: ReviewAction): boolean => action.outcome === null;

/** The last day has gone by, by the day of whoever looks. */
export const isOver = (action: ReviewAction, today: string): boolean => isOpen(action) && action.due < today;

/** What is open first, the nearest day first; then what is done. */
export function inOrder(actions: Iterable<ReviewAction>): ReviewAction[] {
  return [...actions].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || a.due.localeCompare(b.due) || a.id.localeCompare(b.id));
}

/** `2026-11-29` of a moment, on this device's calendar. */
export function dayOf(ms: number): string {
  const at = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `29/11/2026` of `2026-11-29`. */
export const spoken = (day: string): string => day.split("-").reverse().join("/");

/** How many days lie between two days, both as `2026-11-29`. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);

/** How far a day is, in words; lateness is said, not only coloured. */
export function howFar(due: string, today: string): string {
  const days = daysBetween(today, due);
  if (days < 0) return `quá hạn ${-days} ngày`;
  return days === 0 ? "hết hạn hôm nay" : `còn ${days} ngày`;
}

/** A part of what is to be done after all incidents. */
export type Whose = "mine" | "office" | "all";
export const WHOSE: readonly Whose[] = ["mine", "office", "all"];
export const ofWhom: Record<Whose, (action: OpenAction) => boolean> = {
  mine: (action) => action.mine,
  office: (action) => action.office,
  all: () => true,
};
