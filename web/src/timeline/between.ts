// The moment between two lines, for what is inserted there.
import { MINUTE } from "../lib/time";

/** Half way; on a whole minute when there is one strictly between, because people read and say minutes. */
export function between(a: string, b: string): string {
  const [early, late] = [Date.parse(a), Date.parse(b)].sort((x, y) => x - y) as [number, number];
  const half = early + (late - early) / 2;
  const minute = Math.round(half / MINUTE) * MINUTE;
  return new Date(minute > early && minute < late ? minute : Math.floor(half)).toISOString();
}
