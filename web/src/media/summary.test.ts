import { expect, test } from "vitest";
import type { Clipping, Reading, Tone } from "../wire";
import { BARS_MAX, brought, reachOf, summaryOf } from "./summary";

const by = { person: "a", name: "Thử", title: "Trực", office: null, at: "2026-03-01T05:00:00Z" };
const reading = (at: string, reach: number | null, batch?: string): Reading => ({ at, reach, by, ...(batch ? { batch } : {}) });
function row(id: string, tone: Tone, published_at: string, readings: Reading[], struck = false): Clipping {
  const words = { outlet: "Báo", title: id, tone, published_at };
  return { id, rev: 1, link: `https://bao.example/${id}`, words, readings, entered: by, corrected: null, struck: struck ? { by, reason: "nhầm" } : null };
}

test("reach is the newest reading with a number, and what was struck out counts nowhere", () => {
  const rows = [
    row("a", "negative", "2026-03-01T01:10:00Z", [reading("2026-03-01T03:00:00Z", 50), reading("2026-03-01T02:00:00Z", 20), reading("2026-03-01T04:00:00Z", null)]),
    row("b", "positive", "2026-03-01T03:20:00Z", [reading("2026-03-01T04:00:00Z", null)]),
    row("c", "negative", "2026-03-01T03:30:00Z", [reading("2026-03-01T04:00:00Z", 999)], true),
  ];
  expect(reachOf(rows[0]!)).toBe(50);
  const summary = summaryOf(rows);
  expect([summary.all, summary.measured, summary.reach]).toEqual([2, 1, 50]);
  expect(summary.tones).toEqual({ positive: 1, neutral: 0, negative: 1 });
  expect(summary.bars.map((bar) => bar.all)).toEqual([1, 0, 1]);
});

test("however long it goes on, the picture has few bars and loses none", () => {
  const rows = Array.from({ length: 200 }, (_, n) => row(`r-${n}`, "neutral", new Date(Date.parse("2026-03-01T00:00:00Z") + n * 5 * 3_600_000).toISOString(), [reading("2026-03-01T04:00:00Z", 1)]));
  const { bars } = summaryOf(rows);
  expect(bars.length).toBeLessThanOrEqual(BARS_MAX);
  expect(bars.reduce((sum, bar) => sum + bar.all, 0)).toBe(200);
  expect(summaryOf([]).bars).toEqual([]);
});

test("an import is counted from the rows that carry it", () => {
  const rows = [
    row("a", "negative", "2026-03-01T01:00:00Z", [reading("2026-03-01T02:00:00Z", 1, "x"), reading("2026-03-01T03:00:00Z", 2, "x")]),
    row("b", "negative", "2026-03-01T01:00:00Z", [reading("2026-03-01T02:00:00Z", 1), reading("2026-03-01T03:00:00Z", 2, "x")]),
    row("c", "negative", "2026-03-01T01:00:00Z", [reading("2026-03-01T02:00:00Z", 1, "y")]),
  ];
  expect(brought(rows, "x")).toEqual({ added: 1, again: 2 });
});
