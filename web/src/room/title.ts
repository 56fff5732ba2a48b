// The clock that runs out first, and the browser tab's title, which shows it when the page is in the background.
import { hms, urgency } from "../lib/time";
import { w } from "../lib/words";
import type { Deadline, Header } from "../wire";

export const isRunning = (deadline: Deadline): boolean => deadline.due_at !== null && deadline.stopped === null && deadline.asleep === null && deadline.lifted === null;

/** Running ones by what is due first, then those that wait for a moment, those that do not apply, the stopped ones. */
export function inOrder(deadlines: Iterable<Deadline>): Deadline[] {
  const rank = (one: Deadline) => (one.stopped || one.lifted ? 3 : one.asleep ? 2 : one.due_at === null ? 1 : 0);
  return [...deadlines].sort((a, b) => rank(a) - rank(b) || (a.due_at ?? "").localeCompare(b.due_at ?? ""));
}

export const nearest = (deadlines: Iterable<Deadline>): Deadline | null => inOrder(deadlines).find(isRunning) ?? null;

export function tabTitle(header: Header, next: Deadline | null, now: number): string {
  const name = `${header.exercise ? `[${w.exercise}] ` : ""}${header.number} ${header.title}`;
  if (!next?.due_at || header.closed) return `${name} – ${w.product}`;
  const left = Date.parse(next.due_at) - now;
  return `${urgency(next.due_at, now) === "over" ? w.ui.over : hms(left)} · ${name}`;
}
