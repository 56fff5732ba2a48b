// The after-action review as the room shows it: which dialog is open, what stands where, what is late.
import type { Finding, ReviewAction, ReviewQuestion } from "../wire";

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
