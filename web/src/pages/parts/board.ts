// The order of the board: what runs out first stands first; what has ended is filed by month.
import { dayKey } from "../../lib/time";
import type { Summary } from "../../wire";

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
