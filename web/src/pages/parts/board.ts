// The order of the board: what runs out first stands first; what has ended is filed by month. And what is left of it
// when somebody asks for a part.
import { holds, wantedWords } from "../../lib/fold";
import { clock, dayKey } from "../../lib/time";
import { levelTitle, type Summary } from "../../wire";

/** A part of what is under way. */
export type Only = "all" | "mine" | "short" | "unaccepted" | "review";
/** How near the end of a clock is that counts as short: as the clock turns amber. */
const SHORT_MS = 6 * 3_600_000;

export const ORDER: Only[] = ["all", "mine", "short", "unaccepted", "review"];
export const ONLY: Record<Only, (incident: Summary) => boolean> = {
  all: () => true,
  mine: (incident) => incident.waits > 0,
  short: (incident) => incident.due_at !== null && Date.parse(incident.due_at) - clock.now() < SHORT_MS,
  unaccepted: (incident) => incident.seats.some((seat) => seat.seat && !seat.accepted),
  review: (incident) => incident.in_review > 0,
};

/** How many of those under way there are of each part. */
export function countOf(incidents: Summary[]): Record<Only, number> {
  const open = incidents.filter((incident) => !incident.closed_at);
  const count = (only: Only) => open.filter((incident) => ONLY[only](incident)).length;
  return { all: count("all"), mine: count("mine"), short: count("short"), unaccepted: count("unaccepted"), review: count("review") };
}

/** Whether an incident holds every word that was typed: by number, title, place, playbook, level or office. */
export function fits(incident: Summary, typed: string): boolean {
  const { number, title, place, playbook, level, seats } = incident;
  return holds([number, title, place?.name ?? "", playbook, levelTitle[level], ...seats.map((seat) => seat.short)].join(" · "), wantedWords(typed));
}

/** Open incidents: the nearest clock of the law first, then the more serious, then the newer. */
export function byUrgency(incidents: Summary[]): Summary[] {
  const due = (incident: Summary) => (incident.due_at ? Date.parse(incident.due_at) : Infinity);
  return incidents
    .filter((incident) => !incident.closed_at)
    .sort((a, b) => compare(due(a), due(b)) || b.level - a.level || compare(Date.parse(b.opened_at), Date.parse(a.opened_at)));
}

export type Month = { key: string; title: string; incidents: Summary[] };

/** Closed incidents by the month in which they ended, the newest first. */
export function byMonth(incidents: Summary[]): Month[] {
  const months = new Map<string, Summary[]>();
  const closed = incidents.filter((incident) => incident.closed_at);
  closed.sort((a, b) => compare(Date.parse(b.closed_at ?? ""), Date.parse(a.closed_at ?? "")));
  for (const incident of closed) {
    const key = dayKey(incident.closed_at ?? "").slice(0, 7);
    months.set(key, [...(months.get(key) ?? []), incident]);
  }
  return [...months].map(([key, list]) => ({ key, title: `${Number(key.slice(5))}/${key.slice(0, 4)}`, incidents: list }));
}

// Infinity minus Infinity is not a number; two without a clock are equal.
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
