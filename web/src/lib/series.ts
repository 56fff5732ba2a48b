// Series of statements: what was said first, and what updated, corrected or withdrew it.
import type { Statement } from "../wire";
import { byNumber } from "./fact";

/** The statements of one series, the first first; what was put aside is not of it. */
export const chain = (statement: Statement, all: Iterable<Statement>): Statement[] =>
  [...all].filter((one) => one.series === statement.series && (one.state !== "dropped" || one.id === statement.id)).sort(byNumber);

/** The newest series first; within one, in order. */
export function inSeries(all: Iterable<Statement>): Statement[] {
  const rows = [...all];
  const begun = new Map(rows.map((one) => [one.id, one]));
  const first = (one: Statement) => begun.get(one.series) ?? one;
  return rows.sort((a, b) => byNumber(first(b), first(a)) || byNumber(a, b));
}

/** Old words still stand on a channel although newer ones are out. */
export const unticked = (statement: Statement) => (statement.followed ? statement.releases.filter((release) => release.tick === null) : []);
