// Days of the directory: how long something lasted in words, who came before and after, and how an end is kept.
import { DAY, dayKey, dayTyped, momentOf } from "../lib/time";
import type { FunctionRow, HolderRow, SpokespersonRow } from "../wire";
import { words } from "./words";

/** `10/9/2024` of `2024-09-10`. */
export const typed = (day: string): string => dayTyped(momentOf(day, "12:00"));

/** How long something lasted, by its first and last day. */
export function lasted(from: string | null, to: string | null): string {
  if (from && to) return words.fromTo(typed(from), typed(to));
  return from ? words.from(typed(from)) : to ? words.to(typed(to)) : words.always;
}

/** The moment until just before which something lasts that ends with `day`. */
export const endOf = (day: string): string => new Date(Date.parse(momentOf(day, "00:00")) + DAY).toISOString();
/** The last day of what lasts until just before `until`. */
export const lastDay = (until: string): string => dayKey(Date.parse(until) - 1_000);

export type Held = { now: HolderRow[]; before: HolderRow[]; after: HolderRow[] };

/** Who held a function on a day, who right before, who right after. Dates are compared as text: `2024-09-10`. */
export function heldOn({ holders }: FunctionRow, on: string): Held {
  const now = holders.filter((holder) => holder.now);
  const past = holders.filter((holder) => holder.to !== null && holder.to < on);
  const ahead = holders.filter((holder) => holder.from !== null && holder.from > on);
  const last = past.map((holder) => holder.to ?? "").reduce((a, b) => (a > b ? a : b), "");
  const next = ahead.map((holder) => holder.from ?? "").reduce((a, b) => (a && a < b ? a : b), "");
  return { now, before: past.filter((holder) => holder.to === last), after: ahead.filter((holder) => holder.from === next) };
}

export type Standing = "none" | "due" | "over" | "public" | "late" | "stale";

/** How a row stands towards being made public, at a moment. */
export function standing(row: Pick<SpokespersonRow, "due_at" | "published" | "stale">, now: number): Standing {
  const due = row.due_at ? Date.parse(row.due_at) : null;
  if (row.published) {
    if (row.stale) return "stale";
    return due !== null && Date.parse(row.published.at) > due ? "late" : "public";
  }
  if (due === null) return "none";
  return now > due ? "over" : "due";
}
