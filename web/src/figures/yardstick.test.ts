// How a comparison reads: earliness is said beside the verdict, and what went how is counted in one order.
import { expect, it } from "vitest";
import type { YardstickReading, YardstickVerdict } from "../wire";
import { apart, isShort, tally } from "./yardstick";

const row = (verdict: YardstickVerdict) => ({ verdict }) as YardstickReading;

it("says how far from its limit something was done", () => {
  expect([4500, 0, -600].map(apart)).toEqual(["sớm 1 giờ 15 phút", "sớm 0 giây", "10 phút"]);
});

it("counts what went how, whatever the order of the rows", () => {
  const rows = [row("not_done"), row("in_time"), row("late"), row("in_time")];
  expect(tally(rows)).toBe("2 trong hạn · 1 muộn · 1 chưa làm");
  expect(rows.filter(isShort)).toHaveLength(2);
  expect(tally([])).toBe("");
});
