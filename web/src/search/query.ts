// What is asked of the search, and its form in the address bar: so that coming back from a result shows the results.
import { DAY, dayKey, momentOf, readDay } from "../lib/time";
import type { PassageKind } from "../wire";
import { passageKindTitle } from "../wire";

export type Times = "all" | "day" | "week" | "month" | "year" | "own";
export type Asked = { words: string; person: string; kinds: PassageKind[]; incident: string; times: Times; from: string; until: string; page: number };

export const NOTHING: Asked = { words: "", person: "", kinds: [], incident: "", times: "all", from: "", until: "", page: 0 };

const isKind = (code: string): code is PassageKind => code in passageKindTitle;
const LENGTHS: Partial<Record<Times, number>> = { day: 1, week: 7, month: 30, year: 366 };
const isTimes = (code: string): code is Times => code === "all" || code === "own" || code in LENGTHS;

/** Whether there is anything to look for. */
export const isAsked = (asked: Asked): boolean => asked.words.trim() !== "" || asked.person.trim() !== "";

export function read(search: string): Asked {
  const given = new URLSearchParams(search);
  const times = given.get("luc") ?? "all";
  return {
    words: given.get("q") ?? "",
    person: given.get("nguoi") ?? "",
    kinds: (given.get("loai") ?? "").split(",").filter(isKind),
    incident: given.get("su-co") ?? "",
    times: isTimes(times) ? times : "all",
    from: given.get("tu") ?? "",
    until: given.get("den") ?? "",
    page: Math.max(0, Math.floor(Number(given.get("trang") ?? 1)) - 1) || 0,
  };
}

export function written(asked: Asked): string {
  const all: [string, string][] = [
    ["q", asked.words],
    ["nguoi", asked.person],
    ["loai", asked.kinds.join(",")],
    ["su-co", asked.incident],
    ["luc", asked.times === "all" ? "" : asked.times],
    ["tu", asked.times === "own" ? asked.from : ""],
    ["den", asked.times === "own" ? asked.until : ""],
    ["trang", asked.page > 0 ? String(asked.page + 1) : ""],
  ];
  const said = new URLSearchParams(all.filter(([, value]) => value !== ""));
  return said.size > 0 ? `?${said}` : "";
}

/** What is sent to the server. */
export function sent(asked: Asked, now: number): Record<string, string> {
  const length = LENGTHS[asked.times];
  const day = (typed: string) => (typed.trim() ? readDay(typed, now) : null);
  const [from, until] = asked.times === "own" ? [day(asked.from), day(asked.until)] : [null, null];
  const after = (key: string) => momentOf(dayKey(Date.parse(momentOf(key, "12:00")) + DAY), "00:00");
  return {
    q: asked.words,
    ...(asked.person.trim() && { person: asked.person }),
    ...(asked.kinds.length > 0 && { kinds: asked.kinds.join(",") }),
    ...(asked.incident && { incident: asked.incident }),
    ...(length !== undefined && { from: new Date(now - length * DAY).toISOString() }),
    ...(from && { from: momentOf(from, "00:00") }),
    ...(until && { until: after(until) }),
    ...(asked.page > 0 && { page: String(asked.page) }),
  };
}
