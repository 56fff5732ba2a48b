// The register of media watch, counted: how many, how far, in what tone over time. What was struck out counts nowhere.
import type { Clipping, Tone } from "../wire";

export const TONES: readonly Tone[] = ["negative", "neutral", "positive"];
/** Bars of the picture: as many as a narrow column shows apart. */
export const BARS_MAX = 12;

export const counts = (row: Clipping): boolean => row.struck === null;
/** When it was published, or first seen. */
export const momentOf = (row: Clipping): string => row.words.published_at ?? row.readings[0]?.at ?? row.entered.at;

/** The newest reading that has a number. */
export function reachOf(row: Clipping): number | null {
  let newest: { at: string; reach: number } | null = null;
  for (const one of row.readings) if (one.reach !== null && (newest === null || Date.parse(one.at) >= Date.parse(newest.at))) newest = { at: one.at, reach: one.reach };
  return newest?.reach ?? null;
}

export type Bar = { from: number; tones: Record<Tone, number>; all: number };
export type Summary = { all: number; measured: number; reach: number; tones: Record<Tone, number>; bars: Bar[] };

const nothing = (): Record<Tone, number> => ({ positive: 0, neutral: 0, negative: 0 });
const HOUR = 3_600_000;
/** Spans of a bar, the finest first: the first with which everything fits. */
const SPANS = [1, 2, 3, 6, 12, 24, 48, 168, 720, 8760].map((hours) => hours * HOUR);

export function summaryOf(rows: Iterable<Clipping>): Summary {
  const standing = [...rows].filter(counts);
  const summary: Summary = { all: standing.length, measured: 0, reach: 0, tones: nothing(), bars: [] };
  if (standing.length === 0) return summary;
  const moments = standing.map((row) => Date.parse(momentOf(row)));
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const span = SPANS.find((one) => Math.floor(last / one) - Math.floor(first / one) < BARS_MAX) ?? last - first + 1;
  const begin = Math.floor(first / span);
  for (let n = begin; n <= Math.floor(last / span); n += 1) summary.bars.push({ from: n * span, tones: nothing(), all: 0 });
  for (const [place, row] of standing.entries()) {
    const reach = reachOf(row);
    if (reach !== null) {
      summary.measured += 1;
      summary.reach += reach;
    }
    summary.tones[row.words.tone] += 1;
    const bar = summary.bars[Math.floor((moments[place] ?? first) / span) - begin];
    if (bar) {
      bar.tones[row.words.tone] += 1;
      bar.all += 1;
    }
  }
  return summary;
}

/** What an import brought, counted from the rows that carry it. */
export function brought(rows: Iterable<Clipping>, batch: string): { added: number; again: number } {
  let [added, again] = [0, 0];
  for (const row of rows) {
    for (const [place, reading] of row.readings.entries()) {
      if (reading.batch !== batch) continue;
      if (place === 0) added += 1;
      else again += 1;
    }
  }
  return { added, again };
}
